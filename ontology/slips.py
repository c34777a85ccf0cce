"""Slips in names: a character that is another one, one too few, one printed twice, two that changed places, two left
out of a long name.

What makes another name of a name, and no slip, stands in `data/slips.toml`.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_LONG = 6  # characters of a name in whose middle any other character is a slip
_SHORTEST = 4  # characters of a name in which one printed twice is a slip
WIDE = 8  # characters of a name of which two may be left out


@dataclass(frozen=True, slots=True)
class Slip:
    """How words differ from a name: how many characters are the same before it, how many characters the words have;
    what is printed (empty where one or two are left out) and what is meant (empty where one is printed twice)."""

    at: int
    size: int
    printed: str
    meant: str


def slips(name: str, text: str) -> Iterator[Slip]:
    """How the beginning of a text may differ from a name by one slip, whatever it makes of the name; nothing where it
    is the name or something else."""
    at = next((at for at, (one, two) in enumerate(zip(name, text, strict=False)) if one != two), len(name))
    rest, tail = name[at:], text[at:]
    if tail and name and not rest and tail[0] == name[-1] and is_han(tail[0]):
        yield Slip(at, len(name) + 1, tail[0], "")
    if not rest or not tail:
        return
    if tail[1 : len(rest)] == rest[1:] and is_han(tail[0] + rest[0]):
        yield Slip(at, len(name), tail[0], rest[0])
    if len(rest) > 1 and tail[:2] == rest[1::-1] and tail[2 : len(rest)] == rest[2:]:
        yield Slip(at, len(name), tail[:2], rest[:2])
    if tail[: len(rest) - 1] == rest[1:] and is_han(rest[0]):
        yield Slip(at, len(name) - 1, "", rest[0])
    if len(name) >= WIDE and len(rest) > 2 and tail[: len(rest) - 2] == rest[2:] and is_han(rest[:2]):
        yield Slip(at, len(name) - 2, "", rest[:2])
    if at and tail[0] == name[at - 1] and tail[1 : len(rest) + 1] == rest and is_han(tail[0]):
        yield Slip(at, len(name) + 1, tail[0], "")


def is_han(text: str) -> bool:
    """Whether a text is of Chinese characters alone."""
    return all("\u4e00" <= sign <= "\u9fff" for sign in text)


def is_slip(name: str, words: str) -> bool:
    """Whether words are a name but for a slip that makes no other name."""
    return any(found.size == len(words) and tells(name, found, bounded=True) for found in slips(name, words))


def tells(name: str, found: Slip, *, bounded: bool) -> bool:
    """Whether a difference is a slip and does not make another name, or cut one short. `bounded` names stand between
    stops: then the characters at their ends are theirs. Of two characters left out nothing is told: they may be a word
    that the name may lack."""
    inside = 0 < found.at < len(name) - max(0, len(found.meant))
    if found.printed and found.meant:
        pair = frozenset(found.printed + found.meant)
        apart = any(pair <= group for group in _file()["apart"]) or (not inside and found.printed in _file()["words"])
        return not apart and ((len(name) >= _LONG and inside) or bounded or pair in _file()["alike"])
    if not found.printed:
        known = len(found.meant) > 1 or may_lack(found.meant)
        short = is_short(name, name[: found.at] + name[found.at + 1 :])
        return inside and not known and not short and len(name) >= _LONG - 2 * bounded
    return (inside or bounded) and len(name) >= _SHORTEST


def is_alike(one: str, other: str) -> bool:
    """Whether two characters look or sound alike."""
    return frozenset((one, other)) in _file()["alike"]


def is_short(name: str, words: str) -> bool:
    """Whether words are a name with the short form of a word in it, or with another word for it."""
    return any(name.replace(long, short) == words for long, some in _file()["short"].items() for short in some)


def may_lack(sign: str) -> bool:
    """Whether a name may be printed without a character and not be misprinted."""
    return sign in _file()["optional"]


@cache
def _file() -> Mapping[str, Any]:
    told = tomllib.loads(files("ontology").joinpath("data/slips.toml").read_text("utf-8"))
    return {
        "apart": tuple(frozenset(group) for group in told["apart"]),
        "optional": frozenset(told["optional"]),
        "words": frozenset(told["words"]),
        "short": told["short"],
        "alike": frozenset(frozenset(pair) for pair in told["alike"].split()),
    }
