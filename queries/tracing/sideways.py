"""Beside what was asked for: the same programme in other bodies, what bodies spend under a functional code."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from queries.reading import Reader, Row
from queries.tracing import hops
from queries.tracing.answer import Hop, Match
from queries.tracing.gathering import Gathered, lean, names_of, places_of

_SHOWN = 8
_SPENDING = 20


def same_programme(
    reader: Reader, found: Gathered, documents: Iterable[str], matches: Iterable[Match]
) -> tuple[list[Hop], int]:
    """Money of other projects of the same programmes, the newest first; how many projects more there are.

    Where a programme itself was asked for, its projects are in the trace already.
    """
    asked = {match.iri for match in matches if match.kind == "programme"}
    programmes = set(reader.column_of("programmes_of_document", "programme", documents)) - asked
    programmes |= {str(row["programme"]) for row in found.projects.values() if row["programme"]} - asked
    rows = {
        str(row["project"]): row
        for row in reader.rows_of("projects_of_programme", programmes)
        if str(row["project"]) not in found.projects
    }
    newest = sorted(rows, key=lambda project: (-_year(rows[project]), project))
    names = names_of(reader, programmes)
    beside = lean(reader, newest[:_SHOWN])
    shown = [
        replace(hop, relation="same_programme", source=names.get(str(rows[project]["programme"]), ""))
        for project in newest[:_SHOWN]
        if project in beside.projects
        for hop in hops.money(beside, project)
    ]
    return shown, len(newest) - len(newest[:_SHOWN])


def spending(reader: Reader, matches: Iterable[Match]) -> tuple[list[Hop], int]:
    """What bodies budget under the functional codes asked for, the newest year first; how many lines more there are."""
    rows = [
        row
        for match in matches
        if match.kind == "subject"
        for row in reader.rows("spending_of_subject", subject=match.iri)
    ]
    places = places_of(reader, [str(row["line"]) for row in rows[:_SPENDING]])
    shown = [
        Hop(
            relation="spending",
            source="",
            target=str(row["bodyName"] or row["body"]),
            year=_year(row) or None,
            code=str(row["code"]),
            subject=str(row["label"]) if row["label"] else None,
            amount=row["amount"] if isinstance(row["amount"], Decimal) else None,
            printed=f"{row['printed']} {row['unit'] or ''}".strip() if row["printed"] else None,
            amount_type="budgeted",
            evidence=places.get(str(row["line"]), ()),
            nodes=(str(row["line"]),),
        )
        for row in rows[:_SPENDING]
    ]
    return shown, len(rows) - len(shown)


def _year(row: Row) -> int:
    year = row["year"]
    return year if isinstance(year, int) else 0
