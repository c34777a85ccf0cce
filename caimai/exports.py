"""The formats in which a whole graph goes out."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import cast

from pyoxigraph import Store

# Modules are imported when their format is asked for: NetworkX takes longer to import than most commands run.
_WRITTEN_BY = {
    "graphml": "kg.export_network:graphml",
    "gexf": "kg.export_network:gexf",
    "neo4j": "kg.export_network:neo4j",
    "csv": "kg.export_table:as_csv",
    "parquet": "kg.export_table:parquet",
}
FORMATS = ("csv", "gexf", "graphml", "jsonld", "neo4j", "nquads", "parquet", "trig", "turtle")


def exported(store: Store, form: str) -> bytes:
    """The whole graph in one of `FORMATS`. Raises CaimaiError where an extra that it needs is not installed."""
    module, _, function = _WRITTEN_BY.get(form, "kg.export:rdf").partition(":")
    write = getattr(import_module(module), function)
    return cast(Callable[[Store], bytes], write if form in _WRITTEN_BY else partial(write, form=form))(store)
