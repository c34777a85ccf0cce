"""Which first- and second-level names belong to which rows where merged cells are printed before one row of theirs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from extract.performance.pieces import Piece, run
from extract.performance.terms import terms

Level = Literal["level1", "level2"]
Label = tuple[Level, str]
Levels = tuple[str | None, str | None]


def leading_labels(parts: Sequence[Piece]) -> tuple[tuple[Label, ...], int]:
    """The names of levels that stand before anything else, and where they end.

    满意度指标 names a first and a second level: the first of two is the first level.
    """
    labels: list[Label] = []
    start = 0
    known = terms().level1 | terms().level2
    while (end := run(parts, start, known)) > start:
        name = "".join(part.folded for part in parts[start:end])
        labels.append(label(name, labels))
        start = end
    return tuple(labels), start


def without_empty_groups(parts: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces of a row from its own first level on: names of first levels without any row stand before that."""
    first, start, labels = 0, 0, list[Label]()
    known = terms().level1 | terms().level2
    while (end := run(parts, start, known)) > start:
        labels.append(label("".join(part.folded for part in parts[start:end]), labels))
        first = start if labels[-1][0] == "level1" else first
        start = end
    return parts[first:]


def label(name: str, before: Sequence[Label] = ()) -> Label:
    """The name with its level, `before` being the names printed before it."""
    if name in terms().level1 and name in terms().level2:
        return ("level2" if before and before[-1][0] == "level1" else "level1"), name
    return ("level1" if name in terms().level1 else "level2"), name


def placed(rows: Sequence[Sequence[Label]], parents: Mapping[str, str] | None) -> list[Levels] | None:
    """The levels of every row, `rows` being the names printed before each; None where it is not certain.

    Two layouts are known: a merged name is printed before the first row of its group, or before the last one. Exactly
    one of them must give every row its names, with every second level under its own first level (`parents`).
    """
    layouts = (_carried(rows), _carried(list(reversed(rows)))[::-1])
    fitting = [levels for levels in layouts if _fits(levels, rows, parents)]
    if len(fitting) == 2 and fitting[0] != fitting[1]:
        return None
    return fitting[0] if fitting else None


def _carried(rows: Iterable[Sequence[Label]]) -> list[Levels]:
    """Names carried on from row to row; a new first level has no second level yet."""
    levels: list[Levels] = []
    now: dict[Level, str] = {}
    for labels in rows:
        now = dict(labels) if any(level == "level1" for level, _ in labels) else now | dict(labels)
        levels.append((now.get("level1"), now.get("level2")))
    return levels


def _fits(levels: Sequence[Levels], rows: Sequence[Sequence[Label]], parents: Mapping[str, str] | None) -> bool:
    """Whether every row has a name of every level that is printed at all, and the right first level for its second."""
    printed = {level for labels in rows for level, _ in labels}
    if parents is not None:
        return all(level2 is not None and parents.get(level2) == level1 for level1, level2 in levels)
    return all((level1 or "level1" not in printed) and (level2 or "level2" not in printed) for level1, level2 in levels)
