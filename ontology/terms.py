"""The closed namespaces of the graph, loaded from the Turtle files: an undeclared name raises `UnknownTerm`."""

from collections import defaultdict
from functools import cache
from importlib.resources import files
from itertools import chain
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from ontology.errors import UnknownTerm
from ontology.text import key as folded

ONT, ID, CODE, GRAPH = (f"https://w3id.org/cnbl/{part}" for part in ("ont#", "id/", "code/", "graph/"))
# The kinds of things: each has the namespace ID + kind + "/" and its name as prefix.
ID_KINDS = (
    "abs", "agency", "chg", "conflict", "delta", "disc", "div", "doc", "done", "duty", "ev", "eval", "file", "finding",
    "flow", "gloss", "kdef", "kpi", "link", "name", "obs", "office", "prior", "prog", "proj", "rec", "recl", "slice",
    "spent", "tgt", "was", "yoy",
)  # fmt: skip
_SKOS, _RDFS = "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/2000/01/rdf-schema#"
_NAMES = (f"{_RDFS}label", f"{_SKOS}prefLabel", f"{_SKOS}altLabel")
_FOREVER = 9999
_Values = dict[str, dict[str, list[NamedNode | Literal]]]


class _Closed:
    """The terms of `bl:` as attributes or items; a name that is not declared raises UnknownTerm."""

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):  # asked for by copy, pickle and inspect
            raise AttributeError(name)
        term = self[name]
        setattr(self, name, term)  # from now on an attribute like any other: a document needs 20,000 of them
        return term

    def __getitem__(self, name: str) -> NamedNode:
        if f"{_RDFS}label" not in _values().get(ONT + name, {}):
            raise UnknownTerm(f"bl:{name} is not declared in ontology/budget.ttl")
        return NamedNode(ONT + name)


BL = _Closed()


def concept(scheme: str, key: str) -> NamedNode:
    """The concept of a code list by the end of its IRI or its notation: `("level", "central")`, `("op", ">=")`.

    Where a code changed its meaning it is the latest. Raises UnknownTerm where list or concept is not declared.
    """
    if key not in _keys(scheme):
        raise UnknownTerm(f"code/{scheme} declares no {key!r}")
    return _keys(scheme)[key][0]


def concepts(scheme: str) -> dict[str, NamedNode]:
    """The concepts of a code list by the end of their IRIs, in that order. Raises UnknownTerm for an unknown list."""
    return dict(sorted((node.value.removeprefix(f"{CODE}{scheme}/"), node) for node in _members(scheme)))


def coded(scheme: str, code: str, year: int | None = None) -> NamedNode:
    """The concept that has this code in that fiscal year (economic 30311 is 住房公积金 until 2017), by default today's.

    An extensible list takes printed codes that it lacks: they get an IRI of the list, quoted. Raises UnknownTerm where
    the list is not declared, or is closed and has no such code.
    """
    for node in _keys(scheme).get(code, []):
        if _year(node, "From", 0) <= (year or _FOREVER) <= _year(node, "To", _FOREVER):
            return node
    if not code or f"{ONT}extensible" not in _values()[CODE + scheme]:
        raise UnknownTerm(f"code/{scheme} declares no {code!r}")
    plain = f"{CODE}{scheme}/" + "".join(char if char.isalnum() else quote(char, safe="-_.") for char in code)
    return NamedNode(f"{plain}~{year}" if plain in _values() else plain)


def labelled(scheme: str, words: str) -> NamedNode | None:
    """The one concept with this Chinese name, preferred before alternative; None where none or several have it today.

    White space and width do not matter. Raises UnknownTerm where the list is not declared.
    """
    found = _names(scheme).get(folded(words), set())
    return next(iter(found)) if len(found) == 1 else None


def names_of(scheme: str, code: str) -> frozenset[str]:
    """The Chinese names of a code in any year, folded by `ontology.text.key`; empty where the list lacks it."""
    known = (_values()[node.value] for node in _keys(scheme).get(code, []))
    texts = (text for found in known for kind in ("prefLabel", "altLabel") for text in found.get(_SKOS + kind, ()))
    return frozenset(folded(text.value) for text in texts if isinstance(text, Literal) and text.language == "zh")


def label(node: NamedNode, language: str = "zh") -> str | None:
    """The label of a declared term or concept in `zh` or `en`, None for other nodes."""
    known = _values().get(node.value, {})
    texts = [*known.get(f"{_SKOS}prefLabel", ()), *known.get(f"{_RDFS}label", ())]
    return next((text.value for text in texts if isinstance(text, Literal) and text.language == language), None)


@cache
def english(scheme: str) -> dict[str, str]:
    """Chinese name → English name of what a code list declares, of the ontology's own terms for `ont`.

    A name that stands for several things of different English names is left out.
    """
    begin = ONT if scheme == "ont" else f"{CODE}{scheme}/"
    found: dict[str, set[str]] = defaultdict(set)
    for iri, known in _values().items():
        if iri.startswith(begin) and (name := label(NamedNode(iri), "en")):
            texts = chain.from_iterable(known.get(kind, ()) for kind in _NAMES)
            for text in texts:
                if isinstance(text, Literal) and text.language == "zh":
                    found[text.value].add(name)
    return {chinese: min(names) for chinese, names in found.items() if len(names) == 1}


@cache
def vocabulary() -> tuple[Triple, ...]:
    """All triples of the ontology and its code lists, file by file."""
    return tuple(triple for triples, _ in _parsed() for triple in triples)


@cache
def prefixes() -> dict[str, str]:
    """Prefix → namespace for queries and serialisations: `bl`, W3C vocabularies, code lists, kinds of things, `g`."""
    declared = {prefix: iri for _, found in _parsed() for prefix, iri in found.items()}
    return declared | {kind: f"{ID}{kind}/" for kind in ID_KINDS} | {"g": GRAPH}


@cache
def _parsed() -> tuple[tuple[list[Triple], dict[str, str]], ...]:
    here = files("ontology")
    codes = (file for file in here.joinpath("codes").iterdir() if file.name.endswith(".ttl"))
    every = (here.joinpath("budget.ttl"), *sorted(codes, key=lambda file: file.name))
    parsers = [parse(file.read_bytes(), format=RdfFormat.TURTLE) for file in every]
    return tuple(([quad.triple for quad in parser], dict(parser.prefixes)) for parser in parsers)


@cache
def _values() -> _Values:
    """Subject → predicate → objects of the vocabulary."""
    values: _Values = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in vocabulary():
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            values[subject.value][predicate.value].append(value)
    return {subject: dict(found) for subject, found in values.items()}


@cache
def _members(scheme: str) -> tuple[NamedNode, ...]:
    """The concepts of a list, the latest meaning of a code first."""
    this, of = NamedNode(CODE + scheme), f"{_SKOS}inScheme"
    found = [NamedNode(iri) for iri, known in _values().items() if this in known.get(of, ())]
    if not found:
        raise UnknownTerm(f"code/{scheme} is not declared in ontology/codes/")
    return tuple(sorted(found, key=lambda node: -_year(node, "To", _FOREVER)))


@cache
def _keys(scheme: str) -> dict[str, list[NamedNode]]:
    keys: dict[str, list[NamedNode]] = defaultdict(list)
    for node in _members(scheme):
        notations = {notation.value for notation in _values()[node.value].get(f"{_SKOS}notation", ())}
        for key in notations | {node.value.removeprefix(f"{CODE}{scheme}/")}:
            keys[key].append(node)
    return dict(keys)


@cache
def _names(scheme: str) -> dict[str, set[NamedNode]]:
    """Folded Chinese name → the concepts that have it as preferred, else as alternative name."""
    names: dict[str, set[NamedNode]] = {}
    for kind in ("altLabel", "prefLabel"):
        found = defaultdict(set)
        for node in (node for node in _members(scheme) if _year(node, "To", _FOREVER) == _FOREVER):
            for text in _values()[node.value].get(_SKOS + kind, ()):
                if isinstance(text, Literal) and text.language == "zh":
                    found[folded(text.value)].add(node)
        names |= found
    return names


def _year(node: NamedNode, end: str, default: int) -> int:
    found = _values()[node.value].get(f"{ONT}valid{end}Year")
    return int(found[0].value) if found else default
