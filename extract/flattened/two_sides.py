"""Flattened tables of two sides: income under its paths, expenditure by 类."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.document import Line
from extract.flattened.placing import Place, PlacedTable, TableResult, TableRow, in_order, placed, total_cells
from extract.flattened.sides import SideRow, side_rows
from extract.flattened.sources import Elsewhere, folded, known_cells
from ontology.text import key


def two_sides(table: Place, lines: Sequence[Line], elsewhere: Elsewhere) -> TableResult:
    """The facts of both sides. Every row of income is certain for other tables if all sums over it hold."""
    rows, unused = side_rows(lines, table.form.income)
    income = [row for row in rows if row.side == "收入"]
    spent = [row for row in rows if row.side == "支出"]
    one_column = replace(table, form=replace(table.form, columns=table.form.columns[:1], sums=()))
    below = _below(income)
    received = placed(one_column, [_table_row(row) for row in income], below, [])
    cells = {
        (table.form.table, folded(row.path), column): amount
        for index, row in enumerate(income)
        if _is_certain(income, index, below, received)
        for column, amount in received.cells[index].items()
    }
    now = replace(elsewhere, cells={**elsewhere.cells, **cells})
    total = next((index for index, row in enumerate(spent) if row.code is None), None)
    classes = tuple(index for index in range(len(spent)) if index != total)
    tree = [classes if index == total else () for index in range(len(spent))]
    known = known_cells(table.form, now, table.unit, total, len(spent))
    paid = placed(table, [_table_row(row) for row in spent], tree, known)
    names = {*map(key, table.form.income), "合计"}
    unknown = [row for row in income if key(row.name) not in names]
    findings = (
        *(table.finding(row.line, f"the row '{row.printed}' is not known") for row in unknown),
        *(table.finding(line, f"the line belongs to no row: '{line.text.strip()}'") for line in unused),
    )
    return TableResult(
        facts=in_order([*received.facts, *paid.facts, *findings]),
        cells=cells | total_cells(table.form, total, paid),
        names={row.code: row.name for row in spent if row.code},
    )


def _table_row(row: SideRow) -> TableRow:
    return TableRow(
        name=row.name,
        line=row.line,
        figures=row.figures,
        code=row.code,
        side=row.side,
        path=row.path or None,
        joined=any("\n" in figure.text for figure in row.figures or ()),
    )


def _below(rows: Sequence[SideRow]) -> list[tuple[int, ...]]:
    """For each row of income those directly under it, none where it is not split up; the total stands over all."""
    under = [tuple(_directly_under(rows, row)) for row in rows]
    return [below if any(rows[index].figures for index in below) else () for below in under]


def _directly_under(rows: Sequence[SideRow], row: SideRow) -> Iterator[int]:
    above = () if row.name == "合计" else row.path
    return (index for index, each in enumerate(rows) if each.path[:-1] == above and each.name != "合计")


def _is_certain(rows: Sequence[SideRow], index: int, below: Sequence[tuple[int, ...]], income: PlacedTable) -> bool:
    """Whether all rows over this one are split up and add up, so that a blank in it means that there is nothing."""
    path = rows[index].path
    over = [place for place, row in enumerate(rows) if len(row.path) < len(path) and row.path == path[: len(row.path)]]
    split_up = all(below[place] or not rows[place].figures for place in over)
    return split_up and all(income.cells[place] for place in (*over, index))
