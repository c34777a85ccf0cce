"""The layered layout: years from left to right, levels from top to bottom, and no card over another."""

import random
from itertools import combinations

import networkx as nx
import pytest
from viz_lineage import iri, lineage

from viz.cards import card
from viz.layout import Layout, layout, positions
from viz.neighbourhood import around


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph:
    return lineage()


@pytest.fixture(scope="module")
def drawn(graph: nx.MultiDiGraph) -> Layout:
    return layout(graph)


def overlaps(graph: nx.MultiDiGraph) -> list[tuple[str, str]]:
    places = positions(graph)
    cards = {node: card(graph.nodes[node]) for node in graph}
    return [
        (one, two)
        for one, two in combinations(graph, 2)
        if abs(places[one][0] - places[two][0]) < (cards[one].width + cards[two].width) / 2
        and abs(places[one][1] - places[two][1]) < (cards[one].height + cards[two].height) / 2
    ]


def test_no_card_covers_another(graph: nx.MultiDiGraph) -> None:
    assert overlaps(graph) == []


def test_stubs_cover_nothing_either(graph: nx.MultiDiGraph) -> None:
    part = around(graph, [iri("agency/652325.2025")], limit=20)
    assert any(data["kind"] == "more" for _, data in part.nodes(data=True))
    assert overlaps(part) == []


def test_years_go_from_left_to_right(graph: nx.MultiDiGraph, drawn: Layout) -> None:
    assert [column.name for column in drawn.columns] == ["<=2022", "2023", "2024", "2025", "2026"]
    columns = {column.name: column for column in drawn.columns}
    for node, data in graph.nodes(data=True):
        if data["year"] is not None and data["year"] > 2022:
            column = columns[str(data["year"])]
            assert column.start < drawn.positions[node][0] < column.end


def test_years_long_before_any_money_share_one_column(drawn: Layout) -> None:
    assert drawn.positions[iri("doc/新财教〔2005〕93号")][0] < drawn.columns[0].end


def test_levels_go_from_top_to_bottom(graph: nx.MultiDiGraph, drawn: Layout) -> None:
    assert [band.name for band in drawn.bands] == ["central", "province", "prefecture", "county", "money", "results"]
    bands = {band.name: band for band in drawn.bands}
    for node, data in graph.nodes(data=True):
        money = data["kind"] in ("allocation", "carry_over", "onward_grant", "project")
        band = bands[data["level"] or ("money" if money else "results")]
        assert band.start < drawn.positions[node][1] < band.end


def test_a_body_without_year_lies_with_its_money(drawn: Layout) -> None:
    column = next(column for column in drawn.columns if column.name == "2026")
    assert column.start < drawn.positions[iri("agency/653001")][0] < column.end


def test_what_has_neither_year_nor_neighbour_has_a_column_of_its_own() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", kind="allocation", label="2025 年下达", year=2025)
    graph.add_node("b", kind="body", label="某局", year=None, level=None)
    drawn = layout(graph)
    assert [column.name for column in drawn.columns] == ["2025", ""]
    assert [band.name for band in drawn.bands] == ["unlevelled", "money"]


def test_a_programme_without_level_lies_at_the_level_of_its_origin_and_a_document_at_its_issuers() -> None:
    graph = lineage()
    for node in (iri("prog/three-regions"), iri("doc/昌州财教〔2024〕65号")):
        graph.nodes[node]["level"] = None
    drawn = layout(graph)
    bands = {band.name: band for band in drawn.bands}
    assert drawn.positions[iri("prog/three-regions")][1] < bands["central"].end
    assert bands["prefecture"].start < drawn.positions[iri("doc/昌州财教〔2024〕65号")][1] < bands["prefecture"].end


def test_a_level_nobody_listed_has_a_band_of_its_own() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", kind="body", label="某师", level="corps")
    assert [band.name for band in layout(graph).bands] == ["corps"]


def test_the_places_depend_on_the_graph_and_not_on_its_order(graph: nx.MultiDiGraph) -> None:
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges(data=True))
    random.Random(1).shuffle(nodes)
    random.Random(2).shuffle(edges)
    other = nx.MultiDiGraph()
    other.add_nodes_from(nodes)
    other.add_edges_from(edges)
    assert positions(other) == positions(graph)


def test_an_empty_graph_has_an_empty_layout() -> None:
    assert layout(nx.MultiDiGraph()) == Layout({}, (), ())
