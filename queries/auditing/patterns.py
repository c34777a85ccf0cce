"""What the rules of words look for, as `checks/patterns.toml` spells it."""

import re
import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from kg.names import fold
from ontology.money import YUAN_PER_UNIT
from ontology.text import curly_quotes, plain_commas
from queries.auditing.book import HALF

_FULL_WIDTH = str.maketrans({";": "；", ":": "：", "(": "（", ")": "）", "\uff0e": "."})


def spelled(name: str) -> Any:
    """An entry of the file as it stands."""
    return _file()[name]


@cache
def _file() -> Any:
    return tomllib.loads(files("queries").joinpath("checks/patterns.toml").read_text("utf-8"))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of the file; several are alternatives."""
    found = spelled(name)
    return re.compile(found if isinstance(found, str) else "|".join(found))


def priced(name: str) -> re.Pattern[str]:
    """A pattern of the file with the form of an amount where it says AMOUNT."""
    return with_amount(pattern(name).pattern)


@cache
def with_amount(words: str) -> re.Pattern[str]:
    """A pattern with the form of an amount, its `number` and `unit`, where it says AMOUNT."""
    return re.compile(words.replace("AMOUNT", claims()["amount"]))


def tight(text: object) -> str:
    """A text without white space; empty for None."""
    return "" if text is None else "".join(str(text).split())


def full_width(text: str) -> str:
    """A text with Chinese punctuation, character for character: a comma between digits stays as it is, one of full
    width between the thousands of an amount is as others are."""
    turned = plain_commas(curly_quotes(text).translate(_FULL_WIDTH))
    return re.sub(r"(?<!\d),|,(?!\d)", "，", turned)


def number(text: str) -> Decimal:
    """A printed number, thousands' commas left out."""
    digits = text.replace(",", "").strip(".")
    return Decimal(digits) if re.fullmatch(r"\d+(\.\d+)?", digits) else Decimal(0)


def yuan(found: re.Match[str]) -> Decimal:
    """The amount that a pattern with `number` and `unit` has matched, in yuan; 万 alone is 万元, and so is no unit."""
    return number(found["number"]) * _unit(found)


def half_unit(found: re.Match[str]) -> Decimal:
    """Half a printed unit in yuan, at most that of two decimals of 万元: `3万元` is no rounded figure."""
    return min(last_digit(found["number"]) * _unit(found) / 2, HALF)


def last_digit(printed: str) -> Decimal:
    """One of the last digit of a printed figure (3.50 → 0.01)."""
    return Decimal(10) ** -len(printed.partition(".")[2])


def rounded_percent(printed: str, part: Decimal, whole: Decimal) -> Decimal:
    """What a printed per cent may be off by: half of its last digit, and what the roundings of the two amounts, in yuan
    and printed as 0.01万元, come to."""
    return last_digit(printed) / 2 + rounded_amounts(part, whole)


def rounded_amounts(part: Decimal, whole: Decimal) -> Decimal:
    """What the roundings of two amounts, in yuan and printed as 0.01万元, come to in the per cent that they make."""
    return 100 * HALF / whole + 100 * HALF * part / whole**2


def _unit(found: re.Match[str]) -> Decimal:
    return YUAN_PER_UNIT[found["unit"] if found["unit"].endswith("元") else f"{found['unit'] or '万'}元"]


def bare(label: str) -> str:
    """The name of a use without what names of uses are dressed in: `开展培训费` and `培训成本` are both `培训`."""
    text = fold(label)
    for _ in range(3):
        text = pattern("dress").sub("", text)
    return text


@cache
def claims() -> Any:
    """The totals that sentences state, as `checks/claims.toml` lists them."""
    return tomllib.loads(files("queries").joinpath("checks/claims.toml").read_text("utf-8"))


def numeral(text: str) -> int | None:
    """A count in digits or in Chinese numerals up to 99; None for anything else."""
    if text.isascii() and text.isdigit():
        return int(text)
    digits = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
    tens, ten, ones = text.rpartition("十")
    if ten:
        return 10 * digits.get(tens, 1) + digits.get(ones, 0)
    return digits.get(text)
