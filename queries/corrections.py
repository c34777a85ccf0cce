"""What corrections changed: a disclosure published again, its former figures beside those in force."""

from pyoxigraph import Store

from queries.answers import Answer
from queries.page_rows import Row, rows

COLUMNS = ("change", "body", "year", "table", "name", "was", "now", "was_file", "was_page", "file", "page", "was_yuan",
           "now_yuan")  # fmt: skip
_OF = ("change", "body", "year", "table", "name", "was_printed", "now_printed", "was_name", "was_page", "now_name",
       "now_page", "was", "now")  # fmt: skip


def corrections(store: Store, what: str | None = None) -> Answer:
    """Where a file and one published later of the same disclosure differ: `changed`, `withdrawn`, `added`.

    A row a figure, indicator or statement, as printed before and now, with file and page of both; amounts in yuan are
    exact. `what` is part of the name of a body or file, None for all.
    """
    found = [row for row in rows(store, "corrections") if what is None or _speaks_of(row, what)]
    return Answer(COLUMNS, tuple(dict.fromkeys(tuple(row[name] for name in _OF) for row in found)))


def _speaks_of(row: Row, what: str) -> bool:
    return any(what in str(row[name] or "") for name in ("body", "was_name", "now_name"))
