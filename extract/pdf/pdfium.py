"""Characters and rules of PDF pages by pypdfium2: the default engine."""

from collections.abc import Collection, Iterator
from contextlib import closing

import pypdfium2
import pypdfium2.raw as pdfium

from extract.pdf.pdfium_fonts import stand_in
from extract.pdf.pdfium_paths import drawing
from extract.pdf.pdfium_text import View, characters, left_out
from extract.pdf.printed_page import LARGEST_SIDE, MOST_PAGES, BrokenPage, PrintedPage
from ontology.errors import UnreadableDocument
from ontology.findings import said

_PASSWORD = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)


def pages(data: bytes, file: str) -> Iterator[PrintedPage | BrokenPage]:
    """The pages of a PDF in order. Raises UnreadableDocument when the file as a whole cannot be opened.

    Fonts that the file lacks are never looked for on the computer. pdfium is not thread-safe: one reader a process at a
    time.
    """
    with stand_in() as missing_fonts, closing(_opened(data, file)) as document:
        if not 0 < len(document) <= MOST_PAGES:
            raise UnreadableDocument(file, f"{len(document)} pages", f"a PDF of 1 to {MOST_PAGES} pages is read")
        for index in range(len(document)):
            yield _page(document, index, missing_fonts)


def _opened(data: bytes, file: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in _PASSWORD:
            raise UnreadableDocument(file, "protected by a password", "save a copy without password") from error
        raise UnreadableDocument(file, "a damaged PDF", "fetch or save it again") from error


def _page(document: pypdfium2.PdfDocument, index: int, missing_fonts: Collection[str]) -> PrintedPage | BrokenPage:
    try:
        with closing(document[index]) as page:
            return _read(page, index + 1, missing_fonts)
    except (pypdfium2.PdfiumError, ValueError, MemoryError, RecursionError) as error:
        return BrokenPage(index + 1, str(error) or type(error).__name__)


def _read(page: pypdfium2.PdfPage, number: int, missing_fonts: Collection[str]) -> PrintedPage:
    width, height = page.get_size()
    if not (0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE):
        raise ValueError(said("page_size", width=round(width), height=round(height)))
    view = _view(page)
    drawn = drawing(page.raw)
    with closing(page.get_textpage()) as textpage:
        found = characters(textpage.raw, view)
        is_incomplete = bool(missing_fonts) and left_out(textpage.raw, drawn.texts) > 0
    return PrintedPage(
        number,
        width,
        height,
        found.shown,
        tuple(view.all_seen(drawn.bounds)),
        drawn.images,
        found.unmapped,
        found.skewed,
        is_incomplete,
    )


def _view(page: pypdfium2.PdfPage) -> View:
    left, bottom, right, top = page.get_bbox()
    return View(left, top, (right - left, top - bottom), page.get_rotation(), page.get_size())
