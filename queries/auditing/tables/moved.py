"""Rows of a table whose amounts stand beside the wrong codes and names: told once, in place of all that then fits no
other figure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from kg.places import Evidence
from queries.auditing.book import WAN, Book
from queries.auditing.compare import signal
from queries.auditing.rules import Rule, rules
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.appropriations import COLUMNS, TOTAL, Subjects, by_subject
from queries.auditing.telling import shown
from queries.reading import Row

_PAIRS = (
    ("general_budget_expenditure", "expenditure"), ("expenditure", "general_budget_expenditure"),
    ("revenue", "expenditure"), ("expenditure", "revenue"),
)  # fmt: skip
_FEWEST = 3  # rows in a line that are off alike; fewer may be so by chance
_SUMS = ("R01_", "R05_")
_CENT = Decimal("0.011")

_OF_ITEMS = ("R10_three_public", "R08_subjects")  # rules whose right side is an item of basic expenditure

_At = tuple[tuple[str, int, str], int, int]
Amounts = tuple[Decimal | None, ...]  # of a row, in the order of COLUMNS


@dataclass(frozen=True, slots=True)
class Moved:
    """A table with rows whose amounts are those of other rows.

    `first` and `last` are the rows from which and up to which none has amounts of its own, `rows` their number,
    `pairs` those whose amounts belong to other rows: the cell, the cell of the row meant, how many rows below it is.
    `there` are addresses of what tells so, `touched` those of all amounts in the rows, `above` those of the subjects
    and totals of which such rows are parts.
    """

    first: Row
    last: Row
    rows: int
    pairs: tuple[tuple[Row, Row, int], ...]
    there: str
    touched: frozenset[str]
    above: frozenset[str] = frozenset()


def misplaced(rule: Rule, book: Book) -> Iterator[Signal]:
    """Tables in which amounts stand in other rows than their subjects, by the same subjects of another table."""
    for one in _moved(book):
        here = book.evidence(" ".join(str(row["evidence"]) for pair in one.pairs for row in pair[:2]))
        there = book.evidence(one.there)
        left = Side(f"从“{_label(one.first)}”到“{_label(one.last)}”的{one.rows}行", None, here)
        shown_pairs = one.pairs if len(one.pairs) <= _FEWEST else (one.pairs[0], one.pairs[-1])
        examples = "；".join(_example(*pair) for pair in shown_pairs)
        yield signal(rule, book, _title(here), left, Side(f"{_title(there)}：{examples}", None, there))


def apart_from_moved(signals: Iterable[Signal], book: Book) -> Iterator[Signal]:
    """The signals but those that compare amounts of such rows; a sum of all of them is the same wherever they stand."""
    for one in signals:
        if one.gap is None or not any(_follows(one, by) for by in _moved(book)):
            yield one


def _follows(one: Signal, moved: Moved) -> bool:
    sides = [{place.iri for place in side.places} for side in (one.left, one.right)]
    added = one.rule.startswith(_SUMS) and any(side & moved.above for side in sides)
    return added or any(side & moved.touched and not side >= moved.touched for side in sides)


def _moved(book: Book) -> Sequence[Moved]:
    return book.once("moved rows", lambda: [*_by_function(book), *_by_economic(book)])


def _by_function(book: Book) -> Iterator[Moved]:
    tables = by_subject(book)
    told: set[str] = set()
    for view, other in _PAIRS:
        if view in tables and other in tables and view not in told:
            for one in _runs(tables[view], tables[other]):
                told.add(view)
                yield one


def _by_economic(book: Book) -> Iterator[Moved]:
    """The table of basic expenditure where several items that other tables have, too, stand a row above or below their
    codes, all on one side, and none between them in its own row."""
    table = by_subject(book).get("general_budget_basic")
    cells = {_at(book, cell): cell for (_, column), cell in table.cells.items() if column == TOTAL} if table else {}
    known = {at: row for at, cell in cells.items() if (row := _known(book).get(str(cell["evidence"])))}
    for by in (1, -1):
        for _, rows in groupby(sorted(known), key=lambda at: (at[0], at[2])):
            column = [(at, (at[0], at[1] - by, at[2])) for at in rows]
            for stands, run in groupby(column, key=lambda two: _stands_at(known[two[0]], cells.get(two[1]))):
                pairs = [(cells[beside], cells[at], by) for at, beside in run] if stands else []
                if sum(bool(row["amount"]) for row, _, _ in pairs) > 1:
                    yield _moved_items(book, cells, pairs)


def _known(book: Book) -> Mapping[str, Row]:
    """What the comparisons with other tables have on items of basic expenditure, by the address of the item."""
    return book.once(
        "known items",
        lambda: {
            str(row["right_evidence"]): {**row, "rule": name}
            for name in _OF_ITEMS
            for row in book.rows(rules()[name].sparql)
        },
    )


def _stands_at(known: Row, beside: Row | None) -> bool:
    """Whether an item has not the amount that another table has for it, and the cell beside it has."""
    due, printed = Decimal(str(known["left"])), Decimal(str(known["right"]))
    fits = printed <= due if rules()[str(known["rule"])].compare == "at_least" else printed == due
    return not fits and beside is not None and Decimal(str(beside["amount"])) == due


def _moved_items(book: Book, cells: Mapping[_At, Row], pairs: Sequence[tuple[Row, Row, int]]) -> Moved:
    ends = sorted(_at(book, row) for pair in pairs for row in pair[:2])
    run = [row for at, row in sorted(cells.items()) if ends[0] <= at <= ends[-1] and at[2] == ends[0][2]]
    there = " ".join(str(_known(book)[str(row["evidence"])]["left_evidence"]) for _, row, _ in pairs)
    touched = frozenset(str(row["evidence"]) for row in run)
    return Moved(run[0], run[-1], len(run), tuple(pairs), there, touched)


def _at(book: Book, row: Row) -> _At:
    """The table of a cell with its page, its row, its column."""
    place = book.places[str(row["evidence"])]
    return (place.sha256, place.page or 0, place.table or ""), place.row or 0, place.column or 0


def _runs(table: Subjects, other: Subjects) -> Iterator[Moved]:
    """The runs of rows none of which has the amounts that another table has for its subject, some in a line those of
    other subjects, where the sums of this table fail and those of the other hold."""
    codes = [code for code in table.codes if code not in table.twice]
    own = [_amounts(table, code) for code in codes]
    theirs = [_amounts(other, code) for code in codes]
    rows: list[tuple[int, int]] = []
    for at in range(len(codes) + 1):
        before = rows[-1][1] if rows else 0
        if at < len(codes) and (by := _off_by(own, theirs, at, before)) is not None:
            rows.append((at, by))
            continue
        run = [codes[row] for row, _ in rows]
        if _in_a_line([by for _, by in rows]) and not _sums_hold(table, run) and _sums_hold(other, run):
            yield _moved_rows(table, other, run, [(codes[row], codes[row + by], by) for row, by in rows if by])
        rows = []


def _off_by(own: Sequence[Amounts], theirs: Sequence[Amounts], at: int, before: int) -> int | None:
    """How many rows below the subject is whose amounts a row has, 0 where none is; None where the amounts are its own.

    Of several subjects with these amounts the one meant keeps the distance of the row before, or is the nearest. So may
    a row with its own amounts, as those of a subject and of its only part are the same.
    """
    others = [row - at for row, amounts in enumerate(theirs) if row != at and amounts == own[at] and any(amounts)]
    if _is_own(own[at], theirs[at]) and (not before or before not in others):
        return None
    return min(others, key=lambda by: (abs(by - before), by), default=0)


def _in_a_line(distances: Sequence[int]) -> bool:
    """Whether enough rows in a line are off by as many rows."""
    return any(by and len(list(some)) >= _FEWEST for by, some in groupby(distances))


def _moved_rows(table: Subjects, other: Subjects, rows: Sequence[str], pairs: Sequence[tuple[str, str, int]]) -> Moved:
    above = {code for code in table.codes if code == TOTAL or any(row.startswith(code) for row in rows)} - set(rows)
    cell = {code: table.cells[code, TOTAL] for code in table.codes if (code, TOTAL) in table.cells}
    there = " ".join(str(other.cells[code, TOTAL]["evidence"]) for _, code, _ in pairs)
    paired = tuple((cell[code], cell[meant], by) for code, meant, by in pairs if meant in rows)
    return Moved(cell[rows[0]], cell[rows[-1]], len(rows), paired, there, _cells(table, rows), _cells(table, above))


def _cells(table: Subjects, codes: Collection[str]) -> frozenset[str]:
    return frozenset(str(cell["evidence"]) for (code, _), cell in table.cells.items() if code in codes)


def _amounts(table: Subjects, code: str) -> Amounts:
    return tuple(table.amount(code, column) for column in COLUMNS)


def _is_own(own: Amounts, theirs: Amounts) -> bool:
    """Whether a row has the amounts of its subject, or lacks them: no figure of the two differs."""
    pairs = [(one, other) for one, other in zip(own, theirs, strict=True) if one is not None and other is not None]
    return all(abs(one - other) < _CENT for one, other in pairs)


def _sums_hold(table: Subjects, codes: Sequence[str]) -> bool:
    """Whether all of these subjects that have parts are the sum of them."""
    for code in codes:
        parts = [one for one in table.codes if len(one) == len(code) + 2 and one.startswith(code)]
        amounts = [table.amount(one, TOTAL) for one in parts]
        whole = table.amount(code, TOTAL)
        due = sum((one for one in amounts if one is not None), Decimal(0))
        if parts and whole is not None and abs(whole - due) > _CENT * len(parts):
            return False
    return True


def _example(row: Row, meant: Row, by: int) -> str:
    """Of a row its amount, that of the other table, and where this one prints it."""
    own, amount = (shown(Decimal(str(one["amount"])) / WAN, "万元") for one in (meant, row))
    at = f"{'上' if by > 0 else '下'}{abs(by)}行的“{_label(row)}”"
    return f"“{_label(meant)}”印{own}，那里是{amount}，这个数印在{at}旁"


def _label(row: Row) -> str:
    return f"{row['code']} {row['item']}".strip()


def _title(places: Sequence[Evidence]) -> str:
    return next((place.table for place in places if place.table), "")
