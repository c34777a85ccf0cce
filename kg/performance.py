"""Performance targets: each form with its money, goal and indicators, at the project whose exact name it bears."""

from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from kg import iris
from kg.disclosed import Disclosed
from kg.evidence import Places
from kg.names import fold
from kg.rdf import Object, day, decimal, described, in_yuan, money, stated, words
from ontology.facts import Fact, KpiFact, KpiTableFact, OutcomeFact
from ontology.terms import BL, coded, concept, labelled

FORM_UNIT = "万元"  # where a form says nothing, whatever the unit of the budget tables
_OVERALL = "整体"


def described_targets(
    facts: Sequence[Fact], projects: Mapping[str, NamedNode], book: Disclosed, places: Places
) -> Iterator[Triple]:
    """The forms in order. A form whose name is no project's exactly stays unattached; rules may attach it later."""
    forms = _forms(facts)
    keys = iris.numbered(_key(scope, name) for scope, name, _, _ in forms)
    for (scope, name, head, indicators), key in zip(forms, keys, strict=True):
        target = iris.thing("tgt", book.key, key)
        yield from described(
            target,
            BL.PerformanceTarget,
            *book.common(),
            (BL.targetScope, concept("kind", "whole-body" if scope == _OVERALL else "single-project")),
            (BL.targetOf, book.iri if scope == _OVERALL else projects.get(fold(name or ""))),
            (BL.projectName, words(name)),
            (BL.amountType, concept("amount-type", "performance-form")),
            (BL.grade, concept("grade", "stated")),
        )
        if head is not None:
            yield from stated(target, *_head(head, places))
        for number, fact in enumerate(indicators, 1):
            indicator = iris.thing("kpi", book.key, key, f"{number:02}")
            yield Triple(target, BL.hasIndicator, indicator)
            yield from _indicator(indicator, fact, places)


def _forms(facts: Sequence[Fact]) -> list[tuple[str, str | None, KpiTableFact | None, list[KpiFact]]]:
    """The forms in order, each with its indicators: those that name it, after its head where two forms share a name."""
    found: list[tuple[str, str | None, KpiTableFact | None, list[KpiFact]]] = []
    latest: dict[tuple[str, str], list[KpiFact]] = {}
    for fact in facts:
        if not isinstance(fact, KpiTableFact | KpiFact):
            continue
        identity = (fact.scope, fold(fact.project or ""))
        if isinstance(fact, KpiTableFact) or identity not in latest:
            latest[identity] = []
            found.append((fact.scope, fact.project, fact if isinstance(fact, KpiTableFact) else None, latest[identity]))
        if isinstance(fact, KpiFact):
            latest[identity].append(fact)
    return found


def _key(scope: str, name: str | None) -> str:
    return "overall" if scope == _OVERALL else iris.segment(fold(name or ""))


def _head(form: KpiTableFact, places: Places) -> tuple[tuple[NamedNode, Object | None], ...]:
    unit = form.unit or FORM_UNIT
    return (
        (BL.targetTotalCNY, decimal(in_yuan(form.total, unit))),
        (BL.targetFiscalCNY, decimal(in_yuan(form.fiscal, unit))),
        (BL.targetOtherCNY, decimal(in_yuan(form.other, unit))),
        (BL.targetUpperCNY, decimal(in_yuan(form.upper, unit))),
        (BL.targetOwnCNY, decimal(in_yuan(form.own, unit))),
        (BL.targetCarriedCNY, decimal(in_yuan(form.carried, unit))),
        (BL.wholeTotalCNY, decimal(in_yuan(form.whole, unit))),
        (BL.wholeFiscalCNY, decimal(in_yuan(form.whole_fiscal, unit))),
        (BL.wholeOtherCNY, decimal(in_yuan(form.whole_other, unit))),
        (BL.formSupervisor, words(form.supervisor)),
        (BL.plannedStart, day(form.begins)),
        (BL.plannedEnd, day(form.ends)),
        (BL.goalText, words(form.goal)),
        (BL.evidence, places[form.source]),
        *(pair for pair in money(form.total, unit) if pair[0] != BL.amountCNY),
    )


def _indicator(indicator: NamedNode, fact: KpiFact, places: Places) -> Iterator[Triple]:
    return described(
        indicator,
        BL.PerformanceIndicator,
        (BL.indicatorName, Literal(fact.level3)),
        (BL.indicatorLevel1, listed("cat", fact.level1)),
        (BL.indicatorLevel2, listed("cat", fact.level2)),
        (BL.operator, comparison(fact)),
        (BL.targetValue, decimal(fact.value)),
        (BL.targetUnit, listed("unit", fact.unit)),
        (BL.targetDate, day(fact.date)),
        (BL.targetText, words(fact.raw) if fact.value is None and day(fact.date) is None else None),
        (BL.verbatim, words(fact.raw)),
        (BL.weight, decimal(fact.weight)),
        (BL.valueBasis, words(fact.basis)),
        (BL.priorActual, words(fact.previous)),
        (BL.scoringRule, words(fact.scoring)),
        (BL.proofKind, words(fact.proof)),
        (BL.evidence, places[fact.source]),
    )


def comparison(target: KpiFact | OutcomeFact) -> NamedNode:
    """How a target is held against what is achieved: its operator, else by its date, else as words."""
    return concept("op", target.op or ("by-date" if target.date else "qualitative"))


def listed(scheme: str, words_: str | None) -> NamedNode | None:
    """The concept that bears these words in an extensible list, a new one where none does."""
    return (labelled(scheme, words_) or coded(scheme, words_)) if words_ else None
