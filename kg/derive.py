"""What documents taken together tell: identities, links and conflicts, derived anew from their graphs each time."""

from collections.abc import Iterable
from functools import cache

from pyoxigraph import NamedNode, Quad, Store, Triple

from kg import iris
from kg.carry_overs import fed_carry_overs, fed_grants, older, subjects_by_amount
from kg.change_subjects import moved_subjects, subjects_by_name
from kg.checks import BrokenRules, errors_of_derived
from kg.conflicts import described_conflicts
from kg.continuations import continuations
from kg.decisions import Decision, settled, without_effect
from kg.definitions import definitions, described_definitions
from kg.departments import departments_by_list
from kg.inherited_money import predecessors_by_class
from kg.issuance import issuance_by_title
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
from kg.outcomes import evaluated, outcomes
from kg.programmes import described_programmes, programmes_by_title
from kg.reconciliations import described_reconciliations
from kg.registry import registry
from kg.similar_titles import documents_by_title
from kg.slices import described_forms, described_slices
from kg.store import carried_out, difference
from kg.successions import described_changes_of_bodies, old_names, successions
from kg.targets import attached_forms
from ontology.terms import vocabulary


def rederive(store: Store, decided: Iterable[Decision] = ()) -> list[str]:
    """Put the graphs of code lists, identities and links in place of those held, in one transaction.

    Rules read what documents state only, so what was derived before has no part in it. What was decided about links
    is applied; returned are the decisions without effect, in words.

    Raises BrokenRules, and leaves these graphs as they were, where they break a rule of the ontology whose break is an
    error.
    """
    verdicts = tuple(decided)
    links, hops = derived_links(store, verdicts)
    programmes = [link for link in links if link.rule == "programme_by_title"]
    sure = [link for link in links if link.grade == "derived"]
    graphs: dict[NamedNode, Iterable[Triple]] = {
        iris.REGISTRY: registry(store, links),
        iris.LINKS["stated"]: described_conflicts(store, links),
        iris.LINKS["derived"]: [
            *asserted(sure),
            *described_hops(hops),
            *described_programmes(programmes),
            *described_changes_of_bodies(store, links),
            *described_definitions(links, "derived"),
        ],
        iris.LINKS["accepted"]: asserted(link for link in links if link.review == "accepted"),
        iris.SLICES: [*described_slices(store, links), *described_forms(store, links)],
        iris.CHECKS: described_reconciliations(store, links),
        iris.LINKS["candidate"]: [
            *asserted(link for link in links if not link.stands),
            *described_definitions(links, "candidate"),
        ],
    }
    placed = {graph: _quads(triples, graph) for graph, triples in graphs.items()}
    change = difference(store, {iris.CODES: _code_lists(), **placed})
    wrong = errors_of_derived((quad for quads in placed.values() for quad in quads), store) if change else []
    if wrong:
        raise BrokenRules(wrong)
    carried_out(store, change)
    return without_effect(links, verdicts)


def derived_links(store: Store, decided: Iterable[Decision] = ()) -> tuple[list[Link], list[Hop]]:
    """All that the rules conclude, in the order in which one needs another, each as people decided about it."""
    verdicts = tuple(decided)
    issued = settled(issuers_by_prefix(store), verdicts)
    origins = settled(origins_by_words(store), verdicts)
    relays = settled(relays_by_basis(store, issued), verdicts)
    programmes = settled(programmes_by_title(store, issued, origins), verdicts)
    succeeded = settled(successions(store), verdicts)
    before = older(succeeded)
    fed = settled([*fed_carry_overs(store, before), *fed_grants(store)], verdicts)
    hops, upward = upstream(store, issued, origins, relays, fed)
    subjects = settled([*subjects_by_amount(store), *subjects_by_name(store)], verdicts)
    others = [*upward, *issued_allocations(store, issued), *old_names(store, succeeded), *continuations(store, before)]
    others += [*documents_by_title(store, issued), *predecessors_by_class(store, succeeded, subjects)]
    others += [*attached_forms(store), *moved_subjects(store), *departments_by_list(store), *issuance_by_title(store)]
    done = [*issued, *origins, *relays, *programmes, *succeeded, *fed, *subjects, *settled(others, verdicts)]
    done += settled(definitions(store, before, done), verdicts)
    done += settled(evaluated(store, before, done), verdicts)
    return [*done, *settled(outcomes(store, done), verdicts)], hops


@cache
def _code_lists() -> tuple[Quad, ...]:
    """The vocabulary and the code lists as a store keeps them: decimals in their one form (`1.0` → `1`)."""
    kept = Store()
    kept.extend(_quads(vocabulary(), iris.CODES))
    return tuple(kept)


def _quads(triples: Iterable[Triple], graph: NamedNode) -> list[Quad]:
    return [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples]
