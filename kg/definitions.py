"""What an indicator measures, over years: one definition for indicators of one name in forms that follow each other.

A form follows another where its project continues that one's, or where both are of the whole of a body or its
predecessor in consecutive years.
"""

from collections.abc import Iterable, Iterator
from itertools import product

from pyoxigraph import Literal, NamedNode, Store, Triple

from kg import iris
from kg.carry_overs import Older
from kg.links import Link, LinkGrade, derived
from kg.names import fold
from kg.rdf import PREF_LABEL, chinese, described
from kg.reading import Row, grouped, node, number, places, read, text
from kg.reasons import reason
from ontology.terms import BL, concept

RULE = "definition_by_name"
Form = list[Row]


def definitions(store: Store, predecessors: Older, links: Iterable[Link]) -> list[Link]:
    """Indicator → what it measures, for indicators that two years share.

    Derived where each form has the name once, with one unit and under the same headings, else a candidate. The address
    is that of the earliest indicator.
    """
    standing = derived(links)
    continued = {(link.subject, link.object) for link in standing if link.predicate == BL.continues}
    attached = {link.subject: link.object for link in standing if link.predicate == BL.targetOf}
    forms = sorted(grouped(read(store, "indicators"), "form").values(), key=lambda form: number(form[0], "year"))
    first: dict[NamedNode, NamedNode] = {}
    found: dict[tuple[NamedNode, NamedNode], Link] = {}
    for later, earlier in product(forms, forms):
        if _follows(later[0], earlier[0], continued, attached, predecessors):
            for now, then, grade in _alike(later, earlier):
                root = first.setdefault(node(then, "indicator"), _address(then))
                if grade == "derived":
                    first[node(now, "indicator")] = root
                for row in (now, then):
                    link = _link(row, root, grade, now, then)
                    before = found.get((link.subject, root))
                    if before is None or (before.grade == "candidate" and grade == "derived"):
                        found[link.subject, root] = link
    return _whole(found.values())


def described_definitions(links: Iterable[Link], grade: LinkGrade) -> Iterator[Triple]:
    """The definitions that links of this grade lead to; of candidates only those that no derived link leads to."""
    own = [link for link in links if link.rule == RULE]
    sure = {link.object for link in own if link.stands}
    for definition, name in {link.object: link.name for link in own if link.stands == (grade == "derived")}.items():
        if grade == "derived" or definition not in sure:
            label = chinese(name) if name else None
            yield from described(definition, BL.IndicatorDefinition, (PREF_LABEL, label), (BL.rule, Literal(RULE)))


def _follows(
    later: Row,
    earlier: Row,
    continued: set[tuple[NamedNode, NamedNode]],
    attached: dict[NamedNode, NamedNode],
    predecessors: Older,
) -> bool:
    if number(later, "year") != number(earlier, "year") + 1 or later["phase"] != earlier["phase"]:
        return False
    if later["scope"] != earlier["scope"]:
        return False
    if later["scope"] == concept("kind", "whole-body"):
        body = node(later, "body")
        return node(earlier, "body") in {body} | predecessors.get(body, frozenset())
    ends = [attached.get(node(row, "form")) or row.get("project") for row in (later, earlier)]
    return (ends[0], ends[1]) in continued


def _alike(later: Form, earlier: Form) -> Iterator[tuple[Row, Row, LinkGrade]]:
    """The indicators of one name, each with its grade."""
    for name in {fold(text(row, "name")) for row in later} & {fold(text(row, "name")) for row in earlier}:
        pairs = [[row for row in _once(form) if fold(text(row, "name")) == name] for form in (later, earlier)]
        single = len(pairs[0]) == len(pairs[1]) == 1
        for now, then in product(*pairs):
            same = all(now.get(part) == then.get(part) for part in ("unit", "level1", "level2"))
            yield now, then, "derived" if single and same else "candidate"


def _once(form: Form) -> list[Row]:
    return [rows[0] for rows in grouped(form, "indicator").values()]


def _address(row: Row) -> NamedNode:
    return iris.thing("kdef", node(row, "indicator").value.rpartition("/")[2])


def _link(row: Row, root: NamedNode, grade: LinkGrade, now: Row, then: Row) -> Link:
    name = text(then, "name")
    why = reason("definition_by_name" if grade == "derived" else "definition_by_name_but_differs", name=name)
    return Link(node(row, "indicator"), BL.definition, root, grade, RULE, why, places([now, then]), name)


def _whole(links: Iterable[Link]) -> list[Link]:
    """Without candidates of indicators that have a definition for sure."""
    found = list(links)
    sure = {link.subject for link in found if link.grade == "derived"}
    return [link for link in found if link.grade == "derived" or link.subject not in sure]
