"""Figures of the year before in the graph: of their own year, told from that year's own disclosure, never mixed up."""

import pytest
from kg_documents import ask, rows
from prior_documents import (
    BODY,
    BY_BODY,
    EXECUTED_2024,
    OF_2025,
    SPENDING,
    disclosure,
    store_of,
    with_priors,
)  # fmt: skip
from pyoxigraph import Store

from kg.build import build, remove
from kg.checks import violations
from kg.store import dump
from kg.sums import total
from kg.unsafe_sums import UnsafeSum
from queries.answers import Answer
from queries.library import ask as answer_of
from queries.library import questions, sparql

PREFIXES = """PREFIX bl: <https://w3id.org/cnbl/ont#>
PREFIX view: <https://w3id.org/cnbl/code/view/>
PREFIX role: <https://w3id.org/cnbl/code/role/>
"""


@pytest.fixture(scope="module")
def store() -> Store:
    return store_of(*with_priors())


def test_a_figure_of_last_year_is_one_of_its_own_year_stated_by_the_disclosure_that_prints_it(store: Store) -> None:
    found = """SELECT ?year ?amount ?printed ?words ?title ?row {
      ?figure a bl:PriorObservation ; bl:fiscalYear ?year ; bl:priorCNY ?amount ; bl:printedAmount ?printed ;
        bl:functionalSubject/bl:subjectCode "2010507" ; bl:disclosedIn/bl:fiscalYear 2025 ;
        bl:columnRole role:col-total ; bl:priorBasis/skos:prefLabel ?words ; bl:evidence ?place .
      FILTER(LANG(?words) = "zh") ?place bl:columnTitle ?title ; bl:rowIndex ?row }"""
    assert rows(store, found) == [("2024", "3500000", "350.00", "上年预算数", "2024年预算数", "5")]


def test_a_figure_of_last_year_stands_beside_the_figure_of_this_year(store: Store) -> None:
    found = """SELECT ?amount ?delta ?percent {
      ?figure a bl:PriorObservation ; bl:item "专项普查活动" ; bl:beside ?own . ?own bl:amountCNY ?amount .
      ?change a bl:ColumnChange ; bl:beside ?own ; bl:deltaCNY ?delta .
      ?rate a bl:ColumnChange ; bl:beside ?own ; bl:statedPercent ?percent }"""
    assert rows(store, found) == [("3000000", "-500000", "-14.29")]


def test_what_may_be_added_up_among_figures_of_last_year_is_told(store: Store) -> None:
    adding = "SELECT (SUM(?a) AS ?sum) { ?o a bl:PriorObservation ; bl:additive %s ; bl:priorCNY ?a }"
    found = sparql(store, PREFIXES + adding % "true")
    assert isinstance(found, Answer)
    assert [str(row[0]) for row in found.rows] == ["8500000"]
    with pytest.raises(UnsafeSum, match="one figure may hold the other"):
        sparql(store, PREFIXES + adding % "?any")


def test_no_amount_of_a_year_is_an_amount_of_last_year(store: Store) -> None:
    assert not ask(store, "?figure a bl:PriorObservation ; bl:amountCNY ?amount")
    assert not ask(store, "?change a bl:ColumnChange ; bl:amountCNY ?amount")
    assert violations(store) == []


@pytest.mark.parametrize(
    "pattern",
    [
        "?o bl:fiscalYear 2024 ; bl:additive true ; bl:amountCNY|bl:priorCNY ?a",
        "?o bl:fiscalYear 2024 ; bl:additive true ; bl:statedAmount ?a",
        "{ ?o bl:fiscalYear 2024 ; bl:additive true ; bl:amountCNY ?a } UNION { ?o bl:additive true ; bl:priorCNY ?a }",
    ],
)
def test_figures_of_last_year_and_its_own_figures_are_no_sum_and_no_mean(store: Store, pattern: str) -> None:
    for adding in ("SUM", "AVG"):
        with pytest.raises(UnsafeSum) as error:
            sparql(store, f"{PREFIXES} SELECT ({adding}(?a) AS ?x) {{ {pattern} }}")
        assert "as the next disclosure prints them" in error.value.reason or "no variable there" in error.value.reason


def test_a_total_does_not_count_what_next_year_says_of_the_year(store: Store) -> None:
    assert total(store, body=BODY, year=2024, view="general_budget_expenditure").wan == 850
    alone = store_of(disclosure(2025, (SPENDING, OF_2025)))
    with pytest.raises(Exception, match="nothing to add up"):
        total(alone, body=BODY, year=2024, view="general_budget_expenditure")


def test_questions_that_do_not_ask_for_figures_of_last_year_answer_as_without_them() -> None:
    with_them, plain = with_priors(), []
    for sha256, facts in with_them:
        plain.append((sha256, [fact for fact in facts if fact.fact != "prior"]))
    here, there = store_of(*with_them), store_of(*plain)
    asking = {name for name, question in questions().items() if "PriorObservation" in question.sparql}
    for name, question in questions().items():
        given = {parameter.name: BODY for parameter in question.parameters if parameter.kind == "body"}
        required = {p.name: p.example for p in question.parameters if p.required and p.kind != "body"}
        if name not in asking:
            answers = [_rows(one, name, {**required, **given}) for one in (here, there)]
            assert answers[0] == answers[1], name


def _rows(store: Store, name: str, given: dict[str, str]) -> object:
    try:
        return answer_of(store, name, given).rows
    except Exception as error:
        return str(error)


def test_the_order_of_documents_and_their_removal_leave_the_same_bytes() -> None:
    first, second = with_priors()
    third = disclosure(2024, ("支出决算表", EXECUTED_2024), phase="决算")
    whole = store_of(first, second, third)
    assert dump(whole) == dump(store_of(third, second, first))
    bit_by_bit = store_of(second)
    build([third], bit_by_bit)
    build([first], bit_by_bit)
    assert dump(bit_by_bit) == dump(whole)
    remove(bit_by_bit, [third[0]])
    assert dump(bit_by_bit) == dump(store_of(first, second))


def test_the_final_account_of_the_year_before_is_executed() -> None:
    account = store_of(disclosure(2024, (SPENDING, EXECUTED_2024), phase="决算"))
    found = """SELECT ?year ?phase ?type ?amount { ?figure a bl:PriorObservation ; bl:item "合计" ;
      bl:fiscalYear ?year ; bl:budgetPhase/skos:notation ?phase ; bl:amountType/skos:notation ?type ;
      bl:priorCNY ?amount }"""
    assert rows(account, found) == [("2023", "executed", "executed", "5000000")]


def test_the_figures_of_a_table_with_a_column_of_bodies_are_those_of_the_bodies() -> None:
    store = store_of(disclosure(2026, ("部门支出总表", BY_BODY)))
    found = """SELECT ?name ?code ?amount { ?figure a bl:BudgetObservation ; bl:agency/bl:officialName ?name ;
      bl:columnRole role:col-total ; bl:amountCNY ?amount
      OPTIONAL { ?figure bl:functionalSubject/bl:subjectCode ?code } } ORDER BY ?name ?code"""
    assert rows(store, found) == [
        ("奇台县普查中心", "2010501", "200000"),
        ("奇台县统计局", None, "1000000"),
        ("奇台县统计局本级", "2010501", "600000"),
        ("奇台县统计局本级", "2010507", "200000"),
    ]
    assert violations(store) == []


def test_a_department_is_the_sum_of_its_bodies_and_never_one_of_them_beside_it() -> None:
    store = store_of(disclosure(2026, ("部门支出总表", BY_BODY)))
    assert total(store, body=BODY, year=2026, view="expenditure").wan == 100
    assert total(store, body="奇台县普查中心", year=2026, view="expenditure").wan == 20
    own = (
        'FILTER(?n IN ("奇台县统计局", "奇台县普查中心")) ?o bl:inView view:expenditure ; bl:columnRole role:col-total'
    )
    query = f"{PREFIXES} SELECT (SUM(?a) AS ?x) {{ {own} ; bl:agency/bl:officialName ?n ; bl:amountCNY ?a }}"
    with pytest.raises(UnsafeSum):
        sparql(store, query)


def test_a_column_of_the_own_part_alone_is_the_body_itself() -> None:
    alone = "\n".join(line for line in BY_BODY.splitlines() if "普查中心" not in line).replace("100.00", "80.00")
    store = store_of(disclosure(2026, ("部门支出总表", alone.replace("80.00|80.00|20.00", "80.00|60.00|20.00"))))
    assert {row[0] for row in rows(store, "SELECT ?n { ?o bl:agency/bl:officialName ?n }")} == {BODY}


def test_a_body_called_as_the_department_beside_others_is_its_own_part() -> None:
    store = store_of(disclosure(2026, ("部门支出总表", BY_BODY.replace("统计局本级", "统计局"))))
    found = "SELECT DISTINCT ?n { ?o bl:additive true ; bl:agency/bl:officialName ?n } ORDER BY ?n"
    assert rows(store, found) == [("奇台县普查中心",), ("奇台县统计局（本级）",)]
