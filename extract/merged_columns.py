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
    where a text demands it. Amounts, and texts set to the side of their column, are never taken out of it.
    """
    if _is_plain(row):
        return Partition(tuple((column, column) for column in range(len(row.texts))), 0)
    spans, (misplaced, blank, _) = _best(row, (0, 1, 2))
    if misplaced or blank:
        spans, (misplaced, _, _) = _best(row, (0, 2, 1))
    return Partition(spans, misplaced)


def _is_plain(row: Row) -> bool:
    """Whether every column is a cell of its own beyond doubt: nothing that asks for more can be in the row."""
    if row.crossed or row.missing:
        return False
    filled = [column for column, text in enumerate(row.texts) if text]
    if len(filled) == len(row.texts):
        return all(any(_sides(row, column, column)) for column in filled)
    return all(_is_at_home(row, column, has_company=False) for column in filled)


def _best(row: Row, order: tuple[int, int, int]) -> tuple[tuple[tuple[int, int], ...], _Cost]:
    """The spans of the least cost, its parts weighed in the given order; the cost."""
    best: list[tuple[list[int], tuple[tuple[int, int], ...], _Cost]] = [([0, 0, 0], (), (0, 0, 0))]
    for last in range(len(row.texts)):
        found = []
        for first in range(last + 1):
            cost = _cost(row, first, last)
            if cost is not None:
                _, spans, before = best[first]
                total = before[0] + cost[0], before[1] + cost[1], before[2] + cost[2]
                found.append(([total[part] for part in order], (*spans, (first, last)), total))
        best.append(min(found))
    return best[-1][1:]


def _cost(row: Row, first: int, last: int) -> _Cost | None:
    """What speaks against the columns being one cell; None where they cannot be."""
    inside = range(first + 1, last + 1)
    is_open = all(edge in row.missing for edge in inside)
    if first in row.missing:
        return None
    cut = int(first in row.crossed)
    filled = [column for column in range(first, last + 1) if row.texts[column]]
    if not filled:
        return (cut, 1, 0) if is_open else None
    is_run_over = any(edge in row.crossed for edge in inside)
    if not (is_open or is_run_over) and any(_is_at_home(row, column, len(filled) > 1) for column in filled):
        return None
    sides = _sides(row, first, last)
    if first == last or is_open:
        return cut + (not any(sides)), 0, 0
    is_left, is_centred, _ = sides
    if not (is_centred or is_run_over):
        return None
    return cut + (not (is_centred or is_left)), 0, last - first


def _is_at_home(row: Row, column: int, has_company: bool) -> bool:
    """Whether the text is set to a side of its own column; in the middle of it an amount, or one of several texts."""
    is_left, is_centred, is_right = _sides(row, column, column)
    text = row.texts[column]
    if is_centred:
        return has_company or (text is not None and is_amount(text.words))
    return is_left or is_right


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
