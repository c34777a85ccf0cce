"""Tables much of which fits nothing: told once each, for such a table was rather read wrongly than printed wrongly."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.places import Evidence, position
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.units import Table, table_of

_FEWEST = 5  # comparisons that fail beside those of the worst figure; known tables with misprints have three at most
_COMPARED = ("contradiction", "conversion")


def in_place_of(rule: Rule, book: Book, signals: Sequence[Signal]) -> Iterator[Signal]:
    """The signals, with one in place of all that hold figures of a budget table against others where more of them fail
    than one misprint puts off. The table with most of them is taken first: what others have with it goes, too."""
    held = list(signals)
    tables = _tables(book)
    while tables:
        count, worst = max((_beside_worst_figure(held, table), table) for table in tables)
        if count < _FEWEST:
            break
        tables.discard(worst)
        failing = [places for one in held if (places := _places(one, worst))]
        held = [one for one in held if not _places(one, worst)]
        at = sorted(set().union(*failing), key=position)
        yield signal(rule, book, worst[1], Side(str(len(failing)), None, tuple(at)), Side(""))
    yield from held


def _beside_worst_figure(signals: Sequence[Signal], table: Table) -> int:
    """How many comparisons fail on a table without the figure that takes part in most of them."""
    failing = [_places(one, table) for one in signals]
    often = Counter(place for places in failing for place in places)
    worst = max(often, key=lambda place: (often[place], position(place)), default=None)
    return sum(bool(places) and worst not in places for places in failing)


def _places(one: Signal, table: Table) -> set[Evidence]:
    """The figures of a table that a comparison of figures which fails speaks of."""
    if one.gap is None or one.kind not in _COMPARED:
        return set()
    return {place for side in (one.left, one.right) for place in side.places if table_of(place) == table}


def _tables(book: Book) -> set[Table]:
    """The budget tables of a disclosure, by file and title."""
    return {table_of(place) for row in book.asked("totals") for place in book.evidence(row["evidence"]) if place.table}
