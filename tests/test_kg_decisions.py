"""Decisions of people about links: accepted, rejected, no longer of any effect, badly written."""

from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from kg_documents import NAMES, document, rows, stored
from pyoxigraph import NamedNode, Store

import caimai
from kg import iris
from kg.build import Report, build
from kg.decisions import Decision, WrongDecision, beside, decisions
from kg.lineage import lineage
from kg.store import dump
from ontology.document_number import DocumentNumber
from ontology.terms import BL

STATUS = "PREFIX st: <https://w3id.org/cnbl/code/status/> "


def decided_store(*found: Decision) -> tuple[Store, Report]:
    return stored(*(document(name) for name in NAMES), decided=found)


def proposed(grade: str) -> list[tuple[str | None, ...]]:
    """Subject, predicate, object of the links of a grade when nobody decided anything."""
    store, _ = decided_store()
    return rows(
        store,
        "SELECT ?s ?p ?o { ?link bl:linkSubject ?s ; bl:linkPredicate ?p ; bl:linkObject ?o ;"
        f" bl:grade grade:{grade} }} ORDER BY ?s ?p ?o",
    )


def decision(link: tuple[str | None, ...], verdict: Literal["accept", "reject"] = "accept") -> Decision:
    subject, predicate, other = (NamedNode(str(end)) for end in link)
    return Decision(verdict, subject, predicate, other, "财政处", date(2026, 3, 1), "方案写明")


def holds(store: Store, link: tuple[str | None, ...]) -> list[str]:
    """The graphs in which the plain relation stands."""
    found = store.quads_for_pattern(*(NamedNode(str(end)) for end in link))
    return [quad.graph_name.value.rpartition("/")[2] for quad in found]  # type: ignore[union-attr]


def states(store: Store) -> list[tuple[str | None, ...]]:
    return rows(store, STATUS + "SELECT ?state ?why { ?x bl:reviewState ?state ; bl:rationale ?why }")


def test_an_accepted_candidate_becomes_a_plain_relation_in_a_graph_of_its_own() -> None:
    link = proposed("candidate")[0]
    assert holds(decided_store()[0], link) == []
    store, report = decided_store(decision(link))
    assert holds(store, link) == ["links.accepted"]
    [(state, why)] = states(store)
    assert str(state).endswith("/accepted")
    assert str(why).endswith("；财政处于2026-03-01接受：方案写明")
    assert report.decisions_without_effect == ()


def test_an_accepted_candidate_keeps_its_grade_and_is_followed_by_the_lineage() -> None:
    store, _ = decided_store(decision(proposed("candidate")[0]))
    assert rows(store, "SELECT ?g { ?x bl:reviewState ?state ; bl:grade ?g }") == [
        ("https://w3id.org/cnbl/code/grade/candidate",)
    ]
    before = sum(edge["grade"] == "candidate" for *_, edge in lineage(decided_store()[0]).edges(data=True))
    assert sum(edge["grade"] == "candidate" for *_, edge in lineage(store).edges(data=True)) == before - 1


@pytest.mark.parametrize("grade", ["candidate", "derived"])
def test_a_rejected_link_stays_known_and_is_neither_followed_nor_shown(grade: str) -> None:
    link = proposed(grade)[0]
    store, report = decided_store(decision(link, "reject"))
    assert holds(store, link) == []
    assert [str(state).rpartition("/")[2] for state, _ in states(store)] == ["rejected"]
    assert report.decisions_without_effect == ()
    edges = {(start, end) for start, end, _ in lineage(store).edges(keys=True)}
    assert (link[0], link[2]) not in edges


def test_what_follows_from_a_rejected_link_is_not_derived_either() -> None:
    whole, _ = decided_store()
    [(new, old)] = rows(whole, "SELECT ?new ?old { ?new bl:succeeds ?old } ORDER BY ?new ?old LIMIT 1")
    store, _ = decided_store(decision((new, BL.succeeds.value, old), "reject"))
    for store_, count in ((whole, 1), (store, 0)):
        assert len(rows(store_, f"SELECT * {{ <{new}> bl:succeeds <{old}> }}")) == count
    changes = "SELECT ?x ?old { ?x a bl:AgencyChange ; <http://www.w3.org/ns/org#originalOrganization> ?old }"
    assert (old in {row[1] for row in rows(whole, changes)}, old in {row[1] for row in rows(store, changes)}) == (
        True,
        False,
    )


def test_decisions_of_no_effect_are_told_with_the_reason() -> None:
    gone = decision((iris.division("000000").value, BL.feeds.value, iris.division("000000").value))
    derived = decision(proposed("derived")[0])
    store, report = decided_store(gone, derived)
    assert [text.rpartition(": ")[2] for text in report.decisions_without_effect] == [
        "no rule proposes this any more",
        "a rule derives this by now",
    ]
    assert dump(store) == dump(decided_store()[0])


def test_a_decision_taken_back_leaves_no_trace() -> None:
    store, _ = decided_store(decision(proposed("candidate")[0]))
    build([], store)
    assert dump(store) == dump(decided_store()[0])


ENTRY = """[[decision]]
verdict = "accept"
subject = "{subject}"
predicate = "{predicate}"
object = "{object}"
who = "财政处"
when = 2026-03-01
why = "方案写明"
"""


@pytest.mark.parametrize(
    ("printed", "node"),
    [
        ("昌州财教[2024]49号", iris.document(DocumentNumber("昌州财教", 2024, 49))),
        ("奇台县科学技术局", iris.body("奇台县科学技术局")),
        ("doc:昌州财教-2024-49", NamedNode("https://w3id.org/cnbl/id/doc/昌州财教-2024-49")),
        ("https://example.org/x", NamedNode("https://example.org/x")),
    ],
)
def test_things_are_named_by_number_name_prefixed_name_or_iri(tmp_path: Path, printed: str, node: NamedNode) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text(ENTRY.format(subject=printed, predicate="bl:issuer", object=printed), encoding="utf-8")
    [found] = decisions(file)
    assert found.key == (node, BL.issuer, node)
    assert (found.who, found.when) == ("财政处", date(2026, 3, 1))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[decision]", "decisions.toml"),
        ('[[decision]]\nverdict = "accept"', "decision 1: subject is missing"),
        (ENTRY.format(subject="奇台县科学技术局", predicate="bl:nonsense", object="doc:x-2024-1"), "bl:nonsense"),
        (ENTRY.format(subject="科技", predicate="bl:issuer", object="doc:x-2024-1"), "'科技' is no IRI"),
        (
            ENTRY.format(subject="doc:x-2024-1", predicate="issuer", object="doc:x-2024-1") * 2,
            "decision 2: decided before",
        ),
        (ENTRY.replace("accept", "perhaps"), "accept or reject"),
    ],
)
def test_a_badly_written_decision_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(WrongDecision, match=said):
        decisions(file)


def test_the_decisions_of_a_store_stand_beside_its_directory(tmp_path: Path) -> None:
    assert beside(tmp_path / "store") is None
    (tmp_path / "decisions.toml").write_text("", encoding="utf-8")
    assert beside(tmp_path / "store") == tmp_path / "decisions.toml"
    assert beside(":memory:") is None
    assert beside("http://localhost:7878") is None


def test_a_build_replays_the_decisions_beside_the_store(tmp_path: Path) -> None:
    text = ENTRY.format(subject="doc:x-2024-1", predicate="bl:issuer", object="奇台县科学技术局")
    (tmp_path / "decisions.toml").write_text(text, encoding="utf-8")
    report = caimai.build([], tmp_path / "store")
    assert len(report.decisions_without_effect) == 1
