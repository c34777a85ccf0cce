"""The public functions of caimai: `import caimai` offers them, loaded when the first is asked for."""

import logging
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from caimai import given
from caimai.document_places import note
from caimai.graph import Graph
from caimai.reading import Reading, read_all
from caimai.settings_used import DECISIONS, ISSUERS
from caimai.settings_used import note as note_settings
from caimai.store_age import GraphWarning, warn_of_age
from caimai.unfinished import told_apart
from caimai.words import say
from kg.build import Report
from kg.build import build as _build
from kg.build import remove as _remove
from kg.decisions import Decision
from kg.decisions import beside as _beside
from kg.decisions import decisions as _decisions
from kg.places import Evidence
from kg.store import open_store
from kg.sums import Sum
from kg.unsafe_sums import UnsafeSum
from ontology.errors import CaimaiError, UnreadableDocument
from ontology.facts import Fact
from ontology.issuers import also_known, issuers_of
from queries.answers import Answer
from queries.auditing.signal import Audit
from queries.guarding.read_only import RefusedQuery
from queries.keeping import keep
from queries.kept import open_with_answers
from queries.library import EmptyGraph, Question, WrongQuestion, columns, questions
from queries.tracing.answer import Hop, Trace
from queries.tracing.finding import NotFound
from queries.tracing.places import SHOWN
from queries.tracing.trace import LIMIT

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "Answer", "Audit", "CaimaiError", "EmptyGraph", "Evidence", "Fact", "Graph", "GraphWarning", "Hop", "NotFound",
    "Question", "Reading", "RefusedQuery", "Report", "Sum", "Trace", "UnreadableDocument", "UnsafeSum", "WrongQuestion",
    "ask", "build", "columns", "facts", "lineage", "open", "open_store", "page", "questions", "remove", "sparql",
    "total", "trace",
]  # fmt: skip

Store = str | Path | ox.Store
_LOG = logging.getLogger(__name__)


def facts(path: str | Path) -> Iterator[Fact]:
    """The facts of one document (PDF or text), kind by kind, each with its source. Raises UnreadableDocument."""
    # imported when needed: other commands read in processes of their own, or not at all
    from extract.readers import read
    from extract.recognition import facts as facts_of

    return facts_of(read(Path(path)))


def build(
    paths: str | Path | Iterable[str | Path],
    store: Store,
    *,
    jobs: int = 1,
    seen: Callable[[Reading], None] = lambda _: None,
    decisions: str | Path | None = None,
    issuers: str | Path | None = None,
) -> Report:
    """Read all documents under `paths` into the store, `jobs` at a time; building again changes nothing.

    `seen` is called with every Reading as it is done; documents that cannot be read are Readings with an error and
    cost nothing else. The store holds whole documents only, also after an interruption.

    Beside a store on disk it is noted where the documents were, for pages that show them (`caimai.document_places`).

    `decisions` is a file of decisions about candidate links (`kg.decisions`), by default `decisions.toml` in the folder
    in which the store's directory stands, if there is one. `issuers` is a file of prefixes of document numbers, in the
    form of `ontology/data/issuers.toml`, by default `issuers.toml` in that folder: what it says of a prefix stands in
    place of what is known. Raises a CaimaiError where one of the files cannot be used.
    """
    places, jobs = given.paths(paths), given.at_least(1, jobs, "jobs")
    path, prefixes = decisions or _kept_beside(store, DECISIONS), issuers or _kept_beside(store, ISSUERS)
    decided = _decisions(path) if path else ()

    def readable() -> Iterator[tuple[str, tuple[Fact, ...]]]:
        for reading in read_all(places, jobs):
            seen(reading)
            if reading.error is None:
                yield reading.sha256, reading.facts

    with _knowing(prefixes):
        report = _built(readable(), store, decided)
    if isinstance(store, str | Path):
        note(store, places)
        note_settings(store, {DECISIONS: path, ISSUERS: prefixes})
        _keep(store)
    return report


def _built(documents: Iterator[tuple[str, tuple[Fact, ...]]], store: Store, decided: Iterable[Decision]) -> Report:
    """The documents in the store, which counts as unfinished meanwhile, and is closed afterwards if opened here."""
    if not isinstance(store, str | Path):
        return _build(documents, store, decided)
    opened = open_store(store)
    with told_apart(store):
        return _build(documents, opened, decided)


def _keep(store: str | Path) -> None:
    """Keep what traces look up beside a store on disk; where it cannot be kept, traces ask the store."""
    if Path(store).is_dir():
        try:
            keep(store)
        except (OSError, sqlite3.Error) as error:
            _LOG.warning("%s: what traces look up could not be kept, they will be slower: %s", store, error)


def _kept_beside(store: Store, name: str) -> Path | None:
    return _beside(store, name) if isinstance(store, str | Path) else None


def _knowing(path: str | Path | None) -> AbstractContextManager[None]:
    """The prefixes of a file are known, too, within the block."""
    return also_known(issuers_of(path) if path else ())


def open(store: Store, *, lang: str = "zh") -> Graph:  # noqa: A001 - caimai.open reads as what it does
    """The graph in a store, as it is now, to be asked, traced, audited, queried and drawn. Raises a CaimaiError.

    It may be used from several threads at once, and in a `with` block, which ends the connections to a server. What a
    build writes afterwards is seen by opening it again. Warns (GraphWarning) where the graph in a directory was
    built by an earlier release, or not to the end.

    `lang` is the language of codes, kinds, tables, relations and grades in answers and traces: "zh" or "en".
    """
    if lang not in {"zh", "en"}:
        raise CaimaiError(f"no language '{lang}': there are 'zh' and 'en'", f"没有语言“{lang}”：只有 zh 和 en")
    if not isinstance(store, str | Path) and not hasattr(store, "quads_for_pattern"):
        raise CaimaiError(
            f"a store is a directory, the address of a server or an opened store, not {store!r}",
            f"图是一个目录、服务器地址或已打开的图，给的是 {store!r}",
        )
    opened, kept = open_with_answers(store) if isinstance(store, str | Path) else (store, None)
    if isinstance(store, str | Path) and "://" not in str(store):  # a server is not asked before its reader asks
        warn_of_age(opened, str(store), say(lang))
    return Graph(opened, lang, kept)


def trace(store: Store, what: str, *, candidates: bool = False, limit: int = LIMIT, places: int = SHOWN) -> Trace:
    """`open(store).trace(what, …)`."""
    return open(store).trace(what, candidates=candidates, limit=limit, places=places)


def ask(store: Store, name: str, **parameters: str | int | None) -> Answer:
    """`open(store).ask(name, …)`."""
    return open(store).ask(name, **parameters)


def sparql(store: Store, query: str) -> Answer | bool | bytes:
    """`open(store).sparql(query)`."""
    return open(store).sparql(query)


def total(store: Store, **where: Any) -> Sum:
    """`open(store).total(…)`."""
    return open(store).total(**where)


def remove(documents: Iterable[str], store: Store) -> list[str]:
    """Take documents out of the store by file name or the beginning of their sha256; the rest is derived anew.

    Returned are those that no document bears. What another file of the same disclosure said too stays.
    """
    path, prefixes = _kept_beside(store, DECISIONS), _kept_beside(store, ISSUERS)
    with _knowing(prefixes):
        opened = open_store(store) if isinstance(store, str | Path) else store
        unknown = _remove(opened, documents, _decisions(path) if path else ())
    del opened  # what is kept is of a store that nobody is writing
    if isinstance(store, str | Path):
        note_settings(store, {DECISIONS: path, ISSUERS: prefixes})
        _keep(store)
    return unknown


def lineage(store: Store) -> "nx.MultiDiGraph":
    """`open(store).lineage()`."""
    return open(store).lineage()


def page(store: Store, focus: str | Collection[str] = (), *, title: str = "财脉", lang: str = "zh") -> str:
    """`open(store).page(focus, …)`."""
    return open(store).page(focus, title=title, lang=lang)
