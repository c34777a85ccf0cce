"""A graph on a SPARQL 1.1 server: the same functions, the same bytes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from evaluated_documents import BODY, REVIEWS, accounts, budget
from graph_servers import oxigraph, virtuoso
from kg_documents import NAMES, bytes_of, document
from pyoxigraph import NamedNode, Quad, Variable
from test_kg_corrections import corrected
from test_kg_files import SHA256, WHOLE

import caimai
from kg import iris
from kg.build import build, remove
from kg.lineage import lineage
from kg.rdf import TYPE
from kg.remote import StoreError, _results, bound, credentials, endpoints
from kg.store import documents, dump, open_read_only, open_store, remove_document, select
from kg.updates import changes, parts
from ontology.terms import BL
from queries.corrections import corrections

pytest.importorskip("httpx2", reason="stores on servers need httpx2: pip install 'caimai[remote]'")

TRACED = (
    "昌州财教[2024]65号", "招商引资经费", "新疆人才发展基金", "克州润华纺织", "奇台县商务科技和工业信息化局", "2060599",
    "发放补助人数（人）", "克孜勒苏柯尔克孜自治州财政局",
)  # fmt: skip


@pytest.fixture(scope="module", params=[oxigraph, virtuoso], ids=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with request.param(tmp_path_factory.mktemp("server")) as address:
        yield address


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


def test_a_correction_on_a_server_sets_the_former_figures_aside_and_gives_them_back(server: str) -> None:
    here, there = open_store(":memory:"), open_store(server)
    for held in documents(there):
        remove_document(there, held)
    for store in (here, there):
        build([(SHA256, WHOLE), corrected()], store)
    assert dump(there) == dump(here)
    assert corrections(there) == corrections(here)
    assert corrections(there).rows
    for store in (here, there):
        remove(store, ["c" * 64])
    assert dump(there) == dump(here) == bytes_of("qitai-2025")


def test_the_lineage_is_that_of_a_store_in_this_process(server: str) -> None:
    build([document(name) for name in NAMES], open_store(server))
    here = open_store(":memory:")
    build([document(name) for name in NAMES], here)
    there = open_read_only(server)
    assert sorted(lineage(there).edges) == sorted(lineage(here).edges)


def test_questions_and_traces_of_the_examples_are_those_of_a_store_in_this_process(
    server: str, example_store: Path
) -> None:
    here, there = open_read_only(example_store), open_store(server)
    for held in documents(there):
        remove_document(there, held)
    build([], there)
    there.extend(here)
    assert dump(there) == dump(here)
    for what in TRACED:
        assert caimai.trace(there, what) == caimai.trace(here, what), what
    given = {
        question.name: {parameter.name: parameter.example for parameter in question.parameters}
        for question in caimai.questions().values()
    }
    answers = {name: (caimai.ask(here, name, **of), caimai.ask(there, name, **of)) for name, of in given.items()}
    assert [name for name, (local, remote) in answers.items() if local != remote] == []


def test_self_evaluations_on_a_server_are_linked_and_asked_about_as_in_this_process(server: str) -> None:
    here, there = open_store(":memory:"), open_store(server)
    for held in documents(there):
        remove_document(there, held)
    for store in (here, there):
        build([budget(), accounts(lines=REVIEWS), budget(year=2025)], store)
    assert dump(there) == dump(here)
    for name in ("promised_against_achieved", "self_evaluations_together", "self_scores"):
        for given in ({}, {"year": 2024}, {"body": BODY, "year": 2024}):
            answer = caimai.ask(there, name, **given)
            assert answer == caimai.ask(here, name, **given), (name, given)
            assert answer.rows


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


@pytest.mark.parametrize(
    ("address", "user", "plain"),
    [
        ("http://localhost:7878", None, "http://localhost:7878"),
        ("http://dba:a%40b@host:8890/sparql-auth", ("dba", "a@b"), "http://host:8890/sparql-auth"),
    ],
)
def test_user_and_password_are_taken_from_the_address(address: str, user: tuple[str, str] | None, plain: str) -> None:
    assert credentials(address) == (user, plain)


def test_a_change_is_of_operations_that_servers_compile_and_of_few_requests() -> None:
    graph = iris.REGISTRY
    quads = [Quad(NamedNode(f"http://example.org/{n}"), TYPE, BL.Project, graph) for n in range(2500)]
    operations = changes(quads[:3], quads, [graph])
    assert [operation.partition(" ")[0] for operation in operations] == ["DELETE", "INSERT", "INSERT", "INSERT", "DROP"]
    assert sum(operation.count(str(BL.Project)) for operation in operations) == 2503
    assert list(parts(operations, 10**9)) == [" ;\n".join(operations)]
    assert [part.split(" ;\n") for part in parts(operations, len(operations[1]))] == [
        operations[:1], operations[1:2], operations[2:3], operations[3:],
    ]  # fmt: skip
    assert changes([], [], []) == []


def test_variables_are_bound_at_the_beginning_of_the_pattern() -> None:
    query = bound("SELECT ?x ?y WHERE { ?x ?y ?z }", {Variable("x"): NamedNode("http://example.org/a")})
    assert query == "SELECT ?x ?y WHERE { VALUES ?x { <http://example.org/a> }  ?x ?y ?z }"


def test_an_answer_that_breaks_off_is_a_failure_not_fewer_rows() -> None:
    whole = b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"1"}}]}}'
    assert len(list(_results(whole))) == 1  # type: ignore[arg-type]
    with pytest.raises(SyntaxError):
        _results(whole[:-4])
