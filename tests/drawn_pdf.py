"""Draws small PDFs for the tests: words, rules and tables at known places."""

import io
from collections.abc import Callable
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from extract.document import Document, Table
from extract.pdf.reader import Engine, read_pdf

Page = Callable[[Canvas], None]

PAGE = 600.0, 400.0
ROW = 20.0
ENGINES: tuple[Engine, ...] = ("pdfium", "pdfplumber")


def drawn(*pages: Page, size: tuple[float, float] = PAGE, turn: int = 0, encrypt: str | None = None) -> bytes:
    """A PDF with one page for each function that draws on it, locked with the password `encrypt`."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=size, encrypt=encrypt)
    for page in pages:
        canvas.setFont("Helvetica", 9)
        canvas.setPageRotation(turn)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def text(canvas: Canvas, x: float, top: float, words: str) -> None:
    canvas.drawString(x, PAGE[1] - top, words)


def rule(canvas: Canvas, x0: float, top: float, x1: float, bottom: float) -> None:
    canvas.line(x0, PAGE[1] - top, x1, PAGE[1] - bottom)


def ruled(canvas: Canvas, top: float, rows: list[list[str]], left: float = 50, width: float = 100) -> None:
    """A table with all its rules, rows of 20 points, columns of equal width, its texts at the left of their cells."""
    columns = len(rows[0])
    for row in range(len(rows) + 1):
        rule(canvas, left, top + row * ROW, left + columns * width, top + row * ROW)
    for column in range(columns + 1):
        rule(canvas, left + column * width, top, left + column * width, top + len(rows) * ROW)
    for row, cells in enumerate(rows):
        for column, words in enumerate(cells):
            text(canvas, left + column * width + 4, top + row * ROW + 14, words)


def table_page(rows: list[list[str]], top: float = 60) -> Page:
    """A page with one table and nothing else."""
    return lambda canvas: ruled(canvas, top, rows)


def words_page(words: str, top: float = 50) -> Page:
    """A page with one line."""
    return lambda canvas: text(canvas, 50, top, words)


def document(data: bytes, engine: Engine | None = None) -> Document:
    return read_pdf(Path("drawn.pdf"), data, engine)


def only_table(data: bytes, engine: Engine | None = None) -> Table:
    (table,) = document(data, engine).tables()
    return table


def texts(table: Table) -> list[list[str | None]]:
    """The texts by row and column; None where a merged cell reaches."""
    return [[cell.text if cell else None for cell in row] for row in table.grid()]
