"""Keeping what is looked up about single things in a file beside a store (`queries.kept`)."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.beside import put_in_place
from kg.store import open_read_only
from kg.whole_states import state_of
from queries.kept import NAME, kinds, made_of
from queries.reading import Reader
from queries.tab_separated import lines

_SCHEMA = """
CREATE TABLE made_of (state TEXT);
CREATE TABLE query (number INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE answer (query INTEGER, thing TEXT, lines TEXT, PRIMARY KEY (query, thing)) WITHOUT ROWID;
"""
_THINGS = "SELECT DISTINCT ?thing WHERE { ?thing a ?kind FILTER(ISIRI(?thing)) }"
_AT_ONCE = 2000

Answer = tuple[int, str, str | None]
"""The number of a query, a thing, and the rows about it; None where there are none."""


def keep(location: str | Path) -> None:
    """Keep the answers of a store on disk that nobody is writing; those of an earlier state are replaced.

    They are written whole or not at all. Raises OSError or sqlite3.Error where they cannot be.
    """
    state = state_of(str(location))
    with put_in_place(Path(location) / NAME, _SCHEMA, still=lambda: state_of(str(location)) == state) as database:
        database.execute("INSERT INTO made_of VALUES (?)", (made_of(state),))
        database.executemany("INSERT INTO query VALUES (?, ?)", enumerate(kinds()))
        database.executemany("INSERT INTO answer VALUES (?, ?, ?)", _answers(open_read_only(location)))


def _answers(store: ox.Store) -> Iterator[Answer]:
    """The answers about all things of the kinds that queries are asked about."""
    reader, things = Reader(store), _by_kind(store)
    for number, (query, of) in enumerate(kinds().items()):
        about = sorted(thing for kind in of for thing in things.get(kind, ()))
        for start in range(0, len(about), _AT_ONCE):
            yield from _rows(reader, number, query, about[start : start + _AT_ONCE])


def _rows(reader: Reader, number: int, query: str, things: Sequence[str]) -> Iterator[Answer]:
    found: dict[int, list[str]] = {}
    for line in reader.written(query, things):
        digits = line.partition("\t")[0]
        found.setdefault(int(digits), []).append(line[len(digits) :])
    for place, thing in enumerate(things):
        yield number, thing, "\n".join(found[place]) if place in found else None


def _by_kind(store: ox.Store) -> dict[str, list[str]]:
    """Everything that is of some type, by the kind that its address tells."""
    found = store.query(_THINGS, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    things: dict[str, list[str]] = {}
    for line in lines(found):
        _, _, named = line[1:-1].partition("/id/")
        if named:
            things.setdefault(named.partition("/")[0], []).append(line[1:-1])
    return things
