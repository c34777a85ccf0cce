"""Expenditure by subject against the tables of the appropriations that pay it, and those against their overview."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from kg.places import Evidence
from queries.auditing.book import WAN, Book
from queries.auditing.compare import compared, signal
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.reading import Row

_ALL, TOTAL = "expenditure", "合计"
_SOURCES = ("general_budget_expenditure", "government_fund", "state_capital")
COLUMNS = (TOTAL, "基本支出", "项目支出")

Key = tuple[str, str]  # code and name of the column; the code of the total row is its name


@dataclass(frozen=True, slots=True)
class Subjects:
    """A table by subject: its printed cells, its subjects in printed order, and those that have several rows."""

    cells: Mapping[Key, Row]
    codes: tuple[str, ...]
    twice: frozenset[str]

    def amount(self, code: str, column: str) -> Decimal | None:
        """What a subject has in a column, in 万元: a blank under a total that the other columns make is nought; None
        where the table does not tell."""
        cell = self.cells.get((code, column))
        if code in self.twice or (code, TOTAL) not in self.cells:
            return None
        if cell is not None:
            return _wan(cell)
        printed = [_wan(self.cells[code, other]) for other in COLUMNS[1:] if (code, other) in self.cells]
        return Decimal(0) if printed and sum(printed) == _wan(self.cells[code, TOTAL]) else None


def by_subject(book: Book) -> Mapping[str, Subjects]:
    """The tables by subject of a disclosure, by view."""
    return book.once("tables by subject", lambda: _tables(book.asked("by_subject")))


def spent(rule: Rule, book: Book) -> Iterator[Signal]:
    """Subjects whose appropriations come to more than all that is spent on them; to less, where all that is spent in
    the year is appropriated. One signal a subject; what only follows from that of a subject below is not told."""
    codes = sorted(by_subject(book)[_ALL].codes) if _ALL in by_subject(book) else ()
    found = {code: one for code in codes if (one := next(_off(rule, book, code), None))}
    for code, one in found.items():
        below = (other for other in found if other != code and (code == TOTAL or other.startswith(code)))
        if not any(found[other].gap == one.gap for other in below):
            yield one


def of_another(rule: Rule, book: Book) -> Iterator[Signal]:
    """Subjects with an amount in a table of appropriations, all of whose expenditure another such table has; one signal
    for each two tables."""
    tables = by_subject(book)
    for view, other in permutations([view for view in _SOURCES if view in tables], 2):
        codes = [code for code in tables[view].codes if (view, other) in _paid_twice(book, code)[:1]]
        if codes:
            cells, theirs = ([tables[one].cells[code, TOTAL] for code in codes] for one in (view, other))
            left, right = (book.evidence(" ".join(str(cell["evidence"]) for cell in some)) for some in (cells, theirs))
            named = "、".join(f"“{cell['code']} {cell['item']}”" for cell in cells)
            yield signal(rule, book, _titles(left), Side(named, None, left), Side(_titles(right), None, right))


def _paid_twice(book: Book, code: str) -> list[tuple[str, str]]:
    """The two tables of appropriations that have an amount of a subject, the second of them all that is spent on it."""
    tables = by_subject(book)
    spent = tables[_ALL].amount(code, TOTAL) if _ALL in tables and code != TOTAL else None
    paying = {view: tables[view].amount(code, TOTAL) for view in _SOURCES if view in tables}
    return [
        (view, other) for view, other in permutations(paying, 2) if spent and paying[view] and paying[other] == spent
    ]


def _off(rule: Rule, book: Book, code: str) -> Iterator[Signal]:
    """The columns of a subject whose appropriations do not fit its expenditure, where no one table has all of it."""
    tables = by_subject(book)
    whole = tables[_ALL]
    if _paid_twice(book, code):
        return
    holding = [tables[view] for view in _SOURCES if view in tables and code in tables[view].codes]
    for column in COLUMNS:
        parts, spent = [table.amount(code, column) for table in holding], whole.amount(code, column)
        appropriated = sum((part for part in parts if part is not None), Decimal(0))
        complete = parts and None not in parts and _appropriated(book)
        if spent is not None and (appropriated > spent or (complete and appropriated < spent)):
            cells = [cell for table in holding if (cell := table.cells.get((code, column)))]
            other = whole.cells.get((code, column), whole.cells[code, TOTAL])
            yield from _told(rule, book, column, cells or [holding[0].cells[code, TOTAL]], appropriated, other, spent)


def _told(
    rule: Rule, book: Book, column: str, cells: Sequence[Row], appropriated: Decimal, other: Row, spent: Decimal
) -> Iterator[Signal]:
    at = " ".join(str(cell["evidence"]) for cell in cells)
    left, right = book.evidence(at), book.evidence(other["evidence"])
    yield from compared(
        rule, book, f"{other['code']} {other['item']}".strip(),
        Side(f"{_titles(left)}“{column}”", appropriated, left), Side(f"{_titles(right)}“{column}”", spent, right),
        (book.half(at) + book.half(other["evidence"])) / WAN,
    )  # fmt: skip


def _titles(places: Sequence[Evidence]) -> str:
    return "、".join(dict.fromkeys(place.table or "" for place in places))


def _appropriated(book: Book) -> bool:
    """Whether all that is spent in the year is appropriated: the total of expenditure is that of the appropriations."""
    return book.once("all appropriated", lambda: _is_appropriated(book))


def _is_appropriated(book: Book) -> bool:
    tables = by_subject(book)
    whole = tables[_ALL].amount(TOTAL, TOTAL)
    parts = [tables[view].amount(TOTAL, TOTAL) for view in _SOURCES if view in tables]
    overview = [
        _wan(row)
        for row in book.asked("totals")
        if (row["view"], row["income"], row["column"]) == ("fiscal_appropriation_overview", False, TOTAL)
        and str(row["item"]).startswith("本年")
    ]
    same = [sum(part for part in parts if part is not None)] if None not in parts else []
    return whole is not None and any(abs(whole - one) < Decimal("0.011") for one in (*overview, *same))


def _tables(rows: Sequence[Row]) -> Mapping[str, Subjects]:
    cells: dict[str, dict[Key, Row]] = {}
    twice: dict[str, set[str]] = {}
    for row in rows:
        view, code = str(row["view"]), str(row["code"] or row["item"])
        held = cells.setdefault(view, {})
        if (code, str(row["column"])) in held:
            twice.setdefault(view, set()).add(code)
        held[code, str(row["column"])] = row
    return {
        view: Subjects(held, tuple(dict.fromkeys(code for code, _ in held)), frozenset(twice.get(view, ())))
        for view, held in cells.items()
    }


def _wan(row: Row) -> Decimal:
    return Decimal(str(row["amount"])) / WAN
