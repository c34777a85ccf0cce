"""The audit: every rule on every document asked for; a rule whose operands are not there says nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

import pyoxigraph as ox

from kg.places import Evidence, position
from ontology.text import key
from queries.auditing.amounts.followed import apart_from_codes, apart_from_lists, apart_from_twice
from queries.auditing.book import Book, Head, books, heads
from queries.auditing.compare import judged
from queries.auditing.performance.missed import reason_in_text
from queries.auditing.rules import Rule, rules
from queries.auditing.signal import GRAVITY, Audit, Audited, Signal, Tally
from queries.auditing.tables.moved import apart_from_moved
from queries.auditing.tables.readings import apart_from_unread
from queries.auditing.tables.units import apart_from_units
from queries.auditing.words import OF_SIGNALS, WORDED
from queries.nearest import nearest
from queries.reading import Row
from queries.tracing.finding import NotFound

_STATED = "R14_"  # the rules on what sentences state


def audit(store: ox.Store, what: str | None = None) -> Audit:
    """The signals of the documents that `what` names: (part of) a file name, a sha256 or a body; all where None.

    Raises NotFound where no document is called so.
    """
    chosen = books(store, lambda head: what is None or _named(head, what))
    if what is not None and not chosen:
        held = heads(store)
        names = {name for head in held for name in (head.body, *head.file.split(" + "))}
        raise NotFound(what, nearest(what, names), empty=not held)
    signals: list[Signal] = []
    tallies: list[Tally] = []
    for book in chosen:
        asked = (rule for rule in rules().values() if rule.name not in OF_SIGNALS)
        found = [_checked(rule, book) for rule in asked if rule.phase == "any" or not book.executed]
        told = apart_from_unread({signal for some, _ in found for signal in some}, book)
        told = apart_from_moved(apart_from_units(told, book), book)
        for name, in_place_of in OF_SIGNALS.items():
            told = in_place_of(rules()[name], book, list(told))
        told = apart_from_lists(apart_from_codes(apart_from_twice(told)))
        signals += _once(sorted(told, key=_order))
        tallies += [tally for _, tally in found if tally.checked]
    disclosures = tuple(Audited(book.file, tuple(book.sha256.split()), book.body, book.year) for book in chosen)
    return Audit(tuple(book.file for book in chosen), tuple(signals), tuple(tallies), disclosures)


def _named(book: Head, what: str) -> bool:
    in_names = key(what) in key(book.file) or key(what) in key(book.body)
    return in_names or (len(what) > 7 and any(sha256.startswith(what) for sha256 in book.sha256.split()))


def _checked(rule: Rule, book: Book) -> tuple[list[Signal], Tally]:
    if rule.compare == "words":
        signals = list(WORDED[rule.name](rule, book))
        return signals, Tally(rule.name, book.file, len(signals), 0, 0)
    results = [judged(rule, row, book) for row in _bound(rule, book) if not _left_out(rule, row, book)]
    agreed = Counter(result for result in results if isinstance(result, str))
    return (
        [result for result in results if isinstance(result, Signal)],
        Tally(rule.name, book.file, len(results), agreed["equal"], agreed["rounding"]),
    )


def _left_out(rule: Rule, row: Row, book: Book) -> bool:
    return rule.unless == "reason_in_text" and reason_in_text(row, book)


def _bound(rule: Rule, book: Book) -> Iterator[Row]:
    """The rows of a rule that have both sides; grouping over nothing gives rows without."""
    for row in book.rows(rule.sparql, everywhere=rule.scope == "all"):
        if row.get("left") is not None and (row.get("right") is not None):
            yield row


def _once(signals: Sequence[Signal]) -> Iterator[Signal]:
    """The signals without those on a figure that a narrower rule holds against its own table; one rounding of an amount
    that sentences state again and again once."""
    rounded: set[tuple[Decimal | None, Decimal | None]] = set()
    by_figure: dict[Decimal | None, list[Signal]] = {}
    for one in signals:
        by_figure.setdefault(one.left.value, []).append(one)
    for one in signals:
        narrow, same = rules()[one.rule].yields_to, by_figure[one.left.value]
        others = (other for other in same if other.rule.startswith(narrow) and other.rule != one.rule)
        if narrow and any(_one_figure(one, other) for other in others):
            continue
        again = one.kind == "rounding" and one.rule.startswith(_STATED) and (one.left.value, one.right.value) in rounded
        if not again:
            yield one
        rounded |= {(one.left.value, one.right.value)} if one.kind == "rounding" else set()


def _one_figure(one: Signal, other: Signal) -> bool:
    """Whether two signals speak of one printed figure; one may quote more of the sentence around it."""
    pairs = product(one.left.places, other.left.places)
    return one.left.value == other.left.value and any(_one_print(*pair) for pair in pairs)


def _one_print(one: Evidence, other: Evidence) -> bool:
    """Whether two places are one, cells of one row (of a table whose title one of them may lack), a row and the line of
    a text that prints it, or words of one page of which one quotes the other."""
    if one == other or (one.file, one.page) != (other.file, other.page):
        return one == other
    if one.line is not None and one.line == other.line and None in (one.row, other.row):
        return True
    if one.row is not None or other.row is not None:
        return one.row == other.row and (one.table == other.table or not (one.table and other.table))
    words = sorted((key(one.words), key(other.words)), key=len)
    return bool(words[0]) and words[0] in words[1]


def _order(signal: Signal) -> tuple[object, ...]:
    places = [*signal.left.places, *signal.right.places]
    return GRAVITY[signal.severity], signal.rule, position(places[0]) if places else (), signal.zh
