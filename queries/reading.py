"""Running the packaged queries of the tracer: rows as mappings from variable to plain value.

A query about many things has `VALUES (?thing ?number) { (UNDEF UNDEF) }` where they are to stand and gives `?number`
first: a store is much faster at writing out a number than an address. A query that gives `?property ?value` last, and
names what it wants in `?property IN (…)`, describes things: one look at each of them, however much is wanted.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox

from queries.answers import Term, Value
from queries.kept import Kept, text_of
from queries.tab_separated import lines, value

Row = Mapping[str, Value]
Grouped = Mapping[str, list[Row]]
Thing = str | tuple[str | int, ...]
"""The IRI of a thing, or the IRIs and integers that stand for several variables."""

Numbered = tuple[int, tuple[Value, ...]]
"""The place of a thing among those asked about, and what is said about it."""

_AT_ONCE = 400
_IRI = re.compile(r"""[^\x00-\x20<>"{}|^`\\]+""")
_THINGS = re.compile(r"VALUES \(((?:\?\w+ )+)\?number\) \{ \((?:UNDEF ?)+\) \}")
_VARIABLES = re.compile(r"SELECT (?:DISTINCT )?\?number([^{]*?) WHERE")
_PROPERTIES = re.compile(r"\?property IN \(([^)]*)\)")


@dataclass(frozen=True, slots=True)
class Reader:
    """A store to be asked, and what is kept of its answers."""

    store: ox.Store
    kept: Kept | None = None

    def rows(self, query: str, **bound: str | ox.Literal) -> list[Row]:
        """The rows of `queries/trace/QUERY.rq`, its variables bound to the IRIs or values given. Unbound are None.

        A query of another folder is named with it: `pages/QUERY`.
        """
        terms: dict[ox.Variable, Term] = {
            ox.Variable(name): ox.NamedNode(value) if isinstance(value, str) else value for name, value in bound.items()
        }
        found = self._found(text_of(query), substitutions=terms)
        names = [variable.value for variable in found.variables]
        return [dict(zip(names, map(value, line.split("\t")), strict=True)) for line in lines(found)]

    def column(self, query: str, variable: str, **bound: str | ox.Literal) -> list[str]:
        """One column of the rows as text, without unbound values."""
        return [str(row[variable]) for row in self.rows(query, **bound) if row[variable] is not None]

    def rows_of(self, query: str, things: Iterable[Thing]) -> list[Row]:
        """The rows about many things at once, by the things, then by their values from left to right as text."""
        wanted, columns = sorted(set(things)), (*_things(query), *_columns(query))
        rows = sorted(map(_read, self._answers(query, wanted)), key=_order)  # a store takes several times as long
        return [dict(zip(columns, (*_terms(wanted[number]), *row), strict=True)) for number, row in rows]

    def found(self, query: str, things: Iterable[str], most: int | None = None) -> dict[str, list[str]]:
        """What a query that gives one variable beside `?number` finds for each of many things, as text and in order.

        Things for which nothing is found are left out; of more than `most` values there are `most`, any of them.
        """
        wanted = sorted(set(things))
        terms: dict[str, list[str]] = {}
        for line in self._answers(query, wanted, most):
            number, _, term = line.partition("\t")
            terms.setdefault(number, []).append(term)
        found = {wanted[int(number)]: sorted(map(_as_text, filter(None, of))) for number, of in terms.items()}
        return {thing: found[thing] for thing in wanted if found.get(thing)}

    def all_found(self, query: str, things: Iterable[str]) -> set[str]:
        """All that is found for many things, as `found` does."""
        return {one for of in self.found(query, things).values() for one in of}

    def written(self, query: str, things: Iterable[str]) -> Iterator[str]:
        """The rows about many things as the engine writes them; numbers in them are places in `sorted(set(things))`."""
        return self._answers(query, sorted(set(things)))

    def described(self, query: str, things: Iterable[Thing]) -> list[Row]:
        """What is said about many things, or about what a query finds for each of them, in a fixed order.

        The columns are the things, the variables of the query and the local names of the properties that it wants:
        None where nothing is said, the first as text where several things are.
        """
        wanted, columns = sorted(set(things)), (*_things(query), *_columns(query)[:-2])
        properties = _properties(query)
        found: dict[str, dict[str, Value]] = {}
        for line in self._answers(query, wanted):
            about, property_, term = line.rsplit("\t", 2)
            said = found.get(about) or found.setdefault(about, dict.fromkeys(properties))
            name, meant = _local(property_), term[1:-1] if term[:1] == "<" else value(term)
            said[name] = meant if said[name] is None else min(said[name], meant, key=str)
        rows = sorted({about: _read(about) for about in found}.items(), key=lambda row: _order(row[1]))
        return [
            dict(zip(columns, (*_terms(wanted[number]), *keys), strict=True)) | found[about]
            for about, (number, keys) in rows
        ]

    def grouped(self, query: str, variable: str, things: Iterable[Thing]) -> Grouped:
        """What is said about many things, as `described`, by the value of a variable."""
        return grouped(self.described(query, things), variable)

    def _found(self, query: str, **given: Any) -> ox.QuerySolutions:
        found = self.store.query(query, use_default_graph_as_union=True, **given)
        assert isinstance(found, ox.QuerySolutions), "the tracer asks SELECT queries only"
        return found

    def _answers(self, query: str, wanted: Sequence[Thing], most: int | None = None) -> Iterator[str]:
        """The rows about many things as written, each with the place of its thing among them; so many of each."""
        known = self._kept(query, wanted) if not most else {}
        yield from (f"{place}{row}" for place, thing in enumerate(wanted) for row in known.get(thing, ()))
        asked = [(thing, place) for place, thing in enumerate(wanted) if thing not in known]
        limit, at_once = (f" LIMIT {most}", 1) if most else ("", _AT_ONCE)
        for start in range(0, len(asked), at_once):
            several = " ".join(_listed(thing, place) for thing, place in asked[start : start + at_once])
            yield from lines(self._found(_filled(query, several) + limit))

    def _kept(self, query: str, things: Sequence[Thing]) -> Mapping[object, list[str]]:
        """The kept rows about things, without their numbers."""
        return self.kept.answers(query, things) if self.kept and things and query in self.kept.queries else {}


def grouped(rows: Iterable[Row], variable: str) -> dict[str, list[Row]]:
    """The rows by the value of a variable, in their order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row[variable]), []).append(row)
    return found


def integer(value: Value) -> int | None:
    """A value that is an integer; None for all others."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def text(value: Value) -> str | None:
    """A value as text; None for None."""
    return None if value is None else str(value)


def code_of(concept: Value) -> str | None:
    """The code of a concept of a code list, read off its address; None for None."""
    return None if concept is None else unquote(str(concept).rpartition("/")[2].partition("~")[0])


def _filled(query: str, several: str) -> str:
    """The text of a query about many things with these in it.

    One that is nothing is among them: Virtuoso compiles neither OPTIONAL nor a path after VALUES of one row.
    """

    def values(found: re.Match[str]) -> str:
        nothing = " ".join("<about:nothing>" for _ in found[1].split())
        return f"VALUES ({found[1]}?number) {{ {several} ({nothing} 0) }}"

    return _THINGS.sub(values, text_of(query))


def _listed(thing: Thing, number: int) -> str:
    """A thing and its number as a row of VALUES."""
    if isinstance(thing, str) and _IRI.fullmatch(thing):
        return f"(<{thing}> {number})"
    return f"({' '.join(map(_written, _terms(thing)))} {number})"


def _written(term: str | int) -> str:
    """An IRI or an integer as a query has it; ValueError for what is no IRI."""
    if isinstance(term, int):
        return str(term)
    if not _IRI.fullmatch(term):
        raise ValueError(f"no IRI: {term}")
    return f"<{term}>"


def _as_text(term: str) -> str:
    return term[1:-1] if term[:1] == "<" else str(value(term))


def _terms(thing: Thing) -> tuple[str | int, ...]:
    return (thing,) if isinstance(thing, str) else thing


def _read(line: str) -> Numbered:
    """A row that begins with a number: this and the values after it."""
    number, *terms = line.split("\t")
    return int(number), tuple([term[1:-1] if term[:1] == "<" else value(term) for term in terms])


def _order(row: Numbered) -> tuple[int, list[str]]:
    """By the thing, then by the values that follow it as text."""
    number, values = row
    return number, [one if type(one) is str else "" if one is None else str(one) for one in values]


@cache
def _local(property_: str) -> str:
    return re.split("[#/]", property_.strip("<>"))[-1]


@cache
def _things(query: str) -> tuple[str, ...]:
    found = _THINGS.search(text_of(query))
    assert found, f"{query}.rq is not about many things"
    return tuple(name.strip("?") for name in found[1].split())


@cache
def _columns(query: str) -> tuple[str, ...]:
    found = _VARIABLES.search(text_of(query))
    assert found, f"{query}.rq does not give ?number first"
    return tuple(name.strip("?") for name in found[1].split())


@cache
def _properties(query: str) -> tuple[str, ...]:
    found = _PROPERTIES.search(text_of(query))
    assert found, f"{query}.rq does not say which properties it wants"
    return tuple(name.strip().partition(":")[2] for name in found[1].split(","))
