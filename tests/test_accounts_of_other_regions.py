"""Final accounts as other provinces word them: titles of tables, headings, procurement, assets, self-evaluation."""

from dataclasses import replace

import pytest
from test_table_variants import figures, merged_table, read

from extract.document import Document, Line
from extract.outline import outline
from extract.recognition import facts
from extract.tables.repeated_rows import rows_printed_twice
from kg.build import build
from kg.store import MEMORY, open_store
from ontology.facts import CellFact, Fact, FigureFact, Finding, NilFact
from queries.auditing.audit import audit

CARRIED = """
    项目|<|年初结转和结余|<|<|本年收入|<|<|本年支出|<|<|<|<|年末结转和结余|<|<
    科目编码|科目名称|合计|基本支出结转|项目支出结转和结余|合计|基本支出|项目支出|合计|基本支出|<|<|项目支出|合计|基本支出结转|项目支出结转和结余
    ^|^|^|^|^|^|^|^|^|小计|人员经费|公用经费|^|^|^|^
    栏次|<|1|2|3|4|5|6|7|8|9|10|11|12|13|14
    |合计|1.00||1.00|20.00|12.00|8.00|19.00|12.00|10.00|2.00|7.00|2.00||2.00
"""


def of_text(heading: str, *text: str) -> Document:
    lines = Line("某县甲局2024年度部门决算", page=1), Line("封面文字。", page=1), Line(heading, page=2)
    return Document("a.pdf", "0" * 64, (*lines, *(Line(words, page=2) for words in text)))


@pytest.mark.parametrize(
    ("printed", "kind", "key"),
    [
        ("收入支出决算表", "table", "revenue_expenditure_overview"),
        ("财政拨款收入支出决算表", "table", "fiscal_appropriation_overview"),
        ("一般公共预算财政拨款收入支出决算表", "table", "general_budget_expenditure"),
        ("二、2020年度财政拨款收入支出总体情况说明", "section", "appropriation"),
        ("三、财政拨款支出决算情况说明", "section", "appropriation"),
        ("五、一般公共预算财政拨款“三公”经费支出决算情况说明", "section", "three_public"),
        ("三、2020年度“三公”经费、培训费及会议费支出情况说明", "section", "three_public"),
        ("十二、机构运行经费支出决算情况说明", "subsection", "operating_cost"),
        ("（一）机关运行经费支出情况。", "subsection", "operating_cost"),
        ("十三、政府采购支出决算情况说明", "subsection", "procurement"),
        ("（二）政府采购支出情况。", "subsection", "procurement"),
        ("（三）国有资产占用情况。", "subsection", "assets"),
        ("四、部门绩效自评情况", "subsection", "performance"),
        ("四、2020年度部门绩效管理情况说明", "subsection", "performance"),
        ("（一）预算绩效管理工作开展情况", "subsection", "performance"),
        ("第五部分 附表", "part", "tables"),
    ],
)
def test_titles_and_headings_of_other_regions_are_known(printed: str, kind: str, key: str) -> None:
    (section,) = [one for one in outline(of_text(printed, "正文。")) if one.heading and one.heading[0].text == printed]
    assert (section.kind, section.key) == (kind, key)


def test_what_is_carried_over_and_received_is_not_taken_for_what_is_spent() -> None:
    found = figures("一般公共预算财政拨款收入支出决算表", CARRIED)
    assert [(column, amount) for _, _, column, amount in found] == [
        ("年初结转和结余", "1.00"), ("年初项目支出结转和结余", "1.00"),
        ("本年收入", "20.00"), ("本年收入基本支出", "12.00"), ("本年收入项目支出", "8.00"),
        ("合计", "19.00"), ("基本支出", "12.00"), ("基本支出人员经费", "10.00"), ("基本支出公用经费", "2.00"),
        ("项目支出", "7.00"), ("年末结转和结余", "2.00"), ("年末项目支出结转和结余", "2.00"),
    ]  # fmt: skip
    assert figures("政府性基金预算财政拨款收入支出决算表", CARRIED) == found


def test_what_is_received_in_a_row_is_held_against_its_parts() -> None:
    _, findings = read("一般公共预算财政拨款收入支出决算表", CARRIED.replace("20.00|12.00|8.00", "21.00|12.00|8.00"))
    assert [message for message in findings if "本年收入基本支出" in message] == [
        "一般公共预算财政拨款收入支出决算表: 合计, 本年收入: 21.00 is printed, "
        "本年收入 = 本年收入基本支出 + 本年收入项目支出 gives 20.00"
    ]


def test_the_account_of_state_capital_parts_what_is_left_at_the_end() -> None:
    printed = """
        项目|<|年初结转和结余|本年收入|本年支出|<|<|年末结转和结余|<|<
        科目编码|科目名称|^|^|合计|基本支出|项目支出|合计|结转|结余
        |合计||9.00|7.00||7.00|2.00|1.50|0.50
    """
    found = figures("国有资本经营预算财政拨款收入支出决算表", printed)
    assert [(column, amount) for _, _, column, amount in found] == [
        ("本年收入", "9.00"), ("合计", "7.00"), ("项目支出", "7.00"),
        ("年末结转和结余", "2.00"), ("年末结转", "1.50"), ("年末结余", "0.50"),
    ]  # fmt: skip


@pytest.mark.parametrize("spent", ["本年支出/小计", "本年支出合计/^", "合计/^"])
def test_the_table_of_basic_spending_calls_its_total_in_several_ways(spent: str) -> None:
    over, _, under = spent.partition("/")
    printed = f"""
        项目|<|{over}|人员经费|公用经费
        科目编码|科目名称|{under}|^|^
        301|工资福利支出|10.00|10.00|
        |合计|10.00|10.00|
    """
    found = figures("一般公共预算财政拨款基本支出决算表", printed)
    assert ("301", "工资福利支出", "合计", "10.00") in found


PROCUREMENT = (
    "政府采购支出总额431.60万元，其中：政府采购货物支出1.10万元、政府采购工程支出0.00万元、政府采购服务支出430.50万元。"
    "授予中小企业合同金额431.60万元，占政府采购支出总额的100%，其中：授予小微企业合同金额420.00万元，占97.31%。"
)


def test_procurement_of_final_accounts_is_read_whole() -> None:
    found = [fact for fact in facts(of_text("（二）政府采购支出情况。", PROCUREMENT)) if isinstance(fact, FigureFact)]
    assert [(fact.name, fact.raw) for fact in found] == [
        ("合计", "431.60"), ("货物", "1.10"), ("工程", "0.00"), ("服务", "430.50"),
        ("授予中小企业合同金额", "431.60"), ("授予小微企业合同金额", "420.00"),
    ]  # fmt: skip


def test_no_income_is_named_where_there_can_be_none() -> None:
    document = of_text("九、国有资本经营预算财政拨款支出决算情况说明", "甲局2024年度无国有资本经营预算财政拨款支出。")
    assert [fact.subject for fact in facts(document) if isinstance(fact, NilFact)] == ["state_capital"]


BY_FUND = """
    项目|<|合计|一般公共预算财政拨款|<|<|政府性基金预算财政拨款|<|<
    经济分类科目编码|科目名称|^|小计|基本支出|项目支出|小计|基本支出|项目支出
    合计|<|90.00|70.00|40.00|30.00|20.00||20.00
    302|商品和服务支出|90.00|70.00|40.00|30.00|20.00||20.00
    30201|办公费|50.00|50.00|40.00|10.00|||
    30213|维修（护）费|40.00|20.00||20.00|20.00||{project}
"""


def test_economic_subjects_of_all_appropriations_are_read_fund_by_fund() -> None:
    found = figures("财政拨款支出决算明细表", BY_FUND.format(project="20.00"))
    assert [each for each in found if each[0] == "30213"] == [
        ("30213", "维修（护）费", "合计", "40.00"),
        ("30213", "维修（护）费", "一般公共预算", "20.00"),
        ("30213", "维修（护）费", "一般公共预算项目支出", "20.00"),
        ("30213", "维修（护）费", "政府性基金预算", "20.00"),
        ("30213", "维修（护）费", "政府性基金预算项目支出", "20.00"),
    ]
    _, amiss = read("财政拨款支出决算明细表", BY_FUND.format(project="2.00"))
    assert any("政府性基金预算: 20.00" in words for words in amiss)


SHEETS = """
    项目|<|合计|商品和服务支出|<|<
    科目编码|科目名称|^|小计|办公费|印刷费
    合计|<|{total}|50.00|40.00|10.00
    205|教育支出|60.00|50.00|40.00|10.00
""", """
    项目|<|商品和服务支出（续）|资本性支出|<
    科目编码|科目名称|水费|小计|办公设备购置
    {rows}合计|<||10.00|10.00
    205|教育支出||10.00|10.00
"""  # fmt: skip


def details_found(total: str, rows: str = "") -> list[Fact]:
    title, (first, second) = "一般公共预算财政拨款支出决算明细表", SHEETS
    blocks = (
        Line("某县甲局2024年度部门决算", page=1), Line(title, page=2), Line("金额单位：万元", page=2),
        replace(merged_table(first.format(total=total)), page=2),
        Line(f"{title}（续）", page=3), Line("金额单位：万元", page=3),
        replace(merged_table(second.format(rows=rows)), page=3),
    )  # fmt: skip
    return list(facts(Document("a.pdf", "0" * 64, blocks)))


def details(total: str, rows: str = "") -> tuple[list[CellFact], list[str]]:
    found = details_found(total, rows)
    told = [one.message for one in found if isinstance(one, Finding) and one.severity == "warning"]
    return [one for one in found if isinstance(one, CellFact)], told


def test_economic_subjects_over_several_sheets_are_columns_of_one_table() -> None:
    cells, told = details("60.00")
    assert told == []
    assert {cell.table for cell in cells} == {"general_budget_economic"}
    assert [(cell.column, str(cell.amount)) for cell in cells if cell.code == "205"] == [
        ("合计", "60.00"), ("商品和服务支出", "50.00"), ("商品和服务支出/办公费", "40.00"),
        ("商品和服务支出/印刷费", "10.00"), ("资本性支出", "10.00"), ("资本性支出/办公设备购置", "10.00"),
    ]  # fmt: skip


def test_columns_on_several_sheets_are_added_up_only_where_their_rows_are_one() -> None:
    assert any("合计: 99.00 is printed" in words for words in details("99.00")[1])
    assert details("60.00", rows="栏次|<|1|2|3\n    ")[1] == []


PROJECTS_BELOW = """
    项目|<|合计
    科目编码|科目（项目）名称|^
    合计|<|175.00
    2130314|防汛|175.00
    |甲项目|75.00
    |乙项目|100.00
"""


def test_rows_without_a_code_are_projects_of_the_subject_above_them() -> None:
    cells, told = read("一般公共预算财政拨款项目支出决算表", PROJECTS_BELOW)
    assert told == []
    assert [(cell.code, cell.name, cell.project) for cell in cells] == [
        (None, "合计", None), ("2130314", "防汛", None), ("2130314", "防汛", "甲项目"), ("2130314", "防汛", "乙项目"),
    ]  # fmt: skip


def test_economic_subjects_are_not_read_as_projects_of_a_subject() -> None:
    printed = """
        科目编码|科目名称|金额|科目编码|科目名称|金额
        302|商品和服务支出|50.00|310|资本性支出|10.00
        项目支出合计|<|<|<|<|60.00
    """
    assert read("一般公共预算财政拨款项目支出决算表", printed)[0] == []


def test_the_only_project_of_a_subject_is_no_row_printed_twice() -> None:
    cells, _ = read("一般公共预算财政拨款项目支出决算表", PROJECTS_BELOW.replace("    |甲项目|75.00\n", ""))
    assert list(rows_printed_twice([replace(cell, amount=cells[0].amount) for cell in cells])) == []


BY_SUBJECT = """
    项目|<|合计|基本支出|项目支出
    科目编码|科目名称|^|^|^
    合计|<|175.00||175.00
    2130314|防汛|175.00||175.00
"""


@pytest.mark.parametrize(("printed", "told"), [("175.00", []), ("165.00", ["R02_details", "R02_details"])])
def test_the_table_of_projects_has_what_that_by_subject_says(printed: str, told: list[str]) -> None:
    projects = PROJECTS_BELOW.replace("175.00", printed)
    blocks = (
        Line("某县甲局2024年度部门决算", page=1),
        Line("一般公共预算财政拨款支出决算表", page=2), Line("金额单位：万元", page=2), merged_table(BY_SUBJECT),
        Line("一般公共预算财政拨款项目支出决算表", page=3), Line("金额单位：万元", page=3), merged_table(projects),
    )  # fmt: skip
    store = open_store(MEMORY)
    document = Document("a.pdf", "0" * 64, blocks)
    build([(document.sha256, list(facts(document)))], store)
    assert [one.rule for one in audit(store).signals if one.rule == "R02_details"] == told


SPENT = """
    项目|<|本年支出合计|基本支出|项目支出
    功能分类科目编码|科目名称|^|^|^
    合计|<|36.00|30.00|6.00
"""


@pytest.mark.parametrize(
    "title",
    [
        "财政拨款支出决算表（功能科目）",
        "一般公共预算支出决算表（功能科目）",
        "政府性基金预算支出决算表",
        "国有资本经营预算支出决算表",
    ],
)
def test_what_is_spent_may_stand_under_no_heading_of_the_year(title: str) -> None:
    assert figures(title, SPENT) == [
        (None, "合计", "合计", "36.00"), (None, "合计", "基本支出", "30.00"), (None, "合计", "项目支出", "6.00"),
    ]  # fmt: skip


def test_a_fund_keeps_what_is_left_at_the_end_of_the_year_apart_from_what_is_spent() -> None:
    printed = SPENT.replace("|项目支出", "|年末结转和结余").replace("科目名称|^|^|^", "科目名称|^|^|项目支出")
    cells, told = read("政府性基金预算支出决算表", printed)
    assert [cell.column for cell in cells] == ["合计", "基本支出"]
    assert "政府性基金预算支出决算表: column 5: the heading '年末结转和结余/项目支出' is not known" in told


def test_economic_subjects_have_their_own_tables_for_all_appropriations_and_for_operating_expenses() -> None:
    basic = """
        项目|<|财政拨款基本支出|<|<
        经济分类科目编码|科目名称|合计|人员经费|公用经费
        30101|基本工资|12.00|12.00|
        30201|办公费|3.00||3.00
    """
    assert figures("财政拨款基本支出决算表（经济科目）", basic) == [
        ("30101", "基本工资", "合计", "12.00"), ("30101", "基本工资", "人员经费", "12.00"),
        ("30201", "办公费", "合计", "3.00"), ("30201", "办公费", "公用经费", "3.00"),
    ]  # fmt: skip
    assert figures("财政拨款机关运行经费支出决算表", "科目编码|科目名称|机关运行经费支出\n30201|办公费|3.00") == [
        ("30201", "办公费", "合计", "3.00")
    ]


PURCHASED = """
    项目|采购支出金额
    一、政府采购支出合计|{total}
    （一）政府采购货物支出|1.00
    （二）政府采购工程支出|2.00
    （三）政府采购服务支出|3.00
    二、政府采购授予中小企业合同金额|5.00
    其中：授予小微企业合同金额|4.00
"""


def test_purchases_are_the_sum_of_goods_works_and_services() -> None:
    assert [(name, amount) for _, name, _, amount in figures("政府采购支出决算表", PURCHASED.format(total="6.00"))] == [
        ("合计", "6.00"), ("货物", "1.00"), ("工程", "2.00"), ("服务", "3.00"),
        ("授予中小企业合同金额", "5.00"), ("授予小微企业合同金额", "4.00"),
    ]  # fmt: skip
    assert len(read("政府采购支出决算表", PURCHASED.format(total="7.00"))[1]) == 1


def test_the_functions_of_what_is_spent_may_be_headed_by_their_classification_alone() -> None:
    printed = """
        收入|<|支出|<
        项目|决算数|按功能分类|决算数
        一、其他收入|9.00|一、教育支出|9.00
    """
    assert [(name, amount) for _, name, _, amount in figures("收入支出决算总表", printed)] == [
        ("其他收入", "9.00"), ("教育支出", "9.00"),
    ]  # fmt: skip


def of_counts() -> Document:
    table = merged_table("项目|行次|某数\n（一）支出合计|2|24.38\n国内公务接待人次（人）|18|386")
    lines = Line("某县甲局2024年度部门决算", page=1), Line("一般公共预算财政拨款“三公”经费情况表", page=2)
    return Document("a.pdf", "0" * 64, (*lines, Line("金额单位：万元", page=2), replace(table, page=2)))


def test_a_table_under_headings_that_are_not_known_is_told_to_be_printed() -> None:
    found = list(facts(of_counts()))
    assert not any(isinstance(one, CellFact) for one in found)
    assert (
        "tables: the table three_public, printed as '一般公共预算财政拨款“三公”经费情况表', "
        "has figures and none of them is read"
    ) in [one.message for one in found if isinstance(one, Finding)]
    read_whole = [one.message for one in details_found("60.00") if isinstance(one, Finding)]
    assert not any("none of them is read" in message for message in read_whole)
