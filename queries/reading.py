"""Running the packaged queries of the tracer: rows as mappings from variable to plain value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from queries.answers import Term, Value, value_of

Row = Mapping[str, Value]
Grouped = Mapping[str, list[Row]]

_AT_ONCE = 400
_ANY = "{ UNDEF }"


@dataclass(frozen=True, slots=True)
class Reader:
    """A store to be asked."""

    store: ox.Store

    def rows(self, query: str, **bound: str | ox.Literal) -> list[Row]:
        """The rows of `queries/trace/QUERY.rq`, its variables bound to the IRIs or values given. Unbound are None."""
        terms: dict[ox.Variable, Term] = {
            ox.Variable(name): ox.NamedNode(value) if isinstance(value, str) else value for name, value in bound.items()
        }
        found = self.store.query(_text(query), use_default_graph_as_union=True, substitutions=terms)
        return _plain(found)

    def column(self, query: str, variable: str, **bound: str | ox.Literal) -> list[str]:
        """One column of the rows as text, without unbound values."""
        return [str(row[variable]) for row in self.rows(query, **bound) if row[variable] is not None]

    def rows_of(self, query: str, things: Iterable[str]) -> list[Row]:
        """The rows about many things at once, of a query in which `VALUES ?variable { UNDEF }` stands for them.

        They are in the order of their values from left to right, as text.
        """
        wanted = sorted(set(things))
        found: list[Row] = []
        for start in range(0, len(wanted), _AT_ONCE):
            terms = " ".join(str(ox.NamedNode(iri)) for iri in wanted[start : start + _AT_ONCE])
            text = _text(query).replace(_ANY, f"{{ {terms} }}")
            found += _plain(self.store.query(text, use_default_graph_as_union=True))
        return sorted(found, key=_order)  # a store takes several times as long to sort them

    def grouped(self, query: str, variable: str, things: Iterable[str]) -> Grouped:
        """The rows about many things, by the thing."""
        return grouped(self.rows_of(query, things), variable)

    def column_of(self, query: str, variable: str, things: Iterable[str]) -> list[str]:
        """One column of the rows about many things as text, without unbound values."""
        return [str(row[variable]) for row in self.rows_of(query, things) if row[variable] is not None]


def grouped(rows: Iterable[Row], variable: str) -> dict[str, list[Row]]:
    """The rows by the value of a variable, in their order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row[variable]), []).append(row)
    return found


def _order(row: Row) -> tuple[str, ...]:
    return tuple("" if value is None else str(value) for value in row.values())


def _plain(found: object) -> list[Row]:
    assert isinstance(found, ox.QuerySolutions), "the tracer asks SELECT queries only"
    names = [variable.value for variable in found.variables]
    return [{name: value_of(term) for name, term in zip(names, solution, strict=True)} for solution in found]


@cache
def _text(query: str) -> str:
    return files("queries").joinpath(f"trace/{query}.rq").read_text("utf-8")
