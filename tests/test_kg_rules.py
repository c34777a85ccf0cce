"""What documents taken together tell: the four answers, and what the rules refuse to conclude."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from kg_documents import NAMES, ask, built, document, ends, facts_of, rows, stored
from pyoxigraph import Store

from kg import iris
from ontology.facts import CellFact, ChangeFact, DocumentFact, Fact, KpiTableFact, ProjectFact

GOLDEN = Path(__file__).parent / "golden" / "derived.nq"
NEW, OLD = "652325.商务科技和工业信息化局", "652325.商务和工业信息化局"
Change = Callable[[Fact], Fact | None]


@pytest.fixture(scope="module")
def store() -> Store:
    return built()


def _same(fact: Fact) -> Fact:
    return fact


def changed(*changes: tuple[str, Change], names: Iterable[str] = NAMES) -> Store:
    """A store of the documents with the facts of some of them changed; None drops a fact."""
    by_name = dict(changes)
    documents = []
    for name in names:
        facts = [fact for old in facts_of(name) if (fact := by_name.get(name, _same)(old)) is not None]
        documents.append((document(name)[0], facts))
    return stored(*documents)[0]


def links(store: Store, predicate: str, subject: str = "") -> list[tuple[str | None, ...]]:
    """What stands in the link assertions of a predicate: end of the object's address, grade, rule."""
    query = f"""SELECT ?o ?g ?r WHERE {{
        ?l bl:linkSubject ?s ; bl:linkPredicate bl:{predicate} ; bl:linkObject ?o ; bl:grade ?g ; bl:rule ?r
        FILTER(CONTAINS(STR(?s), "{subject}")) }} ORDER BY ?s ?o"""
    return ends(rows(store, query))


# ---- first answer: 昌州财教〔2024〕65号 ----------------------------------------


def test_65_is_central_money_relayed_by_the_region_and_issued_by_the_prefecture(store: Store) -> None:
    assert links(store, "originLevel", "昌州财教-2024-65") == [("central", "derived", "origin_level_by_words")]
    assert links(store, "relayedFor", "昌州财教-2024-65") == [("650000.财政厅", "derived", "relaying_body_by_basis")]
    assert links(store, "issuer", "昌州财教-2024-65") == [("652300.财政局", "derived", "issuer_by_prefix")]
    assert rows(
        store, 'SELECT ?n WHERE { ?d bl:documentNumber "昌州财教〔2024〕65号" ; bl:issuer/bl:officialName ?n }'
    ) == [("昌吉回族自治州财政局",)]


def test_65_gives_one_body_7_38_in_2025_under_2060599(store: Store) -> None:
    query = """SELECT ?body ?year ?code ?subject ?yuan ?printed ?project WHERE {
        ?d bl:documentNumber "昌州财教〔2024〕65号" .
        ?f a bl:Allocation ; bl:underDocument ?d ; bl:toParty/bl:officialName ?body ; bl:fiscalYear ?year ;
          bl:amountCNY ?yuan ; bl:printedAmount ?printed ; bl:forProject/bl:projectName ?project ;
          bl:budgetedAs/bl:functionalSubject ?s .
        ?s bl:subjectCode ?code ; skos:prefLabel ?subject FILTER(LANG(?subject) = "zh") }"""
    project = "昌州财教[2024]65号2025年中央“三区”科技人才支持计划"
    subject = "其他科技条件与服务支出"
    body = "奇台县商务科技和工业信息化局"
    assert rows(store, query) == [(body, "2025", "2060599", subject, "73800", "7.38", project)]


def test_65_comes_down_in_three_hops_of_which_only_the_last_has_an_amount(store: Store) -> None:
    query = """SELECT ?level ?from ?to ?yuan WHERE {
        ?last bl:underDocument/bl:documentNumber "昌州财教〔2024〕65号" .
        ?hop bl:feeds* ?last ; bl:toParty ?to ; bl:fiscalYear ?year
        OPTIONAL { ?hop bl:fromParty ?from }
        OPTIONAL { ?hop bl:originLevel ?level }
        OPTIONAL { ?hop bl:amountCNY ?yuan }
      } ORDER BY DESC(?level) ?from"""
    assert ends(rows(store, query)) == [
        ("central", None, "650000.财政厅", None),
        (None, "650000.财政厅", "652300.财政局", None),
        (None, "652300.财政局", NEW, "73800"),
    ]


def test_65_has_its_form_with_its_own_total_and_nine_indicators(store: Store) -> None:
    query = """SELECT ?total (COUNT(?i) AS ?n) WHERE {
        ?p bl:fundedUnder/bl:documentNumber "昌州财教〔2024〕65号" .
        ?t bl:targetOf ?p ; bl:targetTotalCNY ?total ; bl:hasIndicator ?i
      } GROUP BY ?total"""
    assert rows(store, query) == [("73700", "9")]
    conflicts = rows(store, 'SELECT ?w WHERE { ?c bl:rule "total_of_form_and_lines" ; bl:rationale ?w } ORDER BY ?w')
    assert conflicts == [("绩效表金额7.37万元，预算列7.38万元",), ("绩效表金额80万元，预算列79.99万元",)]


# ---- second answer: 昌州财教〔2024〕49号 ----------------------------------------


def test_49_is_first_seen_as_a_carry_over_from_2024(store: Store) -> None:
    query = """SELECT ?kind ?from ?year ?printed WHERE {
        ?f a ?kind ; bl:underDocument/bl:documentNumber "昌州财教〔2024〕49号" ; bl:fiscalYear ?year ;
          bl:printedAmount ?printed
        OPTIONAL { ?f bl:fromFiscalYear ?from } }"""
    assert rows(store, query) == [("https://w3id.org/cnbl/ont#CarryOver", "2024", "2025", "10.89")]
    assert links(store, "originLevel", "昌州财教-2024-49") == [("province", "derived", "origin_level_by_words")]


def test_49_stands_under_the_only_subject_that_carries_its_amount(store: Store) -> None:
    assert links(store, "functionalSubject", "carry.昌州财教-2024-49") == [
        ("2060404", "derived", "carry_over_subject_by_amount")
    ]


def test_two_subjects_with_the_amount_are_both_candidates() -> None:
    def doubled(fact: Fact) -> Fact | None:
        if isinstance(fact, CellFact) and fact.table == "revenue":
            if fact.code in ("20607", "2060702"):
                column = "财政拨款结转" if fact.column == "上级一般公共预算转移支付" else fact.column
                return replace(fact, amount=Decimal("10.89"), column=column)
            return None if fact.code in (None, "206") else fact
        return fact

    store = changed(("qitai-2025", doubled))
    found = links(store, "functionalSubject", "carry.昌州财教-2024-49")
    assert [(subject, grade) for subject, grade, _ in found] == [("2060404", "candidate"), ("2060702", "candidate")]
    assert not ask(store, "?f a bl:CarryOver ; bl:functionalSubject ?s ; bl:fiscalYear 2025")


# ---- third answer: 克财建〔2025〕64号 ----------------------------------------


def test_64_is_one_document_with_two_carry_overs_that_stay_two(store: Store) -> None:
    query = """SELECT ?printed ?from ?to WHERE {
        ?f bl:underDocument/bl:documentNumber "克财建〔2025〕64号" ; bl:printedAmount ?printed ;
          bl:fromFiscalYear ?from ; bl:fiscalYear ?to } ORDER BY ?printed"""
    assert rows(store, query) == [("2,468.66", "2025", "2026"), ("2,628.60", "2025", "2026")]
    numbers = rows(store, 'SELECT DISTINCT ?d WHERE { ?d bl:documentNumber ?n FILTER(CONTAINS(?n, "〕64号")) }')
    assert len(numbers) == 1


def test_carry_overs_that_are_left_belong_to_the_one_subject_that_is_left_if_they_add_up(store: Store) -> None:
    assert (
        links(store, "functionalSubject", "carry.克财建")
        == [("2150204", "derived", "carry_over_subject_by_remainder")] * 3
    )


# ---- fourth answer: 招商引资经费 over two years and two names of the body ----------------------------------------


def test_the_new_body_succeeds_the_one_whose_figures_it_compares_with(store: Store) -> None:
    assert links(store, "succeeds", NEW) == [
        (OLD, "derived", "succeeded_by_figures"),
        ("652325.科学技术局", "derived", "merged_by_sentence"),
    ]
    why = rows(store, 'SELECT ?w WHERE { ?l bl:rule "succeeded_by_figures" ; bl:rationale ?w }')
    assert why == [("比上年的句子推出的2024年数共12个，与该单位当年公开数相等的12个；2025年的公开中仍用旧名4处",)]


def test_the_change_of_bodies_is_a_merger_between_the_dates_of_the_two_disclosures(store: Store) -> None:
    query = (
        "SELECT ?k ?a ?b WHERE { ?c a bl:AgencyChange ; bl:changeKind ?k ; bl:effectiveFrom ?a ; bl:effectiveTo ?b }"
    )
    assert ends(rows(store, query)) == [("merger", "2024-02-21", "2025-02-10")]


def test_the_old_name_on_the_new_forms_is_used_for_the_new_body(store: Store) -> None:
    query = 'SELECT ?b WHERE { ?n bl:verbatim "奇台县商务和工业信息化局" ; bl:nameUsedFor ?b } ORDER BY ?b'
    assert ends(rows(store, query)) == [(OLD,), (NEW,)]


def test_the_project_of_2025_continues_the_one_of_2024_across_the_renamed_body(store: Store) -> None:
    query = """SELECT ?new ?year ?printed ?old ?was WHERE {
        ?p bl:continues ?q ; bl:projectName ?new ; bl:fiscalYear ?year . ?q bl:projectName ?old .
        ?a bl:forProject ?p ; bl:printedAmount ?printed . ?b bl:forProject ?q ; bl:printedAmount ?was
      } ORDER BY DESC(?printed)"""
    new, old = "奇财预【2025】68号2025年招商引资经费", "奇财预【2024】55号2024年招商引资经费"
    assert rows(store, query) == [(new, "2025", "76.96", old, "70.00"), (new, "2025", "3.03", old, "70.00")]


def test_70_and_44_are_two_projects_and_only_one_goes_on(store: Store) -> None:
    query = """SELECT ?name WHERE { ?p a bl:Project ; bl:fiscalYear 2024 ; bl:projectName ?name
        FILTER(CONTAINS(?name, "招商")) FILTER NOT EXISTS { ?next bl:continues ?p } }"""
    assert rows(store, query) == [("奇财预【2024】56号2024年招商企业服务中心运转经费",)]


def unequal(*subjects: str) -> Store:
    """The figures of 2024 that 2025 implies, of some subjects not those that 2024 has, and no sentence on a merger."""

    def differs(fact: Fact) -> Fact:
        if not isinstance(fact, ChangeFact):
            return fact
        delta = fact.delta + Decimal("0.01") if fact.delta is not None and fact.subject in subjects else fact.delta
        return replace(fact, delta=delta, reason=None)

    return changed(("qitai-2025", differs))


def test_one_figure_in_ten_that_differs_does_not_hide_the_succession() -> None:
    store = unequal("招商引资")
    assert links(store, "succeeds", NEW) == [(OLD, "derived", "succeeded_by_figures")]
    (why,) = rows(store, 'SELECT ?w WHERE { ?l bl:rule "succeeded_by_figures" ; bl:rationale ?w }')
    assert "共12个，与该单位当年公开数相等的11个" in str(why)


def test_more_figures_that_differ_leave_the_succession_a_candidate() -> None:
    store = unequal("招商引资", "住房公积金")
    assert links(store, "succeeds", NEW) == [(OLD, "candidate", "succeeded_by_figures")]
    assert not ask(store, "?new bl:succeeds ?old")
    assert not ask(store, "?new bl:continues ?old")


@pytest.mark.parametrize(
    ("reason", "old"),
    [
        ("科学技术局合并到我局，人员增加", ["652325.科学技术局"]),
        ("2024年县科学技术局整体并入本局", ["652325.科学技术局"]),
        ("将奇台县粮食和物资储备局并入我单位", ["652325.粮食和物资储备局"]),
        ("2024年林业和草原局合并到我局", ["652325.林业和草原局"]),
        ("机构改革后科学技术局与我局合并，人员增加", ["652325.科学技术局"]),
        ("科学技术局与我局合并办公，水电费增加", []),
        ("机构改革后发展和改革委员会并入本单位", ["652325.发展和改革委员会"]),
        ("科学技术局和商务局并入我局", ["652325.商务局", "652325.科学技术局"]),
        ("由于市场监督管理局并入我局", ["652325.市场监督管理局"]),
        ("发展和改革委员会部分职能划入我局", []),
        ("科学技术局人员划入我局", []),
        ("人员增加", []),
    ],
)
def test_a_merger_is_concluded_from_a_sentence_that_says_who_was_merged_in(reason: str, old: list[str]) -> None:
    def told(fact: Fact) -> Fact | None:
        if isinstance(fact, ChangeFact):
            return replace(fact, reason=reason)
        return fact if isinstance(fact, DocumentFact) else None

    store = changed(("qitai-2025", told), names=["qitai-2025"])
    assert [body for body, _, rule in links(store, "succeeds") if rule == "merged_by_sentence"] == old


def test_four_equal_figures_are_too_few() -> None:
    kept = {"招商引资", "行政运行", "住房公积金", "公务员医疗补助"}

    def few(fact: Fact) -> Fact | None:
        return None if isinstance(fact, ChangeFact) and fact.subject not in kept else fact

    assert links(changed(("qitai-2025", few)), "succeeds", NEW) == [(OLD, "candidate", "succeeded_by_figures")]


def test_a_body_that_disclosed_the_year_before_itself_succeeds_nobody_by_figures() -> None:
    store = changed(names=("qitai-2025", "artux-2026"))
    assert links(store, "succeeds") == [("652325.科学技术局", "derived", "merged_by_sentence")]


def test_two_projects_of_one_name_leave_the_continuation_a_candidate() -> None:
    def renamed(fact: Fact) -> Fact:
        other = "奇财预【2024】56号2024年招商引资经费"
        if isinstance(fact, CellFact) and fact.project and "56号" in fact.project:
            return replace(fact, project=other)
        return replace(fact, name=other) if isinstance(fact, ProjectFact) and "56号" in fact.name else fact

    found = links(changed(("qitai-2024", renamed)), "continues")
    assert [grade for _, grade, _ in found] == ["candidate", "candidate"]


# ---- further rules ----------------------------------------


def test_a_withheld_project_takes_part_in_no_link(store: Store) -> None:
    for part in ("特定目标", "昌州财办行-2023-26"):
        query = "SELECT ?r WHERE { ?l bl:linkSubject ?s ; bl:rule ?r FILTER(CONTAINS(STR(?s), '%s')) }"
        assert rows(store, query % part) == ([] if part == "特定目标" else [("issuer_by_prefix",)])
    assert not ask(store, "?f bl:underDocument <https://w3id.org/cnbl/id/doc/昌州财办行-2023-26>")


def test_one_programme_over_two_years_is_one_node(store: Store) -> None:
    query = """SELECT ?number WHERE {
        ?d bl:programme ?p ; bl:documentNumber ?number . ?p rdfs:label "新疆人才发展基金"@zh } ORDER BY ?number"""
    assert rows(store, query) == [("克财行〔2025〕17号",), ("克财行〔2025〕46号",)]


def test_a_place_name_at_the_head_of_a_programme_only_suggests_an_origin(store: Store) -> None:
    assert links(store, "originLevel", "克财行-2025-46") == [("province", "candidate", "origin_level_by_place")]
    assert not ask(store, "<https://w3id.org/cnbl/id/doc/克财行-2025-46> bl:originLevel ?level")


def test_words_of_two_levels_are_both_candidates() -> None:
    def renamed(fact: Fact) -> Fact:
        other = "昌州财教[2024]63号2025年中央及自治区“基层科普行动计划”资金"
        if isinstance(fact, CellFact) and fact.project and "63号" in fact.project:
            return replace(fact, project=other)
        return replace(fact, name=other) if isinstance(fact, ProjectFact) and "63号" in fact.name else fact

    found = links(changed(("qitai-2025", renamed)), "originLevel", "昌州财教-2024-63")
    assert [(level, grade) for level, grade, _ in found] == [("central", "candidate"), ("province", "candidate")]


def test_a_form_under_another_name_goes_to_the_one_project_of_equal_money(store: Store) -> None:
    found = links(store, "targetOf")
    assert [(grade, rule) for _, grade, rule in found] == [("derived", "form_by_total")]


def test_a_form_whose_money_no_project_has_stays_with_its_disclosure() -> None:
    def dearer(fact: Fact) -> Fact:
        return replace(fact, total=Decimal("111.00")) if isinstance(fact, KpiTableFact) else fact

    store = changed(("artux-2026", dearer), names=["artux-2026"])
    assert links(store, "targetOf") == []
    assert ask(store, "?t a bl:PerformanceTarget ; bl:disclosedIn ?d FILTER NOT EXISTS { ?t bl:targetOf ?p }")


def test_a_number_in_the_name_against_another_in_the_basis_is_a_conflict_of_both(store: Store) -> None:
    query = (
        'SELECT ?n WHERE { ?c bl:rule "document_in_name_and_basis" ; bl:conflictSide/bl:documentNumber ?n } ORDER BY ?n'
    )
    assert rows(store, query) == [("奇财预〔2024〕67号",), ("奇财预〔2025〕67号",)]


def test_a_grant_is_fed_by_the_allocation_of_its_project(store: Store) -> None:
    query = """SELECT ?number ?yuan ?name WHERE { ?a bl:feeds ?g ; bl:underDocument/bl:documentNumber ?number .
        ?g a bl:OnwardGrant ; bl:amountCNY ?yuan ; bl:toParty/rdfs:label ?name }"""
    assert rows(store, query) == [("克财行〔2025〕46号", "1100000", "克州润华纺织有限公司")]


def test_an_allocation_feeds_the_carry_over_of_its_document_into_the_next_year() -> None:
    number = "昌州财教[2024]49号2024年自治区科技计划专项资金[第三批]"

    def budgeted(fact: Fact) -> Fact:
        if isinstance(fact, CellFact) and fact.project and "55号" in fact.project:
            return replace(fact, project=number)
        return replace(fact, name=number) if isinstance(fact, ProjectFact) and "55号" in fact.name else fact

    store = changed(("qitai-2024", budgeted))
    query = """SELECT ?g ?r WHERE {
        ?l bl:linkPredicate bl:feeds ; bl:grade ?g ; bl:rule ?r ; bl:linkSubject ?a ; bl:linkObject ?c .
        ?a a bl:Allocation . ?c a bl:CarryOver }"""
    assert ends(rows(store, query)) == [("derived", "carried_from_allocation")]
    assert not ask(store, "?hop a bl:MoneyFlow ; bl:feeds ?c . ?c a bl:CarryOver ; bl:fiscalYear 2025")


def test_every_link_has_a_rule_a_grade_a_reason_and_a_place(store: Store) -> None:
    bare = """?l a bl:LinkAssertion FILTER NOT EXISTS {
        ?l bl:rule ?r ; bl:grade ?g ; bl:rationale ?w ; bl:evidence/bl:verbatim ?v ;
          bl:linkSubject ?s ; bl:linkObject ?o }"""
    assert ask(store, "?l a bl:LinkAssertion")
    assert not ask(store, bare)


def test_a_derived_link_is_followed_and_a_candidate_is_not(store: Store) -> None:
    link = "?l bl:grade grade:{} ; bl:linkSubject ?s ; bl:linkPredicate ?p ; bl:linkObject ?o"
    assert not ask(store, link.format("derived") + " FILTER NOT EXISTS { ?s ?p ?o }")
    assert not ask(store, link.format("candidate") + " FILTER EXISTS { ?s ?p ?o }")


def test_identities_and_links_are_those_of_the_golden_file(store: Store) -> None:
    graphs = (iris.REGISTRY, *iris.LINKS.values())
    lines = sorted(f"{quad} ." for graph in graphs for quad in store.quads_for_pattern(None, None, None, graph))
    assert lines == GOLDEN.read_text(encoding="utf-8").splitlines()
