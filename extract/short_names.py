"""Slips in names of two or three characters, where a cell holds nothing else: 印刷废 for 印刷费."""

from collections.abc import Iterator, Sequence
from functools import cache

from extract.document import Document, Line
from extract.outline import Section
from ontology.facts import Finding
from ontology.findings import said
from ontology.slips import is_alike, is_han
from ontology.terms import concepts, label
from ontology.text import tight

_SHORT = (2, 3)


def short_misprints(document: Document, sections: Sequence[Section]) -> Iterator[Finding]:
    """A finding for each cell of a budget table whose words are those of an economic item but for one character that
    looks or sounds like the right one, and are no item themselves."""
    for section in sections:
        for block in section.blocks if section.kind == "table" else ():
            for cell in block.cells if not isinstance(block, Line) else ():
                words = tight(cell.text)
                right = _meant(words) if len(words) in _SHORT and is_han(words) else None
                if right:
                    message = f"names: {said('misprint', wrong=words, right=right)}"
                    yield document.note(cell, message)


@cache
def _meant(words: str) -> str | None:
    """The only item that differs from words in one character like it; None where they are one, or several do."""
    known = _items()
    near = [one for one in known if len(one) == len(words) and _is_like(one, words)]
    return near[0] if words not in known and len(near) == 1 else None


def _is_like(one: str, other: str) -> bool:
    apart = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(apart) == 1 and is_alike(*apart[0])


@cache
def _items() -> frozenset[str]:
    return frozenset(name for node in concepts("economic").values() if (name := label(node)) and len(name) in _SHORT)
