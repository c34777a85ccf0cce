"""Several files of one disclosure: of each part one file's statement is held, what complements it stays beside it.

Parts are the tables (views), the performance forms, each self-evaluation, the statements of change and the sections of
the running text. Of a part that several files state, the one of the file published later is held, else of the fuller
file. A file all of whose parts others state is superseded: what is left of it is which file it was, whose disclosure it
carried, and what replaced it. The disclosure, its projects and names, of which every file may speak, are described in
the graph of one file only. What is not held is set aside in the same graph (`kg.former`), from which the file can be
had again whole.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode, Quad

from kg.former import as_stated, set_aside
from kg.rdf import ISSUED, TYPE
from ontology.terms import BL

REPLACED_BY = NamedNode("http://purl.org/dc/terms/isReplacedBy")

_PART_OF = {
    BL.PerformanceTarget: "performance",
    BL.PerformanceIndicator: "performance",
    BL.ChangeStatement: "changes",
    BL.SubjectReclassification: "changes",
    BL.Duty: "text.duties",
    BL.InternalOffice: "text.organisation",
    BL.GlossaryEntry: "text.glossary",
}
_EVALUATED = {BL.SelfEvaluation, BL.EvaluatedMoney, BL.IndicatorOutcome}
_FLOWS = {BL.Allocation, BL.CarryOver}
_SHARED = {BL.Disclosure, BL.Project, BL.NameUsage}
# What every file may say of a shared thing; all else is said once.
_EACH = {BL.evidence, BL.carriedBy, BL.fundedUnder, BL.policyBasis, BL.policyBasisText, BL.useOfFunds, BL.purpose}


@dataclass(frozen=True)
class File:
    """What one file states, in its graph."""

    graph: NamedNode
    quads: tuple[Quad, ...]

    @cached_property
    def about(self) -> dict[NamedNode, list[Quad]]:
        """Its quads by subject."""
        found: dict[NamedNode, list[Quad]] = {}
        for quad in self.quads:
            if isinstance(quad.subject, NamedNode):
                found.setdefault(quad.subject, []).append(quad)
        return found

    @cached_property
    def types(self) -> dict[NamedNode, NamedNode]:
        """The type of each thing that it describes."""
        typed = [quad for quad in self.quads if quad.predicate == TYPE]
        return {quad.subject: quad.object for quad in typed if isinstance(quad.subject, NamedNode)}  # type: ignore[misc]

    @cached_property
    def source(self) -> NamedNode:
        """The source file; the graph where none is described."""
        return next((thing for thing, kind in self.types.items() if kind == BL.SourceFile), self.graph)

    @cached_property
    def parts(self) -> frozenset[str]:
        """The parts that it states."""
        return frozenset(self.part_of.values())

    @cached_property
    def rank(self) -> tuple[str, int, str]:
        """Published later, else fuller, comes last."""
        days = [quad.object.value for quad in self.about.get(self.source, ()) if quad.predicate == ISSUED]  # type: ignore[union-attr]
        return max(days, default=""), len(self.quads), self.graph.value

    @cached_property
    def paragraphs(self) -> frozenset[NamedNode]:
        """The paragraphs of its running text."""
        return frozenset(thing for thing, kind in self.types.items() if kind == BL.ParagraphEvidence)

    @cached_property
    def part_of(self) -> dict[NamedNode, str]:
        """The part of each thing that belongs to one."""
        return {thing: part for thing in self.types if (part := self._part(thing))}

    def part(self, thing: NamedNode) -> str | None:
        """The part that a thing belongs to; a flow belongs to the table in which it is budgeted."""
        return self.part_of.get(thing) if thing in self.types else self._part(thing)

    def _part(self, thing: NamedNode) -> str | None:
        kind = self.types.get(thing)
        section = self.one(thing, BL.inSection)
        if section:
            return f"text.{section.value.rpartition('/')[2]}"
        shown = self.one(thing, BL.budgetedAs) if kind in _FLOWS else None
        view = self.one(shown or thing, BL.inView)
        if view or kind is None:
            return view.value.rpartition("/")[2] if view else None
        return _evaluation(thing, kind) if kind in _EVALUATED else _PART_OF.get(kind)

    def one(self, thing: NamedNode, predicate: NamedNode) -> NamedNode | None:
        """The node that a property of a thing names."""
        found = (quad.object for quad in self.about.get(thing, ()) if quad.predicate == predicate)
        return next((value for value in found if isinstance(value, NamedNode)), None)


def arranged(files: Iterable[File]) -> dict[NamedNode, list[Quad]]:
    """What to hold in the graph of each file of one disclosure. Pure: the order of the files has no part in it.

    What is held, made whole again (`restated`) and arranged, stays as it is.
    """
    ranked = sorted(files, key=lambda file: file.rank, reverse=True)
    owners: dict[str, File] = {}
    for file in ranked:
        for part in file.parts:
            owners.setdefault(part, file)
    budgeted = {_purpose(file, flow) for file in ranked for flow in file.types if file.part(flow)}
    said: set[object] = set()
    held: dict[NamedNode, list[Quad]] = {}
    for file in ranked:
        others = [owners[part] for part in file.parts if owners.get(part, file) is not file]
        if file.parts and len(others) == len(file.parts):
            kept = [*_remains(file), _replaced_by(file, max(others, key=lambda other: other.rank))]
        else:
            kept = [quad for thing in file.about for quad in _kept(file, thing, owners, budgeted, said)]
            kept = _with_evidence(file, kept, owners)
            said |= {key for quad in kept for key in (quad.subject, (quad.subject, quad.predicate), quad.triple)}
        held[file.graph] = [*kept, *set_aside(file.source, file.graph, file.quads, kept)]
    return held


def restated(graph: NamedNode, held: Iterable[Quad]) -> File:
    """The file as it states itself, from what its graph holds."""
    return File(graph, as_stated(quad for quad in held if quad.predicate != REPLACED_BY))


def is_superseded(quads: Iterable[Quad]) -> bool:
    """Whether the quads of a file say that another one replaced it."""
    return any(quad.predicate == REPLACED_BY for quad in quads)


def _kept(
    file: File, thing: NamedNode, owners: dict[str, File], budgeted: set[NamedNode | None], said: set[object]
) -> Iterator[Quad]:
    """What is held of a thing in a file, after what files of higher rank said."""
    part, kind = file.part(thing), file.types.get(thing)
    if part is not None and owners[part] is not file and kind != BL.ParagraphEvidence:
        return
    if kind in _SHARED or kind is None:
        for quad in file.about[thing]:
            if quad.triple not in said and (quad.predicate in _EACH or (thing, quad.predicate) not in said):
                yield quad
    elif thing not in said and not (kind in _FLOWS and part is None and _purpose(file, thing) in budgeted):
        yield from file.about[thing]


def _evaluation(thing: NamedNode, kind: NamedNode) -> str:
    """Each self-evaluation is a part of its own: files may carry one each."""
    key = thing.value.rpartition("/")[2]
    return f"evaluation.{key if kind == BL.SelfEvaluation else key.rpartition('.')[0]}"


def _purpose(file: File, flow: NamedNode) -> NamedNode | None:
    """The project of a flow: one budgeted in a table is not told again by the running text."""
    return file.one(flow, BL.forProject) if file.types.get(flow) in _FLOWS else None


def _with_evidence(file: File, kept: list[Quad], owners: dict[str, File]) -> list[Quad]:
    """Without the places of what is not kept; a place where a document is mentioned stays, and the file's own text."""
    own = {thing for thing in file.types if file.one(thing, BL.inSection) and owners[file.part(thing) or ""] is file}
    if len(kept) == sum(map(len, file.about.values())) and own == set(file.paragraphs):
        return kept
    named = own | {quad.object for quad in kept} | {quad.subject for quad in kept if quad.predicate == BL.mentions}
    places = {thing for thing in file.types if file.one(thing, BL.inFile)}
    return [quad for quad in kept if quad.subject not in places or quad.subject in named]


def _remains(file: File) -> list[Quad]:
    """What is left of a superseded file: itself, and the disclosure that it carried."""
    carrying = [quad for found in file.about.values() for quad in found if quad.predicate == BL.carriedBy]
    return [*file.about.get(file.source, ()), *carrying]


def _replaced_by(file: File, other: File) -> Quad:
    return Quad(file.source, REPLACED_BY, other.source, file.graph)
