"""Adding up amounts: only figures that may be added, else the reason why not and what to ask instead.

Refused are figures of several tables (the same money stands in each), of several types (budgeted, carried over,
executed) or phases, a row together with its parts, a department together with its units, and the totals of several
years where money carried over stands in both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Variable

from kg import iris
from kg.names import spellings
from kg.rdf import integer
from kg.reading import Row, amount, grouped, node, number, places, query, text
from ontology.document_number import parse
from ontology.errors import CaimaiError, UnknownTerm
from ontology.money import YUAN_PER_UNIT
from ontology.terms import concept, label, labelled

WAN = Decimal(10_000)
Bound = dict[Variable, NamedNode | Literal]


class UnsafeSum(CaimaiError):
    """Amounts that do not make a sum: `reason` says why, `alternative` what may be asked instead."""

    def __init__(self, reason: str, alternative: str) -> None:
        self.reason, self.alternative = reason, alternative
        super().__init__(f"{reason} - {alternative}")


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum in yuan, how far rounding in print may have moved it, the figures in it and where they are printed."""

    yuan: Decimal
    tolerance: Decimal
    figures: tuple[NamedNode, ...]
    evidence: tuple[NamedNode, ...]

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
        return _added(_figures(_rows(store, "flows_to_add", bound), "document", _document(document)))
    rows = [row for row in _rows(store, "summands", bound) if _code(row).startswith(code or "")]
    return _added(_covering(rows if source is None else _figures(rows, "source", in_list("source", source))))


def total_of(store: Store, figures: Iterable[NamedNode | str]) -> Sum:
    """The sum of the figures at these addresses (budget observations or money flows). Raises UnsafeSum, CaimaiError."""
    wanted = {figure if isinstance(figure, NamedNode) else NamedNode(figure) for figure in figures}
    rows = [
        row
        for figure in sorted(wanted, key=str)
        for name in ("summands", "flows_to_add")
        for row in _rows(store, name, {Variable("figure"): figure})
    ]
    missing = sorted(str(figure) for figure in wanted - {node(row, "figure") for row in rows})
    if missing:
        raise CaimaiError(f"no amount of money in yuan: {', '.join(missing)}")
    return _added(rows)


def _added(rows: Sequence[Row]) -> Sum:
    if not rows:
        raise CaimaiError("nothing to add up: no figure is of that body, year, table, code and source")
    once = [uses[0] for uses in grouped(rows, "figure").values()]
    for refuse in (_mixed_views, _mixed_types, _mixed_phases, _with_units, _years, _parts):
        refuse(once)
    half = sum((_half(row) for row in once), Decimal(0))
    places_ = tuple(sorted(places(rows), key=str))
    return Sum(_sum(once), half, tuple(node(row, "figure") for row in once), places_)


def _mixed_views(rows: Sequence[Row]) -> None:
    by_view = grouped([row for row in rows if "view" in row], "view")
    if len(by_view) > 1 or (by_view and any("view" not in row for row in rows)):
        names = "、".join(_name(view) for (view,) in by_view)
        why = f"figures of several tables ({names}): the same money stands in each"
        raise UnsafeSum(why, f"choose one view, as view={_key(by_view)}")


def _mixed_types(rows: Sequence[Row]) -> None:
    _one_of(rows, "type", "amounts of several types", "choose one amount_type")


def _mixed_phases(rows: Sequence[Row]) -> None:
    _one_of([row for row in rows if "phase" in row], "phase", "budgets and final accounts together", "choose one")


def _one_of(rows: Sequence[Row], variable: str, reason: str, advice: str) -> None:
    found = grouped(rows, variable)
    if len(found) > 1:
        sums = "; ".join(f"{_name(value)} {_sum(some) / WAN:f} 万元" for (value,), some in found.items())
        raise UnsafeSum(reason, f"{advice}: {sums}")


def _with_units(rows: Sequence[Row]) -> None:
    for (_, year, _), some in grouped(rows, "body", "year", "view").items():
        levels = grouped(some, "level")
        if len(levels) > 1:
            sums = "; ".join(f"{_name(level)} {_sum(part) / WAN:f} 万元" for (level,), part in levels.items())
            whose = f"{text(some[0], 'name')}, {year.value if year else '?'}"
            raise UnsafeSum(
                f"a department's figures with those of its own unit ({whose})",
                f"the department's include the unit's: {sums}",
            )


def _years(rows: Sequence[Row]) -> None:
    years = sorted({number(row, "year") for row in rows})
    if len(years) > 1 and any(_holds_carry_over(row) for row in rows):
        of_years = {year: _sum(row for row in rows if number(row, "year") == year) for year in years}
        sums = "; ".join(f"{year}: {yuan / WAN:f} 万元" for year, yuan in of_years.items())
        raise UnsafeSum(
            "totals of several years hold the money carried over twice",
            f"take one year ({sums}), or sources without carry-over, as view=revenue source=own",
        )


def _parts(rows: Sequence[Row]) -> None:
    """Figures of one table of one disclosure that are not of its covering set must not contain one another."""
    for some in grouped([row for row in rows if "view" in row], "disclosure", "view", "side").values():
        if all(text(row, "additive") == "true" for row in some):
            continue
        for one, other in combinations(some, 2):
            if not _apart(one, other):
                names = f"{text(one, 'item')} and {text(other, 'item')} ({_name(one.get('view'))})"
                raise UnsafeSum(
                    f"one figure may hold the other: {names}", "take the figures marked bl:additive, or one"
                )


def _apart(one: Row, other: Row) -> bool:
    """Whether two figures of one table are known to have nothing in common: codes of which neither begins the other."""
    codes = _code(one), _code(other)
    return all(codes) and not codes[0].startswith(codes[1]) and not codes[1].startswith(codes[0])


def _holds_carry_over(row: Row) -> bool:
    source = row.get("source")
    if source is not None:
        return source.value.rpartition("/")[2].startswith("carry")
    view = text(row, "view").rpartition("/")[2]
    return view in spellings()["sums"]["with_carry_over"] or text(row, "type").endswith("/carried-over")


def _covering(rows: Sequence[Row]) -> list[Row]:
    chosen = [row for row in rows if text(row, "additive") == "true"]
    if rows and not chosen:
        raise UnsafeSum(
            "no figure of that kind is among the finest that make up its table",
            f"take one figure as printed: {len(rows)} of them, or ask without code and source",
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


def _code(row: Row) -> str:
    return text(row, "code").rpartition("/")[2].partition("~")[0]


def _sum(rows: Iterable[Row]) -> Decimal:
    return sum((amount(row, "amount") for row in rows), Decimal(0))


def _half(row: Row) -> Decimal:
    return YUAN_PER_UNIT[label(node(row, "unit")) or ""] * Decimal(5).scaleb(-number(row, "decimals") - 1)


def _name(value: NamedNode | Literal | None) -> str:
    return (label(value) if isinstance(value, NamedNode) else None) or (value.value if value else "?")


def _key(by_view: Iterable[tuple[NamedNode | Literal | None, ...]]) -> str:
    first = next(iter(by_view))[0]
    return first.value.rpartition("/")[2] if first else ""
