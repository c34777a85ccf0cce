"""The definitions at the end of a disclosure: what a term is said to consist of, against the classification."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.names import fold
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import pattern, spelled
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.subjects import plain


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what is said of it, where it begins in its passage."""

    passage: Passage
    term: str
    words: str
    start: int

    def side(self, book: Book, words: str) -> Side:
        """Words of the definition with their place."""
        at = self.start + max(0, self.words.find(words))
        return Side(words, None, book.evidence(self.passage.places(at, at + len(words))))


def contents(rule: Rule, book: Book) -> Iterator[Signal]:
    """Definitions that count to a term what belongs to another one, or lack what it consists of (`definition`)."""
    for one in definitions(book):
        for form in spelled("definition"):
            if re.search(form["term"], one.term):
                found = re.search(form["alien"], one.words) if "alien" in form else None
                if found:
                    yield signal(rule, book, one.term, one.side(book, found[0]), Side(form["meant"]))
                elif not re.search(form.get("own", ""), one.words):
                    yield signal(rule, book, one.term, one.side(book, one.words[:40]), Side(form["meant"]))


def twice(rule: Rule, book: Book) -> Iterator[Signal]:
    """Terms, or parts of a term (`公务接待费反映…`), that are defined twice in different words."""
    told: dict[str, Definition] = {}
    for one in [*definitions(book), *_parts(book)]:
        known = told.setdefault(one.term, one)
        if known is not one and known.words != one.words:
            left, right = (some.side(book, some.words[:40]) for some in (known, one))
            yield signal(rule, book, one.term, left, right)


def coded(rule: Rule, book: Book) -> Iterator[Signal]:
    """Subjects that are explained with the code of another: the tables print name and code apart, or, where they have
    neither, the classification does."""
    rows = [(plain(fold(str(row["item"]))), str(row["code"]), row["evidence"]) for row in book.asked("subjects")]
    known = [(plain(fold(str(row["name"]))), str(row["code"]), None) for row in book.asked("codes")]
    for passage in (one for one in passages(book) if pattern("definitions").search(one.section)):
        for found in pattern("coded_term").finditer(passage.text):
            name, code = plain(fold(found["term"])), found["code"]
            held = rows if any(one[0] == name and len(one[1]) == len(code) for one in rows) else known
            own = {one[1]: one for one in held if one[0] == name and len(one[1]) == len(code)}
            others = [one for one in (*rows, *known) if one[1] == code and one[0] != name]
            if len(own) == 1 and code not in own and others:
                (right, (_, _, at)) = own.popitem()
                left = Side(code, None, book.evidence(passage.place_of(found)))
                yield signal(rule, book, found["term"], left, Side(right, None, book.evidence(at)))


def definitions(book: Book) -> list[Definition]:
    """The definitions in printed order."""
    return book.once("definitions", lambda: list(_definitions(book)))


def _definitions(book: Book) -> Iterator[Definition]:
    for passage in passages(book):
        if pattern("definitions").search(passage.section):
            heads = list(pattern("defined_term").finditer(passage.text))
            ends = [*(found.start() for found in heads), len(passage.text)]
            for found, (_, end) in zip(heads, pairwise(ends), strict=True):
                term = re.sub(r"[“”\"*]", "", found["term"])
                yield Definition(passage, term, passage.text[found.end() : end], found.end())


def _parts(book: Book) -> Iterator[Definition]:
    for one in definitions(book):
        for found in pattern("defined_part").finditer(one.words):
            yield Definition(one.passage, found["term"], found["words"], one.start + found.start("words"))
