"""Numbered entries of a table of contents, wrapped ones whole; the numbers of headings: 第一部分, 一、, （一）."""

import re
from collections.abc import Iterable, Iterator

from extract.document import Line

NUMERAL = "[一二三四五六七八九十]{1,3}"
LIST_MARKS = "-·•"  # before a number
LABEL = re.compile(
    rf"[{LIST_MARKS}]*(?P<label>第{NUMERAL}部分|{NUMERAL}、|[（(]{NUMERAL}[）)]|\d{{1,2}}[、.．](?!\d(?!\d{{3}}年)))"
)
_LEADERS = re.compile(r"(?:(?<![.．…·\s])[.．…·\s]++)?(?<!\d)\d{0,9}$")


def without_leaders(words: str) -> str:
    """An entry without what leads to its page, and without the number of that."""
    return _LEADERS.sub("", words)


def joined_entries(lines: Iterable[tuple[Line, str]]) -> Iterator[tuple[Line, str]]:
    """The numbered entries among lines of the contents and their words without white space: each with its first line,
    without leaders and page number; a line without a number goes on with the last."""
    held: list[tuple[Line, str]] = []
    for line, words in lines:
        text = without_leaders(words)
        if LABEL.match(text):
            held.append((line, text.lstrip(LIST_MARKS)))
        elif held:
            held[-1] = (held[-1][0], held[-1][1] + text)
    yield from held
