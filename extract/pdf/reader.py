"""Reads a PDF into a Document: lines of running text and tables in reading order, each with its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from extract.document import Block, Cell, Document, Line, Table
from extract.pdf.margins import without_margins
from extract.pdf.page_contents import PageContents, contents, text_only
from extract.pdf.pieces import text_of
from extract.pdf.printed_page import BrokenPage, PrintedPage
from extract.pdf.printed_text import PrintedLine
from extract.pdf.stitching import Whole, stitched
from ontology.errors import UnreadableDocument
from ontology.facts import Finding, Source
from ontology.findings import said

Engine = Literal["pdfium", "pdfplumber"]
Severity = Literal["info", "warning", "error"]

_UNMAPPED_ALLOWED = 0.02  # of all characters
_FEW_CHARACTERS = 20  # a page of pictures with no more text than this is a scan


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of a page; it becomes a Finding."""

    page: int
    severity: Severity
    message: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page as it was read: what it holds, what is to be said of it, and the counts that tell scans and bad text."""

    contents: PageContents | None
    remarks: tuple[Remark, ...]
    characters: int = 0
    unmapped: int = 0
    scanned: bool = False


def read_pdf(path: Path, data: bytes, engine: Engine | None = None) -> Document:
    """The document in the PDF file `data` that was read from `path`.

    Blocks stand in reading order, page by page: one Line per printed line outside tables, one Table per table, over
    all the pages it runs over. Running headers, footers and page numbers are left out. Places are in PDF points
    from the top left of the page as it is shown. Characters that the file does not map to text are U+FFFD. What could
    not be read is a Finding. Raises UnreadableDocument when nothing can be: damaged or locked files, scans,
    a text layer with more than 2 % unmapped characters.
    """
    read = _read_pages(data, str(path), engine)
    _refuse_unusable(read, str(path))
    pages = without_margins([page.contents for page in read if page.contents])
    wholes = stitched(pages)
    remarks = [remark for page in read for remark in page.remarks] + [r for whole in wholes for r in _cut_rows(whole)]
    digest = sha256(data).hexdigest()
    return Document(
        file=path.name,
        sha256=digest,
        blocks=tuple(_blocks(pages, wholes)),
        findings=tuple(_finding(remark, path.name, digest) for remark in sorted(remarks, key=lambda r: r.page)),
    )


def _read_pages(data: bytes, file: str, engine: Engine | None) -> list[PageRead]:
    """The pages by the engine asked for. By default by pdfium, but by pdfplumber where pdfium leaves out a text."""
    read: list[PageRead] = []
    for page in _pages(data, file, engine or "pdfium"):
        if engine is None and isinstance(page, PrintedPage) and page.incomplete:
            return _read_pages(data, file, "pdfplumber")
        read.append(_read_page(page))
    return read


def _pages(data: bytes, file: str, engine: Engine) -> Iterator[PrintedPage | BrokenPage]:
    # the engines are imported when needed: most files need one, and the second takes as long as reading ten pages
    if engine == "pdfium":
        from extract.pdf import pdfium

        return pdfium.pages(data, file)
    from extract.pdf import plumber

    return plumber.pages(data, file)


def _read_page(page: PrintedPage | BrokenPage) -> PageRead:
    if isinstance(page, BrokenPage):
        return PageRead(None, (Remark(page.number, "error", said("unread_page", why=page.reason)),))
    remarks = list(_remarks(page))
    try:
        found = contents(page)
    except (ValueError, MemoryError, RecursionError) as error:
        remarks.append(Remark(page.number, "error", said("unread_tables", why=error)))
        found = text_only(page)
    remarks += _layout_remarks(found)
    return PageRead(found, tuple(remarks), page.printed, page.unmapped, _is_scanned(page))


def _layout_remarks(found: PageContents) -> Iterator[Remark]:
    if found.columnless:
        yield Remark(found.number, "warning", said("no_rules_between", count=found.columnless))
    if found.told:
        yield Remark(found.number, "info", said("told_by_pieces", count=found.told))
    if found.uncertain:
        yield Remark(found.number, "warning", said("uncertain_rows", count=found.uncertain))
    if found.overrunning:
        yield Remark(found.number, "warning", said("overrunning", count=found.overrunning))


def _remarks(page: PrintedPage) -> Iterator[Remark]:
    if _is_scanned(page):
        yield Remark(page.number, "error", said("scanned"))
    if page.unmapped:
        yield Remark(page.number, "warning", said("unmapped", count=page.unmapped))
    if page.skewed:
        yield Remark(page.number, "info", said("slanted", count=page.skewed))


def _is_scanned(page: PrintedPage) -> bool:
    return page.images > 0 and page.printed < _FEW_CHARACTERS


def _refuse_unusable(read: Sequence[PageRead], file: str) -> None:
    characters, unmapped = sum(page.characters for page in read), sum(page.unmapped for page in read)
    if all(page.contents is None for page in read):
        raise UnreadableDocument(file, f"no page of the PDF is usable: {read[0].remarks[0].message}", "fetch it again")
    if not characters or all(page.scanned or not page.characters for page in read):
        advice = "scans are not read yet: recognise the text first (OCR) and save the result as a PDF with text"
        raise UnreadableDocument(file, "a PDF without text, scanned or drawn as pictures", advice)
    if unmapped > _UNMAPPED_ALLOWED * characters:
        reason = f"a PDF whose text layer is unusable: {unmapped} of {characters} characters are not mapped to text"
        raise UnreadableDocument(file, reason, "print it to a new PDF with another program, or recognise it (OCR)")


def _blocks(pages: Sequence[PageContents], wholes: Sequence[Whole]) -> Iterator[Block]:
    repeated = {entry for whole in wholes for entry in whole.repeated_lines()}
    for page in pages:
        lines = [(line.bbox[1], _line(line, page)) for line in page.lines if (page.number, line) not in repeated]
        tables = [(w.parts[0].table.grid.bbox[1], _table(w)) for w in wholes if w.parts[0].page is page]
        blocks: list[tuple[float, Block]] = [*lines, *tables]
        yield from (block for _, block in sorted(blocks, key=lambda entry: entry[0]))


def _line(line: PrintedLine, page: PageContents) -> Line:
    return Line(line.text, page=page.number, bbox=page.seen(line.bbox))


def _table(whole: Whole) -> Table:
    first = whole.parts[0]
    cells = tuple(
        Cell(
            piece.row,
            piece.column,
            text_of(piece),
            piece.row_span,
            piece.column_span,
            page=piece.page.number,
            bbox=piece.page.seen(piece.box),
        )
        for piece in whole.pieces
    )
    return Table(cells, page=first.page.number, bbox=first.page.seen(first.table.grid.bbox))


def _cut_rows(whole: Whole) -> Iterator[Remark]:
    for cut in whole.cuts:
        if not cut.mended:
            # the words are not told: they may be those of a person
            yield Remark(cut.page, "warning", said("cut_row", row=cut.row + 1), cut.row + 1)


def _finding(remark: Remark, file: str, digest: str) -> Finding:
    source = Source(file, digest, page=remark.page, row=remark.row)
    return Finding(source=source, severity=remark.severity, message=remark.message)
