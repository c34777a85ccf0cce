"""Drawn boxes → horizontal and vertical rules, snapped to common lines and joined."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from extract.pdf.printed_page import THIN
from ontology.facts import Box

SNAP = 3.0  # points: rules nearer than this are one rule, gaps smaller than this are no gaps


_Stroke = tuple[float, float, float]  # a rule as it is drawn: position, start and end


class Rule(NamedTuple):
    """A rule along one axis: at `position` across it, from `start` to `end` along it."""

    position: float
    start: float
    end: float


def rules(boxes: Iterable[Box]) -> tuple[list[Rule], list[Rule]]:
    """The horizontal rules from top to bottom and the vertical ones from left to right, none shorter than SNAP."""
    horizontal: list[_Stroke] = []
    vertical: list[_Stroke] = []
    for x0, top, x1, bottom in boxes:
        flat, narrow = bottom - top < THIN, x1 - x0 < THIN
        # a dash or a dot of a dotted rule is both: it may belong to either direction
        if flat:
            horizontal.append(((top + bottom) / 2, x0, x1))
        if narrow:
            vertical.append(((x0 + x1) / 2, top, bottom))
        if not (flat or narrow):
            horizontal += [(top, x0, x1), (bottom, x0, x1)]
            vertical += [(x0, top, bottom), (x1, top, bottom)]
    return list(_tidy(horizontal)), list(_tidy(vertical))


def _tidy(found: list[_Stroke]) -> Iterator[Rule]:
    for group in _snapped(found):
        position = _mean(group)
        yield from (Rule(position, start, end) for start, end in _joined(group) if end - start >= SNAP)


def _snapped(found: list[_Stroke]) -> Iterator[list[_Stroke]]:
    """The strokes grouped by position; a group reaches no further than SNAP."""
    group: list[_Stroke] = []
    for stroke in sorted(found):
        if group and stroke[0] - group[0][0] > SNAP:
            yield group
            group = []
        group.append(stroke)
    if group:
        yield group


def _mean(group: list[_Stroke]) -> float:
    """The position of a group: the mean weighted by length."""
    weight = moment = 0.0
    for position, start, end in group:
        weight += end - start
        moment += position * (end - start)
    return moment / weight if weight > 0 else group[0][0]


def _joined(group: list[_Stroke]) -> Iterator[tuple[float, float]]:
    pieces = sorted([(start, end) for _, start, end in group])
    start, end = pieces[0]
    for next_start, next_end in pieces[1:]:
        if next_start - end > SNAP:
            yield start, end
            start, end = next_start, next_end
        elif next_end > end:
            end = next_end
    yield start, end
