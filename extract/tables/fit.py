"""Whether the rows of a budget table fit under its headings: where they do not, no figure of it is certain."""

from collections.abc import Sequence

from extract.tables.columns import Columns
from extract.tables.heading_rows import NOTHING
from extract.tables.rows import Row
from ontology.money import is_amount
from ontology.text import tight

_FEWEST_MISFITS = 3


def lacks_names(columns: Columns) -> bool:
    """Whether the rows of the form have names, and no column is known that holds them."""
    form = columns.form
    return bool(form.name) and not (columns.name or columns.project or form.unnamed or form.items)


def is_misfit(columns: Columns, rows: Sequence[Row]) -> bool:
    """Whether every fourth row, and three at least, has words where figures belong, or figures where its name does."""
    figures = [[_text(row, value.index) for value in columns.values] for row in rows]
    held = [(row, [text for text in texts if text not in NOTHING]) for row, texts in zip(rows, figures, strict=True)]
    filled = [(row, texts) for row, texts in held if texts]
    wrong = [row for row, texts in filled if is_amount(row.name) or not all(map(is_amount, texts))]
    return len(wrong) >= _FEWEST_MISFITS and len(wrong) * 4 >= len(filled)


def _text(row: Row, index: int) -> str:
    cell = row.cells[index] if index < len(row.cells) else None
    return tight(cell.text) if cell else ""
