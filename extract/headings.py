"""Headings: what their words mean (forms/headings/, titles of budget tables), and where they are printed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from extract.document import Block, Cell, Line, Table
from extract.form_data import families, unquoted_pattern
from extract.titles import BEFORE_TITLE, BEHIND_TITLE, number_before, printed_title, table_of_title
from ontology.text import tight, unquoted

_NUMBERING = re.compile(r"^[-·•]?(?P<number>[（(]?[一二三四五六七八九十]{1,3}[）)、.．]+|\d{1,2}[、.．])?")
_CHINESE_NUMERAL = re.compile(r"[一二三四五六七八九十]+")
_SHORT_YEAR = re.compile(r"(?<!\d)20\d(?=年)")
_OF_BODY_AND_YEAR = re.compile(r"^关于(?:.{2,40}?20\d\d年度?(?:部门|单位)?)?")
_SHORT_ENDING = re.compile(r"(?:(?<!情况)(?<!情况的)的?说明|(?<=情况))$")
_ON_TABLE = re.compile("(总)?体?(?:情况)?表的?说明$")
_LEADERS = re.compile(r"(?<![.．…·])[.．…·]{3,}+\d{0,9}$")  # dots from an entry of the contents to its page number
_PAGE_NUMBER = re.compile(r"[-—–－]+\d{1,4}[-—–－]+|第\d{1,4}页(?:[，,]?共\d{1,4}页)?")
_FULL_BRACKETS, _HALF_BRACKETS = str.maketrans("()", "（）"), str.maketrans("（）", "()")
_TEMPLATES_NOTE = re.compile(
    "[（(](?:仅|只|如|若|没有|无)[^（()）]{4,60}[）)]$"
)  # for whom the template has the section
_BEHIND_PART = re.compile(r"(?<=部分)[：:、]")
_REST_OF_HEADING = re.compile("[^一二三四五六七八九十。，；：]{1,20}(?<!表)")
_WRAPPED_OVER = 3
_LONGEST = 80


class Heading(NamedTuple):
    """A heading: of how many blocks (none for a title within its table), its kind and key as those of a section
    (`extract.outline.Section`), and its printed words without white space."""

    size: int
    kind: str
    key: str | None
    title: str

    @property
    def meaning(self) -> tuple[str, str | None]:
        """The kind and key: the same for all prints of one heading."""
        return self.kind, self.key


@dataclass(frozen=True, slots=True)
class _Wording:
    kind: str
    key: str
    pattern: re.Pattern[str]
    lead: re.Pattern[str] | None
    numbered: bool


def is_page_number(printed: str) -> bool:
    """Whether a line can only be the number of a page (`- 11 -`, `第3页`); a bare number may be a figure."""
    return _PAGE_NUMBER.fullmatch(tight(printed)) is not None


def heading_at(blocks: Sequence[Block], index: int) -> Heading | None:
    """The heading that begins at `index`, wrapped over three lines at most.

    A line of words belongs to the heading only where the lines after it do not say the same without it, or where it is
    what may lead that heading (`lead` in forms/headings/).
    """
    text = rest = first = ""
    for size in range(1, _WRAPPED_OVER + 1):
        if index + size > len(blocks):
            return None
        block = blocks[index + size - 1]
        if not isinstance(block, Line) or len(text) > _LONGEST:
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
            return None if again else _with_rest(blocks, index, Heading(size, *meaning, text))
    return None


def _with_rest(blocks: Sequence[Block], index: int, found: Heading) -> Heading:
    """A heading with the line below it, where that is the rest of it: 说明, 的总体说明."""
    below = blocks[index + found.size] if index + found.size < len(blocks) else None
    rest = tight(below.text) if isinstance(below, Line) else ""
    goes_on = (
        found.kind not in ("table", "form")
        and _REST_OF_HEADING.fullmatch(rest)
        and _meaning(found.title + rest) == found.meaning
    )
    return found._replace(size=found.size + 1, title=found.title + rest) if goes_on else found


def _leads(meaning: tuple[str, str], words: str) -> bool:
    """Whether words on a line of their own are what may stand before a heading of this meaning and belong to it."""
    leads = (heading.lead for heading in _headings() if (heading.kind, heading.key) == meaning)
    return any(lead.fullmatch(words) for lead in leads if lead)


def heading_in_table(table: Table) -> Heading | None:
    """The title of a budget table or form that is the only text of the table's first row."""
    cell = title_cell(table)
    meaning = _meaning(tight(cell.text)) if cell and len(tight(cell.text)) <= _LONGEST else None
    return Heading(0, *meaning, tight(cell.text)) if cell and meaning and meaning[0] in ("table", "form") else None


def title_cell(table: Table) -> Cell | None:
    printed = [cell for cell in table.cells if cell.row == 0 and tight(cell.text)]
    return printed[0] if len(printed) == 1 else None


def wrapped(blocks: Sequence[Block], index: int) -> Iterator[tuple[int, str]]:
    """The words of one line, of two and of three, as far as lines go, with how many they are."""
    text = ""
    for size, block in enumerate(blocks[index : index + _WRAPPED_OVER], 1):
        if not isinstance(block, Line):
            return
        text += tight(block.text)
        yield size, text


def split_number(title: str) -> tuple[str, str]:
    """The number of a heading (`五、`, `（一）`) and its words without 关于某局2025年."""
    match = _NUMBERING.match(title)
    number = (match["number"] or "") if match else ""
    rest = title[match.end() :] if match else title
    return number, _OF_BODY_AND_YEAR.sub("", rest)


@cache
def _meaning(text: str) -> tuple[str, str] | None:
    """The kind and key of a heading, its brackets of either width, its year as if no digit of it were lost, without a
    note of the template in brackets behind it."""
    text = _SHORT_YEAR.sub(r"\g<0>0", _TEMPLATES_NOTE.sub("", _BEHIND_PART.sub("", text, count=1)))
    widths = dict.fromkeys((text, text.translate(_FULL_BRACKETS), text.translate(_HALF_BRACKETS)))
    return next((found for one in widths if (found := _meaning_as_printed(one))), None)


def _meaning_as_printed(text: str) -> tuple[str, str] | None:
    table = table_of_title(text)
    if table:
        return "table", table
    own = number_before(text)
    number, words = split_number(text.removeprefix(own).lstrip("：:、.") if own else text)
    rest = unquoted(re.sub("^《([^《》]+)》$", r"\1", words))
    numbered = _CHINESE_NUMERAL.search(number) is not None
    bare = rest.removesuffix("。")
    on_table = _ON_TABLE.sub(lambda one: f"{'总体' if one[1] else ''}情况说明", bare)  # 收支总表的说明
    spellings = [rest, bare, _SHORT_ENDING.sub(_full_ending, bare), on_table] if numbered else [rest]
    return next((found for one in spellings if (found := _listed(one, numbered=numbered))), None)


def _full_ending(match: re.Match[str]) -> str:
    """What a heading that ends in 说明 or 情况 alone leaves out of 情况说明."""
    return "情况说明" if match[0] else "说明"


def _listed(words: str, *, numbered: bool) -> tuple[str, str] | None:
    if not _any_heading().fullmatch(words):
        return None
    fitting = (one for one in _headings() if one.pattern.fullmatch(words) and (numbered or not one.numbered))
    return next(((one.kind, one.key) for one in fitting), None)


@cache
def _any_heading() -> re.Pattern[str]:
    """What all headings fit, tried once before each by itself."""
    patterns = (unquoted_pattern(row["pattern"]) for _, data in families("headings") for row in data["heading"])
    return re.compile(f"{BEFORE_TITLE}(?:{'|'.join(f'(?:{pattern})' for pattern in patterns)}){BEHIND_TITLE}")


@cache
def _headings() -> tuple[_Wording, ...]:
    """All headings; those that need a number behind the others, which are worded more narrowly."""
    found = (_wording(row) for _, data in families("headings") for row in data["heading"])
    return tuple(sorted(found, key=lambda one: one.numbered))


def _wording(row: Mapping[str, Any]) -> _Wording:
    pattern = re.compile(f"{BEFORE_TITLE}(?:{unquoted_pattern(row['pattern'])}){BEHIND_TITLE}")
    lead = re.compile(row["lead"]) if "lead" in row else None
    return _Wording(row["kind"], row["key"], pattern, lead, row.get("numbered", False))
