"""Characters → the text as it is read: visual lines from top to bottom, each from left to right."""

from collections.abc import Iterable, Iterator
from statistics import median
from typing import NamedTuple

from extract.printed_page import Character, turn_box, turn_character
from ontology.facts import Box
from ontology.text import unradical

_SAME_LINE = 0.3  # of the height of the characters: how far baselines of one line may lie apart
_WORD_GAP = 0.5  # of the height of the characters: a gap as wide as this is a space


class PrintedLine(NamedTuple):
    """One visual line: its text and its bounds on the page."""

    text: str
    bbox: Box


def printed_lines(characters: Iterable[Character]) -> list[PrintedLine]:
    """The visual lines from top to bottom, blank ones left out; turned text is read in its own direction."""
    by_turn: dict[int, list[Character]] = {}
    for character in characters:
        by_turn.setdefault(character.turn, []).append(character)
    lines = [
        PrintedLine(line.text, turn_box(line.bbox, turn, 0, 0))
        for turn, group in sorted(by_turn.items())
        for line in _upright_lines([turn_character(character, 360 - turn, 0, 0) for character in group])
    ]
    return sorted(lines, key=lambda line: line.bbox[1::-1]) if len(by_turn) > 1 else lines


def _upright_lines(characters: list[Character]) -> Iterator[PrintedLine]:
    height = median(character.bottom - character.top for character in characters)
    for line in _grouped(characters, max(_SAME_LINE * height, 1.0)):
        line.sort(key=lambda character: character.x0)
        text = unradical(_spaced(line, _WORD_GAP * height))
        if text:
            yield PrintedLine(text, _around(line))


def _grouped(characters: list[Character], tolerance: float) -> Iterator[list[Character]]:
    line: list[Character] = []
    for character in sorted(characters, key=lambda character: character.baseline):
        if line and character.baseline - line[0].baseline > tolerance:
            yield line
            line = []
        line.append(character)
    if line:
        yield line


def _spaced(line: list[Character], gap: float) -> str:
    """The text of the line, one space wherever white space or a wide gap is printed, none at the ends."""
    parts: list[str] = []
    end = line[0].x1
    for character in line:
        if character.text.isspace() or character.x0 - end > gap:
            parts.append(" ")
        parts.append(character.text.strip())
        end = max(end, character.x1)
    return " ".join("".join(parts).split())


def _around(line: list[Character]) -> Box:
    return (
        min(character.x0 for character in line),
        min(character.top for character in line),
        max(character.x1 for character in line),
        max(character.bottom for character in line),
    )
