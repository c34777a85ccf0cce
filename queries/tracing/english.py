"""A trace with the English names of levels and codes, and reasons in English; bodies and projects keep their names."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from pyoxigraph import NamedNode

from kg.reasons import in_english as reason_in_english
from ontology.errors import UnknownTerm
from ontology.terms import CODE, coded, english, label
from ontology.text import key
from queries.tracing.answer import Balance, Entry, Hop, Trace


def in_english(trace: Trace) -> Trace:
    """The trace with English names (where the ontology has any) and reasons; shape, figures and quotations stay."""
    return replace(
        trace,
        matches=tuple(replace(match, name=_name(match.name, match.iri)) for match in trace.matches),
        documents=tuple(replace(one, hops=_hops(one.hops)) for one in trace.documents),
        entries=tuple(_entry(entry) for entry in trace.entries),
        links=_hops(trace.links),
        candidates=_hops(trace.candidates),
        sideways=_hops(trace.sideways),
        spending=_hops(trace.spending),
        promises=_hops(trace.promises),
        balances=_balances(trace.balances),
        lang="en",
    )


def _entry(entry: Entry) -> Entry:
    return replace(
        entry,
        level=_listed("level", entry.level) if entry.level else entry.level,
        money=_hops(entry.money),
        uses=_hops(entry.uses),
        grants=_hops(entry.grants),
        targets=_hops(entry.targets),
        same_subject=_hops(entry.same_subject),
        basis=_hops(entry.basis),
        details=_hops(entry.details),
        conflicts=tuple(
            replace(one, why=reason_in_english(one.why), sides=tuple(map(_side, one.sides))) for one in entry.conflicts
        ),
        balances=_balances(entry.balances),
    )


def _side(side: str) -> str:
    """A side of a conflict with the English name of the table or kind of amount that it begins with."""
    kind, blank, rest = side.partition(" ")
    return _listed("view", _listed("amount-type", kind)) + blank + rest


def _balances(balances: tuple[Balance, ...]) -> tuple[Balance, ...]:
    return tuple(replace(one, why=reason_in_english(one.why) if one.why else one.why) for one in balances)


def _hops(hops: tuple[Hop, ...]) -> tuple[Hop, ...]:
    return tuple(_hop(hop) for hop in hops)


def _hop(hop: Hop) -> Hop:
    """The hop with English names at its ends and for its functional subject."""
    levels = hop.source.split(" / ") if hop.relation == "indicator" else []
    return replace(
        hop,
        source=" / ".join(_listed("cat", level) for level in levels) or _name(hop.source, hop.source_iri),
        target=_name(hop.target, hop.target_iri),
        subject=_subject(hop.code, hop.year) or hop.subject,
        why=reason_in_english(hop.why) if hop.why else hop.why,
    )


def _name(name: str, iri: str) -> str:
    """The English name of what the ontology declares, with its code where the name begins with that; else the name."""
    found = label(NamedNode(iri), "en") if iri.startswith(CODE) else None
    code = iri.rpartition("/")[2].partition("~")[0]
    return name if found is None else f"{code} {found}" if name.startswith(f"{code} ") else found


def _subject(code: str | None, year: int | None) -> str | None:
    try:
        return label(coded("function", code, year), "en") if code else None
    except UnknownTerm:
        return None


def _listed(scheme: str, name: str) -> str:
    return _names(scheme).get(key(name), name)


@cache
def _names(scheme: str) -> Mapping[str, str]:
    """Folded Chinese name → English name of what a code list declares."""
    return {key(zh): en for zh, en in english(scheme).items()}
