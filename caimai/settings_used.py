"""Which settings a store was last built with: a note beside its files, so that a bundle says what it rests on.

Decisions and prefixes of document numbers may stand anywhere (`--decisions`, `--issuers`) and may be edited later: what
was used is known by its sha256.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from kg.decisions import beside

DECISIONS, ISSUERS = "decisions.toml", "issuers.toml"
NAME = "settings.json"


def note(store: str | Path, used: Mapping[str, str | Path | None]) -> None:
    """Note the files that a store on disk was built with, by what they are; of a store on a server nothing is noted."""
    folder = Path(store)
    if "://" in str(store) or not folder.is_dir():
        return
    known = {name: _digest(Path(path)) for name, path in used.items() if path}
    with suppress(OSError):
        (folder / NAME).write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", "utf-8")


def noted(store: str | Path) -> dict[str, str]:
    """The settings that a store was built with, each with its sha256; those beside it where nothing was noted."""
    try:
        said = json.loads((Path(store) / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        found = {name: beside(store, name) for name in (DECISIONS, ISSUERS)}
        return {name: _digest(path) for name, path in found.items() if path}
    return {name: str(said[name]) for name in (DECISIONS, ISSUERS) if isinstance(said, dict) and name in said}


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
