"""The lineage as a pyvis network: cards with fixed places, edges by grade, headings for years and levels."""

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import networkx as nx

from viz.cards import card
from viz.layout import Layout
from viz.records import edges_between, owner_of
from viz.vocabulary import Kind, Words, against_the_money, kind, kinds

if TYPE_CHECKING:  # pyvis brings IPython where it is installed: imported when there is something to draw
    from pyvis.network import Network

Drawn = dict[str, Any]
"""A card or a line as the scripts read it."""

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
        "selectable": False,
        "hover": True,
        "tooltipDelay": 250,
        "keyboard": False,
    },
    "edges": {"smooth": False},
}
"""Nothing moves: places are computed here, so physics stays off however large the graph is. Lines are drawn, and what
is chosen is kept, by the scripts of the page."""


def cards(graph: nx.MultiDiGraph, drawn: Layout, keys: Mapping[str, str], focus: Collection[str]) -> list[Drawn]:
    """The cards as the script of the page draws them (`viz/assets/cards.js`), in the order of `keys` (node → id).

    A stub names its `owner`; `note` and `asked` stand only where they say something.
    """
    return [_card(graph, node, drawn.positions[node], keys, node in focus) for node in keys]


def lines(graph: nx.MultiDiGraph, keys: Mapping[str, object], said: Words) -> list[Drawn]:
    """The lines as the script draws them (`viz/assets/lines.js`), in the order of `viz.records.edges_between`."""
    return [
        {
            "from": keys[start],
            "to": keys[end],
            "relation": said.relation.get(data["relation"], data["relation"]),
            "grade": str(data.get("grade")),
            **({"against": True} if data["relation"] in against_the_money() else {}),
        }
        for start, end, data in edges_between(graph, keys)
    ]


def network(cards: Iterable[Drawn], lines: Iterable[Drawn]) -> "Network":
    """A directed pyvis network of the cards and lines: one node and one edge for each, parallel edges all stand."""
    from pyvis.network import Network

    net = Network(directed=True)
    net.options = dict(OPTIONS)
    for one in cards:
        title = "\n".join(filter(None, [one["label"], one.get("note")]))
        net.add_node(one["id"], title=title, shape="custom", **{key: one[key] for key in one if key != "id"})
    for number, one in enumerate(lines):
        rest = {key: one[key] for key in one if key not in ("from", "to")}
        style = EDGES.get(one["grade"], EDGES["candidate"])
        net.add_edge(one["from"], one["to"], id=f"e{number}", arrows=_arrow("against" in one), **rest, **style)
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


def _card(graph: nx.MultiDiGraph, node: str, place: tuple[float, float], keys: Mapping[str, str], asked: bool) -> Drawn:
    data = graph.nodes[node]
    drawn, name = card(data), kind(data.get("kind")).name
    return {
        "id": keys[node],
        "kind": name,
        "label": str(data.get("label") or "…"),
        "lines": drawn.lines,
        "x": round(place[0], 1),
        "y": round(place[1], 1),
        "width": round(drawn.width, 1),
        "height": drawn.height,
        **({"note": drawn.note} if drawn.note else {}),
        **({"asked": True} if asked else {}),
        **({"owner": keys[owner_of(graph, node)]} if name == "more" else {}),
    }


def _arrow(against: bool) -> dict[str, Any]:
    """One arrow head, at the end that money or time runs to."""
    head, tail = ("from", "to") if against else ("to", "from")
    return {head: {"enabled": True, "scaleFactor": 0.5}, tail: {"enabled": False}}


def _year(name: str, said: Words) -> str:
    if name.startswith("<="):
        return said.ui["earlier"].format(name.removeprefix("<="))
    return said.ui["fiscal_year"].format(name) if name else said.ui["undated"]
