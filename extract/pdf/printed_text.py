"""Characters → the text as it is read: visual lines from top to bottom, each from left to right."""

from collections.abc import Iterator, Sequence
from operator import itemgetter, sub
from typing import NamedTuple

from extract.pdf.printed_page import Character, turn_box, turn_character
from ontology.facts import Box
from ontology.text import unradical

SAME_LINE = 0.3  # of the height of the characters: how far baselines of one line may lie apart
_WORD_GAP = 0.5  # of the height of the characters: a gap as wide as this is a space

_turn = itemgetter(Character._fields.index("turn"))
_left = itemgetter(Character._fields.index("x0"))
_baseline = itemgetter(Character._fields.index("baseline"))


class PrintedLine(NamedTuple):
    """One visual line: its text and its bounds on the page."""

    text: str
    bbox: Box


def printed_lines(characters: Sequence[Character]) -> list[PrintedLine]:
    """The visual lines from top to bottom, blank ones left out; turned text is read in its own direction."""
    turns = sorted(set(map(_turn, characters)))
    if turns == [0]:
        return list(_upright_lines(characters))
    lines = [
        PrintedLine(line.text, turn_box(line.bbox, turn, 0, 0))
        for turn in turns
        for line in _upright_lines([turn_character(c, 360 - turn, 0, 0) for c in characters if c.turn == turn])
    ]
    return sorted(lines, key=lambda line: line.bbox[1::-1]) if len(turns) > 1 else lines


def _upright_lines(characters: Sequence[Character]) -> Iterator[PrintedLine]:
    _, _, tops, _, bottoms, baselines, _ = zip(*characters, strict=True)
    height = median(sorted(map(sub, bottoms, tops)))
    tolerance = max(SAME_LINE * height, 1.0)
    is_one = max(baselines) - min(baselines) <= tolerance
    for line in [characters] if is_one else lines_of(characters, tolerance):
        words, x0s, tops, x1s, bottoms, _, _ = zip(*sorted(line, key=_left), strict=True)
        text = _spaced(words, x0s, x1s, _WORD_GAP * height)
        if text:
            text = text if text.isascii() else unradical(text)
            yield PrintedLine(text, (x0s[0], min(tops), max(x1s), max(bottoms)))


def median(ordered: list[float]) -> float:
    """The middle one of numbers in order; `statistics.median` takes ten times as long for a few."""
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def lines_of(characters: Sequence[Character], tolerance: float) -> Iterator[list[Character]]:
    """The characters line by line from top to bottom: their baselines lie no further apart than the tolerance."""
    line: list[Character] = []
    for character in sorted(characters, key=_baseline):
        if line and character.baseline - line[0].baseline > tolerance:
            yield line
            line = []
        line.append(character)
    if line:
        yield line


def _spaced(words: Sequence[str], x0s: Sequence[float], x1s: Sequence[float], gap: float) -> str:
    """The text of the line, one space wherever white space or a wide gap is printed, none at the ends."""
    if not any(map(gap.__lt__, map(sub, x0s[1:], x1s))):
        return " ".join("".join(words).split())
    parts: list[str] = []
    end = x0s[0]
    for word, x0, x1 in zip(words, x0s, x1s, strict=True):
        if x0 - end > gap:
            parts.append(" ")
        parts.append(word)
        end = max(end, x1)
    return " ".join("".join(parts).split())
