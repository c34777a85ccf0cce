"""What is missing of a printed sentence or section: per cent signs, the 万 of a unit, partners of quotation marks,
parts not told."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal

from queries.auditing.book import WAN, Book
from queries.auditing.compare import signal
from queries.auditing.passages import passages
from queries.auditing.patterns import number, pattern, priced, spelled, yuan
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.reading import Row

_AROUND = 12  # characters shown on either side of a sign without a partner


def shares_without_sign(rule: Rule, book: Book) -> Iterator[Signal]:
    """Shares without a per cent sign: `15411.43万元，占76.23；`."""
    for passage in passages(book):
        for found in pattern("no_percent").finditer(passage.text):
            at = book.evidence(passage.places(*found.span("said")))
            yield signal(rule, book, passage.section, Side(found["said"], None, at), Side("%"))


def ten_thousand_left_out(rule: Rule, book: Book) -> Iterator[Signal]:
    """Amounts of sentences in 元 whose very figure tables or sentences have in 万元, none in 元: `支出2336.91元`."""
    amounts = {Decimal(str(row["amount"])): row for row in [*_in_sentences(book), *book.asked("table_amounts")]}
    for passage in passages(book):
        for found in pattern("small_unit").finditer(passage.text):
            stated = number(found["number"])
            row = amounts.get(stated * WAN)
            if row is not None and stated not in amounts:
                left = Side("文字", stated / WAN, book.evidence(passage.place_of(found)))
                right = Side("报表或他处", stated, book.evidence(row["evidence"]))
                yield signal(rule, book, found[0], left, right, stated / WAN - stated)


def ten_thousand_put_in(rule: Rule, book: Book) -> Iterator[Signal]:
    """Amounts of sentences in 万元, each above all that the tables have, whose very figure tables have in 元:
    `涉及资金6240000.00万元` beside 624.00 in 万元."""
    amounts = {Decimal(str(row["amount"])): row for row in book.asked("table_amounts")}
    for passage in passages(book):
        for found in pattern("large_unit").finditer(passage.text):
            stated = number(found["number"])
            row = amounts.get(stated)
            if row is not None and stated and stated * WAN > max(amounts):
                left = Side("文字", stated, book.evidence(passage.place_of(found)))
                right = Side("报表", stated / WAN, book.evidence(row["evidence"]))
                yield signal(rule, book, found[0], left, right, stated - stated / WAN)


def _in_sentences(book: Book) -> Iterator[Row]:
    """The amounts that sentences state in 万元, and where."""
    for passage in passages(book):
        for found in pattern("large_unit").finditer(passage.text):
            yield {"amount": number(found["number"]) * WAN, "evidence": passage.place_of(found)}


def unpaired(rule: Rule, book: Book) -> Iterator[Signal]:
    """Quotation marks and brackets without a partner: the first of each kind in each numbered item."""
    for passage in passages(book):
        text = pattern("list_number").sub(lambda found: found[0].replace("）", "、"), passage.text)
        items = [found.start() for found in pattern("item_number").finditer(text)]
        for opening, closing in spelled("paired"):
            first = {bisect_right(items, place): place for place in reversed(_alone(text, opening, closing))}
            for place in sorted(first.values()):
                at = book.evidence(passage.places(place, place + 1))
                words = passage.text[max(0, place - _AROUND) : place + _AROUND]
                yield signal(rule, book, passage.section, Side(words, None, at), Side(text[place]))


def _alone(text: str, opening: str, closing: str) -> list[int]:
    """Where signs without a partner stand."""
    alone, open_at = [], []
    for found in re.finditer(f"[{opening}{closing}]", text):
        if found[0] == opening:
            open_at.append(found.start())
        elif open_at:
            open_at.pop()
        else:
            alone.append(found.start())
    return sorted(alone + open_at)


def told_parts(rule: Rule, book: Book) -> Iterator[Signal]:
    """Parts of overseas travel, vehicles and receptions of which the section of final accounts says nothing.

    A section that says there was nothing at all, or that states no amount, is passed over. A part whose whole another
    part takes up is nought by what is printed: a matter of information.
    """
    held = [one for one in passages(book) if pattern("three_public_told").search(one.section) and one.at]
    text = "".join(one.text for one in held)
    if not book.executed or not text or not pattern("some_spent").search(text):
        return
    for part, words in spelled("told_parts").items():
        if not re.search(words, text):
            whole = [(one, found) for one in held for found in priced("whole_of_vehicles").finditer(one.text)]
            mine = whole if part.startswith("公务用车") else []
            at = mine[-1][0].place_of(mine[-1][1]) if mine else held[0].at[0]
            taken = any(yuan(found) in map(yuan, priced("part_of_vehicles").finditer(text)) for _, found in mine)
            left = Side("没有说明", None, book.evidence(at))
            yield signal(rule, book, part, left, Side(""), severity="info" if taken else None)
