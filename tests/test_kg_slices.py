"""Slices: what a body has in a year under a functional subject, found without looking through all figures."""

from dataclasses import replace
from decimal import Decimal

import pytest
from kg_documents import built, document, rows

from kg import iris
from kg.build import build, remove
from kg.remote import StoreError
from kg.store import MEMORY, open_store
from ontology.facts import KpiTableFact
from ontology.terms import BL
from queries.tracing.trace import trace

IN_SLICE = "?slice bl:{} ?found ; bl:sliceOf ?body ; bl:sliceYear ?year ; bl:sliceSubject ?subject"
STATED = {
    "sliceProject": """
        { ?line bl:project ?found ; bl:functionalSubject ?subject }
        UNION { ?flow a bl:CarryOver ; bl:forProject ?found ; bl:functionalSubject ?subject }
        ?found bl:ofBody ?body ; bl:fiscalYear ?year""",
    "projectTotal": """
        ?found bl:project ?project ; bl:functionalSubject ?subject ; bl:inView view:general_budget_project ;
          bl:columnRole role:col-total . ?project bl:ofBody ?body ; bl:fiscalYear ?year""",
    "spendingTotal": """
        ?found bl:functionalSubject ?subject ; bl:inView view:general_budget_expenditure ;
          bl:columnRole role:col-total ; bl:agency ?body ; bl:fiscalYear ?year""",
}


@pytest.mark.parametrize("name", STATED)
def test_a_slice_names_exactly_what_there_is_of_its_body_year_and_subject(name: str) -> None:
    store = built()
    query = "SELECT DISTINCT ?body ?year ?subject ?found {{ {} }} ORDER BY ?body ?year ?subject ?found"
    assert rows(store, query.format(IN_SLICE.format(name))) == rows(store, query.format(STATED[name])) != []


def test_forms_of_bodies_are_exactly_those_about_no_project() -> None:
    """Of whole bodies, and those whose project neither its name nor a rule tells."""
    sha256, facts = document("artux-2026")
    form = next(fact for fact in facts if isinstance(fact, KpiTableFact))
    whole = replace(form, scope="整体", project=None, total=Decimal("6544.63"))
    other = replace(form, project="别处的项目", total=Decimal("158.00"))
    store = open_store(MEMORY)
    build([(sha256, [*facts, whole, other])], store)
    found = rows(
        store, "SELECT ?name { ?form bl:formOfBody ?body OPTIONAL { ?form bl:projectName ?name } } ORDER BY ?name"
    )
    assert found == [(None,), ("别处的项目",)]


def test_the_address_of_a_slice_tells_its_body_year_and_subject() -> None:
    about = "?slice bl:sliceOf ?body ; bl:sliceYear ?year ; bl:sliceSubject ?subject"
    found = rows(built(), f"SELECT ?slice ?body ?year ?subject {{ {about} }}")
    assert [address for address, *_ in found] == [
        iris.subject_slice(str(body), int(str(year)), str(subject)).value for _, body, year, subject in found
    ]


def test_the_slices_of_a_document_go_with_it() -> None:
    store = built("qitai-2025")
    assert list(store.quads_for_pattern(None, BL.sliceOf, None))
    sha256 = rows(store, "SELECT ?sha256 { ?file bl:sha256 ?sha256 }")[0][0]
    remove(store, [str(sha256)])
    assert not list(store.quads_for_pattern(None, BL.sliceOf, None))


def test_a_trace_in_a_graph_of_an_earlier_release_says_what_to_do() -> None:
    store = built("qitai-2025")
    name = str(rows(store, "SELECT ?name { ?body bl:officialName ?name } ORDER BY ?name")[0][0])
    assert trace(store, name).matches
    store.update("DELETE WHERE { GRAPH ?graph { <https://w3id.org/cnbl/ont#SubjectSlice> ?property ?value } }")
    with pytest.raises(StoreError, match="build it again"):
        trace(store, name)
