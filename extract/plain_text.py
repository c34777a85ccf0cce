"""Reading a text file: lines, and runs of lines whose cells are parted by tabs or by bars as tables."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path

from extract.document import Block, Cell, Document, Line, Table
from extract.encodings import text_of
from ontology.errors import UnreadableDocument
from ontology.text import half_width_digits, unradical

_BAR = re.compile(r"[|｜│┃]")
_BARRED = re.compile(r"\s*[|｜│┃].*[|｜│┃].*[|｜│┃]\s*")
_RULE = re.compile(r"[\s|｜│┃+:\-=─━├┤┼┌┐└┘┬┴]*")  # between rows drawn with bars
_DOUBLE_SPACED = (
    10  # of so many rows at most one stands right under another where every line is followed by a blank one
)


def read_text(path: Path, data: bytes) -> Document:
    """The lines of a text in a known encoding, radicals in it as characters and digits of full width as plain ones.

    Consecutive lines with cells between tabs or between bars (`| 科目 | 合计 |`) form a Table. Where every line of the
    text is followed by a blank one, blank lines part no rows. Blank and merged cells look alike in such a table
    (`spans_known` is False). Raises UnreadableDocument where the bytes are not text.
    """
    text = text_of(data)
    if text is None:
        raise UnreadableDocument(str(path), "is not a text in UTF-8, GB 18030 or UTF-16", "convert it to UTF-8 first")
    texts = half_width_digits(unradical(text)).splitlines()
    lines = [Line(text=text, line=number) for number, text in enumerate(texts, start=1)]
    return Document(file=path.name, sha256=hashlib.sha256(data).hexdigest(), blocks=tuple(_blocks(lines)))


def _blocks(lines: list[Line]) -> Iterator[Block]:
    printed = [line for line in lines if line.text.strip()] if _is_double_spaced(lines) else lines
    for in_table, group in groupby(printed, key=lambda line: _cells(line.text) is not None):
        if in_table:
            yield _table([(line, texts) for line in group if (texts := _cells(line.text))])
        else:
            yield from (line for line in group if line.text.strip())


def _is_double_spaced(lines: Sequence[Line]) -> bool:
    rows = [line for line in lines if _cells(line.text)]
    closed = sum(bool(_cells(line.text)) and bool(_cells(after.text)) for line, after in pairwise(lines))
    return closed * _DOUBLE_SPACED < len(rows)


def _cells(text: str) -> list[str] | None:
    """The texts of the cells of a row, none for a rule between rows; None for another line."""
    if "\t" in text:
        return text.split("\t")
    if not _BARRED.fullmatch(text):
        return None
    return [] if _RULE.fullmatch(text) else [cell.strip() for cell in _BAR.split(text.strip())[1:-1]]


def _table(rows: Sequence[tuple[Line, list[str]]]) -> Table:
    width = max(len(texts) for _, texts in rows)
    cells = []
    for row, (line, texts) in enumerate(rows):
        padded = [*texts, *([""] * (width - len(texts)))]
        cells += [Cell(row=row, column=column, text=text, line=line.line) for column, text in enumerate(padded)]
    return Table(cells=tuple(cells), line=rows[0][0].line, spans_known=False)
