"""A document to its facts: all recognisers in turn."""

from collections.abc import Iterator
from itertools import groupby

from extract.absences import absences
from extract.budget_tables import read_tables
from extract.changes import changes
from extract.document import Document
from extract.document_fact import document_fact
from extract.document_references import document_references
from extract.flattened import flattened_tables
from extract.outline import outline
from extract.performance import performance
from extract.projects import projects
from extract.table_checks import sums_that_fail
from ontology.facts import Fact


def facts(document: Document) -> Iterator[Fact]:
    """What a document states, kind by kind, each kind in printed order; what could not be used comes as findings."""
    sections = outline(document)
    yield document_fact(document, sections)
    yield from document.findings
    tables = tuple(read_tables(document, sections))
    for table in tables:
        yield from table.facts
    for (_, family), parts in groupby(tables, key=lambda table: (table.section.key, table.family)):
        yield from sums_that_fail([part.cells for part in parts], family) if family else ()
    yield from flattened_tables(document, sections)
    yield from performance(document, sections)
    yield from projects(document, sections)
    yield from changes(document, sections)
    yield from document_references(document)
    yield from absences(document, sections)
