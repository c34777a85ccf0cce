"""The SPARQL page: the editor on our endpoint, the questions as examples, results as table, chart and graph."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

pytest.importorskip("starlette", reason="the explorer needs starlette: pip install 'caimai[web]'")

from browsing import expect, open_page
from endpoint_server import PATIENT
from starlette.testclient import TestClient

from queries.library import questions
from viz.web.application import application

GRAPH = "CONSTRUCT { ?a ?p ?b } WHERE { ?a ?p ?b FILTER(ISIRI(?b)) } LIMIT 20"
BUSY = re.compile(r"\bbusy\b")

OF_ACCOUNTS = {"self_evaluations_together", "self_scores"}  # no example is a final account


@pytest.fixture(scope="module")
def client(example_store: Path) -> Iterator[TestClient]:
    with TestClient(application(example_store, limits=PATIENT)) as found:
        yield found


def test_the_page_offers_every_question_in_the_readers_language(client: TestClient) -> None:
    chinese, english = client.get("/query?lang=zh").text, client.get("/query?lang=en").text
    for question in questions().values():
        assert f'<option value="{question.name}">' in chinese
    assert "从问题开始" in chinese
    assert "Start from a question" in english


def test_every_question_is_offered_as_a_query_that_has_an_answer(client: TestClient) -> None:
    offered = client.get("/query/questions.json").json()
    assert set(offered) == set(questions())
    for name, query in offered.items():
        answer = client.post("/sparql", data={"query": query}, headers={"Accept": "application/json"})
        assert bool(answer.json()["results"]["bindings"]) == (name not in OF_ACCOUNTS), name


def test_prefixes_are_completed_from_this_machine(client: TestClient) -> None:
    assert client.get("/query/prefixes.json").json()["bl"] == "https://w3id.org/cnbl/ont#"


def test_scripts_stay_strict_and_only_the_embedded_result_may_be_framed(client: TestClient) -> None:
    for path, framed in (("/query", "'self'"), ("/query/embed", "*")):
        rules = dict(rule.split(" ", 1) for rule in client.get(path).headers["content-security-policy"].split("; "))
        assert rules["script-src"] == rules["connect-src"] == "'self'"
        assert rules["frame-ancestors"] == framed
        assert "unsafe" not in rules["style-src"]


def test_the_endpoint_is_at_sparql_and_sends_browsers_to_the_page(client: TestClient) -> None:
    assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
    sent = client.get("/sparql", headers={"Accept": "text/html"}, follow_redirects=False)
    assert sent.headers["location"] == "/query"


# ---- in a browser ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1440, 390])
def test_in_a_browser_a_question_is_asked_and_its_answer_drawn(
    visit: Callable[..., Any], site: str, width: int
) -> None:
    page = visit("/sparql-page-not-there", viewport={"width": width, "height": 900}, locale="zh-CN")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.extend([message.text] * (message.type == "error")))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda r: complaints.extend([r.url] * (not r.url.startswith((site, "data:", "blob:")))))

    open_page(page, f"{site}/query")
    page.select_option("#question", "total_spending")
    expect(page.locator(".tabPanel.active .yasr_results td").first).to_be_visible()
    expect(page.locator(".tabPanel.active .yasr_results")).to_contain_text("昌吉回族自治州科学技术局")
    page.click(".tabPanel.active .select_chart")
    expect(page.locator(".tabPanel.active .drawing canvas")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    open_page(page, f"{site}/query/embed#query={quote(GRAPH)}")
    page.click(".select_graph")
    expect(page.locator(".drawing canvas")).to_be_visible()
    assert complaints == []

    brought = f"#query={quote('SELECT * { ?s ?p')}&endpoint={quote('https://example.org/')}"
    open_page(page, f"{site}/query{brought}")
    refusal = page.locator(".tabPanel.active .refusal")  # a query that a link brings is run at once
    expect(refusal).to_contain_text("line 1, column")

    page.route("**/sparql", lambda route: None)  # an answer that never comes
    button = page.locator(".tabPanel.active .yasqe_queryButton")
    expect(button).not_to_have_class(BUSY)
    button.click()
    expect(button).to_have_class(BUSY)
    button.click()
    expect(refusal).to_contain_text("查询已停止")
    assert [told for told in complaints if "400" not in told] == []
