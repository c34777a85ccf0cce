"""The trace view: flows that must not be added never meet, everything is in tables, the address is the state."""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from pyoxigraph import RdfFormat, Store, parse
from starlette.testclient import TestClient

from kg.store import open_read_only
from queries.exchange import whole_json
from queries.tracing.trace import trace
from viz.sankey import hops_of, sankey
from viz.web.application import application
from viz.web.trace_view import citations, nodes_of, without_hops

TRACED = (
    "昌州财教[2024]65号",
    "昌州财教[2024]49号",
    "克财建〔2025〕64号",
    "招商引资经费",
    "新疆人才发展基金",
    "克州润华纺织有限公司",
)


@pytest.fixture(scope="module")
def store(example_store: Path) -> Store:
    return open_read_only(example_store)


@pytest.fixture(scope="module")
def client(example_store: Path) -> Iterator[TestClient]:
    with TestClient(application(example_store)) as found:
        yield found


@pytest.mark.parametrize("what", TRACED)
def test_amounts_of_several_types_or_years_never_meet_in_a_node(store: Store, what: str) -> None:
    found = trace(store, what)
    hops, met = hops_of(found), defaultdict(set)
    drawn = sankey(found)
    assert drawn.links
    for link in drawn.links:
        for end in (link.source, link.target):
            met[end].add((link.amount_type, hops[link.hop].year, hops[link.hop].from_year))
    assert {len(kinds) for kinds in met.values()} == {1}


@pytest.mark.parametrize("what", TRACED)
def test_flows_run_from_the_left_to_the_right(store: Store, what: str) -> None:
    drawn = sankey(trace(store, what))
    column = {node.key: node.column for node in drawn.nodes}
    assert all(column[link.source] < column[link.target] for link in drawn.links)
    assert sorted(set(column.values())) == list(range(len(drawn.columns)))


def test_a_flow_has_the_amount_of_its_hop(store: Store) -> None:
    found = trace(store, "昌州财教[2024]65号")
    (value,) = {link.value for link in sankey(found).links}
    assert value == "73800"
    assert {link.printed for link in sankey(found).links} == {"7.38 万元"}


def test_money_handed_on_is_not_drawn_twice(store: Store) -> None:
    drawn = sankey(trace(store, "克财行〔2025〕46号"))
    kinds = {node.key: node.kind for node in drawn.nodes}
    leaving = [link for link in drawn.links if kinds[link.source] == "project"]
    assert [kinds[link.target] for link in leaving] == ["recipient"]


def test_every_hop_stands_in_the_tables_with_where_it_is_printed(client: TestClient, store: Store) -> None:
    text = client.get("/trace", params={"what": "昌州财教[2024]65号"}).text
    hops = hops_of(trace(store, "昌州财教[2024]65号"))
    rows = {int(number) for number in re.findall(r'id="hop-(\d+)"', text)}
    assert rows == set(range(len(hops)))
    assert text.count('class="source"') >= len(hops)


def test_what_is_drawn_is_the_data_of_the_page(client: TestClient) -> None:
    text = client.get("/trace", params={"what": "招商引资经费"}).text
    found = re.search(r'data-flows="(.*?)"', text)
    assert found
    drawing = json.loads(unescape(found[1]))
    assert {link["printed"] for link in drawing["links"]} == {"70.00 万元", "76.96 万元", "3.03 万元"}


def test_a_basis_can_be_taken_away(client: TestClient, store: Store) -> None:
    without = without_hops(trace(store, "昌州财教[2024]65号"), frozenset({"derived"}))
    assert {hop.grade for hop in hops_of(without)} == {"stated"}
    text = client.get("/trace", params={"what": "昌州财教[2024]65号", "without": "derived"}).text
    assert 'class="tag tag-derived"' not in text
    assert 'class="tag tag-stated"' in text


def test_a_name_that_is_not_there_is_answered_with_the_nearest(client: TestClient) -> None:
    answer = client.get("/trace", params={"what": "昌州财教[2024]66号"})
    assert answer.status_code == 404
    assert "/trace?what=" in answer.text


def test_what_is_asked_is_never_markup(client: TestClient) -> None:
    answer = client.get("/trace", params={"what": "<script>alert(1)</script>"})
    assert "<script>alert" not in answer.text


def test_the_triples_behind_a_trace_can_be_fetched(client: TestClient) -> None:
    answer = client.get("/trace.ttl", params={"what": "昌州财教[2024]65号"})
    assert len(list(parse(answer.content, format=RdfFormat.TURTLE))) > 50


def test_a_page_to_embed_may_be_framed_and_has_no_frame_of_ours(client: TestClient) -> None:
    answer = client.get("/trace", params={"what": "昌州财教[2024]65号", "embed": ""})
    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert "GB/T 7714" not in answer.text
    assert "GB/T 7714" in client.get("/trace", params={"what": "昌州财教[2024]65号"}).text


def test_the_explorer_draws_a_trace(client: TestClient, store: Store) -> None:
    drawn = client.get("/explore.json", params={"trace": "昌州财教[2024]65号"}).json()
    shown = {node["id"] for node in drawn["nodes"]}
    wanted = [iri for iri in nodes_of(trace(store, "昌州财教[2024]65号")) if "/id/flow/" in iri or "/id/proj/" in iri]
    assert wanted
    assert {iri.split("/cnbl/")[1] for iri in wanted} <= shown


def test_a_trace_has_the_twins_that_other_pages_have(client: TestClient, store: Store) -> None:
    what = {"what": "昌州财教[2024]65号"}
    told = client.get("/trace.json", params=what).json()
    assert told == json.loads(whole_json(trace(store, what["what"], places=0)))
    rows = list(csv.DictReader(io.StringIO(client.get("/trace.csv", params=what).text.removeprefix("\ufeff"))))
    assert [row["amount"] for row in rows if row["relation"] == "allocation"] == ["73800"]
    assert {row["printed"] for row in rows if row["target"] == "发放补助人数（人）"} == {"'=3人"}
    page = client.get("/trace", params=what).text
    assert all(f'href="/trace.{form}?' in page for form in ("json", "csv", "ttl"))


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("application/json", "application/json"),
        ("text/csv", "text/csv"),
        ("text/turtle", "text/turtle"),
        ("*/*", "text/html"),
    ],
)
def test_a_trace_comes_as_the_client_accepts(client: TestClient, accept: str, media: str) -> None:
    answer = client.get("/trace", params={"what": "2060599"}, headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(media)
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize("form", ["json", "csv", "ttl"])
def test_the_twins_of_what_is_not_there_are_not_found(client: TestClient, form: str) -> None:
    assert client.get(f"/trace.{form}", params={"what": "昌州财教[2024]66号"}).status_code == 404
    assert client.get("/trace.doc", params={"what": "2060599"}).status_code == 404


def test_the_twins_hold_what_the_page_shows_without_a_basis(client: TestClient) -> None:
    told = client.get("/trace.json", params={"what": "昌州财教[2024]65号", "without": "derived"}).json()
    assert told["documents"][0]["hops"] == []


def test_the_ends_of_a_step_lead_to_their_pages(client: TestClient) -> None:
    text = unquote(client.get("/trace", params={"what": "昌州财教[2024]65号"}).text)
    cells = re.findall(r'<td role="cell" class="col-(?:from|to)"[^>]*>(.*?)</td>', text)
    assert '<a href="/code/level/central">中央</a>' in cells
    assert '<a href="/code/economic/399">399 其他支出</a>' in cells
    for path in {path for cell in cells for path in re.findall(r'href="(.*?)"', cell)}:
        assert client.get(path).status_code == 200, path


def test_an_english_trace_names_codes_in_english_and_marks_what_is_chinese(client: TestClient) -> None:
    text = client.get("/trace", params={"what": "昌州财教[2024]65号", "lang": "en"}).text
    client.cookies.clear()
    assert '<a href="/code/level/central">central</a>' in text
    assert "399 other expenditure" in text
    assert 'title="rule: level named in the title"' in text
    assert re.search(r'<a href="/id/agency/[^"]*" lang="zh">奇台县商务科技和工业信息化局</a>', text)
    assert 'lang="zh"' not in client.get("/trace", params={"what": "昌州财教[2024]65号"}).text


def test_a_trace_is_cited_as_the_standards_ask() -> None:
    cited = citations("A&B_100%{x}", "http://127.0.0.1/trace?what=A", "2026-11-21")
    assert cited["GB/T 7714"] == (
        "财脉 caimai. 资金脉络: A&B_100%{x}[DB/OL]. [2026-11-21]. http://127.0.0.1/trace?what=A."
    )
    assert cited["BibTeX"].splitlines() == [
        "@misc{caimai-deaa19a9,",
        "  author = {{财脉 caimai}},",
        r"  title = {{资金脉络：A\&B\_100\%x}},",
        "  year = {2026},",
        "  url = {http://127.0.0.1/trace?what=A},",
        "  urldate = {2026-11-21},",
        "}",
    ]


def test_what_only_a_candidate_leads_to_is_drawn_as_a_candidate(store: Store) -> None:
    found = trace(store, "昌吉回族自治州科学技术局", candidates=True)
    possible = {f"{entry.project}（{entry.body}）" for entry in found.entries if entry.possibly}
    diagram = sankey(found)
    names = {node.key: node.name for node in diagram.nodes}
    grades = {link.grade for link in diagram.links if {names[link.source], names[link.target]} & possible}
    assert grades == {"candidate"}
    assert "stated" in {link.grade for link in diagram.links}
