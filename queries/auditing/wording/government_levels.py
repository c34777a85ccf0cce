"""Levels of government before the name of a fund or programme, against the level its project bears in the tables."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import passages
from queries.auditing.patterns import full_width, pattern, spelled, tight
from queries.auditing.performance.forms import forms
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal

_LONG = 6  # characters that two names of one fund share at least, where neither stands whole in the other


@dataclass(frozen=True, slots=True)
class Mention:
    """A fund under a level of government: the level, its year ("" for none), the bare name, as printed, where; `named`
    tells the name of a project from words of the text."""

    level: str
    year: str
    fund: str
    printed: str
    at: str
    named: bool


def levels(rule: Rule, book: Book) -> Iterator[Signal]:
    """Funds that the text gives to another level than the only one under which projects are named, and funds that one
    place gives to another level than all others, two at least, where no project is named so.

    Two funds of one name at two levels, both named by projects, are right; so are funds of other years and regulations.
    """
    held = list(dict.fromkeys(_mentions(book)))
    amiss: dict[tuple[str, Mention], list[Mention]] = {}
    for one in (one for one in held if not one.named):
        like = [other for other in held if other is not one and _alike(one, other)]
        named = [other for other in like if other.named]
        known = named or like
        found = {other.level for other in known}
        if len(found) == 1 and one.level not in found and (named or len(like) > 1):
            amiss.setdefault((one.level, known[0]), []).append(one)
    for (_, known_one), some in amiss.items():
        left = Side(some[0].printed, None, book.evidence(" ".join(one.at for one in some)))
        yield signal(rule, book, some[0].fund, left, Side(known_one.printed, None, book.evidence(known_one.at)))


def _alike(one: Mention, other: Mention) -> bool:
    """Whether two mentions are of one fund and not of two years."""
    shorter, longer = sorted((one.fund, other.fund), key=len)
    shared = len(shorter) if longer.startswith(shorter) else _LONG
    return one.fund[:shared] == other.fund[:shared] and (one.year == other.year or not (one.year and other.year))


def _mentions(book: Book) -> Iterator[Mention]:
    """Every fund under a level: in names of projects and forms, in goals, in text but for duties and definitions."""
    for row in book.asked("projects"):
        yield from _found(tight(row["name"]), lambda *_, at=str(row["at"]): at, named=True)
    for form in forms(book):
        yield from _found(form.name, lambda *_, at=form.at: at, named=True)
        yield from _found(form.goal, lambda *_, at=form.at: at, named=False)
    for passage in passages(book):
        if not pattern("no_funds").search(passage.section):
            yield from _found(passage.text, passage.places, named=False)


def _found(words: str, places: Callable[[int, int], str], *, named: bool) -> Iterator[Mention]:
    text = full_width(tight(words))
    for found in pattern("fund_of_level").finditer(text):
        level = next((name for name, form in spelled("fund_levels").items() if re.fullmatch(form, found["level"])), "")
        fund = _bare(found["fund"])
        before = text[_begin_of_clause(text, found.start()) : found.start()]
        told = named or not pattern("fund_of_others").search(before)
        if level and told and _is_fund(fund):
            year = found["year"] or found["year_"] or ""
            printed = re.split("的?通知", found[0])[0]
            yield Mention(level, year, fund, printed, places(*found.span()), named)


def _begin_of_clause(text: str, place: int) -> int:
    """Where the words before a place begin behind the last 。 or ；."""
    begin = text.rfind("。", 0, place) + 1
    return max(begin, text.rfind("；", begin, place) + 1)


def _is_fund(words: str) -> bool:
    """Whether words are the name of a fund or programme and tell which."""
    telling = pattern("fund_general").sub("", words)
    return len(telling) > 1 and pattern("fund_word").search(words) is not None and not pattern("no_fund").search(words)


def _bare(fund: str) -> str:
    """The name of a fund without quotation marks and without what names end in: `专项资金预算的通知`."""
    for _ in range(3):
        fund = pattern("fund_dress").sub("", fund)
    return fund
