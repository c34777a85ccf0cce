"""Printed targets, last year's values and weights of performance forms: printed → meaning."""

from decimal import Decimal

import pytest

from extract.performance.values import previous, target, weight
from ontology.errors import NotAnAmount

NUMBERS = [
    ("≥3 家", ">=", "3", "家"),
    ("≥ 5200 万元", ">=", "5200", "万元"),
    ("＞=20 家", ">=", "20", "家"),
    ("> =95%", ">=", "95", "%"),
    ("＞＝95％", ">=", "95", "%"),
    ("< =1.20 万元", "<=", "1.20", "万元"),
    ("≤7.80 万元", "<=", "7.80", "万元"),
    ("=30家", "=", "30", "家"),
    ("<8万元", "<", "8", "万元"),
    (">3 项", ">", "3", "项"),
    (">=3", ">=", "3", None),
    ("<=9.87万元/份", "<=", "9.87", "万元/份"),
    ("100元/人·月", None, "100", "元/人·月"),
    ("≤1.2万元/年/人", "<=", "1.2", "万元/年/人"),
    ("=11期", "=", "11", "期"),
    (">=300人次", ">=", "300", "人次"),
    ("＜\n=32.5\n8 万元", "<=", "32.58", "万元"),
    ("=1377.81平方米", "=", "1377.81", "平方米"),
    ("<=5 万", "<=", "5", "万"),
    (">=5,200万元", ">=", "5200", "万元"),
    ("≥13459.00(平方米)", ">=", "13459.00", "平方米"),
    ("≥60台（套）", ">=", "60", "台(套)"),
    ("60台（套）", None, "60", "台(套)"),
    ("不低于50%", ">=", "50", "%"),
    ("50%以上", ">=", "50", "%"),
    ("=3个月", "=", "3", "个月"),
    (">=2栋楼", ">=", "2", "栋楼"),
    ("100%", None, "100", "%"),
]

DATES = [
    ("2026 年 1 月 1 日", None, "2026-01-01"),
    ("=2025年10月", "=", "2025-10"),
    ("=2025\n年 10\n月", "=", "2025-10"),
    ("2025年12月10日前", None, "2025-12-10"),
    ("2025\n年 11\n月 30\n日", None, "2025-11-30"),
    ("2025年底", None, "2025"),
    ("2025-12-31", None, "2025-12-31"),
]

UNREAD = [
    "",
    "=",
    "≥效果明显",
    "10-20家",
    "=2025年13月1日",
    "12月底前",
    "=10月底前",
    "3号楼",
    ">=5,2家",  # thousands set off wrongly
    ">=5家以上",  # two operators
    "≥",
    "≥有效",
]


@pytest.mark.parametrize(("printed", "op", "value", "unit"), NUMBERS)
def test_a_number_has_its_operator_value_and_unit(printed: str, op: str | None, value: str, unit: str | None) -> None:
    said = target(printed)
    assert (said.kind, said.op, str(said.value), said.unit, said.date) == ("number", op, value, unit, None)


@pytest.mark.parametrize(("printed", "op", "iso"), DATES)
def test_a_date_is_as_exact_as_printed_and_no_number(printed: str, op: str | None, iso: str) -> None:
    said = target(printed)
    assert (said.kind, said.op, said.value, said.unit, said.date) == ("date", op, None, None, iso)


@pytest.mark.parametrize("printed", ["有效保障", "明显提高", "效果\n显著", "提升", "=效果明显"])
def test_a_target_in_words_keeps_its_words_only(printed: str) -> None:
    said = target(printed)
    assert (said.kind, said.op, said.value, said.unit, said.date) == ("words", None, None, None, None)
    assert said.raw == "".join(printed.split())


@pytest.mark.parametrize("printed", UNREAD)
def test_what_is_neither_number_date_nor_words_is_unread(printed: str) -> None:
    said = target(printed)
    assert (said.kind, said.value, said.date) == ("unread", None, None)


def test_the_printed_target_is_kept_without_white_space_and_markup() -> None:
    assert target("<p>＞ =20 家</p>").raw == "＞=20家"


def test_printed_decimals_are_kept() -> None:
    assert str(target(">=1.20万册").value) == "1.20"


@pytest.mark.parametrize("printed", ["", " ", "/", "-", "／", "－", "—", "<p></p>"])
def test_no_value_of_last_year_is_none(printed: str) -> None:
    assert previous(printed) is None


@pytest.mark.parametrize(
    ("printed", "value"),
    [("=800\n人次", "=800人次"), ("2024年 12月 10日前", "2024年12月10日前"), ("有效保障", "有效保障"), ("0", "0")],
)
def test_a_value_of_last_year_is_kept_as_printed(printed: str, value: str) -> None:
    assert previous(printed) == value


@pytest.mark.parametrize(
    ("printed", "points"), [("10", Decimal(10)), (" 7.5 ", Decimal("7.5")), ("20分", Decimal(20)), ("", None)]
)
def test_a_weight_is_a_number_of_points(printed: str, points: Decimal | None) -> None:
    assert weight(printed) == points


@pytest.mark.parametrize("printed", ["按照完成比例赋分", ">=5", "-", "计划标准"])
def test_what_is_no_weight_is_refused(printed: str) -> None:
    with pytest.raises(NotAnAmount):
        weight(printed)
