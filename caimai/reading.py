"""Documents to facts, several at once: the edge where files are opened and processes started."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from extract.readers import documents_in, read
from extract.recognition import facts
from ontology.errors import CaimaiError
from ontology.facts import Fact


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one document: its facts, or the error that kept it from being read."""

    path: Path
    sha256: str = ""
    facts: tuple[Fact, ...] = ()
    error: str | None = None


def read_facts(path: Path) -> Reading:
    """The facts of one document. A document that cannot be used gives a Reading with its error, never an exception."""
    try:
        document = read(path)
        return Reading(path, document.sha256, tuple(facts(document)))
    except CaimaiError as error:
        return Reading(path, error=str(error))


def read_all(paths: Iterable[Path], jobs: int = 1) -> Iterator[Reading]:
    """The readings of all documents under `paths` (folders are searched), in a fixed order, `jobs` at a time.

    A path that is missing or a folder without documents is a Reading with an error; the rest goes on.
    """
    found: list[Reading | Path] = []
    for path in paths:
        try:
            found.extend(documents_in([path]))
        except CaimaiError as error:
            found.append(Reading(path, error=str(error)))
    yield from _in_order(found, jobs, read_facts)


def _in_order(found: list[Reading | Path], jobs: int, read_one: Callable[[Path], Reading]) -> Iterator[Reading]:
    paths = [item for item in found if isinstance(item, Path)]
    readings: Iterator[Reading]
    if jobs <= 1 or len(paths) < 2:
        readings = map(read_one, paths)
        yield from (item if isinstance(item, Reading) else next(readings) for item in found)
        return
    with ProcessPoolExecutor(max_workers=min(jobs, len(paths))) as pool:
        readings = pool.map(read_one, paths)
        yield from (item if isinstance(item, Reading) else next(readings) for item in found)
