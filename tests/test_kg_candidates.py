"""Candidates of carry-overs: a document of a similar title, a predecessor whose own budget is not known."""

from pathlib import Path

import pytest
from kg_documents import built, ends, rows
from pyoxigraph import Store

from kg.build import build
from kg.names import batch, stem
from kg.store import MEMORY, open_read_only, open_store
from ontology.facts import DocumentFact, Fact, ProjectFact, Source
from ontology.money import amount

NUMBERED = "昌州财建【2024】105号-2024年第二批州级预算内前期费"


def told(letter: str, agency: str, name: str, disclosed: bool = True, year: int = 2025) -> tuple[str, list[Fact]]:
    """A disclosure that tells of one carry-over."""
    source = Source(f"{letter}.txt", letter * 64, line=1, text=name)
    head = DocumentFact(source=source, agency=agency, year=year, phase="预算", level="部门")
    carried = ProjectFact(source=source, kind="上年结转结余", name=name, amount=amount("15"), disclosed=disclosed)
    return letter * 64, [head, carried]


def found(store: Store, rule: str) -> list[tuple[str | None, ...]]:
    return ends(
        rows(
            store,
            f'SELECT ?s ?o ?g {{ ?x bl:rule "{rule}" ; bl:linkSubject ?s ; bl:linkObject ?o ; bl:grade ?g }}'
            " ORDER BY ?s",
        )
    )


def similar(*documents: tuple[str, list[Fact]]) -> list[tuple[str | None, ...]]:
    store = open_store(MEMORY)
    build(documents, store)
    return [(document, grade) for _, document, grade in found(store, "document_by_similar_title")]


@pytest.mark.parametrize(
    ("name", "stem_of_it", "batch_of_it"),
    [
        (NUMBERED, "州级预算内前期费", "二"),
        ("2024年州级预算内前期费（第二批）（产业链重点研究）", "州级预算内前期费", "二"),
        ("州级预算内前期费", "州级预算内前期费", None),
        ("2024年第一批、第二批奖补资金", "奖补资金", None),
    ],
)
def test_names_are_compared_without_number_year_batch_and_brackets(
    name: str, stem_of_it: str, batch_of_it: str | None
) -> None:
    assert (stem(name), batch(name)) == (stem_of_it, batch_of_it)


def test_an_unnumbered_carry_over_has_the_document_of_the_same_title_as_a_candidate() -> None:
    numbered = told("a", "昌吉回族自治州科学技术局", NUMBERED)
    other = told("b", "昌吉回族自治州工业和信息化局", "2024年州级预算内前期费（第二批）（重点研究）")
    assert similar(numbered, other) == [("昌州财建-2024-105", "candidate")]


@pytest.mark.parametrize(
    ("agency", "name", "disclosed"),
    [
        ("昌吉回族自治州工业和信息化局", "2024年州级预算内前期费（第一批）", True),
        ("昌吉回族自治州工业和信息化局", "2024年州级预算内前期费（第二批）", False),
        ("昌吉回族自治州工业和信息化局", "2024年州级预算内工作费（第二批）", True),
        ("阿图什市商务科技和工业信息化局", "2024年州级预算内前期费（第二批）", True),
    ],
    ids=["another batch", "withheld", "another name", "another prefecture"],
)
def test_nothing_is_proposed_for(agency: str, name: str, disclosed: bool) -> None:
    numbered = told("a", "昌吉回族自治州科学技术局", NUMBERED)
    assert similar(numbered, told("b", agency, name, disclosed)) == []


def test_nothing_is_proposed_for_money_of_another_year() -> None:
    numbered = told("a", "昌吉回族自治州科学技术局", NUMBERED)
    other = told("b", "昌吉回族自治州工业和信息化局", "州级预算内前期费（第二批）", year=2026)
    assert similar(numbered, other) == []


def test_the_examples_have_few_candidates_and_105_is_one_twice(example_store: Path) -> None:
    store = open_read_only(example_store)
    counted = rows(
        store, "SELECT ?r (COUNT(*) AS ?n) { ?x bl:grade grade:candidate ; bl:rule ?r } GROUP BY ?r ORDER BY ?r"
    )
    assert counted == [
        ("definition_by_name", "2"),
        ("document_by_similar_title", "2"),
        ("issuer_by_prefix", "1"),
        ("moved_subject_by_name", "9"),  # the group is printed under another name
        ("origin_level_by_place", "2"),
        ("predecessor_by_class", "1"),
    ]
    documents = {(str(flow)[:7], document) for flow, document, _ in found(store, "document_by_similar_title")}
    assert documents == {("652300.", "昌州财建-2024-105")}


def test_a_carry_over_of_a_class_that_no_known_predecessor_has_may_come_from_the_other_one() -> None:
    [(flow, body, grade)] = found(built("qitai-2024", "qitai-2025"), "predecessor_by_class")
    assert "carry.昌州财教-2024-49" in str(flow)
    assert (body, grade) == ("652325.科学技术局", "candidate")


def test_without_the_budget_of_any_predecessor_none_is_proposed() -> None:
    assert found(built("qitai-2025"), "predecessor_by_class") == []
