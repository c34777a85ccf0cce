"""The rules of words: which function carries out which rule of `checks/rules.toml`."""

from collections.abc import Callable, Iterator, Mapping

from queries import audit_changes, audit_costs, audit_forms, audit_prose
from queries.audit_book import Book
from queries.audit_rules import Rule
from queries.audit_signal import Signal

WORDED: Mapping[str, Callable[[Rule, Book], Iterator[Signal]]] = {
    "R09_yearly": audit_forms.yearly,
    "R11_percent": audit_changes.percents,
    "R12_base": audit_changes.bases,
    "R13_share": audit_changes.shares,
    "R19_cost": audit_costs.costs,
    "R21_goal_counts": audit_forms.goal_counts,
    "R21_goal_total": audit_forms.goal_totals,
    "R21_items": audit_forms.items,
    "R21_uses": audit_forms.uses,
    "R22_projects": audit_prose.project_counts,
    "R24_body_name": audit_prose.body_names,
    "R25_items": audit_prose.listed_items,
    "W01_direction": audit_changes.directions,
    "W02_blank": audit_changes.blanks,
    "W03_transfer_reason": audit_changes.transfer_reasons,
    "W04_year": audit_prose.years,
}
