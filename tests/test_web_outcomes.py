"""The pages of a project and of a form: what was promised and what was achieved, with the places of both."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from evaluated_documents import REVIEWS, accounts, budget
from starlette.testclient import TestClient

from kg.build import build
from kg.store import open_store
from ontology.facts import DocumentFact, KpiTableFact
from viz.web.application import application

PROJECT = "/id/proj/652325.统计局.2024.initial.department.经济普查经费"
FORM = "/id/tgt/652325.统计局.2024.initial.department.经济普查经费"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder = tmp_path_factory.mktemp("outcomes") / "store"
    store = open_store(folder)
    build([budget(), accounts(lines=REVIEWS)], store)
    store.flush()
    del store
    return TestClient(application(folder))


@pytest.mark.parametrize("address", [PROJECT, FORM])
def test_a_page_shows_promise_result_score_and_reason(client: TestClient, address: str) -> None:
    page = client.get(address, params={"lang": "zh"})
    assert page.status_code == 200
    for words in (
        "承诺与完成",
        "≥20次",
        "18次",
        "下年补办",
        "94",
        "办班18次。",
        "60.40",
    ):
        assert words in page.text, words


def test_a_self_evaluation_is_called_by_its_project_and_year(client: TestClient) -> None:
    assert "经济普查经费项目（2024年绩效自评）" in client.get(PROJECT, params={"lang": "zh"}).text


def test_the_data_of_a_project_have_its_outcomes(client: TestClient) -> None:
    told = client.get(PROJECT, headers={"accept": "application/json"}).text
    assert "96.5%" in told
    assert "≥95%" in told  # what was promised
    assert "≥90%" in told  # what it was evaluated against


def test_a_project_without_a_self_evaluation_has_no_such_table(client: TestClient) -> None:
    page = client.get(PROJECT.replace("经济普查", "住户调查"), params={"lang": "en"})
    assert "Self-score in all" in page.text  # of the review in the running text
    assert "Promised and achieved" not in page.text


@pytest.mark.process
def test_every_place_in_an_invented_document_says_so_wherever_it_is_shown(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    sha256, told = accounts(lines=REVIEWS)
    mark = "虚构示例：数字都是编造的"
    made = [replace(fact, made=mark) if isinstance(fact, DocumentFact) else fact for fact in told]
    folder = tmp_path_factory.mktemp("invented") / "store"
    store = open_store(folder)
    build([budget(), (sha256, made)], store)
    store.flush()
    del store
    client = TestClient(application(folder))
    for address in (PROJECT, FORM, "/trace?what=经济普查经费", "/ask/self_scores"):
        page = client.get(address, params={"lang": "zh"} if "?" not in address else None)
        assert page.status_code == 200, address
        assert "虚构 · " in page.text, address
    disclosure = client.get("/id/disc/652325.统计局.2024.executed.department.invented", params={"lang": "zh"})
    assert "自称虚构" in disclosure.text
    assert mark in disclosure.text
    budget_page = client.get("/id/disc/652325.统计局.2024.initial.department", params={"lang": "zh"})
    assert "虚构" not in budget_page.text


def test_a_form_shows_its_head_and_its_project_leads_to_it(tmp_path: Path) -> None:
    sha256, facts = budget()
    head: dict[str, Any] = {"supervisor": "奇台县发展和改革委员会", "begins": "2024-03-01", "ends": "2025-12-31"}
    money: dict[str, Any] = {"carried": Decimal("15.50"), "whole": Decimal("120.00"), "whole_fiscal": Decimal("110.00")}
    headed = [replace(fact, **head, **money) if isinstance(fact, KpiTableFact) else fact for fact in facts]
    store = open_store(tmp_path / "store")
    build([(sha256, headed)], store)
    store.flush()
    del store
    asked = TestClient(application(tmp_path / "store"))
    told = asked.get(f"{FORM}.json").json()["facts"]
    assert (told["supervisor"], told["planned_start"], told["planned_end"]) == tuple(head.values())
    assert [told[f"form_{name}"]["printed"] for name in money] == ["15.50", "120.00", "110.00"]
    assert "form_whole_other" not in told
    assert asked.get(f"{PROJECT}.json").json()["facts"]["form"][0]["iri"].endswith(FORM.removeprefix("/id/"))
