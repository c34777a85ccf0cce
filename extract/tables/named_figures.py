"""Figures of tables that the running text has names for, too: counts beside money, staff, state assets."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from extract.document import Cell, Document, Table
from extract.tables.heading_rows import NOTHING, TOTALS, heading_paths, is_numbering, most_heading_rows
from extract.tables.row_names import bare
from ontology.facts import FigureFact, FigurePart, Finding
from ontology.findings import said
from ontology.money import amount, is_amount
from ontology.text import key, tight

_COUNTED = re.compile(r"\((?:个|次|批次|人次?|名|辆|台|套|台[/、,]?\(?套\)?|平方米)\)(?=/|$)")
_MONEY = "money"
_FEWEST = 2  # columns of one part, from which a table is one of such figures


@dataclass(frozen=True, slots=True)
class Name:
    """What the running text calls a figure, and the part it is of; `unit` is None where it is that of the table."""

    part: FigurePart
    name: str
    unit: str | None


def name_of(label: str) -> Name | None:
    """What a row or a column (its headings with `/` between them) holds, None where it is no figure that is known."""
    words = _COUNTED.sub("", key(bare(key(label))))
    return next((name for pattern, name in _names() if pattern.fullmatch(words)), None)


def unit_of(part: FigurePart, name: str) -> str | None:
    """The unit that a count is in, None where tables print no count of this name."""
    return next((one.unit for _, one in _names() if (one.part, one.name) == (part, name)), None)


def is_named(label: str) -> bool:
    """Whether the figures of a row have such a name, or count something that is not known: `（个）` behind it."""
    return name_of(label) is not None or _COUNTED.search(key(label)) is not None


def named_figure(document: Document, cell: Cell, label: str, title: str, unit: str | None) -> FigureFact | Finding:
    """The figure of a cell under the name that its row or column has; a finding where that is not known, or where the
    cell holds no figure. `unit` is that of the table's money."""
    found, text, source = name_of(label), tight(cell.text), document.source(cell, table=title)
    if found is None or not is_amount(text):
        words = said("unknown_figure", label=label) if found is None else said("no_figure", label=label, text=text)
        return Finding(source=source, severity="warning", message=f"{title}: {words}")
    value = amount(text)
    return FigureFact(
        source=source, part=found.part, name=found.name, value=value, unit=found.unit or unit, raw=format(value, "f")
    )


def lists_figures(table: Table) -> bool:
    """Whether a table has nothing but names of figures and figures, side by side: 项目 | 统计数."""
    headings = [key(cell.text) for cell in table.cells if cell.row == 0 and tight(cell.text)]
    told = [next((kind for kind in ("figures", "names", "others") if _labels(kind, text)), None) for text in headings]
    return {"names", "figures"} <= set(told) <= {"names", "figures", "others"}


def listed_figures(document: Document, table: Table, title: str, unit: str | None) -> Iterator[FigureFact | Finding]:
    """The figures of a table that lists them row by row, in one or several columns of names and figures."""
    headings = {cell.column: key(cell.text) for cell in table.cells if cell.row == 0}
    for cells in table.grid()[1:]:
        label = ""
        if is_numbering([tight(cell.text) for cell in cells if cell and tight(cell.text)]):
            continue
        for cell in filter(None, cells):
            if _labels("figures", headings.get(cell.column, "")):
                yield from _one(document, cell, label, title, unit)
            elif _labels("names", headings.get(cell.column, "")):
                label = tight(cell.text)


def total_figures(document: Document, table: Table, title: str, unit: str | None) -> list[FigureFact | Finding]:
    """The figures of the body in a table whose columns are figures of one part, those of its units in rows: those of
    the row of the total, or of the only row. Empty for other tables.

    A total that is not the sum of the rows is a finding.
    """
    rows = most_heading_rows(table)
    paths = dict(enumerate("/".join(path) for path in heading_paths(table, rows)))
    named = {column: found for column, path in paths.items() if path and (found := name_of(path))}
    if len(named) < _FEWEST or len({found.part for found in named.values()}) > 1:
        return []
    printed = [cells for cells in table.grid()[rows:] if _figures(cells, named)]
    totals = [cells for cells in printed if any(cell and tight(cell.text) in TOTALS for cell in cells)]
    of_body = totals[0] if len(totals) == 1 else printed[0] if len(printed) == 1 else None
    if of_body is None:
        return []
    facts: list[FigureFact | Finding] = []
    for column, path in paths.items():
        cell = of_body[column]
        if cell and is_amount(tight(cell.text)) and not _labels("others", path):
            facts += _one(document, cell, path, title, unit)
            facts += _sum(document, [row for row in printed if row is not of_body], cell, path, title)
    return facts


def _figures(cells: list[Cell | None], columns: dict[int, Name]) -> list[Cell]:
    """The figures of a row in these columns; none in a row that numbers the columns."""
    if is_numbering([tight(cell.text) for cell in cells if cell and tight(cell.text)]):
        return []
    return [cell for at in columns if (cell := cells[at]) and is_amount(tight(cell.text))]


def _sum(
    document: Document, rows: list[list[Cell | None]], total: Cell, label: str, title: str
) -> Iterator[Finding]:
    """A finding where a total of counts is not the sum of the rows, each of which is another unit's."""
    texts = [tight(cell.text) if (cell := row[total.column]) else "" for row in rows]
    of_which = any(cell and tight(cell.text).startswith("其中") for row in rows for cell in row)
    readable = all(text in NOTHING or is_amount(text) for text in texts)
    if len(rows) >= _FEWEST and readable and not of_which and (name := name_of(label)) and name.unit:
        whole, summed = amount(tight(total.text)), sum(amount(text) for text in texts if text not in NOTHING)
        if whole != summed:
            words = said("failed_count", label=label, printed=whole, sum=summed)
            source = document.source(total, table=title)
            yield Finding(source=source, severity="warning", message=f"{title}: {words}")


def _one(document: Document, cell: Cell, label: str, title: str, unit: str | None) -> Iterator[FigureFact | Finding]:
    if tight(cell.text) not in NOTHING:
        yield named_figure(document, cell, label, title, unit)


def _labels(kind: str, heading: str) -> bool:
    return re.fullmatch(_words()["labels"][kind], heading) is not None


@cache
def _names() -> tuple[tuple[re.Pattern[str], Name], ...]:
    return tuple(
        (re.compile(pattern), Name(cast(FigurePart, part), name, None if unit == _MONEY else unit))
        for part, units in _words().items()
        if part != "labels"
        for unit, names in units.items()
        for name, pattern in names.items()
    )


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("extract").joinpath("forms/figures.toml").read_text("utf-8"))
