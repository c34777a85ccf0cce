"""Other projects of the same body, year and functional subject, told once for all the projects they stand beside."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from kg.iris import subject_slice
from queries.answers import Value
from queries.reading import Reader, Row
from queries.tracing.answer import COUNTED_BESIDE
from queries.tracing.money import Money

_SHOWN = 5  # lines of one body, year and subject


@dataclass(frozen=True, slots=True)
class Siblings:
    """Lines of other projects by the project at which they are told; `more` counts those that are not told."""

    of: Mapping[str, list[Row]] = field(default_factory=dict)
    more: Mapping[str, int] = field(default_factory=dict)


def siblings(reader: Reader, money: Money, projects: Iterable[str]) -> Siblings:
    """The lines beside those of some projects, but for lines of the projects that are known already.

    Of several projects of a body and year under one subject they are told at the last by name.
    """
    told_at = _last_of_each(money, projects)
    known = {row["line"] for rows in money.lines.values() for row in rows}
    beside = _beside(reader, told_at, known)
    shown = {
        line: told_at[place]
        for place, lines in beside.items()
        if len(lines) < COUNTED_BESIDE
        for line in lines[:_SHOWN]
    }
    found: dict[str, list[Row]] = {}
    for row in reader.described("line", shown):
        found.setdefault(shown[str(row["line"])], []).append(row)
    more: dict[str, int] = {}
    for place, lines in beside.items():
        left_out = sum(line not in shown for line in lines)
        more[told_at[place]] = more.get(told_at[place], 0) + left_out
    return Siblings(found, more)


def _beside(reader: Reader, slices: Iterable[str], known: Set[Value]) -> dict[str, list[str]]:
    """The lines of each body, year and functional subject but for those known; of very many any `COUNTED_BESIDE`."""
    found = reader.found("lines_beside", slices, COUNTED_BESIDE + len(known))
    return {place: [line for line in lines if line not in known][:COUNTED_BESIDE] for place, lines in found.items()}


def _last_of_each(money: Money, projects: Iterable[str]) -> dict[str, str]:
    """The last project by name of each body, year and functional subject, told apart by the address of their slice."""
    known = [money.projects[iri] for iri in projects if iri in money.projects]
    return {
        subject_slice(project.body, project.year, str(row["functionalSubject"])).value: project.iri
        for project in sorted(known, key=lambda one: (one.name, one.iri))
        for row in money.lines.get(project.iri, ())
        if project.year is not None and row["functionalSubject"]
    }
