"""What of the lineage is on the screen of the explorer: what was asked for, what was opened, stubs for the rest."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

import networkx as nx

from kg.near import Look, Near, kind_of, part
from viz.neighbourhood import add_stub

MOST = 300  # nodes on the screen; more cannot be read
STEP = 20  # neighbours that opening a node shows
FIRST = 40  # nodes of the first view
_FIRST_OF_FOCUS, _FIRST_OF_OTHERS = 16, 6  # neighbours of one node in the first view
_FOLLOWED = {"flow", "project", "target"}
"""Kinds that belong to one line of money: the first view follows them on."""

_ONE_OF_MANY = {"indicator", "outcome"}
"""Kinds that the first view goes on to only from what was asked for."""

_LED_TO = {"document": {"body", "programme"}}
"""Where the first view goes on from kinds that many lines share."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What is on the screen: `focus` with what belongs to it, and `shown` beside it.

    `opened` maps a node to how many of its neighbours it shows beyond those; `hidden` are taken away.
    """

    focus: tuple[str, ...] = ()
    opened: Mapping[str, int] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()


def on_screen(look: Look, screen: Screen, near: Near) -> "nx.MultiDiGraph[str]":
    """The graph to be drawn: at most MOST nodes, with a stub (kind `more`, label `+12`) at each that has more.

    `graph.graph["left_out"]` counts the nodes next to drawn ones that are not drawn, as `viz.neighbourhood.around`
    does; `graph.graph["full"]` tells whether the limit kept something out. Evidence is as in `kg.near.part`.
    """
    nodes = _first(screen.focus, near)
    nodes |= dict.fromkeys(screen.shown)
    around = near(screen.opened)
    for iri, count in screen.opened.items():
        others = (other for other in around[iri] if other not in nodes)
        nodes |= dict.fromkeys([iri, *(other for _, other in zip(range(count), others, strict=False))])
    wanted = [iri for iri in nodes if iri not in screen.hidden]
    drawn = part(look, wanted[:MOST])
    drawn.graph["full"] = len(wanted) > MOST
    _add_stubs(drawn, near)
    return drawn


def path(start: str, end: str, near: Near, *, most: int = 4000) -> list[str]:
    """A shortest chain of nodes from one to another; empty where none was found among the `most` nearest nodes of both.

    Searched from both ends, ring by ring, the smaller ring first: few nodes are reached by many.
    """
    if start == end:
        return [start]
    reached: tuple[dict[str, str | None], ...] = ({start: None}, {end: None})
    rings = [[start], [end]]
    while all(rings) and sum(map(len, reached)) < most:
        side = 0 if len(rings[0]) <= len(rings[1]) else 1
        rings[side] = _next_ring(rings[side], reached[side], near)
        met = next((node for node in rings[side] if node in reached[1 - side]), None)
        if met is not None:
            return _chain(met, reached[0]) + _chain(met, reached[1])[-2::-1]
    return []


def _next_ring(ring: list[str], reached: dict[str, str | None], near: Near) -> list[str]:
    """The nodes next to a ring that were not reached yet; adds to `reached` from where each is."""
    around = near(ring)
    new: dict[str, str] = {}
    for node in ring:
        new |= {other: node for other in around[node] if other not in reached and other not in new}
    reached |= new
    return list(new)


def _chain(end: str, before: Mapping[str, str | None]) -> list[str]:
    found: list[str] = []
    node: str | None = end
    while node is not None:
        found.append(node)
        node = before[node]
    return found[::-1]


def _first(focus: tuple[str, ...], near: Near) -> dict[str, None]:
    """What is asked for and the lines of money through it, nearest first."""
    found = dict.fromkeys(focus[:MOST])
    waiting, around = deque(found), dict(near(found))
    while waiting and len(found) < FIRST:
        node = waiting.popleft()
        if node not in around:
            around |= near([node, *waiting])
        most = _FIRST_OF_FOCUS if node in focus else _FIRST_OF_OTHERS
        onward = (other for other in _followed(node, around[node], node in focus) if other not in found)
        new = list(islice(onward, min(most, FIRST - len(found))))
        found |= dict.fromkeys(new)
        waiting.extend(new)
    return found


def _followed(node: str, others: Iterable[str], is_focus: bool) -> Iterator[str]:
    """The neighbours that the first view goes on to from a node."""
    kind = kind_of(node)
    for other in others:
        next_kind = kind_of(other)
        if is_focus or (kind in _FOLLOWED and next_kind not in _ONE_OF_MANY) or next_kind in _LED_TO.get(kind, ()):
            yield other


def _add_stubs(drawn: "nx.MultiDiGraph[str]", near: Near) -> None:
    around = near([node for node in sorted(drawn) if kind_of(node)])
    inside = set(drawn)
    outside = {node: [other for other in others if other not in inside] for node, others in around.items()}
    for node, left_out in outside.items():
        if left_out:
            add_stub(drawn, node, Counter(map(kind_of, left_out)))
    drawn.graph["left_out"] = len(set().union(*outside.values()))
