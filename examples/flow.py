"""Lines and grids flow over pages: wrapping, page breaks, repeated headings, merged cells that go on overleaf."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from examples.grid import Align, Cell, Grid

PORTRAIT = (595.28, 841.89)
LANDSCAPE = (841.89, 595.28)
NOT_FIRST = set("、，。；：！？）】〕》”’%％)]>")
NOT_LAST = set("（【〔《“‘([<＜＞")
PADDING = 3.0

Measure = Callable[[str, float], float]
"""The width of a text in a size, in points."""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `y` is its baseline from the foot of the page."""

    x: float
    y: float
    size: float
    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size, its lines of text and its rules (x0, y0, x1, y1)."""

    size: tuple[float, float]
    texts: list[Text] = field(default_factory=list)
    rules: set[tuple[float, float, float, float]] = field(default_factory=set)


def wrap(text: str, width: float, size: float, measure: Measure, indent: float = 0.0) -> list[str]:
    """`text` in lines no wider than `width`: between Chinese characters, not inside a number or a Latin word that fits.

    The first line is shorter by `indent`. No line begins with a closing mark or ends with an opening one.
    """
    lines: list[str] = []
    line: list[str] = []
    room = width - indent
    for piece in _pieces(text, width, size, measure):
        if line and measure("".join(line) + piece, size) > room:
            kept = _kept(line, piece)
            lines.append("".join(line[:kept]))
            line, room = line[kept:], width
        line.append(piece)
    return [*lines, "".join(line)]


def _kept(line: Sequence[str], piece: str) -> int:
    """How many pieces stay on `line` when `piece` goes to the next: all, unless a mark would begin or end a line."""
    for kept in range(len(line), max(0, len(line) - 6), -1):
        first = [*line, piece][kept][0]
        if first not in NOT_FIRST and line[kept - 1][-1] not in NOT_LAST:
            return kept
    return len(line)


def _pieces(text: str, width: float, size: float, measure: Measure) -> list[str]:
    """What a line break may separate: single characters, but runs of ASCII together unless wider than a line."""
    pieces: list[str] = []
    for char in text:
        joined = pieces and char.isascii() and pieces[-1][-1].isascii() and char != " " and pieces[-1][-1] != " "
        if joined and measure(pieces[-1] + char, size) <= width:
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


class Flow:
    """The pages so far and the place where the next line goes."""

    def __init__(self, measure: Measure, margin: float = 72.0, foot: float = 64.0) -> None:
        self.measure = measure
        self.margin = margin
        self.foot = foot
        self.pages: list[Page] = []
        self.y = 0.0

    @property
    def page(self) -> Page:
        """The page being filled."""
        return self.pages[-1]

    @property
    def width(self) -> float:
        """The width between the margins."""
        return self.page.size[0] - 2 * self.margin

    def new_page(self, landscape: bool = False, margin: float = 72.0) -> None:
        """Begin a page."""
        self.pages.append(Page(LANDSCAPE if landscape else PORTRAIT))
        self.margin = margin
        self.y = self.page.size[1] - max(margin, 54.0)

    def lines(
        self, text: str, size: float, leading: float, align: Align = "left", indent: float = 0.0, bold: bool = False
    ) -> None:
        """Set a paragraph; it goes on overleaf where the page ends."""
        for n, line in enumerate(wrap(text, self.width, size, self.measure, indent)):
            if self.y - leading < self.foot:
                self.new_page(self.page.size == LANDSCAPE, self.margin)
            self.y -= leading
            x = self.margin + (indent if n == 0 else 0.0) + self._shift(line, size, align, self.width)
            self.page.texts.append(Text(x, self.y + 0.25 * size, size, line, bold))

    def line_between(self, left: str, right: str, size: float, leading: float) -> None:
        """One line with a text at each margin."""
        self.y -= leading
        right_x = self.margin + self.width - self.measure(right, size)
        self.page.texts.extend([Text(self.margin, self.y + 3, size, left), Text(right_x, self.y + 3, size, right)])

    def grid(self, grid: Grid, size: float, least: float, again: Callable[[], None]) -> None:
        """Rule and fill `grid`. Where a page ends, `again` begins the next one before the repeated rows."""
        edges = self._edges(grid)
        heights = row_heights(grid, edges, size, least, self.measure)
        head = sum(heights[: grid.repeated])
        said: set[Cell] = set()
        row = 0
        while row < grid.rows:
            start = max(row, grid.repeated)
            end, room = start, self.y - self.foot - head
            while end < grid.rows and heights[end] <= room:
                room -= heights[end]
                end += 1
            if end == start < grid.rows:
                if heights[start] > PORTRAIT[0] / 2:
                    raise ValueError(f"row {start} is too high for any page")
                again()
                edges = self._edges(grid)
                continue
            said -= {cell for cell in grid.cells if cell.row < grid.repeated}
            self._band(grid, edges, heights, [*range(grid.repeated), *range(start, end)], size, said)
            row = end
            if row < grid.rows:
                again()

    def _edges(self, grid: Grid) -> list[float]:
        scale = self.width / sum(grid.widths)
        edges = [self.margin]
        for width in grid.widths:
            edges.append(round(edges[-1] + width * scale, 2))
        return edges

    def _band(
        self,
        grid: Grid,
        edges: Sequence[float],
        heights: Sequence[float],
        rows: list[int],
        size: float,
        said: set[Cell],
    ) -> None:
        """Draw the given rows at the current place; the text of a cell cut by the page break goes where it has room."""
        tops: dict[int, float] = {}
        for row in rows:
            tops[row] = round(self.y, 2)
            self.y -= heights[row]
        last = {row: round(tops[row] - heights[row], 2) for row in rows}
        for cell in grid.cells:
            here = [row for row in range(cell.row, cell.row + cell.rows) if row in tops]
            if not here:
                continue
            box = (edges[cell.column], last[here[-1]], edges[cell.column + cell.columns], tops[here[0]])
            self._rule(box)
            ends = here[-1] == cell.row + cell.rows - 1
            if cell not in said and (ends or height_of(cell, edges, size, self.measure) <= box[3] - box[1]):
                self._fill(cell, box, size)
                said.add(cell)

    def _rule(self, box: tuple[float, float, float, float]) -> None:
        x0, y0, x1, y1 = box
        self.page.rules.update({(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)})

    def _fill(self, cell: Cell, box: tuple[float, float, float, float], size: float) -> None:
        x0, y0, x1, y1 = box
        room = x1 - x0 - 2 * PADDING
        lines = wrap(cell.text, room, size, self.measure)
        leading = size * 1.25
        y = (y0 + y1) / 2 + leading * len(lines) / 2
        for line in lines:
            y -= leading
            x = x0 + PADDING + self._shift(line, size, cell.align, room)
            self.page.texts.append(Text(x, y + 0.3 * size, size, line))

    def _shift(self, line: str, size: float, align: Align, room: float) -> float:
        spare = room - self.measure(line, size)
        return {"left": 0.0, "centre": spare / 2, "right": spare}[align]


def row_heights(grid: Grid, edges: Sequence[float], size: float, least: float, measure: Measure) -> list[float]:
    """Row heights in which every cell has room; a merged cell too tall for its rows stretches the last of them."""
    heights = [least] * grid.rows
    for cell in sorted(grid.cells, key=lambda cell: cell.rows):
        needed = height_of(cell, edges, size, measure)
        covered = sum(heights[cell.row : cell.row + cell.rows])
        heights[cell.row + cell.rows - 1] += max(0.0, needed - covered)
    return heights


def height_of(cell: Cell, edges: Sequence[float], size: float, measure: Measure) -> float:
    """The height that the text of `cell` needs."""
    room = edges[cell.column + cell.columns] - edges[cell.column] - 2 * PADDING
    return len(wrap(cell.text, room, size, measure)) * size * 1.25 + 2 * PADDING
