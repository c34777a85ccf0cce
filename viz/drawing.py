"""The lineage as a pyvis network: cards with fixed places, edges by grade, headings for years and levels."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import networkx as nx

from viz.bends import bend_between, boxes, curve
from viz.cards import card
from viz.layout import Layout
from viz.records import EdgeRow, owner_of
from viz.vocabulary import Kind, Words, kind, kinds

if TYPE_CHECKING:  # pyvis brings IPython where it is installed: imported when there is something to draw
    from pyvis.network import Network

EDGES: Mapping[str, Mapping[str, Any]] = {
    "stated": {"width": 1.8, "dashes": False, "color": "#5b6673"},
    "derived": {"width": 1.2, "dashes": False, "color": "#8d96a3"},
    "candidate": {"width": 1.6, "dashes": [7, 6], "color": "#b4571a"},
}
"""How each grade is drawn; an unknown grade is drawn as a candidate."""

OPTIONS: Mapping[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 250,
        "keyboard": False,
        "multiselect": False,
    },
    "edges": {
        "smooth": False,
        "selectionWidth": 1.5,
        "hoverWidth": 0.6,
    },
}
"""Nothing moves: places are computed here, so physics stays off however large the graph is."""


def network(
    graph: nx.MultiDiGraph, drawn: Layout, keys: Mapping[str, str], edges: Sequence[EdgeRow], focus: Collection[str]
) -> "Network":
    """A directed pyvis network with one node for every key and one edge for every row, parallel edges bent apart."""
    from pyvis.network import Network

    net = Network(directed=True)
    net.options = dict(OPTIONS)
    for node, key in keys.items():
        owner = {"owner": keys[owner_of(graph, node)]} if graph.nodes[node].get("kind") == "more" else {}
        net.add_node(key, **_node(graph.nodes[node], drawn.positions[node], node in focus), **owner)
    pairs: dict[tuple[str, str], list[float]] = {}
    places = {key: drawn.positions[node] for node, key in keys.items()}
    cards = {key: card(graph.nodes[node]) for node, key in keys.items() if graph.nodes[node].get("kind") != "more"}
    room = boxes(places, cards)
    for edge in edges:
        taken = pairs.setdefault((edge.start, edge.end), [])
        taken.append(bend_between(edge.start, edge.end, places, room, taken))
        pairs.setdefault((edge.end, edge.start), []).append(-taken[-1])
        net.add_edge(edge.start, edge.end, id=edge.key, **_edge(edge, taken[-1], places))
    return net


def headings(drawn: Layout, said: Words) -> dict[str, list[dict[str, Any]]]:
    """The year columns and the level bands with the words to write over them."""
    return {
        "columns": [
            {"name": one.name, "label": _year(one.name, said), "start": round(one.start, 1), "end": round(one.end, 1)}
            for one in drawn.columns
        ],
        "bands": [
            {
                "name": one.name,
                "label": said.band.get(one.name, one.name),
                "start": round(one.start, 1),
                "end": round(one.end, 1),
            }
            for one in drawn.bands
        ],
    }


def legend(graph: nx.MultiDiGraph) -> list[tuple[Kind, int]]:
    """The kinds that occur, in the order of the legend, and how often; kinds the page does not know count as other."""
    found = [kind(graph.nodes[node].get("kind")) for node in graph]
    return [(one, found.count(one)) for one in kinds().values() if one in found and one.name != "more"]


def _node(data: Mapping[str, Any], place: tuple[float, float], asked: bool) -> dict[str, Any]:
    one, drawn = kind(data.get("kind")), card(data)
    label = str(data.get("label") or "…")
    return {
        "label": label,
        "title": "\n".join(filter(None, [label, drawn.note])),
        "shape": "custom",
        "x": round(place[0], 1),
        "y": round(place[1], 1),
        "width": round(drawn.width, 1),
        "height": drawn.height,
        "lines": list(drawn.lines),
        "note": drawn.note,
        "kind": one.name,
        "colour": one.colour,
        "asked": asked,
    }


def _edge(edge: EdgeRow, roundness: float, places: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    style = EDGES.get(edge.grade, EDGES["candidate"])
    middle = [round(part, 1) for part in curve((places[edge.start], places[edge.end]), roundness, 0.5)]
    turn = {"enabled": True, "type": "curvedCW" if roundness > 0 else "curvedCCW", "roundness": abs(roundness)}
    return {
        "relation": edge.relation,
        "grade": edge.grade,
        "title": edge.relation,
        "middle": middle,
        **style,
        "smooth": turn if roundness else False,
        "arrows": _arrow(edge.against),
    }


def _arrow(against: bool) -> dict[str, Any]:
    """One arrow head, at the end that money or time runs to."""
    head, tail = ("from", "to") if against else ("to", "from")
    return {head: {"enabled": True, "scaleFactor": 0.5}, tail: {"enabled": False}}


def _year(name: str, said: Words) -> str:
    if name.startswith("<="):
        return said.ui["earlier"].format(name.removeprefix("<="))
    return said.ui["fiscal_year"].format(name) if name else said.ui["undated"]
