"""Tables that hold no figures of a budget and are ignored by name: lists of bodies and the like."""

import re
from functools import cache

from extract.document import Table
from extract.form_data import families
from ontology.text import key


def is_ignored(table: Table) -> bool:
    """Whether the first row holds the headings of a table that forms/headings/ ignores by name."""
    headings = "/".join(filter(None, (key(cell.text) for cell in table.cells if cell.row == 0)))
    return any(pattern.fullmatch(headings) for pattern in _ignored())


@cache
def _ignored() -> tuple[re.Pattern[str], ...]:
    rows = (row for _, data in families("headings") for row in data.get("ignored_table", ()))
    return tuple(re.compile(key(row["headings"])) for row in rows)
