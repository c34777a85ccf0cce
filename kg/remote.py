"""A graph kept by a SPARQL 1.1 server with update, asked and changed over HTTP as a store in this process is.

`http://host:7878` has its endpoints at `/query` and `/update` (Oxigraph); an address with a path is the endpoint of
both, one that ends in `/query` has its updates at `/update`. The server's default graph must be the union of all named
graphs, as it is in Virtuoso and GraphDB; Oxigraph is asked for that with every query. User and password may stand in
the address. Every update is one request: whole or not at all as far as the server promises that.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    Variable,
    parse,
    parse_query_results,
    serialize,
)

from ontology.errors import CaimaiError

TIMEOUT_SECONDS = 600.0
_RESULTS = "application/sparql-results+json, application/n-triples;q=0.5"

Graph = NamedNode | BlankNode | DefaultGraph


class StoreError(CaimaiError):
    """A store that cannot be opened or does not answer: absent, in use by a writer, not a store, out of reach."""


class RemoteStore:
    """The part of `pyoxigraph.Store` that this package uses, on a server; StoreError where that does not answer."""

    def __init__(self, address: str, *, read_only: bool = False) -> None:
        """Open connections; nothing is asked yet. Raises StoreError where httpx is not installed."""
        try:
            import httpx
        except ImportError:
            raise StoreError("a store on a server needs httpx: pip install 'caimai[remote]'") from None
        self.ask_at, self.change_at = endpoints(address)
        self.read_only = read_only
        self._failed = httpx.HTTPError
        self._client = httpx.Client(timeout=TIMEOUT_SECONDS)

    def query(
        self, query: str, *, use_default_graph_as_union: bool = False,
        default_graph: Graph | Iterable[Graph] | None = None,
        substitutions: Mapping[Variable, NamedNode | BlankNode | Literal | Triple] | None = None, **_: Any,
    ) -> Any:  # fmt: skip
        """Rows, truth or triples of a query over the union of all graphs, or over the graphs given."""
        graphs = [default_graph] if isinstance(default_graph, Graph) else list(default_graph or ())
        parameters = {"query": bound(query, substitutions or {})}
        if graphs:
            parameters["default-graph-uri"] = [graph.value for graph in graphs if isinstance(graph, NamedNode)]  # type: ignore[assignment]
        elif use_default_graph_as_union:
            parameters["union-default-graph"] = "true"
        answer = self._post(self.ask_at, data=parameters, headers={"Accept": _RESULTS})
        try:
            if "json" in answer.headers.get("content-type", ""):
                return _results(answer.content)
            return iter([quad.triple for quad in parse(answer.content, format=RdfFormat.N_TRIPLES)])
        except (SyntaxError, ValueError) as error:  # a server out of time answers 200 and breaks off
            raise StoreError(f"{self.ask_at}: the answer breaks off or is none - {error}") from None

    def update(self, update: str) -> None:
        """Change the graph by one request of SPARQL Update."""
        if self.read_only:
            raise StoreError(f"{self.change_at}: opened for reading only")
        headers = {"Content-Type": "application/sparql-update"}
        self._post(self.change_at, content=update.encode(), headers=headers)

    def extend(self, quads: Iterable[Quad]) -> None:
        """Add quads of named graphs, in one request."""
        graphs: dict[object, list[Triple]] = {}
        for quad in quads:
            graphs.setdefault(quad.graph_name, []).append(quad.triple)
        blocks = (
            f"GRAPH {graph} {{ {(serialize(triples, format=RdfFormat.N_TRIPLES) or b'').decode()} }}"
            for graph, triples in graphs.items()
        )
        if graphs:
            self.update(f"INSERT DATA {{ {' '.join(blocks)} }}")

    def quads_for_pattern(
        self, subject: Any = None, predicate: Any = None, object_: Any = None, graph_name: Any = None
    ) -> Iterator[Quad]:
        """The quads of named graphs that match; None matches everything."""
        given = {"s": subject, "p": predicate, "o": object_, "g": graph_name}
        terms = {name: f"?{name}" if term is None else str(term) for name, term in given.items()}
        wanted = " ".join(f"?{name}" for name, term in given.items() if term is None)
        pattern = "GRAPH {g} {{ {s} {p} {o} }}".format(**terms)
        if not wanted:
            found: list[dict[str, Any]] = [{}] if self.query(f"ASK {{ {pattern} }}") else []
        else:
            rows = self.query(f"SELECT {wanted} WHERE {{ {pattern} }}")
            found = [{name: row[name] for name, term in given.items() if term is None} for row in rows]
        for row in found:
            yield Quad(*((given | row)[name] for name in "spog"))

    def named_graphs(self) -> Iterator[NamedNode]:
        """The named graphs that hold anything."""
        return (row["g"] for row in self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"))

    def dump(self, *, format: RdfFormat) -> bytes:  # noqa: A002 - as the store in this process calls it
        """All quads of named graphs."""
        return serialize(self, format=format) or b""

    def flush(self) -> None:
        """Nothing: a server keeps what it has answered for."""

    def __iter__(self) -> Iterator[Quad]:
        return self.quads_for_pattern()

    def __len__(self) -> int:
        [row] = self.query("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")
        return int(row["n"].value)

    def _post(self, address: str, **request: Any) -> Any:
        try:
            answer = self._client.post(address, **request)
        except self._failed as error:
            raise StoreError(f"{address}: {error}") from None
        if answer.status_code >= 400:
            raise StoreError(f"{address}: {answer.status_code} {answer.text[:200].strip()}")
        return answer


def endpoints(address: str) -> tuple[str, str]:
    """Where to ask and where to change the graph that stands at an address."""
    plain = address.rstrip("/")
    if urlsplit(plain).path == "":
        return f"{plain}/query", f"{plain}/update"
    return plain, plain.removesuffix("/query") + "/update" if plain.endswith("/query") else plain


def bound(query: str, terms: Mapping[Variable, Any]) -> str:
    """The query with variables bound to terms, by VALUES at the beginning of its pattern."""
    values = " ".join(f"VALUES {variable} {{ {term} }}" for variable, term in terms.items())
    return query.replace("WHERE {", f"WHERE {{ {values} ", 1) if values else query


def _results(content: bytes) -> QuerySolutions | QueryBoolean:
    """The rows, read to their end so that a broken answer is found; truth otherwise."""
    found = parse_query_results(content, format=QueryResultsFormat.JSON)
    if isinstance(found, QueryBoolean):
        return found
    for _ in found:
        pass
    again = parse_query_results(content, format=QueryResultsFormat.JSON)
    assert isinstance(again, QuerySolutions), "the same bytes are the same kind of answer"
    return again
