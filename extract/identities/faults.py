"""What remains certain in a table that contradicts itself: whatever holds wherever the one fault may lie."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import TypeVar

from extract.identities.assignments import UNREADABLE, Assignment, Domain, Interval, Sum, admitted, row_domain
from extract.identities.propagation import Aside, Figures, Outcome, propagated, sum_holds, work

_MOST_WORK = 8_000
_NOTHING_ASIDE = Aside()
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Fault:
    """One possible fault: something to set aside, or a row of which one figure is misprinted or was lost.

    `row` prints other `figures`; `lost` is the place of the figure among them that is not printed.
    """

    aside: Aside = _NOTHING_ASIDE
    row: int | None = None
    figures: tuple[Interval, ...] = ()
    lost: int | None = None


@dataclass(frozen=True, slots=True)
class FalseAlone:
    """Identities that cannot hold whatever the others say: rows, sums (by their total), known columns and where."""

    rows: tuple[int, ...]
    sums: tuple[int, ...]
    known: dict[int, tuple[int, ...]]


def false_alone(table: Figures) -> FalseAlone:
    """The identities that fail by themselves; a sum only if each of its rows is possible."""
    rows = tuple(row for row, domain in enumerate(table.alone) if domain == ())
    known = {
        index: tuple(row for row in each if row not in rows and _differs(table, row, column, interval))
        for index, (each, column, interval) in enumerate(table.known)
    }
    every = range(len(table.rows))
    nothing_known = frozenset(range(len(table.known)))
    sums = tuple(
        row
        for row in every
        if sum_holds(table, Aside(rows=frozenset(rows)), row)
        and propagated(table, Aside(frozenset(rows), frozenset(every) - {row}, nothing_known)).failed
    )
    return FalseAlone(rows, sums, {index: differing for index, differing in known.items() if differing})


def whatever_the_fault(table: Figures, width: int, sums: tuple[Sum, ...], false: FalseAlone) -> Outcome:
    """The assignments possible under any one fault that explains everything; where none does, under the fault that all
    that one source says is false, as where it exchanged two amounts.

    Where no single fault does, or too many would have to be looked at, nothing is said of the rows that take part in
    a false identity.
    """
    exchanged = [Fault(Aside(known=spoken)) for spoken in table.spoken if spoken >= false.known.keys()]
    for faults in (list(_faults(table, false)), exchanged):
        feasible = len(faults) * work(table, Aside(known=frozenset(false.known))) <= _MOST_WORK
        found = [_under(table, width, sums, fault) for fault in faults] if feasible else []
        possible = [outcome for outcome in found if not outcome.failed]
        if possible:
            return _either(possible)
    parts = {part for row in false.sums for part in (row, *table.children[row])}
    outcome = propagated(table, Aside(frozenset({*false.rows, *parts}), frozenset(), frozenset(false.known)))
    return Outcome((None,) * len(table.rows), bounded=outcome.bounded) if outcome.failed else outcome


def _differs(table: Figures, row: int, column: int, known: Interval | None) -> bool:
    return admitted(table.alone[row], table.rows[row], column, known) == ()


def _faults(table: Figures, false: FalseAlone) -> Iterator[Fault]:
    """The faults that may each explain all that is false, one at a time."""
    groups = [
        *({row} for row in false.rows),
        *({row, *table.children[row]} for row in false.sums),
        *({*rows} for rows in false.known.values()),
    ]
    rows = set.intersection(*groups) if groups else set(range(len(table.rows)))
    for row in sorted(rows):
        yield from _misprints(row, table.rows[row])
    if false.rows or len(groups) > 1:
        return
    totals = [row for row in range(len(table.rows)) if table.children[row]]
    yield from (Fault(Aside(sums=frozenset({row}))) for row in false.sums or (() if groups else totals))
    known = false.known or (() if groups else range(len(table.known)))
    yield from (Fault(Aside(known=frozenset({index}))) for index in known)


def _misprints(row: int, figures: tuple[Interval, ...]) -> Iterator[Fault]:
    for place in range(len(figures)):
        yield Fault(row=row, figures=(*figures[:place], UNREADABLE, *figures[place + 1 :]))
    for place in range(len(figures) + 1):
        yield Fault(row=row, figures=(*figures[:place], UNREADABLE, *figures[place:]), lost=place)


def _under(table: Figures, width: int, sums: tuple[Sum, ...], fault: Fault) -> Outcome:
    """What is possible if this is the fault, in terms of the figures that are printed."""
    if fault.row is None:
        return propagated(table, fault.aside)
    if len(fault.figures) > width:
        return Outcome(table.alone, (fault.row,))
    alone = row_domain(fault.figures, width, sums, table.bound)
    changed = replace(
        table,
        rows=_with(table.rows, fault.row, fault.figures),
        alone=_with(table.alone, fault.row, alone),
    )
    outcome = propagated(changed, fault.aside)
    left = outcome.domains[fault.row]
    if fault.lost is None or left is None or outcome.failed:
        return outcome
    printed = {_without(assignment, fault.lost) for assignment in left}
    return replace(outcome, domains=_with(outcome.domains, fault.row, tuple(sorted(printed))))


def _with(values: tuple[_Value, ...], place: int, value: _Value) -> tuple[_Value, ...]:
    return (*values[:place], value, *values[place + 1 :])


def _without(assignment: Assignment, place: int) -> Assignment:
    return (*assignment[:place], *assignment[place + 1 :])


def _either(outcomes: Sequence[Outcome]) -> Outcome:
    domains = tuple(reduce(_union, each) for each in zip(*(outcome.domains for outcome in outcomes), strict=True))
    return Outcome(domains, bounded=any(outcome.bounded for outcome in outcomes))


def _union(one: Domain, other: Domain) -> Domain:
    return None if one is None or other is None else tuple(sorted({*one, *other}))
