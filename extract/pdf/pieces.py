"""A cell while its table is put together: its place in the whole table and the lines printed in it."""

from typing import NamedTuple

from extract.pdf.page_contents import PageContents
from extract.pdf.printed_text import PrintedLine
from ontology.facts import Box


class Piece(NamedTuple):
    """A cell, or the part of one that stands on one page. `box` are its bounds on that page as it is read."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: tuple[PrintedLine, ...]
    page: PageContents
    box: Box


def text_of(piece: Piece) -> str:
    """The text of the cell, line by line."""
    return "\n".join(line.text for line in piece.lines)
