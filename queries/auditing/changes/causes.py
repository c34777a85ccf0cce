"""What reasons name as the cause of a change, against what is printed of it: its own change, its amount in both years,
the change of staff, what is withheld."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.names import fold
from ontology.document_number import mentions
from queries.auditing.book import WAN, Book
from queries.auditing.compare import signal
from queries.auditing.patterns import pattern, spelled, tight
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.reading import Row

_PART = 2  # a change of which the cause explains less than one half has other causes
_NAME = 4  # characters of the name of a subject that stands in a reason by no chance


def too_small(rule: Rule, book: Book) -> Iterator[Signal]:
    """Reasons that name the change of one subject and nothing else, while that is told to be less than half of what it
    should explain: 489.62 less because of 招商引资, which itself fell by 37.04."""
    own = {fold(str(row["item"])): row for row in book.asked("changes") if row["delta"]}
    told: set[str] = set()
    for row in book.asked("changes"):
        found = pattern("one_cause").fullmatch(tight(row["reason"]))
        said = found["name"] if found else ""
        named = [name for name in own if len(name) >= _NAME and name in fold(said) and name != fold(str(row["item"]))]
        if len(named) == 1 and row["delta"] and str(row["item"]) not in told:
            told.add(str(row["item"]))
            cause, due = (Decimal(str(one["delta"])) for one in (own[named[0]], row))
            if cause * due > 0 and abs(cause) * _PART < abs(due):
                left, right = (_changed(book, one) for one in (row, own[named[0]]))
                yield signal(rule, book, str(row["item"]), left, right, (due - cause) / WAN)


def unmoved(rule: Rule, book: Book) -> Iterator[Signal]:
    """Items that a reason calls grown (or less) and whose amount did not move so since last year's table of basic
    expenditure. Of a former body's table, which need not be all of last year, only growth is asked."""
    now = {fold(str(row["item"])): row for row in book.asked("basic_items")}
    before = {fold(str(row["item"])): row for row in book.asked_everywhere("basic_items_before")}
    told: set[tuple[str, str]] = set()
    compared = [row for row in book.asked("changes") if not pattern("with_executed").search(tight(row["words"]))]
    for row in compared if before else ():
        for names, rises in _claims(tight(row["reason"])):
            for name in (one for one in names if one in now and one in before and (str(row["item"]), one) not in told):
                told.add((str(row["item"]), name))
                this, last = (Decimal(str(held[name]["amount"])) for held in (now, before))
                whole = before[name]["former"] == before[name]["body"]
                if (this <= last) if rises else (whole and this >= last):
                    left = Side(f"{name}{'增加' if rises else '减少'}", None, book.evidence(row["evidence"]))
                    at = book.evidence(f"{now[name]['evidence']} {before[name]['evidence']}")
                    said = f"上年{last / WAN:,.2f}万元，本年{this / WAN:,.2f}万元"
                    yield signal(rule, book, str(row["item"]), left, Side(said, None, at))


def staff(rule: Rule, book: Book) -> Iterator[Signal]:
    """Reasons that speak of more (or fewer) staff on post where the stated change is none or the other way about."""
    given = next((row for row in book.asked("staff") if row["item"] == "在职增减"), None)
    if given is None or not isinstance(given["quantity"], int | Decimal):
        return
    told: set[str] = set()
    for row in book.asked("changes"):
        found = pattern("staff_moves").search(tight(row["reason"]))
        opposite = found and ((given["quantity"] <= 0) if found["more"] else (given["quantity"] >= 0))
        if found and opposite and str(row["item"]) not in told:
            told.add(str(row["item"]))
            left = Side(found[0], None, book.evidence(row["evidence"]))
            right = Side(f"在职{int(given['quantity']):+d}人", None, book.evidence(given["evidence"]))
            yield signal(rule, book, str(row["item"]), left, right)


def withheld(rule: Rule, book: Book) -> Iterator[Signal]:
    """Projects that are declared withheld while the reason for the change of their subject, whose money they alone are,
    cites a document."""
    subjects = {str(row["code"]): fold(str(row["item"])) for row in book.asked("subjects")}
    for project in (row for row in book.asked("projects") if row["withheld"] and row["code"]):
        for row in book.asked("changes"):
            mine = fold(str(row["item"])) == subjects.get(str(project["code"])) and row["amount"] == project["amount"]
            if mine and next(mentions(tight(row["reason"])), None):
                left = Side(tight(row["reason"]), None, book.evidence(row["evidence"]))
                right = Side(str(project["name"]), None, book.evidence(project["told"] or project["at"]))
                yield signal(rule, book, str(row["item"]), left, right)


def _claims(reason: str) -> Iterator[tuple[list[str], bool]]:
    """The lists of items that a reason calls grown or less: their names, and whether they grew."""
    for found in (*pattern("moved_items").finditer(reason), *pattern("items_moved").finditer(reason)):
        words = re.split(r"、|以及|[和及与]", pattern("this_year").sub("", found["list"]))
        yield [fold(word) for word in words if word], found["way"] in (*spelled("rises"), "新增")


def _changed(book: Book, row: Row) -> Side:
    delta = Decimal(str(row["delta"])) / WAN
    return Side(str(row["item"]), delta, book.evidence(row["evidence"]))
