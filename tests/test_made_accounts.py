"""The made final accounts: never dressed as published; what went in comes out; a promise leads to what came of it."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from kg_documents import ask, rows
from pyoxigraph import Store

import caimai
from examples import accounts, expected_accounts
from extract.readers import documents_in
from kg.build import build
from kg.checks import violations
from ontology.facts import (
    CellFact,
    DocumentFact,
    EvaluationFact,
    EvaluationMoneyFact,
    Fact,
    Finding,
    OutcomeFact,
)
from queries.auditing.audit import audit
from queries.exchange import as_csv

pytestmark = pytest.mark.examples

MADE = accounts.MADE
(DATA,) = MADE.glob("*.toml")
PDF = MADE / accounts.load(DATA).file
BODY = "奇台县商务科技和工业信息化局"
KINDS: dict[str, tuple[type[Fact], Callable[[Path], Counter[Any]]]] = {
    "cells": (CellFact, expected_accounts.expected_cells),
    "evaluations": (EvaluationFact, expected_accounts.expected_evaluations),
    "money": (EvaluationMoneyFact, expected_accounts.expected_evaluation_money),
    "outcomes": (OutcomeFact, expected_accounts.expected_outcomes),
}


@cache
def read() -> tuple[Fact, ...]:
    return tuple(caimai.facts(PDF))


def projected(facts: Iterable[Fact], kind: type[Fact], like: Counter[Any]) -> Counter[Any]:
    fields = next(iter(like))._fields
    return Counter(tuple(getattr(fact, name) for name in fields) for fact in facts if isinstance(fact, kind))


@pytest.mark.parametrize("name", KINDS)
def test_what_went_in_comes_out(name: str) -> None:
    kind, expectation = KINDS[name]
    wanted = Counter(map(tuple, expectation(DATA).elements()))
    found = projected(read(), kind, expectation(DATA))
    assert (found - wanted, wanted - found) == (Counter(), Counter())


def test_nothing_is_left_unread_and_that_it_is_invented_is_told() -> None:
    document = accounts.load(DATA)
    told = [fact.message for fact in read() if isinstance(fact, Finding) and fact.severity != "info"]
    assert told == [f"the document says of itself that no one published it: '{document.mark}'"]
    (head,) = (fact for fact in read() if isinstance(fact, DocumentFact))
    assert (head.agency, head.year, head.phase, head.made) == (BODY, 2025, "决算", document.mark)


# --- it adds up ------------------------------------------------------------------------------------------------------


def test_rates_points_and_scores_follow_from_their_parts() -> None:
    for one in accounts.load(DATA).evaluations:
        (_, _, year, spent, _, rate, points), *_ = one.money
        percent = money(spent) * 100 / money(year)
        assert money(rate.removesuffix("%")) == round(percent, 2)
        assert money(points) == round(percent / 10, 2)
        assert sum(money(row[5]) for row in one.indicators) == 90
        assert sum(money(row[6]) for row in one.indicators) + money(points) == money(one.score)


def test_income_and_what_was_carried_over_are_what_was_spent_and_what_is_left() -> None:
    (start, end) = (overview("收入", "年初结转和结余"), overview("支出", "年末结转和结余"))
    income, spent = (overview("收入", "本年收入合计"), overview("支出", "本年支出合计"))
    assert income + start == spent + end == overview("收入", "合计")
    assert totals("revenue", "总计") == [income] * 2
    assert totals("expenditure", "合计") == [spent] * 2
    (general, classes) = totals("general_budget_expenditure", "合计")
    assert general == classes
    assert totals("general_budget_basic", "合计") == totals("general_budget_expenditure", "基本支出")


def overview(side: str, name: str) -> Decimal:
    """A figure of the first table."""
    found = [cell for cell in expected_accounts.expected_cells(DATA) if (cell.side, cell.name) == (side, name)]
    return next(cell.amount for cell in found if cell.table == "revenue_expenditure_overview")


def totals(table: str, column: str) -> list[Decimal]:
    """The total of a column as printed, and the sum of its classes."""
    cells = [cell for cell in expected_accounts.expected_cells(DATA) if (cell.table, cell.column) == (table, column)]
    printed = next(cell.amount for cell in cells if cell.code is None)
    return [printed, sum((cell.amount for cell in cells if len(cell.code or "") == 3), Decimal(0))]


def money(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


# --- it is never taken for published ---------------------------------------------------------------------------------


def test_its_name_its_cover_and_every_page_say_that_it_is_invented() -> None:
    mark = accounts.load(DATA).mark
    assert "虚构" in PDF.name
    with pdfplumber.open(PDF) as pdf:
        assert all(mark in page.extract_text() for page in pdf.pages)
        assert pdf.pages[0].extract_text().count(mark) == 2
        assert pdf.metadata["Title"] == pdf.metadata["Author"] == mark


def test_it_does_not_come_with_the_examples() -> None:
    examples = MADE.parent / "examples"
    assert PDF not in list(documents_in([examples]))
    assert list(documents_in([MADE])) == [PDF]


def test_the_graph_says_so_of_the_disclosure() -> None:
    store = caimai.open_store(":memory:")
    build([(read()[0].source.sha256, read())], store)
    mark, title = accounts.load(DATA).mark, "<http://purl.org/dc/terms/title>"
    assert ask(store, f"?d a bl:Disclosure ; bl:declaredInvented '{mark}' ; bl:carriedBy/{title} '{PDF.name}'")
    assert "S47" in {violation.rule for violation in violations(store)}
    assert ask(store, f"?finding bl:message ?said FILTER(CONTAINS(?said, '{mark}'))")


def test_it_is_no_file_of_what_is_published_one_day() -> None:
    """The real final accounts of that body and year would be another disclosure, never one with it."""
    published = [replace(fact, made=None) if isinstance(fact, DocumentFact) else fact for fact in read()]
    again = [replace(fact, source=replace(fact.source, sha256="1" * 64, file="b.pdf")) for fact in published]
    store = caimai.open_store(":memory:")
    build([(read()[0].source.sha256, read()), ("1" * 64, again)], store)
    found = rows(store, "SELECT ?d ?made { ?d a bl:Disclosure OPTIONAL { ?d bl:declaredInvented ?made } }")
    assert len({disclosure for disclosure, _ in found}) == 2
    assert sorted(bool(made) for _, made in found) == [False, True]


# --- from the promise to what came of it -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def store(example_build: tuple[Path, list[caimai.Reading]]) -> Store:
    """The examples and the made final accounts."""
    made = caimai.open_store(":memory:")
    known = [(reading.sha256, reading.facts) for reading in example_build[1]]
    build([*known, (read()[0].source.sha256, read())], made)
    return made


QUESTIONS = (
    "self_scores", "promised_against_achieved", "self_evaluations_together", "execution", "executed_by_subject",
)  # fmt: skip


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_gives_its_golden_answer(store: Store, name: str) -> None:
    """Read against the pages; when one changes, look at the difference, then replace it."""
    answer = caimai.ask(store, name, body=BODY, year=2025)
    golden = Path(__file__).parent / "golden" / "made" / f"{name}.csv"
    assert as_csv(answer.columns, answer.rows) == golden.read_bytes().decode()


def test_a_trace_goes_from_the_grant_to_what_came_of_every_target(store: Store) -> None:
    trace = caimai.trace(store, "昌州财教[2024]65号")
    (entry,) = trace.entries
    score, spent, *rest = entry.targets[1:]
    assert (score.relation, score.printed) == ("evaluation", "94.94 分")
    assert score.target.startswith("选派三区人才3名")
    assert (spent.relation, spent.printed, spent.target) == ("execution", "6.10 万元", "7.38 万元")
    assert (spent.amount, spent.amount_type) == (Decimal(61000), "executed")
    promised, achieved = rest[::2], rest[1::2]
    assert {hop.relation for hop in promised} == {"indicator"}
    assert {hop.relation for hop in achieved} == {"outcome"}
    assert [hop.target for hop in achieved][:4] == ["3人", "1次", "100%", "66.67%"]
    assert {place.file for hop in (score, spent, *achieved) for place in hop.evidence} == {PDF.name}
    assert trace.candidates == ()


def test_the_audit_finds_in_it_what_its_targets_have_from_the_published_budget(store: Store) -> None:
    told = {signal.rule: signal.zh for signal in audit(store, PDF.name).signals}
    assert list(told) == ["R19_cost", "R21_goal_counts"]
    assert all(amount in told["R19_cost"] for amount in ("1,311.79万元", "1,312.00万元"))
    assert "5家" in told["R21_goal_counts"]
    assert "6家" in told["R21_goal_counts"]
