"""Budget tables in flattened text, where blank cells are lost: one fact a figure, its column from budget identities."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extract.document import Document, Line, Table
from extract.flattened.figures import common_decimals, words_of
from extract.flattened.forms import FlattenedForm, flattened_forms
from extract.flattened.one_side import one_side
from extract.flattened.placing import Place, TableResult
from extract.flattened.printed_forms import form_as_printed
from extract.flattened.sources import Elsewhere
from extract.flattened.two_sides import two_sides
from extract.headings import is_page_number
from extract.narrative.absences import absences
from extract.narrative.projects import projects
from extract.narrative.running_text import running_text
from extract.outline import Section
from extract.titles import printed_title, unit_in
from ontology.facts import CellFact, Finding, NilFact, ProjectFact
from ontology.findings import said
from ontology.text import key


def flattened_tables(document: Document, sections: Sequence[Section]) -> Iterator[CellFact | Finding]:
    """The figures of every budget table of which only lines are left, in printed order.

    A figure stands in a column (`derived`, with the identities in `how`) if no other order-preserving placing satisfies
    the sums of the form, the other tables and the text; else its column is None and the possible ones are
    `candidates` (`ambiguous`). Rows that do not add up, and lines that belong to no row, are findings.
    """
    tables = {index: _without_page_numbers(one) for index, one in enumerate(sections) if _is_flattened(one)}
    printed = Counter(section.key for section in tables.values())
    elsewhere = _text(document, sections)
    names: dict[str, str] = {}
    facts: dict[int, tuple[CellFact | Finding, ...]] = {}
    for form in flattened_forms().values():
        for index, section in tables.items():
            if section.key == form.table:
                result = _table(document, section, form, elsewhere, names)
                facts[index] = result.facts
                if printed[section.key] == 1:
                    elsewhere = replace(elsewhere, cells={**elsewhere.cells, **result.cells})
                names = {**result.names, **names}
    for index, section in tables.items():
        yield from facts.get(index) or _not_understood(document, section)


def _is_flattened(section: Section) -> bool:
    return section.kind == "table" and not any(isinstance(block, Table) for block in section.blocks)


def _without_page_numbers(section: Section) -> Section:
    """The section without lines that can only be the number of a page (`- 11 -`); a bare number may be a figure."""
    kept = (block for block in section.blocks if not (isinstance(block, Line) and is_page_number(block.text)))
    return replace(section, blocks=tuple(kept))


def _text(document: Document, sections: Sequence[Section]) -> Elsewhere:
    """What the running text says that may place a figure."""
    stated = tuple(sections)
    described = [fact for fact in projects(document, stated) if isinstance(fact, ProjectFact)]
    return Elsewhere(
        cells={},
        nil=frozenset(
            fact.subject
            for fact in absences(document, stated)
            if isinstance(fact, NilFact) and fact.kind == "declared_nil"
        ),
        texts={
            str(section.key): running_text(section.lines()).text
            for section in sections
            if section.kind in ("section", "subsection")
        },
        projects=tuple(fact for fact in described if fact.kind == "项目"),
        names=frozenset(key(fact.name) for fact in described),
        decimals=common_decimals(
            words_of(line) for section in sections if _is_flattened(section) for line in section.lines()
        ),
    )


def _not_understood(document: Document, section: Section) -> Iterator[Finding]:
    if section.key is None:
        name = printed_title(section.title)
        message = f"{name}: {said('unknown_table')}"
        yield Finding(source=document.source(section.heading[0], table=name), severity="warning", message=message)
    elif section.key not in flattened_forms():
        place = next(section.lines(), section.heading[0])
        message = f"{printed_title(section.title)}: {said('columns_unknown')}"
        yield Finding(source=document.source(place), severity="warning", message=message)


def _table(
    document: Document, section: Section, form: FlattenedForm, elsewhere: Elsewhere, names: Mapping[str, str]
) -> TableResult:
    lines = list(section.lines())
    form = form_as_printed(form, section.title, lines)
    table = Place(document, form, printed_title(section.title), unit_in(line.text for line in lines))
    result = two_sides(table, lines, elsewhere) if form.income else one_side(table, lines, elsewhere, names)
    if table.unit or not result.facts:
        return result
    without_unit = table.finding(lines[0], said("no_unit"))
    return replace(result, facts=(without_unit, *result.facts))
