"""The rows of a budget table as one side of its form sees them: what each is called and what it stands under."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from extract.document import Cell, Table
from extract.tables.columns import Columns, ValueColumn
from extract.tables.forms import SideForm, TableForm, any_outermost, fits
from extract.tables.heading_rows import NOTHING, is_measure, is_numbering, without_headings
from extract.tables.prior_columns import PriorColumn
from extract.tables.row_names import Label, bare, chain, label, total_or
from ontology.money import is_amount
from ontology.text import tight

Column = TypeVar("Column", ValueColumn, PriorColumn)
_TOTAL, _SUBTOTAL = "合计", "小计"
_SUBTOTAL = "小计"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of one side: its code and name, the codes as printed, its project, the chain of names it stands under.

    `path` is None where names form no chains: rows with codes and tables of one side without levels. `body` is the body
    that a column of its own gives the row; a row with a body and no other name is called so (合计 where it says that).
    """

    code: str | None
    name: str
    codes: tuple[str, ...]
    project: str | None
    path: tuple[str, ...] | None
    cells: Sequence[Cell | None]
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Above:
    """What the next rows stand under: the names above them, the row that opened the chain they are in, their body, the
    subject above them."""

    names: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    body: str | None = None
    subject: Label | None = None


def rows_of(form: TableForm, columns: Columns, table: Table, headings: int, above: Above) -> tuple[list[Row], Above]:
    """The rows below the headings in printed order, and what comes after them stands under. Rows that number the
    columns or call them amounts, and headings printed again, are left out. `above` is what the part before this one
    left.

    A merged cell that begins outside of this side's own label columns names the row for this side, too.
    """
    found: list[Row] = []
    grid = table.grid()
    printed = [_texts(cells) for cells in grid[:headings]]
    for cells in grid[headings:]:
        texts = _texts(cells)
        if is_numbering(texts) or is_measure(texts) or (texts and texts in printed):
            continue
        read = _levelled if columns.form.levels else _listed
        row, above = _completed(columns, *read(form, columns, without_headings(cells), above))
        unnamed = columns.form.unnamed if not columns.name and not found else None
        found.append(replace(row, name=unnamed) if unnamed and not row.name else row)
    return found, above


def cell_at(row: Row, index: int) -> Cell | None:
    """The cell of a row in a column, None where the row has none there."""
    return row.cells[index] if index < len(row.cells) else None


def printed_under(row: Row, columns: Iterable[Column]) -> Iterator[tuple[Column, Cell, str]]:
    """The cells of a row under these columns and their texts without white space, blanks and dashes left out."""
    for column in columns:
        cell = cell_at(row, column.index)
        if cell and (text := tight(cell.text)) not in NOTHING:
            yield column, cell, text


def _texts(cells: Sequence[Cell | None]) -> list[str]:
    return [text for cell in cells if cell and (text := tight(cell.text))]


def _listed(form: TableForm, columns: Columns, cells: Sequence[Cell | None], above: Above) -> tuple[Row, Above]:
    """A row that has its name in one column."""
    printed = "".join(_words(columns, cells, columns.name))
    # the lowest headings 类 款 项 may stand in the row of the total
    codes = [code for code in _words(columns, cells, columns.code) if not fits(columns.form.code, [code])]
    found = _named(form, columns, label(codes, printed))
    project = "".join(_words(columns, cells, columns.project)) or None
    if columns.form.projects_below and found.code:
        above = replace(above, subject=found)
    elif columns.form.projects_below and above.subject and found.name not in ("", _TOTAL):
        found, project = above.subject, found.name
    path = None
    if columns.form.side and not found.code and printed:
        path, above = _chain(columns.form, above, printed, found.name)
    row = Row(
        code=found.code,
        name=found.name,
        codes=tuple(codes),
        project=project,
        path=path if columns.form.side == "收入" else None,
        cells=cells,
    )
    return row, above


def _completed(columns: Columns, row: Row, above: Above) -> tuple[Row, Above]:
    """The row with the body whose it is: one that is left blank holds on from the row above. A row that nothing names
    but its project is called as that."""
    printed = "".join(_words(columns, row.cells, columns.body)) or None
    if row.project and not row.code and not row.name:
        project = total_or(row.project)
        row = replace(row, name=project, project=None if project in (_TOTAL, _SUBTOTAL) else project)
    if not columns.body or row.name == _TOTAL:
        return row, above
    if printed and not (row.code or row.name or row.project):
        total = total_or(printed)
        whose = None if total == _TOTAL else printed
        by_columns = any(value.item for value in columns.values)
        return replace(row, name=total, body=whose if by_columns else None), replace(above, body=whose)
    body = printed or above.body if row.code or row.name or row.project else None
    return replace(row, body=body), replace(above, body=body or above.body)


def _named(form: TableForm, columns: Columns, found: Label) -> Label:
    """The label with the canonical name where the form has canonical names or a side whose names are numbered."""
    named = form.rows or columns.form.side
    return Label(found.code, form.row_name(bare(found.name))) if named and found.name else found


def _chain(side: SideForm, above: Above, printed: str, name: str) -> tuple[tuple[str, ...], Above]:
    """The chain of names of a row, and what the rows after it stand under."""
    if name == _TOTAL:
        return (_TOTAL,), Above()
    if fits(side.openers, [printed]):
        return (bare(printed),), Above(opened=(bare(printed),))
    path, names = ((name,), ()) if fits((*side.outermost, *any_outermost()), [printed]) else chain(above.names, printed)
    return (*above.opened, *path), Above(names, above.opened)


def _levelled(form: TableForm, columns: Columns, cells: Sequence[Cell | None], above: Above) -> tuple[Row, Above]:
    """A row that has a column for each level of its names: a blank one holds on from the row above."""
    printed = ["".join(_words(columns, cells, (index,))) for index in columns.name]
    first = next((level for level, words in enumerate(printed) if words), None)
    if first is None:
        return Row(None, "", (), None, None, cells), above
    levels = (*above.names[:first], *("" for _ in range(first - len(above.names))), *printed[first:])
    names = [bare(words) for words in levels if words]
    over = names[:-1] if names[-1] == _SUBTOTAL else names
    row = Row(
        code=None,
        name=form.row_name(f"{over[-1]}{_SUBTOTAL}" if over and over != names else names[-1]),
        codes=(),
        project=next((levels[columns.name.index(at)] for at in columns.project if at in columns.name), "") or None,
        path=(_TOTAL,) if names[-1] == _TOTAL else tuple(over) or None,
        cells=cells,
    )
    return row, Above() if names[-1] == _TOTAL else Above(levels)


def _words(columns: Columns, cells: Sequence[Cell | None], indices: tuple[int, ...]) -> list[str]:
    """What is printed in these columns of the row, a merged cell in the first column of labels that it covers.

    Figures in a column without heading name nothing.
    """
    own = sorted({*columns.code, *columns.name, *columns.project, *columns.body})
    found = []
    for index in indices:
        cell = (cells[index] if index < len(cells) else None) or _merged_over(cells, index)
        text = tight(cell.text) if cell and index == own[bisect_left(own, cell.column)] else ""
        if text not in NOTHING and not (columns.form.levels and is_amount(text)):
            found.append(text)
    return found


def _merged_over(cells: Sequence[Cell | None], index: int) -> Cell | None:
    """The cell of the row that begins before this column and reaches over it."""
    before = next((cell for cell in reversed(cells[:index]) if cell), None)
    return before if before and before.column + before.column_span > index else None
