"""Everything one document states, as the quads of its own graph."""

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import Quad, Triple

from kg import iris
from kg.disclosed import Disclosed, described_disclosure, disclosed, head_of
from kg.evidence import described_mentions, described_places, places
from kg.figures import described_figures
from kg.flows import described_flows
from kg.narrative import (
    described_absences,
    described_changes,
    described_findings,
    described_reclassifications,
    subject_paths,
)
from kg.observations import Frame, described_observations, observation_iris
from kg.passages import described_passages
from kg.performance import described_targets
from kg.prior_figures import described_prior_figures
from kg.projects import by_name, described_names, described_projects, projects
from kg.rows import body_names, rows
from kg.self_evaluations import described_evaluations
from kg.units import bodies_of_rows, described_units
from kg.uses import described_uses
from ontology.facts import CellFact, DocrefFact, Fact


def quads(facts: Iterable[Fact]) -> list[Quad]:
    """The facts of ONE document as quads of the graph `iris.file_graph(sha256)`.

    Pure: the same facts give the same quads, each once, sorted by their N-Quads form; no blank nodes. No fact gives no
    quad. Raises CaimaiError where the facts come from several files.
    """
    known = tuple(facts)
    if not known:
        return []
    book = disclosed(known)
    graph = iris.file_graph(book.sha256)
    return sorted(
        {Quad(triple.subject, triple.predicate, triple.object, graph) for triple in _triples(known, book)}, key=str
    )


def _triples(facts: Sequence[Fact], book: Disclosed) -> Iterator[Triple]:
    where = places(facts)
    head = head_of(facts)
    table_rows = rows(fact for fact in facts if isinstance(fact, CellFact))
    bodies = body_names(table_rows, book.agency)
    found = projects(facts, table_rows, bodies, book)
    named = by_name(found)
    observed = observation_iris(table_rows, book)
    yield from described_disclosure(book, head, where[head.source])
    yield from described_names(facts, book, where)
    yield from described_projects(found, book, where)
    frame = Frame(bodies, book, where, named, bodies_of_rows(table_rows, book))
    yield from described_observations(table_rows, observed, frame)
    yield from described_prior_figures(facts, observed, frame)
    yield from described_flows(found, observed, book, where)
    yield from described_uses(found, book, where)
    yield from described_targets(facts, named, book, where)
    yield from described_evaluations(facts, named, book, where)
    paths = subject_paths(table_rows)
    yield from described_changes(facts, paths, book, where)
    yield from described_reclassifications(facts, paths, book, where)
    yield from described_figures(facts, book, where)
    yield from described_passages(facts, book, where)
    yield from described_units(facts, table_rows, book, where)
    yield from described_absences(facts, book, where)
    yield from described_findings(facts, book, where)
    yield from described_places(facts, where, book.file)
    yield from described_mentions([fact for fact in facts if isinstance(fact, DocrefFact)], book.file)
