"""Parts of the lineage, read without reading the whole: what a node is connected with, and the graph of some nodes."""

import re
from collections.abc import Callable, Collection, Iterable
from itertools import chain

import networkx as nx
from pyoxigraph import NamedNode, Store

from kg.lineage import of_rows
from kg.reading import Row, read_of
from ontology.terms import BL, CODE, ID

Look = Callable[[str, str, str], list[Row]]
"""Gives the rows of a query of `kg/rules` where one of its variables is a node: query, variable, IRI."""

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

_CLASSES = {BL.FundingDocument, BL.Allocation, BL.CarryOver, BL.OnwardGrant}
_OF_CLASSES = (f"{ID}doc/", f"{ID}flow/")
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`\[\]]')


def neighbours(store: Store, iri: str) -> list[str]:
    """The nodes of the lineage that are directly connected with one, whichever way, in a fixed order.

    None where the IRI is not of a kind that the lineage has.
    """
    rows = read_of(store, "near", "focus", NamedNode(iri)) if _rules(iri) else []
    return sorted({row["other"].value for row in rows if "other" in row and _is_held(row)} - {iri})


def looking(store: Store) -> Look:
    """Looks the rows up in the store, each time anew."""
    return lambda query, variable, iri: read_of(store, query, variable, NamedNode(iri))


def part(look: Look, nodes: Collection[str]) -> "nx.MultiDiGraph[str]":
    """The lineage among some nodes, as `kg.lineage.lineage` would give it, and the origins that they come from.

    Nodes that the lineage does not have are left out; a node is kept where nothing of the part leads to it, too.
    """
    found: dict[str, list[Row]] = {}
    for iri in sorted(nodes):
        for rule in _rules(iri):
            found.setdefault(rule, []).extend(look(f"lineage_{rule}", "node", iri))
    found["places"] = [row for place in _places(found.values()) for row in look("lineage_places", "node", place)]
    return of_rows(lambda name: found.get(name, []), alone=frozenset(nodes))


def _is_held(row: Row) -> bool:
    """Whether the lineage has a neighbour: of documents and flows it has those of certain classes only."""
    other = row["other"].value
    return bool(_rules(other)) and (row.get("class") in _CLASSES or not other.startswith(_OF_CLASSES))


def _rules(iri: str) -> tuple[str, ...]:
    """The queries that tell of a node; none for what no IRI can be (RFC 3987, section 2.2)."""
    if _NOT_IN_IRI.search(iri):
        return ()
    return next((rules for start, rules in _RULES.items() if iri.startswith(start)), ())


def _places(found: Iterable[list[Row]]) -> list[str]:
    places = {row.get("evidence") for row in chain.from_iterable(found)}
    return sorted(place.value for place in places if isinstance(place, NamedNode))
