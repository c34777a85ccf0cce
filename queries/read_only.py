"""Refusing queries that would write or reach outside, by what the parser sees in them."""

from collections.abc import Iterator

from pyparsing.exceptions import ParseBaseException
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from ontology.errors import CaimaiError


class RefusedQuery(CaimaiError):
    """A query that does not parse, is an update, or asks another server."""


def read_only(query: str) -> str:
    """The query itself, when it only reads and stays here.

    Raises RefusedQuery with line and column where it does not parse as a SPARQL 1.1 query (updates included), and for
    SERVICE, which would fetch from an address of the query's choosing.
    """
    try:
        parsed = parseQuery(query)
    except ParseBaseException as error:
        raise RefusedQuery(
            f"line {error.lineno}, column {error.column}: not a SPARQL 1.1 query ({error.msg})"
        ) from error
    if any(node.name == "ServiceGraphPattern" for node in _nodes(parsed)):
        raise RefusedQuery("SERVICE is refused: queries stay on this machine")
    return query


def _nodes(value: object) -> Iterator[CompValue]:
    if isinstance(value, CompValue):
        yield value
        for child in value.values():
            yield from _nodes(child)
    elif isinstance(value, list | tuple) or type(value).__name__ in {"ParseResults", "plist"}:
        for child in value:  # type: ignore[attr-defined]
            yield from _nodes(child)
