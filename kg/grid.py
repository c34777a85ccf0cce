"""Where figures stand in the grid of their table: whether two of them have money in common."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from kg.reading import node, text
from kg.summands import of


@dataclass(frozen=True, slots=True)
class Spot:
    """The row and the column of a figure, each with all that hold it; a row is known by its outermost figure."""

    row: NamedNode
    rows: frozenset[NamedNode]
    column: str
    columns: frozenset[str]

    @property
    def known(self) -> bool:
        """Whether the table says where the figure goes, or it is the outermost of both."""
        return len(self.rows) + len(self.columns) > 2


def overlap(one: Spot, other: Spot) -> bool:
    """Whether two figures of one table have a row and a column in common, by way of those that hold them."""
    rows = one.row in other.rows or other.row in one.rows
    return rows and (one.column in other.columns or other.column in one.columns)


def spots(store: Store, figures: Iterable[NamedNode]) -> dict[NamedNode, Spot]:
    """The spot of each figure that stands in a named column of a table."""
    columns, above = _chains(store, figures)

    def around(figure: NamedNode) -> list[NamedNode]:
        """The figure and those that hold it in its own row, from within outwards."""
        outer = [one for one in above[figure] if columns[one] != columns[figure]]
        return [figure, *(around(outer[0]) if outer else [])]

    def upwards(figure: NamedNode) -> list[NamedNode]:
        """The figure and those that hold it in its own column, from within outwards."""
        outer = [one for one in above[figure] if columns[one] == columns[figure]]
        return [figure, *(upwards(outer[0]) if outer else [])]

    def row(figure: NamedNode) -> NamedNode:
        return around(figure)[-1]

    return {
        figure: Spot(
            row(figure),
            frozenset(map(row, upwards(figure))),
            columns[figure],
            frozenset(columns[one] for one in around(figure)),
        )
        for figure in figures
        if figure in columns
    }


def _chains(
    store: Store, figures: Iterable[NamedNode]
) -> tuple[Mapping[NamedNode, str], Mapping[NamedNode, list[NamedNode]]]:
    """The columns of the figures and of all that hold them, and which hold each next."""
    columns: dict[NamedNode, str] = {}
    above: dict[NamedNode, list[NamedNode]] = {}
    waiting = set(figures)
    while waiting:
        rows = of(store, "rolls_up_to", waiting)
        for row in rows:
            columns[node(row, "of")] = text(row, "column")
            above.setdefault(node(row, "of"), [])
            if "above" in row:
                columns[node(row, "above")] = text(row, "around")
                above[node(row, "of")].append(node(row, "above"))
        waiting = {node(row, "above") for row in rows if "above" in row} - above.keys()
    return columns, above
