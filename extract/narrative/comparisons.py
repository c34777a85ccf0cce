"""The grammar of a year-on-year sentence: SUBJECT AMOUNT，占 SHARE，比上年预算 DIRECTION DELTA，WORD PERCENT."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from extract.narrative.wording import AMOUNT, NUMBERING, UNIT, filled, number, one_of, wording
from ontology.money import half_width

_LONGEST_HEAD = 400  # characters from where a subject begins to where it is compared
_NUMBERING = re.compile("^" + NUMBERING)
_UP_TO_YEAR = re.compile(r"^.*20\d\d年度?的?(?:本(?:部门|单位))?")
_LAST_PART = re.compile(r"^.*[，,](?!\d{3})")
_NAME = r"(?:(?![（(][类款项][)）])[^。；;：:])+?"
_CLASS = r"[^。；;：:，,、.．“”\"（()）\d]+"
_LONE = r"(?:(?![（(][类款项][)）])[^。；;：:，,\d])+?"
_ITEM_NUMBER = r"(?:[（(]?\d{1,2}[)）.．、]{1,2})?"
_GROUP_AND_ITEM = rf"(?P<group>{_NAME})[（(]款[)）](?:(?P<item>{_NAME})[（(]项[)）])?"
_BEFORE_AMOUNT = r"[”\"]?[：:，,]?(?:20\d\d年度?)?[^。；;：:\d]{0,12}?"
_PATHS = (
    rf"{_ITEM_NUMBER}(?P<class>{_CLASS})[（(]类[)）](?:{_ITEM_NUMBER}(?:{_GROUP_AND_ITEM}|(?P<lone>{_LONE})[（(]项[)）]))?",
    rf"{_ITEM_NUMBER}(?={_CLASS}[（(]){_GROUP_AND_ITEM}",
    rf"{_ITEM_NUMBER}(?P<lone>{_CLASS})[（(]项[)）]",
)
_PARTS = ("class", "group", "item", "lone")
_BARE = re.compile(r"(?P<subject>[^。；;：:]*)$")
_SENTENCE = re.compile(r"[^。]*。$")
_OF_WHICH = "其中"
_PUNCTUATION = re.compile(r"[，,：:；;（(]+$")
_MONEY = re.compile(AMOUNT + UNIT)


@cache
def _amount_and_share() -> str:
    """The amount of what is compared, its share in a whole, its use; 购置为0 may go without a unit."""
    amount = rf"(?:(?P<amount>{AMOUNT})?(?P<unit>{UNIT})|(?<=为)(?P<nothing>0(?:\.0+)?))"
    share = rf"(?:[，,（(]占[^，,。；;\d%％]*(?P<share>{AMOUNT})?[%％][)）]?)?"
    return rf"{amount}{share}(?:{one_of(wording('changes')['between'])})?[，,。]?$"


@cache
def _codes() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"{path}{_BEFORE_AMOUNT}{_amount_and_share()}") for path in _PATHS)


@cache
def _clause() -> re.Pattern[str]:
    return re.compile(rf"(?P<subject>[^。；;：:]*?){_amount_and_share()}")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison with the year before, `start` and `end` its offsets in the text; its reason comes after `end`.

    `doubts` are what is not printed as it should be: blanks left in the template, words that contradict each other.
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


@dataclass(frozen=True, slots=True)
class Unread:
    """The offsets of a comparison with an amount before it of which it is not clear what it compares."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Subject:
    start: int
    name: str
    path: tuple[str, ...] | None = None
    amount: Decimal | None = None
    unit: str = "万元"
    share: Decimal | None = None
    again: Decimal | None = None


def comparisons(text: str, line_starts: frozenset[int], *, three_public: bool) -> Iterator[Comparison | Unread]:
    """The comparisons of a section in order. One without an amount of its own inside a reason is a part of the reason.

    `line_starts` are the offsets at which printed lines begin. `three_public`: the lines of “三公”经费 are compared
    without the words 比上年 and have their amounts in the sentence before.
    """
    end = 0
    for match in _movement(three_public).finditer(text):
        if not (match["compared"] or match["item"]):
            continue
        subject = _item(text, match) if match["item"] else _subject(text, end, match.start(), line_starts)
        if subject and _named_again(subject, match["repeated"]):
            end = match.end()
            yield _comparison(subject, match)
        elif _clause().search(text[max(end, match.start() - _LONGEST_HEAD) : match.start()]):
            yield Unread(match.start(), match.end())


def _named_again(subject: _Subject, repeated: str | None) -> bool:
    """Whether the words between 比上年 and the direction, if any, speak of the same side of the budget."""
    return all(side in subject.name for side in "收支" if side in (repeated or ""))


def _comparison(subject: _Subject, match: re.Match[str]) -> Comparison:
    return Comparison(
        start=subject.start,
        end=match.end(),
        subject=subject.name,
        path=subject.path,
        amount=subject.amount,
        unit=subject.unit,
        share=subject.share,
        direction=match["direction"] or match["unchanged"],
        delta=number(match["delta"] or match["later"]),
        percent=number(match["percent"] or match["only_percent"]),
        doubts=tuple(_doubts(subject, match)),
    )


def _doubts(subject: _Subject, match: re.Match[str]) -> Iterator[str]:
    direction, word = match["direction"] or match["unchanged"], match["word"] or ""
    delta, unit = number(match["delta"] or match["later"]), match["unit"] or match["later_unit"]
    before = number(match["before"]) if match["compared"] else None
    if subject.amount is None:
        yield "the amount is not printed"
    elif subject.again is not None and subject.again != subject.amount:
        yield f"its amount is printed as {subject.amount} and as {subject.again}"
    elif delta and _rises(direction) and unit == subject.unit and delta > subject.amount:
        yield f"an amount of {subject.amount} cannot have grown by {delta}"
    elif before is not None and delta and {unit, match["before_unit"] or unit} == {subject.unit}:
        yield from _not_the_sum(subject.amount, before, delta, direction)
    if unit and delta is None:
        yield "the difference is left blank"
    if word and match["percent"] is None:
        yield "the percentage is left blank"
    if "（" in direction or "(" in direction:
        yield f"the template's choice {direction} is left open"
    elif delta and word and _rises(direction) != _rises(word):
        yield f"{direction} and {word} contradict each other"
    if unit and unit != subject.unit:
        yield f"the difference is in {unit}, the amount in {subject.unit}"


def _not_the_sum(amount: Decimal, before: Decimal, delta: Decimal, direction: str) -> Iterator[str]:
    """Whether last year's figure and the difference give this year's, within print rounding."""
    computed = before + (delta if _rises(direction) else -delta)
    if abs(computed - amount) > 3 * max(map(half_width, (amount, before, delta))):
        yield f"{before} last year, {direction} {delta} do not give {amount}"


def _rises(word: str) -> bool:
    return word in wording("changes")["up"]


def _item(text: str, match: re.Match[str]) -> _Subject:
    """A line of “三公”经费, its amount as printed behind its name, else as an earlier sentence gives it."""
    printed = match["item"]
    if match["before"]:
        return _Subject(match.start(), printed, None, number(match["before"]), match["before_unit"] or "万元")
    stated = _stated(text, match.start(), re.escape(printed))
    for spelling in wording("changes")["three_public"].values():
        if stated is None and re.fullmatch(spelling, printed):
            stated = _stated(text, match.start(), spelling)
    return _Subject(match.start(), printed, None, *_money(stated))


def _stated(text: str, end: int, name: str) -> re.Match[str] | None:
    """An earlier sentence that gives the amount of what has this name."""
    after = wording("changes")["after_distinctive"]
    return re.compile(rf"{name}{after}(?P<amount>{AMOUNT})(?P<unit>{UNIT})").search(text, 0, end)


def _money(stated: re.Match[str] | None) -> tuple[Decimal | None, str]:
    return (number(stated["amount"]), stated["unit"]) if stated else (None, "万元")


def _subject(text: str, start: int, end: int, line_starts: frozenset[int]) -> _Subject | None:
    """What is compared, read backwards from the comparison; None where the words belong to a reason."""
    start = max(start, end - _LONGEST_HEAD)
    segment = _whole(text[start:end])
    if segment is None:
        return None
    codes = next(filter(None, (path.search(segment) for path in _codes())), None)
    if codes:
        return _coded(codes, start)
    clause = _clause().search(segment)
    if clause and not _is_reason(clause["subject"]):
        return _of_heading(_of_clause(clause, start), text)
    if clause:
        return _after_reason_without_stop(clause, start, line_starts)
    bare = _BARE.search(segment)
    name = _distinctive(bare["subject"]) if bare else None
    if not bare or not name:
        return None
    stated = _stated(text, end, re.escape(name))
    return _Subject(start + bare.start(), name, None, *_money(stated))


def _whole(segment: str) -> str | None:
    """The words before 比上年 without the parts that a sentence of its own lists after 其中: it compares the whole.

    None where it is not clear whether the whole or its one part is compared.
    """
    sentence = _SENTENCE.search(segment)
    head, of_which, parts = sentence.group().partition(_OF_WHICH) if sentence else ("", "", "")
    if not (sentence and of_which and _clause().search(_PUNCTUATION.sub("", head))):
        return segment
    if len(_MONEY.findall(parts)) < 2:
        return None
    return segment[: sentence.start()] + _PUNCTUATION.sub("", head)


def _coded(match: re.Match[str], start: int) -> _Subject:
    names = match.groupdict()
    path = tuple(name for part in _PARTS if (name := names.get(part)))
    return _Subject(start + match.start(), path[-1], path, *_figures(match), number(match["again"]))


def _of_clause(match: re.Match[str], start: int) -> _Subject | None:
    words = match["subject"]
    rest = _UP_TO_YEAR.sub("", _LAST_PART.sub("", _NUMBERING.sub("", words)))
    rest = re.sub("^" + wording("changes")["before_name"], "", _NUMBERING.sub("", rest).removeprefix("其中"))
    name = re.sub(wording("changes")["before_amount"] + "$", "", rest)
    name = _distinctive(words) or name
    return _Subject(start + match.start(), name, None, *_figures(match)) if name else None


def _of_heading(subject: _Subject | None, text: str) -> _Subject | None:
    """The subject, called as the numbered heading over it says where its own words say too little (支出 2.05万元)."""
    if not subject or not re.fullmatch(wording("changes")["vague"], subject.name):
        return subject
    over = wording("changes")["over_vague"].replace("{numbering}", NUMBERING)
    found = list(re.finditer(over, text[: subject.start + 1]))
    return replace(subject, name=found[-1]["name"]) if found else subject


def _after_reason_without_stop(match: re.Match[str], start: int, line_starts: frozenset[int]) -> _Subject | None:
    """A subject known by name that begins a line, after a reason that was left without its full stop."""
    named = re.search(one_of(wording("changes")["named"]) + "$", match["subject"])
    offset = start + match.start() + named.start() if named else -1
    return _Subject(offset, named.group(), None, *_figures(match)) if named and offset in line_starts else None


def _figures(match: re.Match[str]) -> tuple[Decimal | None, str, Decimal | None]:
    return number(match["amount"] or match["nothing"]), match["unit"] or "万元", number(match["share"])


def _distinctive(words: str) -> str | None:
    """The subject known by name that the words end with, whatever stands before it."""
    names, after = one_of(wording("changes")["distinctive"]), wording("changes")["after_distinctive"]
    found = re.search(rf"(?P<name>{names}){after}$", words)
    return found["name"] if found else None


def _is_reason(words: str) -> bool:
    return re.search(one_of(wording("changes")["reason"]), words) is not None


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
        rf"(?:(?<=[。；;：:，,])(?P<item>{item}){words['after_item']})?(?P<compared>{one_of(words['compared'])})?"
        rf"{filled(words['last_year'])}[，,]?"
        rf"(?P<repeated>{words['repeated']}){words['each']}(?:(?P<direction>{moved})(?:{words['after_direction']})?(?:(?P<delta>{AMOUNT})?(?P<unit>{UNIT})(?:[，,、；;]?{percent})?"
        rf"|(?P<only_percent>{AMOUNT})[%％](?:[，,、]?{later})?)|(?P<unchanged>{one_of(words['unchanged'])}))"
    )
