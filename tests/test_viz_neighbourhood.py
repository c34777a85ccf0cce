"""The neighbourhood: what is drawn around a document, a body or a project, and what is only counted."""

from decimal import Decimal

import networkx as nx
import pytest
from viz_lineage import edge, iri, lineage, node

from ontology.errors import CaimaiError
from viz.neighbourhood import around

GRANT = "doc/昌州财教〔2024〕65号"


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph:
    return lineage()


def kinds(graph: nx.MultiDiGraph, kind: str) -> set[str]:
    return {data["label"] for _, data in graph.nodes(data=True) if data["kind"] == kind}


def test_a_document_brings_its_issuer_its_money_its_project_and_its_targets(graph: nx.MultiDiGraph) -> None:
    part = around(graph, [iri(GRANT)])
    assert kinds(part, "origin") == {"中央"}
    assert kinds(part, "document") == {"昌州财教〔2024〕65号"}
    assert kinds(part, "project") == {"昌州财教[2024]65号2025年中央“三区”科技人才支持计划"}
    assert kinds(part, "subject") == {"2060599 其他科技条件与服务支出"}
    assert len(kinds(part, "indicator")) == 5


def test_the_issuer_does_not_bring_its_other_documents(graph: nx.MultiDiGraph) -> None:
    part = around(graph, [iri(GRANT)])
    stub = f"more:{iri('agency/652300.finance')}"
    assert part.nodes[stub] == {"kind": "more", "label": "+3", "left_out": {"document": 3}}


def test_the_issuer_asked_for_brings_its_documents(graph: nx.MultiDiGraph) -> None:
    assert len(kinds(around(graph, [iri("agency/652300.finance")]), "document")) == 4


def test_a_project_brings_the_years_before_and_after_and_the_renamed_body(graph: nx.MultiDiGraph) -> None:
    part = around(graph, [iri("proj/2024/奇财预【2024】55号2024年招商引资经费")])
    assert {"76.96 万元", "3.03 万元", "70.00 万元"} <= {data.get("printed") for _, data in part.nodes(data=True)}
    assert {"奇台县商务和工业信息化局", "奇台县商务科技和工业信息化局"} <= kinds(part, "body")


def test_one_document_keeps_its_two_carry_overs_apart(graph: nx.MultiDiGraph) -> None:
    part = around(graph, [iri("doc/克财建〔2025〕64号")])
    amounts = {data["amount"] for _, data in part.nodes(data=True) if data["kind"] == "carry_over"}
    assert amounts == {Decimal("24686600.00"), Decimal("26286000.00")}


def test_a_candidate_is_shown_but_never_followed(graph: nx.MultiDiGraph) -> None:
    part = around(graph, [iri("flow/c17")])
    assert iri("flow/a46") in part
    assert iri("grant/110") not in part
    assert part.nodes[f"more:{iri('flow/a46')}"]["left_out"]["onward_grant"] == 1


def test_a_candidate_beside_a_stated_link_does_not_stop_the_walk(graph: nx.MultiDiGraph) -> None:
    other = lineage()
    edge(other, "flow/c17", "flow/a46", "feeds")
    assert iri("grant/110") in around(other, [iri("flow/c17")])


def test_parallel_edges_are_all_kept(graph: nx.MultiDiGraph) -> None:
    assert around(graph, []).number_of_edges(iri("flow/c17"), iri("flow/a46")) == 2


def test_the_limit_holds_and_what_is_left_out_is_counted(graph: nx.MultiDiGraph) -> None:
    part = around(graph, [iri("agency/653001")], limit=8)
    assert sum(data["kind"] != "more" for _, data in part.nodes(data=True)) == 8
    assert part.graph["left_out"] > 0


def test_without_focus_a_small_graph_is_drawn_whole(graph: nx.MultiDiGraph) -> None:
    part = around(graph, [])
    assert set(part) == set(graph)
    assert part.graph["left_out"] == 0


def test_without_focus_a_large_graph_begins_with_the_largest_amounts(graph: nx.MultiDiGraph) -> None:
    part = around(graph, [], limit=12)
    assert iri("flow/c64b") in part
    assert iri("flow/a63") not in part


def test_a_graph_without_money_is_cut_at_the_limit() -> None:
    graph = nx.MultiDiGraph()
    for index in range(9):
        node(graph, f"b{index}", "body", f"第{index}局")
    assert len(around(graph, [], limit=4)) == 4


def test_the_graph_given_is_not_changed(graph: nx.MultiDiGraph) -> None:
    before = (dict(graph.nodes(data=True)), list(graph.edges(data=True)), dict(graph.graph))
    around(graph, [iri(GRANT)], limit=5)
    assert (dict(graph.nodes(data=True)), list(graph.edges(data=True)), dict(graph.graph)) == before


def test_a_focus_that_is_not_there_is_an_error(graph: nx.MultiDiGraph) -> None:
    with pytest.raises(CaimaiError, match="not in the graph: nowhere"):
        around(graph, ["nowhere"])
