"""Stopping a query: the engine hears of no Ctrl-C and has no clock, so the process ends."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click

_FAILED = 1


@contextmanager
def stoppable(seconds: float | None, message: str) -> Iterator[None]:
    """While this is open Ctrl-C ends the process, and so does the time that is over: `message` on stderr, status 1."""

    def end() -> None:
        click.echo(message, err=True)
        sys.stderr.flush()
        os._exit(_FAILED)

    timer = threading.Timer(seconds, end) if seconds else None
    before = signal.getsignal(signal.SIGINT)
    in_main = threading.current_thread() is threading.main_thread()
    try:
        if in_main:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
        if timer:
            timer.daemon = True
            timer.start()
        yield
    finally:
        if timer:
            timer.cancel()
        if in_main:
            signal.signal(signal.SIGINT, before)
