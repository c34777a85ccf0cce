"""The rows of flattened tables of two sides: income by name to the left, expenditure by code to the right."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from extract.document import Line
from extract.flattened.figures import (
    PrintedFigure,
    Words,
    all_numeric,
    decimals_of,
    ends_with_a_part,
    figures_of,
    is_numeric,
    words_of,
)
from extract.tables.row_names import bare, chain, total_or
from extract.titles import unit_in
from ontology.facts import Side
from ontology.text import key, tight

_SPACED_TOTAL = re.compile(r"([收支])\s*([入出])\s*总\s*计")
_FIRST_ROW = re.compile(r"\s*一[、.．]|\s*2\d\d\s*[\u4e00-\u9fff]")
_RIGHT = re.compile(r"(?<![\d.,])2\d\d\s*(?=[\u4e00-\u9fff])|支出总计")
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]+[、.．]|\d{1,2}[、.．]|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]|其中[:：]|收入总计"
)
_CODE = re.compile(r"2\d\d")
_TOTALS = ("合计", "收入总计")


@dataclass(frozen=True, slots=True)
class SideRow:
    """A row of one side: name as printed without white space, code of a 类, figures; None where they do not fit.

    `pieces` is the number of lines that the name is printed on.
    """

    side: Side
    code: str | None
    printed: str
    path: tuple[str, ...]
    figures: tuple[PrintedFigure, ...] | None
    line: Line
    pieces: int = 1

    @property
    def name(self) -> str:
        return total_or(bare(self.printed))


@dataclass(slots=True)
class _Draft:
    side: Side
    code: str | None
    line: Line
    pieces: list[str] = field(default_factory=list)
    figures: list[Words] = field(default_factory=list)
    lines: int = 0

    @property
    def printed(self) -> str:
        return tight("".join(self.pieces))


def side_rows(
    lines: Iterable[Line], income: Sequence[str], decimals: int | None = None
) -> tuple[tuple[SideRow, ...], tuple[Line, ...]]:
    """The rows of both sides in printed order, and the lines that belong to none.

    `income` are the names that rows of side 收入 can have; other words at the beginning of a line go on with the name
    to the right on the line before. `decimals` are those of amounts in other tables.
    """
    plain = list(_with_whole_totals([line for line in lines if line.text.strip()]))
    start = next((index for index, line in enumerate(plain) if _FIRST_ROW.match(line.text)), len(plain))
    drafts: list[_Draft] = []
    stray: list[Line] = []
    heading = False
    for line in plain[start:]:
        heading = (heading or unit_in([line.text]) is not None) and not _RIGHT.search(line.text)
        if not heading:
            stray += _read(line, drafts, income)
    common = decimals_of([words for draft in drafts for words in draft.figures], decimals)
    return tuple(_rows(drafts, common)), tuple(stray)


def is_numbered(printed: str) -> bool:
    """Whether a printed name of income begins with a number or 其中：."""
    return _NUMBERED.match(printed) is not None


def _with_whole_totals(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with `收 入 总 计` as `收入总计`, also where it is broken over lines."""
    index = 0
    while index < len(lines):
        size = next((size for size in (2, 3, 4) if _is_broken_total(lines[index : index + size])), 1)
        text = " ".join(line.text for line in lines[index : index + size])
        yield replace(lines[index], text=_SPACED_TOTAL.sub(r"\1\2总计", text))
        index += size


def _is_broken_total(lines: Sequence[Line]) -> bool:
    first, words = (tight(text) for text in (lines[0].text, "".join(line.text for line in lines)))
    rest = words.rstrip("0123456789.,")
    return len(lines) > 1 and rest in ("收入总计", "支出总计") and first != rest and rest.startswith(first)


def _read(line: Line, drafts: list[_Draft], income: Sequence[str]) -> list[Line]:
    """Add what the line holds to the drafts; the line itself if it belongs to no row."""
    words = words_of(line)
    if all_numeric(words.words):
        if not drafts:
            return [line]
        drafts[-1].figures.append(words)
        return []
    right = _RIGHT.search(line.text)
    left = words_of(replace(line, text=line.text[: right.start()] if right else line.text))
    if left.words:
        draft = _draft_of_left(left, drafts, income)
        if draft is None:
            return [line]
        _add(draft, left)
    if right:
        printed = words_of(replace(line, text=line.text[right.start() :]))
        code = _CODE.match(printed.words[0])
        drafts.append(_Draft("支出", code[0] if code else None, line))
        _add(drafts[-1], printed)
    return []


def _draft_of_left(left: Words, drafts: list[_Draft], income: Sequence[str]) -> _Draft | None:
    """The row that words at the beginning of a line belong to: a new one of side 收入, or one wrapped over lines."""
    words = tight("".join(word for word in left.words if not is_numeric(word)))
    last = {draft.side: draft for draft in drafts}
    wrapped = last.get("收入")
    if not words:
        return wrapped
    known_names = (*map(key, income), *map(key, _TOTALS))
    if wrapped and _goes_on(wrapped.printed, words, known_names):
        return wrapped
    known = _NUMBERED.match(words) or any(name.startswith(key(bare(words))) for name in known_names)
    if known or "支出" not in last or is_numeric(left.words[-1]):
        drafts.append(_Draft("收入", None, left.line))
        return drafts[-1]
    return last["支出"]


def _goes_on(printed: str, words: str, names: Sequence[str]) -> bool:
    """Whether words go on with a name that is not whole, or with one that can be longer and are none themselves."""
    whole, longer, alone = (key(bare(text)) for text in (printed, printed + words, words))
    if longer in names:
        return True
    own = whole in names and any(name.startswith(alone) for name in names)
    return not own and any(name.startswith(longer) for name in names)


def _add(draft: _Draft, line: Words) -> None:
    last_word = max((place for place, word in enumerate(line.words) if not is_numeric(word)), default=-1)
    draft.pieces.extend(line.words[: last_word + 1])
    draft.lines += last_word >= 0
    if last_word + 1 < len(line.words):
        draft.figures.append(Words(line.line, line.words[last_word + 1 :]))


def _rows(drafts: list[_Draft], decimals: int | None) -> Iterable[SideRow]:
    above: tuple[str, ...] = ()
    part_over: Line | None = None  # a line over which a part of a figure stands that may be of one of its rows
    for draft, following in zip_longest(drafts, drafts[1:]):
        printed = draft.printed.removeprefix(draft.code or "")
        path: tuple[str, ...] = ()
        if draft.side == "收入":
            path, above = chain(above, printed)
        figures = figures_of(draft.figures, decimals, following is None) if draft.figures else ()
        doubtful = figures is None or (draft.line is part_over and bool(figures))
        if doubtful and following and ends_with_a_part(draft.figures):
            part_over = following.line
        figures = None if doubtful else figures
        yield SideRow(draft.side, draft.code, printed, path, figures, draft.line, draft.lines)
