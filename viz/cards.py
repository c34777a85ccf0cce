"""The card a node is drawn as: its label in lines, the amount under it, and how large that is."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ontology.money import in_wan

UNIT = 6.5  # px of half a Chinese character at the page's 13 px
LINE = 18  # px from one line to the next
TEXT_UNITS = 24  # at most 12 Chinese characters a line
MOST_LINES = 3
FRAME_WIDTH = 46  # px: colour bar, mark and margins
LEAST_WIDTH = 164  # px: what a shortened label needs when the drawing is seen from far
FRAME_HEIGHT = 18  # px: margins above and below the text
STUB_HEIGHT = 18  # px

_WORDS = re.compile(r"[<>=≤≥＜＞]*[0-9A-Za-z.,%+-]+|.", re.DOTALL)
_NEVER_FIRST = set("，。、；：！？）〕】》」』”’…％,.;:!?)]%")


@dataclass(frozen=True, slots=True)
class Card:
    """A label in lines, a note (the amount as printed) and the size in px of the card that holds them."""

    lines: tuple[str, ...]
    note: str
    width: float
    height: float


def units(text: str) -> int:
    """The width of a text in half-width units: 2 for a Chinese character or full-width sign, else 1."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def wrap(text: str, width: int = TEXT_UNITS, most: int = MOST_LINES) -> tuple[str, ...]:
    """The text in at most `most` lines of at most `width` units; what does not fit ends in an ellipsis.

    Lines are of about the same length. Numbers and Latin words stay whole where they fit in a line; a closing sign
    never begins one.
    """
    words = _pieces(" ".join(text.split()), width)
    lines = _filled(words, width)
    if len(lines) > most:
        return (*lines[: most - 1], _clipped(lines[most - 1], width))
    narrower = (_filled(words, least) for least in range(width // 2, width))
    return tuple(next((found for found in narrower if len(found) == len(lines)), lines))


def _filled(words: Sequence[str], width: int) -> list[str]:
    """The words in lines of at most the width."""
    lines = [""]
    for word in words:
        if units(lines[-1] + word) <= width or not lines[-1]:
            lines[-1] += word
        elif word in _NEVER_FIRST and len(lines[-1]) > 1:
            lines[-1], moved = lines[-1][:-1], lines[-1][-1]
            lines.append(moved + word)
        else:
            lines.append(word.lstrip())
    return [line.strip() for line in lines]


def card(node: Mapping[str, Any]) -> Card:
    """The card of a node by its attributes `kind`, `label`, `amount` and `printed`."""
    if node.get("kind") == "more":
        return _stub(str(node["label"]))
    return _card(str(node.get("label") or "…"), amount_note(node))


@lru_cache(maxsize=4096)  # the graph is drawn anew at every click, mostly of the same cards
def _card(label: str, note: str) -> Card:
    lines = wrap(label)
    if note and note in "".join(lines):
        note = ""
    widest = max(units(line) for line in (*lines, note))
    width = max(widest * UNIT + FRAME_WIDTH, LEAST_WIDTH)
    return Card(lines, note, width, (len(lines) + bool(note)) * LINE + FRAME_HEIGHT)


@lru_cache(maxsize=1024)
def _stub(label: str) -> Card:
    return Card((label,), "", units(label) * UNIT + 14, STUB_HEIGHT)


def amount_note(node: Mapping[str, Any]) -> str:
    """The amount as printed; where only the exact amount is known, that amount in 万元; otherwise nothing."""
    printed, amount = node.get("printed"), node.get("amount")
    if printed:
        return " ".join(str(printed).split())
    return f"{in_wan(amount)} 万元" if isinstance(amount, Decimal) else ""


def _pieces(text: str, width: int) -> list[str]:
    words = _WORDS.findall(text)
    return [piece for word in words for piece in ([word] if units(word) <= width else list(word))]


def _clipped(line: str, width: int) -> str:
    while line and units(line + "…") > width:
        line = line[:-1]
    return line + "…"
