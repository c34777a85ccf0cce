"""What a year-on-year sentence compares: its name, 类款项, amount and share, read backwards from 比上年."""

import re
from collections import deque
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from extract.narrative.wording import AMOUNT, NUMBERING, UNIT, number, one_of, wording
from ontology.money import YUAN_PER_UNIT

_LONGEST_HEAD = 400  # characters from where a subject begins to where it is compared
_NUMBERING = re.compile("^" + NUMBERING)
_NUMBERED = re.compile(NUMBERING + r"(?!\d)")
_WITH_BUDGET = re.compile(rf"(?<=。)[与较比](?:年初|全年|调整)?预算数?(?:{AMOUNT}{UNIT})?(?:相比|比较)?[，,][^。]*。$")
_ALONE = re.compile(rf"。(?:(?:此外|另外)[，,])?(?![与较比])[^。；;：:，,、\d]{{2,30}}{AMOUNT}{UNIT}。$")
_LIST = re.compile(r"(?:^|[。；;])(?:其中|(?:主要|具体)?包括|具体为)[：:，,]?[^。]*。$")
_UP_TO_YEAR = re.compile(r"^.*20\d\d年度?的?(?:本(?:部门|单位))?")
_FROM_YEAR = re.compile(r"20\d\d年.*$")
_BUDGET_THEN_SPENT = re.compile(
    rf"(?:支出)?(?:年初|全年|调整后?)?预算数?为?{AMOUNT}{UNIT}[，,](?:支出)?决算数?(?:为|是)?$"
)
_LAST_PART = re.compile(r"^.*[，,](?!\d{3})")
_NAME = r"(?:(?![（(][类款项][)）])[^。；;：:])+?"
_CLASS = r"[^。；;：:，,、.．“”\"（()）\d]+"
_LONE = r"(?:(?![（(][类款项][)）])[^。；;：:，,\d])+?"
_ITEM_NUMBER = r"(?:[（(]?\d{1,2}[)）.．、]{1,2})?"
_DIGITS = r"\d{0,7}"
_JOINT = "[-—－–]?"  # what some print between the parts of a path
_GROUP_AND_ITEM = (
    rf"{_DIGITS}(?P<group>{_NAME}){_DIGITS}[（(]款[)）]{_JOINT}(?:{_DIGITS}(?P<item>{_NAME}){_DIGITS}[（(]项[)）])?"
)
_OWN_BUDGET = rf"(?:年初预算数?为?{AMOUNT}{UNIT}[，,])?"
_BEFORE_AMOUNT = rf"[”\"]?[：:，,]?{_OWN_BUDGET}(?:20\d\d年度?)?[^。；;：:\d]{{0,12}}?"
_PATHS = (
    rf"{_ITEM_NUMBER}{_DIGITS}(?P<class>{_CLASS}){_DIGITS}[（(]类[)）]{_JOINT}"
    rf"(?:{_ITEM_NUMBER}(?:{_GROUP_AND_ITEM}|{_DIGITS}(?P<lone>{_LONE}){_DIGITS}[（(]项[)）]))?",
    rf"{_ITEM_NUMBER}(?={_DIGITS}{_CLASS}[（(]){_GROUP_AND_ITEM}",
    rf"{_ITEM_NUMBER}(?P<lone>{_CLASS})[（(]项[)）]",
)
_PARTS = ("class", "group", "item", "lone")
_BARE = re.compile(r"(?P<subject>[^。；;：:]*)$")
_SENTENCE = re.compile(r"[^。]*。$")
_OF_WHICH = "其中"
_STOP = re.compile("[。；;]")
_PUNCTUATION = re.compile(r"[，,：:；;（(]+$")
_MONEY = re.compile(rf"(?P<amount>{AMOUNT})(?P<unit>{UNIT})")
_BEFORE_PARAGRAPH = ("", "。", "；", ";", "：", ":")


@cache
def _amount_and_share() -> str:
    """The amount of what is compared, its share in a whole, its use; 购置为0 may go without a unit.

    An amount is taken from its first digit and whole, so that long runs of digits are looked through once.
    """
    whole = rf"(?:(?<!\d)|(?=[-−]))(?P<amount>(?>{AMOUNT}))"
    amount = rf"(?:(?:{whole})?(?P<unit>{UNIT})|(?<=为)(?P<nothing>0(?:\.0+)?))"
    share = rf"(?:[，,（(]占[^，,。；;\d%％]*(?P<share>{AMOUNT})?[%％][)）]?)?"
    return rf"{amount}{share}(?:{one_of(wording('changes')['between'])})?[，,。]?$"


@cache
def _codes() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"{path}{_BEFORE_AMOUNT}{_amount_and_share()}") for path in _PATHS)


@cache
def _clause() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[。；;：:]))(?P<subject>[^。；;：:]*?){_amount_and_share()}")


@dataclass(frozen=True, slots=True)
class Subject:
    start: int
    name: str
    path: tuple[str, ...] | None = None
    amount: Decimal | None = None
    unit: str = "万元"
    share: Decimal | None = None
    again: Decimal | None = None


def item(text: str, match: re.Match[str]) -> Subject:
    """A line of “三公”经费, its amount as printed behind its name, else as an earlier sentence gives it."""
    printed = match["item"]
    if match["before"]:
        return Subject(match.start(), printed, None, number(match["before"]), match["before_unit"] or "万元")
    stated = _stated(text, match.start(), re.escape(printed))
    for spelling in wording("changes")["three_public"].values():
        if stated is None and re.fullmatch(spelling, printed):
            stated = _stated(text, match.start(), spelling)
    return Subject(match.start(), printed, None, *_money(stated))


def total(text: str, match: re.Match[str]) -> Subject | None:
    """A total named behind 与上年相比，, its amount as an earlier sentence gives it; None where none does."""
    stated = _stated(text, match.start(), re.escape(match["total"]))
    return Subject(match.start(), match["total"], None, *_money(stated)) if stated else None


def _stated(text: str, end: int, name: str) -> re.Match[str] | None:
    """The last sentence before that gives the amount of what has this name."""
    after = wording("changes")["after_distinctive"]
    found = re.compile(rf"{name}{after}(?P<amount>{AMOUNT})(?P<unit>{UNIT})").finditer(text, 0, end)
    return next(iter(deque(found, maxlen=1)), None)


def _money(stated: re.Match[str] | None) -> tuple[Decimal | None, str]:
    return (number(stated["amount"]), stated["unit"]) if stated else (None, "万元")


def subject_before(text: str, start: int, end: int, line_starts: frozenset[int]) -> Subject | None:
    """What is compared, read backwards from the comparison; None where the words belong to a reason."""
    start = max(start, end - _LONGEST_HEAD)
    told = _where_told(text, start, end, line_starts)
    segment = _whole(text[start:told]) if told else None
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
    side = _side(text, start + bare.start(), end) if bare else None
    if side:
        return side
    name = _distinctive(bare["subject"]) if bare else None
    if not bare or not name:
        return None
    elsewhere = (words for form, words in wording("changes")["stated_as"].items() if re.fullmatch(form, name))
    stated = _stated(text, end, next(elsewhere, re.escape(name)))
    return Subject(start + bare.start(), name, None, *_money(stated))


def _where_told(text: str, start: int, end: int, line_starts: frozenset[int]) -> int | None:
    """Where the words end that say what a sentence of its own compares (。与上年相比，): behind the amount of one
    that names nothing else, or the first of a numbered paragraph that has further ones, none of them greater; before a
    comparison with the budget. None where it is not clear whether the whole or the last of a list is compared."""
    with_budget = _WITH_BUDGET.search(text, start, end)
    if with_budget:
        return _where_told(text, start, with_budget.start(), line_starts)
    if not text.endswith("。", start, end) or _ALONE.search(text, start, end):
        return end
    numbered = (line for line in line_starts if start <= line < end and _NUMBERED.match(text, line))
    first = max((line for line in numbered if text[line - 1 : line] in _BEFORE_PARAGRAPH), default=None)
    if first is None:
        listed = _LIST.search(text, start, end)
        return None if listed and len(_MONEY.findall(listed[0])) > 1 else end
    amounts = list(_MONEY.finditer(text, first, end))
    if len(amounts) > 1 and _BUDGET_THEN_SPENT.search(text, first, amounts[1].start()):
        amounts = amounts[1:]
    if len(amounts) < 2:
        return end
    return amounts[0].end() if _in_yuan(amounts[0]) >= max(map(_in_yuan, amounts)) else None


def _in_yuan(amount: re.Match[str]) -> Decimal:
    return (number(amount["amount"]) or Decimal(0)) * YUAN_PER_UNIT[amount["unit"]]


def _side(text: str, start: int, end: int) -> Subject | None:
    """One side of the budget, or both, that a sentence compares by no other name (收支较上年减少), its amount as the
    sentence before gives it; None where the amount of another side comes in between."""
    told = [(stated, side) for side in wording("changes")["sides"] if (stated := _stated(text, start, side["stated"]))]
    for stated, side in sorted(told, key=lambda one: one[0].start())[-1:]:
        if re.fullmatch(side["words"], text[start:end]):
            return Subject(start, side["name"], None, *_money(stated))
    return None


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


def _coded(match: re.Match[str], start: int) -> Subject:
    names = match.groupdict()
    path = tuple(name for part in _PARTS if (name := names.get(part)))
    return Subject(start + match.start(), path[-1], path, *_figures(match), number(match["again"]))


def _of_clause(match: re.Match[str], start: int) -> Subject | None:
    words = match["subject"]
    if re.search(one_of([*wording("changes")["up"], *wording("changes")["down"]]) + "了?$", words):
        return None  # the amount is a difference
    if _is_last_of_parts(match):
        return None
    name = _distinctive(words) or _own_name(words)
    return Subject(start + match.start(), name, None, *_figures(match)) if name else None


def _is_last_of_parts(match: re.Match[str]) -> bool:
    """Whether other parts stand between 其中 and the last of them, so that the whole may be what is compared."""
    before, of_which, parts = match.string[: match.end("subject")].rpartition(_OF_WHICH)
    in_sentence = of_which and _STOP.search(parts) is None and _MONEY.search(_STOP.split(before)[-1])
    return bool(in_sentence) and _MONEY.search(_BUDGET_THEN_SPENT.sub("", parts)) is not None


def _own_name(words: str) -> str:
    """The name without what stands around it; where behind the year is none (住房公积金2025年预算), that before."""
    words = _BUDGET_THEN_SPENT.sub("", words) or words
    words = _LAST_PART.sub("", _NUMBERING.sub("", words))
    after, before = _bare_name(_UP_TO_YEAR.sub("", words)), _bare_name(_FROM_YEAR.sub("", words))
    nameless = re.compile(wording("changes")["nameless"])
    if after and not nameless.fullmatch(after):
        return after
    return after if nameless.fullmatch(before) or re.search(r"\d", before) else before


def _bare_name(words: str) -> str:
    bare = re.sub("^" + wording("changes")["before_name"], "", _NUMBERING.sub("", words).removeprefix("其中"))
    return re.sub(wording("changes")["before_amount"] + "$", "", bare)


def _of_heading(subject: Subject | None, text: str) -> Subject | None:
    """The subject, called as the numbered heading over it says where its own words say too little (支出 2.05万元)."""
    if not subject or not re.fullmatch(wording("changes")["vague"], subject.name):
        return subject
    over = wording("changes")["over_vague"].replace("{numbering}", NUMBERING)
    found = list(re.finditer(over, text[max(0, subject.start - _LONGEST_HEAD) : subject.start + 1]))
    if not found:
        return None if subject.name.startswith(("预算", "决算")) else subject
    return replace(subject, name=found[-1]["name"])


def _after_reason_without_stop(match: re.Match[str], start: int, line_starts: frozenset[int]) -> Subject | None:
    """A subject known by name that begins a line, after a reason that was left without its full stop."""
    named = re.search(one_of(wording("changes")["named"]) + "$", match["subject"])
    offset = start + match.start() + named.start() if named else -1
    return Subject(offset, named.group(), None, *_figures(match)) if named and offset in line_starts else None


def _figures(match: re.Match[str]) -> tuple[Decimal | None, str, Decimal | None]:
    return number(match["amount"] or match["nothing"]), match["unit"] or "万元", number(match["share"])


def _distinctive(words: str) -> str | None:
    """The subject known by name that the words end with, whatever stands before it."""
    names, after = one_of(wording("changes")["distinctive"]), wording("changes")["after_distinctive"]
    found = re.search(rf"(?P<name>{names}){after}$", words)
    return found["name"] if found else None


def _is_reason(words: str) -> bool:
    return re.search(one_of(wording("changes")["reason"]), words) is not None


def with_amount_before(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` ends with an amount that something has."""
    return _clause().search(text[max(start, end - _LONGEST_HEAD) : end]) is not None
