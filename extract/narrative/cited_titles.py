"""Titles by which notes call tables empty, held against those over the tables."""

import re
from collections.abc import Iterator, Sequence

from extract.document import Document, Table
from extract.narrative.contents import entries_of
from extract.narrative.running_text import running_text
from extract.narrative.wording import pattern, wording
from extract.outline import Section
from extract.titles import printed_title
from ontology.facts import Finding, Source
from ontology.findings import said
from ontology.slips import slips
from ontology.text import key, tight


def titles_cited_otherwise(document: Document, sections: Sequence[Section]) -> Iterator[Finding]:
    """A finding for each note that calls a table empty by a title which no table has and the contents do not list, but
    that of one with a slip or one word exchanged."""
    titles = list(dict.fromkeys(printed_title(one.title) for one in sections if one.kind == "table" and one.heading))
    known = {_bare(text) for text in [*titles, *(text for _, text in entries_of(sections))]}
    for source, name in _empty(document, sections):
        meant = next((title for title in titles if _bare(title) in _others(_bare(name)) or _is_slip(title, name)), None)
        if meant and _bare(name) not in known:
            message = f"tables: {said('cited_title', title=name, right=meant)}"
            yield Finding(source=source, severity="info", message=message)


def _empty(document: Document, sections: Sequence[Section]) -> Iterator[tuple[Source, str]]:
    """The titles by which notes call tables empty, with where."""
    form = pattern(wording("absences")["empty_table"])
    for section in sections:
        text = running_text(section.lines())
        yield from ((text.source(document, *found.span()), found["table"]) for found in form.finditer(text.text))
        for block in section.blocks:
            for cell in block.cells if isinstance(block, Table) else ():
                yield from ((document.source(cell), found["table"]) for found in form.finditer(tight(cell.text)))


def _others(title: str) -> set[str]:
    """The titles that one word for another makes of a title."""
    groups = wording("titles")["exchanged"]
    return {
        title.replace(one, other, 1)
        for group in groups
        for one in group
        if one in title
        for other in group
        if other != one
    }


def _is_slip(title: str, name: str) -> bool:
    return any(found.size == len(name) and len(found.meant) - len(found.printed) < 2 for found in slips(title, name))


def _bare(title: str) -> str:
    """A title without what makes no difference: year, 部门 or 单位."""
    return re.sub("|".join(wording("titles")["no_difference"]), "", key(title))
