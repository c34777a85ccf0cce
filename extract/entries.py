"""A table of contents: where it ends, its numbered entries, wrapped ones whole; numbers of headings: 第一部分."""

import re
from collections.abc import Iterable, Iterator, Sequence

from extract.document import Block, Line
from extract.headings import Heading, heading_at, is_page_number, wrapped
from extract.titles import number_before
from ontology.headings import bare_heading
from ontology.text import tight

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
    without leaders and page number; a line without a number goes on with the last, one on the next page only where more
    entries follow it. Tables listed by numbers of their own (`表1`) are left to `extract.narrative.listed_tables`."""
    held: list[tuple[Line, str]] = []
    over: list[str] = []  # lines on the next page
    for line, words in lines:
        text = without_leaders(words)
        if LABEL.match(text) or number_before(text):
            if len(over) == 1:
                held[-1] = (held[-1][0], held[-1][1] + over[0])
            held.append((line, text.lstrip(LIST_MARKS)))
            over = []
        elif held and line.page == held[-1][0].page:
            held[-1] = (held[-1][0], held[-1][1] + text)
        elif held:
            over.append(text)
    yield from ((line, text) for line, text in held if LABEL.match(text))


def end_of_contents(blocks: Sequence[Block]) -> int:
    """The place after the line 目录 among the blocks, 0 where there is none."""
    for index, block in enumerate(blocks[:200]):
        if isinstance(block, Line) and tight(block.text) == "目录":
            return index + 1
    return 0


def end_of_entries(blocks: Sequence[Block], begin: int) -> int:
    """Where the text proper begins: where the first entry of the contents is printed a second time, or else the first
    known heading among them, with other words."""
    first, words = next(iter(entries(blocks[begin:])), (None, ""))
    for position in range(begin, len(blocks)) if first else ():
        block = blocks[position]
        if not isinstance(block, Line) or tight(block.text).endswith("。"):
            break
        again = (bare_heading(text) == bare_heading(words) for _, text in wrapped(blocks, position))
        if block is not first and any(again):
            return position
    return _first_heading_again(blocks, begin)


def _first_heading_again(blocks: Sequence[Block], begin: int) -> int:
    first: Heading | None = None
    for position in range(begin, len(blocks)):
        found = heading_at(blocks, position)
        if found and first is None:
            first = found
        elif found and first and found.meaning == first.meaning:
            return position
    return begin


def entries(blocks: Sequence[Block]) -> Iterator[tuple[Line, str]]:
    """The numbered entries among blocks, as `joined_entries`; numbers of pages are none of their words."""
    lines = (block for block in blocks if isinstance(block, Line) and not is_page_number(block.text))
    return joined_entries((line, tight(line.text)) for line in lines)
