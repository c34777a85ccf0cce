"""Self-evaluations in the graph: what was achieved, scored and spent, at the targets of that year's budget."""

from datetime import date
from itertools import permutations

import pytest
from evaluated_documents import BODY, EVALUATED, PROJECTS, TARGETS, Printed, accounts, budget
from kg_documents import ask, rows
from pyoxigraph import NamedNode, Store

from kg.build import build, remove
from kg.checks import violations
from kg.decisions import Decision
from kg.store import MEMORY, dump, open_store

LINK = "?l bl:linkSubject ?s ; bl:linkPredicate ?p ; bl:linkObject ?o"
LINKED = """SELECT ?promised ?achieved ?grade {
  ?outcome bl:achieved ?achieved . ?link bl:linkSubject ?outcome ; bl:linkPredicate bl:outcomeOf ;
    bl:linkObject ?indicator ; bl:grade/skos:notation ?grade . ?indicator bl:verbatim ?promised }
  ORDER BY ?outcome ?promised"""


def store_of(*documents: Printed) -> Store:
    store = open_store(MEMORY)
    report = build(documents, store)
    assert report.refused == (), [refusal.in_words("en") for refusal in report.refused]
    return store


@pytest.fixture(scope="module")
def both() -> Store:
    return store_of(budget(), accounts())


def test_a_self_evaluation_has_its_goal_what_came_of_it_and_its_score(both: Store) -> None:
    found = """SELECT ?name ?year ?scope ?goal ?came ?points ?score ?department ?words {
      ?e a bl:SelfEvaluation ; bl:evaluatedName ?name ; bl:evaluatedSupervisor ?department ;
        bl:fiscalYear ?year ; bl:evaluationScope/skos:notation ?scope ;
        bl:expectedGoal ?goal ; bl:goalOutcome ?came ; bl:pointsInAll ?points ; bl:selfScore ?score ; bl:agency ?body ;
        bl:disclosedIn/bl:budgetPhase/skos:notation "executed" ; bl:evidence/bl:tableTitle ?words }"""
    printed = (
        "经济普查经费项目",
        "2024",
        "single-project",
        "办班20次。",
        "办班18次。",
        "100",
        "94",
        "奇台县统计局",
        "项目支出绩效自评表",
    )
    assert rows(both, found) == [printed]


def test_its_money_is_told_line_by_line_and_a_dash_is_no_score(both: Store) -> None:
    found = """SELECT ?source ?start ?year ?spent ?rate ?points ?score {
      ?money a bl:EvaluatedMoney ; bl:moneySource ?source ; bl:startBudgetCNY ?start ; bl:yearBudgetCNY ?year ;
        bl:yearSpentCNY ?spent ; bl:printedRate ?rate
      OPTIONAL { ?money bl:ratePoints ?points } OPTIONAL { ?money bl:rateScore ?score } } ORDER BY ?money"""
    assert rows(both, found) == [
        ("合计", "800000", "755000", "604000", "80", "10", "8"),
        ("财政拨款", "700000", "655000", "504000", "76.95", None, None),
        ("上年结转", "100000", "100000", "100000", "100", None, None),
    ]
    assert not ask(both, "?money a bl:EvaluatedMoney ; bl:amountCNY ?amount")


def test_every_figure_of_its_money_leads_to_its_cell(both: Store) -> None:
    found = """SELECT ?words { ?money a bl:EvaluatedMoney ; bl:moneySource "上年结转" ; bl:evidence/bl:verbatim ?words }
      ORDER BY ?words"""
    assert rows(both, found) == [("10.00",), ("10.00",), ("10.00",), ("100.00%",)]


def test_an_outcome_has_what_was_achieved_its_score_and_the_reason(both: Store) -> None:
    found = """SELECT ?name ?target ?achieved ?value ?day ?points ?score ?why {
      ?o a bl:IndicatorOutcome ; bl:outcomeName ?name ; bl:evaluatedTarget ?target ; bl:achieved ?achieved ;
        bl:outcomePoints ?points ; bl:outcomeScore ?score ; bl:evidence/bl:tableTitle '项目支出绩效自评表'
      OPTIONAL { ?o bl:achievedValue ?value } OPTIONAL { ?o bl:achievedDate ?day }
      OPTIONAL { ?o bl:deviationReason ?why }
    } ORDER BY ?o"""
    assert rows(both, found) == [
        ("办班次数", "≥20次", "18次", "18", None, "20", "18", "下年补办"),
        ("完成时间", "2024年12月底前", "2024年12月10日", None, "2024-12-10", "20", "20", None),
        ("办班成本", "≤3.00万元/次", "2.80万元/次", "2.8", None, "10", "10", None),
        ("数据应用", "显著", "达成预期指标", None, None, "30", "28", None),
        ("学员满意度", "≥90%", "96.5%", "96.5", None, "10", "10", None),
    ]


def test_target_and_outcome_are_linked_with_rule_reason_and_both_places(both: Store) -> None:
    assert rows(both, LINKED) == [
        ("≥20次", "18次", "derived"),
        ("2024年12月底前", "2024年12月10日", "derived"),
        ("≤3.00万元/次", "2.80万元/次", "derived"),
        ("显著", "达成预期指标", "derived"),
        ("≥95%", "96.5%", "derived"),  # promised otherwise than it was evaluated
    ]
    assert ask(both, "?o bl:outcomeName '办班次数' ; bl:outcomeOf/bl:indicatorName '办班次数'")
    places = """SELECT ?rule ?why ?title { ?link bl:linkPredicate bl:evaluatedForm ; bl:rule ?rule ; bl:rationale ?why ;
      bl:evidence/bl:tableTitle ?title } ORDER BY ?title"""
    why = "绩效自评与当年预算的项目（绩效目标表）去掉文号、年度等后同名“经济普查经费”"
    assert rows(both, places) == [
        ("evaluation_by_name", why, title) for title in ("项目支出绩效目标表", "项目支出绩效自评表")
    ]
    assert ask(both, "?e bl:evaluationOf/bl:projectName '经济普查经费'")


def test_the_made_documents_break_no_rule(both: Store) -> None:
    assert [one for one in violations(both) if one.severity == "error"] == []


def test_a_self_evaluation_without_its_budget_stands_alone() -> None:
    store = store_of(accounts())
    assert ask(store, "?e a bl:SelfEvaluation ; bl:hasOutcome/bl:achieved '18次'")
    assert not ask(store, "?link bl:linkPredicate ?p FILTER(?p IN (bl:evaluatedForm, bl:evaluationOf, bl:outcomeOf))")


@pytest.mark.parametrize("year", [2023, 2025])
def test_the_budget_of_another_year_promised_nothing_of_this_one(year: int) -> None:
    store = store_of(budget(year=year), accounts())
    assert not ask(store, "?link bl:linkPredicate ?p FILTER(?p IN (bl:evaluatedForm, bl:evaluationOf, bl:outcomeOf))")


def test_an_evaluation_is_of_the_year_that_its_form_prints() -> None:
    store = store_of(budget(), accounts(year=2025, over="（2024年度）"))
    assert ask(store, "?e a bl:SelfEvaluation ; bl:fiscalYear 2024 ; bl:evaluatedForm/bl:fiscalYear 2024")


def test_two_forms_that_could_be_meant_are_candidates() -> None:
    forms = TARGETS, TARGETS.replace("经济普查经费", "2024年经济普查经费")
    store = store_of(budget(PROJECTS, *forms), accounts())
    grades = """SELECT DISTINCT ?grade { ?link bl:linkPredicate bl:evaluatedForm ; bl:grade/skos:notation ?grade }"""
    assert rows(store, grades) == [("candidate",)]
    assert not ask(store, "?e bl:evaluatedForm ?form")
    assert not ask(store, "?link bl:linkPredicate bl:outcomeOf")


def test_the_exact_name_decides_between_two() -> None:
    forms = TARGETS, TARGETS.replace("经济普查经费", "2024年经济普查经费")
    exact = accounts(EVALUATED.replace("经济普查经费项目", "经济普查经费"))
    assert ask(store_of(budget(PROJECTS, *forms), exact), "?e bl:evaluatedForm/bl:projectName '经济普查经费'")


def test_a_candidate_that_people_accept_brings_its_indicators() -> None:
    forms = TARGETS, TARGETS.replace("经济普查经费", "2024年经济普查经费")
    documents = budget(PROJECTS, *forms), accounts()
    (ends,) = [
        row
        for row in rows(store_of(*documents), f"SELECT ?s ?p ?o {{ {LINK} }}")
        if str(row[1]).endswith("evaluatedForm") and str(row[2]).endswith(".经济普查经费")
    ]  # fmt: skip
    store = open_store(MEMORY)
    build(documents, store, [decision(*map(str, ends))])
    assert ask(store, "?o bl:outcomeOf/^bl:hasIndicator/bl:projectName '经济普查经费'")


def decision(subject: str, predicate: str, thing: str) -> Decision:
    ends = NamedNode(subject), NamedNode(predicate), NamedNode(thing)
    return Decision("accept", *ends, "tester", date(2025, 1, 1), "the same project")


def test_indicators_of_one_name_are_told_apart_by_their_targets_else_candidates() -> None:
    twice = TARGETS.replace("学员满意度 | ≥95%", "办班次数 | ≥5次")
    done = EVALUATED.replace("学员满意度 | ≥90% | 96.5%", "办班次数 | ≥5次 | 6次")
    told = rows(store_of(budget(PROJECTS, twice), accounts(done)), LINKED)
    assert (told[0], told[-1]) == (("≥20次", "18次", "derived"), ("≥5次", "6次", "derived"))
    unlike = done.replace("≥5次", "≥8次").replace("≥20次", "≥9次")
    found = rows(store_of(budget(PROJECTS, twice), accounts(unlike)), LINKED)
    assert {row[2] for row in found if row[1] in ("18次", "6次")} == {"candidate"}


def test_the_form_of_a_whole_body_is_evaluated_by_that_of_the_whole() -> None:
    goals = TARGETS.replace("项目名称 | 经济普查经费", "部门名称 | 奇台县统计局")
    done = EVALUATED.replace("项目名称 | 经济普查经费项目", "部门名称 | 奇台县统计局")
    plan, account = (
        budget(PROJECTS, goals, title="部门整体支出绩效目标表"),
        accounts(done, title="部门整体支出绩效自评表"),
    )
    store = store_of(plan, account)
    assert ask(
        store,
        "?e bl:evaluationScope/skos:notation 'whole-body' ; bl:evaluatedForm/bl:targetScope/skos:notation 'whole-body'",
    )
    assert ask(store, "?link bl:linkPredicate bl:evaluatedForm ; bl:rule 'evaluation_of_body'")
    assert len(rows(store, LINKED)) == 5


def test_the_order_of_documents_and_reading_again_change_nothing() -> None:
    documents = budget(), accounts(), budget(year=2025)
    stores = [store_of(*order) for order in permutations(documents)]
    again = store_of(*documents, *documents)
    assert len({dump(store) for store in [*stores, again]}) == 1


def test_removing_either_document_removes_what_it_alone_said() -> None:
    for gone, left in ((budget(), accounts()), (accounts(), budget())):
        store = store_of(gone, left)
        assert remove(store, [gone[0]]) == []
        assert dump(store) == dump(store_of(left))


def test_the_body_that_a_form_names_is_one_of_its_names(both: Store) -> None:
    assert ask(both, f"?usage a bl:NameUsage ; bl:verbatim '{BODY}' ; bl:evidence/bl:tableTitle '项目支出绩效自评表'")
