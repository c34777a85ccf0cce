"""Where the documents of a store were when it was built: a note beside the store's files, so that pages can be shown.

The note is no part of the graph, and no export holds it. It names paths as seen from the store, so that a store and
its documents may move together; what is no longer there is passed over.
"""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

NAME = "documents.json"


def note(store: str | Path, paths: Iterable[Path]) -> None:
    """Add paths that documents were read from to the note of a store on disk; of a store on a server nothing is noted.

    A folder that cannot be written to is left as it is: the note is a convenience.
    """
    folder = Path(store)
    if "://" in str(store) or not folder.is_dir():
        return
    known = {*_said(folder), *(_seen_from(folder, path) for path in paths if path.exists())}
    with suppress(OSError):
        (folder / NAME).write_text(json.dumps(sorted(known), ensure_ascii=False, indent=1) + "\n", "utf-8")


def noted(store: str | Path) -> tuple[Path, ...]:
    """The files and folders that documents were read from and that are still there; none where nothing was noted."""
    folder = Path(store)
    found = (Path(os.path.normpath(folder / said)) for said in sorted(_said(folder)))
    return tuple(path for path in found if path.exists())


def _said(folder: Path) -> set[str]:
    try:
        said = json.loads((folder / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return set()
    return {entry for entry in said if isinstance(entry, str)} if isinstance(said, list) else set()


def _seen_from(folder: Path, path: Path) -> str:
    """The path as seen from the store; the whole path where they stand on different drives."""
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:
        return path.resolve().as_posix()
