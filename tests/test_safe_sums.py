"""Sums in SPARQL: what is none is refused, with the reason and what to ask instead, wherever a query is asked."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from kg_documents import built, document
from pyoxigraph import Store

from caimai.cli import cli
from kg.build import build
from kg.store import MEMORY, file_graphs, open_read_only, open_store
from kg.unsafe_sums import UnsafeSum
from ontology.facts import DocumentFact
from queries.answers import Answer
from queries.guarding.safe_sums import refuse_unsafe_sums
from queries.library import questions, sparql, with_examples

PREFIXES = """PREFIX bl: <https://w3id.org/cnbl/ont#>
PREFIX view: <https://w3id.org/cnbl/code/view/>
PREFIX src: <https://w3id.org/cnbl/code/source/>
"""
ADDITIVE = "?o bl:inView view:revenue ; bl:additive true ; bl:fiscalYear {} ; bl:amountCNY ?a"


@pytest.fixture(scope="module")
def store() -> Store:
    return built()


def answered(store: Store, query: str) -> list[str]:
    found = sparql(store, PREFIXES + query)
    assert isinstance(found, Answer)
    return [str(value) for row in found.rows for value in row]


def refused(store: Store, query: str) -> UnsafeSum:
    with pytest.raises(UnsafeSum) as error:
        sparql(store, PREFIXES + query)
    assert error.value.reason
    assert error.value.alternative
    return error.value


def asked(store: Store) -> Callable[[str], object]:
    return lambda text: store.query(text, use_default_graph_as_union=True)


def test_the_finest_figures_of_one_table_and_year_are_a_sum(store: Store) -> None:
    (yuan,) = answered(store, f"SELECT (SUM(?a) AS ?sum) {{ {ADDITIVE.format(2025)} }}")
    assert yuan == "26859400"


def test_each_group_is_looked_at_alone(store: Store) -> None:
    query = ADDITIVE.format("?year")
    assert "carried over twice" in refused(store, f"SELECT (SUM(?a) AS ?sum) {{ {query} }}").reason
    assert len(answered(store, f"SELECT ?year (SUM(?a) AS ?sum) {{ {query} }} GROUP BY ?year")) == 4


def test_two_years_without_what_is_carried_over_are_a_sum(store: Store) -> None:
    query = ADDITIVE.format("?year") + " ; bl:fundSource src:own"
    assert answered(store, f"SELECT (SUM(?a) AS ?sum) {{ {query} }}")


def test_mixed_types_are_no_sum(store: Store) -> None:
    flows = "?f a ?kind ; bl:amountCNY ?a . VALUES ?kind { bl:Allocation bl:CarryOver }"
    assert "several types" in refused(store, f"SELECT (SUM(?a) AS ?sum) {{ {flows} }}").reason
    kinds = f"{flows} ?f bl:amountType ?type ; bl:fiscalYear ?year"
    assert answered(store, f"SELECT ?type ?year (SUM(?a) AS ?sum) {{ {kinds} }} GROUP BY ?type ?year")


def test_several_tables_are_no_sum_and_no_mean(store: Store) -> None:
    for adding in ("SUM", "AVG"):
        query = f"SELECT ({adding}(?a / 10000) AS ?x) {{ ?o bl:fiscalYear 2025 ; bl:inView ?v ; bl:amountCNY ?a }}"
        assert "the same money stands in each" in refused(store, query).reason


def test_a_row_with_its_parts_is_no_sum(store: Store) -> None:
    query = """SELECT (SUM(?a) AS ?sum) { ?o bl:inView view:revenue ; bl:columnName "总计" ; bl:fiscalYear 2025 ;
      bl:amountCNY ?a ; bl:functionalSubject/bl:subjectCode ?c FILTER(?c IN (%s)) }"""
    assert "one figure may hold the other" in refused(store, query % "'206', '2060101'").reason
    assert answered(store, query % "'2060101', '2060599'")


def test_columns_of_one_row_are_a_sum_and_a_column_with_what_holds_it_is_none(store: Store) -> None:
    query = """SELECT (SUM(?a) AS ?sum) { ?o bl:inView view:revenue ; bl:fiscalYear 2025 ; bl:item "合计" ;
      bl:columnName ?c ; bl:amountCNY ?a FILTER(?c IN (%s)) }"""
    assert answered(store, query % "'单位资金', '财政拨款结转'")
    refused(store, query % "'总计', '财政拨款结转'")


def test_a_department_with_its_unit_is_no_sum() -> None:
    sha256, facts = document("qitai-2025")
    moved = [replace(fact, source=replace(fact.source, sha256="b" * 64)) for fact in facts]
    whole = [replace(fact, level="部门") if isinstance(fact, DocumentFact) else fact for fact in moved]
    unit = [replace(fact, level="单位") if isinstance(fact, DocumentFact) else fact for fact in facts]
    store = open_store(MEMORY)
    build([(sha256, unit), ("b" * 64, whole)], store)
    error = refused(store, f"SELECT (SUM(?a) AS ?sum) {{ {ADDITIVE.format(2025)} }}")
    assert "its own unit" in error.reason
    assert "2685.94" in error.alternative


def test_an_amount_that_the_pattern_gives_twice_is_not_counted_twice(store: Store) -> None:
    joined = ADDITIVE.format(2025) + " ; bl:disclosedIn ?d . ?other bl:disclosedIn ?d ; a bl:Project"
    refused(store, f"SELECT (SUM(?a) AS ?sum) {{ {joined} }}")
    once = f"SELECT (SUM(?a) AS ?sum) {{ {{ SELECT DISTINCT ?o ?a {{ {joined} }} }} }}"
    assert answered(store, once) == ["26859400"]


def test_equal_amounts_of_different_figures_are_not_counted_once(store: Store) -> None:
    query = "?o bl:inView view:revenue ; bl:fiscalYear 2025 ; bl:amountCNY ?a"
    assert "DISTINCT" in refused(store, f"SELECT (SUM(DISTINCT ?a) AS ?sum) {{ {query} }}").reason


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("SELECT (SUM(?a) AS ?s) { [] bl:inView view:revenue ; bl:amountCNY ?a }", "have no variable"),
        ("SELECT (SUM(?a) AS ?s) { ?f bl:budgetedAs/bl:amountCNY ?a }", "have no variable"),
        ("SELECT (SUM(?x) AS ?s) { { SELECT ?b (SUM(?a) AS ?x) { " + ADDITIVE.format(2025) + " ; bl:agency ?b } GROUP BY ?b } }", "a sum already"),  # noqa: E501
        ("SELECT (SUM(?x) AS ?s) { { SELECT ?a (?a / 10000 AS ?x) { ?o bl:amountCNY ?a } } }", "have no variable"),
        ("SELECT (SUM(?d) AS ?s) { ?c bl:deltaCNY ?d }", "wholes and their parts"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_not_added_up(store: Store, query: str, why: str) -> None:
    assert why in refused(store, query).reason


TOTALS = """?o bl:inView view:revenue ; bl:item "合计" ; bl:columnName "总计" ; bl:agency ?b ; bl:fiscalYear ?y ;
  bl:amountCNY ?a . ?q bl:inView view:expenditure ; bl:item "合计" ; bl:columnName "合计" ; bl:agency ?b ;
  bl:fiscalYear ?y ; bl:amountCNY ?c"""


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("SELECT (SUM(?a) AS ?s) { ?o ?p ?a FILTER(?p = bl:amountCNY) }", "wholes and their parts"),
        ("SELECT (SUM(?a) AS ?s) { VALUES ?p { bl:amountCNY } ?o ?p ?a ; bl:inView ?v }", "stands in each"),
        ("SELECT (SUM(?a) AS ?s) { ?o bl:amountCNY+ ?a }", "have no variable"),
        ("SELECT (SUM(?a) AS ?s) { ?o !bl:fiscalYear ?a ; bl:inView ?v FILTER(isNumeric(?a)) }", "have no variable"),
        ("SELECT (SUM(?a) AS ?s) { ?a ^bl:amountCNY/bl:agency ?b }", "have no variable"),
        ("SELECT (SUM(?a) AS ?s) { ?a ^(bl:budgetedAs/bl:amountCNY) ?flow }", "have no variable"),
        ("SELECT (SUM(?a) AS ?s) { GRAPH ?g { ?o bl:inView ?v ; bl:amountCNY ?a } }", "stands in each"),
        ("SELECT ?s { GRAPH ?g { SELECT (SUM(?a) AS ?s) { ?o bl:amountCNY ?a } } }", "within GRAPH ?g"),
        ("SELECT ?s { { SELECT (SUM(?a) AS ?s) { ?o bl:inView ?v ; bl:amountCNY ?a } } BIND(?s AS ?x) }", "stands in"),
        ("SELECT ?b { ?o bl:agency ?b ; bl:inView ?v ; bl:amountCNY ?a } GROUP BY ?b HAVING(SUM(?a) > 0)", "in each"),
        (f"SELECT (SUM(?a + ?c) AS ?s) {{ {TOTALS} }} GROUP BY ?b ?y", "stands in each"),
        (f"SELECT (SUM(?x) AS ?s) {{ {TOTALS} BIND(?a + ?c AS ?x) }} GROUP BY ?b ?y", "stands in each"),
        ("SELECT (AVG(?a) * COUNT(?a) AS ?s) { ?o bl:inView view:revenue ; bl:fiscalYear 2025 ; bl:amountCNY ?a }",
         "one figure may hold the other"),
        ("SELECT (SUM(?gap) AS ?s) { ?check bl:gapCNY ?gap }", "wholes and their parts"),
    ],
)  # fmt: skip
def test_no_way_of_writing_it_hides_a_sum_that_is_none(example_store: Path, query: str, why: str) -> None:
    assert why in refused(open_read_only(example_store), query).reason


def test_a_sum_within_a_graph_is_looked_at_in_that_graph(example_store: Path) -> None:
    store = open_read_only(example_store)
    graph = file_graphs(store)[0]
    inner = (
        f"SELECT ?s FROM NAMED {graph} {{ GRAPH {graph} {{ SELECT (SUM(?a) AS ?s) {{ ?o bl:amountCNY ?a ; %s }} }} }}"
    )
    assert "stands in each" in refused(store, inner % "bl:inView ?view").reason
    assert answered(store, inner % "bl:inView view:revenue ; bl:additive true")


def test_a_difference_of_two_tables_is_answered(example_store: Path) -> None:
    assert answered(open_read_only(example_store), f"SELECT ?b ?y (SUM(?a - ?c) AS ?s) {{ {TOTALS} }} GROUP BY ?b ?y")


def test_a_query_may_say_that_it_is_unchecked(store: Store) -> None:
    query = "SELECT (SUM(?a) AS ?sum) { ?o bl:amountCNY ?a }"
    refused(store, query)
    refused(store, query.replace("?a }", '?a BIND("# sums: unchecked" AS ?words) }'))
    assert answered(store, "# sums: unchecked\n" + query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (SUM(?w) AS ?sum) { ?i bl:weight ?w }",
        "SELECT (SUM(?w) AS ?sum) { ?i ?p ?w FILTER(?p = bl:weight) }",
        "SELECT (SUM(?n) AS ?x) { { SELECT ?b (COUNT(?a) AS ?n) { ?o bl:agency ?b ; bl:amountCNY ?a } GROUP BY ?b } }",
        "SELECT (COUNT(?a) AS ?n) (MAX(?a) AS ?most) { ?o bl:amountCNY ?a }",
        "SELECT ?o (SUM(?a) AS ?sum) { ?o bl:amountCNY ?a ; a bl:BudgetObservation } GROUP BY ?o LIMIT 3",
        "ASK { { SELECT (SUM(?a) AS ?sum) { " + ADDITIVE.format(2025) + " } } FILTER(?sum > 0) }",
    ],
)
def test_what_adds_up_no_amounts_or_one_at_a_time_is_answered(store: Store, query: str) -> None:
    assert sparql(store, PREFIXES + query)


def test_every_sum_of_the_questions_is_one(store: Store) -> None:
    adding = [one for one in questions().values() if "SUM(" in one.sparql]
    assert adding
    for question in adding:
        refuse_unsafe_sums(store, with_examples(question), asked(store))  # type: ignore[arg-type]


def test_the_command_refuses_and_says_why(example_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "sum.rq"
    file.write_text(PREFIXES + "SELECT (SUM(?a) AS ?sum) { ?o bl:amountCNY ?a }", "utf-8")
    found = CliRunner().invoke(cli, ["sparql", str(file), "--store", str(example_store)])
    assert isinstance(found.exception, UnsafeSum)


def test_forms_of_a_whole_body_and_of_its_projects_are_no_sum(example_store: Path) -> None:
    store = open_read_only(example_store)
    assert "forms of whole bodies" in refused(store, "SELECT (SUM(?t) AS ?s) { ?f bl:targetTotalCNY ?t }").reason
    one = "?f bl:targetTotalCNY ?t ; bl:targetScope <https://w3id.org/cnbl/code/kind/single-project>"
    assert answered(store, f"SELECT (SUM(?t) AS ?s) {{ {one} }}")


TWO = """{ ?o bl:inView view:revenue ; bl:additive true ; bl:fiscalYear 2025 ; bl:amountCNY ?a } UNION
  { ?p bl:inView view:general_budget_expenditure ; bl:additive true ; bl:fiscalYear 2025 ; bl:amountCNY ?b }"""


@pytest.mark.parametrize(
    "adding",
    [
        "SUM(?a) + SUM(?b)",
        "SUM(?a) / 10000 + COALESCE(SUM(?b), 0)",
        "1 - (SUM(?a) + SUM(?b))",
        "0 - SUM(?a) - SUM(?b)",
    ],
)
def test_sums_of_two_tables_added_up_are_refused_as_one_sum_of_both(store: Store, adding: str) -> None:
    assert "the same money stands in each" in refused(store, f"SELECT ({adding} AS ?sum) {{ {TWO} }}").reason


@pytest.mark.parametrize("adding", ["SUM(?a) - SUM(?b)", "SUM(?b) / SUM(?a)", "SUM(?a) - (SUM(?b) + 1)"])
def test_sums_of_two_tables_may_be_held_against_each_other(store: Store, adding: str) -> None:
    assert answered(store, f"SELECT ({adding} AS ?gap) {{ {TWO} }}")


def test_one_figure_in_two_sums_is_counted_twice_where_they_are_added_up(store: Store) -> None:
    query = f"SELECT (SUM(?a) + SUM(?a) AS ?twice) {{ {ADDITIVE.format(2025)} }}"
    assert "2 times" in refused(store, query).reason


def test_sums_of_each_group_are_added_up_within_it(store: Store) -> None:
    parts = """VALUES ?year { 2025 2026 }
      { ?o bl:inView view:revenue ; bl:additive true ; bl:fundSource src:own ; bl:fiscalYear ?year ; bl:amountCNY ?a }
      UNION { ?o bl:inView view:revenue ; bl:additive true ; bl:fundSource src:transfer ; bl:fiscalYear ?year ;
        bl:amountCNY ?b }"""
    assert answered(store, f"SELECT ?year (SUM(?a) + SUM(?b) AS ?sum) {{ {parts} }} GROUP BY ?year")
