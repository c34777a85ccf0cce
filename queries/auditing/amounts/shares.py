"""Shares that sentences state, against the one base that explains most of the shares of their passage."""

import re
from collections.abc import Iterator
from decimal import Decimal

from queries.auditing.book import HALF, Book
from queries.auditing.compare import signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import last_digit, number, priced, rounded_percent, spelled, with_amount, yuan
from queries.auditing.rules import Rule
from queries.auditing.signal import Kind, Severity, Side, Signal

_CENTS = Decimal("0.02")  # what two shares that make 100 % are off by rounding, in %
_FEWEST = 3  # fewer shares do not tell their base


def shares(rule: Rule, book: Book) -> Iterator[Signal]:
    """Shares that do not fit the base which all others of their passage, three at least, fit.

    Bases are the totals of the tables and the amounts that the passage names before the first share. A passage whose
    shares have several bases, or none, says nothing; of one to which all amounts add up every other share may be wrong,
    and one that another total explains is reckoned on the wrong whole, unless the words name several.
    """
    totals = {Decimal(str(row["amount"])) for row in book.asked("totals") if row["item"] == "合计" and row["amount"]}
    for passage in passages(book):
        found = _shares(passage)
        if len(found) == 1:
            yield from _of_one(rule, book, passage, found[0])
        if len(found) == _FEWEST - 1:
            yield from _of_two(rule, book, passage, found, totals)
        if len(found) < _FEWEST:
            continue
        bases = sorted(totals | set(_amounts(passage, found[0].start())), reverse=True)
        best = max(bases, key=lambda base: sum(_fits(one, base, cut=True) for one in found), default=None)
        far = [one for one in found if best is None or not _fits(one, best, cut=True)]
        few = len(far) < 1 + len(found) // _FEWEST or (2 * len(far) <= len(found) and _come_to(found, best))
        if best is not None and (few or _exchanged(far, best)):
            alone = _come_to(found, best) and len({one["whole"] for one in found}) == 1
            for one in found:
                if not any(_fits(one, base) for base in ([best] if alone else bases)):
                    yield _told(rule, book, passage, one, best)


def _come_to(found: list[re.Match[str]], base: Decimal | None) -> bool:
    """Whether the amounts of the shares add up to their base: then it is the base of all of them."""
    return base is not None and abs(sum(map(yuan, found), Decimal(0)) - base) <= HALF * (len(found) + 1)


def _exchanged(far: list[re.Match[str]], base: Decimal) -> bool:
    """Whether two shares stand in each other's place."""
    unit = Decimal("0.02")
    return len(far) == 2 and all(
        abs(number(one["percent"]) - _due(other, base)) <= unit for one, other in (far, far[::-1])
    )


def _of_one(rule: Rule, book: Book, passage: Passage, one: re.Match[str]) -> Iterator[Signal]:
    """The only share of a passage, whose whole its sentence names right before it."""
    whole = priced("whole_before").search(passage.text, 0, one.start())
    if whole and yuan(whole) and not _fits(one, yuan(whole)):
        yield _told(rule, book, passage, one, yuan(whole))


def _of_two(
    rule: Rule, book: Book, passage: Passage, found: list[re.Match[str]], totals: set[Decimal]
) -> Iterator[Signal]:
    """Two shares of a whole that the passage states before them, or that is a total of the tables: one that their
    amounts come to, or a total that one of them fits where the two shares make all of it."""
    amounts = list(_amounts(passage, found[0].start()))
    whole = sum((yuan(one) for one in found), Decimal(0))
    complete = abs(sum((number(one["percent"]) for one in found), Decimal(-100))) <= _CENTS
    shared = [base for base in amounts if complete and base in totals and any(_fits(one, base) for one in found)]
    known = any(abs(whole - amount) <= 3 * HALF for amount in (*amounts, *totals))
    for base in [whole] if known else shared[:1]:
        for one in found:
            if not _fits(one, base):
                yield _told(rule, book, passage, one, base)


def named(rule: Rule, book: Book) -> Iterator[Signal]:
    """Shares of what their sentence names (`占“三公”经费的26.69%`) that none of its totals in the tables gives."""
    stated = priced("share")
    rows = {name: [row for row in book.asked("basic_totals") if row["name"] == name] for name in spelled("share_base")}
    for passage in passages(book):
        for one in stated.finditer(passage.text):
            name, bases = next(((name, some) for name, some in rows.items() if f"占{name}" in one[0]), ("", []))
            if bases and not any(_fits(one, Decimal(str(row["amount"]))) for row in bases):
                yield _told(rule, book, passage, one, Decimal(str(bases[0]["amount"])), name)


def _shares(passage: Passage) -> list[re.Match[str]]:
    stated = priced("share")
    return list(stated.finditer(passage.text))


def _amounts(passage: Passage, end: int) -> Iterator[Decimal]:
    """The amounts before the first share: changes and last year's are no base, but do no harm."""
    for found in with_amount("AMOUNT").finditer(passage.text, 0, end):
        if yuan(found) > 0:
            yield yuan(found)


def _due(one: re.Match[str], base: Decimal) -> Decimal:
    return 100 * yuan(one) / base


def _tolerance(one: re.Match[str], base: Decimal) -> Decimal:
    return rounded_percent(one["percent"], yuan(one), base)


def _fits(one: re.Match[str], base: Decimal, *, cut: bool = False) -> bool:
    """Whether a share follows from a base; with `cut`, off by one in its last digit will do."""
    more = last_digit(one["percent"]) if cut else 0
    return abs(number(one["percent"]) - _due(one, base)) <= _tolerance(one, base) + more


def _told(rule: Rule, book: Book, passage: Passage, one: re.Match[str], base: Decimal, whole: str = "推算") -> Signal:
    """A share against what its amount makes of the base, which goes by the name of the whole."""
    at = book.evidence(passage.place_of(one))
    stated, due = number(one["percent"]), _due(one, base).quantize(Decimal("0.01"))
    digit = last_digit(one["percent"])
    cut = digit <= Decimal("0.01") and abs(stated - _due(one, base)) <= Decimal("1.5") * digit
    kind: Kind | None = "rounding" if cut else None
    severity: Severity | None = "info" if cut else None
    left, right = Side(one["what"], stated, at), Side(whole, due, at)
    tolerance = _tolerance(one, base).quantize(Decimal("0.0001"))
    return signal(rule, book, one["what"], left, right, stated - due, tolerance, severity=severity, kind=kind)
