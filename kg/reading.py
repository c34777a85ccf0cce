"""What rules and views read of the store: the rows of the queries in `kg/rules`, in a fixed order.

Queries of rules read the graphs of documents only; those whose names begin with `lineage_` read everything.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg.store import select

Row = Mapping[str, NamedNode | Literal]


@cache
def query(name: str) -> str:
    """The text of `kg/rules/{name}.rq`."""
    return files("kg").joinpath(f"rules/{name}.rq").read_text(encoding="utf-8")


def read(store: Store, name: str) -> list[Row]:
    """The rows of a query, each variable that is bound by its name, in a fixed order."""
    return _sorted(select(store, query(name)))


def read_about(store: Store, name: str, variable: str, nodes: Collection[NamedNode]) -> list[Row]:
    """The rows of a query for these values of a variable, in a fixed order: one question, however many they are."""
    return _sorted(select(store, _about(name, variable, nodes))) if nodes else []


def rows_about(store: Store, name: str, variable: str, nodes: Collection[NamedNode]) -> Iterator[Row]:
    """The rows that `read_about` gives, in any order."""
    if nodes:
        yield from _rows(select(store, _about(name, variable, nodes)))


def _about(name: str, variable: str, nodes: Collection[NamedNode]) -> str:
    """A query for these values, which stand first in its pattern, so that engines begin with them."""
    values = f"WHERE {{\n  VALUES ?{variable} {{ {' '.join(map(str, nodes))} }}"
    return query(name).replace("WHERE {", values, 1)


def _sorted(found: QuerySolutions) -> list[Row]:
    variables = [variable.value for variable in found.variables]
    return sorted(_rows(found), key=lambda row: [str(row.get(name)) for name in variables])


def _rows(found: QuerySolutions) -> Iterator[Row]:
    variables = [variable.value for variable in found.variables]
    for row in found:
        yield {name: value for name in variables if (value := row[name]) is not None}


def node(row: Row, name: str) -> NamedNode:
    """The node that a variable is bound to. Raises TypeError where it is not bound to one."""
    value = row.get(name)
    if not isinstance(value, NamedNode):
        raise TypeError(f"?{name} is no node: {value}")
    return value


def text(row: Row, name: str) -> str:
    """The words that a variable is bound to; empty where it is not bound."""
    value = row.get(name)
    return value.value if value is not None else ""


def number(row: Row, name: str) -> int:
    """The integer that a variable is bound to."""
    return int(text(row, name))


def amount(row: Row, name: str) -> Decimal:
    """The exact amount that a variable is bound to."""
    return Decimal(text(row, name))


def places(rows: Iterable[Row], name: str = "evidence") -> frozenset[NamedNode]:
    """All the places that the rows name as evidence."""
    return frozenset(value for row in rows if isinstance(value := row.get(name), NamedNode))


def grouped(rows: Iterable[Row], *names: str) -> dict[tuple[NamedNode | Literal | None, ...], list[Row]]:
    """The rows by the values of some variables, in order of first appearance."""
    found: dict[tuple[NamedNode | Literal | None, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(row.get(name) for name in names), []).append(row)
    return found
