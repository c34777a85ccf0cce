"""The grammar of a year-on-year sentence: SUBJECT AMOUNT，占 SHARE，比上年预算 DIRECTION DELTA，WORD PERCENT."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from extract.narrative.compared_subjects import Subject, item, subject_before, total, with_amount_before
from extract.narrative.wording import AMOUNT, UNIT, filled, number, one_of, wording
from ontology.findings import said
from ontology.money import YUAN_PER_UNIT, half_width

_FURTHER = re.compile("[，,、]?(?:但|而|同时|并)?")  # between two comparisons of the same amount
_COMPARED_END = "(?:相比较?|比较|对比|相比)$"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison with the year before, `start` and `end` its offsets in the text; its reason comes after `end`.

    `doubts` are what is not printed as it should be: blanks left in the template, words that contradict each other.
    `against` is what a further comparison of the same amount is made with (上年执行数), None for the first.
    """

    start: int
    end: int
    subject: str
    path: tuple[str, ...] | None
    amount: Decimal | None
    unit: str
    share: Decimal | None
    direction: str
    delta: Decimal | None
    percent: Decimal | None
    doubts: tuple[str, ...]
    against: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """The offsets of a comparison with an amount before it of which it is not clear what it compares."""

    start: int
    end: int


def comparisons(
    text: str, line_starts: frozenset[int], *, three_public: bool, spent_in: int | None = None
) -> Iterator[Comparison | Unread]:
    """The comparisons of a section in order. One without an amount of its own inside a reason is a part of the reason.

    `line_starts` are the offsets at which printed lines begin. `three_public`: the lines of “三公”经费 are compared
    without the words 比上年 and have their amounts in the sentence before. `spent_in` is the year of final accounts.
    """
    end = 0
    last: Subject | None = None
    told: set[str] = set()
    for match in _movement(three_public).finditer(text):
        if not (match["compared"] or match["item"]) or _only_explained(match, told):
            continue
        if with_own_budget(match["compared"] or "", spent_in):
            continue
        subject = _subject(text, match, end, line_starts)
        if subject and _named_again(subject, match["repeated"]):
            end, last = match.end(), subject
            told.add(subject.name)
            yield _comparison(subject, match)
        elif last and match["compared"] and _FURTHER.fullmatch(text, end, match.start()):
            end = match.end()
            of_same = replace(last, start=match.start(), again=None)
            yield replace(_comparison(of_same, match), against=_against(match))
        elif with_amount_before(text, end, match.start()):
            yield Unread(match.start(), match.end())


def with_own_budget(compared: str, year: int | None) -> bool:
    """Whether final accounts of a year are compared with its budget: 与2020年度预算相比."""
    return year is not None and re.search(rf"{year}年度?(?:年初|全年|调整)?预算", compared) is not None


def _subject(text: str, match: re.Match[str], end: int, line_starts: frozenset[int]) -> Subject | None:
    """What is compared: a line of “三公”经费, a total named behind 与上年相比， or what stands before it."""
    if match["item"]:
        return item(text, match)
    return total(text, match) if match["total"] else subject_before(text, end, match.start(), line_starts)


def _only_explained(match: re.Match[str], told: Set[str]) -> bool:
    """Whether a line of “三公”经费 that was compared before is named for its reason alone: 持平的主要原因是."""
    known = match["item"] and any(name.startswith(match["item"]) for name in told)
    return bool(known) and match["compared"] is None and match.string.startswith("的", match.end())


def _against(match: re.Match[str]) -> str:
    """What is compared with, without the words that say so: 比上年执行数 → 上年执行数."""
    words = str(match["compared"])
    return re.sub(_COMPARED_END, "", words.lstrip("相比较与同和跟")) or words


def _named_again(subject: Subject, repeated: str | None) -> bool:
    """Whether the words between 比上年 and the direction, if any, speak of the same side of the budget."""
    return all(side in subject.name for side in "收支" if side in (repeated or ""))


def _comparison(subject: Subject, match: re.Match[str]) -> Comparison:
    return Comparison(
        start=subject.start,
        end=match.end(),
        subject=subject.name,
        path=subject.path,
        amount=subject.amount,
        unit=subject.unit,
        share=subject.share,
        direction=match["direction"] or match["unchanged"],
        delta=_difference(subject, match),
        percent=number(match["percent"] or match["only_percent"]),
        doubts=tuple(_doubts(subject, match)),
    )


def _difference(subject: Subject, match: re.Match[str]) -> Decimal | None:
    """The difference in the unit of the amount, whichever it is printed in."""
    delta, unit = number(match["delta"] or match["later"]), match["unit"] or match["later_unit"]
    if delta is None or unit is None or unit == subject.unit:
        return delta
    return delta * YUAN_PER_UNIT[unit] / YUAN_PER_UNIT[subject.unit]


def _doubts(subject: Subject, match: re.Match[str]) -> Iterator[str]:
    direction, word = match["direction"] or match["unchanged"], match["word"] or ""
    delta, unit = number(match["delta"] or match["later"]), match["unit"] or match["later_unit"]
    before = number(match["before"]) if match["compared"] else None
    if subject.amount is None:
        yield said("change_without_amount")
    elif subject.again is not None and subject.again != subject.amount:
        yield said("two_amounts", amount=subject.amount, again=subject.again)
    elif delta and _rises(direction) and unit == subject.unit and delta > subject.amount:
        yield said("grown_beyond", amount=subject.amount, delta=delta)
    elif before is not None and delta and {unit, match["before_unit"] or unit} == {subject.unit}:
        yield from _not_the_sum(subject.amount, before, delta, direction)
    if unit and delta is None:
        yield said("blank_difference")
    if word and match["percent"] is None:
        yield said("blank_percent")
    if match["opposed"]:
        yield said("opposed_directions", one=match["opposed"], other=direction)
    if "（" in direction or "(" in direction:
        yield said("open_choice", direction=direction)
    elif delta and word and _rises(direction) != _rises(word):
        yield said("opposed_directions", one=direction, other=word)
    if unit and unit != subject.unit:
        yield said("other_unit", unit=unit, other=subject.unit)


def _not_the_sum(amount: Decimal, before: Decimal, delta: Decimal, direction: str) -> Iterator[str]:
    """Whether last year's figure and the difference give this year's, within print rounding."""
    computed = before + (delta if _rises(direction) else -delta)
    if abs(computed - amount) > 3 * max(map(half_width, (amount, before, delta))):
        yield said("difference_fails", before=before, direction=direction, delta=delta, amount=amount)


def _rises(word: str) -> bool:
    return word in wording("changes")["up"]


@cache
def _movement(three_public: bool) -> re.Pattern[str]:
    """The words of a comparison: 比上年预算增加 4.48 万元，增长 0.82%; in “三公”经费 also 公务接待费增加…."""
    words = wording("changes")
    plain = one_of(words["up"] + words["down"])
    moved = rf"{plain}(?:[（(]{plain}[)）])?"
    item = one_of(words["three_public"].values()) if three_public else "(?!)"
    once_more = rf"[（(]?{words['again']}"
    percent = rf"{once_more}(?P<word>{moved}){words['before_percent']}(?P<percent>{AMOUNT})?[%％][)）]?"
    later = rf"{once_more}{moved}(?P<later>{AMOUNT})(?P<later_unit>{UNIT})[)）]?"
    return re.compile(
        rf"(?:(?:(?<=[。；;：:，,])|(?<=其中))(?P<item>{item}){words['after_item']})?(?P<compared>{one_of(words['compared'])})?"
        rf"{filled(words['last_year'])}[，,]?"
        rf"(?:(?:本年)?(?P<total>{words['total']})|(?P<repeated>{words['repeated']})){words['each']}(?:(?P<direction>{moved})(?:(?P=direction)|{words['after_direction']})?(?:(?P<delta>{AMOUNT})?(?P<unit>{UNIT})(?:[，,、；;]?{percent})?"
        rf"|(?P<only_percent>{AMOUNT})[%％](?:[，,、]?{later})?)|(?P<opposed>{plain})?(?P<unchanged>{one_of(words['unchanged'])}))"
    )
