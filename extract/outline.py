"""The outline of a disclosure: its parts, sections, budget tables and performance forms in printed order."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import groupby, takewhile
from typing import NamedTuple

from extract.document import Block, Cell, Document, Line, Table
from extract.entries import LABEL, joined_entries
from extract.form_data import families, unquoted_pattern
from extract.titles import (
    BEFORE_TITLE,
    BEHIND_TITLE,
    is_unknown_title,
    number_before,
    printed_title,
    table_number,
    table_of_title,
    unit_in,
)
from ontology.headings import bare_heading
from ontology.serials import han_number
from ontology.text import tight, unquoted

_NUMBERING = re.compile(r"^[-·•]?(?P<number>[（(]?[一二三四五六七八九十]{1,3}[）)、.．]+|\d{1,2}[、.．])?")
_SHORT_YEAR = re.compile(r"(?<!\d)20\d(?=年)")
_OF_BODY_AND_YEAR = re.compile(r"^关于(?:.{2,40}?20\d\d年度?(?:部门|单位)?)?")
_SHORT_ENDING = re.compile(r"(?:(?<!情况)(?<!情况的)的?说明|(?<=情况))$")
_CHINESE_NUMERAL = re.compile(r"[一二三四五六七八九十]+")
_LEADERS = re.compile(r"(?<![.．…·])[.．…·]{3,}+\d{0,9}$")  # dots from an entry of the contents to its page number
_PAGE_NUMBER = re.compile(r"[-—–－]+\d{1,4}[-—–－]+|第\d{1,4}页(?:[，,]?共\d{1,4}页)?")
_FULL_BRACKETS, _HALF_BRACKETS = str.maketrans("()", "（）"), str.maketrans("（）", "()")
_TEMPLATES_NOTE = re.compile(
    "[（(](?:仅|只|如|若|没有|无)[^（()）]{4,60}[）)]$"
)  # for whom the template has the section
# how a heading that no entry lists is worded: a part's in any words, a section's ends as those of explanations do
_HEADED_SO = re.compile(r"第.{1,3}部分[^，。；：]{2,30}|.{1,3}、[^，。；：]{2,30}(?:情况|说明|概况|解释|事项)")
_REST_OF_HEADING = re.compile("(?:的?情)?况?的?说?明")
_WRAPPED_OVER = 3
_LIST = 3  # titles of tables right below one another, from which they are a list
_UNNAMED = "other_matters"  # what stands under a heading of no known meaning
_LONGEST_HEADING = 80
_OVER_TABLE = 5  # lines between the title of a table and the table
_OVER_UNIT = 3  # lines between the title of a table and its unit, where no rules show the table


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
    """Index and length of a heading among the blocks, its kind, key and printed title.

    A title within its table has no length: the section begins with the table.
    """

    at: int
    size: int
    kind: str
    key: str | None
    title: str


@dataclass(frozen=True, slots=True)
class _Heading:
    kind: str
    key: str
    pattern: re.Pattern[str]
    lead: re.Pattern[str] | None = None


def is_page_number(printed: str) -> bool:
    """Whether a line can only be the number of a page (`- 11 -`, `第3页`); a bare number may be a figure."""
    return _PAGE_NUMBER.fullmatch(tight(printed)) is not None


def outline(document: Document) -> tuple[Section, ...]:
    """The sections of a document in printed order; no block is lost. The table of contents is one section.

    A title printed in the first row of a table heads a section too: its row stays in the table.
    """
    starts = _without_lists(list(_starts(document.blocks)), document.blocks)
    sections = [Section("cover", None, "", "", (), document.blocks[: starts[0].at if starts else None])]
    above = ""
    for position, (index, size, kind, key, title) in enumerate(starts):
        end = starts[position + 1].at if position + 1 < len(starts) else len(document.blocks)
        number, rest = _split(title)
        if kind == "section" or number.endswith("、"):
            above = "".join(_CHINESE_NUMERAL.findall(number))
        label = f"{above}{number}{rest}" if kind == "subsection" and not number.endswith("、") else f"{number}{rest}"
        heading = _heading_lines(document.blocks[index : index + max(size, 1)])
        sections.append(Section(kind, key, title, label, heading, document.blocks[index + size : end]))
    return tuple(sections)


def _heading_lines(blocks: Sequence[Block]) -> tuple[Line, ...]:
    """The lines of a heading; a title in the first row of a table counts as a line of its own."""
    titles = [_title_cell(block) for block in blocks if isinstance(block, Table)]
    lines = [block for block in blocks if isinstance(block, Line)]
    return tuple(lines) or tuple(Line(cell.text, cell.page, cell.line, cell.bbox) for cell in titles if cell)


def _starts(blocks: Sequence[Block]) -> Iterator[_Start]:
    """Every heading among the blocks, in printed order; what the contents alone tell to be one, too."""
    begin = _end_of_contents(blocks)
    index = _end_of_entries(blocks, begin) if begin else 0
    if begin:
        yield _Start(begin - 1, 1, "contents", "contents", "目录")
    unknown = _Unknown(frozenset(bare_heading(text) for _, text in _entries(blocks[begin:index])))
    open_title: tuple[str, str | None] | None = None  # of a heading under which no table has come yet
    held: tuple[str, int] | None = None  # kind of the section above and where it begins
    while index < len(blocks):
        block = blocks[index]
        found: tuple[int, str, str | None, str] | None
        found = _heading_in_table(block) if isinstance(block, Table) else _heading_at(blocks, index)
        found = found or unknown.heading_at(blocks, index)
        found = found or (_other_table(blocks, held[1], index) if held and held[0] in ("table", "form") else None)
        if found and not (isinstance(block, Table) and open_title == found[1:3]):
            yield _Start(index, *found)
            open_title = found[1:3]
            unknown.count(found[3])
            held = found[1], index
        if isinstance(block, Table):
            open_title = None
        index += max(found[0], 1) if found else 1


def _other_table(blocks: Sequence[Block], begin: int, index: int) -> tuple[int, str, None, str] | None:
    """Length, kind and title of a table that is not known, where one begins below the table or form at `begin`: at a
    line worded like a title, or at another number than that one's, over a table; or at such a title over a unit."""
    block, below = blocks[index], blocks[index + 1 : index + 1 + _OVER_TABLE]
    if not isinstance(block, Line):
        return None
    above = [one for one in blocks[begin:index] if isinstance(one, Line)]
    lines = list(takewhile(lambda one: isinstance(one, Line), below))
    is_over = len(lines) < len(below) and not any(_other_heading(blocks, index, at) for at in range(len(lines)))
    has_table = len(above) < index - begin or above[0].page != block.page
    if is_unknown_title(block.text):
        over_unit = unit_in(one.text for one in lines[:_OVER_UNIT] if isinstance(one, Line)) is not None
        begins = has_table if is_over else over_unit and len(lines) == len(below)
        return (1, "table", None, tight(block.text)) if begins else None
    number = table_number(block.text)
    numbers = {found for one in above if (found := table_number(one.text) or number_before(one.text))}
    begins = is_over and has_table and number is not None and bool(numbers) and number not in numbers
    return (1, "table", None, str(number)) if begins else None


def _other_heading(blocks: Sequence[Block], index: int, below: int) -> bool:
    """Whether a line between the one at `index` and a table ends a sentence, or heads what follows by itself."""
    block = blocks[index + 1 + below]
    text = block.text if isinstance(block, Line) else ""
    return tight(text).endswith("。") or is_unknown_title(text) or _heading_at(blocks, index + 1 + below) is not None


def _without_lists(starts: Sequence[_Start], blocks: Sequence[Block]) -> list[_Start]:
    """The starts without titles of tables and forms that are printed one right below the other on a page, some of them
    again behind it: such is a list of what is printed elsewhere, and part of the section that it stands in."""
    ends = (*(start.at for start in starts[1:]), len(blocks))
    bare = [_is_bare(blocks, start, end) for start, end in zip(starts, ends, strict=False)]
    kept: list[_Start] = []
    for (_, is_bare), run in groupby(zip(starts, bare, strict=True), key=lambda one: (blocks[one[0].at].page, one[1])):
        found = [start for start, _ in run]
        behind = {start.key for start in starts if start.at > found[-1].at}
        is_list = is_bare and len(found) >= _LIST and not behind.isdisjoint(start.key for start in found)
        kept += [] if is_list else found
    return kept


def _is_bare(blocks: Sequence[Block], start: _Start, end: int) -> bool:
    """Whether nothing stands under the title of a table or form but further titles and the number of the page."""
    below = blocks[start.at + start.size : end]
    return start.kind in ("table", "form") and all(
        isinstance(block, Line) and (is_page_number(block.text) or is_unknown_title(block.text)) for block in below
    )


def _end_of_contents(blocks: Sequence[Block]) -> int:
    """One past the line 目录, 0 where there is none."""
    for index, block in enumerate(blocks[:200]):
        if isinstance(block, Line) and tight(block.text) == "目录":
            return index + 1
    return 0


def _end_of_entries(blocks: Sequence[Block], begin: int) -> int:
    """Where the text proper begins: where the first entry of the contents is printed a second time, or else the first
    known heading among them, with other words."""
    first, words = next(iter(_entries(blocks[begin:])), (None, ""))
    for position in range(begin, len(blocks)) if first else ():
        block = blocks[position]
        if not isinstance(block, Line) or tight(block.text).endswith("。"):
            break
        again = (bare_heading(text) == bare_heading(words) for _, text in _wrapped(blocks, position))
        if block is not first and any(again):
            return position
    return _first_heading_again(blocks, begin)


def _first_heading_again(blocks: Sequence[Block], begin: int) -> int:
    first: tuple[str, str] | None = None
    for position in range(begin, len(blocks)):
        found = _heading_at(blocks, position)
        if found and first is None:
            first = found[1:3]
        elif found and found[1:3] == first:
            return position
    return begin


def _entries(blocks: Sequence[Block]) -> Iterator[tuple[Line, str]]:
    lines = (block for block in blocks if isinstance(block, Line) and not is_page_number(block.text))
    return joined_entries((line, tight(line.text)) for line in lines)


class _Unknown:
    """Numbered headings of no known meaning: those that the contents list, and those that bear the next number."""

    def __init__(self, listed: Set[str]) -> None:
        self._listed = listed
        self._numbers: dict[str, int] = {}

    def count(self, title: str) -> None:
        """Take the number of a heading for the last of its kind; a part begins the numbers of its sections anew."""
        label = LABEL.match(title)
        if label:
            kind, number = _kind_and_number(label["label"])
            self._numbers = {**({} if kind == "part" else self._numbers), kind: number}

    def heading_at(self, blocks: Sequence[Block], index: int) -> tuple[int, str, str, str] | None:
        """Length, kind, key and title of such a heading; tables are left to those who know their titles."""
        for size, text in _wrapped(blocks, index):
            label = LABEL.match(text)
            if not label or text.rstrip("》").endswith("表"):
                return None
            kind, number = _kind_and_number(label["label"])
            follows = size == 1 and number > 1 and number - 1 == self._numbers.get(kind) and _HEADED_SO.fullmatch(text)
            if bare_heading(text) in self._listed or follows:
                return size, kind, _UNNAMED, text
        return None


def _kind_and_number(label: str) -> tuple[str, int]:
    """The kind of heading that a number stands for (`第二部分`, `二、`, `（二）`) and the number."""
    kind = "part" if label.endswith("部分") else "section" if label.endswith("、") else "subsection"
    return kind, han_number(label.strip("第部分、.．（()）")) or 0


def _wrapped(blocks: Sequence[Block], index: int) -> Iterator[tuple[int, str]]:
    """The words of one line, of two and of three, as far as lines go, with how many they are."""
    text = ""
    for size, block in enumerate(blocks[index : index + _WRAPPED_OVER], 1):
        if not isinstance(block, Line):
            return
        text += tight(block.text)
        yield size, text


def _heading_in_table(table: Table) -> tuple[int, str, str, str] | None:
    """No length, kind, key and title of the table or form whose title is the only text of the table's first row."""
    cell = _title_cell(table)
    meaning = _meaning(tight(cell.text)) if cell and len(tight(cell.text)) <= _LONGEST_HEADING else None
    return (0, *meaning, tight(cell.text)) if cell and meaning and meaning[0] in ("table", "form") else None


def _title_cell(table: Table) -> Cell | None:
    printed = [cell for cell in table.cells if cell.row == 0 and tight(cell.text)]
    return printed[0] if len(printed) == 1 else None


def _heading_at(blocks: Sequence[Block], index: int) -> tuple[int, str, str, str] | None:
    """Length, kind, key and title of the heading that begins at `index`, wrapped over three lines at most.

    A line of words belongs to the heading only where the lines after it do not say the same without it, or where it is
    what may lead that heading (`lead` in forms/headings/).
    """
    text = rest = first = ""
    for size in range(1, _WRAPPED_OVER + 1):
        if index + size > len(blocks):
            return None
        block = blocks[index + size - 1]
        if not isinstance(block, Line) or len(text) > _LONGEST_HEADING:
            return None
        if text and is_page_number(block.text):
            continue
        words = _LEADERS.sub("", tight(block.text))
        first = first or words
        text += words
        rest += words if size > 1 and printed_title(text) != words else ""
        meaning = _meaning(text)
        if meaning:
            again = rest and _meaning(rest) == meaning and not _leads(meaning, first)
            return None if again else _with_rest(blocks, index, (size, *meaning, text))
    return None


def _with_rest(blocks: Sequence[Block], index: int, found: tuple[int, str, str, str]) -> tuple[int, str, str, str]:
    """A heading with the line below it, where that is the rest of it: 说明."""
    size, *_, text = found
    below = blocks[index + size] if index + size < len(blocks) else None
    rest = tight(below.text) if isinstance(below, Line) else ""
    meaning = _meaning(text + rest) if _REST_OF_HEADING.fullmatch(rest) else None
    return (size + 1, *meaning, text + rest) if meaning else found


def _leads(meaning: tuple[str, str], words: str) -> bool:
    """Whether words on a line of their own are what may stand before a heading of this meaning and belong to it."""
    leads = (heading.lead for heading in _headings() if (heading.kind, heading.key) == meaning)
    return any(lead.fullmatch(words) for lead in leads if lead)


@cache
def _meaning(text: str) -> tuple[str, str] | None:
    """The kind and key of a heading, its brackets of either width, its year as if no digit of it were lost, without a
    note of the template in brackets behind it."""
    text = _SHORT_YEAR.sub(r"\g<0>0", _TEMPLATES_NOTE.sub("", text))
    widths = dict.fromkeys((text, text.translate(_FULL_BRACKETS), text.translate(_HALF_BRACKETS)))
    return next((found for one in widths if (found := _meaning_as_printed(one))), None)


def _meaning_as_printed(text: str) -> tuple[str, str] | None:
    table = table_of_title(text)
    if table:
        return "table", table
    number, words = _split(text)
    rest = unquoted(words)
    spellings = [rest, _SHORT_ENDING.sub(_full_ending, rest)] if _CHINESE_NUMERAL.search(number) else [rest]
    return next(filter(None, map(_listed, spellings)), None)


def _full_ending(match: re.Match[str]) -> str:
    """What a heading that ends in 说明 or 情况 alone leaves out of 情况说明."""
    return "情况说明" if match[0] else "说明"


def _listed(words: str) -> tuple[str, str] | None:
    if not _any_heading().fullmatch(words):
        return None
    return next(((one.kind, one.key) for one in _headings() if one.pattern.fullmatch(words)), None)


def _split(title: str) -> tuple[str, str]:
    """The number of a heading (`五、`, `（一）`) and its words without 关于某局2025年."""
    match = _NUMBERING.match(title)
    number = (match["number"] or "") if match else ""
    rest = title[match.end() :] if match else title
    return number, _OF_BODY_AND_YEAR.sub("", rest)


@cache
def _any_heading() -> re.Pattern[str]:
    """What all headings fit, tried once before each by itself."""
    patterns = (unquoted_pattern(row["pattern"]) for _, data in families("headings") for row in data["heading"])
    return re.compile(f"{BEFORE_TITLE}(?:{'|'.join(f'(?:{pattern})' for pattern in patterns)}){BEHIND_TITLE}")


@cache
def _headings() -> tuple[_Heading, ...]:
    rows = [row for _, data in families("headings") for row in data["heading"]]
    return tuple(_Heading(row["kind"], row["key"], _heading(row["pattern"]), _lead(row.get("lead"))) for row in rows)


def _heading(pattern: str) -> re.Pattern[str]:
    return re.compile(f"{BEFORE_TITLE}(?:{unquoted_pattern(pattern)}){BEHIND_TITLE}")


def _lead(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None
