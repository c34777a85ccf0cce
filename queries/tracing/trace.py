"""The tracer: from any named thing upstream, downstream, sideways and through the years."""

from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox

from kg.remote import StoreError
from ontology.terms import BL
from queries.kept import Kept
from queries.reading import Reader
from queries.tracing import balances, hops, promised
from queries.tracing.answer import Counts, Entry, Match, Trace
from queries.tracing.finding import find
from queries.tracing.gathering import Gathered, gather
from queries.tracing.places import SHOWN
from queries.tracing.seen import first_and_last
from queries.tracing.selecting import Scope, select

LIMIT = 8
_OUTDATED = (
    "an earlier release built this graph, it lacks what traces look up - build it again: caimai build PATH --store DIR",
    "这个图由较早的版本建成，缺少追溯所需的内容，请重新建图：caimai build PATH --store DIR",
)


def trace(
    store: ox.Store,
    what: str,
    *,
    candidates: bool = False,
    limit: int = LIMIT,
    places: int = SHOWN,
    kept: Kept | None = None,
    left_out: Counts | None = None,
) -> Trace:
    """Trace `what`: a document number in any print, a functional code, or (part of) the name of a project, programme,
    body, recipient or indicator, or the project that a performance form names.

    Derived and stated links are followed, candidate links are listed in `candidates` and followed (one step) only where
    asked for: what they lead to is marked `possibly`. Of very many projects the `limit` newest are given, of the places
    of one statement the first `places`, 0 for all; the trace counts the rest, or says that it is `left_out` where that
    was counted in a larger store. With what is `kept` of this state of the store it takes a third of the time, and is
    the same. Raises NotFound (with the nearest names and why) where nothing is called so, StoreError where an earlier
    release built the graph.
    """
    reader = Reader(store, kept)
    matches = find(reader, what)
    if not reader.rows("slices_known"):
        raise StoreError(*_OUTDATED)
    scope = select(reader, matches, limit, candidates=candidates)
    scope = replace(scope, left_out=left_out or scope.left_out)
    return _trace(what, matches, scope, gather(reader, scope, places))


def _trace(what: str, matches: Iterable[Match], scope: Scope, found: Gathered) -> Trace:
    passports = sorted((hops.passport(found, iri) for iri in scope.documents), key=lambda one: one.number)
    entries = sorted((_entry(found, project, scope) for project in scope.projects), key=_place_in_time)
    flows = _flows(found, scope)
    links = tuple(hops.links(found, [*sorted(scope.families), *sorted(scope.projects), *flows]))
    spending = tuple(hops.spending(found))
    beside = [hop for iri, of in scope.beside.items() for hop in hops.same_programme(found, iri, of)]
    left_out, promises = scope.left_out, tuple(promised.promises(found))
    return Trace(
        what=what,
        matches=tuple(matches),
        documents=tuple(passports),
        entries=tuple(entries),
        links=links,
        seen=tuple(first_and_last(scope, passports, entries, matches, links, [*spending, *promises])),
        candidates=tuple(hops.claim(found, row) for row in scope.candidates),
        sideways=tuple(beside),
        spending=spending,
        balances=tuple(balances.checked(found, flows, sorted(found.checks.keys() - set(flows)))),
        omitted=left_out.projects,
        more_sideways=left_out.sideways,
        more_spending=left_out.spending,
        more_years=left_out.years,
        more_documents=left_out.documents,
        promises=promises,
        more_promises=left_out.forms,
        more_indicators=sum(found.alone.more.values()),
    )


def _entry(found: Gathered, iri: str, scope: Scope) -> Entry:
    project = found.money.projects[iri]
    money, use, given = (tuple(part(found, iri)) for part in (hops.money, hops.uses, hops.grants))
    return Entry(
        year=project.year,
        body=found.label(project.body),
        level=found.labels.get(found.levels.get(project.body, "")),
        project=project.name,
        iri=iri,
        withheld=project.status == "withheld",
        money=money,
        grants=given,
        targets=tuple(promised.targets(found, iri)),
        same_subject=tuple(hops.same_subject(found, iri)),
        conflicts=tuple(hops.conflicts(found, iri)),
        uses=use,
        basis=tuple(hops.basis(found, iri)),
        details=tuple(hops.details(found, iri)),
        balances=tuple(balances.of_project(iri, project.name, money, use, given)),
        possibly=iri in scope.possibly,
        more_same_subject=found.siblings.more.get(iri, 0),
        more_indicators=sum(found.forms.more.get(str(row["target"]), 0) for row in found.forms.of.get(iri, ())),
        body_iri=project.body,
    )


def _place_in_time(entry: Entry) -> tuple[int, str, str, str]:
    return entry.year or 0, entry.body, entry.project, entry.iri


def _flows(found: Gathered, scope: Scope) -> list[str]:
    """The flows of the projects, in the order of these."""
    return [str(row["flow"]) for iri in sorted(scope.projects) for row in found.money.flows.get(iri, ())]


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
