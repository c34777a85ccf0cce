"""Rules that run across only, drawn a cell at a time: where the pieces end are the columns of a table."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.pdf.printed_page import THIN
from extract.pdf.rules import SNAP
from ontology.facts import Box

_SHORTEST_PIECE = 6.0  # points: shorter ones are dashes
_TOUCHING = 2.0  # points that pieces of one rule may be apart, or over each other by the width of the pen
_FEWEST_LINES = 3
_MOST_COLUMNS = 60

_Piece = tuple[float, float]


class _Line(NamedTuple):
    """A rule across the page: where it is, the pieces it is drawn in and all their ends, from left to right."""

    y: float
    pieces: tuple[_Piece, ...]
    ends: tuple[float, ...]


class PiecedTable(NamedTuple):
    """Edges of columns from left to right, rules from top to bottom; of each rule the columns it runs below or above.

    `ends` are the edges at which a piece of each rule ends: a cell above or below it may end there, too.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    covered: tuple[frozenset[int], ...]
    ends: tuple[frozenset[int], ...]


def pieced_tables(boxes: Iterable[Box]) -> list[PiecedTable]:
    """The tables told by rules in pieces, from top to bottom; none unless three rules end their pieces alike.

    The first rule of a table runs over its whole width. Tables of the same columns that follow each other are given
    as one.
    """
    groups: list[list[_Line]] = []
    edges: tuple[float, ...] | None = None
    for line in _lines(boxes):
        edges = _fitting(edges, groups[-1][-1], line) if edges else None
        if edges:
            groups[-1].append(line)
        elif 1 < len(line.pieces) <= _MOST_COLUMNS and _is_whole(line):
            groups.append([line])
            edges = _merged(line.ends)
    return [_table(group) for group in groups if len(group) >= _FEWEST_LINES]


def _lines(boxes: Iterable[Box]) -> Iterator[_Line]:
    """The rules from top to bottom, each with the pieces that stand on one height."""
    flat = sorted(
        ((top + bottom) / 2, x0, x1)
        for x0, top, x1, bottom in boxes
        if bottom - top < THIN and x1 - x0 >= _SHORTEST_PIECE
    )
    group: list[tuple[float, float, float]] = []
    for piece in flat:
        if group and piece[0] - group[0][0] > SNAP:
            yield _line(group)
            group = []
        group.append(piece)
    if group:
        yield _line(group)


def _line(group: list[tuple[float, float, float]]) -> _Line:
    pieces = sorted({(round(x0, 2), round(x1, 2)) for _, x0, x1 in group})
    ends = tuple(sorted({end for piece in pieces for end in piece}))
    return _Line(sum(y for y, _, _ in group) / len(group), tuple(pieces), ends)


def _is_whole(line: _Line) -> bool:
    """Whether the pieces touch each other from the left end to the right, none over another."""
    return all(abs(other[0] - piece[1]) <= _TOUCHING for piece, other in pairwise(line.pieces))


def _merged(ends: Iterable[float]) -> tuple[float, ...]:
    """The places in order, those nearer to the one before than pieces may be apart left out."""
    places: list[float] = []
    for end in sorted(ends):
        if not places or end - places[-1] > SNAP:
            places.append(end)
    return tuple(places)


def _fitting(edges: tuple[float, ...], above: _Line, line: _Line) -> tuple[float, ...] | None:
    """The edges of a table together with those of one more rule; None where the rule belongs to no such table.

    A rule may bring new edges, of finer columns below it, when it has those of the cells above that it closes.
    """
    if line.ends[0] < edges[0] - SNAP or line.ends[-1] > edges[-1] + SNAP or len(line.pieces) > 2 * _MOST_COLUMNS:
        return None
    new = [end for end in line.ends if _nearest(edges, end) is None]
    if not new:
        return edges
    closed = [end for end in above.ends if any(x0 - SNAP <= end <= x1 + SNAP for x0, x1 in line.pieces)]
    is_finer = len(closed) > 2 and all(_nearest(line.ends, end) is not None for end in closed)
    return _merged([*edges, *new]) if is_finer and len(edges) + len(new) <= _MOST_COLUMNS + 1 else None


def _nearest(places: Sequence[float], place: float) -> int | None:
    at = bisect_left(places, place - SNAP)
    return at if at < len(places) and places[at] <= place + SNAP else None


def _table(group: list[_Line]) -> PiecedTable:
    edges = _merged(end for line in group for end in line.ends)
    return PiecedTable(
        edges,
        tuple(line.y for line in group),
        tuple(frozenset(_columns(line, edges)) for line in group),
        tuple(frozenset(_edges(line, edges)) for line in group),
    )


def _columns(line: _Line, edges: tuple[float, ...]) -> Iterator[int]:
    """The columns that the rule runs along, but for a quarter at either end."""
    for column, (left, right) in enumerate(pairwise(edges)):
        quarter = (right - left) / 4
        if any(start <= left + quarter and end >= right - quarter for start, end in line.pieces):
            yield column


def _edges(line: _Line, edges: tuple[float, ...]) -> Iterator[int]:
    near = (_nearest(edges, end) for end in line.ends)
    return (edge for edge in near if edge is not None)
