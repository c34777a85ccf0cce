"""The lineage as a graph: typed attributes, exact amounts, every edge with its grade and its places."""

import io
import zipfile
from decimal import Decimal
from typing import Any

import networkx as nx
import pytest
from evaluated_documents import accounts, budget
from kg_documents import NAMES, built, document
from pyoxigraph import Store

from kg import export_network
from kg.build import build
from kg.lineage import lineage
from kg.near import kind_of, neighbours, pieces
from kg.places import Evidence
from kg.store import MEMORY, dump, open_read_only, open_store

KINDS = {
    "origin", "body", "document", "programme", "project", "allocation", "carry_over", "onward_grant", "subject",
    "target", "indicator", "evaluation", "outcome",
}  # fmt: skip
NODE = {"kind", "label", "year", "level", "amount", "amount_type", "printed", "grade"}
EDGE = {"relation", "grade", "rule", "evidence"}


@pytest.fixture(scope="module")
def graph() -> "nx.MultiDiGraph[str]":
    return lineage(built())


def found(graph: "nx.MultiDiGraph[str]", kind: str, label: str) -> str:
    """The one node of a kind whose label holds the words."""
    nodes = [str(node) for node, data in graph.nodes(data=True) if data["kind"] == kind and label in data["label"]]
    assert len(nodes) == 1, nodes
    return nodes[0]


def related(graph: "nx.MultiDiGraph[str]", node: str) -> set[tuple[str, str, str]]:
    """Relation, label of the other end and grade of all edges that begin at a node."""
    return {
        (data["relation"], graph.nodes[end]["label"], data["grade"])
        for _, end, data in graph.out_edges(node, data=True)
    }


def test_every_node_and_edge_has_the_same_typed_attributes(graph: "nx.MultiDiGraph[str]") -> None:
    types: dict[str, Any] = {"label": str, "year": int | None, "level": str | None, "amount": Decimal | None}
    for _, data in graph.nodes(data=True):
        assert set(data) == NODE
        assert data["kind"] in KINDS
        assert data["label"]
        assert data["level"] in (None, "central", "province", "prefecture", "county")
        assert all(isinstance(data[name], kind) for name, kind in types.items())
    for _, _, data in graph.edges(data=True):
        assert set(data) == EDGE
        assert data["grade"] in ("stated", "derived", "candidate")
        assert (data["rule"] is None) == (data["grade"] == "stated")
        assert data["evidence"]
        assert all(isinstance(place, Evidence) for place in data["evidence"])


def test_the_grant_of_65_leads_up_to_the_centre_and_down_to_its_indicators(graph: "nx.MultiDiGraph[str]") -> None:
    document_ = found(graph, "document", "昌州财教〔2024〕65号")
    assert related(graph, document_) == {
        ("issued_by", "昌吉回族自治州财政局", "derived"),
        ("relayed_by", "新疆维吾尔自治区财政厅", "derived"),
        ("originates_from", "中央", "derived"),
        ("part_of_programme", "三区科技人才支持计划", "derived"),
    }
    (allocation,) = graph.predecessors(document_)
    project = "昌州财教[2024]65号2025年中央“三区”科技人才支持计划"
    assert related(graph, allocation) == {
        ("issued_under", "昌州财教〔2024〕65号", "stated"),
        ("allocated_to", "奇台县商务科技和工业信息化局", "stated"),
        ("allocated_from", "昌吉回族自治州财政局", "derived"),
        ("for_project", project, "stated"),
        ("budgeted_under_subject", "2060599 其他科技条件与服务支出", "stated"),
    }
    assert graph.nodes[allocation]["amount"] == Decimal("73800")
    assert graph.nodes[allocation]["printed"] == "7.38 万元"
    assert graph.nodes[allocation]["amount_type"] == "budgeted"
    (target,) = (
        end
        for _, end, data in graph.out_edges(found(graph, "project", project), data=True)
        if data["relation"] == "has_target"
    )
    assert graph.nodes[target]["amount"] == Decimal("73700")
    assert graph.nodes[target]["amount_type"] == "kpi"
    assert len(list(graph.successors(target))) == 9


def test_the_two_carry_overs_of_64_stay_two_nodes(graph: "nx.MultiDiGraph[str]") -> None:
    flows = list(graph.predecessors(found(graph, "document", "克财建〔2025〕64号")))
    assert sorted(graph.nodes[flow]["amount"] for flow in flows) == [Decimal("24686600"), Decimal("26286000")]
    assert {graph.nodes[flow]["label"] for flow in flows} == {"2025 年结转到 2026 年"}


def test_projects_go_on_over_years_and_bodies(graph: "nx.MultiDiGraph[str]") -> None:
    new = found(graph, "project", "奇财预【2025】68号")
    assert ("continues", "奇财预【2024】55号2024年招商引资经费", "derived") in related(graph, new)
    body = found(graph, "body", "奇台县商务科技和工业信息化局")
    assert {(end, grade) for relation, end, grade in related(graph, body) if relation == "succeeds"} == {
        ("奇台县商务和工业信息化局", "derived"),
        ("奇台县科学技术局", "derived"),
    }


def test_a_project_of_several_lines_has_their_sum_and_no_printed_amount(graph: "nx.MultiDiGraph[str]") -> None:
    data = graph.nodes[found(graph, "project", "奇财预【2025】68号")]
    assert (data["amount"], data["printed"], data["amount_type"]) == (Decimal("799900"), None, "budgeted")


def test_an_edge_shows_where_it_is_printed(graph: "nx.MultiDiGraph[str]") -> None:
    (allocation,) = graph.predecessors(found(graph, "document", "昌州财教〔2024〕65号"))
    (data,) = (data for *_, data in graph.out_edges(allocation, data=True) if data["relation"] == "for_project")
    (place,) = data["evidence"]
    assert (place.file, place.page, place.table, place.row, place.words) == (
        "qitai-2025.pdf", 10, "一般公共预算项目支出情况表", 12, "7.38",
    )  # fmt: skip


def test_candidates_are_shown_as_candidates(graph: "nx.MultiDiGraph[str]") -> None:
    document_ = found(graph, "document", "克财行〔2025〕46号")
    assert ("originates_from", "新疆维吾尔自治区", "candidate") in related(graph, document_)


def test_a_withheld_project_stands_under_no_document(graph: "nx.MultiDiGraph[str]") -> None:
    withheld = found(graph, "project", "特定目标")
    assert {relation for relation, *_ in related(graph, withheld)} == {"carried_by", "budgeted_under_subject"}
    assert list(graph.predecessors(withheld)) == []


def test_a_named_recipient_is_a_node_of_its_own(graph: "nx.MultiDiGraph[str]") -> None:
    grant = found(graph, "onward_grant", "克州润华纺织有限公司")
    assert graph.nodes[grant]["amount"] == Decimal("1100000")
    assert [data["relation"] for *_, data in graph.in_edges(grant, data=True)] == ["feeds"]


def test_the_view_only_reads(tmp_path: Any) -> None:
    store = open_store(tmp_path / "store")
    build([document(name) for name in NAMES], store)
    before = dump(store)
    lineage(store)
    assert dump(store) == before
    del store
    assert len(lineage(open_read_only(tmp_path / "store"))) == len(lineage(built()))


def test_the_view_of_equal_stores_is_equal_in_order_too() -> None:
    turned: Store = open_store(MEMORY)
    build([document(name) for name in reversed(NAMES)], turned)
    one, other = lineage(built()), lineage(turned)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(data=True)) == list(other.edges(data=True))


def test_an_empty_store_has_an_empty_lineage() -> None:
    assert len(lineage(open_store(MEMORY))) == 0


# --- what came of it --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def achieved() -> "nx.MultiDiGraph[str]":
    store = open_store(MEMORY)
    build([budget(), accounts()], store)
    return lineage(store)


def test_a_target_leads_to_its_self_evaluation_and_this_to_what_came_of_each_indicator(
    achieved: "nx.MultiDiGraph[str]",
) -> None:
    target = found(achieved, "target", "项目支出绩效目标表")
    assert ("evaluated_by", "2024 年项目支出绩效自评 94 分", "derived") in related(achieved, target)
    evaluation = found(achieved, "evaluation", "绩效自评")
    assert related(achieved, evaluation) == {
        ("has_outcome", label, "stated")
        for label in (
            "办班次数 18次",
            "完成时间 2024年12月10日",
            "办班成本 2.80万元/次",
            "数据应用 达成预期指标",
            "学员满意度 96.5%",
        )
    }
    spent = achieved.nodes[evaluation]
    assert (spent["amount"], spent["amount_type"], spent["year"]) == (Decimal(604000), "executed", 2024)
    assert {set(data) == NODE for _, data in achieved.nodes(data=True)} == {True}


def test_an_indicator_leads_to_what_came_of_it(achieved: "nx.MultiDiGraph[str]") -> None:
    indicator = found(achieved, "indicator", "办班次数")
    assert related(achieved, indicator) == {("came_to", "办班次数 18次", "derived")}
    (edge,) = achieved.get_edge_data(indicator, found(achieved, "outcome", "办班次数")).values()
    assert edge["rule"] == "outcome_by_name"
    assert {place.file for place in edge["evidence"]} == {
        "奇台县统计局2024年部门预算公开.pdf",
        "奇台县统计局2024年度部门决算公开.pdf",
    }


def test_a_project_leads_to_its_self_evaluation(achieved: "nx.MultiDiGraph[str]") -> None:
    project = found(achieved, "project", "经济普查经费")
    assert "evaluated_by" in {relation for relation, _, _ in related(achieved, project)}


def test_exports_have_what_came_of_it() -> None:
    store = open_store(MEMORY)
    build([budget(), accounts()], store)
    again = nx.read_graphml(io.BytesIO(export_network.graphml(store)), force_multigraph=True)
    assert {"evaluation", "outcome"} <= {data["kind"] for _, data in again.nodes(data=True)}
    with zipfile.ZipFile(io.BytesIO(export_network.neo4j(store))) as files:
        nodes = files.read("nodes.csv").decode()
        edges = files.read("relationships.csv").decode()
    assert "办班次数 18次" in nodes
    assert "CAME_TO" in edges


def test_the_part_of_the_lineage_around_a_target_is_that_of_the_whole() -> None:
    store = open_store(MEMORY)
    build([budget(), accounts()], store)
    whole = lineage(store)
    for iri in sorted(whole):
        if kind_of(iri) in ("target", "indicator", "evaluation", "outcome"):
            beside = {*whole.successors(iri), *whole.predecessors(iri)}
            assert set(neighbours(store, [iri])[iri]) >= {other for other in beside if kind_of(other)}
            assert pieces(store, [iri])[iri].attributes == dict(whole.nodes[iri])
