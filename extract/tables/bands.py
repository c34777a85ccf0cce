"""Tables in bands: several kinds of figures one below the other, each band under headings of its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from extract.document import Cell, Table
from extract.tables.heading_rows import NOTHING
from ontology.facts import Fact
from ontology.money import is_amount
from ontology.text import key, tight

_UNIT = re.compile(r"\((?P<unit>人|名|万元|千元|元|平方米|m2)\)$")
_MONEY = re.compile("(?:万|千)?元")
Read = TypeVar("Read", bound=Fact)


@dataclass(frozen=True, slots=True)
class Band:
    """A band as a table of its own, which row of the whole is its first, and the unit of money of its heading."""

    table: Table
    first: int
    unit: str | None

    def placed(self, fact: Read) -> Read:
        """A fact read in the band with its row in the whole table."""
        row = fact.source.row
        return replace(fact, source=replace(fact.source, row=row + self.first)) if row else fact


def bands(table: Table) -> Iterator[Band]:
    """The bands of a table; one for all of it where no row below the first heads a band."""
    grid = table.grid()
    starts = [0, *(at for at in range(1, len(grid)) if _unit(grid[at]))]
    for first, end in pairwise((*starts, len(grid))):
        cells = (replace(cell, row=cell.row - first) for cell in table.cells if first <= cell.row < end)
        unit = _unit(grid[first]) or ""
        yield Band(replace(table, cells=tuple(cells)), first, unit if _MONEY.fullmatch(unit) else None)


def _unit(cells: list[Cell | None]) -> str | None:
    """The unit of the band that a row heads: `经费控制情况（万元）` and headings beside it, None for another row."""
    texts = [text for cell in cells if cell and (text := tight(cell.text)) not in NOTHING]
    match = _UNIT.search(key(texts[0])) if len(texts) > 1 and not any(map(is_amount, texts)) else None
    return match["unit"] if match else None
