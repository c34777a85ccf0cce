"""Characters and rules of PDF pages by pdfplumber: slower than pdfium, an independent second reading."""

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import pairwise, product
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect

from extract.pdf.printed_page import (
    LARGEST_SIDE,
    MOST_DRAWN,
    MOST_PAGES,
    SKEW,
    STRAIGHT,
    THIN,
    UNMAPPED,
    BrokenPage,
    Character,
    PrintedPage,
    runs_of,
)
from ontology.errors import UnreadableDocument
from ontology.facts import Box
from ontology.findings import said

Point = tuple[float, float]

_DOUBLED = 0.1  # of its height: the same character within a step or two of this is one struck twice to look bold
_LEAST_STEP = 0.3  # points


def pages(data: bytes, file: str) -> Iterator[PrintedPage | BrokenPage]:
    """The pages of a PDF in order. Raises UnreadableDocument when the file as a whole cannot be opened."""
    with closing(_opened(data, file)) as document:
        if not 0 < len(document.pages) <= MOST_PAGES:
            raise UnreadableDocument(file, f"{len(document.pages)} pages", f"a PDF of 1 to {MOST_PAGES} pages is read")
        for page in document.pages:
            yield _page(page)
            page.close()


def _opened(data: bytes, file: str) -> Any:
    # pdfminer meets damaged files with any exception, not only with its own
    try:
        document = pdfplumber.open(io.BytesIO(data), unicode_norm=None)
        document.pages  # noqa: B018 - found and kept by pdfplumber now, that the damage shows
    except Exception as error:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in (error, *error.args)):
            raise UnreadableDocument(file, "protected by a password", "save a copy without password") from error
        raise UnreadableDocument(file, "a damaged PDF", "fetch or save it again") from error
    return document


def _page(page: Any) -> PrintedPage | BrokenPage:
    try:
        return _read(page)
    except Exception as error:  # as above
        return BrokenPage(page.page_number, str(error) or type(error).__name__)


def _read(page: Any) -> PrintedPage:
    width, height = float(page.width), float(page.height)
    if not (0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE):
        raise ValueError(said("page_size", width=round(width), height=round(height)))
    if max(len(page.chars), len(page.rects) + len(page.lines)) > MOST_DRAWN:
        raise ValueError(said("too_many_marks", count=MOST_DRAWN))
    left, top = page.bbox[:2]
    characters = [_character(char, left, top) for char in page.chars if _turn(char) is not None]
    shown = [c for c in characters if 0 <= (c.x0 + c.x1) / 2 <= width and 0 <= (c.top + c.bottom) / 2 <= height]
    return PrintedPage(
        page.page_number,
        width,
        height,
        tuple(runs_of(list(_once(shown)))),
        tuple((x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in _boxes(page)),
        images=len(page.images),
        unmapped=sum(character.text == UNMAPPED for character in shown),
        skewed=sum(_turn(char) is None for char in page.chars),
    )


def _character(char: Any, left: float, top: float) -> Character:
    text = UNMAPPED if char["text"].startswith("(cid:") else char["text"]
    turn = _turn(char) or 0
    origin_x, origin_y = char["matrix"][4], char["top"] + char["y1"] - char["matrix"][5]
    baseline = origin_x - left if turn in (90, 270) else origin_y - top
    box = char["x0"] - left, char["top"] - top, char["x1"] - left, char["bottom"] - top
    return Character(text, *box, baseline, turn)


def _turn(char: Any) -> int | None:
    """The direction of a character in degrees clockwise as seen; None when it is slanted."""
    a, b = char["matrix"][:2]
    degrees = -math.degrees(math.atan2(b, a)) % 360
    nearest = round(degrees / 90) * 90
    return nearest % 360 if abs(degrees - nearest) <= SKEW else None


def _once(characters: Iterable[Character]) -> Iterator[Character]:
    """The characters without those struck twice."""
    seen: set[tuple[str, int, int]] = set()
    for character in characters:
        step = max(_DOUBLED * (character.bottom - character.top), _LEAST_STEP)
        x, y = round(character.x0 / step), round(character.top / step)
        if not any((character.text, x + dx, y + dy) in seen for dx, dy in product((-1, 0, 1), repeat=2)):
            yield character
        seen.add((character.text, x, y))


def _boxes(page: Any) -> Iterator[Box]:
    """The bounds of every rule and stroked frame; backgrounds, slanted lines and curves are not rules."""
    for path in [*page.rects, *page.lines, *page.curves]:
        for points in _subpaths(path["path"]):
            sides = [_around(pair) for pair in pairwise(points)]
            if _is_thin(_around(points)):
                yield _around(points)
            elif path["stroke"]:
                yield from (side for side in sides if min(side[2] - side[0], side[3] - side[1]) <= STRAIGHT)


def _subpaths(steps: list[tuple[Any, ...]]) -> Iterator[list[Point]]:
    """The corners of every piece of a path, the first one repeated where it is closed. Curved pieces are left out."""
    pieces: list[list[tuple[Any, ...]]] = []
    for step in steps:
        if step[0] == "m" or not pieces:
            pieces.append([])
        pieces[-1].append(step)
    for piece in pieces:
        points = [step[1] for step in piece if step[0] in "ml"]
        if len(points) > 1 and all(step[0] in "mlh" for step in piece):
            yield points + points[:1] * (piece[-1][0] == "h")


def _around(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _is_thin(box: Box) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) < THIN
