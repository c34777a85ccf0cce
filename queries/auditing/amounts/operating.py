"""What it costs to run offices (机关运行经费) against the running costs in the table of basic expenditure."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kg.names import fold
from queries.auditing.book import WAN, Book
from queries.auditing.compare import compared
from queries.auditing.passages import passages
from queries.auditing.patterns import pattern, spelled
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.subjects import plain


def costs(rule: Rule, book: Book) -> Iterator[Signal]:
    """Operating costs of offices that are more than all running costs (公用经费); of one office alone, any others.

    They are the running costs of administrative bodies and of those run like them (财预〔2016〕143号), so where there
    are institutions, or may be, they are less by right. Of a text that counts other money, too, nothing is said.
    """
    office, running = spelled("operating"), spelled("running_costs")
    rows = [row for row in book.asked("basic_totals") if row["name"] == running]
    told = [row for row in book.asked("changes") if row["amount"] and plain(fold(str(row["item"]))) == office]
    for row in told if rows and not _counted_otherwise(book, office) else ():
        stated = Decimal(str(row["amount"])) / WAN
        near = min(rows, key=lambda one: abs(Decimal(str(one["amount"])) / WAN - stated))
        left = Side(office, stated, book.evidence(row["evidence"]))
        right = Side(running, Decimal(str(near["amount"])) / WAN, book.evidence(near["evidence"]))
        within = (book.half(row["evidence"]) + book.half(near["evidence"])) / WAN
        more = stated > (right.value or 0)
        for one in compared(rule, book, "", left, right, within) if more or _one_office(book) else ():
            yield one if more else replace(one, severity="warning")


def _one_office(book: Book) -> bool:
    """Whether the text says that no body is below this one, which is no institution by its name."""
    alone = any(pattern("subordinates_none").search(one.text) for one in passages(book))
    return alone and not pattern("institution").search(book.body)


def _counted_otherwise(book: Book, office: str) -> bool:
    mine = [one.text for one in passages(book) if office in one.section + one.text]
    return any(pattern("counted_otherwise").search(text) for text in mine)
