"""Which projects and documents a trace is about: what the matched things lead to, bounded, and the years around."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from queries.reading import Reader, Row
from queries.tracing.answer import Match

_KINDS = ("body", "document", "programme", "recipient", "subject")


@dataclass(frozen=True, slots=True)
class Selected:
    """The projects shown, newest first, of those asked for; `omitted` and `more_years` count what is left out."""

    projects: tuple[str, ...]
    bodies: frozenset[str]
    omitted: int
    more_years: int


def select(reader: Reader, matches: Iterable[Match], limit: int) -> Selected:
    """The projects that the matches lead to, at most `limit` (0: all), then as many again of the years around."""
    found = list(matches)
    bodies = closure(reader, "bodies_around", {match.iri for match in found if match.kind == "body"})
    years = _asked(reader, found, bodies)
    newest = sorted(years, key=lambda project: (-years[project], project))
    shown = newest[:limit] if limit else newest
    around = closure(reader, "projects_around", set(shown)) - set(newest)
    kept = sorted(around)[:limit] if limit else sorted(around)
    return Selected((*shown, *kept), frozenset(bodies), len(newest) - len(shown), len(around) - len(kept))


def _asked(reader: Reader, matches: list[Match], bodies: set[str]) -> dict[str, int]:
    """The projects asked for with their years, 0 where there is none."""
    rows: list[Row] = []
    for kind in _KINDS:
        things = bodies if kind == "body" else {match.iri for match in matches if match.kind == kind}
        if things:
            rows += reader.rows_of(f"projects_of_{kind}", things)
    rows += reader.rows_of("projects_of_issuer", bodies) if bodies else []
    for match in matches:
        if match.kind == "indicator":
            rows += reader.rows("projects_of_indicator", name=ox.Literal(match.name))
    found = {str(row["project"]): _year(row) for row in rows if row["project"]}
    own = {match.iri for match in matches if match.kind == "project"} - found.keys()
    found |= {str(row["project"]): _year(row) for row in reader.rows_of("project", own)}
    return found


def closure(reader: Reader, query: str, start: set[str]) -> set[str]:
    """All that can be reached from `start` by the pairs of a query, `start` among it; one question a step."""
    reached, waiting = set(start), set(start)
    while waiting:
        waiting = set(reader.column_of(query, "other", waiting)) - reached
        reached |= waiting
    return reached


def documents(reader: Reader, matches: Iterable[Match], flows: Iterable[Row], limit: int) -> tuple[list[str], int]:
    """The documents asked for, those under which money flows and, as far as the limit goes, others of a programme.

    The second number counts those of the programme that are left out.
    """
    found = list(matches)
    wanted = {match.iri for match in found if match.kind == "document"}
    wanted |= {str(row["document"]) for row in flows if row["document"]}
    programmes = {match.iri for match in found if match.kind == "programme"}
    others = sorted(set(reader.column_of("documents_of_programme", "document", programmes)) - wanted)
    room = max(0, limit - len(wanted)) if limit else len(others)
    return sorted({*wanted, *others[:room]}), len(others[room:])


def _year(row: Row) -> int:
    year = row["year"]
    return year if isinstance(year, int) else 0
