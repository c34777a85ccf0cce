"""Headings and titles that no list has: told by the contents, by their number, or by how they are printed."""

import re
from collections.abc import Sequence, Set
from itertools import takewhile

from extract.document import Block, Line
from extract.entries import LABEL
from extract.headings import Heading, heading_at, wrapped
from extract.titles import is_unknown_title, number_before, table_number, unit_in
from ontology.headings import bare_heading
from ontology.serials import han_number
from ontology.text import tight

# how a heading that no entry lists is worded: a part's in any words, a section's ends as those of explanations do
_HEADED_SO = re.compile(r"第.{1,3}部分[^，。；：]{2,30}|.{1,3}、[^，。；：]{2,30}(?:情况|说明|概况|解释|事项)")
_UNNAMED = "other_matters"  # what stands under a heading of no known meaning
_OVER_TABLE = 5  # lines between the title of a table and the table
_OVER_UNIT = 3  # lines between the title of a table and its unit, where no rules show the table


class UnlistedHeadings:
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

    def heading_at(self, blocks: Sequence[Block], index: int) -> Heading | None:
        """Such a heading that begins at `index`; tables are left to those who know their titles."""
        for size, text in wrapped(blocks, index):
            label = LABEL.match(text)
            if not label or text.rstrip("》").endswith("表"):
                return None
            kind, number = _kind_and_number(label["label"])
            follows = size == 1 and number > 1 and number - 1 == self._numbers.get(kind) and _HEADED_SO.fullmatch(text)
            if bare_heading(text) in self._listed or follows:
                return Heading(size, kind, _UNNAMED, text)
        return None


def _kind_and_number(label: str) -> tuple[str, int]:
    """The kind of heading that a number stands for (`第二部分`, `二、`, `（二）`) and the number."""
    kind = "part" if label.endswith("部分") else "section" if label.endswith("、") else "subsection"
    return kind, han_number(label.strip("第部分、.．（()）")) or 0


def unknown_table(blocks: Sequence[Block], begin: int, index: int) -> Heading | None:
    """The title of a table that is not known, where one begins below the table or form at `begin`: at a
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
        return Heading(1, "table", None, tight(block.text)) if begins else None
    number = table_number(block.text)
    numbers = {found for one in above if (found := table_number(one.text) or number_before(one.text))}
    begins = is_over and has_table and number is not None and bool(numbers) and number not in numbers
    return Heading(1, "table", None, str(number)) if begins else None


def _other_heading(blocks: Sequence[Block], index: int, below: int) -> bool:
    """Whether a line between the one at `index` and a table ends a sentence, or heads what follows by itself."""
    block = blocks[index + 1 + below]
    text = block.text if isinstance(block, Line) else ""
    return tight(text).endswith("。") or is_unknown_title(text) or heading_at(blocks, index + 1 + below) is not None
