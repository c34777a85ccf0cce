"""A process beside this one that answers one value after another and may be killed at any moment."""

import os
import pickle
import struct
import subprocess
import sys
import threading
from typing import IO, Any, cast

_LENGTH = struct.Struct(">Q")
_READY = "ready"
_NICE = 3  # how much a process stands back
_STARTING = 300.0  # seconds within which a process must be ready


class Process:
    """Runs a module whose `main` begins with `ready` and then answers each value it receives with one value.

    It gets `first` before all others. One thread may ask it at a time. A class because a process comes and goes.
    """

    def __init__(self, module: str, *first: object) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
        self._first: tuple[object, ...] | None = first

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return self._process.poll() is None

    def ask(self, value: object, seconds: float | None = None) -> Any:
        """What it answers, within so many seconds from when it is ready.

        Raises TimeoutError where that takes longer, EOFError where the process ends; it is ended in both cases.
        """
        if self._first is not None:
            self._exchange((), _STARTING)
            first, self._first = self._first, None
            return self._exchange((*first, value), seconds)
        return self._exchange((value,), seconds)

    def end(self) -> None:
        """Kill the process; what it was doing is lost."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                cast(IO[bytes], pipe).close()
            except OSError:
                continue  # what was not sent is not wanted

    def _exchange(self, values: tuple[object, ...], seconds: float | None) -> Any:
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        clock = threading.Timer(max(seconds, 0), stop) if seconds is not None else None
        if clock:
            clock.start()
        try:
            for value in values:
                send(value, cast(IO[bytes], self._process.stdin))
            return receive(cast(IO[bytes], self._process.stdout))
        except (OSError, EOFError):
            self.end()
            raise TimeoutError("the other process took too long") if late.is_set() else EOFError from None
        finally:
            if clock:
                clock.cancel()
                clock.join()
            if late.is_set():  # in time by a hair, but killed
                self.end()


def ready(*, behind: bool = False) -> tuple[IO[bytes], IO[bytes]]:
    """Of the process itself: where requests come from and replies go to; nothing that is printed gets among these.

    From here on it stands `behind` those that answer pages, where the system knows of that.
    """
    if behind and hasattr(os, "nice"):
        os.nice(_NICE)
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    send(_READY, replies)
    return requests, replies


def send(value: object, to: IO[bytes]) -> None:
    """Write a value whole, behind its length. Raises OSError where nobody reads."""
    content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    to.write(_LENGTH.pack(len(content)) + content)
    to.flush()


def receive(source: IO[bytes]) -> Any:
    """The next value. Raises EOFError where the other side ended before it was whole."""
    (length,) = _LENGTH.unpack(_exactly(source, _LENGTH.size))
    return pickle.loads(_exactly(source, length))


def _exactly(source: IO[bytes], size: int) -> bytes:
    content = source.read(size)
    if len(content) < size:
        raise EOFError("the other process ended")
    return content
