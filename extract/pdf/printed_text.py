"""Characters → the text as it is read: visual lines from top to bottom, each from left to right."""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from operator import itemgetter, sub
from typing import NamedTuple, TypeVar

from extract.pdf.printed_page import Character, Run, characters_of, runs_of, turn_box, turn_character
from ontology.facts import Box
from ontology.text import half_width_digits, unradical

SAME_LINE = 0.3  # of the height of the characters: how far baselines of one line may lie apart
_WORD_GAP = 0.5  # of the height of the characters: a gap as wide as this is a space

_Printed = TypeVar("_Printed", Character, Run)

_turn = itemgetter(Run._fields.index("turn"))
_left = itemgetter(Run._fields.index("x0s"))
_left_of_character = itemgetter(Character._fields.index("x0"))
_baseline = itemgetter(Run._fields.index("baseline"))  # that of characters, too


class PrintedLine(NamedTuple):
    """One visual line: its text and its bounds on the page."""

    text: str
    bbox: Box


def printed_lines(runs: Sequence[Run]) -> list[PrintedLine]:
    """The visual lines from top to bottom, blank ones left out; turned text is read in its own direction."""
    if not any(map(_turn, runs)):
        return list(_upright_lines(runs))
    turns = sorted(set(map(_turn, runs)))
    lines = [
        PrintedLine(line.text, turn_box(line.bbox, turn, 0, 0))
        for turn in turns
        for line in _upright_lines(_upright([run for run in runs if run.turn == turn], turn))
    ]
    return sorted(lines, key=lambda line: line.bbox[1::-1]) if len(turns) > 1 else lines


def _upright(runs: Sequence[Run], turn: int) -> Sequence[Run]:
    """The runs of one direction as if their text ran from left to right."""
    return list(runs_of([turn_character(c, 360 - turn, 0, 0) for c in characters_of(runs)])) if turn else runs


def _upright_lines(runs: Sequence[Run]) -> Iterator[PrintedLine]:
    if len(runs) == 1:  # as in most cells
        text, x0s, top, x1s, bottom, _, _ = runs[0]
        yield from _line(text, x0s, x1s, top, bottom, bottom - top)
    elif runs:
        height = median(sorted([run.bottom - run.top for run in runs for _ in run.text]))
        for line in lines_of(runs, max(SAME_LINE * height, 1.0)):
            top, bottom = min([run.top for run in line]), max([run.bottom for run in line])
            yield from _line(*_joined(line), top, bottom, height)


def _joined(line: list[Run]) -> tuple[str, Sequence[float], Sequence[float]]:
    """The text of a line and where its letters begin and end; runs that stand within each other go letter by letter."""
    runs = sorted(line, key=_left)
    if len(runs) == 1:
        return runs[0].text, runs[0].x0s, runs[0].x1s
    if any(other.x0s[0] < run.x0s[-1] for run, other in pairwise(runs)):
        letters = sorted(characters_of(runs), key=_left_of_character)
        return "".join([c.text for c in letters]), [c.x0 for c in letters], [c.x1 for c in letters]
    x0s, x1s = chain.from_iterable([run.x0s for run in runs]), chain.from_iterable([run.x1s for run in runs])
    return "".join([run.text for run in runs]), list(x0s), list(x1s)


def _line(
    text: str, x0s: Sequence[float], x1s: Sequence[float], top: float, bottom: float, height: float
) -> Iterator[PrintedLine]:
    """The line of these letters; none where it is blank."""
    words = _spaced(text, x0s, x1s, _WORD_GAP * height)
    if words:
        words = words if words.isascii() else half_width_digits(unradical(words))
        yield PrintedLine(words, (x0s[0], top, max(x1s), bottom))


def median(ordered: list[float]) -> float:
    """The middle one of numbers in order; `statistics.median` takes ten times as long for a few."""
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def lines_of(printed: Sequence[_Printed], tolerance: float) -> Iterator[list[_Printed]]:
    """Characters or runs line by line from top to bottom: their baselines lie no further apart than the tolerance."""
    line: list[_Printed] = []
    for each in sorted(printed, key=_baseline):
        if line and each.baseline - line[0].baseline > tolerance:
            yield line
            line = []
        line.append(each)
    if line:
        yield line


def _spaced(text: str, x0s: Sequence[float], x1s: Sequence[float], gap: float) -> str:
    """The text of the line, one space wherever white space or a wide gap is printed, none at the ends."""
    if not any(map(gap.__lt__, map(sub, x0s[1:], x1s))):
        return " ".join(text.split())
    parts: list[str] = []
    end = x0s[0]
    for letter, x0, x1 in zip(text, x0s, x1s, strict=True):
        if x0 - end > gap:
            parts.append(" ")
        parts.append(letter)
        end = max(end, x1)
    return " ".join("".join(parts).split())
