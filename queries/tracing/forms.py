"""Performance forms of projects and the indicators on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from queries.reading import Grouped, Reader, Row

_MOST = 24  # indicators of all forms together that are told in full
_BRIEFLY = 3  # indicators of a form where there are more


@dataclass(frozen=True, slots=True)
class Forms:
    """Forms by project, indicators by form; `more` counts the indicators of a form that are not among them.

    `outcomes` are what self-evaluations say came of indicators, by the indicator; `evaluations` are those of the forms,
    by the form, and `spent` is the money of these, by the self-evaluation.
    """

    of: Grouped
    indicators: Grouped
    more: Mapping[str, int]
    outcomes: Grouped
    evaluations: Grouped
    spent: Grouped


def forms_of(reader: Reader, projects: Iterable[str], only: frozenset[str], *, briefly: bool) -> Forms:
    """The forms of projects with their indicators: those in `only`, all where it is empty.

    Where not all is wanted and there are very many, the first few of each form are read.
    """
    return _with_indicators(reader, reader.grouped("targets_of_project", "project", projects), only, briefly=briefly)


def forms_alone(reader: Reader, forms: Iterable[str], only: frozenset[str], *, briefly: bool) -> Forms:
    """Forms that are about no project, each by itself, with their indicators as `forms_of` gives them."""
    return _with_indicators(reader, reader.grouped("form", "target", forms), only, briefly=briefly)


def _with_indicators(reader: Reader, forms: Grouped, only: frozenset[str], *, briefly: bool) -> Forms:
    targets = [str(row["target"]) for rows in forms.values() for row in rows]
    on = reader.found("indicators_of_target", targets)
    few = briefly and not only and sum(map(len, on.values())) > _MOST
    read = {target: found[:_BRIEFLY] if few else found for target, found in on.items()}
    of = {indicator: target for target, found in read.items() for indicator in found}
    shown = {indicator: target for indicator, target in of.items() if not only or indicator in only}
    found: dict[str, list[Row]] = {}
    for row in reader.described("indicator", shown):
        if row["indicatorName"]:
            found.setdefault(shown[str(row["indicator"])], []).append(row)
    more = {target: len(on[target]) - len(found.get(target, ())) for target in on}
    outcomes = reader.grouped("outcomes_of_indicator", "indicator", shown) if shown else {}
    evaluations = reader.grouped("evaluations_of_form", "target", targets) if targets else {}
    scored = [str(row["evaluation"]) for rows in evaluations.values() for row in rows]
    spent = reader.grouped("spent_of_evaluation", "evaluation", scored) if scored else {}
    return Forms(forms, found, more, outcomes, evaluations, spent)
