"""`make bench`: tables of what reading, recognising, building and tracing cost, ratios side by side.

`python -m bench --corpus FOLDER` compares the engines on further PDFs that have their cells beside them as JSON.
"""

import argparse
import tempfile
from collections.abc import Sequence
from math import nan
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import explorer, large_store, pipeline, questions, reading, tracing
from bench.accuracy import example_cells, told_cells
from bench.engines import BOTH
from ontology.errors import UnreadableDocument

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
LONG = 400  # pages
COPIES = 4
LARGE = 1_000_000  # quads
_CORPUS = ("", "pages", "CPU ms/page", "×", "cells right", "of those found")

_console = Console(width=120)


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--corpus", type=Path, help="a folder of PDFs with their cells beside them as JSON")
    parser.add_argument("--store", type=Path, help="trace many things of a large store (python -m bench.large_store)")
    parser.add_argument("--rounds", type=int, default=2, help="of which the best counts (default: 2)")
    arguments = parser.parse_args()
    if arguments.store:
        _traces(arguments.store)
        return
    if arguments.corpus:
        _file_by_file(arguments.corpus, arguments.rounds)
        return
    pdfs = sorted(EXAMPLES.glob("*.pdf"))
    _engines(pdfs, arguments.rounds)
    _pipeline(pdfs)
    _large()


def _large() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / f"{large_store.make(Path(folder) / 'large', LARGE):,} quads"
        (Path(folder) / "large").rename(store)
        _console.print(questions.table(store))
        _traces(store)
        _console.print(explorer.server_table(store))
        _console.print(explorer.browser_table(store))


def _engines(pdfs: Sequence[Path], rounds: int) -> None:
    measured, peaks = reading.measure(pdfs, example_cells, rounds), reading.peaks(pdfs, LONG)
    first = measured[0]
    table = _table(
        f"Tables of {len(pdfs)} example PDFs: {first.pages} pages, {first.score.known} cells, one core",
        *("", "CPU ms/page", "pages/s", "×", "cells right", "of those found", f"MB, {LONG} pages"),
    )
    for found in measured:
        peak = peaks[found.engine.name]
        table.add_row(
            found.engine.name,
            f"{found.milliseconds:.1f}",
            f"{found.pages / found.seconds:.0f}",
            f"{first.seconds / found.seconds:.1f}",
            f"{found.score.recall:.2%}",
            f"{found.score.precision:.2%}",
            f"{peak:.0f}" if peak else "–",
        )
    _console.print(table)


def _file_by_file(folder: Path, rounds: int) -> None:
    table = _table(f"Tables of the PDFs in {folder}, one core: {BOTH[0].name} | {BOTH[1].name}", *_CORPUS)
    for pdf in sorted(folder.glob("*.pdf")):
        if pdf.with_suffix(".json").exists():
            table.add_row(pdf.stem, *_beside(pdf, rounds))
    _console.print(table)


def _beside(pdf: Path, rounds: int) -> list[str]:
    try:
        one, other = reading.measure([pdf], told_cells, rounds)
    except UnreadableDocument as error:
        return [error.reason]
    speed = [f"{one.milliseconds:.1f} | {other.milliseconds:.1f}", f"{one.seconds / other.seconds:.1f}"]
    right = f"{one.score.recall:.2%} | {other.score.recall:.2%}"
    return [str(one.pages), *speed, right, f"{one.score.precision:.2%} | {other.score.precision:.2%}"]


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title)
    for at, heading in enumerate(headings):
        table.add_column(heading, justify="right" if at else "left")
    return table


def _pipeline(pdfs: Sequence[Path]) -> None:
    facts, scaling = pipeline.facts(pdfs), pipeline.scaling(pdfs, COPIES)
    graph = pipeline.graph(facts.stated)
    table = _table("From the file to the answer", "", "", "")
    seconds = facts.seconds / len(pdfs)
    speed = f"{facts.figures / facts.seconds:.0f} figures/s"
    table.add_row("file → facts", speed, f"one core, {seconds:.2f} s a document")
    table.add_row("1 → 2 processes", f"{scaling.one / scaling.two:.2f} ×", _processes(scaling))
    table.add_row("facts → graph", f"{graph.quads / graph.in_memory:.0f} quads/s", f"in memory, {graph.quads} quads")
    table.add_row("", f"{graph.quads / graph.on_disk:.0f} quads/s", "on disk")
    table.add_row("trace", f"{graph.trace * 1000:.0f} ms", f"median; the slowest {max(graph.traces) * 1000:.0f} ms")
    _console.print(table)


def _traces(folder: Path) -> None:
    headings = ("", "traces", "p50", "p95", "CPU p50", "CPU p95", "CPU most", "which", "not found")
    table = _table(f"Traces of {folder.name} on disk, milliseconds by the clock and of the processor", *headings)
    found = tracing.timed(folder)
    for kind in found:
        times = [tracing.percentile(took, part) for took in (kind.wall, kind.processor) for part in (50, 95)]
        shown = [f"{time:.0f}" for time in (*times, max(kind.processor, default=nan))]
        table.add_row(kind.kind, str(len(kind.wall)), *shown, kind.slowest, str(len(kind.not_found)))
    _console.print(table)
    if unknown := found[-1].not_found:
        _console.print(f"Names of the store that the tracer does not find: {', '.join(unknown)}", markup=False)


def _processes(scaling: pipeline.Scaling) -> str:
    return f"{scaling.documents} documents in {scaling.one:.1f} s and {scaling.two:.1f} s"


if __name__ == "__main__":
    main()
