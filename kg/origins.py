"""Who issued a document, whose money it passes on, and who relayed it: from its prefix, its names and its basis."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from pyoxigraph import Literal, NamedNode, Store, Triple

from kg import iris
from kg.links import Link, LinkGrade, derived, only
from kg.names import fold, programme, spellings, title_of
from kg.rdf import described, integer, stated
from kg.reading import Row, grouped, node, number, places, read, text
from kg.reasons import reason
from ontology.divisions import LEVELS, Division, divisions, parent_of
from ontology.issuers import Issuer, issuers
from ontology.terms import BL, concept

CENTRAL = "000000"


@dataclass(frozen=True, slots=True)
class Hop:
    """A movement of money above the first one printed: from a level or body to a body, in a year, amount unknown."""

    flow: NamedNode
    level: str | None
    source: NamedNode | None
    target: NamedNode
    year: int
    evidence: frozenset[NamedNode]


def issuers_by_prefix(store: Store) -> list[Link]:
    """Document → issuer, by the table of prefixes. Of several users of a prefix, the one above a body that names it."""
    rows = [*read(store, "named_documents"), *read(store, "mentioned_documents"), *read(store, "basis_documents")]
    found = []
    for (document,), uses in grouped(rows, "document").items():
        if isinstance(document, NamedNode):
            prefix = iris.number_of(document).prefix
            for issuer in _users(prefix, {node(row, "body") for row in uses if "body" in row}):
                found.append(_issuer_link(document, prefix, issuer, places(uses)))
    return only(found)


def _users(prefix: str, bodies: Iterable[NamedNode]) -> list[Issuer]:
    known = list(issuers().get(prefix, ()))
    lines = {above.code for body in bodies for above in line_of(iris.division_code(body))}
    return [user for user in known if user.division in lines or user.division == CENTRAL] if len(known) > 1 else known


def _issuer_link(document: NamedNode, prefix: str, issuer: Issuer, evidence: frozenset[NamedNode]) -> Link:
    body = iris.body_of(issuer.division, issuer.body)
    name = full_name(issuer.division, issuer.body)
    grade: LinkGrade = "derived" if issuer.surely else "candidate"
    why = reason("issuer_by_prefix", prefix=prefix, body=name)
    return Link(document, BL.issuer, body, grade, "issuer_by_prefix", why, evidence, name)


def origins_by_words(store: Store) -> list[Link]:
    """Document → level whose money it is, by words in the names of its projects, else in its title.

    Words of one level only give a derived link, of several levels candidates.
    """
    found: list[Link] = []
    for (document,), uses in grouped(read(store, "named_documents"), "document").items():
        if isinstance(document, NamedNode):
            named = list(_origins(document, uses, (text(row, "name") for row in uses)))
            titled = named or list(_origins(document, uses, _titles(document, uses)))
            found += titled or list(_by_place(document, uses))
    return only(found)


def _origins(document: NamedNode, uses: list[Row], texts: Iterable[str]) -> Iterator[Link]:
    folded = sorted({fold(words) for words in texts})
    for level, pattern in spellings()["origin"].items():
        words = next((match[0] for words in folded if (match := re.search(pattern, words))), None)
        if words:
            why = reason("origin_level_by_words", words=words)
            yield Link(
                document, BL.originLevel, concept("level", level), "derived", "origin_level_by_words", why, places(uses)
            )


def _by_place(document: NamedNode, uses: list[Row]) -> Iterator[Link]:
    """A name that begins with the province's own, as 新疆人才发展基金 does: a candidate only."""
    for province in {division_at(node(row, "body"), "province") for row in uses if "body" in row} - {None}:
        short = re.sub(spellings()["province_endings"], "", province.name if province else "")
        if short and any((programme(text(row, "name")) or "").startswith(short) for row in uses):
            why = reason("origin_level_by_place", words=short)
            yield Link(
                document,
                BL.originLevel,
                concept("level", "province"),
                "candidate",
                "origin_level_by_place",
                why,
                places(uses),
            )


def _titles(document: NamedNode, uses: list[Row]) -> list[str]:
    titles = (title_of(iris.number_of(document), text(row, "basis")) for row in uses)
    return [title for title in titles if title]


def relays_by_basis(store: Store, issued: Iterable[Link]) -> list[Link]:
    """Document → the finance department of the issuer's province, where the title in the basis is its notice."""
    issuer_of = {link.subject: link.object for link in derived(issued)}
    found = []
    for (document,), uses in grouped(read(store, "named_documents"), "document").items():
        issuer = issuer_of.get(document) if isinstance(document, NamedNode) else None
        if isinstance(document, NamedNode) and issuer is not None:
            said = [
                title for title in _titles(document, uses) if re.search(spellings()["relay"]["province"], fold(title))
            ]
            province = division_at(issuer, "province")
            if said and province and province.code != iris.division_code(issuer):
                why = reason("relaying_body_by_basis", title=sorted(said)[0], place=province.name)
                body, name = iris.body_of(province.code, "财政厅"), full_name(province.code, "财政厅")
                found.append(
                    Link(document, BL.relayedFor, body, "derived", "relaying_body_by_basis", why, places(uses), name)
                )
    return only(found)


def upstream(
    store: Store, issued: Iterable[Link], origins: Iterable[Link], relays: Iterable[Link], fed: Iterable[Link]
) -> tuple[list[Hop], list[Link]]:
    """The hops above the flows of every document, and the links by which they feed one another and the flows.

    A flow that another flow of the same document feeds is not fed again from above. No hop has an amount: none is
    printed.
    """
    issuer_of, relay_of = _objects(issued), _objects(relays)
    level_of = {document: level.value.rpartition("/")[2] for document, level in _objects(origins).items()}
    below = {link.object for link in derived(fed)}
    hops: list[Hop] = []
    links: list[Link] = []
    for (document,), uses in grouped(read(store, "flows"), "document").items():
        if isinstance(document, NamedNode) and document in issuer_of:
            chain = _chain(document, issuer_of[document], relay_of.get(document), level_of.get(document), uses)
            ends = sorted({node(row, "flow") for row in uses} - below, key=str)
            hops += chain
            links += _feeding(chain, ends, places(uses))
    return hops, links


def _chain(
    document: NamedNode, issuer: NamedNode, relay: NamedNode | None, level: str | None, uses: list[Row]
) -> list[Hop]:
    key = document.value.rpartition("/")[2]
    bodies = [body for body in (relay, issuer) if body is not None]
    hops, year, seen = [], _first_year(uses), places(uses)
    if level is not None and LEVELS.index(level) < LEVELS.index(_level(bodies[0])):
        hops.append(Hop(iris.thing("flow", "up", key, "1"), level, None, bodies[0], year, seen))
    if relay is not None:
        hops.append(Hop(iris.thing("flow", "up", key, "2"), None, relay, issuer, year, seen))
    return hops


def _feeding(chain: list[Hop], ends: list[NamedNode], evidence: frozenset[NamedNode]) -> Iterator[Link]:
    for above, hop in pairwise(chain):
        why = reason("upstream_same_money")
        yield Link(above.flow, BL.feeds, hop.flow, "derived", "upstream_hops", why, evidence)
    for end in ends if chain else ():
        why = reason("upstream_to_body")
        yield Link(chain[-1].flow, BL.feeds, end, "derived", "upstream_hops", why, evidence)


def described_hops(hops: Iterable[Hop]) -> Iterator[Triple]:
    """The hops as money flows without amounts."""
    for hop in hops:
        yield from described(
            hop.flow,
            BL.MoneyFlow,
            (BL.originLevel, concept("level", hop.level) if hop.level else None),
            (BL.fromParty, hop.source),
            (BL.toParty, hop.target),
            (BL.fiscalYear, integer(hop.year)),
            *((BL.evidence, place) for place in hop.evidence),
        )
        yield from stated(hop.flow, (BL.grade, concept("grade", "derived")), (BL.rule, Literal("upstream_hops")))


def issued_allocations(store: Store, issued: Iterable[Link]) -> list[Link]:
    """Allocation → the issuer of its document as the one who passed the money on."""
    issuer_of = _objects(issued)
    found = []
    for (flow, document), uses in grouped(read(store, "flows"), "flow", "document").items():
        if isinstance(flow, NamedNode) and document in issuer_of and node(uses[0], "kind") == BL.Allocation:
            issuer = issuer_of[document]  # type: ignore[index]
            why = reason("issuer_passed_on")
            found.append(Link(flow, BL.fromParty, issuer, "derived", "issuer_by_prefix", why, places(uses)))
    return only(found)


def _objects(links: Iterable[Link]) -> Mapping[NamedNode, NamedNode]:
    return {link.subject: link.object for link in derived(links)}


def _first_year(uses: list[Row]) -> int:
    return min(number(row, "from") if "from" in row else number(row, "year") for row in uses)


def full_name(division: str, body: str) -> str:
    """The official name of a body: its place, unless that is the whole country, and its name without it."""
    return body if division == CENTRAL else f"{divisions()[division].name}{body}"


def line_of(code: str) -> list[Division]:
    """A division and all above it, from within outwards; empty for a body whose division is not known."""
    division = divisions().get(code)
    found = []
    while division is not None:
        found.append(division)
        division = parent_of(division)
    return found


def division_at(body: NamedNode, level: str) -> Division | None:
    """The division of that level in which a body lies, None for one above it or of unknown place."""
    return next((division for division in line_of(iris.division_code(body)) if division.level == level), None)


def _level(body: NamedNode) -> str:
    return next((division.level for division in line_of(iris.division_code(body))), LEVELS[-1])
