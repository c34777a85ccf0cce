"""What an amount stated twice puts off is counted at it and not told apart; what does not follow from it is."""

from decimal import Decimal

import pytest

from kg.places import Evidence
from queries.auditing.amounts.followed import apart_from_twice
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
