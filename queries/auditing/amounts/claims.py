"""Totals that sentences state against the cells of the tables that hold the same total."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from kg.names import fold
from queries.auditing.book import WAN, Book
from queries.auditing.compare import compared
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import claims, half_unit, with_amount, yuan
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.reading import Row


def totals(rule: Rule, book: Book) -> Iterator[Signal]:
    """Stated totals other than those of the table. A claim with no cell, or with cells of two values, says nothing."""
    cells = book.asked("totals")
    held = passages(book)
    for claim in claims()["claim"]:
        cell = _cell(claim, cells)
        if cell is None:
            continue
        for passage, found in _stated(claim, held):
            yield from _judged(rule, book, str(claim["name"]), passage, found, cell)


def categories(rule: Rule, book: Book) -> Iterator[Signal]:
    """Amounts of categories in the text other than those of the table of general budget expenditure."""
    claim = claims()["category"]
    rows = [row for row in book.asked("totals") if row["code"] and _in_column(claim, row)]
    cells = {fold(str(row["item"])): row for row in rows}
    for passage, found in _stated(claim, passages(book)):
        cell = next((cells[name] for name in _endings(fold(found["name"])) if name in cells), None)
        if cell is not None and not _reduced(passage, found):
            yield from _judged(rule, book, str(cell["item"]), passage, found, cell)


def _stated(claim: Mapping[str, str], held: Sequence[Passage]) -> Iterator[tuple[Passage, re.Match[str]]]:
    stated = with_amount(claim["pattern"])
    where = re.compile(claim.get("section", ""))
    for passage in held:
        if where.search(passage.section):
            yield from ((passage, found) for found in stated.finditer(passage.text))


def _cell(claim: Mapping[str, str], rows: Sequence[Row]) -> Row | None:
    fits = [row for row in rows if _in_column(claim, row) and claim["item"] in (row["item"], row["path"])]
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
    right = Side("报表", Decimal(str(cell["amount"])) / WAN, book.evidence(cell["evidence"]))
    tolerance = (half_unit(found) + book.half(cell["evidence"])) / WAN
    yield from compared(rule, book, what, left, right, tolerance)
