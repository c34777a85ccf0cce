"""Rows that a page break cuts in two: the tail at the head of the next page is put back where that is certain."""

import re
from dataclasses import dataclass

from extract.pdf.pieces import Piece, text_of
from extract.tables.forms import is_row_name
from ontology.money import is_amount
from ontology.text import key

_MOST_PADDING = 6.0  # points
_PARAGRAPH = 3  # lines
_SENTENCE_ENDS = tuple("。！？；.!?;")
_BRACKETS = {"(": ")", "（": "）", "《": "》", "〔": "〕", "“": "”", "【": "】"}
# a new item: 一、 （一） 1. 其中： or a code
_NUMBERED = re.compile(r"[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.]|其中:|\d{3,}")


@dataclass(frozen=True, slots=True)
class CutRow:
    """A row that may have been cut: the page of its head, its row in the table (0-based), whether it was mended."""

    page: int
    row: int
    mended: bool


def mended(table: list[Piece], more: list[Piece], room: float) -> tuple[list[Piece], CutRow | None]:
    """The table with the rows of the next page below it, and what is to be said of the row at the page break.

    The first row of `more` may be the tail of the last row of the table when a line of it had no `room` (points)
    below the table, it has no figure, begins no new item, and continues some but not all cells of the row above,
    of which one at least is full to the end of its last line. It is put back when that is certain, else left as a row.
    """
    rows = max(piece.row + piece.row_span for piece in table)
    head = {piece.column: piece for piece in table if piece.row + piece.row_span == rows}
    tail = [piece for piece in more if piece.row == 0 and piece.lines]
    below = [piece._replace(row=piece.row + rows) for piece in more]
    if not tail or room > _line_height(tail) or not _may_continue(head, tail):
        return table + below, None
    pairs = [(head[piece.column], piece) for piece in tail]
    if not any(_is_full(above) or _closes(above, piece) for above, piece in pairs):
        return table + below, None
    certain = _is_certain(pairs, table)
    cut = CutRow(pairs[0][0].page.number, rows - 1, certain)
    return (_merged(table, more, rows) if certain else table + below), cut


def _line_height(tail: list[Piece]) -> float:
    """The height that one line of the tail takes with the space around it."""
    longest = max(tail, key=lambda piece: len(piece.lines))
    return (longest.box[3] - longest.box[1]) / len(longest.lines)


def _may_continue(head: dict[int, Piece], tail: list[Piece]) -> bool:
    """Whether the tail has only words, each below words of the head, and goes on in some cells of the head only."""
    filled = {column for column, piece in head.items() if piece.lines and piece.row_span == 1}
    below = {piece.column for piece in tail}
    same_cells = all(p.row_span == 1 and p.column in head and p.column_span == head[p.column].column_span for p in tail)
    figures = any(is_amount(text_of(piece)) or _NUMBERED.match(key(text_of(piece))) for piece in tail)
    return same_cells and below < filled and not figures


def _is_certain(pairs: list[tuple[Piece, Piece]], table: list[Piece]) -> bool:
    """Whether a bracket opened above is closed below, the two are halves of known names of rows, or all cells are full
    and more than chance speaks for it.

    One full cell can be chance; two together, a paragraph that ends in mid-sentence, or an item without number in a
    column of numbered items are not.
    """
    if any(_closes(above, piece) for above, piece in pairs) or all(_makes_a_name(*pair) for pair in pairs):
        return True
    if not all(_is_full(above) for above, _ in pairs):
        return False
    above = pairs[0][0]
    paragraph = len(above.lines) >= _PARAGRAPH and not text_of(above).endswith(_SENTENCE_ENDS)
    return len(pairs) > 1 or paragraph or _is_numbered_column(above, table)


def _is_full(piece: Piece) -> bool:
    """Whether the last line of a cell has no room for another character."""
    if not piece.lines:
        return False
    x0, top, x1, bottom = piece.lines[-1].bbox
    padding = min(max(0.0, min(line.bbox[0] for line in piece.lines) - piece.box[0]), _MOST_PADDING)
    free = (piece.box[2] - piece.box[0]) - (x1 - x0) - 2 * padding
    return free < bottom - top


def _makes_a_name(above: Piece, below: Piece) -> bool:
    """Whether the two texts are a known name of a row together and the upper one alone is none."""
    head, tail = text_of(above), text_of(below)
    return is_row_name(head + tail) and not is_row_name(head)


def _closes(above: Piece, below: Piece) -> bool:
    """Whether the text below closes a bracket that the text above leaves open."""
    head, tail = text_of(above), text_of(below)
    return any(
        head.count(opening) == head.count(closing) + 1 and tail.count(closing) == tail.count(opening) + 1
        for opening, closing in _BRACKETS.items()
    )


def _is_numbered_column(above: Piece, table: list[Piece]) -> bool:
    """Whether the cell begins with a number of its own, as most cells of its column do."""
    texts = [key(text_of(piece)) for piece in table if piece.column == above.column and piece.lines]
    numbered = [text for text in texts if _NUMBERED.match(text)]
    return key(text_of(above)) in numbered and 2 * len(numbered) > len(texts)


def _merged(table: list[Piece], more: list[Piece], rows: int) -> list[Piece]:
    """The first row of `more` put into the last row of the table, the rest below it."""
    tails = {piece.column: piece for piece in more if piece.row == 0 and piece.row_span == 1}
    whole = [
        piece._replace(lines=piece.lines + tails[piece.column].lines)
        if piece.row + piece.row_span == rows and piece.column in tails
        else piece
        for piece in table
    ]
    taller = [p._replace(row=1, row_span=p.row_span - 1) for p in more if p.row == 0 and p.row_span > 1]
    rest = taller + [piece for piece in more if piece.row > 0]
    return whole + sorted((p._replace(row=p.row + rows - 1) for p in rest), key=lambda p: (p.row, p.column))
