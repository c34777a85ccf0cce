"""Refusing queries that would write or reach outside, by what the parser sees in them.

Two readings must agree that a query stays here: rdflib's syntax tree, and the words of the query as the engine tells
words from strings, addresses and comments. They differ where a query is written to deceive: rdflib resolves `\\u0022`
before it looks for the end of a string, the engine after; for the engine a comment ends at a carriage return too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pyoxigraph import Store

from ontology.errors import CaimaiError
from ontology.terms import prefixes

if TYPE_CHECKING:  # the parser is imported when there is a query: that takes longer than most commands
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


_NO_SERVICE = "SERVICE is refused: queries stay on this machine", "不能用 SERVICE：查询只在本机进行"


class RefusedQuery(CaimaiError):
    """A query that does not parse, is an update, or asks another server."""


class UnreadableQuery(RefusedQuery):
    """A query that does not parse; the message gives line and column."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query as the engine tells them apart; `word` is its keyword in upper case, empty for all else."""

    text: str
    start: int
    word: str


@dataclass(frozen=True, slots=True)
class ReadOnlyQuery:
    """A query that only reads and stays here; `text` declares the known prefixes that it uses undeclared.

    `names_graphs` where it says by FROM what it asks; `changes` where the same graph gives another answer at another
    time (NOW, RAND, UUID, blank nodes made).
    """

    text: str
    form: QueryForm
    names_graphs: bool
    changes: bool


@lru_cache(maxsize=64)  # rdflib takes a tenth of a second for a long query
def understood(query: str) -> ReadOnlyQuery:
    """The query with what its syntax tells.

    Raises UnreadableQuery with line and column where it does not parse as a SPARQL 1.1 query, RefusedQuery for updates
    (LOAD among them) and for SERVICE, which would fetch from an address of the query's choosing.
    """
    from pyparsing.exceptions import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    words = _words(query)
    if any(word.startswith("SERVICE") for word in words):
        raise RefusedQuery(*_NO_SERVICE)
    try:
        parsed = parseQuery(query)
    except ParseBaseException as error:
        if _UPDATES & set(words):
            _refuse_update(query)
        raise _engine_error(query) or _unreadable(error.lineno, error.column, error.msg) from error
    except RecursionError:
        raise UnreadableQuery("not a query that can be read: nested too deeply", "查询嵌套太深，无法读取") from None
    nodes = list(_nodes(parsed))
    if any(node.name == "ServiceGraphPattern" for node in nodes):
        raise RefusedQuery(*_NO_SERVICE)
    declarations = _undeclared(nodes)
    names = {node.name for node in nodes}
    form = next(form for name, form in _FORMS.items() if name in names)
    return ReadOnlyQuery(declarations + query, form, "DatasetClause" in names, bool(names & _CHANGING))


def _engine_error(query: str) -> UnreadableQuery | None:
    """Line, column and words of the engine where it does not take the query either: it looks closer than rdflib."""
    try:
        Store().query(query, prefixes=prefixes())
    except SyntaxError as error:
        if found := re.search(r"(\d+):(\d+): (.+)", str(error), re.DOTALL):
            wanted = _LETTERS.sub("", found[3]).removeprefix("expected one of ").removeprefix("expected ")
            return _unreadable(found[1], found[2], f"expected {wanted or 'a query'}")
    return None


def _unreadable(line: int | str, column: int | str, why: str) -> UnreadableQuery:
    return UnreadableQuery(
        f"line {line}, column {column}: not a SPARQL 1.1 query ({why})",
        f"第{line}行第{column}列：不是 SPARQL 1.1 查询（{why}）",
    )


def _undeclared(nodes: "list[CompValue]") -> str:
    """Declarations of the prefixes that the query uses without declaring them, in one line.

    Raises UnreadableQuery for one that is not among those known.
    """
    declared = {str(node.prefix or "") for node in nodes if node.name == "PrefixDecl"}
    used = {str(node.prefix or "") for node in nodes if node.name == "pname"}
    known = prefixes()
    for prefix in sorted(used - declared - set(known)):
        every = " ".join(f"{name}:" for name in sorted(known))
        raise UnreadableQuery(
            f"the prefix '{prefix}:' is not declared; known without declaring: {every}",
            f"前缀 {prefix}: 没有声明；不必声明的有：{every}",
        )
    return "".join(f"PREFIX {prefix}: <{known[prefix]}> " for prefix in sorted(used - declared))


def _refuse_update(query: str) -> None:
    """Raise RefusedQuery where the text is a SPARQL 1.1 update."""
    from pyparsing.exceptions import ParseBaseException
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        parseUpdate(query)
    except (ParseBaseException, RecursionError):
        return
    raise RefusedQuery(
        "not a query but an update: refused, this graph is only read here", "这是更新而不是查询：这里只能读，不能改"
    )


def tokens(query: str) -> list[Token]:
    """The pieces of a query without comments and white space, as the engine reads it."""
    found = (Token(match[0], match.start(), (match["word"] or "").upper()) for match in _TOKEN.finditer(query))
    return [token for token in found if token.text.strip() and not token.text.startswith("#")]


def comments(query: str) -> list[str]:
    """The comments of a query."""
    return [match[0] for match in _TOKEN.finditer(query) if match[0].startswith("#")]


def _words(query: str) -> list[str]:
    """The keywords of a query in upper case, as the engine reads it."""
    return [token.word for token in tokens(query) if token.word]


def _nodes(value: object) -> "Iterator[CompValue]":
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(value, CompValue):
        yield value
        for child in value.values():
            yield from _nodes(child)
    elif isinstance(value, list | tuple) or type(value).__name__ in {"ParseResults", "plist"}:
        for child in value:  # type: ignore[attr-defined]
            yield from _nodes(child)
