"""The tracer: from any named thing upstream, downstream, sideways and through the years."""

from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox

from ontology.terms import BL
from queries.reading import Reader, Row
from queries.tracing import balances, hops, sideways
from queries.tracing.answer import Entry, FirstSeen, Hop, Match, Passport, Trace
from queries.tracing.finding import find
from queries.tracing.gathering import Gathered, gather
from queries.tracing.selecting import closure, documents, select

LIMIT = 8
_BROAD = frozenset({"body", "subject", "indicator"})


def trace(store: ox.Store, what: str, *, candidates: bool = False, limit: int = LIMIT) -> Trace:
    """Trace `what`: a document number in any print, a functional code, or (part of) the name of a project, programme,
    body, recipient or indicator.

    Derived and stated links are followed, candidate links are listed in `candidates` and followed (one step) only where
    asked for: what they lead to is marked `possibly`. Of very many projects the `limit` newest are given, 0 for all;
    the trace counts the rest. Raises NotFound (with the nearest names and why) where nothing is called so.
    """
    reader = Reader(store)
    matches = find(reader, what)
    selected = select(reader, matches, limit)
    flowing = reader.rows_of("flows_of_project", selected.projects)
    numbers, more_documents = documents(reader, matches, flowing, limit)
    maybe = _candidate_rows(
        reader, [*selected.projects, *numbers, *selected.bodies, *(str(row["flow"]) for row in flowing)]
    )
    possibly: frozenset[str] = frozenset()
    if candidates:
        possibly = frozenset(_led_to(reader, maybe) - set(selected.projects))
        numbers = sorted({*numbers, *(str(row["object"]) for row in maybe if "/id/doc/" in str(row["object"]))})
    projects = [*selected.projects, *sorted(possibly)]
    broad = any(match.kind in _BROAD for match in matches)
    found = gather(
        reader,
        projects,
        numbers,
        selected.bodies,
        siblings=not broad,
        extra=maybe,
        flowing=flowing,
        only=_only(matches),
    )
    if projects:
        of = {str(found.projects[project]["body"]) for project in projects if project in found.projects}
        bodies = closure(reader, "bodies_around", of) | selected.bodies
        if bodies - selected.bodies:
            found = _with_bodies(reader, found, bodies)
    else:
        bodies = set(selected.bodies)
    entries = sorted(
        (_entry(found, project, project in possibly) for project in projects if project in found.projects),
        key=lambda entry: (entry.year or 0, entry.body, entry.project, entry.iri),
    )
    passports = sorted((hops.passport(found, iri) for iri in numbers), key=lambda one: one.number)
    beside, more_sideways = sideways.same_programme(reader, found, numbers, matches)
    spending, more_spending = sideways.spending(reader, matches)
    flows = [str(row["flow"]) for rows in found.flows.values() for row in rows]
    checked = balances.checked(found, [*flows, *sorted(found.checks.keys() - set(flows))])
    return Trace(
        what=what,
        matches=tuple(matches),
        documents=tuple(passports),
        entries=tuple(entries),
        links=tuple(hops.links(found, [*sorted(bodies), *sorted(projects)])),
        seen=tuple(_seen(reader, found, passports, entries, matches)),
        candidates=tuple(hops.claim(found, row) for row in maybe),
        sideways=tuple(beside),
        spending=tuple(spending),
        balances=tuple(checked),
        omitted=selected.omitted,
        more_sideways=more_sideways,
        more_spending=more_spending,
        more_years=selected.more_years,
        more_documents=more_documents,
    )


def _only(matches: Iterable[Match]) -> frozenset[str]:
    """The names of the indicators asked for: of forms with very many the others are left out."""
    found = list(matches)
    return (
        frozenset(match.name for match in found) if all(match.kind == "indicator" for match in found) else frozenset()
    )


def _with_bodies(reader: Reader, found: Gathered, bodies: set[str]) -> Gathered:
    """What was gathered and what is said of the bodies that were found with the projects."""
    more = gather(reader, (), (), bodies, siblings=False)
    return replace(
        found,
        claims={**found.claims, **more.claims},
        labels={**found.labels, **more.labels},
        places={**found.places, **more.places},
    )


def _entry(found: Gathered, project: str, possibly: bool) -> Entry:
    about = found.projects[project]
    name, year = str(about["name"]), about["year"]
    money, use, given = (tuple(part(found, project)) for part in (hops.money, hops.uses, hops.grants))
    beside, more = hops.same_subject(found, project)
    return Entry(
        year=year if isinstance(year, int) else None,
        body=str(about["bodyName"] or about["body"]),
        level=str(about["level"]) if about["level"] else None,
        project=name,
        iri=project,
        withheld=about["status"] == "withheld",
        money=money,
        grants=given,
        targets=tuple(hops.targets(found, project)),
        same_subject=tuple(beside),
        conflicts=tuple(hops.conflicts(found, project)),
        uses=use,
        balances=tuple(balances.of_project(project, name, money, use, given)),
        possibly=possibly,
        more_same_subject=more,
        body_iri=str(about["body"]),
    )


def _candidate_rows(reader: Reader, involved: Iterable[str]) -> list[Row]:
    """Candidate claims from or to what is involved, each once."""
    things = set(involved)
    rows = [*reader.rows_of("claims_from", things), *reader.rows_of("claims_to", things)]
    return list({str(row["claim"]): row for row in rows if row["grade"] == "candidate"}.values())


def _led_to(reader: Reader, maybe: Iterable[Row]) -> set[str]:
    """The projects at the ends of candidate links: themselves, as those of a flow, as those of a document's money."""
    ends = {str(row[end]) for row in maybe for end in ("subject", "object")}
    documents_ = {str(row["object"]) for row in maybe if row["predicate"] == BL.underDocument.value}
    found = {end for end in ends if "/id/proj/" in end}
    found |= set(reader.column_of("flows_of_thing", "project", {end for end in ends if "/id/flow/" in end}))
    return found | set(reader.column_of("projects_of_document", "project", documents_))


def _seen(
    reader: Reader, found: Gathered, documents_: Iterable[Passport], entries: list[Entry], matches: Iterable[Match]
) -> list[FirstSeen]:
    """First and last sight of every document's money, and of what was asked for where it is no document."""
    held: dict[str, set[object]] = {}
    holders = {entry.body_iri for entry in entries}
    around = {body: closure(reader, "bodies_around", {body}) for body in sorted(holders)}
    for row in reader.rows_of("disclosures_of_body", {body for bodies in around.values() for body in bodies}):
        held.setdefault(str(row["body"]), set()).add(row["year"])
    pairs = [(hop, entry) for entry in entries if not entry.possibly for hop in entry.money if hop.year is not None]
    result = []
    for passport in documents_:
        own = [(hop, entry) for hop, entry in pairs if passport.iri in hop.nodes]
        result += _sight(passport.number, own, held, around)
    for name in dict.fromkeys(match.name for match in matches if match.kind in {"programme", "recipient"}):
        result += _sight(name, pairs, held, around)
    return result


def _sight(
    name: str, pairs: list[tuple[Hop, Entry]], held: dict[str, set[object]], around: dict[str, set[str]]
) -> list[FirstSeen]:
    if not pairs:
        return []
    years = [hop.year for hop, _ in pairs if hop.year is not None]
    first = [(hop, entry) for hop, entry in pairs if hop.year == min(years)]
    carried = all(hop.relation == "carry_over" for hop, _ in first)
    hop, entry = first[0]
    years_held = {year for body in around.get(entry.body_iri, ()) for year in held.get(body, ())}
    return [FirstSeen(name, min(years), max(years), carried, hop.from_year in years_held)]


def subgraph(store: ox.Store, found: Trace) -> bytes:
    """The triples behind a trace as Turtle: every node that its hops name and the places where they are printed."""
    nodes = {node for hop in found.hops() for node in hop.nodes} | {passport.iri for passport in found.documents}
    nodes |= {entry.iri for entry in found.entries}
    subjects = [ox.NamedNode(node) for node in sorted(nodes)]
    places = [
        quad.object
        for subject in subjects
        for quad in store.quads_for_pattern(subject, BL.evidence, None, None)
        if isinstance(quad.object, ox.NamedNode)
    ]
    triples = {
        quad.triple for subject in (*subjects, *places) for quad in store.quads_for_pattern(subject, None, None, None)
    }
    return ox.serialize(sorted(triples, key=str), format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES) or b""


_PREFIXES = {"bl": "https://w3id.org/cnbl/ont#", "xsd": "http://www.w3.org/2001/XMLSchema#"}
