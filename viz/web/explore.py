"""The graph explorer: what is around a node, opened step by step. The whole state is in the address."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import networkx as nx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from viz.drawing import EDGES, OPTIONS, cards, headings, legend, lines
from viz.expansion import path
from viz.layout import layout
from viz.page import keys_of
from viz.page import page as standalone
from viz.records import EdgeRow, Source, edge_rows, node_rows
from viz.vocabulary import Words, kind, kinds, words
from viz.web.addresses import address, iri_at, short
from viz.web.context import Context
from viz.web.pages import opened, page
from viz.web.screen import graph_of, near_in, put_evidence, screen_of
from viz.web.words import language


def routes(context: Context) -> Sequence[BaseRoute]:
    """The page, its data, what is known of a node, a path between two nodes, the screen as a file."""
    return [
        Route("/explore", _page),
        Route("/explore.json", _data),
        Route("/explore/details.json", _details),
        Route("/explore/path.json", _path),
        Route("/explore.html", _file),
    ]


def _page(request: Request) -> Response:
    """The explorer; all that it draws stands in its tables, too, so that nothing needs scripts."""
    screen, lang = screen_of(request), language(request)
    graph, said = graph_of(request, screen), words(lang)
    drawing = drawn(graph, said, screen.focus)
    counts = {one.name: count for one, count in legend(graph)}
    put_evidence(request, graph)
    chosen = next((iri for iri in screen.focus if iri in graph), None)
    keys = keys_of(layout(graph))
    described = {} if chosen is None else {short(chosen): details(graph, chosen, said)}
    return page(
        request,
        "explore.html",
        drawing={**drawing, "options": OPTIONS, "styles": EDGES, "details": described},
        kinds=kinds(),
        counts=counts,
        styles=EDGES,
        said=said,
        nodes=node_rows(graph, {iri: iri.removeprefix("more:") for iri in keys}, said),
        edges=edge_rows(graph, keys, said),
    )


def _data(request: Request) -> Response:
    screen = screen_of(request)
    return JSONResponse(drawn(graph_of(request, screen), words(language(request)), screen.focus))


def _details(request: Request) -> Response:
    """What is known of the node `of` and of its edges on the screen; 404 where it is not on the screen."""
    iri = iri_at(request.query_params.get("of", ""))
    whole = graph_of(request, screen_of(request))
    if iri not in whole:
        return JSONResponse({}, 404)
    graph = _star(whole, iri)
    put_evidence(request, graph)
    return JSONResponse(details(graph, iri, words(language(request))))


def _path(request: Request) -> Response:
    """The nodes of a shortest way from `from` to `to`, as short names; an empty list where there is none."""
    start, end = (iri_at(request.query_params.get(name, "")) for name in ("from", "to"))
    return JSONResponse([short(iri) for iri in path(start, end, near_in(opened(request)))])


def _file(request: Request) -> Response:
    """What is on the screen as one page that opens without a network."""
    screen = screen_of(request)
    graph = graph_of(request, screen)
    put_evidence(request, graph)
    focus = [iri for iri in screen.focus if iri in graph]
    title = " · ".join(str(graph.nodes[iri].get("label")) for iri in focus) or "财脉 caimai"
    named = quote(f"{title}.html")
    return Response(
        standalone(graph, title=title, focus=focus, lang=language(request)),
        media_type="text/html; charset=utf-8",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{named}"},
    )


def drawn(graph: "nx.MultiDiGraph[str]", said: Words, focus: Sequence[str]) -> dict[str, Any]:
    """A graph as the script draws it: cards with their places and lines, and no more, as it is sent at every click.

    The id of a node is its short name, that of a stub `more:` and the short name of its owner. Lines lead from and to
    nodes by their numbers.
    """
    places = layout(graph)
    keys = {iri: _key(iri) for iri in keys_of(places)}
    return {
        "nodes": cards(graph, places, keys, focus),
        "edges": lines(graph, {iri: number for number, iri in enumerate(keys)}, said),
        **headings(places, said),
        "left_out": graph.graph.get("left_out", 0),
        "full": graph.graph.get("full", False),
    }


def _key(iri: str) -> str:
    return f"more:{short(iri.removeprefix('more:'))}" if iri.startswith("more:") else short(iri)


def _star(graph: "nx.MultiDiGraph[str]", iri: str) -> "nx.MultiDiGraph[str]":
    """A node with its edges and what they lead to."""
    star: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    edges = [*graph.in_edges(iri, data=True), *(one for one in graph.out_edges(iri, data=True) if one[1] != iri)]
    ends = dict.fromkeys([iri, *(end for start, target, _ in edges for end in (start, target))])
    star.add_nodes_from((node, graph.nodes[node]) for node in ends)
    star.add_edges_from(edges)
    return star


def details(graph: "nx.MultiDiGraph[str]", iri: str, said: Words) -> dict[str, Any]:
    """What is known of a node and of its edges in words and where it is printed.

    The `sources` of the node and of its edges are indices in `places`: many rest on the same.
    """
    (row,) = node_rows(graph, {iri: short(iri)}, said)
    star = _star(graph, iri)
    edges = edge_rows(star, {node: _key(node) for node in star}, said)
    at: dict[Source, int] = {}
    return {
        "address": address(iri),
        "kind_name": kind(row.kind).label(said.lang),
        "fields": _fields(row.fields, said),
        "sources": [at.setdefault(one, len(at)) for one in row.sources],
        "edges": [_edge(edge, said, at) for edge in edges],
        "places": [_source(one) for one in at],
    }


def _edge(row: EdgeRow, said: Words, at: dict[Source, int]) -> dict[str, Any]:
    return {
        "from": row.start,
        "to": row.end,
        "relation": row.relation,
        "grade": row.grade,
        "fields": _fields({name: value for name, value in row.fields.items() if name != "relation"}, said),
        "sources": [at.setdefault(one, len(at)) for one in row.sources],
    }


def _fields(fields: Mapping[str, str], said: Words) -> list[list[str]]:
    """What is known, each with its name in the reader's language; the IRI and the command line stand elsewhere."""
    return [[said.ui[name], value] for name, value in fields.items() if value and name not in ("iri", "how")]


def _source(one: Source) -> dict[str, str]:
    return {"file": one.file, "place": one.place, "words": one.words, "address": address(one.iri) if one.iri else ""}
