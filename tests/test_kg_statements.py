"""Facts to quads: what one document states, each figure exact and with its place."""

import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from kg_documents import NAMES, facts_of
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg import iris
from kg.rdf import decimal, money, plain
from kg.statements import quads
from ontology.errors import CaimaiError
from ontology.facts import CellFact, ChangeFact, Fact, KpiFact, ProjectFact
from ontology.terms import BL

GOLDEN = Path(__file__).parent / "golden" / "artux-2026.nq"
GRANT = "110万元补助发放给克州润华纺织有限公司"


def said(found: list[Quad], predicate: NamedNode, **narrowed: str) -> list[str]:
    """The values of a predicate, of subjects whose address holds the given words."""
    part = narrowed.get("of", "")
    values = [quad.object for quad in found if quad.predicate == predicate and part in str(quad.subject)]
    return sorted(value.value for value in values if isinstance(value, NamedNode | Literal))


def with_project(facts: list[Fact], **changes: object) -> list[Fact]:
    """The facts with every narrative project changed."""
    return [replace(fact, **changes) if isinstance(fact, ProjectFact) else fact for fact in facts]  # type: ignore[arg-type]


def test_the_quads_of_a_document_are_those_of_the_golden_file() -> None:
    lines = [f"{quad} ." for quad in quads(facts_of("artux-2026"))]
    assert lines == sorted(lines)
    assert lines == GOLDEN.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_facts_give_the_same_quads(name: str) -> None:
    assert quads(facts_of(name)) == quads(facts_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_everything_stated_stands_in_the_graph_of_its_file_and_nothing_is_a_blank_node(name: str) -> None:
    facts = facts_of(name)
    for quad in quads(facts):
        assert quad.graph_name == iris.file_graph(facts[0].source.sha256)
        assert not isinstance(quad.subject, BlankNode)
        assert not isinstance(quad.object, BlankNode)


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_has_a_place_and_every_place_its_words(name: str) -> None:
    found = quads(facts_of(name))
    figures = {quad.subject for quad in found if quad.predicate == BL.statedAmount}
    placed = {quad.subject: quad.object for quad in found if quad.predicate == BL.evidence}
    worded = {quad.subject for quad in found if quad.predicate == BL.verbatim}
    assert figures <= set(placed)
    assert set(placed.values()) <= worded


def test_no_facts_give_no_quads() -> None:
    assert quads([]) == []


def test_facts_of_two_documents_are_refused() -> None:
    with pytest.raises(CaimaiError, match="one document"):
        quads([*facts_of("qitai-2024"), *facts_of("qitai-2025")])


@pytest.mark.parametrize(
    ("value", "written"),
    [("7.3788", "7.3788"), ("1312.00", "1312"), ("0.00", "0"), ("-0.00", "0"), ("-37.04", "-37.04"), ("1E+3", "1000")],
)
def test_decimals_are_written_in_one_exact_form(value: str, written: str) -> None:
    assert plain(Decimal(value)) == written


def test_no_decimal_becomes_a_double() -> None:
    assert str(decimal(Decimal("73800.00"))).endswith("#decimal>")


def test_an_amount_is_kept_in_yuan_as_stated_and_as_printed() -> None:
    values = {predicate: value and value.value for predicate, value in money(Decimal("1312.00"), "万元", "1,312.00")}
    assert values == {
        BL.amountCNY: "13120000",
        BL.statedAmount: "1312",
        BL.printedAmount: "1,312.00",
        BL.statedUnit: "https://w3id.org/cnbl/code/unit/ten-thousand-yuan",
        BL.statedDecimals: "2",
    }


def test_an_amount_without_a_unit_has_no_yuan() -> None:
    values = dict(money(Decimal("7.38"), None))
    assert values[BL.amountCNY] is None
    assert values[BL.statedAmount] is not None


def test_one_project_with_two_lines_has_two_allocations() -> None:
    found = quads(facts_of("qitai-2025"))
    assert said(found, BL.amountCNY, of="alloc.奇财预-2025-68号") == ["30300", "769600"]
    assert len(set(said(found, BL.forProject, of="alloc.奇财预-2025-68号"))) == 1


def test_one_document_with_two_carry_overs_has_two_flows() -> None:
    found = quads(facts_of("artux-2026"))
    assert said(found, BL.printedAmount, of="flow") == ["110", "110.00", "120.00", "2,468.66", "2,628.60", "294.89"]
    documents = [value.rpartition("/")[2] for value in said(found, BL.underDocument, of="carry.克财建-2025-64")]
    assert documents == ["克财建-2025-64", "克财建-2025-64"]


def test_a_carry_over_comes_from_the_year_before() -> None:
    found = quads(facts_of("qitai-2025"))
    assert said(found, BL.fromFiscalYear) == ["2024"]
    assert said(found, BL.fiscalYear, of=".carry.") == ["2025"]


def test_a_carry_over_told_but_not_tabulated_is_a_flow_all_the_same() -> None:
    facts = [fact for fact in facts_of("qitai-2025") if not (isinstance(fact, CellFact) and fact.table == "carryover")]
    found = quads(facts)
    assert said(found, BL.amountCNY, of=".carry.") == ["108900"]
    assert said(found, BL.budgetedAs, of=".carry.") == []


def test_a_withheld_project_is_named_but_never_under_a_document() -> None:
    facts = [
        replace(fact, name="昌州财办行〔2023〕26号资金")
        if isinstance(fact, ProjectFact) and not fact.disclosed
        else fact
        for fact in facts_of("qitai-2024")
    ]
    facts = [
        replace(fact, project="昌州财办行[2023]26号资金")
        if isinstance(fact, CellFact) and fact.project == "特定目标"
        else fact
        for fact in facts
    ]
    found = quads(facts)
    assert said(found, BL.disclosureStatus, of="昌州财办行") == ["https://w3id.org/cnbl/code/status/withheld"]
    assert (
        said(found, BL.amountCNY, of="obs/652325.商务和工业信息化局.2024.initial.unit.general_budget_project.2014004")
        != []
    )
    assert not [quad for quad in found if quad.predicate == BL.underDocument and "26" in str(quad.object)]
    assert not [quad for quad in found if quad.predicate == BL.fundedUnder and "26" in str(quad.object)]


def test_a_form_keeps_its_own_total_beside_the_budget() -> None:
    found = quads(facts_of("qitai-2025"))
    assert said(found, BL.targetTotalCNY, of="昌州财教-2024-65号") == ["73700"]
    assert said(found, BL.amountCNY, of="alloc.昌州财教-2024-65号") == ["73800"]


def test_a_form_belongs_to_the_project_whose_exact_name_it_bears() -> None:
    assert len(said(quads(facts_of("qitai-2025")), BL.targetOf)) == 4
    assert said(quads(facts_of("artux-2026")), BL.targetOf) == []


def test_indicators_keep_their_order_operator_value_unit_and_weight() -> None:
    found = quads(facts_of("qitai-2025"))
    third = "昌州财教-2024-65号2025年中央三区科技人才支持计划~34dddce3.05"
    assert said(found, BL.indicatorName, of=third) == ["人员补助经费标准"]
    assert said(found, BL.operator, of=third) == ["https://w3id.org/cnbl/code/op/le"]
    assert said(found, BL.targetValue, of=third) == ["1.28"]
    assert iris.printed(NamedNode(said(found, BL.targetUnit, of=third)[0])) == "万元/人"


def test_a_target_by_month_is_kept_in_words() -> None:
    month: dict[str, Any] = {"date": "2025-10", "raw": "2025年10月", "op": None, "value": None, "unit": None}
    facts = facts_of("artux-2026")
    found = quads([replace(fact, **month) if isinstance(fact, KpiFact) else fact for fact in facts])
    assert said(found, BL.targetText) == ["2025年10月"]
    assert said(found, BL.targetDate) == []


def test_a_change_implies_last_years_figure() -> None:
    found = quads(facts_of("qitai-2025"))
    assert said(found, BL.impliedPriorCNY, of="招商引资") == ["1140000"]
    assert said(found, BL.deltaCNY, of="招商引资") == ["-370400"]


def test_a_change_in_words_that_are_not_known_implies_nothing() -> None:
    facts = [
        replace(fact, direction="变动") if isinstance(fact, ChangeFact) else fact for fact in facts_of("qitai-2025")
    ]
    assert said(quads(facts), BL.impliedPriorCNY) == []


def test_the_old_name_on_forms_is_kept_as_printed() -> None:
    assert said(quads(facts_of("qitai-2025")), BL.verbatim, of="/name/") == [
        "奇台县商务和工业信息化局",
        "奇台县商务科技和工业信息化局",
    ]


@pytest.mark.parametrize(
    ("words", "amounts"),
    [
        (GRANT, ["1100000"]),
        ("补助110万元，发放给克州润华纺织有限公司", ["1100000"]),
        ("拨付给某某种植专业合作社20万元，其余自用", ["200000"]),
        ("总投资200万元，补助资金发放给某某有限公司", []),
        ("110万元发放给张某某", []),
        ("110万元发放给甲有限公司、乙有限公司", []),
        ("共100万元，其中拨付给甲有限公司20万元", ["200000"]),
        ("7.38万元全部用于奇台县商务科技和工业信息化局人员补助经费", []),
    ],
)
def test_a_grant_is_handed_on_where_one_amount_goes_to_one_organisation(words: str, amounts: list[str]) -> None:
    found = quads(with_project(facts_of("artux-2026"), allocation=words, purpose=None))
    assert sorted(set(said(found, BL.amountCNY, of=".grant."))) == amounts


def test_the_order_of_equal_addresses_follows_the_document() -> None:
    keys = ["a", "b", "a", "a"]
    assert iris.numbered(keys) == ["a", "b", "a~2", "a~3"]
    random.Random(1).shuffle(keys)
    assert sorted(iris.numbered(keys)) == ["a", "a~2", "a~3", "b"]


def test_a_document_that_does_not_say_whose_it_is_is_known_by_its_file() -> None:
    facts = [fact for fact in facts_of("artux-2026") if fact.fact != "document"]
    found = quads(facts)
    assert said(found, BL.disclosureOf) == []
    assert all(iris.FILE_GRAPHS.rpartition("/")[2] not in str(quad.subject) for quad in found)
    assert f"disc/file-{facts[0].source.sha256[:16]}" in str(found)
