"""The two ways that are compared to read the tables of a PDF: plain pdfplumber, and ours."""

import io
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2

from extract.pdf.reader import read_pdf

Cells = dict[tuple[int, int], str]  # by row and column of a table


class Engine(NamedTuple):
    """A way to read tables: its name and the tables of a PDF, in the order of its pages."""

    name: str
    tables: Callable[[bytes], list[Cells]]


def _by_pdfplumber(data: bytes) -> list[Cells]:
    """Every table of every page, as `extract_tables` gives it, and the memory of each page given back."""
    import pdfplumber  # here, as its memory is not ours

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [table for page in pdf.pages for table in _of_page(page)]


def _of_page(page: Any) -> list[Cells]:
    tables = page.extract_tables()
    page.close()
    return [{(r, c): text for r, row in enumerate(table) for c, text in enumerate(row) if text} for table in tables]


def _by_caimai(data: bytes) -> list[Cells]:
    """Every table, over all the pages it runs over; its lines, spans and places are read, too."""
    document = read_pdf(Path("bench.pdf"), data)
    return [{(cell.row, cell.column): cell.text for cell in table.cells if cell.text} for table in document.tables()]


PDFPLUMBER = Engine("pdfplumber extract_tables", _by_pdfplumber)
CAIMAI = Engine("caimai", _by_caimai)
BOTH = (PDFPLUMBER, CAIMAI)


def engine(name: str) -> Engine:
    """The engine of that name."""
    return next(found for found in BOTH if found.name == name)


def pages_of(data: bytes) -> int:
    """How many pages a PDF has."""
    return len(pypdfium2.PdfDocument(data))
