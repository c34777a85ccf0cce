"""Series of years: where a year's own disclosure is not held, what the next year's tables print of it, marked so."""

from decimal import Decimal
from pathlib import Path

import pytest
from prior_documents import BODY, EXECUTED_2024, OF_2024, OF_2025, SPENDING, TOTAL_2024, disclosure, store_of
from pyoxigraph import Store
from starlette.testclient import TestClient

from kg.build import build
from kg.store import open_store
from queries.library import ask
from queries.tracing.trace import trace
from viz.web.application import application

EXPENDITURE = "部门支出总表"


def series(store: Store, code: str) -> list[tuple[object, ...]]:
    answer = ask(store, "figures_over_years", {"body": BODY, "code": code})
    at = [answer.columns.index(name) for name in ("year", "phase", "stated_in", "wan", "file")]
    return [tuple(row[place] for place in at) for row in answer.rows]


def executed(store: Store) -> list[tuple[object, ...]]:
    answer = ask(store, "execution", {})
    at = [answer.columns.index(name) for name in ("year", "budget_wan", "executed_wan", "percent", "stated_in")]
    return [tuple(row[place] for place in at) for row in answer.rows]


def test_a_year_without_a_disclosure_of_its_own_is_known_from_the_next_and_marked_so() -> None:
    assert series(store_of(disclosure(2025, (SPENDING, OF_2025))), "2010507") == [
        (2024, "年初预算", 2025, 350, "奇台县统计局2025年部门预算公开.pdf"),
        (2025, "年初预算", 2025, 300, "奇台县统计局2025年部门预算公开.pdf"),
    ]


def test_a_year_with_a_disclosure_of_its_own_is_told_by_that_alone() -> None:
    both = store_of(disclosure(2024, (SPENDING, OF_2024)), disclosure(2025, (SPENDING, OF_2025)))
    assert [row[:4] for row in series(both, "2010507")] == [
        (2024, "年初预算", 2024, 350),
        (2025, "年初预算", 2025, 300),
    ]


def test_how_far_back_a_body_is_known_counts_what_is_printed_a_year_later() -> None:
    answer = ask(store_of(disclosure(2025, (SPENDING, OF_2025))), "years_known", {})
    assert answer.rows == ((BODY, 2025, 2025, 2024, 4),)


@pytest.mark.parametrize("basis", ["执行数", "决算数"])
def test_the_rate_of_execution_is_that_of_the_next_years_tables_where_no_final_account_is_held(basis: str) -> None:
    budget = disclosure(2024, (EXPENDITURE, TOTAL_2024))
    assert executed(store_of(budget)) == [(2024, 900, None, None, None)]
    later = disclosure(
        2025, (EXPENDITURE, EXECUTED_2024.replace("2024年", "2025年").replace("2023年决算数", f"2024年{basis}"))
    )
    found = executed(store_of(budget, later))
    assert [row for row in found if row[0] == 2024] == [(2024, 900, 500, Decimal("55.56"), 2025)]


def test_the_rate_of_execution_is_that_of_the_final_account_where_it_is_held() -> None:
    budget = disclosure(2024, (EXPENDITURE, TOTAL_2024))
    spent = TOTAL_2024.replace("400.00", "310.00").replace("900.00", "810.00")
    account = disclosure(2024, (EXPENDITURE, spent), phase="决算")
    later = disclosure(2025, (EXPENDITURE, EXECUTED_2024.replace("2024年", "2025年").replace("2023年", "2024年")))
    found = executed(store_of(budget, account, later))
    assert [row for row in found if row[0] == 2024] == [(2024, 900, 810, 90, 2024)]


def test_a_trace_of_a_code_goes_back_to_years_known_from_the_next_year_and_says_so() -> None:
    found = trace(store_of(disclosure(2025, (SPENDING, OF_2025))), "2010507")
    assert [(hop.year, hop.amount, hop.amount_type) for hop in found.spending] == [
        (2025, Decimal(3000000), "budgeted"),
        (2024, Decimal(3500000), "prior-budget"),
    ]
    assert [(seen.first, seen.last) for seen in found.seen] == [(2024, 2025)]
    assert found.spending[1].evidence[0].words == "350.00"


def test_a_trace_of_a_code_has_each_year_once_where_its_own_disclosure_is_held() -> None:
    both = store_of(disclosure(2024, (SPENDING, OF_2024)), disclosure(2025, (SPENDING, OF_2025)))
    assert [(hop.year, hop.amount_type) for hop in trace(both, "2010507").spending] == [
        (2025, "budgeted"),
        (2024, "budgeted"),
    ]


def test_the_page_of_a_code_has_what_the_next_year_prints_in_a_table_of_its_own(tmp_path: Path) -> None:
    build([disclosure(2025, (SPENDING, OF_2025))], store := open_store(tmp_path / "store"))
    del store
    page = TestClient(application(tmp_path / "store")).get("/code/function/2010507").text
    own, later = page.split("次年表中所印的各年数", 1)
    assert "350.00" not in own.split("<main", 1)[-1]
    assert "350.00" in later
