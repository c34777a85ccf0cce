"""The rows of a budget table as one side of its form sees them: what each is called and what it stands under."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.document import Cell, Table
from extract.heading_rows import is_numbering
from extract.row_names import Label, bare, chain, label
from extract.table_columns import Columns
from extract.table_forms import SideForm, TableForm, fits
from ontology.money import is_amount
from ontology.text import tight

_TOTAL = "合计"
_SUBTOTAL = "小计"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of one side: its code and name, the codes as printed, its project, the chain of names it stands under.

    `path` is None where names form no chains: rows with codes and tables of one side without levels.
    """

    code: str | None
    name: str
    codes: tuple[str, ...]
    project: str | None
    path: tuple[str, ...] | None
    cells: Sequence[Cell | None]


def rows_of(form: TableForm, columns: Columns, table: Table, headings: int) -> Iterator[Row]:
    """The rows below the headings in printed order, those that number the columns left out.

    A merged cell that begins outside of this side's own label columns names the row for this side, too.
    """
    rows = [
        cells
        for cells in table.grid()[headings:]
        if not is_numbering([text for cell in cells if cell and (text := tight(cell.text))])
    ]
    yield from _levelled(form, columns, rows) if columns.form.levels else _listed(form, columns, rows)


def _listed(form: TableForm, columns: Columns, rows: Sequence[list[Cell | None]]) -> Iterator[Row]:
    """Rows that have their names in one column."""
    above: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    for number, cells in enumerate(rows):
        printed = "".join(_words(columns, cells, columns.name))
        # the lowest headings 类 款 项 may stand in the row of the total
        codes = [code for code in _words(columns, cells, columns.code) if not fits(columns.form.code, [code])]
        found = _named(form, columns, label(codes, printed))
        path = None
        if columns.form.side and not found.code and printed:
            path, above = _chain(columns.form, above, printed, found.name)
            if fits(columns.form.openers, [printed]):
                opened, above = (), ()
                path = opened = (bare(printed),)
            opened = () if path == (_TOTAL,) else opened
            path = path if path == opened else (*opened, *path)
        unnamed = columns.form.unnamed if not columns.name and number == 0 else None
        yield Row(
            code=found.code,
            name=found.name or unnamed or "",
            codes=tuple(codes),
            project="".join(_words(columns, cells, columns.project)) or None,
            path=path if columns.form.side == "收入" else None,
            cells=cells,
        )


def _named(form: TableForm, columns: Columns, found: Label) -> Label:
    """The label with the canonical name where the form has canonical names or a side whose names are numbered."""
    named = form.rows or columns.form.side
    return Label(found.code, form.row_name(bare(found.name))) if named and found.name else found


def _chain(side: SideForm, above: tuple[str, ...], printed: str, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if name == _TOTAL:
        return (_TOTAL,), ()
    return ((name,), ()) if fits(side.outermost, [printed]) else chain(above, printed)


def _levelled(form: TableForm, columns: Columns, rows: Sequence[list[Cell | None]]) -> Iterator[Row]:
    """Rows that have a column for each level of their names: a blank one holds on from the row above."""
    above: tuple[str, ...] = ()
    for cells in rows:
        printed = ["".join(_words(columns, cells, (index,))) for index in columns.name]
        first = next((level for level, words in enumerate(printed) if words), None)
        if first is None:
            yield Row(None, "", (), None, None, cells)
            continue
        above = (*above[:first], *("" for _ in range(first - len(above))), *printed[first:])
        names = [bare(words) for words in above if words]
        of_total = names[-1] == _TOTAL
        over = names[:-1] if names[-1] == _SUBTOTAL else names
        yield Row(
            code=None,
            name=form.row_name(f"{over[-1]}{_SUBTOTAL}" if over and over != names else names[-1]),
            codes=(),
            project=next((above[columns.name.index(at)] for at in columns.project if at in columns.name), "") or None,
            path=(_TOTAL,) if of_total else tuple(over) or None,
            cells=cells,
        )
        above = () if of_total else above


def _words(columns: Columns, cells: Sequence[Cell | None], indices: tuple[int, ...]) -> list[str]:
    """What is printed in these columns of the row; figures in a column without heading name nothing."""
    own = {*columns.code, *columns.name, *columns.project}
    found = []
    for index in indices:
        cell = (cells[index] if index < len(cells) else None) or _merged_over(cells, index)
        text = tight(cell.text) if cell and (cell.column == index or cell.column not in own) else ""
        if text and not (columns.form.levels and is_amount(text)):
            found.append(text)
    return found


def _merged_over(cells: Sequence[Cell | None], index: int) -> Cell | None:
    """The cell of the row that begins before this column and reaches over it."""
    before = next((cell for cell in reversed(cells[:index]) if cell), None)
    return before if before and before.column + before.column_span > index else None
