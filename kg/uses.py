"""What a project's money is for, item by item, where its narrative gives parts that make up the whole."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pyoxigraph import NamedNode, Triple

from kg import iris
from kg.additive import balanced
from kg.disclosed import Disclosed
from kg.evidence import Places
from kg.names import fold, spellings
from kg.observations import amount_type
from kg.projects import Project
from kg.rdf import boolean, described, money, words
from ontology.facts import ProjectFact
from ontology.money import amount
from ontology.terms import BL, concept
from ontology.text import key

_VIEW = "narrative_use"


def described_uses(projects: Sequence[Project], book: Disclosed, places: Places) -> Iterator[Triple]:
    """One observation an item. Withheld projects have none; nor has one whose items do not add up to its amount."""
    for project in projects:
        told = [fact for fact in project.told if fact.kind == "项目"] if not project.withheld else []
        for fact in told[:1]:
            items = uses(fact)
            keys = iris.numbered(iris.segment(name) for name, _, _ in items)
            for (name, value, unit), last in zip(items, keys, strict=True):
                thing = iris.thing("obs", book.key, _VIEW, iris.segment(fold(project.name)), last)
                yield from _described(thing, (name, value, unit), project, fact, book, places)


def uses(fact: ProjectFact) -> list[tuple[str, Decimal, str]]:
    """The items of a project's `allocation` with amount and unit, where at least two make up the project's amount."""
    form = spellings()["uses"]
    found = [
        (
            re.sub(form["lead_in"], "", match["name"]),
            amount(match["amount"]),
            form["units"].get(match["unit"], match["unit"]),
        )
        for match in re.finditer(form["item"], key(fact.allocation or ""))
    ]
    items = [(name, value, unit) for name, value, unit in found if name and (value, unit) != (fact.amount, fact.unit)]
    clear = {unit for _, _, unit in items} == {fact.unit} and not any(
        re.match(form["vague"], name) for name, _, _ in items
    )
    whole = fact.amount is not None and clear and balanced(fact.amount, [value for _, value, _ in items])
    return items if whole and len(items) > 1 else []


def _described(
    thing: NamedNode, item: tuple[str, Decimal, str], project: Project, fact: ProjectFact, book: Disclosed,
    places: Places,
) -> Iterator[Triple]:  # fmt: skip
    name, value, unit = item
    return described(
        thing,
        BL.BudgetObservation,
        *book.common(),
        (BL.budgetPhase, concept("phase", book.phase)),
        (BL.inView, concept("view", _VIEW)),
        (BL.amountType, amount_type("", book.phase)),
        (BL.rowRole, concept("role", "row-leaf")),
        (BL.columnRole, concept("role", "col-total")),
        (BL.additive, boolean(True)),
        (BL.item, words(name)),
        (BL.project, project.iri),
        (BL.evidence, places[fact.source]),
        *money(value, unit),
    )
