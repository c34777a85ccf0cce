"""A dossier as data: JSON, CSV, Turtle."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from ontology.terms import BL, prefixes
from queries.reading import Reader
from viz.web.addresses import kind_of
from viz.web.dossier import Cited, Dossier, Money, Place, Ref, Table, Tag, Value

MEDIA = {"json": "application/json", "ttl": "text/turtle", "csv": "text/csv"}
_dump = json.JSONEncoder(ensure_ascii=False).encode  # indenting is several times slower
_SHORT = {"bl", "skos", "xsd", "dcterms", "prov", "rdfs", "org"}


def as_json(dossier: Dossier) -> str:
    """The dossier as an object: IRI, kind, label, facts and tables by name; amounts are strings, exact, in yuan.

    Each fact and each row of a table stands on a line of its own.
    """
    facts = {fact.name: _dump(_with_places(_plain(fact.value), fact.places)) for fact in dossier.facts}
    tables = {table.name: _listed(map(_dump, _objects(table))) for table in dossier.tables}
    told = {"iri": dossier.iri, "kind": dossier.kind, "label": dossier.title}
    whole = {name: _dump(value) for name, value in told.items()} | {"facts": _object(facts), "tables": _object(tables)}
    return _object(whole) + "\n"


def _object(written: Mapping[str, str]) -> str:
    return "{\n" + ",\n".join(f"{_dump(name)}: {value}" for name, value in written.items()) + "\n}"


def _listed(written: Iterable[str]) -> str:
    return "[" + ",".join(f"\n{value}" for value in written) + "]"


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
    return described(store, _nodes(store, dossier))


def _nodes(store: ox.Store, dossier: Dossier) -> set[str]:
    rows = [row for table in dossier.tables for row in table.rows]
    places = [*(place for row in rows for place in row.places), *(at for fact in dossier.facts for at in fact.places)]
    itself = {dossier.iri, *_links(store, dossier.iri)} if kind_of(dossier.iri) else set()
    return itself | {node for row in rows for node in row.nodes} | {place.iri for place in places}


def _links(store: ox.Store, iri: str) -> set[str]:
    claims = store.quads_for_pattern(None, BL.linkSubject, ox.NamedNode(iri), None)
    return {claim.subject.value for claim in claims if isinstance(claim.subject, ox.NamedNode)}


def described(store: ox.Store, things: Iterable[str]) -> bytes:
    """The triples whose subjects the things are as Turtle, by their subjects, then by properties and values."""
    wanted = sorted(set(things))
    said: list[list[str]] = [[] for _ in wanted]
    for line in Reader(store).written("pages/said", wanted):  # each property and value are written out once
        numbers, property_, value = line.split("\t")
        pair = f"{property_} {value}"
        for number in numbers.strip('"').split(" "):
            said[int(number)].append(pair)
    about = zip(wanted, said, strict=True)
    text = "\n".join(f"<{thing}> {';'.join(sorted(set(pairs)))} ." for thing, pairs in about if pairs)
    known = {name: iri for name, iri in prefixes().items() if name in _SHORT}
    triples = ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=known) or b""


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
