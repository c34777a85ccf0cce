"""How long the named questions take on a large store: each with its parameters, and of all where they may be left out.

python -m bench.questions DIR
"""

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
from rich.console import Console
from rich.table import Table

from kg.store import open_read_only
from queries.library import Question, ask, questions
from queries.parameters import Parameter


@dataclass(frozen=True, slots=True)
class Timed:
    """Milliseconds and rows of a question: the better of two, of the processor, so that other work does not count."""

    name: str
    given: tuple[float, int] | None
    everything: tuple[float, int] | None


def timed(folder: Path) -> Iterator[Timed]:
    """Every question on a store on disk."""
    store = open_read_only(folder)
    for question in questions().values():
        required = {one.name: _example(store, one) for one in question.parameters if one.required}
        given = required | {one.name: _example(store, one) for one in question.parameters}
        everything = None if required else _best(store, question, {})
        yield Timed(question.name, _best(store, question, given) if given else None, everything)


def _best(store: ox.Store, question: Question, given: dict[str, str]) -> tuple[float, int]:
    def once() -> tuple[float, int]:
        start = time.process_time()
        rows = len(ask(store, question.name, given).rows)
        return (time.process_time() - start) * 1000, rows

    return min(once(), once())


def _example(store: ox.Store, parameter: Parameter) -> str:
    """The parameter's example where the store knows it, else the middle of the names that end like it, or of all."""
    listing = files("queries").joinpath(f"names/{parameter.kind}.rq")
    if not listing.is_file():
        return parameter.example
    found = store.query(listing.read_text("utf-8"), use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions), "names are listed by SELECT queries"
    names = [str(row["name"].value) for row in found]
    alike = [name for name in names if name.endswith(parameter.example[-6:])] or names
    return parameter.example if parameter.example in names else alike[len(alike) // 2]


def table(folder: Path) -> Table:
    """The questions with their times."""
    drawn = Table(title=f"Questions on {folder.name}: ms of processor time, rows")
    for heading in ("", "of one", "rows", "of all", "rows"):
        drawn.add_column(heading, justify="right" if heading else "left")
    for one in timed(folder):
        cells = [text for found in (one.given, one.everything) for text in _cells(found)]
        drawn.add_row(one.name, *cells)
    return drawn


def _cells(found: tuple[float, int] | None) -> tuple[str, str]:
    return ("", "") if found is None else (f"{found[0]:.0f}", str(found[1]))


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(prog="python -m bench.questions", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, metavar="DIR", help="a store, as bench.large_store makes one")
    Console(width=120).print(table(parser.parse_args().folder))


if __name__ == "__main__":
    main()
