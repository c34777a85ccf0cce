"""A store on disk as it was when last no build was at work on it, for readers that must not see half a build.

Such a state is kept as a folder of links to the store's files, which a store never changes once they are written, only
removes: it takes no time and next to no space. The folders stand in `readers/` of the store, one for each reading
process and state.
"""

import os
import shutil
import struct
import sys
import threading
from collections import deque
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

_FOLDER = "readers"
_KEPT = 2  # the state that is read, and the one before it, which a query may still be at work on


def state_of(location: str) -> str:
    """A text that differs after every change to the store on disk; empty for one on a server.

    From the names, sizes and times of its files: a change is written to a log or a new file.
    """
    if _on_server(location):
        return ""
    files = []
    for path in _files(location):
        with suppress(FileNotFoundError):  # a file that went while we looked: the next look will differ
            about = path.stat()
            files.append((path.name, about.st_size, about.st_mtime_ns if path.suffix == ".log" else 0))
    return sha256(repr(sorted(files)).encode()).hexdigest()[:16]


def being_written(location: str) -> bool:
    """Whether another process has the store open for writing. False where the system cannot tell."""
    lock = Path(location) / "LOCK"
    if sys.platform != "linux" or not lock.is_file():
        return False
    import fcntl

    asked = struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0)  # struct flock
    try:
        with lock.open("rb") as held:
            told = fcntl.fcntl(held, fcntl.F_GETLK, asked)
    except OSError:
        return False
    return int(struct.unpack("hhqqi4x", told)[0]) != fcntl.F_UNLCK


class WholeStates:
    """The last whole state of a store, followed from call to call by one process."""

    def __init__(self, location: str) -> None:
        self._location = location
        self._held: deque[tuple[str, str]] = deque()
        self._one_at_a_time = threading.Lock()

    def current(self) -> tuple[str, str]:
        """The state (`state_of`) and the location to open for it.

        The store itself where no folder can be made in it, where it is on a server, or where a build was at work from
        the first call on.
        """
        with self._one_at_a_time:
            if being_written(self._location):
                return self._held[-1] if self._held else (state_of(self._location), self._location)
            state = state_of(self._location)
            if not self._held or self._held[-1][0] != state:
                kept = _linked(self._location, state) if (Path(self._location) / "CURRENT").is_file() else None
                if kept is None:
                    return state, self._location
                self._held.append((state, kept))
                self._remove(down_to=_KEPT)
            return self._held[-1]

    def close(self) -> None:
        """Remove all folders of this process."""
        with self._one_at_a_time:
            self._remove(down_to=0)

    def _remove(self, *, down_to: int) -> None:
        while len(self._held) > down_to:
            shutil.rmtree(self._held.popleft()[1], ignore_errors=True)


def _linked(location: str, state: str) -> str | None:
    """The folder of a state; None where it cannot be made, or the store changed meanwhile."""
    readers = Path(location) / _FOLDER
    folder = readers / f"{os.getpid()}.{state}"
    try:
        readers.mkdir(exist_ok=True)
        _remove_abandoned(readers)
        folder.mkdir()
        for path in _files(location):
            if path.suffix == ".sst":
                (folder / path.name).hardlink_to(path)
            else:
                shutil.copyfile(path, folder / path.name)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        return None
    if being_written(location) or state_of(location) != state:
        shutil.rmtree(folder, ignore_errors=True)
        return None
    return str(folder)


def _remove_abandoned(readers: Path) -> None:
    """Remove the folders of processes that ended without removing them."""
    for folder in readers.iterdir():
        try:
            os.kill(int(folder.name.partition(".")[0]), 0)
        except ProcessLookupError:
            shutil.rmtree(folder, ignore_errors=True)
        except (ValueError, OSError):
            continue


def _files(location: str) -> list[Path]:
    """The files that hold the store's data."""
    with suppress(FileNotFoundError):
        found = Path(location).iterdir()
        names = ("CURRENT", "IDENTITY", "MANIFEST-", "OPTIONS-")
        return [path for path in found if path.suffix in {".sst", ".log"} or path.name.startswith(names)]
    return []


def _on_server(location: str) -> bool:
    return location.startswith(("http://", "https://"))
