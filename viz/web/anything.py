"""The dossier of a thing of any kind: what is stated of it, and what refers to it."""

import pyoxigraph as ox

from ontology.terms import ONT, label
from queries.answers import value_of
from viz.web.addresses import kind_of
from viz.web.asking import Asked
from viz.web.dossier import Column, Dossier, Ref, Row, Table, Value

_MOST = 400
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_COLUMNS = (Column("property"), Column("value"))


def dossier(asked: Asked, iri: str) -> Dossier:
    """The thing by its properties; those that refer to it are listed up to a number."""
    node = ox.NamedNode(iri)
    quads = asked.store.quads_for_pattern(node, None, None, None)
    outward = sorted({(quad.predicate.value, quad.object) for quad in quads}, key=str)
    inward = sorted(_inward(asked, node))
    stated = tuple(Row((_predicate(asked, name), _value(asked, value))) for name, value in outward)
    referred = tuple(Row((_predicate(asked, name), Ref(other, asked.name(other)))) for name, other in inward)
    return Dossier(
        iri=iri,
        kind=kind_of(iri),
        drawn_as="",
        title=asked.name(iri),
        note=_kind(asked, node),
        tables=(
            Table("properties", asked.say("thing.properties"), _COLUMNS, stated),
            Table("referred", asked.say("thing.referred"), _COLUMNS, referred),
        ),
    )


def _inward(asked: Asked, node: ox.NamedNode) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for quad in asked.store.quads_for_pattern(None, None, node, None):
        if isinstance(quad.subject, ox.NamedNode):
            found.add((quad.predicate.value, quad.subject.value))
        if len(found) == _MOST:
            break
    return found


def _kind(asked: Asked, node: ox.NamedNode) -> str:
    quads = asked.store.quads_for_pattern(node, ox.NamedNode(_TYPE), None, None)
    kinds = sorted({quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)})
    named = [label(ox.NamedNode(one), asked.lang) for one in kinds if one.startswith(ONT)]
    return "、".join(one for one in named if one)


def _predicate(asked: Asked, iri: str) -> str:
    return label(ox.NamedNode(iri), asked.lang) or iri.replace("#", "/").rsplit("/", 1)[-1]


def _value(asked: Asked, value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Value:
    if isinstance(value, ox.NamedNode):
        return Ref(value.value, asked.name(value.value))
    return value_of(value)
