"""The rows of the tables beside the drawing: every node and every edge in words, with all its sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import networkx as nx

from ontology.money import in_yuan
from viz.cards import amount_note
from viz.vocabulary import Words, against_the_money, kind, words

Record = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """One place where something is printed: the file, the place in it, the quoted words, its address in the graph."""

    file: str
    place: str
    words: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node in words. `key` is its id in the page; `fields` maps column names of `ui` to what stands there."""

    key: str
    kind: str
    label: str
    fields: Record
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """An edge in words; `start` and `end` are keys of nodes. `against`: money or time runs from end to start."""

    key: str
    start: str
    start_label: str
    end: str
    end_label: str
    relation: str
    against: bool
    grade: str
    fields: Record
    sources: tuple[Source, ...]


def node_rows(graph: nx.MultiDiGraph, keys: Mapping[str, str], said: Words) -> list[NodeRow]:
    """The nodes in the order of `keys` (node → id in the page). A node's sources are its own and those of its edges."""
    return [
        (_stub_row if graph.nodes[node].get("kind") == "more" else _node_row)(graph, node, key, said)
        for node, key in keys.items()
    ]


def edge_rows(graph: nx.MultiDiGraph, keys: Mapping[str, str], said: Words) -> list[EdgeRow]:
    """The edges but for those to stubs, in the order of their ends; parallel edges all stand."""
    return [
        _edge_row(graph, start, end, data, f"e{index}", keys, said)
        for index, (start, end, data) in enumerate(edges_between(graph, keys))
    ]


def edges_between(graph: nx.MultiDiGraph, keys: Iterable[str]) -> list[tuple[str, str, Mapping[str, Any]]]:
    """The edges but for those to stubs, with what they say, in the order of their ends in `keys`."""
    places = {node: place for place, node in enumerate(keys)}
    edges = [edge for edge in graph.edges(data=True) if edge[2].get("relation") != "more"]
    return sorted(edges, key=lambda edge: (places[edge[0]], places[edge[1]], *_identity(edge[2])))


def _node_row(graph: nx.MultiDiGraph, node: str, key: str, said: Words) -> NodeRow:
    data = graph.nodes[node]
    amount = data.get("amount")
    fields = {
        "year": _text(data.get("year")),
        "level": _named(said.band, data.get("level")),
        "amount": _text(data.get("printed")),
        "exact": in_yuan(amount) if isinstance(amount, Decimal) else "",
        "amount_type": _named(said.amount_type, data.get("amount_type")),
        "grade": _named(said.grade, data.get("grade")),
    }
    label = _text(data.get("label")) or node
    return NodeRow(key, str(data.get("kind")), label, fields | {"iri": node}, _node_sources(graph, node, said))


def _stub_row(graph: nx.MultiDiGraph, stub: str, key: str, said: Words) -> NodeRow:
    owner, left_out = owner_of(graph, stub), graph.nodes[stub]["left_out"]
    name = _text(graph.nodes[owner].get("label")) or owner
    parts = [f"{kind(one).label(said.lang)} {count}" for one, count in left_out.items()]
    fields = {"how": said.ui["how_command"].format(name), "left_out_kinds": ", ".join(parts)}
    return NodeRow(key, "more", f"{name} · {said.ui['more'].format(sum(left_out.values()))}", fields, ())


def owner_of(graph: nx.MultiDiGraph, stub: str) -> str:
    """The node whose neighbours a stub stands for."""
    return str(min(graph.predecessors(stub)))


def _node_sources(graph: nx.MultiDiGraph, node: str, said: Words) -> tuple[Source, ...]:
    own = graph.nodes[node].get("evidence") or ()
    edges = [*graph.in_edges(node, data=True), *graph.out_edges(node, data=True)]
    around = sorted((source for *_, data in edges for source in sources(data.get("evidence"), said)), key=_order)
    return tuple(dict.fromkeys([*sources(own, said), *around]))


def _edge_row(
    graph: nx.MultiDiGraph,
    start: str,
    end: str,
    data: Mapping[str, Any],
    key: str,
    keys: Mapping[str, str],
    said: Words,
) -> EdgeRow:
    grade = _text(data.get("grade"))
    fields = {
        "relation": _named(said.relation, data.get("relation")),
        "grade": _named(said.grade, grade),
        "rule": _text(data.get("rule")),
    }
    labels = [_end(graph, node) for node in (start, end)]
    found = tuple(sources(data.get("evidence"), said))
    against = data.get("relation") in against_the_money()
    return EdgeRow(key, keys[start], labels[0], keys[end], labels[1], fields["relation"], against, grade, fields, found)


def _end(graph: nx.MultiDiGraph, node: str) -> str:
    """A node as the end of an edge: its label, and its amount where the label does not say it."""
    label, note = _text(graph.nodes[node].get("label")) or node, amount_note(graph.nodes[node])
    return label if note in label else f"{label} {note}"


def sources(evidence: Iterable[Any] | None, said: Words) -> list[Source]:
    """Evidence in words: file, then page, line, table, row and column as far as they are known, then the words."""
    return [_source(one, said.lang) for one in evidence or ()]


@lru_cache(maxsize=1 << 14)  # many edges rest on the same, and a graph is read again and again
def _source(evidence: Any, lang: str) -> Source:
    file, iri = (_text(getattr(evidence, name, "")) for name in ("file", "iri"))
    return Source(file, _place(evidence, words(lang)), _quoted(evidence), iri)


def _place(evidence: Any, said: Words) -> str:
    parts = (
        said.ui[name].format(value)
        for name in ("page", "line", "table", "row", "column")
        if (value := getattr(evidence, name, None)) is not None
    )
    return " · ".join(parts)


def _quoted(evidence: Any) -> str:
    return " ".join(_text(getattr(evidence, "words", "")).split())


def _identity(data: Mapping[str, Any]) -> tuple[str, ...]:
    """What tells parallel edges apart: where all else is the same, the first place that they rest on."""
    first = next(iter(data.get("evidence") or ()), None)
    return _text(data.get("relation")), _text(data.get("grade")), _text(data.get("rule")), str(first)


def _order(source: Source) -> tuple[str, str, str]:
    return source.file, source.place, source.words


def _named(names: Mapping[str, str], value: Any) -> str:
    return names.get(_text(value), _text(value))


def _text(value: Any) -> str:
    return "" if value is None else str(value)
