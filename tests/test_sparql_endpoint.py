"""The SPARQL endpoint: the protocol, the limits, and what real clients see of them."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("starlette", reason="the endpoint needs starlette: pip install 'caimai[web]'")
if TYPE_CHECKING:
    import httpx2
else:
    httpx2 = pytest.importorskip("httpx2", reason="these tests ask over HTTP: pip install httpx2")

from endpoint_server import PATIENT, serving, serving_by
from kg_documents import NAMES, document
from pyoxigraph import DefaultGraph, QueryResultsFormat, RdfFormat, parse, parse_query_results

from kg.build import build
from kg.store import open_store
from viz.web.endpoint import Limits, pool
from viz.web.endpoint.exchange import Reply
from viz.web.endpoint.pool import Pool
from viz.web.negotiation import preferred

pytestmark = pytest.mark.process

HERE = Path(__file__).parent
CLIENT = httpx2.Client(timeout=600)
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ROWS = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT %d"
TRIPLES = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 20"


def made(folder: Path, *names: str) -> str:
    """A store on disk of these documents."""
    store = open_store(folder)
    build([document(name) for name in names], store)
    return str(folder)


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> str:
    return made(tmp_path_factory.mktemp("endpoint") / "store", *NAMES)


@pytest.fixture(scope="module")
def server(location: str) -> Iterator[str]:
    with serving(location) as address:
        yield address + "/sparql"


def rows(answer: httpx2.Response) -> list[dict[str, dict[str, str]]]:
    assert answer.status_code == 200, answer.text
    found: list[dict[str, dict[str, str]]] = answer.json()["results"]["bindings"]
    return found


def number(answer: httpx2.Response) -> int:
    return int(rows(answer)[0]["n"]["value"])


# ---- the protocol ---------------------------------------------------------------------------------------------------


def test_a_query_is_asked_in_three_ways_with_one_answer(server: str) -> None:
    by_address = CLIENT.get(server, params={"query": COUNT})
    by_form = CLIENT.post(server, data={"query": COUNT})
    direct = CLIENT.post(server, content=COUNT, headers={"Content-Type": "application/sparql-query; charset=utf-8"})
    assert number(by_address) == number(by_form) == number(direct) > 1000


@pytest.mark.parametrize(
    ("accept", "media_type", "form"),
    [
        (None, "application/sparql-results+json", QueryResultsFormat.JSON),
        ("*/*", "application/sparql-results+json", QueryResultsFormat.JSON),
        ("application/sparql-results+xml", "application/sparql-results+xml", QueryResultsFormat.XML),
        ("text/csv;q=0.5, text/tab-separated-values;q=0.9", "text/tab-separated-values", QueryResultsFormat.TSV),
        ("application/json", "application/json", QueryResultsFormat.JSON),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml", QueryResultsFormat.XML),
    ],
)
def test_rows_are_given_in_the_form_preferred(
    server: str, accept: str | None, media_type: str, form: QueryResultsFormat
) -> None:
    headers = {"Accept": accept} if accept else {"Accept": ""}
    answer = CLIENT.get(server, params={"query": ROWS % 7}, headers=headers)
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert len(list(parse_query_results(answer.content, form))) == 7  # type: ignore[arg-type]


def test_rows_are_given_as_csv(server: str) -> None:
    answer = CLIENT.get(server, params={"query": ROWS % 7}, headers={"Accept": "text/csv"})
    assert answer.text.splitlines()[0] == "s,p,o"
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("*/*", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml, text/turtle;q=0.1", RdfFormat.RDF_XML),
    ],
)
def test_triples_are_given_in_the_form_preferred(server: str, accept: str, form: RdfFormat) -> None:
    answer = CLIENT.get(server, params={"query": TRIPLES}, headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == form.media_type
    found = list(parse(answer.content, form))
    assert len(found) == 20
    assert {quad.graph_name for quad in found} == {DefaultGraph()}


def test_truth_is_given_as_json_and_xml_and_not_as_a_table(server: str) -> None:
    assert CLIENT.get(server, params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True
    xml = CLIENT.get(
        server, params={"query": "ASK { <a:a> ?p ?o }"}, headers={"Accept": "application/sparql-results+xml"}
    )
    assert "<boolean>false</boolean>" in xml.text
    assert CLIENT.get(server, params={"query": "ASK {}"}, headers={"Accept": "text/csv"}).status_code == 406


def test_what_is_not_accepted_is_told_with_what_there_is(server: str) -> None:
    answer = CLIENT.get(server, params={"query": ROWS % 1}, headers={"Accept": "image/png, text/csv;q=0"})
    assert answer.status_code == 406
    assert "application/sparql-results+json" in answer.text


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "a/b"), ("", "a/b"), ("*/*", "a/b"), ("a/*;q=0.2, c/d;q=0.3", "c/d"), ("a/*, a/b;q=0.1", "a/e"),
        ("x/y", None), ("a/b;q=0, */*;q=0.1", "a/e"), ("C/D", "c/d"), ("nonsense, c/d", "c/d"), ("a/b;q=high", None),
        ("c/d;q=0.8;charset=x , a/b ; q=0.7", "c/d"),
    ],
)  # fmt: skip
def test_the_form_is_chosen_by_weight_and_the_nearest_range(accept: str | None, chosen: str | None) -> None:
    assert preferred(accept, ("a/b", "a/e", "c/d")) == chosen


def test_graphs_named_by_the_request_are_those_asked(server: str) -> None:
    graphs = [
        row["g"]["value"] for row in rows(CLIENT.get(server, params={"query": "SELECT DISTINCT ?g { GRAPH ?g {} }"}))
    ]
    one = number(CLIENT.get(server, params={"query": COUNT, "default-graph-uri": graphs[0]}))
    two = number(CLIENT.get(server, params={"query": COUNT, "default-graph-uri": graphs[:2]}))
    every = number(CLIENT.get(server, params={"query": COUNT}))
    assert 0 < one < two < every
    inside = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert number(CLIENT.get(server, params={"query": inside, "named-graph-uri": graphs[0]})) == one
    assert number(CLIENT.get(server, params={"query": inside, "default-graph-uri": graphs[0]})) == 0
    assert (
        number(CLIENT.get(server, params={"query": f"SELECT (COUNT(*) AS ?n) FROM <{graphs[0]}> {{ ?s ?p ?o }}"}))
        == one
    )


@pytest.mark.parametrize(
    ("request_", "status", "message"),
    [
        ({"params": {"query": "SELECT ?s\nWHERE { ?s ?p "}}, 400, "line 2, column"),
        ({"params": {"query": "SELECT * { ?s my:name ?o }"}}, 400, "the prefix 'my:' is not declared"),
        ({"params": {"query": [COUNT, COUNT]}}, 400, "one query is wanted"),
        ({"params": {"other": "x"}}, 400, "one query is wanted"),
        ({"params": {"query": COUNT, "default-graph-uri": "no address"}}, 400, "not the address of a graph"),
        ({"params": {"query": "SELECT (<a:f>(1) AS ?x) {}"}}, 400, "a:f"),
        ({"params": {"query": "DROP ALL"}}, 403, "update"),
        ({"params": {"query": "LOAD <http://127.0.0.1/x>"}}, 403, "update"),
        ({"params": {"update": "DROP ALL"}}, 403, "update"),
        ({"data": {"update": "DROP ALL"}}, 403, "update"),
        ({"content": "DROP ALL", "headers": {"Content-Type": "application/sparql-update"}}, 403, "update"),
        ({"params": {"query": "ASK { SERVICE <http://127.0.0.1/x> { ?s ?p ?o } }"}}, 403, "SERVICE"),
        ({"content": "{}", "headers": {"Content-Type": "application/json"}}, 415, "application/json"),
        ({"content": b"\xff", "headers": {"Content-Type": "application/sparql-query"}}, 400, "UTF-8"),
        ({"data": {"query": "#" * 2_000_000}}, 413, "1,048,576"),
    ],
)
def test_what_cannot_be_answered_says_why(server: str, request_: dict[str, Any], status: int, message: str) -> None:
    answer = CLIENT.request("GET" if "params" in request_ else "POST", server, **request_)
    assert (answer.status_code, message in answer.text) == (status, True), answer.text
    assert answer.headers["content-type"].startswith("text/plain")
    assert "etag" not in answer.headers


def test_other_methods_are_refused(server: str) -> None:
    answer = httpx2.put(server, content="x")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


def test_any_page_may_read_the_answers(server: str) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    before = CLIENT.options(server, headers=asked | {"Access-Control-Request-Headers": "content-type"})
    assert before.status_code == 204
    assert "Content-Type" in before.headers["access-control-allow-headers"]
    for answer in (before, CLIENT.get(server, params={"query": COUNT}), CLIENT.get(server, params={"query": "SELECT"})):
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers


def test_the_endpoint_describes_itself(server: str) -> None:
    answer = CLIENT.get(server, headers={"Accept": "text/turtle"})
    said = {
        (triple.predicate.value.rpartition("#")[2], triple.object) for triple in parse(answer.content, RdfFormat.TURTLE)
    }
    assert ("endpoint", server) in {(name, getattr(value, "value", "")) for name, value in said}
    assert "SPARQL11Query" in str(said)
    assert "BasicFederatedQuery" not in str(said)
    assert CLIENT.get(server, headers={"Accept": "image/png"}).status_code == 406


def test_a_browser_is_sent_to_the_page(location: str) -> None:
    with serving(location, page="/query") as address:
        sent = CLIENT.get(address + "/sparql", headers={"Accept": "text/html,*/*;q=0.8"})
        assert (sent.status_code, sent.headers["location"]) == (303, "/query")
        assert CLIENT.get(address + "/sparql").headers["content-type"] == "text/turtle"


# ---- validators, builds ---------------------------------------------------------------------------------------------


def test_an_unchanged_answer_is_not_sent_again(server: str) -> None:
    first = CLIENT.get(server, params={"query": COUNT})
    again = CLIENT.get(server, params={"query": COUNT}, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = CLIENT.get(server, params={"query": ROWS % 1}, headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


@pytest.mark.parametrize("term", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_changes_by_itself_has_no_validator(server: str, term: str) -> None:
    answer = CLIENT.get(server, params={"query": f"SELECT ({term} AS ?x) {{}}"})
    assert answer.status_code == 200
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


def test_readers_see_the_last_whole_state_while_a_build_runs(tmp_path: Path) -> None:
    folder = made(tmp_path / "store", NAMES[0])
    code = f"""
import sys
sys.path.insert(0, {str(HERE)!r})
from kg_documents import NAMES, document
from kg.build import build
from kg.statements import quads
from kg.store import open_store, replace_document
store = open_store({folder!r})
sha256, facts = document(NAMES[1])
replace_document(store, sha256, quads(facts))
print("half", flush=True)
sys.stdin.readline()
build([document(name) for name in NAMES], store)
"""
    with serving(folder) as address, httpx2.Client(base_url=address, timeout=600) as client:
        ask = {"query": COUNT}
        before = client.get("/sparql", params=ask)
        writer = subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE.parent
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "half\n"
        with ThreadPoolExecutor(8) as pool:
            during = list(pool.map(lambda _: client.get("/sparql", params=ask), range(24)))
        assert {number(answer) for answer in during} == {number(before)}
        assert client.get("/sparql", params=ask, headers={"If-None-Match": before.headers["etag"]}).status_code == 304
        writer.communicate("\n", timeout=600)
        assert writer.returncode == 0
        after = client.get("/sparql", params=ask, headers={"If-None-Match": before.headers["etag"]})
        assert number(after) > number(before)


def test_where_there_is_no_graph_the_command_that_makes_one_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with serving(str(folder)) as address:
        answer = CLIENT.get(address + "/sparql", params={"query": COUNT})
        assert answer.status_code == 503
        assert "caimai build PATH --store" in answer.text
        made(folder, NAMES[0])
        assert number(CLIENT.get(address + "/sparql", params={"query": COUNT})) > 0


# ---- limits ---------------------------------------------------------------------------------------------------------


def test_a_query_out_of_time_is_stopped_and_the_next_one_answered(location: str) -> None:
    with serving(location, Limits(seconds=2, workers=1)) as address:
        CLIENT.get(address + "/sparql", params={"query": COUNT})
        began = time.monotonic()
        answer = CLIENT.get(address + "/sparql", params={"query": ENDLESS})
        assert answer.status_code == 503
        assert "stopped after 2 s" in answer.text
        assert time.monotonic() - began > 1.5
        answer = CLIENT.get(address + "/sparql", params={"query": COUNT})
        while answer.status_code == 503 and time.monotonic() - began < 300:  # a busy machine may need more than 2 s
            answer = CLIENT.get(address + "/sparql", params={"query": COUNT})
        assert number(answer) > 0


@pytest.mark.parametrize(
    "accept", ["application/sparql-results+json", "application/xml", "text/csv", "text/tab-separated-values"]
)
def test_one_row_too_many_is_refused_whole(location: str, accept: str) -> None:
    with serving(location, replace(PATIENT, rows=50)) as address:
        headers = {"Accept": accept}
        assert CLIENT.get(address + "/sparql", params={"query": ROWS % 50}, headers=headers).status_code == 200
        answer = CLIENT.get(address + "/sparql", params={"query": ROWS % 51}, headers=headers)
        assert answer.status_code == 413
        assert "more than 50 rows" in answer.text
        graph = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
        assert CLIENT.get(address + "/sparql", params={"query": graph}).status_code == 413


def test_too_large_an_answer_is_refused_whole(location: str) -> None:
    with serving(location, replace(PATIENT, size=10_000)) as address:
        for query in (ROWS % 1000, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1000"):
            answer = CLIENT.get(address + "/sparql", params={"query": query})
            assert answer.status_code == 413
            assert "10,000 bytes" in answer.text


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_a_query_that_needs_too_much_memory_ends_alone(location: str) -> None:
    query = "SELECT ?a ?d WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
    with serving(location, replace(PATIENT, memory=2**30, workers=1)) as address:
        answer = CLIENT.get(address + "/sparql", params={"query": query})
        assert answer.status_code == 503
        assert "memory" in answer.text
        assert number(CLIENT.get(address + "/sparql", params={"query": COUNT})) > 0


class Held:
    """A worker that answers once it is let go. A class because a pool asks workers by their methods."""

    alive = True

    def __init__(self) -> None:
        self.asked, self.go = threading.Event(), threading.Event()

    def ask(self, *_: object) -> Reply:
        self.asked.set()
        assert self.go.wait(600)
        return Reply(200, b"")

    def end(self) -> None: ...


def test_more_queries_than_may_wait_are_told_to_come_again(location: str, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held()
    monkeypatch.setattr(pool, "_worker", lambda _: held)
    workers = Pool(location, replace(PATIENT, workers=1, waiting=1))
    with serving_by(workers) as address, ThreadPoolExecutor(2) as clients:
        first = clients.submit(CLIENT.get, address + "/sparql", params={"query": COUNT})
        assert held.asked.wait(600)
        second = clients.submit(CLIENT.get, address + "/sparql", params={"query": COUNT})
        while not workers._waiting:
            assert not second.done(), "the second waits"
            time.sleep(0.01)
        answer = CLIENT.get(address + "/sparql", params={"query": COUNT})
        assert answer.status_code == 503
        assert "too many queries" in answer.text
        assert answer.headers["retry-after"]
        held.go.set()
        assert [one.result().status_code for one in (first, second)] == [200, 200]


# ---- nothing reaches outside ----------------------------------------------------------------------------------------


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """A server on loopback, and what was asked of it."""
    heard: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_error(404)

        do_POST = do_GET

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", heard
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o # a comment that ends here\rSERVICE <%s> { ?a ?b ?c }\n}",
        'SELECT * { ?s ?p ?o FILTER(STR(?s) != "a\\u0022 # ") SERVICE <%s> { ?a ?b ?c }\n}',
        "SELECT * { ?s ?p ?o FILTER(STR(?s) != 'a\\U00000027 # ') SERVICE <%s> { ?a ?b ?c }\n}",
        "SELECT * { { SELECT * { OPTIONAL { sErViCe sIlEnT <%s> { ?s ?p ?o } } } } }",
        "SELECT * FROM <%s> { ?s ?p ?o }",
        "LOAD <%s>",
        "SELECT * { SERVICESILENT<%s> { ?s ?p ?o } }",
    ],
)
def test_no_query_reaches_another_server(server: str, query: str) -> None:
    with listening() as (address, heard):
        answer = CLIENT.get(server, params={"query": query % address})
        assert heard == []
        assert answer.status_code in {400, 403} or rows(answer) == []


@pytest.mark.skipif(sys.platform != "linux", reason="a process is kept from the network on Linux only")
def test_a_worker_has_no_network_where_the_system_can_take_it_away() -> None:
    code = """
import ctypes, socket, sys
from viz.web.endpoint.limits import Limits
from viz.web.endpoint.worker import _confine
unshare = ctypes.CDLL(None).unshare
_confine(Limits(), local=True)
server = int(sys.argv[1])
print(socket.socket().connect_ex(("127.0.0.1", server)))
"""
    with listening() as (address, heard):
        port = address.rpartition(":")[2].strip("/")
        done = subprocess.run(
            [sys.executable, "-c", code, port],
            capture_output=True, text=True, cwd=HERE.parent, check=True, timeout=600,
        )  # fmt: skip
        if done.stdout.strip() == "0":
            pytest.skip("this system does not let a process give up the network")
        assert heard == []


# ---- real clients ---------------------------------------------------------------------------------------------------


def test_sparqlwrapper_reads_rows_truth_and_triples(server: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(server)
    client.setQuery(COUNT)
    for form in (wrapper.JSON, wrapper.XML, wrapper.CSV, wrapper.TSV):
        client.setReturnFormat(form)
        assert client.query().convert()
    client.setMethod(wrapper.POST)
    client.setReturnFormat(wrapper.JSON)
    assert int(client.queryAndConvert()["results"]["bindings"][0]["n"]["value"]) > 1000
    client.setRequestMethod(wrapper.POSTDIRECTLY)
    assert client.queryAndConvert()["results"]["bindings"]
    client.setQuery(TRIPLES)
    for form in (wrapper.TURTLE, wrapper.JSONLD, wrapper.RDFXML, wrapper.N3):
        client.setReturnFormat(form)
        assert client.query().convert()
    client.setQuery("DROP ALL")
    with pytest.raises(Exception, match="403"):
        client.query()


def test_rdflib_reads_the_graph_as_a_store(server: str) -> None:
    from rdflib import Graph
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    for method in ("GET", "POST", "POST_FORM"):
        graph = Graph(SPARQLStore(server, method=method))
        [row] = graph.query(COUNT)
        assert int(row.n) > 1000  # type: ignore[union-attr]
        assert graph.query("ASK { ?s ?p ?o }").askAnswer
        assert len(graph.query(TRIPLES).graph or ()) == 20
    assert next(iter(graph.triples((None, None, None))))


def test_curl_reads_and_is_told_of_errors(server: str) -> None:
    def curl(*arguments: str) -> str:
        return subprocess.run(
            ["curl", "-s", *arguments], capture_output=True, text=True, check=True, timeout=600
        ).stdout

    try:
        answer = curl(server, "--data-urlencode", f"query={COUNT}", "-H", "Accept: text/csv")
    except FileNotFoundError:
        pytest.skip("curl is not installed")
    assert answer.splitlines()[0] == "n"
    assert json.loads(curl("-G", server, "--data-urlencode", f"query={ROWS % 2}"))["head"]["vars"] == ["s", "p", "o"]
    assert curl("-o", "/dev/null", "-w", "%{http_code}", server, "-d", "update=DROP ALL") == "403"
