"""A whole store as one file of RDF, with what the data set says of itself; the same store gives the same bytes."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, serialize

from kg.rdf import TITLE, TYPE, chinese, integer
from kg.store import file_graphs
from ontology.terms import BL, GRAPH, ID, ONT, prefixes

ABOUT = NamedNode(f"{GRAPH}about")
RDF_FORMATS = {
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "turtle": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
}
_DCT, _DCAT, _VOID = "http://purl.org/dc/terms/", "http://www.w3.org/ns/dcat#", "http://rdfs.org/ns/void#"


@cache
def dataset() -> dict[str, Any]:
    """Title, description, licence and attribution of an export (`dataset.toml`)."""
    with files("kg").joinpath("dataset.toml").open("rb") as file:
        return tomllib.load(file)


def rdf(store: Store, form: str) -> bytes:
    """The store in a format of RDF_FORMATS; `turtle` holds the triples without the names of their graphs.

    The description of the data set (DCAT, VoID) stands in a graph of its own, `about`: all other quads are those of
    the store.
    """
    quads = sorted((quad for quad in store if quad.graph_name != ABOUT), key=str)
    quads += sorted(described_dataset(store), key=str)
    if form == "nquads":
        return serialize(sorted(quads, key=str), format=RdfFormat.N_QUADS) or b""
    if form == "turtle":
        triples = sorted((quad.triple for quad in quads), key=str)
        return serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes()) or b""
    if form == "jsonld":
        return serialize(quads, format=RdfFormat.JSON_LD) or b""
    return serialize(quads, format=RDF_FORMATS[form], prefixes=prefixes()) or b""


def described_dataset(store: Store) -> Iterator[Quad]:
    """What the data set is, who published what it is read from, how large it is, and under which licence it stands."""
    about = NamedNode(dataset()["iri"])
    held = [quad for quad in store if quad.graph_name != ABOUT]
    said: list[tuple[str, NamedNode | Literal | None]] = [
        (TYPE.value, NamedNode(f"{_DCAT}Dataset")),
        (TYPE.value, NamedNode(f"{_VOID}Dataset")),
        *((TITLE.value, Literal(text, language=language)) for language, text in dataset()["title"].items()),
        *((f"{_DCT}description", Literal(text, language=tag)) for tag, text in dataset()["description"].items()),
        (f"{_DCT}license", NamedNode(dataset()["licence"])),
        (f"{_DCT}rightsHolder", chinese(dataset()["attribution"])),
        (f"{_VOID}triples", integer(len(held))),
        (f"{_VOID}distinctSubjects", integer(len({quad.subject for quad in held}))),
        (f"{_VOID}documents", integer(len(file_graphs(store)))),
        (f"{_VOID}uriSpace", Literal(ID)),
        (f"{_VOID}vocabulary", NamedNode(ONT.rstrip("#"))),
        *((f"{_DCT}source", quad.subject) for quad in held if quad.predicate == TYPE and quad.object == BL.SourceFile),
    ]
    for predicate, value in said:
        if isinstance(value, NamedNode | Literal):
            yield Quad(about, NamedNode(predicate), value, ABOUT)
