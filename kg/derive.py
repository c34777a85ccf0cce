"""What documents taken together tell: identities, links and conflicts, derived anew from their graphs each time."""

from collections.abc import Iterable
from functools import cache

from pyoxigraph import NamedNode, Quad, Store, Triple

from kg import iris
from kg.carry_overs import fed_carry_overs, fed_grants, older, subjects_by_amount
from kg.change_subjects import subjects_by_name
from kg.conflicts import described_conflicts
from kg.continuations import continuations
from kg.links import Link, asserted
from kg.origins import (
    Hop,
    described_hops,
    issued_allocations,
    issuers_by_prefix,
    origins_by_words,
    relays_by_basis,
    upstream,
)
from kg.programmes import described_programmes, programmes_by_title
from kg.registry import registry
from kg.store import replace_graphs
from kg.successions import described_changes_of_bodies, old_names, successions
from kg.targets import attached_forms
from ontology.terms import vocabulary


def rederive(store: Store) -> bool:
    """Put the graphs of code lists, identities and links in place of those held. False where nothing changes.

    Rules read the graphs of documents only, so what was derived before has no part in it. One transaction.
    """
    links, hops = derived_links(store)
    programmes = [link for link in links if link.rule == "programme_by_title"]
    sure = [link for link in links if link.grade == "derived"]
    graphs: dict[NamedNode, Iterable[Triple]] = {
        iris.CODES: _vocabulary(),
        iris.REGISTRY: registry(store, links),
        iris.LINKS["stated"]: described_conflicts(store, links),
        iris.LINKS["derived"]: [
            *asserted(sure),
            *described_hops(hops),
            *described_programmes(programmes),
            *described_changes_of_bodies(store, links),
        ],
        iris.LINKS["candidate"]: asserted(link for link in links if link.grade == "candidate"),
    }
    return replace_graphs(store, {graph: _quads(triples, graph) for graph, triples in graphs.items()})


def derived_links(store: Store) -> tuple[list[Link], list[Hop]]:
    """All that the rules conclude, in the order in which one needs another."""
    issued, origins = issuers_by_prefix(store), origins_by_words(store)
    relays, programmes = relays_by_basis(store, issued), programmes_by_title(store, issued, origins)
    succeeded = successions(store)
    before = older(succeeded)
    fed = [*fed_carry_overs(store, before), *fed_grants(store)]
    hops, upward = upstream(store, issued, origins, relays, fed)
    links = [*issued, *origins, *relays, *programmes, *succeeded, *fed, *upward, *issued_allocations(store, issued)]
    links += [*old_names(store, succeeded), *subjects_by_amount(store), *subjects_by_name(store)]
    return [*links, *continuations(store, before), *attached_forms(store)], hops


@cache
def _vocabulary() -> frozenset[Triple]:
    """The vocabulary and the code lists as a store keeps them: decimals in their one form (`1.0` → `1`)."""
    kept = Store()
    kept.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in vocabulary())
    return frozenset(quad.triple for quad in kept)


def _quads(triples: Iterable[Triple], graph: NamedNode) -> list[Quad]:
    return [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples]
