"""Budget observations: every figure of a budget table with its view, its roles in row and column, its dimensions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from kg import iris
from kg.additive import column_role, finest_cells, holders, partition
from kg.disclosed import Disclosed
from kg.evidence import Places
from kg.names import fold
from kg.rdf import Object, Pair, boolean, described, money, stated, words
from kg.rows import BUDGETED, Figure, Row, containers, is_body, is_total, layout, tables, view_name
from ontology.errors import UnknownTerm
from ontology.facts import CellFact
from ontology.terms import BL, coded, concept, labelled

_SIDES = {"收入": "income", "支出": "expenditure"}
_CERTAINTY = {"stated": "exact", "derived": "derived", "ambiguous": "unresolved"}


def observation_iris(rows: Sequence[Row], book: Disclosed) -> dict[Figure, NamedNode]:
    """The address of every figure: by what it says, not by where it stands."""
    cells = [(row, cell) for row in rows for cell in row.cells]
    keys = iris.numbered(figure_key(row, cell) for row, cell in cells)
    return {cell: iris.thing("obs", book.key, key) for (_, cell), key in zip(cells, keys, strict=True)}


@dataclass(frozen=True, slots=True)
class Frame:
    """What the figures of a document share: names of bodies with subtotals, disclosure, places, projects by name, and
    the bodies of rows that are another's than the disclosing body's."""

    bodies: frozenset[str]
    book: Disclosed
    places: Places
    projects: Mapping[str, NamedNode]
    named: Mapping[str, NamedNode]


def described_observations(rows: Sequence[Row], found: Mapping[Figure, NamedNode], frame: Frame) -> Iterator[Triple]:
    """The figures of all tables, each that of the body that its row names, else of the disclosing one."""
    book = frame.book
    for row, cell, placed in placed_figures(rows, found, frame):
        yield from described(found[cell], BL.BudgetObservation, *book.common(body_of(row, frame)), *placed)
        phase = _phase(cell.column, book)
        yield from stated(found[cell], *of_row(row, book), *of_column(row, cell, book, phase), *_certainty(cell))
        yield from stated(found[cell], *money(cell.amount, cell.unit or book.unit, cell.source.text))


def placed_figures(
    rows: Sequence[Row], found: Mapping[Figure, NamedNode], frame: Frame
) -> Iterator[tuple[Row, Figure, tuple[Pair, ...]]]:
    """Every figure with its role in its table, whether it may be added up, what it is in, its project and its place."""
    bodies, places, projects = frame.bodies, frame.places, frame.projects
    for table in tables(rows):
        outer = containers(table, bodies)
        parts = partition(table, outer)
        for at, row in enumerate(table):
            role = _row_role(at, row, parts.finest, parts.containing, is_body(row, bodies))
            of_all = view_name(row) == row.table  # those of units are in those of all
            additive = set(map(id, finest_cells(row))) if at in parts.finest and of_all else set()
            project = projects.get(fold(row.project or (row.name if row.table == "carryover" else "")))
            for cell in row.cells:
                placed: tuple[Pair, ...] = (
                    (BL.rowRole, concept("role", role)),
                    (BL.additive, boolean(id(cell) in additive)),
                    (BL.project, project),
                    *((BL.rollsUpTo, found[above]) for above in holders(table, outer, at, cell)),
                    (BL.evidence, places[cell.source]),
                )
                yield row, cell, placed


def body_of(row: Row, frame: Frame) -> NamedNode | None:
    """The body whose figures a row has: that named beside it, or that whose subtotal it is."""
    name = row.body or (row.name if is_body(row, frame.bodies) else "")
    return frame.named.get(fold(name), frame.book.body)


def figure_key(row: Row, cell: Figure) -> str:
    """What a figure says, as its address has it: table, side, body, row, project, column."""
    path = "/".join(row.path) if row.path else row.name
    what = [row.code or iris.segment(path), *([iris.segment(fold(row.project))] if row.project else [])]
    side = [*([_SIDES[row.side]] if row.side else []), *([iris.segment(row.body)] if row.body else [])]
    return ".".join([iris.segment(row.table), *side, *what, iris.segment(cell.column) if cell.column else "_"])


def _row_role(at: int, row: Row, finest: frozenset[int], containing: frozenset[int], of_body: bool) -> str:
    if is_total(row):
        return "row-total"
    if at in finest:
        return "row-leaf"
    if at in containing:
        return "row-body-subtotal" if of_body else "row-subtotal"
    return "row-of-which"


def of_row(row: Row, book: Disclosed) -> Iterator[tuple[NamedNode, Object | None]]:
    """What the row says: table, side, name, kind and subject."""
    economic = layout(row.table, "codes") == "economic"
    yield BL.inView, view(view_name(row))
    yield BL.side, concept("side", _SIDES[row.side]) if row.side else None
    yield BL.item, words(row.name)
    yield BL.itemKind, labelled("kind", row.name) if row.name in layout(row.table, "rows") else None
    yield BL.rowPath, words("/".join(row.path)) if row.path else None
    if row.code:
        yield (BL.economicSubject, coded("economic", row.code, book.year)) if economic else subject_pair(row.code, book)


def _certainty(cell: Figure) -> Iterator[tuple[NamedNode, Object | None]]:
    yield BL.grade, concept("grade", "derived") if cell.grade == "derived" else None
    yield BL.derivation, words(cell.how)
    yield BL.columnCertainty, concept("cert", _CERTAINTY[cell.grade])
    if isinstance(cell, CellFact):
        yield from ((BL.candidateColumn, words(name)) for name in cell.candidates or ())


def of_column(row: Row, cell: Figure, book: Disclosed, phase: str) -> Iterator[tuple[NamedNode, Object | None]]:
    """What the column says: phase, type of amount, its name and role, source of money, type of expenditure."""
    table, column = row.table, cell.column
    yield BL.budgetPhase, concept("phase", phase)
    yield BL.amountType, amount_type(table, phase)
    if column is None:
        return
    yield BL.columnName, words(column)
    yield BL.columnRole, concept("role", column_role(row, column))
    yield BL.fundSource, _source(row, column)
    yield BL.expenditureType, _listed("exptype", layout(table, "type").get(column))
    if column in layout(table, "economic"):
        yield BL.economicSubject, coded("economic", layout(table, "economic")[column], book.year)


def _source(row: Row, column: str) -> NamedNode | None:
    """The fund source that the column names, or the row of an income side; below 上年结转结余 always a carry-over."""
    if row.side != "收入":
        return _listed("source", layout(row.table, "source").get(column))
    named = [found for name in reversed(row.path or (row.name,)) if (found := labelled("source", name))]
    carry = [found for found in named if found.value.rpartition("/")[2].startswith("carry")]
    return next(iter(carry or named[:1]), None)


def view(table: str) -> NamedNode:
    """The view of a table, by its canonical name."""
    return _listed("view", table) or iris.code("view", table)


def _phase(column: str | None, book: Disclosed) -> str:
    """The phase of a figure: the disclosure's, but that of the budget which a final account prints beside (预算数)."""
    return "initial" if column == BUDGETED and book.phase == "executed" else book.phase


def amount_type(table: str, phase: str) -> NamedNode:
    """What kind of amount a table's figures are: never added up with another kind."""
    return concept(
        "amount-type",
        "carried-over" if table == "carryover" else "executed" if phase == "executed" else "budgeted",
    )


def subject_pair(code: str | None, book: Disclosed) -> tuple[NamedNode, Object | None]:
    """The functional subject that has this code in the year of the disclosure."""
    return BL.functionalSubject, coded("function", code, book.year) if code else None


def _listed(scheme: str, name: str | None) -> NamedNode | None:
    try:
        return None if name is None else concept(scheme, name)
    except UnknownTerm:
        return None
