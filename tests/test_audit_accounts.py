"""Rules that hold the tables of final accounts against one another, on accounts that are printed, read and audited."""

from decimal import Decimal

import pyoxigraph as ox
import pytest
from test_audit_of_prints import raised, signals

from kg.places import Evidence
from queries.auditing.audit import _checked
from queries.auditing.book import Book
from queries.auditing.compare import slipped
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.tables.moved import apart_from_moved
from queries.auditing.words import WORDED

BODY = "某某县科学技术局"
HEAD = "科目编码|科目名称|本年支出合计|基本支出|项目支出"
EXPENDITURE = """
    合计||1200.00|500.00|700.00
    206|科学技术支出|900.00|400.00|500.00
    20601|科学技术管理事务|900.00|400.00|500.00
    2060101|行政运行|400.00|400.00|
    2060102|一般行政管理事务|500.00||500.00
    212|城乡社区支出|200.00||200.00
    21208|国有土地使用权出让收入安排的支出|200.00||200.00
    2120803|城市建设支出|200.00||200.00
    221|住房保障支出|100.00|100.00|
    22102|住房改革支出|100.00|100.00|
    2210201|住房公积金|100.00|100.00|
"""
GENERAL = """
    合计||1000.00|500.00|500.00
    206|科学技术支出|900.00|400.00|500.00
    20601|科学技术管理事务|900.00|400.00|500.00
    2060101|行政运行|400.00|400.00|
    2060102|一般行政管理事务|500.00||500.00
    221|住房保障支出|100.00|100.00|
    22102|住房改革支出|100.00|100.00|
    2210201|住房公积金|100.00|100.00|
"""
FUND = """
    合计||200.00||200.00
    212|城乡社区支出|200.00||200.00
    21208|国有土地使用权出让收入安排的支出|200.00||200.00
    2120803|城市建设支出|200.00||200.00
"""
_FUND_HEAD = "科目编码|科目名称|本年支出/合计|本年支出/基本支出|本年支出/项目支出"


def table(number: int, title: str, rows: str) -> str:
    """A table as converted texts print it: cells between tabs, here written with bars."""
    over = f"表 {number}\n\n{title}\n\n编制部门：{BODY}\n\n单位：万元\n\n"
    return over + "\n".join(row.strip().replace("|", "\t") for row in rows.strip().splitlines()) + "\n"


def accounts(*, expenditure: str = EXPENDITURE, general: str = GENERAL, fund: str = FUND, more: str = "") -> str:
    """Short final accounts whose tables of expenditure agree."""
    return "\n".join(
        (
            f"{BODY}2025年度部门决算\n",
            "第二部分 2025年度部门决算表\n",
            table(3, "支出决算表", f"{HEAD}\n{expenditure.strip()}"),
            table(5, "一般公共预算财政拨款支出决算表", f"{HEAD}\n{general.strip()}"),
            table(8, "政府性基金预算财政拨款收入支出决算表", f"{_FUND_HEAD}\n{fund.strip()}"),
            more,
        )
    )


def swapped(rows: str, *pairs: tuple[str, str]) -> str:
    for one, other in pairs:
        assert one in rows
        rows = rows.replace(one, other)
    return rows


MORE = swapped(GENERAL, ("2060102|一般行政管理事务|500.00||500.00", "2060102|一般行政管理事务|520.00||520.00"))
LESS = swapped(GENERAL, ("2060102|一般行政管理事务|500.00||500.00", "2060102|一般行政管理事务|480.00||480.00"))
OTHER_MONEY = swapped(EXPENDITURE, ("合计||1200.00|500.00|700.00", "合计||1300.00|500.00|800.00"))


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, []),
        ({"general": MORE}, ["2060102"]),
        ({"general": LESS}, ["2060102"]),  # all that is spent is appropriated
        ({"general": LESS, "expenditure": OTHER_MONEY}, []),  # what is lacking may be other money
        ({"general": MORE, "expenditure": OTHER_MONEY}, ["2060102"]),
        ({"general": swapped(GENERAL, ("400.00|400.00|", "400.00||400.00"))}, ["2060101"]),  # of the other kind
        ({"general": swapped(GENERAL, ("500.00||500.00", "500.01||500.01"))}, []),  # rounding
        ({"general": GENERAL + FUND.strip().split("\n", 1)[1]}, []),  # a subject of the fund alone: told of both tables
    ],
)
def test_appropriations_of_a_subject_are_part_of_its_expenditure(changed: dict[str, str], wrong: list[str]) -> None:
    found = raised("R02_appropriations", accounts(**changed))
    assert [one.zh.split(" ")[0] for one in found] == wrong


def test_subjects_of_a_fund_have_no_amounts_in_the_table_of_the_general_budget() -> None:
    (found,) = raised("R02_other_fund", accounts(general=GENERAL + FUND.strip().split("\n", 1)[1]))
    assert "“212 城乡社区支出”、“21208 国有土地使用权出让收入安排的支出”、“2120803 城市建设支出”" in found.zh
    assert raised("R02_other_fund", accounts()) == []
    both = swapped(EXPENDITURE, ("200.00||200.00", "400.00||400.00"))
    assert raised("R02_other_fund", accounts(general=GENERAL + FUND, expenditure=both)) == []


def test_what_is_appropriated_is_told_with_the_titles_of_its_tables() -> None:
    (found,) = raised("R02_appropriations", accounts(general=MORE))
    assert found.left.name == "一般公共预算财政拨款支出决算表“合计”"
    assert found.right.name == "支出决算表“合计”"
    assert [place.words for side in (found.left, found.right) for place in side.places] == ["520.00", "500.00"]


SPENT = """
    合计||1500.00|1000.00|500.00
    206|科学技术支出|900.00|400.00|500.00
    20601|科学技术管理事务|700.00|400.00|300.00
    2060101|行政运行|400.00|400.00|
    2060102|一般行政管理事务|300.00||300.00
    20604|技术研究与开发|200.00||200.00
    2060404|科技成果转化与扩散|200.00||200.00
    208|社会保障和就业支出|250.00|250.00|
    20805|行政事业单位养老支出|240.00|240.00|
    2080505|机关事业单位基本养老保险缴费支出|160.00|160.00|
    2080506|机关事业单位职业年金缴费支出|80.00|80.00|
    20899|其他社会保障和就业支出|10.00|10.00|
    2089999|其他社会保障和就业支出|10.00|10.00|
    221|住房保障支出|350.00|350.00|
    22102|住房改革支出|350.00|350.00|
    2210201|住房公积金|350.00|350.00|
"""


def moved_up(rows: str, first: int, by: int) -> str:
    """The rows with the amounts of those from a row on moved up, and those that fall out at the end."""
    lines = [line.strip().split("|") for line in rows.strip().splitlines()]
    amounts = [line[2:] for line in lines]
    amounts[first:] = [*amounts[first + by :], *amounts[first : first + by]]
    return "\n".join("|".join([*line[:2], *own]) for line, own in zip(lines, amounts, strict=True))


def test_amounts_in_the_wrong_rows_are_told_once_in_place_of_all_that_follows() -> None:
    told = [one for one in signals(accounts(expenditure=SPENT, general=moved_up(SPENT, 5, 2), fund="")) if one.gap]
    assert told == []
    (found,) = raised("R03_moved", accounts(expenditure=SPENT, general=moved_up(SPENT, 5, 2), fund=""))
    assert found.zh.startswith("“一般公共预算财政拨款支出决算表”的金额与科目错行：")
    assert "从“20604 技术研究与开发”到“2210201 住房公积金”的11行" in found.zh
    assert "“208 社会保障和就业支出”印160.00，那里是250.00，这个数印在上2行的“20604 技术研究与开发”旁" in found.zh
    assert "11 rows" in found.en


def test_tables_of_final_accounts_are_called_as_they_are_printed() -> None:
    wrong = swapped(GENERAL, ("206|科学技术支出|900.00", "206|科学技术支出|950.00"))
    (found,) = raised("R01_function", accounts(general=wrong))
    assert found.left.name == "一般公共预算财政拨款支出决算表“合计”"


def test_money_of_another_kind_is_told_at_its_own_cell() -> None:
    rows = swapped(GENERAL, ("2060101|行政运行|400.00|400.00|", "2060101|行政运行|400.00|380.00|20.00"))
    (found,) = raised("W22_kind_of_subject", accounts(general=rows))
    assert [place.words for place in found.left.places] == ["20.00"]


@pytest.mark.parametrize(
    ("one", "other", "wrong"),
    [("1066.51", "10665.1", True), ("1066.51", "10661.51", False), ("12.35", "123512", True), ("1000", "10000", True)],
)
def test_a_slip_of_the_decimal_point_keeps_the_digits(one: str, other: str, wrong: bool) -> None:
    assert slipped(Decimal(one), Decimal(other)) is wrong


@pytest.mark.parametrize("general", [SPENT, SPENT.replace("160.00|160.00", "80.00|80.00"), moved_up(SPENT, 13, 1)])
def test_single_wrong_amounts_are_no_moved_rows(general: str) -> None:
    assert raised("R03_moved", accounts(expenditure=SPENT, general=general, fund="")) == []


_TRAVEL, _VEHICLES = "因公出国（境）费", "公务用车购置及运行费"
_THREE = {"合计": 1, _TRAVEL: 2, "公务用车购置费": 3, "公务用车运行费": 4, _VEHICLES: 5, "公务接待费": 6}
_PREFIXES = """
    PREFIX bl: <https://w3id.org/cnbl/ont#>
    PREFIX view: <https://w3id.org/cnbl/code/view/>
    PREFIX economic: <https://w3id.org/cnbl/code/economic/>
"""
_CELL = """
    <urn:{n}> bl:inView view:{view} ; bl:columnName "{column}" ; bl:item "{item}" ;
      bl:amountCNY {amount} ; bl:economicSubject economic:{code} ; bl:evidence <urn:{n}.at> .
    <urn:{n}.at> bl:rowIndex {n} .
"""


def basic_expenditure(three: dict[str, str], basic: dict[str, tuple[str, str]]) -> Book:
    """Final accounts with amounts of travel, vehicles and receptions, and items of basic expenditure one a row."""
    cells = [
        _CELL.format(n=100 + _THREE[item], view="three_public", column="决算数", item=item, amount=amount, code="")
        for item, amount in three.items()
    ]
    cells += [
        _CELL.format(n=n, view="general_budget_basic", column="合计", item=item, amount=amount, code=code)
        for n, (code, (item, amount)) in enumerate(basic.items(), 1)
    ]
    own = ox.Store()
    own.load("".join((_PREFIXES, *cells)).encode(), ox.RdfFormat.TURTLE)
    places = {f"urn:{n}.at": Evidence("a.pdf", 1, None, "表六", n, 6, "", f"urn:{n}.at", "0") for n in range(1, 110)}
    return Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某局", 2024, True, places, {})


_SPENT = {"合计": "5000.0", _VEHICLES: "4000.0", "公务用车运行费": "4000.0", "公务接待费": "1000.0"}
_ITEMS = {
    "30211": ("差旅费", "0.0"), "30212": ("因公出国（境）费用", "9000.0"), "30216": ("培训费", "1000.0"),
    "30217": ("公务接待费", "7000.0"), "30229": ("福利费", "4000.0"), "30231": ("公务用车运行维护费", "8000.0"),
}  # fmt: skip


def checked(rule: str, book: Book) -> list[Signal]:
    return [*WORDED[rule](rules()[rule], book)] if rule in WORDED else _checked(rules()[rule], book)[0]


def test_items_of_basic_expenditure_a_row_too_high_are_told_by_the_table_that_has_them_too() -> None:
    made = basic_expenditure(_SPENT, _ITEMS)
    (found,) = checked("R03_moved", made)
    assert "从“30211 差旅费”到“30231 公务用车运行维护费”的6行" in found.zh
    assert "“30217 公务接待费”印0.70，那里是0.10，这个数印在上1行的“30216 培训费”旁" in found.zh
    assert list(apart_from_moved(checked("R10_three_public", made), made)) == []
    alone = basic_expenditure(_SPENT, {**_ITEMS, "30229": ("福利费", "3000.0"), "30211": ("差旅费", "50.0")})
    assert checked("R03_moved", alone) == []  # one amount beside another code may be so by chance
    assert len(list(apart_from_moved(checked("R10_three_public", alone), alone))) == 3


def test_a_blank_beside_items_that_come_to_their_total_is_nought() -> None:
    travel = {"30212": ("因公出国（境）费用", "9000.0")}
    (found,) = checked("R10_three_public", basic_expenditure(_SPENT, travel))
    assert (found.left.value, found.right.value) == (Decimal(0), Decimal("0.9"))
    assert checked("R10_three_public", basic_expenditure({**_SPENT, "合计": "14000.0"}, travel)) == []
    assert checked("R10_three_public", basic_expenditure({**_SPENT, _TRAVEL: "9000.0"}, travel)) == []


_OVERVIEW = """
    收入/项目|收入/决算数|支出/项目|支出/合计|支出/一般公共预算财政拨款|支出/政府性基金预算财政拨款|支出/国有资本经营预算财政拨款
    一、一般公共预算财政拨款|1000.00|一、科学技术支出|900.00|900.00|0.00|0.00
    二、政府性基金预算财政拨款|200.00|二、城乡社区支出|200.00|0.00|200.00|0.00
    三、国有资本经营预算财政拨款|0.00|三、住房保障支出|100.00|100.00|0.00|0.00
    总计|1200.00|总计|1200.00|1000.00|200.00|0.00
"""


@pytest.mark.parametrize(
    ("printed", "wrong"),
    [
        ((), []),
        ((("900.00|900.00|0.00", "900.00|890.00|10.00"),), ["“科学技术支出”"]),
        ((("200.00|0.00|200.00", "200.00|0.00|180.00"),), ["“城乡社区支出”"]),
        ((("900.00|900.00|0.00", "900.01|900.01|0.00"),), []),  # rounding
        ((("科学技术支出", "教育支出"),), []),  # another category: no amount of its own to hold it against
    ],
)
def test_categories_of_each_fund_without_codes_are_those_of_its_table(
    printed: tuple[tuple[str, str], ...], wrong: list[str]
) -> None:
    more = table(4, "财政拨款收入支出决算总表", swapped(_OVERVIEW, *printed))
    assert [one.zh.split("：")[0] for one in raised("R02_funds", accounts(more=more))] == wrong


_WHOLE = """
    收入||支出|
    项目|决算数|项目|决算数
    一、一般公共预算财政拨款收入|{general}|一、科学技术支出|{science}
    二、政府性基金预算财政拨款收入|200.00|二、城乡社区支出|200.00
    ||三、住房保障支出|100.00
    本年收入合计|{income}|本年支出合计|{spent}
    年初结转和结余|10.00|年末结转和结余|10.00
    总计|{all}|总计|1210.00
"""
_APPROPRIATED = """
    收入||支出||||
    项目|决算数|项目|合计|一般公共预算财政拨款|政府性基金预算财政拨款|国有资本经营预算财政拨款
    一、一般公共预算财政拨款|1000.00|一、科学技术支出|{science}|{science}||
    二、政府性基金预算财政拨款|200.00|二、城乡社区支出|{fund}||{fund}|
    ||三、住房保障支出|{housing}|{housing}||
    本年收入合计|1200.00|本年支出合计|1200.00|{spent}|200.00|
    总计|1200.00|总计|{all}|{spent}|200.00|
"""
_RIGHT = {"general": "1000.00", "income": "1200.00", "spent": "1200.00", "all": "1210.00", "science": "900.00"}
_RIGHTLY = {"science": "900.00", "housing": "100.00", "fund": "200.00", "spent": "1000.00", "all": "1200.00"}


def overviews(one: dict[str, str], other: dict[str, str], **tables: str) -> str:
    """Final accounts with both overviews, of which some amounts are given."""
    revenue = "科目编码|科目名称|本年收入合计|财政拨款收入\n合计||1200.00|1200.00\n206|科学技术支出|1200.00|1200.00"
    more = table(1, "收入支出决算总表", _WHOLE.format(**{**_RIGHT, **one}))
    more += "\n" + table(4, "财政拨款收入支出决算总表", _APPROPRIATED.format(**{**_RIGHTLY, **other}))
    return accounts(**tables, more=more + "\n" + table(2, "收入决算表", revenue))


@pytest.mark.parametrize(
    ("rule", "one", "other"),
    [
        ("R03_revenue", {"income": "1230.00"}, {}),
        ("R03_expenditure", {"spent": "1230.00"}, {}),
        ("R03_balance", {"all": "1240.00"}, {}),
        ("R03_fiscal_balance", {}, {"all": "1240.00"}),
        ("R03_general_budget", {}, {"spent": "1040.00"}),
        ("R02_names", {"science": "910.00"}, {}),
        ("R02_funds", {}, {"science": "910.00"}),
        ("R02_funds", {}, {"fund": "240.00"}),
    ],
)
def test_the_tables_of_final_accounts_agree_with_their_overviews(
    rule: str, one: dict[str, str], other: dict[str, str]
) -> None:
    (found,) = raised(rule, overviews(one, other))
    assert found.gap in {Decimal(change) for change in (-40, -30, -10, 10, 30, 40)}
    assert raised(rule, overviews({}, {})) == []


_BUDGETED = """
    收入||支出|||
    项目|预算数|项目|合计|一般公共预算|政府性基金预算
    一、本年收入|1000.00|一、科学技术支出|{science}|{science}|
    （一）一般公共预算拨款|1000.00|二、住房保障支出|100.00|100.00|
    二、上年结转|18.00|||
    （一）一般公共预算拨款|18.00|||
    收入总计|1018.00|支出总计|{all}|{all}|
"""


@pytest.mark.parametrize(("science", "whole", "told"), [("918.00", "1018.00", 0), ("928.00", "1028.00", 1)])
def test_a_table_of_this_years_money_alone_lacks_what_was_carried_over(science: str, whole: str, told: int) -> None:
    tables = (
        f"{BODY}2025年部门预算公开\n",
        "第二部分 2025年部门预算公开表\n",
        table(4, "财政拨款收支总表", _BUDGETED.format(science=science, all=whole)),
        table(5, "一般公共预算支出表", f"{HEAD}\n{GENERAL.strip()}"),
    )
    for rule in ("R02_funds", "R03_general_budget"):
        assert len(raised(rule, "\n".join(tables))) == told


def test_categories_are_held_against_a_table_whose_total_is_wrong() -> None:
    wrong = swapped(EXPENDITURE, ("合计||1200.00", "合计||1700.00"))
    (found,) = raised("R02_names", overviews({"science": "910.00"}, {}, expenditure=wrong))
    assert (found.left.name, found.gap) == ("收入支出决算总表“科学技术支出”", Decimal(10))
    assert raised("R02_names", overviews({}, {}, expenditure=wrong)) == []


def test_a_category_of_a_fund_under_another_name_is_told_by_its_amount() -> None:
    more = table(4, "财政拨款收入支出决算总表", swapped(_OVERVIEW, ("科学技术支出", "教育支出")))
    (found,) = raised("R24_overview", accounts(more=more))
    assert (found.left.name, found.right.name) == ("教育支出", "科学技术支出")
    assert raised("R24_overview", accounts(more=table(4, "财政拨款收入支出决算总表", _OVERVIEW))) == []
