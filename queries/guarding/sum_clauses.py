"""The parts of a SPARQL query that add up: each SELECT with SUM or AVG, what it adds, of what pattern, in which groups.

Read from the words of the query as the engine tells words from strings, addresses and comments.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from queries.guarding.read_only import Token, tokens

_ADDING = {"SUM", "AVG"}
_ENDS = {"FROM", "WHERE"}
_BREAKS = {"HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"}


@dataclass(frozen=True, slots=True)
class Added:
    """One SUM or AVG: what it takes as text, the variables in that, whether it takes equal values once (DISTINCT).

    `mean` is an AVG that is not multiplied by a COUNT again.
    """

    expression: str
    variables: tuple[str, ...]
    mean: bool
    distinct: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """One SELECT that adds up: what stands before its pattern, the pattern between its braces, the keys of GROUP BY as
    text.

    What `head` adds up comes first in `added`. `graph` is what the nearest GRAPH around the SELECT names; empty
    where none is around it.
    """

    added: tuple[Added, ...]
    head: str
    pattern: str
    keys: tuple[str, ...]
    graph: str = ""


def clauses(query: str) -> list[Clause]:
    """The SELECTs of a query that add up, outer ones first; empty where none does."""
    words = tokens(query)
    starts = [at for at, token in enumerate(words) if token.word == "SELECT"]
    found = (_clause(query, words, at) for at in starts)
    return [clause for clause in found if clause is not None]


def _clause(query: str, words: Sequence[Token], start: int) -> Clause | None:
    opens = next((at for at in range(start, len(words)) if words[at].text == "{"), None)
    if opens is None:
        return None
    closes = _closing(words, opens)
    after = _after(words, closes)
    added = [*_added(query, words[start:opens]), *_added(query, words[closes + 1 : after])]
    if not added:
        return None
    pattern = query[words[opens].start : words[closes].start + 1]
    ends = next(token.start for token in words[start + 1 : opens + 1] if token.word in _ENDS or token.text == "{")
    head = query[words[start].start : ends]
    return Clause(tuple(added), head, pattern, tuple(_keys(query, words[closes + 1 : after])), _graph(words[:start]))


def _graph(before: Sequence[Token]) -> str:
    """What the nearest GRAPH names whose braces are not closed in the words before a SELECT."""
    around: list[str] = []
    for at, token in enumerate(before):
        if token.text == "{":
            around.append(before[at - 1].text if at > 1 and before[at - 2].word == "GRAPH" else "")
        elif token.text == "}" and around:
            around.pop()
    return next((name for name in reversed(around) if name), "")


def _closing(words: Sequence[Token], opens: int) -> int:
    """Where the brace or bracket that opens is closed; the last place where it is not."""
    depth = 0
    for at in range(opens, len(words)):
        depth += words[at].text in "{(" if len(words[at].text) == 1 else 0
        depth -= words[at].text in "})" if len(words[at].text) == 1 else 0
        if depth == 0:
            return at
    return len(words) - 1


def _after(words: Sequence[Token], closes: int) -> int:
    """Where what follows the pattern of a SELECT ends: at the brace around a subquery, else at the end."""
    at = closes + 1
    while at < len(words) and words[at].text != "}":
        at = _closing(words, at) + 1 if words[at].text in ("{", "(") else at + 1
    return at


def _added(query: str, words: Sequence[Token]) -> Iterator[Added]:
    counting = any(token.word == "COUNT" for token in words)
    for at, token in enumerate(words[:-1]):
        if token.word in _ADDING and words[at + 1].text == "(":
            closes = _closing(words, at + 1)
            distinct = words[at + 2].word == "DISTINCT"
            inside = words[at + 2 + distinct : closes]
            if inside:
                names = [
                    part.text[1:].rstrip("-") for part in inside if part.text[0] in "?$"
                ]  # `?a-?b` is told apart so
                text = query[inside[0].start : words[closes].start]
                times = counting and "*" in (words[at - 1].text, *(after.text for after in words[closes + 1 :][:1]))
                mean = token.word == "AVG" and not times
                yield Added(text, tuple(dict.fromkeys(filter(None, names))), mean, distinct)


def _keys(query: str, words: Sequence[Token]) -> Iterator[str]:
    """The keys of GROUP BY: variables, and expressions in brackets with a variable of their own."""
    at = next((at + 2 for at, token in enumerate(words) if token.word == "GROUP"), len(words))
    while at < len(words) and words[at].word not in _BREAKS and words[at].text != "}":
        if words[at].text[0] in "?$":
            yield words[at].text
            at += 1
            continue
        opens = next((place for place in range(at, len(words)) if words[place].text == "("), at)
        closes = _closing(words, opens)
        text = query[words[at].start : words[closes].start + 1]
        named = any(token.word == "AS" for token in words[opens:closes])
        yield text if named else f"({text} AS ?key_{words[at].start})"
        at = closes + 1
