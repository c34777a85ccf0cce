"""Every figure and every flow of money as one row, with its source: CSV and Parquet."""

import csv
import io
import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from pyoxigraph import NamedNode, Store

from kg import iris
from kg.export import dataset
from kg.rdf import TYPE
from ontology.errors import CaimaiError
from ontology.terms import BL

COLUMNS = (
    "iri", "kind", "disclosure", "body", "year", "phase", "view", "side", "item", "path", "function", "economic",
    "source", "type", "column", "project", "document", "from_year", "amount", "printed", "unit", "amount_type",
    "additive", "row_role", "certainty", "grade", "file", "sha256", "page", "line", "table", "row", "col", "words",
    "licence", "attribution",
)  # fmt: skip
# Columns and the properties they show.
_OWN = {
    "disclosure": "disclosedIn", "year": "fiscalYear", "view": "inView", "side": "side", "item": "item",
    "path": "rowPath", "function": "functionalSubject", "economic": "economicSubject", "source": "fundSource",
    "type": "expenditureType", "column": "columnName", "from_year": "fromFiscalYear", "amount": "amountCNY",
    "printed": "printedAmount", "unit": "statedUnit", "amount_type": "amountType", "additive": "additive",
    "row_role": "rowRole", "certainty": "columnCertainty", "grade": "grade",
}  # fmt: skip
_PLACE = {
    "page": "page", "line": "lineStart", "table": "tableTitle", "row": "rowIndex", "col": "columnIndex",
    "words": "verbatim",
}  # fmt: skip
_KINDS = (BL.BudgetObservation, BL.Allocation, BL.CarryOver, BL.OnwardGrant)
_INTEGERS = {"year", "from_year", "page", "line", "row", "col"}
_IRIS = {"disclosure"}

About = dict[str, list[Any]]


def figures(store: Store) -> list[list[Any]]:
    """The rows, one for each figure or flow and place where it is printed, sorted.

    Amounts are Decimal yuan, codes stand without their list; what documents do not state is None.
    """
    said = [dataset()["licence"], dataset()["attribution"]]
    things = {
        quad.subject: kind.value.rpartition("#")[2]
        for kind in _KINDS
        for quad in store.quads_for_pattern(None, TYPE, kind, None)
        if isinstance(quad.subject, NamedNode)
    }
    look = cache(lambda thing: _about(store, thing))
    found = []
    for thing, kind in things.items():
        about = look(thing)
        for place in about.get("evidence", ()):
            known = _context(about, look) | _place(look(place), look) | {"iri": thing.value, "kind": kind}
            found.append([*(known.get(name) for name in COLUMNS[:-2]), *said])
    return sorted(found, key=lambda row: [(value is not None, str(value)) for value in row])


def _about(store: Store, thing: Any) -> About:
    """What documents and the registry state about a thing, by the ends of the properties' names."""
    found: About = {}
    links = set(iris.LINKS.values())
    for quad in store.quads_for_pattern(thing, None, None, None):
        if quad.graph_name not in links:
            found.setdefault(re.split("[/#]", quad.predicate.value)[-1], []).append(quad.object)
    return found


def _context(about: About, look: Callable[[Any], About]) -> dict[str, Any]:
    """What a figure or flow says, and the names of what it speaks of."""
    own = {name: _value(name, about[term][0]) for name, term in _OWN.items() if term in about}
    disclosure = look(about["disclosedIn"][0])
    whose = [name for body in disclosure.get("disclosureOf", ()) for name in look(body).get("officialName", ())]
    project = [
        name for term in ("project", "forProject") for node in about.get(term, ()) for name in look(node)["projectName"]
    ]
    numbers = sorted(str(iris.number_of(document)) for document in about.get("underDocument", ()))
    phase = [_value("phase", value) for value in disclosure.get("budgetPhase", ())]
    return own | {
        "body": whose[0].value if whose else None,
        "phase": phase[0] if phase else None,
        "project": project[0].value if project else None,
        "document": "; ".join(numbers) or None,
    }


def _place(place: About, look: Callable[[Any], About]) -> dict[str, Any]:
    carrier = look(place["inFile"][0])
    own = {name: _value(name, place[term][0]) for name, term in _PLACE.items() if term in place}
    return own | {"file": carrier["title"][0].value, "sha256": carrier["sha256"][0].value}


def as_csv(store: Store) -> bytes:
    """The figures as CSV (RFC 4180) in UTF-8."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    writer.writerows(
        [format(value, "f") if isinstance(value, Decimal) else value for value in row] for row in figures(store)
    )
    return buffer.getvalue().encode()


def parquet(store: Store) -> bytes:
    """The figures as Parquet: amounts decimal(24, 4), numbers int32, all else text. CaimaiError without pyarrow."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise CaimaiError("Parquet needs pyarrow: pip install 'caimai[parquet]'") from None
    types = {name: pa.int32() for name in _INTEGERS} | {"amount": pa.decimal128(24, 4), "additive": pa.bool_()}
    rows = figures(store)
    arrays = [pa.array([row[at] for row in rows], types.get(name, pa.string())) for at, name in enumerate(COLUMNS)]
    table = pa.table(arrays, names=list(COLUMNS))
    said = {name: str(dataset()[name]) for name in ("licence", "attribution")}
    buffer = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(said), buffer)
    return buffer.getvalue()


def _value(name: str, value: Any) -> Any:
    if isinstance(value, NamedNode):
        return value.value if name in _IRIS else value.value.rpartition("/")[2]
    if name == "amount":
        return Decimal(value.value)
    if name == "additive":
        return value.value == "true"
    return int(value.value) if name in _INTEGERS else value.value
