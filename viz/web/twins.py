"""A dossier as data: JSON, CSV, Turtle."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from ontology.terms import BL, prefixes
from viz.web.addresses import kind_of
from viz.web.dossier import Cited, Dossier, Money, Place, Ref, Table, Tag, Value

MEDIA = {"json": "application/json", "ttl": "text/turtle", "csv": "text/csv"}
_SHORT = {"bl", "skos", "xsd", "dcterms", "prov", "rdfs", "org"}


def as_json(dossier: Dossier) -> str:
    """The dossier as an object: IRI, kind, label, facts and tables by name; amounts are strings, exact, in yuan."""
    told = {
        "iri": dossier.iri,
        "kind": dossier.kind,
        "label": dossier.title,
        "facts": {fact.name: _with_places(_plain(fact.value), fact.places) for fact in dossier.facts},
        "tables": {table.name: [*_objects(table)] for table in dossier.tables},
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def as_csv(table: Table) -> str:
    """A table with one line a row: text as shown, amounts in yuan, things by name and IRI, sources by IRI.

    Cells that a spreadsheet would take for a formula are given an apostrophe first.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    things = [_holds(table, index) for index in range(len(table.columns))]
    names = [column.name for column in table.columns]
    writer.writerow([part for at, name in enumerate(names) for part in _heads(name, things[at])] + ["sources"])
    for row in table.rows:
        cells = [part for at, value in enumerate(row.cells) for part in _cells(value, things[at])]
        writer.writerow([*cells, " ".join(place.iri for place in row.places)])
    return buffer.getvalue()


def as_turtle(store: ox.Store, dossier: Dossier) -> bytes:
    """The triples of the thing, of the nodes that its tables name, and of the places where they are printed."""
    nodes = {
        *([dossier.iri] if kind_of(dossier.iri) else []),
        *(node for table in dossier.tables for row in table.rows for node in row.nodes),
    }
    nodes |= {place.iri for table in dossier.tables for row in table.rows for place in row.places}
    nodes |= {place.iri for fact in dossier.facts for place in fact.places}
    found = {triple for node in nodes for triple in described(store, node)}
    links = _links(store, dossier.iri) if kind_of(dossier.iri) else set()
    known = {name: iri for name, iri in prefixes().items() if name in _SHORT}
    return ox.serialize(sorted(found | links, key=str), format=ox.RdfFormat.TURTLE, prefixes=known) or b""


def _links(store: ox.Store, iri: str) -> set[ox.Triple]:
    return {
        triple
        for claim in store.quads_for_pattern(None, BL.linkSubject, ox.NamedNode(iri), None)
        if isinstance(claim.subject, ox.NamedNode)
        for triple in described(store, claim.subject.value)
    }


def described(store: ox.Store, iri: str) -> Iterator[ox.Triple]:
    """The triples whose subject is the thing."""
    for quad in store.quads_for_pattern(ox.NamedNode(iri), None, None, None):
        yield quad.triple


def _objects(table: Table) -> Iterator[dict[str, Any]]:
    names = [column.name for column in table.columns]
    for row in table.rows:
        cells = {name: _plain(value) for name, value in zip(names, row.cells, strict=True)}
        yield cells | ({"sources": [_place(place) for place in row.places]} if row.places else {})


def _plain(value: Value) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Ref):
        return {"iri": value.iri, "label": value.label}
    if isinstance(value, Money):
        told = {"yuan": format(value.amount, "f"), "printed": value.printed, "unit": value.unit}
        return told | ({"sources": [_place(place) for place in value.places]} if value.places else {})
    if isinstance(value, Tag):
        return value.key or value.label
    if isinstance(value, Cited):
        return {"value": value.text, "sources": [_place(place) for place in value.places]}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def _with_places(value: Any, places: Iterable[Place]) -> Any:
    found = [_place(place) for place in places]
    return {"value": value, "sources": found} if found else value


def _place(place: Place) -> dict[str, str]:
    return {"iri": place.iri, "where": place.where, "words": place.words}


def _holds(table: Table, index: int) -> str:
    values = [row.cells[index] for row in table.rows]
    if any(isinstance(value, Ref) for value in values):
        return "ref"
    return "money" if any(_amounts(value) for value in values) else ""


def _amounts(value: Value) -> tuple[Money, ...]:
    """The amounts of a cell: none, one, or one for each line; they are never added."""
    parts = value if isinstance(value, tuple) else (value,)
    return tuple(part for part in parts if isinstance(part, Money))


def _heads(name: str, holds: str) -> list[str]:
    return {"ref": [name, f"{name}_iri"], "money": [f"{name}_yuan", f"{name}_printed"]}.get(holds, [name])


def _cells(value: Value, holds: str) -> list[str]:
    if holds == "ref":
        return [safe(value.label), value.iri] if isinstance(value, Ref) else [_text(value), ""]
    if holds == "money":
        found = _amounts(value)
        if found:
            printed = "; ".join(f"{one.printed} {one.unit}".strip() for one in found)
            return ["; ".join(format(one.amount, "f") for one in found), safe(printed)]
        return ["", _text(value)]
    return [_text(value)]


def _text(value: Value) -> str:
    if isinstance(value, tuple):
        return safe("; ".join(_text(part) for part in value))
    if isinstance(value, Ref):
        return safe(value.label)
    if isinstance(value, Tag):
        return safe(value.key or value.label)
    if isinstance(value, Cited):
        return safe(value.text)
    if isinstance(value, Money):
        return format(value.amount, "f")
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    return "" if value is None else safe(str(value))


def safe(text: str) -> str:
    """The text as a spreadsheet takes it for text, never for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text
