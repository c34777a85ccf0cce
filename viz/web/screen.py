"""What the address of the explorer says is on the screen, as a graph of this state of the store."""

from collections.abc import Collection, Mapping
from contextlib import suppress

import networkx as nx
from starlette.datastructures import QueryParams
from starlette.requests import Request

from kg.lineage import cite
from kg.near import Look, Near, neighbours, pieces, places
from kg.places import Evidence
from queries.reading import Reader
from queries.tracing.finding import NotFound, find
from viz.expansion import STEP, Screen, on_screen
from viz.web.addresses import iri_at
from viz.web.pages import opened
from viz.web.serving import Opened
from viz.web.trace_view import nodes_of, traced

_MOST_MATCHES = 12


def graph_of(request: Request, screen: Screen) -> "nx.MultiDiGraph[str]":
    """What is on a screen; the evidence of edges is its addresses, which `put_evidence` replaces."""
    store = opened(request)
    return on_screen(look_in(store), screen, near_in(store))


def put_evidence(request: Request, graph: "nx.MultiDiGraph[str]") -> None:
    """Puts the evidence of edges where its addresses are."""
    store = opened(request)

    def found(addresses: Collection[str]) -> Mapping[str, Evidence | None]:
        return store.each("viz.web.screen.places", addresses, lambda new: _all(places(store.store, new), new))

    cite(graph, lambda addresses: {place: one for place, one in found(addresses).items() if one is not None})


def near_in(store: Opened) -> Near:
    """What nodes are connected with, asked of this state of the store once."""
    return lambda nodes: store.each("viz.web.screen.near", nodes, lambda new: neighbours(store.store, new))


def look_in(store: Opened) -> Look:
    """What is said of nodes, asked of this state of the store once: opening a node asks about the new ones only."""
    return lambda nodes: store.each("viz.web.screen.look", nodes, lambda new: pieces(store.store, new))


def _all(found: Mapping[str, Evidence], wanted: Collection[str]) -> Mapping[str, Evidence | None]:
    return {one: found.get(one) for one in wanted}


def screen_of(request: Request) -> Screen:
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
    return Screen(focus, _opened(asked), shown, frozenset(map(iri_at, asked.getlist("hide"))))


def _opened(asked: QueryParams) -> Mapping[str, int]:
    found = {}
    for entry in asked.getlist("open"):
        place, _, count = entry.rpartition("~")
        found[iri_at(place if count.isdigit() and place else entry)] = int(count) if count.isdigit() and place else STEP
    return found
