"""What rules and views read of the store: the rows of the queries in `kg/rules`, in a fixed order.

Queries of rules read the graphs of documents only; those whose names begin with `lineage_` read everything.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Variable

from kg.store import select

Row = Mapping[str, NamedNode | Literal]


@cache
def query(name: str) -> str:
    """The text of `kg/rules/{name}.rq`."""
    return files("kg").joinpath(f"rules/{name}.rq").read_text(encoding="utf-8")


def read(store: Store, name: str) -> list[Row]:
    """The rows of a query, each variable that is bound by its name, in a fixed order."""
    return _sorted(select(store, query(name)))


def read_of(store: Store, name: str, variable: str, term: NamedNode) -> list[Row]:
    """The rows of a query for one value of a variable, which the query has to give, in a fixed order."""
    found = store.query(query(name), use_default_graph_as_union=True, substitutions={Variable(variable): term})
    if not isinstance(found, QuerySolutions):
        raise TypeError(f"{name}.rq is no SELECT query")
    return _sorted(found)


def _sorted(found: QuerySolutions) -> list[Row]:
    variables = [variable.value for variable in found.variables]
    rows = [{name: row[name] for name in variables if row[name] is not None} for row in found]
    return sorted(rows, key=lambda row: [str(row.get(name)) for name in variables])


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
