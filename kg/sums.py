"""Adding up amounts: only figures that may be added, else the reason why not and what to ask instead.

Refused are figures of several tables (the same money stands in each), of several types (budgeted, carried over,
executed) or phases, a row together with its parts, a department together with its units or with what it passes to
them, and the totals of several years where money carried over stands in both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Variable

from kg import iris
from kg.grid import spots
from kg.rdf import integer
from kg.reading import Row, grouped, node, number, places, query, text
from kg.summands import figures as figures_of
from kg.summands import related
from kg.unsafe_sums import WAN, UnsafeSum, code_of, refuse_counted_twice, refuse_mixed, summed
from ontology.document_number import parse
from ontology.errors import CaimaiError, UnknownTerm
from ontology.money import YUAN_PER_UNIT
from ontology.terms import concept, label, labelled

Bound = dict[Variable, NamedNode | Literal]


@dataclass(frozen=True, slots=True, repr=False)
class Sum:
    """A sum in yuan, how far rounding in print may have moved it, the figures in it and where they are printed."""

    yuan: Decimal
    tolerance: Decimal
    figures: tuple[NamedNode, ...]
    evidence: tuple[NamedNode, ...]

    def __repr__(self) -> str:
        return f"Sum({self.wan:f} 万元 ± {self.tolerance.normalize():f} 元, {len(self.figures)} figure(s))"

    @property
    def wan(self) -> Decimal:
        """The sum in 万元."""
        return self.yuan / WAN


def total(
    store: Store,
    *,
    body: str | None = None,
    year: int | None = None,
    view: str | None = None,
    code: str | None = None,
    source: str | None = None,
    amount_type: str | None = None,
    document: str | None = None,
) -> Sum:
    """The sum of what a table (`view`) says, by body, year, functional code (`206` with all below) or source of money.

    Of a body whose tables have a column of the bodies below it, it is the sum of theirs.
    With `document` the sum of what bodies received under that document number instead. Of a table the finest figures
    that make up its total are added, never a row and its parts. `view`, `source` and `amount_type` are names or
    printed names of the code lists. Raises UnsafeSum, and CaimaiError where nothing is found.
    """
    bound: Bound = {Variable("name"): Literal(body)} if body else {}
    if year is not None:
        bound[Variable("year")] = integer(year) or Literal("")
    listed = {"view": ("view", view), "type": ("amount-type", amount_type)}
    bound |= {Variable(name): in_list(scheme, words) for name, (scheme, words) in listed.items() if words is not None}
    if document is not None:
        return _added(store, _figures(_rows(store, "flows_to_add", bound), "document", _document(document)))
    rows = _under(store, bound, code or "")
    if body and not any(text(row, "additive") == "true" for row in rows):
        named = bound.pop(Variable("name"))
        rows = _under(store, bound | {Variable("whole"): named}, code or "") or rows
    return _added(store, _covering(rows if source is None else _figures(rows, "source", in_list("source", source))))


def _under(store: Store, bound: Bound, code: str) -> list[Row]:
    """The figures of the given body, year and table under a functional code, all where it is empty."""
    return [row for row in _rows(store, "summands", bound) if code_of(row).startswith(code)]


def total_of(store: Store, figures: Iterable[NamedNode | str]) -> Sum:
    """The sum of the figures at these addresses (budget observations or money flows). Raises UnsafeSum, CaimaiError."""
    wanted = {figure if isinstance(figure, NamedNode) else NamedNode(figure) for figure in figures}
    rows = figures_of(store, wanted)
    missing = sorted(str(figure) for figure in wanted - {node(row, "figure") for row in rows})
    if missing:
        raise CaimaiError(f"no amount of money in yuan: {', '.join(missing)}")
    return _added(store, rows)


def _added(store: Store, rows: Sequence[Row]) -> Sum:
    if not rows:
        raise CaimaiError("nothing to add up: no figure is of that body, year, table, code and source")
    once = [uses[0] for uses in grouped(rows, "figure").values()]
    refuse_unsafe(store, once)
    half = sum((_half(row) for row in once), Decimal(0))
    places_ = tuple(sorted(places(rows), key=str))
    return Sum(summed(once), half, tuple(node(row, "figure") for row in once), places_)


def refuse_unsafe(store: Store, once: Sequence[Row]) -> None:
    """Raise UnsafeSum where the figures, one row each, make no sum."""
    refuse_mixed(once)
    covered = related(store, "covered_bodies", {node(row, "disclosure") for row in once})
    loose = {node(row, "figure") for row in once if "view" in row and text(row, "additive") != "true"}
    departments = related(store, "departments_of", {node(row, "body") for row in once if "body" in row})
    refuse_counted_twice(once, covered, departments, spots(store, loose))


def _covering(rows: Sequence[Row]) -> list[Row]:
    chosen = [row for row in rows if text(row, "additive") == "true"]
    if rows and not chosen:
        raise UnsafeSum(
            "no figure of that kind is among the finest that make up its table",
            f"take one figure as printed: {len(rows)} of them, or ask without code and source",
            f"这类数不在表中可加总的最细一层。请取印出的某一个数（共{len(rows)}个），或不限科目与来源再问",
        )
    return chosen


def _figures(rows: Sequence[Row], variable: str, value: NamedNode) -> list[Row]:
    return [row for row in rows if row.get(variable) == value]


def _rows(store: Store, name: str, bound: Bound) -> list[Row]:
    """The rows of a query in which the given variables, none of an OPTIONAL, have the given values."""
    known = {variable: term for variable, term in bound.items() if f"?{variable.value}" in query(name)}
    found = store.query(query(name), use_default_graph_as_union=True, substitutions=known)  # type: ignore[arg-type]
    assert isinstance(found, QuerySolutions), "figures are asked for by SELECT"
    names = [variable.value for variable in found.variables]
    rows = [{one: row[one] for one in names if row[one] is not None} for row in found]
    return sorted(rows, key=lambda row: [str(row.get(one)) for one in names])


def in_list(scheme: str, words: str) -> NamedNode:
    """The concept of a code list by key or Chinese name. Raises UnknownTerm."""
    try:
        return concept(scheme, words)
    except UnknownTerm:
        found = labelled(scheme, words)
        if found is None:
            raise
        return found


def _document(printed: str) -> NamedNode:
    found = parse(printed)
    if found is None:
        raise CaimaiError(f"{printed} is no document number")
    return iris.document(found)


def _half(row: Row) -> Decimal:
    return YUAN_PER_UNIT[label(node(row, "unit")) or ""] * Decimal(5).scaleb(-number(row, "decimals") - 1)
