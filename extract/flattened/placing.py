"""From the rows of a flattened table to facts: every figure in its column, in several possible ones, or a finding."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.document import Document, Line
from extract.flattened.figures import PrintedFigure
from extract.flattened.forms import FlattenedForm
from extract.flattened.sources import CellKey, KnownCells
from extract.identities.solver import Conflict, Known, Placement, Problem, Row, place
from ontology.facts import CellFact, Finding, Side
from ontology.findings import said

_ROW = "行和"
_ROWS = "上下级合计"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as its facts name it. `figures` is None where they could not be put together from their pieces.

    `joined`: some figures were broken over lines. A row that is not `named` counts in the sums but yields no facts.
    """

    name: str
    line: Line
    figures: tuple[PrintedFigure, ...] | None
    code: str | None = None
    project: str | None = None
    side: Side | None = None
    path: tuple[str, ...] | None = None
    joined: bool = False
    named: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """The table that rows stand in: document, form as printed, printed title, declared unit."""

    document: Document
    form: FlattenedForm
    title: str
    unit: str | None

    def finding(self, line: Line, message: str) -> Finding:
        source = self.document.source(line, table=self.title)
        return Finding(source=source, severity="warning", message=f"{self.title}: {message}")


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """The facts of a table, and for each row the cells that are certain, None for a column in which it has nothing."""

    facts: tuple[CellFact | Finding, ...]
    cells: tuple[Mapping[str, Decimal | None], ...]


@dataclass(frozen=True, slots=True)
class TableResult:
    """What a table yields: facts in printed order, cells that are certain, names of subjects by code."""

    facts: tuple[CellFact | Finding, ...]
    cells: Mapping[CellKey, Decimal | None]
    names: Mapping[str, str]


def in_order(facts: Iterable[CellFact | Finding]) -> tuple[CellFact | Finding, ...]:
    """The facts by the line they come from, as found within it."""
    return tuple(sorted(facts, key=lambda fact: (fact.source.page or 0, fact.source.line or 0)))


def total_cells(form: FlattenedForm, total: int | None, table: PlacedTable) -> dict[CellKey, Decimal | None]:
    """The certain cells of the total row."""
    return {} if total is None else {(form.table, (), name): amount for name, amount in table.cells[total].items()}


def placed(
    table: Place,
    rows: Sequence[TableRow],
    children: Sequence[tuple[int, ...]],
    known: Sequence[KnownCells],
) -> PlacedTable:
    """The figures of the rows in the columns of the form. `known` is what other sources say of them.

    A row whose figures are not readable or too many says nothing of the rows above and below it.
    """
    usable = [row.figures is not None and len(row.figures) <= len(table.form.columns) for row in rows]
    problem = _problem(table, rows, usable, children, known)
    placement = place(problem)
    doubtful = {row for conflict in placement.conflicts for row in conflict.rows}
    how = _how(problem)
    facts: list[CellFact | Finding] = list(_findings(table, rows, placement))
    for index, row in enumerate(rows):
        if not usable[index] or (row.joined and index in doubtful):
            facts.append(_unplaced(table, row))
        elif row.named:
            facts.extend(_row_facts(table, row, index + 1, placement.candidates[index], how))
    cells = tuple(
        _certain(table.form.columns, row, candidates) if fits and index not in doubtful else {}
        for index, (row, candidates, fits) in enumerate(zip(rows, placement.candidates, usable, strict=True))
    )
    return PlacedTable(tuple(facts), cells)


def _problem(
    table: Place,
    rows: Sequence[TableRow],
    usable: Sequence[bool],
    children: Sequence[tuple[int, ...]],
    known: Sequence[KnownCells],
) -> Problem:
    """The figures to be placed with all that is known of their columns; rows that are not usable have none."""
    columns = table.form.columns
    return Problem(
        columns=columns,
        rows=tuple(
            Row(tuple(figure.amount for figure in row.figures or ()) if fits else (), _if_all(usable, index, below))
            for index, (row, fits, below) in enumerate(zip(rows, usable, children, strict=True))
        ),
        sums=table.form.sums,
        known=tuple(
            Known(tuple(row for row in each.rows if usable[row]), each.known.column, each.known.amount, each.known.says)
            for each in known
            if each.known.column in columns
        ),
    )


def _how(problem: Problem) -> str:
    """What places the figures: sums of rows, sums over rows, what other tables say."""
    sums = [_ROW] if problem.sums else []
    sums += [_ROWS] if any(row.children for row in problem.rows) else []
    return "＋".join(dict.fromkeys([*sums, *(each.source for each in problem.known)]))


def _if_all(usable: Sequence[bool], row: int, children: tuple[int, ...]) -> tuple[int, ...]:
    return children if usable[row] and all(usable[child] for child in children) else ()


def _row_facts(
    table: Place, row: TableRow, number: int, candidates: Sequence[tuple[str, ...]], how: str
) -> Iterator[CellFact | Finding]:
    every = len(row.figures or ()) == len(table.form.columns)
    for figure, columns in zip(row.figures or (), candidates, strict=True):
        if figure.amount is None:
            yield table.finding(figure.line, f"{row.name}: {said('not_an_amount', text=figure.text)}")
            continue
        sure = len(columns) == 1
        stated = sure and (every or columns[0] == table.form.columns[0])
        yield CellFact(
            source=replace(table.document.source(figure.line, text=figure.text, table=table.title), row=number),
            grade="stated" if stated else "derived" if sure else "ambiguous",
            how=how if sure and not stated else None,
            table=table.form.table,
            side=row.side,
            code=row.code,
            name=row.name,
            project=row.project,
            path=row.path,
            column=columns[0] if sure else None,
            candidates=None if sure else columns,
            amount=figure.amount,
            unit=table.unit,
            table_title=table.title,
        )


def _certain(
    columns: tuple[str, ...], row: TableRow, candidates: Sequence[tuple[str, ...]]
) -> dict[str, Decimal | None]:
    possible = {column for each in candidates for column in each}
    cells: dict[str, Decimal | None] = {column: None for column in columns if column not in possible}
    for figure, each in zip(row.figures or (), candidates, strict=True):
        if len(each) == 1 and figure.amount is not None:
            cells[each[0]] = figure.amount
    return cells


def _unplaced(table: Place, row: TableRow) -> Finding:
    if row.figures is None:
        return table.finding(row.line, f"{row.name}: {said('broken_figures')}")
    printed = " ".join(figure.text.replace("\n", "") for figure in row.figures)
    if row.joined:
        return table.finding(row.line, f"{row.name}: {said('joined_fail', figures=printed)}")
    return table.finding(row.line, f"{row.name}: {said('more_figures', figures=printed)}")


def _findings(table: Place, rows: Sequence[TableRow], placement: Placement) -> Iterator[Finding]:
    for conflict in placement.conflicts:
        yield table.finding(rows[conflict.rows[0]].line, _message(table.form, rows, conflict))
    if placement.bounded:
        yield table.finding(rows[0].line, said("too_many_combinations"))


def _message(form: FlattenedForm, rows: Sequence[TableRow], conflict: Conflict) -> str:
    first, *others = (f"{rows[row].code or ''} {rows[row].name}".strip() for row in conflict.rows)
    if conflict.kind == "known":
        return said("known_differs", row=first, source=conflict.source)
    if conflict.kind not in ("row", "sum"):
        return said("sums_contradict", rows="、".join([first, *others]))
    amounts = _across(form, rows[conflict.rows[0]]) if conflict.kind == "row" else _firsts(rows, conflict)
    total, due = amounts[0] if amounts else 0, sum(amounts[1:])
    if conflict.kind == "row":
        by_row = {"row": first, "printed": total, "sum": due}
        return said("row_fails", row=first) if total == due else said("row_fails_by", **by_row)
    parts = "、".join(others)
    by_parts = {"row": first, "printed": total, "sum": due, "parts": parts}
    return said("sum_fails", row=first, parts=parts) if total == due else said("sum_fails_by", **by_parts)


def _across(form: FlattenedForm, row: TableRow) -> list[Decimal]:
    """The figures of a row where the first column is the sum of all others; else none."""
    of_all = [(each.total, each.parts) for each in form.sums] == [(form.columns[0], form.columns[1:])]
    return [figure.amount for figure in row.figures or () if figure.amount is not None] if of_all else []


def _firsts(rows: Sequence[TableRow], conflict: Conflict) -> list[Decimal]:
    """The first figure of a row and of each row under it; none where one of them has no figure."""
    firsts = [figures[0].amount if (figures := rows[row].figures) else None for row in conflict.rows]
    return [amount for amount in firsts if amount is not None] if None not in firsts else []
