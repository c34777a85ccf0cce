"""Whether the codes and names of the rows of a budget table fit together: what is misprinted there is said."""

import re
from collections.abc import Iterator, Sequence

from ontology.facts import CellFact, Finding
from ontology.findings import said
from ontology.text import key

_KINDS = "235"  # codes of functional subjects begin with 2, of economic ones with 3, of the government's own with 5
_FIGURE_BEHIND = re.compile(r"[\u4e00-\u9fff）)]\d[\d,]*\.\d+$")
_FEWEST = 2  # rows whose group is printed before a row without its group is one too many


def codes_that_do_not_fit(cells: Sequence[CellFact]) -> Iterator[Finding]:
    """A finding for each row of one table whose code is of no known kind, stands under no row of its own 类 or 款 where
    all others do, or is printed twice with different names, and for each name with a figure behind it.

    `cells` are all of the table's in printed order.
    """
    rows = list(
        {(cell.source.page, cell.source.line, cell.source.row, cell.code): cell for cell in cells[::-1]}.values()
    )
    rows.reverse()
    codes = {row.code for row in rows if row.code}
    names: dict[str, str] = {}
    orphans = list(_orphans(rows, codes))
    for row in rows:
        first = names.setdefault(row.code, row.name) if row.code and not row.project else row.name
        if row.code and row.code[0] not in _KINDS:
            yield _finding(row, said("unknown_code", code=row.code))
        elif row in orphans:
            yield _finding(row, said("no_row_of_group", group=(row.code or "")[:-2], subject=row.code))
        if key(first) != key(row.name):
            yield _finding(row, said("named_otherwise_above", subject=row.code, name=row.name, other=first))
        if _FIGURE_BEHIND.search(row.name):
            yield _finding(row, said("figure_behind_name", name=row.name))


def _orphans(rows: Sequence[CellFact], codes: set[str]) -> Iterator[CellFact]:
    """The one row of its length whose group is not printed, where at least a few others are in theirs."""
    for length in (5, 7):
        of_length = [row for row in rows if row.code and len(row.code) == length]
        alone = [row for row in of_length if str(row.code)[:-2] not in codes]
        if len({row.code for row in alone}) == 1 and len(of_length) - len(alone) >= _FEWEST:
            yield alone[0]


def _finding(cell: CellFact, message: str) -> Finding:
    return Finding(source=cell.source, severity="warning", message=f"{cell.table_title}: {message}")
