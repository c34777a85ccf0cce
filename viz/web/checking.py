"""The audit of documents beside the pages: in a process of its own, one document at a time, kept per state."""

import logging
import threading
from collections import deque
from collections.abc import Collection, Iterable
from typing import cast

from queries.auditing.audit import audit
from queries.auditing.signal import Signal
from viz.web.processes import Process
from viz.web.serving import Opened

_LOG = logging.getLogger(__name__)


def signals_of(store: Opened, sha256: str) -> tuple[Signal, ...]:
    """The signals of the disclosure that a source file carries, computed once for this state of the store; waits."""
    found = known(store, sha256)
    return store.kept.setdefault(_key(sha256), _CHECKING.checked(store, sha256)) if found is None else found


def known(store: Opened, sha256: str) -> tuple[Signal, ...] | None:
    """The signals of a disclosure that is checked already; None where it is not."""
    return cast("tuple[Signal, ...] | None", store.kept.get(_key(sha256)))


def unchecked(store: Opened, files: Iterable[str], *, first: bool) -> list[str]:
    """The files that are not checked yet: they are being checked from now on, before all others or after them.

    Not among them are those that could not be checked: `signals_of` tells why.
    """
    missing = [one for one in dict.fromkeys(files) if known(store, one) is None and _failed(one) not in store.kept]
    _CHECKING.begin(store, missing, first=first)
    return missing


def _key(sha256: str) -> tuple[str, str]:
    return "checking", sha256


def _failed(sha256: str) -> tuple[str, str, str]:
    return "checking", "failed", sha256


class _Checking:
    """The documents that wait, and the process that checks them. A class because both change."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[Opened, str]] = deque()
        self._worker: Process | None = None
        self._runs = False
        self._queue = threading.Lock()
        self._one = threading.Lock()

    def begin(self, store: Opened, files: Collection[str], *, first: bool) -> None:
        """Have files checked: `first` before those that wait already."""
        with self._queue:
            wanted = [(store, sha256) for sha256 in files]
            held = [one for one in self._waiting if not (one[0] is store and one[1] in files)] if first else None
            if held is not None:
                self._waiting = deque([*wanted, *held])
            else:
                there = {(id(one), sha256) for one, sha256 in self._waiting}
                self._waiting += [one for one in wanted if (id(store), one[1]) not in there]
            if self._waiting and not self._runs:
                self._runs = True
                threading.Thread(target=self._run, daemon=True).start()

    def checked(self, store: Opened, sha256: str) -> tuple[Signal, ...]:
        """The signals of a document, from the process that checks; in this one where that cannot tell."""
        with self._one:
            found = known(store, sha256)
            if found is None:
                found = self._told(store.opened_from, sha256)
        return audit(store.store, sha256).signals if found is None else found

    def _run(self) -> None:
        while True:
            with self._queue:
                if not self._waiting:
                    self._runs = False
                    return
                store, sha256 = self._waiting.popleft()
            try:
                signals_of(store, sha256)
            except Exception:  # the page that asks for it again tells; the others go on
                store.kept[_failed(sha256)] = True
                _LOG.exception("a document could not be checked: %s", sha256)

    def _told(self, location: str, sha256: str) -> tuple[Signal, ...] | None:
        try:
            if self._worker is None or not self._worker.alive:
                self._worker = Process("viz.web.checking_worker")
            return cast("tuple[Signal, ...] | None", self._worker.ask((location, sha256)))
        except (OSError, EOFError) as error:
            _LOG.warning("the process that checks documents ended: %s", error)
            return None


_CHECKING = _Checking()
