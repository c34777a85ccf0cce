"""The tracer: from a document, project, programme, body or recipient upstream, downstream and through the years."""

from collections.abc import Callable, Iterable

import pyoxigraph as ox

from ontology.terms import BL
from queries.finding import find
from queries.hops import claims, conflicts, grants, links_between, money, passport, same_subject, targets
from queries.reading import Reader
from queries.trace_answer import Entry, FirstSeen, Hop, Match, Passport, Trace


def trace(store: ox.Store, what: str) -> Trace:
    """Trace `what`: a document number in any print, or (part of) the name of a project, programme, body or recipient.

    Derived and stated links are followed, candidate links are listed in `candidates` and not followed. Raises NotFound
    (with the nearest names) where nothing is called so.
    """
    reader = Reader(store)
    matches = find(reader, what)
    projects = _closure(
        _projects(reader, matches), lambda project: reader.column("projects_around", "other", project=project)
    )
    entries = sorted((_entry(reader, project) for project in projects), key=lambda e: (e.year or 0, e.body, e.project))
    numbers = _documents(reader, matches, projects)
    documents = sorted((passport(reader, iri) for iri in numbers), key=lambda found: found.number)
    bodies = {body for project in projects for body in reader.column("project", "body", project=project)}
    bodies |= {match.iri for match in matches if match.kind == "body"}
    involved = [*numbers, *projects, *bodies, *(node for entry in entries for hop in entry.money for node in hop.nodes)]
    return Trace(
        what=what,
        matches=tuple(matches),
        documents=tuple(documents),
        entries=tuple(entries),
        links=tuple(links_between(reader, sorted(projects), sorted(bodies))),
        seen=tuple(_seen(reader, documents, entries)),
        candidates=tuple(_candidates(reader, involved)),
    )


def _projects(reader: Reader, matches: Iterable[Match]) -> set[str]:
    """The projects that the matched things lead to."""
    found: set[str] = set()
    for match in matches:
        if match.kind == "project":
            found.add(match.iri)
        elif match.kind == "body":
            for body in _closure({match.iri}, lambda iri: reader.column("bodies_around", "other", body=iri)):
                found |= set(reader.column("projects_of_body", "project", body=body))
        else:
            found |= set(reader.column(f"projects_of_{match.kind}", "project", **{match.kind: match.iri}))
    return found


def _documents(reader: Reader, matches: Iterable[Match], projects: Iterable[str]) -> set[str]:
    """The documents asked for, those of a programme asked for, and those under which the projects have money."""
    found = {match.iri for match in matches if match.kind == "document"}
    for match in matches:
        if match.kind == "programme":
            found |= set(reader.column("documents_of_programme", "document", programme=match.iri))
    for project in projects:
        found |= set(reader.column("flows_of_project", "document", project=project))
    return found


def _entry(reader: Reader, project: str) -> Entry:
    about = reader.rows("project", project=project)[0]
    year, body, name = about["year"], str(about["bodyName"]), str(about["name"])
    return Entry(
        year=year if isinstance(year, int) else None,
        body=body,
        level=str(about["level"]) if about["level"] else None,
        project=name,
        iri=project,
        withheld=about["status"] == "withheld",
        money=tuple(money(reader, project, name, body, year if isinstance(year, int) else None)),
        grants=tuple(grants(reader, project, name, body)),
        targets=tuple(targets(reader, project, name)),
        same_subject=tuple(same_subject(reader, project, body, year if isinstance(year, int) else None)),
        conflicts=tuple(conflicts(reader, project)),
    )


def _seen(reader: Reader, documents: Iterable[Passport], entries: Iterable[Entry]) -> Iterable[FirstSeen]:
    flows = [hop for entry in entries for hop in entry.money]
    for document in documents:
        own = sorted(
            (hop for hop in flows if hop.source == document.number or document.iri in hop.nodes),
            key=lambda hop: (hop.year or 0, hop.relation),
        )
        if not own or own[0].year is None or own[-1].year is None:
            continue
        first = own[0]
        holders = {
            body
            for entry in entries
            if any(hop is first for hop in entry.money)
            for body in reader.column("project", "body", project=entry.iri)
        }
        bodies = _closure(holders, lambda iri: reader.column("bodies_around", "other", body=iri))
        held = {row["year"] for body in bodies for row in reader.rows("held", body=body)}
        yield FirstSeen(
            document.number, own[0].year, own[-1].year, first.relation == "carry_over", first.from_year in held
        )


def _candidates(reader: Reader, involved: Iterable[str]) -> list[Hop]:
    """Candidate links that touch what is involved, each once."""
    found: dict[str, Hop] = {}
    for iri in sorted(set(involved)):
        for hop in claims(reader, iri, grade="candidate"):
            found.setdefault(hop.nodes[0], hop)
    return [found[iri] for iri in sorted(found)]


def _closure(start: set[str], around: Callable[[str], list[str]]) -> set[str]:
    """All that can be reached from `start` by `around`."""
    reached, waiting = set(start), sorted(start)
    while waiting:
        new = set(around(waiting.pop())) - reached
        reached |= new
        waiting.extend(sorted(new))
    return reached


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
