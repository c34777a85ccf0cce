"""A process that makes the index of a store for its parent, standing back behind those that answer pages."""

import os
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

from kg.beside import aside
from kg.remote import StoreError
from kg.store import open_read_only
from viz.web.indexing import build
from viz.web.processes import ready, receive, send


def main() -> None:
    """Serve the parent over stdin and stdout: location, state and path for what went wrong; ends with it."""
    with suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        requests, replies = ready(behind=True)
        location, state, path = receive(requests)
        threading.Thread(target=_end_with, args=(requests, Path(path)), daemon=True).start()
        send(_made(location, state, path), replies)


def _made(location: str, state: str, path: str) -> str:
    """Makes the index; why it could not be made, empty where it was."""
    try:
        build(open_read_only(location), state, Path(path))
    except (StoreError, OSError, sqlite3.Error) as error:
        return str(error) or type(error).__name__
    return ""


def _end_with(parent: IO[bytes], path: Path) -> None:
    """Waits for the end of the parent, which says no more, and ends at once."""
    parent.read(1)
    aside(path).unlink(missing_ok=True)
    os._exit(1)


if __name__ == "__main__":
    main()
