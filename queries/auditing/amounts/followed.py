"""What an amount stated twice and differently, a code with the name of another, or an item called like another one puts
off is not told apart."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from difflib import SequenceMatcher

from kg.places import Evidence
from queries.auditing.patterns import spelled
from queries.auditing.signal import GRAVITY, Signal
from queries.auditing.tables.units import table_of

_CENT = Decimal("0.01")
_NONE = Decimal(0)
_ALIKE = 0.6  # of the characters of two items in common, from which one is printed for the other


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


def apart_from_lists(signals: Iterable[Signal]) -> Iterator[Signal]:
    """The signals but those that tell of an item of basic expenditure which its list calls by the name of another one
    (奖金 for 奖励金) again: that the list has this name twice, and that its copy elsewhere has the item. The item that
    the list leaves out is told with the name and the places of these."""
    held = list(signals)
    gone: set[int] = set()
    told: dict[int, Signal] = {}
    for root in (one for one in held if one.rule == "R25_basic" and one.right.name and not one.left.name):
        twice = [one for one in held if one.rule == "R22_repeated" and _is_of_list(one, root)]
        alike = [one for one in twice if SequenceMatcher(None, one.left.name, root.right.name).ratio() >= _ALIKE]
        if len(alike) == 1:
            some = [*alike, *(one for one in held if _is_of_copy(one, root))]
            gone |= {id(one) for one in some}
            told[id(root)] = _with_name(root, alike[0].left.name, some)
    yield from (told.get(id(one), one) for one in held if id(one) not in gone)


def _is_of_list(one: Signal, root: Signal) -> bool:
    return bool({*one.left.places, *one.right.places} & {*root.left.places})


def _is_of_copy(one: Signal, root: Signal) -> bool:
    """Whether a signal says that a copy of the list has the item which the list leaves out."""
    named = [root.right.name in side.name for side in (one.left, one.right)]
    return one.rule == "R24_copied_phrase" and _is_of_list(one, root) and named.count(True) == 1


def _with_name(root: Signal, name: str, some: Sequence[Signal]) -> Signal:
    """What the list leaves out, with the name that it has twice and the places of what is not told apart."""
    said = spelled("called_otherwise")
    zh, en = (said[lang].format(name=name, item=root.right.name) for lang in ("zh", "en"))
    places = [*root.right.places, *(place for one in some for side in (one.left, one.right) for place in side.places)]
    others = tuple(dict.fromkeys(place for place in places if place not in root.left.places))
    return replace(root, right=replace(root.right, places=others), zh=root.zh + zh, en=f"{root.en} {en}")


def _apart(held: Sequence[Signal], put_off: Mapping[int, Sequence[Signal]]) -> Iterator[Signal]:
    """The signals without those that follow from another one, by its identity."""
    gone = {id(one) for some in put_off.values() for one in some}
    for one in held:
        if id(one) not in gone:
            yield _counting(one, some) if (some := put_off.get(id(one))) else one


def _of_row(one: Signal, root: Signal) -> bool:
    """Whether one side is a figure of the row that is told and the other one stands in no row of its table."""
    rows, tables = set(map(_row, root.left.places)), set(map(table_of, root.left.places))
    sides = [(side, other) for side, other in ((one.left, one.right), (one.right, one.left)) if side.places]
    return (one.gap is not None or one.kind == "incomplete") and any(
        rows.issuperset(map(_row, side.places)) and tables.isdisjoint(map(table_of, other.places))
        for side, other in sides
    )


def _row(place: Evidence) -> tuple[str, str | None, int | None, int | None, int | None]:
    return place.sha256, place.table, place.page, place.line, place.row


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
