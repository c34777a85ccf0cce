"""How many cells an engine gets right, of PDFs whose cells are known."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.engines import Cells
from examples import grid
from examples.source import DATA, load
from ontology.text import tight, unradical


class Score(NamedTuple):
    """Cells with text: how many are known, how many were found, how many of those are right."""

    known: int
    found: int
    right: int

    @property
    def recall(self) -> float:
        return self.right / self.known

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0


def example_cells(pdf: Path) -> list[Cells]:
    """The cells of the tables and forms of an example, from the data that it was typeset from."""
    (document,) = [found for found in map(load, sorted(DATA.glob("*.toml"))) if found.file == pdf.name]
    grids = [
        *(grid.of_table(table) for table in document.tables),
        *(grid.of_form(document, form) for form in document.forms),
    ]
    return [{(cell.row, cell.column): cell.text for cell in found.cells if cell.text} for found in grids]


def told_cells(pdf: Path) -> list[Cells]:
    """The cells of a PDF that has them beside it as JSON."""
    tables = json.loads(pdf.with_suffix(".json").read_text(encoding="utf-8"))["tables"]
    return [{(cell["r"], cell["c"]): cell["text"] for cell in table["cells"] if cell["text"]} for table in tables]


def score(known: Sequence[Cells], found: Iterable[Cells]) -> Score:
    """A cell is right where its text, white space aside, is that of the same row and column.

    An engine that gives the tables of each page by themselves loses nothing by it: each of its tables is laid over the
    known table, and moved down by so many rows, with which it has most in common.
    """
    truth = [_plain(table) for table in known]
    given = [_plain(table) for table in found]
    hits: set[tuple[int, int, int]] = set()
    wrong = 0
    for table in given:
        best = max((_overlap(n, cells, table) for n, cells in enumerate(truth)), key=len, default=set())
        hits |= best
        wrong += len(table) - len(best)
    right = len(hits)
    return Score(sum(map(len, truth)), right + wrong, right)


def total(scores: Iterable[Score]) -> Score:
    """Several documents as one."""
    known, found, right = zip(*scores, strict=True)
    return Score(sum(known), sum(found), sum(right))


def _plain(table: Cells) -> Cells:
    plain = {place: tight(unradical(text)) for place, text in table.items()}
    return {place: text for place, text in plain.items() if text}


def _overlap(number: int, known: Cells, table: Cells) -> set[tuple[int, int, int]]:
    """The places in a known table, told by its number, that a table read has right where it fits best."""
    rows: dict[str, list[int]] = {}
    for (row, column), text in known.items():
        rows.setdefault(f"{column}\0{text}", []).append(row)
    moved: dict[int, set[tuple[int, int, int]]] = {}
    for (row, column), text in table.items():
        for target in rows.get(f"{column}\0{text}", ()):
            moved.setdefault(target - row, set()).add((number, target, column))
    return max(moved.values(), key=len, default=set())
