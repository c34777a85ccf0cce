"""Figures of the year before that a table prints beside its own: of their year, as the year after states them.

They are observations of a class of their own with an amount of their own (`bl:priorCNY`), so that no question and no
sum meets them unless it asks for them; what may be added up among them is told as of the figures of the year. A change
from the year before that stands in a column is no figure of any year.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from pyoxigraph import NamedNode, Triple

from kg import iris
from kg.observations import Frame, body_of, figure_key, of_column, of_row, placed_figures
from kg.rdf import Object, Pair, decimal, described, money, stated
from kg.rows import Figure, Row, rows
from ontology.facts import Fact, PriorFact
from ontology.terms import BL, concept

# The word for what a figure of the year before is → its key, and the phase of its year that it is of.
_BASES = {
    "预算数": ("prior-budget", "initial"),
    "执行数": ("prior-execution", "executed"),
    "决算数": ("prior-account", "executed"),
}
Spot = tuple[object, ...]


def described_prior_figures(facts: Sequence[Fact], now: Mapping[Figure, NamedNode], frame: Frame) -> Iterator[Triple]:
    """The figures of the year before and the changes from it, each with the figure of this year beside it."""
    printed = [fact for fact in facts if isinstance(fact, PriorFact)]
    beside = {_spot(cell): figure for cell, figure in now.items()}
    for word, (basis, phase) in _BASES.items():
        own = [fact for fact in printed if fact.measure == "上年数" and fact.basis == word]
        yield from _figures(rows(own), basis, phase, beside, frame)
    for measure, name in (("增减额", "amount"), ("增减率", "percent")):
        own = [fact for fact in printed if fact.measure == measure]
        yield from _changes(rows(own), name, beside, frame)


def _figures(
    some: Sequence[Row], basis: str, phase: str, beside: Mapping[Spot, NamedNode], frame: Frame
) -> Iterator[Triple]:
    book, year = frame.book, frame.book.year
    found = _addresses(some, "prior", basis, frame)
    for row, cell, placed in placed_figures(some, found, frame):
        yield from described(
            found[cell],
            BL.PriorObservation,
            *replace(book, year=None if year is None else year - 1).common(body_of(row, frame)),
            (BL.priorBasis, concept("kind", basis)),
            (BL.beside, beside.get(_spot(cell))),
            *placed,
            *of_row(row, book),
            *of_column(row, cell, book, phase),
        )
        amounts = money(cell.amount, cell.unit or book.unit, cell.source.text)
        yield from stated(found[cell], *((BL.priorCNY if name == BL.amountCNY else name, of) for name, of in amounts))


def _changes(some: Sequence[Row], name: str, beside: Mapping[Spot, NamedNode], frame: Frame) -> Iterator[Triple]:
    book = frame.book
    found = _addresses(some, "delta", name, frame)
    for row in some:
        for cell in row.cells:
            yield from described(
                found[cell],
                BL.ColumnChange,
                *book.common(body_of(row, frame)),
                (BL.beside, beside.get(_spot(cell))),
                (BL.evidence, frame.places[cell.source]),
                *_of_line(row, cell, frame),
                *_change(cell, name, book.unit),
            )


def _of_line(row: Row, cell: Figure, frame: Frame) -> Iterator[tuple[NamedNode, Object | None]]:
    """Table, row and column of a change, without what only an amount has."""
    amounts = {BL.amountType, BL.budgetPhase}
    column = of_column(row, cell, frame.book, frame.book.phase)
    return (pair for pair in chain(of_row(row, frame.book), column) if pair[0] not in amounts)


def _change(cell: Figure, name: str, unit: str | None) -> Iterator[Pair]:
    """The change in yuan or in per cent; of an amount its unit, of both the printed text and its decimals."""
    amounts = dict(money(cell.amount, cell.unit if name == "percent" else cell.unit or unit, _figure(cell)))
    yield BL.printedAmount, amounts[BL.printedAmount]
    yield BL.statedDecimals, amounts[BL.statedDecimals]
    if name == "percent":
        yield BL.statedPercent, decimal(cell.amount)
    else:
        yield BL.deltaCNY, amounts[BL.amountCNY]
        yield BL.statedUnit, amounts[BL.statedUnit]


def _figure(cell: Figure) -> str:
    return cell.source.text.strip().removesuffix("%").removesuffix("％")


def _addresses(some: Sequence[Row], kind: str, name: str, frame: Frame) -> dict[Figure, NamedNode]:
    """The addresses: as those of the figures of the year, so that what last year's disclosure prints can be told."""
    cells = [(row, cell) for row in some for cell in row.cells]
    keys = iris.numbered(figure_key(row, cell) for row, cell in cells)
    return {cell: iris.thing(kind, frame.book.key, name, key) for (_, cell), key in zip(cells, keys, strict=True)}


def _spot(cell: Figure) -> Spot:
    """The printed row and the column that a figure is of."""
    place = cell.source.page, cell.source.table, cell.source.row
    return (*place, cell.table, cell.side, cell.code, cell.name, cell.project, cell.path, cell.body, cell.column)
