"""Figures of the running text and of tables beside money: staff, procurement, assets, counts, self-evaluations."""

from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode, Triple

from kg import iris
from kg.additive import balanced
from kg.disclosed import Disclosed
from kg.evidence import Places
from kg.names import spellings
from kg.observations import amount_type
from kg.performance import listed
from kg.rdf import boolean, decimal, described, money, words
from ontology.facts import ChangeFact, Fact, FigureFact
from ontology.money import YUAN_PER_UNIT
from ontology.terms import BL, concept, labelled


def described_figures(facts: Sequence[Fact], book: Disclosed, places: Places) -> Iterator[Triple]:
    """Money as budget observations, counts and areas as observations of quantity; words that are no figure are none.

    The money of the projects that were evaluated is told of them, not spent again: a quantity. What a table prints is
    in a view of its own, and has the coded kind only where no sentence tells it: nothing is counted twice.
    """
    figures = [fact for fact in facts if isinstance(fact, FigureFact) and fact.value is not None]
    keys = iris.numbered(f"{_view(fact)}.{iris.segment(fact.name)}" for fact in figures)
    told = {(fact.part, fact.name) for fact in figures if not fact.is_tabled}
    covering = _covering(figures)
    for fact, key in zip(figures, keys, strict=True):
        thing = iris.thing("obs", book.key, key)
        kind = None if fact.is_tabled and (fact.part, fact.name) in told else _kind(fact)
        if fact.unit in YUAN_PER_UNIT and fact.part != "evaluation":
            yield from _money(thing, fact, book, places, kind, fact in covering)
        else:
            yield from _quantity(thing, fact, book, places, kind)
    yield from _operating(facts, book, places)


def _operating(facts: Sequence[Fact], book: Disclosed, places: Places) -> Iterator[Triple]:
    """The cost of running the body, where one sentence tells it."""
    called = spellings()["figures"]["operating"]
    changes = (fact for fact in facts if isinstance(fact, ChangeFact))
    told = [fact for fact in changes if fact.against is None and fact.subject in called]
    for fact in told if len({fact.amount for fact in told}) == 1 else ():
        yield from described(
            iris.thing("obs", book.key, "narrative_operating"),
            BL.BudgetObservation,
            *book.common(),
            (BL.budgetPhase, concept("phase", book.phase)),
            (BL.inView, concept("view", "narrative_operating")),
            (BL.amountType, amount_type("", book.phase)),
            (BL.rowRole, concept("role", "row-total")),
            (BL.columnRole, concept("role", "col-total")),
            (BL.additive, boolean(True)),
            (BL.item, words(fact.subject)),
            (BL.evidence, places[fact.source]),
            *money(fact.amount, fact.unit or book.unit),
        )


def _view(fact: FigureFact) -> str:
    return f"{'tabled' if fact.is_tabled else 'narrative'}_{fact.part}"


def _money(
    thing: NamedNode, fact: FigureFact, book: Disclosed, places: Places, kind: NamedNode | None, additive: bool
) -> Iterator[Triple]:
    form = spellings()["figures"]
    total = fact.name == form["total"]
    part = fact.name in form["parts"]
    value = concept("amount-type", "asset-value") if fact.part == "assets" else amount_type("", book.phase)
    yield from described(
        thing,
        BL.BudgetObservation,
        *book.common(),
        (BL.budgetPhase, concept("phase", book.phase)),
        (BL.inView, concept("view", _view(fact))),
        (BL.amountType, value),
        (BL.rowRole, concept("role", "row-total" if total else "row-leaf" if part else "row-of-which")),
        (BL.columnRole, concept("role", "col-total")),
        (BL.additive, boolean(additive)),
        (BL.grade, concept("grade", "stated")),
        (BL.item, words(fact.name)),
        (BL.itemKind, kind),
        (BL.evidence, places[fact.source]),
        *money(fact.value, fact.unit, fact.raw),
    )


def _quantity(
    thing: NamedNode, fact: FigureFact, book: Disclosed, places: Places, kind: NamedNode | None
) -> Iterator[Triple]:
    return described(
        thing,
        BL.QuantityObservation,
        *book.common(),
        (BL.inView, concept("view", _view(fact))),
        (BL.item, words(fact.name)),
        (BL.itemKind, kind),
        (BL.quantity, decimal(fact.value)),
        (BL.quantityUnit, listed("unit", fact.unit)),
        (BL.evidence, places[fact.source]),
    )


def _covering(figures: Sequence[FigureFact]) -> list[FigureFact]:
    """The parts of procurement where they add up to its total within rounding, else the total alone."""
    form = spellings()["figures"]
    own = [fact for fact in figures if fact.part == "procurement" and not fact.is_tabled]
    total = next((fact for fact in own if fact.name == form["total"]), None)
    parts = [fact for fact in own if fact.name in form["parts"]]
    if total is None or total.value is None:
        return []
    values = [fact.value for fact in parts if fact.value is not None]
    return parts if parts and balanced(total.value, values) else [total]


def _kind(fact: FigureFact) -> NamedNode | None:
    """The coded kind of a figure, by its name without the unit in it."""
    name = fact.name
    for unit in spellings()["figures"]["units"]:
        name = name.removesuffix(unit)
    return labelled("kind", name)
