"""One self-contained HTML page of a lineage: the drawing, what it is made of, and where every piece is printed."""

import base64
import hashlib
import json
from collections.abc import Collection
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

import jinja2
import networkx as nx

from viz.drawing import EDGES, cards, headings, legend, lines, network
from viz.layout import Layout, layout
from viz.neighbourhood import around
from viz.records import edge_rows, node_rows
from viz.vocabulary import asset, kinds, words

# found without importing pyvis, which brings IPython where it is installed
VIS = Path(str(distribution("pyvis").locate_file("pyvis/templates/lib/vis-9.1.2/vis-network.min.js")))
SCRIPTS = ("cards.js", "lines.js", "graph.js", "page.js")


def page(graph: nx.MultiDiGraph, *, title: str, focus: Collection[str] = (), lang: str = "zh") -> str:
    """The page as text to be written as UTF-8. It asks for nothing from any network and runs from a file.

    `graph` is a lineage as `kg.lineage` gives it, or a part of one from `viz.neighbourhood.around`; a whole lineage
    is cut to what lies around `focus` (node names). The same graph gives the same bytes. `lang` is `zh` or `en`.
    Raises CaimaiError for a focus that is not in the graph, UnknownTerm for another language.
    """
    said = words(lang)
    part = graph if "left_out" in graph.graph else around(graph, focus)
    drawn = layout(part)
    keys = keys_of(drawn)
    edges = edge_rows(part, keys, said)
    net = network(cards(part, drawn, keys, focus), lines(part, keys, said))
    nodes, links, _, _, _, options = net.get_network_data()
    rows = node_rows(part, keys, said)
    scripts = [vis_network(), *(asset(name) for name in SCRIPTS)]
    first, style = asset("first.js"), asset("page.css")
    return _template().render(
        title=title,
        lang=lang,
        ui=said.ui,
        grades=said.grade,
        styles=EDGES,
        kinds=kinds(),
        legend=legend(part),
        rows=rows,
        edges=edges,
        counts=(sum(row.kind != "more" for row in rows), len(edges)),
        left_out=part.graph["left_out"],
        focus=[keys[node] for node in sorted(focus) if node in keys],
        data={"nodes": nodes, "edges": links, "options": json.loads(options), "styles": EDGES, **headings(drawn, said)},
        style=style,
        first=first,
        scripts=scripts,
        style_hash=_hash(style),
        script_hashes=[_hash(script) for script in (first, *scripts)],
    )


def vis_network() -> str:
    """The vis-network script that pyvis carries, without the address of its source map."""
    lines = VIS.read_text(encoding="utf-8").split("\n")
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL"))


def keys_of(drawn: Layout) -> dict[str, str]:
    """Short ids for the nodes in reading order: from top to bottom, from left to right."""
    ordered = sorted(drawn.positions, key=lambda node: (drawn.positions[node][1], drawn.positions[node][0], node))
    return {node: f"n{index}" for index, node in enumerate(ordered)}


def _hash(script: str) -> str:
    """The hash by which the page's content security policy knows a script or style of its own."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("viz"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html")
