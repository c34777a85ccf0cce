"""The figures of a row in flattened text: which words are figures, and figures that are broken over lines."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from extract.document import Line
from ontology.money import amount, is_amount

_NUMERIC = re.compile(r"[-+]?(?=[,.]*\d)[\d,.]+|[.,]")
_GLUED = re.compile(r"(?<=[\u4e00-\u9fff）)])(\d[\d,]*\.\d\d)(?=\s|$)")
_PAGE_NUMBER = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A figure as printed (a line break where it is broken), where it begins; `amount` is None where it is none."""

    text: str
    line: Line
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one line or a part of it."""

    line: Line
    words: tuple[str, ...]


@dataclass(slots=True)
class _Slot:
    """A figure in the making."""

    line: Line
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)


def words_of(line: Line) -> Words:
    """The words of a line, digits and signs folded to half width where a word is a number.

    An amount right behind a name is a word of its own.
    """
    folded = ((word, unicodedata.normalize("NFKC", word)) for word in _GLUED.sub(r" \1", line.text).split())
    return Words(line, tuple(plain if is_numeric(plain) else word for word, plain in folded))


def is_numeric(word: str) -> bool:
    """Whether the word is a figure or may be a part of one."""
    return _NUMERIC.fullmatch(word) is not None


def all_numeric(words: Sequence[str]) -> bool:
    return bool(words) and all(map(is_numeric, words))


def decimals_of(lines: Sequence[Words], elsewhere: int | None) -> int | None:
    """How many decimals the amounts of a table are printed with.

    As many as those of all tables (`elsewhere`) where figures may be broken: whole numbers alone on the line after one.
    """
    own = common_decimals(lines)
    broken = any(
        all_numeric(line.words) and not any("." in word for word in line.words) and is_numeric(before.words[-1])
        for before, line in pairwise(line for line in lines if line.words)
    )
    return elsewhere if broken and (own or 0) < (elsewhere or 0) else own


def common_decimals(lines: Iterable[Words]) -> int | None:
    """How many decimals most amounts are printed with: what two thirds of them have and none has more.

    Where fewer have, but some figures are plainly broken (`322` and `.50`), all with fewer may be parts of such. None
    where there is no such number; then no figure can be told to be broken.
    """
    words = [word for line in lines for word in line.words if is_numeric(word)]
    printed = [len(word.partition(".")[2]) for word in words if is_amount(word) and "." in word]
    most = max(printed, default=0)
    common = 3 * printed.count(most) >= 2 * len(printed) or any(map(_is_broken, words))
    return most if most and common else None


def _is_broken(word: str) -> bool:
    """Whether a word is the beginning or the end of a figure (`322.`, `.50`, `1,08`)."""
    return not is_amount(word) and word not in (".", ",") and word.count(".") < 2


def is_figure(word: str, decimals: int | None) -> bool:
    """Whether the word is a whole amount: with the decimals that are common to the table, if there are any."""
    return is_amount(word) and (decimals is None or len(word.partition(".")[2]) == decimals)


def figures_of(printed: Sequence[Words], decimals: int | None, at_page_end: bool) -> tuple[PrintedFigure, ...] | None:
    """The figures of a row, printed on one line or several.

    A figure broken over lines (`40`, `8.`, `50`) is joined; several side by side are broken alike. At the end of a page
    a whole number by itself that belongs to no figure is the page number. None where the pieces do not fit together.
    """
    slots = _slots(printed, decimals)
    if slots is None and at_page_end and _is_page_number(printed[-1]):
        slots = _slots(printed[:-1], decimals)
    if slots is None or any(_is_broken(slot.text) for slot in slots):
        return None
    return tuple(_figure(slot) for slot in slots)


def ends_with_a_part(printed: Sequence[Words]) -> bool:
    """Whether the last figures of a row stand on a line of their own."""
    return bool(printed) and all_numeric(tuple(printed[-1].line.text.split()))


def _slots(printed: Sequence[Words], decimals: int | None) -> list[_Slot] | None:
    slots: list[_Slot] = []
    broken: list[_Slot] = []
    for each in printed:
        if not broken:
            new = [_Slot(each.line, [word]) for word in each.words]
            slots += new
            broken = [slot for slot in new if _may_go_on(slot.text, decimals)]
            continue
        if len(each.words) != len(broken):
            return None
        for slot, word in zip(broken, each.words, strict=True):
            slot.parts.append(word)
        if any(not is_figure(slot.text, decimals) and not _may_go_on(slot.text, decimals) for slot in broken):
            return None
        broken = [slot for slot in broken if not is_figure(slot.text, decimals)]
    unbroken = len(printed) == 1 and len(broken) < len(slots) and all(is_amount(slot.text) for slot in broken)
    return slots if not broken or unbroken else None


def _may_go_on(text: str, decimals: int | None) -> bool:
    """Whether the text is the beginning of a figure with so many decimals."""
    if not decimals or is_figure(text, decimals):
        return False
    return re.fullmatch(rf"[-+]?[\d,]*(?:\.\d{{0,{decimals - 1}}})?", text) is not None


def _is_page_number(words: Words) -> bool:
    return len(words.words) == 1 and _PAGE_NUMBER.fullmatch(words.words[0]) is not None


def _figure(slot: _Slot) -> PrintedFigure:
    return PrintedFigure("\n".join(slot.parts), slot.line, amount(slot.text) if is_amount(slot.text) else None)
