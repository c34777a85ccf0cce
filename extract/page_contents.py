"""A printed page → its tables, cell by cell, and the lines of running text around them."""

from dataclasses import dataclass, replace

from extract.grid import Grid, grids
from extract.printed_page import Character, PrintedPage, sideways, turn_box, turned
from extract.printed_text import PrintedLine, printed_lines
from extract.rules import SNAP, Rule, rules
from ontology.facts import Box

_LONG = 0.4  # of the page's width
_FEWEST_RULES = 3
_BEYOND = 0.25  # of a character's width


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
    `overrunning` the cells whose text runs over a rule beside it.
    """

    number: int
    width: float
    height: float
    lines: tuple[PrintedLine, ...]
    tables: tuple[PageTable, ...]
    turn: int = 0
    columnless: int = 0
    overrunning: int = 0

    def seen(self, box: Box) -> Box:
        return turn_box(box, (360 - self.turn) % 360, self.width, self.height)


def text_only(page: PrintedPage) -> PageContents:
    """The page's lines, its tables not looked for."""
    return contents(replace(page, boxes=()))


def contents(page: PrintedPage) -> PageContents:
    """The page's tables and lines. Raises ValueError where its rules are beyond any table (hatching, drawings)."""
    turn = sideways(page)
    upright = turned(page, turn)
    horizontal, vertical = rules(upright.boxes)
    found = grids(horizontal, vertical)
    inside, outside = _shared_out(upright.characters, found)
    tables = tuple(
        PageTable(grid, tuple(tuple(printed_lines(characters)) for characters in cells))
        for grid, cells in zip(found, inside, strict=True)
    )
    return PageContents(
        upright.number,
        upright.width,
        upright.height,
        tuple(printed_lines(outside)),
        tables,
        turn,
        _columnless(horizontal, found, upright.width),
        sum(map(_overrunning, found, inside)),
    )


def _overrunning(grid: Grid, cells: list[list[Character]]) -> int:
    """How many cells hold a character that stands a quarter or more beyond their left or right rule."""
    boxes = map(grid.box, grid.slots)
    return sum(
        any(max(box[0] - c.x0, c.x1 - box[2]) > _BEYOND * (c.x1 - c.x0) for c in characters)
        for box, characters in zip(boxes, cells, strict=True)
    )


def _columnless(horizontal: list[Rule], found: list[Grid], width: float) -> int:
    """How many long rules of the same reach stand outside of all grids, when they are enough for a table."""
    outside = [
        (round(rule.start / SNAP), round(rule.end / SNAP))
        for rule in horizontal
        if rule.end - rule.start > _LONG * width
        and not any(grid.bbox[1] - SNAP <= rule.position <= grid.bbox[3] + SNAP for grid in found)
    ]
    most = max(map(outside.count, outside), default=0)
    return most if most >= _FEWEST_RULES else 0


def _shared_out(
    characters: tuple[Character, ...], found: list[Grid]
) -> tuple[list[list[list[Character]]], list[Character]]:
    """The characters of each cell of each grid, and those outside of all cells."""
    inside: list[list[list[Character]]] = [[[] for _ in grid.slots] for grid in found]
    outside: list[Character] = []
    # the smallest grid first: a table within a cell of another keeps its characters
    owners = sorted(((grid, grid.owners(), cells) for grid, cells in zip(found, inside, strict=True)), key=_size)
    for character in characters:
        x, y = (character.x0 + character.x1) / 2, (character.top + character.bottom) / 2
        for grid, owner, cells in owners:
            slot = owner.get(grid.place(x, y))
            if slot is not None:
                cells[slot].append(character)
                break
        else:
            outside.append(character)
    return inside, outside


def _size(entry: tuple[Grid, object, object]) -> float:
    x0, top, x1, bottom = entry[0].bbox
    return (x1 - x0) * (bottom - top)
