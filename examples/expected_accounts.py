"""The facts that must come out of the made final accounts again, written from their data as `expected` does."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from examples.accounts import Evaluation as Form
from examples.accounts import load
from examples.accounts_pages import review
from examples.expected import cells_of, target_of
from examples.fact import Cell, Evaluation, EvaluationMoney, Outcome
from examples.source import Table

_MEASURES = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
_UNITS = {"分值": "分", "得分": "分", "执行率": "%"}
_LINES = {"年度资金总额": "合计", "其中：当年财政拨款": "财政拨款", "上年结转资金": "上年结转", "其他资金": "其他资金"}
_REVIEWED = {"全年预算数": "全年预算数", "执行数": "全年执行数", "完成预算的": "执行率"}


def expected_cells(source: Path) -> Counter[Cell]:
    """Every figure of every table; in that of 三公 the columns say what is spent on."""
    return Counter(cell for table in load(source).tables for cell in _cells(table))


def expected_evaluations(source: Path) -> Counter[Evaluation]:
    """The head of every self-evaluation, and what the running text says of those of projects."""
    forms = load(source).evaluations
    heads = [
        Evaluation(one.scope, one.project, one.goal, one.outcome, Decimal(one.weight), Decimal(one.score), None)
        for one in forms
    ]
    told = [
        Evaluation(one.scope, one.project, None, None, None, Decimal(one.score), _rating(one))
        for one in forms
        if one.project
    ]
    return Counter(heads + told)


def expected_evaluation_money(source: Path) -> Counter[EvaluationMoney]:
    """Every figure of the money of the self-evaluations, in the forms and in the running text."""
    return Counter(figure for one in load(source).evaluations for figure in (*_money(one), *_money_in_text(one)))


def expected_outcomes(source: Path) -> Counter[Outcome]:
    """Every indicator of every self-evaluation."""
    return Counter(outcome for one in load(source).evaluations for outcome in _outcomes(one))


def _cells(table: Table) -> Iterator[Cell]:
    if table.id != "three_public":
        yield from cells_of(table)
        return
    for row in table.rows:
        for column, text in zip(table.columns, row, strict=True):
            item, _, kind = column.partition(".")
            yield Cell(table.id, None, None, item, None, kind, Decimal(text.replace(",", "")))


def _rating(one: Form) -> str:
    found = re.search("自评等级为“(.)”", review(1, one))
    assert found, "every review gives a rating"
    return found[1]


def _money(one: Form) -> Iterator[EvaluationMoney]:
    for line, *figures in one.money:
        for measure, text in zip(_MEASURES, figures, strict=True):
            if text != "—":
                unit = _UNITS.get(measure, "万元")
                yield EvaluationMoney(one.scope, one.project, _LINES[line], measure, _number(text), unit)


def _money_in_text(one: Form) -> Iterator[EvaluationMoney]:
    for words, measure in _REVIEWED.items() if one.project else ():
        found = re.search(rf"[，。]{words}为?([\d,.]+)", review(1, one))
        assert found, "every review gives the money"
        unit = _UNITS.get(measure, "万元")
        yield EvaluationMoney(one.scope, one.project, "合计", measure, _number(found[1]), unit)


def _outcomes(one: Form) -> Iterator[Outcome]:
    above: tuple[str, ...] = ()
    for row in one.indicators:
        level1, level2, *rest = (above[at] if text == "^" else text for at, text in enumerate(row))
        above = (level1, level2)
        level3, target, actual, weight, score, why = rest
        op, value, measured, date = target_of(target)
        _, number, unit, _ = target_of(actual)
        yield Outcome(
            one.scope, one.project, level1, level2, level3, op, value, measured, date, target,
            actual, number, unit, Decimal(weight), Decimal(score), why or None,
        )  # fmt: skip


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "").removesuffix("%"))
