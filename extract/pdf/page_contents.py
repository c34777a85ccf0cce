"""A printed page → its tables, cell by cell, and the lines of running text around them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from extract.pdf.grid import Grid, grids
from extract.pdf.horizontal_tables import HorizontalTable, horizontal_tables
from extract.pdf.printed_page import PrintedPage, Run, characters_of, sideways, turn_box, turned
from extract.pdf.printed_text import PrintedLine, printed_lines
from extract.pdf.rules import SNAP, Rule, rules
from ontology.facts import Box

_LONG = 0.4  # of the page's width
_FEWEST_RULES = 3
_BEYOND = 0.25  # of a character's width

_Owner = tuple[Grid, dict[tuple[int, int], int], list[list[Run]]]  # which cell covers each square, what is in each cell


@dataclass(frozen=True, slots=True)
class PageTable:
    """One table of one page: its grid, and the lines printed in each of its cells, in the order of `grid.slots`."""

    grid: Grid
    lines: tuple[tuple[PrintedLine, ...], ...]


@dataclass(frozen=True, slots=True)
class PageContents:
    """What is printed on a page: running text and tables from top to bottom, in points from the page's top left.

    A page whose text runs sideways has been turned by `turn` degrees clockwise to be read; `seen` gives the box of a
    thing on the page as it is shown. `columnless` counts the long rules of tables that have no rules between columns,
    `overrunning` the cells whose text runs over a rule beside it, `told` the tables whose columns the pieces of their
    rules tell, and `uncertain` the rows of those in which a text may stand in the wrong cell.
    """

    number: int
    width: float
    height: float
    lines: tuple[PrintedLine, ...]
    tables: tuple[PageTable, ...]
    turn: int = 0
    columnless: int = 0
    overrunning: int = 0
    told: int = 0
    uncertain: int = 0

    def seen(self, box: Box) -> Box:
        return turn_box(box, 360 - self.turn, self.width, self.height) if self.turn else box


def text_only(page: PrintedPage) -> PageContents:
    """The page's lines, its tables not looked for."""
    return contents(replace(page, boxes=()))


def contents(page: PrintedPage) -> PageContents:
    """The page's tables and lines. Raises ValueError where its rules are beyond any table (hatching, drawings)."""
    turn = sideways(page)
    upright = turned(page, turn)
    horizontal, vertical = rules(upright.boxes)
    found = grids(horizontal, vertical)
    inside, outside = _shared_out(upright.runs, found)
    free = _outside(horizontal, found)
    told = _told(upright, found, outside) if len(free) >= _FEWEST_RULES else []
    if told:
        more = [table.grid for table in told]
        within, outside = _shared_out(outside, more)
        found, inside = found + more, inside + within
    tables = sorted(map(_table, found, inside), key=lambda entry: entry[0].grid.bbox[1::-1])
    return PageContents(
        upright.number,
        upright.width,
        upright.height,
        tuple(printed_lines(outside)),
        tuple(table for table, _ in tables),
        turn,
        _columnless(_outside(free, found), upright.width),
        sum(overrunning for _, overrunning in tables),
        len(told),
        sum(table.uncertain for table in told),
    )


def _outside(horizontal: list[Rule], found: list[Grid]) -> list[Rule]:
    """The rules across that are not at the height of any grid."""
    bounds = [(grid.bbox[1] - SNAP, grid.bbox[3] + SNAP) for grid in found]
    return [rule for rule in horizontal if not any(top <= rule.position <= bottom for top, bottom in bounds)]


def _told(page: PrintedPage, found: list[Grid], outside: list[Run]) -> list[HorizontalTable]:
    """The tables told by horizontal rules alone, outside of the others."""
    bounds = [(grid.bbox[1] - SNAP, grid.bbox[3] + SNAP) for grid in found]
    boxes = [box for box in page.boxes if not any(top <= box[1] <= bottom for top, bottom in bounds)]
    return horizontal_tables(boxes, list(characters_of(run for run in outside if not run.turn)))


def _table(grid: Grid, cells: list[list[Run]]) -> tuple[PageTable, int]:
    """The table with the lines of its cells, and in how many of them text runs over the rule."""
    table = PageTable(grid, tuple(tuple(printed_lines(runs)) if runs else () for runs in cells))
    return table, _overrunning(table, cells)


def _overrunning(table: PageTable, cells: list[list[Run]]) -> int:
    """How many cells hold a character that stands a quarter or more beyond their left or right rule."""
    boxes = map(table.grid.box, table.grid.slots)
    return sum(
        any(max(x0 - c.x0, c.x1 - x1) > _BEYOND * (c.x1 - c.x0) for c in characters_of(runs))
        for (x0, _, x1, _), runs, lines in zip(boxes, cells, table.lines, strict=True)
        if any(line.bbox[0] < x0 or line.bbox[2] > x1 for line in lines)
    )


def _columnless(free: list[Rule], width: float) -> int:
    """How many long rules of the same reach stand outside of all tables, when they are enough for a table."""
    reaches = [
        (round(rule.start / SNAP), round(rule.end / SNAP)) for rule in free if rule.end - rule.start > _LONG * width
    ]
    most = max(map(reaches.count, reaches), default=0)
    return most if most >= _FEWEST_RULES else 0


def _shared_out(runs: Sequence[Run], found: list[Grid]) -> tuple[list[list[list[Run]]], list[Run]]:
    """The runs, or parts of runs, of each cell of each grid, and those outside of all cells."""
    inside: list[list[list[Run]]] = [[[] for _ in grid.slots] for grid in found]
    outside: list[Run] = []
    # the smallest grid first: a table within a cell of another keeps its characters
    owners = sorted(((grid, grid.owners(), cells) for grid, cells in zip(found, inside, strict=True)), key=_size)
    nested = any(_overlap(one.bbox, other.bbox) for one, other in combinations(found, 2))
    for run in runs:
        y = (run.top + run.bottom) / 2
        beside = [owner for owner in owners if owner[0].ys[0] <= y < owner[0].ys[-1]]
        if not beside:
            outside.append(run)
            continue
        middles, start, length = [(x0 + x1) / 2 for x0, x1 in zip(run.x0s, run.x1s, strict=True)], 0, len(run.text)
        while start < length:
            box, cell = _cell(middles[start], y, beside, outside)
            # those after it that stand in the same cell
            end = start + 1 if nested or not box else max(start + 1, bisect_left(middles, box[2], start))
            cell.append(run if end - start == length else run.part(start, end))
            start = end
    return inside, outside


def _cell(x: float, y: float, owners: list[_Owner], outside: list[Run]) -> tuple[Box | None, list[Run]]:
    """The bounds of the cell around a point and what stands in it; no bounds outside of all cells."""
    for grid, owner, cells in owners:
        slot = owner.get(grid.place(x, y))
        if slot is not None:
            return grid.box(grid.slots[slot]), cells[slot]
    return None, outside


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _size(entry: _Owner) -> float:
    x0, top, x1, bottom = entry[0].bbox
    return (x1 - x0) * (bottom - top)
