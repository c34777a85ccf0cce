"""Final accounts by subject, stages of performance management, bodies counted by kind: parts that one passage lists."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from queries.auditing.book import WAN, Book
from queries.auditing.compare import compared, signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import half_unit, numeral, pattern, priced, yuan
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal


def executed_sums(rule: Rule, book: Book) -> Iterator[Signal]:
    """Initial budgets and executed amounts of the subjects of a passage that do not add up to the total before them."""
    forms = {
        "年初预算": priced("initial_amount"),
        "支出决算": priced("executed_amount"),
    }
    for passage in passages(book) if book.executed else ():
        subjects = [found.start() for found in pattern("subject_path").finditer(passage.text)]
        for name, form in forms.items() if len(subjects) > 1 else ():
            found = list(form.finditer(passage.text))
            whole = [one for one in found if one.start() < subjects[0]]
            parts = _one_each(found, subjects, len(passage.text))
            if whole and parts:
                yield from _summed(rule, book, passage, name, whole[0], parts)


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
    """Bodies counted by kind, counted as subordinate and listed by number, that are not as many each time."""
    for passage in passages(book):
        kinds = [
            number for one in pattern("bodies_by_kind").finditer(passage.text) if (number := numeral(one["count"]))
        ]
        found = pattern("bodies_listed").search(passage.text)
        listed = len(pattern("numbered_body").findall(found["list"])) if found else 0
        below = pattern("bodies_below").search(passage.text)
        counts = {
            "按性质合计": sum(kinds) if len(kinds) > 1 else 0,
            "所列": listed,
            "本部与下属": 1 + (numeral(below["count"]) or 0) if below else 0,
        }
        known = {name: count for name, count in counts.items() if count > 1}
        at = book.evidence(passage.places(0, len(passage.text)))
        for (one, first), (other, second) in combinations(known.items(), 2):
            if first != second:
                yield signal(rule, book, "", Side(one, Decimal(first), at), Side(other, Decimal(second), at))
                break
