"""Where nodes lie: fiscal years from left to right, government levels, money and results from top to bottom."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median_low

import networkx as nx

from viz.cards import STUB_HEIGHT, Card, card
from viz.vocabulary import kind, words

GAP_X, GAP_Y = 20.0, 27.0  # px between cards; a stub lies in the gap below its card
MARGIN = 18.0  # px between the edge of a column or band and its cards
SHAPE = 1.4  # width to height that the whole drawing tends to
MOST_SLOTS = 8  # cards side by side in one year at most
SWEEPS = 6
MONEY = ("allocation", "carry_over", "onward_grant", "project")
LEVEL_FROM = {"programme": ("origin",), "document": ("body",)}
"""Whose level a programme or a document is drawn at where it has none: its origin's, its issuer's."""

Point = tuple[float, float]
Row = tuple[int, int]  # band, row of the kind inside the band
Cell = tuple[Row, int]  # row, column
Place = tuple[int, int]  # slot and line inside a cell
Near = Mapping[str, Sequence[str]]  # what each node is connected with


@dataclass(frozen=True, slots=True)
class Span:
    """A column or a band: its name and where it begins and ends in px."""

    name: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The centre of every card in px, the year columns from left to right and the bands from top to bottom.

    A column is named by its year, `<=2022` where earlier years were put together, or `` where no year is known.
    """

    positions: Mapping[str, Point]
    columns: tuple[Span, ...]
    bands: tuple[Span, ...]


def positions(graph: nx.MultiDiGraph) -> dict[str, Point]:
    """The centre of every node's card in px (x to the right, y downwards); cards never overlap.

    Depends on nothing but the graph's nodes, edges and attributes: not on their order.
    """
    return dict(layout(graph).positions)


def layout(graph: nx.MultiDiGraph) -> Layout:
    """The whole layered drawing of a graph, headings included."""
    nodes = sorted(node for node in graph if graph.nodes[node].get("kind") != "more")
    if not nodes:
        return Layout({}, (), ())
    cards = {node: card(graph.nodes[node]) for node in nodes}
    near = {node: _neighbours(graph, node) for node in nodes}
    column_names, column_of = _columns(graph, nodes, near)
    band_names, row_of = _rows(graph, nodes, near)
    cells: dict[Cell, list[str]] = defaultdict(list)
    for node in nodes:
        cells[row_of[node], column_of[node]].append(node)
    pitch = max(one.width for one in cards.values()) + GAP_X
    slots = _slots(cells, len(column_names), pitch, max(one.height for one in cards.values()) + GAP_Y)
    places = _ordered(near, cells, slots)
    columns = _spans(column_names, [count * pitch - GAP_X + 2 * MARGIN for count in slots])
    heights = _heights(places, row_of, cards)
    bands = _spans(band_names, _band_heights(heights, len(band_names)))
    tops = _tops(heights, bands)
    centres = {
        node: (
            columns[column_of[node]].start + MARGIN + slot * pitch + (pitch - GAP_X) / 2,
            tops[row_of[node], line] + heights[row_of[node], line] / 2,
        )
        for node, (slot, line) in places.items()
    }
    return Layout(centres | _stubs(graph, centres, cards), columns, bands)


# ---- which column and which row ----------------------------------------------------------------------------------


def _columns(graph: nx.MultiDiGraph, nodes: Sequence[str], near: Near) -> tuple[list[str], dict[str, int]]:
    """The names of the columns and the column of every node; a node without a year lies with what it connects to."""
    years = {node: year for node in nodes if (year := graph.nodes[node].get("year")) is not None}
    first = min((year for node, year in years.items() if graph.nodes[node].get("kind") in MONEY), default=None)
    early = None if first is None else first - 2
    folded = {node: year if early is None or year > early else early for node, year in years.items()}
    ordered = sorted(set(folded.values()))
    names = [f"<={year}" if year == early and _varies(years, early) else str(year) for year in ordered]
    column_of = _spread(near, nodes, {node: ordered.index(year) for node, year in folded.items()})
    strays = [node for node in nodes if node not in column_of]
    return ([*names, ""] if strays else names), column_of | dict.fromkeys(strays, len(names))


def _varies(years: Mapping[str, int], early: int | None) -> bool:
    return any(early is not None and year < early for year in years.values())


def _spread(near: Near, nodes: Sequence[str], known: Mapping[str, int]) -> dict[str, int]:
    """Columns spread from the nodes that have one to their neighbours, ring by ring, by the median."""
    found = dict(known)
    while True:
        ring = {
            node: median_low(beside)
            for node in nodes
            if node not in found and (beside := [found[other] for other in near[node] if other in found])
        }
        if not ring:
            return found
        found |= ring


def _rows(graph: nx.MultiDiGraph, nodes: Sequence[str], near: Near) -> tuple[list[str], dict[str, Row]]:
    """The names of the bands that are not empty and, for every node, its band and the row of its kind."""
    band_of = {node: _band(graph, node, near) for node in nodes}
    listed = list(words("zh").band)
    unlisted = sorted(set(band_of.values()) - set(listed))
    cut = listed.index("unlevelled")
    used = [name for name in [*listed[:cut], *unlisted, *listed[cut:]] if name in band_of.values()]
    return used, {node: (used.index(band_of[node]), kind(graph.nodes[node].get("kind")).row) for node in nodes}


def _band(graph: nx.MultiDiGraph, node: str, near: Near) -> str:
    band = kind(graph.nodes[node].get("kind")).band
    return (graph.nodes[node].get("level") or _level_near(graph, node, near)) if band == "level" else band


def _level_near(graph: nx.MultiDiGraph, node: str, near: Near) -> str:
    """The highest level of the neighbours whose level a node without one is drawn at."""
    lenders = LEVEL_FROM.get(str(graph.nodes[node].get("kind")), ())
    beside = [graph.nodes[other] for other in near[node]]
    levels = {data["level"] for data in beside if data.get("kind") in lenders and data.get("level")}
    return next((level for level in words("zh").band if level in levels), "unlevelled")


# ---- how many cards side by side, and in which order ----------------------------------------------------------------


def _slots(cells: Mapping[Cell, Sequence[str]], columns: int, width: float, height: float) -> list[int]:
    """How many cards lie side by side in every column, so that the whole comes near to `SHAPE`."""

    fullest = [max(len(cell) for (_, at), cell in cells.items() if at == column) for column in range(columns)]

    def slots(most: int) -> list[int]:
        return [math.ceil(full / math.ceil(full / most)) for full in fullest]

    def distance(most: int) -> float:
        beside = slots(most)
        lines: dict[Row, int] = defaultdict(int)
        for (row, column), cell in cells.items():
            lines[row] = max(lines[row], math.ceil(len(cell) / beside[column]))
        return abs(math.log(sum(beside) * width / (sum(lines.values()) * height) / SHAPE))

    return slots(min(range(1, MOST_SLOTS + 1), key=distance))


def _ordered(near: Near, cells: Mapping[Cell, list[str]], slots: Sequence[int]) -> dict[str, Place]:
    """The slot and line of every node in its cell, after sweeps down and up that draw it towards its neighbours."""
    starts = [0, *accumulate(slots)]
    places: dict[str, Place] = {}
    at: dict[str, float] = {}
    for sweep in range(SWEEPS):
        for row, column in sorted(cells, reverse=sweep % 2 == 1):
            wished = {node: _wish(near[node], at, starts[column], slots[column]) for node in cells[row, column]}
            found = _place(sorted(wished, key=lambda node: (wished[node], node)), wished, slots[column])
            places |= found
            at |= {node: starts[column] + slot for node, (slot, _) in found.items()}
    return places


def _wish(near: Sequence[str], at: Mapping[str, float], start: int, slots: int) -> float:
    beside = [at[other] - start for other in near if other in at]
    wish = sum(beside) / len(beside) if beside else (slots - 1) / 2
    return min(max(wish, 0.0), slots - 1.0)


def _place(ordered: Sequence[str], wished: Mapping[str, float], slots: int) -> dict[str, Place]:
    """Nodes in their order over the slots: each near its wish where there is room, else filled column by column."""
    if len(ordered) > slots:
        depth = math.ceil(len(ordered) / slots)
        return {node: divmod(index, depth) for index, node in enumerate(ordered)}
    places, free = {}, 0
    for index, node in enumerate(ordered):
        last = slots - (len(ordered) - index)
        slot = min(max(free, round(wished[node])), last)
        places[node] = (slot, 0)
        free = slot + 1
    return places


# ---- from slots and lines to px -------------------------------------------------------------------------------------


def _heights(
    places: Mapping[str, Place], row_of: Mapping[str, Row], cards: Mapping[str, Card]
) -> dict[tuple[Row, int], float]:
    heights: dict[tuple[Row, int], float] = defaultdict(float)
    for node, (_, line) in places.items():
        heights[row_of[node], line] = max(heights[row_of[node], line], cards[node].height)
    return dict(sorted(heights.items()))


def _band_heights(heights: Mapping[tuple[Row, int], float], bands: int) -> list[float]:
    lines = [[height for ((band, _), _), height in heights.items() if band == wanted] for wanted in range(bands)]
    return [sum(band) + GAP_Y * (len(band) - 1) + 2 * MARGIN for band in lines]


def _tops(heights: Mapping[tuple[Row, int], float], bands: Sequence[Span]) -> dict[tuple[Row, int], float]:
    tops: dict[tuple[Row, int], float] = {}
    below = {index: band.start + MARGIN for index, band in enumerate(bands)}
    for ((band, row), line), height in heights.items():
        tops[(band, row), line] = below[band]
        below[band] += height + GAP_Y
    return tops


def _spans(names: Iterable[str], sizes: Iterable[float]) -> tuple[Span, ...]:
    edges = [0.0, *accumulate(sizes)]
    return tuple(Span(name, start, end) for name, (start, end) in zip(names, pairwise(edges), strict=True))


def _stubs(graph: nx.MultiDiGraph, centres: Mapping[str, Point], cards: Mapping[str, Card]) -> dict[str, Point]:
    """A stub hangs under the right end of the card it belongs to."""
    found = {}
    for stub in sorted(node for node in graph if graph.nodes[node].get("kind") == "more"):
        owner = min(graph.predecessors(stub))
        x, y = centres[owner]
        right, below = cards[owner].width / 2, cards[owner].height / 2
        found[stub] = (x + right - card(graph.nodes[stub]).width / 2, y + below + STUB_HEIGHT / 2 + 3)
    return found


def _neighbours(graph: nx.MultiDiGraph, node: str) -> list[str]:
    return sorted({*graph.predecessors(node), *graph.successors(node)} - {node})
