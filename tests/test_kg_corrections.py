"""A disclosure published again: the correction is in force, what it replaced stays reachable and can come back."""

import itertools
import json
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from kg_documents import built, rows, stored
from starlette.testclient import TestClient
from test_kg_files import KINDS, SHA256, WHOLE, Document, counted, file_with

import caimai
from caimai.cli import cli
from kg import iris
from kg.build import build, remove
from kg.checks import violations
from kg.files import restated
from kg.rdf import TYPE
from kg.statements import quads
from kg.store import dump, open_store
from ontology.facts import CellFact, DocumentFact, Fact
from ontology.terms import BL, ONT
from queries.corrections import corrections
from viz.web.addresses import address
from viz.web.application import application


def corrected(letter: str = "c", published: str = "2025-03-01", amount: str = "80.00") -> Document:
    """The whole disclosure published anew, in which one project's printed amount is another and one row is gone."""
    sha256, facts = file_with(letter, [Fact], published=published)
    cells = [fact for fact in facts if isinstance(fact, CellFact)]
    changed = [fact for fact in cells if fact.project and fact.amount == Decimal("76.96")]
    gone = next(fact for fact in cells if fact.table == "carryover")
    rest = [fact for fact in facts if fact not in changed and fact is not gone]
    anew = [replace(fact, amount=Decimal(amount), source=replace(fact.source, text=amount)) for fact in changed]
    assert anew
    return sha256, [*rest, *anew]


ORDERS = list(itertools.permutations([(SHA256, WHOLE), corrected(), corrected("d", "2025-04-01", "81.00")]))


@cache
def in_order() -> bytes:
    """The store of the three publications read in the order in which they were published."""
    return dump(stored(*ORDERS[0])[0])


@pytest.mark.orders
@pytest.mark.parametrize("order", ORDERS)
def test_a_correction_read_in_any_order_gives_the_same_bytes(order: tuple[Document, ...]) -> None:
    assert dump(stored(*order)[0]) == in_order()


def test_removing_the_correction_brings_the_corrected_file_back() -> None:
    store, report = stored((SHA256, WHOLE), corrected())
    assert report.superseded == (SHA256,)
    assert build([(SHA256, WHOLE)], store).superseded == (SHA256,)
    assert remove(store, ["c" * 64]) == []
    assert dump(store) == dump(stored((SHA256, WHOLE))[0])


@pytest.mark.long
def test_removing_the_middle_one_of_three_publications_leaves_the_others_as_they_were_without_it() -> None:
    store, _ = stored(*ORDERS[0])
    remove(store, ["c" * 64])
    assert dump(store) == dump(stored((SHA256, WHOLE), corrected("d", "2025-04-01", "81.00"))[0])


def test_all_that_a_superseded_file_states_can_be_had_again() -> None:
    store, _ = stored((SHA256, WHOLE), corrected())
    graph = iris.file_graph(SHA256)
    again = restated(graph, store.quads_for_pattern(None, None, None, graph))
    assert set(again.quads) == set(quads(WHOLE))


def test_former_figures_are_found_with_their_place_and_are_in_no_sum_count_or_path() -> None:
    store, _ = stored((SHA256, WHOLE), corrected())
    alone, _ = stored(corrected())
    assert {kind: counted(store, kind) for kind in KINDS} == {kind: counted(alone, kind) for kind in KINDS}
    for predicate in ("amountCNY", "additive", "inView", "feeds", "disclosedIn", "targetValue"):
        assert len(rows(store, f"SELECT * {{ ?x bl:{predicate} ?y }}")) == len(
            rows(alone, f"SELECT * {{ ?x bl:{predicate} ?y }}")
        ), predicate
    found = rows(
        store,
        "SELECT DISTINCT ?was ?now ?words ?page { ?former a bl:FormerStatement ; bl:formerlyAbout ?thing ;"
        " bl:formerAmountCNY ?was ; bl:formerEvidence ?place ; bl:formerView view:general_budget_project ."
        " ?thing bl:amountCNY ?now . ?place bl:verbatim ?words ; bl:page ?page FILTER(?was != ?now) }",
    )
    assert found
    assert {(was, now, words) for was, now, words, _ in found} == {("769600", "800000", "76.96")}
    assert all(page for *_, page in found)


def test_a_former_statement_breaks_no_rule_and_every_term_of_it_is_declared() -> None:
    store, report = stored((SHA256, WHOLE), corrected())
    assert report.refused == ()
    assert [one for one in violations(store) if one.severity == "error"] == []
    used = {quad.predicate.value for quad in store} | {quad.object.value for quad in store if quad.predicate == TYPE}
    names = {term.removeprefix(ONT) for term in used if term.startswith(ONT)}
    assert all(BL[name] for name in names)


def test_a_file_that_turns_out_to_be_of_another_disclosure_gives_the_first_one_back() -> None:
    store, _ = stored((SHA256, WHOLE), corrected())
    sha256, facts = corrected()
    other = [replace(fact, year=2031) if isinstance(fact, DocumentFact) else fact for fact in facts]
    build([(sha256, other)], store)
    assert dump(store) == dump(stored((SHA256, WHOLE), (sha256, other))[0])


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk with a disclosure and its correction."""
    place = tmp_path_factory.mktemp("corrected") / "store"
    build([(SHA256, WHOLE), corrected()], open_store(place))
    return place


def test_what_a_correction_changed_is_listed_as_printed_before_and_now(kept: Path) -> None:
    found = corrections(caimai.open(kept).store)
    listed = {(row[0], row[4], row[5], row[6], row[8], row[10]) for row in found.rows}
    assert listed == {
        ("withdrawn", "合计", "10.89", None, 13, None),
        ("changed", "招商引资 · 商品和服务支出", "76.96", "80.00", 10, 10),
        ("changed", "招商引资 · 项目支出合计", "76.96", "80.00", 10, 10),
    }
    assert {row[11:] for row in found.rows if row[0] == "changed"} == {(Decimal("769600"), Decimal("800000"))}


def test_a_figure_that_only_the_correction_has_is_listed_as_added() -> None:
    sha256, facts = corrected()
    earlier = [replace(fact, published="2025-01-01") if isinstance(fact, DocumentFact) else fact for fact in facts]
    store, _ = stored((sha256, earlier), (SHA256, WHOLE))
    assert ("added", "合计 · 合计") in {(row[0], row[4]) for row in corrections(store).rows}


def test_a_graph_without_corrections_lists_none() -> None:
    assert corrections(built()).rows == ()


def test_the_command_lists_corrections_of_a_body_or_file(kept: Path) -> None:
    for what, count in (([], 3), (["qitai-2025.pdf"], 3), (["阿图什市"], 0)):
        done = CliRunner().invoke(cli, ["corrections", *what, "--format", "json", "--store", str(kept)])
        assert done.exit_code == 0
        assert len(json.loads(done.stdout)) == count


def test_the_audit_tells_of_a_corrected_figure_with_both_places(kept: Path) -> None:
    found = [signal for signal in caimai.open(kept).audit().signals if signal.rule == "R28_corrected"]
    assert {(one.left.value, one.right.value) for one in found} == {(Decimal("80"), Decimal("76.96"))}
    assert all(one.left.places and one.right.places and one.severity == "info" for one in found)


def test_traces_and_sums_take_the_figures_in_force_only(kept: Path) -> None:
    alone, _ = stored(corrected())
    there, here = caimai.open(kept), caimai.open(alone)
    assert there.trace("招商引资经费") == here.trace("招商引资经费")
    sums = [
        graph.total(body="奇台县商务科技和工业信息化局", year=2025, view="general_budget_project").yuan
        for graph in (there, here)
    ]
    assert sums[0] == sums[1]


def test_the_page_of_a_superseded_file_says_so_and_shows_what_it_stated_and_what_changed(kept: Path) -> None:
    client = TestClient(application(kept))
    shown = client.get(f"{address(f'https://w3id.org/cnbl/id/file/{SHA256[:16]}')}?page=10&lang=en").text
    assert "Replaced by" in shown
    assert "76.96" in shown
    assert "80.00" in shown
    assert "former statement" in shown
    for key in (SHA256[:16], "c" * 16):
        told = client.get(f"{address(f'https://w3id.org/cnbl/id/file/{key}')}.json").json()
        assert len(told["tables"]["corrections"]) == 3
