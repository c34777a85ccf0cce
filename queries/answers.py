"""Answers of queries as typed values: text, integers, exact decimals, booleans; IRIs as text; nothing is None."""

from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

Value = str | int | Decimal | bool | None
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of an answer; `columns` are the variables of the query in order."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def answer_of(solutions: ox.QuerySolutions) -> Answer:
    """The solutions of a SELECT query as typed values."""
    columns = tuple(variable.value for variable in solutions.variables)
    return Answer(columns, tuple(tuple(value_of(solution[name]) for name in columns) for solution in solutions))


def value_of(term: Term | None) -> Value:
    """A term as a value: xsd:integer, xsd:decimal and xsd:boolean typed, everything else as its text."""
    if not isinstance(term, ox.Literal):
        return None if term is None else str(getattr(term, "value", term))
    kind = term.datatype.value.removeprefix(_XSD)
    if kind == "integer":
        return int(term.value)
    if kind == "decimal":
        return Decimal(term.value)
    return term.value == "true" if kind == "boolean" else term.value
