"""Personal names and telephone numbers: found by the words beside them and kept out of every fact."""

import re
from functools import cache, lru_cache

from extract.narrative.wording import one_of, wording

_NEAR = 40  # characters within which a name or number follows its word


@lru_cache(maxsize=64)  # many facts of one long line
def without_personal(text: str) -> str:
    """The text without what stands on a line from a word like 项目负责人 on, and without telephone numbers.

    The word may be broken over lines. Where less than a name stands behind it, the next line goes too.
    """
    lines = (line.rstrip() for line in _named().sub("", text).split("\n"))
    return _telephone().sub("", "\n".join(line for line in lines if line))


def follows_personal(text: str, position: int) -> bool:
    """Whether a word like 联系电话 stands so shortly before `position` that what lies between may be personal."""
    return _label().search(text, max(0, position - _NEAR), position) is not None


def holds_telephone(text: str) -> bool:
    """Whether a telephone number stands in the text."""
    return _telephone().search(text) is not None


def of_person(words: str) -> bool:
    """Whether words hold a label of persons, or what a broken cell leaves of one (`负责人`)."""
    return re.search("负责人|联系人|联系电话", words) is not None


@cache
def _label() -> re.Pattern[str]:
    return re.compile(one_of(r"\s*".join(word) if word.isalpha() else word for word in wording("personal")["words"]))


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"{_label().pattern}(?:[：:]?[^\S\n]*[^\s：:]?[^\S\n]*\n[^\n]*|[^\n]*)")


@cache
def _telephone() -> re.Pattern[str]:
    return re.compile(wording("personal")["telephone"])
