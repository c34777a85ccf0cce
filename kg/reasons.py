"""Why rules conclude what they conclude: sentences in Chinese, as the graph holds them, and their English.

The sentences stand in `reasons.toml`, each with blanks for what is printed. English is found by the sentence itself,
so that stores of any age and servers that hold Chinese only are answered in English, too.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

_BLANK = re.compile(r"\{(\w+)\}")
_PLACES = {"中央": "the central government", "地方不明": "a place not known"}


def reason(name: str, /, **blanks: object) -> str:
    """The Chinese sentence of a name, its blanks filled. Raises KeyError for a name or blank that is not there."""
    return _sentences()[name]["zh"].format(**blanks)


@cache
def in_english(sentence: str) -> str:
    """The sentence in English, what is printed left as it is; a sentence that no rule says stays."""
    for name, pattern in _patterns().items():
        if match := pattern.fullmatch(sentence):
            blanks = {blank: _said(blank, words) for blank, words in match.groupdict().items()}
            return _sentences()[name]["en"].format(**blanks)
    return sentence


def _said(blank: str, words: str) -> str:
    """What fills a blank: a sentence within a sentence in English, places that are no names, else as it is."""
    if blank == "reason":
        return in_english(words)
    return _PLACES.get(words, words) if blank == "place" else words


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """What sentences look like, those with the most words of their own first: the more a sentence says, the surer."""
    found = {name: one["zh"] for name, one in _sentences().items()}
    order = sorted(found, key=lambda name: -len(_BLANK.sub("", found[name])))
    return {name: re.compile(_pattern(found[name]), re.DOTALL) for name in order}


def _pattern(zh: str) -> str:
    parts = _BLANK.split(zh)
    return "".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))


@cache
def _sentences() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("kg").joinpath("reasons.toml").read_text("utf-8"))
