"""Rows of a budget table that are printed twice: a page or a line copied once too often."""

import re
from collections.abc import Iterator, Sequence

from ontology.facts import CellFact, Finding
from ontology.findings import said

_Row = tuple[object, ...]
_PART = re.compile(r"[（(][^（()）]*[)）]$")  # which part of a table is meant: （续）, （一）


def rows_printed_twice(cells: Sequence[CellFact]) -> Iterator[Finding]:
    """A finding for each row with a code or total that says in all its figures what an earlier row of the table says.

    `cells` are all of the table's in printed order. Rows of projects may be alike by right, and those of blanks or 0.
    """
    rows: dict[_Row, list[CellFact]] = {}
    for cell in cells:
        place = (cell.source.page, cell.source.line, cell.source.row, cell.side, cell.code, cell.name, cell.path)
        rows.setdefault((cell.source.table, *place), []).append(cell)
    seen: set[_Row] = set()
    for row in rows.values():
        first = row[0]
        figures = ((cell.column, cell.amount) for cell in row)
        title = _PART.sub("", first.source.table or "")
        says = (title, first.side, first.code, first.name, first.path, first.body, *figures)
        if says in seen and not first.project:
            name = " ".join(filter(None, (first.code, first.name)))
            message = f"{first.table_title}: {said('row_twice', row=name)}"
            yield Finding(source=first.source, severity="warning", message=message)
        if not first.project and (first.code or first.name == "合计") and any(cell.amount for cell in row):
            seen.add(says)
