"""Links: relations that a rule concludes, each with its name, grade, reason and evidence.

A derived link also stands as a plain triple beside its assertion, so that paths follow it; so does a candidate that
people accepted (`kg.decisions`), no other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pyoxigraph import Literal as Text
from pyoxigraph import NamedNode, Triple

from kg import iris
from kg.rdf import described
from ontology.terms import BL, concept

LinkGrade = Literal["derived", "candidate"]


@dataclass(frozen=True, slots=True)
class Link:
    """`subject predicate object`, concluded by `rule` for the reason given in Chinese, from what stands at `evidence`.

    `name` is the name of the object where only the rule knows it, `subject_name` that of the subject: of a body or
    programme that no document describes.
    `review` says what people decided about a candidate.
    """

    subject: NamedNode
    predicate: NamedNode
    object: NamedNode
    grade: LinkGrade
    rule: str
    rationale: str
    evidence: frozenset[NamedNode]
    name: str | None = None
    review: Literal["accepted", "rejected"] | None = None
    subject_name: str | None = None

    @property
    def stands(self) -> bool:
        """Whether the relation holds: derived by a rule, or accepted."""
        return self.grade == "derived" or self.review == "accepted"

    @property
    def iri(self) -> NamedNode:
        """The address of the assertion: the rule and a hash of what it links."""
        key = iris.digest(self.subject.value, self.predicate.value, self.object.value)[:16]
        return iris.thing("link", iris.segment(self.rule), key)


def asserted(links: Iterable[Link]) -> Iterator[Triple]:
    """The assertions, and the plain triples of those that stand."""
    for link in links:
        if link.stands:
            yield Triple(link.subject, link.predicate, link.object)
        yield from described(
            link.iri,
            BL.LinkAssertion,
            (BL.linkSubject, link.subject),
            (BL.linkPredicate, link.predicate),
            (BL.linkObject, link.object),
            (BL.rule, Text(link.rule)),
            (BL.grade, concept("grade", link.grade)),
            (BL.rationale, Text(link.rationale, language="zh")),
            (BL.reviewState, concept("status", link.review) if link.review else None),
            *((BL.evidence, place) for place in link.evidence),
        )


def only(found: Iterable[Link]) -> list[Link]:
    """The links as they are where a subject has one object, as candidates where it has several: one match or none."""
    links = list(found)
    objects: dict[tuple[NamedNode, NamedNode], set[NamedNode]] = {}
    for link in links:
        objects.setdefault((link.subject, link.predicate), set()).add(link.object)
    return [link if len(objects[link.subject, link.predicate]) == 1 else candidate(link) for link in links]


def candidate(link: Link) -> Link:
    """The link as a mere candidate."""
    return replace(link, grade="candidate")


def derived(links: Iterable[Link]) -> list[Link]:
    """Those that stand: derived by a rule, or accepted by people."""
    return [link for link in links if link.stands]
