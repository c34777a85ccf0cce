"""The rows of a performance form that is a table, and the fields that its heading gives to their columns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.document import Cell, Table
from extract.performance.model import Note
from extract.performance.terms import column_field, words
from ontology.findings import said

_RULE = re.compile(r"[-:|]*")
_POINTS = re.compile(r"[(（]\d{1,3}分[)）]$")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row that hold words, from left to right, and the table they stand in."""

    cells: tuple[Cell, ...]
    table: Table


def rows_of(table: Table) -> Iterator[Row]:
    """The rows of a table from above, those of nothing but rules left out."""
    by_row: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if not _RULE.fullmatch(words(cell.text)) or words(cell.text) == "-":
            by_row.setdefault(cell.row, []).append(cell)
    for number in sorted(by_row):
        yield Row(tuple(sorted(by_row[number], key=lambda cell: cell.column)), table)


def is_header(row: Row) -> bool:
    """Whether a row is the heading over the indicators."""
    fields = {column_field(cell.text) for cell in row.cells}
    return {"level1", "level3", "target"} <= fields


def with_lower(header: Row, row: Row) -> Row | None:
    """The heading with those of the row under it in place of the one that spans them (`指标值` over 前年 | 上年 |
    预期当年实现); None where that row holds something else."""
    wide = [cell for cell in header.cells if cell.column_span > 1 and row.cells and _covers(cell, row)]
    if len(wide) != 1 or not all(column_field(cell.text) for cell in row.cells):
        return None
    cells = (cell for cell in (*header.cells, *row.cells) if cell is not wide[0])
    return replace(header, cells=tuple(sorted(cells, key=lambda cell: cell.column)))


def _covers(cell: Cell, row: Row) -> bool:
    return all(cell.column <= one.column < cell.column + cell.column_span for one in row.cells)


def columns_of(header: Row) -> tuple[dict[int, str], list[Note]]:
    """The field of every column that the heading covers, and the headings that are not known."""
    columns: dict[int, str] = {}
    notes: list[Note] = []
    for cell in header.cells:
        field = column_field(without_points(cell.text))
        if field is None:
            notes.append(Note(cell, cell.text, said("unknown_heading_of_form", heading=words(cell.text))))
        else:
            columns |= dict.fromkeys(range(cell.column, cell.column + cell.column_span), field)
    return columns, notes


def under(header: Row, row: Row) -> Row:
    """The row with the columns of the heading. Columns of another table on paper are those below the same heading."""
    if row.table is header.table:
        return row
    return replace(row, cells=tuple(replace(cell, column=_column_under(header, cell)) for cell in row.cells))


def _column_under(header: Row, cell: Cell) -> int:
    if cell.bbox is None:
        return cell.column
    middle = (cell.bbox[0] + cell.bbox[2]) / 2
    over = (above.column for above in header.cells if above.bbox and above.bbox[0] <= middle <= above.bbox[2])
    return next(over, -1)


def without_points(text: str) -> str:
    """The words of a cell without the points of a level behind them: `产出指标（50分）` is 产出指标."""
    return _POINTS.sub("", words(text))
