"""Final accounts by subject, stages of performance management, bodies counted by kind: parts that one passage lists."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise, product

from kg.places import Evidence
from queries.auditing.book import WAN, Book
from queries.auditing.compare import compared, signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import half_unit, numeral, pattern, priced, yuan
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal

_INITIAL = "年初预算"


def executed_sums(rule: Rule, book: Book) -> Iterator[Signal]:
    """Initial budgets and executed amounts of the subjects of a passage that do not add up to the total before them.

    Initial budgets that come to less are a matter of definition: a text on what was spent may leave out the subjects on
    which nothing was. The total of a class is that of the subjects before the next class.
    """
    forms = {
        _INITIAL: pattern("initial_amount"),
        "支出决算": priced("executed_amount"),
    }
    for passage in passages(book) if book.executed else ():
        subjects = [found.start() for found in pattern("subject_path").finditer(passage.text)]
        for (name, form), (first, until, last) in product(forms.items(), _totals(passage.text)):
            items = [one for one in subjects if first <= one < last]
            found = list(form.finditer(passage.text, first, last))
            whole = [one for one in found if one.start() < min(until, *items, last)]
            parts = _one_each(found, items, last) if len(items) > 1 else []
            for one in _summed(rule, book, passage, name, whole[0], parts) if whole and parts else ():
                left_out = name == _INITIAL and (one.gap or 0) > 0  # budgeted for subjects on which nothing was spent
                yield replace(one, severity="info", kind="definition") if left_out else one


def _totals(text: str) -> list[tuple[int, int, int]]:
    """From where and before where totals stand, and up to where their parts do: one of the whole text, before classes
    that have their own, and one of each of these."""
    classes = [found.start() for found in pattern("class_total").finditer(text)]
    within = ((first, last, last) for first, last in pairwise([*classes, len(text)]))
    return [(0, min([*classes, len(text)]), len(text)), *within]


def _one_each(found: Sequence[re.Match[str]], starts: Sequence[int], end: int) -> list[re.Match[str]]:
    """The first amount of each item; empty where an item has none."""
    spans = zip(starts, [*starts[1:], end], strict=True)
    each = [next((one for one in found if first <= one.start() < last), None) for first, last in spans]
    return [one for one in each if one is not None] if all(each) else []


def _summed(
    rule: Rule, book: Book, passage: Passage, name: str, whole: re.Match[str], parts: Sequence[re.Match[str]]
) -> Iterator[Signal]:
    total = sum((yuan(one) for one in parts), Decimal(0))
    places = " ".join(passage.place_of(one) for one in parts)
    left = Side(f"总的{name}", yuan(whole) / WAN, book.evidence(passage.place_of(whole)))
    right = Side(f"{len(parts)}项{name}", total / WAN, book.evidence(places))
    tolerance = (half_unit(whole) + sum((half_unit(one) for one in parts), Decimal(0))) / WAN
    yield from compared(rule, book, name, left, right, tolerance)


def basic(rule: Rule, book: Book) -> Iterator[Signal]:
    """Personnel and running costs that do not add up to the basic expenditure of their section."""
    form = priced("basic_whole")
    part = priced("basic_part")
    for passage in passages(book):
        whole = form.search(passage.text)
        found = list(part.finditer(passage.text, whole.end())) if whole else []
        if whole and [one["kind"] for one in found] == ["人员经费", "公用经费"]:
            yield from _summed(rule, book, passage, "基本支出", whole, found)


def performance(rule: Rule, book: Book) -> Iterator[Signal]:
    """Stages of performance management (goals, tracking, self-evaluation) that have as many projects as the one before
    and another amount, or the same amount and another number of projects."""
    form = priced("stage")
    for passage in passages(book):
        for one, other in pairwise(form.finditer(passage.text)):
            counted, paid = one["count"] == other["count"], yuan(one) == yuan(other)
            if counted != paid and yuan(one) and yuan(other):
                left, right = (Side(some[0], None, book.evidence(passage.place_of(some))) for some in (one, other))
                yield signal(rule, book, "", left, right)


def bodies(rule: Rule, book: Book) -> Iterator[Signal]:
    """Bodies counted by kind, counted as subordinate and listed by number, that are not as many each time; and those
    that other sections count by kind otherwise."""
    for passage in passages(book):
        kinds = _by_kind(passage)
        found = pattern("bodies_listed").search(passage.text)
        listed = len(pattern("numbered_body").findall(found["list"])) if found else 0
        below = pattern("bodies_below").search(passage.text)
        counts = {
            "按性质合计": sum(kinds.values()) if len(kinds) > 1 else 0,
            "所列": listed,
            "本部与下属": 1 + (numeral(below["count"]) or 0) if below else 0,
        }
        known = {name: count for name, count in counts.items() if count > 1}
        at = book.evidence(passage.places(0, len(passage.text)))
        for (one, first), (other, second) in combinations(known.items(), 2):
            if first != second:
                yield signal(rule, book, "", Side(one, Decimal(first), at), Side(other, Decimal(second), at))
                break
        if len(kinds) > 1:
            yield from _counted_elsewhere(rule, book, kinds, at)


def _by_kind(passage: Passage) -> dict[str, int]:
    """How many bodies of each kind a passage counts, also of those that there are none of."""
    counts: dict[str, int] = {}
    for found in pattern("bodies_by_kind").finditer(passage.text):
        counts[found["kind"]] = counts.get(found["kind"], 0) + (numeral(found["count"]) or 0)
    return counts


def _counted_elsewhere(rule: Rule, book: Book, kinds: Mapping[str, int], at: tuple[Evidence, ...]) -> Iterator[Signal]:
    """Offices and bodies run like them that the text on their costs counts otherwise."""
    for passage in passages(book):
        for found in pattern("offices").finditer(passage.text):
            for kind, group in (("行政单位", "offices"), ("参公", "alike")):
                held = [number for name, number in kinds.items() if name.startswith(kind)]
                count = numeral(found[group])
                if held and count is not None and count != sum(held):
                    left = Side("说明运行经费的", Decimal(count), book.evidence(passage.place_of(found)))
                    yield signal(rule, book, "", left, Side(f"按性质列的{kind}", Decimal(sum(held)), at))
