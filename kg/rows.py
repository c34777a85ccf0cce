"""The rows of budget tables: cells of one row together, and which row contains which."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from kg.names import fold
from ontology.facts import CellFact, PriorFact

Figure = CellFact | PriorFact  # of this year, or beside it of the year before: rows hold one kind or the other
Coded = tuple[int | None, str | None, str]  # the subtotal row above, the body in the row, the code

TOTAL = "合计"
BUDGETED = "预算数"  # the canonical column of budgeted amounts; a final account prints it beside 决算数


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row of a budget table: what identifies it, and its figures in order.

    `body` is the body that a column of bodies names beside it.
    """

    table: str
    side: str | None
    code: str | None
    name: str
    project: str | None
    path: tuple[str, ...] | None
    cells: tuple[Figure, ...]
    body: str | None = None

    def cell(self, column: str | None) -> Figure | None:
        """The figure of a column, None where the row has none there."""
        return next((cell for cell in self.cells if column is not None and cell.column == column), None)

    @property
    def total(self) -> Figure | None:
        """The figure of the row's total column, executed before budgeted; of its only column where it has one only."""
        known = [cell for cell in self.cells if cell.column is not None]
        outer = [cell for cell in known if cell.column in layout("totals") and cell.column not in within(self.table)]
        executed = [cell for cell in outer if cell.column != BUDGETED]
        return next(iter((*executed, *outer)), known[0] if len(known) == 1 else None)


@cache
def _layouts() -> dict[str, Any]:
    with files("kg").joinpath("columns.toml").open("rb") as file:
        return tomllib.load(file)


def layout(table: str, part: str | None = None) -> Any:
    """What `columns.toml` says about a table, or one part of it; an empty mapping where it says nothing."""
    found = _layouts().get(table, {})
    return found if part is None else found.get(part, {})


def within(table: str) -> dict[str, str]:
    """Column → the column that contains it."""
    columns: dict[str, str] = layout(table, "within")
    return columns


def outer_column(table: str, column: str) -> str | None:
    """The column that contains a column, None where none is told: a name may tell it (`商品和服务支出/办公费`)."""
    return within(table).get(column) or column.rpartition("/")[0] or None


def rows(cells: Iterable[Figure]) -> list[Row]:
    """The rows in order of their first figure. A figure opens a new row where its column is taken, or it is printed
    in another row."""
    found: list[Row] = []
    latest: dict[tuple[object, ...], int] = {}
    for cell in cells:
        identity = (cell.table, cell.side, cell.code, cell.name, cell.project, cell.path, cell.body)
        at = latest.get(identity)
        if at is not None and _continues(found[at], cell):
            found[at] = replace(found[at], cells=(*found[at].cells, cell))
        else:
            latest[identity] = len(found)
            row = Row(cell.table, cell.side, cell.code, cell.name, cell.project, cell.path, (cell,), cell.body)
            found.append(row)
    return found


def _continues(row: Row, cell: Figure) -> bool:
    taken = cell.column is not None and row.cell(cell.column) is not None
    places = {before.source.row for before in row.cells} | {cell.source.row}
    return not taken and len(places - {None}) < 2


def tables(all_rows: Sequence[Row]) -> list[list[Row]]:
    """The rows by table and side; those of each unit by themselves where they have a view of their own."""
    found: dict[tuple[str, str | None, str | None], list[Row]] = {}
    for row in all_rows:
        unit = row.body if view_name(row) != row.table else None
        found.setdefault((row.table, row.side, unit), []).append(row)
    return list(found.values())


def view_name(row: Row) -> str:
    """The view that the row belongs to: that of its table, of rows of units where the layout has one for them."""
    name: str = layout(row.table, "units") or row.table if row.body else row.table
    return name


def body_names(all_rows: Sequence[Row], agency: str | None) -> frozenset[str]:
    """The folded names of bodies that have subtotal rows: the agency, those that a column of bodies names, and rows
    without code where a layout says so."""
    printed = {fold(row.name) for row in all_rows if layout(row.table, "bodies") and _plain(row)}
    printed |= {fold(row.body) for row in all_rows if row.body}
    return frozenset(printed | ({fold(agency)} if agency else set()))


def is_total(row: Row) -> bool:
    """Whether the row is the total of its table."""
    return row.name == TOTAL and row.code is None


def is_body(row: Row, bodies: frozenset[str]) -> bool:
    """Whether the row is the subtotal of a body."""
    return _plain(row) and fold(row.name) in bodies


def _plain(row: Row) -> bool:
    return row.code is None and row.path is None and row.project is None and not is_total(row)


def containers(table: Sequence[Row], bodies: frozenset[str]) -> list[int | None]:
    """For each row of one table and side, which row contains it: by row path, body, code, or the layout's `rows`."""
    top = _top(table)
    sections = _sections(table, bodies)
    backwards = list(reversed(list(enumerate(table))))  # so that the first of several stays
    codes = {(sections[at], row.body, row.code): at for at, row in backwards if row.code and not row.project}
    paths = {row.path: at for at, row in backwards if row.path}
    names = {row.name: at for at, row in backwards}
    found: list[int | None] = []
    for at, row in enumerate(table):
        outer: int | None = None
        if row.path:
            outer = paths.get(row.path[:-1])
        elif row.code:
            outer = _shorter(row, at, codes, sections[at])
        elif row.name in layout(row.table, "rows"):
            outer = names.get(layout(row.table, "rows")[row.name])
        if outer is None and not is_body(row, bodies):
            outer = sections[at]
        found.append(None if at == top else top if outer is None else outer)
    return found


def _top(table: Sequence[Row]) -> int | None:
    """The row that contains all others: the total, also where its own figure is not known; of several the largest."""
    totals = [(row.total.amount if row.total else None, at) for at, row in enumerate(table) if is_total(row)]
    return max(totals, key=lambda total: (total[0] is not None, total[0] or 0), default=(None, None))[1]


def _sections(table: Sequence[Row], bodies: frozenset[str]) -> list[int | None]:
    """For each row the subtotal row of the body it stands under; none for the total and what precedes all bodies."""
    current: int | None = None
    found: list[int | None] = []
    for at, row in enumerate(table):
        current = at if is_body(row, bodies) else current
        found.append(None if is_total(row) else current)
    return found


def _shorter(row: Row, at: int, codes: Mapping[Coded, int], section: int | None) -> int | None:
    """The row of a shorter code under the same body, the next above where several are."""
    code = row.code or ""
    sizes = range(len(code) if row.project else len(code) - 1, 0, -1)
    keys = ((section, row.body, code[:size]) for size in sizes)
    return next((codes[key] for key in keys if codes.get(key, at) != at), None)
