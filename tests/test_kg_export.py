"""Exports: what goes out comes in again, with provenance, licence and attribution."""

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import networkx as nx
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from kg_documents import built, rows
from pyoxigraph import RdfFormat, Store, parse

from caimai.cli import cli
from kg import export, export_network, export_table
from kg.lineage import lineage
from kg.store import dump


@pytest.fixture(scope="module")
def store() -> Store:
    return built()


def test_exported_nquads_read_in_again_are_the_same_graph(store: Store) -> None:
    again = Store()
    again.extend(parse(export.rdf(store, "nquads"), format=RdfFormat.N_QUADS))
    assert export.rdf(again, "nquads") == export.rdf(store, "nquads")
    again.remove_graph(export.ABOUT)
    assert dump(again) == dump(store)


@pytest.mark.parametrize("form", ["trig", "jsonld"])
def test_other_formats_with_graphs_hold_the_same_quads(store: Store, form: str) -> None:
    again = Store()
    again.extend(parse(export.rdf(store, form), format=export.RDF_FORMATS[form]))
    again.remove_graph(export.ABOUT)
    assert set(again) == set(store)


def test_turtle_holds_every_triple(store: Store) -> None:
    found = {quad.triple for quad in parse(export.rdf(store, "turtle"), format=RdfFormat.TURTLE)}
    assert found > {quad.triple for quad in store}


@pytest.fixture(scope="module")
def other_way_round() -> Store:
    return built("artux-2026", "qitai-2025", "qitai-2024")


@pytest.mark.parametrize("form", export.RDF_FORMATS)
def test_the_same_documents_in_another_order_export_the_same_bytes(
    store: Store, other_way_round: Store, form: str
) -> None:
    assert export.rdf(other_way_round, form) == export.rdf(store, form)


def test_an_export_describes_itself(store: Store) -> None:
    again = Store()
    again.extend(parse(export.rdf(store, "trig"), format=RdfFormat.TRIG))
    [(licence, size)] = rows(
        again,
        "PREFIX void: <http://rdfs.org/ns/void#> SELECT ?licence ?size { ?set a void:Dataset ; void:triples ?size ;"
        " <http://purl.org/dc/terms/license> ?licence }",
    )
    assert (licence, size) == (export.dataset()["licence"], str(len(store)))
    assert len(rows(again, "SELECT * { ?set <http://purl.org/dc/terms/source> ?file . ?file bl:sha256 ?sha }")) == 3


def test_graphml_opens_in_networkx_with_all_nodes_edges_and_places(store: Store) -> None:
    found = lineage(store)
    again = nx.read_graphml(io.BytesIO(export_network.graphml(store)), force_multigraph=True)
    assert again.graph["licence"] == export.dataset()["licence"]
    assert set(again.nodes) == set(found.nodes)
    assert again.number_of_edges() == found.number_of_edges()
    for iri, attributes in found.nodes(data=True):
        assert again.nodes[iri].get("amount") == (format(attributes["amount"], "f") if attributes["amount"] else None)
    assert sum("words" in edge for *_, edge in again.edges(data=True)) == sum(
        bool(edge["evidence"]) for *_, edge in found.edges(data=True)
    )


def test_gexf_opens_in_networkx_and_knows_no_clock(store: Store) -> None:
    written = export_network.gexf(store)
    again = nx.read_gexf(io.BytesIO(written))
    assert again.number_of_nodes() == lineage(store).number_of_nodes()
    assert again.number_of_edges() == lineage(store).number_of_edges()
    assert b"lastmodifieddate" not in written


def test_neo4j_tables_name_every_node_that_a_relationship_needs(store: Store) -> None:
    with zipfile.ZipFile(io.BytesIO(export_network.neo4j(store))) as archive:
        nodes, edges = (
            list(csv.DictReader(io.StringIO(archive.read(name).decode())))
            for name in ("nodes.csv", "relationships.csv")
        )
        assert export.dataset()["licence"] in archive.read("README.txt").decode()
    iris = {node["iri:ID"] for node in nodes}
    assert len(iris) == len(nodes) > 0
    assert {edge[end] for edge in edges for end in (":START_ID", ":END_ID")} <= iris
    assert export_network.neo4j(store) == export_network.neo4j(store)


def test_every_figure_is_a_row_with_its_source_licence_and_attribution(store: Store) -> None:
    found = list(csv.DictReader(io.StringIO(export_table.as_csv(store).decode())))
    kinds = "bl:BudgetObservation, bl:Allocation, bl:CarryOver, bl:OnwardGrant"
    stated = rows(store, f"SELECT DISTINCT ?x {{ ?x bl:statedAmount ?y ; a ?k FILTER(?k IN ({kinds})) }}")
    assert {row["iri"] for row in found} == {iri for (iri,) in stated}
    assert all(row["file"] and len(row["sha256"]) == 64 and row["words"] and row["body"] for row in found)
    assert {row["licence"] for row in found} == {export.dataset()["licence"]}


def test_parquet_holds_exact_decimals_and_the_rows_of_the_csv(store: Store) -> None:
    table = pq.read_table(io.BytesIO(export_table.parquet(store)))
    assert table.num_rows == len(export_table.figures(store))
    [row] = [
        row
        for row in table.to_pylist()
        if row["kind"] == "Allocation" and row["document"] == "昌州财教〔2024〕65号" and row["year"] == 2025
    ]
    assert (row["amount"], row["printed"]) == (Decimal("73800"), "7.38")
    assert table.schema.metadata[b"licence"].decode() == export.dataset()["licence"]


def test_parquet_opens_in_duckdb_and_adds_up_exactly(store: Store, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed: pip install 'caimai[test]'")
    file = tmp_path / "figures.parquet"
    file.write_bytes(export_table.parquet(store))
    sums = duckdb.sql(
        f"SELECT body, year, SUM(amount) FROM '{file}' WHERE kind = 'CarryOver' GROUP BY ALL ORDER BY ALL"
    )
    query = """SELECT ?body ?year (SUM(?a) AS ?sum) {
        ?f a bl:CarryOver ; bl:amountCNY ?a ; bl:fiscalYear ?year ; bl:toParty/bl:officialName ?body
        } GROUP BY ?body ?year ORDER BY ?body ?year"""
    asked = rows(store, query)
    assert [(body, str(year), total) for body, year, total in sums.fetchall()] == [
        (body, year, Decimal(total or "")) for body, year, total in asked
    ]
    assert len(asked) > 1


@pytest.mark.parametrize("form", ["nquads", "trig", "turtle", "jsonld", "graphml", "gexf", "csv", "parquet", "neo4j"])
def test_the_command_writes_every_format(example_store: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    done = CliRunner().invoke(cli, ["export", "--format", form, "--store", str(example_store), "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert out.stat().st_size > 1000
