"""Printed lines joined into running text, each character still knowing its line."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from extract.document import Document, Line
from extract.narrative.wording import NUMBERING
from ontology.facts import Source
from ontology.text import tight

# A line that holds nothing but a page number: 9, - 9 -, — 9 —, 第 9 页.
_PAGE_NUMBER = re.compile(r"[-—–－]?\d{1,4}[-—–－]?|第\d{1,4}页(?:共\d{1,4}页)?")
_WIDE_POINT = re.compile(r"(?<=\d)．(?=\d{1,2}(?:[万亿千]?元|[%％]))")
# A numbered heading that stands on a line of its own without a stop: （二）收入预算情况说明.
_WORDS = r"[^。；;，,\d]"
_HEADING = re.compile(
    rf"(?:第[一二三四五六七八九十]部分|{NUMBERING}){_WORDS}{{2,40}}(?:\d{{4}}年度?{_WORDS}{{2,30}})?(?:情况|说明|结果)"
)
_GOES_ON = re.compile("[的及和与、，,：:；;。]|说明|变化|表")
_MARKUP = re.compile(r"</?p>|\*\*|<br/?>")


@dataclass(frozen=True, slots=True)
class RunningText:
    """Lines without their white space as one string; `starts[i]` is the offset at which `lines[i]` begins.

    Page numbers standing alone and the mark-up of converted texts (`<p>`, `**`) are left out of `text`; a decimal point
    of full width is one of half width.
    """

    text: str
    lines: tuple[Line, ...]
    starts: tuple[int, ...]

    def lines_of(self, start: int, end: int) -> tuple[Line, ...]:
        """The printed lines that `text[start:end]` touches."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, max(start, end - 1)) - 1
        return self.lines[first : last + 1]

    def source(self, document: Document, start: int, end: int) -> Source:
        """Where `text[start:end]` is printed: the place of its first line, the words of all its lines."""
        lines = self.lines_of(start, end)
        words = "\n".join(line.text.strip() for line in lines)
        return document.source(lines[0], text=words)


def running_text(lines: Iterable[Line], *, headings_stop: bool = False) -> RunningText:
    """The lines joined in reading order. Blank lines and page numbers standing alone carry no text.

    With `headings_stop` a numbered heading on a line of its own ends with a stop: no sentence begins in it.
    """
    kept: list[Line] = []
    starts: list[int] = []
    parts: list[str] = []
    length = 0
    for line in lines:
        words = tight(_MARKUP.sub("", line.text))
        if not words or _PAGE_NUMBER.fullmatch(words):
            continue
        kept.append(line)
        starts.append(length)
        if headings_stop and parts and _HEADING.fullmatch(parts[-1]) and not _GOES_ON.match(words):
            parts[-1] += "。"
            length, starts[-1] = length + 1, length + 1
        parts.append(words)
        length += len(words)
    return RunningText(_WIDE_POINT.sub(".", "".join(parts)), tuple(kept), tuple(starts))
