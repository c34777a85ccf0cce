"""The explorer's pages of things: what they tell, their data twins, and that nothing in the graph can break a page."""

import csv
import hashlib
import io
import re
from html import unescape
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from caimai.serve import picture, sources_in
from kg.store import open_read_only
from ontology.terms import BL
from queries.library import ask
from queries.page_rows import rows
from viz.web.addresses import address
from viz.web.application import application
from viz.web.asking import Asked
from viz.web.dossier import Column, Ref, Row, Table
from viz.web.serving import Serving
from viz.web.twins import as_csv
from viz.web.words import is_chinese

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
        ("application/*", "application/json"),
        ("image/png", "text/html"),
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


def test_a_project_on_several_lines_shows_the_amount_of_each(client: TestClient) -> None:
    """奇财预〔2025〕68号 stands under two functions: 76.96 and 3.03, neither left out nor added to the other."""
    projects = client.get(f"{address(BODY)}.json").json()["tables"]["projects"]
    (one,) = [row for row in projects if "68号" in row["project"]["label"]]
    assert [amount["printed"] for amount in one["in_budget"]] == ["76.96", "3.03"]
    assert all(amount["sources"] for amount in one["in_budget"])
    rows = csv.DictReader(io.StringIO(client.get(f"{address(BODY)}.csv?table=projects").content.decode("utf-8-sig")))
    assert "769600; 30300" in {row["in_budget_yuan"] for row in rows}


def test_a_figure_in_a_table_of_years_leads_to_where_it_is_printed(client: TestClient) -> None:
    spending = client.get(f"{address(BODY)}.json").json()["tables"]["spending"]
    (total,) = [row for row in spending if row["part"] == "合计"]
    (amount,) = total["year_2025"]
    assert amount["sources"][0]["words"] == "2,685.94"
    assert f'<a class="money" href="{address(amount["sources"][0]["iri"])}"' in client.get(address(BODY)).text


def test_a_passport_lists_a_project_once_with_all_that_it_says_of_the_document(client: TestClient) -> None:
    told = client.get(f"{address(DOCUMENT)}.json").json()["tables"]
    (project,) = told["projects"]
    assert project["how"] == ["政策依据", "资金文件"]
    assert {row["rule"] for row in told["links"]} >= {"issuer_by_prefix", "origin_level_by_words"}
    assert 'title="issuer_by_prefix">机关代字</span>' in client.get(address(DOCUMENT)).text


def test_the_tables_of_a_disclosure_are_counted_once(client: TestClient, example_store: Path) -> None:
    disclosure = f"{ID}/disc/652325.商务科技和工业信息化局.2025.initial.unit"
    counted = "SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x bl:disclosedIn <{}> ; bl:inView <{}> ; bl:amountCNY [] }}"
    view = "https://w3id.org/cnbl/code/view/expenditure"
    query = f"PREFIX bl: <https://w3id.org/cnbl/ont#> {counted.format(disclosure, view)}"
    found = open_read_only(example_store).query(query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    (number,) = [int(row["n"].value) for row in found]
    views = client.get(f"{address(disclosure)}.json").json()["tables"]["views"]
    assert [row["count"] for row in views if row["view"] == "支出总体情况表"] == [number]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_that_can_be_named_in_words_is_called_by_its_address(example_store: Path, lang: str) -> None:
    asked = Asked(Serving(example_store).opened(), lang)
    for kind in (
        "Allocation", "CarryOver", "OnwardGrant", "MoneyFlow", "PerformanceTarget", "Duty", "AgencyChange", "Conflict",
        "AbsenceStatement", "BudgetObservation", "ChangeStatement", "SubjectReclassification", "LinkAssertion",
        "Reconciliation", "Disclosure", "NameUsage", "CellEvidence", "Finding",
    ):  # fmt: skip
        for quad in asked.store.quads_for_pattern(None, _TYPE, BL[kind], None):
            iri = str(getattr(quad.subject, "value", ""))
            assert asked.name(iri) != iri.rsplit("/", 1)[-1], iri


def test_an_economic_code_has_its_table_of_bodies_and_years(client: TestClient) -> None:
    told = client.get("/code/economic/30201.json").json()
    assert told["label"] == "30201 办公费"
    assert any(row["year_2025"] for row in told["tables"]["amounts"])


def test_a_table_is_downloaded_by_its_name(client: TestClient) -> None:
    answer = client.get(f"{address(BODY)}.csv?table=spending")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["year_2025_yuan"] for row in rows} >= {"26859400", "8621800", "18237600"}
    assert {row["year_2025_printed"] for row in rows} >= {"2,685.94 万元"}
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


def test_a_text_file_shows_its_lines_around_the_words_with_what_was_read_there(tmp_path: Path) -> None:
    lines = [f"第{number}行" for number in range(1, 60)]
    lines[29] = "合计 12.00"
    data = "\n".join(lines).encode()
    sha256 = hashlib.sha256(data).hexdigest()
    store = ox.Store(str(tmp_path / "store"))
    graph, file = ox.NamedNode("https://w3id.org/cnbl/graph/file.0"), ox.NamedNode(f"{ID}/file/0")
    place, thing = ox.NamedNode(f"{ID}/ev/0.l30"), ox.NamedNode(f"{ID}/obs/x")
    told: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (file, _TYPE, BL.SourceFile), (file, ox.NamedNode("http://purl.org/dc/terms/title"), ox.Literal("a.txt")),
        (file, BL.sha256, ox.Literal(sha256)), (place, BL.inFile, file), (place, BL.lineStart, ox.Literal(30)),
        (place, BL.verbatim, ox.Literal("12.00")), (thing, _TYPE, BL.BudgetObservation), (thing, BL.evidence, place),
    ]  # fmt: skip
    for subject, predicate, value in told:
        store.add(ox.Quad(subject, predicate, value, graph))
    store.flush()
    del store
    client = TestClient(application(tmp_path / "store", sources=lambda asked, name: data if asked == sha256 else None))
    text = client.get(address(place.value)).text
    assert "<mark>合计 12.00</mark>" in text
    assert text.count("<li value=") == 25, "what was asked for is seen without scrolling"
    assert "预算数" in text
    assert sha256 in text
    whole = client.get(address(file.value)).text
    assert whole.count("<li value=") == 59
    assert "第30行" in whole
    gone = TestClient(application(tmp_path / "store")).get(address(place.value)).text
    assert "源文件不在手边" in gone
    assert "12.00" in gone


def test_a_page_that_cannot_be_drawn_is_said_to_be_so(example_store: Path) -> None:
    def broken(data: bytes, page: int, scale: float) -> bytes:
        return picture(b"%PDF-1.4 nothing of use", page, scale)

    built = application(example_store, picture=broken, sources=lambda sha256, name: b"%PDF-1.4 nothing of use")
    text = TestClient(built).get(address(one_of(example_store, "CellEvidence"))).text
    assert "这一页无法画出" in text


@pytest.mark.process
def test_a_replaced_file_is_said_to_be_so_and_its_disclosure_stands_once(tmp_path: Path) -> None:
    store = ox.Store(str(tmp_path / "store"))
    graph, disclosure = ox.NamedNode("https://w3id.org/cnbl/graph/file.0"), ox.NamedNode(f"{ID}/disc/x.2025")
    body, old, new = ox.NamedNode(f"{ID}/agency/x"), ox.NamedNode(f"{ID}/file/0"), ox.NamedNode(f"{ID}/file/1")
    terms = "http://purl.org/dc/terms/"
    told: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (body, BL.officialName, ox.Literal("某局", language="zh")), (disclosure, _TYPE, BL.Disclosure),
        (disclosure, BL.disclosureOf, body), (disclosure, BL.fiscalYear, ox.Literal(2025)),
        (old, ox.NamedNode(f"{terms}isReplacedBy"), new),
    ]  # fmt: skip
    for name, file in (("旧.pdf", old), ("新.pdf", new)):
        told += [
            (file, _TYPE, BL.SourceFile), (file, ox.NamedNode(f"{terms}title"), ox.Literal(name)),
            (file, BL.sha256, ox.Literal("0" * 64)), (disclosure, BL.carriedBy, file),
        ]  # fmt: skip
    for subject, predicate, value in told:
        store.add(ox.Quad(subject, predicate, value, graph))
    store.flush()
    del store
    client = TestClient(application(tmp_path / "store"))
    (row,) = client.get(f"{address(body.value)}.json").json()["tables"]["disclosures"]
    assert [one if isinstance(one, str) else one["label"] for one in row["file"]] == [
        "新.pdf", "旧.pdf", "已由更全或更新的文件取代"
    ]  # fmt: skip
    assert client.get(address(old.value) + ".json").json()["facts"]["replaced_by"][0]["label"] == "新.pdf"
    assert client.get("/audit").text.count('scope="row"') == 1
    assert client.get("/").text.count('class="source"') == 1


def test_the_audit_pages_show_both_places_and_the_four_silences(client: TestClient) -> None:
    text = client.get("/audit").text
    assert "state-declared_nil" in text
    assert "state-present" in text
    assert client.get("/audit.json", params={"body": BODY}).status_code == 200  # waits until the body is checked
    signals = client.get("/audit", params={"body": BODY}).text
    assert signals.count('class="side-name"') >= 2
    assert "/id/ev/" in signals
    assert client.get("/audit", params={"body": "<script>"}).status_code == 404


def test_two_years_are_compared_line_by_line(client: TestClient) -> None:
    old = f"{ID}/agency/652325.商务和工业信息化局"
    text = client.get("/compare", params={"a": old, "b": BODY}).text
    for words in ("2011308 招商引资", "114.00", "76.96", "-37.04", "承继自", "新增", "不再有"):
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
    triples: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (file, _TYPE, BL.SourceFile), (file, title, ox.Literal(hostile)), (file, BL.sha256, ox.Literal("0" * 64)),
        (place, _TYPE, BL.SpanEvidence), (place, BL.inFile, file), (place, BL.verbatim, ox.Literal(hostile)),
        (place, BL.page, ox.Literal(1)), (body, _TYPE, BL.PublicBody), (body, BL.officialName, ox.Literal(hostile)),
        (body, BL.evidence, place), (document, _TYPE, BL.FundingDocument),
        (document, BL.documentNumber, ox.Literal(hostile)),
        (document, BL.issuer, body),
    ]  # fmt: skip
    store.extend(ox.Quad(*triple, graph) for triple in triples)
    store.flush()
    del store
    client = TestClient(application(tmp_path / "store"))
    things = [address(node.value) for node in (file, place, body, document)]
    for path in [*things, "/", "/audit", "/compare", "/search?q=script", "/search?q=<img src=x onerror=alert(2)>"]:
        text = client.get(path).text
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path
    assert "&lt;script&gt;" in client.get(things[0]).text


def test_a_functional_code_tells_when_it_is_first_and_last_seen(client: TestClient, example_store: Path) -> None:
    asked = ask(open_read_only(example_store), "subjects_seen", {})
    known = [row for row in asked if str(row["code"]).isdecimal()][:20]
    assert known
    for row in known:
        facts = client.get(f"/code/function/{row['code']}.json").json()["facts"]
        assert (facts["first_seen"], facts["last_seen"]) == (row["first_year"], row["last_year"])


def test_a_project_tells_when_it_is_first_and_last_seen(client: TestClient, example_store: Path) -> None:
    store = open_read_only(example_store)
    asked = {(row["body"], row["project"]): row for row in ask(store, "projects_seen", {})}
    row = next(row for row in asked.values() if row["first_year"] != row["last_year"])
    quads = store.quads_for_pattern(None, BL.projectName, ox.Literal(str(row["project"])))
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    iris = {iri for iri in subjects if "/id/proj/" in iri}
    told = [client.get(f"{address(iri)}.json").json()["facts"] for iri in iris]
    assert (row["first_year"], row["last_year"]) in [(facts["first_seen"], facts["last_seen"]) for facts in told]


def test_the_heading_of_a_passage_is_short_and_the_words_are_whole(example_store: Path, client: TestClient) -> None:
    found = rows(open_read_only(example_store), "index_words")
    longest = max(found, key=lambda row: len(str(row["name"])))
    text = client.get(address(str(longest["thing"]))).text
    assert len(re.search("<h1>(.*?)</h1>", text, re.DOTALL)[1]) <= 48  # type: ignore[index]
    quoted = re.search("<blockquote.*?>(.*?)</blockquote>", text, re.DOTALL)[1]  # type: ignore[index]
    assert "".join(unescape(quoted).split()) == "".join(str(longest["name"]).split())


def test_a_place_tells_what_rests_on_it_with_the_unit(client: TestClient) -> None:
    place = f"{ID}/ev/566c1d8fe2cee71f.部门支出总体情况表.p8.r9.c5"
    told = client.get(address(place) + ".json").json()["tables"]["rests"]
    assert [(row["amount"]["printed"], row["amount"]["unit"]) for row in told] == [("685.00", "万元")]
    title = re.search("<title>(.*?)</title>", client.get(address(place)).text)[1]  # type: ignore[index]
    assert title == "685.00 · 昌吉回族自治州工业和信息化局2025年部门预算公开.pdf · 第8页 · 财脉"


def test_a_disclosure_tells_which_tables_of_others_it_says_nothing_of(client: TestClient) -> None:
    told = client.get(
        f"{ID.removeprefix('https://w3id.org/cnbl')}/disc/652325.商务科技和工业信息化局.2025.initial.unit.json"
    )
    assert [row["view"] for row in told.json()["tables"]["unseen"]] == ["委托业务费支出情况表"]
    assert {row["state"] for row in told.json()["tables"]["unseen"]} == {"unknown"}


def test_a_body_tells_travel_receptions_and_staff_year_by_year(client: TestClient) -> None:
    told = client.get(f"{address(BODY)}.json").json()["tables"]
    items = {row["part"]: row["year_2025"] for row in told["restricted"]}
    assert items["公务用车购置及运行费"][0]["yuan"] == "18000"
    assert items["公务用车购置及运行费"][0]["sources"][0]["where"]
    staff = {row["part"]: row["year_2025"][0] for row in told["counted"]}
    assert [staff[name]["value"] for name in ("编制数", "在职人数")] == ["50", "43"]
    assert staff["在职人数"]["sources"][0]["words"]
    english = client.get(f"{address(BODY)}.json", params={"lang": "en"}).json()["tables"]
    assert [row["part"] for row in english["counted"]][:2] == ["staff posts", "staff on post"]
    assert not any(is_chinese(row["part"]) for row in english["restricted"])
