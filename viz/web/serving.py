"""The store being served: opened again when it has changed, never in the middle of a build."""

import threading
import time
import weakref
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

import pyoxigraph as ox

from kg.store import open_read_only
from kg.whole_states import WholeStates

_LOOK_EVERY = 1.0  # seconds
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Opened:
    """A store as it was at one time. `state` changes when the store does; `kept` holds what was computed of it.

    `location` is that of the store, `opened_from` what another process may open to read the same state.
    """

    store: ox.Store
    location: str
    opened_from: str
    state: str
    lock: threading.Lock = field(default_factory=threading.Lock)
    kept: dict[object, Any] = field(default_factory=dict)

    def once(self, key: object, make: Callable[[], _T]) -> _T:
        """What `make` gives for this state of the store, computed once. `key` starts with the module's name."""
        if key not in self.kept:
            value = make()
            with self.lock:
                self.kept.setdefault(key, value)
        return cast(_T, self.kept[key])

    def each(
        self, key: object, wanted: Collection[str], make: Callable[[list[str]], Mapping[str, _T]]
    ) -> dict[str, _T]:
        """What `make` gives for each that is wanted; it is asked once for each, for those that are new together."""
        missing = [one for one in dict.fromkeys(wanted) if (key, one) not in self.kept]
        if missing:
            made = make(missing)
            with self.lock:
                for one in missing:
                    self.kept.setdefault((key, one), made[one])
        return {one: self.kept[key, one] for one in wanted}


class Serving:
    """The last whole state of a store.

    A class because its state changes: while a build writes the store, the state before it is served, also where the
    serving began meanwhile, and afterwards the new one. Readers that began with a state keep it to their end.
    """

    def __init__(self, location: str | Path) -> None:
        """Opens the store. Raises StoreError where there is none."""
        self.location = str(location)
        self._lock = threading.Lock()
        self._states = WholeStates(self.location)
        weakref.finalize(self, self._states.close)
        self._looked = time.monotonic()
        self._opened = self._open()

    def opened(self) -> Opened:
        """The store as of now, or as it was before the build that is writing it."""
        with self._lock:
            if time.monotonic() - self._looked > _LOOK_EVERY:
                self._looked = time.monotonic()
                if self._states.current()[0] != self._opened.state:
                    self._opened = self._open()
            return self._opened

    def _open(self) -> Opened:
        state, folder = self._states.current()
        return Opened(open_read_only(folder), self.location, folder, state)
