"""Slices: the projects and totals of each body and year under each functional subject, where queries find them at once.

What a slice names can be had from the documents' own statements too, but only by looking through all figures under a
subject, or all projects of a body.
"""

from collections.abc import Iterator

from pyoxigraph import NamedNode, Store, Triple

from kg import iris
from kg.rdf import described, integer, stated
from kg.reading import Row, grouped, node, number, read, text
from ontology.terms import BL, concept


def described_slices(store: Store) -> Iterator[Triple]:
    """Every slice with its body, year and subject, and what is found in it."""
    project_table, totals = concept("view", "general_budget_project"), concept("role", "col-total")
    lines, spending, priors = (read(store, f"slice_{name}") for name in ("projects", "totals", "priors"))
    for uses in grouped([*lines, *spending, *priors], "body", "year", "subject").values():
        yield from _described(uses[0])
    for row in lines:
        yield from stated(_slice(row), (BL.sliceProject, node(row, "project")))
        if row["view"] == project_table and row.get("role") == totals:
            yield from stated(_slice(row), (BL.projectTotal, node(row, "line")))
    for row in spending:
        yield from stated(_slice(row), (BL.spendingTotal, node(row, "line")))
    for row in priors:
        yield from stated(_slice(row), (BL.priorTotal, node(row, "line")))


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
