"""All that a document says as one text without white space, of which the words of one section can be left out."""

from collections.abc import Mapping
from dataclasses import dataclass

from extract.document import Document, Table
from extract.outline import Section
from extract.performance.terms import words
from ontology.text import key


@dataclass(frozen=True, slots=True)
class Told:
    """The words of a document as keys, and where those of each of its blocks (by identity) begin and end."""

    text: str
    spans: Mapping[int, tuple[int, int]]


def told_in(document: Document) -> Told:
    """The words of the whole document without white space."""
    texts: list[str] = []
    spans: dict[int, tuple[int, int]] = {}
    size = 0
    for block in document.blocks:
        printed = "".join(cell.text for cell in block.cells) if isinstance(block, Table) else block.text
        texts.append(key(words(printed)))
        spans[id(block)] = (size, size + len(texts[-1]))
        size += len(texts[-1])
    return Told("".join(texts), spans)


def is_told(told: Told, said: str, *, outside: Section | None = None) -> bool:
    """Whether the words of a key stand in the document, outside a section of it if one is given."""
    spans = [told.spans[id(block)] for block in outside.blocks if id(block) in told.spans] if outside else []
    if not spans:
        return said in told.text
    return told.text.find(said, 0, spans[0][0]) >= 0 or told.text.find(said, spans[-1][1]) >= 0
