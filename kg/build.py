"""Documents into the store, one by one, each whole or not at all; then everything derived from them anew."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import iris
from kg.derive import rederive
from kg.rdf import ISSUED, TYPE
from kg.statements import quads
from kg.store import remove_document, replace_document
from ontology.facts import Fact
from ontology.terms import BL


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: documents by sha256, in the order given.

    `superseded` were left out for another file of the same disclosure: the one published later, else the one that
    states more. `quads` is the size of the store afterwards.
    """

    read: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    quads: int = 0


def build(documents: Iterable[tuple[str, Iterable[Fact]]], store: Store) -> Report:
    """Put the facts of each document (its sha256, its facts) into the store and derive the rest anew.

    The same documents give the same store in any order and any number of times. Where the reading of documents ends
    early, by an error or Ctrl-C, those before it are in the store and the rest is derived from them.
    """
    done: list[tuple[str, str]] = []
    try:
        for sha256, facts in documents:
            done.append((_put(store, sha256, quads(facts)), sha256))
    finally:
        rederive(store)
        store.flush()  # or every reader replays the log when it opens the store, a second for 50,000 quads
    return Report(
        read=tuple(sha256 for _, sha256 in done),
        unchanged=tuple(sha256 for outcome, sha256 in done if outcome == "unchanged"),
        replaced=tuple(sha256 for outcome, sha256 in done if outcome == "replaced"),
        superseded=tuple(sha256 for outcome, sha256 in done if outcome == "superseded"),
        quads=len(store),
    )


def _put(store: Store, sha256: str, stated: list[Quad]) -> str:
    """`replaced`, `unchanged`, or `superseded` by another file of the same disclosure, of which one only is held."""
    graph = iris.file_graph(sha256)
    rivals = [other for other in _graphs_of(store, stated) if other != graph]
    ranks = {other: _rank(list(store.quads_for_pattern(None, None, None, other)), other) for other in rivals}
    if any(rank > _rank(stated, graph) for rank in ranks.values()):
        remove_document(store, sha256)
        return "superseded"
    for other in rivals:
        remove_document(store, other.value.removeprefix(iris.FILE_GRAPHS))
    return "replaced" if replace_document(store, sha256, stated) else "unchanged"


def _graphs_of(store: Store, stated: list[Quad]) -> list[NamedNode]:
    disclosures = [quad.subject for quad in stated if quad.predicate == TYPE and quad.object == BL.Disclosure]
    held = (quad.graph_name for iri in disclosures for quad in store.quads_for_pattern(iri, TYPE, BL.Disclosure))
    return sorted((graph for graph in held if isinstance(graph, NamedNode)), key=str)


def _rank(stated: list[Quad], graph: NamedNode) -> tuple[str, int, str]:
    issued = [quad.object for quad in stated if quad.predicate == ISSUED]
    return max((day.value for day in issued if isinstance(day, Literal)), default=""), len(stated), graph.value
