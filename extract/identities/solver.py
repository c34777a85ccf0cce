"""Placing figures whose columns are lost: budget identities as constraints on order-preserving assignments.

The rows of a budget table form a tree (total, 类, 款, 项), so that every identity over several rows joins one row with
the rows below it. On a tree one pass upwards and one downwards over these sums leaves exactly the assignments that
are part of a solution: no search, and no general constraint solver, is needed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extract.identities.assignments import Domain, Sum, intervals, row_domain
from extract.identities.faults import FalseAlone, false_alone, whatever_the_fault
from extract.identities.propagation import Aside, Figures, propagated

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
    """What is known from elsewhere: the amount in the cells of a column, None where they are blank.

    It holds in all of the rows or is false as a whole. `source` says whence it is known.
    """

    rows: tuple[int, ...]
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
    known  the rows that differ from what is known from `source`
    table  the rows in which the contradiction of several identities, each of them possible alone, came to light
    """

    kind: Literal["row", "sum", "known", "table"]
    rows: tuple[int, ...]
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """For every row and every figure in it the columns that are possible, in printed order; never none.

    Where the printed figures contradict each other (`conflicts`), a figure stands in one column only if it does so
    wherever the fault lies: in a sum, in what is known, in a misprinted or a lost figure; where none of these alone
    explains it, in all that one source says, as of amounts exchanged. Where `bounded`, there were more combinations
    than the bound allows to look at, and more columns may be left than need be.
    """

    candidates: tuple[tuple[tuple[str, ...], ...], ...]
    conflicts: tuple[Conflict, ...] = ()
    bounded: bool = False


def place(problem: Problem, *, bound: int = DEFAULT_BOUND) -> Placement:
    """The columns in which each figure can stand: in some table that keeps the order and satisfies every identity.

    Sums hold within the tolerance of the printed decimals: n addends and their total may differ by (n+1) half units
    of the last decimal. `bound` limits the assignments of one row and the partial sums under one row.
    Amounts may be negative, but a blank total has nothing below it. Raises ValueError for a row that has more
    figures than there are columns.
    """
    table, sums = _figures(problem, bound)
    outcome = propagated(table, Aside())
    if not outcome.failed:
        return Placement(_candidates(problem, outcome.domains), (), outcome.bounded)
    false = false_alone(table)
    conflicts = tuple(_conflicts(problem, false)) or (Conflict("table", outcome.failed),)
    outcome = whatever_the_fault(table, len(problem.columns), sums, false)
    return Placement(_candidates(problem, outcome.domains), conflicts, outcome.bounded)


def _figures(problem: Problem, bound: int) -> tuple[Figures, tuple[Sum, ...]]:
    """The problem in whole numbers, with its columns and their sums as indices."""
    width = len(problem.columns)
    printed = [row.figures for row in problem.rows]
    if any(len(figures) > width for figures in printed):
        raise ValueError("a row has more figures than the table has columns")
    index = {column: position for position, column in enumerate(problem.columns)}
    sums = tuple((index[each.total], tuple(index[part] for part in each.parts)) for each in problem.sums)
    *rows, amounts = intervals([*printed, [each.amount for each in problem.known]])
    known = tuple(
        (each.rows, index[each.column], interval if each.amount is not None else None)
        for each, interval in zip(problem.known, amounts, strict=True)
    )
    alone = tuple(row_domain(row, width, sums, bound) for row in rows)
    children = tuple(row.children for row in problem.rows)
    return Figures(tuple(rows), children, alone, known, bound, tuple(_spoken(problem.known))), sums


def _spoken(known: tuple[Known, ...]) -> Iterator[frozenset[int]]:
    """The places in `known` of what each source says that says several things."""
    for source in dict.fromkeys(each.source for each in known):
        mine = frozenset(index for index, each in enumerate(known) if each.source == source)
        if len(mine) > 1:
            yield mine


def _conflicts(problem: Problem, false: FalseAlone) -> Iterator[Conflict]:
    yield from (Conflict("row", (row,)) for row in false.rows)
    yield from (Conflict("sum", (row, *problem.rows[row].children)) for row in false.sums)
    yield from (Conflict("known", rows, problem.known[index].source) for index, rows in false.known.items())


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
    return [{assignment[figure] for assignment in domain} for figure in range(figures)]
