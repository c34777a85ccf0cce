"""Refusing queries that would write or reach outside, by what the parser sees in them.

Two readings must agree that a query stays here: rdflib's syntax tree, and the words of the query as the engine tells
words from strings, addresses and comments. They differ where a query is written to deceive: rdflib resolves `\\u0022`
before it looks for the end of a string, the engine after; for the engine a comment ends at a carriage return too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pyoxigraph import Store

from ontology.errors import CaimaiError
from ontology.terms import prefixes

if TYPE_CHECKING:  # the parser is imported when there is a query: that takes longer than most commands
    from pyparsing.exceptions import ParseBaseException
    from rdflib.plugins.sparql.parserutils import CompValue

QueryForm = Literal["select", "ask", "construct", "describe"]

_FORMS: dict[str, QueryForm] = {
    "SelectQuery": "select",
    "AskQuery": "ask",
    "ConstructQuery": "construct",
    "DescribeQuery": "describe",
}
_CHANGING = {f"Builtin_{name}" for name in ("NOW", "RAND", "UUID", "STRUUID", "BNODE")}
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
# What is no word: comments, addresses, strings, variables, language tags, prefixed names.
_TOKEN = re.compile(
    r"""  \#[^\r\n]*
        | <(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>
        | \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
        | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*'
        | [?$@][\w-]+
        | (?:[^\W\d_][\w.-]*)?:(?:[\w.:%-]|\\.)*
        | (?P<word>[^\W\d_]\w*)
        | .""",
    re.VERBOSE | re.DOTALL,
)
# The sets of letters that a name may begin with, as the engine prints them: no help to a reader.
_LETTERS = re.compile(r"(?:, )?(?<!\")\[(?:'[^']*'|[^\]'])*\]", re.DOTALL)


class RefusedQuery(CaimaiError):
    """A query that does not parse, is an update, or asks another server."""


class UnreadableQuery(RefusedQuery):
    """A query that does not parse; the message gives line and column."""


@dataclass(frozen=True, slots=True)
class ReadOnlyQuery:
    """A query that only reads and stays here.

    `names_graphs` where it says by FROM what it asks; `changes` where the same graph gives another answer at another
    time (NOW, RAND, UUID, blank nodes made).
    """

    text: str
    form: QueryForm
    names_graphs: bool
    changes: bool


def understood(query: str) -> ReadOnlyQuery:
    """The query with what its syntax tells.

    Raises UnreadableQuery with line and column where it does not parse as a SPARQL 1.1 query, RefusedQuery for updates
    (LOAD among them) and for SERVICE, which would fetch from an address of the query's choosing.
    """
    from pyparsing.exceptions import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    words = _words(query)
    if any(word.startswith("SERVICE") for word in words):
        raise RefusedQuery("SERVICE is refused: queries stay on this machine")
    try:
        parsed = parseQuery(query)
    except ParseBaseException as error:
        if _UPDATES & set(words):
            _refuse_update(query)
        raise UnreadableQuery(_engine_message(query) or _message(error)) from error
    except RecursionError:
        raise UnreadableQuery("not a query that can be read: nested too deeply") from None
    nodes = list(_nodes(parsed))
    if any(node.name == "ServiceGraphPattern" for node in nodes):
        raise RefusedQuery("SERVICE is refused: queries stay on this machine")
    _refuse_undeclared(nodes)
    names = {node.name for node in nodes}
    form = next(form for name, form in _FORMS.items() if name in names)
    return ReadOnlyQuery(query, form, "DatasetClause" in names, bool(names & _CHANGING))


def read_only(query: str) -> str:
    """The query itself, when it only reads and stays here; raises as `understood` does."""
    return understood(query).text


def _engine_message(query: str) -> str | None:
    """Line, column and words of the engine where it does not take the query either: it looks closer than rdflib."""
    try:
        Store().query(query)
    except SyntaxError as error:
        if found := re.search(r"(\d+):(\d+): (.+)", str(error), re.DOTALL):
            wanted = _LETTERS.sub("", found[3]).removeprefix("expected one of ").removeprefix("expected ")
            return f"line {found[1]}, column {found[2]}: not a SPARQL 1.1 query (expected {wanted or 'a query'})"
    return None


def _message(error: "ParseBaseException") -> str:
    return f"line {error.lineno}, column {error.column}: not a SPARQL 1.1 query ({error.msg})"


def _refuse_undeclared(nodes: "list[CompValue]") -> None:
    """Raise UnreadableQuery for a prefix that the query does not declare, with the declaration where we know it."""
    declared = {str(node.prefix or "") for node in nodes if node.name == "PrefixDecl"}
    used = {str(node.prefix or "") for node in nodes if node.name == "pname"}
    for prefix in sorted(used - declared):
        known = f"; add: PREFIX {prefix}: <{prefixes()[prefix]}>" if prefix in prefixes() else ""
        raise UnreadableQuery(f"the prefix '{prefix}:' is not declared{known}")


def _refuse_update(query: str) -> None:
    """Raise RefusedQuery where the text is a SPARQL 1.1 update."""
    from pyparsing.exceptions import ParseBaseException
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        parseUpdate(query)
    except (ParseBaseException, RecursionError):
        return
    raise RefusedQuery("not a query but an update: refused, this graph is only read here")


def _words(query: str) -> list[str]:
    """The keywords of a query in upper case, as the engine reads it."""
    return [match["word"].upper() for match in _TOKEN.finditer(query) if match["word"]]


def _nodes(value: object) -> "Iterator[CompValue]":
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(value, CompValue):
        yield value
        for child in value.values():
            yield from _nodes(child)
    elif isinstance(value, list | tuple) or type(value).__name__ in {"ParseResults", "plist"}:
        for child in value:  # type: ignore[attr-defined]
            yield from _nodes(child)
