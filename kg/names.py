"""How names of projects and documents are folded before they are compared: one form of numbers, brackets and quotes."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from ontology.document_number import DocumentNumber, mentions
from ontology.text import key

_QUOTES = "“”„\"‘’'「」『』"
_FOLDED = str.maketrans(
    dict.fromkeys(_QUOTES, "") | dict.fromkeys("[【〔﹝〖{", "(") | dict.fromkeys("]】〕﹞〗}", ")")
)


@cache
def spellings() -> dict[str, Any]:
    """The word lists of `words.toml`."""
    with files("kg").joinpath("words.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=1 << 14)  # a row's names are folded for each of its figures
def fold(text: str) -> str:
    """The text with document numbers in their canonical form, no white space or quotation marks, all brackets ( )."""
    return _folded(_spliced(text, str))


def numbers(name: str) -> tuple[DocumentNumber, ...]:
    """The document numbers that stand in a name, each once, in order."""
    return tuple(dict.fromkeys(mention.number for mention in mentions(name)))


def bare(name: str) -> str:
    """The name without document number, year and brackets: equal for the same project in another year or form.

    Where nothing would be left, the folded name.
    """
    return _without(_folded(_spliced(name, lambda number: "")), spellings()["bare"]) or fold(name)


def stem(name: str) -> str:
    """The bare name also without batch and what stands in brackets: names that may be of one stream of money."""
    patterns = [*spellings()["similar"]["without"], *spellings()["bare"]]
    return _without(_folded(_spliced(name, lambda number: "")), patterns) or fold(name)


def batch(name: str) -> str | None:
    """The batch that a name prints (第二批 → 二), None where it prints none or several."""
    found = set(re.findall(spellings()["similar"]["batch"], fold(name)))
    return found.pop() if len(found) == 1 else None


def programme(title: str) -> str | None:
    """The name of the funding programme that a document's title speaks of; None where it names no programme."""
    name = _without(_folded(_spliced(title, lambda number: "")), spellings()["programme"])
    return name if name.endswith(tuple(spellings()["programme_endings"])) else None


def title_of(number: DocumentNumber, text: str) -> str | None:
    """The title of a document where a text gives it: after its number up to 通知, or in 《》 before it."""
    for mention in mentions(text):
        if mention.number == number:
            before, after = text[: mention.start], text[mention.end :]
            quoted = re.search(r"《([^《》]*)》[（(]?$", before)
            follows = re.match(r"[：:，,\s]*([^，,。；;]*?通知)", after)
            if quoted or follows:
                return (quoted or follows)[1]  # type: ignore[index]
    return None


def _spliced(text: str, put: Any) -> str:
    found = groupby(mentions(text), key=lambda mention: (mention.start, mention.end))
    there = [(span, list(same)) for span, same in found]
    for (start, end), same in reversed(there):  # the numbers of a range stand at one place
        text = f"{text[:start]}{''.join(put(mention.number) for mention in same)}{text[end:]}"
    return text


def _folded(text: str) -> str:
    return key(text).translate(_FOLDED)


def _without(text: str, patterns: Iterable[str]) -> str:
    for pattern in patterns:
        text = re.sub(pattern, "", text) or text
    return text
