"""Figures to be added up as the rules of `kg.unsafe_sums` look at them, and which bodies disclosures cover."""

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg.rdf import TYPE
from kg.reading import Row, node, query
from ontology.terms import BL

_SEVERAL = 500  # asked for at a time: for many more an engine reads all there are
_NOBODY = "VALUES ?of { }"
_OF_FIGURE = {
    BL.amountCNY: "amount", BL.priorCNY: "amount", BL.inView: "view", BL.amountType: "type", BL.budgetPhase: "phase",
    BL.fiscalYear: "year",
    BL.agency: "body", BL.toParty: "body", BL.disclosedIn: "disclosure", BL.side: "side", BL.rowRole: "row",
    BL.columnName: "heading", BL.additive: "additive", BL.functionalSubject: "code", BL.fundSource: "source",
    BL.item: "item", BL.project: "project", BL.forProject: "project", BL.statedUnit: "unit",
    BL.statedDecimals: "decimals", BL.evidence: "evidence", BL.targetScope: "scope", BL.priorBasis: "basis",
    TYPE: "kind",
}  # fmt: skip
_SEEN = frozenset({"amount", "type", "disclosure", "unit", "decimals"})


def figures(store: Store, wanted: Iterable[NamedNode]) -> list[Row]:
    """One row for each figure and each place of it, in order of address, with its `kind`; none for what is no figure.

    A figure has an amount in yuan, its type, unit and decimals, and a disclosure; most have a body and a year.
    """
    said: dict[NamedNode, list[dict[str, NamedNode | Literal]]] = {}
    for row in of(store, "said_of", wanted):
        name = _OF_FIGURE.get(node(row, "predicate"))
        if name:
            said.setdefault(node(row, "of"), [{}])
            _put(said[node(row, "of")], name, row["value"])
    rows = [{"figure": figure, **row} for figure, found in sorted(said.items(), key=str) for row in found]
    whole = [row for row in rows if row.keys() >= _SEEN]
    _look_up(store, whole, "disclosure", "level", "levels_of_disclosures")
    _look_up(store, whole, "body", "name", "names_of_bodies")
    return list(whole)


def related(store: Store, name: str, things: Iterable[NamedNode]) -> dict[NamedNode, set[NamedNode]]:
    """Thing → the things that `kg/rules/{name}.rq` gives for it, for those that it gives any for."""
    found: dict[NamedNode, set[NamedNode]] = {}
    for row in of(store, name, things):
        found.setdefault(node(row, "of"), set()).add(node(row, "value"))
    return found


def of(store: Store, name: str, things: Iterable[NamedNode]) -> list[Row]:
    """The rows of `kg/rules/{name}.rq` about some things, which it calls `?of`; each thing's rows stand together."""
    known = sorted(set(things), key=str)
    found: list[Row] = []
    for start in range(0, len(known), _SEVERAL):
        some = " ".join(map(str, known[start : start + _SEVERAL]))
        text = query(name).replace(_NOBODY, f"VALUES ?of {{ {some} }}")
        rows = store.query(text, use_default_graph_as_union=True)
        assert isinstance(rows, QuerySolutions), "things are asked about by SELECT"
        names = [variable.value for variable in rows.variables]
        found += [{one: row[one] for one in names if row[one] is not None} for row in rows]
    return found


def _put(rows: list[dict[str, NamedNode | Literal]], name: str, value: NamedNode | Literal) -> None:
    """The value in all rows of a figure; of several places a row each, of all else the first by name."""
    if name == "evidence" and "evidence" in rows[0]:
        rows.append({**rows[0], name: value})
        return
    for row in rows:
        row[name] = min(row.get(name, value), value, key=str)


def _look_up(store: Store, rows: Sequence[dict[str, NamedNode | Literal]], known: str, wanted: str, name: str) -> None:
    things = {value for row in rows if isinstance(value := row.get(known), NamedNode)}
    values: Mapping[NamedNode, NamedNode | Literal] = {node(row, "of"): row["value"] for row in of(store, name, things)}
    for row in rows:
        thing = row.get(known)
        if isinstance(thing, NamedNode) and thing in values:
            row[wanted] = values[thing]
