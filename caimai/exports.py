"""The formats in which a whole graph goes out."""

from collections.abc import Callable
from functools import partial

from pyoxigraph import Store

from kg import export, export_network, export_table

EXPORTS: dict[str, Callable[[Store], bytes]] = {
    **{form: partial(export.rdf, form=form) for form in export.RDF_FORMATS},
    "graphml": export_network.graphml,
    "gexf": export_network.gexf,
    "neo4j": export_network.neo4j,
    "csv": export_table.as_csv,
    "parquet": export_table.parquet,
}
