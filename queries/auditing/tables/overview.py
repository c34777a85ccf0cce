"""Overviews of provinces that print them without codes: sums, and names and amounts against the tables by subject."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.names import fold
from queries.answers import Value
from queries.auditing.book import WAN, Book
from queries.auditing.compare import compared, signal
from queries.auditing.patterns import pattern, spelled
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.appropriations import TOTAL, by_subject
from queries.auditing.tables.subjects import plain
from queries.reading import Row

_CENT = Decimal("0.011")


def sums(rule: Rule, book: Book) -> Iterator[Signal]:
    """Totals, subtotals and rows with parts that are not the sum of what stands under them."""
    rows = _overview(book)
    income = [row for row in rows if row["income"]]
    for row in income:
        below = [one for one in income if str(one["path"]).rpartition("/")[0] == str(row["path"])]
        yield from _added(rule, book, row, below)
    yield from _balanced(rule, book, [row for row in income if "/" not in str(row["path"])])
    spent = [row for row in rows if not row["income"]]
    kinds = [row for row in spent if _is_kind(row)]
    yield from _balanced(rule, book, [row for row in spent if row not in kinds])
    total = next((row for row in spent if pattern("subtotal").search(str(row["item"]))), None) or _total(spent)
    if total is not None and len(kinds) > 1:
        yield from _added(rule, book, total, kinds)


def categories(rule: Rule, book: Book) -> Iterator[Signal]:
    """Categories of an overview whose amount is not that of the same category in a table that has the same money."""
    for mine, table in _paired(book):
        for name, row in mine.items():
            other = table.get(name)
            if other is not None:
                left = Side(f"收支总表“{row['item']}”", _wan(row), book.evidence(row["evidence"]))
                right = Side("分科目的支出表", _wan(other), book.evidence(other["evidence"]))
                tolerance = (book.half(row["evidence"]) + book.half(other["evidence"])) / WAN
                yield from compared(rule, book, str(row["item"]), left, right, tolerance)


def funds(rule: Rule, book: Book) -> Iterator[Signal]:
    """Categories of an overview of fiscal appropriations without codes, fund by fund, whose amount is not that of the
    same category in the table of that fund.

    Says nothing where the gap of a category, or of all of a fund, is what the fund carried over, which a table of this
    year's money leaves out.
    """
    for mine, table in _by_fund(book):
        pairs = [(row, table[name]) for name, row in mine.items() if name in table]
        over = _carried_over(book, pairs[0][0]["column"]) if pairs else None
        whole = sum((_wan(row) - _wan(other) for row, other in pairs), Decimal(0))
        for row, other in pairs:
            if over is not None and any(abs(gap - over) < _CENT for gap in (whole, _wan(row) - _wan(other))):
                continue
            left, right = (book.evidence(one["evidence"]) for one in (row, other))
            tolerance = (book.half(row["evidence"]) + book.half(other["evidence"])) / WAN
            yield from compared(
                rule, book, str(row["item"]), Side(f"{left[0].table}“{row['column']}”", _wan(row), left),
                Side(f"{right[0].table}“{TOTAL}”", _wan(other), right), tolerance,
            )  # fmt: skip


def _carried_over(book: Book, fund: Value) -> Decimal | None:
    """What the overview of fiscal appropriations has as carried over of a fund; None where it has no such line."""
    rows = book.asked("carried_funds")
    return next((_wan(row) for row in rows if str(row["path"]).rpartition("/")[2].startswith(str(fund))), None)


def sources(rule: Rule, book: Book) -> Iterator[Signal]:
    """Sources in the total row of the table of revenue whose amount is not that of the same lines of the overview.

    A source none of whose lines the overview has, or that has two amounts, says nothing.
    """
    held = [row for row in book.asked("totals") if row["income"] and row["view"] == "revenue_expenditure_overview"]
    rows = [row for row in book.asked("totals") if row["view"] == "revenue" and row["item"] == "合计"]
    for column, paths in spelled("source_columns").items():
        mine = [row for row in rows if row["column"] == column]
        lines = {str(row["path"]): row for row in held if re.fullmatch(paths, str(row["path"]))}
        if len(mine) == 1 and lines and len(lines) == sum(bool(re.fullmatch(paths, str(row["path"]))) for row in held):
            at = " ".join(str(row["evidence"]) for row in lines.values())
            names = "、".join(str(row["item"]) for row in lines.values())
            due = sum(map(_wan, lines.values()), Decimal(0))
            left = Side(f"收入表“{column}”", _wan(mine[0]), book.evidence(mine[0]["evidence"]))
            tolerance = (book.half(mine[0]["evidence"]) + book.half(at)) / WAN
            yield from compared(rule, book, column, left, Side(f"收支总表“{names}”", due, book.evidence(at)), tolerance)


def names(rule: Rule, book: Book) -> Iterator[Signal]:
    """Categories of an overview without codes that a table by subject lacks, where one that the overview lacks has the
    same amount; two names are told once."""
    told: set[tuple[str, str]] = set()
    for mine, table in (*_paired(book), *_by_fund(book)):
        rest = {name: row for name, row in table.items() if name not in mine}
        for name, row in mine.items():
            same = [other for other in rest if _wan(rest[other]) == _wan(row) != 0]
            if name not in table and len(same) == 1 and (name, same[0]) not in told:
                told.add((name, same[0]))
                other = rest[same[0]]
                left = Side(str(row["item"]), None, book.evidence(row["evidence"]))
                yield signal(rule, book, "", left, Side(str(other["item"]), None, book.evidence(other["evidence"])))


def _by_fund(book: Book) -> Iterator[tuple[dict[str, Row], dict[str, Row]]]:
    """The categories of an overview of fiscal appropriations by name with those of the table of each fund."""
    tables = by_subject(book)
    for view, column in spelled("columns_of_funds").items():
        cells = tables[view].cells.items() if view in tables else ()
        table = {_folded(row): row for (code, heading), row in cells if len(code) == 3 and heading == TOTAL}
        rows = [row for row in book.asked("fiscal_categories") if row["column"] == column]
        yield {_folded(row): row for row in rows if str(row["item"]).endswith("支出")}, table


def _overview(book: Book) -> list[Row]:
    """The rows of an overview without codes; none where there are codes, which have rules of their own."""
    rows = [row for row in book.asked("totals") if row["view"] == "revenue_expenditure_overview"]
    return [] if any(row["code"] for row in rows) else rows


def _balanced(rule: Rule, book: Book, rows: Sequence[Row]) -> Iterator[Signal]:
    """The rows of one side against its subtotal, and subtotal and carry-overs against its total."""
    total, carried = _total(rows), [row for row in rows if pattern("carried_row").search(str(row["item"]))]
    subtotal = next((row for row in rows if pattern("subtotal").search(str(row["item"]))), None)
    plain_rows = [row for row in rows if row not in (total, subtotal) and row not in carried]
    if subtotal is not None:
        yield from _added(rule, book, subtotal, plain_rows)
    if total is not None:
        yield from _added(rule, book, total, [subtotal, *carried] if subtotal is not None else [*plain_rows, *carried])


def _added(rule: Rule, book: Book, whole: Row, parts: Sequence[Row]) -> Iterator[Signal]:
    if parts:
        due = sum((_wan(row) for row in parts), Decimal(0))
        at = " ".join(str(row["evidence"]) for row in parts)
        left = Side(f"收支总表“{whole['item']}”", _wan(whole), book.evidence(whole["evidence"]))
        right = Side("、".join(str(row["item"]) for row in parts), due, book.evidence(at))
        tolerance = (book.half(whole["evidence"]) + book.half(at)) / WAN
        yield from compared(rule, book, str(whole["item"]), left, right, tolerance)


def _paired(book: Book) -> Iterator[tuple[dict[str, Row], dict[str, Row]]]:
    """The categories of the overview by name with those of each table by subject of the same total, or, as either total
    may be wrong, of all expenditure where most categories are alike."""
    spent = [row for row in _overview(book) if not row["income"]]
    mine = {_folded(row): row for row in spent if not _is_kind(row) and str(row["item"]).endswith("支出")}
    totals = [_wan(row) for row in spent if row["item"] == "合计" or pattern("subtotal").search(str(row["item"]))]
    for view in spelled("views_of_subjects"):
        rows = [row for row in book.asked("totals") if row["view"] == view and row["column"] == TOTAL]
        table = {_folded(row): row for row in rows if row["code"]}
        wholes = [_wan(row) for row in rows if row["item"] == TOTAL]
        alike = sum(abs(_wan(row) - _wan(table[name])) < _CENT for name, row in mine.items() if name in table)
        mostly = view == "expenditure" and alike > max(1, len(mine) / 2)
        if mostly or any(abs(one - whole) < _CENT for one in totals for whole in wholes):
            yield mine, table


def _folded(row: Row) -> str:
    return plain(fold(str(row["item"])))


def _total(rows: Sequence[Row]) -> Row | None:
    return next((row for row in rows if row["item"] == "合计"), None)


def _is_kind(row: Row) -> bool:
    return str(row["item"]) in spelled("kinds_of_expenditure")


def _wan(row: Row) -> Decimal:
    return Decimal(str(row["amount"])) / WAN
