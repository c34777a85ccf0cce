"""What was read of a page, drawn over its picture: cells, lines, what became facts, what was not understood."""

import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from extract.document import Cell, Document, Line, Table
from extract.outline import outline
from extract.pdf.picture import picture
from extract.pdf.reader import Engine, read_pdf
from extract.recognition import facts
from extract.tables.heading_rows import most_heading_rows
from ontology.errors import UnreadableDocument
from ontology.facts import Box, DocrefFact, DocumentFact, Fact, Finding
from ontology.text import tight

Kind = Literal["heading", "fact", "other", "finding"]
Colour = tuple[int, int, int]

SCALE = 2.0  # pixels a point
_COLOURS: dict[Kind, Colour] = {
    "heading": (0, 90, 200),
    "fact": (0, 140, 60),
    "other": (130, 130, 130),
    "finding": (220, 0, 0),
}
_FILL = 36  # of 255
_LABEL = 5  # points
_STRIP = 14  # points: the legend below the page
_LEGEND: dict[Kind, str] = {
    "heading": "heading",
    "fact": "became a fact",
    "other": "read, no fact of its own",
    "finding": "finding (numbered)",
}
_INSIDE = 1.0  # points that a place may reach over the one it is in
_NOT_OF_ONE_PLACE = (DocumentFact, DocrefFact, Finding)


class Mark(NamedTuple):
    """A box to be drawn on the page, in points, and the label in its corner; `is_cell` draws it as one of a table."""

    box: Box
    kind: Kind
    label: str
    is_cell: bool = True


@dataclass(frozen=True, slots=True)
class Inspection:
    """The picture of a page with what was read on it, and the findings that are numbered 1, 2, … in it."""

    image: Image.Image
    findings: tuple[Finding, ...]


def inspected(path: Path, page: int, engine: Engine | None = None) -> Inspection:
    """The page, counted from 1, with what was read on it. Raises UnreadableDocument, also for a file that is no PDF."""
    data = path.read_bytes() if path.is_file() else b""
    if b"%PDF-" not in data[:1024]:
        raise UnreadableDocument(str(path), "no PDF: only those have pages to draw on", "name a PDF")
    image = picture(data, page, SCALE, str(path))
    document = read_pdf(path, data, engine)
    stated = tuple(facts(document))
    found = tuple(fact for fact in stated if isinstance(fact, Finding) and fact.source.page == page)
    marks = [*_marks(document, stated, page), *_finding_marks(found)]
    return Inspection(_drawn(image, marks), found)


def png(image: Image.Image) -> bytes:
    """The picture as PNG."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def _marks(document: Document, stated: Sequence[Fact], page: int) -> Iterator[Mark]:
    """The cells and lines of the page, each with its kind."""
    sources = [fact.source for fact in stated if not isinstance(fact, _NOT_OF_ONE_PLACE)]
    places = [source.bbox for source in sources if source.page == page and source.bbox]
    sentences = "\n".join(tight(source.text) for source in sources if source.row is None)
    titles = {(line.page, line.bbox) for section in outline(document) for line in section.heading}
    for table in document.tables():
        yield from _cell_marks(table, places, page)
    for line in document.lines():
        if line.page == page and line.bbox:
            is_heading, is_stated = (line.page, line.bbox) in titles, tight(line.text) in sentences
            yield Mark(line.bbox, _kind_of(line, places, is_heading, is_stated), "", is_cell=False)


def _cell_marks(table: Table, places: Collection[Box], page: int) -> Iterator[Mark]:
    headings = most_heading_rows(table)
    for cell in table.cells:
        if cell.page == page and cell.bbox:
            yield Mark(cell.bbox, _kind_of(cell, places, cell.row < headings), f"{cell.row + 1},{cell.column + 1}")


def _kind_of(place: Cell | Line, places: Collection[Box], is_heading: bool, is_stated: bool = False) -> Kind:
    if place.text and place.bbox and (is_stated or any(_is_in(place.bbox, box) for box in places)):
        return "fact"
    return "heading" if is_heading and place.text else "other"


def _is_in(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - _INSIDE
        and inner[1] >= outer[1] - _INSIDE
        and inner[2] <= outer[2] + _INSIDE
        and inner[3] <= outer[3] + _INSIDE
    )


def _finding_marks(found: Sequence[Finding]) -> Iterator[Mark]:
    """The places of findings; those without a place stand one below the other at the head of the page."""
    nowhere = 0
    for at, finding in enumerate(found, 1):
        box = finding.source.bbox
        if box is None:
            top = 4.0 + 12 * nowhere
            box, nowhere = (4.0, top, 24.0, top + 10), nowhere + 1
        yield Mark(box, "finding", str(at))


def _drawn(image: Image.Image, marks: Sequence[Mark]) -> Image.Image:
    """The marks on the picture: cells as frames, lines as lines below the words, both tinted; a legend below."""
    width, height = image.size
    shown = Image.new("RGBA", (width, height + int(_STRIP * SCALE)), (255, 255, 255, 255))
    shown.paste(image, (0, 0))
    layer = Image.new("RGBA", shown.size, (0, 0, 0, 0))
    draw, font = ImageDraw.Draw(layer), ImageFont.load_default(_LABEL * SCALE)
    for mark in sorted(marks, key=lambda mark: mark.kind == "finding"):
        _draw(draw, mark, font)
    for mark in _legend(width / SCALE, height / SCALE):
        _draw(draw, mark, font)
    return Image.alpha_composite(shown, layer).convert("RGB")


def _legend(width: float, top: float) -> Iterator[Mark]:
    """What the colours mean, from left to right in a strip below the page."""
    step = width / len(_LEGEND)
    for at, (kind, words) in enumerate(_LEGEND.items()):
        yield Mark((at * step + 2, top + 2, (at + 1) * step - 2, top + _STRIP - 2), kind, words)


def _draw(draw: ImageDraw.ImageDraw, mark: Mark, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> None:
    x0, top, x1, bottom = (at * SCALE for at in mark.box)
    colour = _COLOURS[mark.kind]
    tint = (*colour, _FILL if mark.kind != "other" else 0)
    draw.rectangle((x0, top, max(x0, x1), max(top, bottom)), fill=tint)
    if mark.is_cell:
        width = 4 if mark.kind == "finding" else 2
        draw.rectangle((x0, top, max(x0, x1), max(top, bottom)), outline=(*colour, 255), width=width)
    else:
        draw.line((x0, bottom, x1, bottom), fill=(*colour, 255), width=2)
    draw.text((x0 + 3, top + 2), mark.label, fill=(*colour, 255), font=font)
