"""Worker processes, taken in turn: one query each at a time, killed when its time is up, replaced at once."""

import threading
import time
import weakref
from collections import deque
from dataclasses import replace
from typing import Any

from kg.whole_states import WholeStates
from queries.answers import Answer
from queries.library import EmptyGraph, WrongQuestion
from viz.web.endpoint.exchange import Job, Named, Reply, refusal
from viz.web.endpoint.limits import Limits
from viz.web.processes import Process

_BUSY = {"Retry-After": "5"}


class Pool:
    """Workers on one graph. May be used from many threads; workers start with the first query."""

    def __init__(self, location: str, limits: Limits) -> None:
        self.limits = limits
        self._idle: deque[Process] = deque()
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
        reply: Reply = self._run(job)
        return reply

    def ask(self, question: Named) -> Answer | WrongQuestion | EmptyGraph | Reply:
        """The answer of a named question, why it cannot be asked so, or why there is no answer, as for a query."""
        answer: Answer | WrongQuestion | EmptyGraph | Reply = self._run(question)
        return answer

    def _run(self, job: Job | Named) -> Any:
        until = time.monotonic() + self.limits.seconds
        worker = self._take(until)
        if worker is None:
            return replace(refusal(503, "too many queries at once: try again in a moment"), headers=_BUSY)
        reply = _asked(worker, replace(job, location=self._states.current()[1]), until, self.limits)
        self._give_back(worker)
        return reply

    def prepare(self) -> None:
        """Have a worker get ready for a query that is about to come, where none is there."""
        with self._free:
            if not self._idle and not self._running:
                self._idle.append(_worker(self.limits))

    def close(self) -> None:
        """End all idle workers; busy ones end with their query."""
        with self._free:
            while self._idle:
                self._idle.pop().end()
        self._ended()

    def _take(self, until: float) -> Process | None:
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
                if worker.alive:
                    return worker
        return _worker(self.limits)

    def _give_back(self, worker: Process) -> None:
        with self._free:
            self._idle.append(worker if worker.alive else _worker(self.limits))
            self._running -= 1
            self._free.notify()


def _asked(worker: Process, job: Job | Named, until: float, limits: Limits) -> Any:
    """What the worker replies; where it is too late or the worker ends, that is said."""
    try:
        return worker.ask(job, until - time.monotonic())
    except TimeoutError:
        return refusal(503, f"stopped after {limits.seconds:g} s: ask for less, or allow more time; no part is given")
    except EOFError:
        return refusal(503, "the query ended its process, most likely for want of memory: ask for less")


def _worker(limits: Limits) -> Process:
    """A worker that is getting ready."""
    return Process("viz.web.endpoint.worker", limits)
