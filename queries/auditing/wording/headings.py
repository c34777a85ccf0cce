"""Headings of sections and titles of tables that are printed twice under different numbers: one was copied."""

from collections.abc import Iterator

from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import pattern
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.readings import found_in_reading


def twice(rule: Rule, book: Book) -> Iterator[Signal]:
    """Sections with one heading and two numbers (`二、支出预算情况说明`, `三、支出预算情况说明`), tables likewise."""
    told: dict[str, tuple[str, Passage]] = {}
    for passage in (one for one in passages(book) if one.at):
        found = pattern("numbered_heading").match(passage.section)
        if found:
            number, known = told.setdefault(found["words"], (found["number"], passage))
            if number != found["number"]:
                left, right = (Side(one.section, None, book.evidence(one.at[0])) for one in (passage, known))
                yield signal(rule, book, found["words"], left, right)
    for said, at in found_in_reading(book, "title_twice"):
        yield signal(rule, book, said["title"], Side(said["number"], None, at), Side(said["other"]))
