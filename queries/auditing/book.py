"""One document as the audit reads it: its own graph with the registry, the code lists and the links between."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TypeVar, cast

import pyoxigraph as ox

from kg import iris
from kg.places import Evidence, position
from kg.rdf import TYPE
from kg.store import file_graphs
from ontology.terms import BL
from queries.answers import Value, value_of
from queries.reading import Row

WAN = Decimal(10_000)
HALF = Decimal(50)  # half of 0.01万元, in yuan: what an amount printed to two decimals may be off by
Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Head:
    """What a disclosure is: the graphs of its files, their names, its body and year; `executed` tells final accounts.

    `file` is the names of all files; `sha256` those of all, blanks between them.
    """

    graphs: tuple[ox.NamedNode, ...]
    file: str
    sha256: str
    agency: ox.NamedNode | None
    body: str
    year: int | None
    executed: bool


@dataclass(frozen=True, slots=True)
class Book:
    """A disclosure: `own` holds what its files state and what is concluded about it, `near` that and the other
    disclosures of its body and of its predecessors, as of other years, each under one graph name.

    `places` are all places of those by address, `halves` half a printed unit of each figure, in yuan.
    `executed` tells final accounts from budgets.
    """

    own: ox.Store
    near: ox.Store
    graph: ox.NamedNode
    file: str
    sha256: str
    body: str
    year: int | None
    executed: bool
    places: dict[str, Evidence]
    halves: dict[str, Decimal]
    answers: dict[str, object] = field(default_factory=dict, compare=False)

    def rows(self, sparql: str, *, everywhere: bool = False) -> list[Row]:
        """The rows of a SELECT query over this document, or over all of its body with ?file_graph bound to this one."""
        if everywhere:
            return _rows(self.near, sparql, {ox.Variable("file_graph"): self.graph})
        return _rows(self.own, sparql)

    def asked(self, name: str) -> list[Row]:
        """The rows of `queries/checks/operands/NAME.rq` over this document, asked once and kept in `answers`."""
        return self.once(name, lambda: self.rows(_text(name)))

    def asked_everywhere(self, name: str) -> list[Row]:
        """As `asked`, over all of its body; the query says which of them it means by ?file_graph."""
        return self.once(name, lambda: self.rows(_text(name), everywhere=True))

    def once(self, name: str, make: Callable[[], Kept]) -> Kept:
        """What several rules need of this document, made once and kept in `answers` under a name that no query has."""
        if name not in self.answers:
            self.answers[name] = make()
        return cast("Kept", self.answers[name])

    def evidence(self, addresses: Value) -> tuple[Evidence, ...]:
        """The places that a list of addresses names, each once, in the order of the document."""
        found = dict.fromkeys(self.places[iri] for iri in str(addresses or "").split() if iri in self.places)
        return tuple(sorted(found, key=position))

    def half(self, addresses: Value) -> Decimal:
        """Half a printed unit for each figure named, in yuan."""
        return sum((self.halves.get(iri, HALF) for iri in str(addresses or "").split()), Decimal(0))


def heads(store: ox.Store) -> list[Head]:
    """The disclosures of a store, by file name; one of several files, as of text and tables, is one."""
    groups: dict[str, list[ox.NamedNode]] = {}
    for graph in file_graphs(store):
        carried = [quad.subject.value for quad in store.quads_for_pattern(None, BL.carriedBy, None, graph)]  # type: ignore[union-attr]
        groups.setdefault(min(carried, default=graph.value), []).append(graph)
    found = (_head(store, tuple(sorted(graphs, key=str))) for graphs in groups.values())
    return sorted(found, key=lambda head: (head.file, head.sha256))


def books(store: ox.Store, wanted: Callable[[Head], bool] = lambda _: True) -> list[Book]:
    """The disclosures of a store that are wanted, by file name. Each is copied into memory, where queries are quick."""
    codes = list(store.quads_for_pattern(None, None, None, iris.CODES))
    held = heads(store)
    return [_book(store, head, held, codes) for head in held if wanted(head)]


def _head(store: ox.Store, graphs: tuple[ox.NamedNode, ...]) -> Head:
    small = ox.Store()
    for graph in graphs:
        for kind in (BL.Disclosure, BL.SourceFile):
            for found in store.quads_for_pattern(None, TYPE, kind, graph):
                small.extend(list(store.quads_for_pattern(found.subject, None, None, graph)))
        small.extend(list(store.quads_for_pattern(None, BL.carriedBy, None, graph)))
    bodies = [quad.object for quad in small.quads_for_pattern(None, BL.disclosureOf, None)]
    small.extend([quad for body in bodies for quad in store.quads_for_pattern(body, BL.officialName, None)])  # type: ignore[arg-type]
    rows = _rows(small, _text("head"))
    first: Row = rows[0] if rows else {}
    year = first.get("year")
    return Head(
        graphs,
        " + ".join(sorted({str(row["file"]) for row in rows})) or graphs[0].value,
        " ".join(sorted({str(row["sha256"]) for row in rows})),
        next((body for body in bodies if isinstance(body, ox.NamedNode)), None),
        str(first.get("body") or ""),
        year if isinstance(year, int) else None,
        bool(first.get("executed")),
    )


def _book(store: ox.Store, head: Head, held: Sequence[Head], codes: Iterable[ox.Quad]) -> Book:
    own = ox.Store()
    own.extend([*_stated(store, head), *codes])
    own.extend(list(_concluded(store, own)))
    succeeded = own.quads_for_pattern(head.agency, BL.succeeds, None) if head.agency else ()
    bodies = {head.agency, *(quad.object for quad in succeeded)} - {None}
    near = _near(store, own, [one for one in held if one.agency in bodies and one is not head])
    places = {str(row["evidence"]): _place(row) for row in _rows(near, _text("places"))}
    halves = {str(row["evidence"]): _half(row, places) for row in _rows(near, _text("printed"))}
    return Book(own, near, head.graphs[0], head.file, head.sha256, head.body, head.year, head.executed, places, halves)


def _half(row: Row, places: dict[str, Evidence]) -> Decimal:
    """Half a printed unit of a figure in yuan; in a sentence, where `3万元` is no rounded figure, at most that of two
    decimals of 万元."""
    half: Decimal = Decimal(str(row["unit"])) / 2 / 10 ** int(str(row["decimals"]))
    place = places.get(str(row["evidence"]))
    return half if place is None or place.table else min(half, HALF)


def _stated(store: ox.Store, head: Head) -> Iterator[ox.Quad]:
    """What the files of a disclosure state, as of one graph."""
    for graph in head.graphs:
        for quad in store.quads_for_pattern(None, None, None, graph):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, head.graphs[0])


def _near(store: ox.Store, own: ox.Store, others: Sequence[Head]) -> ox.Store:
    """The disclosure with the other disclosures of its body and of the bodies that it succeeds."""
    if not others:
        return own
    near = ox.Store()
    near.extend(list(own))
    for other in others:
        near.extend(list(_stated(store, other)))
    return near


def _concluded(store: ox.Store, own: ox.Store) -> Iterable[ox.Quad]:
    """What derived graphs say of bodies, projects, forms and outcomes of a document: relations, links, conflicts."""
    kinds = {BL.Project, BL.PerformanceTarget, BL.SelfEvaluation, BL.IndicatorOutcome}
    spoken = {quad.subject for kind in kinds for quad in own.quads_for_pattern(None, TYPE, kind)}
    named = (BL.disclosureOf, BL.fundedUnder)
    bodies = {quad.object for relation in named for quad in own.quads_for_pattern(None, relation, None)}
    derived = [iris.REGISTRY, *iris.LINKS.values()]
    for thing in sorted(spoken | bodies, key=str):
        for graph in derived:
            yield from store.quads_for_pattern(thing, None, None, graph)  # type: ignore[arg-type]
            for relation in (BL.linkSubject, BL.project):
                for quad in store.quads_for_pattern(None, relation, thing, graph):
                    yield from store.quads_for_pattern(quad.subject, None, None, graph)


def _place(row: Row) -> Evidence:
    page, line, number, column = (_whole(row[name]) for name in ("page", "line", "row", "column"))
    table = row["table"]
    return Evidence(
        str(row["file"]), page, line, None if table is None else str(table), number, column, str(row["words"]),
        str(row["evidence"]), str(row["sha256"]), str(row["bbox"] or ""),
    )  # fmt: skip


def _whole(value: Value) -> int | None:
    return value if isinstance(value, int) else None


def _rows(store: ox.Store, sparql: str, bound: dict[ox.Variable, ox.NamedNode] | None = None) -> list[Row]:
    found = store.query(sparql, use_default_graph_as_union=True, substitutions=bound or {})  # type: ignore[arg-type]
    assert isinstance(found, ox.QuerySolutions), "the audit asks SELECT queries only"
    names = [variable.value for variable in found.variables]
    return [{name: value_of(solution[name]) for name in names} for solution in found]


@cache
def _text(name: str) -> str:
    return files("queries").joinpath(f"checks/operands/{name}.rq").read_text("utf-8")
