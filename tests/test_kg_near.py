"""Parts of the lineage read by themselves are parts of the whole."""

from functools import partial
from pathlib import Path

import networkx as nx
import pytest
from pyoxigraph import Store

from kg.lineage import cite, lineage
from kg.near import neighbours, part, pieces, places
from kg.store import open_read_only
from ontology.terms import ID


@pytest.fixture(scope="module")
def store(example_store: Path) -> Store:
    return open_read_only(example_store)


@pytest.fixture(scope="module")
def whole(store: Store) -> nx.MultiDiGraph:
    return lineage(store)


def test_what_a_node_is_connected_with_is_what_the_whole_lineage_connects_it_with(
    store: Store, whole: nx.MultiDiGraph
) -> None:
    origins = {node for node, kind in whole.nodes(data="kind") if kind == "origin"}
    checked = sorted(set(whole) - origins)[::3]
    assert len(checked) > 50
    found = neighbours(store, checked)
    for node in checked:
        expected = {*whole.predecessors(node), *whole.successors(node)} - {node} - origins
        assert set(found[node]) == expected, node
        assert neighbours(store, [node]) == {node: found[node]}


def test_a_part_has_the_nodes_and_edges_of_the_whole(store: Store, whole: nx.MultiDiGraph) -> None:
    focus = next(node for node, kind in whole.nodes(data="kind") if kind == "document" and whole.degree(node) > 4)
    nodes = {focus, *neighbours(store, [focus])[focus]}
    found = part(partial(pieces, store), nodes)
    cite(found, partial(places, store))
    assert nodes & set(whole) <= set(found)
    expected = whole.subgraph(found)
    assert {node: data for node, data in found.nodes(data=True) if node in whole} == dict(expected.nodes(data=True))
    between = sorted(found.subgraph(set(found) & set(whole)).edges(data=True), key=str)
    assert between == sorted(expected.edges(data=True), key=str)


def test_a_node_is_in_its_part_even_alone(store: Store, whole: nx.MultiDiGraph) -> None:
    indicator = next(node for node, kind in whole.nodes(data="kind") if kind == "indicator")
    assert list(part(partial(pieces, store), [indicator])) == [indicator]


def test_parts_of_all_nodes_together_are_the_whole(store: Store, whole: nx.MultiDiGraph) -> None:
    found = part(partial(pieces, store), list(whole))
    cite(found, partial(places, store))
    assert dict(found.nodes(data=True)) == dict(whole.nodes(data=True))
    assert sorted(found.edges(data=True), key=str) == sorted(whole.edges(data=True), key=str)


def test_what_no_iri_can_be_has_no_neighbours(store: Store) -> None:
    odd = [f"{ID}doc/a> }} ?x ?y ?z {{ <b", f"{ID}agency/[", "", "id/doc/x"]
    assert neighbours(store, odd) == {iri: [] for iri in odd}
    assert not part(partial(pieces, store), odd)


def test_what_is_not_in_the_graph_has_no_part(store: Store) -> None:
    assert not part(partial(pieces, store), ["https://w3id.org/cnbl/id/doc/nothing"])
