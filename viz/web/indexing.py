"""Making the index beside a store: names and passages that can be searched for, and what takes long to count."""

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.beside import put_in_place
from queries.nearest import bare, initials
from queries.page_rows import rows
from viz.web.overview import overview

KINDS = ("body", "document", "project", "programme", "subject", "indicator", "onward_grant", "file", "words")
"""The kinds of things that are found, each by `queries/pages/index_KIND.rq`."""

VERSION = "4"
_SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT, kind TEXT, label TEXT, note TEXT);
CREATE TABLE name (id INTEGER PRIMARY KEY, thing INTEGER, text TEXT, folded TEXT, why TEXT, first TEXT, last TEXT);
CREATE INDEX name_folded ON name (folded);
CREATE INDEX name_ends ON name (first, last);
CREATE VIRTUAL TABLE part USING fts5 (pairs, initials, content='', tokenize="unicode61 remove_diacritics 0");
"""
_LONGEST = 400


def build(store: ox.Store, state: str, path: Path) -> None:
    """Make the index of a store at a path, whole or not at all. `state` is that of the store."""
    with put_in_place(path, _SCHEMA) as database:
        _fill(database, store)
        told = {
            "state": f"{VERSION} {state}",
            "overview": json.dumps(overview(store), ensure_ascii=False),
            "completeness": json.dumps(rows(store, "completeness"), ensure_ascii=False),
        }
        database.executemany("INSERT INTO about VALUES (?, ?)", told.items())


def pairs(text: str) -> str:
    """The overlapping pairs of neighbouring characters of a folded text, its last character alone at the end."""
    return " ".join(text[at : at + 2] for at in range(len(text)))


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
