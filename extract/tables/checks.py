"""Whether a budget table adds up: printed totals against the sums of their printed parts."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, pairwise

from extract.tables.sums import RowSum, by_measures, column_sums, nested, nested_columns, row_sums
from ontology.facts import CellFact, Finding
from ontology.findings import said
from ontology.money import half_width
from ontology.text import key

_TOTAL = "合计"
_TOTALS = ("合计", "小计", "总计")


@dataclass(frozen=True, slots=True)
class Check:
    """A printed total beside its printed parts; `says` is the identity that should hold."""

    total: CellFact
    parts: tuple[Decimal, ...]
    says: str

    @property
    def computed(self) -> Decimal:
        return sum(self.parts, Decimal(0))

    @property
    def holds(self) -> bool:
        """Whether they agree within rounding: half a unit of the last printed decimal for each part and the total."""
        half = min(half_width(amount) for amount in (self.total.amount, *self.parts))
        return abs(self.total.amount - self.computed) <= half * (len(self.parts) + 1)


@dataclass(frozen=True, slots=True)
class Blank:
    """A total that is not printed though its parts are: the first cell of its row, its column, parts and identity."""

    row: CellFact
    column: str
    parts: tuple[Decimal, ...]
    says: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A printed row: its first cell, which says what it is, its cells by column, whether all have a certain column."""

    first: CellFact
    cells: dict[str, CellFact]
    certain: bool

    @property
    def names(self) -> str:
        return key("/".join(self.first.path or (self.first.name,)))

    @property
    def is_total(self) -> bool:
        return self.first.name == _TOTAL and self.first.code is None


def sums_that_fail(
    parts: Sequence[Sequence[CellFact]], family: str, untotalled: Container[str] = (), *, across: bool = True
) -> Iterator[Finding]:
    """A finding for each printed total of a table that is not the sum of its printed parts.

    A table may be printed in several `parts`, each under its title: a sum that fails in one may hold in all of them.
    The row of the total has no place for an amount in the columns that are `untotalled`. Columns are held against one
    another only `across` tables all of whose columns were read.
    """
    whole = [cell for part in parts for cell in part]
    fails = {(check.total.source, check.says) for check in checks(whole, family, across=across) if not check.holds}
    for check in (check for part in parts for check in checks(part, family, across=across)):
        if not check.holds and (check.total.source, check.says) in fails:
            sides = {"printed": check.total.amount, "identity": check.says, "sum": check.computed}
            yield _finding(check.total, said("failed_sum", row=_name(check.total), column=check.total.column, **sides))
    for blank in (each for each in _identities(whole, family, across) if isinstance(each, Blank)):
        if blank.column in untotalled and blank.row.name == _TOTAL and blank.row.code is None:
            continue
        sides = {"identity": blank.says, "sum": sum(blank.parts)}
        yield _finding(blank.row, said("blank_sum", row=_name(blank.row), column=blank.column, **sides))


def _finding(cell: CellFact, words: str) -> Finding:
    return Finding(source=cell.source, severity="warning", message=f"{cell.table_title}: {words}")


def checks(cells: Sequence[CellFact], family: str, *, across: bool = True) -> Iterator[Check]:
    """The identities of one table that can be checked: between columns, between named rows, between codes.

    `cells` are all of the table's in printed order. A blank part counts as 0; an identity without a printed total or
    without any printed part says nothing, nor does one with a figure whose column is not certain.
    """
    return (each for each in _identities(cells, family, across) if isinstance(each, Check))


def _name(cell: CellFact) -> str:
    return " ".join(filter(None, (cell.code, cell.name, cell.project)))


def _identities(cells: Sequence[CellFact], family: str, across: bool) -> Iterator[Check | Blank]:
    printed = frozenset(cell.column for cell in cells if cell.column)
    for side in dict.fromkeys(cell.side for cell in cells):
        table = cells[0].table
        turned = by_measures(table, family)
        rows = list(_rows((cell for cell in cells if cell.side == side), turned))
        rows = _on_one_sheet(rows) if nested_columns(table, family) else rows
        for columns in column_sums(table, family, printed) if across else ():
            yield from _across(rows, columns.total, columns.parts)
        for each in row_sums(table, family):
            if each.side == side:
                yield from _named(rows, each)
        yield from _of_bodies(rows)
        if nested(table, family, side):
            yield from _nested(rows)
        yield from _coded(rows)


def _rows(cells: Iterable[CellFact], turned: bool) -> Iterator[_Row]:
    """The cells by what they are of: those of a printed row, of a printed column where columns name the figures."""
    rows: list[list[CellFact]] = []
    last: dict[tuple[object, ...], list[CellFact]] = {}
    for cell in cells:
        label = cell.source.column if turned else cell.source.row, *_names(cell)
        row = last.get(label)
        if row is None or cell.column in {other.column for other in row if other.column}:
            row = last[label] = []
            rows.append(row)
        row.append(cell)
    yield from map(_row, rows)


def _names(cell: CellFact) -> tuple[object, ...]:
    return cell.code, cell.name, cell.project, cell.path, cell.body


def _row(cells: list[CellFact]) -> _Row:
    return _Row(cells[0], {cell.column: cell for cell in cells if cell.column}, all(cell.column for cell in cells))


def _on_one_sheet(rows: Sequence[_Row]) -> list[_Row]:
    """The rows all of whose columns were put together: one printed on several sheets may have parts on another."""
    counts = Counter(_names(row.first) for row in rows)
    return [row for row in rows if counts[_names(row.first)] == 1]


def _across(rows: Sequence[_Row], total: str, parts: tuple[str, ...]) -> Iterator[Check | Blank]:
    """A column against the columns that add up to it."""
    for row in rows:
        amounts = tuple(row.cells[part].amount for part in parts if part in row.cells)
        if row.certain and amounts:
            yield from _identity(row, total, amounts, f"{total} = {' + '.join(parts)}")


def _down(row: _Row, parts: Sequence[_Row], says: str) -> Iterator[Check | Blank]:
    """A row against the rows that add up to it, in each column of theirs."""
    if not all(each.certain for each in (row, *parts)):
        return
    for column in dict.fromkeys(column for each in (row, *parts) for column in each.cells):
        amounts = tuple(part.cells[column].amount for part in parts if column in part.cells)
        if amounts:
            yield from _identity(row, column, amounts, says)


def _identity(row: _Row, column: str, amounts: tuple[Decimal, ...], says: str) -> Iterator[Check | Blank]:
    if column in row.cells:
        yield Check(row.cells[column], amounts, says)
    elif any(amounts):
        yield Blank(row.first, column, amounts, says)


def _named(rows: Sequence[_Row], each: RowSum) -> Iterator[Check | Blank]:
    if each.unless and any(each.unless.fullmatch(row.names) for row in rows):
        return
    if each.where and not any(each.where.fullmatch(row.names) for row in rows):
        return
    for row in rows:
        patterns = each.parts_of(row.names)
        of_body = [other for other in rows if other.first.body == row.first.body]
        parts = [other for other in of_body if any(pattern.fullmatch(other.names) for pattern in patterns)]
        yield from _down(row, parts, each.says)


def _of_bodies(rows: Sequence[_Row]) -> Iterator[Check | Blank]:
    """The figures of all bodies against those of each, where columns name them; a subtotal among them is no part."""
    for row in (row for row in rows if row.first.body is None and row.first.code is None):
        of_bodies = [other for other in rows if other.first.body and other.names == row.names and not other.first.code]
        inner = [each for each in of_bodies if _amounts(each) != _amounts(row)]
        parts = inner if any(amount for each in inner for amount in _amounts(each).values()) else of_bodies
        if len(parts) > 1:
            yield from _down(row, parts, said("of_units"))


def _amounts(row: _Row) -> dict[str, Decimal]:
    return {column: cell.amount for column, cell in row.cells.items()}


def _nested(rows: Sequence[_Row]) -> Iterator[Check | Blank]:
    """A row against the rows that stand nearest under it by their chains of names, the total against the outermost."""
    paths = [() if row.is_total else row.first.path or () for row in rows]
    outer = [_outer_path(paths, at) for at in range(len(rows))]
    for at, row in enumerate(rows):
        inner = [part for part, over in zip(rows, outer, strict=True) if over == at]
        top = [part for part, over in zip(rows, outer, strict=True) if over is None and not part.is_total]
        yield from _down(row, top if row.is_total else inner, said("of_rows_under"))


def _outer_path(paths: Sequence[tuple[str, ...]], at: int) -> int | None:
    sizes = range(len(paths[at]) - 1, 0, -1)
    return next(
        (before for size in sizes for before in range(at - 1, -1, -1) if paths[before] == paths[at][:size]), None
    )


def _coded(rows: Sequence[_Row]) -> Iterator[Check | Blank]:
    """类 = Σ 款, 款 = Σ 项, a subject = Σ its projects, a body = Σ its 类, the total = Σ bodies or Σ 类.

    The total is not checked where the table has other rows without a code.
    """
    bodies = [at for at, row in enumerate(rows[:-1]) if _is_body(row) and rows[at + 1].first.code]
    starts = sorted({0, *bodies, len(rows)})
    outermost: list[_Row] = []
    for start, end in pairwise(starts):
        own = [row for row in rows[start:end] if row.first.code]
        outer = [_outer(own, at) for at in range(len(own))]
        for at, row in enumerate(own):
            inner = [part for part, over in zip(own, outer, strict=True) if over == at]
            yield from _down(row, inner, said("of_rows_under"))
        top = [row for row, over in zip(own, outer, strict=True) if over is None]
        if start in bodies:
            yield from _down(rows[start], top, said("of_classes"))
        outermost += [rows[start]] if start in bodies else top
    if outermost and all(row.first.code or row.is_total or at in bodies for at, row in enumerate(rows)):
        for total in (row for row in rows if row.is_total):
            yield from _down(total, outermost, said("of_rows_under"))


def _is_body(row: _Row) -> bool:
    """Whether a row before coded ones names a body: it has no code, no project, and is no subtotal (人员经费合计)."""
    return row.first.code is None and row.first.project is None and not row.first.name.endswith(_TOTALS)


def _outer(rows: Sequence[_Row], at: int) -> int | None:
    """The nearest row before, else after, whose subject contains that of the row; a project lies in its own subject."""
    code, project = rows[at].first.code or "", rows[at].first.project
    for size in range(len(code) if project else len(code) - 1, 2, -1):
        for other in chain(range(at - 1, -1, -1), range(at + 1, len(rows))):
            if rows[other].first.code == code[:size] and not rows[other].first.project:
                return other
    return None
