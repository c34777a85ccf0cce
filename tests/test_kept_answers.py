"""What a build keeps of the answers that traces need: the same traces, never those of another state of the store."""

import shutil
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest

import caimai
from kg.store import open_store
from ontology.terms import BL
from queries.kept import NAME, Kept, kept_of, kinds, open_with_answers
from queries.reading import Reader
from queries.tracing.trace import trace

NUMBER = "昌州财教[2024]65号"
BODY = "奇台县商务科技和工业信息化局"
NAMES = [
    NUMBER, "克财建〔2025〕64号", BODY, "昌吉回族自治州科学技术局", "招商引资经费", "科技和招商工作经费",
    "新疆人才发展基金", "三区科技人才支持计划", "克州润华纺织", "2060599", "206", "20605", "培训成本", "企业满意度",
]  # fmt: skip


@pytest.fixture(scope="module")
def graph(example_store: Path) -> caimai.Graph:
    opened = caimai.open(example_store)
    assert opened.kept is not None
    return opened


@pytest.fixture
def copy(example_store: Path, tmp_path: Path) -> Path:
    """A copy of the examples' store with what is kept of it."""
    shutil.copytree(example_store, tmp_path / "store", ignore=shutil.ignore_patterns("readers"))
    assert open_with_answers(tmp_path / "store")[1] is not None
    return tmp_path / "store"


@pytest.mark.parametrize("name", NAMES)
def test_a_trace_is_the_same_with_what_is_kept_and_without(graph: caimai.Graph, name: str) -> None:
    for settings in ({}, {"candidates": True, "places": 0, "limit": 0}):
        assert trace(graph.store, name, kept=graph.kept, **settings) == trace(graph.store, name, **settings)  # type: ignore[arg-type]


@pytest.mark.parametrize("query", kinds())
def test_what_is_kept_is_what_the_store_answers(graph: caimai.Graph, query: str) -> None:
    assert graph.kept
    number = graph.kept.queries[query]
    held = [thing for (thing,) in graph.kept.database.execute("SELECT thing FROM answer WHERE query = ?", (number,))]
    read, asked = (list(Reader(graph.store, kept).written(query, held)) for kept in (graph.kept, None))
    assert sorted(read) == sorted(asked)


def test_of_every_query_about_many_things_it_is_said_whether_its_answers_are_kept(root: Path) -> None:
    told = tomllib.loads((root / "queries" / "kept.toml").read_text("utf-8"))
    many = {path.stem for path in (root / "queries" / "trace").glob("*.rq") if "UNDEF" in path.read_text("utf-8")}
    assert many == {*told["asked_about"], *told["asked_each_time"]}
    assert not told["asked_about"].keys() & told["asked_each_time"].keys()


def test_what_is_kept_is_not_asked_of_the_store(graph: caimai.Graph) -> None:
    no_store = cast(ox.Store, None)
    document = "https://w3id.org/cnbl/id/doc/昌州财教-2024-65"
    assert Reader(no_store, graph.kept).found("labels", [document]) == {document: ["昌州财教〔2024〕65号"]}


def test_what_is_not_kept_is_asked_of_the_store(graph: caimai.Graph) -> None:
    subject, document = "https://w3id.org/cnbl/code/function/2060599", "https://w3id.org/cnbl/id/doc/昌州财教-2024-65"
    found = Reader(graph.store, graph.kept).found("labels", [subject, document])
    assert found == Reader(graph.store).found("labels", [subject, document])
    assert set(found) == {subject, document}


def test_what_was_kept_of_a_store_that_has_changed_is_not_read(copy: Path) -> None:
    body, name = ox.NamedNode(f"https://w3id.org/cnbl/id/agency/652325.{BODY[3:]}"), ox.Literal("新名", language="zh")
    open_store(copy).add(ox.Quad(body, BL.officialName, name, ox.NamedNode("https://example.org/other")))
    assert caimai.open(copy).kept is None
    assert caimai.trace(copy, "新名").matches


def test_building_and_removing_keep_the_answers_of_the_new_state(copy: Path, root: Path) -> None:
    name = "奇台县商务和工业信息化局"
    before = caimai.trace(copy, name)
    file = next(path for path in (root / "examples").glob("*.pdf") if "奇台县商务科技和工业信息化局2025" in path.name)
    caimai.remove([file.name], copy)
    without = caimai.open(copy)
    assert without.kept is not None
    assert without.trace(name) == trace(without.store, name) != before
    caimai.build([file], copy)
    again = caimai.open(copy)
    assert again.kept is not None
    assert again.trace(name) == before


def test_the_state_that_a_writing_process_found_is_read_with_its_answers(copy: Path) -> None:
    with being_written(copy):
        graph = caimai.open(copy)
        assert graph.kept is not None
        assert graph.trace(NUMBER) == trace(graph.store, NUMBER)


@contextmanager
def being_written(store: Path) -> Iterator[None]:
    """Another process has the store open for writing."""
    told = "import sys; from kg.store import open_store; s = open_store(sys.argv[1]); print(1, flush=True); input()"
    command = [sys.executable, "-c", told, str(store)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"1\n"
    try:
        yield
    finally:
        process.communicate(b"\n", timeout=600)


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\x00"])
def test_a_file_that_is_no_such_file_is_passed_over(copy: Path, content: bytes) -> None:
    (copy / NAME).write_bytes(content)
    graph = caimai.open(copy)
    assert graph.kept is None
    assert graph.trace(NUMBER).entries


def test_what_another_release_kept_is_passed_over(copy: Path) -> None:
    state = _state(copy)
    with closing(sqlite3.connect(copy / NAME)) as database:
        database.execute("UPDATE made_of SET state = ?", (f"{state} 0123456789abcdef",))
        database.commit()
    assert kept_of(copy, state) is None


@pytest.mark.process
def test_a_build_whose_answers_cannot_be_kept_is_a_build_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, root: Path
) -> None:
    def full(_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("caimai.library.keep", full)
    caimai.build([next((root / "examples").glob("阿图什*.pdf"))], tmp_path / "store")
    assert "database or disk is full" in caplog.text
    assert caimai.open(tmp_path / "store").kept is None
    assert caimai.trace(tmp_path / "store", "阿图什市商务科技和工业信息化局").entries


def test_threads_read_what_is_kept_side_by_side(graph: caimai.Graph) -> None:
    alone = [graph.trace(name) for name in NAMES]
    with ThreadPoolExecutor(8) as threads:
        for _ in range(3):
            assert list(threads.map(graph.trace, NAMES)) == alone


def test_nothing_is_left_of_answers_that_could_not_be_written(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from queries import keeping

    def stopped(*_: object) -> Iterator[object]:
        yield 0, "one", None
        raise KeyboardInterrupt

    before = (copy / NAME).read_bytes()
    monkeypatch.setattr(keeping, "_answers", stopped)
    with pytest.raises(KeyboardInterrupt):
        keeping.keep(copy)
    assert not list(copy.glob("*.part"))
    assert (copy / NAME).read_bytes() == before


def _state(store: Path) -> str:
    kept = open_with_answers(store)[1]
    assert isinstance(kept, Kept)
    return kept.state.partition(" ")[0]
