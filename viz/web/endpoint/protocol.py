"""What an HTTP request asks, by the SPARQL 1.1 Protocol: three ways to send a query, and the graphs to ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from pyoxigraph import NamedNode

from ontology.errors import CaimaiError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

Parameters = Mapping[str, Sequence[str]]


class WrongRequest(CaimaiError):
    """A request that the protocol does not know, or that is refused; `status` says it in HTTP."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the graphs that the request names for it: None where it names none of either kind."""

    query: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None


def parameters_of(encoded: str | bytes) -> dict[str, list[str]]:
    """The parameters of a query string or form. Raises WrongRequest 400 where they are not UTF-8."""
    try:
        text = encoded.decode("ascii") if isinstance(encoded, bytes) else encoded
        return parse_qs(text, keep_blank_values=True, errors="strict")
    except ValueError:
        raise WrongRequest(400, "the parameters are not UTF-8 in percent-encoding") from None


def asked(method: str, content_type: str, address: Parameters, body: bytes) -> Asked | None:
    """What is asked by GET, by a form, or by a query as the body; None where a GET asks nothing.

    Raises WrongRequest: 400 for none or several queries, or a graph that is no address; 403 for an update; 405 for
    another method; 415 for another content.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if method in {"GET", "HEAD"}:
        return _from(address) if address else None
    if method != "POST":
        raise WrongRequest(405, f"{method} is not a way to ask: GET or POST")
    if kind == UPDATE or "update" in address:
        raise WrongRequest(403, "updates are refused: this graph is only read here")
    if kind == QUERY:
        return _from(dict(address) | {"query": [_decoded(body)]})
    if kind == FORM:
        return _from(parameters_of(body))
    raise WrongRequest(415, f"a body of '{kind}' is not understood: {QUERY} or {FORM}")


def _from(parameters: Parameters) -> Asked:
    if "update" in parameters:
        raise WrongRequest(403, "updates are refused: this graph is only read here")
    queries = parameters.get("query", ())
    if len(queries) != 1:
        raise WrongRequest(400, f"one query is wanted, as the parameter 'query'; there are {len(queries)}")
    named = [_graphs(parameters.get(name)) for name in ("default-graph-uri", "named-graph-uri")]
    return Asked(queries[0], named[0], named[1])


def _graphs(addresses: Sequence[str] | None) -> tuple[str, ...] | None:
    for address in addresses or ():
        try:
            NamedNode(address)
        except ValueError:
            raise WrongRequest(400, f"'{address}' is not the address of a graph") from None
    return None if addresses is None else tuple(addresses)


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise WrongRequest(400, "the query is not UTF-8") from None
