"""What the endpoint says of itself: SPARQL 1.1 Service Description."""

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, RdfFormat, Triple, serialize

from kg.export import dataset
from kg.rdf import TITLE, TYPE
from ontology.terms import prefixes
from viz.web.endpoint.formats import RESULTS, TRIPLES

_SD = "http://www.w3.org/ns/sparql-service-description#"
_LICENCE = NamedNode("http://purl.org/dc/terms/license")
_FORMATS: tuple[QueryResultsFormat | RdfFormat, ...] = tuple(dict.fromkeys((*RESULTS.values(), *TRIPLES.values())))


def description(address: str, media_type: str) -> bytes:
    """The description of the endpoint at an address, in a media type of `formats.TRIPLES`."""
    triples = list(_described(NamedNode(address)))
    form = TRIPLES[media_type]
    known = prefixes() | {"sd": _SD} if form in {RdfFormat.TURTLE, RdfFormat.RDF_XML} else None
    return serialize(triples, format=form, prefixes=known) or b""


def _described(service: NamedNode) -> Iterator[Triple]:
    graphs, everything = BlankNode("dataset"), BlankNode("union")
    yield Triple(service, TYPE, _term("Service"))
    yield Triple(service, _term("endpoint"), service)
    yield Triple(service, _term("supportedLanguage"), _term("SPARQL11Query"))
    yield Triple(service, _term("feature"), _term("UnionDefaultGraph"))
    for form in _FORMATS:
        yield Triple(service, _term("resultFormat"), NamedNode(form.iri))
    yield Triple(service, _term("defaultDataset"), graphs)
    yield Triple(graphs, TYPE, _term("Dataset"))
    yield Triple(graphs, _LICENCE, NamedNode(dataset()["licence"]))
    for language, title in dataset()["title"].items():
        yield Triple(graphs, TITLE, Literal(title, language=language))
    yield Triple(graphs, _term("defaultGraph"), everything)
    yield Triple(everything, TYPE, _term("Graph"))


def _term(name: str) -> NamedNode:
    return NamedNode(_SD + name)
