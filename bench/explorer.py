"""How long the explorer takes on a large store: every kind of page at the server, clicks and first views in a browser.

python -m bench.explorer DIR
"""

import argparse
import re
import tempfile
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from rich.console import Console
from rich.table import Table
from starlette.testclient import TestClient

from bench.explorer_browser import waited
from kg.store import open_read_only
from ontology.terms import prefixes
from viz.expansion import MOST
from viz.web.addresses import address, short
from viz.web.application import application

EACH = 12  # things of a kind, none asked for twice
CLICKS = 10  # nodes opened in one graph
_GRAPHS = {"things": "SELECT ?thing { ?thing a bl:FundingDocument }", "address": "/explore?focus={short}"}
_BUSIEST = "busiest body"


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of one answer, by the clock and of the processor, and its size in bytes."""

    wall: float
    cpu: float
    size: int


@dataclass(frozen=True, slots=True)
class Timed:
    """The answers of one kind of page: the first after the store was opened, and those to other things after it."""

    kind: str
    first: Took
    others: tuple[Took, ...]


def timed(folder: Path, each: int = EACH) -> Iterator[Timed]:
    """Every kind of page on a store on disk, then the opening of nodes in the graph."""
    store = open_read_only(folder)
    with TestClient(application(folder)) as client:
        while client.get("/search?q=0").status_code == 503:  # the side index is being made
            time.sleep(1)
        for name, kind in kinds().items():
            took = [asked(client, path) for path in addresses(store, kind, int(kind.get("each", each)))]
            yield Timed(name, took[0], tuple(took[1:]))
        took = list(_openings(client, addresses(store, _GRAPHS, 4)))
        yield Timed("opening a node", took[0], tuple(took[1:]))


def kinds() -> dict[str, Mapping[str, Any]]:
    """The kinds of pages that are timed, by name, in their order."""
    found = tomllib.loads(files("bench").joinpath("explorer.toml").read_text("utf-8"))["kind"]
    return {kind["name"]: kind for kind in found}


def addresses(store: ox.Store, kind: Mapping[str, Any], wanted: int) -> list[str]:
    """So many addresses of a kind of page, of things evenly spread in the order of their names."""
    if "things" not in kind:
        return [str(kind["address"]).format(at=at) for at in range(wanted)]
    rows = _rows(store, str(kind["things"]))
    if "ORDER BY" not in kind["things"]:
        rows = sorted(set(rows))
    chosen = rows[:: max(1, len(rows) // wanted)][:wanted]
    others = [*chosen[2:], *chosen[:2]]
    filled = (_filled(str(kind["address"]), one, other) for one, other in zip(chosen, others, strict=True))
    return list(dict.fromkeys(filled))


def _filled(template: str, one: str, other: str) -> str:
    page = address(one) if one.startswith("https:") else ""
    names = {"page": page, "short": quote(short(one)), "iri": quote(one), "name": quote(one)}
    return template.format(**names, other=quote(short(other) if "{short}" in template else other))


def _rows(store: ox.Store, query: str) -> list[str]:
    found = store.query(query, use_default_graph_as_union=True, prefixes={"bl": prefixes()["bl"]})
    assert isinstance(found, ox.QuerySolutions), "things are listed by SELECT queries"
    return [row[0].value for row in found]


def asked(client: TestClient, path: str) -> Took:
    """One answer of the explorer. Raises AssertionError where there is none."""
    wall, cpu = time.perf_counter(), time.process_time()
    answer = client.get(path)
    took = Took(time.perf_counter() - wall, time.process_time() - cpu, len(answer.content))
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return took


def _openings(client: TestClient, graphs: Sequence[str]) -> Iterator[Took]:
    """Answers to opening one node after another, as clicks on their stubs ask for."""
    for graph in graphs:
        path = graph.replace("/explore?", "/explore.json?")
        for _ in range(CLICKS):
            nodes = client.get(path).json()["nodes"]
            stubs = [node["owner"] for node in nodes if "owner" in node and quote(node["owner"]) not in path]
            if not stubs:
                break
            path += f"&open={quote(stubs[len(stubs) // 2])}"
            yield asked(client, path)


def server_table(folder: Path) -> Table:
    """The times of every kind of page at the server."""
    drawn = Table(title=f"The explorer on {folder.name}: ms at the server by the clock (of the processor)")
    for heading in ("", "first", "others", "median", "slowest", "kB"):
        drawn.add_column(heading, justify="right" if heading else "left")
    for one in timed(folder):
        others = one.others or (one.first,)
        slowest = max(others, key=lambda took: took.wall)
        size = median(took.size for took in others) / 1000
        drawn.add_row(
            one.kind, _said([one.first]), str(len(one.others)), _said(others), _said([slowest]), f"{size:.0f}"
        )
    return drawn


def _said(took: Sequence[Took]) -> str:
    """The medians."""
    return f"{median(one.wall for one in took) * 1000:.0f} ({median(one.cpu for one in took) * 1000:.0f})"


def browser_table(folder: Path) -> Table:
    """What a reader waits for in a browser; empty where there is no browser."""
    store = open_read_only(folder)
    graphs = addresses(store, _GRAPHS, 6)
    busiest = addresses(store, kinds()[_BUSIEST], 1)[0]
    views = {"home": "/", "a graph": graphs[0], _BUSIEST: busiest}
    drawn = Table(title=f"The explorer on {folder.name}: ms in a browser by the clock (of the page's main thread)")
    for heading in ("", "times", "median", "slowest"):
        drawn.add_column(heading, justify="right" if heading else "left")
    with tempfile.TemporaryDirectory() as temporary:
        file = Path(temporary) / "exported.html"
        cards = _exported(folder, addresses(store, {**kinds()[_BUSIEST], "address": "{short}"}, 1)[0], file)
        for one in waited(folder, views, graphs, {f"exported file of {cards} cards": file}):
            drawn.add_row(one.what, str(len(one.took)), one.median, one.slowest)
    return drawn


def _exported(folder: Path, body: str, file: Path) -> int:
    """Saves as many cards around a body as a graph may have; returns how many these are."""
    with TestClient(application(folder)) as client:
        text = client.get(f"/explore.html?focus={body}&open={body}~{MOST}").text
    file.write_text(text, encoding="utf-8")
    return len(re.findall(r'"shape": ?"custom"', text)) - len(re.findall(r'"owner":', text))


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(prog="python -m bench.explorer", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, metavar="DIR", help="a store, as bench.large_store makes one")
    parser.add_argument("--browser-only", action="store_true", help="leave the server times out")
    arguments = parser.parse_args()
    console = Console(width=120)
    if not arguments.browser_only:
        console.print(server_table(arguments.folder))
    console.print(browser_table(arguments.folder))


if __name__ == "__main__":
    main()
