"""How long traces take on a large store: many things of every kind, each asked once after a first, not counted one."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import nan
from pathlib import Path
from statistics import quantiles

import pyoxigraph as ox

import caimai
from queries.tracing.finding import NotFound

EACH = 25  # things of a kind
_NAMES = {
    "document": "SELECT ?name { ?x <https://w3id.org/cnbl/ont#documentNumber> ?name }",
    "project": (
        "SELECT ?name { ?x <https://w3id.org/cnbl/ont#ofBody> ?b ; <https://w3id.org/cnbl/ont#projectName> ?name }"
    ),
    "body": "SELECT ?name { ?x <https://w3id.org/cnbl/ont#officialName> ?name }",
    "recipient": (
        "SELECT ?name { ?x a <https://w3id.org/cnbl/ont#OnwardGrant> ; <https://w3id.org/cnbl/ont#item> ?name }"
    ),
    "indicator": "SELECT ?name { ?x <https://w3id.org/cnbl/ont#indicatorName> ?name }",
    "programme": (
        "SELECT ?name { ?x a <https://w3id.org/cnbl/ont#FundingProgramme> ;"
        " <http://www.w3.org/2000/01/rdf-schema#label> ?name }"
    ),
}
_CODES = (
    "SELECT DISTINCT ?name { ?f <https://w3id.org/cnbl/ont#forProject> ?p ;"
    " <https://w3id.org/cnbl/ont#functionalSubject> ?code . ?code <https://w3id.org/cnbl/ont#subjectCode> ?name }"
)


@dataclass(frozen=True, slots=True)
class Timed:
    """Milliseconds of the traces of one kind of thing, by the clock (which other work lengthens) and of the processor.

    `not_found` are names taken from the store that the tracer does not know; they are not among the times.
    """

    kind: str
    wall: tuple[float, ...]
    processor: tuple[float, ...]
    slowest: str
    not_found: tuple[str, ...] = ()


def percentile(milliseconds: Sequence[float], of_hundred: int) -> float:
    """The time that so many of a hundred traces stay below; nan of none."""
    if len(milliseconds) < 2:
        return milliseconds[0] if milliseconds else nan
    return quantiles(milliseconds, n=100, method="inclusive")[of_hundred - 1]


def timed(folder: Path, each: int = EACH) -> list[Timed]:
    """The traces of every kind on a store on disk, and all of them together."""
    graph = caimai.open(folder)
    for first in _spread(graph.store, _NAMES["body"], 1):
        _took(graph, first)
    kinds = {**_NAMES, "code": _CODES}
    found = [_kind(graph, kind, list(_spread(graph.store, query, each))) for kind, query in kinds.items()]
    return [*found, _together(found)]


def _together(found: Sequence[Timed]) -> Timed:
    slowest = max(found, key=lambda one: max(one.processor, default=0.0))
    wall, processor = (tuple(time for one in found for time in getattr(one, name)) for name in ("wall", "processor"))
    return Timed("all", wall, processor, slowest.slowest, tuple(name for one in found for name in one.not_found))


def _spread(store: ox.Store, query: str, wanted: int) -> Iterator[str]:
    """So many of the names, evenly spread in their order."""
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions), "a SELECT query"
    names = sorted({row[0].value for row in found})
    yield from names[:: max(1, len(names) // wanted)][:wanted]


def _kind(graph: caimai.Graph, kind: str, names: Sequence[str]) -> Timed:
    took = {name: _took(graph, name) for name in names}
    times = {name: time for name, time in took.items() if time}
    slowest = max(times, key=lambda name: times[name][1], default="")
    wall, processor = (tuple(time[at] for time in times.values()) for at in (0, 1))
    return Timed(kind, wall, processor, slowest, tuple(name for name, time in took.items() if time is None))


def _took(graph: caimai.Graph, name: str) -> tuple[float, float] | None:
    """What a trace takes by the clock and of the processor; None where nothing is called so."""
    wall, processor = time.perf_counter(), time.process_time()
    try:
        graph.trace(name)
    except NotFound:
        return None
    return (time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000
