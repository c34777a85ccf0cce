"""Answers with the English names of codes, kinds, tables, relations and grades; bodies and projects keep theirs.

Which columns hold names of which code lists says `questions.toml`; a name that the lists lack stays as it is.
"""

from collections.abc import Mapping
from functools import cache

from ontology.terms import english
from ontology.text import key
from queries.answers import Answer, Value
from queries.library import columns, said_in_questions


def in_english(answer: Answer) -> Answer:
    """The answer with English names where there are any; shapes, figures and order stay."""
    known = [_names(name) for name in answer.columns]
    rows = tuple(tuple(_named(value, names) for value, names in zip(row, known, strict=True)) for row in answer.rows)
    return Answer(answer.columns, rows)


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
