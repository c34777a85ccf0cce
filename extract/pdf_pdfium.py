"""Characters and rules of PDF pages by pypdfium2: the default engine."""

import ctypes
import math
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from extract.pdf_pdfium_paths import drawing
from extract.printed_page import (
    LARGEST_SIDE,
    MOST_DRAWN,
    MOST_PAGES,
    SKEW,
    UNMAPPED,
    BrokenPage,
    Character,
    PrintedPage,
    turn_box,
)
from ontology.errors import UnreadableDocument
from ontology.facts import Box

_SLANTED = -1
_HYPHENS = {"\x02": "-", "\ufffe": "-"}  # how pdfium marks a hyphen at the end of a line
_PASSWORD = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)


def pages(data: bytes, file: str) -> Iterator[PrintedPage | BrokenPage]:
    """The pages of a PDF in order. Raises UnreadableDocument when the file as a whole cannot be opened.

    pdfium is not thread-safe: one reader a process at a time.
    """
    with closing(_opened(data, file)) as document:
        if not 0 < len(document) <= MOST_PAGES:
            raise UnreadableDocument(file, f"{len(document)} pages", f"a PDF of 1 to {MOST_PAGES} pages is read")
        for index in range(len(document)):
            yield _page(document, index)


def _opened(data: bytes, file: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in _PASSWORD:
            raise UnreadableDocument(file, "protected by a password", "save a copy without password") from error
        raise UnreadableDocument(file, "a damaged PDF", "fetch or save it again") from error


def _page(document: pypdfium2.PdfDocument, index: int) -> PrintedPage | BrokenPage:
    try:
        with closing(document[index]) as page:
            return _read(page, index + 1)
    except (pypdfium2.PdfiumError, ValueError, MemoryError, RecursionError) as error:
        return BrokenPage(index + 1, str(error) or type(error).__name__)


def _read(page: pypdfium2.PdfPage, number: int) -> PrintedPage:
    width, height = page.get_size()
    if not (0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE):
        raise ValueError(f"a page of {width:.0f} × {height:.0f} points")
    view = _view(page)
    drawn = drawing(page.raw)
    found = _characters(page, view)
    boxes = tuple(_seen(view, *bounds) for bounds in drawn.bounds)
    return PrintedPage(
        number,
        width,
        height,
        tuple(found.shown),
        boxes,
        drawn.images,
        found.unmapped,
        found.skewed,
        borrowed=bool(drawn.missing_fonts),
    )


@dataclass(frozen=True, slots=True)
class _View:
    """How the page's own coordinates (from the bottom left of the paper) become what is seen, from its top left."""

    left: float
    top: float
    paper: tuple[float, float]
    rotation: int
    size: tuple[float, float]


def _view(page: pypdfium2.PdfPage) -> _View:
    left, bottom, right, top = page.get_bbox()
    return _View(left, top, (right - left, top - bottom), page.get_rotation(), page.get_size())


def _seen(view: _View, left: float, bottom: float, right: float, top: float) -> Box:
    box = left - view.left, view.top - top, right - view.left, view.top - bottom
    return turn_box(box, view.rotation, *view.paper)


def _is_shown(view: _View, box: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return 0 <= x <= view.size[0] and 0 <= y <= view.size[1]


class _Found(NamedTuple):
    """The characters seen on the page, and the counts of those not mapped to text and of those slanted."""

    shown: list[Character]
    unmapped: int
    skewed: int


def _characters(page: pypdfium2.PdfPage, view: _View) -> _Found:
    with closing(page.get_textpage()) as textpage:
        count = textpage.count_chars()
        if count > MOST_DRAWN:
            raise ValueError(f"{count} characters on one page")
        found = list(_characters_of(textpage.raw, count, view))
    return _Found(
        shown=[character for character in found if character.turn != _SLANTED],
        unmapped=sum(character.text == UNMAPPED for character in found),
        skewed=sum(character.turn == _SLANTED for character in found),
    )


def _characters_of(text: Any, count: int, view: _View) -> Iterator[Character]:
    """The characters on the shown part of the page; line ends and spaces that pdfium itself puts in are left out."""
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for index in range(count):
        char = chr(pdfium.FPDFText_GetUnicode(text, index))
        if char in "\r\n" or (char == " " and pdfium.FPDFText_IsGenerated(text, index)):
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        seen = _seen(view, box.left, box.bottom, box.right, box.top)
        if not _is_shown(view, seen):
            continue
        if char == "\0" or pdfium.FPDFText_HasUnicodeMapError(text, index):
            char = UNMAPPED
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        origin = _seen(view, x.value, y.value, x.value, y.value)
        turn = _turn(pdfium.FPDFText_GetCharAngle(text, index), view.rotation)
        yield Character(_HYPHENS.get(char, char), *seen, origin[0] if turn in (90, 270) else origin[1], turn)


def _turn(angle: float, rotation: int) -> int:
    """The direction of a character in degrees clockwise as seen, or _SLANTED; `angle` is clockwise, too."""
    degrees = (math.degrees(angle) + rotation) % 360
    nearest = round(degrees / 90) * 90
    return nearest % 360 if abs(degrees - nearest) <= SKEW else _SLANTED
