"""Documents into the store, one by one, each whole or not at all; then everything derived from them anew."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Quad, Store

from kg import iris
from kg.decisions import Decision
from kg.derive import rederive
from kg.files import File, arranged, given_back, is_superseded
from kg.reading import query
from kg.statements import quads
from kg.store import beside, remove_document, replace_graphs, select
from ontology.facts import Fact

_FEWEST = 8  # digits of a sha256 that name a document


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: documents by sha256, in the order given.

    `superseded` state nothing that other files of the same disclosure, published later or else fuller, do not state
    (`kg.files`). `quads` is the size of the store afterwards. Decisions without effect are given in words.
    """

    read: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    quads: int = 0
    decisions_without_effect: tuple[str, ...] = ()


def build(documents: Iterable[tuple[str, Iterable[Fact]]], store: Store, decided: Iterable[Decision] = ()) -> Report:
    """Put the facts of each document (its sha256, its facts) into the store and derive the rest anew.

    Links are as people decided about them; decisions that were given to an earlier build only have no effect.

    The same documents give the same store in any order and any number of times. Where the reading of documents ends
    early, by an error or Ctrl-C, those before it are in the store and the rest is derived from them.
    """
    done: list[tuple[str, str]] = []
    unused: list[str] = []
    try:
        for sha256, facts in documents:
            done.append((_put(store, sha256, quads(facts)), sha256))
    finally:
        unused = rederive(store, decided)
        store.flush()  # or every reader replays the log when it opens the store, a second for 50,000 quads
    return Report(
        read=tuple(sha256 for _, sha256 in done),
        unchanged=tuple(sha256 for outcome, sha256 in done if outcome == "unchanged"),
        replaced=tuple(sha256 for outcome, sha256 in done if outcome == "replaced"),
        superseded=tuple(sha256 for outcome, sha256 in done if outcome == "superseded"),
        quads=len(store),
        decisions_without_effect=tuple(unused),
    )


def remove(store: Store, wanted: Iterable[str], decided: Iterable[Decision] = ()) -> list[str]:
    """Take documents out by file name or by the beginning of their sha256 (8 digits or more); derive the rest anew.

    Returned is what no document is called. A name that several documents bear takes out all of them.
    """
    files = {str(row["sha256"]): str(row["name"]) for row in _files(store)}
    unknown: list[str] = []
    for words in wanted:
        begin = words if len(words) >= _FEWEST else "-"
        found = [sha256 for sha256, name in files.items() if name == words or sha256.startswith(begin)]
        unknown += [] if found else [words]
        for sha256 in found:
            remove_document(store, sha256)
    rederive(store, decided)
    store.flush()
    return unknown


def _files(store: Store) -> Iterator[dict[str, str]]:
    for row in select(store, query("source_files")):
        yield {"sha256": row["sha256"].value, "name": row["name"].value}


def _put(store: Store, sha256: str, stated: list[Quad]) -> str:
    """`replaced`, `unchanged`, or `superseded` by other files of the same disclosure; these are arranged anew."""
    graph = iris.file_graph(sha256)
    before = File(graph, tuple(store.quads_for_pattern(None, None, None, graph)))
    partners = [given_back(before, file) for file in beside(store, stated, graph)]
    held = arranged([File(graph, tuple(stated)), *partners]) if partners else {graph: stated}
    changed = set(held[graph]) != set(before.quads)
    replace_graphs(store, held)
    return "superseded" if is_superseded(held[graph]) else "replaced" if changed else "unchanged"
