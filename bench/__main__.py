"""Measurements of speed and memory on the example PDFs, side by side in one run: `make bench`."""

import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pdfplumber
from rich.console import Console
from rich.table import Table

import caimai
from caimai.reading import read_all
from extract.readers import read
from extract.recognition import facts
from kg.store import MEMORY, open_store

EXAMPLES = sorted((Path(__file__).resolve().parent.parent / "examples").glob("*.pdf"))
ROUNDS = 2


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """How long the work takes by the clock."""
    start = clock()
    work()
    return clock() - start


def pages() -> int:
    """The pages of the examples."""
    return sum(len(pdfplumber.open(path).pages) for path in EXAMPLES)


def by_pdfplumber() -> None:
    """Every table of the examples by plain pdfplumber."""
    for path in EXAMPLES:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                page.extract_tables()
                page.close()


def by_caimai() -> None:
    """The examples as documents: lines and tables with spans, stitched over pages."""
    for path in EXAMPLES:
        read(path)


def main() -> None:
    """Print the measurements."""
    count = pages()
    rounds = [(seconds(by_caimai), seconds(by_pdfplumber)) for _ in range(ROUNDS)]
    ours, theirs = (median(column) for column in zip(*rounds, strict=True))
    documents = [read(path) for path in EXAMPLES]
    stated = [(document.sha256, tuple(facts(document))) for document in documents]
    recognising = seconds(lambda: [tuple(facts(document)) for document in documents])
    figures = sum(fact.fact == "cell" for _, found in stated for fact in found)
    store = open_store(MEMORY)
    building = seconds(lambda: caimai._build(stated, store))
    tracing = [seconds(lambda: caimai.trace(store, "昌州财教[2024]65号"), time.perf_counter) for _ in range(20)]
    alone, both = (seconds(lambda jobs=jobs: list(read_all(EXAMPLES, jobs)), time.perf_counter) for jobs in (1, 2))
    with tempfile.TemporaryDirectory() as folder:
        disk = seconds(lambda: caimai._build(stated, open_store(Path(folder) / "store")), time.perf_counter)
    table = Table("measurement", "value", "beside")
    table.title = f"{len(EXAMPLES)} example PDFs, {count} pages, {figures} figures"
    table.add_row("reading, CPU ms a page", f"{ours / count * 1000:.1f}", f"pdfplumber {theirs / count * 1000:.1f}")
    table.add_row("reading, times faster", f"{theirs / ours:.1f}", "than pdfplumber extract_tables")
    table.add_row("recognising, figures a second", f"{figures / recognising:.0f}", "one core, reading not counted")
    table.add_row(
        "read and recognise, wall s", f"{alone:.1f} by 1 process", f"{both:.1f} by 2: {alone / both:.2f} times"
    )
    table.add_row(
        "building, quads a second", f"{len(store) / building:.0f} in memory", f"{len(store) / disk:.0f} on disk"
    )
    table.add_row("trace, ms", f"median {median(tracing) * 1000:.0f}", f"slowest {max(tracing) * 1000:.0f}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    table.add_row("peak memory, MB", f"{memory:.0f}", "of this process, pdfplumber in it")
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
