"""Projects and what they have: allocations, carry-overs, grants to recipients, lines in the budget tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ontology.terms import BL
from queries.reading import Grouped, Reader, Row, code_of, grouped, integer, text

_FLOWS = {BL.Allocation.value, BL.CarryOver.value}
_DETAILS = frozenset({"narrative_use", "government_procurement"})


@dataclass(frozen=True, slots=True)
class Project:
    """A project of one body in one year; `status` is open or withheld, `purpose` what the text says it is for."""

    iri: str
    name: str
    body: str
    year: int | None
    status: str | None
    programme: str | None
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """Projects by address, the rest by project.

    `lines` are totals of a row, `parts` what stands beside them; `details` are what the text says that parts of the
    money are for, and what is to be bought of it.
    """

    projects: Mapping[str, Project]
    flows: Grouped
    grants: Grouped
    lines: Grouped
    parts: Grouped
    details: Grouped

    def plain_lines(self, project: str) -> list[Row]:
        """The lines of a project that are not told as its flows."""
        seen = {row["budgetedAs"] for row in self.flows.get(project, ())}
        return [row for row in self.lines.get(project, ()) if row["line"] not in seen]

    def uses(self, project: str) -> list[Row]:
        """What a project is to be used for: amounts above or below zero for an economic class."""
        return [row for row in self.parts.get(project, ()) if row["economicSubject"] and row["amountCNY"] != 0]

    def __or__(self, other: "Money") -> "Money":
        """The money of the projects of both."""
        return Money(
            {**self.projects, **other.projects}, {**self.flows, **other.flows}, {**self.grants, **other.grants},
            {**self.lines, **other.lines}, {**self.parts, **other.parts}, {**self.details, **other.details},
        )  # fmt: skip


def money_of(reader: Reader, projects: Iterable[str]) -> Money:
    """The projects, those left out that have no name or body, and their money."""
    rows = [row for row in reader.described("project", projects) if row["ofBody"] and row["projectName"]]
    found = {project.iri: project for project in map(_project, rows)}
    handed = [row for row in reader.described("money_of_project", found) if row["amountCNY"] is not None]
    figures = [row for row in reader.described("lines_of_project", found) if row["amountCNY"] is not None]
    lines = [row for row in figures if code_of(row["inView"]) not in _DETAILS]
    return Money(
        found,
        grouped(sorted((row for row in handed if row["type"] in _FLOWS), key=_by_year), "project"),
        grouped((row for row in handed if row["type"] == BL.OnwardGrant.value and row["item"]), "project"),
        grouped(sorted((row for row in lines if _is_total(row)), key=_by_view), "project"),
        grouped(sorted((row for row in lines if not _is_total(row)), key=_by_view), "project"),
        grouped(sorted(_details(figures), key=_by_view), "project"),
    )


def _project(row: Row) -> Project:
    programme, purpose = text(row["programme"]), text(row["useOfFunds"]) or text(row["purpose"])
    status, year = code_of(row["disclosureStatus"]), integer(row["fiscalYear"])
    name, body = str(row["projectName"]), str(row["ofBody"])
    return Project(str(row["project"]), name, body, year, status, programme, purpose)


def _details(figures: Iterable[Row]) -> list[Row]:
    """What money is for in detail, without the sums of others of these (a kind of goods over the goods)."""
    found = [row for row in figures if code_of(row["inView"]) in _DETAILS and row["item"]]
    sums = {row["rollsUpTo"] for row in found}
    return [row for row in found if row["line"] not in sums and row["amountCNY"] != 0]


def _is_total(row: Row) -> bool:
    return code_of(row["columnRole"]) == "col-total"


def _by_year(row: Row) -> tuple[str, ...]:
    return str(row["project"]), str(row["fiscalYear"] or ""), code_of(row["functionalSubject"]) or "", str(row["flow"])


def _by_view(row: Row) -> tuple[str, ...]:
    return str(row["project"]), str(row["inView"]), code_of(row["functionalSubject"]) or "", str(row["line"])
