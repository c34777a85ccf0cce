"""Printed targets, last year's values and weights of performance indicators."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal

from extract.performance.terms import terms, words
from ontology.errors import NotAnAmount
from ontology.money import amount, is_amount
from ontology.text import key, tight

Operator = Literal[">=", "<=", "=", ">", "<"]
_OPERATORS: dict[str, Operator] = {">=": ">=", "<=": "<=", "=": "=", ">": ">", "<": "<"}

# Full-width ASCII to ASCII, sign by sign: NFKC would also turn ㎡ into m2.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_NUMBER = re.compile(r"(?P<value>\d[\d,]*(?:\.\d+)?)(?P<unit>\D{0,12})")
_DATE = re.compile(
    r"(?P<year>20\d\d)年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?(?:底|末)?(?:以前|之前|前)?"
    r"|(?P<iso>20\d\d(?P<sign>[-/.])\d{1,2}(?P=sign)\d{1,2})"
)
_IN_BRACKETS = re.compile(r"\([^()]+\)")  # only a unit stands so behind a number
_OR_OTHERWISE = re.compile(r"([^()]+)\(([^()]+)\)")
_SHORT = re.compile("[^的/]{1,4}(?:/[^的/]{1,4})?")
_OF_TIME = re.compile("[年月日前后底末至到]")
_WEIGHT = re.compile(r"(\d+(?:\.\d+)?)[分%]?")


@dataclass(frozen=True, slots=True)
class Target:
    """A printed target, `raw` without white space.

    kind      what is set
    number    value, op and unit where printed (`＞=20 家` → `>=`, 20, 家)
    date      date: ISO, as exact as printed (`2025-12-10`, `2025-10`, `2025`), op where printed
    words     nothing: a qualitative target (`效果明显`, `=效果明显`)
    unread    nothing: digits that are neither a number with a unit nor a date
    """

    kind: Literal["number", "date", "words", "unread"]
    raw: str
    op: Operator | None = None
    value: Decimal | None = None
    unit: str | None = None
    date: str | None = None


def target(printed: str) -> Target:
    """What a printed target says. Line breaks inside count for nothing (`＜ =32.5 8 万元` is `<=`, 32.58, 万元)."""
    raw = words(printed)
    op, rest = _operator(raw.translate(_HALF_WIDTH))
    iso = iso_date(rest)
    if iso:
        return Target("date", raw, op=op, date=iso)
    match = _NUMBER.fullmatch(rest)
    if match and is_amount(match["value"]):
        unit, bound = _bound(match["unit"])
        if not (op and bound) and (_IN_BRACKETS.fullmatch(match["unit"]) or _is_unit(unit, op or bound)):
            return Target("number", raw, op=op or bound, value=amount(match["value"]), unit=unit)
    is_unread = not rest or any(sign.isdigit() for sign in rest) or op not in (None, "=")
    return Target("unread" if is_unread else "words", raw)


def target_of(name: str, printed: str) -> Target:
    """What the target of the indicator `name` says.

    Its name, or what is measured, may be printed before it (`满意度不低于80%`, `满意率100%`), and a sentence around the
    one number with a word of comparison before it and a unit behind it (`开展至少1次团体心理治疗`).
    """
    said, rest = target(printed), words(printed).removeprefix(words(name))
    if said.kind == "unread" and rest != said.raw and _operator(rest.translate(_HALF_WIDTH))[0]:
        number = target(rest)
        return replace(number, raw=said.raw) if number.kind == "number" else said
    return _of_sentence(said) or said if said.kind == "unread" else said


def _of_sentence(said: Target) -> Target | None:
    """The number that a sentence sets, None where it holds more than one, or one without comparison or unit."""
    match = _sentence().fullmatch(said.raw.translate(_HALF_WIDTH))
    if not match or not is_amount(match["value"]):
        return None
    op = _OPERATORS[terms().operators[match["op"]]] if match["op"] else None
    return Target("number", said.raw, op=op, value=amount(match["value"]), unit=match["unit"])


def previous(printed: str) -> str | None:
    """Last year's value as printed, None for `/`, `-` and blank."""
    value = words(printed)
    return None if not value or key(value) in terms().nothing else value


def weight(printed: str) -> Decimal | None:
    """The weight in points (`10`, `10分`), None for a blank. Raises NotAnAmount for anything else."""
    value = key(printed)
    match = _WEIGHT.fullmatch(value)
    if value and not match:
        raise NotAnAmount(f"'{tight(printed)}' is not a weight")
    return Decimal(match[1]) if match else None


def _operator(text: str) -> tuple[Operator | None, str]:
    for word, sign in terms().operators.items():
        if text.startswith(word):
            return _OPERATORS[sign], text[len(word) :]
    return None, text


def _bound(text: str) -> tuple[str | None, Operator | None]:
    """The unit, and the operator that a word behind it stands for (`%以上` → `%`, `>=`)."""
    for word, sign in _bounds():
        if text.endswith(word):
            return _unbracketed(text[: -len(word)]) or None, _OPERATORS[sign]
    return _unbracketed(text) or None, None


def _unbracketed(unit: str) -> str:
    """A unit without brackets around it, with those that hold another word for it (`台(套)`)."""
    return unit if _OR_OTHERWISE.fullmatch(unit) else unit.strip("()")


def _is_unit(unit: str | None, op: Operator | None) -> bool:
    """Whether what follows a number is its unit: a known one, or behind an operator a short word not of time.

    What is longer says more than the unit (`不低于50人次的个体心理咨询辅导`).
    """
    either = _OR_OTHERWISE.fullmatch(unit or "")
    if not unit or key(unit) in terms().units or (either and {key(one) for one in either.groups()} <= terms().units):
        return True
    return op is not None and _SHORT.fullmatch(unit) is not None and not _OF_TIME.search(unit)


@cache
def _sentence() -> re.Pattern[str]:
    compared = "|".join(re.escape(word) for word in terms().operators if len(word) > 1 and word.isalpha())
    measured, units = (
        "|".join(terms().measures),
        "|".join(sorted(map(re.escape, terms().units), key=lambda u: (-len(u), u))),
    )
    number = r"(?P<value>\d[\d,]*(?:\.\d+)?)"
    return re.compile(rf"\D*?(?:(?P<op>{compared})|\D(?:{measured})(?=[\d.]+%$)){number}(?P<unit>{units})\D*")


@cache
def _bounds() -> tuple[tuple[str, str], ...]:
    return tuple(terms().bounds.items())


def iso_date(text: str) -> str | None:
    """A printed date in ISO form, as exact as printed (`2025/1/1` → `2025-01-01`); None for anything else."""
    match = _DATE.fullmatch(text)
    if not match:
        return None
    parts = re.split(r"[-/.]", match["iso"]) if match["iso"] else [match["year"], match["month"], match["day"]]
    year, month, day = [*parts]
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])
