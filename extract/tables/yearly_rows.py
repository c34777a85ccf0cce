"""Rows of one year each, in tables whose columns name the figures: 2024年预算数 above 2025年预算数."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.tables.columns import Columns
from extract.tables.heading_rows import with_relative_years
from extract.tables.prior_columns import PriorColumn, basis_of, measure_of
from extract.tables.rows import Row, cell_at, printed_under
from ontology.facts import PriorMeasure
from ontology.text import key, tight

_OF_A_YEAR = re.compile(r"(20\d\d|上|本)年.*|.*[比较]上年.*|增[长减].*")


def by_year(columns: Columns, rows: Sequence[Row]) -> tuple[list[Row], list[tuple[Columns, Row]]]:
    """The rows of the table's own year, and those of the year before or of the change from it with their columns as
    `PriorColumn`s.

    All rows are of the table's own year but where nothing names them save years, several. A row of another year, and
    one that does not say whether it holds what was budgeted or what was spent, is neither.
    """
    labels = [_label(columns, row) for row in rows]
    filled = [label for label, row in zip(labels, rows, strict=True) if any(printed_under(row, columns.values))]
    if len(filled) < 2 or not all(map(_OF_A_YEAR.fullmatch, filled)):
        return list(rows), []
    told = ["".join(path) for path in with_relative_years([(label,) for label in labels])]
    own = [row for row, label in zip(rows, told, strict=True) if label.startswith("本年") and not measure_of(label)]
    return own, list(_of_last_year(columns, rows, told))


def _of_last_year(columns: Columns, rows: Sequence[Row], told: Sequence[str]) -> Iterator[tuple[Columns, Row]]:
    for row, label in zip(rows, told, strict=True):
        measure, basis = measure_of(label), basis_of(label)
        if measure or basis:
            yield _as_prior(columns, measure or "上年数", basis, label), row


def _as_prior(columns: Columns, measure: PriorMeasure, basis: str | None, label: str) -> Columns:
    found = (PriorColumn(each.index, each.name, measure, basis, f"{label}/{each.heading}", each.item)
             for each in columns.values if each.name)  # fmt: skip
    return replace(columns, values=(), prior=tuple(found))


def _label(columns: Columns, row: Row) -> str:
    """What is printed left of the figures, where every column of them names its own and no other column the row."""
    if columns.name or columns.project or columns.code or not all(value.item for value in columns.values):
        return ""
    first = min((value.index for value in columns.values), default=0)
    cells = (cell_at(row, at) for at in range(first) if at not in columns.body)
    return key("".join(tight(cell.text) for cell in cells if cell))
