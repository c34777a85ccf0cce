"""Documents into the store, one by one, each whole or not at all; then everything derived from them anew.

What a document states is held against the rules of the ontology (`kg.checks`) before it is written: an error refuses
the document, and what was held of it before stays; warnings describe it and are counted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from pyoxigraph import NamedNode, Quad, Store

from kg import iris
from kg.checks import Violation, shown, violations_of_document
from kg.decisions import Decision
from kg.derive import rederive
from kg.files import REPLACED_BY, File, arranged, is_superseded
from kg.reading import query
from kg.statements import quads
from kg.store import beside, carried_out, difference, remove_document, select
from ontology.facts import Fact

_FEWEST = 8  # digits of a sha256 that name a document


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document that was not written, and the rules that it breaks."""

    sha256: str
    file: str
    errors: tuple[Violation, ...]

    def in_words(self, language: str) -> str:
        """File, rules, things and the places where they are printed."""
        return "\n".join([self.file, *(f"  {line}" for line in shown(self.errors, language))])


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: documents by sha256, in the order given.

    `superseded` state nothing that other files of the same disclosure, published later or else fuller, do not state
    (`kg.files`), whichever of them was read first; they are neither unchanged nor replaced. `refused` break a rule and
    are not in the store as read now. `warnings` counts what the rules have to say of the documents that are new or
    changed (`kg.checks` lists it). `quads` is the size of the store afterwards. Decisions without effect are given in
    words.
    """

    read: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    warnings: int = 0
    quads: int = 0
    decisions_without_effect: tuple[str, ...] = ()


def build(documents: Iterable[tuple[str, Iterable[Fact]]], store: Store, decided: Iterable[Decision] = ()) -> Report:
    """Put the facts of each document (its sha256, its facts) into the store and derive the rest anew.

    Links are as people decided about them; decisions that were given to an earlier build only have no effect.

    The same documents give the same store in any order and any number of times. Where the reading of documents ends
    early, by an error or Ctrl-C, those before it are in the store and the rest is derived from them. Raises BrokenRules
    where what is derived breaks a rule: the documents are in the store, what is derived is that of the last build.
    """
    done: list[_Put] = []
    unused: list[str] = []
    try:
        for sha256, facts in documents:
            known = tuple(facts)
            done.append(_put(store, sha256, known[0].source.file if known else "", quads(known)))
    finally:
        unused = rederive(store, decided)
        store.flush()  # or every reader replays the log when it opens the store, a second for 50,000 quads
    outcomes = [(one.sha256, _in_the_end(store, one)) for one in done]
    return Report(
        read=tuple(one.sha256 for one in done),
        unchanged=tuple(sha256 for sha256, outcome in outcomes if outcome == "unchanged"),
        replaced=tuple(sha256 for sha256, outcome in outcomes if outcome == "replaced"),
        superseded=tuple(sha256 for sha256, outcome in outcomes if outcome == "superseded"),
        refused=tuple(Refusal(one.sha256, one.file, one.errors) for one in done if one.outcome == "refused"),
        warnings=sum(one.warnings for one in done),
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


@dataclass(frozen=True, slots=True)
class _Put:
    """What came of one document."""

    sha256: str
    file: str
    outcome: Literal["replaced", "unchanged", "refused"]
    errors: tuple[Violation, ...] = ()
    warnings: int = 0


def _put(store: Store, sha256: str, file: str, stated: list[Quad]) -> _Put:
    """Write one document, unless it breaks a rule; other files of the same disclosure are arranged anew with it."""
    graph = iris.file_graph(sha256)
    before = set(store.quads_for_pattern(None, None, None, graph))
    held = _arranged(store, graph, stated, before)
    change = difference(store, held)
    found = violations_of_document(quad for kept in held.values() for quad in kept) if change else []
    if change and set(held[graph]) != set(stated):  # what is set aside may come back one day
        found = list(dict.fromkeys([*found, *violations_of_document(stated)]))
    errors = tuple(one for one in found if one.severity == "error")
    if errors:
        return _Put(sha256, file, "refused", errors)
    carried_out(store, change)
    outcome: Literal["replaced", "unchanged"] = "replaced" if set(held[graph]) != before else "unchanged"
    return _Put(sha256, file, outcome, warnings=len(found))


def _in_the_end(store: Store, one: _Put) -> str:
    """What came of a document after all of them were put: those read later may have superseded it."""
    held = store.quads_for_pattern(None, REPLACED_BY, None, iris.file_graph(one.sha256))
    return "superseded" if one.outcome != "refused" and is_superseded(held) else one.outcome


def _arranged(store: Store, graph: NamedNode, stated: list[Quad], before: set[Quad]) -> dict[NamedNode, list[Quad]]:
    """What to hold of a document and of the files beside it, now and where it had been beside others before."""
    partners = beside(store, stated, graph)
    left = [file for file in beside(store, before, graph) if file.graph not in {one.graph for one in partners}]
    return {**arranged(left), **(arranged([File(graph, tuple(stated)), *partners]) if partners else {graph: stated})}
