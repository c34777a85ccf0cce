"""What sentences say of their own figures: reasons that say nothing, words of a comparison."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.names import fold
from ontology.slips import is_short
from queries.auditing.book import HALF, WAN, Book
from queries.auditing.compare import signal
from queries.auditing.passages import passages
from queries.auditing.patterns import half_unit, number, pattern, spelled, tight, with_amount, yuan
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.subjects import headed, plain


def repeating(rule: Rule, book: Book) -> Iterator[Signal]:
    """Reasons that say no more than that the thing itself or its running part rose or fell (`群众体育经费增加`), or did
    not (`没有增加公车购置费`); all in one signal. One that goes the other way than the change is told as such."""
    told = [(words, at) for names, words, at in _reasons(book) if _repeats(words, names)]
    if told:
        at = book.evidence(" ".join(place for _, place in told))
        words = sorted({words for words, _ in told})
        yield signal(rule, book, str(len(words)), Side(next(word for word, _ in told), None, at), Side(""))


def _reasons(book: Book) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """The reasons for changes, but those that go the other way, with the names of the thing that they explain and
    their places."""
    for passage, head, text, start in headed(book):
        names = (head["third"], head["second"] + head["third"])
        opposite = pattern("executed_reason").search(text)
        same_way = opposite is None or opposite["way"] == opposite["last"]
        for found in pattern("reason").finditer(text, head.end()) if same_way else ():
            yield names, found["reason"], passage.places(start + found.start(), start + found.end())
    for row in book.asked("changes"):
        item, reason = str(row["item"]), tight(row["reason"])
        last, delta = pattern("last_word").search(reason), Decimal(str(row["delta"] or 0))
        same_way = not delta or last is None or (last["way"] in spelled("rises")) == (delta > 0)
        if same_way and (delta or pattern("repeated_nought").fullmatch(reason)):
            yield (item, pattern("second_of_two").sub("", item)), reason, str(row["evidence"])


def _repeats(words: str, names: tuple[str, ...]) -> bool:
    found = pattern("repeated_change").fullmatch(words) or pattern("repeated_nought").fullmatch(words)
    thing = _thing(found["thing"]) if found else ""
    return found is not None and any(thing == _thing(name) or is_short(_thing(name), thing) for name in names)


def _thing(name: str) -> str:
    return re.sub("(?:经费|费用|支出|预算|资金)+$", "", plain(fold(name)))


def vague(rule: Rule, book: Book) -> Iterator[Signal]:
    """Reasons that would fit any change (`工作需要`, `项目调整`), all in one signal."""
    held = [
        (passage, found)
        for passage in passages(book)
        for found in pattern("reason").finditer(passage.text)
        if pattern("vague_reason").fullmatch(found["reason"])
    ]
    if held:
        at = book.evidence(" ".join(passage.place_of(found) for passage, found in held))
        yield signal(rule, book, str(len(held)), Side(held[0][1]["reason"], None, at), Side(""))


def compared_words(rule: Rule, book: Book) -> Iterator[Signal]:
    """`比上年执行数增加` (减少、持平) against the two amounts that the item of a subject states."""
    for passage, head, text, start in headed(book):
        found = pattern("against_executed_word").search(text, head.end())
        first = with_amount("AMOUNT").match(text, head.end())
        if found and first:
            before, now = number(found["before"]), yuan(first) / WAN
            way = (now > before) - (now < before)
            if abs(now - before) > (half_unit(first) + HALF) / WAN and way != spelled("compared_words")[found["way"]]:
                at = book.evidence(passage.places(start, start + found.end()))
                left = Side(f"执行数{found['way']}", None, at)
                right = Side(f"{before:,.2f}→{now:,.2f}", None, at)
                yield signal(rule, book, head["third"], left, right)
