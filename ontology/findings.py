"""What the readers say in findings: each kind of sentence in English, understood again and told in Chinese.

The sentences stand in `data/findings.toml`, once for all.
"""

import re
import tomllib
from collections.abc import Collection, Sequence
from functools import cache, reduce
from importlib.resources import files
from typing import Any

_BEFORE = ": "  # parts what a sentence is said of from the sentence
_KEY = re.compile("[a-z_]+")


UNREAD_COLUMNS = ("columns_alike", "unknown_heading", "no_heading")
"""What is said of columns of a table that were not read: nothing is known of the sums of its rows."""


def said(kind: str, **parts: object) -> str:
    """The English sentence of a kind with its parts, without the title before it. Raises KeyError where kind or part
    is not there."""
    sentence: str = _file()["words"][kind]["en"]
    return sentence.format(**parts)


def chained(kind: str, words: Sequence[str]) -> str:
    """The words joined two by two as a kind of sentence has it: `4 and 5 and 6`."""
    return reduce(lambda others, first: said(kind, first=first, others=others), reversed(words))


def kinds() -> Collection[str]:
    """All kinds of sentences."""
    return tuple(_file()["words"])


def understood(message: str, *kinds: str) -> dict[str, str] | None:
    """The parts of a message `title: sentence` and its `title`, empty where a sentence stands alone; None where its
    sentence is of none of these kinds."""
    title, _, sentence = message.partition(_BEFORE)
    for before, words in ((title, sentence), ("", message)):
        if found := next((found for kind in kinds if (found := _pattern(kind).fullmatch(words))), None):
            return {"title": before, **found.groupdict()}
    return None


def told(message: str, lang: str) -> str:
    """A message, or a part of one, in `zh` or `en`; as it is where it is of no kind."""
    return (_in_chinese(message) or message) if lang == "zh" else message


def _in_chinese(message: str) -> str | None:
    for kind in _most_telling_first():
        if found := _pattern(kind).fullmatch(message):
            sentence: str = _file()["words"][kind]["zh"]
            return sentence.format(**{part: told(words, "zh") for part, words in found.groupdict().items()})
    before, _, after = message.partition(_BEFORE)
    sentence_after = _in_chinese(after) if after else None
    return f"{told(before, 'zh')}：{sentence_after}" if sentence_after else _called(message)


def _called(words: str) -> str | None:
    """The Chinese name of what a sentence is said of and what is no title: 目录, a table by its key."""
    if not _KEY.fullmatch(words):
        return None
    from ontology.terms import concepts, label  # with the whole vocabulary, needed here only

    view = concepts("view").get(words)
    return label(view) if view else _file()["before"].get(words)


@cache
def _most_telling_first() -> tuple[str, ...]:
    """The kinds, those with the most words of their own first: of two that fit, the other has a part that is longer."""
    return tuple(sorted(kinds(), key=lambda kind: -len(re.sub(r"\{\w+\}", "", _file()["words"][kind]["en"]))))


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """The sentence of a kind as a pattern with its parts as groups. A part that it begins with holds nothing that may
    stand before a sentence."""
    words, forms = re.split(r"\{(\w+)\}", _file()["words"][kind]["en"]), _file()["parts"]
    first = rf"(?:(?!{_BEFORE}).)+" if not words[0] else ".+"
    return re.compile(
        "".join(
            f"(?P<{part}>{forms.get(part, first if at == 1 else '.+')})" if at % 2 else re.escape(part)
            for at, part in enumerate(words)
        ),
        re.DOTALL,
    )


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files("ontology").joinpath("data/findings.toml").read_text("utf-8"))
