"""Tables that run over pages: which parts are one table, and the one table made of them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.pdf.cut_rows import CutRow, mended
from extract.pdf.page_contents import PageContents, PageTable
from extract.pdf.pieces import Piece, text_of
from extract.pdf.printed_text import PrintedLine
from extract.pdf.rules import SNAP
from ontology.money import is_amount
from ontology.text import tight

_ROOM = 0.2  # of the page's height: a table with more room than this below it was not broken by the page

Edges = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What one page holds of a table.

    `above` are the lines between it and the start of the page, None where another table stands there. `closes`:
    nothing stands below it. `room` is the height below it, in points, down to where pages of this document end.
    """

    page: PageContents
    table: PageTable
    above: tuple[PrintedLine, ...] | None
    closes: bool
    room: float

    @property
    def edges(self) -> Edges:
        left = self.table.grid.xs[0]
        return tuple(x - left for x in self.table.grid.xs)


@dataclass(frozen=True, slots=True)
class Whole:
    """A table over all its pages, and the rows in which a page break may have cut a row in two."""

    pieces: tuple[Piece, ...]
    parts: tuple[Part, ...]
    cuts: tuple[CutRow, ...] = ()

    def repeated_lines(self) -> set[tuple[int, PrintedLine]]:
        """The lines above the first part that are printed again above the later ones, by page."""
        return {(part.page.number, line) for part in self.parts[1:] for line in part.above or ()}


def stitched(pages: Sequence[PageContents]) -> list[Whole]:
    """The tables of a document in reading order, those joined that a page break parts.

    The first table of a page continues the last one of the page before when nothing stands between them, their
    columns agree (one may have finer columns than the other) and either the rows of the heading are repeated, which
    are then dropped, or the table before reached down to where pages end. Where the heading is repeated, the lines
    above the table may be, too. A form that begins anew is not a continuation.
    """
    chains: list[list[Part]] = []
    for part in _parts(pages):
        if chains and _continues(chains[-1], part):
            chains[-1].append(part)
        else:
            chains.append([part])
    return [_whole(chain) for chain in chains]


def _parts(pages: Sequence[PageContents]) -> list[Part]:
    lowest: dict[int, float] = {}
    for page in pages:
        bottoms = [line.bbox[3] for line in page.lines] + [table.grid.bbox[3] for table in page.tables]
        height = round(page.height)
        lowest[height] = max([lowest.get(height, 0.0), *bottoms])
    return [_part(page, table, lowest[round(page.height)]) for page in pages for table in page.tables]


def _part(page: PageContents, table: PageTable, lowest: float) -> Part:
    _, top, _, bottom = table.grid.bbox
    tables = [other.grid.bbox for other in page.tables if other is not table]
    first = all(box[1] >= top for box in tables)
    return Part(
        page,
        table,
        above=tuple(line for line in page.lines if line.bbox[1] < top) if first else None,
        closes=all(box[3] <= bottom for box in [*tables, *(line.bbox for line in page.lines)]),
        room=lowest - bottom,
    )


def _continues(chain: list[Part], part: Part) -> bool:
    before = chain[-1]
    if not before.closes or part.above is None or part.page.number != before.page.number + 1:
        return False
    edges = _common(_edges_of(chain), part.edges)
    if edges is None:
        return False
    table, more = _pieces(chain[0], edges), _pieces(part, edges)
    repeated = _repeated_rows(table, more)
    if repeated:
        anew = repeated == len(part.table.grid.ys) - 1 or all(_same_label(table, more, repeated + n) for n in (0, 1))
        return _repeats_lines(chain[0], part) and not anew
    return not part.above and before.room <= _ROOM * part.page.height and not _same_label(table, more, 0)


def _repeats_lines(first: Part, part: Part) -> bool:
    """Whether all lines above the part are the last ones above the first part, printed again."""
    texts, lines = ([tight(line.text) for line in p.above or ()] for p in (first, part))
    return not lines or texts[-len(lines) :] == lines


def _edges_of(chain: list[Part]) -> Edges:
    """The finest columns of the chain."""
    return max((part.edges for part in chain), key=len)


def _common(one: Edges, other: Edges) -> Edges | None:
    """The finer of the two when every edge of the coarser one is an edge of it."""
    coarse, fine = sorted((one, other), key=len)
    if abs(coarse[-1] - fine[-1]) > SNAP or any(_nearest(fine, edge) is None for edge in coarse):
        return None
    return fine


def _nearest(edges: Edges, edge: float) -> int | None:
    at = bisect_left(edges, edge - SNAP)
    near = [index for index in range(at, min(at + 3, len(edges))) if abs(edges[index] - edge) <= SNAP]
    return min(near, key=lambda index: abs(edges[index] - edge)) if near else None


def _pieces(part: Part, edges: Edges) -> list[Piece]:
    """The cells of one part with their columns counted by the common edges."""
    grid, page = part.table.grid, part.page
    columns = [edge for edge in (_nearest(edges, edge) for edge in part.edges) if edge is not None]
    if len(columns) != len(grid.xs):
        raise ValueError("columns of a part that does not belong to the table")
    xs, ys, pieces = grid.xs, grid.ys, []
    for (row, column, row_span, column_span), lines in zip(grid.slots, part.table.lines, strict=True):
        right, first = column + column_span, columns[column]
        box = xs[column], ys[row], xs[right], ys[row + row_span]
        pieces.append(Piece(row, first, row_span, columns[right] - first, lines, page, box))
    return pieces


def _repeated_rows(table: list[Piece], more: list[Piece]) -> int:
    """How many rows at the head of `more` repeat the first rows of the table: same cells, same words, no amounts."""
    one, other = _rows(table), _rows(more)
    count = 0
    while count in one and count in other and _looks(one[count]) == _looks(other[count]):
        if any("." in text_of(piece) and is_amount(text_of(piece)) for piece in other[count]):
            break
        count += 1
    while count and any(piece.row + piece.row_span > count for row in range(count) for piece in other[row]):
        count -= 1
    return count


def _rows(pieces: list[Piece]) -> dict[int, list[Piece]]:
    rows: dict[int, list[Piece]] = {}
    for piece in pieces:
        rows.setdefault(piece.row, []).append(piece)
    return rows


def _looks(row: list[Piece]) -> list[tuple[int, int, int, str]]:
    return sorted((piece.column, piece.row_span, piece.column_span, tight(text_of(piece))) for piece in row)


def _same_label(table: list[Piece], more: list[Piece], row: int) -> bool:
    """Whether a row begins with the same words in both, not a code: forms of one kind have the same labels."""
    one, other = (next((p for p in pieces if p.row == row and p.lines), None) for pieces in (table, more))
    if one is None or other is None or is_amount(text_of(one)):
        return False
    return (one.column, tight(text_of(one))) == (other.column, tight(text_of(other)))


def _whole(chain: list[Part]) -> Whole:
    edges = _edges_of(chain)
    first = pieces = _pieces(chain[0], edges)
    cuts: list[CutRow] = []
    for before, part in pairwise(chain):
        more = _pieces(part, edges)
        dropped = _repeated_rows(first, more)
        more = [piece._replace(row=piece.row - dropped) for piece in more if piece.row >= dropped]
        pieces, cut = mended(pieces, more, before.room)
        cuts += [cut] if cut else []
    return Whole(tuple(pieces), tuple(chain), tuple(cuts))
