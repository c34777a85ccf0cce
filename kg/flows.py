"""Money flows as stated: what a budget holds under a document, what is carried over, what goes to named recipients."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import NamedNode, Triple

from kg import iris
from kg.disclosed import Disclosed
from kg.evidence import Places
from kg.names import fold, spellings
from kg.observations import subject_pair
from kg.projects import Project
from kg.rdf import Pair, described, integer, money, stated, words
from kg.rows import Figure, Row
from ontology.facts import ProjectFact
from ontology.money import amount
from ontology.terms import BL, concept
from ontology.text import key

_BUDGETED = (BL.amountType, concept("amount-type", "budgeted"))


def described_flows(
    projects: Sequence[Project], observations: Mapping[Figure, NamedNode], book: Disclosed, places: Places
) -> Iterator[Triple]:
    """The flows of all projects. Withheld projects have none under a document."""
    for project in projects:
        yield from _allocations(project, observations, book, places)
        yield from _carry_overs(project, observations, book, places)
        yield from _onward_grants(project, book, places)


def _allocations(
    project: Project, observations: Mapping[Figure, NamedNode], book: Disclosed, places: Places
) -> Iterator[Triple]:
    """One a budget line of a project with a document in its name; from the narrative where no table has the project."""
    if not project.documents:
        return
    lines = [(row, row.total) for row in project.lines if row.total is not None]
    keys = iris.numbered(_key("alloc", project, row.code) for row, _ in lines)
    for (row, cell), name in zip(lines, keys, strict=True):
        flow = iris.thing("flow", book.key, name)
        yield from _flow(flow, BL.Allocation, project, book)
        yield from stated(flow, *_line(row, cell, observations, places, book), _BUDGETED)
    told = [fact for fact in project.told if fact.kind == "项目" and fact.amount is not None]
    if not lines and not project.carried:
        yield from _from_narrative(project, told, BL.Allocation, book, places)


def _carry_overs(
    project: Project, observations: Mapping[Figure, NamedNode], book: Disclosed, places: Places
) -> Iterator[Triple]:
    """One a row of the carry-over table; from the narrative where the table has none for the project."""
    carried = [(row, row.total) for row in project.carried if row.total is not None]
    keys = iris.numbered(_key("carry", project, None) for _ in carried)
    for (row, cell), name in zip(carried, keys, strict=True):
        flow = iris.thing("flow", book.key, name)
        yield from _flow(flow, BL.CarryOver, project, book)
        yield from stated(flow, *_line(row, cell, observations, places, book), *_carried(book))
    told = [fact for fact in project.told if fact.kind == "上年结转结余" and fact.amount is not None]
    if not carried:
        yield from _from_narrative(project, told, BL.CarryOver, book, places)


def _from_narrative(
    project: Project, told: Sequence[ProjectFact], kind: NamedNode, book: Disclosed, places: Places
) -> Iterator[Triple]:
    carried = kind == BL.CarryOver
    keys = iris.numbered(_key("carry" if carried else "alloc", project, None) for _ in told)
    for fact, name in zip(told, keys, strict=True):
        flow = iris.thing("flow", book.key, name)
        yield from _flow(flow, kind, project, book)
        yield from stated(flow, *money(fact.amount, fact.unit or book.unit), (BL.evidence, places[fact.source]))
        yield from stated(flow, *(_carried(book) if carried else (_BUDGETED,)))


def _onward_grants(project: Project, book: Disclosed, places: Places) -> Iterator[Triple]:
    """One a sentence that hands an amount to a named organisation."""
    if project.withheld:
        return
    found = [
        (fact, match)
        for fact in project.told
        for text in (fact.allocation, fact.purpose)
        for pattern in spellings()["grant"]["sentences"]
        for match in re.finditer(pattern, key(text or ""))
    ]
    keys = iris.numbered(_key("grant", project, iris.segment(match["recipient"])) for _, match in found)
    for (fact, match), name in zip(found, keys, strict=True):
        yield from described(
            iris.thing("flow", book.key, name),
            BL.OnwardGrant,
            (BL.fromParty, book.body),
            (BL.toParty, iris.thing("org", iris.segment(match["recipient"]))),
            (BL.item, words(match["recipient"])),
            (BL.verbatim, words(match[0])),
            (BL.fiscalYear, integer(book.year)),
            (BL.forProject, project.iri),
            (BL.disclosedIn, book.iri),
            _BUDGETED,
            (BL.evidence, places[fact.source]),
            *money(amount(match["amount"]), match["unit"], match["amount"]),
        )


def _flow(flow: NamedNode, kind: NamedNode, project: Project, book: Disclosed) -> Iterator[Triple]:
    yield from described(
        flow,
        kind,
        *((BL.underDocument, iris.document(number)) for number in project.documents),
        (BL.toParty, book.body),
        (BL.forProject, project.iri),
        (BL.fiscalYear, integer(book.year)),
        (BL.disclosedIn, book.iri),
    )


def _line(
    row: Row, cell: Figure, observations: Mapping[Figure, NamedNode], places: Places, book: Disclosed
) -> tuple[Pair, ...]:
    return (
        (BL.budgetedAs, observations[cell]),
        subject_pair(row.code, book),
        (BL.evidence, places[cell.source]),
        *money(cell.amount, cell.unit or book.unit, cell.source.text),
    )


def _carried(book: Disclosed) -> tuple[Pair, ...]:
    return (
        (BL.fromFiscalYear, integer(book.year - 1) if book.year is not None else None),
        (BL.amountType, concept("amount-type", "carried-over")),
    )


def _key(letter: str, project: Project, more: str | None) -> str:
    parts = [letter, iris.segment(fold(project.name)), *([more] if more else [])]
    return ".".join(parts)
