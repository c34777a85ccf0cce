"""What happens after the tables are read: facts, processes, the graph, traces."""

import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from caimai.reading import read_all
from extract.reading_process import read_facts
from kg.build import build
from kg.store import MEMORY, open_store
from ontology.errors import CaimaiError
from ontology.facts import CellFact, Fact
from queries.tracing.trace import trace

_TRACED = "昌州财教[2024]65号"
_TRACES = 20

Stated = Sequence[tuple[str, tuple[Fact, ...]]]


class Facts(NamedTuple):
    """Documents read to their facts in this process."""

    stated: Stated
    figures: int
    seconds: float


class Scaling(NamedTuple):
    """Wall time for the same documents with one process that reads and with two."""

    documents: int
    one: float
    two: float


class Graph(NamedTuple):
    """Quads, wall time to put them into a store in memory and on disk, and times of one trace."""

    quads: int
    in_memory: float
    on_disk: float
    traces: Sequence[float]

    @property
    def trace(self) -> float:
        return median(self.traces)


def facts(pdfs: Sequence[Path]) -> Facts:
    """From the file to the facts, seconds of one core."""
    start = time.process_time()
    stated = [read_facts(pdf) for pdf in pdfs]
    seconds = time.process_time() - start
    return Facts(stated, sum(isinstance(fact, CellFact) for _, found in stated for fact in found), seconds)


def scaling(pdfs: Sequence[Path], copies: int) -> Scaling:
    """Copies of the files read by processes of their own, as `caimai build --jobs` does."""
    with tempfile.TemporaryDirectory() as folder:
        for copy in range(copies):
            for pdf in pdfs:
                shutil.copy(pdf, Path(folder) / f"{copy} {pdf.name}")
        one, two = (_wall(partial(_read_all, Path(folder), jobs)) for jobs in (1, 2))
    return Scaling(copies * len(pdfs), one, two)


def _read_all(folder: Path, jobs: int) -> None:
    for reading in read_all([folder], jobs):
        if reading.error:
            raise CaimaiError(reading.error)


def graph(stated: Stated) -> Graph:
    """The graph of the documents built in memory and on disk, and traced."""
    memory = open_store(MEMORY)
    in_memory = _wall(lambda: build(stated, memory))
    with tempfile.TemporaryDirectory() as folder:
        on_disk = _wall(lambda: build(stated, open_store(Path(folder) / "store")))
    traces = [_wall(lambda: trace(memory, _TRACED)) for _ in range(_TRACES)]
    return Graph(len(memory), in_memory, on_disk, traces)


def _wall(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
