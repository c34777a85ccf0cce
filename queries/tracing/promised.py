"""The hops of performance forms: what was promised for the money, of projects and of whole bodies."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from kg.places import Evidence
from kg.rdf import plain
from ontology.terms import BL
from queries.answers import Value
from queries.reading import Row, integer, text
from queries.tracing.answer import Hop
from queries.tracing.gathering import Gathered
from queries.tracing.stated import basis_of, printed_at, with_unit

_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def targets(found: Gathered, project: str) -> Iterator[Hop]:
    """The performance forms of a project, each followed by its score, what was spent and its indicators, these by what
    came of them.
    """
    name = found.money.projects[project].name
    for row in found.forms.of.get(project, ()):
        form = str(row["target"])
        claim = next((c for c in found.claims.get(form, ()) if c["predicate"] == BL.targetOf.value), None)
        yield replace(_form(found, row), source=name, source_iri=project, project=name, **basis_of(claim))
        yield from _evaluations(found, row, source=name, source_iri=project, project=name)
        for indicator in found.forms.indicators.get(form, ()):
            yield from _indicator(found, indicator, row, name)


def promises(found: Gathered) -> Iterator[Hop]:
    """The performance forms that are about no project of a budget, the newest first, each with its indicators.

    The source is the body, the project the one that the form names, if it is not of the whole body.
    """
    forms = [row for rows in found.alone.of.values() for row in rows]
    for row in sorted(forms, key=lambda row: (-(integer(row["fiscalYear"]) or 0), str(row["target"]))):
        body, name = row["agency"], text(row["projectName"])
        whose: dict[str, Any] = {"source": found.label(body), "source_iri": str(body), "project": name}
        yield replace(_form(found, row), **whose)
        yield from _evaluations(found, row, **whose)
        for indicator in found.alone.indicators.get(str(row["target"]), ()):
            yield from (replace(hop, project=name) for hop in _indicator(found, indicator, row, name or ""))


def _form(found: Gathered, row: Row) -> Hop:
    """A form with its money and goal, from nobody yet."""
    total = row["targetTotalCNY"]
    return Hop(
        relation="target",
        source="",
        target=text(row["goalText"]) or "",
        year=integer(row["fiscalYear"]),
        amount=total if isinstance(total, Decimal) else None,
        amount_type="performance-form",
        nodes=(str(row["target"]),),
        **_money_at(found, row),
    )


def _indicator(found: Gathered, row: Row, form: Row, name: str) -> Iterator[Hop]:
    """An indicator with its target, and what self-evaluations say was achieved."""
    hop = _promise(found, row, form, name)
    yield hop
    forms = found.forms if row["indicator"] in found.forms.outcomes else found.alone
    yield from (
        _outcome(found, came, hop) for came in forms.outcomes.get(str(row["indicator"]), ()) if came["achieved"]
    )


def _evaluations(found: Gathered, form: Row, **whose: Any) -> Iterator[Hop]:
    """What self-evaluations say of a form as a whole: the score and what came of its goal, what was spent.

    Where several do, those that say what came of the goal: running text repeats the score.
    """
    forms = found.forms if form["target"] in found.forms.evaluations else found.alone
    rows = forms.evaluations.get(str(form["target"]), ())
    year = integer(form["fiscalYear"])
    for row in [row for row in rows if row["goalOutcome"]] or rows:
        node, score = str(row["evaluation"]), row["selfScore"]
        basis = basis_of({"grade": "derived", "rule": "evaluation_by_name", "why": row["why"]})
        scored = f"{plain(score)} 分" if isinstance(score, Decimal) else None
        came = text(row["goalOutcome"]) or ""
        hop = Hop("evaluation", target=came, year=year, printed=scored, nodes=(node,), **whose, **basis)
        yield replace(hop, **printed_at(found, node))
        yield from (_spent(found, money, hop) for money in forms.spent.get(node, ()))


def _spent(found: Gathered, row: Row, evaluation: Hop) -> Hop:
    """What was spent; the target is the budget of the year that it was spent of."""
    at, spent = printed_at(found, str(row["money"])), row["yearSpentCNY"]
    return replace(
        evaluation,
        relation="execution",
        target=_as_printed(row["yearBudgetCNY"], at["evidence"]) or "",
        amount=spent if isinstance(spent, Decimal) else None,
        amount_type="executed",
        printed=_as_printed(spent, at["evidence"]),
        nodes=(str(row["money"]),),
        **at,
    )


def _as_printed(amount: Value, places: Iterable[Evidence]) -> str | None:
    """An amount of yuan with its unit, as one of the places prints it; exact in 万元 where none does."""
    if not isinstance(amount, Decimal):
        return None
    figures = [figure for place in places for figure in _FIGURE.findall(place.words)]
    for unit, factor in (("万元", 10000), ("元", 1)):
        for figure in figures:
            if Decimal(figure.replace(",", "")) * factor == amount:
                return f"{figure} {unit}"
    return f"{plain(amount / 10000)} 万元"


def _outcome(found: Gathered, row: Row, promise: Hop) -> Hop:
    node, score = str(row["outcome"]), row["outcomeScore"]
    return replace(
        promise,
        relation="outcome",
        source=promise.target,
        source_iri=promise.target_iri,
        target=str(row["achieved"]),
        target_iri="",
        printed=f"{plain(score)} 分" if isinstance(score, Decimal) else None,
        nodes=(node,),
        **basis_of({"grade": "derived", "rule": "outcome_by_name", "why": row["why"]}),
        **printed_at(found, node),
    )


def _promise(found: Gathered, row: Row, form: Row, name: str) -> Hop:
    levels = (row["indicatorLevel1"], row["indicatorLevel2"])
    node = str(row["indicator"])
    return Hop(
        relation="indicator",
        source=" / ".join(found.labels[str(level)] for level in levels if str(level) in found.labels),
        target=str(row["indicatorName"]),
        year=integer(form["fiscalYear"]),
        project=name,
        printed=text(row["verbatim"]),
        nodes=(node,),
        target_iri=node,
        **printed_at(found, node),
    )


def _money_at(found: Gathered, row: Row) -> dict[str, Any]:
    """Where a form is printed, and its amount as it stands there: facts have no separators of thousands."""
    at = printed_at(found, str(row["target"]))
    figures = (figure for place in at["evidence"] for figure in _FIGURE.findall(place.words))
    same = next((figure for figure in figures if figure.replace(",", "") == row["printedAmount"]), None)
    return at | {"printed": with_unit(found, {**row, "printedAmount": same} if same else row)}
