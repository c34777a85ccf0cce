"""What is unexplained at each node of money, with the verdict that the printed decimals allow."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from kg_documents import built, document, ends, rows
from pyoxigraph import Store

from kg.build import build
from kg.store import MEMORY, open_read_only, open_store
from ontology.facts import CellFact, Fact


def checks(store: Store) -> list[tuple[str | None, ...]]:
    return ends(
        rows(
            store,
            "SELECT ?rule ?left ?right ?gap ?verdict { ?x a bl:Reconciliation ; bl:rule ?rule ; bl:leftCNY ?left ;"
            " bl:rightCNY ?right ; bl:gapCNY ?gap ; bl:verdict ?verdict } ORDER BY ?rule ?left",
        )
    )


def transfers(change: Callable[[CellFact], Fact]) -> list[tuple[str | None, ...]]:
    """The check of the transfers of 奇台县 2025 with some figures changed."""
    sha256, facts = document("qitai-2025")
    store = open_store(MEMORY)
    build([(sha256, [change(fact) if isinstance(fact, CellFact) else fact for fact in facts])], store)
    return [check for check in checks(store) if check[0] == "transfers_by_document"]


def test_every_yuan_of_the_examples_is_explained_but_that_of_a_withheld_project(example_store: Path) -> None:
    found = checks(open_read_only(example_store))
    onward = [check for check in found if check[0] == "money_in_and_out"]
    assert [check for check in found if check[4] != "ok" and check not in onward] == [
        ("transfers_by_document", "5020000", "5000000", "20000", "incomplete")
    ]
    assert [rule for rule, *_ in found if rule != "money_in_and_out"] == [
        *["carry_overs_by_name"] * 4,
        *["transfers_by_document"] * 4,
    ]
    assert [check for check in onward if check[4] == "ok"] == [
        ("money_in_and_out", "1100000", "1100000", "0", "ok")  # all of it goes to one named company
    ]


def test_every_allocation_and_carry_over_says_what_of_it_is_unexplained_by_year_and_type(example_store: Path) -> None:
    store = open_read_only(example_store)
    flows = "?flow a ?kind ; bl:amountCNY ?in ; bl:fiscalYear ?year ; bl:amountType ?type ."
    balance = """?x bl:balanceOf ?flow ; bl:leftCNY ?in ; bl:rightCNY ?out ; bl:gapCNY ?unexplained ;
        bl:fiscalYear ?year ; bl:amountType ?type . FILTER(?in - ?out = ?unexplained)"""
    kinds = "VALUES ?kind { bl:Allocation bl:CarryOver }"
    every = rows(store, f"SELECT ?flow {{ {kinds} {flows} }}")
    assert len(every) > 10
    assert len(rows(store, f"SELECT ?flow {{ {kinds} {flows} {balance} }}")) == len(every)


def _printed(total: str) -> Callable[[CellFact], Fact]:
    def changed(fact: CellFact) -> Fact:
        line = fact.table == "revenue" and fact.name == "合计" and fact.column == "上级一般公共预算转移支付"
        return replace(fact, amount=Decimal(total)) if line else fact

    return changed


@pytest.mark.parametrize(
    ("printed", "gap", "verdict"),
    [
        ("12.38", "0", "ok"),
        ("12.39", "100", "rounding"),
        ("15.38", "30000", "incomplete"),
        ("9.38", "-30000", "violation"),
    ],
)
def test_a_gap_is_judged_by_the_printed_decimals(printed: str, gap: str, verdict: str) -> None:
    [(_, _, right, found, said)] = transfers(_printed(printed))
    assert (right, found, said) == ("123800", gap, verdict)


def test_a_check_names_what_it_uses_and_where_that_is_printed() -> None:
    store = built()
    assert rows(store, "SELECT ?x { ?x a bl:Reconciliation FILTER NOT EXISTS { ?x bl:evidence/bl:verbatim ?y } }") == []
    used = rows(store, 'SELECT ?k { ?x bl:rule "transfers_by_document" ; bl:checks/a ?k }')
    assert {kind for (kind,) in ends(used)} == {"ont#Disclosure", "ont#BudgetObservation", "ont#Allocation"}


def test_nothing_is_checked_where_the_upper_side_is_not_printed() -> None:
    sha256, facts = document("qitai-2025")
    store = open_store(MEMORY)
    build([(sha256, [fact for fact in facts if getattr(fact, "table", None) != "revenue"])], store)
    assert {rule for rule, *_ in checks(store)} == {"money_in_and_out"}
