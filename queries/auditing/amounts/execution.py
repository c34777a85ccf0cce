"""What sentences of final accounts say of the budget and of what was spent: per cents, differences and words."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.names import fold
from kg.places import Evidence
from queries.auditing.book import WAN, Book
from queries.auditing.compare import compared, signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import last_digit, number, pattern, priced, rounded_percent, spelled, yuan
from queries.auditing.rules import Rule
from queries.auditing.signal import Severity, Side, Signal

_CENT = Decimal("0.01")
_MINUS = str.maketrans("－−—–", "----")
_ABOUT = 1  # what is said to be `持平` may be off by, in %
_REMARK: Severity = "info"


def completed(rule: Rule, book: Book) -> Iterator[Signal]:
    """Per cents of the budget carried out (`完成预算的98.20%`) that do not follow from budget and executed amount."""
    form = priced("completed")
    for passage in passages(book):
        for found in form.finditer(passage.text):
            before, now, stated = number(found["before"]), yuan(found) / WAN, number(found["percent"])
            if before:
                due = (100 * now / before).quantize(_CENT)
                tolerance = rounded_percent(found["percent"], now * WAN, before * WAN)
                at = book.evidence(passage.place_of(found))
                if abs(stated - due) > tolerance:
                    left, right = Side("完成预算的百分比", stated, at), Side("推算", due, at)
                    yield signal(rule, book, f"{now:,.2f}÷{before:,.2f}", left, right, stated - due)
    yield from _completed_parts(rule, book)


def _completed_parts(rule: Rule, book: Book) -> Iterator[Signal]:
    """The same of parts of overseas travel, vehicles and receptions whose budget only the table has."""
    budgets = {_part(row["item"]): row for row in book.asked("three_public") if "预算" in str(row["column"])}
    for passage in passages(book):
        for found in priced("completed_item").finditer(passage.text):
            row = budgets.get(_part(found["item"]))
            if row is None or not row["amount"]:
                continue
            before, now, stated = Decimal(str(row["amount"])), yuan(found), number(found["percent"])
            due = (100 * now / before).quantize(_CENT)
            if abs(stated - 100 * now / before) > rounded_percent(found["percent"], now, before):
                at = book.evidence(passage.place_of(found))
                left = Side("完成预算的百分比", stated, at)
                right = Side("推算", due, book.evidence(row["evidence"]))
                yield signal(rule, book, f"{now / WAN:,.2f}÷{before / WAN:,.2f}", left, right, stated - due)


def completed_nothing(rule: Rule, book: Book) -> Iterator[Signal]:
    """Money spent where nothing was budgeted, and a per cent of the budget all the same: nothing has no per cents."""
    budgets = {_part(row["item"]): row for row in book.asked("three_public") if "预算" in str(row["column"])}
    for passage in passages(book):
        for found in priced("completed").finditer(passage.text):
            if not number(found["before"]) and yuan(found):
                at = book.evidence(passage.place_of(found))
                yield _of_nothing(rule, book, passage, found, at)
        for found in priced("completed_item").finditer(passage.text):
            row = budgets.get(_part(found["item"]))
            if row is not None and row["amount"] is not None and not row["amount"] and yuan(found):
                yield _of_nothing(rule, book, passage, found, book.evidence(row["evidence"]))


def _of_nothing(
    rule: Rule, book: Book, passage: Passage, found: re.Match[str], nothing: tuple[Evidence, ...]
) -> Signal:
    left = Side("完成预算的百分比", number(found["percent"]), book.evidence(passage.place_of(found)))
    right = Side("年初预算", Decimal(0), nothing)
    return signal(rule, book, f"{yuan(found) / WAN:,.2f}万元", left, right)


def _part(name: object) -> str:
    """A part of overseas travel, vehicles and receptions in the words of any table."""
    return pattern("part_dress").sub("", fold(str(name))).replace("三公经费", "合计")


def executed_words(rule: Rule, book: Book) -> Iterator[Signal]:
    """`决算数大于（小于、等于）预算数` against the two amounts of the same item; what is nearly the same is a remark
    where it is called `持平`, and right where it is `基本持平`."""
    form = priced("executed_word")
    for passage in passages(book):
        for found in form.finditer(passage.text):
            before, now, word = number(found["before"]), yuan(found) / WAN, found["word"]
            said = spelled("executed_words").get(word)
            way = (now > before) - (now < before)
            near = said == 0 and abs(now - before) <= before * _ABOUT / 100
            printed = abs(now - before) > (last_digit(found["before"]) + last_digit(found["number"])) / 2
            if said is not None and way != said and (not near or (printed and word not in spelled("about_executed"))):
                at = book.evidence(passage.place_of(found))
                left = Side(f"预算{before:,.2f}万元，决算{now:,.2f}万元", None, at)
                right, severity = Side(f"决算数{word}预算数", None, at), _REMARK if near else None
                yield signal(rule, book, passage.section, left, right, severity=severity)
        yield from _completed_words(rule, book, passage)


def _completed_words(rule: Rule, book: Book, passage: Passage) -> Iterator[Signal]:
    """`完成预算98.95%，决算数大于预算数`: the word against the per cent, where the amounts are not told."""
    for found in pattern("completed_word").finditer(passage.text):
        percent, half = number(found["percent"]), last_digit(found["percent"]) / 2
        said = spelled("executed_words").get(found["word"], 0)
        way = (percent - half > 100) - (percent + half < 100)
        within = not said and abs(percent - 100) <= _ABOUT
        if way and way != said and not within:
            at = book.evidence(passage.place_of(found))
            left = Side(f"完成预算{percent:f}%", None, at)
            yield signal(rule, book, passage.section, left, Side(f"决算数{found['word']}预算数", None, at))


def differences(rule: Rule, book: Book) -> Iterator[Signal]:
    """Rates by which what was spent differs from the budget (`预决算差异率-1.80%`) that the two amounts do not give; a
    rate with the wrong sign alone is a matter of wording."""
    for passage in passages(book):
        for found in priced("difference_from_budget").finditer(passage.text):
            before, now = number(found["before"]), yuan(found) / WAN
            if not before:
                continue
            due = 100 * (now - before) / before
            stated = Decimal(found["percent"].translate(_MINUS)) if found["percent"] else Decimal(0)
            half = last_digit(found["percent"] or "0.00") / 2
            tolerance = half + 100 * _CENT / before + 100 * _CENT * now / before**2
            at = book.evidence(passage.place_of(found))
            left, right = Side("预决算差异率", stated, at), Side("推算", due.quantize(_CENT), at)
            what = f"{now:,.2f}－{before:,.2f}"
            if abs(abs(stated) - abs(due)) > tolerance:
                yield signal(rule, book, what, left, right, stated - due.quantize(_CENT))
            elif abs(stated - due) > tolerance:
                yield signal(rule, book, what, left, right, stated - due.quantize(_CENT), severity="info")


def changed(rule: Rule, book: Book) -> Iterator[Signal]:
    """Per cents by which what was spent is more or less than the budget (`较年初预算数减少1.64万元，下降14.91%`), and
    than last year in the same breath, that do not follow from the change and the amount before it, nor from any other
    of the passage; what is read of last year already is told by other rules."""
    known = {abs(Decimal(str(row["delta"]))) for row in book.asked("changes") if row["delta"]}
    for passage in passages(book) if book.executed else ():
        for amount, found in _compared(passage):
            delta, stated, of_budget = _delta(found), number(found["percent"]), "预算" in found["base"]
            amounts = [yuan(one) / WAN for one in priced("amount_alone").finditer(passage.text, 0, found.start())]
            if any(_follows(one, delta, found["percent"]) for one in amounts):
                continue
            if of_budget or abs(delta) * WAN not in known:
                before = yuan(amount) / WAN - delta
                due, at = (100 * abs(delta) / before).quantize(_CENT), book.evidence(passage.place_of(found))
                left, right = Side("增减百分比", stated, at), Side("推算", due, at)
                tolerance = rounded_percent(found["percent"], abs(delta) * WAN, before * WAN)
                yield signal(rule, book, found[0], left, right, stated - due, tolerance)


def _compared(passage: Passage) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """The changes from the budget, and from last year right behind, each with the amount that it is of."""
    amount, of_budget = None, False
    for found in priced("amount_or_change").finditer(passage.text):
        if not found["base"]:
            amount = None if pattern("amount_of_reason").search(passage.text, 0, found.start()) else found
            of_budget = False
            continue
        of_budget = of_budget or "预算" in found["base"]
        if amount and of_budget and yuan(amount) / WAN > _delta(found):
            yield amount, found


def _delta(change: re.Match[str]) -> Decimal:
    """A change in 万元, negative where it is a fall."""
    delta = number(change["delta"])
    return delta if change["way"] in spelled("rises") else -delta


def _follows(amount: Decimal, delta: Decimal, percent: str) -> bool:
    """Whether a per cent is that of a change that has led to this amount."""
    before = amount - delta
    if before <= 0:
        return False
    return abs(number(percent) - 100 * abs(delta) / before) <= rounded_percent(percent, abs(delta) * WAN, before * WAN)


def beyond(rule: Rule, book: Book) -> Iterator[Signal]:
    """More spent than the budget of the whole year, adjustments included, holds (`全年预算数…，全年执行数…`)."""
    for passage in passages(book):
        for found in priced("executed_beyond").finditer(passage.text):
            before, now, at = number(found["before"]), yuan(found) / WAN, book.evidence(passage.place_of(found))
            if now > before:
                left, right = Side("执行数", now, at), Side("全年预算数", before, at)
                yield from compared(rule, book, passage.section, left, right, _CENT)
