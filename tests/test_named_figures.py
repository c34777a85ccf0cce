"""Tables that print counts beside money, or staff and state assets: each under the name that sentences give it."""

import pytest
from test_table_variants import merged_table

import caimai
from extract.document import Document, Line
from extract.recognition import facts
from extract.tables.named_figures import lists_figures, name_of
from kg.build import build
from kg.store import MEMORY, open_store
from ontology.facts import CellFact, Fact, FigureFact, Finding, PriorFact
from queries.auditing.audit import audit

MEASURES = """
    项目|“三公”经费合计|因公出国（境）费|公务用车购置及运行维护费|<|<|公务接待费|会议费|培训费
    ^|^|^|小计|公务用车购置费|公务用车运行维护费|^|^|^
    预算数|40.00|9.00|23.00|0.00|23.00|8.00|14.00|20.00
    决算数|36.00|8.00|21.00|0.00|21.00|7.00|12.00|18.00
"""
COUNTS = """
    项目|统计数|项目|统计数
    因公出国（境）团组数(个)|1|因公出国（境）人次数(人)|3
    公务用车购置数（辆）|0|公务用车保有量(辆)|9
    国内公务接待批次(个)|57|国内公务接待人次(人)|614
    召开会议次数(个)|14|参加会议人次(人)|980
"""
ROWS = """
    项目|行次|年初预算数|全年预算数|决算统计数
    栏次|<|1|2|3
    一、“三公”经费支出|1|—|—|—
    （一）支出合计|2|30.00|31.00|24.00
    1．因公出国（境）费|3|0.00|0.00|0.00
    2．公务用车购置及运行维护费|4|24.00|24.00|20.00
    （1）公务用车购置费|5|0.00|0.00|0.00
    （2）公务用车运行维护费|6|24.00|24.00|20.00
    3．公务接待费|7|6.00|7.00|4.00
    （1）国内接待费|8|—|—|4.00
    （二）相关统计数|9|—|—|—
    4．公务用车保有量（辆）|10|—|—|6
    5．国内公务接待批次（个）|11|—|—|52
    其中：外事接待批次（个）|12|—|—|0
    二、机关运行经费|13|—|—|144.00
    （一）行政单位|14|—|—|106.00
    （二）参照公务员法管理事业单位|15|—|—|38.00
"""
ASSETS = """
    项目|行次|资产总额|流动资产|固定资产|<|<|在建工程|无形资产
    ^|^|^|^|小计|房屋构筑物|车辆|^|^
    栏次|<|1|2|3|4|5|6|7
    合计|1|120.00|30.00|80.00|70.00|10.00|6.00|4.00
"""
STAFF = """
    单位名称|编制人数|<|<|在职实有人数|退休人数
    ^|小计|行政|事业|^|^
    某县甲局（本级）|19|19|0|18|12
    某县乙馆|16|0|16|14|5
    合计|35|19|16|32|17
"""
THREE_PUBLIC = "财政拨款“三公”经费、会议费和培训费支出决算表"
LISTED = "财政拨款“三公”经费、行政参公单位机关运行经费情况表"
TOLD = (
    "1.因公出国（境）费8万元。全年使用财政拨款涉及的出国（境）团组1个，累计3人次。",
    "2.公务用车运行维护费21万元。本年度使用财政拨款购置公务用车0辆，公务用车保有量为9辆。",
    "3.公务接待费7万元。其中：国内公务接待支出7万元，接待57批次，614人次。",
    "4.会议费12万元。全年召开会议14个，参加会议980人次。",
)


def accounts(
    *printed: str, text: tuple[str, ...] = (), heading: str = "九、财政拨款“三公”经费支出决算情况说明"
) -> Document:
    """Final accounts: titles and tables as printed, and what stands under a heading."""
    blocks = [Line("某县甲局2024年度部门决算", page=1)]
    for one in printed:
        found = [merged_table(one)] if "|" in one else [Line(one, page=2), Line("金额单位：万元", page=2)]
        blocks += found  # type: ignore[arg-type]
    told = [Line(words, page=3) for words in (heading, *text)] if text else []
    return Document("a.pdf", "0" * 64, (*blocks, *told))


def figures(document: Document) -> dict[str, tuple[str, str | None]]:
    found = (fact for fact in facts(document) if isinstance(fact, FigureFact))
    return {fact.name: (fact.raw, fact.unit) for fact in found if fact.is_tabled}


def cells(document: Document) -> dict[tuple[str, str | None], str]:
    found = (fact for fact in facts(document) if isinstance(fact, CellFact))
    return {(fact.name, fact.column): str(fact.amount) for fact in found}


def findings(document: Document) -> list[str]:
    return [fact.message for fact in facts(document) if isinstance(fact, Finding) and fact.source.table]


def signals(document: Document, *rules: str) -> list[str]:
    found: list[Fact] = list(facts(document))
    store = open_store(MEMORY)
    build([(document.sha256, found)], store)
    return [one.zh for one in audit(store).signals if one.rule in rules]


def test_rows_say_what_was_budgeted_and_what_was_spent_on_the_item_of_each_column() -> None:
    found = cells(accounts(THREE_PUBLIC, MEASURES, COUNTS))
    assert found["合计", "预算数"] == "40.00"
    assert found["合计", "决算数"] == "36.00"
    assert found["公务用车运行费", "决算数"] == "21.00"
    assert found["培训费", "预算数"] == "20.00"
    assert len(found) == 16


def test_a_table_of_counts_under_that_of_money_is_read_as_counts_alone() -> None:
    document = accounts(THREE_PUBLIC, MEASURES, COUNTS)
    assert figures(document) == {
        "因公出国（境）团组数": ("1", "个"), "因公出国（境）人次": ("3", "人次"),
        "公务用车购置数": ("0", "辆"), "公务用车保有量": ("9", "辆"),
        "国内公务接待批次": ("57", "个"), "国内公务接待人次": ("614", "人次"),
        "召开会议次数": ("14", "个"), "参加会议人次": ("980", "人次"),
    }  # fmt: skip
    assert findings(document) == []


def test_sums_are_asked_of_each_measure_by_itself() -> None:
    document = accounts(THREE_PUBLIC, MEASURES.replace("36.00|8.00", "38.00|8.00"), COUNTS)
    assert [message.split(": ", 1)[1] for message in findings(document)] == [
        "合计, 决算数: 38.00 is printed, 合计 = 因公出国\\(境\\)费 + 公务接待费 + 公务用车购置及运行费 gives 36.00"
    ]


def test_a_row_that_says_of_no_figures_what_they_are_is_not_read() -> None:
    document = accounts(THREE_PUBLIC, MEASURES.replace("决算数", "备注"))
    assert ("合计", "决算数") not in cells(document)
    assert any("which does not say what figures it holds" in message for message in findings(document))


def test_rows_of_counts_among_rows_of_money_are_no_money() -> None:
    document = accounts(LISTED, ROWS)
    assert figures(document) == {
        "公务用车保有量": ("6", "辆"), "国内公务接待批次": ("52", "个"), "外事接待批次": ("0", "个"),
    }  # fmt: skip
    found = cells(document)
    assert found["合计", "预算数"] == "30.00"
    assert found["合计", "决算数"] == "24.00"
    assert found["行政单位机关运行经费", "决算数"] == "106.00"
    assert {column for _, column in found} == {"预算数", "决算数"}
    assert not [name for name, _ in found if "批次" in name or "保有量" in name]
    assert findings(document) == []


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        (
            "其中：外事接待批次（个）|12|—|—|0",
            "其中：友好城市（个）|12|—|—|3",
            "what '友好城市(个)' counts is not known",
        ),
        (
            "公务用车保有量（辆）|10|—",
            "公务用车保有量（辆）|10|5",
            "what '公务用车保有量(辆)/预算数' counts is not known",
        ),
        ("国内公务接待批次（个）|11|—|—|52", "国内公务接待批次（个）|11|—|—|多批", "'多批' is no number"),
    ],
)
def test_a_count_that_is_not_understood_is_told_and_guessed_to_be_nothing(was: str, now: str, told: str) -> None:
    document = accounts(LISTED, ROWS.replace(was, now))
    assert [message for message in findings(document) if told in message.replace("（", "(").replace("）", ")")]
    assert len(cells(document)) == len(cells(accounts(LISTED, ROWS)))


def test_two_halves_of_one_list_stand_side_by_side() -> None:
    printed = """
        项目|行次|预算数|统计数|项目|行次|统计数
        栏次|<|1|2|栏次|<|3
        （一）支出合计|2|30.00|24.00|（一）车辆数合计（辆）|27|7
        1．因公出国（境）费|3|0.00|0.00|1．机要通信用车|28|2
        4．公务用车保有量（辆）|15|—|6|2．其他用车|29|5
        5．国内公务接待批次（个）|16|—|52|1．政府采购货物支出|30|12.50
    """
    document = accounts("机构运行信息表", printed)
    assert figures(document) == {
        "公务用车保有量": ("6", "辆"), "国内公务接待批次": ("52", "个"), "货物": ("12.50", "万元"),
        "车辆数": ("7", "辆"), "机要通信用车数": ("2", "辆"), "其他用车数": ("5", "辆"),
    }  # fmt: skip
    assert [name for name, _ in cells(document)] == ["合计", "合计", "因公出国（境）费", "因公出国（境）费"]


def test_columns_of_state_assets_are_named_as_in_the_text() -> None:
    assert figures(accounts("国有资产占有使用情况表", ASSETS)) == {
        "资产总额万元": ("120.00", "万元"), "流动资产万元": ("30.00", "万元"), "固定资产万元": ("80.00", "万元"),
        "房屋价值万元": ("70.00", "万元"), "车辆价值万元": ("10.00", "万元"),
        "在建工程万元": ("6.00", "万元"), "无形资产万元": ("4.00", "万元"),
    }  # fmt: skip


def staff(printed: str, *text: str) -> Document:
    lines = [Line(words, page=1) for words in ("某县甲局2024年度部门决算", "二、机构设置情况", *text)]
    return Document("a.pdf", "0" * 64, (*lines, merged_table(printed)))


def test_staff_of_the_units_are_those_of_the_total() -> None:
    document = staff(STAFF, "本部门由下列单位构成。")
    assert figures(document) == {
        "编制": ("35", "人"), "行政编制": ("19", "人"), "事业编制": ("16", "人"), "在职": ("32", "人"),
        "退休": ("17", "人"),
    }  # fmt: skip
    assert findings(document) == []
    assert signals(document, "R23_units") == []


def test_a_total_of_staff_that_the_units_do_not_come_to_is_told() -> None:
    assert signals(
        staff(STAFF.replace("合计|35|19|16|32", "合计|35|19|16|33"), "本部门由下列单位构成。"), "R23_units"
    ) == ["各单位在职实有人数：合计印33，各行之和是32，相差1。"]


@pytest.mark.parametrize(
    "printed",
    [
        STAFF.replace("    合计|35|19|16|32|17\n", ""),  # no total
        "    事项|时间|地点\n    会议|3月|本县\n    合计|1|2",
    ],
)
def test_a_table_without_a_total_or_of_other_columns_stays_unread(printed: str) -> None:
    document = staff(printed, "本部门由下列单位构成。")
    assert figures(document) == {}
    assert [
        fact.message for fact in facts(document) if isinstance(fact, Finding) and "under no known title" in fact.message
    ]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("1．因公出国（境）团组数（个）", "因公出国（境）团组数"),
        ("其中：外事接待人次（人）", "外事接待人次"),
        ("（二）单价100万元（含）以上设备（不含车辆）", "设备100万元以上"),
        ("编制数（名）", "编制"),
        ("公务用车购置费", None),
        ("行政单位", None),
        ("车辆购置税", None),
    ],
)
def test_a_figure_is_known_by_the_words_of_its_row(label: str, name: str | None) -> None:
    found = name_of(label)
    assert (found and found.name) == name


def test_a_list_of_figures_has_no_other_columns() -> None:
    assert lists_figures(merged_table(COUNTS))
    assert not lists_figures(merged_table(ROWS))
    assert not lists_figures(merged_table(STAFF))


def test_sentences_give_their_counts_the_same_names() -> None:
    found = [fact for fact in facts(accounts(text=TOLD)) if isinstance(fact, FigureFact)]
    assert {fact.name: (fact.raw, fact.unit) for fact in found} == figures(accounts(THREE_PUBLIC, MEASURES, COUNTS))


def test_counts_of_table_and_text_that_agree_are_silent() -> None:
    document = accounts(THREE_PUBLIC, MEASURES, COUNTS, text=TOLD)
    assert signals(document, "R10_tabled_counts", "R24_misprint", "R10_three_public_text") == []


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("团组1个", "团组2个", "“因公出国（境）团组数”：表中是1，文字写2，两者不能都对。"),
        ("接待57批次", "接待75批次", "“国内公务接待批次”：表中是57，文字写75，两者不能都对。"),
        ("保有量为9辆", "保有量为8辆", "“公务用车保有量”：表中是9，文字写8，两者不能都对。"),
        ("参加会议980人次", "参加会议890人次", "“参加会议人次”：表中是980，文字写890，两者不能都对。"),
    ],
)
def test_counts_of_table_and_text_that_differ_are_told(was: str, now: str, told: str) -> None:
    text = tuple(words.replace(was, now) for words in TOLD)
    assert signals(accounts(THREE_PUBLIC, MEASURES, COUNTS, text=text), "R10_tabled_counts") == [told]


def test_of_two_tables_one_has_what_the_text_says() -> None:
    other = ROWS.replace("（辆）|10|—|—|6", "（辆）|10|—|—|5")
    text = ("2.公务用车运行维护费20万元，公务用车保有量为6辆。",)
    both = accounts(LISTED, ROWS, "一般公共预算财政拨款“三公”经费情况表", other, text=text)
    assert signals(both, "R10_tabled_counts", "R22_row_twice") == []


@pytest.mark.parametrize(("printed", "told"), [("30.00", 0), ("38.00", 1)])
def test_assets_of_table_and_text_are_held_together(printed: str, told: int) -> None:
    text = ("截至2024年12月31日，甲局资产总额120.00万元，其中，流动资产30.00万元，固定资产80.00万元。",)
    document = accounts(
        "国有资产占有使用情况表", ASSETS.replace("120.00|30.00", f"120.00|{printed}"),
        text=text, heading="二、国有资产占用情况",
    )  # fmt: skip
    assert len(signals(document, "R20_tabled_amounts")) == told


@pytest.mark.parametrize(("spent", "told"), [("7", 0), ("9", 1)])
def test_money_of_such_tables_is_held_against_sentences_as_that_of_others_is(spent: str, told: int) -> None:
    text = (f"2024年度“三公”经费支出决算36万元。公务接待费支出决算{spent}万元。",)
    document = accounts(THREE_PUBLIC, MEASURES, COUNTS, text=text)
    assert len(signals(document, "R10_three_public_text", "R10_three_public_item")) == told


def test_an_item_that_two_tables_print_is_added_up_once() -> None:
    document = accounts(
        LISTED, ROWS, "一般公共预算财政拨款“三公”经费情况表", ROWS,
        text=("甲局年末在职人员10人。",), heading="二、机构设置情况",
    )  # fmt: skip
    store = open_store(MEMORY)
    build([(document.sha256, list(facts(document)))], store)
    answer = caimai.ask(store, "three_public_per_head")
    assert [row[answer.columns.index("wan")] for row in answer.rows] == [24]


BASIC_DATA = """
    财政供养人员情况（人）|编制数|2024年实际在职人数|控制率
    ^|82|76|92.68%
    经费控制情况（万元）|2023年决算数|2024年预算数|2024年决算数
    三公经费|42.00|40.00|36.00
    1、公务用车购置和维护经费|24.00|23.00|21.00
    其中：公车购置|0.00|0.00|0.00
    公车运行维护|24.00|23.00|21.00
    2、出国经费|9.00|9.00|8.00
    3、公务接待|9.00|8.00|7.00
    公用经费|200.00|190.00|180.00
"""
BASIC = "2024年度部门整体支出绩效评价基础数据表"


def test_each_band_of_a_table_is_read_under_its_own_headings() -> None:
    document = accounts(BASIC, BASIC_DATA)
    assert figures(document) == {"编制": ("82", "人"), "在职": ("76", "人")}
    found = cells(document)
    assert found["合计", "预算数"] == "40.00"
    assert found["公务接待费", "决算数"] == "7.00"
    assert len(found) == 14
    read = [fact for fact in facts(document) if isinstance(fact, PriorFact)]
    assert {(fact.column, fact.measure, fact.basis) for fact in read} == {("决算数", "上年数", "决算数")}
    (spent,) = [fact for fact in read if fact.name == "公务接待费"]
    assert (str(spent.amount), spent.source.row, spent.source.column) == ("9.00", 9, 2)
    assert findings(document) == []


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("8.00|7.00", "8.00|7.00", []),
        ("8.00|7.00", "8.00|6.40", ["R05_printed", "R10_expense_control"]),
        ("9.00|9.00|8.00", "9.00|9.00|9.00", ["R05_printed", "R10_expense_control"]),
    ],
)
def test_basic_data_have_the_amounts_of_the_table_of_the_accounts(was: str, now: str, told: list[str]) -> None:
    document = accounts(THREE_PUBLIC, MEASURES, BASIC, BASIC_DATA.replace(was, now))
    found: list[Fact] = list(facts(document))
    store = open_store(MEMORY)
    build([(document.sha256, found)], store)
    asked = ("R05_printed", "R10_expense_control", "R10_tabled_counts", "R22_row_twice")
    assert sorted(one.rule for one in audit(store).signals if one.rule in asked) == told


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("", "", []),
        ("人次(人)|614", "人次(人)|41", ["“国内公务接待人次”表中只有41，少于团组或批次数57。"]),
        ("购置数（辆）|0", "购置数（辆）|1", ["表中“公务用车购置费”没有支出，却有公务用车购置数1。"]),
        ("保有量(辆)|9", "保有量(辆)|8", []),
        ("保有量(辆)|9", "保有量(辆)|12", ["保有量12辆，车辆9辆，相差3辆"]),
    ],
)  # fmt: skip
def test_counts_of_one_table_fit_one_another_and_its_money(was: str, now: str, told: list[str]) -> None:
    text = ("截至2024年12月31日，甲局共有车辆9辆。",)
    document = accounts(
        THREE_PUBLIC, MEASURES, COUNTS.replace(was, now), text=text, heading="二、国有资产占用情况"
    )  # fmt: skip
    found = signals(document, "R22_tabled_people", "R22_tabled_cars", "R10_tabled_nil")
    assert [words.partition("（应当")[0] for words in found] == told


def test_vehicles_that_the_text_keeps_are_asked_of_the_text() -> None:
    document = accounts(THREE_PUBLIC, MEASURES, COUNTS.replace("保有量(辆)|9", "保有量(辆)|12"), text=TOLD)
    assert signals(document, "R22_tabled_cars") == []
