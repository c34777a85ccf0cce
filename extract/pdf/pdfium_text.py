"""The characters of a PDF page by pypdfium2, each with its place, baseline and direction."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat
from operator import itemgetter, ne
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from extract.pdf.pdfium_calls import (
    Address,
    Columns,
    Reference,
    angle_of,
    is_generated,
    is_unmapped,
    loose_boxes,
    object_of_character,
    origin_of,
    reference,
    text_of,
)
from extract.pdf.printed_page import MOST_DRAWN, SKEW, UNMAPPED, Run, characters_of, runs_of, turn_box
from ontology.facts import Box
from ontology.findings import said

_SLANTED = -1
_HYPHENS = {"\x02": "-", "\ufffe": "-"}  # how pdfium marks a hyphen at the end of a line
_SIDEWAYS = (90, 270)
_BLANK = re.compile("[ \r\n]")
_STEADY = 0.12  # of a character's height: how much the boxes of one line may differ


@dataclass(frozen=True, slots=True)
class View:
    """How the page's own coordinates (from the bottom left of the paper) become what is seen, from its top left."""

    left: float
    top: float
    paper: tuple[float, float]
    rotation: int
    size: tuple[float, float]

    def seen(self, left: float, bottom: float, right: float, top: float) -> Box:
        """The place of a box on the page as it is seen."""
        box = left - self.left, self.top - top, right - self.left, self.top - bottom
        return turn_box(box, self.rotation, *self.paper)

    def all_seen(self, bounds: Iterable[Box]) -> Iterator[Box]:
        """The places of boxes given as left, bottom, right and top."""
        if self.rotation:
            yield from (self.seen(*box) for box in bounds)
        else:
            x, y = self.left, self.top
            yield from ((left - x, y - top, right - x, y - bottom) for left, bottom, right, top in bounds)

    def shows(self, box: Box) -> bool:
        """Whether the middle of a box seen is on the page."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return 0 <= x <= self.size[0] and 0 <= y <= self.size[1]


class Found(NamedTuple):
    """The characters seen on the page, and the counts of those not mapped to text and of those slanted."""

    shown: tuple[Run, ...]
    unmapped: int
    skewed: int


def characters(textpage: Any, view: View) -> Found:
    """The characters on the shown part of the page; line ends and spaces that pdfium itself puts in are left out.

    Raises ValueError above MOST_DRAWN.
    """
    count = pdfium.FPDFText_CountChars(textpage)
    if count > MOST_DRAWN:
        raise ValueError(said("too_many_characters", count=count))
    read = reference(textpage)
    text = text_of(read, count)
    found = _characters(read, text, _printed(read, text), view)
    upright = tuple(run for run in found if run.turn != _SLANTED)
    unmapped = sum(run.text.count(UNMAPPED) for run in found)
    return Found(upright, unmapped, sum(len(run.text) for run in found) - sum(len(run.text) for run in upright))


def left_out(textpage: Any, texts: frozenset[Address]) -> int:
    """How many of the text objects drawn on the page have no character in its text."""
    count = pdfium.FPDFText_CountChars(textpage)
    return len(texts.difference(map(object_of_character, repeat(reference(textpage)), range(count))))


def _printed(textpage: Reference, text: str) -> list[int]:
    """The indices of the characters that are neither line ends nor spaces of pdfium's own."""
    printed: list[int] = []
    start = 0
    for match in _BLANK.finditer(text):
        at = match.start()
        if text[at] != " " or is_generated(textpage, at):
            printed += range(start, at)
            start = at + 1
    printed += range(start, len(text))
    return printed


def _characters(textpage: Reference, text: str, printed: list[int], view: View) -> list[Run]:
    """The characters at the indices `printed` that stand on the shown part of the page."""
    columns = loose_boxes(textpage, printed)
    words = _words(textpage, text, printed)
    x0s, tops, x1s, bottoms = boxes = _boxes(columns, view)
    found: list[Run] = []
    start = 0
    for length, baseline, turn in _runs(textpage, printed, columns, view):
        end = start + length
        left, right = x0s[start:end], x1s[start:end]
        if not turn and (length == 1 or (left == sorted(left) and right == sorted(right))):
            top, bottom = min(tops[start:end]), max(bottoms[start:end])
            found.append(Run(words[start:end], left, top, right, bottom, baseline))
        else:
            each = zip(words[start:end], left, tops[start:end], right, bottoms[start:end], strict=True)
            found += (Run(word, [x0], top, [x1], bottom, baseline, turn) for word, x0, top, x1, bottom in each)
        start = end
    return found if _is_within(boxes, view) else _shown(found, view)


def _shown(runs: list[Run], view: View) -> list[Run]:
    return list(runs_of([char for char in characters_of(runs) if view.shows(char[1:5])]))


def _words(textpage: Reference, text: str, printed: list[int]) -> str:
    """The characters at the indices, one for each."""
    words = "".join(itemgetter(*printed)(text)) if printed else ""
    if any(map(is_unmapped, repeat(textpage), printed)) or "\0" in words:
        unmapped = map(is_unmapped, repeat(textpage), printed)
        words = "".join([UNMAPPED if lost or x == "\0" else x for x, lost in zip(words, unmapped, strict=True)])
    return words if _HYPHENS.keys().isdisjoint(words) else "".join([_HYPHENS.get(char, char) for char in words])


def _boxes(columns: Columns, view: View) -> Columns:
    """The characters' left, top, right and bottom on the page as it is seen."""
    left, top, right, bottom = columns
    x0, x1 = ([x - view.left for x in left], [x - view.left for x in right]) if view.left else (left, right)
    y0, y1 = [view.top - y for y in top], [view.top - y for y in bottom]
    width, height = view.paper
    if view.rotation == 90:
        return [height - y for y in y1], x0, [height - y for y in y0], x1
    if view.rotation == 180:
        return [width - x for x in x1], [height - y for y in y1], [width - x for x in x0], [height - y for y in y0]
    if view.rotation == 270:
        return y0, [width - x for x in x1], y1, [width - x for x in x0]
    return x0, y0, x1, y1


def _is_within(boxes: Columns, view: View) -> bool:
    """Whether all the boxes are on the shown part of the page, from end to end."""
    x0, top, x1, bottom = boxes
    width, height = view.size
    return not x0 or (min(x0) >= 0 and min(top) >= 0 and max(x1) <= width and max(bottom) <= height)


def _runs(textpage: Reference, printed: list[int], columns: Columns, view: View) -> Iterator[tuple[int, float, int]]:
    """How many characters next to each other stand on one baseline, the baseline and their direction.

    They are those that pdfium itself found next to each other and whose boxes reach equally far across the line.
    """
    left, top, right, bottom = columns
    start, count, changes = 0, len(printed), _changes(printed, bottom, top)
    while start < count:
        turn = _direction(angle_of(textpage, printed[start]), view.rotation)
        baseline = _baseline(origin_of(textpage, printed[start]), turn, view)
        is_across = (turn - view.rotation) % 180 == 0
        low, high = (bottom, top) if is_across else (left, right)
        from_, to, ahead = low[start], high[start], printed[start] - start
        slack = _STEADY * (to - from_)
        after = changes[start] if is_across else start + 1
        while (
            after < count
            and printed[after] - after == ahead
            and -slack <= low[after] - from_ <= slack
            and -slack <= high[after] - to <= slack
        ):
            after = changes[after] if is_across else after + 1
        yield after - start, baseline, turn
        start = after


def _changes(printed: list[int], *sides: list[float]) -> list[int]:
    """For every character the next one that does not follow the one before it, or whose box has other sides."""
    steps = map(int.__sub__, printed[1:], printed)
    others = [True, *(step != 1 for step in steps)]
    for side in sides:
        others = list(map(bool.__or__, others, [True, *map(ne, side[1:], side)]))
    after = len(printed)
    found = []
    for at in range(len(printed) - 1, -1, -1):
        found.append(after)
        if others[at]:
            after = at
    return found[::-1]


def _direction(angle: float, rotation: int) -> int:
    """The direction of a character in degrees clockwise as seen, or _SLANTED; `angle` is clockwise, too."""
    if angle == 0.0:
        return rotation
    degrees = (math.degrees(angle) + rotation) % 360
    nearest = round(degrees / 90) * 90
    return nearest % 360 if abs(degrees - nearest) <= SKEW else _SLANTED


def _baseline(origin: tuple[float, float], turn: int, view: View) -> float:
    x, y = origin
    if view.rotation == turn == 0:
        return view.top - y
    seen = view.seen(x, y, x, y)
    return seen[0] if turn in _SIDEWAYS else seen[1]
