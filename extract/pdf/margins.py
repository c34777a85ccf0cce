"""Running headers, running footers and page numbers: lines that belong to the paper and not to the document."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from extract.pdf.page_contents import PageContents
from extract.pdf.printed_text import PrintedLine
from ontology.text import key

_DIGITS = re.compile(r"\d+")
_DEPTH = 2  # lines at either end of a page that may be running
_SAME_PLACE = 6.0  # points
_FEWEST_PAGES = 3


class _Patterns(NamedTuple):
    plain: re.Pattern[str]
    marked: re.Pattern[str]
    kept: re.Pattern[str]


class _Edge(NamedTuple):
    """A line at the top or bottom end of a page: where it stands, and its words with what counts on as `#`."""

    page: int
    line: int
    at_top: bool
    place: float
    text: str
    words: str


@cache
def _patterns() -> _Patterns:
    data = tomllib.loads(files("extract").joinpath("forms/page_margins.toml").read_text(encoding="utf-8"))
    return _Patterns(*(re.compile("|".join(data[name])) for name in ("plain", "marked", "kept")))


def without_margins(pages: Sequence[PageContents]) -> list[PageContents]:
    """The pages without running headers, running footers and page numbers.

    A line is running when the same words stand at the same place on more than half of the pages and on three at
    least, outside of all tables; a number in them may count on with the pages. Titles of tables and lines with a unit
    never are.
    """
    edges = [edge for index, page in enumerate(pages) for edge in _edges(index, page)]
    running = _running(edges, len(pages)) | _page_numbers(edges)
    return [
        replace(page, lines=tuple(line for at, line in enumerate(page.lines) if (index, at) not in running))
        for index, page in enumerate(pages)
    ]


def _edges(index: int, page: PageContents) -> Iterator[_Edge]:
    tops = [table.grid.bbox[1] for table in page.tables]
    bottoms = [table.grid.bbox[3] for table in page.tables]
    order = sorted(range(len(page.lines)), key=lambda at: page.lines[at].bbox[1])
    for at in order[:_DEPTH]:
        if all(page.lines[at].bbox[3] <= top + _SAME_PLACE for top in tops):
            yield _edge(index, at, page.lines[at], True, page.lines[at].bbox[3])
    for at in order[-_DEPTH:]:
        if all(page.lines[at].bbox[1] >= bottom - _SAME_PLACE for bottom in bottoms):
            yield _edge(index, at, page.lines[at], False, page.height - page.lines[at].bbox[3])


def _edge(page: int, at: int, line: PrintedLine, at_top: bool, place: float) -> _Edge:
    text = key(line.text)
    counting = _DIGITS.sub(lambda digits: f"#{int(digits[0]) - page}", text)
    return _Edge(page, at, at_top, place, text, counting)


def _running(edges: list[_Edge], pages: int) -> set[tuple[int, int]]:
    """The lines repeated at one place on most pages."""
    by_words: dict[tuple[bool, str], set[_Edge]] = {}
    for edge in edges:
        if not _patterns().kept.fullmatch(edge.text):
            by_words.setdefault((edge.at_top, edge.text), set()).add(edge)
            by_words.setdefault((edge.at_top, edge.words), set()).add(edge)
    running: set[tuple[int, int]] = set()
    for group in by_words.values():
        for edge in group:
            same = {other.page for other in group if abs(other.place - edge.place) <= _SAME_PLACE}
            if len(same) >= _FEWEST_PAGES and 2 * len(same) > pages:
                running.add((edge.page, edge.line))
    return running


def _page_numbers(edges: list[_Edge]) -> set[tuple[int, int]]:
    """The outermost lines that are marked as page numbers, or are numbers that count on over two pages or more."""
    marked = {(edge.page, edge.line) for edge in edges if _patterns().marked.fullmatch(edge.text)}
    plain = {(edge.page, edge.line): edge.words for edge in edges if _patterns().plain.fullmatch(edge.text)}
    offsets = Counter(plain.values())
    return marked | {place for place, words in plain.items() if offsets[words] > 1}
