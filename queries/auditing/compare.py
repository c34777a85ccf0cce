"""Comparing the two sides of a check: equal, within rounding, or a signal."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import Literal

from ontology.money import YUAN_PER_UNIT
from queries.answers import Value
from queries.auditing.book import HALF, WAN, Book
from queries.auditing.english import table_in_english
from queries.auditing.rules import Rule
from queries.auditing.signal import Kind, Severity, Side, Signal
from queries.auditing.telling import sentences, shown
from queries.reading import Row

Agreement = Literal["equal", "rounding"]
_MONEY, _OVERVIEW = "万元", "revenue_expenditure_overview"
_LAST = Decimal("0.01")  # the last printed digit of 万元
_HALF_WHOLE = Decimal("0.5")  # what a whole amount in 万元 may be rounded by
_TABLE = re.compile("[^“”：、]*表|“三公”[^“”：、]*表")
_LARGE = Decimal(1000)  # 万元: of such amounts sentences leave out the decimals


def judged(rule: Rule, row: Row, book: Book) -> Signal | Agreement:
    """The row of a rule's answer as a signal, or how its sides agree.

    Rounding explains half a printed unit for each figure on either side. One figure printed in two places rounds alike
    in both: there, and where the rule says so, a gap within rounding is a signal too, of class `rounding` and never
    more than information.
    """
    if rule.compare == "differ":
        return told(rule, row, book)
    left, right = _number(row["left"]), _number(row["right"])
    gap = left - right
    tolerance = _tolerance(rule, row, book)
    wrong = {"equal": gap != 0, "at_most": gap > 0, "at_least": gap < 0}[rule.compare]
    if not wrong:
        return "equal"
    if abs(gap) > tolerance and not (rule.compare == "equal" and _cut(rule, row, gap, tolerance)):
        slip = rule.compare == "equal" and rule.unit == _MONEY and slipped(left, right)
        signal = told(rule, row, book, gap, tolerance, kind="conversion" if slip else None)
        return _explained(signal, left, gap, book) if rule.explain and not slip else signal
    noted = rule.rounding == "told" or _copied(row, book) or abs(gap) > tolerance
    if rule.unit == _MONEY and rule.compare == "equal" and noted:
        return told(rule, row, book, gap, tolerance, severity="info", kind="rounding")
    return "rounding"


def _cut(rule: Rule, row: Row, gap: Decimal, tolerance: Decimal) -> bool:
    """Whether a figure in 万元 is off by one in its last digit from one in yuan: cut off, or fitted to make a sum."""
    alone = all(len(str(row[f"{side}_evidence"]).split()) == 1 for side in ("left", "right"))
    return rule.unit == _MONEY and alone and tolerance < 2 * HALF and abs(gap) <= tolerance + 2 * HALF


def _explained(signal: Signal, left: Decimal, gap: Decimal, book: Book) -> Signal:
    """A signal with the lines of revenue that come to its gap, a matter of definition; where none do, a contradiction,
    with the line whose amount stands in its stead."""
    lines = [row for row in book.asked("totals") if row["view"] == _OVERVIEW and row["income"] and row["amount"]]
    lines = [row for row in lines if not any(_under(other, row) for other in lines) and row["item"] != "合计"]
    counted, meant = _coming_to(abs(gap), lines), _coming_to(left, lines)
    if counted:
        zh = f"差额与{_listed(counted)}相当，可能是把它算在了这一边。"
        en = f" The gap comes to {_listed(counted, ' and ', ' ')}, probably counted here."
        return replace(signal, zh=signal.zh + zh, en=signal.en + en)
    zh = f"所填的数等于{_listed(meant)}，可能填错了行。" if meant else ""
    en = f" The figure is that of {_listed(meant, ' and ', ' ')}." if meant else ""
    return replace(signal, zh=signal.zh + zh, en=signal.en + en, severity="error", kind="contradiction")


def _coming_to(amount: Decimal, lines: Sequence[Row]) -> Sequence[Row]:
    """The line or the two lines that come to an amount; empty where none do."""
    for size in (1, 2):
        for some in combinations(lines, size):
            if abs(sum((_number(row["amount"]) for row in some), -amount)) <= HALF * (size + 2):
                return some
    return ()


def _listed(lines: Sequence[Row], between: str = "、", blank: str = "") -> str:
    """Lines of revenue with their amounts, in words."""
    return between.join(f"“{_line(row)}”{blank}{shown(_number(row['amount']) / WAN, _MONEY)}" for row in lines)


def _under(row: Row, other: Row) -> bool:
    return str(row["path"]).startswith(f"{other['path']}/")


def _line(row: Row) -> str:
    """A line of revenue by its name and that of the line above it."""
    return "：".join(str(row["path"]).split("/")[-2:])


def told(
    rule: Rule, row: Row, book: Book, gap: Decimal | None = None, tolerance: Decimal | None = None, *,
    severity: Severity | None = None, kind: Kind | None = None,
) -> Signal:  # fmt: skip
    """A signal from the row of an answer, in the words of its rule."""
    left, right = _side(rule, row, book, "left"), _side(rule, row, book, "right")
    values = {side: _printed(rule, row, side) for side in ("left", "right")}
    return signal(
        rule, book, _words(row.get("what")), left, right, _in_unit(rule, gap), _in_unit(rule, tolerance),
        severity=severity, kind=kind, printed=values,
    )  # fmt: skip


def signal(
    rule: Rule, book: Book, what: str, left: Side, right: Side, gap: Decimal | None = None,
    tolerance: Decimal | None = None, *, severity: Severity | None = None, kind: Kind | None = None,
    printed: Mapping[str, str] | None = None,
) -> Signal:  # fmt: skip
    """A signal in the words of its rule; values are in its unit. `printed` are the sides as the sentence says them."""
    left, right = (_as_printed(book, side) for side in (left, right))
    zh, en = sentences(rule, what, left, right, gap, tolerance, printed or {})
    return Signal(
        rule.name, severity or rule.severity, kind or rule.kind, book.file, book.body, book.year, zh, en, left, right,
        gap, tolerance, rule.unit,
    )  # fmt: skip


def _as_printed(book: Book, side: Side) -> Side:
    """A figure of final accounts under the title that is printed over its table: rules call tables as budgets do."""
    titles = {place.table for place in side.places}
    called = _TABLE.match(side.name) if book.executed and side.value is not None and len(titles) == 1 else None
    title = titles.pop() if called and table_in_english(called[0]) else None
    return replace(side, name=f"{title}{side.name[len(called[0]) :]}") if called and title else side


def compared(rule: Rule, book: Book, what: str, left: Side, right: Side, tolerance: Decimal) -> Iterator[Signal]:
    """A signal where two figures differ by more than the tolerance; none within it.

    Money in 万元 that is off by one in its last digit from money printed in yuan, or from another print of it, is a
    matter of rounding, and so is a large whole amount that cuts off the decimals of a figure; one that is rounded as it
    should be is right.
    """
    gap = (left.value or Decimal(0)) - (right.value or Decimal(0))
    whole = rule.unit == _MONEY and _without_decimals(left.value, right.value)
    if abs(gap) <= tolerance or (whole and abs(gap) <= _HALF_WHOLE):
        return
    near = tolerance < _LAST and abs(gap) <= tolerance + _LAST
    if rule.unit == _MONEY and (near or whole):
        yield signal(rule, book, what, left, right, gap, tolerance, severity="info", kind="rounding")
    else:
        kind: Kind | None = "conversion" if slipped(left.value, right.value) else None
        yield signal(rule, book, what, left, right, gap, tolerance, kind=kind)


def apart(one: Decimal, other: Decimal) -> Decimal:
    """What two prints of one amount may differ by, given half a printed unit of each: one figure that is printed twice
    to the same unit rounds alike."""
    return Decimal(0) if one == other else one + other


def _without_decimals(left: Decimal | None, right: Decimal | None) -> bool:
    """Whether one figure is the other one without its decimals, cut off or rounded: 328,661 for 328,661.81."""
    if left is None or right is None or min(left, right) < _LARGE or abs(left - right) >= 1:
        return False
    return (left == left.to_integral_value()) != (right == right.to_integral_value())


def slipped(left: Decimal | None, right: Decimal | None) -> bool:
    """Whether one figure is 10, 100, 1,000 or 10,000 times the other, but for the last digit of the smaller one: a slip
    of the unit or of the decimal point."""
    if not left or not right:
        return False
    less, more = sorted((abs(left), abs(right)))
    digit = Decimal(1).scaleb(min(0, int(less.normalize().as_tuple().exponent)))
    near = min(Decimal("0.0005"), digit / less)
    return any(abs(more / less / power - 1) <= near for power in (10, 100, 1_000, 10_000))


def _side(rule: Rule, row: Row, book: Book, side: str) -> Side:
    value = row.get(side)
    number = _in_unit(rule, _number(value)) if isinstance(value, int | Decimal) else None
    words = _words(value) if number is None else ""
    name = _words(row.get(f"{side}_name"))
    return Side("：".join(part for part in (name, words) if part), number, book.evidence(row.get(f"{side}_evidence")))


def _printed(rule: Rule, row: Row, side: str) -> str:
    value = row.get(side)
    return shown(_in_unit(rule, _number(value)), rule.unit) if isinstance(value, int | Decimal) else _words(value)


def _tolerance(rule: Rule, row: Row, book: Book) -> Decimal:
    given = row.get("tolerance")
    if given is not None:
        return _number(given)
    if rule.unit != _MONEY:
        return Decimal(0)
    return book.half(row["left_evidence"]) + book.half(row["right_evidence"])


def _copied(row: Row, book: Book) -> bool:
    """Whether both sides are one printed figure each, printed to the same unit."""
    left, right = (str(row[f"{side}_evidence"]) for side in ("left", "right"))
    alone = len(left.split()) == len(right.split()) == 1 and row.get("tolerance") is None
    return alone and book.half(left) == book.half(right)


def _in_unit(rule: Rule, value: Decimal | None) -> Decimal | None:
    return value / WAN if value is not None and rule.unit in YUAN_PER_UNIT else value


def _number(value: Value) -> Decimal:
    if not isinstance(value, int | Decimal):
        raise TypeError(f"no number: {value}")
    return Decimal(value)


def _words(value: Value) -> str:
    return "" if value is None else str(value)
