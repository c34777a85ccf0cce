"""The forms in which answers are given, by media type, the most usual first."""

from pyoxigraph import QueryResultsFormat, RdfFormat

from queries.guarding.read_only import QueryForm

RESULTS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
    "text/plain": QueryResultsFormat.TSV,
}
TRUTH = {
    media_type: form
    for media_type, form in RESULTS.items()
    if form in {QueryResultsFormat.JSON, QueryResultsFormat.XML}
}
TRIPLES = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/json": RdfFormat.JSON_LD,
    "application/xml": RdfFormat.RDF_XML,
    "text/plain": RdfFormat.N_TRIPLES,
}


def offered(form: QueryForm) -> tuple[str, ...]:
    """The media types in which a query of this form can be answered."""
    return tuple({"select": RESULTS, "ask": TRUTH}.get(form, TRIPLES))
