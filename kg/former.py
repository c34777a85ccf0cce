"""Former statements: what a file states and the graph has from another file of the same disclosure.

A statement that a corrected or fuller file replaced is kept beside the graph that questions read: its triples stand as
text in one node (`bl:FormerStatement`), with the amount, the printed form and the place beside it, so that no path, sum
or count meets it and nothing of the file is lost. Places are described as those of any statement.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg import iris
from kg.rdf import TYPE, described
from ontology.terms import BL

_WAS = iris.thing("was", "").value
_PLACES = {BL.CellEvidence, BL.RowEvidence, BL.SpanEvidence}
_COPIED = (
    (BL.amountCNY, BL.formerAmountCNY),
    (BL.targetTotalCNY, BL.formerAmountCNY),
    (BL.inView, BL.formerView),
    (BL.evidence, BL.formerEvidence),
)
_PRINTED = (BL.printedAmount, BL.verbatim)
_NAMED = (BL.item, BL.columnName, BL.indicatorName)

Statements = dict[NamedNode, list[Quad]]


def set_aside(file: NamedNode, graph: NamedNode, stated: Iterable[Quad], held: Iterable[Quad]) -> list[Quad]:
    """What to hold beside `held` so that all that a file states can be had again (`as_stated`)."""
    kept = set(held)
    left = _by_subject(quad for quad in stated if quad not in kept)
    named = {quad.object for quads in left.values() for quad in quads if quad.predicate == BL.evidence}
    places = {thing for thing, quads in left.items() if thing in named and _is_place(quads)}
    described_places = [quad for place in places for quad in left[place]]
    formers = (
        Quad(triple.subject, triple.predicate, triple.object, graph)
        for thing, quads in left.items()
        if thing not in places
        for triple in _former(file, thing, quads)
    )
    return [*described_places, *formers]


def as_stated(held: Iterable[Quad]) -> tuple[Quad, ...]:
    """All that the file of a graph states, from what the graph holds: statements set aside stand in their places."""
    found: list[Quad] = []
    for quad in held:
        if not _is_former(quad.subject):
            found.append(quad)
        elif quad.predicate == BL.formerTriples and isinstance(quad.object, Literal):
            triples = parse(quad.object.value, format=RdfFormat.N_TRIPLES)
            found += (Quad(one.subject, one.predicate, one.object, quad.graph_name) for one in triples)
    return tuple(found)


def _former(file: NamedNode, thing: NamedNode, quads: list[Quad]) -> Iterator[Triple]:
    lines = (serialize(sorted((quad.triple for quad in quads), key=str), format=RdfFormat.N_TRIPLES) or b"").decode()
    said = [(quad.predicate, quad.object) for quad in sorted(quads, key=str)]
    whole = any(predicate == TYPE for predicate, _ in said)
    copied = [(copy, value) for predicate, value in said for of, copy in _COPIED if whole and predicate == of]
    printed = [value for name in _PRINTED for predicate, value in said if whole and predicate == name]
    names = [str(getattr(value, "value", "")) for name in _NAMED for predicate, value in said if predicate == name]
    yield from described(
        iris.thing("was", file.value.rpartition("/")[2], iris.digest(thing.value)[:16]),
        BL.FormerStatement,
        (BL.formerlyAbout, thing),
        (BL.formerlyStatedIn, file),
        (BL.formerTriples, Literal(lines)),
        *copied,  # type: ignore[arg-type]
        (BL.formerPrinted, printed[0] if printed else None),  # type: ignore[arg-type]
        (BL.formerName, Literal(" · ".join(dict.fromkeys(names))) if whole and names else None),
    )


def _by_subject(quads: Iterable[Quad]) -> Statements:
    found: Statements = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            found.setdefault(quad.subject, []).append(quad)
    return found


def _is_place(quads: list[Quad]) -> bool:
    """Whether these quads describe a place, and not one where a document is mentioned, which is a statement."""
    kinds = {quad.object for quad in quads if quad.predicate == TYPE}
    return bool(kinds & _PLACES) and all(quad.predicate != BL.mentions for quad in quads)


def _is_former(subject: object) -> bool:
    return isinstance(subject, NamedNode) and subject.value.startswith(_WAS)
