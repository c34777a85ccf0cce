"""Where words stand in a text, as they are or with one slip: one walk over the text, however many words there are."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ontology.slips import WIDE


@dataclass(frozen=True, slots=True)
class _Words:
    """Words, all that they begin with, and by a beginning that is half of a word or more the characters that follow; by
    one of a long word and the third character after it, the two between."""

    words: frozenset[str]
    beginnings: frozenset[str]
    following: Mapping[str, Collection[str]]
    gaps: Mapping[str, Collection[str]]


def places(words: Iterable[str], text: str) -> dict[str, list[int]]:
    """Where each of the words begins in a text, in order; without those that do not stand there."""
    known = _words(words)
    found: dict[str, list[int]] = {}
    for start in range(len(text)):
        for _, word in _completed(known, "", text, start):
            found.setdefault(word, []).append(start)
    return found


def near(words: Iterable[str], text: str) -> set[tuple[int, str]]:
    """Where a word with one slip may begin in a text, with the word as it should be.

    Every place is there for which `ontology.slips.slips` tells a slip of the word, and few others; not the second
    character of the word itself, where that stands. A slip in the first half is looked for from the end of a word.
    """
    known, size = sorted(words), len(text)
    late = {(start, word) for start, _, word in _differing(_words(known), text)}
    mirrored = _differing(_words(word[::-1] for word in known), f"{text[::-1]}\n")  # a first character may be left out
    return late | {(size - end, word[::-1]) for _, end, word in mirrored}


def _words(words: Iterable[str]) -> _Words:
    known = frozenset(words) - {""}
    following: dict[str, set[str]] = {}
    gaps: dict[str, set[str]] = {}
    for word in known:
        for at in range(len(word) // 2, len(word)):
            following.setdefault(word[:at], set()).add(word[at])
        for at in range(len(word) // 2, len(word) - 2) if len(word) >= WIDE else ():
            gaps.setdefault(word[:at] + word[at + 2], set()).add(word[at : at + 2])
    return _Words(known, frozenset(word[:end] for word in known for end in range(len(word) + 1)), following, gaps)


def _differing(known: _Words, text: str) -> Iterator[tuple[int, int, str]]:
    """Where a word may begin and end whose first difference from the text is in its second half, with the word; where
    two characters changed places or one is printed twice, anywhere but at its beginning."""
    for start in range(len(text)):
        for at in range(start + 1, len(text)):
            same, sign = text[start:at], text[at]
            if same not in known.beginnings:
                break
            tries = [(same + text[at + 1 : at + 2] + sign, at + 2)]
            tries += [(same, at + 1)] if same[-1] == sign else []
            for other in known.following.get(same, ()):
                tries += [(same + other, at + 1), (same + other, at)] if other != sign else []
            tries += [(same + two, at) for two in known.gaps.get(same + sign, ())]
            for beginning, goes_on in (each for each in tries if each[0] in known.beginnings):
                yield from ((start, end, word) for end, word in _completed(known, beginning, text, goes_on))


def _completed(known: _Words, beginning: str, text: str, at: int) -> Iterator[tuple[int, str]]:
    """The words that begin so and go on as the text does from a place on, each with the place where it ends there."""
    while beginning in known.beginnings:
        if beginning in known.words:
            yield at, beginning
        if at >= len(text):
            return
        beginning += text[at]
        at += 1
