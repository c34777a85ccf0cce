"""The outline of a disclosure: its parts, sections, budget tables and performance forms in printed order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from extract.document import Block, Document, Line, Table
from extract.entries import end_of_contents, end_of_entries, entries
from extract.headings import Heading, heading_at, heading_in_table, is_page_number, split_number, title_cell
from extract.titles import is_unknown_title
from extract.unlisted_headings import UnlistedHeadings, unknown_table
from ontology.headings import bare_heading

_CHINESE_NUMERAL = re.compile(r"[一二三四五六七八九十]+")
_LIST = 3  # titles of tables right below one another, from which they are a list


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading, up to the next.

    kind    key
    cover   None: what stands before the first heading
    contents, part  as in forms/headings/
    section, subsection  the meaning of the heading (`income`, `use`, …)
    table   the canonical name of the budget table, None where its title is not known
    form    整体 | 项目: a performance form

    `title` is the heading as printed without white space; `label` the same with the number of the section above
    before a subsection's own and without 关于某局2025年 (`五（一）一般公共预算当年拨款规模变化情况`). `blocks` are the
    lines and tables after the heading; `heading` are the lines of the heading itself.
    """

    kind: str
    key: str | None
    title: str
    label: str
    heading: tuple[Line, ...]
    blocks: tuple[Block, ...]

    def lines(self) -> Iterator[Line]:
        return (block for block in self.blocks if isinstance(block, Line))


class _Start(NamedTuple):
    """A heading and its index among the blocks. The section of a title within its table begins with the table."""

    at: int
    heading: Heading


def outline(document: Document) -> tuple[Section, ...]:
    """The sections of a document in printed order; no block is lost. The table of contents is one section.

    A title printed in the first row of a table heads a section too: its row stays in the table.
    """
    starts = _without_lists(list(_starts(document.blocks)), document.blocks)
    sections = [Section("cover", None, "", "", (), document.blocks[: starts[0].at if starts else None])]
    above = ""
    for position, (index, (size, kind, key, title)) in enumerate(starts):
        end = starts[position + 1].at if position + 1 < len(starts) else len(document.blocks)
        number, rest = split_number(title)
        if kind == "section" or number.endswith("、"):
            above = "".join(_CHINESE_NUMERAL.findall(number))
        label = f"{above}{number}{rest}" if kind == "subsection" and not number.endswith("、") else f"{number}{rest}"
        heading = _heading_lines(document.blocks[index : index + max(size, 1)])
        sections.append(Section(kind, key, title, label, heading, document.blocks[index + size : end]))
    return tuple(sections)


def _heading_lines(blocks: Sequence[Block]) -> tuple[Line, ...]:
    """The lines of a heading; a title in the first row of a table counts as a line of its own."""
    titles = [title_cell(block) for block in blocks if isinstance(block, Table)]
    lines = [block for block in blocks if isinstance(block, Line)]
    return tuple(lines) or tuple(Line(cell.text, cell.page, cell.line, cell.bbox) for cell in titles if cell)


def _starts(blocks: Sequence[Block]) -> Iterator[_Start]:
    """Every heading among the blocks, in printed order; what the contents alone tell to be one, too."""
    begin = end_of_contents(blocks)
    index = end_of_entries(blocks, begin) if begin else 0
    if begin:
        yield _Start(begin - 1, Heading(1, "contents", "contents", "目录"))
    unlisted = UnlistedHeadings(frozenset(bare_heading(text) for _, text in entries(blocks[begin:index])))
    open_title: Heading | None = None  # under which no table has come yet
    held: _Start | None = None  # the section above
    while index < len(blocks):
        block = blocks[index]
        found = heading_in_table(block) if isinstance(block, Table) else heading_at(blocks, index)
        found = found or unlisted.heading_at(blocks, index)
        if not found and held and held.heading.kind in ("table", "form"):
            found = unknown_table(blocks, held.at, index)
        is_again = isinstance(block, Table) and found and open_title and found.meaning == open_title.meaning
        if found and not is_again:
            open_title, held = found, _Start(index, found)
            yield held
            unlisted.count(found.title)
        if isinstance(block, Table):
            open_title = None
        index += max(found.size, 1) if found else 1


def _without_lists(starts: Sequence[_Start], blocks: Sequence[Block]) -> list[_Start]:
    """The starts without titles of tables and forms that are printed one right below the other on a page, some of them
    again behind it: such is a list of what is printed elsewhere, and part of the section that it stands in."""
    ends = (*(start.at for start in starts[1:]), len(blocks))
    bare = [_is_bare(blocks, start, end) for start, end in zip(starts, ends, strict=False)]
    kept: list[_Start] = []
    for (_, is_bare), run in groupby(zip(starts, bare, strict=True), key=lambda one: (blocks[one[0].at].page, one[1])):
        found = [start for start, _ in run]
        behind = {start.heading.key for start in starts if start.at > found[-1].at}
        is_list = is_bare and len(found) >= _LIST and not behind.isdisjoint(start.heading.key for start in found)
        kept += [] if is_list else found
    return kept


def _is_bare(blocks: Sequence[Block], start: _Start, end: int) -> bool:
    """Whether nothing stands under the title of a table or form but further titles and the number of the page."""
    below = blocks[start.at + start.heading.size : end]
    return start.heading.kind in ("table", "form") and all(
        isinstance(block, Line) and (is_page_number(block.text) or is_unknown_title(block.text)) for block in below
    )
