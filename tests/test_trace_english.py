"""A trace in English: the names of the ontology are English, the names of the world stay as they are printed."""

import json
from pathlib import Path

import pytest

import caimai
from queries.exchange import as_csv, whole_json
from queries.tracing.answer import Hop, Trace
from queries.tracing.english import in_english


@pytest.fixture(scope="module")
def both(example_store: Path) -> tuple[Trace, Trace]:
    found = caimai.trace(example_store, "昌州财教[2024]65号")
    return found, in_english(found)


def only(trace: Trace, relation: str) -> Hop:
    return next(hop for hop in trace.hops() if hop.relation == relation)


@pytest.mark.parametrize(
    ("relation", "source", "target"),
    [
        ("origin", "central", "昌州财教〔2024〕65号"),
        ("relay", "新疆维吾尔自治区财政厅", "昌州财教〔2024〕65号"),
        ("allocation", "昌州财教〔2024〕65号", "奇台县商务科技和工业信息化局"),
        ("use", "奇台县商务科技和工业信息化局", "399 other expenditure"),
        ("indicator", "output / quantity", "发放补助人数（人）"),
        ("succeeds", "奇台县商务科技和工业信息化局", "奇台县商务和工业信息化局"),
    ],
)
def test_levels_and_codes_are_english_and_bodies_and_documents_are_not(
    both: tuple[Trace, Trace], relation: str, source: str, target: str
) -> None:
    hop = only(both[1], relation)
    assert (hop.source, hop.target) == (source, target)


def test_the_subject_of_an_amount_is_named_in_english(both: tuple[Trace, Trace]) -> None:
    hop = only(both[1], "allocation")
    assert (hop.code, hop.subject) == ("2060599", "other conditions and services for science and technology")
    assert both[1].entries[0].level == "county (city, district)"


def test_a_code_that_was_asked_for_is_named_in_english(example_store: Path) -> None:
    found = caimai.open(example_store, lang="en").trace("2060599")
    assert [match.name for match in found.matches] == [
        "2060599 other conditions and services for science and technology"
    ]


def test_reasons_are_said_in_english(both: tuple[Trace, Trace]) -> None:
    assert only(both[1], "origin").why == "its name has the word “中央”"
    assert only(both[1], "issue").why == "the prefix “昌州财教” is used by 昌吉回族自治州财政局"
    (conflict,) = both[1].entries[0].conflicts
    assert conflict.why == "the performance form says 7.37万元, the budget 7.38万元"


def test_figures_and_quotations_are_the_same_in_english(both: tuple[Trace, Trace]) -> None:
    kept = ("relation", "year", "code", "project", "amount", "printed", "grade", "rule", "evidence", "nodes")
    for chinese, english in zip(both[0].hops(), both[1].hops(), strict=True):
        assert [getattr(chinese, name) for name in kept] == [getattr(english, name) for name in kept]


def test_a_trace_in_english_stays_so(both: tuple[Trace, Trace]) -> None:
    assert in_english(both[1]) == both[1]


def test_the_ends_of_a_hop_are_things_of_the_graph(both: tuple[Trace, Trace]) -> None:
    hop = only(both[0], "allocation")
    assert hop.source_iri == both[0].documents[0].iri
    assert hop.target_iri == both[0].entries[0].body_iri
    assert only(both[0], "origin").source_iri.endswith("/code/level/central")
    assert only(both[0], "use").target_iri.endswith("/code/economic/399")
    assert only(both[0], "indicator").target_iri in only(both[0], "indicator").nodes


def test_a_trace_as_data_is_exact(both: tuple[Trace, Trace]) -> None:
    told = json.loads(whole_json(both[0]))
    assert told["entries"][0]["money"][0]["amount"] == "73800"
    rows = both[0].table()
    assert as_csv(rows.columns, rows.rows).splitlines()[0].startswith("relation,source,target,year")
