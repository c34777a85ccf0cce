"""Tables with horizontal rules only: the ends of their pieces tell the columns, the text which of them are one cell."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from extract.pdf.grid import Grid, Slot, compressed
from extract.pdf.merged_columns import Extent, Row, partition
from extract.pdf.pieced_rules import PiecedTable, pieced_tables
from extract.pdf.printed_page import Character
from extract.pdf.printed_text import SAME_LINE, lines_of, median
from ontology.facts import Box

_RUNS_ON = 0.15  # of a character's height: text whose characters are no further apart than this is one text
_LARGER = 1.2  # letters so much larger than those of the table are a title

_Squares = dict[tuple[int, int], list[Character]]


class HorizontalTable(NamedTuple):
    """A table with horizontal rules only. `uncertain`: how many rows have a text that may stand in the wrong cell."""

    grid: Grid
    uncertain: int


class _Band(NamedTuple):
    """Columns next to each other whose cells begin and end at the same rules, and the cells they make."""

    top: int
    bottom: int
    cells: tuple[Slot, ...]
    uncertain: bool
    between: bool


def horizontal_tables(boxes: Sequence[Box], characters: Sequence[Character]) -> list[HorizontalTable]:
    """The tables that have rules across only, drawn in pieces, from top to bottom; of two columns and rows at least.

    `boxes` and `characters` are those outside of all other tables, upright. A row over all columns that holds no cells
    but a title, or words between two tables, ends a table.
    """
    return [found for table in pieced_tables(boxes) for found in _tables(table, characters)]


def _tables(table: PiecedTable, characters: Sequence[Character]) -> Iterator[HorizontalTable]:
    squares = _squares(table, characters)
    height = median(sorted(c.bottom - c.top for group in squares.values() for c in group) or [0.0])
    bands = [_band(table, squares, height, *extent) for extent in _extents(table)]
    gaps = sorted(band.top for band in bands if band.between)
    for after, until in pairwise([-1, *gaps, len(table.ys) - 1]):
        rows = range(after + 1, until)
        mine = [band for band in bands if band.top in rows]
        slots = sorted(slot._replace(row=slot.row - rows.start) for band in mine for slot in band.cells)
        if len(rows) > 1 and any(row in rows for row, _ in squares):
            grid = compressed(list(table.xs), list(table.ys[rows.start : until + 1]), slots)
            yield HorizontalTable(grid, sum(band.uncertain for band in mine))


def _squares(table: PiecedTable, characters: Sequence[Character]) -> _Squares:
    """The characters in each row and column."""
    found: _Squares = {}
    left, right, top, bottom = table.xs[0], table.xs[-1], table.ys[0], table.ys[-1]
    for character in characters:
        x, y = (character.x0 + character.x1) / 2, (character.top + character.bottom) / 2
        if left <= x < right and top <= y < bottom:
            place = bisect_right(table.ys, y) - 1, bisect_right(table.xs, x) - 1
            found.setdefault(place, []).append(character)
    return found


def _extents(table: PiecedTable) -> Iterator[tuple[int, int, int, int]]:
    """First and last rule, first and last column of neighbours whose cells begin and end at the same rules."""
    extents: dict[tuple[int, int], list[int]] = {}
    for column in range(len(table.xs) - 1):
        levels = {at for at, covered in enumerate(table.covered) if column in covered} | {0, len(table.ys) - 1}
        for top, bottom in pairwise(sorted(levels)):
            extents.setdefault((top, bottom), []).append(column)
    for (top, bottom), columns in sorted(extents.items()):
        for _, group in groupby(enumerate(columns), key=lambda entry: entry[1] - entry[0]):
            together = [column for _, column in group]
            yield top, bottom, together[0], together[-1]


def _band(table: PiecedTable, squares: _Squares, height: float, top: int, bottom: int, first: int, last: int) -> _Band:
    texts = [
        [c for row in range(top, bottom) for c in squares.get((row, column), ())] for column in range(first, last + 1)
    ]
    edges = table.xs[first : last + 2]
    row = Row(
        edges,
        [_extent(characters) for characters in texts],
        crossed=frozenset(_crossed(edges, [c for characters in texts for c in characters])),
        missing=frozenset(
            edge - first for edge in range(first + 1, last + 1) if edge not in table.ends[top] | table.ends[bottom]
        ),
    )
    spans, misplaced = partition(row)
    cells = tuple(Slot(top, first + start, bottom - top, end - start + 1) for start, end in spans)
    is_wide = last - first == len(table.xs) - 2
    is_odd = len(spans) == 1 or (misplaced > 0 and bool(row.crossed))
    return _Band(top, bottom, cells, misplaced > 0, is_wide and (is_odd or _is_larger(texts, height)))


def _is_larger(texts: list[list[Character]], height: float) -> bool:
    return any(c.bottom - c.top > _LARGER * height for characters in texts for c in characters)


def _extent(characters: list[Character]) -> Extent | None:
    printed = [c for c in characters if not c.text.isspace()]
    if not printed:
        return None
    return Extent(min(c.x0 for c in printed), max(c.x1 for c in printed), "".join(c.text for c in printed))


def _crossed(edges: Sequence[float], characters: list[Character]) -> Iterator[int]:
    """The edges that text runs over: characters that follow each other closely stand on both sides of them."""
    height = max((c.bottom - c.top for c in characters), default=0.0)
    for line in lines_of(characters, SAME_LINE * height):
        for one, other in pairwise(sorted(line, key=lambda c: c.x0)):
            if other.x0 - one.x1 <= _RUNS_ON * height:
                middle, next_middle = (one.x0 + one.x1) / 2, (other.x0 + other.x1) / 2
                yield from range(bisect_right(edges, middle), bisect_right(edges, next_middle))
