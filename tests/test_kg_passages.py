"""The running text in the graph: paragraphs, duties, offices, terms, figures and subjects that moved."""

from decimal import Decimal
from itertools import count

import pytest
from kg_documents import ask, ends, rows
from pyoxigraph import Store

from kg.statements import quads
from ontology.facts import DocumentFact, Fact, FigureFact, PassageFact, ReclassificationFact, Source

SHA = "a" * 64
NUMBERS = count(1)


def at(text: str, section: str = "一、主要职能") -> Source:
    return Source("a.txt", SHA, line=next(NUMBERS), text=text, section=section)


def graph(*facts: Fact) -> Store:
    head = DocumentFact(
        source=at("奇台县某局2025年部门预算公开"), agency="奇台县某局", year=2025, phase="预算", unit="万元"
    )
    store = Store()
    store.extend(quads([head, *facts]))
    return store


def paragraph(part: str, number: int, text: str) -> PassageFact:
    return PassageFact(source=at(text), part=part, number=number, end_line=99)


def figure(name: str, value: str | None, unit: str | None = "万元", part: str = "procurement") -> FigureFact:
    number = None if value is None else Decimal(value)
    return FigureFact(source=at(f"{name}{value}"), part=part, name=name, value=number, unit=unit, raw=value or "未安排")  # type: ignore[arg-type]


def test_a_paragraph_is_evidence_with_its_section_its_place_and_its_words() -> None:
    store = graph(paragraph("income", 3, "收入预算包括：一般公共预算。"))
    found = rows(store, """SELECT ?section ?title ?n ?words ?end WHERE {
        ?p a bl:ParagraphEvidence ; bl:inSection ?section ; bl:section ?title ; bl:ordinal ?n ; bl:verbatim ?words ;
          bl:inFile ?file ; bl:lineStart ?line ; bl:lineEnd ?end }""")  # fmt: skip
    assert ends(found) == [("income", "一、主要职能", "3", "收入预算包括：一般公共预算。", "99")]


def test_duties_are_told_apart_by_their_numbers_also_within_a_line() -> None:
    store = graph(
        paragraph("duties", 1, "主要职能是："),
        paragraph("duties", 2, "（一）拟订规划；\n第（三）项除外。(2)管理档案。"),
        paragraph("duties", 3, "并组织实施。"),
    )
    found = rows(store, "SELECT ?n ?text WHERE { ?d a bl:Duty ; bl:ordinal ?n ; bl:dutyText ?text } ORDER BY ?n")
    assert found == [("1", "拟订规划；第（三）项除外。"), ("2", "管理档案。并组织实施。")]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("下设3个科室，分别是：办公室、工业股和安全股。", ["办公室", "安全股", "工业股"]),
        ("下设2个科室，分别是：办公室、工业股、安全股。", []),  # it counts two and lists three
        ("无下属单位。", []),
    ],
)
def test_offices_are_listed_where_they_are_as_many_as_the_text_says(words: str, names: list[str]) -> None:
    store = graph(paragraph("organisation", 1, words))
    found = rows(store, "SELECT ?name WHERE { ?o a bl:InternalOffice ; bl:officeOf ?b ; skos:prefLabel ?name }")
    assert sorted(name for (name,) in found if name) == sorted(names)


def test_a_term_that_the_text_explains_is_an_entry_of_its_glossary() -> None:
    store = graph(paragraph("glossary", 1, "一、财政拨款：指财政部门拨付的资金。"), paragraph("glossary", 2, "某局"))
    found = rows(store, "SELECT ?term ?text WHERE { ?g a bl:GlossaryEntry ; skos:prefLabel ?term ; bl:termText ?text }")
    assert found == [("财政拨款", "指财政部门拨付的资金。")]


@pytest.mark.parametrize(
    ("parts", "additive"),
    [(("4.00", "0", "6.00"), ["货物", "工程", "服务"]), (("4.00", "0", "5.00"), ["合计"])],
)
def test_procurement_is_added_up_by_its_parts_where_they_make_its_total(
    parts: tuple[str, ...], additive: list[str]
) -> None:
    named = [figure(name, value) for name, value in zip(("货物", "工程", "服务"), parts, strict=True)]
    store = graph(figure("合计", "10.00"), *named, figure("小微企业预留", "2.00"))
    found = rows(
        store, "SELECT ?item WHERE { ?o bl:inView view:narrative_procurement ; bl:item ?item ; bl:additive true }"
    )
    assert sorted(item for (item,) in found if item) == sorted(additive)
    assert ask(
        store,
        '?o bl:item "小微企业预留" ; bl:rowRole role:row-of-which ; bl:printedAmount "2.00" ; bl:evidence ?at',
    )


def test_counts_and_areas_are_quantities_with_a_unit_and_values_of_assets_are_no_budget() -> None:
    store = graph(
        figure("车辆数", "4", "辆", "assets"),
        figure("房屋面积平方米", "25.5", "平方米", "assets"),
        figure("车辆价值万元", "69.46", "万元", "assets"),
        figure("购置车辆经费", None, None, "assets"),
        figure("在职增减", "-2", "人", "staff"),
    )
    found = rows(store, """SELECT ?item ?n ?unit WHERE {
        ?o a bl:QuantityObservation ; bl:item ?item ; bl:quantity ?n ; bl:quantityUnit ?unit
        } ORDER BY ?item""")  # fmt: skip
    assert ends(found) == [
        ("在职增减", "-2", "person"),
        ("房屋面积平方米", "25.5", "square-metre"),
        ("车辆数", "4", "vehicle"),
    ]
    value = "<https://w3id.org/cnbl/code/amount-type/asset-value>"
    assert rows(store, f"SELECT ?item ?a WHERE {{ ?o bl:amountType {value} ; bl:item ?item ; bl:amountCNY ?a }}") == [
        ("车辆价值万元", "694600")
    ]


def test_a_subject_that_moved_keeps_both_names_as_printed() -> None:
    moved = ReclassificationFact(source=at("变为"), from_path=("甲", "乙"), to_path=("丙", "丁"))
    found = rows(graph(moved), "SELECT ?a ?b WHERE { ?r a bl:SubjectReclassification ; bl:fromPath ?a ; bl:toPath ?b }")
    assert found == [("甲/乙", "丙/丁")]
