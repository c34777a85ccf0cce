"""What an indicator measures over years, and which subjects spending moved between: by exact names, else candidates."""

from dataclasses import replace

import pytest
from kg_documents import NAMES, document, ends, rows
from pyoxigraph import Store

from kg.build import build
from kg.store import MEMORY, open_store
from ontology.facts import Fact, KpiFact, ReclassificationFact


def store_with(*changed: tuple[str, list[Fact]]) -> Store:
    store = open_store(MEMORY)
    build([*changed, *(document(name) for name in NAMES if document(name)[0] not in dict(changed))], store)
    return store


def graded(store: Store, predicate: str) -> list[tuple[str | None, ...]]:
    query = f"""SELECT ?name ?grade WHERE {{ ?l bl:linkPredicate {predicate} ; bl:linkSubject ?i ; bl:grade ?grade .
        ?i bl:indicatorName ?name }} ORDER BY ?grade ?name"""
    return ends(rows(store, query))


def indicators(change: dict[str, object]) -> list[tuple[str | None, ...]]:
    """The definitions where the indicators of 奇台县 2025 that both years have are changed."""
    sha256, facts = document("qitai-2025")
    told = [replace(fact, **change) if isinstance(fact, KpiFact) else fact for fact in facts]  # type: ignore[arg-type]
    return graded(store_with((sha256, told)), "bl:definition")


def test_indicators_of_one_name_in_a_continued_project_have_one_definition() -> None:
    store = store_with()
    found = rows(store, """SELECT ?d (COUNT(DISTINCT ?y) AS ?years) (COUNT(DISTINCT ?n) AS ?names) WHERE {
        ?d a bl:IndicatorDefinition ; skos:prefLabel ?label ; bl:rule "definition_by_name" .
        ?i bl:definition ?d ; bl:indicatorName ?n .
        ?t bl:hasIndicator ?i ; bl:fiscalYear ?y } GROUP BY ?d""")  # fmt: skip
    assert found
    assert {(years, names) for _, years, names in found} == {("2", "1")}


def test_indicators_of_another_unit_are_candidates_only() -> None:
    found = indicators({"unit": "个案"})
    assert found
    assert {grade for _, grade in found} == {"candidate"}


def test_indicators_of_another_name_are_not_linked() -> None:
    assert indicators({"level3": "从未有过的指标"}) == []


@pytest.mark.parametrize(
    ("told_in", "path", "grade"),
    [
        ("artux-2026", ("一般公共服务支出", "商贸事务", "招商引资"), "derived"),
        ("qitai-2025", ("一般公共服务支出", "商贸服务", "招商引资"), "candidate"),
        ("qitai-2025", ("科学技术支出", "商贸事务", "招商引资"), "candidate"),
        ("artux-2026", ("一般公共服务支出", "商贸服务", "招商引资"), None),  # its own tables have no such subject
        ("artux-2026", ("一般公共服务支出", "商贸事务", "没有的科目"), None),
    ],
)
def test_a_subject_that_spending_moved_from_is_known_by_its_names(
    told_in: str, path: tuple[str, ...], grade: str | None
) -> None:
    sha256, facts = document(told_in)
    source = replace(facts[-1].source, text="科目调整")
    moved = ReclassificationFact(source=source, from_path=path, to_path=("甲", "乙", "丙"))
    store = store_with((sha256, [*facts, moved]))
    found = rows(store, "SELECT ?o ?g WHERE { ?l bl:linkPredicate bl:fromSubject ; bl:linkObject ?o ; bl:grade ?g }")
    assert ends(found) == ([("2011308", grade)] if grade else [])
