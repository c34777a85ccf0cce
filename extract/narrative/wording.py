"""The wording of the running text as data (forms/narrative.toml), and the figures printed in it."""

import re
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from ontology.errors import NotAnAmount
from ontology.money import amount

AMOUNT = r"[-−]?\d(?:[\d,，]{0,30}\d)?(?:\.\d{1,15})?"  # bounded: a long run of digits is looked through once
UNIT = "(?:万元|亿元|千元|元)"
# How an item of a list begins: 1. 1． 1、 （1） (一) 一、
NUMBERING = r"(?:[（(][一二三四五六七八九十\d]{1,3}[）)][.．、]?|(?<!\d)\d{1,2}[.．、]|[一二三四五六七八九十]{1,3}、)"
_CHINESE = "〇一二三四五六七八九十"


@cache
def wording(part: str) -> dict[str, Any]:
    """One part of forms/narrative.toml, `{amount}` and `{unit}` in its patterns filled in."""
    text = files("extract").joinpath("forms/narrative.toml").read_text("utf-8")
    found: dict[str, Any] = tomllib.loads(text)[part]
    return found


def pattern(words: str) -> re.Pattern[str]:
    """A pattern of the wording; `{amount}` stands for a printed number, `{unit}` for a unit of money."""
    return re.compile(filled(words))


def filled(words: str) -> str:
    """The wording as a regular expression without placeholders."""
    return words.replace("{amount}", AMOUNT).replace("{unit}", UNIT)


def one_of(patterns: Iterable[str]) -> str:
    """The patterns as alternatives, in the order given."""
    return "(?:" + "|".join(filled(words) for words in patterns) + ")"


def number(printed: str | None) -> Decimal | None:
    """The printed number, None where there is none or it is not one."""
    try:
        return amount(printed) if printed else None
    except NotAnAmount:
        return None


def ordinal(position: int) -> str:
    """The numbering of the item at a 1-based position, as a pattern: `2.` `2．` `2、` `（2）` `（二）` `二、`."""
    chinese = _chinese(position)
    return rf"(?:{position}[.．、]|[（(](?:{position}|{chinese})[）)][.．、]?|{chinese}[、.．])"


def _chinese(value: int) -> str:
    tens, ones = divmod(value, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{_CHINESE[tens]}十"
    return lead + (_CHINESE[ones] if ones else "")
