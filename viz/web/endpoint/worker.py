"""A worker process: opens the graph, answers one query or named question after another, ends when its parent does.

It can be killed at any moment. Where the system allows, it may neither use the network nor more memory than its share.
"""

import ctypes
import sys
from contextlib import suppress
from typing import IO

import pyoxigraph as ox

from kg.remote import StoreError
from kg.store import open_read_only
from viz.web.endpoint.answering import answer_to, reply_to
from viz.web.endpoint.exchange import Job, Named, refusal
from viz.web.endpoint.limits import Limits
from viz.web.processes import ready, receive, send

_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000  # CLONE_NEWNET, CLONE_NEWUSER of Linux


def main() -> None:
    """Serve the parent over stdin and stdout: first the limits, then jobs."""
    with suppress(EOFError, KeyboardInterrupt, OSError):
        requests, replies = ready()
        limits: Limits = receive(requests)
        job: Job | Named = receive(requests)
        _confine(limits, local=not job.location.startswith(("http://", "https://")))
        _serve(job, limits, requests, replies)


def _serve(job: Job | Named, limits: Limits, requests: IO[bytes], replies: IO[bytes]) -> None:
    store: ox.Store | None = None
    opened = ""
    while True:
        try:
            if store is None or job.location != opened:
                store, opened = open_read_only(job.location), job.location
            reply = answer_to(job, store, limits) if isinstance(job, Named) else reply_to(job, store, limits)
        except StoreError as error:
            store, reply = None, refusal(503, str(error))
        except OSError as error:  # a file of the graph went away under a reader
            store, reply = None, refusal(500, f"the graph could not be read: {error}")
        send(reply, replies)
        job = receive(requests)


def _confine(limits: Limits, *, local: bool) -> None:
    """Keep this process from the network, and to its share of memory, where the system allows it."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    if local and sys.platform == "linux":
        unshare = ctypes.CDLL(None, use_errno=True).unshare
        if unshare(_NEW_NETWORK) != 0:  # as an ordinary user, in a user namespace of its own
            unshare(_NEW_USER | _NEW_NETWORK)


if __name__ == "__main__":
    main()
