"""Facts as the JSON objects of the contract (`docs/facts.md`), and back: what is text or a list there is told by the
types of the fields."""

import dataclasses
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from ontology import facts
from ontology.facts import Fact, Source

_KINDS: dict[str, type[Fact]] = {
    kind.fact: kind
    for kind in vars(facts).values()
    if isinstance(kind, type) and issubclass(kind, Fact) and hasattr(kind, "fact")
}


def as_json(fact: Fact) -> dict[str, Any]:
    """The fact as the JSON object of the contract: decimals as strings, tuples as lists, the kind first."""
    return {"fact": fact.fact} | {field.name: _plain(getattr(fact, field.name)) for field in dataclasses.fields(fact)}


def from_json(row: dict[str, Any]) -> Fact:
    """The fact that `as_json` wrote. Raises KeyError on an unknown kind, TypeError on an unknown field."""
    kind = _KINDS[row["fact"]]
    values = {name: value for name, value in row.items() if name not in ("fact", "source")}
    return kind(**_typed(kind, values), source=Source(**_typed(Source, row["source"])))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Source):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value


def _typed(kind: type[Any], values: dict[str, Any]) -> dict[str, Any]:
    made_of = _made_of()[kind]
    return {
        name: made_of[name](value) if name in made_of and value is not None else value for name, value in values.items()
    }


@cache
def _made_of() -> dict[type[Any], dict[str, Callable[[Any], Any]]]:
    """The fields of each kind that hold decimals or tuples: what makes them of what JSON has."""
    return {kind: dict(_makers(kind)) for kind in (*_KINDS.values(), Source)}


def _makers(kind: type[Any]) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    for name, hint in get_type_hints(kind).items():
        held = {get_origin(one) or one for one in (hint, *get_args(hint))}
        yield from ((name, make) for make in (Decimal, tuple) if make in held)
