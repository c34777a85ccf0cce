"""Slices: the projects and totals of each body and year under each functional subject, where queries find them at once.

What a slice names can be had from what documents state and rules conclude too, but only by looking through all figures
under a subject, or all projects of a body. So can the performance forms of a body that are about no project.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Store, Triple

from kg import iris
from kg.links import Link
from kg.rdf import described, integer, stated
from kg.reading import Row, grouped, node, number, read, text
from ontology.terms import BL, concept


def described_slices(store: Store, links: Iterable[Link]) -> Iterator[Triple]:
    """Every slice with its body, year and subject, and what is found in it; the forms of bodies."""
    project_table, totals = concept("view", "general_budget_project"), concept("role", "col-total")
    lines, spending, priors = (read(store, f"slice_{name}") for name in ("projects", "totals", "priors"))
    carried = _carried(store, links)
    for uses in grouped([*lines, *spending, *priors, *carried], "body", "year", "subject").values():
        yield from _described(uses[0])
    for row in carried:
        yield from stated(_slice(row), (BL.sliceProject, node(row, "project")))
    for row in lines:
        yield from stated(_slice(row), (BL.sliceProject, node(row, "project")))
        if row["view"] == project_table and row.get("role") == totals:
            yield from stated(_slice(row), (BL.projectTotal, node(row, "line")))
    for row in spending:
        yield from stated(_slice(row), (BL.spendingTotal, node(row, "line")))
    for row in priors:
        yield from stated(_slice(row), (BL.priorTotal, node(row, "line")))


def _carried(store: Store, links: Iterable[Link]) -> list[Row]:
    """The projects of carry-overs with the subjects that these have, printed or concluded."""
    placed = {link.subject: link.object for link in links if link.stands and link.predicate == BL.functionalSubject}
    return [
        {**row, "subject": subject}
        for row in read(store, "slice_carried")
        if (subject := row.get("subject") or placed.get(node(row, "flow")))
    ]


def _described(row: Row) -> Iterator[Triple]:
    return described(
        _slice(row),
        BL.SubjectSlice,
        (BL.sliceOf, node(row, "body")),
        (BL.sliceYear, integer(number(row, "year"))),
        (BL.sliceSubject, node(row, "subject")),
    )


def _slice(row: Row) -> NamedNode:
    return iris.subject_slice(text(row, "body"), number(row, "year"), text(row, "subject"))


def described_forms(store: Store, links: Iterable[Link]) -> Iterator[Triple]:
    """The performance forms of bodies that are about no project: of whole bodies, and those no project is told for."""
    attached = {link.subject for link in links if link.stands and link.predicate == BL.targetOf}
    for row in read(store, "forms_alone"):
        if node(row, "form") not in attached:
            yield from stated(node(row, "form"), (BL.formOfBody, node(row, "body")))
