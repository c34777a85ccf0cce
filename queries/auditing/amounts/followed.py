"""What an amount stated twice and differently, or a code with the name of another, puts off is not told apart."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from queries.auditing.patterns import spelled
from queries.auditing.signal import GRAVITY, Signal

_CENT = Decimal("0.01")
_NONE = Decimal(0)


def apart_from_twice(signals: Iterable[Signal]) -> Iterator[Signal]:
    """The signals but the rates of execution and sums of subjects that an amount stated twice puts off; it counts them.

    They are those that the amount at the beginning of its item would make fit in place of the executed one.
    """
    held = list(signals)
    roots = [one for one in held if one.rule == "R14_twice" and one.left.value and one.right.value]
    yield from _apart(held, {id(root): [one for one in held if _fits_with(one, root)] for root in roots})


def apart_from_codes(signals: Iterable[Signal]) -> Iterator[Signal]:
    """The signals but those that hold the figures of a row that has the name of another code against other tables and
    the text, or look for the row in another table: they are found by the code. It counts them and is as grave as they
    are."""
    held = list(signals)
    roots = [one for one in held if one.rule == "R24_code"]
    yield from _apart(held, {id(root): [one for one in held if _of_row(one, root)] for root in roots})


def _apart(held: Sequence[Signal], put_off: Mapping[int, Sequence[Signal]]) -> Iterator[Signal]:
    """The signals without those that follow from another one, by its identity."""
    gone = {id(one) for some in put_off.values() for one in some}
    for one in held:
        if id(one) not in gone:
            yield _counting(one, some) if (some := put_off.get(id(one))) else one


def _of_row(one: Signal, root: Signal) -> bool:
    """Whether one side is a figure of the row that is told and the other one stands in no row of its table."""
    rows = {(place.sha256, place.table, place.page, place.line, place.row) for place in root.left.places}
    tables = {(place.sha256, place.table) for place in root.left.places}
    sides = [(side, other) for side, other in ((one.left, one.right), (one.right, one.left)) if side.places]
    return (one.gap is not None or one.kind == "incomplete") and any(
        {(place.sha256, place.table, place.page, place.line, place.row) for place in side.places} <= rows
        and not {(place.sha256, place.table) for place in other.places} & tables
        for side, other in sides
    )


def _counting(root: Signal, some: Sequence[Signal]) -> Signal:
    told = spelled("put_off")
    named = "、".join(sorted({one.rule for one in some}))
    zh, en = (told[lang].format(count=len(some), rules=named) for lang in ("zh", "en"))
    severity = min((root.severity, *(one.severity for one in some)), key=GRAVITY.__getitem__)
    return replace(root, severity=severity, zh=root.zh + zh, en=f"{root.en} {en}")


def _fits_with(one: Signal, root: Signal) -> bool:
    """Whether a comparison that speaks of the executed amount fits with the amount at the beginning of its item."""
    first, again = root.left.value or _NONE, root.right.value or _NONE
    if one.left.value is None or one.right.value is None or not _speaks_of(one, root):
        return False
    if one.rule == "R11_completed":
        exponent = int(one.left.value.as_tuple().exponent)
        return abs(one.left.value - one.right.value * first / again) <= Decimal(1).scaleb(exponent) / 2 + _CENT
    is_sum = one.rule == "R14_executed"
    return is_sum and abs(one.left.value - one.right.value - (first - again)) <= (one.tolerance or _NONE) + _CENT


def _speaks_of(one: Signal, root: Signal) -> bool:
    """Whether a comparison quotes the words of the executed amount."""
    quoted = {place.iri for side in (one.left, one.right) for place in side.places}
    return bool(quoted & {place.iri for place in root.right.places})
