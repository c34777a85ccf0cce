"""The store: documents replaced whole, the rest derived anew, the same bytes whatever the order."""

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from kg_documents import NAMES, built, bytes_of, document, facts_of
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import iris
from kg.build import build, remove
from kg.derive import rederive
from kg.rdf import TYPE
from kg.remote import StoreError
from kg.statements import quads
from kg.store import (
    MEMORY,
    documents,
    dump,
    open_read_only,
    open_store,
    remove_document,
    replace_document,
    replace_graphs,
    stated_graphs,
)
from ontology.fact_json import as_json, from_json
from ontology.facts import DocumentFact, Fact
from ontology.terms import BL

THREE = [document(name) for name in NAMES]


def other_file(facts: list[Fact], **head: str) -> list[Fact]:
    """The same disclosure in another file: another sha256, and what else its own fact says."""
    text = json.dumps([as_json(fact) | (head if isinstance(fact, DocumentFact) else {}) for fact in facts])
    return [from_json(row) for row in json.loads(text.replace(facts[0].source.sha256, "f" * 64))]


@pytest.mark.orders
@pytest.mark.parametrize("order", list(itertools.permutations(THREE)))
def test_documents_in_any_order_give_the_same_bytes(order: tuple[tuple[str, list[Fact]], ...]) -> None:
    store = open_store(MEMORY)
    build(order, store)
    assert dump(store) == bytes_of()


def test_building_again_changes_nothing() -> None:
    store = built()
    before = dump(store)
    report = build(THREE, store)
    assert report.unchanged == report.read == tuple(sha256 for sha256, _ in THREE)
    assert dump(store) == before
    rederive(store)
    assert dump(store) == before


def test_documents_one_by_one_give_the_same_as_together() -> None:
    store = open_store(MEMORY)
    for one in THREE:
        build([one], store)
    assert dump(store) == bytes_of()


def test_a_document_taken_out_leaves_no_trace() -> None:
    store = built()
    assert remove_document(store, THREE[2][0])
    rederive(store)
    assert dump(store) == bytes_of("qitai-2024", "qitai-2025")
    assert remove_document(store, THREE[2][0]) is False


def test_documents_are_taken_out_by_file_name_or_sha256_and_the_rest_is_derived_anew() -> None:
    store = built()
    assert remove(store, ["qitai-2024.pdf", "8e94b9ac", "no-such.pdf"]) == ["no-such.pdf"]
    assert dump(store) == bytes_of("qitai-2025")


def test_a_document_read_anew_is_replaced_whole() -> None:
    store = built()
    sha256, facts = THREE[0]
    report = build([(sha256, facts[:40])], store)
    assert report.replaced == (sha256,)
    assert set(store.quads_for_pattern(None, None, None, iris.file_graph(sha256))) == set(quads(facts[:40]))


def test_what_a_store_on_disk_holds_is_what_one_in_memory_holds(tmp_path: Path) -> None:
    store = open_store(tmp_path / "made" / "store")
    build(THREE, store)
    in_memory = bytes_of()
    assert dump(store) == in_memory
    del store
    assert dump(open_read_only(tmp_path / "made" / "store")) == in_memory


def test_documents_are_listed_by_the_beginning_of_their_sha256() -> None:
    assert documents(built()) == sorted(sha256[:16] for sha256, _ in THREE)


def test_no_triple_stands_in_two_graphs() -> None:
    store = built()
    triples = [quad.triple for quad in store]
    assert len(triples) == len(set(triples))


def test_no_node_is_blank_and_no_quad_stands_outside_the_named_graphs() -> None:
    for quad in built():
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)
        assert isinstance(quad.graph_name, NamedNode)


def test_leaving_out_the_link_graphs_leaves_out_all_inference() -> None:
    store = built()
    graphs = stated_graphs(store)
    for predicate in (BL.feeds, BL.issuer, BL.originLevel, BL.programme, BL.succeeds, BL.continues, BL.rule):
        asked = f"ASK {{ ?s {predicate} ?o }}"
        assert store.query(asked, default_graph=[*graphs, *iris.LINKS.values()])
        assert not store.query(asked, default_graph=graphs)


def test_what_is_stated_does_not_change_when_links_are_derived() -> None:
    alone = open_store(MEMORY)
    replace_document(alone, THREE[1][0], quads(THREE[1][1]))
    graph = iris.file_graph(THREE[1][0])
    assert set(alone) == set(built().quads_for_pattern(None, None, None, graph))


# ---- several files of one disclosure --------------------------------------------------------------------------------


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_files_of_one_disclosure_the_later_one_is_held(turned: bool) -> None:
    sha256, facts = THREE[0]
    later = ("f" * 64, other_file(facts, published="2024-03-01"))
    store = open_store(MEMORY)
    build([later, (sha256, facts)] if turned else [(sha256, facts), later], store)
    assert documents(store) == ["f" * 16]


def test_a_file_that_is_left_out_is_reported() -> None:
    sha256, facts = THREE[0]
    store = built("qitai-2024")
    report = build([("f" * 64, other_file(facts, published="2023-12-31"))], store)
    assert report.superseded == ("f" * 64,)
    assert documents(store) == [sha256[:16]]


@pytest.mark.orders
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("separately", [False, True])
def test_what_is_reported_does_not_depend_on_the_order_of_reading(turned: bool, separately: bool) -> None:
    sha256, facts = THREE[0]
    given = [(sha256, facts), ("f" * 64, other_file(facts, published="2024-03-01"))]
    given = given[::-1] if turned else given
    store = open_store(MEMORY)
    if separately:
        build(given[:1], store)
    report = build(given, store)
    assert report.superseded == (sha256,)
    assert report.replaced + report.unchanged == ("f" * 64,)
    again = build(given, store)
    assert (again.superseded, again.replaced, again.unchanged) == ((sha256,), (), ("f" * 64,))


def test_a_departments_figures_and_its_own_units_are_two_disclosures() -> None:
    store = built("qitai-2024")
    build([("f" * 64, other_file(THREE[0][1], level="部门"))], store)
    assert len(documents(store)) == 2


# ---- interrupted, locked, not a store -------------------------------------------------------------------------------


def test_an_interrupted_build_keeps_whole_documents_and_what_follows_from_them() -> None:
    def interrupted() -> Iterator[tuple[str, list[Fact]]]:
        yield THREE[0]
        yield THREE[1]
        raise KeyboardInterrupt

    store = open_store(MEMORY)
    with pytest.raises(KeyboardInterrupt):
        build(interrupted(), store)
    assert dump(store) == bytes_of("qitai-2024", "qitai-2025")


def test_a_failed_replacement_changes_nothing() -> None:
    store = built()
    before = dump(store)
    graph = iris.file_graph(THREE[0][0])
    stray = Quad(iris.division("000000"), TYPE, BL.Project, iris.REGISTRY)
    with pytest.raises(ValueError, match="another graph"):
        replace_graphs(store, {graph: [stray]})
    assert dump(store) == before


@pytest.mark.process
def test_a_killed_writer_leaves_whole_documents(tmp_path: Path) -> None:
    code = f"""
import os, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from kg_documents import document
from kg.remote import StoreError
from kg.statements import quads
from kg.store import open_store, replace_document
store = open_store({str(tmp_path / "store")!r})
for name in ("qitai-2024", "qitai-2025"):
    sha256, facts = document(name)
    replace_document(store, sha256, quads(facts))
os._exit(9)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=600).returncode == 9
    store = open_store(tmp_path / "store")
    held = [quads(facts_of(name)) for name in ("qitai-2024", "qitai-2025")]
    assert set(store) == {quad for found in held for quad in found}


def test_a_second_writer_is_told_who_is_in_the_way(tmp_path: Path) -> None:
    first = open_store(tmp_path / "store")
    with pytest.raises(StoreError, match=r"store: another process is writing"):
        open_store(tmp_path / "store")
    del first
    assert isinstance(open_store(tmp_path / "store"), Store)


def test_readers_work_beside_one_another_and_cannot_write(tmp_path: Path) -> None:
    writer = open_store(tmp_path / "store")
    build([THREE[0]], writer)
    del writer
    one, other = open_read_only(tmp_path / "store"), open_read_only(tmp_path / "store")
    assert len(one) == len(other) > 0
    with pytest.raises(RuntimeError):
        one.add(Quad(iris.division("000000"), TYPE, BL.Project, iris.REGISTRY))


def test_reading_where_there_is_no_store_makes_none(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here"):
        open_read_only(tmp_path / "nothing")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_something_else_does_not_become_a_store(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(StoreError, match="not a store"):
        open_store(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
