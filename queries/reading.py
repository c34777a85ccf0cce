"""Running the packaged queries of the tracer: rows as mappings from variable to plain value."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from queries.answers import Term, Value, value_of

Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Reader:
    """A store to be asked."""

    store: ox.Store

    def rows(self, query: str, **bound: str) -> list[Row]:
        """The rows of `queries/trace/QUERY.rq`, its variables bound to the IRIs given. Unbound values are None."""
        terms: dict[ox.Variable, Term] = {ox.Variable(name): ox.NamedNode(iri) for name, iri in bound.items()}
        found = self.store.query(_text(query), use_default_graph_as_union=True, substitutions=terms)
        assert isinstance(found, ox.QuerySolutions), "the tracer asks SELECT queries only"
        names = [variable.value for variable in found.variables]
        return [{name: value_of(solution[name]) for name in names} for solution in found]

    def column(self, query: str, variable: str, **bound: str) -> list[str]:
        """One column of the rows as text, without unbound values."""
        return [str(row[variable]) for row in self.rows(query, **bound) if row[variable] is not None]


@cache
def _text(query: str) -> str:
    return files("queries").joinpath(f"trace/{query}.rq").read_text("utf-8")
