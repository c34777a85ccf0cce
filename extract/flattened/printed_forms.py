"""The form of a flattened table that prints its own headings on one line: the columns as any family calls them."""

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


def form_as_printed(form: FlattenedForm, title: str, lines: Sequence[Line]) -> FlattenedForm:
    """The form with the columns that the table itself prints, where one line holds all of its headings.

    Each of them must be known to one family of disclosures that gives tables this title, no two may be alike, and one
    must be the sum of others; else the form as it is. Only tables whose rows begin with codes.
    """
    words = list(_heading_words(lines)) if form.codes and not form.projects else []
    for family in (each for each in table_forms()[form.table] if each.family in families_of_title(title)):
        columns = _columns(family, words) if family.family != FAMILY else None
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
                headings="".join(words),
                labels="",
                family=family.family,
            )
    return form


def _heading_words(lines: Sequence[Line]) -> Iterator[str]:
    """The words of the only line between the unit and the first row; none where there are more lines."""
    over: list[list[str]] = []
    for line in lines:
        words = line.text.split()
        if not words or unit_in([line.text]):
            continue
        if is_code(words[0]) or any(map(is_amount, words)):
            break
        over.append(words)
    yield from over[0] if len(over) == 1 else ()


def _columns(form: TableForm, words: Sequence[str]) -> tuple[str, ...] | None:
    """The canonical columns of figures: a code and a name on their left, nothing unknown among them."""
    if len(form.sides) != 1 or len(words) < _FEWEST_COLUMNS + 2:
        return None
    side = form.sides[0]
    if not (fits(side.code, words[:1]) and fits(side.name, words[1:2])):
        return None
    columns = tuple(filter(None, (_column(side, word) for word in words[2:])))
    return columns if len({*columns}) == len(words) - 2 >= _FEWEST_COLUMNS else None


def _column(side: SideForm, word: str) -> str | None:
    return None if prior_column(side, 0, (word,)) else spelling(side.values, (word,))


def _sums(form: TableForm, columns: Sequence[str]) -> Iterator[ColumnSum]:
    for each in column_sums(form.table, form.family, frozenset(columns)):
        parts = tuple(part for part in each.parts if part in columns)
        if each.total in columns and parts:
            yield ColumnSum(each.total, parts)
