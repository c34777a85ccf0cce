"""Placing figures whose columns are lost: budget identities as constraints on order-preserving assignments.

The rows of a budget table form a tree (total, 类, 款, 项), so that every identity over several rows joins one row with
the rows below it. On a tree one pass upwards and one downwards over these sums leaves exactly the assignments that
are part of a solution: no search, and no general constraint solver, is needed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Literal

from extract.identities_propagation import (
    Assignment,
    Domain,
    Interval,
    admits,
    intervals,
    row_domain,
    row_shapes,
    supported,
    within,
)

DEFAULT_BOUND = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """A printed row: its figures from left to right, None where a figure is printed but cannot be read.

    `children` are the indices of the rows that add up to it in every column; empty where nothing is known. A row is the
    child of one row at most.
    """

    figures: tuple[Decimal | None, ...]
    children: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """In every row `total` is the sum of `parts`, a blank part being 0; it is blank where all its parts are."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known from elsewhere: the amount in a cell, None where the cell is blank. `source` says whence."""

    row: int
    column: str
    amount: Decimal | None
    source: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A table to place: its columns in printed order and what must hold in it."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sums: tuple[ColumnSum, ...] = ()
    known: tuple[Known, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """An identity that does not hold as printed.

    kind   rows
    row    the row in which no assignment satisfies the sums of the columns
    sum    the row that is not the sum of its children, then the children
    known  the row that differs from what is known from `source`
    table  the rows in which the contradiction of several identities, each of them possible alone, came to light
    """

    kind: Literal["row", "sum", "known", "table"]
    rows: tuple[int, ...]
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """For every row and every figure in it the columns that are possible, in printed order; never none.

    Where the printed figures contradict each other (`conflicts`), the identities at fault are set aside: a figure
    stands in one column only if it does so whichever single further identity is held to be the false one. Where
    `bounded`, there were more combinations than the bound allows to look at, and more columns may be left than need be.
    """

    candidates: tuple[tuple[tuple[str, ...], ...], ...]
    conflicts: tuple[Conflict, ...] = ()
    bounded: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    """A problem with its columns as indices and its amounts as whole numbers.

    `alone` are the assignments that the sums of the columns leave of every row, `shapes` those in which its totals and
    parts are printed together, whatever the amounts.
    """

    width: int
    rows: tuple[tuple[Interval, ...], ...]
    children: tuple[tuple[int, ...], ...]
    alone: tuple[Domain, ...]
    shapes: tuple[Domain, ...]
    known: tuple[tuple[int, int, Interval | None], ...]
    bound: int


@dataclass(frozen=True, slots=True)
class _Aside:
    """What is set aside: rows with all that touches them, sums of rows, known cells (by index)."""

    rows: frozenset[int] = frozenset()
    sums: frozenset[int] = frozenset()
    known: frozenset[int] = frozenset()

    def union(self, other: "_Aside") -> "_Aside":
        return _Aside(self.rows | other.rows, self.sums | other.sums, self.known | other.known)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The assignments left of every row; `failed` are the rows of the identity that left none."""

    domains: tuple[Domain, ...]
    failed: tuple[int, ...] = ()
    bounded: bool = False


def place(problem: Problem, *, bound: int = DEFAULT_BOUND) -> Placement:
    """The columns in which each figure can stand: in some table that keeps the order and satisfies every identity.

    Sums hold within the tolerance of the printed decimals: n addends and their total may differ by (n+1) half units
    of the last decimal. `bound` limits the assignments of one row and the partial sums under one row.
    Amounts may be negative, but a blank total has nothing below it. Raises ValueError for a row that has more
    figures than there are columns.
    """
    table = _table(problem, bound)
    conflicts: tuple[Conflict, ...] = ()
    aside = _Aside()
    outcome = _propagated(table, aside)
    if outcome.failed:
        aside, conflicts = _false_alone(table, problem)
        outcome = _propagated(table, aside)
    if not outcome.failed:
        return Placement(_candidates(problem, outcome.domains), conflicts, outcome.bounded)
    contradiction = Conflict("table", outcome.failed)
    outcome = _one_more_aside(table, aside)
    return Placement(_candidates(problem, outcome.domains), (*conflicts, contradiction), outcome.bounded)


def _table(problem: Problem, bound: int) -> _Table:
    width = len(problem.columns)
    amounts = [row.figures for row in problem.rows]
    if any(len(figures) > width for figures in amounts):
        raise ValueError("a row has more figures than the table has columns")
    index = {column: position for position, column in enumerate(problem.columns)}
    sums = tuple((index[each.total], tuple(index[part] for part in each.parts)) for each in problem.sums)
    *rows, known = intervals([*amounts, [each.amount for each in problem.known]])
    return _Table(
        width=width,
        rows=tuple(rows),
        children=tuple(row.children for row in problem.rows),
        alone=tuple(row_domain(row, width, sums, bound) for row in rows),
        shapes=tuple(row_shapes(row, width, sums, bound) for row in rows),
        known=tuple(
            (each.row, index[each.column], interval if each.amount is not None else None)
            for each, interval in zip(problem.known, known, strict=True)
        ),
        bound=bound,
    )


def _propagated(table: _Table, aside: _Aside) -> _Outcome:
    """The assignments left when all identities but those set aside hold, or the first identity that leaves none."""
    domains = [table.shapes[row] if row in aside.rows else domain for row, domain in enumerate(table.alone)]
    for index, (row, column, interval) in enumerate(table.known):
        if index not in aside.known and row not in aside.rows and domains[row] is not None:
            domains[row] = tuple(a for a in domains[row] or () if admits(a, table.rows[row], column, interval))
    parents = [row for row in _upwards(table.children) if _sum_holds(table, aside, row)]
    _confine(table, parents, domains)
    for row, domain in enumerate(domains):
        if domain == ():
            return _Outcome(tuple(domains), (row,))
    bounded = any(domain is None for domain in table.alone)
    for row in (*parents, *reversed(parents)):
        members = (row, *table.children[row])
        left = supported([domains[each] for each in members], [table.rows[each] for each in members], table.bound)
        if left is None:
            bounded = True
            continue
        if not left[0]:
            return _Outcome(tuple(domains), members)
        for each, domain in zip(members, left, strict=True):
            domains[each] = domain
    return _Outcome(tuple(domains), bounded=bounded)


def _confine(table: _Table, parents: list[int], domains: list[Domain]) -> None:
    """Leave in `domains` what prints money only in columns in which the row above can; a quick first cut."""
    for row in reversed(parents):
        domain = domains[row]
        if domain is not None:
            columns = frozenset(column for assignment in domain for column in assignment)
            for child in table.children[row]:
                domains[child] = within(domains[child], table.rows[child], columns)


def _sum_holds(table: _Table, aside: _Aside, row: int) -> bool:
    members = {row, *table.children[row]}
    return len(members) > 1 and row not in aside.sums and not members & aside.rows


def _upwards(children: tuple[tuple[int, ...], ...]) -> list[int]:
    """The rows, each after all that are below it."""
    below = {child for each in children for child in each}
    order: list[int] = []
    waiting = [row for row in range(len(children)) if row not in below]
    while waiting:
        row = waiting.pop()
        order.append(row)
        waiting.extend(children[row])
    return order[::-1]


def _false_alone(table: _Table, problem: Problem) -> tuple[_Aside, tuple[Conflict, ...]]:
    """The identities that cannot hold whatever the others say, set aside and named."""
    rows = frozenset(row for row, domain in enumerate(table.alone) if domain == ())
    within = _Aside(rows=rows, known=frozenset(range(len(table.known))))
    known = frozenset(
        index
        for index, (row, column, interval) in enumerate(table.known)
        if row not in rows
        and table.alone[row] is not None
        and not any(admits(a, table.rows[row], column, interval) for a in table.alone[row] or ())
    )
    sums = frozenset(
        row
        for row in range(len(table.rows))
        if _sum_holds(table, within, row) and _propagated(table, _only(table, within, row)).failed
    )
    conflicts = (
        *(Conflict("row", (row,)) for row in sorted(rows)),
        *(Conflict("sum", (row, *table.children[row])) for row in sorted(sums)),
        *(Conflict("known", (table.known[index][0],), problem.known[index].source) for index in sorted(known)),
    )
    return _Aside(rows, sums, known), conflicts


def _only(table: _Table, aside: _Aside, row: int) -> _Aside:
    """`aside` and every sum of rows but that of `row`."""
    return aside.union(_Aside(sums=frozenset(range(len(table.rows))) - {row}))


def _one_more_aside(table: _Table, aside: _Aside) -> _Outcome:
    """What is possible if any one further identity is false; if that is not enough, what each row alone allows."""
    singles: Iterable[_Aside] = (
        *(_Aside(rows=frozenset({row})) for row in range(len(table.rows))),
        *(_Aside(sums=frozenset({row})) for row in range(len(table.rows)) if table.children[row]),
        *(_Aside(known=frozenset({index})) for index in range(len(table.known))),
    )
    outcomes = [_propagated(table, aside.union(single)) for single in singles]
    possible = [outcome for outcome in outcomes if not outcome.failed]
    if not possible:
        return _Outcome(tuple(domain or shape for domain, shape in zip(table.alone, table.shapes, strict=True)))
    domains = tuple(reduce(_either, each) for each in zip(*(outcome.domains for outcome in possible), strict=True))
    return _Outcome(domains, bounded=any(outcome.bounded for outcome in possible))


def _either(one: Domain, other: Domain) -> Domain:
    return None if one is None or other is None else tuple(sorted({*one, *other}))


def _candidates(problem: Problem, domains: tuple[Domain, ...]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    columns = problem.columns
    return tuple(
        tuple(
            tuple(columns[place] for place in sorted(places))
            for places in _places(len(row.figures), len(columns), domain)
        )
        for row, domain in zip(problem.rows, domains, strict=True)
    )


def _places(figures: int, width: int, domain: Domain) -> list[set[int]]:
    """The columns of every figure; where nothing is known, those that leave room for the other figures."""
    if domain is None:
        return [set(range(figure, width - figures + figure + 1)) for figure in range(figures)]
    assignments: tuple[Assignment, ...] = domain
    return [{assignment[figure] for assignment in assignments} for figure in range(figures)]
