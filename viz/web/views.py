"""The order in which disclosures print their tables, by which pages list them."""

from collections.abc import Iterable

from ontology.terms import CODE

_PRINTED = (
    "revenue_expenditure_overview", "revenue", "expenditure", "fiscal_appropriation_overview",
    "fiscal_appropriation_expenditure", "fiscal_appropriation_basic", "fiscal_appropriation_economic",
    "general_budget_expenditure", "general_budget_economic", "general_budget_basic", "general_budget_project",
    "government_fund", "state_capital", "three_public",
    "operating_expenses", "commissioned_services", "government_procurement", "carryover",
)  # fmt: skip


def is_table(view: str) -> bool:
    """Whether a view is a table rather than a passage of the text."""
    return not view.removeprefix(f"{CODE}view/").startswith("narrative")


def in_print_order(views: Iterable[str]) -> list[str]:
    """The views in the order of the printed forms, those of no form after them by their IRIs."""
    ranks = {f"{CODE}view/{name}": rank for rank, name in enumerate(_PRINTED)}
    return sorted(set(views), key=lambda view: (ranks.get(view, len(ranks)), view))
