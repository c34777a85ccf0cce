"""The endpoint on a port of its own, as real clients meet it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

from viz.web.endpoint import Limits, Pool, routes

PATIENT = Limits(seconds=600)
"""What a query may take in tests of something else: a slow machine is no error."""


@contextmanager
def serving(location: str, limits: Limits | None = None, **options: str) -> Iterator[str]:
    """The address of a server of the graph at a location, on loopback; it ends with the block."""
    with serving_by(Pool(location, limits or PATIENT), **options) as address:
        yield address


@contextmanager
def serving_by(pool: Pool, **options: str) -> Iterator[str]:
    """The same for a pool of workers."""
    with running(Starlette(routes=routes(pool, **options))) as address:
        yield address


@contextmanager
def running(application: Starlette) -> Iterator[str]:
    """The address of a server of an application, on loopback; it ends with the block."""
    server = uvicorn.Server(uvicorn.Config(application, log_level="warning", lifespan="off"))
    with socket.create_server(("127.0.0.1", 0)) as listening:  # held from the beginning: no other test takes it
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server ended by itself"
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=120)
