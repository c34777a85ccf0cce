"""Whether a build was cut off: a file stands beside a store's files from the first document until all is derived.

What ends a build in order (an error, Ctrl-C) takes it away again; a process that was killed, or a power cut, leaves it.
The next build of any document derives everything anew, and so mends the store.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.whole_states import being_written

NAME = "unfinished"


@contextmanager
def told_apart(store: str | Path) -> Iterator[None]:
    """The store counts as unfinished within the block. Nothing for one on a server, or that cannot be written to."""
    mark = Path(store) / NAME
    if "://" in str(store) or not mark.parent.is_dir():
        yield
        return
    with suppress(OSError):
        mark.touch()
    try:
        yield
    finally:
        with suppress(OSError):
            mark.unlink(missing_ok=True)


def is_unfinished(store: str | Path) -> bool:
    """Whether the last build of a store on disk was cut off; a build that is at work is not."""
    return "://" not in str(store) and (Path(store) / NAME).is_file() and not being_written(str(store))
