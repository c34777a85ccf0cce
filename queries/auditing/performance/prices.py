"""Prices, quantities and totals that stand in one sentence; uses of funds by kind against the scale of a project."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import combinations
from math import prod

from ontology.money import YUAN_PER_UNIT
from queries.auditing.book import HALF, WAN, Book
from queries.auditing.compare import signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import number, pattern, tight
from queries.auditing.performance.forms import forms
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal

_LOOSE = Decimal("0.005")  # a total may be rounded to so much of itself

_MANY = 4  # of so many counts it is not known which are meant

Text = tuple[str, str, Callable[[str], str]]


def products(rule: Rule, book: Book) -> Iterator[Signal]:
    """`100册，每册15元，共计1500元` and `30人×500元=1.5万元` that do not multiply to their total."""
    told: set[str] = set()
    for text, what, place_of in _texts(book):
        for words, due, total in (*_chains(text), *_priced(text)):
            if words not in told:
                told.add(words)
                at = book.evidence(place_of(words))
                left, right = Side(words, total / WAN, at), Side("相乘", due / WAN, at)
                yield signal(rule, book, what, left, right, (total - due) / WAN)


def kinds(rule: Rule, book: Book) -> Iterator[Signal]:
    """Uses of funds that open with an amount by economic category, or spend all of an amount, other than the scale.

    A project in several subjects has several scales; one of them will do.
    """
    scales: dict[str, list[Decimal]] = {}
    for row in book.asked("uses"):
        scales.setdefault(str(row["name"]), []).append(Decimal(str(row["scale"])))
    told: set[tuple[object, str]] = set()
    for row in book.asked("uses"):
        text, due = tight(row["use"]), scales[str(row["name"])]
        found = list(pattern("use_by_kind").finditer(text)) or list(pattern("used_wholly").finditer(text))
        total = sum((number(one["number"]) * YUAN_PER_UNIT[_unit(one["unit"])] for one in found), Decimal(0))
        complete = bool(found) and (not found[0].start() or total > max(due))
        fits = any(abs(total - scale) <= HALF * (len(found) + 1) for scale in (*due, sum(due)))
        if complete and not fits and (row["project"], text) not in told:
            told.add((row["project"], text))
            at = book.evidence(row["evidence"])
            left = Side("、".join(one[0] for one in found), total / WAN, at)
            yield signal(rule, book, str(row["name"]), left, Side("项目规模", due[0] / WAN, at), (total - due[0]) / WAN)


def _texts(book: Book) -> Iterator[Text]:
    """The texts that state prices: each with what it speaks of, and what tells the place of words in it."""
    for passage in passages(book):
        yield passage.text, passage.section, _placed(passage)
    for form in forms(book):
        yield form.goal, form.name, lambda _, at=form.at: at  # type: ignore[misc]


def _placed(passage: Passage) -> Callable[[str], str]:
    def place_of(words: str) -> str:
        start = passage.text.find(words)
        return passage.places(start, start + len(words))

    return place_of


def _chains(text: str) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Multiplications written out with another result than theirs: the words, what is due, what is stated."""
    for found in pattern("chain").finditer(text):
        factors = [number(one["number"]) * _times(one["unit"]) for one in pattern("factor").finditer(found["factors"])]
        total, due = number(found["total"]) * YUAN_PER_UNIT[_unit(found["unit"])], Decimal(prod(factors))
        if len(factors) > 1 and not _equal(due, total):
            yield found[0], due, total


def _priced(text: str) -> Iterator[tuple[str, Decimal, Decimal]]:
    """A price for one, how many, and another total than they come to, within one clause."""
    for found in pattern("priced_total").finditer(text):
        price = number(found["price"]) * YUAN_PER_UNIT[_unit(found["price_unit"])]
        total = number(found["total"]) * YUAN_PER_UNIT[_unit(found["unit"])]
        counts = [number(one["number"]) for one in pattern("counted_things").finditer(found[0])]
        ways = [price * prod(some) for size in range(1, len(counts) + 1) for some in combinations(counts, size)]
        if 0 < len(counts) < _MANY and not any(_equal(way, total) for way in ways):
            yield found[0], min(ways, key=lambda way: abs(way - total)), total


def _equal(due: Decimal, total: Decimal) -> bool:
    return abs(due - total) <= max(_LOOSE * total, HALF if total > WAN else Decimal(1))


def _unit(text: str) -> str:
    return text if text.endswith("元") else f"{text}元"


def _times(unit: str) -> int:
    return 10_000 if unit.startswith("万") else 1
