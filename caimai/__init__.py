"""caimai (财脉): Chinese budget disclosures in, a traced grant out.

    import caimai

    caimai.build(["examples"], store="my-store")
    for hop in caimai.trace("my-store", "昌州财教[2024]65号").hops():
        print(hop.relation, hop.source, hop.target, hop.year, hop.printed)

A `store` is a directory, or an opened store (`caimai.open_store`). Amounts are exact decimals in yuan unless a name
says otherwise. Every function that reads a file raises `UnreadableDocument`, every other failure is a `CaimaiError`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

import networkx as nx
import pyoxigraph as ox

from caimai.reading import Reading, read_all
from kg.build import Report
from kg.build import build as _build
from kg.decisions import beside as _beside
from kg.decisions import decisions as _decisions
from kg.lineage import lineage as _lineage
from kg.store import open_read_only, open_store
from ontology.errors import CaimaiError, UnreadableDocument
from ontology.facts import Fact
from queries.answers import Answer
from queries.finding import NotFound, find
from queries.library import Question, questions
from queries.library import ask as _ask
from queries.library import sparql as _sparql
from queries.reading import Reader
from queries.trace import trace as _trace
from queries.trace_answer import Evidence, Hop, Trace
from viz.page import page as _page

__all__ = [
    "Answer", "CaimaiError", "Evidence", "Fact", "Hop", "NotFound", "Question", "Reading", "Report", "Trace",
    "UnreadableDocument", "ask", "build", "facts", "lineage", "open_store", "page", "questions", "sparql", "trace",
]  # fmt: skip

Store = str | Path | ox.Store


def facts(path: str | Path) -> Iterator[Fact]:
    """The facts of one document (PDF or text), kind by kind, each with its source. Raises UnreadableDocument."""
    # imported when needed: other commands read in processes of their own, or not at all
    from extract.readers import read
    from extract.recognition import facts as facts_of

    return facts_of(read(Path(path)))


def build(
    paths: Iterable[str | Path],
    store: Store,
    *,
    jobs: int = 1,
    seen: Callable[[Reading], None] = lambda _: None,
    decisions: str | Path | None = None,
) -> Report:
    """Read all documents under `paths` into the store, `jobs` at a time; building again changes nothing.

    `seen` is called with every Reading as it is done; documents that cannot be read are Readings with an error and
    cost nothing else. The store holds whole documents only, also after an interruption.

    `decisions` is a file of decisions about candidate links (`kg.decisions`), by default `decisions.toml` in the folder
    in which the store's directory stands, if there is one. Raises a CaimaiError where it cannot be used.
    """
    path = decisions or (_beside(store) if isinstance(store, str | Path) else None)
    decided = _decisions(path) if path else ()

    def readable() -> Iterator[tuple[str, tuple[Fact, ...]]]:
        for reading in read_all(map(Path, paths), jobs):
            seen(reading)
            if reading.error is None:
                yield reading.sha256, reading.facts

    return _build(readable(), open_store(store) if isinstance(store, str | Path) else store, decided)


def trace(store: Store, what: str) -> Trace:
    """Trace a document number (any brackets), or (part of) the name of a project, programme, body or recipient.

    Raises NotFound, with the nearest names, where nothing is called so.
    """
    return _trace(_opened(store), what)


def ask(store: Store, name: str, **parameters: str) -> Answer:
    """The answer of a named question (`caimai.questions()` lists them). Raises WrongQuestion."""
    return _ask(_opened(store), name, parameters)


def sparql(store: Store, query: str) -> Answer | bool | bytes:
    """The answer of a read-only SPARQL 1.1 query: rows (SELECT), truth (ASK) or N-Triples (CONSTRUCT, DESCRIBE)."""
    return _sparql(_opened(store), query)


def lineage(store: Store) -> nx.MultiDiGraph:
    """The lineage as a NetworkX graph.

    Nodes by IRI with kind, label, year, level and amount (Decimal, yuan); edges with relation, grade, rule, evidence.
    """
    return _lineage(_opened(store))


def page(store: Store, focus: Collection[str] = (), *, title: str = "财脉", lang: str = "zh") -> str:
    """A self-contained HTML page of the lineage around what `focus` names (as in `trace`); all of it where empty."""
    opened = _opened(store)
    nodes = {match.iri for what in focus for match in find(Reader(opened), what)}
    return _page(_lineage(opened), title=title, focus=sorted(nodes), lang=lang)


def _opened(store: Store) -> ox.Store:
    return open_read_only(store) if isinstance(store, str | Path) else store
