"""Flattened tables of two sides: income under its paths, expenditure by 类."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extract.document import Line
from extract.flattened.placing import Place, PlacedTable, TableResult, TableRow, in_order, placed, total_cells
from extract.flattened.sides import SideRow, is_numbered, side_rows
from extract.flattened.sources import CellKey, Elsewhere, folded, known_cells
from ontology.facts import CellFact, Finding
from ontology.findings import said
from ontology.terms import names_of
from ontology.text import key

Cells = dict[CellKey, Decimal | None]


def two_sides(table: Place, lines: Sequence[Line], elsewhere: Elsewhere) -> TableResult:
    """The facts of both sides. Every row of income is certain for other tables if all sums over it hold.

    Where names are in pieces that do not fit together, only rows with known names count, on a side that adds up.
    """
    rows, unused = side_rows(lines, table.form.income, elsewhere.decimals)
    income = [row for row in rows if row.side == "收入"]
    spent = [row for row in rows if row.side == "支出"]
    unknown = [row for row in rows if not _is_known(table, row)]
    broken = bool(unused) or any(row.pieces > 1 or _is_fragment(table, row) for row in unknown)
    doubtful = {id(row) for row in rows if broken and (row in unknown or _is_fragment(table, row))}
    received, cells = _received(table, income, doubtful)
    now = elsewhere if broken else replace(elsewhere, cells={**elsewhere.cells, **cells})
    paid, total = _paid(table, spent, doubtful, now)
    found = [*_of_side(table, income, received, broken), *_of_side(table, spent, paid, broken)]
    findings = (
        *(table.finding(row.line, said("unknown_row", row=row.printed)) for row in unknown if _is_told(row, broken)),
        *(table.finding(line, said("line_of_no_row", line=line.text.strip())) for line in unused),
    )
    return TableResult(
        facts=in_order([*found, *findings]),
        cells={} if broken else cells | total,
        names={row.code: row.name for row in spent if row.code and row not in unknown},
    )


def _received(table: Place, rows: Sequence[SideRow], doubtful: Container[int]) -> tuple[PlacedTable, Cells]:
    """The rows of income placed in their one column, and the cells of them that are certain for other tables."""
    one_column = replace(table, form=replace(table.form, columns=table.form.columns[:1], sums=()))
    below = _below(rows)
    found = placed(one_column, [_table_row(row, id(row) not in doubtful) for row in rows], below, [])
    return found, {
        (table.form.table, folded(row.path), column): amount
        for index, row in enumerate(rows)
        if _is_certain(rows, index, below, found)
        for column, amount in found.cells[index].items()
    }


def _paid(
    table: Place, rows: Sequence[SideRow], doubtful: Container[int], elsewhere: Elsewhere
) -> tuple[PlacedTable, Cells]:
    """The 类 of expenditure placed in the columns, and the certain cells of their total."""
    total = next((index for index, row in enumerate(rows) if row.code is None), None)
    classes = tuple(index for index in range(len(rows)) if index != total)
    tree = [classes if index == total else () for index in range(len(rows))]
    known = known_cells(table.form, elsewhere, table.unit, total, len(rows))
    found = placed(table, [_table_row(row, id(row) not in doubtful) for row in rows], tree, known)
    return found, total_cells(table.form, total, found)


def _is_known(table: Place, row: SideRow) -> bool:
    """Whether the row has a name of the form, or one that its 类 has; of a 类 that is not listed any name will do."""
    if row.side == "收入" or row.code is None:
        return key(row.name) in {*map(key, table.form.income), "合计"}
    names = names_of("function", row.code)
    return key(row.name) in names if names else row.pieces == 1 or not row.figures


def _is_fragment(table: Place, row: SideRow) -> bool:
    """Whether the name is only the beginning of a known one, or of income, has no number and is not known."""
    names = {*map(key, table.form.income)} if row.side == "收入" else names_of("function", row.code or "")
    if any(name.startswith(key(row.name)) and name != key(row.name) for name in names):
        return True
    return row.side == "收入" and not is_numbered(row.printed) and not _is_known(table, row)


def _is_told(row: SideRow, broken: bool) -> bool:
    """Whether a name that is not known is worth a finding: of income always, of a 类 where names are in pieces."""
    return row.side == "收入" or (broken and bool(row.figures))


def _of_side(table: Place, rows: Sequence[SideRow], side: PlacedTable, broken: bool) -> Sequence[CellFact | Finding]:
    """The facts of one side; where names are in pieces and it does not add up, only what is amiss with it."""
    adds_up = all(cells for row, cells in zip(rows, side.cells, strict=True) if row.figures)
    if adds_up or not broken:
        return side.facts
    in_pieces = table.finding(rows[0].line, said("names_in_pieces"))
    return [*(fact for fact in side.facts if isinstance(fact, Finding)), in_pieces]


def _table_row(row: SideRow, named: bool) -> TableRow:
    return TableRow(
        name=row.name,
        line=row.line,
        figures=row.figures,
        code=row.code,
        side=row.side,
        path=row.path or None,
        joined=any("\n" in figure.text for figure in row.figures or ()),
        named=named,
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
