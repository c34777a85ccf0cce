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
from viz.web.recent import Recent

_LOOK_EVERY = 1.0  # seconds
_MOST, _MOST_LARGE = 10_000, 50  # values that are held of a state: about 4 kB each, the large ones 300 kB and more
_ABSENT = object()
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Opened:
    """A store as it was at one time. `state` changes when the store does.

    `recent` and `large` hold what was computed of it lately, `kept` what took too long to be forgotten. `location` is
    that of the store, `opened_from` what another process may open to read the same state.
    """

    store: ox.Store
    location: str
    opened_from: str
    state: str
    recent: Recent = field(default_factory=lambda: Recent(_MOST))
    large: Recent = field(default_factory=lambda: Recent(_MOST_LARGE))
    kept: dict[object, Any] = field(default_factory=dict)

    def once(self, key: object, make: Callable[[], _T], *, large: bool = False) -> _T:
        """What `make` gives for this state of the store, computed once, and again when it was long unasked for.

        `key` starts with the module's name. Of what is `large` little is held.
        """
        held = self.large if large else self.recent
        found = held.get(key, _ABSENT)
        return cast(_T, held.keep(key, make()) if found is _ABSENT else found)

    def each(
        self, key: object, wanted: Collection[str], make: Callable[[list[str]], Mapping[str, _T]]
    ) -> dict[str, _T]:
        """What `make` gives for each that is wanted; it is asked once for each, for those that are new together."""
        found = {one: self.recent.get((key, one), _ABSENT) for one in wanted}
        missing = [one for one, value in found.items() if value is _ABSENT]
        made = make(missing) if missing else {}
        return found | {one: self.recent.keep((key, one), made[one]) for one in missing}


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
