"""Cost indicators against the total of their form: unit costs times the quantities the form itself counts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import combinations, islice, permutations, product
from math import prod

from queries.auditing.book import HALF, WAN, Book
from queries.auditing.compare import signal
from queries.auditing.patterns import bare, half_unit, number, pattern, spelled, tight, yuan
from queries.auditing.performance.forms import Form, forms, is_cost
from queries.auditing.performance.self_evaluations import self_evaluations
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.reading import Row

_MOST_QUANTITIES, _MOST_READINGS = 6, 20_000

Cost = tuple[Row, re.Match[str]]


@dataclass(frozen=True, slots=True)
class Priced:
    """What the cost indicators of a form come to, in yuan: with the total in one reading, or without any."""

    form: Form
    total: Decimal
    found: Sequence[Cost]
    named: Decimal
    rounding: Decimal
    agrees: bool


def costs(rule: Rule, book: Book) -> Iterator[Signal]:
    """Forms whose cost indicators, all of them money, come to the total in no reading; self-evaluations, too, the
    targets against what there was for the year, the achieved values against what was spent.

    A unit cost may be multiplied by any sum of the quantities of its unit; the sentence tells the reading by name.
    Where one comes to the total but for rounding (16 times 9.87 for 158.00), that is a note of class `rounding`.
    A single cost of at most half the total says nothing. Costs of a self-evaluation may leave others out: those that
    come to less than the total, or are unit costs, are told only where its other column comes to its own total. Costs
    among the outputs of a form (产出指标—成本指标) may leave others out, and are told only where they come to more.
    """
    for form in forms(book):
        yield from (_told(rule, book, one) for one in _priced(form) if one.named != one.total and not _of_a_part(one))
        yield from (_told(rule, book, one) for one in _beyond(form))
    for pair in self_evaluations(book):
        both = [one for form in pair for one in _priced(form)]
        differing = {(one.named, one.total): one for one in reversed(both) if not one.agrees}
        for one in differing.values():
            plain = not any(match["per"] for _, match in one.found)
            if (plain and one.named > one.total) or any(other.agrees for other in both):
                yield _told(rule, book, one)


def _of_a_part(one: Priced) -> bool:
    """Whether the only cost, of no unit, is so small that it is one of a part (`食品采购成本`), not of the project."""
    return len(one.found) == 1 and not one.found[0][1]["per"] and 2 * one.named <= one.total


def _beyond(form: Form) -> Iterator[Priced]:
    """The costs among the outputs of a form that come to more than its total, though none of them does: all of them
    money, no unit costs, and no part of them the total, so that one is no whole of others."""
    rows = [row for row in form.indicators if not is_cost(row) and spelled("cost_level") in str(row.get("kind") or "")]
    found = [(row, match) for row in rows if (match := pattern("money").match(tight(row["printed"])))]
    plain = not any(match["per"] or pattern("unit_cost").search(str(row["title"])) for row, match in found)
    if not form.total or not plain or not 2 <= len(found) == len(rows) <= _MOST_QUANTITIES:
        return
    total, amounts = form.total, [yuan(match) for _, match in found]
    rounding = HALF * (len(found) + 1)
    sums = (sum(some, Decimal(0)) for size in range(1, len(found)) for some in combinations(amounts, size))
    whole = sum(amounts, Decimal(0))
    if max(amounts) < total and whole > total + rounding and all(abs(one - total) > rounding for one in sums):
        yield Priced(form, total, found, whole, rounding, agrees=False)


def _told(rule: Rule, book: Book, one: Priced) -> Signal:
    left = Side("成本指标合计", one.named / WAN, book.evidence(" ".join(str(row["at"]) for row, _ in one.found)))
    sides = left, Side(one.form.whole, one.total / WAN, book.evidence(one.form.at))
    gap, within = (one.named - one.total) / WAN, one.rounding / WAN
    if one.agrees:
        return signal(rule, book, one.form.name, *sides, gap, within, severity="info", kind="rounding")
    return signal(rule, book, one.form.name, *sides, gap, within)


def _priced(form: Form) -> Iterator[Priced]:
    """The costs of a form with its total, where it has both and they can be read; a cost that is printed as a unit cost
    as well counts once where that comes to the total, or nothing does."""
    found = costs_of(form)
    priced = [one for some in (_once(found, form), found) for one in _of_costs(form, some)]
    yield from sorted(priced, key=lambda one: not one.agrees)[:1]


def _of_costs(form: Form, found: Sequence[Cost]) -> Iterator[Priced]:
    readings = [_amounts(match, form.indicators) for _, match in found]
    if not form.total or not found or not all(readings) or prod(map(len, readings)) > _MOST_READINGS:
        return
    nearest = next((one for total in (form.total, *form.others) if (one := _reading(readings, total))), None)
    named, rounding = nearest or (costs_by_name(found, form.indicators), HALF * (len(found) + 1))
    yield Priced(form, form.total, found, named, rounding, nearest is not None)


def _once(found: Sequence[Cost], form: Form) -> list[Cost]:
    """The costs without the unit costs that come to one of the others (1.2万元/场 for 120场 beside 144万元)."""
    plain = [(yuan(match), half_unit(match)) for _, match in found if not match["per"]]

    def is_said_again(match: re.Match[str]) -> bool:
        due = _amounts(match, form.indicators) if match["per"] else []
        return any(abs(one - other) <= half + within for one, half in due for other, within in plain)

    return [cost for cost in found if not is_said_again(cost[1])]


def costs_of(form: Form) -> list[Cost]:
    """The cost indicators of a form; none where one of them is no money."""
    printed = [(row, pattern("money").match(tight(row["printed"]))) for row in form.indicators if is_cost(row)]
    return [(row, match) for row, match in printed if match] if all(match for _, match in printed) else []


def _amounts(match: re.Match[str], indicators: Sequence[Row]) -> list[tuple[Decimal, Decimal]]:
    """What a cost may come to, in yuan, with its rounding: itself, or times every sum of quantities of its unit."""
    if not match["per"]:
        return [(yuan(match), half_unit(match))]
    counts = [count for _, count in islice(_quantities(match["per"], indicators), _MOST_QUANTITIES)]
    sums = {sum(some, Decimal(0)) for size in range(1, len(counts) + 1) for some in combinations(counts, size)}
    return [(yuan(match) * count, half_unit(match) * count) for count in sorted(sums)]


def costs_by_name(found: Sequence[Cost], indicators: Sequence[Row]) -> Decimal:
    """What the costs come to when each is multiplied by the quantity named most like it, each used once."""
    plain = sum((yuan(match) for _, match in found if not match["per"]), Decimal(0))
    units = dict.fromkeys(match["per"] for _, match in found if match["per"])
    return sum((_assigned([one for one in found if one[1]["per"] == unit], unit, indicators) for unit in units), plain)


def _assigned(some: Sequence[Cost], unit: str, indicators: Sequence[Row]) -> Decimal:
    counts = list(islice(_quantities(unit, indicators), _MOST_QUANTITIES))
    ways = permutations(counts, len(some)) if len(some) <= len(counts) else product(counts, repeat=len(some))
    likest = max(islice(ways, _MOST_READINGS), key=lambda way: sum(map(_alike, some, way)))
    return sum((yuan(match) * count for (_, match), (_, count) in zip(some, likest, strict=True)), Decimal(0))


def _alike(cost: Cost, quantity: tuple[str, Decimal]) -> float:
    return SequenceMatcher(None, bare(str(cost[0]["title"])), bare(quantity[0])).ratio()


def _quantities(unit: str, indicators: Sequence[Row]) -> Iterator[tuple[str, Decimal]]:
    """The indicators that count this unit, with their quantities."""
    for row in indicators:
        found = pattern("quantity").match(tight(row["printed"]))
        if found and found["unit"] == unit:
            yield str(row["title"]), number(found["number"]) * (WAN if found["thousands"] else 1)


def _reading(readings: Sequence[Sequence[tuple[Decimal, Decimal]]], total: Decimal) -> tuple[Decimal, Decimal] | None:
    """What the reading nearest to a total comes to, and its rounding, of those that rounding explains; None of none."""
    sums = (
        (sum((value for value, _ in some), Decimal(0)), sum((half for _, half in some), HALF))
        for some in product(*readings)
    )
    agreeing = ((due, within) for due, within in sums if abs(due - total) <= within)
    return min(agreeing, key=lambda one: (abs(one[0] - total), one), default=None)
