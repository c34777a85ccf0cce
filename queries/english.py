"""Answers with the English names of codes, kinds, tables, relations and grades, and reasons in English; bodies and
projects keep their names.

Which columns hold names of which code lists says `questions/questions.toml`; a name that the lists lack stays as it is.
"""

from collections.abc import Mapping
from functools import cache

from kg.reasons import in_english as reason_in_english
from ontology.terms import english
from ontology.text import key
from queries.answers import Answer, Value
from queries.library import columns, said_in_questions


def in_english(answer: Answer) -> Answer:
    """The answer with English names where there are any; shapes, figures and order stay."""
    known = [_names(name) for name in answer.columns]
    given = [columns()[name].reasons if name in columns() else False for name in answer.columns]
    rows = (zip(row, known, given, strict=True) for row in answer.rows)
    said = (tuple(_said(value) if why else _named(value, names) for value, names, why in row) for row in rows)
    return Answer(answer.columns, tuple(said), "en")


def _said(value: Value) -> Value:
    return reason_in_english(value) if isinstance(value, str) else value


def _named(value: Value, names: Mapping[str, str]) -> Value:
    return names.get(key(value), value) if isinstance(value, str) and names else value


@cache
def _names(column: str) -> dict[str, str]:
    """Folded Chinese name → English name of what stands in a column; empty where names stay."""
    meaning = columns().get(column)
    if meaning is None or not meaning.codes:
        return {}
    lists = [english(scheme) for scheme in reversed(meaning.codes)]  # the first named wins
    return {key(zh): en for names in (*lists, said_in_questions()) for zh, en in names.items()}
