"""What any PDF engine yields for a page: its characters and drawn rules, in points from the top left."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from ontology.facts import Box

THIN = 3.0  # points: a drawn box thinner than this is a rule, a thicker one a frame
STRAIGHT = 0.5  # points that the side of a frame may lean
SKEW = 2.0  # degrees that upright text may lean
LARGEST_SIDE = 14_400.0  # points: the largest page that PDF allows
MOST_PAGES = 5_000
MOST_DRAWN = 200_000  # characters, or drawn lines, on one page
UNMAPPED = "\ufffd"  # stands for a character whose meaning the file does not tell


class Character(NamedTuple):
    """One printed character. `turn` is its direction in degrees clockwise (0, 90, 180 or 270; 0 is upright)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    turn: int = 0


class Run(NamedTuple):
    """Characters next to each other on one baseline, from left to right: what is done for a run is not done for each.

    `text` has one character for each of `x0s` and `x1s`. Text that is not upright goes in runs of one character.
    """

    text: str
    x0s: Sequence[float]
    top: float
    x1s: Sequence[float]
    bottom: float
    baseline: float
    turn: int = 0

    def part(self, start: int, end: int) -> "Run":
        """The characters from `start` to before `end`."""
        return self._replace(text=self.text[start:end], x0s=self.x0s[start:end], x1s=self.x1s[start:end])


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page as it is seen: turned as `/Rotate` says and cut to its crop box.

    `boxes` are the bounds of everything drawn along the axes: a thin one is a rule, a thick one a frame. `unmapped`
    counts characters whose meaning the file does not tell (printed as U+FFFD), `skewed` those of slanted text such
    as watermarks, which are left out, `images` the pictures on the page.
    `incomplete`: some text that is drawn on the page is not among the characters.
    """

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    boxes: tuple[Box, ...]
    images: int = 0
    unmapped: int = 0
    skewed: int = 0
    incomplete: bool = False

    @property
    def printed(self) -> int:
        """How many characters are printed on the page."""
        return sum(len(run.text) for run in self.runs)


@dataclass(frozen=True, slots=True)
class BrokenPage:
    """A page that the engine could not read, and why."""

    number: int
    reason: str


def turn_box(box: Box, turn: int, width: float, height: float) -> Box:
    """The box on the page after the page of `width` and `height` is turned by `turn` degrees clockwise."""
    x0, top, x1, bottom = box
    if turn == 90:
        return height - bottom, x0, height - top, x1
    if turn == 180:
        return width - x1, height - bottom, width - x0, height - top
    if turn == 270:
        return top, width - x1, bottom, width - x0
    return box


def characters_of(runs: Iterable[Run]) -> Iterator[Character]:
    """The characters of the runs one by one."""
    for run in runs:
        for text, x0, x1 in zip(run.text, run.x0s, run.x1s, strict=True):
            yield Character(text, x0, run.top, x1, run.bottom, run.baseline, run.turn)


def runs_of(characters: Sequence[Character]) -> Iterator[Run]:
    """The characters in their order as runs: those next to each other that stand on one baseline, equally high.

    One that is printed as several letters (`ﬁ`) stands for each of them.
    """
    for (turn, baseline, top, bottom), group in groupby(characters, key=_where):
        single = [(letter, c.x0, c.x1) for c in group for letter in c.text]
        letters, x0s, x1s = (list(column) for column in zip(*single, strict=True)) if single else ([], [], [])
        run = Run("".join(letters), x0s, top, x1s, bottom, baseline, turn)
        if not turn and x0s == sorted(x0s) and x1s == sorted(x1s):
            yield run
        else:
            yield from (run.part(at, at + 1) for at in range(len(letters)))


def _where(character: Character) -> tuple[int, float, float, float]:
    return character.turn, character.baseline, character.top, character.bottom


def sideways(page: PrintedPage) -> int:
    """By how many degrees clockwise the page must be turned for most of its characters to be upright."""
    if not any(run.turn for run in page.runs):
        return 0
    turns = [run.turn for run in page.runs for _ in run.text]
    common = max((0, 90, 180, 270), key=turns.count)
    return (360 - common) % 360


def turned(page: PrintedPage, turn: int) -> PrintedPage:
    """The page turned by `turn` degrees clockwise."""
    if not turn:
        return page
    width, height = (page.width, page.height) if turn == 180 else (page.height, page.width)
    characters = [turn_character(c, turn, page.width, page.height) for c in characters_of(page.runs)]
    return replace(
        page,
        width=width,
        height=height,
        runs=tuple(runs_of(characters)),
        boxes=tuple(turn_box(box, turn, page.width, page.height) for box in page.boxes),
    )


def turn_character(character: Character, turn: int, width: float, height: float) -> Character:
    """The character on the page after the page of `width` and `height` is turned by `turn` degrees clockwise."""
    if turn % 360 == 0:
        return character
    box = turn_box((character.x0, character.top, character.x1, character.bottom), turn, width, height)
    # the baseline is the y of the origin in text that runs across the page, its x in text that runs along it
    line = character.baseline
    along = character.turn in (90, 270)
    spot = (line, character.top, line, character.top) if along else (character.x0, line, character.x0, line)
    moved = turn_box(spot, turn, width, height)
    new_turn = (character.turn + turn) % 360
    return Character(character.text, *box, moved[0] if new_turn in (90, 270) else moved[1], new_turn)
