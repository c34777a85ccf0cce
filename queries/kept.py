"""What is looked up about single things, read from a file beside the store in which a build has kept it.

A store takes some 70 µs to look up one thing, the file five. It holds what the store itself answers to packaged queries
(`queries/kept.toml`), as written, for one state of the store: of any other state it is not read, and what it does not
hold the store is asked. How it is made: `queries.keeping`.
"""

import json
import sqlite3
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox

from kg.store import open_read_only
from kg.whole_states import state_read

NAME = "answers.sqlite"
_LOOKED_UP = "SELECT thing, lines FROM json_each(?) CROSS JOIN answer ON query = ? AND thing = value"


@dataclass(frozen=True, slots=True)
class Kept:
    """The kept answers of one state of a store; may be read from several threads."""

    database: sqlite3.Connection
    state: str
    queries: Mapping[str, int]

    def answers(self, query: str, things: Sequence[object]) -> dict[object, list[str]]:
        """The rows about each of the things that is held, as written, without the number of the thing."""
        found = self.database.execute(_LOOKED_UP, (json.dumps(things), self.queries[query]))
        return {thing: [] if lines is None else lines.split("\n") for thing, lines in found}


def kept_of(location: str | Path, state: str) -> Kept | None:
    """What is kept of a state of the store in a directory (`kg.whole_states`); None where nothing is of this state."""
    path = Path(location) / NAME
    try:
        mark = path.stat()
    except OSError:
        return None
    kept = _opened(str(path.absolute()), mark.st_mtime_ns, mark.st_ino)
    return kept if kept and kept.state == made_of(state) else None


def open_with_answers(location: str | Path) -> tuple[ox.Store, Kept | None]:
    """The store in a directory or on a server, for reading (`kg.store.open_read_only`), and what is kept of it."""
    state = state_read(str(location))
    store = open_read_only(location)
    return store, kept_of(location, state) if state_read(str(location)) == state else None


def made_of(state: str) -> str:
    """A state of a store together with the queries that are answered: another release may ask others."""
    return f"{state} {_asked()}"


@cache
def _asked() -> str:
    return sha256("".join(map(text_of, kinds())).encode()).hexdigest()[:16]


@cache
def kinds() -> Mapping[str, tuple[str, ...]]:
    """The queries whose answers are kept, and the kinds of things they are asked about: `/id/KIND/` in an address."""
    told = tomllib.loads(files("queries").joinpath("kept.toml").read_text("utf-8"))
    return {query: tuple(of) for query, of in sorted(told["asked_about"].items())}


@cache
def text_of(query: str) -> str:
    """A packaged query: `queries/trace/QUERY.rq`; of another folder with its name (`pages/QUERY`)."""
    return files("queries").joinpath(f"{query if '/' in query else f'trace/{query}'}.rq").read_text("utf-8")


@lru_cache(maxsize=8)
def _opened(path: str, changed: int, inode: int) -> Kept | None:
    """The file, which is never changed, only replaced; None for one that is not such a file."""
    try:
        database = sqlite3.connect(f"{Path(path).as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        database.execute("PRAGMA mmap_size = 2147418112")
        database.execute(_LOOKED_UP, ("[]", 0))  # an SQLite without JSON cannot
        ((state,),) = database.execute("SELECT state FROM made_of")
        return Kept(database, state, dict(database.execute("SELECT name, number FROM query")))
    except (sqlite3.Error, ValueError):
        return None
