"""Which amounts may be added up, and what is said where they may not."""

from dataclasses import replace
from decimal import Decimal

import pytest
from click.testing import CliRunner
from kg_documents import built, document, rows
from pyoxigraph import Store

from caimai.cli import cli
from kg.build import build
from kg.store import MEMORY, open_store
from kg.sums import total, total_of
from kg.unsafe_sums import UnsafeSum
from ontology.errors import CaimaiError
from ontology.facts import CellFact, DocumentFact

NEW, OLD = "奇台县商务科技和工业信息化局", "奇台县商务和工业信息化局"


@pytest.fixture(scope="module")
def store() -> Store:
    return built()


def refused(store: Store, **where: object) -> UnsafeSum:
    with pytest.raises(UnsafeSum) as error:
        total(store, **where)  # type: ignore[arg-type]
    assert error.value.reason
    assert error.value.alternative
    return error.value


@pytest.mark.parametrize(
    ("where", "wan"),
    [
        ({"body": NEW, "year": 2025, "view": "revenue"}, "2685.94"),
        ({"body": NEW, "year": 2025, "view": "收入总体情况表", "source": "transfer"}, "12.38"),
        ({"body": NEW, "year": 2025, "view": "revenue", "source": "上级一般公共预算转移支付"}, "12.38"),
        ({"document": "昌州财教[2024]65号"}, "7.38"),
    ],
)
def test_a_sum_is_of_the_finest_figures_of_one_table(store: Store, where: dict[str, object], wan: str) -> None:
    found = total(store, **where)  # type: ignore[arg-type]
    assert found.wan == Decimal(wan)
    assert found.figures
    assert found.evidence
    assert found.tolerance == 50 * len(found.figures)


def test_figures_of_several_tables_are_no_sum(store: Store) -> None:
    assert "the same money stands in each" in refused(store, body=NEW, year=2025).reason


def test_allocations_and_carry_overs_are_no_sum(store: Store) -> None:
    flows = [
        flow
        for (flow,) in rows(store, "SELECT ?f { ?f a ?k ; bl:amountCNY ?a . VALUES ?k { bl:Allocation bl:CarryOver } }")
    ]
    with pytest.raises(UnsafeSum, match="several types"):
        total_of(store, [flow for flow in flows if flow])


def test_totals_of_two_years_are_no_sum_where_carry_overs_stand_in_both(store: Store) -> None:
    error = refused(store, view="revenue")
    assert "carried over twice" in error.reason
    assert "2025: 2685.94" in error.alternative
    assert total(store, view="revenue", source="own").yuan > 0


def test_a_row_and_its_parts_are_no_sum_and_two_rows_apart_are(store: Store) -> None:
    query = """SELECT ?o {{ ?o bl:inView view:revenue ; bl:columnName "总计" ; bl:fiscalYear 2025 ;
        bl:functionalSubject/bl:subjectCode "{}" }}"""
    found = {code: str(rows(store, query.format(code))[0][0]) for code in ("206", "2060101", "2060599")}
    with pytest.raises(UnsafeSum, match="one figure may hold the other"):
        total_of(store, [found["206"], found["2060101"]])
    assert len(total_of(store, [found["2060101"], found["2060599"]]).figures) == 2
    assert len(total_of(store, [found["206"]]).figures) == 1


def test_a_department_and_its_own_unit_are_no_sum() -> None:
    sha256, facts = document("qitai-2025")
    other = "b" * 64
    moved = [replace(fact, source=replace(fact.source, sha256=other)) for fact in facts]
    whole = [replace(fact, level="部门") if isinstance(fact, DocumentFact) else fact for fact in moved]
    level = [replace(fact, level="单位") if isinstance(fact, DocumentFact) else fact for fact in facts]
    store = open_store(MEMORY)
    build([(sha256, level), (other, whole)], store)
    assert "its own unit" in refused(store, body=NEW, year=2025, view="revenue").reason


def test_budgets_and_final_accounts_are_no_sum() -> None:
    sha256, facts = document("qitai-2025")
    done = [replace(fact, phase="决算") if isinstance(fact, DocumentFact) else fact for fact in facts]
    done = [replace(fact, source=replace(fact.source, sha256="c" * 64)) for fact in done]
    store = open_store(MEMORY)
    build([(sha256, facts), ("c" * 64, [fact for fact in done if isinstance(fact, CellFact | DocumentFact)])], store)
    refused(store, body=NEW, year=2025, view="revenue")


@pytest.mark.parametrize("where", [{"body": "没有的局", "view": "revenue"}, {"document": "65"}, {"view": "没有的表"}])
def test_what_is_not_there_is_an_error_that_says_so(store: Store, where: dict[str, str]) -> None:
    with pytest.raises(CaimaiError):
        total(store, **where)  # type: ignore[arg-type]


def test_the_command_adds_up_or_says_why_not(example_store: object) -> None:
    runner, at = CliRunner(), ["--store", str(example_store)]
    added = runner.invoke(
        cli, ["sum", "--body", NEW, "--year", "2025", "--view", "revenue", "--source", "transfer", *at]
    )
    assert (added.exit_code, added.output.split(" ")[:2]) == (0, ["12.38", "万元"])
    assert "第7页 · 单位收入总体情况表 · 行15列8  「7.38」" in added.output
    unsafe = runner.invoke(cli, ["sum", "--view", "revenue", *at])
    assert (unsafe.exit_code, "不可相加" in unsafe.output) == (2, True)
