"""Parts of the lineage, read without reading the whole: what nodes are connected with, and the graph of some nodes.

Many nodes are asked about in one question: an engine takes longer to understand a question than to look a node up.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import networkx as nx
from pyoxigraph import NamedNode, Store

from kg.lineage import Attributes, Edge, joined, nodes_and_edges, places_of
from kg.places import Evidence
from kg.reading import Row, read_about, rows_about
from ontology.terms import BL, CODE, ID


@dataclass(frozen=True, slots=True)
class Piece:
    """What the lineage says of one node: its attributes, None where it has no such node, and the edges told with it."""

    attributes: Attributes | None
    edges: tuple[Edge, ...]


Look = Callable[[Collection[str]], Mapping[str, Piece]]
"""Gives the piece of each of some nodes, as `pieces` does."""

Near = Callable[[Collection[str]], Mapping[str, Sequence[str]]]
"""Gives the nodes of the lineage that each of some nodes is directly connected with, as `neighbours` does."""

_KINDS = {
    f"{ID}agency": "body",
    f"{ID}doc": "document",
    f"{ID}prog": "programme",
    f"{ID}proj": "project",
    f"{ID}flow": "flow",
    f"{ID}tgt": "target",
    f"{ID}kpi": "indicator",
    f"{ID}eval": "evaluation",
    f"{ID}done": "outcome",
    f"{CODE}function": "subject",
}
"""The kinds of the lineage's nodes, by the beginning of their IRIs."""

_RULES = {
    "body": ("bodies", "links"),
    "document": ("documents", "links"),
    "programme": ("programmes", "links"),
    "project": ("projects", "project_lines", "links"),
    "flow": ("flows", "flow_subjects", "links"),
    "target": ("targets", "links"),
    "indicator": ("indicators",),
    "evaluation": ("evaluations", "links"),
    "outcome": ("outcomes", "links"),
    "subject": ("subjects",),
}
"""The queries `kg/rules/lineage_*.rq` that tell of a node of each kind."""

_NEAR = {
    "body": ("to_body", "forms_of_body", "links_from", "links_to"),
    "document": ("under_document", "links_from", "links_to"),
    "programme": ("links_from", "links_to"),
    "project": ("of_project", "for_project", "subjects_of_project", "links_from", "links_to"),
    "flow": ("of_flow", "links_from", "links_to"),
    "target": ("of_target", "body_of_form", "links_from", "links_to"),
    "indicator": ("with_indicator", "links_from", "links_to"),
    "evaluation": ("of_evaluation", "links_from", "links_to"),
    "outcome": ("with_outcome", "links_from", "links_to"),
    "subject": ("flows_of_subject", "projects_of_subject", "links_from", "links_to"),
}
"""The queries `kg/rules/near_*.rq` that tell what a node of each kind is connected with."""

_ORDER = (
    "flow",
    "project",
    "document",
    "programme",
    "body",
    "target",
    "evaluation",
    "subject",
    "indicator",
    "outcome",
    "",
)
_RANK = {kind: rank for rank, kind in enumerate(_ORDER)}
_CLASSES = {BL.FundingDocument, BL.Allocation, BL.CarryOver, BL.OnwardGrant}
_OF_CLASSES = {"document", "flow"}
_PARTS_OF_KIND = len(f"{ID}kind".split("/"))
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`\[\]]')


@lru_cache(maxsize=1 << 15)  # asked of all neighbours of all nodes whenever a graph is drawn
def kind_of(iri: str) -> str:
    """The kind of a node of the lineage by its IRI; empty for others, such as origins."""
    return _KINDS.get("/".join(iri.split("/", _PARTS_OF_KIND)[:_PARTS_OF_KIND]), "")


def neighbours(store: Store, nodes: Collection[str]) -> dict[str, list[str]]:
    """The nodes of the lineage that each node is directly connected with, whichever way, those that lead on first.

    Money and projects stand before bodies, subjects and indicators. None where the IRI is not of a kind that the
    lineage has.
    """
    found: dict[str, set[str]] = {iri: set() for iri in nodes}
    for query, asked in _by_query(nodes, _NEAR).items():
        for row in rows_about(store, f"near_{query}", "focus", asked):
            if "other" in row and _is_held(row):
                found[row["focus"].value].add(row["other"].value)
    return {iri: _ranked(others - {iri}) for iri, others in found.items()}


def _ranked(nodes: Collection[str]) -> list[str]:
    return sorted(nodes, key=lambda iri: (_RANK[kind_of(iri)], iri))


def pieces(store: Store, nodes: Collection[str]) -> dict[str, Piece]:
    """What the lineage says of each node, all of it asked for together."""
    told: dict[str, dict[str, list[Row]]] = {iri: defaultdict(list) for iri in nodes}
    for query, some in _by_query(nodes, _RULES).items():
        for row in read_about(store, f"lineage_{query}", "node", some):
            told[row["node"].value][query].append(row)
    return {iri: _piece(iri, rows) for iri, rows in told.items()}


def _piece(iri: str, rows: Mapping[str, list[Row]]) -> Piece:
    attributes, edges = nodes_and_edges(lambda name: rows.get(name, []))
    return Piece(attributes.get(iri), tuple(edges))


def places(store: Store, addresses: Collection[str]) -> dict[str, Evidence]:
    """The evidence at each address that has some."""
    return places_of(read_about(store, "lineage_places", "node", [NamedNode(iri) for iri in sorted(set(addresses))]))


def part(look: Look, nodes: Collection[str]) -> "nx.MultiDiGraph[str]":
    """The lineage among some nodes, as `kg.lineage.lineage` would give it, and the origins that they come from.

    Nodes that the lineage does not have are left out; a node is kept where nothing of the part leads to it, too.
    The evidence of edges is its addresses: `kg.lineage.cite` with `places` puts it there.
    """
    found = look(nodes)
    known = {iri: piece.attributes for iri, piece in found.items() if piece.attributes is not None}
    return joined(known, (edge for piece in found.values() for edge in piece.edges), alone=frozenset(nodes))


def _is_held(row: Row) -> bool:
    """Whether the lineage has a neighbour: of documents and flows it has those of certain classes only."""
    other = row["other"].value
    return bool(kind_of(other)) and (row.get("class") in _CLASSES or kind_of(other) not in _OF_CLASSES)


def _by_query(nodes: Collection[str], queries: Mapping[str, Sequence[str]]) -> dict[str, list[NamedNode]]:
    """The nodes that each query is to be asked about; none of what no IRI can be (RFC 3987, section 2.2)."""
    found: dict[str, list[NamedNode]] = {}
    for iri in sorted(set(nodes)):
        for query in queries.get(kind_of(iri), ()) if not _NOT_IN_IRI.search(iri) else ():
            found.setdefault(query, []).append(NamedNode(iri))
    return found
