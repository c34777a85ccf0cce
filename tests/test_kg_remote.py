"""A graph on a SPARQL 1.1 server: the same functions, the same bytes."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from kg_documents import NAMES, bytes_of, document
from pyoxigraph import NamedNode, Quad, Variable

import caimai
from kg import iris
from kg.build import build
from kg.lineage import lineage
from kg.rdf import TYPE
from kg.remote import _results, bound, endpoints
from kg.store import StoreError, documents, dump, open_read_only, open_store, remove_document, select
from ontology.terms import BL

pytest.importorskip("httpx", reason="stores on servers need httpx: pip install 'caimai[remote]'")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Oxigraph's own server on loopback, from the PyPI package `oxigraph`."""
    beside = Path(sys.executable).parent / "oxigraph"
    program = str(beside) if beside.is_file() else shutil.which("oxigraph")
    if program is None:
        pytest.skip("Oxigraph's server is not installed: pip install 'caimai[server-test]'")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    process = subprocess.Popen(
        [program, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, "the server ended by itself"
        time.sleep(0.1)
    pytest.fail("the server did not come up within 20 seconds")


def test_a_graph_built_on_a_server_is_the_graph_built_in_memory(server: str) -> None:
    store = open_store(server)
    report = build([document(name) for name in NAMES], store)
    assert len(report.replaced) == 3
    assert dump(store) == bytes_of()
    assert report.quads == len(store) == len(bytes_of().splitlines())
    assert build([document(name) for name in NAMES], store).replaced == ()


def test_a_document_is_taken_out_of_a_server_and_put_back(server: str) -> None:
    store = open_store(server)
    build([document(name) for name in NAMES], store)
    remove_document(store, document("artux-2026")[0])
    build([], store)
    assert dump(store) == bytes_of("qitai-2024", "qitai-2025")
    assert len(documents(store)) == 2
    build([document("artux-2026")], store)
    assert dump(store) == bytes_of()


def test_questions_traces_and_the_lineage_are_those_of_a_store_in_this_process(server: str) -> None:
    build([document(name) for name in NAMES], open_store(server))
    here = open_store(":memory:")
    build([document(name) for name in NAMES], here)
    there = open_read_only(server)
    assert caimai.trace(there, "昌州财教[2024]65号") == caimai.trace(here, "昌州财教[2024]65号")
    for question in caimai.questions().values():
        given = {parameter.name: parameter.example for parameter in question.parameters}
        assert caimai.ask(there, question.name, **given) == caimai.ask(here, question.name, **given), question.name
    assert sorted(lineage(there).edges) == sorted(lineage(here).edges)


def test_a_server_opened_for_reading_is_not_written(server: str) -> None:
    store = open_read_only(server)
    with pytest.raises(StoreError, match="reading only"):
        store.extend([Quad(iris.division("000000"), TYPE, BL.Project, iris.REGISTRY)])


def test_a_query_that_the_server_refuses_is_told_with_its_reason(server: str) -> None:
    with pytest.raises(StoreError, match="400"):
        select(open_store(server), "SELECT nonsense")


def test_a_server_out_of_reach_is_told_with_its_address() -> None:
    with pytest.raises(StoreError, match=r"http://127\.0\.0\.1:9/query"):
        len(open_store("http://127.0.0.1:9"))


@pytest.mark.parametrize(
    ("address", "asked", "changed"),
    [
        ("http://localhost:7878", "http://localhost:7878/query", "http://localhost:7878/update"),
        ("http://localhost:7878/", "http://localhost:7878/query", "http://localhost:7878/update"),
        ("http://host/ds/query", "http://host/ds/query", "http://host/ds/update"),
        ("http://host:8890/sparql", "http://host:8890/sparql", "http://host:8890/sparql"),
    ],
)
def test_an_address_names_where_to_ask_and_where_to_change(address: str, asked: str, changed: str) -> None:
    assert endpoints(address) == (asked, changed)


def test_variables_are_bound_at_the_beginning_of_the_pattern() -> None:
    query = bound("SELECT ?x ?y WHERE { ?x ?y ?z }", {Variable("x"): NamedNode("http://example.org/a")})
    assert query == "SELECT ?x ?y WHERE { VALUES ?x { <http://example.org/a> }  ?x ?y ?z }"


def test_an_answer_that_breaks_off_is_a_failure_not_fewer_rows() -> None:
    whole = b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"1"}}]}}'
    assert len(list(_results(whole))) == 1  # type: ignore[arg-type]
    with pytest.raises(SyntaxError):
        _results(whole[:-4])
