"""The explorer's pages of things: what they tell, their data twins, and that nothing in the graph can break a page."""

import csv
import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from caimai.serve import picture, sources_in
from kg.store import open_read_only
from ontology.terms import BL
from viz.web.addresses import address
from viz.web.application import application
from viz.web.dossier import Column, Ref, Row, Table
from viz.web.twins import as_csv

ID = "https://w3id.org/cnbl/id"
BODY = f"{ID}/agency/652325.商务科技和工业信息化局"
DOCUMENT = f"{ID}/doc/昌州财教-2024-65"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
KINDS = (
    "Project", "FundingProgramme", "PerformanceIndicator", "PerformanceTarget", "Disclosure", "SourceFile", "Conflict",
    "CellEvidence", "SpanEvidence", "BudgetObservation", "ChangeStatement", "AbsenceStatement", "FunctionalSubject",
    "EconomicSubject", "AdministrativeDivision", "LinkAssertion", "CarryOver", "Allocation", "IssuerCode",
)  # fmt: skip


@pytest.fixture(scope="module")
def built(example_store: Path, root: Path) -> Starlette:
    return application(example_store, picture=picture, sources=sources_in([root / "examples"]))


@pytest.fixture
def client(built: Starlette) -> TestClient:
    return TestClient(built)


def one_of(store: Path, kind: str) -> str:
    quads = open_read_only(store).quads_for_pattern(None, _TYPE, BL[kind], None)
    return sorted(str(getattr(quad.subject, "value", "")) for quad in quads)[0]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_thing_of_every_kind_has_a_page_and_its_twins(
    client: TestClient, example_store: Path, kind: str, lang: str
) -> None:
    path = address(one_of(example_store, kind))
    shown = client.get(f"{path}?lang={lang}")
    assert shown.status_code == 200
    assert "<h1>" in shown.text
    assert client.get(f"{path}.json").json()["iri"] == one_of(example_store, kind)
    assert client.get(f"{path}.csv").headers["content-type"] == "text/csv; charset=utf-8"
    assert list(ox.parse(client.get(f"{path}.ttl").content, format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("application/json", "application/json"),
        ("text/turtle, application/json;q=0.5", "text/turtle"),
        ("text/csv", "text/csv"),
        ("*/*", "text/html"),
        ("", "text/html"),
    ],
)
def test_the_twin_is_also_chosen_by_what_the_client_accepts(client: TestClient, accept: str, media: str) -> None:
    answer = client.get(address(DOCUMENT), headers={"accept": accept})
    assert answer.headers["content-type"].startswith(media)
    assert "Accept" in answer.headers["vary"]


def test_the_passport_tells_issuer_origin_programme_money_and_prints(client: TestClient) -> None:
    text = client.get(address(DOCUMENT)).text
    for words in ("昌吉回族自治州财政局", "中央", "三区科技人才支持计划", "7.38", "昌州财教[2024]65号", "发放补助人数"):
        assert words in text
    told = client.get(f"{address(DOCUMENT)}.json").json()
    assert told["facts"]["first_seen"] == told["facts"]["last_seen"] == 2025
    money = told["tables"]["money"][0]
    assert money["amount"] == {"yuan": "73800", "printed": "7.38", "unit": "万元"}
    assert money["sources"][0]["words"] == "7.38"
    assert told["tables"]["conflicts"]


def test_a_body_shows_its_predecessors_years_and_money(client: TestClient) -> None:
    text = client.get(address(BODY)).text
    for words in ("奇台县商务和工业信息化局", "奇台县科学技术局", "2,685.94", "862.18", "2025"):
        assert words in text


def test_a_project_without_a_document_has_no_programme(client: TestClient, example_store: Path) -> None:
    store = open_read_only(example_store)
    projects = {quad.subject for quad in store.quads_for_pattern(None, BL.ofBody, None, None)}
    funded = {quad.subject for quad in store.quads_for_pattern(None, BL.fundedUnder, None, None)}
    programmes = {
        str(getattr(project, "value", "")): client.get(address(str(getattr(project, "value", ""))) + ".json").json()
        for project in sorted(projects - funded, key=str)
    }
    assert programmes
    assert not [iri for iri, told in programmes.items() if "programme" in told["facts"]]


def test_a_table_is_downloaded_by_its_name(client: TestClient) -> None:
    answer = client.get(f"{address(BODY)}.csv?table=spending")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["amount_yuan"] for row in rows} >= {"26859400", "8621800", "18237600"}
    assert client.get(f"{address(BODY)}.csv?table=none").status_code == 404


def test_text_that_a_spreadsheet_would_run_is_disarmed() -> None:
    table = Table("t", "t", (Column("name"), Column("thing")), (Row(("=1+1", Ref("i", "@x"))),))
    assert as_csv(table).splitlines()[1] == "'=1+1,'@x,i,"


def test_a_place_is_boxed_on_the_picture_of_its_page(client: TestClient) -> None:
    money = client.get(f"{address(DOCUMENT)}.json").json()["tables"]["money"][0]["sources"][0]["iri"]
    text = client.get(address(money)).text
    assert 'id="asked"' in text
    assert "box asked" in text
    assert "9242ac0a47d25d7d" in text
    image = text.split('<image href="')[1].split('"')[0]
    answer = client.get(image)
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")


def test_from_a_place_one_gets_to_all_that_was_read_from_the_page(client: TestClient, example_store: Path) -> None:
    file = one_of(example_store, "SourceFile")
    text = client.get(f"{address(file)}?page=8").text
    assert text.count('class="box') > 20
    assert "预算数" in text
    assert client.get(f"{address(file)}?page=99999").status_code == 200


def test_without_the_source_file_words_and_place_are_shown(example_store: Path) -> None:
    client = TestClient(application(example_store))
    text = client.get(address(one_of(example_store, "CellEvidence"))).text
    assert "源文件不在手边" in text
    assert "quoted" in text
    assert client.get("/id/file/566c1d8fe2cee71f/page/1.png").status_code == 404


def test_a_page_that_cannot_be_drawn_is_said_to_be_so(example_store: Path) -> None:
    def broken(data: bytes, page: int, scale: float) -> bytes:
        return picture(b"%PDF-1.4 nothing of use", page, scale)

    built = application(example_store, picture=broken, sources=lambda sha256, name: b"%PDF-1.4 nothing of use")
    text = TestClient(built).get(address(one_of(example_store, "CellEvidence"))).text
    assert "这一页无法画出" in text


def test_the_audit_pages_show_both_places_and_the_four_silences(client: TestClient) -> None:
    text = client.get("/audit").text
    assert "state-declared_nil" in text
    assert "state-present" in text
    signals = client.get("/audit", params={"body": BODY}).text
    assert signals.count('class="side-name"') >= 2
    assert "/id/ev/" in signals
    assert client.get("/audit", params={"body": "<script>"}).status_code == 404


def test_two_years_are_compared_line_by_line(client: TestClient) -> None:
    old = f"{ID}/agency/652325.商务和工业信息化局"
    text = client.get("/compare", params={"a": old, "b": BODY}).text
    for words in ("2011308 招商引资", "114.00", "76.96", "-37.04", "承继关系", "新增", "不再有"):
        assert words in text


def test_nothing_in_the_graph_can_break_out_of_a_page(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    store = ox.Store(str(tmp_path / "store"))
    graph, file = ox.NamedNode("https://w3id.org/cnbl/graph/file.0"), ox.NamedNode(f"{ID}/file/0000")
    place, body, document = (
        ox.NamedNode(f"{ID}/ev/0000.p1"),
        ox.NamedNode(f"{ID}/agency/x"),
        ox.NamedNode(f"{ID}/doc/x"),
    )
    title = ox.NamedNode("http://purl.org/dc/terms/title")
    for subject, predicate, value in [
        (file, _TYPE, BL.SourceFile), (file, title, ox.Literal(hostile)), (file, BL.sha256, ox.Literal("0" * 64)),
        (place, _TYPE, BL.SpanEvidence), (place, BL.inFile, file), (place, BL.verbatim, ox.Literal(hostile)),
        (place, BL.page, ox.Literal(1)), (body, _TYPE, BL.PublicBody), (body, BL.officialName, ox.Literal(hostile)),
        (body, BL.evidence, place), (document, _TYPE, BL.FundingDocument),
        (document, BL.documentNumber, ox.Literal(hostile)),
        (document, BL.issuer, body),
    ]:  # fmt: skip
        store.add(ox.Quad(subject, predicate, value, graph))
    store.flush()
    del store
    client = TestClient(application(tmp_path / "store"))
    things = [address(node.value) for node in (file, place, body, document)]
    for path in [*things, "/", "/audit", "/compare", "/search?q=script", "/search?q=<img src=x onerror=alert(2)>"]:
        text = client.get(path).text
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path
    assert "&lt;script&gt;" in client.get(things[0]).text
