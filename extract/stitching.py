"""Tables that run over pages: which parts are one table, and the one table made of them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.cut_rows import CutRow, mended
from extract.page_contents import PageContents, PageTable
from extract.pieces import Piece, text_of
from extract.rules import SNAP
from ontology.money import is_amount
from ontology.text import tight

_ROOM = 0.2  # of the page's height: a table with more room than this below it was not broken by the page

Edges = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What one page holds of a table.

    `opens` and `closes`: nothing stands between it and the start or the end of the page. `room` is the height below it,
    in points, down to where pages of this document end.
    """

    page: PageContents
    table: PageTable
    opens: bool
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


def stitched(pages: Sequence[PageContents]) -> list[Whole]:
    """The tables of a document in reading order, those joined that a page break parts.

    The first table of a page continues the last one of the page before when nothing stands between them, their
    columns agree (one may have finer columns than the other) and either the rows of the heading are repeated, which
    are then dropped, or the table before reached down to where pages end. A form that begins anew is not a
    continuation.
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
    others = [line.bbox for line in page.lines] + [other.grid.bbox for other in page.tables if other is not table]
    return Part(
        page,
        table,
        opens=all(box[1] >= top for box in others),
        closes=all(box[3] <= bottom for box in others),
        room=lowest - bottom,
    )


def _continues(chain: list[Part], part: Part) -> bool:
    before = chain[-1]
    if not (before.closes and part.opens and part.page.number == before.page.number + 1):
        return False
    edges = _common(_edges_of(chain), part.edges)
    if edges is None:
        return False
    table, more = _pieces(chain[0], edges), _pieces(part, edges)
    repeated = _repeated_rows(table, more)
    if repeated:
        rows = len(part.table.grid.ys) - 1
        return repeated < rows and not all(_same_label(table, more, row) for row in (repeated, repeated + 1))
    return before.room <= _ROOM * part.page.height and not _same_label(table, more, 0)


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
    columns = [_nearest(edges, edge) for edge in part.edges]
    grid = part.table.grid
    pieces = []
    for slot, lines in zip(grid.slots, part.table.lines, strict=True):
        first, after = columns[slot.column], columns[slot.column + slot.column_span]
        if first is None or after is None:
            raise ValueError("columns of a part that does not belong to the table")
        pieces.append(
            Piece(slot.row, first, slot.row_span, after - first, lines, part.page, grid.box(slot))
        )
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
    pieces = _pieces(chain[0], edges)
    cuts: list[CutRow] = []
    for before, part in pairwise(chain):
        more = _pieces(part, edges)
        dropped = _repeated_rows(_pieces(chain[0], edges), more)
        more = [replace(piece, row=piece.row - dropped) for piece in more if piece.row >= dropped]
        pieces, cut = mended(pieces, more, before.room)
        cuts += [cut] if cut else []
    return Whole(tuple(pieces), tuple(chain), tuple(cuts))
