"""All that the graph says about what a trace is about, asked kind by kind for everything at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from queries.answers import Value
from queries.reading import Grouped, Reader, Row, code_of, grouped
from queries.tracing.claims import claims_of
from queries.tracing.forms import Forms, forms_alone, forms_of
from queries.tracing.money import Money
from queries.tracing.places import Places, names_of, places_of
from queries.tracing.selecting import Scope, newest_first
from queries.tracing.siblings import Siblings, siblings

_NAMED = (  # columns of things that are told by their names
    "functionalSubject", "statedUnit", "underDocument", "indicatorLevel1", "indicatorLevel2", "agency", "project",
    "document", "inView", "amountType",
)  # fmt: skip

# Columns of things whose places are told.
_PRINTED = ("flow", "grant", "line", "indicator", "outcome", "evaluation", "money")
_NOWHERE = Places({}, {})
_ON_BASIS = 5  # projects on the basis of a document


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is said by the thing that it is about, names of things, and where things are printed.

    Flows are called as their projects, disclosures by year and body; `levels` are those of bodies.
    `alone` are forms that are about no project; `said` is what projects' money is said to be for, where several times.
    """

    money: Money
    forms: Forms
    alone: Forms
    said: Mapping[str, Sequence[str]]
    conflicts: Grouped
    sides: Grouped
    siblings: Siblings
    claims: Grouped
    checks: Grouped
    spending: tuple[Row, ...]
    basis: Grouped
    on_basis: Mapping[str, Sequence[str]]
    more_on_basis: Mapping[str, int]
    levels: Mapping[str, str]
    labels: Mapping[str, str] = field(default_factory=dict)
    places: Places = _NOWHERE

    def label(self, thing: Value) -> str:
        """The name of a thing; the end of its address where it has none, nothing for nothing."""
        return "" if thing is None else self.labels.get(str(thing)) or str(thing).rsplit("/", 1)[-1]


def gather(reader: Reader, scope: Scope, places: int) -> Gathered:
    """What is said about all in the scope; at most so many places of each statement, 0 for all."""
    found = _said(reader, scope)
    rows = _rows_of(found, scope.projects)
    claimed = [*_rows(found.claims), *scope.candidates]
    named = _named(found, scope, rows, claimed)
    labels = names_of(reader, named)
    titles = _titles(found.money, _disclosures(scope), labels)
    return replace(
        found,
        labels=labels | titles | _elsewhere(reader, named, labels),
        places=places_of(reader, _printed(found, scope, rows, claimed), places),
    )


def _said(reader: Reader, scope: Scope) -> Gathered:
    """What is said, without what it is called and where it is printed."""
    money, projects = scope.money, scope.projects
    forms = forms_of(reader, projects, scope.only, briefly=scope.briefly)
    conflicts = _conflicts(reader, money, projects, forms.of)
    flows = [str(row["flow"]) for iri in projects for row in money.flows.get(iri, ())]
    claimed = {*projects, *scope.documents, *scope.families, *flows, *_ids(forms.of, "target")}
    on_basis, more_on_basis = _on_basis(reader, scope)
    return Gathered(
        money=money,
        forms=forms,
        alone=forms_alone(reader, scope.forms, scope.only, briefly=scope.briefly),
        said=reader.found("said_of_project", (iri for iri in projects if money.projects[iri].purpose)),
        conflicts=conflicts,
        sides=reader.grouped("conflict_sides", "conflict", _ids(conflicts, "conflict")),
        siblings=Siblings() if scope.broad else siblings(reader, money, scope.asked),
        claims=claims_of(reader, claimed),
        checks=reader.grouped("checks_of", "thing", {*flows, *_disclosures(scope)}),
        spending=tuple(reader.described("line", scope.spending)),
        basis=grouped(reader.rows_of("basis_of_project", projects), "project"),
        on_basis=on_basis,
        more_on_basis=more_on_basis,
        levels={str(row["body"]): str(row["level"]) for row in reader.rows_of("level", _bodies(money, scope))},
    )


def _rows_of(found: Gathered, projects: Iterable[str]) -> list[Row]:
    """The rows of figures, forms and grounds that a trace tells."""
    told = [found.siblings.of, found.sides, found.basis]
    for forms in (found.forms, found.alone):
        told += [forms.of, forms.indicators, forms.outcomes, forms.evaluations, forms.spent]
    return [*_told(found.money, projects), *found.spending, *(row for of in told for row in _rows(of))]


def _named(found: Gathered, scope: Scope, rows: Iterable[Row], claimed: Iterable[Row]) -> set[str]:
    """The things that are told by their names."""
    named = {*_bodies(found.money, scope), *scope.documents, *scope.beside.values(), *found.levels.values()}
    named |= {str(row[name]) for row in rows for name in _NAMED if row.get(name)}
    named |= {str(row[end]) for row in claimed for end in ("subject", "object")} - found.money.projects.keys()
    return named.union(*found.on_basis.values())


def _printed(found: Gathered, scope: Scope, rows: Iterable[Row], claimed: Iterable[Row]) -> set[str]:
    """The things whose places are told."""
    printed = {str(row[name]) for row in rows for name in _PRINTED if row.get(name)}
    printed |= {iri for iri in scope.projects if iri in found.basis or found.money.projects[iri].purpose}
    printed |= {*_ids(found.forms.of, "target"), *scope.forms, *_ids(found.conflicts, "conflict")}
    return printed.union((str(row["claim"]) for row in claimed), *found.on_basis.values())


def _bodies(money: Money, scope: Scope) -> set[str]:
    return {project.body for project in money.projects.values()} | set(scope.families)


def _told(money: Money, projects: Iterable[str]) -> Iterator[Row]:
    """The rows of the money that are told: no lines that are seen as flows, uses of the projects traced alone."""
    for rows in money.flows.values():
        yield from rows
    for iri in money.projects:
        yield from money.plain_lines(iri)
    for iri in projects:
        yield from (*money.grants.get(iri, ()), *money.uses(iri), *money.details.get(iri, ()))


def _on_basis(reader: Reader, scope: Scope) -> tuple[dict[str, list[str]], dict[str, int]]:
    """The newest projects on the basis of the documents asked for that are not traced themselves, and how many more."""
    found = reader.found("projects_on_basis", scope.documents_asked)
    newest = {document: newest_first(set(of) - set(scope.projects)) for document, of in found.items()}
    return (
        {document: of[:_ON_BASIS] for document, of in newest.items()},
        {document: len(of[_ON_BASIS:]) for document, of in newest.items()},
    )


def _elsewhere(reader: Reader, named: Iterable[str], labels: Mapping[str, str]) -> dict[str, str]:
    """What flows of projects that are not traced are called: as these projects."""
    flows = {thing for thing in named if "/id/flow/" in thing}
    project_of = {str(row["flow"]): str(row["project"]) for row in reader.rows_of("flows_of_thing", flows)}
    names = names_of(reader, set(project_of.values()))
    return {flow: names[project] for flow, project in project_of.items() if project in names and flow not in labels}


def _rows(found: Grouped) -> Iterator[Row]:
    return (row for rows in found.values() for row in rows)


def _ids(found: Grouped, column: str) -> list[str]:
    return [str(row[column]) for row in _rows(found)]


def _conflicts(reader: Reader, money: Money, projects: Iterable[str], forms: Grouped) -> dict[str, list[Row]]:
    """Conflicts by project, whether they name it, a line of it or a form of it."""
    about = list(projects)
    whose = {project: project for project in about}
    for kind, column in ((money.lines, "line"), (money.parts, "line"), (forms, "target")):
        whose |= {str(row[column]): project for project in about for row in kind.get(project, ())}
    asked = [*reader.described("conflicts_of_project", about), *reader.described("conflicts_of_side", whose)]
    found: dict[str, dict[str, Row]] = {}
    for row in asked:
        found.setdefault(whose[str(row["thing"])], {})[str(row["conflict"])] = row
    return {project: [of[key] for key in sorted(of)] for project, of in found.items()}


def _disclosures(scope: Scope) -> dict[str, tuple[str, int | None]]:
    """The disclosures of the bodies and years of the projects."""
    wanted = {(scope.money.projects[iri].body, scope.money.projects[iri].year) for iri in scope.projects}
    return {disclosure: key for key in wanted for disclosure in scope.held.get(key, ())}


def _titles(
    money: Money, disclosures: Mapping[str, tuple[str, int | None]], labels: Mapping[str, str]
) -> dict[str, str]:
    """What projects, flows and disclosures are called: flows by their project, disclosures by year and body.

    Of several flows of a project each has the code of its subject, too.
    """
    found = {iri: project.name for iri, project in money.projects.items()}
    for iri, rows in money.flows.items():
        found |= {str(row["flow"]): _flow_title(found[iri], row, among=len(rows)) for row in rows}
    return found | {iri: f"{year} {labels.get(body, body)}" for iri, (body, year) in disclosures.items()}


def _flow_title(project: str, flow: Row, among: int) -> str:
    code = code_of(flow["functionalSubject"]) if among > 1 else None
    return f"{project} {code}" if code else project
