"""The running text itself, paragraph by paragraph under its headings, without what is personal."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from extract.document import Document, Line
from extract.narrative.personal import without_personal
from extract.narrative.running_text import running_text
from extract.narrative.wording import NUMBERING
from extract.outline import Section
from ontology.facts import PassageFact
from ontology.text import tight

_RUNNING = ("part", "section", "subsection")
_END = re.compile(r"[。；;：:！？!?]”?$")
_ITEM = re.compile(rf"{NUMBERING}(?!\d)")


def passages(document: Document, sections: tuple[Section, ...]) -> Iterator[PassageFact]:
    """One fact a paragraph, in printed order.

    A paragraph ends with a line that ends a sentence, before a numbered line and before a table. Nothing of it is left
    out but page numbers standing alone and what is personal; where that is all, there is no fact.
    """
    found = ((section, lines) for section in sections if section.kind in _RUNNING for lines in _paragraphs(section))
    number = 0
    for section, lines in found:
        words = without_personal("\n".join(line.text.strip() for line in lines))
        if words and section.key:
            number += 1
            last = lines[-1]
            source = document.source(lines[0], text=words)
            yield PassageFact(source=source, part=section.key, number=number, end_page=last.page, end_line=last.line)


def _paragraphs(section: Section) -> Iterator[tuple[Line, ...]]:
    """The lines of each paragraph. Tables between the lines end one."""
    for run in _runs(section):
        kept = running_text(run).lines
        begins = [at for at, line in enumerate(kept) if at == 0 or _begins(kept[at - 1], line)]
        for start, end in pairwise([*begins, len(kept)]):
            yield kept[start:end]


def _runs(section: Section) -> Iterator[Iterable[Line]]:
    run: list[Line] = []
    for block in section.blocks:
        if isinstance(block, Line):
            run.append(block)
        elif run:
            yield run
            run = []
    yield run


def _begins(before: Line, line: Line) -> bool:
    return bool(_END.search(tight(before.text)) or _ITEM.match(tight(line.text)))
