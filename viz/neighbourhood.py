"""The part of a lineage worth drawing around what was asked for, and how much of it was left out."""

from collections import Counter, deque
from collections.abc import Collection, Iterator
from typing import Any

import networkx as nx

from ontology.errors import CaimaiError
from viz.vocabulary import kinds

LEVELS = ("central", "province", "prefecture", "county", "township")
FLOWS = frozenset({"allocation", "carry_over", "onward_grant"})
OPEN = FLOWS | {"project", "target", "evaluation"}
"""Kinds that belong to one line of money: everything at them is worth following."""

UPWARD = {
    "document": frozenset({"body", "origin", "programme"}),
    "programme": frozenset({"origin"}),
    "body": frozenset({"body", "origin"}),
}
"""Kinds that many lines share: from them only what stands above is followed, or each would bring in all the others."""


def around(graph: nx.MultiDiGraph, focus: Collection[str], *, limit: int = 300) -> nx.MultiDiGraph:
    """A new graph of at most `limit` nodes around `focus`, nearest first, with stubs for what was left out.

    Money, projects and targets are followed up and down, documents and bodies only upwards, candidates never further
    than to what they suggest. Without focus the whole graph is meant, or where it is larger than the limit the largest
    amounts of money in it, each with all that belongs to it. A stub is a node of kind `more` with `label` (`+12`) and
    `left_out` (kind → count); an edge with relation `more` leads to it from its owner. `graph.graph["left_out"]` of
    the answer counts the nodes next to drawn ones that are not drawn.
    Raises CaimaiError where a node of the focus is not in the graph.
    """
    for node in sorted(focus):
        if node not in graph:
            raise CaimaiError(f"not in the graph: {node}")
    kept = set(_nearest(graph, sorted(focus), limit) if focus else _largest(graph, limit))
    drawn = nx.MultiDiGraph(graph.subgraph(kept))
    outside = {node: _neighbours(graph, node) - kept for node in sorted(kept)}
    for node, left_out in outside.items():
        if left_out:
            add_stub(drawn, node, Counter(str(graph.nodes[other].get("kind")) for other in left_out))
    drawn.graph["left_out"] = len(set().union(*outside.values()))
    return drawn


def _nearest(graph: nx.MultiDiGraph, focus: list[str], limit: int) -> list[str]:
    """The nodes in the order of their distance from the focus, cut at the limit; a candidate is shown, not followed."""
    found: dict[str, None] = dict.fromkeys(focus[:limit])
    followed = set(found)
    waiting = deque(found)
    while waiting:
        node = waiting.popleft()
        for other in _onward(graph, node, node in focus):
            if other not in found and len(found) < limit:
                found[other] = None
            if other in found and other not in followed and not _only_candidate(graph, node, other):
                followed.add(other)
                waiting.append(other)
    return list(found)


def _onward(graph: nx.MultiDiGraph, node: str, asked: bool) -> list[str]:
    near = (other for other in _neighbours(graph, node) if _leads(graph, node, other, asked))
    return sorted(near, key=lambda other: _rank(graph, other))


def _leads(graph: nx.MultiDiGraph, node: str, other: str, asked: bool) -> bool:
    """Whether the walk goes from a node to its neighbour."""
    kind, next_kind = graph.nodes[node].get("kind"), graph.nodes[other].get("kind")
    if asked or kind in OPEN:
        return True
    if next_kind not in UPWARD.get(str(kind), ()):
        return False
    succession = any(edge.get("relation") == "succeeds" for edge in _between(graph, node, other))
    return not (kind == next_kind == "body") or succession or _height(graph, other) < _height(graph, node)


def _only_candidate(graph: nx.MultiDiGraph, node: str, other: str) -> bool:
    return all(edge.get("grade") == "candidate" for edge in _between(graph, node, other))


def _between(graph: nx.MultiDiGraph, node: str, other: str) -> Iterator[dict[str, Any]]:
    for start, end in ((node, other), (other, node)):
        yield from (graph.get_edge_data(start, end) or {}).values()


def _height(graph: nx.MultiDiGraph, node: str) -> int:
    level = graph.nodes[node].get("level")
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


def _largest(graph: nx.MultiDiGraph, limit: int) -> list[str]:
    """All nodes where the limit allows, else the largest flows of money with what lies around each, as many as fit."""
    if len(graph) <= limit:
        return list(graph)
    flows = [node for node in sorted(graph) if graph.nodes[node].get("kind") in FLOWS]
    kept: dict[str, None] = {}
    for flow in sorted(flows, key=lambda node: -(graph.nodes[node].get("amount") or 0)):
        wider = kept | dict.fromkeys(_nearest(graph, [flow], limit))
        if len(wider) > limit:
            break
        kept = wider
    return list(kept or sorted(graph)[:limit])


def _rank(graph: nx.MultiDiGraph, node: str) -> tuple[int, str]:
    order = list(kinds())
    kind = graph.nodes[node].get("kind")
    return (order.index(kind) if kind in order else len(order), node)


def _neighbours(graph: nx.MultiDiGraph, node: str) -> set[str]:
    return {*graph.predecessors(node), *graph.successors(node)} - {node}


def add_stub(drawn: nx.MultiDiGraph, owner: str, left_out: Counter[str]) -> None:
    """Adds a stub to a node for its neighbours that are not drawn, counted by kind."""
    stub = f"more:{owner}"
    drawn.add_node(stub, kind="more", label=f"+{left_out.total()}", left_out=dict(sorted(left_out.items())))
    drawn.add_edge(owner, stub, relation="more", grade="stated", rule=None, evidence=())
