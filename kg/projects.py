"""Projects: what one body does with money in one year under one name, from tables, narrative and carry-overs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode, Triple

from kg import iris
from kg.disclosed import Disclosed
from kg.evidence import Places
from kg.names import fold, numbers
from kg.rdf import Pair, boolean, day, described, integer, money, stated, words
from kg.rows import Row, is_body, is_total, layout
from ontology.document_number import DocumentNumber
from ontology.facts import EvaluationFact, Fact, KpiTableFact, NilFact, ProjectFact, Source
from ontology.terms import BL, concept

_DATE = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")
_SENTENCE = re.compile("[，。；：]")
_VIEWS = {"项目": "narrative_project", "上年结转结余": "narrative_carryover"}


@dataclass(frozen=True, slots=True)
class Project:
    """A project of one disclosure: its name as first printed (tables before narrative), and where it is spoken of.

    `lines` are its rows in project tables, `carried` its rows in the carry-over table, `told` its narratives; `beside`
    are rows of other tables that name it.
    """

    iri: NamedNode
    name: str
    withheld: bool
    lines: tuple[Row, ...]
    carried: tuple[Row, ...]
    told: tuple[ProjectFact, ...]
    beside: tuple[Row, ...]

    @property
    def documents(self) -> tuple[DocumentNumber, ...]:
        """The documents whose numbers stand in its name; none for a withheld project, whatever its name."""
        return () if self.withheld else numbers(self.name)


def projects(facts: Sequence[Fact], rows: Sequence[Row], bodies: frozenset[str], book: Disclosed) -> list[Project]:
    """All projects of a document in order of mention; names that differ in brackets, quotes or width only are one."""
    lines = [row for row in rows if row.project and layout(row.table, "lines")]
    carried = [row for row in rows if row.table == "carryover" and not is_total(row) and not is_body(row, bodies)]
    told = [fact for fact in facts if isinstance(fact, ProjectFact)]
    others = [row for row in rows if row.project and not layout(row.table, "lines")]
    named = [
        *(row.project or "" for row in lines),
        *(row.project or "" for row in others),
        *(row.name for row in carried),
        *(fact.name for fact in told),
    ]
    of = {name: fold(name) for name in named}  # once each: a department prints hundreds
    first: dict[str, str] = {}
    for name, folded in of.items():
        first.setdefault(folded, name)
    hidden = _withheld(facts)
    return [
        Project(
            iris.thing("proj", book.key, iris.segment(folded)),
            name,
            folded in hidden,
            tuple(row for row in lines if of[row.project or ""] == folded),
            tuple(row for row in carried if of[row.name] == folded),
            tuple(fact for fact in told if of[fact.name] == folded),
            tuple(row for row in others if of[row.project or ""] == folded),
        )
        for folded, name in first.items()
    ]


def described_projects(found: Sequence[Project], book: Disclosed, places: Places) -> Iterator[Triple]:
    """The projects and the figures that the narrative gives for them."""
    for project in found:
        yield from _described(project, book, places)
        yield from _told(project, book, places)


def described_names(facts: Sequence[Fact], book: Disclosed, places: Places) -> Iterator[Triple]:
    """Every name by which the document calls the body it speaks for: its own, on forms, beside projects."""
    used: dict[str, set[Source]] = {}
    for name, source in _names_of_bodies(facts, book):
        used.setdefault(name, set()).add(source)
    for name, sources in sorted(used.items()):
        own = book.agency is not None and fold(name) == fold(book.agency)
        yield from described(
            iris.thing("name", book.key, iris.segment(name)),
            BL.NameUsage,
            (BL.verbatim, Literal(name)),
            (BL.nameUsedFor, book.body if own else None),
            (BL.disclosedIn, book.iri),
            *((BL.evidence, places[source]) for source in sources),
        )


def _names_of_bodies(facts: Sequence[Fact], book: Disclosed) -> Iterator[tuple[str, Source]]:
    if book.agency is not None:
        yield book.agency, facts[0].source
    for fact in facts:
        name = fact.unit_printed if isinstance(fact, KpiTableFact | EvaluationFact) else None
        name = fact.unit_in_charge if isinstance(fact, ProjectFact) and fact.disclosed else name
        if name and not _SENTENCE.search(name):  # who carries a project out may be told in sentences: no name
            yield name, fact.source


def _withheld(facts: Sequence[Fact]) -> frozenset[str]:
    told = {fold(fact.name) for fact in facts if isinstance(fact, ProjectFact) and not fact.disclosed}
    return frozenset(
        told | {fold(fact.subject) for fact in facts if isinstance(fact, NilFact) and fact.kind == "withheld"}
    )


def _described(project: Project, book: Disclosed, places: Places) -> Iterator[Triple]:
    bases = [fact.basis for fact in project.told if fact.basis and not project.withheld]
    cells = [row.total or row.cells[0] for row in (*project.lines, *project.carried) or project.beside[:1]]
    sources = [*(fact.source for fact in project.told), *(cell.source for cell in cells)]
    yield from described(
        project.iri,
        BL.Project,
        (BL.projectName, Literal(project.name)),
        (BL.ofBody, book.body),
        (BL.fiscalYear, integer(book.year)),
        (BL.disclosedIn, book.iri),
        (BL.disclosureStatus, concept("status", "withheld" if project.withheld else "open")),
        *((BL.fundedUnder, iris.document(number)) for number in project.documents),
        *((BL.policyBasisText, words(basis)) for basis in bases),
        *((BL.policyBasis, iris.document(number)) for basis in bases for number in numbers(basis)),
        *((BL.evidence, places[source]) for source in sources),
    )
    for fact in project.told:
        if fact.disclosed:
            yield from stated(
                project.iri,
                (BL.useOfFunds, words(fact.allocation)),
                (BL.purpose, words(fact.purpose)),
                *_period(fact.period),
            )


def _period(printed: str | None) -> Iterator[Pair]:
    yield BL.executionPeriod, words(printed)
    days = [(int(year), int(month), int(number)) for year, month, number in _DATE.findall(printed or "")]
    if len(days) == 2:
        for predicate, parts in zip((BL.executionStart, BL.executionEnd), days, strict=True):
            yield predicate, day(_iso(*parts))


def _iso(year: int, month: int, number: int) -> str | None:
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return None


def _told(project: Project, book: Disclosed, places: Places) -> Iterator[Triple]:
    told = [fact for fact in project.told if fact.amount is not None]
    keys = iris.numbered(f"{_VIEWS[fact.kind]}.{iris.segment(fold(project.name))}" for fact in told)
    for fact, key in zip(told, keys, strict=True):
        yield from described(
            iris.thing("obs", book.key, key),
            BL.BudgetObservation,
            *book.common(),
            (BL.budgetPhase, concept("phase", book.phase)),
            (BL.inView, concept("view", _VIEWS[fact.kind])),
            (BL.amountType, concept("amount-type", "carried-over" if fact.kind == "上年结转结余" else "budgeted")),
            (BL.rowRole, concept("role", "row-leaf")),
            (BL.columnRole, concept("role", "col-total")),
            (BL.additive, boolean(False)),
            (BL.grade, concept("grade", fact.grade if fact.grade != "ambiguous" else "stated")),
            (BL.project, project.iri),
            (BL.evidence, places[fact.source]),
            *money(fact.amount, fact.unit or book.unit),
        )


def by_name(found: Sequence[Project]) -> Mapping[str, NamedNode]:
    """The addresses of the projects by folded name."""
    return {fold(project.name): project.iri for project in found}
