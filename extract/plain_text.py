"""Reading a text file: lines, and runs of tab-separated lines as tables."""

import hashlib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from extract.document import Block, Cell, Document, Line, Table
from ontology.errors import UnreadableDocument
from ontology.text import unradical


def read_text(path: Path, data: bytes) -> Document:
    """The lines of a UTF-8 (or GB 18030) text, radicals in it as characters; consecutive lines with tabs form a Table.

    Blank and merged cells look alike in such a table (`spans_known` is False). Raises UnreadableDocument where the
    bytes are not text.
    """
    texts = unradical(_decoded(path, data)).splitlines()
    lines = [Line(text=text, line=number) for number, text in enumerate(texts, start=1)]
    return Document(file=path.name, sha256=hashlib.sha256(data).hexdigest(), blocks=tuple(_blocks(lines)))


def _decoded(path: Path, data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableDocument(str(path), "is not a text in UTF-8 or GB 18030", "convert it to UTF-8 first")


def _blocks(lines: list[Line]) -> Iterator[Block]:
    for tabbed, group in groupby(lines, key=lambda line: "\t" in line.text):
        if tabbed:
            yield _table(list(group))
        else:
            yield from (line for line in group if line.text.strip())


def _table(lines: list[Line]) -> Table:
    width = max(line.text.count("\t") for line in lines) + 1
    cells = []
    for row, line in enumerate(lines):
        texts = line.text.split("\t")
        texts += [""] * (width - len(texts))
        cells += [Cell(row=row, column=column, text=text, line=line.line) for column, text in enumerate(texts)]
    return Table(cells=tuple(cells), line=lines[0].line, spans_known=False)
