"""The index beside a store, by which things are found without asking the store: SQLite with its full-text search.

It holds every name, number, code and passage as overlapping pairs of characters, the pinyin initials of names, and what
takes long to count, as the home page and the completeness page tell it. It stands in the store's directory, else in a
temporary one, and is made again when the store has changed: at once where that is quick, else by a process beside.
"""

import json
import logging
import math
import os
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from queries.page_rows import Row
from viz.web.indexing import VERSION, build
from viz.web.processes import Process
from viz.web.serving import Opened

_QUICK = 40  # graphs: the index of so few documents takes about a second
_AGAIN = 60.0  # seconds after which an index that could not be made is tried again
_BEGUN: set[tuple[str, str]] = set()
_FAILED: dict[tuple[str, str], float] = {}  # when
_LOCK = threading.Lock()
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Index:
    """The index of a store: where it is, and whether it is of the state that is served or of one before."""

    file: Path
    current: bool


def index_of(opened: Opened) -> Index | None:
    """The index of this state of a store, else of the one before while that is being made; None where there is none.

    One that an earlier version of caimai made is none. Of few documents it is made before this returns.
    """
    path = _path(opened)
    if not _is_of(path, opened.state):
        _make(opened, path)
    version, _, state = _made_of(path).partition(" ")
    return Index(path, state == opened.state) if version == VERSION else None


def read_index(file: Path) -> "closing[sqlite3.Connection]":
    """An index opened for reading, closed at the end of a `with`, whatever signs its path has."""
    return closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True))


def has_failed(opened: Opened) -> bool:
    """Whether the index of this state could not be made; why is said where the explorer was started.

    It is tried again when it is asked for a minute later.
    """
    return (opened.location, opened.state) in _FAILED


def about(file: Path) -> Mapping[str, Any]:
    """The overview of the graph that was computed with the index."""
    with read_index(file) as database:
        found: Mapping[str, Any] = json.loads(_about(database, "overview"))
        return found


def states(opened: Opened) -> list[Row] | None:
    """The state of each table in each disclosure, as `queries/pages/completeness.rq` tells it.

    As it was computed with the index; None until that of this state is made.
    """
    index = index_of(opened)
    if index is None or not index.current:
        return None
    return opened.once("viz.web.search_index.states", lambda: _states(index.file))


def _states(file: Path) -> list[Row]:
    with read_index(file) as database:
        found: list[Row] = json.loads(_about(database, "completeness"))
        return found


def _make(opened: Opened, path: Path) -> None:
    this = opened.location, opened.state
    with _LOCK:
        if time.monotonic() - _FAILED.get(this, math.inf) > _AGAIN:
            del _FAILED[this]
            _BEGUN.discard(this)
        if this in _BEGUN or _is_of(path, opened.state):
            return
        if sum(1 for _ in islice(opened.store.named_graphs(), _QUICK + 1)) <= _QUICK:
            build(opened.store, opened.state, path)
        else:
            _BEGUN.add(this)
            threading.Thread(target=_beside, args=(opened, path), daemon=True).start()


def _beside(opened: Opened, path: Path) -> None:
    """Have the index made by another process, so that this one answers pages as ever."""
    worker = Process("viz.web.indexing_worker")
    try:
        failure = worker.ask((opened.opened_from, opened.state, str(path)))
    except (OSError, EOFError) as error:
        failure = f"its process ended: {error}"
    if failure:
        _FAILED[opened.location, opened.state] = time.monotonic()
        _LOG.error("the search index of %s could not be made: %s", opened.location, failure)
    worker.end()


def _is_of(path: Path, state: str) -> bool:
    return _made_of(path) == f"{VERSION} {state}"


def _made_of(path: Path) -> str:
    """The version of the index and the state of the store that it was made of; empty where there is no index."""
    try:
        mark = path.stat()
    except OSError:
        return ""
    return _state(str(path), mark.st_mtime_ns, mark.st_ino)


@lru_cache(maxsize=16)
def _state(path: str, changed: int, inode: int) -> str:
    """What an index file says that it was made of; empty for a file that is no index."""
    try:
        with read_index(Path(path)) as database:
            return _about(database, "state")
    except sqlite3.DatabaseError:
        return ""


def _about(database: sqlite3.Connection, key: str) -> str:
    return next(_texts(database, key), "")


def _texts(database: sqlite3.Connection, key: str) -> Iterator[str]:
    for (value,) in database.execute("SELECT value FROM about WHERE key = ?", (key,)):
        yield str(value)


def _path(opened: Opened) -> Path:
    folder = Path(opened.location)
    if folder.is_dir() and os.access(folder, os.W_OK):
        return folder / "explorer.sqlite"
    return Path(tempfile.gettempdir()) / f"caimai-{os.getpid()}-{abs(hash(opened.location)):x}.sqlite"
