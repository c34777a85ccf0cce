"""The side index of the search: names, numbers, codes and words in an SQLite file beside the store's own files.

Names are cut into overlapping pairs of characters, so that a phrase of pairs finds any part of a name, however short,
without a scan; the initials in pinyin likewise. The file is made again, beside the old one, when the store has changed.
"""

import json
import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from queries.nearest import bare, initials
from queries.page_rows import Row, rows
from viz.web.overview import overview
from viz.web.serving import Opened

KINDS = ("body", "document", "project", "programme", "subject", "indicator", "onward_grant", "file", "words")
"""The kinds of things that are found, each by `queries/pages/index_KIND.rq`."""

_VERSION = "3"
_SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT, kind TEXT, label TEXT, note TEXT);
CREATE TABLE name (id INTEGER PRIMARY KEY, thing INTEGER, text TEXT, folded TEXT, why TEXT, first TEXT, last TEXT);
CREATE INDEX name_folded ON name (folded);
CREATE INDEX name_ends ON name (first, last);
CREATE VIRTUAL TABLE part USING fts5 (pairs, initials, content='', tokenize="unicode61 remove_diacritics 0");
"""
_LONGEST = 400
_BUILDING: set[str] = set()
_LOCK = threading.Lock()


def index_file(opened: Opened) -> Path:
    """The index of a store: of this state, or of the one before while that of this state is being made.

    Where there is none yet it is made first, some seconds for a million quads.
    """
    return opened.once("search_index", lambda: _file(opened)) if _is_of(_path(opened), opened.state) else _file(opened)


def about(file: Path) -> Mapping[str, Any]:
    """The overview of the graph that was computed with the index."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        found: Mapping[str, Any] = json.loads(_about(database, "overview"))
        return found


def states(opened: Opened) -> list[Row]:
    """The state of each table in each disclosure, as `queries/pages/completeness.rq` tells it.

    As it was computed with the index; from the store itself while the index is of the state before.
    """
    file = index_file(opened)
    if not _is_of(file, opened.state):
        return rows(opened.store, "completeness")
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        found: list[Row] = json.loads(_about(database, "completeness"))
        return found


def pairs(text: str) -> str:
    """The overlapping pairs of neighbouring characters of a folded text, its last character alone at the end."""
    return " ".join(text[at : at + 2] for at in range(len(text)))


def _file(opened: Opened) -> Path:
    path = _path(opened)
    if _is_of(path, opened.state):
        return path
    with _LOCK:
        if _is_of(path, opened.state):
            return path
        if not path.is_file():
            build(opened, path)
        elif opened.state not in _BUILDING:
            _BUILDING.add(opened.state)
            threading.Thread(target=build, args=(opened, path), daemon=True).start()
    return path


def build(opened: Opened, path: Path) -> None:
    """Make the index of a store at a path, whole or not at all."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as database:
        database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        _fill(database, opened.store)
        told = {
            "state": f"{_VERSION} {opened.state}",
            "overview": json.dumps(overview(opened.store), ensure_ascii=False),
            "completeness": json.dumps(rows(opened.store, "completeness"), ensure_ascii=False),
        }
        database.executemany("INSERT INTO about VALUES (?, ?)", told.items())
        database.commit()
    part.replace(path)


def _fill(database: sqlite3.Connection, store: ox.Store) -> None:
    known: dict[str, int] = {}
    number = 0
    for kind in KINDS:
        for row in rows(store, f"index_{kind}"):
            iri, text = str(row["thing"]), " ".join(str(row["name"]).split())
            if iri not in known:
                known[iri] = len(known) + 1
                label = text if len(text) <= _LONGEST else text[:_LONGEST]
                database.execute("INSERT INTO thing VALUES (?, ?, ?, ?, ?)", (known[iri], iri, kind, label, _note(row)))
            elif row["why"] in ("name", "number") and (kind != "subject"):
                database.execute("UPDATE thing SET label = ? WHERE id = ?", (text, known[iri]))
            elif kind == "subject" and row["why"] == "name":
                database.execute("UPDATE thing SET label = ? WHERE id = ?", (f"{row['note']} {text}", known[iri]))
            number += 1
            _add(database, number, known[iri], text, str(row["why"]))


def _add(database: sqlite3.Connection, number: int, thing: int, text: str, why: str) -> None:
    folded = bare(text)
    short = folded[:_LONGEST]
    database.execute(
        "INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, thing, text[:_LONGEST], short, why, folded[:1], folded[-1:]),
    )
    letters = initials(folded) if why in ("name", "used") and len(folded) < 60 else ""
    database.execute(
        "INSERT INTO part (rowid, pairs, initials) VALUES (?, ?, ?)",
        (number, "" if why == "sha256" else pairs(folded), pairs(letters)),
    )


def _note(row: Mapping[str, Any]) -> str:
    parts = [
        row.get("note"),
        row.get("year"),
        row.get("page") and f"p. {row['page']}",
        row.get("count") and f"× {row['count']}",
    ]
    return " · ".join(str(part) for part in parts if part)


def _is_of(path: Path, state: str) -> bool:
    if not path.is_file():
        return False
    mark = path.stat()
    return _state(str(path), mark.st_mtime_ns, mark.st_ino) == f"{_VERSION} {state}"


@lru_cache(maxsize=16)
def _state(path: str, changed: int, inode: int) -> str:
    """The state of the store that an index file was made of; empty for a file that is no index."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
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
