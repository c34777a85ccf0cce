"""Which figures of a table may be added up: the finest that partition its total, never a row and its parts.

Parts stand for their whole only where they add up to it within rounding; otherwise the whole stands for itself. So in
every table the additive figures add up to the printed total, whatever could not be read or is printed as `其中`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.rows import BUDGETED, Figure, Row, layout, outer_column, within
from ontology.money import half_width


@dataclass(frozen=True, slots=True)
class Partition:
    """The rows (by position) that partition the table, and those that contain some of them."""

    finest: frozenset[int]
    containing: frozenset[int]


def balanced(total: Decimal, parts: Sequence[Decimal]) -> bool:
    """Whether the parts add up to the total within rounding: half a printed unit for each of them and for the total."""
    half = min(half_width(value) for value in (total, *parts))
    return abs(total - sum(parts, Decimal(0))) <= half * (len(parts) + 1)


def partition(table: Sequence[Row], containers: Sequence[int | None]) -> Partition:
    """The finest rows of one table and side that add up to what contains them."""
    parts: dict[int | None, list[int]] = {}
    for at, outer in enumerate(containers):
        parts.setdefault(outer, []).append(at)
    values = [_value(row) for row in table]

    def finest(at: int) -> list[int]:
        value, inner = values[at], parts.get(at, [])
        known = [part for part in (values[other] for other in inner) if part is not None]
        if inner and (value is None or balanced(value, known)):
            return [row for other in inner for row in finest(other)]
        return [at]

    chosen = frozenset(row for at in parts.get(None, []) for row in finest(at))
    return Partition(chosen, frozenset(above for row in chosen for above in _above(row, containers)))


def finest_cells(row: Row) -> list[Figure]:
    """The finest figures of a row that partition its total. Empty where columns may overlap and no total says how."""
    total = row.total
    beside = {BUDGETED} if total and total.column != BUDGETED else set()
    cells = {cell.column: cell for cell in row.cells if cell.column is not None and cell.column not in beside}
    nesting = within(row.table)
    outermost = total.column if total else next((outer for outer in nesting.values() if outer not in nesting), None)
    if outermost is None:
        return []
    return _finest_columns(
        outermost, cells, {column: outer_column(row.table, column) or outermost for column in (*nesting, *cells)}
    )


def column_role(row: Row, column: str) -> str:
    """`col-total`, `col-subtotal` or `col-component`, by the nesting of the table's columns."""
    if row.total is not None and row.total.column == column:
        return "col-total"
    return "col-subtotal" if column in within(row.table).values() or column in layout("totals") else "col-component"


def holders(table: Sequence[Row], containers: Sequence[int | None], at: int, cell: Figure) -> list[Figure]:
    """The figures that hold a figure next: of its column in the rows above its own, and around it in its own row."""
    if cell.column is None:
        return []
    row_above = next((found for outer in _above(at, containers) if (found := table[outer].cell(cell.column))), None)
    around = next((found for name in _around(table[at], cell.column) if (found := table[at].cell(name))), None)
    return [found for found in (row_above, around) if found is not None]


def _around(row: Row, column: str) -> list[str]:
    """The columns that contain a column, from within outwards; what no layout places is in the row's total."""
    outer = outer_column(row.table, column)
    if outer:
        return [outer, *_around(row, outer)]
    total = row.total.column if row.total else None
    return [total] if total and column != total and column not in layout("totals") else []


def _finest_columns(column: str, cells: Mapping[str, Figure], nesting: Mapping[str, str]) -> list[Figure]:
    inner = [name for name, outer in nesting.items() if outer == column and name != column]
    parts = [cell for name in inner for cell in _finest_columns(name, cells, nesting)]
    own = cells.get(column)
    if own is None:
        return parts
    return parts if parts and balanced(own.amount, [cell.amount for cell in parts]) else [own]


def _value(row: Row) -> Decimal | None:
    if row.total is not None:
        return row.total.amount
    cells = finest_cells(row)
    return sum((cell.amount for cell in cells), Decimal(0)) if cells else None


def _above(at: int, containers: Sequence[int | None]) -> list[int]:
    outer = containers[at]
    return [] if outer is None else [outer, *_above(outer, containers)]
