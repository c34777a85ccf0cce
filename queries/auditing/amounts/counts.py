"""Counts and sums that sentences state: projects and their amounts, wholes and parts, staff behind an indicator."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from queries.auditing.book import WAN, Book
from queries.auditing.compare import compared, signal
from queries.auditing.passages import Passage, passages, sentences
from queries.auditing.patterns import half_unit, number, pattern, priced, spelled, tight, yuan
from queries.auditing.performance.forms import forms
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal


def project_amounts(rule: Rule, book: Book) -> Iterator[Signal]:
    """Stated amounts of fiscal and other projects against the sums of the forms, of those withheld too."""
    rows = [row for row in book.asked("form_money") if row["single"]]
    hidden = [Decimal(str(row["amount"])) for row in book.asked("absences") if row["withheld"] and row["amount"]]
    for passage, found in _stated(book):
        column = "other" if found["kind"] else "fiscal"
        amounts = [(Decimal(str(row[column])), row) for row in rows if row[column]]
        total = sum((amount for amount, _ in amounts), Decimal(0))
        others = {total, *(total + amount for amount in hidden)}
        stated, half = yuan(found), half_unit(found) * (len(amounts) + 1)
        if rows and all(abs(stated - other) > half for other in others) and not (hidden and not total):
            at = " ".join(str(row["at"]) for _, row in amounts) or " ".join(str(row["at"]) for row in rows[:1])
            left = Side("文字", stated / WAN, book.evidence(passage.place_of(found)))
            right = Side("项目绩效表之和", total / WAN, book.evidence(at))
            what = "非财政拨款项目" if found["kind"] else "财政拨款项目"
            yield signal(rule, book, what, left, right, (stated - total) / WAN, half / WAN)


def goal_amounts(rule: Rule, book: Book) -> Iterator[Signal]:
    """Stated amounts of the projects with goals against the sum of the forms, where as many forms are printed."""
    rows = [row for row in book.asked("form_money") if row["single"] and row["total"]]
    stated = priced("goal_projects")
    total = sum((Decimal(str(row["total"])) for row in rows), Decimal(0))
    for passage in passages(book):
        for found in stated.finditer(passage.text):
            if int(found["count"]) == len(rows):
                left = Side("文字", yuan(found) / WAN, book.evidence(passage.place_of(found)))
                right = Side("各表之和", total / WAN, book.evidence(" ".join(str(row["at"]) for row in rows)))
                tolerance = (half_unit(found) + 50 * len(rows)) / WAN
                yield from compared(rule, book, f"编报绩效目标的{found['count']}个项目", left, right, tolerance)


def project_statements(rule: Rule, book: Book) -> Iterator[Signal]:
    """Two sentences that give different counts or amounts of the same projects, neither being a part withheld."""
    told = [(passage, found) for passage, found in _stated(book) if found["count"]]
    for (one, first), (other, second) in combinations(told, 2):
        differs = (first["count"], yuan(first)) != (second["count"], yuan(second))
        if first["kind"] == second["kind"] and differs and (yuan(second) > yuan(first) or first["count"] == "0"):
            left = Side(_told(first), None, book.evidence(one.place_of(first)))
            right = Side(_told(second), None, book.evidence(other.place_of(second)))
            yield signal(rule, book, f"{first['kind']}财政拨款项目", left, right)


def parts(rule: Rule, book: Book) -> Iterator[Signal]:
    """Wholes that are not the sum of all the parts their sentence names."""
    for passage in passages(book):
        for sentence in sentences(passage):
            for form in spelled("sum"):
                yield from _summed(rule, book, form, sentence.text, sentence.at)


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


def subordinates(rule: Rule, book: Book) -> Iterator[Signal]:
    """Sentences on subordinate bodies in a document that says it has none."""
    held = passages(book)
    none = [(passage, found) for passage in held for found in pattern("subordinates_none").finditer(passage.text)]
    some = [(passage, found) for passage in held for found in pattern("subordinates_some").finditer(passage.text)]
    for (one, first), (other, second) in zip(none, some, strict=False):
        left = Side(first[0], None, book.evidence(one.place_of(first)))
        yield signal(rule, book, "", left, Side(second[0], None, book.evidence(other.place_of(second))))


def _stated(book: Book) -> list[tuple[Passage, re.Match[str]]]:
    stated = priced("fiscal_projects")
    return [(passage, found) for passage in passages(book) for found in stated.finditer(passage.text)]


def _told(found: re.Match[str]) -> str:
    return f"{found['count']}个、{yuan(found) / WAN:,.2f}万元"


def _summed(rule: Rule, book: Book, form: dict[str, str], text: str, at: str) -> Iterator[Signal]:
    whole = re.search(form["whole"], text)
    if whole is None:
        return
    rest = text[whole.end() :]
    found = [number(one["number"]) for one in re.finditer(form["parts"], rest)]
    stated, step = number(whole["number"]), Decimal(10) ** -len(whole["number"].partition(".")[2])
    tolerance = step / 2 * (len(found) + 1) if "." in whole["number"] else Decimal(0)
    if len(found) > 1 and abs(sum(found) - stated) > tolerance:
        places = book.evidence(at)
        left, right = Side(form["name"], stated, places), Side("各部分之和", Decimal(sum(found)), places)
        yield from compared(rule, book, form["unit"], left, right, tolerance)
