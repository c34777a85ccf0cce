"""The rows of the packaged queries behind the explorer's pages, `queries/pages/*.rq`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from queries.answers import Term, Value, value_of

Row = Mapping[str, Value]
_INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")


def rows(store: ox.Store, query: str, **bound: str | int) -> list[Row]:
    """The rows of `queries/pages/QUERY.rq` over the union of all graphs; what is not bound is None.

    Text is bound as an IRI, a number as an integer, both as values and never pasted into the query.
    """
    terms: dict[ox.Variable, Term] = {ox.Variable(name): _term(value) for name, value in bound.items()}
    found = store.query(_text(query), use_default_graph_as_union=True, substitutions=terms)
    assert isinstance(found, ox.QuerySolutions), "pages ask SELECT queries only"
    names = [variable.value for variable in found.variables]
    return [{name: value_of(solution[name]) for name in names} for solution in found]


def _term(value: str | int) -> Term:
    return ox.Literal(str(value), datatype=_INTEGER) if isinstance(value, int) else ox.NamedNode(value)


@cache
def _text(query: str) -> str:
    return files("queries").joinpath(f"pages/{query}.rq").read_text("utf-8")
