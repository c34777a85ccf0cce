"""The W3C SPARQL 1.1 tests as packed in `data/w3c/sparql11.zip`, and what counts as the expected result."""

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pyoxigraph as ox

BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".nt": ox.RdfFormat.N_TRIPLES,
    ".srx": ox.QueryResultsFormat.XML, ".srj": ox.QueryResultsFormat.JSON, ".tsv": ox.QueryResultsFormat.TSV,
}  # fmt: skip
MEDIA_TYPES = {
    ".srx": "application/sparql-results+xml", ".srj": "application/sparql-results+json", ".csv": "text/csv",
    ".tsv": "text/tab-separated-values", ".ttl": "text/turtle", ".rdf": "application/sparql-results+xml",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One test: its name `folder/name`, its kind, the addresses of its query, graphs and result."""

    name: str
    kind: str
    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    result: str | None = None


@cache
def archive() -> zipfile.ZipFile:
    return zipfile.ZipFile(Path(__file__).parent / "data" / "w3c" / "sparql11.zip")


def content(address: str) -> bytes:
    return archive().read(address.removeprefix(BASE))


def folders() -> list[str]:
    return sorted({name.partition("/")[0] for name in archive().namelist()})


@cache
def cases() -> tuple[Case, ...]:
    """All tests, folder by folder in the order of their names."""
    return tuple(case for folder in folders() for case in sorted(_cases(folder), key=lambda case: case.name))


def _cases(folder: str) -> Iterator[Case]:
    graph = ox.Store()
    graph.bulk_load(content(f"{folder}/manifest.ttl"), ox.RdfFormat.TURTLE, base_iri=f"{BASE}{folder}/manifest.ttl")

    def values(subject: object, name: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        return [quad.object for quad in graph.quads_for_pattern(subject, ox.NamedNode(name), None)]  # type: ignore[misc,arg-type]

    for quad in graph.quads_for_pattern(None, ox.NamedNode(f"{RDF}type"), None):
        kind = quad.object.value.removeprefix(MF)  # type: ignore[union-attr]
        if not kind.endswith(("Test", "Test11")):
            continue
        for action in values(quad.subject, f"{MF}action"):
            queries = values(action, f"{QT}query") or ([action] if isinstance(action, ox.NamedNode) else [])
            requests = queries or values(action, "http://www.w3.org/2009/sparql/tests/test-update#request")
            named = [(values(node, f"{QT}graph") or [node])[0].value for node in values(action, f"{QT}graphData")]
            yield Case(
                f"{folder}/{quad.subject.value.rpartition('#')[2]}",  # type: ignore[union-attr]
                kind,
                requests[0].value,
                tuple(node.value for node in values(action, f"{QT}data")),
                tuple(named),
                next((node.value for node in values(quad.subject, f"{MF}result")), None),
            )


def loaded(store: ox.Store) -> None:
    """Put the data of all tests into a store, one graph a file, named by its address."""
    for address in sorted({graph for case in cases() for graph in (*case.default_graphs, *case.named_graphs)}):
        if address.removeprefix(BASE) in archive().namelist():
            form = FORMATS[Path(address).suffix]
            assert isinstance(form, ox.RdfFormat)
            store.load(content(address), form, base_iri=address, to_graph=ox.NamedNode(address))


def result_of(body: bytes, suffix: str, base: str) -> object:
    """A result as a value that equals that of any other result with the same solutions, truth or triples."""
    if suffix == ".csv":
        head, *rows = csv.reader(io.StringIO(body.decode()))
        return sorted(head), Counter(tuple(sorted(zip(head, map(_cell, row), strict=True))) for row in rows)
    form = FORMATS[suffix]
    if isinstance(form, ox.RdfFormat):
        triples = [quad.triple for quad in ox.parse(body, form, base_iri=base)]
        described = _described_result(triples)
        return _canonical(triples) if described is None else described
    assert isinstance(form, ox.QueryResultsFormat)
    found = ox.parse_query_results(body, form)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names = [variable.value for variable in found.variables]
    return _solutions(names, [{name: row[name] for name in names if row[name] is not None} for row in found])


def _described_result(triples: list[ox.Triple]) -> object:
    """The result that triples of the result set vocabulary describe; None for other triples."""
    about: dict[object, dict[str, list[object]]] = {}
    for triple in triples:
        about.setdefault(triple.subject, {}).setdefault(triple.predicate.value, []).append(triple.object)
    for found in about.values():
        if f"{RS}boolean" in found:
            return found[f"{RS}boolean"][0].value == "true"  # type: ignore[attr-defined]
        if f"{RS}resultVariable" in found:
            rows = []
            for solution in found.get(f"{RS}solution", []):
                bindings = [about[binding] for binding in about[solution].get(f"{RS}binding", [])]
                rows.append({b[f"{RS}variable"][0].value: b[f"{RS}value"][0] for b in bindings})  # type: ignore[attr-defined]
            return _solutions([name.value for name in found[f"{RS}resultVariable"]], rows)  # type: ignore[attr-defined]
    return None


def _solutions(names: list[str], rows: list[dict[str, object]]) -> object:
    """Names and rows, numbers by value, blank nodes by what canonicalisation calls them."""
    triples = []
    for count, row in enumerate(rows):
        node = ox.BlankNode(f"row{count}")
        triples += [ox.Triple(node, ox.NamedNode(f"{RS}row"), ox.Literal("row"))]
        triples += [ox.Triple(node, ox.NamedNode(f"{RS}{name}"), term) for name, term in row.items()]  # type: ignore[arg-type]
    return sorted(names), _canonical(triples)


def _canonical(triples: list[ox.Triple]) -> frozenset[object]:
    data = ox.Dataset(ox.Quad(t.subject, t.predicate, _term(t.object)) for t in triples)
    data.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(map(str, data))


def _term(term: object) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """The term, a number in one form for each value."""
    if isinstance(term, ox.Literal) and term.datatype.value in {
        f"{XSD}{kind}" for kind in ("decimal", "double", "float")
    }:
        return ox.Literal(_number(term.value), datatype=term.datatype)
    return term  # type: ignore[return-value]


def _cell(text: str) -> str:
    return "_:" if text.startswith("_:") else _number(text)


def _number(text: str) -> str:
    try:
        return str(Decimal(text).normalize()) if Decimal(text) else "0"
    except ArithmeticError:
        return text
