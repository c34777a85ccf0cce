"""The rules of the ontology on built graphs: errors keep a document out, warnings describe it."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from kg_documents import NAMES, built, bytes_of, document, rows
from pyoxigraph import Literal, NamedNode, Quad, Triple

import kg.build
from caimai.cli import cli
from caimai.reading import Reading
from kg import derive, iris
from kg.build import build
from kg.checks import BrokenRules, Violation, errors_of_derived, violations, violations_of_document
from kg.rdf import TYPE
from kg.statements import quads
from kg.store import MEMORY, dump, open_read_only, open_store
from ontology.facts import DocumentFact, Fact
from ontology.terms import BL

SHA256, WHOLE = document("qitai-2025")
_ONE = Literal("1", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))


@pytest.fixture(scope="module")
def found(example_store: Path) -> list[Violation]:
    return violations(open_read_only(example_store))


def test_the_examples_break_no_rule_whose_break_is_an_error(found: list[Violation]) -> None:
    assert [one for one in found if one.severity == "error"] == []


def test_the_examples_earn_the_warnings_that_their_models_earn(found: list[Violation]) -> None:
    counted = Counter(one.rule for one in found)
    assert counted["S18"] == 1  # 州工信局 prints 74, on post and retired are 73
    assert set(counted) <= {"S07", "S09", "S10", "S13", "S14", "S15", "S16", "S17", "S18", "S19", "S32", "S33"}
    assert all("{" not in one.zh + one.en and one.zh and one.en for one in found)
    assert all(one.place for one in found)


def test_a_link_that_says_nothing_is_an_error_and_ends_the_command(tmp_path: Path) -> None:
    stray = iris.thing("link", "stray")
    store = open_store(tmp_path / "store")
    store.extend([Quad(stray, TYPE, BL.LinkAssertion, iris.LINKS["derived"])])
    del store
    done = CliRunner().invoke(cli, ["check", "--format", "json", "--store", str(tmp_path / "store")])
    assert done.exit_code == 1
    assert {(one["severity"], one["rule"], one["thing"]) for one in json.loads(done.output)} == {
        ("error", "S20", stray.value)
    }


def test_the_command_lists_warnings_and_ends_well(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    build([document("qitai-2025")], store)
    del store
    for lang, said, other in (("zh", "与政策依据中的", "in its policy"), ("en", "in its policy", "与政策依据中的")):
        done = CliRunner().invoke(cli, ["--lang", lang, "check", "--store", str(tmp_path / "store")])
        assert done.exit_code == 0
        assert said in done.stdout
        assert other not in done.stdout


# --- a build --------------------------------------------------------------------------------------------------------


def misread(monkeypatch: pytest.MonkeyPatch, sha256: str) -> None:
    """From now on one amount of this document comes out ten times what is stated (S05)."""

    def wrong(facts: Iterable[Fact]) -> list[Quad]:
        stated = quads(facts)
        if stated[0].graph_name != iris.file_graph(sha256):
            return stated
        one = next(quad for quad in stated if quad.predicate == BL.amountCNY and "/obs/" in str(quad.subject))
        return [*(quad for quad in stated if quad != one), Quad(one.subject, one.predicate, _ONE, one.graph_name)]

    monkeypatch.setattr(kg.build, "quads", wrong)


def test_a_document_that_breaks_a_rule_stays_out_and_the_others_go_in(monkeypatch: pytest.MonkeyPatch) -> None:
    misread(monkeypatch, SHA256)
    store = open_store(MEMORY)
    report = build([document(name) for name in NAMES], store)
    [refusal] = report.refused
    assert (refusal.sha256, refusal.file) == (SHA256, WHOLE[0].source.file)
    assert len(report.replaced) == 2
    assert dump(store) == bytes_of("qitai-2024", "artux-2026")


def test_a_refusal_names_file_rule_thing_and_printed_place(monkeypatch: pytest.MonkeyPatch) -> None:
    misread(monkeypatch, SHA256)
    [refusal] = build([document("qitai-2025")], open_store(MEMORY)).refused
    [error] = refusal.errors
    assert error.rule == "S05"
    assert "/id/obs/652325.商务科技和工业信息化局.2025." in error.thing
    assert error.place.startswith("p.")
    assert "row" in error.place
    for language in ("zh", "en"):
        told = refusal.in_words(language)
        assert all(part in told for part in (refusal.file, "S05", error.thing, error.place))


def test_a_document_held_before_stays_as_it_was_where_its_new_reading_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = built()
    before = dump(store)
    misread(monkeypatch, SHA256)
    assert len(build([document("qitai-2025")], store).refused) == 1
    assert dump(store) == before


def test_the_command_tells_of_a_refused_document_and_ends_with_status_1(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def readings(*_: object) -> list[Reading]:
        return [Reading(Path(f"{name}.pdf"), document(name)[0], tuple(document(name)[1])) for name in NAMES]

    monkeypatch.setattr("caimai.library.read_all", readings)
    misread(monkeypatch, SHA256)
    done = CliRunner().invoke(cli, ["--lang", "en", "build", "x", "--store", str(tmp_path / "store")])
    assert done.exit_code == 1
    assert "S05" in done.output
    assert "2 new or changed" in done.output
    assert "1 refused" in done.output
    assert dump(open_read_only(tmp_path / "store")) == bytes_of("qitai-2024", "artux-2026")


def test_warnings_describe_documents_and_are_counted() -> None:
    store = open_store(MEMORY)
    report = build([document(name) for name in NAMES], store)
    stated = [one for name in NAMES for one in violations_of_document(quads(document(name)[1]))]
    assert report.warnings == len(stated) > 0
    assert report.refused == ()
    assert build([document(name) for name in NAMES], store).warnings == 0  # nothing is new


def test_a_document_that_does_not_say_whose_it_is_or_of_which_year_is_described_not_refused() -> None:
    for missing in ("agency", "year"):
        facts: list[Fact] = [
            replace(fact, **{missing: None})  # type: ignore[arg-type]
            if isinstance(fact, DocumentFact)
            else fact
            for fact in WHOLE
        ]
        found = violations_of_document(quads(facts))
        assert {one.severity for one in found} == {"warning"}
        assert [one.en for one in found if one.rule == "S36"] != []


@pytest.mark.parametrize("kept", [2, 3, 7])
@pytest.mark.parametrize("name", NAMES)
def test_a_document_of_which_much_could_not_be_read_breaks_no_rule(name: str, kept: int) -> None:
    facts = document(name)[1]
    for first in range(min(kept, 3)):
        cut = [facts[0], *facts[1 + first :: kept]]
        assert [one for one in violations_of_document(quads(cut)) if one.severity == "error"] == []
    gone = [facts[0], *(fact for at, fact in enumerate(facts[1:]) if at % kept)]
    assert [one for one in violations_of_document(quads(gone)) if one.severity == "error"] == []


def test_what_is_derived_wrongly_is_not_written_and_the_documents_are(monkeypatch: pytest.MonkeyPatch) -> None:
    store = built("qitai-2024")
    stray = iris.thing("link", "stray")
    monkeypatch.setattr(derive, "described_conflicts", lambda *_: [Triple(stray, TYPE, BL.LinkAssertion)])
    with pytest.raises(BrokenRules, match=r"S20.*stray"):
        build([document("qitai-2025")], store)
    assert set(store.quads_for_pattern(None, None, None, iris.file_graph(SHA256))) == set(quads(WHOLE))
    assert not any(store.quads_for_pattern(stray, None, None, None))
    monkeypatch.undo()
    build([], store)
    assert dump(store) == bytes_of("qitai-2024", "qitai-2025")


def test_money_that_is_derived_to_flow_into_an_earlier_year_is_found_before_it_is_written() -> None:
    store = built("qitai-2025", "qitai-2024")
    query = "SELECT ?flow { ?flow a bl:Allocation ; bl:fiscalYear %d } ORDER BY ?flow LIMIT 1"
    (later,), (earlier,) = (rows(store, query % year)[0] for year in (2025, 2024))
    backwards = Quad(NamedNode(str(later)), BL.feeds, NamedNode(str(earlier)), iris.LINKS["derived"])
    assert [one.rule for one in errors_of_derived([backwards], store)] == ["S34"]


FLOWS = ("MoneyFlow", "Allocation", "CarryOver", "OnwardGrant")


@pytest.mark.parametrize("after", FLOWS)
@pytest.mark.parametrize("before", FLOWS)
@pytest.mark.parametrize(
    ("years", "back", "broken"),
    [
        ((2024, 2025), False, False),
        ((2025, 2025), False, False),
        ((2025, 2024), False, True),
        ((2025, 2025), True, True),
    ],
)
def test_whatever_kind_of_flow_feeds_another_it_leads_neither_back_in_time_nor_to_itself(
    before: str, after: str, years: tuple[int, int], back: bool, broken: bool
) -> None:
    one, other = iris.thing("flow", "one"), iris.thing("flow", "other")
    told = [Triple(flow, TYPE, BL[kind]) for flow, kind in ((one, before), (other, after))]
    told += [Triple(flow, BL.fiscalYear, Literal(year)) for flow, year in zip((one, other), years, strict=True)]
    told += [Triple(one, BL.feeds, other), *([Triple(other, BL.feeds, one)] if back else [])]
    derived = [Quad(triple.subject, triple.predicate, triple.object, iris.LINKS["derived"]) for triple in told]
    found = [violation for violation in errors_of_derived(derived, open_store(MEMORY)) if violation.rule == "S34"]
    assert bool(found) == broken
