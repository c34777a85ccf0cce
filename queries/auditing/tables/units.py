"""A table that prints the wrong unit of money: told once, in place of every figure of it that then fits no other."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from kg.places import Evidence, position
from ontology.money import YUAN_PER_UNIT
from queries.auditing.book import WAN, Book
from queries.auditing.compare import signal
from queries.auditing.rules import Rule, rules
from queries.auditing.signal import Side, Signal

_FEWEST = 2  # figures printed alike under another unit; one may be alike by chance, but not in as many tables and texts
_DIGITS = 3  # of a figure that is hardly alike by chance
_NEAR = Decimal("0.01")  # of a share, whose printed digits are few
_MONEY, _LAST = "万元", Decimal("0.01")
_UNITS = {factor: name for name, factor in YUAN_PER_UNIT.items()}

Table = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure: the file and title of its table (no title in running text), its unit in yuan, its place."""

    table: Table
    stated: Decimal
    unit: Decimal
    place: Evidence


@dataclass(frozen=True, slots=True)
class Misprint:
    """A table whose figures are those of other tables and texts, digit by digit, but under another unit.

    `unit` is printed over it, `meant` is that of the others, in yuan; `here` and `there` are places of like figures,
    `amounts` all of its figures in the unit that is meant, as yuan.
    """

    unit: Decimal
    meant: Decimal
    here: tuple[Evidence, ...]
    there: tuple[Evidence, ...]
    amounts: frozenset[Decimal]


def misprinted(rule: Rule, book: Book) -> Iterator[Signal]:
    """Tables that print 元 over figures in 万元, or the other way about: none of their figures is another one's worth,
    and several are printed alike elsewhere, or each of the few in several tables and texts."""
    for (_, title), found in sorted(_misprints(book).items()):
        left = Side(_UNITS[found.unit], None, found.here)
        yield signal(rule, book, title, left, Side(_UNITS[found.meant], None, found.there))


def apart_from_units(signals: Iterable[Signal], book: Book) -> Iterator[Signal]:
    """The signals but those whose sides fit once a table with a misprinted unit is read in the unit that is meant."""
    found = _misprints(book)
    for one in signals:
        sides = ((one.left, one.right), (one.right, one.left))
        if not found or not any(_fits(one, side, other, found) for side, other in sides):
            yield one


def _fits(one: Signal, side: Side, other: Side, found: Mapping[Table, Misprint]) -> bool:
    """Whether one side, read in the unit that is meant, fits the other one. Shares are off by the factor itself."""
    if not side.value or not other.value:
        return False
    if one.unit == "%":
        return any(abs(side.value / other.value * by.unit / by.meant - 1) < _NEAR for by in found.values())
    tables = {table_of(place) for place in side.places}
    misprint = found.get(tables.pop()) if len(tables) == 1 else None
    if misprint is None or one.unit != _MONEY:
        return False
    meant = side.value * misprint.meant / misprint.unit
    left, right = (meant, other.value) if side is one.left else (other.value, meant)
    allowed = _LAST * (len(side.places) + len(other.places))
    compare = rules()[one.rule].compare
    above = compare != "at_least" and left - right > allowed
    below = compare != "at_most" and right - left > allowed
    return not (above or below) or (compare == "words" and other.value * WAN in misprint.amounts)


def _misprints(book: Book) -> Mapping[Table, Misprint]:
    return book.once("misprinted units", lambda: dict(_found(book)))


def _found(book: Book) -> Iterator[tuple[Table, Misprint]]:
    figures = sorted(_figures(book), key=_by_table)
    tables = {table: tuple(held) for table, held in groupby(figures, key=_by_table)}
    usual = _usual(tables)
    worth = Counter(yuan for held in tables.values() for yuan in {_yuan(one) for one in held})
    alike: dict[tuple[Decimal, Decimal], list[Figure]] = {}
    for one in figures:
        if one.stated:
            alike.setdefault((one.unit, one.stated), []).append(one)
    for table, held in tables.items():
        unit, *others = {one.unit for one in held}
        meant = _meant(unit, usual)
        spread = [{other.table for other in alike.get((meant, one.stated), ())} for one in held if one.stated]
        everywhere = unit != usual and all(len(some) >= _FEWEST for some in spread)
        telling = [one for one in held if one.stated and (everywhere or _long(one))]
        strange = not others and unit != meant and all(worth[_yuan(one)] == 1 for one in telling)
        pairs = [(one, other) for one in telling for other in alike.get((meant, one.stated), ())]
        if table[1] and strange and pairs and (everywhere or len({one.stated for one, _ in pairs}) >= _FEWEST):
            here, there = (_places(some) for some in zip(*pairs, strict=True))
            yield table, Misprint(unit, meant, here, there, frozenset(one.stated * meant for one in held))


def _meant(unit: Decimal, usual: Decimal) -> Decimal:
    """The unit that a table with another worth than all others may mean: that of most tables, or, where it prints that
    one, 万元 for 元, as sentences have it."""
    return usual if unit != usual else max(unit, WAN)


def _usual(tables: Mapping[Table, Sequence[Figure]]) -> Decimal:
    """The unit of most tables."""
    units = Counter(unit for held in tables.values() for unit in {one.unit for one in held})
    return max(units, key=lambda unit: (units[unit], unit), default=Decimal(10_000))


def _figures(book: Book) -> Iterator[Figure]:
    for row in book.asked("stated"):
        place = book.places.get(str(row["evidence"]))
        if place is not None:
            yield Figure(table_of(place), Decimal(str(row["stated"])), Decimal(str(row["unit"])), place)


def _yuan(figure: Figure) -> Decimal:
    return figure.stated * figure.unit


def _long(figure: Figure) -> bool:
    return len(figure.stated.normalize().as_tuple().digits) >= _DIGITS


def _places(figures: Iterable[Figure]) -> tuple[Evidence, ...]:
    return tuple(sorted({one.place for one in figures}, key=position))


def _by_table(figure: Figure) -> Table:
    return figure.table


def table_of(place: Evidence) -> Table:
    """The table that a place is in, by the file and the title; that of running text has no title."""
    return place.sha256, place.table or ""
