"""Which funding programme a document serves: one name, whatever body, year or batch."""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Store, Triple

from kg import iris
from kg.links import Link, derived, only
from kg.names import programme, title_of
from kg.origins import CENTRAL, division_at
from kg.rdf import LABEL, chinese, described
from kg.reading import Row, grouped, node, places, read, text
from kg.reasons import reason
from ontology.divisions import Division, divisions
from ontology.terms import BL


def programmes_by_title(store: Store, issued: Iterable[Link], origins: Iterable[Link]) -> list[Link]:
    """Document → programme, by the name that its title or its projects' names leave without number, year and batch.

    Names are of the division whose money it is: the programmes of two provinces may bear one name. One name only gives
    a derived link, several give candidates.
    """
    issuer_of = {link.subject: link.object for link in derived(issued)}
    level_of = {link.subject: link.object.value.rpartition("/")[2] for link in derived(origins)}
    found = []
    for (document,), uses in grouped(read(store, "named_documents"), "document").items():
        if isinstance(document, NamedNode):
            level = level_of.get(document)
            place = _place(issuer_of.get(document), level, uses)
            for name in sorted(_names(document, uses)):
                found.append(_link(document, name, _why(name, place, level), place, places(uses)))
    return only(found)


def described_programmes(links: Iterable[Link]) -> Iterator[Triple]:
    """The programmes that are linked to."""
    for programme_, name in {link.object: link.name for link in links}.items():
        label = chinese(name) if name else None
        yield from described(programme_, BL.FundingProgramme, (LABEL, label), (BL.rule, Literal("programme_by_title")))


def _names(document: NamedNode, uses: list[Row]) -> set[str]:
    titles = [title_of(iris.number_of(document), text(row, "basis")) or "" for row in uses]
    return {name for title in (*(text(row, "name") for row in uses), *titles) if (name := programme(title))}


def _place(issuer: NamedNode | None, level: str | None, uses: list[Row]) -> str:
    """The code of the division whose programme it is: by the level of its money, else the province."""
    if level == "central":
        return CENTRAL
    bodies = [issuer] if issuer is not None else [node(row, "body") for row in uses if "body" in row]
    found: Iterable[Division | None] = (division_at(body, level or "province") for body in bodies)
    return next((division.code for division in found if division), "_")


def _why(name: str, place: str, level: str | None) -> str:
    owner = "中央" if place == CENTRAL else divisions()[place].name if place in divisions() else "地方不明"
    return reason("programme_by_title" if level else "programme_by_title_level_unknown", name=name, place=owner)


def _link(document: NamedNode, name: str, why: str, place: str, evidence: frozenset[NamedNode]) -> Link:
    programme_ = iris.thing("prog", place, iris.segment(name))
    return Link(document, BL.programme, programme_, "derived", "programme_by_title", why, evidence, name)
