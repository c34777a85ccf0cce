"""How fast, how right and with how much memory tables are read: caimai and plain pdfplumber on the same files."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pypdfium2

from bench.accuracy import Score, score, total
from bench.engines import BOTH, Cells, Engine, pages_of

_PEAK = """
import sys
from pathlib import Path
from bench.engines import engine
engine(sys.argv[1]).tables(Path(sys.argv[2]).read_bytes())
print(next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")).split()[1])
"""


class Measured(NamedTuple):
    """What one engine does to a number of files: seconds of one core, and its cells compared with the known ones."""

    engine: Engine
    seconds: float
    pages: int
    score: Score

    @property
    def milliseconds(self) -> float:
        """A page."""
        return self.seconds / self.pages * 1000


def measure(pdfs: Sequence[Path], known: Callable[[Path], list[Cells]], rounds: int) -> list[Measured]:
    """Both engines in turn, file by file, the best of the rounds: other work on the machine disturbs both alike."""
    files = [pdf.read_bytes() for pdf in pdfs]
    truth = [known(pdf) for pdf in pdfs]
    pages = sum(map(pages_of, files))
    best = {engine.name: [float("inf")] * len(files) for engine in BOTH}
    read: dict[str, list[list[Cells]]] = {engine.name: [[]] * len(files) for engine in BOTH}
    for _ in range(rounds):
        for at, data in enumerate(files):
            for engine in BOTH:
                start = time.process_time()
                read[engine.name][at] = engine.tables(data)
                best[engine.name][at] = min(best[engine.name][at], time.process_time() - start)
    return [
        Measured(engine, sum(best[engine.name]), pages, total(map(score, truth, read[engine.name]))) for engine in BOTH
    ]


def peaks(pdfs: Sequence[Path], pages: int) -> dict[str, float | None]:
    """The most memory, in MB, that a process of each engine takes for one PDF of so many pages, made of the files'.

    None where the system does not tell.
    """
    if not Path("/proc/self/status").exists():
        return {engine.name: None for engine in BOTH}
    with tempfile.TemporaryDirectory() as folder:
        long = Path(folder) / "long.pdf"
        _concatenated(pdfs, pages, long)
        running = {
            engine.name: subprocess.Popen(
                [sys.executable, "-c", _PEAK, engine.name, str(long)], stdout=subprocess.PIPE, text=True
            )
            for engine in BOTH
        }
        return {name: int(process.communicate()[0]) / 1024 for name, process in running.items()}


def _concatenated(pdfs: Sequence[Path], pages: int, path: Path) -> None:
    long = pypdfium2.PdfDocument.new()
    while len(long) < pages:
        for pdf in pdfs:
            part = pypdfium2.PdfDocument(pdf)
            long.import_pages(part, list(range(min(len(part), pages - len(long)))) or None)
            if len(long) >= pages:
                break
    long.save(path)
