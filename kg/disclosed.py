"""What all statements of one document share: its file, its disclosure, its body, year, phase and unit of money."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from kg import iris
from kg.rdf import ISSUED, TITLE, Object, day, described, integer, words
from ontology.errors import CaimaiError
from ontology.facts import DocumentFact, Fact
from ontology.terms import BL, concept

_PHASES = {"预算": "initial", "决算": "executed"}
_LEVELS = {"部门": "department", "单位": "unit"}
_INVENTED = "invented"


@dataclass(frozen=True, slots=True)
class Disclosed:
    """One document: `key` begins the address of everything it states; `agency` is the body's name as printed."""

    file_name: str
    sha256: str
    key: str
    agency: str | None
    year: int | None
    phase: str
    unit: str | None

    @property
    def iri(self) -> NamedNode:
        """The disclosure."""
        return iris.thing("disc", self.key)

    @property
    def file(self) -> NamedNode:
        """The source file."""
        return iris.thing("file", self.sha256[:16])

    @property
    def body(self) -> NamedNode | None:
        """The body whose disclosure it is, None where the document does not say."""
        return iris.body(self.agency) if self.agency else None

    def common(self, body: NamedNode | None = None) -> tuple[tuple[NamedNode, Object | None], ...]:
        """What every statement says about where it comes from: disclosure, body (by default its own), fiscal year."""
        return (BL.disclosedIn, self.iri), (BL.agency, body or self.body), (BL.fiscalYear, integer(self.year))


def disclosed(facts: Sequence[Fact]) -> Disclosed:
    """The frame of the facts of one document. Raises CaimaiError where they come from several files, or from none."""
    files = {(fact.source.file, fact.source.sha256) for fact in facts}
    if len({sha for _, sha in files}) != 1:
        raise CaimaiError(f"the facts of one document are wanted, these are of {len(files)}: {sorted(files)}")
    file_name, sha256 = min(files)
    head = head_of(facts)
    phase = _PHASES.get(head.phase or "", "initial")
    unit = head.unit or next((unit for fact in facts if (unit := getattr(fact, "unit", None))), None)
    return Disclosed(file_name, sha256, _key(head, phase, sha256), head.agency, head.year, phase, unit)


def head_of(facts: Sequence[Fact]) -> DocumentFact:
    """The document's own fact; an empty one where the reader found none."""
    return next((fact for fact in facts if isinstance(fact, DocumentFact)), DocumentFact(source=facts[0].source))


def described_disclosure(book: Disclosed, head: DocumentFact, evidence: NamedNode) -> Iterator[Triple]:
    """The source file and the disclosure it carries."""
    yield from described(
        book.file,
        BL.SourceFile,
        (BL.sha256, words(book.sha256)),
        (TITLE, words(book.file_name)),
        (ISSUED, day(head.published)),
    )
    yield from described(
        book.iri,
        BL.Disclosure,
        (BL.disclosureOf, book.body),
        (BL.fiscalYear, integer(book.year)),
        (BL.budgetPhase, concept("phase", book.phase)),
        (BL.reportingLevel, concept("kind", _LEVELS[head.level]) if head.level else None),
        (BL.carriedBy, book.file),
        (TITLE, words(head.title)),
        (ISSUED, day(head.published)),
        (BL.declaredInvented, words(head.made)),
        (BL.evidence, evidence),
    )


def _key(head: DocumentFact, phase: str, sha256: str) -> str:
    """Body, year, phase, and whether it is a whole department's; the file stands in where body or year is not known.

    What says of itself that it is invented is never taken for a file of what was published: it has a key of its own.
    """
    if head.agency is None or head.year is None:
        return f"file-{sha256[:16]}"
    level = [_LEVELS[head.level]] if head.level else []
    invented = [_INVENTED] if head.made else []
    return ".".join([iris.body_key(head.agency), str(head.year), phase, *level, *invented])
