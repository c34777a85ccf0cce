"""What a table allows when its identities are taken together: one pass up and one down the tree of its rows."""

from dataclasses import dataclass

from extract.identities.assignments import Domain, Interval, admitted, supported, within


@dataclass(frozen=True, slots=True)
class Figures:
    """A table in whole numbers.

    `rows` are the intervals of the printed figures, `children` the rows that add up to each row, `alone` the
    assignments that each row allows by itself, `known` the amount of a column in some rows (None: blank), `spoken` the
    known amounts of each source that states several.
    """

    rows: tuple[tuple[Interval, ...], ...]
    children: tuple[tuple[int, ...], ...]
    alone: tuple[Domain, ...]
    known: tuple[tuple[tuple[int, ...], int, Interval | None], ...]
    bound: int
    spoken: tuple[frozenset[int], ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """What is held to be false: rows with all that touches them, sums of rows (by their total), known columns."""

    rows: frozenset[int] = frozenset()
    sums: frozenset[int] = frozenset()
    known: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.rows or self.sums or self.known)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The assignments left of every row; `failed` are the rows of the identity that left none."""

    domains: tuple[Domain, ...]
    failed: tuple[int, ...] = ()
    bounded: bool = False


def propagated(table: Figures, aside: Aside) -> Outcome:
    """The assignments of every row that are part of a solution for the whole table, what is aside left out.

    They are exact unless `bounded`; then some may be left that are part of none.
    """
    domains = _started(table, aside)
    for row, domain in enumerate(domains):
        if domain == ():
            return Outcome(tuple(domains), (row,))
    parents = [row for row in _upwards(table.children) if sum_holds(table, aside, row)]
    bounded = any(domain is None for domain in table.alone)
    for row in (*parents, *reversed(parents)):
        members = (row, *table.children[row])
        left = supported(
            tuple(domains[each] for each in members), tuple(table.rows[each] for each in members), table.bound
        )
        if left is None:
            bounded = True
            continue
        if not left[0]:
            return Outcome(tuple(domains), members)
        for each, domain in zip(members, left, strict=True):
            domains[each] = domain
    return Outcome(tuple(domains), bounded=bounded)


def work(table: Figures, aside: Aside) -> int:
    """A measure of how long it takes to propagate: the assignments of all rows that are sums of others."""
    domains = _started(table, aside)
    return sum(len(domain or ()) for domain, below in zip(domains, table.children, strict=True) if below)


def _started(table: Figures, aside: Aside) -> list[Domain]:
    """What the known amounts leave of each row, and what prints money only where the row above can."""
    domains = [None if row in aside.rows else domain for row, domain in enumerate(table.alone)]
    for index, (rows, column, interval) in enumerate(table.known):
        for row in () if index in aside.known else set(rows) - aside.rows:
            domains[row] = admitted(domains[row], table.rows[row], column, interval)
    for row in reversed([row for row in _upwards(table.children) if sum_holds(table, aside, row)]):
        domain = domains[row]
        if domain is not None:
            columns = frozenset(column for assignment in domain for column in assignment)
            for child in table.children[row]:
                domains[child] = within(domains[child], table.rows[child], columns)
    return domains


def sum_holds(table: Figures, aside: Aside, row: int) -> bool:
    """Whether the row is to be the sum of others, and neither the sum nor any of its rows is aside."""
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
