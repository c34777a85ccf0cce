"""The dossier of a thing of any kind: what is stated of it, where that is printed, and what refers to it."""

from collections.abc import Iterable

import pyoxigraph as ox

from ontology.findings import told
from ontology.terms import BL, ONT, label
from queries.answers import value_of
from viz.web.addresses import kind_of
from viz.web.asking import Asked
from viz.web.dossier import Column, Dossier, Ref, Row, Table, Value
from viz.web.words import known

_MOST = 400
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_STATED = (Column("property"), Column("value"))
_REFERRED = (Column("thing", "thing"), Column("kind"), Column("property"))


def dossier(asked: Asked, iri: str) -> Dossier:
    """The thing by its properties, each once with all its values; those that refer to it are listed up to a number."""
    node = ox.NamedNode(iri)
    return Dossier(
        iri=iri,
        kind=kind_of(iri),
        drawn_as="",
        title=asked.name(iri),
        note=_kind(asked, iri),
        tables=(
            Table("properties", asked.say("thing.properties"), _STATED, tuple(_stated(asked, node))),
            Table("referred", asked.say("thing.referred"), _REFERRED, tuple(_referred(asked, node))),
        ),
    )


def _stated(asked: Asked, node: ox.NamedNode) -> Iterable[Row]:
    """A row for each property; the places where the thing is printed stand beside the last of them."""
    grouped: dict[str, set[Value]] = {}
    for quad in asked.store.quads_for_pattern(node, None, None, None):
        if quad.predicate != BL.evidence and quad.object not in _UNTOLD:
            grouped.setdefault(quad.predicate.value, set()).add(_value(asked, quad))
    for name in sorted(grouped):
        yield Row((_predicate(asked, name), tuple(sorted(grouped[name], key=str))))
    places = asked.places(node.value)
    if places:
        yield Row((_predicate(asked, BL.evidence.value), tuple(place.words for place in places[:3])), places)


def _referred(asked: Asked, node: ox.NamedNode) -> Iterable[Row]:
    """What refers to it: its name, what it is, by which property, where it is printed."""
    for name, other in sorted(_inward(asked, node)):
        cells = (Ref(other, asked.name(other)), _kind(asked, other), _predicate(asked, name))
        yield Row(cells, asked.places(other), (other,))


def _inward(asked: Asked, node: ox.NamedNode) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for quad in asked.store.quads_for_pattern(None, None, node, None):
        if isinstance(quad.subject, ox.NamedNode):
            found.add((quad.predicate.value, quad.subject.value))
        if len(found) == _MOST:
            break
    return found


_UNTOLD = {ox.NamedNode(f"http://www.w3.org/2004/02/skos/core#{name}") for name in ("Concept", "ConceptScheme")}


def _kind(asked: Asked, iri: str) -> str:
    quads = asked.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(_TYPE), None, None)
    kinds = sorted({quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)})
    named = [label(ox.NamedNode(one), asked.lang) for one in kinds if one.startswith(ONT)]
    return "、".join(one for one in named if one)


def _predicate(asked: Asked, iri: str) -> str:
    """The label of a property of the ontology; else our words for it, else the end of its name."""
    short = iri.replace("#", "/").rsplit("/", 1)[-1]
    word = f"property.{short}"
    return label(ox.NamedNode(iri), asked.lang) or (asked.say(word) if known(word) else short)


def _value(asked: Asked, stated: ox.Quad) -> Value:
    value = stated.object
    if isinstance(value, ox.NamedNode):
        return asked.ref(value.value)
    if stated.predicate == BL.message and isinstance(value, ox.Literal):
        return told(value.value, asked.lang)
    return value_of(value)
