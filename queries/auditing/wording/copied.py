"""Words that the text has twice with one character changed or left out in a copy (社区事务受理, 社区事物受理), or with
two typed by their sound (有效, 游校)."""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import spelled
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal

# How many characters may differ, and how many two copies have in common on one side of them and on the other.
_SHAPES = ((range(2), 5, 8), (range(2, 3), 1, 15))
_RUN = re.compile("[\u4e00-\u9fff、，“”]+")
_HAN = re.compile("[\u4e00-\u9fff]")


class Copy(NamedTuple):
    """Characters, or none, between words that stand elsewhere, too: its passage and where in it these words begin."""

    sign: str
    passage: Passage
    at: int


def phrases(rule: Rule, book: Book) -> Iterator[Signal]:
    """Characters that copies of some words have differently or lack, each once; the rarer spelling comes first.

    Numerals and words that tell two things apart (上, 下) are no slips, nor are particles.
    """
    told: set[tuple[int, int]] = set()
    for (before, after), copies in _differing(passages(book)).items():
        places = {
            sign: [copy for copy in copies if copy.sign == sign] for sign in dict.fromkeys(one.sign for one in copies)
        }
        for one, other in combinations(sorted(places, key=lambda sign: len(places[sign])), 2):
            first = places[one][0].passage, places[one][0].at + len(before)
            key = id(first[0]), first[1]
            listed = _listed(places[one][0], places[other][0], before + one + after)
            if key not in told and not listed and _slip(one, other, before[-1], after[0]):
                told.add(key)
                left, right = (_side(book, before + sign + after, places[sign]) for sign in (one, other))
                yield signal(rule, book, "", left, right)


def _differing(held: list[Passage]) -> dict[tuple[str, str], list[Copy]]:
    """What stands between the same words, where it is not the same everywhere."""
    found: dict[tuple[str, str], list[Copy]] = {}
    for sizes, short, long in _SHAPES:
        for before, after in ((short, long), (long, short)):
            for passage, run in _runs(held):
                for size in sizes:
                    for start in range(run.start(), run.end() - before - size - after + 1):
                        middle = start + before
                        sign, behind = passage.text[middle : middle + size], middle + size
                        around = passage.text[start:middle], passage.text[behind : behind + after]
                        found.setdefault(around, []).append(Copy(sign, passage, start))
    return {around: copies for around, copies in found.items() if len({copy.sign for copy in copies}) > 1}


def _runs(held: list[Passage]) -> Iterator[tuple[Passage, re.Match[str]]]:
    """The parts of sentences without figures."""
    return ((passage, run) for passage in held for run in _RUN.finditer(passage.text))


def _listed(one: Copy, other: Copy, words: str) -> bool:
    """Whether two copies stand so close that they are items of one list: 刑事第一庭、刑事第二庭、民事第一庭."""
    return one.passage is other.passage and abs(one.at - other.at) <= 2 * len(words)


def _slip(one: str, other: str, before: str, after: str) -> bool:
    signs = one + other
    if not all(_HAN.match(sign) for sign in signs) or set(signs) & set(spelled("no_slips_in_copies")):
        return False
    if len(one) == len(other) == 2:
        return one[0] != other[0] and one[1] != other[1] and _sound(one) == _sound(other)
    if len(signs) == 1:  # a character that the other copy lacks; one printed twice is another fault
        return signs not in spelled("particles") and signs not in (before, after)
    return not any(one in words and other in words for words in spelled("apart_in_copies"))


def _sound(words: str) -> list[str]:
    from pypinyin import lazy_pinyin  # takes long to load, and few documents need it

    return lazy_pinyin(words)


def _side(book: Book, words: str, copies: list[Copy]) -> Side:
    at = (copy.passage.places(copy.at, copy.at + len(words)) for copy in copies)
    return Side(words, None, book.evidence(" ".join(at)))
