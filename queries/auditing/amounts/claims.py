"""Totals that sentences state against the cells of the tables that hold the same total."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches

from kg.names import fold
from queries.auditing.book import HALF, WAN, Book
from queries.auditing.compare import apart, compared, signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import claims, half_unit, pattern, priced, with_amount, yuan
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.subjects import plain
from queries.reading import Row

_NEAR = 0.7  # two names of one category: 文化体育与传媒, 文化旅游体育与传媒
_HALF_ALIKE = 0.5  # enough in a list whose other names are those of the table: 卫生医疗, 卫生健康
_LISTED, _NEAREST = 2, 3


def totals(rule: Rule, book: Book) -> Iterator[Signal]:
    """Stated totals other than those of the table. A claim with no cell, or with cells of two values, says nothing."""
    cells = book.asked("totals")
    held = passages(book)
    known: set[str] = set()
    for claim in claims()["claim"]:
        cell = _cell(claim, cells) if claim["pattern"] not in known else None
        if cell is None:
            continue
        known.add(claim["pattern"])
        for passage, found in _stated(claim, held):
            yield from _judged(rule, book, str(claim["name"]), passage, found, cell)


def categories(rule: Rule, book: Book) -> Iterator[Signal]:
    """Amounts of categories in the text other than those of the table of general budget expenditure; in a section on
    revenue and expenditure that counts money carried over, other than those of the overview of appropriations."""
    claim = claims()["category"]
    own, overview = (_cells_of_categories(book, one) for one in (claim, claims()["category_with_carried"]))
    for passage, found in _stated(claim, passages(book)):
        cells = own | overview if _with_carried(passage) else own
        cell = next((cells[name] for name in _endings(fold(found["name"])) if name in cells), None)
        if cell is not None and not _reduced(passage, found):
            yield from _judged(rule, book, str(cell["item"]), passage, found, cell)


def _cells_of_categories(book: Book, claim: Mapping[str, str]) -> dict[str, Row]:
    rows = [row for row in book.asked("totals") if row["code"] and _in_column(claim, row)]
    return {fold(str(row["item"])): row for row in rows}


def _with_carried(passage: Passage) -> bool:
    claim = claims()["category_with_carried"]
    return bool(re.search(claim["section"], passage.section) and re.search(claim["counted"], passage.text))


def misnamed(rule: Rule, book: Book) -> Iterator[Signal]:
    """Categories of a sentence with the amount of one of the tables, under a name much like its own and not it, or
    under that of another category, which no table has. In a list of what expenditure is made up of, where the others
    have the names of the tables, half a name will do."""
    rows = {plain(fold(str(row["item"]))): row for row in book.asked("totals") if len(str(row["code"] or "")) == 3}
    official = {plain(fold(str(row["name"]))) for row in book.asked("codes") if len(str(row["code"])) == 3}
    for passage, found, name, likeness in _called(book, set(rows)):
        if name and name not in rows:
            near = list(rows) if name in official else get_close_matches(name, list(rows), _NEAREST, likeness)
            alike = [rows[other] for other in near if abs(Decimal(str(rows[other]["amount"])) - yuan(found)) <= HALF]
            if len(alike) == 1 and yuan(found):
                left, at = Side(name, None, book.evidence(passage.place_of(found))), alike[0]["evidence"]
                yield signal(rule, book, "", left, Side(str(alike[0]["item"]), None, book.evidence(at)))


def _called(book: Book, known: set[str]) -> Iterator[tuple[Passage, re.Match[str], str, float]]:
    """What sentences call a category, and how much like the name of a table it has to be."""
    for passage in passages(book):
        for found in priced("share").finditer(passage.text):
            yield passage, found, plain(pattern("category_dress").sub("", fold(found["what"]))), _NEAR
    listed = priced("category_listed")
    for passage in passages(book):
        told = [(found, plain(fold(found["what"]))) for found in listed.finditer(passage.text)]
        if sum(name in known for _, name in told) >= _LISTED:
            yield from ((passage, found, name, _HALF_ALIKE) for found, name in told)


def agreed(rule: Rule, book: Book) -> Iterator[Signal]:
    """Amounts that their section says are those of an item of the table of basic expenditure, and are not; a
    warning where the section says that other expenditure is counted, too: then they do not agree all the same."""
    rows = {plain(fold(str(row["item"]))): row for row in book.asked("basic_items")}
    for passage in passages(book):
        said = pattern("said_to_agree").search(passage.text)
        row = rows.get(plain(fold(said["item"]))) if said else None
        stated = priced("agreeing_amount").search(passage.text, said.end()) if said else None
        if said and row is not None and stated:
            left = Side(stated["what"], yuan(stated) / WAN, book.evidence(passage.place_of(stated)))
            right = Side(said["item"], Decimal(str(row["amount"])) / WAN, book.evidence(row["evidence"]))
            tolerance = apart(half_unit(stated), book.half(row["evidence"])) / WAN
            counted = pattern("counted_otherwise").search(passage.text, stated.end())
            for one in compared(rule, book, said["item"], left, right, tolerance):
                yield replace(one, severity="warning") if counted else one


def slipped_items(rule: Rule, book: Book) -> Iterator[Signal]:
    """Meetings and training at ten thousand times what the table of basic expenditure has for them: 万元 for 元."""
    rows = {plain(fold(str(row["item"]))): row for row in book.asked("basic_items") if row["amount"]}
    for passage in passages(book):
        for found in priced("meetings_and_training").finditer(passage.text):
            row = rows.get(found["item"])
            if row is not None and yuan(found) == Decimal(str(row["amount"])) * WAN:
                left = Side(found["item"], yuan(found) / WAN, book.evidence(passage.place_of(found)))
                right = Side("报表", Decimal(str(row["amount"])) / WAN, book.evidence(row["evidence"]))
                yield from compared(rule, book, found["item"], left, right, Decimal(0))


def _stated(claim: Mapping[str, str], held: Sequence[Passage]) -> Iterator[tuple[Passage, re.Match[str]]]:
    stated = with_amount(claim["pattern"])
    where = re.compile(claim.get("section", ""))
    for passage in held:
        if where.search(passage.section):
            every = ((passage, found) for found in stated.finditer(passage.text))
            yield from (one for one in every if not _of_earlier_year(*one))


def _of_earlier_year(passage: Passage, found: re.Match[str]) -> bool:
    return bool(pattern("compared_before").search(passage.text[: found.start()]))


def _cell(claim: Mapping[str, str], rows: Sequence[Row]) -> Row | None:
    fits = [row for row in rows if _in_column(claim, row) and claim["item"] in (row["item"], row["path"])]
    fits = [row for row in fits if "income" not in claim or row["income"] == claim["income"]] or fits
    return fits[0] if len({row["amount"] for row in fits}) == 1 else None


def _in_column(claim: Mapping[str, str], row: Row) -> bool:
    return row["view"] == claim["view"] and claim.get("column", row["column"]) == row["column"]


def _endings(name: str) -> Iterator[str]:
    """A name and what is left of it without its first characters: words of the sentence may stand before it."""
    yield from (name[start:] for start in range(len(name) - 2))


def _reduced(passage: Passage, found: re.Match[str]) -> bool:
    """Whether the amount is a change, not the amount of the year."""
    return bool(re.search(r"(?:增加|减少|增长|下降)$", passage.text[: found.start("number")]))


def _judged(rule: Rule, book: Book, what: str, passage: Passage, found: re.Match[str], cell: Row) -> Iterator[Signal]:
    left = Side("文字", yuan(found) / WAN, book.evidence(passage.place_of(found)))
    at = book.evidence(cell["evidence"])
    right = Side(next((place.table for place in at if place.table), "报表"), Decimal(str(cell["amount"])) / WAN, at)
    yield from compared(rule, book, what, left, right, apart(half_unit(found), book.half(cell["evidence"])) / WAN)
