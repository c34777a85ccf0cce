"""The columns of a budget table for one side of its form: what each says, and columns that come twice."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.document import Table
from extract.tables.forms import SideForm, fits, spelling
from extract.tables.heading_rows import most_heading_rows
from extract.tables.prior_columns import PriorColumn, prior_column
from extract.tables.row_names import is_code
from ontology.money import is_amount
from ontology.text import key

Paths = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of figures: its 0-based index, canonical name and headings; `item` is the row's name if these say it.

    `name` is None where the rows say which figures they hold.
    """

    index: int
    name: str | None
    heading: str
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table for one side: indices of label columns, the columns of figures beside them, and those of
    the year before. Where neither another column nor those of figures name the rows, that of bodies does."""

    form: SideForm
    code: tuple[int, ...]
    name: tuple[int, ...]
    project: tuple[int, ...]
    body: tuple[int, ...]
    values: tuple[ValueColumn, ...]
    prior: tuple[PriorColumn, ...] = ()


def columns_of(side: SideForm, paths: Paths) -> list[Columns]:
    """The columns that the headings over them place on this side, from left to right.

    One entry, or one a group where label columns come again to the right of figures: two halves printed side by side.
    Label columns at the right end belong to the figures on their left.
    """
    groups: list[list[int]] = []
    in_figures = True
    for index in range(len(paths)):
        label, value = _is_label(side, paths, index), _is_of_figures(side, paths[index])
        if not (label or value):
            continue
        if not groups or (label and in_figures):
            groups.append([])
        groups[-1].append(index)
        in_figures = value
    if len(groups) > 1 and not in_figures:
        groups[-2:] = [groups[-2] + groups[-1]]
    return [_columns(side, group, paths) for group in groups]


def told_by_content(columns: Columns, table: Table, headings: int, paths: Paths) -> Columns:
    """The columns with those of codes and of names that no heading tells: left of the figures, the one column that
    holds nothing but codes, and the one that holds nothing but words and stands beside most figures.
    """
    form, first = columns.form, min((value.index for value in columns.values), default=0)
    ignored = (index for index, path in enumerate(paths) if fits(form.ignored, path))
    taken = {*columns.code, *columns.name, *columns.project, *columns.body, *ignored}
    headings = max(headings, most_heading_rows(table))
    held = {index: _held(table, headings, index) for index in range(first) if index not in taken}
    rows = max((len(_held(table, headings, value.index)) for value in columns.values), default=0)
    codes = tuple(index for index, texts in held.items() if texts and all(map(is_code, texts)))
    names = tuple(index for index, texts in held.items() if 2 * len(texts) > rows and all(map(_is_words, texts)))
    return replace(
        columns,
        code=codes if form.code and not columns.code and len(codes) == 1 else columns.code,
        name=names if form.name and not columns.name and len(names) == 1 else columns.name,
    )


def as_printed(columns: Columns, paths: Paths) -> Columns:
    """The columns with these headings over their figures."""
    return replace(
        columns,
        values=tuple(replace(value, heading="/".join(paths[value.index])) for value in columns.values),
        prior=tuple(replace(each, heading="/".join(paths[each.index])) for each in columns.prior),
    )


def _held(table: Table, headings: int, column: int) -> list[str]:
    texts = (key(cell.text) for cell in table.cells if cell.column == column and cell.row >= headings)
    return [text for text in texts if text and text != "※"]


def _is_words(text: str) -> bool:
    return not is_amount(text) and any("\u4e00" <= sign <= "\u9fff" for sign in text)


def doubled(columns: Columns) -> Iterator[tuple[ValueColumn, ...]]:
    """Columns of figures that have the same canonical name: their headings say too little to tell them apart."""
    counts = Counter((column.item, column.name) for column in columns.values)
    for said, count in counts.items():
        if count > 1:
            yield tuple(column for column in columns.values if (column.item, column.name) == said)


def _columns(side: SideForm, indices: list[int], paths: Paths) -> Columns:
    values = tuple(value for index in indices if (value := _value(side, index, paths[index])))
    name = tuple(index for index in indices if fits(side.name, paths[index]) or _is_level(side, paths, index))
    project = tuple(index for index in indices if fits(side.project, paths[index]))
    body = tuple(index for index in indices if _is_body(side, paths[index]) and index not in (*name, *project))
    by_bodies = not (name or project or any(value.item for value in values))
    return Columns(
        form=side,
        code=tuple(index for index in indices if fits(side.code, paths[index])),
        name=body if by_bodies else name,
        project=project,
        body=() if by_bodies else body,
        values=values,
        prior=tuple(filter(None, (prior_column(side, index, paths[index]) for index in indices))),
    )


def _is_label(side: SideForm, paths: Paths, index: int) -> bool:
    known = any(fits(patterns, paths[index]) for patterns in (side.code, side.name, side.project))
    return (bool(paths[index]) and (known or _is_body(side, paths[index]))) or _is_level(side, paths, index)


def _is_level(side: SideForm, paths: Paths, index: int) -> bool:
    """Whether a column without heading is the lower level of the names in the column before."""
    return side.levels and not paths[index] and index > 0 and fits(side.name, paths[index - 1])


def _is_body(side: SideForm, path: tuple[str, ...]) -> bool:
    return fits(side.body, path) and not fits(side.ignored, path)


def _is_of_figures(side: SideForm, path: tuple[str, ...]) -> bool:
    return prior_column(side, 0, path) is not None or _value(side, 0, path) is not None


def _value(side: SideForm, index: int, path: tuple[str, ...]) -> ValueColumn | None:
    if prior_column(side, index, path):
        return None
    heading = "/".join(path)
    item = side.item(path) if path else None
    if item:
        return ValueColumn(index, item.column, heading, item.name)
    name = spelling(side.values, path)
    return ValueColumn(index, name, heading) if name else None
