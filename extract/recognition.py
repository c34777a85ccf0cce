"""A document to its facts: all recognisers in turn."""

from collections.abc import Iterator
from itertools import groupby

from extract.coded_names import misnamed_rows
from extract.document import Document
from extract.flattened.budget_tables import flattened_tables
from extract.misprints import misprints
from extract.narrative.absences import absences
from extract.narrative.changes import changes
from extract.narrative.cited_titles import titles_cited_otherwise
from extract.narrative.contents import (
    differing_entries,
    entries_without_heading,
    misnamed_entries,
    misnumbered_entries,
    unlisted_headings,
)
from extract.narrative.document_fact import document_fact, invented
from extract.narrative.document_references import document_references
from extract.narrative.field_codes import field_codes
from extract.narrative.heading_levels import levels_that_differ
from extract.narrative.listed_tables import listed_otherwise, unlisted, unprinted
from extract.narrative.passages import passages
from extract.narrative.projects import projects
from extract.narrative.reclassifications import reclassifications
from extract.narrative.sections import under_headings
from extract.narrative.self_evaluations import self_evaluations
from extract.narrative.stated_figures import figures
from extract.narrative.table_heads import (
    headings_that_differ,
    heads_that_differ,
    numbers_of_two_tables,
    tables_of_no_body,
    titles_of_two_tables,
)
from extract.narrative.table_notes import notes_of_others
from extract.narrative.table_titles import misnamed_entries_of_tables, misnamed_titles
from extract.outline import Section, outline
from extract.performance.facts import performance
from extract.short_names import short_misprints
from extract.tables.budget_tables import read_tables, unread_tables
from extract.tables.checks import sums_that_fail
from extract.tables.codes import codes_that_do_not_fit
from extract.tables.lists_of_bodies import members
from extract.tables.repeated_rows import rows_printed_twice
from ontology.facts import Fact, KpiTableFact


def facts(document: Document) -> Iterator[Fact]:
    """What a document states, kind by kind, each kind in printed order; what could not be used comes as findings."""
    sections = outline(document)
    held = list(_facts(document, sections))
    amiss = [*misnamed_rows(document, sections, held), *misprints(document, sections, held)]
    amiss += short_misprints(document, sections)
    yield from under_headings([*held, *amiss], sections)


def _facts(document: Document, sections: tuple[Section, ...]) -> Iterator[Fact]:
    stated = document_fact(document, sections)
    yield stated
    yield from invented(document, sections)
    yield from document.findings
    tables = tuple(read_tables(document, sections))
    for table in tables:
        yield from table.facts
    for (_, family), group in groupby(tables, key=lambda table: (table.section.key, table.family)):
        read = list(group)
        parts = [part.cells for part in read]
        untotalled = frozenset().union(*(part.untotalled for part in read))
        across = not any(part.has_unread_columns for part in read)
        yield from sums_that_fail(parts, family, untotalled, across=across) if family else ()
        yield from codes_that_do_not_fit([cell for part in parts for cell in part])
        yield from rows_printed_twice([cell for part in parts for cell in part])
    yield from unread_tables(document, tables)
    yield from members(document, sections)
    yield from flattened_tables(document, sections)
    forms = list(performance(document, sections))
    yield from forms
    yield from projects(document, sections, [form.project for form in forms if isinstance(form, KpiTableFact)])
    yield from changes(document, sections, stated)
    yield from reclassifications(document, sections)
    yield from self_evaluations(document, sections)
    yield from figures(document, sections)
    yield from document_references(document, sections)
    yield from absences(document, sections)
    yield from misnamed_entries(document, sections)
    yield from differing_entries(document, sections)
    yield from misnumbered_entries(document, sections)
    yield from entries_without_heading(document, sections)
    yield from unlisted_headings(document, sections)
    yield from field_codes(document, sections)
    yield from notes_of_others(document, sections)
    yield from titles_cited_otherwise(document, sections)
    yield from numbers_of_two_tables(document, sections)
    yield from titles_of_two_tables(document, sections)
    yield from misnamed_titles(document, sections)
    yield from misnamed_entries_of_tables(document, sections)
    yield from listed_otherwise(document, sections)
    yield from unprinted(document, sections)
    yield from unlisted(document, sections)
    yield from passages(document, sections)
    yield from heads_that_differ(document, sections, stated)
    yield from tables_of_no_body(document, sections)
    yield from headings_that_differ(document, sections, stated)
    yield from levels_that_differ(document, sections, stated.title)
