"""Rules → the grids of a page: which rules belong together, where their cells are and how far each cell reaches."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, pairwise, product
from typing import NamedTuple

from extract.pdf.rules import SNAP, Rule
from ontology.facts import Box
from ontology.findings import said

_STICKS_OUT = 6.0  # points: rules that reach this far beyond the last rule across them tell of a side not drawn
_MOST_RULES = 2_000  # in one direction on one page
_MOST_SLOTS = 100_000


class Slot(NamedTuple):
    """A cell's place in a grid: first row and column, and how many of each it covers."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Edges from left to right (`xs`) and top to bottom (`ys`), and the cells between them in row-major order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    slots: tuple[Slot, ...]

    @property
    def bbox(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def box(self, slot: Slot) -> Box:
        """The bounds of a cell on the page."""
        right, bottom = slot.column + slot.column_span, slot.row + slot.row_span
        return self.xs[slot.column], self.ys[slot.row], self.xs[right], self.ys[bottom]

    def owners(self) -> dict[tuple[int, int], int]:
        """Which cell covers each row and column, as an index into `slots`."""
        return {
            (row, column): index
            for index, slot in enumerate(self.slots)
            for row in range(slot.row, slot.row + slot.row_span)
            for column in range(slot.column, slot.column + slot.column_span)
        }

    def place(self, x: float, y: float) -> tuple[int, int]:
        """The row and column around a point; outside of the grid they are out of range."""
        return bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1


def grids(horizontal: list[Rule], vertical: list[Rule]) -> list[Grid]:
    """The grids of a page from top to bottom: rules that cross make one grid, of two columns at least.

    Raises ValueError where there are more rules than any table has.
    """
    if max(len(horizontal), len(vertical)) > _MOST_RULES:
        raise ValueError(said("too_many_rules", across=len(horizontal), down=len(vertical)))
    found = (_grid(rows, columns) for rows, columns in _connected(horizontal, vertical))
    return sorted((grid for grid in found if grid and len(grid.xs) > 2), key=lambda grid: grid.bbox[1::-1])


def _connected(horizontal: list[Rule], vertical: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """The rules that hang together by crossings."""
    parent = list(range(len(horizontal) + len(vertical)))
    across = [(rule.position, rule.start - SNAP, rule.end + SNAP) for rule in horizontal]
    down = [(rule.position, rule.start - SNAP, rule.end + SNAP) for rule in vertical]
    for index, (y, left, right) in enumerate(across):
        for other, (x, top, bottom) in enumerate(down, len(across)):
            if left <= x <= right and top <= y <= bottom:
                parent[_root(parent, other)] = _root(parent, index)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate([*horizontal, *vertical]):
        group = groups.setdefault(_root(parent, index), ([], []))
        group[index >= len(horizontal)].append(rule)
    yield from (group for group in groups.values() if group[0] and group[1])


def _root(parent: list[int], item: int) -> int:
    while parent[item] != item:
        parent[item] = item = parent[parent[item]]
    return item


def _grid(horizontal: list[Rule], vertical: list[Rule]) -> Grid | None:
    left, right = _undrawn(horizontal, vertical)
    top, bottom = _undrawn(vertical, horizontal)
    rows = horizontal + _between((top, bottom), _reach(vertical, left, right))
    columns = vertical + _between((left, right), _reach(horizontal, top, bottom))
    xs, ys = _positions(columns), _positions(rows)
    if len(xs) < 2 or len(ys) < 2:
        return None
    if (len(xs) - 1) * (len(ys) - 1) > _MOST_SLOTS:
        raise ValueError(said("too_large_grid", rows=len(ys) - 1, columns=len(xs) - 1))
    slots = _slots(_walls(xs, ys, rows, columns))
    return compressed(xs, ys, slots) if slots else None


def _undrawn(along: list[Rule], across: list[Rule]) -> tuple[float | None, float | None]:
    """Where rules stick out beyond the outermost rule across them, at least two ending together, at either end."""
    first, last = min(rule.position for rule in across), max(rule.position for rule in across)
    starts = sorted(rule.start for rule in along if rule.start < first - _STICKS_OUT)
    ends = sorted((rule.end for rule in along if rule.end > last + _STICKS_OUT), reverse=True)
    return _agreed(starts), _agreed(ends)


def _agreed(ends: list[float]) -> float | None:
    """The outermost end, given first, when another rule ends there too."""
    return ends[0] if len(ends) > 1 and abs(ends[0] - ends[1]) <= SNAP else None


def _reach(rules: list[Rule], first: float | None, last: float | None) -> tuple[float, float]:
    """From the first of the rules to the last, those not drawn among them."""
    positions = [*(rule.position for rule in rules), *(side for side in (first, last) if side is not None)]
    return min(positions), max(positions)


def _between(sides: tuple[float | None, float | None], reach: tuple[float, float]) -> list[Rule]:
    """The sides not drawn as rules of that reach."""
    return [Rule(side, *reach) for side in sides if side is not None]


def _positions(rules: list[Rule]) -> list[float]:
    return sorted({rule.position for rule in rules})


@dataclass(frozen=True, slots=True)
class _Walls:
    """The squares of a grid, and their sides that are drawn: `upright` `(row, edge)`, `level` `(edge, column)`."""

    height: int
    width: int
    upright: frozenset[tuple[int, int]]
    level: frozenset[tuple[int, int]]


def _walls(xs: list[float], ys: list[float], rows: list[Rule], columns: list[Rule]) -> _Walls:
    at_x, at_y = {x: edge for edge, x in enumerate(xs)}, {y: edge for edge, y in enumerate(ys)}
    beside, below = _sides(ys), _sides(xs)
    return _Walls(
        len(ys) - 1,
        len(xs) - 1,
        upright=frozenset((row, at_x[rule.position]) for rule in columns for row in _covered(rule, beside)),
        level=frozenset((at_y[rule.position], column) for rule in rows for column in _covered(rule, below)),
    )


def _sides(edges: list[float]) -> tuple[list[float], list[float]]:
    """Where a rule must begin at the latest, and where it may end, to be a side of each square."""
    quarters = [((end - start) / 4, start, end) for start, end in pairwise(edges)]
    return [start + quarter for quarter, start, _ in quarters], [end - quarter for quarter, _, end in quarters]


def _covered(rule: Rule, sides: tuple[list[float], list[float]]) -> range:
    """The squares whose side the rule covers, but for a quarter at either end."""
    latest, earliest = sides
    return range(bisect_left(latest, rule.start), bisect_right(earliest, rule.end))


def _is_closed(walls: _Walls, row: int, column: int) -> bool:
    beside, over = walls.upright, walls.level
    is_walled = (row, column) in beside and (row, column + 1) in beside
    return is_walled and (row, column) in over and (row + 1, column) in over


def _neighbours(walls: _Walls, row: int, column: int) -> Iterator[tuple[int, int]]:
    """The squares, and places outside of the grid, that no rule parts from this one."""
    if (row, column) not in walls.upright:
        yield row, column - 1
    if (row, column + 1) not in walls.upright:
        yield row, column + 1
    if (row, column) not in walls.level:
        yield row - 1, column
    if (row + 1, column) not in walls.level:
        yield row + 1, column


def _slots(walls: _Walls) -> list[Slot]:
    slots: list[Slot] = []
    taken: set[tuple[int, int]] = set()
    for start in product(range(walls.height), range(walls.width)):
        if start in taken:
            continue
        if _is_closed(walls, *start):
            slots.append(Slot(*start, 1, 1))
        else:
            area, open_sides = _area(start, walls)
            taken |= area
            if open_sides < 2:  # a corner cut out of the table is open at two sides, a rule forgotten at one
                slots.extend(_rectangles(area))
    return sorted(slots, key=lambda slot: (slot.row, slot.column))


def _area(start: tuple[int, int], walls: _Walls) -> tuple[set[tuple[int, int]], int]:
    """The squares that hang together with `start`, and at how many sides of the table they lie open."""
    area, waiting, sides = {start}, [start], set()
    while waiting:
        for square in _neighbours(walls, *waiting.pop()):
            row, column = square
            if 0 <= row < walls.height and 0 <= column < walls.width:
                if square not in area:
                    area.add(square)
                    waiting.append(square)
            else:
                sides.add((row < 0) - (row >= walls.height) or 2 * (column < 0) - 2 * (column >= walls.width))
    return area, len(sides)


def _rectangles(area: set[tuple[int, int]]) -> Iterator[Slot]:
    """The area cut into rectangles from the top left; one, unless a rule ends in the middle of it."""
    left = set(area)
    while left:
        row, column = min(left)
        width = next(n for n in count(1) if (row, column + n) not in left)
        height = next(n for n in count(1) if any((row + n, column + w) not in left for w in range(width)))
        left -= {(row + h, column + w) for h in range(height) for w in range(width)}
        yield Slot(row, column, height, width)


def compressed(xs: list[float], ys: list[float], slots: list[Slot]) -> Grid:
    """A grid without the edges at which no cell begins or ends."""
    columns = sorted({slot.column for slot in slots} | {slot.column + slot.column_span for slot in slots})
    rows = sorted({slot.row for slot in slots} | {slot.row + slot.row_span for slot in slots})
    if len(columns) == len(xs) and len(rows) == len(ys):
        return Grid(tuple(xs), tuple(ys), tuple(slots))
    column_of, row_of = {old: new for new, old in enumerate(columns)}, {old: new for new, old in enumerate(rows)}
    moved = tuple(
        Slot(
            row_of[slot.row],
            column_of[slot.column],
            row_of[slot.row + slot.row_span] - row_of[slot.row],
            column_of[slot.column + slot.column_span] - column_of[slot.column],
        )
        for slot in slots
    )
    return Grid(tuple(xs[edge] for edge in columns), tuple(ys[edge] for edge in rows), moved)
