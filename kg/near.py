"""Parts of the lineage, read without reading the whole: what nodes are connected with, and the graph of some nodes.

Many nodes are asked about in one question: an engine takes longer to understand a question than to look a node up.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain

import networkx as nx
from pyoxigraph import NamedNode, Store

from kg.lineage import of_rows
from kg.reading import Row, read_about, rows_about
from ontology.terms import BL, CODE, ID

Look = Callable[[str, Collection[str]], list[Row]]
"""Gives the rows of a query of `kg/rules` where its variable `?node` is one of some nodes: query, IRIs."""

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
    "subject": ("subjects",),
}
"""The queries `kg/rules/lineage_*.rq` that tell of a node of each kind."""

_NEAR = {
    "body": ("stated_of", "forms_of_body", "links_from", "links_to"),
    "document": ("stated", "stated_of", "links_from", "links_to"),
    "programme": ("stated", "stated_of", "links_from", "links_to"),
    "project": ("stated", "stated_of", "subjects_of_project", "links_from", "links_to"),
    "flow": ("stated", "stated_of", "links_from", "links_to"),
    "target": ("stated", "stated_of", "body_of_form", "links_from", "links_to"),
    "indicator": ("stated_of", "links_from", "links_to"),
    "subject": ("flows_of_subject", "projects_of_subject", "links_from", "links_to"),
}
"""The queries `kg/rules/near_*.rq` that tell what a node of each kind is connected with."""

_CLASSES = {BL.FundingDocument, BL.Allocation, BL.CarryOver, BL.OnwardGrant}
_OF_CLASSES = {"document", "flow"}
_PARTS_OF_KIND = len(f"{ID}kind".split("/"))
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`\[\]]')


@lru_cache(maxsize=1 << 15)  # asked of all neighbours of all nodes whenever a graph is drawn
def kind_of(iri: str) -> str:
    """The kind of a node of the lineage by its IRI; empty for others, such as origins."""
    return _KINDS.get("/".join(iri.split("/", _PARTS_OF_KIND)[:_PARTS_OF_KIND]), "")


def neighbours(store: Store, nodes: Collection[str]) -> dict[str, list[str]]:
    """The nodes of the lineage that each node is directly connected with, whichever way, in a fixed order.

    None where the IRI is not of a kind that the lineage has.
    """
    found: dict[str, set[str]] = {iri: set() for iri in nodes}
    for query, asked in _by_query(nodes, _NEAR).items():
        for row in rows_about(store, f"near_{query}", "focus", asked):
            if "other" in row and _is_held(row):
                found[row["focus"].value].add(row["other"].value)
    return {iri: sorted(others - {iri}) for iri, others in found.items()}


def looking(store: Store) -> Look:
    """Looks the rows up in the store, each time anew."""
    return lambda query, nodes: read_about(store, query, "node", [NamedNode(iri) for iri in nodes])


def part(look: Look, nodes: Collection[str]) -> "nx.MultiDiGraph[str]":
    """The lineage among some nodes, as `kg.lineage.lineage` would give it, and the origins that they come from.

    Nodes that the lineage does not have are left out; a node is kept where nothing of the part leads to it, too.
    """
    asked = _by_query(nodes, _RULES)
    found = {query: look(f"lineage_{query}", [node.value for node in some]) for query, some in asked.items()}
    found["places"] = look("lineage_places", _places(found.values()))
    return of_rows(lambda name: found.get(name, []), alone=frozenset(nodes))


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


def _places(found: Iterable[list[Row]]) -> list[str]:
    places = {row.get("evidence") for row in chain.from_iterable(found)}
    return sorted(place.value for place in places if isinstance(place, NamedNode))
