"""The SHACL rules of the ontology on a whole graph: errors are bugs of ours, warnings describe documents."""

from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

from pyoxigraph import RdfFormat, Store, serialize

from ontology.errors import CaimaiError

_SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule (`S07`), its severity, the thing that breaks it, and what it says in Chinese and English."""

    rule: str
    severity: Literal["error", "warning"]
    thing: str
    zh: str
    en: str


def violations(store: Store) -> list[Violation]:
    """What breaks the rules of `ontology/shapes.ttl` in the union of all graphs: errors first, in a fixed order.

    Raises CaimaiError where pySHACL is not installed. Takes seconds for a hundred thousand quads.
    """
    try:
        import pyshacl
    except ImportError:
        raise CaimaiError("checking needs pySHACL: pip install 'caimai[check]'") from None
    from rdflib import Graph

    shapes = Graph().parse(data=files("ontology").joinpath("shapes.ttl").read_text("utf-8"), format="turtle")
    _, report, _ = pyshacl.validate(union(store), shacl_graph=shapes, inference="none")
    if not isinstance(report, Graph):
        raise CaimaiError(f"the rules could not be checked: {report!r}")
    return sorted(
        _results(report, shapes), key=lambda found: (found.severity, found.rule, found.thing, found.zh, found.en)
    )


def union(store: Store) -> Any:
    """All triples of a store as a graph of rdflib."""
    from rdflib import Graph

    triples = serialize((quad.triple for quad in store), format=RdfFormat.N_TRIPLES) or b""
    return Graph().parse(data=triples, format="nt")


def _results(report: Any, shapes: Any) -> set[Violation]:
    from rdflib import RDF, Namespace

    sh = Namespace(_SH)
    outer = {inner: shape for shape, inner in shapes.subject_objects(sh.property)}
    found = set()
    for result in report.subjects(RDF.type, sh.ValidationResult):
        shape = report.value(result, sh.sourceShape)
        rule = str(outer.get(shape, shape)).rpartition("#")[2]
        said = sorted(str(text).removeprefix(rule).strip() for text in _messages(report, shapes, result, outer))
        by_class = report.value(result, sh.sourceConstraintComponent) == sh.SPARQLConstraintComponent
        thing = str(report.value(result, sh.value if by_class else sh.focusNode))
        severity: Literal["error", "warning"] = (
            "warning" if report.value(result, sh.resultSeverity) == sh.Warning else "error"
        )
        found.add(Violation(rule, severity, thing, (said or [""])[-1], (said or [""])[0]))
    return found


def _messages(report: Any, shapes: Any, result: Any, outer: dict[Any, Any]) -> list[Any]:
    """What a result says, else what its shape says: two texts, of which the Chinese one sorts last."""
    from rdflib import Namespace

    sh = Namespace(_SH)
    shape = report.value(result, sh.sourceShape)
    own = list(report.objects(result, sh.resultMessage))
    general = list(shapes.objects(outer.get(shape, shape), sh.message))
    return own if len(own) == 2 else general or own
