"""Typeset the examples: `python -m examples.typeset [--font PATH]` writes the five PDFs from `data/*.toml`.

The final accounts that are made up are written in a folder of their own (`made/`).

The font is embedded as a subset. The same data, font and reportlab give the same bytes.
"""

import argparse
import hashlib
import json
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from examples import accounts, accounts_pages, grid, prose
from examples.flow import Flow, Page
from examples.prose import Paragraph, fill, say
from examples.source import DATA, Disclosure, Form, Table, load

FONT = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")
PACKAGE = "fonts-wqy-zenhei"
NAME = "Hei"


class NoFont(Exception):
    """The font is absent, unreadable or lacks a character that is printed."""


def main() -> int:
    """Write all of them; 1 when the font cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m examples.typeset", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--font", type=Path, default=FONT, help=f"TrueType font with Chinese (default: {FONT})")
    parser.add_argument("--to", type=Path, default=DATA.parent, help="the folder for the PDFs")
    parser.add_argument("--made", type=Path, default=accounts.MADE, help="the folder for the one that is made up")
    arguments = parser.parse_args()
    try:
        use_font(arguments.font)
        for path in sorted(DATA.glob("*.toml")):
            document = load(path)
            pages = compose(document)
            title, rules = "".join(document.title), document.style["rules"]
            write(pages, arguments.to / document.file, title, document.agency, rules)
        for path in sorted(accounts.MADE.glob("*.toml")):
            made = accounts.load(path)
            write(accounts_pages.compose(made, width), arguments.made / made.file, made.mark, made.mark)
        made_with = json.dumps(tools(arguments.font), indent=2, sort_keys=True)
        (arguments.to / "tools.json").write_text(made_with + "\n", "utf-8")
    except NoFont as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def use_font(path: Path) -> None:
    """Make the font at `path` the one all text is set in. Raises NoFont with what to do about it."""
    if not path.exists():
        raise NoFont(f"{path}: no such font; install the Debian package {PACKAGE} or name a font with --font PATH")
    try:
        pdfmetrics.registerFont(TTFont(NAME, str(path)))
    except TTFError as error:
        raise NoFont(f"{path}: no TrueType font to embed ({error}); Debian's {PACKAGE} is one") from error
    width.cache_clear()


def tools(font: Path) -> dict[str, str]:
    """What decides the bytes of the PDFs beside the data: versions of reportlab and zlib, digest of the font."""
    return {
        "font": hashlib.sha256(font.read_bytes()).hexdigest(),
        "reportlab": reportlab.Version,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }


@cache
def width(text: str, size: float) -> float:
    """The width of `text` in points."""
    return float(pdfmetrics.stringWidth(text, NAME, size))


def compose(document: Disclosure) -> list[Page]:
    """The pages of a disclosure. The contents page needs the numbers of the others: composed twice, they agree."""
    numbers: dict[str, int] = {}
    for _ in range(2):
        flow = Flow(width)
        found: dict[str, int] = {}
        _cover(flow, document)
        _contents(flow, document, numbers)
        _text(flow, document, prose.duties(document), found)
        _tables(flow, document, found)
        _text(flow, document, prose.explanations(document), found)
        for form in document.forms:
            _form(flow, document, form)
        _text(flow, document, prose.closing(document), found)
        numbers = found
    return flow.pages


def write(pages: Sequence[Page], path: Path, title: str, author: str, rules: str = "line") -> None:
    """Draw `pages` into the PDF at `path`. Raises NoFont when the font lacks a character."""
    known = pdfmetrics.getFont(NAME).face.charWidths
    missing = {char for page in pages for text in page.texts for char in text.text if ord(char) not in known}
    if missing:
        raise NoFont(f"the font has no glyph for {''.join(sorted(missing))}; Debian's {PACKAGE} has all that is needed")
    canvas = Canvas(str(path), invariant=1, pageCompression=1, initialFontName=NAME)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setCreator("caimai examples")
    for number, page in enumerate(pages, 1):
        _draw(canvas, page, number, rules)
    canvas.save()
    print(f"{path.name}: {len(pages)} pages", file=sys.stderr)


def _draw(canvas: Canvas, page: Page, number: int, rules: str) -> None:
    canvas.setPageSize(page.size)
    canvas.setLineWidth(0.5)
    for x0, y0, x1, y1 in sorted(page.rules):
        if rules == "bar":
            canvas.rect(x0 - 0.24, y0 - 0.24, x1 - x0 + 0.48, y1 - y0 + 0.48, stroke=0, fill=1)
        else:
            canvas.line(x0, y0, x1, y1)
    for text in page.texts:
        line = canvas.beginText(text.x, text.y)
        line.setFont(NAME, text.size)
        if text.bold:
            canvas.setLineWidth(0.35)
            line.setTextRenderMode(2)
        line.textOut(text.text)
        if text.bold:
            line.setTextRenderMode(0)
        canvas.drawText(line)
    if number > 1:
        canvas.setFont(NAME, 9)
        canvas.drawCentredString(page.size[0] / 2, 30, f"- {number} -")
    canvas.showPage()


def _cover(flow: Flow, document: Disclosure) -> None:
    flow.new_page()
    flow.y -= 180
    for line in document.title:
        flow.lines(line, 24, 46, "centre", bold=True)


def _contents(flow: Flow, document: Disclosure, numbers: dict[str, int]) -> None:
    """The contents page: parts, tables and sections with their pages."""
    flow.new_page()
    flow.lines(say(document, "contents"), 18, 40, "centre", bold=True)
    for title in _entries(document):
        number = str(numbers.get(title, ""))
        dots = "." * int((flow.width - width(title + number, 11) - 8) / width(".", 11))
        flow.line_between(title + dots, number, 11, 17)


def _entries(document: Disclosure) -> Iterator[str]:
    yield say(document, "part_1")
    yield from (say(document, key) for key in ("duties", "bodies"))
    yield say(document, "part_2")
    yield from (table.title for table in document.tables)
    yield say(document, "part_3")
    for number, section in enumerate(document.wording["sections"], 1):
        yield prose.heading(document, number, section)
    yield say(document, "part_4")


def _text(flow: Flow, document: Disclosure, paragraphs: Iterable[Paragraph], found: dict[str, int]) -> None:
    for paragraph in paragraphs:
        if paragraph.kind == "part" or (flow.margin != 72 and document.style["forms"] == "page"):
            flow.new_page()
        if flow.margin != 72:
            flow.margin = 72.0
            flow.y -= 16
        if paragraph.kind == "part":
            flow.lines(paragraph.text, 18, 30, "centre", bold=True)
            flow.y -= 14
        elif paragraph.kind == "heading":
            flow.lines(paragraph.text, 13, 25, indent=26, bold=True)
        elif paragraph.kind == "signature":
            flow.lines(paragraph.text, 13, 30, "right")
        else:
            flow.lines(paragraph.text, 13, 23.5, indent=26)
        found.setdefault(paragraph.text, len(flow.pages))


def _tables(flow: Flow, document: Disclosure, found: dict[str, int]) -> None:
    """第二部分: each table begins a page."""
    flow.new_page()
    flow.y -= 250
    flow.lines(say(document, "part_2"), 20, 40, "centre", bold=True)
    found[say(document, "part_2")] = len(flow.pages)
    for table in document.tables:
        found[table.title] = len(flow.pages) + 1
        _table(flow, document, table)


def _table(flow: Flow, document: Disclosure, table: Table) -> None:
    number, title, prepared, unit = grid.title_lines(document, table)
    size, least = (7.5, document.style["row_landscape"]) if table.landscape else (9, 17.5)

    def begin() -> None:
        flow.new_page(table.landscape, 40)

    def again() -> None:
        begin()
        if document.style["repeat_prepared"]:
            flow.line_between(prepared, unit, 9, 16)

    begin()
    flow.lines(number, 10, 14)
    flow.lines(title, 15, 24, "centre", bold=True)
    flow.line_between(prepared, unit, 9, 18)
    flow.grid(grid.of_table(table), size, least, again)
    if table.note:
        flow.y -= 4
        flow.lines(fill(document, table.note), 9.5, 16)


def _form(flow: Flow, document: Disclosure, form: Form) -> None:
    """A performance form: on a page of its own, or straight on where the style says so."""
    if document.style["forms"] == "page" or flow.margin != 56 or flow.y < 330:
        flow.new_page(margin=56)
    else:
        flow.y -= 24
    flow.lines(form.title, 15, 24, "centre", bold=True)
    flow.lines(say(document, "form_year"), 10.5, 18, "centre")
    flow.grid(grid.of_form(document, form), 9, document.style["row_form"], lambda: flow.new_page(margin=56))


if __name__ == "__main__":
    sys.exit(main())
