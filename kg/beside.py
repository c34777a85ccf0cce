"""Files of SQLite beside a store: written aside and put in place whole, or not at all."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

_WRITTEN_ONCE = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"  # a file that is lost is made again


def aside(path: Path) -> Path:
    """Where this process writes what is to take the place of a file."""
    return path.with_name(f"{path.name}.{os.getpid()}.part")


@contextmanager
def put_in_place(path: Path, schema: str, *, still: Callable[[], bool] = lambda: True) -> Iterator[sqlite3.Connection]:
    """A new database with these tables, which takes the place of the file when the block has ended well and it is
    `still` wanted. Else the file stays as it was, and nothing of the new one is left."""
    part = aside(path)
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part)) as database:
            database.executescript(_WRITTEN_ONCE + schema)
            yield database
            database.commit()
        if still():
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)
