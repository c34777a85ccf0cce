"""Characters and rules of PDF pages by pypdfium2: the default engine."""

import ctypes
import math
from collections.abc import Iterator
from contextlib import closing
from typing import Any

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
    view = _View(page)
    drawn = drawing(page.raw)
    characters, unmapped, skewed = _characters(page, view)
    boxes = tuple(view.box(*bounds) for bounds in drawn.bounds)
    return PrintedPage(
        number, width, height, characters, boxes, drawn.images, unmapped, skewed, bool(drawn.missing_fonts)
    )


class _View:
    """From the page's own coordinates (origin at the bottom left of the paper) to what is seen, from its top left."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.rotation: int = page.get_rotation()
        self.left, bottom, right, self.top = page.get_bbox()
        self.paper = right - self.left, self.top - bottom
        self.size = page.get_size()

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        box = left - self.left, self.top - top, right - self.left, self.top - bottom
        return turn_box(box, self.rotation, *self.paper)

    def shows(self, box: Box) -> bool:
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return bool(0 <= x <= self.size[0] and 0 <= y <= self.size[1])


def _characters(page: pypdfium2.PdfPage, view: _View) -> tuple[tuple[Character, ...], int, int]:
    with closing(page.get_textpage()) as textpage:
        count = textpage.count_chars()
        if count > MOST_DRAWN:
            raise ValueError(f"{count} characters on one page")
        return _characters_of(textpage.raw, count, view)


def _characters_of(text: Any, count: int, view: _View) -> tuple[tuple[Character, ...], int, int]:
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    characters, unmapped, skewed = [], 0, 0
    for index in range(count):
        char = chr(pdfium.FPDFText_GetUnicode(text, index))
        if char in "\r\n" or (char == " " and pdfium.FPDFText_IsGenerated(text, index)):
            continue
        char = _HYPHENS.get(char, char)
        if char in ("\0", UNMAPPED) or pdfium.FPDFText_HasUnicodeMapError(text, index):
            char, unmapped = UNMAPPED, unmapped + 1
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        seen = view.box(box.left, box.bottom, box.right, box.top)
        if not view.shows(seen):
            continue
        turn = _turn(pdfium.FPDFText_GetCharAngle(text, index), view.rotation)
        if turn is None:
            skewed += 1
            continue
        origin = view.box(x.value, y.value, x.value, y.value)
        characters.append(Character(char, *seen, origin[0] if turn in (90, 270) else origin[1], turn))
    return tuple(characters), unmapped, skewed


def _turn(angle: float, rotation: int) -> int | None:
    """The direction of a character in degrees clockwise as seen, None when it is slanted; `angle` is clockwise, too."""
    degrees = (math.degrees(angle) + rotation) % 360
    nearest = round(degrees / 90) * 90
    return nearest % 360 if abs(degrees - nearest) <= SKEW else None
