"""Several files of one disclosure: what complements stays, what is stated twice is held once."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from kg_documents import document, rows, stored
from pyoxigraph import Store

from kg import iris
from kg.build import build
from kg.derive import rederive
from kg.files import File, arranged, restated
from kg.statements import quads
from kg.store import MEMORY, documents, dump, open_store, remove_document
from ontology.facts import CellFact, ChangeFact, DocumentFact, Fact, KpiFact, KpiTableFact, ProjectFact

SHA256, WHOLE = document("qitai-2025")
Document = tuple[str, list[Fact]]


def file_with(letter: str, kinds: Sequence[type[Fact]], published: str | None = None) -> Document:
    """Another file of the disclosure that states facts of these kinds only, its sha256 all one letter."""
    chosen = [fact for fact in WHOLE if isinstance(fact, (DocumentFact, *kinds))]
    moved = [replace(fact, source=replace(fact.source, sha256=letter * 64)) for fact in chosen]
    return letter * 64, [
        replace(fact, published=published or fact.published) if isinstance(fact, DocumentFact) else fact
        for fact in moved
    ]


TABLES = file_with("a", [CellFact])
TEXT = file_with("b", [ProjectFact, ChangeFact, KpiFact, KpiTableFact])


def counted(store: Store, kind: str) -> int:
    return len(rows(store, f"SELECT DISTINCT ?x {{ ?x a bl:{kind} }}"))


KINDS = ("BudgetObservation", "PerformanceTarget", "PerformanceIndicator", "ChangeStatement", "Project", "Allocation",
         "CarryOver", "OnwardGrant", "Disclosure")  # fmt: skip


def test_a_text_and_a_table_file_carry_one_disclosure_and_nothing_is_lost() -> None:
    store, report = stored(TABLES, TEXT)
    whole, _ = stored((SHA256, WHOLE))
    assert report.superseded == ()
    assert documents(store) == ["a" * 16, "b" * 16]
    assert {kind: counted(store, kind) for kind in KINDS} == {kind: counted(whole, kind) for kind in KINDS}
    assert len(rows(store, "SELECT * { ?disclosure bl:carriedBy ?file }")) == 2


@pytest.mark.orders
def test_files_that_complement_each_other_come_in_any_order_and_any_number_of_times() -> None:
    full = document("qitai-2025")
    files = [TABLES, TEXT, full, file_with("c", [CellFact], published="2025-03-01")]
    found = {dump(stored(*order)[0]) for order in list(itertools.permutations(files))[::5]}
    assert len(found) == 1
    store, _ = stored(*files)
    report = build(files, store)
    assert {dump(store)} == found
    assert report.replaced == ()


@pytest.mark.parametrize("chosen", [("a", "b"), ("a", "b", "c"), ("a", "b", "c", "d")])
def test_every_triple_stands_in_one_graph_whatever_files_there_are(chosen: tuple[str, ...]) -> None:
    later = file_with("c", [CellFact, ProjectFact], published="2025-03-01")
    files = {"a": TABLES, "b": TEXT, "c": later, "d": file_with("d", [ChangeFact])}
    store, _ = stored(*(files[name] for name in chosen))
    assert len(list(store)) == len({quad.triple for quad in store})
    assert all(len(found) == 1 for found in _described(store, "projectName").values())
    assert all(len(found) == 1 for found in _described(store, "budgetPhase", "Disclosure").values())


def _described(store: Store, name: str, kind: str = "Project") -> dict[str | None, list[str | None]]:
    found: dict[str | None, list[str | None]] = {}
    for thing, value in rows(store, f"SELECT ?x ?y {{ ?x a bl:{kind} ; bl:{name} ?y }}"):
        found.setdefault(thing, []).append(value)
    return found


def test_tables_published_later_replace_the_tables_only() -> None:
    store, report = stored((SHA256, WHOLE), file_with("c", [CellFact], published="2025-03-01"))
    where = "GRAPH ?g { ?x a bl:%s } FILTER(STRSTARTS(STR(?g), 'https://w3id.org/cnbl/graph/file.'))"
    graphs = {
        kind: {row[0] for row in rows(store, f"SELECT DISTINCT ?g {{ {where % kind} }}")}
        for kind in ("PerformanceTarget", "ChangeStatement", "CarryOver")
    }
    assert report.superseded == ()
    assert graphs["PerformanceTarget"] == graphs["ChangeStatement"] == {iris.file_graph(SHA256).value}
    tables = rows(store, "SELECT DISTINCT ?g { GRAPH ?g { ?x bl:inView view:revenue } }")
    assert tables == [(iris.file_graph("c" * 16).value,)]


def test_a_file_that_states_nothing_of_its_own_is_superseded_and_stays_reachable() -> None:
    later = file_with("c", [CellFact], published="2025-03-01")
    store, report = stored(TABLES, later)
    assert report.superseded == ("a" * 64,)
    assert documents(store) == ["c" * 16]
    [(old, disclosure, new)] = rows(
        store,
        "SELECT ?old ?disclosure ?new { ?file bl:sha256 ?old ; <http://purl.org/dc/terms/isReplacedBy>/bl:sha256 ?new ."
        " ?disclosure bl:carriedBy ?file }",
    )
    assert (old, new) == ("a" * 64, "c" * 64)
    assert disclosure
    assert build([TABLES], store).superseded == ("a" * 64,)


def test_running_text_does_not_tell_again_what_a_table_budgets() -> None:
    store, _ = stored(TABLES, TEXT)
    alone, _ = stored(TEXT)
    assert counted(alone, "Allocation") > 0
    assert rows(store, "SELECT ?x { ?x a bl:Allocation FILTER NOT EXISTS { ?x bl:budgetedAs ?y } }") == []


def test_a_file_taken_out_leaves_what_the_other_says_whole() -> None:
    store, _ = stored(TABLES, TEXT)
    remove_document(store, "a" * 64)
    rederive(store)
    alone, _ = stored(TEXT)
    missing = rows(
        store, "SELECT ?x { ?x bl:policyBasisText ?y FILTER NOT EXISTS { ?x a bl:Project ; bl:projectName ?z } }"
    )
    assert missing == []
    assert counted(store, "Project") == counted(alone, "Project")
    assert dump(store) == dump(alone)


def test_arranging_what_is_arranged_changes_nothing() -> None:
    files = [TABLES, TEXT, file_with("c", [CellFact, ChangeFact], published="2025-03-01")]
    once = arranged(File(iris.file_graph(sha256), tuple(quads(facts))) for sha256, facts in files)
    twice = arranged(restated(graph, found) for graph, found in once.items())
    assert {graph: set(found) for graph, found in once.items()} == {graph: set(found) for graph, found in twice.items()}


@pytest.mark.parametrize(
    ("printed", "short"),
    [
        ("中国共产党江苏省委员会办公厅", "江苏省委办公厅"),
        ("中共江苏省委办公厅", "江苏省委办公厅"),
        ("中共奇台县委组织部", "奇台县委组织部"),
    ],
)
def test_a_committee_of_the_party_is_one_body_by_long_and_short_name(printed: str, short: str) -> None:
    assert iris.body(printed) == iris.body(short)


def test_a_commission_of_the_government_is_no_committee_of_the_party() -> None:
    assert iris.body("江苏省发展和改革委员会") != iris.body("江苏省发展和改革委")


def test_text_and_tables_published_as_two_files_make_one_disclosure(shared: Path) -> None:
    from extract.readers import read
    from extract.recognition import facts

    names = (
        "江苏省委办公厅_江苏省委办公厅2018年度部门预算公开文件.pdf",
        "江苏省委办公厅_江苏省委办公厅2018年度部门预算公开表.pdf",
    )
    found = [read(shared / "corpus" / "jiangsu" / name) for name in names]
    files = [(one.sha256, [_named(fact) for fact in facts(one)]) for one in found]
    store, report = stored(*files)
    assert report.superseded == ()
    assert counted(store, "Disclosure") == 1
    assert counted(store, "ChangeStatement") == sum(
        isinstance(fact, ChangeFact) for _, known in files for fact in known
    )
    figures = rows(store, "SELECT DISTINCT ?x { ?x a bl:BudgetObservation ; bl:columnCertainty ?y }")
    assert len(figures) == sum(isinstance(fact, CellFact) for _, known in files for fact in known) > 0
    assert len(list(store)) == len({quad.triple for quad in store})


def _named(fact: Fact) -> Fact:
    """The fact with the body and level that both files print, should the reader not see them in the table file."""
    if not isinstance(fact, DocumentFact):
        return fact
    return replace(fact, agency=fact.agency or "中共江苏省委办公厅", level="部门")


def test_the_same_disclosures_as_text_and_as_pdf_give_one_graph(root: Path, shared: Path) -> None:
    import caimai

    store = open_store(MEMORY)
    report = caimai.build([root / "examples", shared / "corpus" / "xinjiang"], store)
    assert (len(report.read), len(report.superseded)) == (10, 5)
    kinds = {
        "bl:Disclosure": "CONCAT(STR(?of), STR(?y)) { ?x a bl:Disclosure ; bl:disclosureOf ?of ; bl:fiscalYear ?y",
        "bl:PublicBody": "?name { ?x a bl:PublicBody ; bl:officialName ?name",
        "bl:FundingDocument": "?number { ?x a bl:FundingDocument ; bl:documentNumber ?number",
        "bl:Project": "CONCAT(STR(?of), ?name) { ?x a bl:Project ; bl:disclosedIn ?of ; bl:projectName ?name",
    }
    for kind, pattern in kinds.items():
        key, where = pattern.split(" {", 1)
        found = rows(store, f"SELECT ?x ({key} AS ?key) {{{where} }}")
        assert found, kind
        assert len(found) == len({thing for thing, _ in found}) == len({words for _, words in found}), kind
