"""Which rows of a flattened table add up to which: total, bodies, 类, 款, 项, projects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from extract.flattened.rows import PrintedRow
from extract.identities.solver import ColumnSum
from extract.tables.forms import TableForm, spelling
from extract.tables.row_names import bare, total_or


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
    parents = [_named_parent(rows, row, sums) if sums else _parent(rows, index) for index, row in enumerate(rows)]
    return [tuple(child for child, parent in enumerate(parents) if parent == row) for row in range(len(rows))]


def out_of_place(rows: Sequence[LabelledRow]) -> list[int]:
    """The rows whose code is not one, or does not begin with the code of the row that they stand under."""
    parents = [_parent(rows, index) for index in range(len(rows))]
    return [
        index
        for index, (row, parent) in enumerate(zip(rows, parents, strict=True))
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


def _named_parent(rows: Sequence[LabelledRow], row: LabelledRow, sums: Sequence[ColumnSum]) -> int | None:
    above = next((each.total for each in sums if row.name in each.parts), None)
    return next((index for index, each in enumerate(rows) if each.name == above), None) if above else None


def _parent(rows: Sequence[LabelledRow], index: int) -> int | None:
    """The row above in the tree: the nearest before it of a higher level whose code begins this one's, or else of a
    higher level at all; then the body whose rows these are; then the total.
    """
    row = rows[index]
    total = next((place for place, each in enumerate(rows) if each.kind == "total"), None)
    if row.kind == "total":
        return None
    if row.kind == "body":
        return total
    body = max((place for place in range(index) if rows[place].kind == "body"), default=None)
    before = [place for place in range(index - 1, body or 0, -1) if rows[place].kind == "row"]
    before += [0] if body is None and index and rows[0].kind == "row" else []
    if row.code:
        higher = [place for place in before if rows[place].code and _is_over(rows[place], row)]
        own = [place for place in higher if _begins(rows[place], row)]
        if own or higher:
            return (own or higher)[0]
    return total if body is None else body


def _is_over(upper: LabelledRow, lower: LabelledRow) -> bool:
    if upper.level < lower.level:
        return True
    return upper.code == lower.code and upper.project is None and lower.project is not None


def _begins(upper: LabelledRow, lower: LabelledRow) -> bool:
    return str(lower.code).startswith(str(upper.code))


def _continues(rows: Sequence[LabelledRow], row: LabelledRow, parent: int | None) -> bool:
    return parent is None or rows[parent].kind != "row" or _begins(rows[parent], row)
