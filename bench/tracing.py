"""How long traces take on a large store: many things of every kind, each asked once after a first, not counted one."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

import pyoxigraph as ox

from kg.store import open_read_only
from queries.tracing.trace import trace

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
    """Milliseconds of the traces of one kind of thing, of the processor: other work on the machine does not count."""

    kind: str
    milliseconds: tuple[float, ...]
    slowest: str

    def percentile(self, of_hundred: int) -> float:
        """The time that so many of a hundred traces stay below."""
        return quantiles(self.milliseconds, n=100, method="inclusive")[of_hundred - 1]


def timed(folder: Path, each: int = EACH) -> list[Timed]:
    """The traces of every kind on a store on disk, and all of them together."""
    store = open_read_only(folder)
    trace(store, next(_spread(store, _NAMES["body"], 1)))
    found = [
        _kind(store, kind, list(_spread(store, query, each))) for kind, query in [*_NAMES.items(), ("code", _CODES)]
    ]
    slowest = max(found, key=lambda one: max(one.milliseconds))
    everything = tuple(time for one in found for time in one.milliseconds)
    return [*found, Timed("all", everything, slowest.slowest)]


def _spread(store: ox.Store, query: str, wanted: int) -> Iterator[str]:
    """So many of the names, evenly spread in their order."""
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions), "a SELECT query"
    names = sorted({row[0].value for row in found})
    yield from names[:: max(1, len(names) // wanted)][:wanted]


def _kind(store: ox.Store, kind: str, names: Sequence[str]) -> Timed:
    times = {}
    for name in names:
        start = time.process_time()
        trace(store, name)
        times[name] = (time.process_time() - start) * 1000
    return Timed(kind, tuple(times.values()), max(times, key=lambda name: times[name]))
