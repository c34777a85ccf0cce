"""Counts and sums that sentences state: wholes and parts, staff, cars, what cost nothing, subordinate bodies."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate, zip_longest

from queries.auditing.book import Book
from queries.auditing.compare import compared, signal
from queries.auditing.passages import passages, sentences
from queries.auditing.patterns import last_digit, number, pattern, spelled, tight
from queries.auditing.performance.forms import forms
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal

Measures = dict[str, list[re.Match[str]]]
"""Numbers of a text by their unit."""

_ALL = 4  # parts that a sentence tells where it tells all of them


def parts(rule: Rule, book: Book) -> Iterator[Signal]:
    """Wholes that are not the sum of all the parts their sentence names."""
    for passage in passages(book):
        said = list(sentences(passage))
        for sentence, following in zip_longest(said, said[1:]):
            for form in spelled("sum"):
                rest = following.text if form.get("across") and following else ""
                yield from _summed(rule, book, form, sentence.text, rest, sentence.at)
            yield from _counted(rule, book, sentence.text, sentence.at)
            yield from _totalled(rule, book, sentence.text, sentence.at)
    for goal in forms(book):
        yield from _counted(rule, book, goal.goal, goal.at)


def _counted(rule: Rule, book: Book, text: str, at: str) -> Iterator[Signal]:
    """Counts of parts that come to more than their whole, or, where so many are told that none is left out, to less.

    Where the first of them come to the whole, those behind are counts of something else: 其中…事业编制29人，实有107人.
    """
    for found in pattern("counted_whole").finditer(text):
        rest = pattern("part_of_part").sub("", found["rest"])
        counted = re.finditer(rf"(小计)?(?:为|共)?(\d+){found['unit']}", rest)
        counts = _outermost([(bool(one[1]), int(one[2])) for one in counted])
        whole, total = Decimal(found["number"]), Decimal(sum(counts))
        if whole in list(accumulate(counts))[1:]:
            continue
        if total > whole or (total < whole and len(counts) >= _ALL):
            places = book.evidence(at)
            left, right = Side(found["what"], whole, places), Side("各部分之和", total, places)
            yield from compared(rule, book, found["unit"], left, right, Decimal(0))


def _outermost(counts: list[tuple[bool, int]]) -> list[int]:
    """The counts of parts without those of their parts: those that are called subtotals where any is, else all but the
    ones that come to the count before them."""
    if any(is_subtotal for is_subtotal, _ in counts):
        return [count for is_subtotal, count in counts if is_subtotal]
    found: list[int] = []
    rest = [count for _, count in counts]
    while rest:
        count, *rest = rest
        found.append(count)
        within = next((size for size, come_to in enumerate(accumulate(rest), 1) if come_to == count), 0)
        rest = rest[within:] if within > 1 else rest
    return found


def _totalled(rule: Rule, book: Book, text: str, at: str) -> Iterator[Signal]:
    """Counts in a row that do not come to the total behind them, nor those at its end: `A36人，B11人，合计75人`."""
    for found in pattern("counts_with_total").finditer(text):
        row = re.sub(r"（[^（）]*）", "", found["list"])
        counts = [int(one[1]) for one in re.finditer(rf"(\d+){found['unit']}", row)]
        whole, sums = int(found["number"]), [sum(counts[first:]) for first in range(len(counts) - 1)]
        if whole not in sums and not pattern("of_another_count").search(row):
            places = book.evidence(at)
            left, right = Side("合计", Decimal(whole), places), Side("各部分之和", Decimal(sums[0]), places)
            yield from compared(rule, book, found["unit"], left, right, Decimal(0))


def measures(rule: Rule, book: Book) -> Iterator[Signal]:
    """Wholes with several measures (`13个项目，涉及资金2215.70万元`) whose parts, each with all of these, come to the
    whole by one measure, so that none is left out, and not by another.

    A measure that the words before the parts have twice says nothing.
    """
    for passage in passages(book):
        for sentence in sentences(passage):
            head, *rest = re.split(pattern("parts_follow"), sentence.text)
            if len(rest) == 1:
                wholes, parts = _by_unit(head), _by_unit(pattern("part_of_part").sub("", rest[0]))
                yield from _unequal(rule, book, wholes, parts, sentence.at)


def _by_unit(text: str) -> dict[str, list[re.Match[str]]]:
    found: dict[str, list[re.Match[str]]] = {}
    for one in pattern("measure_of_parts").finditer(text):
        found.setdefault(one["unit"], []).append(one)
    return found


def _unequal(rule: Rule, book: Book, wholes: Measures, parts: Measures, at: str) -> Iterator[Signal]:
    shared = [unit for unit, some in wholes.items() if len(some) == 1 and len(parts.get(unit, ())) > 1]
    gaps = {unit: _sum(parts[unit]) - _sum(wholes[unit]) for unit in shared}
    halves = {unit: sum((last_digit(one["number"]) / 2 for one in parts[unit]), Decimal(0)) for unit in shared}
    halves = {unit: half if "." in wholes[unit][0]["number"] else Decimal(0) for unit, half in halves.items()}
    whole = [unit for unit in shared if not gaps[unit] and _sum(wholes[unit])]
    for unit in shared if len({len(parts[unit]) for unit in shared}) == 1 and whole else ():
        if abs(gaps[unit]) > halves[unit]:
            places = book.evidence(at)
            left, right = (Side(name, _sum(some[unit]), places) for name, some in (("总数", wholes), ("各部分", parts)))
            yield from compared(rule, book, unit, left, right, halves[unit])


def _sum(found: list[re.Match[str]]) -> Decimal:
    return sum((number(one["number"]) for one in found), Decimal(0))


def office_staff(rule: Rule, book: Book) -> Iterator[Signal]:
    """Indicators of office staff looked after that are more than all on post and all posts."""
    staff = {str(row["item"]): row for row in book.asked("staff")}
    known = [staff[name] for name in ("在职", "编制") if name in staff]
    most = max((Decimal(str(row["quantity"])) for row in known), default=None)
    for form in forms(book):
        for row in form.indicators:
            found = pattern("quantity").match(tight(row["printed"]))
            people = pattern("office_staff").search(str(row["title"])) and found and found["unit"] == "人"
            if people and found and most is not None and number(found["number"]) > most:
                left = Side(str(row["title"]), number(found["number"]), book.evidence(row["at"]))
                at = book.evidence(" ".join(str(one["evidence"]) for one in known))
                yield signal(
                    rule, book, form.name, left, Side("在职、编制中较大的", most, at), number(found["number"]) - most
                )


def added(rule: Rule, book: Book) -> Iterator[Signal]:
    """More staff added since last year than there are."""
    for passage in passages(book):
        for found in pattern("staff_and_change").finditer(passage.text):
            more, count = Decimal(found["added"]), Decimal(found["count"])
            if more > count:
                at = book.evidence(passage.place_of(found))
                yield signal(rule, book, found["who"], Side("增加", more, at), Side("现有", count, at), more - count)


def counted_nil(rule: Rule, book: Book) -> Iterator[Signal]:
    """Groups, cars or guests counted where the same section says that nothing was spent on them."""
    for passage in passages(book) if book.executed else ():
        for item, form in spelled("counted_nil").items():
            nil, counted = (re.search(form[words], passage.text) for words in ("nil", "counted"))
            if nil and counted:
                left, right = (Side(found[0], None, book.evidence(passage.place_of(found))) for found in (counted, nil))
                yield signal(rule, book, item, left, right)


def retained(rule: Rule, book: Book) -> Iterator[Signal]:
    """More official cars kept than there are vehicles among the state assets."""
    found = [
        [
            (int(one["count"]), book.evidence(passage.place_of(one)))
            for passage in passages(book)
            for one in form.finditer(passage.text)
        ]
        for form in (pattern("cars_kept"), pattern("cars_owned"))
    ]
    if all(found):
        (kept, where), (owned, there) = max(found[0], key=_count), max(found[1], key=_count)
        if kept > owned:
            left, right = Side("保有量", Decimal(kept), where), Side("车辆", Decimal(owned), there)
            yield signal(rule, book, "", left, right, Decimal(kept - owned))


def planned(rule: Rule, book: Book) -> Iterator[Signal]:
    """Budgets whose one reason for buying vehicles counts others than the plan of purchases among the state assets.

    What a clause says of another year is no plan of this one; of several purchases none is the whole.
    """
    plans, reasons = (
        [
            (number(one["count"]), passage, one)
            for passage in passages(book)
            for one in pattern(name).finditer(passage.text)
            if int(one["year"] or book.year or 0) == book.year
        ]
        for name in ("cars_planned", "cars_for_reason")
    )
    if not book.executed and len(plans) == len(reasons) == 1 and plans[0][0] != reasons[0][0]:
        left, right = (
            Side(name, count, book.evidence(passage.place_of(one)))
            for name, (count, passage, one) in (("原因", reasons[0]), ("预算安排", plans[0]))
        )
        yield signal(rule, book, reasons[0][2]["bought"], left, right, reasons[0][0] - plans[0][0])


def _count(one: tuple[int, object]) -> int:
    return one[0]


def subordinates(rule: Rule, book: Book) -> Iterator[Signal]:
    """Sentences on subordinate bodies in a document that says it has none."""
    held = passages(book)
    none = [(passage, found) for passage in held for found in pattern("subordinates_none").finditer(passage.text)]
    some = [(passage, found) for passage in held for found in pattern("subordinates_some").finditer(passage.text)]
    for (one, first), (other, second) in zip(none, some, strict=False):
        left = Side(first[0], None, book.evidence(one.place_of(first)))
        yield signal(rule, book, "", left, Side(second[0], None, book.evidence(other.place_of(second))))


def _summed(rule: Rule, book: Book, form: dict[str, str], text: str, following: str, at: str) -> Iterator[Signal]:
    """A whole of a sentence against the parts behind it, in the next sentence, too, where the form may go on there;
    of parts that have kinds the first of each."""
    whole = re.search(form["whole"], text + following)
    if whole is None or whole.start() >= len(text):
        return
    rest = pattern("part_of_part").sub("", (text + following)[whole.end() :])
    parts = list(re.finditer(form["parts"], rest))
    kinds = {one.groupdict().get("kind") or str(one.start()): number(one["number"]) for one in reversed(parts)}
    found = list(kinds.values())
    stated, step = number(whole["number"]), last_digit(whole["number"])
    tolerance = step / 2 * (len(found) + 1) if "." in whole["number"] else Decimal(0)
    gap = Decimal(sum(found)) - stated
    if gap > tolerance or (len(found) > 1 and -gap > tolerance):  # of one part the rest may be left out
        places = book.evidence(at)
        left, right = Side(form["name"], stated, places), Side("各部分之和", Decimal(sum(found)), places)
        yield from compared(rule, book, form["unit"], left, right, tolerance)
