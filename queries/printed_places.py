"""Places of evidence by their addresses: file, page, table, row, column, words."""

from collections.abc import Iterable

import pyoxigraph as ox

from kg.places import Evidence, position
from queries.page_rows import Row, rows


def places_at(store: ox.Store, addresses: Iterable[str]) -> list[Evidence]:
    """The places at these addresses, in the order of file, page and row; an address that holds none is left out."""
    found = [_place(address, row) for address in addresses for row in rows(store, "place", place=address)]
    return sorted(found, key=position)


def _place(address: str, row: Row) -> Evidence:
    at = ("page", "line", "row", "column")
    numbers = {name: int(str(row[name])) if row[name] is not None else None for name in at}
    table, bbox = (str(row[name]) if row[name] is not None else None for name in ("table", "bbox"))
    return Evidence(
        str(row["name"]), numbers["page"], numbers["line"], table, numbers["row"], numbers["column"],
        str(row["words"]), address, str(row["sha256"]), bbox or "",
    )  # fmt: skip
