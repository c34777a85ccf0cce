"""The form of a flattened table that prints its own headings: the columns as any family calls them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.document import Line
from extract.flattened.forms import FAMILY, FlattenedForm
from extract.identities.solver import ColumnSum
from extract.tables.forms import SideForm, TableForm, fits, spelling, table_forms
from extract.tables.prior_columns import prior_column
from extract.tables.row_names import is_code
from extract.tables.sums import column_sums
from extract.titles import families_of_title, unit_in
from ontology.money import is_amount

_FEWEST_COLUMNS = 2
_OVER_LABELS = "科目"  # what stands over 科目编码 and 科目名称
_OF_A_YEAR = re.compile(r"20\d\d|上年|比|增减")  # over figures that may be of another year than the budget


def form_as_printed(form: FlattenedForm, title: str, lines: Sequence[Line]) -> FlattenedForm:
    """The form with the columns that the table itself prints, where one line holds all of its headings.

    Or two lines, of which the first has one heading over all that the second has. Each of them must be known to one
    family of disclosures that gives tables this title, no two may be alike, and one must be the sum of others; else the
    form as it is. Only tables whose rows begin with codes.
    """
    over = _heading_lines(lines) if form.codes and not form.projects else []
    for family in (each for each in table_forms()[form.table] if each.family in families_of_title(title)):
        columns = _columns(family, over) if family.family != FAMILY else None
        sums = tuple(_sums(family, columns)) if columns else ()
        if columns and sums:
            return replace(
                form,
                columns=columns,
                optional=(),
                sums=sums,
                known=(),
                blank=(),
                allocation=None,
                headings="".join(word for line in over for word in line),
                labels="",
                family=family.family,
            )
    return form


def _heading_lines(lines: Sequence[Line]) -> list[list[str]]:
    """The words of the lines between the unit and the first row."""
    over: list[list[str]] = []
    for line in lines:
        words = line.text.split()
        if not words or unit_in([line.text]):
            continue
        if is_code(words[0]) or any(map(is_amount, words)):
            break
        over.append(words)
    return over


def _columns(form: TableForm, over: Sequence[Sequence[str]]) -> tuple[str, ...] | None:
    """The canonical columns of figures: a code and a name on their left, nothing unknown among them."""
    if len(form.sides) != 1 or not over:
        return None
    side = form.sides[0]
    paths = _paths(side, over)
    columns = tuple(filter(None, (_column(side, path) for path in paths)))
    return columns if len({*columns}) == len(paths) >= _FEWEST_COLUMNS else None


def _paths(side: SideForm, over: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The headings over each column of figures, from top to bottom; none where they cannot be told."""
    if len(over) == 1 and _are_labels(side, over[0]):
        return [(word,) for word in over[0][2:]]
    if len(over) != 2:
        return []
    first, second = over
    if _are_labels(side, second) and len(first) == 2 and first[0].endswith(_OVER_LABELS):
        group, below = first[1], second[2:]
    elif _are_labels(side, first) and len(first) == 3:
        group, below = first[2], second
    else:
        return []
    return [] if _OF_A_YEAR.search(group) else [(group, word) for word in below]


def _are_labels(side: SideForm, words: Sequence[str]) -> bool:
    return len(words) > 1 and fits(side.code, words[:1]) and fits(side.name, words[1:2])


def _column(side: SideForm, path: tuple[str, ...]) -> str | None:
    return None if prior_column(side, 0, path) else spelling(side.values, path)


def _sums(form: TableForm, columns: Sequence[str]) -> Iterator[ColumnSum]:
    for each in column_sums(form.table, form.family, frozenset(columns)):
        parts = tuple(part for part in each.parts if part in columns)
        if each.total in columns and parts:
            yield ColumnSum(each.total, parts)
