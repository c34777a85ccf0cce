"""The pieces that flattened cells fall into, and how words that are known in advance are found among them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from extract.document import Line
from extract.performance.terms import words
from ontology.text import key

_LONGEST_RUN = 9
_WIDEST = 40  # pieces from the first to the last of a word that others are printed into


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two white spaces of a line: a cell, or a part of one. `folded` is its key."""

    text: str
    folded: str
    line: Line


def pieces(lines: Iterable[Line]) -> tuple[Piece, ...]:
    """The pieces of the lines in printed order."""
    found = ((words(part), line) for line in lines for part in line.text.split())
    return tuple(Piece(text, key(text), line) for text, line in found if text)


def joined(parts: Iterable[Piece]) -> str:
    """The pieces as one text."""
    return "".join(part.text for part in parts)


def printed(parts: Iterable[Piece]) -> str:
    """The pieces as they stand on their lines, one line below the other."""
    lines: list[list[Piece]] = []
    for part in parts:
        if lines and lines[-1][0].line == part.line:
            lines[-1].append(part)
        else:
            lines.append([part])
    return "\n".join(" ".join(part.text for part in line) for line in lines)


def run(parts: Sequence[Piece], start: int, known: Collection[str]) -> int:
    """The end of the longest run of pieces from `start` that makes a known word; `start` if there is none."""
    text, end = "", start
    for index in range(start, min(len(parts), start + _LONGEST_RUN)):
        text += parts[index].folded
        if text in known:
            end = index + 1
    return end


def scattered(parts: Sequence[Piece], word: str, first: int | None = None) -> list[tuple[int, ...]]:
    """The places of pieces that make `word` in order though others stand between; those that lie closest together.

    More than one answer means that it cannot be told which pieces are meant. With `first` the word begins there.
    """
    starts = range(len(parts)) if first is None else [first]
    found = [places for start in starts for places in _from(parts[: start + _WIDEST], start, word)]
    closest = min((places[-1] - places[0] for places in found), default=0)
    return [places for places in found if places[-1] - places[0] == closest]


def without(parts: Sequence[Piece], places: Collection[int]) -> list[Piece]:
    """The pieces that do not stand at these places."""
    return [part for place, part in enumerate(parts) if place not in places]


def _from(parts: Sequence[Piece], start: int, word: str) -> list[tuple[int, ...]]:
    if start >= len(parts) or not parts[start].folded or not word.startswith(parts[start].folded):
        return []
    rest = word[len(parts[start].folded) :]
    if not rest:
        return [(start,)]
    return [(start, *more) for index in range(start + 1, len(parts)) for more in _from(parts, index, rest)]
