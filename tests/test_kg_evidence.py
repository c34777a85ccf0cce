"""Every figure leads to its words and its place, every inferred triple to its rule: asked of the whole graph."""

from dataclasses import replace
from pathlib import Path

import pytest
from kg_documents import PREFIXES, facts_of, rows
from pyoxigraph import NamedNode, Quad, Store

from kg import iris
from kg.build import build
from kg.rdf import TYPE
from kg.store import MEMORY, file_graphs, open_read_only, open_store, select
from ontology.facts import CellFact, NilFact, ProjectFact
from ontology.terms import BL

FIGURES = (
    BL.amountCNY, BL.statedAmount, BL.printedAmount, BL.quantity, BL.deltaCNY, BL.impliedPriorCNY, BL.statedPercent,
    BL.statedShare, BL.targetTotalCNY, BL.targetFiscalCNY, BL.targetOtherCNY, BL.targetUpperCNY, BL.targetOwnCNY,
    BL.targetValue, BL.targetDate, BL.weight, BL.leftCNY, BL.rightCNY, BL.gapCNY,
)  # fmt: skip


@pytest.fixture(scope="module")
def store(example_store: Path) -> Store:
    return open_read_only(example_store)


def subjects(store: Store, predicate: NamedNode, graph: NamedNode | None = None) -> set[NamedNode]:
    found = store.quads_for_pattern(None, predicate, None, graph)
    return {quad.subject for quad in found if isinstance(quad.subject, NamedNode)}


def test_every_figure_is_two_steps_or_less_from_its_words_and_its_place(store: Store) -> None:
    figures = {thing for predicate in FIGURES for thing in subjects(store, predicate)}
    words = subjects(store, BL.verbatim) & subjects(store, BL.inFile)
    placed = {quad.subject for quad in store.quads_for_pattern(None, BL.evidence, None) if quad.object in words}
    assert len(figures) > 1500
    assert figures - placed == set()


def test_every_place_is_in_a_file_on_a_page_or_line_with_words_as_printed(store: Store) -> None:
    places = {quad.object for quad in store.quads_for_pattern(None, BL.evidence, None)}
    somewhere = subjects(store, BL.page) | subjects(store, BL.lineStart)
    assert places - (somewhere & subjects(store, BL.verbatim) & subjects(store, BL.inFile)) == set()


def test_every_statement_of_the_running_text_has_the_heading_over_it(store: Store) -> None:
    told = [BL.ChangeStatement, BL.SubjectReclassification, BL.Duty, BL.GlossaryEntry, BL.QuantityObservation]
    things = {quad.subject for kind in told for quad in store.quads_for_pattern(None, TYPE, kind)}
    places = {quad.object for thing in things for quad in store.quads_for_pattern(thing, BL.evidence, None)}
    assert len(places) > 100
    assert places - subjects(store, BL.section) == set()


def test_every_inferred_triple_leads_to_its_rule(store: Store) -> None:
    links = subjects(store, BL.linkSubject)
    asserted = {
        tuple(one(store, link, part) for part in ("linkSubject", "linkPredicate", "linkObject")) for link in links
    }
    ruled = subjects(store, BL.rule)

    def explained(quad: Quad) -> bool:
        return quad.subject in ruled or (quad.subject, quad.predicate, quad.object) in asserted

    for graph in (*iris.LINKS.values(), iris.CHECKS):
        assert [quad for quad in store.quads_for_pattern(None, None, None, graph) if not explained(quad)] == []


def test_every_inferred_thing_leads_to_words(store: Store) -> None:
    graphs = [*iris.LINKS.values(), iris.CHECKS]
    things = {thing for graph in graphs for thing in subjects(store, BL.rule, graph)}
    linked = {quad.object for quad in store.quads_for_pattern(None, BL.linkObject, None)}
    assert things - subjects(store, BL.evidence) - linked == set()


def test_what_documents_state_holds_no_rule_and_no_link(store: Store) -> None:
    for graph in file_graphs(store):
        assert not subjects(store, BL.rule, graph) | subjects(store, BL.linkSubject, graph)
        assert not list(store.quads_for_pattern(None, BL.feeds, None, graph))


def test_a_withheld_line_is_matched_to_nothing_by_amount(store: Store) -> None:
    query = f"""{PREFIXES} PREFIX st: <https://w3id.org/cnbl/code/status/>
        SELECT ?p WHERE {{ ?p bl:disclosureStatus st:withheld
        FILTER EXISTS {{ {{ ?l bl:linkSubject ?p }} UNION {{ ?l bl:linkObject ?p }} UNION {{ ?p bl:fundedUnder ?d }}
            UNION {{ ?f bl:forProject ?p }} UNION {{ ?t bl:targetOf ?p }} }} }}"""
    assert list(select(store, query)) == []


def one(store: Store, thing: NamedNode, part: str) -> object:
    (quad,) = store.quads_for_pattern(thing, BL[part], None)
    return quad.object


def test_a_project_that_only_tables_of_other_kinds_name_leads_to_the_figure_where_it_is_first_named() -> None:
    facts = [fact for fact in facts_of("qitai-2025") if not isinstance(fact, ProjectFact | NilFact)]
    cells = [fact for fact in facts if isinstance(fact, CellFact) and fact.table == "revenue" and fact.code]
    named = [replace(fact, project="档案整理经费") if fact in cells[:2] else fact for fact in facts]
    store = open_store(MEMORY)
    build([(named[0].source.sha256, named)], store)
    found = rows(
        store,
        """SELECT ?page ?words WHERE { ?project bl:projectName "档案整理经费" ; bl:evidence ?place .
           ?place bl:page ?page ; bl:verbatim ?words }""",
    )
    assert found == [(str(cells[0].source.page), cells[0].source.text)]
