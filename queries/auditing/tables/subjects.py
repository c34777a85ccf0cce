"""Functional subjects in words: names and paths against the classification, amounts stated twice, kinds of money."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise

from kg.names import fold
from queries.auditing.book import WAN, Book
from queries.auditing.compare import apart, compared, signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import half_unit, number, pattern, priced, spelled, tight, yuan
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.reading import Row

_NEAR = 0.7  # two names of one 款: 科学技术管理服务, 科学技术管理事务


def names(rule: Rule, book: Book) -> Iterator[Signal]:
    """Subjects whose printed name is much like the one that the classification has for their code, and not it.

    The classification is that of one year: documents of earlier years, whose subjects had other names, are passed over.
    """
    known = {str(row["code"]): str(row["name"]) for row in book.asked("codes")}
    for row in book.asked("subjects"):
        official, printed = known.get(str(row["code"]), ""), str(row["item"])
        one, other = plain(fold(printed)), plain(fold(official))
        if (
            (book.year or 0) >= spelled("subject_names_since")
            and one != other
            and get_close_matches(one, [other], 1, _NEAR)
        ):
            yield signal(
                rule, book, str(row["code"]), Side(printed, None, book.evidence(row["evidence"])), Side(official)
            )


def printed_names(rule: Rule, book: Book) -> Iterator[Signal]:
    """Subjects that two tables print under two names: names much alike, one with 支出 at its end and one without, or a
    name that no other code has; one cut short is no other name. Names of other codes are another rule's."""
    names: dict[str, dict[str, Row]] = {}
    for row in book.asked("subjects"):
        names.setdefault(str(row["code"]), {}).setdefault(fold(str(row["item"])), row)
    official = {(str(row["code"]), plain(fold(str(row["name"])))) for row in book.asked("codes")}
    bearers = official | {(code, plain(name)) for code, known in names.items() for name in known}
    for code, known in names.items():
        alone = {name for name in known if not any(plain(name) == one and code != other for other, one in bearers)}
        for one, other in pairwise(sorted(known)):
            apart = {one, other} <= alone and not one.startswith(plain(other)) and not other.startswith(plain(one))
            if get_close_matches(plain(one), [plain(other)], 1, _NEAR) or apart:
                rows = (known[one], known[other])
                left, right = (Side(str(row["item"]), None, book.evidence(row["evidence"])) for row in rows)
                yield signal(rule, book, code, left, right)


def amounts(rule: Rule, book: Book) -> Iterator[Signal]:
    """Items of a subject that state this year's amount twice and differently; in final accounts the executed one."""
    for passage, head, text, start in headed(book):
        first = priced("amount_of_item").match(text, head.end())
        again = priced("executed_amount" if book.executed else "budgeted_again").search(text, head.end())
        if first and again:
            at = [book.evidence(passage.places(start + one.start(), start + one.end())) for one in (first, again)]
            left = Side("开头", yuan(first) / WAN, at[0])
            right = Side("支出决算" if book.executed else "预算安排", yuan(again) / WAN, at[1])
            tolerance = apart(half_unit(first), half_unit(again))
            yield from compared(rule, book, head["third"], left, right, tolerance / WAN)


def executed(rule: Rule, book: Book) -> Iterator[Signal]:
    """Per cents of change against last year's executed figure outside the interval that rounding allows."""
    for passage, head, text, start in headed(book):
        found = priced("against_executed").search(text)
        first = priced("amount_of_item").match(text, head.end())
        if not (found and first):
            continue
        before, now, stated = number(found["before"]), yuan(first) / WAN, number(found["percent"])
        if not before:
            continue
        half = Decimal("0.005")
        due = 100 * abs(now - before) / before
        tolerance = half + 100 * half / before + 100 * half * now / before**2
        at = book.evidence(passage.places(start, start + len(text)))
        left, right = Side(head["third"], stated, at), Side("推算", due.quantize(half * 2), at)
        if abs(stated - due) > tolerance:
            yield signal(
                rule, book, head["third"], left, right, stated - due.quantize(half * 2), tolerance.quantize(half / 50)
            )


def kinds_of_subjects(rule: Rule, book: Book) -> Iterator[Signal]:
    """Money of a kind that the classification does not put under a subject: projects under 行政运行."""
    for row in book.asked("subject_kinds"):
        form = spelled("kind_of_subject").get(str(row["item"]))
        if form and row[form["other"]]:
            amount = Decimal(str(row[form["other"]])) / WAN
            left = Side(form["other_name"], amount, book.evidence(row[f"{form['other']}_at"]))
            yield signal(rule, book, str(row["item"]), left, Side(form["name"]))


def headed(book: Book) -> list[tuple[Passage, re.Match[str], str, int]]:
    """The items of the text that begin with a subject and its amount: passage, its head, words, where they begin."""
    return book.once("headed", lambda: list(_headed(book)))


def _headed(book: Book) -> Iterator[tuple[Passage, re.Match[str], str, int]]:
    for passage in passages(book):
        for text, start in _items(passage):
            head = pattern("subject_head").search(text)
            if head:
                yield passage, head, text, start


def _items(passage: Passage) -> Iterator[tuple[str, int]]:
    """The pieces of a passage that begin with a subject's path, without the number and mark of the next."""
    starts = [found.start() for found in pattern("subject_head").finditer(passage.text)]
    starts = [at for at in starts if at == 0 or _begins(passage.text, at)]
    for at, end in pairwise([*starts, len(passage.text)]):
        yield pattern("lead_of_next").sub("", passage.text[at:end]), at


def _begins(text: str, at: int) -> bool:
    """Whether a subject's path begins an item: one within a reason does not, unless a number stands before it."""
    sentence = max(text.rfind(mark, 0, at) for mark in "。；;") + 1
    reason = "原因" in text[sentence:at] and not pattern("number_before").search(text, sentence, at)
    return text[at - 1] in "0123456789.．、“”:：。；;）) " and not reason


def category(words: str, codes: Mapping[str, str]) -> str | None:
    """The code of the 类 that words end with, by the folded names of the categories; None where they name none."""
    name = fold(pattern("class_mark").sub("", words))
    return next((codes[name[at:]] for at in range(len(name)) if name[at:] in codes), None)


@lru_cache(maxsize=1 << 13)  # every sentence is held against the names of all rows
def plain(name: str) -> str:
    """A name without the 支出 that some prints add at its end, and without what a sentence puts before it."""
    return re.sub(r"支出$", "", tight(name))


def kinds(rule: Rule, book: Book) -> Iterator[Signal]:
    """Subjects of one kind of expenditure alone whose words speak of the other: purposes that are basic expenditure,
    changes explained by works."""
    rows = {plain(fold(str(row["item"]))): row for row in book.asked("subject_kinds")}
    for passage, head, text, start in headed(book):
        row = rows.get(plain(fold(head["third"])), {})
        for form in spelled("kind_of_words"):
            alone = row.get(form["column"]) and not row.get(form["other"])
            found = re.search(form["words"], text[head.end() :]) if alone else None
            if found:
                begin = start + head.end()
                at = book.evidence(passage.places(begin + found.start(), begin + found.end()))
                table = Side(form["name"], None, book.evidence(row["evidence"]))
                yield signal(rule, book, head["third"], Side(found["said"], None, at), table)
