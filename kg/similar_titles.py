"""Which document an unnumbered carry-over may come under: one whose title is the same but for number and year."""

from collections.abc import Iterable

from pyoxigraph import NamedNode, Store

from kg import iris
from kg.links import Link, derived
from kg.names import batch, stem
from kg.origins import line_of
from kg.reading import Row, grouped, node, number, places, read, text
from kg.reasons import reason
from ontology.terms import BL

SHORTEST = 4


def documents_by_title(store: Store, issued: Iterable[Link]) -> list[Link]:
    """Carry-over without a document → document that another project's name has: never more than a candidate.

    The money of both is of one year, the issuer is of the body's own place or above it, the names are equal without
    number, year, batch and what stands in brackets, and name no different batches. Withheld projects take no part.
    """
    issuer_of = {link.subject: link.object for link in derived(issued)}
    shown = {row["project"] for row in read(store, "open_projects")}
    named = list(grouped(read(store, "named_documents"), "document", "name").items())
    flows = [uses for uses in grouped(read(store, "flows"), "flow").values() if "from" in uses[0]]
    unnumbered = [uses for uses in flows if "document" not in uses[0] and uses[0]["project"] in shown]
    found = []
    for (document, name), others in named:
        if isinstance(document, NamedNode) and document in issuer_of and name is not None:
            for uses in unnumbered:
                if _may_be(uses[0], document, name.value, iris.division_code(issuer_of[document])):
                    found.append(_link(uses, document, name.value, others))
    return found


def _may_be(flow: Row, document: NamedNode, name: str, division: str) -> bool:
    own = text(flow, "name")
    within = {above.code for above in line_of(iris.division_code(node(flow, "body")))}
    batches = {batch(own), batch(name)} - {None}
    return (
        iris.number_of(document).year == number(flow, "from")
        and division in within
        and len(stem(own)) >= SHORTEST
        and stem(own) == stem(name)
        and len(batches) < 2
    )


def _link(uses: list[Row], document: NamedNode, name: str, others: list[Row]) -> Link:
    why = reason("document_by_similar_title", number=iris.number_of(document), name=name)
    rows = places([*uses, *others])
    return Link(node(uses[0], "flow"), BL.underDocument, document, "candidate", "document_by_similar_title", why, rows)
