"""Whether words stand in a document at the place that a claim names: file, page or line, box."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Any

from extract.document import Document, Line
from ontology.facts import Box
from ontology.text import key, unradical

_WIDEST = 10_000.0
_MERGED = 2  # the first cells of a row, which may have begun rows above, on the page before perhaps
_LINES_BEFORE = 12  # of a text: the first cells of a form's row may stand above the line of its figures
_LINES_AFTER = 40  # of a text, and two more for each line of the words: blank lines may stand between
_RUN_ON = 60  # lines or cells
_FIGURE = re.compile(r"-?[\d.,]+%?")
_LOST_NUMBER = re.compile(r"\d[.,、]")
_WITHIN_NUMBER = re.compile(r"\d\|[.,]?\d|\d[.,]\|\d")

Piece = tuple[str, Box | None]


def place_verdict(claim: dict[str, Any], document: Document) -> str:
    """verified, elsewhere (on the page, not at the place) or words_not_found."""
    words, page, line, box = claim["words"], claim.get("page"), claim.get("line"), _box(claim.get("bbox"))
    pieces = list(_texts(document, page, line, _LINES_AFTER + 2 * words.count("\n")))
    overleaf = list(_texts(document, page + 1, None)) if page is not None else []  # words may run on there
    there = [text for text, _ in _from_place(pieces, overleaf, box)]
    if box and claim.get("column") is not None and not {"\t", "\n"} & set(words):  # one figure: that cell, nothing else
        there = [text for text, at in pieces if at and _meets(at, box) and folded(text) == folded(words)]
    row = "\t" in words
    if row and box:  # cells of a row: the box is that of one of them
        level = (0.0, box[1], _WIDEST, box[3])
        beside = [text for text, at in pieces if at is not None and _meets(at, level)]
        over_rows = len(words.split("\t")) > len(beside) + _MERGED  # the head of a form
        there = [*there, *beside] if over_rows else beside
    before = list(_texts(document, page - 1, None)) if page is not None else list(_texts(document, None, None))
    around = [text for text, _ in (*before, *pieces, *overleaf)]
    missing = _missing(words, there)
    merged = set(map(folded, "\n".join(words.split("\t")[:_MERGED]).split("\n")))
    if not missing or (row and merged.issuperset(missing) and not _missing("\n".join(missing), around)):
        return "verified"
    return "words_not_found" if _missing(words, around) else "elsewhere"


def _missing(words: str, texts: list[str], *, at_first: bool = False) -> list[str]:
    """The printed pieces of the words (lines, cells) that are in none of the texts; none where all stand together.

    Where `at_first` is wanted they have to begin in the first text. A piece that is a figure has to stand alone:
    to be a text, a line, or between blanks.
    """
    if texts and _stands(folded(words), texts, at_first=at_first):
        return []
    pieces = [folded(piece) for piece in words.replace("\t", "\n").split("\n") if piece.strip()]
    if "\t" in words and not all(cell.strip() for cell in words.split("\t")):  # cells that hold nothing are not quoted
        return [words]
    if at_first and pieces and not _stands(pieces[0], texts[:1]):
        return pieces
    lines = {folded(part) for text in texts for part in (*text.split("\n"), *text.split(), text)}
    missing = [
        piece for piece in pieces
        if (piece not in lines if _FIGURE.fullmatch(piece) else not any(_stands(piece, [text]) for text in texts))
    ]  # fmt: skip
    return missing or ([] if pieces else [words])


def _stands(words: str, texts: list[str], *, at_first: bool = False) -> bool:
    """Whether words stand in texts that follow each other, without beginning or ending within a printed number."""
    parts = [folded(part) for text in texts for part in text.split()]
    joined, ends = "".join(parts), {0, *accumulate(map(len, parts))}
    at = joined.find(words)
    while at >= 0 and not (at_first and at >= len(folded(texts[0]))):
        if all(edge in ends or not _cuts_number(joined, edge) for edge in (at, at + len(words))):
            return not _LOST_NUMBER.search(joined[max(0, at - 1) : at + 1]) or at in ends
        at = joined.find(words, at + 1)
    return False


def _cuts_number(text: str, at: int) -> bool:
    """Whether a position is within the digits of a number: `7.3|8`, `7|.38`, `1,|250`."""
    return _WITHIN_NUMBER.search(text[max(0, at - 2) : at] + "|" + text[at : at + 2]) is not None


def _from_place(pieces: list[Piece], overleaf: list[Piece], box: Box | None) -> list[Piece]:
    """The pieces from the first that lies in the box on: words may run on over lines and cells below it."""
    if box is None:
        return [*pieces, *overleaf]
    first = next((n for n, (_, at) in enumerate(pieces) if at is not None and _meets(at, box)), len(pieces))
    return [*pieces[first:], *overleaf][:_RUN_ON] if first < len(pieces) else []


def _texts(document: Document, page: int | None, line: int | None, lines: int = _LINES_AFTER) -> Iterator[Piece]:
    """What is printed on a page, or on so many lines of a text file from a line on, with its place."""
    for block in document.blocks:
        pieces = [block] if isinstance(block, Line) else block.cells
        for piece in pieces:
            if (page is None or piece.page in (None, page)) and (line is None or _follows(piece.line, line, lines)):
                yield piece.text, piece.bbox


def _follows(at: int | None, line: int, lines: int) -> bool:
    return at is not None and line - _LINES_BEFORE <= at < line + lines


def _meets(one: Box, other: Box) -> bool:
    """Whether two boxes share more than half of the lower one's height and of the narrower one's width."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    width, height = min(one[2] - one[0], other[2] - other[0]), min(one[3] - one[1], other[3] - other[1])
    return across > width / 2 and down > height / 2


def _box(text: str | None) -> Box | None:
    if not text:
        return None
    x0, top, x1, bottom = map(float, text.split(","))
    return x0, top, x1, bottom


@lru_cache(maxsize=1 << 16)  # every claim of a page asks for all of its texts
def folded(text: str) -> str:
    """The text as places are compared: radicals, width and white space folded."""
    return key(unradical(text))
