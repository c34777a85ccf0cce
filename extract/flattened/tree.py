"""Which rows of a flattened table add up to which: total, bodies, 类, 款, 项, projects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from extract.flattened.rows import PrintedRow
from extract.identities.solver import ColumnSum
from extract.tables.forms import TableForm, spelling
from extract.tables.row_names import bare, total_or

_Seen = dict[str, dict[tuple[int, bool], int]]
"""The last row of each code, and of any (under ""), by its level and whether it is a subject and not a project."""


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A printed row and what it is: the total, the body whose budget it is, or a row under them.

    `name` is canonical, None where it is not certain: it cannot be told from the name of the project printed after it,
    its beginning may have been taken for figures of the row before, or it is none of the names that the table knows.
    """

    kind: Literal["total", "body", "row"]
    code: str | None
    name: str | None
    project: str | None
    printed: PrintedRow

    @property
    def level(self) -> int:
        return self.printed.level or (3 if self.project else 0)


def labelled(
    rows: Sequence[PrintedRow], form: TableForm, body: str | None, projects: bool, names: Mapping[str, str]
) -> tuple[LabelledRow, ...]:
    """What each row is. `names` are the names of subjects by code as printed in the other tables of the document."""
    found: list[LabelledRow] = []
    for row, following in zip_longest(rows, rows[1:]):
        of_body = _is_body(row, following, body)
        if row.is_total:
            found.append(LabelledRow("total", None, "合计", None, row))
        elif row.code:
            found.append(_subject(row, projects, names))
        elif form.rows:
            found.append(LabelledRow("row", None, spelling(form.rows, [bare(row.words)]), None, row))
        elif found and found[-1].printed.figures is None:
            found.append(LabelledRow("body" if of_body else "row", None, None, None, row))
        elif projects and not of_body and found and found[-1].level == 3:
            found.append(LabelledRow("row", found[-1].code, found[-1].name, row.words, row))
        else:
            found.append(LabelledRow("body" if of_body else "row", None, row.words, None, row))
    return tuple(found)


def children(rows: Sequence[LabelledRow], sums: Sequence[ColumnSum]) -> list[tuple[int, ...]]:
    """For each row the rows that add up to it; `sums` are sums among named rows."""
    found: list[list[int]] = [[] for _ in rows]
    for child, parent in enumerate(_named_parents(rows, sums) if sums else _parents(rows)):
        if parent is not None:
            found[parent].append(child)
    return [tuple(below) for below in found]


def out_of_place(rows: Sequence[LabelledRow]) -> list[int]:
    """The rows whose code is not one, or does not begin with the code of the row that they stand under."""
    return [
        index
        for index, (row, parent) in enumerate(zip(rows, _parents(rows), strict=True))
        if row.code
        and ((not row.printed.code_is_well_formed and row.printed.code_parts) or not _continues(rows, row, parent))
    ]


def _subject(row: PrintedRow, projects: bool, names: Mapping[str, str]) -> LabelledRow:
    """A row with a code: all its words are the name of the subject, or a project follows it."""
    code, words = str(row.code), row.words
    if not projects or row.level < 3:
        return LabelledRow("row", code, words, None, row)
    name = names.get(code, "")
    if name and words.startswith(name):
        return LabelledRow("row", code, name, words.removeprefix(name) or None, row)
    if len(row.pieces) == 2:
        return LabelledRow("row", code, row.pieces[0], row.pieces[1], row)
    return LabelledRow("row", code, words if len(row.pieces) == 1 else None, None, row)


def _is_body(row: PrintedRow, following: PrintedRow | None, body: str | None) -> bool:
    """Whether a row without code names the body: as declared over the table, or standing over a 类."""
    if row.code or row.is_total:
        return False
    return total_or(row.words) == body or (following is not None and following.level == 1)


def _named_parents(rows: Sequence[LabelledRow], sums: Sequence[ColumnSum]) -> list[int | None]:
    first = {row.name: index for index, row in reversed(list(enumerate(rows)))}
    above = {part: each.total for each in reversed(sums) for part in each.parts}
    return [first.get(above[row.name]) if row.name in above else None for row in rows]


def _parents(rows: Sequence[LabelledRow]) -> list[int | None]:
    """The row above each in the tree: the nearest before it of a higher level whose code begins this one's, or else of
    a higher level at all; then the body whose rows these are; then the total.
    """
    total = next((index for index, row in enumerate(rows) if row.kind == "total"), None)
    found: list[int | None] = []
    body: int | None = None
    seen: _Seen = {}  # since the last body
    for index, row in enumerate(rows):
        if row.kind == "row":
            over = _nearest_over(seen, row)
            found.append(over if over is not None else total if body is None else body)
            for code in (row.code, "") if row.code else ():
                seen.setdefault(code, {})[row.level, row.project is None] = index
        else:
            found.append(total if row.kind == "body" else None)
        if row.kind == "body":
            body, seen = index, {}
    return found


def _nearest_over(seen: _Seen, row: LabelledRow) -> int | None:
    """The last row that was seen of a higher level, one whose code begins that of the row rather than any other."""
    code = row.code or ""
    of_code = [seen.get(code[:end], {}) for end in range(1, len(code) + 1)]
    own = [place for places in of_code for (level, _), place in places.items() if level < row.level]
    if code and row.project is not None:
        own += [place for (_, subject), place in seen.get(code, {}).items() if subject]
    higher = [place for (level, _), place in seen.get("", {}).items() if level < row.level] if code else []
    return max(own or higher, default=None)


def _continues(rows: Sequence[LabelledRow], row: LabelledRow, parent: int | None) -> bool:
    above = rows[parent] if parent is not None else None
    return above is None or above.kind != "row" or str(row.code).startswith(str(above.code))
