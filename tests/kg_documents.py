"""Three small documents for the tests of the graph: figures, names and numbers as published, sentences our own."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pyoxigraph import Quad, Store

from kg.build import Report, build
from kg.decisions import Decision
from kg.store import MEMORY, dump, open_store, select
from ontology.fact_json import from_json
from ontology.facts import Fact

DATA = Path(__file__).parent / "data"
NAMES = ("qitai-2024", "qitai-2025", "artux-2026")
PREFIXES = """
PREFIX bl: <https://w3id.org/cnbl/ont#>
PREFIX view: <https://w3id.org/cnbl/code/view/>
PREFIX role: <https://w3id.org/cnbl/code/role/>
PREFIX grade: <https://w3id.org/cnbl/code/grade/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""


def facts_of(name: str) -> list[Fact]:
    """The facts of one of the documents."""
    return [from_json(json.loads(line)) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def document(name: str) -> tuple[str, list[Fact]]:
    """The sha256 and the facts of one of the documents, as `build` takes them."""
    facts = facts_of(name)
    return facts[0].source.sha256, facts


def built(*names: str) -> Store:
    """A store in memory of its own with these documents, by default all, as building them leaves it."""
    store = open_store(MEMORY)
    store.extend(_quads_of(names or NAMES))
    return store


@cache
def _quads_of(names: tuple[str, ...]) -> tuple[Quad, ...]:
    store = open_store(MEMORY)
    build([document(name) for name in names], store)
    return tuple(store)


_stored: dict[str, tuple[tuple[Quad, ...], Report]] = {}


def stored(*documents: tuple[str, Sequence[Fact]], decided: Sequence[Decision] = ()) -> tuple[Store, Report]:
    """A store in memory of its own as building these documents in this order leaves it, and what the build told.

    What is built once is not built again; figures that print other decimals are other facts (their `repr` is).
    """
    asked = repr((documents, decided))
    if asked not in _stored:
        store = open_store(MEMORY)
        report = build(documents, store, decided)
        _stored[asked] = tuple(store), report
    quads, report = _stored[asked]
    store = open_store(MEMORY)
    store.extend(quads)
    return store, report


@cache
def bytes_of(*names: str) -> bytes:
    """The sorted N-Quads of a store with these documents, by default all."""
    return dump(built(*names))


def rows(store: Store, query: str) -> list[tuple[str | None, ...]]:
    """The rows of a query as texts, in the order of the query."""
    found = select(store, PREFIXES + query)
    names = [variable.value for variable in found.variables]
    return [tuple(None if row[name] is None else row[name].value for name in names) for row in found]


def ask(store: Store, pattern: str) -> bool:
    """Whether a pattern holds anywhere in the store."""
    return bool(store.query(f"{PREFIXES} ASK {{ {pattern} }}", use_default_graph_as_union=True))


def ends(values: Sequence[tuple[str | None, ...]]) -> list[tuple[str | None, ...]]:
    """The rows with addresses cut down to what follows the last slash."""
    return [tuple(value.rpartition("/")[2] if value else value for value in row) for row in values]
