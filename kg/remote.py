"""A graph kept by a SPARQL 1.1 server with update, asked and changed over HTTP as a store in this process is.

`http://host:7878` has its endpoints at `/query` and `/update` (Oxigraph); an address with a path is the endpoint of
both, one that ends in `/query` has its updates at `/update`. The server's default graph must be the union of all named
graphs, as it is in Virtuoso and GraphDB; Oxigraph is asked for that with every query. User and password may stand in
the address, for HTTP's Basic or Digest (Virtuoso: `http://dba:…@host:8890/sparql-auth`). What else the server holds, in
graphs that are not ours, is left alone.

Virtuoso plans by statistics of what it held when it was first asked: restart it once after the first load into an empty
one, else questions take up to ten times as long.

A change is one request: whole or not at all as far as the server promises that. Only where a server refuses it for its
size, it goes in several; the next build completes what was broken off.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

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

from kg.updates import changes, parts
from ontology.errors import CaimaiError
from ontology.terms import GRAPH

TIMEOUT_SECONDS = 600.0
_PART_BYTES = 4 * 2**20  # Virtuoso takes less than 10 MB of text, and makes more of it first
_TOO_LARGE = {400, 413, 500}
# Virtuoso gives truth as 1 and 0.
_BOOLEAN = re.compile(rb'(XMLSchema#boolean",\s*"value":\s*)"([01])"')
_BOOLEAN_TERM = re.compile(rb'()"([01])"(?=\^\^<http://www.w3.org/2001/XMLSchema#boolean>)')
_NO_WORD = re.compile(r"<[^>\s]*>|#.*")
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)

Graph = NamedNode | BlankNode | DefaultGraph


class StoreError(CaimaiError):
    """A store that cannot be opened or does not answer: absent, in use by a writer, not a store, out of reach."""


class RefusedBySize(StoreError):
    """A change that a server does not take at once, most likely for its size."""


class RemoteStore:
    """The part of `pyoxigraph.Store` that this package uses, on a server; StoreError where that does not answer."""

    def __init__(self, address: str, *, read_only: bool = False) -> None:
        """Open connections; nothing is asked yet. Raises StoreError where httpx2 is not installed."""
        try:
            import httpx2
        except ImportError:
            raise StoreError("a store on a server needs httpx2: pip install 'caimai[remote]'") from None
        user, plain = credentials(address)
        self.ask_at, self.change_at = endpoints(plain)
        self.read_only = read_only
        self._failed = httpx2.HTTPError
        self._digest = httpx2.DigestAuth(*user) if user else None
        self._client = httpx2.Client(timeout=TIMEOUT_SECONDS, auth=user)

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
        accepted = "application/n-triples" if _gives_triples(query) else "application/sparql-results+json"
        answer = self._post(self.ask_at, data=parameters, headers={"Accept": accepted})
        try:
            if "json" in answer.headers.get("content-type", ""):
                return _results(_BOOLEAN.sub(_truth, answer.content))
            content = _BOOLEAN_TERM.sub(_truth, answer.content)
            return iter([quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES)])
        except (SyntaxError, ValueError) as error:  # a server out of time answers 200 and breaks off
            raise StoreError(f"{self.ask_at}: the answer breaks off or is none - {error}") from None

    def change(self, removed: Iterable[Quad], added: Iterable[Quad], emptied: Iterable[NamedNode] = ()) -> None:
        """Take quads out and put quads in, of named graphs, and drop graphs that are empty then."""
        operations = changes(removed, added, emptied)
        if not operations:
            return
        try:
            self.update(" ;\n".join(operations))
        except RefusedBySize:
            for part in parts(operations, _PART_BYTES):
                self.update(part)

    def update(self, update: str) -> None:
        """Change the graph by one request of SPARQL Update."""
        if self.read_only:
            raise StoreError(f"{self.change_at}: opened for reading only")
        headers = {"Content-Type": "application/sparql-update"}
        self._post(self.change_at, content=update.encode(), headers=headers)

    def extend(self, quads: Iterable[Quad]) -> None:
        """Add quads of named graphs."""
        self.change((), quads)

    def quads_for_pattern(
        self, subject: Any = None, predicate: Any = None, object_: Any = None, graph_name: Any = None
    ) -> Iterator[Quad]:
        """The quads of named graphs that match; None matches everything."""
        given = {"s": subject, "p": predicate, "o": object_}
        pattern = " ".join(f"?{name}" if term is None else str(term) for name, term in given.items())
        if graph_name is None and any(term is not None for term in given.values()):
            for row in self.query(f"SELECT * WHERE {{ GRAPH ?g {{ {pattern} }} }}"):
                found = {name: row[name] if term is None else term for name, term in given.items()}
                if row["g"].value.startswith(GRAPH):
                    yield Quad(found["s"], found["p"], found["o"], row["g"])
            return
        for graph in [graph_name] if graph_name else list(self.named_graphs()):
            # as triples, not as rows: several times faster on servers that write rows slowly
            for triple in self.query(f"CONSTRUCT {{ {pattern} }} WHERE {{ GRAPH {graph} {{ {pattern} }} }}"):
                yield Quad(triple.subject, triple.predicate, triple.object, graph)

    def named_graphs(self) -> Iterator[NamedNode]:
        """Our named graphs that hold anything."""
        return (graph for graph, _ in self._sizes())

    def _sizes(self) -> Iterator[tuple[NamedNode, int]]:
        rows = self.query("SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
        return ((row["g"], int(row["n"].value)) for row in rows if row["g"].value.startswith(GRAPH))

    def dump(self, *, format: RdfFormat) -> bytes:  # noqa: A002 - as the store in this process calls it
        """All quads of named graphs."""
        return serialize(self, format=format) or b""

    def close(self) -> None:
        """End the connections; asked afterwards it raises StoreError."""
        self._client.close()

    def flush(self) -> None:
        """Nothing: a server keeps what it has answered for."""

    def __iter__(self) -> Iterator[Quad]:
        return self.quads_for_pattern()

    def __len__(self) -> int:
        return sum(size for _, size in self._sizes())

    def _post(self, address: str, **request: Any) -> Any:
        try:
            answer = self._client.post(address, **request)
            if answer.status_code == 401 and self._digest and self._client.auth is not self._digest:
                self._client.auth = self._digest
                answer = self._client.post(address, **request)
        except (self._failed, RuntimeError) as error:  # RuntimeError: closed
            raise StoreError(
                f"{address}: the server cannot be reached - {error}", f"{address}：连不上服务器（{error}）"
            ) from None
        if answer.status_code >= 400:
            message = f"{address}: {answer.status_code} {answer.text[:200].strip()}"
            by_size = answer.status_code in _TOO_LARGE and len(request.get("content", b"")) > _PART_BYTES
            raise RefusedBySize(message) if by_size else StoreError(message)
        return answer


def credentials(address: str) -> tuple[tuple[str, str] | None, str]:
    """User and password of an address, where it has them, and the address without."""
    found = urlsplit(address)
    if found.username is None:
        return None, address
    user = (unquote(found.username), unquote(found.password or ""))
    return user, urlunsplit(found._replace(netloc=found.netloc.rpartition("@")[2]))


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


def _gives_triples(query: str) -> bool:
    """Whether the answer is a graph: servers do not agree on what they give to one who accepts rows and triples."""
    found = _FORM.search(_NO_WORD.sub("", query))
    return found is not None and found[1].upper() in {"CONSTRUCT", "DESCRIBE"}


def _truth(found: "re.Match[bytes]") -> bytes:
    return found[1] + (b'"true"' if found[2] == b"1" else b'"false"')


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
