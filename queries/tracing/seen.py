"""When money is first and last seen in the disclosures held: of documents, programmes, recipients, projects, codes."""

from collections.abc import Iterable, Iterator, Sequence

from queries.tracing.answer import Entry, FirstSeen, Hop, Match, Passport
from queries.tracing.selecting import Scope

Sight = tuple[Hop, Entry]


def first_and_last(
    scope: Scope, passports: Iterable[Passport], entries: Iterable[Entry], matches: Iterable[Match],
    links: Sequence[Hop], others: Sequence[Hop],
) -> Iterator[FirstSeen]:  # fmt: skip
    """First and last sight of every document's money, and of what was asked for where it is no document.

    `others` are what bodies budget under codes, and forms about no project. A project is seen in all the years that
    continue it, a code where projects or bodies have money under it.
    """
    found, shown = list(matches), [entry for entry in entries if not entry.possibly]
    seen = [(hop, entry) for entry in shown for hop in entry.money or entry.details if hop.year is not None]
    for passport in passports:
        yield from _sight(passport.number, [one for one in seen if passport.iri in one[0].nodes], scope, links)
    for name in dict.fromkeys(match.name for match in found if match.kind in {"programme", "recipient"}):
        yield from _sight(name, seen, scope, links)
    asked = {match.iri for match in found if match.kind == "project"}
    for line in _lines(shown, links):
        if asked & {entry.iri for entry in line}:
            yield from _sight(line[-1].project, [one for one in seen if one[1] in line], scope, links)
    for match in found:
        if match.kind == "subject":
            yield from _spent(match, [hop for hop, _ in seen], others, scope)
    targets = [*(hop for entry in shown for hop in entry.targets), *others]
    for name in dict.fromkeys(match.name for match in found if match.kind in {"indicator", "form"}):
        yield from _promised(name, targets, scope)


def _lines(entries: Sequence[Entry], links: Iterable[Hop]) -> list[list[Entry]]:
    """The entries in lines of projects that continue each other, each in the order of the years."""
    line_of = {entry.iri: {entry.iri} for entry in entries}
    for link in links:
        if link.relation == "continues" and {link.source_iri, link.target_iri} <= line_of.keys():
            joined = line_of[link.source_iri] | line_of[link.target_iri]
            line_of |= dict.fromkeys(joined, joined)
    lines = {min(line): line for line in line_of.values()}
    return [[entry for entry in entries if entry.iri in line] for line in lines.values()]


def _sight(name: str, seen: Sequence[Sight], scope: Scope, links: Iterable[Hop]) -> Iterator[FirstSeen]:
    years = [hop.year for hop, _ in seen if hop.year is not None]
    if years:
        partly = _partly(scope)
        first = [(hop, entry) for hop, entry in seen if hop.year == min(years)]
        carried = not partly and all(hop.relation == "carry_over" for hop, _ in first)
        hop, entry = first[0]
        held = any((body, hop.from_year) in scope.held for body in scope.families[entry.body_iri])
        lacking = _lacking(entry.body_iri, hop.from_year, links, scope) if carried and held else ()
        yield FirstSeen(name, min(years), max(years), carried, held, partly, lacking)


def _lacking(body: str, year: int | None, links: Iterable[Hop], scope: Scope) -> tuple[str, ...]:
    """The predecessors of a body whose disclosure of a year is not held, where its own is not: one may have had it."""
    if (body, year) in scope.held:
        return ()
    before = {link.target_iri: link.target for link in links if (link.relation, link.source_iri) == ("succeeds", body)}
    return tuple(sorted(name for iri, name in before.items() if (iri, year) not in scope.held))


def _spent(match: Match, money: Iterable[Hop], spending: Iterable[Hop], scope: Scope) -> Iterator[FirstSeen]:
    """Sights of a functional code: money of projects under it, and what bodies budget under it."""
    code = match.iri.rpartition("/")[2].partition("~")[0]
    years = [hop.year for hop in (*money, *spending) if hop.year is not None and (hop.code or "").startswith(code)]
    if years:
        partly = _partly(scope) or scope.left_out.spending > 0
        yield FirstSeen(match.name, min(years), max(years), never_budgeted=False, held=True, partly=partly)


def _promised(name: str, targets: Sequence[Hop], scope: Scope) -> Iterator[FirstSeen]:
    """Sights of an indicator, or of the form of a project."""
    named = [hop.target if hop.relation == "indicator" else hop.project for hop in targets]
    years = [hop.year for hop, of in zip(targets, named, strict=True) if of == name and hop.year is not None]
    if years:
        partly = _partly(scope) or scope.left_out.forms > 0
        yield FirstSeen(name, min(years), max(years), never_budgeted=False, held=True, partly=partly)


def _partly(scope: Scope) -> bool:
    return scope.left_out.projects > 0 or scope.left_out.years > 0
