"""Rules that hold the tables of final accounts against one another, on accounts that are printed, read and audited."""

import pytest
from test_audit_of_prints import raised

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
        ({"general": GENERAL + FUND.strip().split("\n", 1)[1]}, ["2120803"]),  # a subject of the fund alone
    ],
)
def test_appropriations_of_a_subject_are_part_of_its_expenditure(changed: dict[str, str], wrong: list[str]) -> None:
    found = raised("R02_appropriations", accounts(**changed))
    assert [one.zh.split(" ")[0] for one in found] == wrong


def test_what_is_appropriated_is_told_with_the_titles_of_its_tables() -> None:
    (found,) = raised("R02_appropriations", accounts(general=MORE))
    assert found.left.name == "一般公共预算财政拨款支出决算表“合计”"
    assert found.right.name == "支出决算表“合计”"
    assert [place.words for side in (found.left, found.right) for place in side.places] == ["520.00", "500.00"]
