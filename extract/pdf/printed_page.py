"""What any PDF engine yields for a page: its characters and drawn rules, in points from the top left."""

from dataclasses import dataclass, replace
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
    characters: tuple[Character, ...]
    boxes: tuple[Box, ...]
    images: int = 0
    unmapped: int = 0
    skewed: int = 0
    incomplete: bool = False


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


def sideways(page: PrintedPage) -> int:
    """By how many degrees clockwise the page must be turned for most of its characters to be upright."""
    turns = [character.turn for character in page.characters]
    if set(turns) <= {0}:
        return 0
    common = max((0, 90, 180, 270), key=turns.count)
    return (360 - common) % 360


def turned(page: PrintedPage, turn: int) -> PrintedPage:
    """The page turned by `turn` degrees clockwise."""
    if not turn:
        return page
    width, height = (page.width, page.height) if turn == 180 else (page.height, page.width)
    return replace(
        page,
        width=width,
        height=height,
        characters=tuple(turn_character(c, turn, page.width, page.height) for c in page.characters),
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
