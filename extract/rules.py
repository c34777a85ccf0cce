"""Drawn boxes → horizontal and vertical rules, snapped to common lines and joined."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from extract.printed_page import THIN
from ontology.facts import Box

SNAP = 3.0  # points: rules nearer than this are one rule, gaps smaller than this are no gaps


class Rule(NamedTuple):
    """A rule along one axis: at `position` across it, from `start` to `end` along it."""

    position: float
    start: float
    end: float


def rules(boxes: Iterable[Box]) -> tuple[list[Rule], list[Rule]]:
    """The horizontal rules from top to bottom and the vertical ones from left to right, none shorter than SNAP."""
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    for x0, top, x1, bottom in boxes:
        if bottom - top < THIN and x1 - x0 < THIN:
            # a dash or a dot of a dotted rule may belong to either direction
            horizontal.append(Rule((top + bottom) / 2, x0, x1))
            vertical.append(Rule((x0 + x1) / 2, top, bottom))
        elif bottom - top < THIN:
            horizontal.append(Rule((top + bottom) / 2, x0, x1))
        elif x1 - x0 < THIN:
            vertical.append(Rule((x0 + x1) / 2, top, bottom))
        else:
            horizontal += [Rule(top, x0, x1), Rule(bottom, x0, x1)]
            vertical += [Rule(x0, top, bottom), Rule(x1, top, bottom)]
    return list(_tidy(horizontal)), list(_tidy(vertical))


def _tidy(found: list[Rule]) -> Iterator[Rule]:
    for position, group in _snapped(found):
        yield from (Rule(position, start, end) for start, end in _joined(group) if end - start >= SNAP)


def _snapped(found: list[Rule]) -> Iterator[tuple[float, list[Rule]]]:
    """Rules grouped by position; a group reaches no further than SNAP, its position is the mean weighted by length."""
    group: list[Rule] = []
    for rule in sorted(found):
        if group and rule.position - group[0].position > SNAP:
            yield _mean(group), group
            group = []
        group.append(rule)
    if group:
        yield _mean(group), group


def _mean(group: list[Rule]) -> float:
    weight = sum(rule.end - rule.start for rule in group)
    if weight <= 0:
        return group[0].position
    return sum(rule.position * (rule.end - rule.start) for rule in group) / weight


def _joined(group: list[Rule]) -> Iterator[tuple[float, float]]:
    pieces = sorted((rule.start, rule.end) for rule in group)
    start, end = pieces[0]
    for next_start, next_end in pieces[1:]:
        if next_start - end > SNAP:
            yield start, end
            start, end = next_start, next_end
        end = max(end, next_end)
    yield start, end
