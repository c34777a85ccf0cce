"""The running text of a document, section by section, as one string each whose every character knows its place."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kg.names import fold
from queries.auditing.book import Book
from queries.auditing.patterns import full_width, pattern, tight


@dataclass(frozen=True, slots=True)
class Passage:
    """The text under one heading without white space; `starts[i]` is where the words printed at `at[i]` begin."""

    section: str
    text: str
    starts: tuple[int, ...]
    at: tuple[str, ...]

    def places(self, start: int, end: int) -> str:
        """The addresses of the printed words that `text[start:end]` touches, blanks between them."""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = max(0, bisect_right(self.starts, max(start, end - 1)) - 1)
        return " ".join(self.at[first : last + 1])

    def place_of(self, found: re.Match[str]) -> str:
        """The addresses of what a pattern has found."""
        return self.places(*found.span())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: its words and where they begin and end."""

    passage: Passage
    text: str
    start: int

    @property
    def at(self) -> str:
        """The addresses of its words."""
        return self.passage.places(self.start, self.start + len(self.text))


def passages(book: Book) -> list[Passage]:
    """The passages in printed order; page numbers standing alone are left out."""
    return book.once("passages", lambda: _passages(book))


def _passages(book: Book) -> list[Passage]:
    rows = [row for row in book.asked("paragraphs") if not pattern("page_number").fullmatch(tight(row["words"]))]
    return [_joined(section, list(some)) for section, some in groupby(rows, key=lambda row: str(row["section"]))]


def is_named(book: Book, name: str) -> bool:
    """Whether the text has a folded name."""
    return any(name in fold(passage.text) for passage in passages(book))


def times_named(book: Book) -> int:
    """How often the text names the disclosing body, folded; 0 where the body is not known."""
    return book.once("times_named", lambda: _times_named(book, fold(book.body)))


def _times_named(book: Book, body: str) -> int:
    return sum(fold(passage.text).count(body) for passage in passages(book)) if body else 0


def sentences(passage: Passage) -> Iterator[Sentence]:
    """The sentences of a passage, each with its full stop."""
    for found in re.finditer(r"[^。]+。?", passage.text):
        yield Sentence(passage, found[0], found.start())


def _joined(section: str, rows: list[object]) -> Passage:
    starts, length = [], 0
    words = [full_width(tight(row["words"])) for row in rows]  # type: ignore[index]
    for text in words:
        starts.append(length)
        length += len(text)
    return Passage(tight(section), "".join(words), tuple(starts), tuple(str(row["evidence"]) for row in rows))  # type: ignore[index]
