"""Terms that documents give: items of use, cost of running, how points and money are given, what holds what."""

from decimal import Decimal
from pathlib import Path

import pytest
from kg_documents import ask, built, rows
from pyoxigraph import NamedNode, Store
from test_kg_candidates import told

from kg import iris
from kg.build import build
from kg.store import MEMORY, open_read_only, open_store
from kg.uses import uses
from ontology.facts import ProjectFact, Source
from ontology.money import amount
from ontology.terms import ONT, vocabulary

# Terms of the code lists, of all figures and places in common, and of what the examples have no occasion for: figures
# whose column is not certain (flattened text) or of the year before, findings, departments with units, decisions of
# people, corrected files, self-evaluations, documents made up for demonstration, forms of projects over several years.
ABSTRACT = {"BudgetPhase", "BudgetView", "EconomicSubject", "Evidence", "ExpenditureType", "FunctionalSubject"}
ABSTRACT |= {"FundSource", "GovernmentLevel", "Observation", "editionYear", "extensible", "subjectCode"}
ABSTRACT |= {"validFromYear", "validToYear", "yuanPerUnit"}
ELSEWHERE = {"RowEvidence", "candidateColumn", "covers", "derivation", "lineEnd", "lineStart", "reviewState"}
ELSEWHERE |= {"subordinate", "supervisedBy", "Finding", "message", "severity", "declaredInvented"}
ELSEWHERE |= {"FormerStatement", "formerAmountCNY", "formerEvidence", "formerName", "formerPrinted", "formerTriples"}
ELSEWHERE |= {"formerView", "formerlyAbout", "formerlyStatedIn"}
ELSEWHERE |= {"SelfEvaluation", "EvaluatedMoney", "IndicatorOutcome", "achieved", "achievedDate", "achievedUnit"}
ELSEWHERE |= {"achievedValue", "deviationReason", "evaluatedDate", "evaluatedForm", "evaluatedName"}
ELSEWHERE |= {"evaluatedSupervisor"}
ELSEWHERE |= {
    "evaluatedOperator",
    "evaluatedTarget",
    "evaluatedUnit",
    "evaluatedValue",
    "evaluationOf",
    "evaluationScope",
}
ELSEWHERE |= {
    "expectedGoal",
    "goalOutcome",
    "hasMoneyLine",
    "hasOutcome",
    "moneySource",
    "outcomeLevel1",
    "outcomeLevel2",
}
ELSEWHERE |= {"outcomeName", "outcomeOf", "outcomePoints", "outcomeScore", "pointsInAll", "printedRate", "ratePoints"}
ELSEWHERE |= {"rateScore", "selfRating", "selfScore", "startBudgetCNY", "yearBudgetCNY", "yearSpentCNY"}
ELSEWHERE |= {"formSupervisor", "plannedEnd", "plannedStart", "targetCarriedCNY", "wholeFiscalCNY", "wholeOtherCNY"}
ELSEWHERE |= {"wholeTotalCNY"}
ELSEWHERE |= {"ColumnChange", "PriorObservation", "beside", "priorBasis", "priorCNY", "priorTotal"}


@pytest.fixture(scope="module")
def examples(example_store: Path) -> Store:
    return open_read_only(example_store)


def test_every_term_is_given_by_the_examples_or_is_named_here(examples: Store) -> None:
    stated = (quad for quad in examples if quad.graph_name != iris.CODES)
    nodes = {node.value for quad in stated for node in quad.triple if isinstance(node, NamedNode)}
    used = {value.removeprefix(ONT) for value in nodes if value.startswith(ONT)}
    declared = {str(triple.subject.value).removeprefix(ONT) for triple in vocabulary() if triple.subject.value.startswith(ONT)}  # type: ignore[union-attr]  # fmt: skip  # noqa: E501
    assert used <= declared
    assert declared - used - ABSTRACT - ELSEWHERE == set()
    assert not used & ABSTRACT


@pytest.mark.parametrize(
    ("allocation", "whole", "items"),
    [
        ("本项目投资25万元，其中培训费7.8万元，印刷费1.2万元，其他费16万元。", "25.00", ["培训费", "印刷费", "其他费"]),
        ("制作PPT、推介词费2万元，出差费8万。", "10", ["制作PPT、推介词费", "出差费"]),
        ("培训费7.8万元，印刷费1.2万元。", "25.00", []),  # the parts are not the whole
        ("此项工作需工作经费25万元。另一项工作经费25万元。", "50", []),  # what for is not in the name
        ("培训费5000元，印刷费5000元。", "1", []),  # of another unit than the project
        ("7.38万元全部用于人员补助经费", "7.38", []),
        ("补助25万元，共1批。", "25", []),
    ],
)  # fmt: skip
def test_items_of_use_are_those_that_make_up_the_whole(allocation: str, whole: str, items: list[str]) -> None:
    source = Source("a.txt", "a" * 64, line=1, text=allocation)
    fact = ProjectFact(source=source, kind="项目", name="某项目", amount=amount(whole), allocation=allocation)
    assert [name for name, _, _ in uses(fact)] == items
    assert sum((value for _, value, _ in uses(fact)), Decimal(0)) == (amount(whole) if items else 0)


def test_the_items_of_a_project_are_additive_figures_of_their_own_view(examples: Store) -> None:
    query = """SELECT ?i ?a { ?o bl:inView view:narrative_use ; bl:additive true ; bl:item ?i ; bl:amountCNY ?a ;
        bl:project/bl:projectName "科技三项费" } ORDER BY ?a ?i"""
    found = rows(examples, query)
    assert sum(Decimal(yuan or 0) for _, yuan in found) == 250_000
    assert ("培训", "78000") in found


def test_what_running_a_body_costs_is_a_figure(examples: Store) -> None:
    query = "SELECT ?y ?a { ?o bl:inView view:narrative_operating ; bl:fiscalYear ?y ; bl:amountCNY ?a ; bl:agency ?b FILTER(CONTAINS(STR(?b), '奇台') || CONTAINS(STR(?b), '652325')) } ORDER BY ?y"  # noqa: E501
    assert rows(examples, query) == [("2024", "217200"), ("2025", "397700")]


def test_an_indicator_says_how_points_are_given_and_what_proves_the_result(examples: Store) -> None:
    assert ask(
        examples,
        '?i bl:indicatorName "邀请疆外来访洽谈企业数量" ; bl:scoringRule "按照完成比例赋分" ; bl:proofKind "工作资料"',
    )


def test_rows_of_the_three_public_expenses_have_their_kind(examples: Store) -> None:
    kind = "<https://w3id.org/cnbl/code/kind/vehicle-operation>"
    assert ask(examples, f'?o bl:inView view:three_public ; bl:item "公务用车运行费" ; bl:itemKind {kind}')


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("昌州财教【2024】65号关于提前下达2025年补助资金的通知", ["pre-issue"]),
        ("昌州财教【2024】65号关于下达2025年补助资金的通知", ["issue"]),
        ("克财行【2025】17号-关于拨付新疆人才发展基金的通知", ["pay-out"]),
        ("克财建【2025】4号-关于预拨中央纺织服装专项资金的通知", ["pre-pay"]),
        ("昌州财教【2024】65号2025年补助资金", []),
        ("昌州财教【2024】65号拨付下达情况", []),
    ],
)
def test_the_verb_of_a_title_tells_how_money_is_issued(name: str, kinds: list[str]) -> None:
    store = open_store(MEMORY)
    build([told("a", "昌吉回族自治州科学技术局", name)], store)
    found = rows(store, "SELECT ?k { ?d bl:issuanceKind ?k }")
    assert [str(kind).rpartition("/")[2] for (kind,) in found] == kinds


def test_what_rolls_up_to_a_total_makes_it_up_by_rows_and_by_columns() -> None:
    store = built("qitai-2025")
    query = """SELECT ?w (SUM(?a) AS ?sum) (SAMPLE(?whole) AS ?total) {
      ?w bl:inView view:revenue ; bl:columnName ?c ; bl:amountCNY ?whole ; bl:rowRole ?role .
      ?o bl:rollsUpTo ?w ; bl:columnName ?d ; bl:amountCNY ?a . FILTER(%s) } GROUP BY ?w"""
    for same in ("?c = ?d", "?c != ?d"):
        found = rows(store, query % same)
        assert found
        assert all(Decimal(parts or 0) == Decimal(whole or 0) for _, parts, whole in found)


def test_a_form_with_other_money_contradicts_no_lines_that_show_the_rest(examples: Store) -> None:
    """昌吉回族自治州科学技术局 2025: a form of 60.00 of other money, 35.00 of it carried over."""
    query = 'SELECT ?w { ?c bl:rule "total_of_form_and_lines" ; bl:rationale ?w } ORDER BY ?w'
    said = [str(words) for (words,) in rows(examples, query)]
    assert not [words for words in said if "60万元" in words]
    assert "绩效表金额7.37万元，预算列7.38万元" in said
