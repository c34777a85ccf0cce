"""Brackets within names of projects that sentences print in another form: [第三批], 【第三批】."""

import re
from collections.abc import Iterator

from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import passages
from queries.auditing.patterns import pattern, tight
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal


def of_names(rule: Rule, book: Book) -> Iterator[Signal]:
    """What stands in brackets in the name of a project, and in brackets of another form behind the same words in a
    sentence; each once. The years of document numbers are another rule's, and （） and () are one form."""
    told: set[str] = set()
    for row in book.asked("projects"):
        name = tight(row["name"])
        for own in pattern("bracketed").finditer(name):
            before = re.escape(name[max(0, own.start() - 2) : own.start()])
            other = re.compile(before + pattern("bracketed_words").pattern.replace("WORDS", re.escape(own["words"])))
            for passage in passages(book):
                found = other.search(passage.text)
                if before and found and _form(found["open"]) != _form(own["open"]) and own[0] not in told:
                    told.add(own[0])
                    left = Side(found["all"], None, book.evidence(passage.place_of(found)))
                    yield signal(rule, book, name, left, Side(own[0], None, book.evidence(row["at"])))


def _form(bracket: str) -> str:
    return "(" if bracket in "（(" else "[" if bracket in "［[" else bracket
