"""A process that audits one document after another for its parent, standing back behind those that answer pages."""

from contextlib import suppress
from functools import lru_cache

import pyoxigraph as ox

from kg.remote import StoreError
from kg.store import open_read_only
from queries.auditing.audit import audit
from queries.auditing.signal import Signal
from viz.web.processes import ready, receive, send


def main() -> None:
    """Serve the parent over stdin and stdout: the location of a store and a sha256 for the signals; ends with it."""
    with suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        requests, replies = ready(behind=True)
        while True:
            location, sha256 = receive(requests)
            send(_signals(location, sha256), replies)


def _signals(location: str, sha256: str) -> tuple[Signal, ...] | None:
    """The signals of a document; None where the store cannot be read from here."""
    try:
        return audit(_opened(location), sha256).signals
    except (StoreError, OSError):
        return None


@lru_cache(maxsize=1)
def _opened(location: str) -> ox.Store:
    return open_read_only(location)


if __name__ == "__main__":
    main()
