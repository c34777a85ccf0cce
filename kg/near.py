"""Parts of the lineage, read without reading the whole: what a node is connected with, and the graph of some nodes."""

from collections.abc import Collection, Iterable
from itertools import chain

import networkx as nx
from pyoxigraph import NamedNode, Store

from kg.lineage import of_rows
from kg.reading import Row, read_of
from ontology.terms import CODE, ID

_RULES = {
    f"{ID}agency/": ("bodies", "links"),
    f"{ID}doc/": ("documents", "links"),
    f"{ID}prog/": ("programmes", "links"),
    f"{ID}proj/": ("projects", "project_lines", "links"),
    f"{ID}flow/": ("flows", "flow_subjects", "links"),
    f"{ID}tgt/": ("targets", "links"),
    f"{ID}kpi/": ("indicators",),
    f"{CODE}function/": ("subjects",),
}
"""The queries `kg/rules/lineage_*.rq` that tell of a node, by the beginning of its IRI: the kinds of the lineage."""


def neighbours(store: Store, iri: str) -> list[str]:
    """The nodes of the lineage that are directly connected with one, whichever way, in a fixed order."""
    rows = read_of(store, "near", "focus", NamedNode(iri))
    return sorted({other for row in rows if _rules(other := row["other"].value)} - {iri})


def part(store: Store, nodes: Collection[str]) -> "nx.MultiDiGraph[str]":
    """The lineage among some nodes, as `kg.lineage.lineage` would give it, and the origins that they come from.

    Nodes that the lineage does not have are left out; a node is kept where nothing of the part leads to it, too.
    """
    found: dict[str, list[Row]] = {}
    for iri in sorted(nodes):
        for rule in _rules(iri):
            found.setdefault(rule, []).extend(read_of(store, f"lineage_{rule}", "node", NamedNode(iri)))
    found["places"] = [
        row for place in _places(found.values()) for row in read_of(store, "lineage_places", "node", place)
    ]
    return of_rows(lambda name: found.get(name, []), alone=frozenset(nodes))


def _rules(iri: str) -> tuple[str, ...]:
    return next((rules for start, rules in _RULES.items() if iri.startswith(start)), ())


def _places(found: Iterable[list[Row]]) -> list[NamedNode]:
    places = {row.get("evidence") for row in chain.from_iterable(found)}
    return sorted((place for place in places if isinstance(place, NamedNode)), key=lambda place: place.value)
