"""Which neighbouring columns of a row are one cell: without rules between them, the places of the texts tell."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from ontology.money import is_amount

_OFF_CENTRE = 1.5  # points
_PADDING = 6.0  # points between a rule and text that is set to it
_OVER = 1.0  # points that text may reach over its edge

_Cost = tuple[int, int, int]  # out of place, blank, merged


class Extent(NamedTuple):
    """The text printed in one column of a row: how far it reaches, and its words."""

    x0: float
    x1: float
    words: str


class Partition(NamedTuple):
    """The first and last column of each cell, from left to right; how many texts are out of place in it."""

    spans: tuple[tuple[int, int], ...]
    misplaced: int


class Row(NamedTuple):
    """The columns of one row: their edges, their texts, and the edges inside that text runs over or that are not there.

    Edge 1 is the one between columns 0 and 1.
    """

    edges: Sequence[float]
    texts: Sequence[Extent | None]
    crossed: Collection[int] = ()
    missing: Collection[int] = ()


def partition(row: Row) -> Partition:
    """The cells of a row: every text is set to the left, right or middle of its own.

    Where the cells can be told so that none is blank and no text is out of place they are; else columns are merged only
    where a text demands it. In a row with amounts, these and what is set to the side of its column never leave it.
    """
    own = _own_columns(row)
    if _is_plain(row, own):
        return Partition(tuple((column, column) for column in range(len(row.texts))), 0)
    spans, (misplaced, blank, _) = _best(row, own, (0, 1, 2))
    if misplaced or blank:
        spans, (misplaced, _, _) = _best(row, own, (0, 2, 1))
    return Partition(spans, misplaced)


class _Own(NamedTuple):
    """The columns whose texts are set to a place in them, and those whose texts have no other place."""

    placed: frozenset[int]
    bound: frozenset[int]


def _own_columns(row: Row) -> _Own:
    sides = {column: _sides(row, column, column) for column, text in enumerate(row.texts) if text}
    amounts = {column for column in sides if (text := row.texts[column]) and is_amount(text.words)}
    placed = frozenset(column for column, found in sides.items() if any(found))
    bound = {column for column in placed if not sides[column][1]} | (amounts & placed)
    return _Own(placed, frozenset(bound if amounts else ()))


def _is_plain(row: Row, own: _Own) -> bool:
    """Whether every column is a cell of its own beyond doubt: nothing in the row asks for more."""
    filled = {column for column, text in enumerate(row.texts) if text}
    all_bound = filled <= own.bound or (filled <= own.placed and len(filled) == len(row.texts))
    return all_bound and not (row.crossed or row.missing)


def _best(row: Row, own: _Own, order: tuple[int, int, int]) -> tuple[tuple[tuple[int, int], ...], _Cost]:
    """The spans of the least cost, its parts weighed in the given order; the cost."""
    best: list[tuple[list[int], tuple[tuple[int, int], ...], _Cost]] = [([0, 0, 0], (), (0, 0, 0))]
    for last in range(len(row.texts)):
        found = []
        for first in range(last + 1):
            cost = _cost(row, own, first, last)
            if cost is not None:
                _, spans, before = best[first]
                total = before[0] + cost[0], before[1] + cost[1], before[2] + cost[2]
                found.append(([total[part] for part in order], (*spans, (first, last)), total))
        best.append(min(found))
    return best[-1][1:]


def _cost(row: Row, own: _Own, first: int, last: int) -> _Cost | None:
    """What speaks against the columns being one cell; None where they cannot be."""
    if first in row.missing:
        return None
    inside = range(first + 1, last + 1)
    is_open = all(edge in row.missing for edge in inside)
    cut = int(first in row.crossed)
    filled = [column for column in range(first, last + 1) if row.texts[column]]
    if not filled:
        return (cut, 1, 0) if is_open else None
    is_run_over = any(edge in row.crossed for edge in inside)
    kept = own.bound if len(filled) == 1 else own.placed
    if not (is_open or is_run_over or kept.isdisjoint(filled)):
        return None
    is_left, is_centred, is_right = _sides(row, first, last)
    if is_open:
        return cut + (not (is_left or is_centred or is_right)), 0, 0
    if not (is_centred or is_run_over):
        return None
    return cut + (not (is_centred or is_left)), 0, last - first


def _sides(row: Row, first: int, last: int) -> tuple[bool, bool, bool]:
    """Whether the text of the columns is set to the left, the middle and the right of them."""
    texts = [text for text in row.texts[first : last + 1] if text]
    x0, x1 = min(text.x0 for text in texts), max(text.x1 for text in texts)
    left, right = row.edges[first], row.edges[last + 1]
    return (
        -_OVER <= x0 - left <= _PADDING,
        abs((x0 - left) - (right - x1)) <= 2 * _OFF_CENTRE,
        -_OVER <= right - x1 <= _PADDING,
    )
