"""Worker processes, taken in turn: one query each at a time, killed when its time is up, replaced at once."""

import os
import subprocess
import sys
import threading
import time
import weakref
from collections import deque
from dataclasses import replace

from kg.whole_states import WholeStates
from viz.web.endpoint.exchange import Job, Reply, receive, refusal, send
from viz.web.endpoint.limits import Limits

_BUSY = {"Retry-After": "5"}


class Pool:
    """Workers on one graph. May be used from many threads; workers start with the first query."""

    def __init__(self, location: str, limits: Limits) -> None:
        self.limits = limits
        self._idle: deque[subprocess.Popen[bytes]] = deque()
        self._running = 0
        self._waiting = 0
        self._free = threading.Condition()
        self._states = WholeStates(location)
        self._ended = weakref.finalize(self, self._states.close)

    def state(self) -> str:
        """The state of the graph that queries are answered from: the last one that no build was at work on."""
        return self._states.current()[0]

    def run(self, job: Job) -> Reply:
        """The reply to a query within the time allowed; 503 where that is over, or too many wait already."""
        until = time.monotonic() + self.limits.seconds
        worker = self._take(until)
        if worker is None:
            return replace(refusal(503, "too many queries at once: try again in a moment"), headers=_BUSY)
        reply = _ask(worker, replace(job, location=self._states.current()[1]), until, self.limits)
        self._give_back(worker)
        return reply

    def close(self) -> None:
        """End all idle workers; busy ones end with their query."""
        with self._free:
            while self._idle:
                _end(self._idle.pop())
        self._ended()

    def _take(self, until: float) -> "subprocess.Popen[bytes] | None":
        """A free worker, started where fewer run than may; None where none becomes free in time."""
        with self._free:
            if self._running >= self.limits.workers and self._waiting >= self.limits.waiting:
                return None
            self._waiting += 1
            free = self._free.wait_for(lambda: self._running < self.limits.workers, until - time.monotonic())
            self._waiting -= 1
            if not free:
                return None
            self._running += 1
            while self._idle:
                worker = self._idle.pop()
                if worker.poll() is None:
                    return worker
        return _started(self.limits)

    def _give_back(self, worker: "subprocess.Popen[bytes]") -> None:
        with self._free:
            self._idle.append(worker if worker.poll() is None else _started(self.limits))
            self._running -= 1
            self._free.notify()


def _started(limits: Limits) -> "subprocess.Popen[bytes]":
    """A worker that is getting ready."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "viz.web.endpoint.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    assert worker.stdin is not None, "asked for a pipe"
    send(limits, worker.stdin)
    return worker


def _ask(worker: "subprocess.Popen[bytes]", job: Job, until: float, limits: Limits) -> Reply:
    """What the worker replies; where it is too late or the worker ends, it is killed and that is said."""
    assert worker.stdin is not None, "asked for a pipe"
    assert worker.stdout is not None, "asked for a pipe"
    late = threading.Event()

    def stop() -> None:
        late.set()
        worker.kill()

    clock = threading.Timer(max(until - time.monotonic(), 0), stop)
    clock.start()
    try:
        send(job, worker.stdin)
        reply: Reply = receive(worker.stdout)
    except (OSError, EOFError):
        _end(worker)
        if late.is_set():
            return refusal(
                503, f"stopped after {limits.seconds:g} s: ask for less, or allow more time; no part is given"
            )
        return refusal(503, "the query ended its process, most likely for want of memory: ask for less")
    finally:
        clock.cancel()
        if late.is_set():  # in time by a hair, but killed
            _end(worker)
    return reply


def _end(worker: "subprocess.Popen[bytes]") -> None:
    worker.kill()
    worker.wait()
    for pipe in (worker.stdin, worker.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                continue  # what was not sent is not wanted
