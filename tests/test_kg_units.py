"""The units of a department: read from lists and sentences, never added to the department's own figures."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from kg_documents import ask, document, rows
from pyoxigraph import Store

from kg.build import build
from kg.store import MEMORY, open_store
from kg.sums import total
from kg.unsafe_sums import UnsafeSum
from ontology.facts import CellFact, DocumentFact, Fact, MemberFact, PassageFact, Source

DEPARTMENT, UNIT = "奇台县商务科技和工业信息化局", "奇台县招商服务中心"


def told(facts: Sequence[Fact], sha256: str, *paragraphs: str, agency: str = DEPARTMENT) -> list[Fact]:
    """The facts as of another file of another body, with these paragraphs on its organisation in place of its own."""
    own = [fact for fact in facts if not (isinstance(fact, PassageFact) and fact.part == "organisation")]
    moved = [replace(fact, source=replace(fact.source, sha256=sha256)) for fact in own]
    named = [replace(fact, agency=agency) if isinstance(fact, DocumentFact) else fact for fact in moved]
    said = [
        PassageFact(source=Source("一.txt", sha256, line=at, text=text), part="organisation", number=500 + at)
        for at, text in enumerate(paragraphs, 1)
    ]
    file = named[0].source.file
    return [*named, *(replace(fact, source=replace(fact.source, file=file)) for fact in said)]


def store_of(*paragraphs: str) -> Store:
    store = open_store(MEMORY)
    build([("d" * 64, told(document("qitai-2025")[1], "d" * 64, *paragraphs))], store)
    return store


def test_what_a_unit_has_from_its_department_is_not_added_to_the_total_of_both() -> None:
    facts = document("qitai-2025")[1]
    given = [
        replace(fact, column="上级补助收入") if isinstance(fact, CellFact) and fact.column == "单位资金" else fact
        for fact in facts
    ]
    store = open_store(MEMORY)
    whole = told(facts, "d" * 64, f"本部门下属单位包括：{UNIT}。")
    build([("d" * 64, whole), ("e" * 64, told(given, "e" * 64, agency=UNIT))], store)
    with pytest.raises(UnsafeSum, match="上级补助收入 of 奇台县招商服务中心") as error:
        total(store, year=2025, view="revenue")
    assert "4963.38" in error.value.alternative  # both totals of 2685.94 less 408.50
    assert total(store, body=UNIT, year=2025, view="revenue").wan == Decimal("2685.94")


@pytest.mark.parametrize(
    ("paragraphs", "covers"),
    [
        (["纳入本部门2025年部门预算编制范围的预算单位共计2家，具体包括：本部门本级、奇台县招商服务中心。"], {UNIT}),
        (["本部门中，行政单位1家，具体包括：", f"1.{DEPARTMENT}（本部）。", f"2.{UNIT}。"], {UNIT}),
        (["纳入本部门2025年编制范围的预算单位包括：本级、奇台县招商服务中心（新设），不含电商办。"], {UNIT}),
        (["纳入本部门2025年部门预算编制范围的预算单位共计3家，具体包括：奇台县招商服务中心。"], set()),
        (["纳入本部门2025年部门预算编制范围的预算单位包括：奇台县招商服务中心等若干家。"], set()),
        (["纳入本部门2025年部门预算编制范围的预算单位共2个，具体为：1.本部门（本级）；2.奇台县招商服务中心。"], {UNIT}),
        (["纳入本部门2025年度部门决算编制范围的二级预算单位包括：", "1.某局机关", f"2.{UNIT}\n本部门内设某科。"],
         {UNIT}),
        (["奇台县商务科技和工业信息化局下设7个科室，分别是：行政办公室、工业股。"], set()),
    ],
)  # fmt: skip
def test_the_units_whose_figures_are_included(paragraphs: list[str], covers: set[str]) -> None:
    store = store_of(*paragraphs)
    assert {name for (name,) in rows(store, "SELECT ?n { ?d bl:covers/bl:officialName ?n }")} == covers
    assert ask(store, "?u bl:supervisedBy ?d . ?l bl:linkSubject ?u ; bl:rule 'department_by_list'") == bool(covers)


def test_the_units_of_a_table_of_bodies_are_included() -> None:
    store = open_store(MEMORY)
    facts = told(document("qitai-2025")[1], "d" * 64)
    listed = [
        MemberFact(source=replace(facts[0].source, row=row, column=2, text=name), name=name)
        for row, name in enumerate((f"{DEPARTMENT}（本级）", UNIT), 2)
    ]
    build([("d" * 64, [*facts, *listed])], store)
    assert rows(store, "SELECT ?n { ?d bl:covers/bl:officialName ?n }") == [(UNIT,)]


def test_a_unit_that_is_only_below_the_body_is_not_included() -> None:
    store = store_of("本部门下属单位包括：东郊宾馆、奇台县招商服务中心。")
    assert not ask(store, "?d bl:covers ?u")
    names = "SELECT ?n ?a { ?d bl:subordinate ?a . ?a bl:officialName ?n } ORDER BY ?n"
    assert [name for name, _ in rows(store, names)] == ["东郊宾馆", UNIT]


def test_a_name_without_a_place_means_a_unit_of_this_department_only() -> None:
    (found,) = rows(store_of("本部门直属单位包括：机关后勤服务中心。"), "SELECT ?a { ?d bl:subordinate ?a }")
    assert str(found[0]).endswith("652325.商务科技和工业信息化局.机关后勤服务中心")


def test_that_there_are_no_units_is_a_statement() -> None:
    store = store_of(f"{DEPARTMENT}无下属预算单位，下设7个科室。")
    assert ask(store, '?a a bl:AbsenceStatement ; bl:item "下属预算单位" ; bl:evidence ?e')


def test_a_department_and_a_unit_that_it_covers_are_no_sum() -> None:
    facts = document("qitai-2025")[1]
    store = open_store(MEMORY)
    listed = "纳入本部门2025年部门预算编制范围的预算单位包括：本级、奇台县招商服务中心。"
    whole = told(facts, "d" * 64, listed)
    unit = told(facts, "e" * 64, agency=UNIT)
    build([("d" * 64, whole), ("e" * 64, unit)], store)
    with pytest.raises(UnsafeSum, match=f"{DEPARTMENT} · {UNIT}") as error:
        total(store, year=2025, view="revenue")
    assert "2685.94" in error.value.alternative
    assert total(store, body=UNIT, year=2025, view="revenue").wan == total(store, body=DEPARTMENT, year=2025, view="revenue").wan  # fmt: skip  # noqa: E501
