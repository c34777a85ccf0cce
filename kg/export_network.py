"""The lineage for graph programs: GraphML and GEXF by NetworkX, node and relationship tables for Neo4j."""

import csv
import io
import re
import zipfile
from decimal import Decimal
from typing import Any

import networkx as nx
from pyoxigraph import Store

from kg.export import dataset
from kg.lineage import lineage
from kg.places import Evidence

_NODE = ("kind", "label", "year", "level", "amount", "amount_type", "printed", "grade")
_EDGE = ("relation", "grade", "rule", "places", "words")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def graphml(store: Store) -> bytes:
    """The lineage as GraphML; amounts are exact decimals of yuan as text, places read `file p.3 r4 c2`."""
    buffer = io.BytesIO()
    nx.write_graphml_xml(plain(store), buffer)
    return buffer.getvalue()


def gexf(store: Store) -> bytes:
    """The lineage as GEXF, without the date that NetworkX takes from the clock."""
    buffer = io.BytesIO()
    nx.write_gexf(plain(store), buffer)
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", buffer.getvalue())


def neo4j(store: Store) -> bytes:
    """A zip of `nodes.csv`, `relationships.csv` and how `neo4j-admin database import` reads them."""
    graph = plain(store)
    nodes = [[iri, *(found.get(name, "") for name in _NODE), found["kind"]] for iri, found in graph.nodes(data=True)]
    edges = [
        [start, end, *(found.get(name, "") for name in _EDGE), found["relation"].upper()]
        for start, end, found in graph.edges(data=True)
    ]
    said = dataset()
    how = (
        "neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv neo4j\n"
        f"licence: {said['licence']}\nattribution: {said['attribution']}\n"
    )
    return _zipped(
        {
            "nodes.csv": _table(["iri:ID", *_NODE, ":LABEL"], nodes),
            "relationships.csv": _table([":START_ID", ":END_ID", *_EDGE, ":TYPE"], edges),
            "README.txt": how,
        }
    )


def plain(store: Store) -> "nx.MultiDiGraph[str]":
    """The lineage with texts and integers only, nothing where nothing is known, edges numbered in order."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**{name: dataset()[name] for name in ("licence", "attribution")})
    found = lineage(store)
    for iri, attributes in found.nodes(data=True):
        graph.add_node(iri, **_known(attributes))
    for number, (start, end, attributes) in enumerate(found.edges(data=True)):
        places: tuple[Evidence, ...] = attributes["evidence"]
        told = {"places": "; ".join(map(_place, places)), "words": " | ".join(place.words for place in places)}
        known = {name: value for name, value in attributes.items() if name != "evidence"}
        graph.add_edge(start, end, key=str(number), **_known(known | told))
    return graph


def _known(attributes: dict[str, Any]) -> dict[str, str | int]:
    return {
        name: value
        if isinstance(value, int)
        else format(value, "f")
        if isinstance(value, Decimal)
        else _legal(str(value))
        for name, value in attributes.items()
        if value is not None
    }


def _legal(text: str) -> str:
    """The text without the control characters that XML has no way to write."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", " ", text)


def _place(place: Evidence) -> str:
    numbers = (("p.", place.page), ("l", place.line), ("r", place.row), ("c", place.column))
    return " ".join([place.file, *(f"{mark}{value}" for mark, value in numbers if value is not None)])


def _table(columns: list[str], rows: list[list[Any]]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([columns, *rows])
    return buffer.getvalue()


def _zipped(texts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(zipfile.ZipInfo(name, _FIRST_DAY), text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
