"""What the rest of a disclosure says about the cells of a flattened table: other tables, nil statements, the text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from extract.flattened.forms import BlankColumns, FlattenedForm, KnownTotal
from extract.narrative.wording import AMOUNT, number, pattern
from ontology.facts import ProjectFact
from ontology.text import key

CellKey = tuple[str, tuple[str, ...], str]
"""Canonical table, path of a row on side 收入 (`()`: the total row), canonical column."""

_UNIT_OF_THE_TEXT = "万元"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is known when a table is placed.

    `cells` are certain cells of tables already placed, None where they are blank; `nil` the canonical names of tables
    declared nil; `texts` the running text of each section by its meaning, `names` the keys of the names of projects in
    it; `decimals` how many decimals amounts have in all flattened tables together.
    """

    cells: Mapping[CellKey, Decimal | None]
    nil: frozenset[str]
    texts: Mapping[str, str]
    projects: tuple[ProjectFact, ...]
    names: frozenset[str] = frozenset()
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class KnownColumn:
    """An amount in a column, None where nothing is in it; `says` names the source."""

    column: str
    amount: Decimal | None
    says: str


@dataclass(frozen=True, slots=True)
class KnownCells:
    """The rows in which something is known of a column."""

    rows: tuple[int, ...]
    known: KnownColumn


def known_totals(form: FlattenedForm, elsewhere: Elsewhere, unit: str | None) -> Iterator[KnownColumn]:
    """What is known of the cells of the total row. The text counts only where it is in the unit of the table."""
    for known in form.known:
        if known.table:
            cell = (known.table, folded(known.path), _column_in(known, elsewhere))
            if cell in elsewhere.cells:
                yield KnownColumn(known.column, elsewhere.cells[cell] or None, known.says)
        elif unit == _UNIT_OF_THE_TEXT:
            stated = _stated(known, elsewhere)
            if stated is not None:
                yield KnownColumn(known.column, stated or None, known.says)


def blank_columns(form: FlattenedForm, elsewhere: Elsewhere) -> Iterator[KnownColumn]:
    """The columns in which no row has a figure."""
    for blank in form.blank:
        if (blank.nil and blank.nil in elsewhere.nil) or _equal(blank, elsewhere):
            yield from (KnownColumn(column, None, blank.says) for column in blank.columns if column in form.columns)


def known_cells(
    form: FlattenedForm, elsewhere: Elsewhere, unit: str | None, total: int | None, rows: int
) -> list[KnownCells]:
    """What is known of the cells of a table: amounts in its total row, columns that are blank in every row."""
    found = []
    for each in (*known_totals(form, elsewhere, unit), *blank_columns(form, elsewhere)):
        if each.amount is None:
            found.append(KnownCells(tuple(range(rows)), each))
        elif total is not None:
            found.append(KnownCells((total,), each))
    return found


def allocated(form: FlattenedForm, elsewhere: Elsewhere, project: str, total: Decimal) -> tuple[KnownColumn, ...]:
    """How the text splits the amount of a project over the columns; () unless it names them and they add up to it."""
    named = [each for each in elsewhere.projects if key(each.name) == key(project)]
    described = [each for each in named if each.amount == total and each.allocation]
    if not form.allocation or len(described) != 1 or described[0].unit != _UNIT_OF_THE_TEXT:
        return ()
    found = [match.groupdict() for match in _allocation(form.columns[1:]).finditer(key(str(described[0].allocation)))]
    columns = {key(column): column for column in form.columns}
    split = tuple(KnownColumn(columns[each["column"]], number(each["amount"]), form.allocation) for each in found)
    once = len({each.column for each in split}) == len(split)
    return split if once and sum(each.amount or 0 for each in split) == total else ()


def folded(path: tuple[str, ...]) -> tuple[str, ...]:
    """A path of row names as a key."""
    return tuple(map(key, path))


def _column_in(known: KnownTotal, elsewhere: Elsewhere) -> str:
    """The column of the other table in which the figure stands: that of the same name, or its only one."""
    columns = {column for table, path, column in elsewhere.cells if (table, path) == (known.table, folded(known.path))}
    return known.column if known.column in columns or len(columns) != 1 else columns.pop()


def _stated(known: KnownTotal, elsewhere: Elsewhere) -> Decimal | None:
    """The amount that a section of the text states, if it states just one."""
    text = elsewhere.texts.get(str(known.section), "")
    words = pattern(str(known.pattern).replace("{amount}", f"(?P<amount>{AMOUNT})"))
    amounts = {number(match["amount"]) for match in words.finditer(text)}
    return amounts.pop() if len(amounts) == 1 else None


def _equal(blank: BlankColumns, elsewhere: Elsewhere) -> bool:
    cells = [(table, (), str(blank.column)) for table in blank.equal]
    return (
        bool(cells)
        and all(cell in elsewhere.cells for cell in cells)
        and len({elsewhere.cells[cell] for cell in cells}) == 1
    )


def _allocation(columns: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(sorted((re.escape(key(column)) for column in columns), key=len, reverse=True))
    return re.compile(rf"(?:^|[,。;:、，；：])(?P<column>{names})[共计为]{{0,2}}(?P<amount>{AMOUNT})万元")
