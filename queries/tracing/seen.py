"""When money is first and last seen in the disclosures held."""

from collections.abc import Iterable, Iterator, Sequence

from queries.tracing.answer import Entry, FirstSeen, Hop, Match, Passport
from queries.tracing.selecting import Scope

Sight = tuple[Hop, Entry]


def first_and_last(
    scope: Scope, passports: Iterable[Passport], entries: Iterable[Entry], matches: Iterable[Match]
) -> Iterator[FirstSeen]:
    """First and last sight of every document's money, and of what was asked for where it is no document."""
    seen = [(hop, entry) for entry in entries if not entry.possibly for hop in entry.money if hop.year is not None]
    for passport in passports:
        yield from _sight(passport.number, [one for one in seen if passport.iri in one[0].nodes], scope)
    for name in dict.fromkeys(match.name for match in matches if match.kind in {"programme", "recipient"}):
        yield from _sight(name, seen, scope)


def _sight(name: str, seen: Sequence[Sight], scope: Scope) -> Iterator[FirstSeen]:
    years = [hop.year for hop, _ in seen if hop.year is not None]
    if years:
        first = [(hop, entry) for hop, entry in seen if hop.year == min(years)]
        carried = all(hop.relation == "carry_over" for hop, _ in first)
        hop, entry = first[0]
        held = any((body, hop.from_year) in scope.held for body in scope.families[entry.body_iri])
        yield FirstSeen(name, min(years), max(years), carried, held)
