"""Which predecessor a merged body's carry-over may come from: the one whose budget is not known, if no other fits."""

from collections.abc import Iterable

from pyoxigraph import NamedNode, Store

from kg.links import Link, derived
from kg.reading import Row, grouped, node, number, places, read, text
from kg.reasons import reason
from ontology.terms import BL

Classes = dict[tuple[NamedNode, int], set[str]]


def predecessors_by_class(store: Store, succeeded: Iterable[Link], subjects: Iterable[Link]) -> list[Link]:
    """Carry-over → predecessor of the body as the one it was allocated by way of: never more than a candidate.

    The class (类) of its subject is in no disclosure of that year by the body or any predecessor that disclosed one,
    and one predecessor only did not.
    """
    subject_of = {link.subject: link.object for link in derived(subjects) if link.predicate == BL.functionalSubject}
    before: dict[NamedNode, set[NamedNode]] = {}
    for link in derived(succeeded):
        before.setdefault(link.subject, set()).add(link.object)
    known = _classes(store)
    found = []
    for uses in grouped(read(store, "flows"), "flow").values():
        flow = node(uses[0], "flow")
        subject = subject_of.get(flow) or uses[0].get("subject")
        if "from" in uses[0] and isinstance(subject, NamedNode):
            found += _by_class(uses, before.get(node(uses[0], "body"), set()), _class(subject), known)
    return found


def _by_class(uses: list[Row], before: set[NamedNode], class_: str, known: Classes) -> list[Link]:
    year = number(uses[0], "from")
    told = {body for body in (*before, node(uses[0], "body")) if (body, year) in known}
    silent = before - told
    if not told or len(silent) != 1 or any(class_ in known[body, year] for body in told):
        return []
    why = reason("predecessor_by_class", code=class_, year=year)
    flow, [body] = node(uses[0], "flow"), silent
    return [Link(flow, BL.fromParty, body, "candidate", "predecessor_by_class", why, places(uses))]


def _classes(store: Store) -> Classes:
    """Body and year → the classes of the subjects that it has figures for."""
    of = {row["disclosure"]: (node(row, "body"), number(row, "year")) for row in read(store, "disclosures")}
    found: Classes = {}
    for row in read(store, "disclosed_figures"):
        if row["disclosure"] in of:
            found.setdefault(of[row["disclosure"]], set()).add(_class(node(row, "subject")))
    return found


def _class(subject: NamedNode) -> str:
    return text({"subject": subject}, "subject").rpartition("/")[2][:3]
