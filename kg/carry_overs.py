"""What a carry-over is: its subject by the revenue table, and the money of the year before that it comes from."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pyoxigraph import NamedNode, Store

from kg.links import Link, LinkGrade
from kg.names import bare
from kg.reading import Row, amount, grouped, node, number, places, read, text
from kg.reasons import reason
from ontology.terms import BL

Older = dict[NamedNode, frozenset[NamedNode]]


def subjects_by_amount(store: Store) -> list[Link]:
    """Carry-over → functional subject: the only row of the revenue table whose carry-over column holds its amount.

    Derived where one carry-over and one row have the amount; where several rows have it, each is a candidate. What is
    then left goes to the one row that is left, if it adds up exactly.
    """
    rows_of = grouped(read(store, "carried_subjects"), "disclosure")
    flows_of = grouped([row for row in read(store, "flows") if "from" in row and "amount" in row], "disclosure")
    found: list[Link] = []
    for disclosure, flow_rows in flows_of.items():
        subjects = [uses[0] for uses in grouped(rows_of.get(disclosure, []), "observation").values()]
        flows = [uses[0] for uses in grouped(flow_rows, "flow").values()]
        found += _equal(flows, subjects)
        found += _remaining(_unmatched(flows, subjects), _unmatched(subjects, flows))
    return found


def _unmatched(rows: list[Row], others: list[Row]) -> list[Row]:
    amounts = {amount(other, "amount") for other in others}
    return [row for row in rows if amount(row, "amount") not in amounts]


def _equal(flows: list[Row], subjects: list[Row]) -> Iterator[Link]:
    for flow in flows:
        same = [row for row in subjects if amount(row, "amount") == amount(flow, "amount")]
        alike = [other for other in flows if amount(other, "amount") == amount(flow, "amount")]
        grade: LinkGrade = "derived" if len(same) == len(alike) == 1 else "candidate"
        for row in same:
            rule = "carry_over_subject_by_amount"
            why = reason(rule if grade == "derived" else f"{rule}_several", name=text(row, "name"))
            yield _link(flow, row, grade, rule, why)


def _remaining(flows: list[Row], subjects: list[Row]) -> Iterator[Link]:
    together = sum((amount(flow, "amount") for flow in flows), Decimal(0))
    if len(subjects) == 1 and together == amount(subjects[0], "amount"):
        for flow in flows:
            why = reason("carry_over_subject_by_remainder", name=text(subjects[0], "name"))
            yield _link(flow, subjects[0], "derived", "carry_over_subject_by_remainder", why)


def _link(flow: Row, row: Row, grade: LinkGrade, rule: str, why: str) -> Link:
    places_ = frozenset({node(flow, "evidence"), node(row, "evidence")})
    return Link(node(flow, "flow"), BL.functionalSubject, node(row, "subject"), grade, rule, why, places_)


def fed_carry_overs(store: Store, predecessors: Older) -> list[Link]:
    """Allocation or earlier carry-over → carry-over into the next year, of the same document and body or its successor.

    Derived where the document has one project on either side, or the projects' names agree; otherwise candidates.
    """
    flows = [uses for (_, document), uses in grouped(read(store, "flows"), "flow", "document").items() if document]
    found = []
    for later in flows:
        if "from" in later[0]:
            earlier = [uses for uses in flows if _goes_into(uses[0], later[0], predecessors)]
            named = [uses for uses in earlier if bare(text(uses[0], "name")) == bare(text(later[0], "name"))]
            beside = [uses for uses in flows if "from" in uses[0] and _same(uses[0], later[0])]
            single = len({text(uses[0], "project") for uses in earlier}) == 1 and len(beside) == 1
            grade: LinkGrade = "derived" if named or single else "candidate"
            for uses in named or earlier:
                rule, years = "carried_from_allocation", (number(later[0], "from"), number(later[0], "year"))
                why = reason(rule, before=years[0], year=years[1])
                found.append(_feeds(uses[0], later[0], "flow", grade, rule, why, [*uses, *later]))
    return found


def _goes_into(earlier: Row, later: Row, predecessors: Older) -> bool:
    body = node(later, "body")
    bodies = {body} | predecessors.get(body, frozenset())
    return (
        earlier.get("document") == later.get("document")
        and node(earlier, "body") in bodies
        and number(earlier, "year") == number(later, "from")
    )


def _same(one: Row, other: Row) -> bool:
    return all(one.get(name) == other.get(name) for name in ("document", "body", "year"))


def fed_grants(store: Store) -> list[Link]:
    """Allocation or carry-over → the onward grant of its project: the only one, or the only one of the same amount."""
    flows = [uses[0] for uses in grouped(read(store, "flows"), "flow").values()]
    found = []
    for uses in grouped(read(store, "onward_grants"), "grant").values():
        grant = uses[0]
        sources = [flow for flow in flows if node(flow, "project") == node(grant, "project")]
        equal = [flow for flow in sources if text(flow, "amount") == text(grant, "amount")]
        chosen = equal if len(equal) == 1 else sources
        grade: LinkGrade = "derived" if len(chosen) == 1 else "candidate"
        for flow in chosen:
            why = reason("grant_of_project", recipient=text(grant, "item"))
            found.append(_feeds(flow, grant, "grant", grade, "grant_of_project", why, [flow, *uses]))
    return found


def _feeds(above: Row, below: Row, name: str, grade: LinkGrade, rule: str, why: str, rows: list[Row]) -> Link:
    return Link(node(above, "flow"), BL.feeds, node(below, name), grade, rule, why, places(rows))


def older(links: Iterable[Link]) -> Older:
    """Body → all bodies that it succeeded, directly or through others, by links that stand."""
    direct: dict[NamedNode, set[NamedNode]] = {}
    for link in links:
        if link.stands and link.predicate == BL.succeeds:
            direct.setdefault(link.subject, set()).add(link.object)
    return {body: frozenset(_reached(body, direct)) for body in direct}


def _reached(body: NamedNode, direct: dict[NamedNode, set[NamedNode]]) -> set[NamedNode]:
    found: set[NamedNode] = set()
    waiting = [body]
    while waiting:
        for other in direct.get(waiting.pop(), set()) - found - {body}:
            found.add(other)
            waiting.append(other)
    return found
