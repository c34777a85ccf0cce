"""Changes that reasons name with their amounts: against each other, and against the change that they explain."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from kg.names import fold
from queries.auditing.book import HALF, WAN, Book
from queries.auditing.compare import compared, signal
from queries.auditing.passages import passages
from queries.auditing.patterns import full_width, half_unit, pattern, spelled, tight, yuan
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal

_TELLING = 4  # characters by which a thing is known for one and the same


class Named(NamedTuple):
    """A change that a reason names: of what, by how much in yuan (less than nought: a fall), half a unit, the words."""

    thing: str
    delta: Decimal
    half: Decimal
    words: str
    span: tuple[int, int]


def one_amount(rule: Rule, book: Book) -> Iterator[Signal]:
    """Things of one name whose change two reasons give with different amounts.

    What every subject has for itself (`人员经费`, `办公费`) is not one thing.
    """
    first: dict[str, tuple[Named, str]] = {}
    for passage in passages(book):
        for found in pattern("reason").finditer(passage.text):
            for named in _named(found["reason"]):
                if len(named.thing) >= _TELLING and not pattern("no_one_thing").search(named.thing):
                    start = found.start("reason")
                    at = passage.places(start + named.span[0], start + named.span[1])
                    known, place = first.setdefault(named.thing, (named, at))
                    if abs(known.delta - named.delta) > known.half + named.half:
                        left, right = (
                            Side(f"“{one.words}”", one.delta / WAN, book.evidence(spot))
                            for one, spot in ((known, place), (named, at))
                        )
                        yield signal(rule, book, named.thing, left, right, (known.delta - named.delta) / WAN)


def beyond(rule: Rule, book: Book) -> Iterator[Signal]:
    """Reasons that name nothing but rises (falls) which come to more than the rise (fall) that they explain."""
    for row in book.asked("changes"):
        delta, reason = row["delta"], pattern("last_year_words").sub("", full_width(tight(row["reason"])))
        if not isinstance(delta, int | Decimal) or not delta:
            continue
        whole = abs(Decimal(delta))
        named = [one for one in _named(reason) if (one.delta > 0) == (delta > 0) and abs(one.delta) != whole]
        against = pattern("against_rises" if delta > 0 else "against_falls")
        if not named or against.search(reason):
            continue
        amounts = [abs(one.delta) for one in named]
        total = max(amounts) if pattern("of_which").search(reason) else sum(amounts, Decimal(0))
        tolerance = HALF + sum((one.half for one in named), Decimal(0))
        if total - whole > tolerance:
            at = book.evidence(row["evidence"])
            left = Side("、".join(f"“{one.words}”" for one in named), total / WAN, at)
            right = Side(str(row["item"]), whole / WAN, at)
            yield from compared(rule, book, str(row["item"]), left, right, tolerance / WAN)


def net(rule: Rule, book: Book) -> Iterator[Signal]:
    """What is left of rises and falls by the reason (`增减相抵后增加5万元`) against the change that it explains."""
    for row in book.asked("changes"):
        found = pattern("net_change").search(full_width(tight(row["reason"])))
        if found and isinstance(row["delta"], int | Decimal):
            said = (-1 if found["way"] in spelled("ways_down") else 1) * yuan(found)
            at = book.evidence(row["evidence"])
            left, right = Side(found[0], said / WAN, at), Side(str(row["item"]), Decimal(row["delta"]) / WAN, at)
            yield from compared(rule, book, str(row["item"]), left, right, (HALF + half_unit(found)) / WAN)


def cuts(rule: Rule, book: Book) -> Iterator[Signal]:
    """Reasons that name a cut by a percentage (`统一压减10%`): alone, other than that of the fall that they explain;
    beside rises with their amounts and no other fall, less than what the change leaves of those rises."""
    for row in book.asked("changes"):
        delta, amount, reason = row["delta"], row["amount"], full_width(tight(row["reason"]))
        found = list(pattern("cut_by").finditer(reason))
        if len(found) != 1 or not (isinstance(delta, int | Decimal) and isinstance(amount, int | Decimal)):
            continue
        base, rises = Decimal(amount) - Decimal(delta), _rises_beside(reason)
        alone = delta < 0 and not pattern("rise_or_amount").search(reason)
        if base > 0 and (alone or rises):
            cut = sum((one.delta for one in rises), Decimal(0)) - Decimal(delta)
            said, due = Decimal(found[0]["percent"]), 100 * cut / base
            tolerance = Decimal("0.05") + 100 * (2 * HALF + sum((one.half for one in rises), Decimal(0))) / base
            if (abs(said - due) if alone else due - said) > tolerance:
                at = book.evidence(row["evidence"])
                left, right = Side(found[0][0], said, at), Side("推算", due.quantize(Decimal("0.01")), at)
                yield signal(rule, book, str(row["item"]), left, right, said - due.quantize(Decimal("0.01")))


def _rises_beside(reason: str) -> list[Named]:
    """The rises that a reason names with amounts beside a cut, as it names nothing else that fell; none where one is
    part of another."""
    told = pattern("netted").sub("", reason)
    named = list(_named(told))
    others = pattern("against_rises").search(pattern("cut_by").sub("", told)) or pattern("of_which").search(reason)
    return [] if others or any(one.delta < 0 for one in named) else named


def _named(reason: str) -> Iterator[Named]:
    """The changes that a reason names with amounts, clause by clause."""
    for form in ("change_of_named", "named_with_change"):
        for found in pattern(form).finditer(reason):
            way = -1 if found["way"] in spelled("ways_down") else 1
            thing = pattern("named_dress").sub("", fold(found["thing"]))
            yield Named(thing, way * yuan(found), half_unit(found), found[0], found.span())
