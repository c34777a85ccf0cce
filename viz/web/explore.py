"""The graph explorer: what is around a node, opened step by step. The whole state is in the address."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import quote

import networkx as nx
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kg.near import Look, Near, looking, neighbours
from kg.reading import Row
from queries.reading import Reader
from queries.tracing.finding import NotFound, find
from viz.drawing import EDGES, headings, legend, network
from viz.expansion import STEP, Screen, on_screen, path
from viz.layout import layout
from viz.page import keys_of
from viz.page import page as standalone
from viz.records import EdgeRow, NodeRow, Source, edge_rows, node_rows
from viz.vocabulary import Words, kind, kinds, words
from viz.web.addresses import address, iri_at, short
from viz.web.context import Context
from viz.web.pages import opened, page
from viz.web.serving import Opened
from viz.web.trace_view import nodes_of, traced
from viz.web.words import language

_MOST_MATCHES = 12


def routes(context: Context) -> Sequence[BaseRoute]:
    """The page, its data, a path between two nodes, the screen as a file of its own."""
    return [
        Route("/explore", _page),
        Route("/explore.json", _data),
        Route("/explore/path.json", _path),
        Route("/explore.html", _file),
    ]


def _page(request: Request) -> Response:
    """The explorer; all that it draws stands in its tables, too, so that nothing needs scripts."""
    graph, lang = _graph(request), language(request)
    drawing = drawn(graph, lang, _screen(request).focus)
    counts = {one.name: count for one, count in legend(graph)}
    return page(request, "explore.html", drawing=drawing, kinds=kinds(), counts=counts, styles=EDGES, said=words(lang))


def _data(request: Request) -> Response:
    return JSONResponse(drawn(_graph(request), language(request), _screen(request).focus))


def _path(request: Request) -> Response:
    """The nodes of a shortest way from `from` to `to`, as short names; an empty list where there is none."""
    start, end = (iri_at(request.query_params.get(name, "")) for name in ("from", "to"))
    return JSONResponse([short(iri) for iri in path(start, end, near_in(opened(request)))])


def _file(request: Request) -> Response:
    """What is on the screen as one page that opens without a network."""
    screen, graph = _screen(request), _graph(request)
    focus = [iri for iri in screen.focus if iri in graph]
    title = " · ".join(str(graph.nodes[iri].get("label")) for iri in focus) or "财脉 caimai"
    named = quote(f"{title}.html")
    return Response(
        standalone(graph, title=title, focus=focus, lang=language(request)),
        media_type="text/html; charset=utf-8",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{named}"},
    )


def near_in(store: Opened) -> Near:
    """What nodes are connected with, asked of this state of the store once."""
    return lambda nodes: store.each("viz.web.explore", nodes, lambda new: neighbours(store.store, new))


def look_in(store: Opened) -> Look:
    """Rows about nodes, asked of this state of the store once: opening a node asks for the new ones only."""
    look = looking(store.store)

    def rows(query: str, nodes: Collection[str]) -> list[Row]:
        found = store.each(("viz.web.explore", query), nodes, lambda new: _by_node(look(query, new), new))
        return [row for node in nodes for row in found[node]]

    return rows


def _by_node(rows: Iterable[Row], nodes: Iterable[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {node: [] for node in nodes}
    for row in rows:
        found[row["node"].value].append(row)
    return found


def _graph(request: Request) -> "nx.MultiDiGraph[str]":
    store = opened(request)
    return on_screen(look_in(store), _screen(request), near_in(store))


def _screen(request: Request) -> Screen:
    """What the address says is on the screen: `focus`, `open` (`id/…` or `id/…~40`), `show`, `hide`, `trace` or `q`.

    Names that nothing has give nothing.
    """
    asked = request.query_params
    focus, shown = (tuple(map(iri_at, asked.getlist(name))) for name in ("focus", "show"))
    with suppress(NotFound):
        if asked.get("trace"):
            found = traced(request, asked["trace"])
            focus, shown = (*focus, *(match.iri for match in found.matches)), (*shown, *nodes_of(found))
        if not focus and asked.get("q"):
            matches = find(Reader(opened(request).store), asked["q"])
            focus = tuple(match.iri for match in matches)[:_MOST_MATCHES]
    return Screen(focus, _opened(asked), shown, _hidden(asked))


def _opened(asked: QueryParams) -> Mapping[str, int]:
    found = {}
    for entry in asked.getlist("open"):
        place, _, count = entry.rpartition("~")
        found[iri_at(place if count.isdigit() and place else entry)] = int(count) if count.isdigit() and place else STEP
    return found


def _hidden(asked: QueryParams) -> frozenset[str]:
    return frozenset(map(iri_at, asked.getlist("hide")))


def drawn(graph: "nx.MultiDiGraph[str]", lang: str, focus: Sequence[str]) -> dict[str, Any]:
    """A graph as the page draws it: cards and lines with their places, and in words what each says and where.

    The `sources` of nodes and edges are indices in `places`: many rest on the same.
    """
    said, places = words(lang), layout(graph)
    keys = keys_of(places)
    edges = edge_rows(graph, keys, said)
    nodes, links, *_, options = network(graph, places, keys, edges, focus).get_network_data()
    rows = {row.key: row for row in node_rows(graph, keys, said)}
    at: dict[Source, int] = {}
    return {
        "nodes": [{**node, **_node(rows[node["id"]], iri, said, at)} for node, iri in zip(nodes, keys, strict=True)],
        "edges": [{**link, **_edge(row, said, at)} for link, row in zip(links, edges, strict=True)],
        "places": [_source(one) for one in at],
        "options": json.loads(options),
        **headings(places, said),
        "left_out": graph.graph.get("left_out", 0),
        "full": graph.graph.get("full", False),
    }


def _node(row: NodeRow, iri: str, said: Words, at: dict[Source, int]) -> dict[str, Any]:
    return {
        "iri": short(iri.removeprefix("more:")),
        "address": address(iri.removeprefix("more:")),
        "name": row.label,
        "kind_name": kind(row.kind).label(said.lang),
        "fields": _fields(row.fields, said),
        "sources": [at.setdefault(one, len(at)) for one in row.sources],
    }


def _edge(row: EdgeRow, said: Words, at: dict[Source, int]) -> dict[str, Any]:
    return {
        "fields": _fields({name: value for name, value in row.fields.items() if name != "relation"}, said),
        "grade_name": row.fields["grade"],
        "start": row.start_label,
        "end": row.end_label,
        "sources": [at.setdefault(one, len(at)) for one in row.sources],
    }


def _fields(fields: Mapping[str, str], said: Words) -> list[list[str]]:
    """What is known, each with its name in the reader's language; the IRI and the command line stand elsewhere."""
    return [[said.ui[name], value] for name, value in fields.items() if value and name not in ("iri", "how")]


def _source(one: Source) -> dict[str, str]:
    return {"file": one.file, "place": one.place, "words": one.words, "address": address(one.iri) if one.iri else ""}
