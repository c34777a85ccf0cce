"""Self-evaluations: each with its goal, score, money and the outcome of every indicator, of the year it is about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from pyoxigraph import NamedNode, Triple

from kg import iris
from kg.disclosed import Disclosed
from kg.evidence import Places
from kg.names import fold
from kg.performance import comparison, listed
from kg.rdf import Object, day, decimal, described, in_yuan, words
from ontology.facts import EvaluationFact, EvaluationMoneyFact, Fact, OutcomeFact, Scope
from ontology.terms import BL, concept, labelled

_OVERALL: Scope = "整体"
# What is said of a line of money → its property; amounts in yuan, the rate in per cent, points.
_MEASURES = {
    "年初预算数": BL.startBudgetCNY,
    "全年预算数": BL.yearBudgetCNY,
    "全年执行数": BL.yearSpentCNY,
    "执行率": BL.printedRate,
    "分值": BL.ratePoints,
    "得分": BL.rateScore,
}
_AMOUNTS = ("年初预算数", "全年预算数", "全年执行数")


@dataclass(frozen=True, slots=True)
class _Evaluation:
    head: EvaluationFact
    money: list[EvaluationMoneyFact] = field(default_factory=list)
    outcomes: list[OutcomeFact] = field(default_factory=list)


def described_evaluations(
    facts: Sequence[Fact], projects: Mapping[str, NamedNode], book: Disclosed, places: Places
) -> Iterator[Triple]:
    """The self-evaluations in order; whose project the document does not name, rules may tell later.

    The year is the one that the form prints, else that of the document.
    """
    found = _evaluations(facts)
    keys = iris.numbered(_key(one.head) for one in found)
    for one, key in zip(found, keys, strict=True):
        evaluation = iris.thing("eval", book.key, key)
        yield from _head(evaluation, one.head, projects, book, places)
        for number, (line, figures) in enumerate(_lines(one.money), 1):
            money = iris.thing("spent", book.key, key, f"{number:02}")
            yield Triple(evaluation, BL.hasMoneyLine, money)
            yield from _money(money, line, figures, book, places)
        for number, fact in enumerate(one.outcomes, 1):
            outcome = iris.thing("done", book.key, key, f"{number:02}")
            yield Triple(evaluation, BL.hasOutcome, outcome)
            yield from _outcome(outcome, fact, places)


def _evaluations(facts: Sequence[Fact]) -> list[_Evaluation]:
    """Each head with the money and the indicators that follow it."""
    found: list[_Evaluation] = []
    for fact in facts:
        if isinstance(fact, EvaluationFact):
            found.append(_Evaluation(fact))
        elif isinstance(fact, EvaluationMoneyFact) and found:
            found[-1].money.append(fact)
        elif isinstance(fact, OutcomeFact) and found:
            found[-1].outcomes.append(fact)
    return found


def _key(head: EvaluationFact) -> str:
    return "overall" if head.scope == _OVERALL else iris.segment(fold(head.project or ""))


def _head(
    evaluation: NamedNode, head: EvaluationFact, projects: Mapping[str, NamedNode], book: Disclosed, places: Places
) -> Iterator[Triple]:
    overall = head.scope == _OVERALL
    return described(
        evaluation,
        BL.SelfEvaluation,
        *replace(book, year=head.year or book.year).common(),
        (BL.evaluationScope, concept("kind", "whole-body" if overall else "single-project")),
        (BL.evaluationOf, None if overall else projects.get(fold(head.project or ""))),
        (BL.evaluatedName, words(head.project)),
        (BL.evaluatedSupervisor, words(head.supervisor)),
        (BL.expectedGoal, words(head.goal)),
        (BL.goalOutcome, words(head.outcome)),
        (BL.pointsInAll, decimal(head.weight)),
        (BL.selfScore, decimal(head.score)),
        (BL.selfRating, labelled("rating", head.rating) if head.rating else None),
        (BL.evidence, places[head.source]),
    )


def _lines(money: Sequence[EvaluationMoneyFact]) -> list[tuple[str, list[EvaluationMoneyFact]]]:
    """The figures line by line, in printed order."""
    order = {line: place for place, line in enumerate(dict.fromkeys(one.line for one in money))}
    told = sorted(money, key=lambda one: order[one.line])
    return [(line, list(figures)) for line, figures in groupby(told, key=lambda one: one.line)]


def _money(
    money: NamedNode, line: str, figures: Sequence[EvaluationMoneyFact], book: Disclosed, places: Places
) -> Iterator[Triple]:
    """One line; of a measure that is printed twice, the first."""
    first = {one.measure: one for one in reversed(figures)}
    return described(
        money,
        BL.EvaluatedMoney,
        (BL.moneySource, words(line)),
        *((_MEASURES[name], _figure(one, book)) for name, one in first.items() if name in _MEASURES),
        *((BL.evidence, places[one.source]) for one in first.values()),
    )


def _figure(one: EvaluationMoneyFact, book: Disclosed) -> Object | None:
    return decimal(in_yuan(one.amount, one.unit or book.unit) if one.measure in _AMOUNTS else one.amount)


def _outcome(outcome: NamedNode, fact: OutcomeFact, places: Places) -> Iterator[Triple]:
    return described(
        outcome,
        BL.IndicatorOutcome,
        (BL.outcomeName, words(fact.level3)),
        (BL.outcomeLevel1, listed("cat", fact.level1)),
        (BL.outcomeLevel2, listed("cat", fact.level2)),
        (BL.evaluatedTarget, words(fact.raw)),
        (BL.evaluatedOperator, comparison(fact) if fact.raw else None),
        (BL.evaluatedValue, decimal(fact.value)),
        (BL.evaluatedUnit, listed("unit", fact.unit)),
        (BL.evaluatedDate, day(fact.date)),
        (BL.achieved, words(fact.actual)),
        (BL.achievedValue, decimal(fact.actual_value)),
        (BL.achievedUnit, listed("unit", fact.actual_unit)),
        (BL.achievedDate, day(fact.actual_date)),
        (BL.outcomePoints, decimal(fact.weight)),
        (BL.outcomeScore, decimal(fact.score)),
        (BL.deviationReason, words(fact.deviation)),
        (BL.evidence, places[fact.source]),
    )
