"""Tables much of which fits nothing: told once each, for such a table was rather read wrongly than printed wrongly."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.places import Evidence, position
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal

_FEWEST = 5  # comparisons that fail beside those of the worst figure; known tables with misprints have three at most
_COMPARED = ("contradiction", "conversion")

_Table = tuple[str, str]


def in_place_of(rule: Rule, book: Book, signals: Sequence[Signal]) -> Iterator[Signal]:
    """The signals, with one in place of all that hold figures of a budget table against others where more of them fail
    than one misprint puts off. The table with most of them is taken first: what others have with it goes, too."""
    held = list(signals)
    tables = _tables(book)
    while worst := max(tables, key=lambda table: (len(_beside_worst_figure(held, table)), table), default=None):
        tables.discard(worst)
        failing = [one for one in held if _places(one, worst)]
        if len(_beside_worst_figure(held, worst)) < _FEWEST:
            break
        at = sorted({place for one in failing for place in _places(one, worst)}, key=position)
        held = [one for one in held if one not in failing]
        yield signal(rule, book, worst[1], Side(str(len(failing)), None, tuple(at)), Side(""))
    yield from held


def _beside_worst_figure(signals: Sequence[Signal], table: _Table) -> list[Signal]:
    """The comparisons that fail on a table, without those of the figure that takes part in most of them."""
    failing = [(one, _places(one, table)) for one in signals]
    often = Counter(place for _, places in failing for place in places)
    worst = max(often, key=lambda place: (often[place], position(place)), default=None)
    return [one for one, places in failing if places and worst not in places]


def _places(one: Signal, table: _Table) -> set[Evidence]:
    """The figures of a table that a comparison of figures which fails speaks of."""
    if one.gap is None or one.kind not in _COMPARED:
        return set()
    return {place for side in (one.left, one.right) for place in side.places if _table(place) == table}


def _tables(book: Book) -> set[_Table]:
    """The budget tables of a disclosure, by file and title."""
    return {_table(place) for row in book.asked("totals") for place in book.evidence(row["evidence"]) if place.table}


def _table(place: Evidence) -> _Table:
    return place.sha256, place.table or ""
