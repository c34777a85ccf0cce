"""Rules that few disclosures ever break, on whole disclosures that do: printed, read, built and audited."""

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from extract.plain_text import read_text
from extract.recognition import facts
from kg.build import build
from kg.places import Evidence
from kg.store import MEMORY, open_store
from queries.auditing.audit import audit
from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED

BODY = "某某县科学技术局"


def table(number: int, title: str, rows: str, level: str = "部门") -> str:
    """A table as converted texts print it: cells between tabs, here written with bars."""
    over = f"表 {number}\n\n{title}\n\n编制{level}：{BODY}\n\n单位：万元\n\n"
    return over + "\n".join(row.strip().replace("|", "\t") for row in rows.strip().splitlines()) + "\n"


OVERVIEW = """
    收入||支出|
    项目|预算数|支出功能分类|预算数
    一、本年收入|{total}|206 科学技术支出|{total}
    1、一般公共预算拨款|{total}|208 社会保障和就业支出|
    收入总计|{total}|支出总计|{total}
"""
EXPENDITURE = """
    科目|||支出预算|||
    功能分类科目编码|||功能分类科目名称|合计|基本支出|项目支出
    类|款|项||||
    ※|※|※|※|1|2|3
    |||总计|{total}|20.00|{project}
    206|||科学技术支出|{total}|20.00|{project}
    206|01||科学技术管理事务|{total}|20.00|{project}
"""
ITEM = "206|01|01|行政运行|{total}|20.00|{project}"
BASIC = """
    科目||一般公共预算基本支出|||
    经济分类科目编码||经济分类科目名称|合计|人员经费|公用经费
    类|款||||
    ※|※|※|1|2|3
    ||总计|20.00|15.00|5.00
    301||工资福利支出|12.00|12.00|
    {wages}
    302||商品和服务支出|5.00||5.00
    {goods}
    303||对个人和家庭的补助|3.00|3.00|
    {pensions}
"""
ITEMS = {"wages": "301|01|基本工资|12.00|12.00|", "goods": "302|01|办公费|5.00||5.00"}
PENSIONS = "303|02|退休费|3.00|3.00|"
PROCUREMENT = """
（二）政府采购情况

{year}年，{body}采购预算{whole}万元，其中：政府采购货物预算{goods}万元，政府采购工程预算0.00万元，政府采购服务预算6.50万元。

（三）国有资产占用使用情况

截至{before}年底，{body}占用使用国有资产总体情况为

1. 房屋1,418.73平方米，价值717.94万元。

2. 车辆3辆，价值51.46万元；其中：一般公务用车0辆，价值0.00万元；其他车辆3辆，价值51.46万元。

3. 办公家具价值51.96万元。

4. 其他资产价值229.36万元。
"""


def disclosure(
    *, year: int = 2025, level: str = "部门", total: str = "20.00", item: str = ITEM, retired: int = 0,
    basic: dict[str, str] | None = None, goods: str = "4.20", more: str = "",
) -> str:  # fmt: skip
    """A short disclosure whose tables agree."""
    project = f"{float(total) - 20:.2f}" if total != "20.00" else ""
    lines = BASIC.format(**(basic or {**ITEMS, "pensions": PENSIONS})).splitlines()
    spending = f"{EXPENDITURE.rstrip()}\n{item}".format(total=total, project=project)
    whole = f"{float(goods) + 6.5:.2f}"
    return "\n".join(
        (
            f"{BODY}{year}年{level}预算公开\n",
            "第一部分 单位概况\n",
            "二、机构设置及人员情况\n",
            f"{BODY}编制数22，实有人数{20 + retired}人，其中：在职20人，增加0人；"
            f"退休{retired}人，增加0人；离休0人，增加0人。\n",
            f"第二部分 {year}年{level}预算公开表\n",
            table(1, f"{level}收支总体情况表", OVERVIEW.format(total=total), level),
            table(3, f"{level}支出总体情况表", spending, level),
            table(6, "一般公共预算基本支出情况表", "\n".join(line for line in lines if line.strip()), level),
            more,
            f"第三部分 {year}年{level}预算情况说明\n",
            "十二、其他重要事项的情况说明\n",
            PROCUREMENT.format(year=year, before=year - 1, body=BODY, goods=goods, whole=whole),
        )
    )


def raised(rule: str, *texts: str) -> list[Signal]:
    """The signals of a rule on disclosures in one store."""
    return [signal for signal in signals(*texts) if signal.rule == rule]


@cache
def signals(*texts: str) -> tuple[Signal, ...]:
    """All signals on disclosures in one store: what is asked of several rules is read, built and audited once."""
    store = open_store(MEMORY)
    documents = [read_text(Path(f"{at}.txt"), text.encode()) for at, text in enumerate(texts)]
    build([(document.sha256, list(facts(document))) for document in documents], store)
    return audit(store).signals


def test_pensions_are_paid_to_pensioners() -> None:
    (found,) = raised("R23_pensions", disclosure())
    assert "退休费" in found.zh
    assert "3.00" in found.zh
    assert raised("R23_pensions", disclosure(retired=4)) == []


def two_sources(unit: str, received: str = "91.20") -> str:
    """A disclosure whose overview, in a unit, has two sources, as large as its basic and its project expenditure."""
    line = "1、一般公共预算拨款\t91.20\t208 社会保障和就业支出"
    text = disclosure(total="91.20").replace(line, "1、一般公共预算拨款\t20.00\t\n2、单位资金\t71.20\t")
    return text.replace("单位：万元", f"单位：{unit}", 1).replace("一、本年收入\t91.20", f"一、本年收入\t{received}")


def test_a_table_in_another_unit_than_it_prints_is_told_once() -> None:
    """All that does not fit because of it is one cause, not so many contradictions; what is wrong besides stays."""
    before = {one.rule for one in signals(two_sources("万元"))}
    told = [one for one in signals(two_sources("元")) if one.rule not in before]
    assert [one.rule for one in told] == ["R03_unit"]
    assert told[0].zh.startswith("“部门收支总体情况表”的单位印作“元”")
    besides = {one.rule for one in signals(two_sources("元", received="91.30"))}
    assert besides - before == {"R03_unit", "R05_income"}


def test_a_table_in_yuan_whose_figures_are_right_is_not_told() -> None:
    first, title, rest = two_sources("元").partition("表 3")
    for amount in ("91.20", "20.00", "71.20"):
        first = first.replace(amount, f"{float(amount) * 10_000:.2f}")
    assert raised("R03_unit", first + title + rest) == []


@pytest.mark.parametrize(
    ("figures", "wrong"),
    [
        ({"项目表": ["50.00"], "支出表": ["50.00"], "收入表": ["50.00"]}, True),
        ({"项目表": ["50.00"], "支出表": ["50.00"], "收入表": ["60.00"]}, False),  # alike in one table: by chance
        ({"项目表": ["50.00", "7.00"], "支出表": ["50.00"], "收入表": ["50.00"]}, False),  # 7.00 is nowhere
        ({"项目表": ["50.00"], "支出表": ["50.00", "0.005"], "收入表": ["50.00"]}, False),  # 50元 is right
        ({"项目表": ["0.00"], "支出表": ["0.00"], "收入表": ["0.00"]}, False),
    ],
)
def test_one_figure_tells_the_unit_that_several_tables_print_alike(figures: dict[str, list[str]], wrong: bool) -> None:
    places = {
        f"urn:{table}{at}": Evidence("a.txt", None, at, table, at, 1, figure, f"urn:{table}{at}", "0")
        for table, some in figures.items()
        for at, figure in enumerate(some)
    }
    stated = [
        {"evidence": iri, "stated": place.words, "unit": "1" if place.table == "项目表" else "10000"}
        for iri, place in places.items()
    ]
    own = Store()
    book = Book(own, own, NamedNode("urn:g"), "a.txt", "0", "某局", 2025, False, places, {}, {"stated": stated})
    assert [one.left.name for one in WORDED["R03_unit"](rules()["R03_unit"], book)] == (["元"] if wrong else [])


def test_basic_expenditure_by_class_alone_is_told() -> None:
    (found,) = raised("S27_economic_level", disclosure(basic={"wages": "", "goods": "", "pensions": ""}))
    assert "只公开到类" in found.zh
    assert raised("S27_economic_level", disclosure()) == []


def test_expenditure_without_the_last_level_of_subjects_is_told() -> None:
    (found,) = raised("S27_function_level", disclosure(item=""))
    assert "没有公开到项" in found.zh
    assert raised("S27_function_level", disclosure()) == []


def test_expenditure_below_nought_is_told() -> None:
    wages = {**ITEMS, "wages": "301|01|基本工资|-12.00|-12.00|", "pensions": PENSIONS}
    (found,) = raised("S34_negative", disclosure(basic=wages))
    assert "-12.00" in found.zh
    assert raised("S34_negative", disclosure()) == []


def test_figures_copied_from_the_department_into_the_unit_are_told() -> None:
    department = disclosure(total="90.00")
    (found,) = raised("S32_copied", department, disclosure(level="单位"))
    assert "2025年部门" in found.zh
    own = department.replace("717.94", "912.03").replace("51.96", "88.15").replace("51.46", "64.20")
    assert raised("S32_copied", own, disclosure(level="单位", goods="3.10")) == []
    assert raised("S32_copied", disclosure(), disclosure(level="单位")) == []  # one body: the totals are the same


CARRY_OVER = """
    项目|合计|财政拨款||||非财政拨款|||
    ||小计|基本支出||项目支出|小计|基本支出||项目支出
    |||人员经费|公用经费|||人员经费|公用经费|
    某某县科学技术局|{amount}|{amount}|||{amount}||||
    昌州财教〔2023〕77号2024年科技计划项目专项资金|{amount}|{amount}|||{amount}||||
    总计|{amount}|{amount}|||{amount}||||
"""
PROJECTS = """
    科目编码|||功能分类科目名称|项目名称|项目支出合计|工资福利支出|商品和服务支出|对个人和家庭的补助|债务利息及费用支出|资本性支出(基本建设)|资本性支出|对企业补助(基本建设)|对企业补助|对社会保障基金补助|其他支出
    类|款|项|||||||||||||
    ※|※|※|※|※|1|2|3|4|5|6|7|8|9|10|11
    |||总计||15.00||15.00||||||||
    206|||科学技术支出||15.00||15.00||||||||
    206|04||技术研究与开发||15.00||15.00||||||||
    206|04|04|科技成果转化与扩散|昌州财教〔2023〕77号2024年科技计划项目专项资金|15.00||15.00||||||||
"""


def test_no_more_is_carried_over_than_was_given_the_year_before() -> None:
    before = disclosure(year=2024, more=table(7, "一般公共预算项目支出情况表", PROJECTS))
    after = {
        amount: disclosure(more=table(11, "上年结转结余预算支出情况表", CARRY_OVER.format(amount=amount)))
        for amount in ("18.00", "9.00")
    }
    (found,) = raised("R26_carry_over", before, after["18.00"])
    assert (found.left.value, found.right.value) == (Decimal(18), Decimal(15))
    assert raised("R26_carry_over", before, after["9.00"]) == []


EXECUTED = """{body}2024年度部门决算

第二部分 2024年度部门决算表

财政拨款“三公”经费支出决算表

编制部门：{body}

单位：万元

{rows}
"""
THREE_PUBLIC = """
    预算数||||||决算数|||||
    合计|因公出国（境）费|公务用车购置及运行费|||公务接待费|合计|因公出国（境）费|公务用车购置及运行费|||公务接待费
    ||小计|公务用车购置费|公务用车运行费||||小计|公务用车购置费|公务用车运行费|
    1|2|3|4|5|6|7|8|9|10|11|12
    9.00|0.00|6.00|0.00|6.00|3.00|{total}|0.00|6.00|0.00|6.00|{receptions}
"""


@pytest.mark.parametrize(
    ("total", "receptions", "told"), [("10.20", "4.20", ["合计", "公务接待费"]), ("8.10", "2.10", [])]
)
def test_more_spent_on_receptions_than_budgeted_is_told(total: str, receptions: str, told: list[str]) -> None:
    rows = THREE_PUBLIC.format(total=total, receptions=receptions)
    printed = "\n".join(row.strip().replace("|", "\t") for row in rows.strip().splitlines())
    found = raised("R10_over_budget", EXECUTED.format(body=BODY, rows=printed))
    assert [signal.zh.split("“")[2].split("”")[0] for signal in found] == told


FISCAL = """
    财政拨款收入||财政拨款支出||||
    项目|合计|支出功能分类|合计|一般公共预算|政府性基金预算|国有资本经营预算
    一、财政拨款(补助)|20.00|206 科学技术支出|12.00|12.00||
    一般公共预算|20.00|208 社会保障和就业支出|8.00|8.00||
    收入总计|20.00|支出总计|20.00|20.00||
"""


def fiscal(rows: str) -> str:
    return disclosure(more=table(4, "财政拨款收支预算总体情况表", rows))


@pytest.mark.parametrize(
    ("printed", "instead", "told"),
    [
        ("8.00|8.00||", "8.00||8.00|", ["“一般公共预算”印20.00万元，下级各行之和应为12.00万元"]),
        ("8.00|8.00||", "8.00|-8.00||", ["应为-8.00万元", "“一般公共预算”印20.00万元，下级各行之和应为4.00万元"]),
        ("8.00|8.00||", "8.00|8.00||", []),
    ],
)
def test_a_column_that_does_not_add_up_is_told(printed: str, instead: str, told: list[str]) -> None:
    found = raised("R05_printed", fiscal(FISCAL.replace(printed, instead)))
    assert [any(words in signal.zh for signal in found) for words in told] == [True] * len(told), found
    assert bool(found) is bool(told)


OF_BODY = """
    类|款|项|单位及功能分类科目名称|合计|基本支出|项目支出
    |||合计|20.00|20.00|
    |||某某县统计局|20.00|20.00|
    201|||一般公共服务支出|12.00|12.00|
    208|||社会保障和就业支出|7.00|7.00|
"""


def test_a_body_that_is_not_the_sum_of_its_categories_is_told_in_either_language() -> None:
    found = raised("R05_printed", disclosure(more=table(4, "部门支出总体情况表", OF_BODY)))
    assert any("各类之和应为19.00万元" in signal.zh for signal in found), found
    assert any("the sum of its categories" in signal.en for signal in found), found


@pytest.mark.parametrize(("heading", "is_told"), [("项目支出", True), ("机动支出", False)])
def test_columns_that_are_not_understood_leave_the_sums_of_rows_open(heading: str, is_told: bool) -> None:
    rows = f"科目编码|科目名称|合计|基本支出|{heading}\n|合计|20.00|12.00|7.00\n206|科学技术支出|20.00|12.00|7.00"
    text = disclosure(more=table(4, "部门支出总体情况表", rows))
    assert any(raised(rule, text) for rule in ("R04_columns", "R05_printed")) is is_told


def test_a_row_printed_twice_is_told() -> None:
    row = "302|01|办公费|5.00||5.00"
    twice = disclosure(basic={**ITEMS, "pensions": PENSIONS, "goods": f"{row}\n    {row}"})
    assert [signal.left.name for signal in raised("R22_row_twice", twice)] == ["30201 办公费"]
    assert raised("R22_row_twice", disclosure()) == []


def test_a_code_with_the_name_of_another_is_told() -> None:
    other = disclosure(item=ITEM.replace("行政运行", "一般行政管理事务"))
    (found,) = raised("R24_code", other)
    assert (found.left.name, found.right.name) == ("一般行政管理事务", "2010102、2010202、2010302等")
    assert found.severity == "warning"
    assert found.zh.endswith("的名称；这一编码的名称是“行政运行”。")
    assert raised("R24_code", disclosure()) == []
    assert raised("R24_code", disclosure(item=ITEM.replace("行政运行", "行政运转"))) == []  # a slip


def test_two_names_exchanged_in_one_table_are_told_of_their_codes() -> None:
    """Of years whose classification is not known, too: another table prints the names, or the codes of each other."""
    goods, pensions = ITEMS["goods"], PENSIONS
    other = {**ITEMS, "goods": goods.replace("办公费", "退休费"), "pensions": pensions.replace("退休费", "办公费")}
    for year in (2016, 2025):
        signals = raised("R24_code", disclosure(year=year, basic=other))
        assert [(one.left.name, one.right.name) for one in signals] == [("退休费", "30302"), ("办公费", "30201")]
        assert raised("R24_code", disclosure(year=year)) == []
    older = {**ITEMS, "pensions": "303|11|住房公积金|3.00|3.00|"}  # the code of another item since 2018
    assert raised("R24_code", disclosure(year=2016, basic=older)) == []
    assert [one.right.name for one in raised("R24_code", disclosure(year=2018, basic=older))] == ["30113"]


CARRIED = """
    项目|合计|财政拨款|||非财政拨款||
    ||小计|基本支出|项目支出|小计|基本支出|项目支出
    总计|30.00|30.00||30.00|||
    某某县科学技术局|30.00|30.00||30.00|||
    {first}|10.00|10.00||10.00|||
    乙专项资金|20.00|20.00||20.00|||
"""
TOLD = """
十一、关于某某县科学技术局2025年上年结转结余预算情况说明

某某县科学技术局2025年上年结转结余30.00万元，包括：财政拨款30.00万元，非财政拨款0.00万元，其中：

1.第二批前期费10.00万元，主要用于：报告编制。

2.乙专项资金20.00万元，主要用于：补助。
"""


def test_a_carry_over_bears_one_name_in_its_table_and_in_the_text() -> None:
    for first, names in (("第二批前期费", []), ("第一批前期费", [("第二批前期费", "第一批前期费")])):
        more = table(11, "上年结转结余情况明细表", CARRIED.format(first=first))
        text = disclosure(more=more).replace("十二、其他", f"{TOLD}\n十二、其他")
        signals = raised("R06_unmatched_carried", text)
        assert [(one.left.name, one.right.name) for one in signals] == names


def test_a_code_of_no_known_kind_is_told() -> None:
    (found,) = raised("R01_misplaced", disclosure(item=ITEM.replace("206", "906")))
    assert found.left.name == "9060101"
    assert raised("R01_misplaced", disclosure()) == []


def test_codes_that_lack_a_zero_are_told_where_others_have_theirs() -> None:
    short = {**ITEMS, "wages": "301|1|基本工资|12.00|12.00|", "pensions": PENSIONS}
    (found,) = raised("R24_short_code", disclosure(basic=short))
    assert (found.left.name, found.right.name) == ("301 1", "30101")
    all_short = {"wages": short["wages"], "goods": "302|1|办公费|5.00||5.00", "pensions": PENSIONS.replace("02", "2")}
    assert raised("R24_short_code", disclosure(basic=all_short)) == raised("R24_short_code", disclosure()) == []


def test_another_body_over_one_table_is_told() -> None:
    slip = disclosure().replace(f"编制部门：{BODY}", "编制部门：某某县科学技述局", 1)
    (found,) = raised("R24_body_over_table", slip)
    assert (found.left.name, found.right.name) == ("某某县科学技述局", BODY)
    alien = disclosure().replace(f"编制部门：{BODY}", "编制部门：生产力促进中心", 1)
    assert raised("R24_body_over_table", alien) == []  # a subordinate's table
    assert raised("R24_body_over_table", disclosure()) == []


@pytest.mark.parametrize(
    ("line", "wrong"), [("编制部门：", True), ("编制部门：：", True), (f"编制部门：{BODY}", False)]
)
def test_a_table_that_no_body_has_prepared_is_told(line: str, wrong: bool) -> None:
    printed = disclosure().replace(f"编制部门：{BODY}", line, 1)
    assert bool(raised("S24_prepared_by", printed)) is wrong


def test_another_body_on_the_cover_is_told() -> None:
    (found,) = raised("R24_body_over_table", disclosure().replace(BODY, "某某县科学局", 1))
    assert (found.left.name, found.right.name) == ("某某县科学局", BODY)
    for name in (f"某某省{BODY}", "中国某某县科学局"):  # its own with a place before it; in the form of another kind
        assert raised("R24_body_over_table", disclosure().replace(BODY, name, 1)) == []


def test_a_slip_in_a_name_is_told_once_with_both_spellings() -> None:
    slip = disclosure().replace("208 社会保障和就业支出", "208 社会保璋和就业支出", 1)
    (found,) = raised("R24_misnamed_row", slip)
    assert (found.left.name, found.right.name) == ("社会保璋和就业支出", "社会保障和就业支出")
    assert raised("R24_misprint", slip) == []  # told by its code
    assert raised("R24_misnamed_row", disclosure()) == raised("R24_misprint", disclosure()) == []
    (found,) = raised("R24_misprint", disclosure() + "\n支出预算包括：科学技木支出。\n")
    assert (found.left.name, found.right.name) == ("科学技木支出", "科学技术支出")


@pytest.mark.parametrize("title", ["{}年部门支出总体情况表", "部门支出总体情况表（{}年度）"])
def test_last_year_over_a_table_is_told(title: str) -> None:
    printed = "部门支出总体情况表"
    assert raised("W04_heading_year", disclosure().replace(printed, title.format(2025))) == []
    (found,) = raised("W04_heading_year", disclosure().replace(printed, title.format(2024)))
    assert (found.left.name, found.right.name) == ("2024", "2025")
    assert "支出总体情况表" in found.zh


@pytest.mark.parametrize("line", ["2024年度", f"部门：{BODY} 2024年度 金额单位：万元", "（2024年度） 单位：万元"])
def test_last_year_in_the_line_over_a_table_is_told(line: str) -> None:
    title = "部门支出总体情况表\n"
    (found,) = raised("W04_heading_year", disclosure().replace(title, f"{title}{line}\n"))
    assert (found.left.name, found.right.name) == ("2024", "2025")
    assert raised("W04_heading_year", disclosure().replace(title, f"{title}{line.replace('2024', '2025')}\n")) == []


def test_a_wrong_year_on_the_cover_is_told_once() -> None:
    text = disclosure().replace("2025年", "2026年").replace("2026年", "2025年", 1)
    for table in ("收支总体情况表", "支出总体情况表"):
        text = text.replace(f"部门{table}", f"2026年部门{table}")
    (found,) = raised("W04_heading_year", text)
    assert (found.left.name, found.right.name) == ("2025", "2026")
    assert raised("W04_year", text) == []


def test_a_year_that_lacks_a_digit_is_told_and_its_table_is_read() -> None:
    (found,) = raised("W04_heading_year", disclosure().replace("部门支出总体情况表", "202年部门支出总体情况表"))
    assert (found.left.name, found.right.name) == ("202", "2025")


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("基本支出15.00万元，占75.00，比上年预算增加3.00万元，增长25.00%。", ["占75.00"]),
        ("基本支出15.00万元，占75.00%，比上年预算增加3.00万元，增长25.00，主要原因是人员增加。", ["增长25.00"]),
        ("基本支出15.00万元，占75.00%，比上年预算增加3.00万元，增长25.00%。", []),
        ("增长1.5倍，增长3.00万元。", []),
    ],
)
def test_shares_and_rates_bear_a_per_cent_sign(printed: str, told: list[str]) -> None:
    text = disclosure().replace(
        "十二、其他重要事项", f"三、关于{BODY}2025年支出预算情况说明\n\n{printed}\n\n十二、其他重要事项"
    )
    assert [signal.left.name for signal in raised("S24_percent", text)] == told


FLATTENED = """
    部门支出总体情况表
    编制部门：某某县科学技术局 单位：万元
    科目 支出预算
    功能分类科目编码
    类 款 项 功能分类科目名称 合计 基本支出 项目支出
    ※ ※ ※ ※ 1 2 3
    总计 20.00 20.00
    206 科学技术支出 20.00 20.00
    206 01 科学技术管理事务 20.00 20.00
    206 01 01 行政运行 {figures}
"""


@pytest.mark.parametrize(("figures", "told"), [("20.00 20.00", False), ("20.00 2.00", True), ("2.00 2.00", True)])
def test_a_row_that_fits_in_no_columns_is_told(figures: str, told: bool) -> None:
    table_of_lines = "\n".join(line.strip() for line in FLATTENED.format(figures=figures).splitlines())
    text = f"{BODY}2025年部门预算公开\n第二部分 2025年部门预算公开表\n表 3\n{table_of_lines}\n"
    found = raised("R05_row", text)
    assert bool(found) is told
    assert all("相差18.00" in one.zh for one in found)


STRUCTURE = (
    "科学技术支出（类）{}万元，占{}%；社会保障和就业支出（类）5.00万元，占{}%；卫生健康支出（类）3.00万元，占15.00%。"
)


@pytest.mark.parametrize(
    ("shares", "told"),
    [(("60.00", "25.00"), []), (("25.00", "60.00"), ["25.00", "60.00"]), (("60.00", "22.00"), ["22.00"])],
)
def test_shares_that_stand_in_each_others_place_are_told(shares: tuple[str, str], told: list[str]) -> None:
    printed = STRUCTURE.format("12.00", *shares) + "住房保障支出（类）0.00万元，占0.00%。"
    text = disclosure().replace(
        "十二、其他重要事项", f"（二）一般公共预算当年拨款结构情况\n\n{printed}\n\n十二、其他重要事项"
    )
    assert sorted(f"{signal.left.value:.2f}" for signal in raised("R13_parts", text)) == told


def test_of_shares_whose_amounts_add_up_to_their_base_every_other_one_may_be_wrong() -> None:
    for first, wrong in (("12.00", ["22.00", "67.00"]), ("11.00", [])):
        words = STRUCTURE.format(first, "67.00", "22.00") + "住房保障支出（类）0.00万元，占0.00%。"
        printed = f"（二）一般公共预算当年拨款结构情况\n\n一般公共预算拨款支出20.00万元，{words}"
        text = disclosure().replace("十二、其他", f"{printed}\n\n十二、其他")
        assert sorted(f"{signal.left.value:.2f}" for signal in raised("R13_parts", text)) == wrong


@pytest.mark.parametrize(
    ("first", "whole", "told"),
    [
        ("12.00", "", ["30.00"]),  # 12.00 of 40.00, which the passage names, too
        ("12.00", "全部支出的", []),
        ("8.00", "", []),  # the amounts come to another base
    ],
)
def test_a_share_of_amounts_that_add_up_is_of_what_they_come_to(first: str, whole: str, told: list[str]) -> None:
    share = "20.00" if first == "8.00" else "30.00"
    words = f"科学技术支出（类）{first}万元，占{whole}{share}%；" + STRUCTURE.partition("；")[2].format("25.00")
    printed = f"（二）一般公共预算当年拨款结构情况\n\n预算40.00万元，一般公共预算拨款支出20.00万元，{words}"
    text = disclosure().replace("十二、其他", f"{printed}\n\n十二、其他")
    assert sorted(f"{signal.left.value:.2f}" for signal in raised("R13_parts", text)) == told


def test_last_year_in_the_heading_of_a_section_is_told() -> None:
    section = "三、关于{body}{year}年支出预算情况说明\n\n基本支出20.00万元。\n\n十二、其他重要事项"
    texts = [disclosure().replace("十二、其他重要事项", section.format(body=BODY, year=year)) for year in (2024, 2025)]
    (found,) = raised("W04_heading_year", texts[0])
    assert found.left.name == "2024"
    assert raised("W04_heading_year", texts[1]) == []


def test_one_number_over_two_tables_is_told() -> None:
    (found,) = raised("S28_table_number", disclosure().replace("表 6\n", "表 3\n"))
    assert (found.left.name, found.right.name) == ("一般公共预算基本支出情况表", "部门支出总体情况表")
    assert raised("S28_table_number", disclosure()) == []
    assert raised("S28_table_number", disclosure().replace("表 6\n", "")) == []


def test_a_title_copied_from_the_table_above_is_told() -> None:
    note = f"{BODY}2025年没有使用政府性基金预算拨款安排的支出，政府性基金预算支出情况表为空表。\n"
    rows = "科目编码|科目名称|合计\n||总计|"
    first, copy = (table(number, "政府性基金预算支出情况表", rows) + note for number in (8, 9))
    (found,) = raised("S28_heading_twice", disclosure(more=f"{first}\n{copy}"))
    assert (found.left.name, found.right.name) == ("表9", "表8")
    assert raised("S28_heading_twice", disclosure(more=first)) == []
    assert raised("S28_heading_twice", disclosure(more=f"{first}\n{copy.replace('表 9', '表 8')}")) == []  # goes on


REVENUE = """
    科目编码|科目名称|合计|上年结转（结余）|财政拨款收入|一般公共预算拨款收入|其他收入
    |合计|22.00|{kept}|{given}|{given}|2.00
    206|科学技术支出|22.00|{kept}|{given}|{given}|2.00
"""


@pytest.mark.parametrize(
    ("kept", "given", "told"), [("5.00", "15.00", False), ("", "15.00", True), ("", "20.00", False)]
)
def test_revenue_without_what_is_carried_over_is_held_against_expenditure(kept: str, given: str, told: bool) -> None:
    spent = "科目编码|科目名称|合计|基本支出|项目支出\n|合计|20.00|20.00|\n206|科学技术支出|20.00|20.00|"
    received = table(4, "部门收入总表", REVENUE.format(kept=kept, given=given))
    text = disclosure(more=received + table(5, "一般公共预算支出表", spent))
    assert bool(raised("R02_general_budget", text)) is told
    assert raised("R04_columns", text) == []


OF_UNITS = """
    单位编码|单位名称|合计|因公出国（境）费|公务接待费
    |合计|3.00||3.00
    318001|某站|1.00||1.00
    318002|某所|{of_unit}||2.00
"""


@pytest.mark.parametrize("of_unit", ["2.00", "2.50"])
def test_the_items_of_units_are_held_against_their_own_parts_alone(of_unit: str) -> None:
    """A basic expenditure of 3.00 on receptions is that of the department, more than that of each unit."""
    basic = {**ITEMS, "goods": "302|17|公务接待费|3.00||3.00\n302|01|办公费|2.00||2.00", "pensions": PENSIONS}
    rows = OF_UNITS.format(of_unit=of_unit)
    text = disclosure(basic=basic, more=table(4, "财政拨款“三公”经费支出表", rows))
    assert raised("R10_three_public", text) == []
    assert len(raised("R05_printed", text)) == 2 * (of_unit != "2.00")  # the row, and the units against the total
    assert raised("S29_vehicle_split", text) == []


FUND = """
2.2025年政府性基金预算财政拨款支出{0}万元，为城乡社区支出（类）某支出（款）某项支出（项）{0}万元，比上年增加1.00万元。
"""
SAID = "1.科学技术支出（类）科学技术管理事务（款）行政运行（项）{}万元，比上年增加1.00万元，增长5.26%。"


@pytest.mark.parametrize(("said", "told"), [("20.00", False), ("21.00", True)])
def test_a_fund_in_a_section_on_all_appropriations_is_no_part_of_the_general_budget(said: str, told: bool) -> None:
    rows = "科目编码|科目名称|合计|基本支出|项目支出\n|合计|20.00|20.00|\n2060101|行政运行|20.00|20.00|"
    text = disclosure(more=table(4, "一般公共预算支出表", rows))
    section = f"二、财政拨款支出情况说明\n\n{SAID.format(said)}\n\n{FUND.format('5.00')}\n\n十二、其他"
    assert bool(raised("R14_sum", text.replace("十二、其他", section))) is told


@pytest.mark.parametrize(("said", "told"), [("20.00", False), ("17.00", False), ("18.00", True)])
def test_the_text_may_leave_out_what_the_table_counts_of_money_carried_over(said: str, told: bool) -> None:
    rows = "科目编码|科目名称|合计|基本支出|项目支出|其中：上年结转\n"
    rows += "|合计|20.00|12.00|8.00|3.00\n2060101|行政运行|20.00|12.00|8.00|3.00"
    text = disclosure(more=table(4, "一般公共预算支出表", rows))
    text = text.replace("十二、其他", f"二、一般公共预算当年拨款情况说明\n\n{SAID.format(said)}\n\n十二、其他")
    assert [bool(raised(rule, text)) for rule in ("R14_sum", "R14_subjects")] == [told, told]


YEARLY = """
    年度|“三公”经费合计|因公出国（境）费|公务接待费
    2024年预算数|4.00|1.00|3.00
    2025年预算数|{total}|1.00|2.00
"""


@pytest.mark.parametrize("total", ["3.00", "3.50"])
def test_a_sum_of_this_year_that_fails_is_told_beside_one_of_last_year_that_holds(total: str) -> None:
    text = disclosure(more=table(4, "一般公共预算“三公”经费支出表", YEARLY.format(total=total)))
    assert len(raised("R05_printed", text)) == (total != "3.00")
