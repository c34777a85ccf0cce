"""Whether the rows of a budget table fit under its headings: where they do not, no figure of it is certain."""

from collections.abc import Sequence

from extract.document import Cell
from extract.tables.columns import Columns
from extract.tables.rows import Row, cell_at, printed_under
from ontology.findings import said
from ontology.money import is_amount
from ontology.text import tight

_FEWEST_MISFITS = 3


def lacks_names(columns: Columns) -> bool:
    """Whether the rows of the form have names, and no column is known that holds them."""
    form = columns.form
    by_columns = any(item.column for item in form.items)
    return bool(form.name) and not (columns.name or columns.project or form.unnamed or by_columns)


def are_other_columns(columns: Sequence[Columns], read: Sequence[Columns]) -> bool:
    """Whether a table has other columns than one of the same side that was read before it under the same title.

    Then it is another table, the title of which is not printed or not known.
    """
    new, before = _by_side(columns), _by_side(read)
    return any(side in before and groups != before[side] for side, groups in new.items())


def _by_side(columns: Sequence[Columns]) -> dict[str | None, list[tuple[tuple[str | None, str | None], ...]]]:
    found: dict[str | None, list[tuple[tuple[str | None, str | None], ...]]] = {}
    for group in columns:
        values = ((each.item, each.name) for each in group.values)
        prior = ((each.item, each.name) for each in group.prior)
        found.setdefault(group.form.side, []).append((*values, *prior))
    return found


def is_misfit(columns: Columns, rows: Sequence[Row]) -> bool:
    """Whether every fourth row, and three at least, has words where figures belong, or figures where its name does."""
    held = [(row, [text for _, _, text in printed_under(row, columns.values)]) for row in rows]
    filled = [(row, texts) for row, texts in held if texts]
    wrong = [row for row, texts in filled if _amount_among_labels(row) or not all(map(is_amount, texts))]
    return len(wrong) >= _FEWEST_MISFITS and len(wrong) * 4 >= len(filled)


def doubt(columns: Columns, row: Row, cell: Cell, figure: str, item: str | None) -> str | None:
    """Why a figure of a row is no certain fact, in words that follow it; None where it is one.

    `item` is what its column is called where columns name the figures.
    """
    if not is_amount(figure):
        return said("is_no_amount")
    spread = _spread_over(columns, row, cell)
    if spread:
        return spread
    if not (row.code or row.name or row.project or item):
        return said("without_name")
    label = _amount_among_labels(row)
    return said("beside_no_name", label=label) if label else None


def _amount_among_labels(row: Row) -> str | None:
    """An amount where the name or the code of a row belongs, None where there is none."""
    if is_amount(row.name):
        return row.name
    return next((text for text in row.codes if is_amount(text) and not text.isdigit()), None)


def _spread_over(columns: Columns, row: Row, cell: Cell) -> str | None:
    """What makes it uncertain where the figure of a merged cell belongs, None where nothing does.

    It may reach over columns of other figures, or over more rows than what names its own.
    """
    places = range(cell.column, cell.column + cell.column_span)
    figures = {*(value.index for value in columns.values), *(each.index for each in columns.prior)}
    if len(figures & set(places)) > 1:
        return said("under_several_columns")
    labels = [found for at in (*columns.code, *columns.name) if (found := cell_at(row, at)) and tight(found.text)]
    if labels and cell.row_span > max(label.row_span for label in labels):
        return said("in_several_rows")
    return None
