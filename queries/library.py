"""The named questions: SPARQL files that say in words what they ask, and how to run them.

A question is a file `queries/NAME.rq` that opens with comment lines:

    # zh: 这份文件的钱给了谁？
    # en: Who received money under this document?
    # param number: document_number = 昌州财教〔2024〕65号

`param` gives a variable of the query, its kind and an example. The last line of a question orders its rows wholly.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

import pyoxigraph as ox

from ontology.document_number import parse
from ontology.errors import CaimaiError
from ontology.text import tight
from queries.answers import Answer, Term, answer_of
from queries.read_only import RefusedQuery, understood

ParameterKind = Literal["document_number", "text", "year", "code"]
_HEADER = re.compile(r"# (zh|en): (.+)")
_PARAMETER = re.compile(r"# param (\w+): (document_number|text|year|code) = (.+)")
_XSD = "http://www.w3.org/2001/XMLSchema#"


class WrongQuestion(CaimaiError):
    """A question that is not there, or parameters that do not fit it."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question: the query's variable, its kind, an example that has an answer on the examples."""

    name: str
    kind: ParameterKind
    example: str


@dataclass(frozen=True, slots=True)
class Question:
    """A named question in Chinese and English, its parameters, its SPARQL."""

    name: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    sparql: str


@cache
def questions() -> dict[str, Question]:
    """All named questions by name, in alphabetical order."""
    found = sorted((path for path in files("queries").iterdir() if path.name.endswith(".rq")), key=lambda p: p.name)
    return {
        question.name: question for question in (_question(path.name[:-3], path.read_text("utf-8")) for path in found)
    }


def ask(store: ox.Store, name: str, parameters: Mapping[str, str]) -> Answer:
    """The answer of a named question. Parameters are given as text and bound as values, never pasted into the query.

    Raises WrongQuestion for an unknown name (with the names there are), and for a parameter that is missing, unknown or
    of the wrong kind.
    """
    question = questions().get(name)
    if question is None:
        raise WrongQuestion(f"no question is called '{name}'; there are: {', '.join(questions())}")
    known = {parameter.name: parameter for parameter in question.parameters}
    for stray in parameters.keys() - known.keys():
        raise WrongQuestion(f"{name} has no parameter '{stray}'; it has: {', '.join(known) or 'none'}")
    for missing in known.keys() - parameters.keys():
        raise WrongQuestion(f"{name} needs --param {missing}=…, for example {missing}={known[missing].example}")
    bound: dict[ox.Variable, Term] = {
        ox.Variable(key): _bound(name, known[key], text) for key, text in parameters.items()
    }
    found = store.query(question.sparql, use_default_graph_as_union=True, substitutions=bound)
    assert isinstance(found, ox.QuerySolutions), "named questions are SELECT queries"
    return answer_of(found)


def sparql(store: ox.Store, query: str) -> Answer | bool | bytes:
    """The answer of any SPARQL 1.1 query: rows (SELECT), truth (ASK), else N-Triples.

    Asked is the union of all graphs, or what the query names by FROM.

    Raises RefusedQuery for what is not a query, for updates and for SERVICE.
    """
    try:
        read = understood(query)
        found = store.query(read.text, use_default_graph_as_union=not read.names_graphs)
    except SyntaxError as error:
        raise RefusedQuery(f"not a SPARQL 1.1 query: {error}") from None
    if isinstance(found, ox.QuerySolutions):
        return answer_of(found)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    return ox.serialize(sorted(found, key=str), format=ox.RdfFormat.N_TRIPLES) or b""


def _question(name: str, sparql: str) -> Question:
    lines = sparql.splitlines()
    header = {match[1]: match[2] for line in lines if (match := _HEADER.fullmatch(line))}
    parameters = tuple(
        Parameter(match[1], cast(ParameterKind, match[2]), match[3])
        for line in lines
        if (match := _PARAMETER.fullmatch(line))
    )
    return Question(name, header["zh"], header["en"], parameters, sparql)


def _bound(question: str, parameter: Parameter, text: str) -> ox.Literal:
    wrong = WrongQuestion(f"{question}: '{text}' is not a {parameter.kind}; an example: {parameter.example}")
    if parameter.kind == "year":
        if not re.fullmatch(r"20\d\d", text):
            raise wrong
        return ox.Literal(text, datatype=ox.NamedNode(_XSD + "integer"))
    if parameter.kind == "code" and not re.fullmatch(r"\d{3}(\d{2}(\d{2})?)?", text):
        raise wrong
    if parameter.kind == "document_number":
        number = parse(text)
        if number is None:
            raise wrong
        return ox.Literal(str(number))
    return ox.Literal(tight(text))
