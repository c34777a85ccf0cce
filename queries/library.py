"""The named questions: SPARQL files that say in words what they ask, and how to run them.

A question is a file `queries/questions/NAME.rq` that opens with comment lines:

    # theme: funding
    # zh: 这份文件的钱给了谁？
    # en: Who received money under this document?
    # param number: document_number = 昌州财教〔2024〕65号
    # param year?: year = 2025

`theme` is one of `questions.toml`, which also says what the columns of the answers mean. `param` gives a variable of
the query, its kind (`parameters.toml`) and an example; with `?` it may be left out, and the question is then asked of
all. The last line of a question orders its rows wholly. What must be there stands first, OPTIONAL after it, one triple
each and nested where one leads to the next: so the engine looks each up instead of joining it in full.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

import pyoxigraph as ox

from kg.remote import bound as with_values
from kg.store import documents
from ontology.errors import CaimaiError
from ontology.text import key
from queries.answers import Answer, Term, answer_of
from queries.guarding.read_only import RefusedQuery, understood
from queries.guarding.safe_sums import refuse_unsafe_sums
from queries.parameters import KINDS, Parameter, WrongParameter, bound, unknown_name

_HEADER = re.compile(r"# (theme|zh|en): (.+)")
_PARAMETER = re.compile(rf"# param (\w+)(\??): ({'|'.join(KINDS)}) = (.+)")
_COLUMNS = re.compile(r"^SELECT (?:DISTINCT )?(.+?) WHERE", re.MULTILINE)
_NEAREST = 3
_TYPES: dict[str, type] = {"text": str, "integer": int, "decimal": Decimal, "boolean": bool}


class WrongQuestion(CaimaiError):
    """A question that is not there, or parameters that do not fit it."""


class EmptyGraph(CaimaiError):
    """A graph that holds no document."""


@dataclass(frozen=True, slots=True, repr=False)
class Question:
    """A named question in Chinese and English, its theme, its parameters, the columns of its answer, its SPARQL."""

    name: str
    theme: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    sparql: str

    def __repr__(self) -> str:
        wanted = ", ".join(f"{one.name}{'' if one.required else '?'}" for one in self.parameters)
        return f"Question({self.name}({wanted}): {self.en})"


@dataclass(frozen=True, slots=True)
class Words:
    """A theme or a column of answers in Chinese and English; `codes` are the code lists whose names a column holds.

    `reasons` is True where it holds reasons of rules (`kg.reasons`); `type` is the type of its values.
    """

    zh: str
    en: str
    codes: tuple[str, ...] = ()
    reasons: bool = False
    type: type = str


@cache
def questions() -> dict[str, Question]:
    """All named questions by name: theme by theme, in alphabetical order within a theme."""
    found = [
        _question(path.name[:-3], path.read_text("utf-8"))
        for path in files("queries").joinpath("questions").iterdir()
        if path.name.endswith(".rq")
    ]
    order = list(themes())
    return {one.name: one for one in sorted(found, key=lambda one: (order.index(one.theme), one.name))}


@cache
def themes() -> dict[str, Words]:
    """The themes of the questions in their order."""
    return {name: Words(words["zh"], words["en"]) for name, words in _words()["themes"].items()}


@cache
def columns() -> dict[str, Words]:
    """What the columns of the answers mean; a name means the same in every question."""
    return {
        name: Words(
            words["zh"],
            words["en"],
            tuple(words.get("codes", ())),
            words.get("reasons", False),
            _TYPES[words.get("type", "text")],
        )
        for name, words in _words()["columns"].items()
    }


def said_in_questions() -> dict[str, str]:
    """Chinese → English of the words that questions themselves put into columns of codes."""
    return dict(_words()["words"])


def ask(store: ox.Store, name: str, parameters: Mapping[str, str | int | None]) -> Answer:
    """The answer of a named question. Parameters are given as text and bound as values, never pasted into the query.

    One that is None is left out.

    Raises WrongQuestion for an unknown name (with the nearest there are), and for a parameter that is missing, unknown,
    of the wrong kind, or names what is not in the graph (with the nearest that are); EmptyGraph where there is no
    document to ask.
    """
    question = named(name)
    given = {key: str(value) for key, value in parameters.items() if value is not None}
    terms: dict[ox.Variable, Term] = {ox.Variable(key): term for key, term in terms_of(question, given).items()}
    _complete(question, given)
    found = store.query(question.sparql, use_default_graph_as_union=True, substitutions=terms)
    assert isinstance(found, ox.QuerySolutions), "named questions are SELECT queries"
    answer = answer_of(found)
    if not answer.rows:
        _explain_nothing(store, question, given)
    return answer


def terms_of(question: Question, given: Mapping[str, str]) -> dict[str, ox.Literal]:
    """The terms for the texts given. Raises WrongQuestion for a parameter that is unknown or of the wrong kind."""
    known = {parameter.name: parameter for parameter in question.parameters}
    for stray in given.keys() - known.keys():
        raise WrongQuestion(
            f"{question.name} has no parameter '{stray}'; it has: {', '.join(known) or 'none'}",
            f"{question.name} 没有参数 {stray}，它的参数：{'、'.join(known) or '无'}",
        )
    try:
        return {key: bound(known[key], text) for key, text in given.items()}
    except WrongParameter as error:
        raise _of(question, error) from None


def named(name: str) -> Question:
    """The question of a name. Raises WrongQuestion with the nearest names."""
    if name in questions():
        return questions()[name]
    near = get_close_matches(name, questions(), _NEAREST, 0.5) or _about(name)
    count = len(questions())
    nearest, like = (f"; nearest: {', '.join(near)}", f"；相近的有：{'、'.join(near)}") if near else ("", "")
    raise WrongQuestion(
        f"no question is called '{name}'{nearest}; caimai ask lists all {count}",
        f"没有叫“{name}”的问题{like}；caimai ask 列出全部{count}个",
    )


def filled(store: ox.Store) -> None:
    """Raises EmptyGraph, naming the command that fills it, where the graph holds no document."""
    if not documents(store):
        raise EmptyGraph(
            "the graph is empty - fill it first: caimai build PATH --store DIR",
            "图是空的，先读入文件：caimai build PATH --store DIR",
        )


def with_examples(question: Question) -> str:
    """The SPARQL of a question with the examples it cannot do without, to be run as it stands on any endpoint."""
    terms = terms_of(question, {one.name: one.example for one in question.parameters if one.required})
    return with_values(question.sparql, {ox.Variable(name): term for name, term in terms.items()})


def sparql(store: ox.Store, query: str) -> Answer | bool | bytes:
    """The answer of any SPARQL 1.1 query: rows (SELECT), truth (ASK), else N-Triples.

    Asked is the union of all graphs, or what the query names by FROM.

    Raises RefusedQuery for what is not a query, for updates and for SERVICE; UnsafeSum (`queries.guarding.safe_sums`)
    where SUM or AVG takes amounts that make no sum.
    """
    try:
        read = understood(query)

        def asked(text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
            return store.query(text, use_default_graph_as_union=not read.names_graphs)

        refuse_unsafe_sums(store, read.text, asked)
        found = asked(read.text)
    except SyntaxError as error:
        raise RefusedQuery(f"not a SPARQL 1.1 query: {error}", f"不是 SPARQL 1.1 查询：{error}") from None
    if isinstance(found, ox.QuerySolutions):
        return answer_of(found)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    return ox.serialize(sorted(found, key=str), format=ox.RdfFormat.N_TRIPLES) or b""


def _complete(question: Question, given: Mapping[str, str]) -> None:
    for parameter in question.parameters:
        if parameter.required and parameter.name not in given:
            example = f"{parameter.name}={parameter.example}"
            raise WrongQuestion(
                f"{question.name} needs --param {parameter.name}=…, for example {example}",
                f"{question.name} 需要 --param {parameter.name}=…，例如 {example}",
            )


def _explain_nothing(store: ox.Store, question: Question, given: Mapping[str, str]) -> None:
    """An answer without rows is one only where what was asked about is there."""
    filled(store)
    for parameter in question.parameters:
        if parameter.name in given and (strange := unknown_name(store, parameter, given[parameter.name])) is not None:
            raise _of(question, strange)


def _of(question: Question, error: WrongParameter) -> WrongQuestion:
    return WrongQuestion(f"{question.name}: {error}", f"{question.name}：{error.zh}")


def _about(words: str) -> list[str]:
    """The questions whose name, theme or wording, in either language, holds the words."""
    wanted = key(words).casefold()
    return [
        one.name
        for one in questions().values()
        if wanted and wanted in key(f"{one.name} {_of_theme(one)} {one.zh} {one.en}").casefold()
    ]


def _of_theme(question: Question) -> str:
    theme = themes()[question.theme]
    return f"{question.theme} {theme.zh} {theme.en}"


def _question(name: str, sparql: str) -> Question:
    lines = sparql.splitlines()
    header = {match[1]: match[2] for line in lines if (match := _HEADER.fullmatch(line))}
    parameters = tuple(
        Parameter(match[1], match[3], match[4], required=not match[2])
        for line in lines
        if (match := _PARAMETER.fullmatch(line))
    )
    return Question(name, header["theme"], header["zh"], header["en"], parameters, _answered(sparql), sparql)


def _answered(sparql: str) -> tuple[str, ...]:
    """The variables of the outermost SELECT: plain ones, and those behind AS."""
    found = _COLUMNS.search(sparql)
    assert found, "a question is a SELECT query whose columns stand in one line"
    outside = re.sub(r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))* AS (\?\w+)\)", r"\1", found[1])
    return tuple(re.findall(r"\?(\w+)", outside))


@cache
def _words() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("queries").joinpath("questions/questions.toml").read_text("utf-8"))
