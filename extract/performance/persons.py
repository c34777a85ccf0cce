"""Cutting persons out of flattened forms: their names and telephone numbers are not facts and go nowhere."""

import re
from collections.abc import Sequence
from functools import cache

from extract.performance.pieces import Piece, joined
from extract.performance.terms import head_field, terms

_LONGEST_LABEL = 4  # pieces
_TELEPHONE = re.compile("电话|方式")
_DIGITS = re.compile(r"[\d-]{1,13}")
_LONGEST_CELL = 24  # characters of a piece that holds a label of a person together with a value


def without_persons(parts: Sequence[Piece]) -> list[Piece]:
    """The pieces without the labels of persons and what stands behind them, to the end of their line.

    Where nothing stands behind a label, the next line is its value; so are lines of digits behind a telephone's. An
    empty piece marks every cut.
    """
    kept: list[Piece] = []
    start = 0
    while start < len(parts):
        end = _end_of_label(parts, start)
        if end == start:
            kept.append(parts[start])
            start += 1
            continue
        kept.append(Piece("", "", parts[start].line))
        start = _end_of_value(parts, start, end)
    return kept


def _end_of_value(parts: Sequence[Piece], start: int, end: int) -> int:
    """One past the value of the label from `start` to `end`, and of the labels behind it on its line."""
    behind = _end_of_line(parts, end, end - 1)
    last = next((place for place in range(start, behind) if _end_of_label(parts, place) == behind), None)
    if last is not None and behind < len(parts) and head_field(parts[behind].text) is None:
        behind = _end_of_line(parts, behind, behind)
    telephone = any(map(_TELEPHONE.search, (joined(parts[start:end]), joined(parts[last or start : behind]))))
    while telephone and behind < len(parts) and _DIGITS.fullmatch(parts[behind].line.text.strip()):
        behind = _end_of_line(parts, behind, behind)
    return behind


def _end_of_label(parts: Sequence[Piece], start: int) -> int:
    for end in range(min(len(parts), start + _LONGEST_LABEL), start, -1):
        if head_field(joined(parts[start:end])) == "personal":
            return end
    folded = parts[start].folded
    return start + 1 if len(folded) <= _LONGEST_CELL and _with_value().fullmatch(folded) else start


def _end_of_line(parts: Sequence[Piece], start: int, of: int) -> int:
    """One past the last piece from `start` on that stands on the line of the piece at `of`."""
    end = start
    while end < len(parts) and parts[end].line == parts[of].line:
        end += 1
    return end


@cache
def _with_value() -> re.Pattern[str]:
    """A label of a person with digits before it, or with a value behind it in the same cell."""
    labels = "|".join(pattern.pattern for field, pattern in terms().head if field == "personal")
    return re.compile(rf"\d*(?:{labels}).*")
