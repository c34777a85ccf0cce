"""A store on disk as it was when last no build was at work on it, for readers that must not see half a build.

Such a state is kept as a folder of links to the store's files, which a store never changes once they are written, only
removes: it takes no time and next to no space. The folders stand in `readers/` of the store, their names begin with the
number of the process that uses them. A process that writes keeps the state that it found, for readers that come
meanwhile.
"""

import atexit
import os
import shutil
import struct
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

_FOLDER = "readers"
_KEPT = 2  # the state that is read, and the one before it, which a query may still be at work on
_FOUND = "found"  # how the name of the folder ends in which a process that writes keeps the state that it found


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
    return _writer(location) is not None


def keep_found(location: str) -> None:
    """Keep the state of a store that this process is about to write, until the process ends.

    Nothing where there is no store yet, or where another process writes it.
    """
    if not (Path(location) / "CURRENT").is_file() or being_written(location):
        return
    for folder in _found_by(location, os.getpid()):
        shutil.rmtree(folder, ignore_errors=True)
    kept = _linked(location, state_of(location), _FOUND)
    if kept is not None:
        atexit.register(shutil.rmtree, kept, ignore_errors=True)


def whole(location: str) -> str:
    """The location itself; while another process writes the store, where that keeps the state it found."""
    writer = _writer(location)
    return next(map(str, _found_by(location, writer)), location) if writer is not None else location


def state_read(location: str) -> str:
    """The state (`state_of`) that one who opens `whole` reads."""
    writer = _writer(location)
    found = next(_found_by(location, writer), None) if writer is not None else None
    return found.name.split(".")[1] if found else state_of(location)


def _found_by(location: str, writer: int) -> Iterator[Path]:
    """The folder in which a process keeps the state that it found."""
    return (Path(location) / _FOLDER).glob(f"{writer}.*.{_FOUND}")


def _writer(location: str) -> int | None:
    """The number of the other process that has the store open for writing; None where there is none."""
    lock = Path(location) / "LOCK"
    if sys.platform != "linux" or not lock.is_file():
        return None
    import fcntl

    asked = struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0)  # struct flock
    try:
        with lock.open("rb") as held:
            told = fcntl.fcntl(held, fcntl.F_GETLK, asked)
    except OSError:
        return None
    kind, _, _, _, process = struct.unpack("hhqqi4x", told)
    return int(process) if kind != fcntl.F_UNLCK else None


class WholeStates:
    """The last whole state of a store, followed from call to call by one process."""

    def __init__(self, location: str) -> None:
        self._location = location
        self._held: deque[tuple[str, str]] = deque()
        self._one_at_a_time = threading.Lock()

    def current(self) -> tuple[str, str]:
        """The state (`state_of`) and the location to open for it.

        The store itself where no folder can be made in it, where it is on a server, or where a process that does not
        keep the state it found was writing it from the first call on.
        """
        with self._one_at_a_time:
            writer = _writer(self._location)
            if writer is not None:
                return self._held[-1] if self._held else self._found_by(writer)
            state = state_of(self._location)
            if not self._held or self._held[-1][0] != state:
                kept = _linked(self._location, state) if (Path(self._location) / "CURRENT").is_file() else None
                if kept is None:
                    return state, self._location
                self._held.append((state, kept))
                self._remove(down_to=_KEPT)
            return self._held[-1]

    def _found_by(self, writer: int) -> tuple[str, str]:
        """The state that a process found before it began to write."""
        for found in _found_by(self._location, writer):
            state = found.name.split(".")[1]
            kept = _links(self._location, str(found), state)
            if kept is not None:
                self._held.append((state, kept))
                return self._held[-1]
        return state_of(self._location), self._location

    def close(self) -> None:
        """Remove all folders of this process."""
        with self._one_at_a_time:
            self._remove(down_to=0)

    def _remove(self, *, down_to: int) -> None:
        while len(self._held) > down_to:
            shutil.rmtree(self._held.popleft()[1], ignore_errors=True)


def _linked(location: str, state: str, use: str = "read") -> str | None:
    """The folder of the state that a store is in; None where it cannot be made, or the store changed meanwhile."""
    folder = _links(location, location, state, use)
    if folder is not None and (being_written(location) or state_of(location) != state):
        shutil.rmtree(folder, ignore_errors=True)
        return None
    return folder


def _links(location: str, source: str, state: str, use: str = "read") -> str | None:
    """A new folder of links to the files that stand in `source`; None where it cannot be made."""
    readers = Path(location) / _FOLDER
    try:
        readers.mkdir(exist_ok=True)
        _remove_abandoned(readers)
        folder = Path(tempfile.mkdtemp(f".{use}", f"{os.getpid()}.{state}.", readers))
    except OSError:
        return None
    try:
        for path in _files(source):
            if path.suffix == ".sst":
                (folder / path.name).hardlink_to(path)
            else:
                shutil.copyfile(path, folder / path.name)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        return None
    return str(folder)


def _remove_abandoned(readers: Path) -> None:
    """Remove the folders of processes that ended without removing them. On Windows none: signal 0 is Ctrl-C there."""
    if sys.platform == "win32":
        return
    for folder in readers.iterdir():
        try:
            os.kill(int(folder.name.partition(".")[0]), 0)
        except ProcessLookupError:
            shutil.rmtree(folder, ignore_errors=True)
        except (ValueError, OSError):
            continue


def _files(location: str) -> list[Path]:
    """The files that hold the store's data."""
    with suppress(FileNotFoundError, NotADirectoryError):
        found = Path(location).iterdir()
        names = ("CURRENT", "IDENTITY", "MANIFEST-", "OPTIONS-")
        return [path for path in found if path.suffix in {".sst", ".log"} or path.name.startswith(names)]
    return []


def _on_server(location: str) -> bool:
    return location.startswith(("http://", "https://"))
