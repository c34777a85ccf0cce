"""The assignments that one row allows, and those that a row and the rows below it allow each other."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import combinations, compress
from math import comb

from ontology.money import half_width

Assignment = tuple[int, ...]
"""The column of every figure of a row, ascending."""

Domain = tuple[Assignment, ...] | None
"""The assignments of a row that are possible; None where there are too many to list and nothing is known."""

Interval = tuple[int, int]
"""The least and the greatest amount that a printed figure stands for, in a unit common to the table."""

Sum = tuple[int, tuple[int, ...]]
"""The column of a total and the columns of its parts."""

UNREADABLE: Interval = (-(10**30), 10**30)
"""A figure that may stand for any amount."""

_State = tuple[int, ...]


def intervals(groups: Sequence[Sequence[Decimal | None]]) -> list[tuple[Interval, ...]]:
    """Each amount as the interval of half a unit of its last decimal about it; None may be any amount."""
    exponents = [_exponent(amount) for group in groups for amount in group if amount is not None]
    scale = -min(exponents, default=0)
    return [tuple(_interval(amount, scale) for amount in group) for group in groups]


def row_domain(figures: tuple[Interval, ...], width: int, sums: tuple[Sum, ...], bound: int) -> Domain:
    """The order-preserving assignments that satisfy every sum of columns; None where there are more than `bound`."""
    if comb(width, len(figures)) > bound:
        return None
    shapes = _shapes(width, len(figures), sums, any(map(_may_be_zero, figures)))
    return tuple(shape for shape in shapes if all(_adds_up(shape, figures, each) for each in sums))


def admitted(domain: Domain, figures: tuple[Interval, ...], column: int, known: Interval | None) -> Domain:
    """The assignments in which the row holds the known amount in a column; None is a blank."""
    return domain and tuple(each for each in domain if _admits(each, figures, column, known))


@lru_cache(maxsize=256)  # each fault that is tried leaves most sums of a table as they were
def supported(
    domains: tuple[Domain, ...], figures: tuple[tuple[Interval, ...], ...], bound: int
) -> tuple[tuple[Assignment, ...], ...] | None:
    """The assignments of a row (the first) and of the rows below it (the others) with which it is their sum.

    All are empty where it is the sum in no way. None where nothing is known of one of them or more than `bound`
    partial sums occur.
    """
    listed = [domain for domain in domains if domain is not None]
    if len(listed) < len(domains):
        return None
    kept: list[set[Assignment]] = [set() for _ in domains]
    placed = [_placed(domain, row) for domain, row in zip(listed[1:], figures[1:], strict=True)]
    sizes = [frozenset(map(len, child)) for child in placed]
    for assignment in listed[0]:
        choices = [_choices(assignment, child, each) for child, each in zip(placed, sizes, strict=True)]
        found = _completions(figures[0], choices, bound)
        if found is None:
            return None
        if found:
            kept[0].add(assignment)
            for child, assignments in enumerate(found, start=1):
                kept[child].update(assignments)
    return tuple(tuple(sorted(each)) for each in kept)


def within(domain: Domain, figures: tuple[Interval, ...], columns: frozenset[int]) -> Domain:
    """The assignments that print nothing but zeros outside the columns."""
    return domain and tuple(
        assignment
        for assignment in domain
        if all(c in columns or _may_be_zero(figure) for c, figure in zip(assignment, figures, strict=True))
    )


def _exponent(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _interval(amount: Decimal | None, scale: int) -> Interval:
    if amount is None:
        return UNREADABLE
    value, width = (int((part * 2).scaleb(scale)) for part in (amount, half_width(amount)))
    return value - width, value + width


def _may_be_zero(interval: Interval) -> bool:
    return interval[0] <= 0 <= interval[1]


def _overlap(one: Interval, other: Interval) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _admits(assignment: Assignment, figures: tuple[Interval, ...], column: int, known: Interval | None) -> bool:
    """A printed 0 is a blank too."""
    printed = figures[assignment.index(column)] if column in assignment else (0, 0)
    return _overlap(printed, known or (0, 0)) if known or column in assignment else True


@cache
def _shapes(width: int, figures: int, sums: tuple[Sum, ...], with_zeros: bool) -> tuple[Assignment, ...]:
    """The assignments in which a total is printed exactly where one of its parts is; all of them if 0 is printed."""
    every = combinations(range(width), figures)
    if with_zeros:
        return tuple(every)
    return tuple(
        shape for shape in every if all((total in shape) == (not {*parts}.isdisjoint(shape)) for total, parts in sums)
    )


def _adds_up(shape: Assignment, figures: tuple[Interval, ...], identity: Sum) -> bool:
    total, parts = identity
    printed = dict(zip(shape, figures, strict=True))
    addends = [printed[part] for part in parts if part in printed]
    if total not in printed:
        return all(map(_may_be_zero, addends))
    return _overlap(printed[total], (sum(low for low, _ in addends), sum(high for _, high in addends)))


_Choices = dict[_State, list[Assignment]]
_Placed = dict[frozenset[int], list[tuple[dict[int, Interval], Assignment]]]
_NO_PLACE: list[tuple[dict[int, Interval], Assignment]] = []


def _placed(domain: tuple[Assignment, ...], figures: tuple[Interval, ...]) -> _Placed:
    """The assignments with their figures by column, under the columns in which they surely print money."""
    money = [not _may_be_zero(figure) for figure in figures]
    placed: _Placed = {}
    for assignment in domain:
        columns = frozenset(compress(assignment, money))
        placed.setdefault(columns, []).append((dict(zip(assignment, figures, strict=True)), assignment))
    return placed


def _choices(parent: Assignment, child: _Placed, sizes: frozenset[int]) -> _Choices:
    """The assignments of a child by what they add to the columns of its parent; a child is blank where that is."""
    choices: _Choices = {}
    for columns in _within(parent, child, sizes):
        for printed, assignment in child.get(columns, _NO_PLACE):
            addition = tuple(bound for column in parent for bound in printed.get(column, (0, 0)))
            choices.setdefault(addition, []).append(assignment)
    return choices


def _within(parent: Assignment, child: _Placed, sizes: frozenset[int]) -> Iterable[frozenset[int]]:
    """The columns of the child that are columns of the parent, found the shorter way."""
    if sum(comb(len(parent), size) for size in sizes) > len(child):
        return (columns for columns in child if columns.issubset(parent))
    return (frozenset(columns) for size in sorted(sizes) for columns in combinations(parent, size))


def _completions(
    total: tuple[Interval, ...], children: list[_Choices], bound: int
) -> list[list[Assignment]] | tuple[()] | None:
    """For each child the assignments that are part of a way to reach the total: () for no way, None over `bound`."""
    order = sorted(range(len(children)), key=lambda child: len(children[child]))
    ordered = [children[child] for child in order]
    if not all(ordered):
        return ()
    target = tuple(bound for interval in total for bound in interval)
    room = _room(target, ordered)
    layers: list[set[_State]] = [{(0,) * len(target)}]
    for choices, ahead in zip(ordered, room, strict=True):
        layers.append(
            {
                after
                for state in layers[-1]
                for addition in choices
                if _can_reach(after := tuple(map(int.__add__, state, addition)), ahead)
            }
        )
        if len(layers[-1]) > bound:
            return None
    reached: dict[int, list[Assignment]] = {}
    ends = layers[-1]
    for position in range(len(ordered) - 1, -1, -1):
        starts: set[_State] = set()
        used: list[Assignment] = []
        for addition, assignments in ordered[position].items():
            leading = {s for s in layers[position] if tuple(map(int.__add__, s, addition)) in ends}
            if leading:
                starts |= leading
                used += assignments
        reached[order[position]] = used
        ends = starts
    return [reached[child] for child in range(len(children))] if ends else ()


def _room(target: _State, ordered: list[_Choices]) -> list[_State]:
    """After each child, the least and greatest partial sum in every column from which the total can be reached."""
    room: list[_State] = []
    ahead = list(target)
    for choices in reversed(ordered):
        room.append(tuple(ahead))
        for place in range(0, len(target), 2):
            ahead[place] -= max(addition[place + 1] for addition in choices)
            ahead[place + 1] -= min(addition[place] for addition in choices)
    return room[::-1]


def _can_reach(state: _State, ahead: _State) -> bool:
    """Whether the interval of a partial sum meets the interval from which the total is still in reach."""
    return all(
        state[place] <= ahead[place + 1] and ahead[place] <= state[place + 1] for place in range(0, len(state), 2)
    )
