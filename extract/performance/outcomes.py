"""Self-evaluations (绩效自评表) to facts: the money line by line, what was aimed at and what was done."""

from collections.abc import Iterator
from decimal import Decimal

from extract.document import Document
from extract.performance.indicators import finding, indicator_of, project_of
from extract.performance.model import Evaluated, Form, Indicator, Note
from extract.performance.terms import terms, words
from extract.performance.values import previous, target
from ontology.facts import EvaluationFact, EvaluationMoneyFact, Finding, OutcomeFact
from ontology.findings import said
from ontology.money import amount, half_width, is_amount
from ontology.text import key

EvaluationFacts = EvaluationFact | EvaluationMoneyFact | OutcomeFact | Finding
_SUM = "合计"


def evaluation(document: Document, form: Form, evaluated: Evaluated) -> Iterator[EvaluationFacts]:
    """The facts of one self-evaluation, in printed order; what is not understood, or does not add up, as findings."""
    project = project_of(form)
    for note in form.notes:
        yield finding(document, form, note)
    yield EvaluationFact(
        source=document.source(form.head.place, text=form.head.text, table=form.title),
        scope=form.scope,
        project=project,
        goal=form.head.values.get("goal"),
        outcome=form.head.values.get("outcome"),
        weight=_points(evaluated.weight),
        score=_points(evaluated.score),
        rating=evaluated.rating or None,
        year=evaluated.year,
        unit_printed=form.head.values.get("unit_printed"),
        supervisor=form.head.values.get("supervisor"),
    )
    if form.scope == "项目" and project is None:
        yield finding(document, form, Note(form.head.place, form.head.text, said("evaluation_without_project")))
    for money in evaluated.money:
        yield EvaluationMoneyFact(
            source=document.source(money.place, table=form.title),
            scope=form.scope,
            project=project,
            line=money.line,
            measure=money.measure,
            amount=amount(money.printed),
            unit=money.unit,
        )
    for indicator in form.indicators:
        yield from _outcome(document, form, indicator)
    for message in (*_sums(form, evaluated), *_parts(evaluated)):
        yield finding(document, form, Note(form.head.place, form.head.text, message))


def _outcome(document: Document, form: Form, one: Indicator) -> Iterator[OutcomeFact | Finding]:
    stated, unread = indicator_of(document, form, one)
    yield from unread
    done = target(one.actual)
    known = done.kind != "unread" and (done.op is None or done.kind == "date")
    unit = done.unit or (words(one.unit) if done.kind == "number" else "")  # in a column of its own it is of both
    for printed in (one.weight, one.score):
        if printed and previous(printed) and _points(printed) is None:
            none = said("no_points", text=printed, indicator=one.level3)
            yield finding(document, form, Note(one.place, one.text, none))
    yield OutcomeFact(
        **stated,
        actual=words(one.actual) or None,
        actual_value=done.value if known else None,
        actual_unit=(unit or None) if known else None,
        actual_date=done.date if known else None,
        weight=_points(one.weight),
        score=_points(one.score),
        deviation=previous(one.deviation),
    )


def _points(printed: str) -> Decimal | None:
    value = key(printed).rstrip("分")
    return amount(value) if is_amount(value) else None


def _sums(form: Form, evaluated: Evaluated) -> Iterator[str]:
    """What is wrong with the points: those of the indicators, and with those for spending the total of the form."""
    weights = [points for one in form.indicators if (points := _points(one.weight)) is not None]
    if form.indicators and form.weighed and sum(weights) not in terms().weights:
        yield said("evaluation_weights_fail", sum=sum(weights))
    spending = {one.measure: amount(one.printed) for one in evaluated.money if one.line == _SUM and one.unit == "分"}
    scores = [_points(one.score) for one in form.indicators]
    total = _points(evaluated.score)
    given = [points for points in scores if points is not None]
    if total is not None and given and len(given) == len(scores):
        with_spending = sum(given) + spending.get("得分", Decimal(0))
        if all(abs(total - one) > half_width(total) * (len(given) + 1) for one in (sum(given), with_spending)):
            yield said("scores_fail", sum=with_spending, total=total)


def _parts(evaluated: Evaluated) -> Iterator[str]:
    """What is wrong with the money: parts beyond their sum, a rate of spending that its two figures do not give."""
    money = {(one.line, one.measure): amount(one.printed) for one in evaluated.money}
    for measure in dict.fromkeys(one.measure for one in evaluated.money if one.unit not in ("%", "分")):
        parts = [value for (line, of), value in money.items() if of == measure and line != _SUM]
        whole = money.get((_SUM, measure))
        slack = sum(map(half_width, parts), Decimal(0)) + (half_width(whole) if whole is not None else 0)
        if whole is not None and parts and abs(sum(parts) - whole) > slack:
            yield said("money_fails", measure=measure, total=whole, sum=sum(parts))
    for line in dict.fromkeys(one.line for one in evaluated.money):
        planned, spent, rate = (money.get((line, measure)) for measure in ("全年预算数", "全年执行数", "执行率"))
        if planned and spent is not None and rate is not None:
            percent = spent / planned * 100
            if abs(percent - rate) > half_width(rate) + (half_width(spent) + half_width(planned)) / planned * 100:
                rates = {"percent": f"{percent:.2f}", "rate": rate}
                yield f"{line}: {said('rate_fails', spent=spent, planned=planned, **rates)}"
