"""Tables as the contents list them against tables as printed, in the same file of a disclosure or in another one."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from kg.places import Evidence
from ontology.headings import bare_title
from ontology.numbering import out_of_order
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.readings import found_in_reading


class _Apart(NamedTuple):
    """A table that the contents of one file list and another file prints: what it is called in each, with where."""

    entry: str
    listed: Evidence
    title: str
    printed: Evidence


def unprinted(rule: Rule, book: Book) -> Iterator[Signal]:
    """Tables that the contents list and that are not printed, in no file of the disclosure, though others are.

    地方预决算公开操作规程（财预〔2016〕143号）: a table without data is printed empty, with a note. What the text says
    of it in its place is no table.
    """
    printed = {row["view"] for row in book.asked("printed_views")}
    for found, at in found_in_reading(book, "listed_unprinted"):
        if found["table"] not in printed:
            yield signal(rule, book, "", Side(found["entry"], None, at), Side(""))


def listed_titles(rule: Rule, book: Book) -> Iterator[Signal]:
    """Tables whose title in the contents is another than the one over them."""
    apart = [one for one in _apart(book) if bare_title(one.entry) != bare_title(one.title)]
    yield from _signals(rule, book, "listed_title", apart)


def listed_order(rule: Rule, book: Book) -> Iterator[Signal]:
    """Tables that are printed in another order than the contents list them."""
    moved = []
    for _, some in groupby(_apart(book), key=lambda one: (one.listed.file, one.printed.file)):
        held = list(some)
        order = sorted(held, key=lambda one: _from_top(one.printed))
        moved += [held[at] for at in out_of_order([order.index(one) for one in held])]
    yield from _signals(rule, book, "listed_order", moved)


def _signals(rule: Rule, book: Book, kind: str, apart: list[_Apart]) -> Iterator[Signal]:
    """What the reader found of a kind within each file and what is found between files, once an entry and title."""
    sides: dict[tuple[str, str], tuple[list[Evidence], list[Evidence]]] = {}
    for told, at in found_in_reading(book, kind):
        left, right = sides.setdefault((told["entry"], told["table"]), ([], []))
        (left if told["title"] == "contents" else right).extend(at)
    for one in apart:
        left, right = sides.setdefault((one.entry, one.title), ([], []))
        left.append(one.listed)
        right.append(one.printed)
    for (entry, title), (left, right) in sides.items():
        told_of = Side(entry, None, tuple(left)), Side(title, None, tuple(dict.fromkeys(right)))
        yield signal(rule, book, "" if entry == title else title, *told_of)


def _apart(book: Book) -> list[_Apart]:
    """The tables that one file lists and does not print, and another one prints, in the order of the contents; those
    that a file lists twice, or that are printed under several titles, say nothing."""
    told = list(found_in_reading(book, "listed_unprinted", "listed_elsewhere"))
    listed = [(found["table"], found["entry"], place) for found, at in told for place in at[:1]]
    times = [(table, place.file) for table, _, place in listed]
    titles = _titles(book)
    return sorted(
        (
            _Apart(entry, place, *titles[table][0])
            for table, entry, place in listed
            if times.count((table, place.file)) == len(titles.get(table, ())) == 1
            and titles[table][0][1].file != place.file
        ),
        key=lambda one: (one.listed.file, one.printed.file, _from_top(one.listed)),
    )


def _titles(book: Book) -> dict[str, list[tuple[str, Evidence]]]:
    """The titles over the tables of each kind, each where it first stands; none over the notes of other tables."""
    first: dict[tuple[str, str], Evidence] = {}
    misnamed = {found["title"] for found, _ in found_in_reading(book, "note_of_another")}
    for row in book.asked("printed_titles"):
        named = str(row["view"]), str(row["title"])
        for place in book.evidence(row["evidence"]) if named[1] not in misnamed else ():
            first[named] = min(first.get(named, place), place, key=_from_top)
    titles: dict[str, list[tuple[str, Evidence]]] = {}
    for (table, title), place in first.items():
        titles.setdefault(table, []).append((title, place))
    return titles


def _from_top(place: Evidence) -> tuple[str, int, int, float]:
    """Sorts places as they are printed: by file, page, line and, where there are no lines, height."""
    return place.file, place.page or 0, place.line or 0, float(place.bbox.split(",")[1]) if place.bbox else 0.0
