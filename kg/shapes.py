"""The shapes of `ontology/shapes.ttl` as SPARQL: each constraint is a query whose rows are the things that break it.

SHACL defines what its core constraints mean by SPARQL; those that our shapes use are written so here, over the union of
all graphs and without inference (subclasses are those of the vocabulary). A shape that uses anything else is refused
(UnknownConstraint), never passed over. Tests hold the verdicts against those of pySHACL.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal as OneOf

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.rdf import TYPE
from ontology.errors import CaimaiError
from ontology.terms import vocabulary

Term = NamedNode | BlankNode | Literal
Severity = OneOf["error", "warning"]
About = tuple[NamedNode | None, NamedNode | None]
_SH, _RDF = "http://www.w3.org/ns/shacl#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS, _XSD = "http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/2001/XMLSchema#"
_NUMERIC = {f"{_XSD}decimal", f"{_XSD}integer"}
_TARGETS = {"targetClass", "targetNode", "targetSubjectsOf"}
_SAID = {"message", "severity", "path", "property", "sparql", "xone"} | _TARGETS


class UnknownConstraint(CaimaiError):
    """A shape uses a construct of SHACL that is not translated here."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint of the shape `rule` (`S07`).

    `query` gives a row for each breach: `?this`, what breaks it, and the variables that the messages name. It gives
    none where no triple has the predicate and the object of `about`, in which None stands for any.
    """

    rule: str
    severity: Severity
    zh: str
    en: str
    query: str
    about: About = (None, None)


@dataclass(frozen=True, slots=True)
class _Shapes:
    """Triples of shapes: subject → predicate → objects."""

    about: Mapping[Term, Mapping[str, list[Term]]]

    def all(self, node: Term, name: str) -> list[Term]:
        return self.about.get(node, {}).get(_SH + name, [])

    def one(self, node: Term, name: str) -> Term | None:
        return next(iter(self.all(node, name)), None)

    def names(self, node: Term) -> set[str]:
        """What of SHACL a shape uses."""
        return {name.removeprefix(_SH) for name in self.about.get(node, {}) if name.startswith(_SH)}

    def items(self, node: Term | None) -> list[Term]:
        """The members of an RDF list."""
        found = []
        while isinstance(node, BlankNode):
            found.append(self.about[node][f"{_RDF}first"][0])
            node = self.about[node][f"{_RDF}rest"][0]
        return found


@cache
def constraints() -> tuple[Constraint, ...]:
    """The constraints of all shapes of the ontology, rule by rule. Raises UnknownConstraint."""
    return compiled(files("ontology").joinpath("shapes.ttl").read_text("utf-8"))


def compiled(turtle: str) -> tuple[Constraint, ...]:
    """The constraints of shapes in Turtle, in the order of the shapes' names. Raises UnknownConstraint."""
    about: dict[Term, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for quad in parse(turtle, format=RdfFormat.TURTLE):
        about[quad.subject][quad.predicate.value].append(quad.object)
    shapes = _Shapes(about)
    named = [node for node in about if isinstance(node, NamedNode) and _TARGETS & shapes.names(node)]
    return tuple(each for node in sorted(named, key=str) for each in _constraints(shapes, node))


def _constraints(shapes: _Shapes, shape: NamedNode) -> Iterator[Constraint]:
    about = shapes.one(shape, "sparql") or shape
    zh, en = (_text(shapes, about, language) for language in ("zh", "en"))
    severity: Severity = "warning" if shapes.one(shape, "severity") == NamedNode(f"{_SH}Warning") else "error"
    rule = shape.value.rpartition("#")[2]
    try:
        queries = list(_queries(shapes, shape))
    except UnknownConstraint as error:
        raise UnknownConstraint(f"{rule}: {error}") from None
    for query, target in queries:
        yield Constraint(rule, severity, zh, en, query, target)


def _text(shapes: _Shapes, node: Term, language: str) -> str:
    texts = [text for text in shapes.all(node, "message") if isinstance(text, Literal) and text.language == language]
    return texts[0].value if texts else ""


def _queries(shapes: _Shapes, shape: NamedNode) -> Iterator[tuple[str, About]]:
    if "sparql" in shapes.names(shape):
        yield from ((query, (None, None)) for query in _own_queries(shapes, shape))
        return
    for target in _targets(shapes, shape):
        pattern = f"?this {target[0]} {target[1] or '?any'} ."
        path = shapes.one(shape, "path")
        for breach in _of_values(shapes, shape, path) if path else _of_node(shapes, shape):
            yield f"SELECT DISTINCT ?this WHERE {{ {pattern} {breach} }}", target


def _targets(shapes: _Shapes, shape: NamedNode) -> Iterator[About]:
    """What a shape is about, by what those things have: a predicate, and its object where it is not any."""
    for kind in shapes.all(shape, "targetClass"):
        yield from ((TYPE, each) for each in sorted(_subclasses(kind), key=str))
    yield from ((_node(predicate), None) for predicate in shapes.all(shape, "targetSubjectsOf"))
    if "targetNode" in shapes.names(shape):
        raise UnknownConstraint("sh:targetNode without sh:sparql")


def _own_queries(shapes: _Shapes, shape: NamedNode) -> Iterator[str]:
    """The query of a shape that brings its own, once for each class that it is about; the culprit is `?value`."""
    _known(shapes, shape, {"targetNode", "message", "severity", "sparql"})
    own = shapes.one(shape, "sparql")
    assert own is not None, "asked for before"
    _known(shapes, own, {"message", "prefixes", "select"})
    select, base = shapes.one(own, "select"), shapes.one(own, "prefixes")
    if not isinstance(select, Literal) or base is None:
        raise UnknownConstraint("a sh:sparql has one sh:select and sh:prefixes")
    for node in shapes.all(shape, "targetNode"):
        body = select.value.replace("SELECT $this ?value", "SELECT ?value").replace("GROUP BY $this", "GROUP BY")
        yield f"{_prefixes(shapes, base)} {body.replace('$this', str(node))}".replace("?value", "?this")


def _prefixes(shapes: _Shapes, base: Term) -> str:
    declared = ((shapes.one(node, "prefix"), shapes.one(node, "namespace")) for node in shapes.all(base, "declare"))
    return " ".join(sorted({f"PREFIX {prefix.value}: <{iri.value}>" for prefix, iri in declared if prefix and iri}))


def _of_node(shapes: _Shapes, shape: Term) -> Iterator[str]:
    """The breaches of a node shape, as patterns about `?this`."""
    names = _known(shapes, shape, _SAID | {"nodeKind"})
    if "nodeKind" in names:
        yield f"FILTER({_NODE_KINDS[_named(shapes, shape, 'nodeKind')].format('?this')})"
    for inner in shapes.all(shape, "property"):
        path = shapes.one(inner, "path")
        if not isinstance(path, NamedNode):
            raise UnknownConstraint("a sh:path is one property")
        yield from _of_values(shapes, inner, path)
    for chosen in shapes.all(shape, "xone"):
        yield f"FILTER({' + '.join(f'IF({_fits(shapes, each)}, 1, 0)' for each in shapes.items(chosen))} != 1)"


def _fits(shapes: _Shapes, shape: Term) -> str:
    """Whether `?this` fits a shape, as an expression."""
    return " && ".join(f"NOT EXISTS {{ ?this ?p ?o . {breach} }}" for breach in _of_node(shapes, shape))


def _of_values(shapes: _Shapes, shape: Term, path: Term) -> Iterator[str]:
    """The breaches of a property shape, as patterns about `?this`."""
    names = _known(shapes, shape, _SAID | {"minCount", "maxCount", *_OF_VALUE})
    if "minCount" in names:
        yield _fewer(path, int(_value(shapes, shape, "minCount")))
    if "maxCount" in names:
        yield _more(path, int(_value(shapes, shape, "maxCount")))
    wrong = [_OF_VALUE[name](shapes, shape) for name in sorted(names & set(_OF_VALUE))]
    if wrong:
        yield f"?this {path} ?v FILTER({' || '.join(wrong)})"


def _fewer(path: Term, least: int) -> str:
    """Fewer than so many different values."""
    many = " ".join(f"?this {path} ?v{n} ." for n in range(least))
    return f"FILTER NOT EXISTS {{ {many} {_different(least)} }}"


def _more(path: Term, most: int) -> str:
    """More than so many different values."""
    return " ".join(f"?this {path} ?v{n} ." for n in range(most + 1)) + _different(most + 1)


def _different(count: int) -> str:
    return "".join(f" FILTER(!sameTerm(?v{a}, ?v{b}))" for b in range(count) for a in range(b))


def _datatype(shapes: _Shapes, shape: Term) -> str:
    kind = _named(shapes, shape, "datatype")
    well = {f"{_XSD}boolean": "COALESCE(xsd:boolean(STR(?v)) IN (true, false), false)"} | dict.fromkeys(
        _NUMERIC, "isNumeric(?v)"
    )
    formed = well.get(kind, "true").replace("xsd:boolean", f"<{_XSD}boolean>")
    return f"!COALESCE(datatype(?v) = <{kind}> && {formed}, false)"


def _class(shapes: _Shapes, shape: Term) -> str:
    kinds = ", ".join(sorted(str(kind) for kind in _subclasses(NamedNode(_named(shapes, shape, "class")))))
    return f"NOT EXISTS {{ ?v a ?kind FILTER(?kind IN ({kinds})) }}"


def _node_kind(shapes: _Shapes, shape: Term) -> str:
    return _NODE_KINDS[_named(shapes, shape, "nodeKind")].format("?v")


def _in(shapes: _Shapes, shape: Term) -> str:
    members = shapes.items(shapes.one(shape, "in"))
    if not all(isinstance(member, NamedNode) for member in members):
        raise UnknownConstraint("sh:in of literals")
    return f"?v NOT IN ({', '.join(map(str, members))})"


def _pattern(shapes: _Shapes, shape: Term) -> str:
    return f"!COALESCE(REGEX(STR(?v), {Literal(_value(shapes, shape, 'pattern'))}), false)"


def _not(shapes: _Shapes, shape: Term) -> str:
    inner = shapes.one(shape, "not")
    assert inner is not None, "asked for before"
    names = _known(shapes, inner, set(_OF_VALUE) - {"not"})
    return " && ".join(f"!({_OF_VALUE[name](shapes, inner)})" for name in sorted(names))


def _bound(sign: str, name: str) -> Callable[[_Shapes, Term], str]:
    return lambda shapes, shape: f"!COALESCE(?v {sign} {shapes.one(shape, name)}, false)"


_NODE_KINDS = {f"{_SH}IRI": "!isIRI({})", f"{_SH}Literal": "!isLiteral({})"}
_OF_VALUE: dict[str, Callable[[_Shapes, Term], str]] = {
    "class": _class,
    "datatype": _datatype,
    "in": _in,
    "maxInclusive": _bound("<=", "maxInclusive"),
    "minInclusive": _bound(">=", "minInclusive"),
    "nodeKind": _node_kind,
    "not": _not,
    "pattern": _pattern,
}


def _known(shapes: _Shapes, shape: Term, known: set[str]) -> set[str]:
    """What a shape uses. Raises UnknownConstraint where it uses more than is known in its place."""
    strange = sorted(shapes.names(shape) - known)
    if strange:
        raise UnknownConstraint(f"{', '.join(f'sh:{name}' for name in strange)} is not translated here")
    return shapes.names(shape)


def _named(shapes: _Shapes, shape: Term, name: str) -> str:
    return _node(shapes.one(shape, name)).value


def _node(term: object) -> NamedNode:
    if not isinstance(term, NamedNode):
        raise UnknownConstraint(f"{term} is no named node")
    return term


def _value(shapes: _Shapes, shape: Term, name: str) -> str:
    value = shapes.one(shape, name)
    if not isinstance(value, Literal):
        raise UnknownConstraint(f"sh:{name} is no literal")
    return value.value


@cache
def _subclasses(kind: Term) -> frozenset[NamedNode]:
    """A class and all below it in the vocabulary."""
    below = {triple.subject for triple in vocabulary() if _is_subclass(triple, kind)}
    return frozenset({_node(kind)}).union(*(_subclasses(_node(each)) for each in below))


def _is_subclass(triple: Triple, kind: Term) -> bool:
    return triple.predicate.value == f"{_RDFS}subClassOf" and triple.object == kind
