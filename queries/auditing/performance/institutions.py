"""Institutions that a project's own name and its texts call by two names: 招商企业服务中心, 招商引资服务中心."""

import re
from collections.abc import Iterator, Sequence

from kg.names import fold
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import passages
from queries.auditing.patterns import pattern
from queries.auditing.performance.texts import NAME, Text, side, texts
from queries.auditing.rules import Rule
from queries.auditing.signal import Signal

_HEAD = 2  # characters that two names of one institution begin with
_MOST = 4  # characters between that beginning and its kind
_FEWER = 1  # characters by which two such names may differ in length


def institutions(rule: Rule, book: Book) -> Iterator[Signal]:
    """Institutions in the name of a project that no text of it names but in quoting that name, while one names another
    of that kind with the same beginning. One that the project's name has as well is none of these."""
    parts = list(_parts_of_the_body(book))
    for name, some in texts(book).items():
        for found in pattern("institution_in_name").finditer(fold(name)):
            others = [text._replace(words=text.words.replace(fold(name), "")) for text in some if text.part != NAME]
            at = next((text.at for text in some if text.part == NAME), "")
            yield from _renamed(rule, book, name, found, parts, at)
            if not any(found["name"] in text.words for text in others):
                yield from _renamed(rule, book, name, found, others, at)


def _parts_of_the_body(book: Book) -> Iterator[Text]:
    for passage in passages(book):
        for found in pattern("parts_of_body").finditer(passage.text):
            yield Text("机构设置", fold(found["list"]), passage.place_of(found))


def _renamed(
    rule: Rule, book: Book, name: str, found: re.Match[str], others: Sequence[Text], at: str
) -> Iterator[Signal]:
    own, kind = found["name"], found["kind"]
    middle = len(own) - _HEAD - len(kind)
    form = re.compile(rf"{re.escape(own[:_HEAD])}[\u4e00-\u9fff]{{1,{_MOST}}}?{re.escape(kind)}")
    for text in others:
        other = form.search(text.words)
        if other and middle > 0 and abs(len(other[0]) - len(own)) <= _FEWER and other[0] not in fold(name):
            left = side(book, text.part, other[0], text.at)
            yield signal(rule, book, name, left, side(book, NAME, own, at))
            return
