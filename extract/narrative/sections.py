"""Under which heading each fact of the running text is printed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extract.outline import Section
from ontology.facts import Box, DocumentFact, Fact

_RUNNING = ("part", "section", "subsection")
Place = tuple[int | None, int | None, Box | None]


def under_headings(facts: Iterable[Fact], sections: tuple[Section, ...]) -> Iterator[Fact]:
    """The facts, those of running text with the heading over the line where they begin as `source.section`."""
    headings: dict[Place, str] = {
        (line.page, line.line, line.bbox): section.label
        for section in sections
        if section.kind in _RUNNING
        for line in section.lines()
    }
    for fact in facts:
        source = fact.source
        heading = headings.get((source.page, source.line, source.bbox)) if source.row is None else None
        known = heading and not isinstance(fact, DocumentFact)
        yield replace(fact, source=replace(source, section=heading)) if known else fact
