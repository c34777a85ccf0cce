"""What an amount stated twice or a misprinted code puts off is counted at it and not told apart; the rest is."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kg.places import Evidence
from queries.auditing.amounts.followed import apart_from_codes, apart_from_lists, apart_from_twice
from queries.auditing.signal import Side, Signal

_EXECUTED = Evidence("a.pdf", 32, 5, None, None, None, "支出决算为245.53万元，完成年初预算的93.57%", "urn:executed")
_ELSEWHERE = Evidence("a.pdf", 33, 1, None, None, None, "支出决算为245.53万元", "urn:elsewhere")


def told(rule: str, left: str, right: str, place: Evidence = _EXECUTED, tolerance: str = "0.2") -> Signal:
    sides = Side("一边", Decimal(left)), Side("另一边", Decimal(right), (place,))
    gap = Decimal(left) - Decimal(right)
    return Signal(
        rule, "error", "contradiction", "a.pdf", "某局", 2025, "不符。", "No fit.", *sides, gap, Decimal(tolerance)
    )


_TWICE = told("R14_twice", "257.14", "245.53")


@pytest.mark.parametrize(
    ("other", "follows"),
    [
        (told("R11_completed", "93.57", "89.34"), True),  # 257.14 of 274.82
        (told("R11_completed", "98.57", "89.34"), False),
        (told("R11_completed", "93.57", "89.34", _ELSEWHERE), False),
        (told("R14_executed", "19044.27", "19032.65"), True),
        (told("R14_executed", "19144.27", "19032.65"), False),
        (told("R14_items", "245.53", "257.14"), False),  # the table tells which of the two is meant
    ],
)
def test_what_fits_with_the_other_amount_follows_from_it(other: Signal, follows: bool) -> None:
    left = list(apart_from_twice([_TWICE, other]))
    assert (other not in left) is follows
    assert left[0].zh == ("不符。由此而来的另1处不符（" + other.rule + "）不再另列。" if follows else "不符。")


def test_an_amount_stated_alike_puts_nothing_off() -> None:
    other = told("R11_completed", "93.57", "89.34")
    assert list(apart_from_twice([other])) == [other]


def cell(table: str, line: int, column: int) -> Evidence:
    return Evidence("a.txt", None, line, table, line, column, "30.48", f"urn:{table}.{line}.{column}")


def held(rule: str, left: Evidence, right: Evidence) -> Signal:
    sides = Side("一边", Decimal("60.97"), (left,)), Side("另一边", Decimal("30.48"), (right,))
    return Signal(rule, "error", "contradiction", "a.txt", "某局", 2025, "不符。", "No fit.", *sides, Decimal("30.49"))


def missing(left: Evidence, right: Evidence) -> Signal:
    return replace(held("R02_missing", left, right), kind="incomplete", gap=None)


@pytest.mark.parametrize(
    ("other", "follows"),
    [
        (held("R14_subjects", _EXECUTED, cell("支出表", 7, 1)), True),
        (held("R08_subjects", cell("支出表", 7, 2), cell("基本支出表", 9, 1)), True),
        (held("R14_subjects", _EXECUTED, cell("支出表", 6, 1)), False),  # another row
        (held("R04_columns", cell("支出表", 7, 1), cell("支出表", 7, 2)), False),  # the row within itself
        (missing(cell("支出表", 7, 1), cell("收入表", 1, 1)), True),
        (missing(cell("支出表", 8, 1), cell("收入表", 1, 1)), False),
    ],
)
def test_a_row_under_the_code_of_another_is_held_against_nothing_by_that_code(other: Signal, follows: bool) -> None:
    name = Side("职业年金", None, (cell("支出表", 7, 0),))
    root = Signal("R24_code", "info", "contradiction", "a.txt", "某局", 2025, "不符。", "No.", name, Side("2080506"))
    left = list(apart_from_codes([root, other]))
    assert (other not in left) is follows
    assert left[0].severity == ("error" if follows else "info")


_LIST = Evidence("a.pdf", 15, 2, None, None, None, "人员经费主要包括：基本工资、奖金、医疗费、奖金。", "urn:list")
_COPY = Evidence("a.pdf", 14, 9, None, None, None, "人员经费主要包括：基本工资、奖金、医疗费、奖励金。", "urn:copy")


def of_words(rule: str, left: str, right: str, place: Evidence = _LIST, other: Evidence = _COPY) -> Signal:
    sides = Side(left, None, (place,)), Side(right, None, (other,))
    return Signal(rule, "info", "contradiction", "a.pdf", "某局", 2025, "不符。", "No fit.", *sides)


@pytest.mark.parametrize(
    ("others", "kept"),
    [
        ([of_words("R22_repeated", "奖金", "奖金", other=_LIST)], []),
        (
            [
                of_words("R22_repeated", "奖金", "奖金", other=_LIST),
                of_words("R24_copied_phrase", "医疗费、奖金", "医疗费、奖励金"),
                of_words("R24_copied_phrase", "基本工次", "基本工资"),
            ],
            [2],
        ),
        ([of_words("R24_copied_phrase", "医疗费、奖金", "医疗费、奖励金")], [0]),  # no name stands twice
        ([of_words("R22_repeated", "医疗费", "医疗费", other=_LIST)], [0]),  # unlike the item
        ([of_words("R22_repeated", "奖金", "奖金", _COPY)], [0]),  # another list
    ],
)
def test_an_item_called_like_another_of_its_list_is_told_once(others: list[Signal], kept: list[int]) -> None:
    root = of_words("R25_basic", "", "奖励金", other=cell("基本支出表", 9, 1))
    left = list(apart_from_lists([root, *others]))
    assert left[1:] == [others[at] for at in kept]
    gone = len(others) > len(kept)
    assert left[0].zh == ("不符。这一列举有两个“奖金”，其一可能应是“奖励金”。" if gone else "不符。")
    assert (_COPY in left[0].right.places) is (len(others) == 3)
