"""The rules of words: which function carries out which rule of `checks/rules.toml`."""

from collections.abc import Callable, Iterator, Mapping

from queries import audit_basis, audit_changes, audit_claims, audit_costs, audit_counts, audit_forms, audit_lists, audit_prose, audit_reasons, audit_shares, audit_subjects
from queries.audit_book import Book
from queries.audit_rules import Rule
from queries.audit_signal import Signal

WORDED: Mapping[str, Callable[[Rule, Book], Iterator[Signal]]] = {
    "R09_yearly": audit_forms.yearly,
    "R11_percent": audit_changes.percents,
    "R12_base": audit_changes.bases,
    "R13_share": audit_changes.shares,
    "R14_categories": audit_claims.categories,
    "R14_totals": audit_claims.totals,
    "R19_cost": audit_costs.costs,
    "R21_goal_counts": audit_forms.goal_counts,
    "R21_goal_total": audit_forms.goal_totals,
    "R21_items": audit_forms.items,
    "R21_uses": audit_forms.uses,
    "R25_sources": audit_lists.sources,
    "R25_categories": audit_lists.categories,
    "R25_basic": audit_lists.basic_items,
    "R25_projects": audit_lists.projects,
    "R22_counted": audit_lists.counted,
    "R22_repeated": audit_lists.repeated,
    "R24_subject": audit_subjects.names,
    "R24_path": audit_subjects.paths,
    "R24_level": audit_subjects.levels,
    "W06_wrong_subject": audit_subjects.purposes,
    "R14_twice": audit_subjects.amounts,
    "R11_executed": audit_subjects.executed,
    "W07_carry_over_reason": audit_reasons.carry_overs,
    "W08_finished": audit_reasons.finished,
    "W09_reason_direction": audit_reasons.directions,
    "W10_unexplained": audit_reasons.unexplained,
    "W11_discontinued": audit_reasons.discontinued,
    "R23_reasons": audit_reasons.staff,
    "R24_project_name": audit_reasons.project_names,
    "W12_basis_twice": audit_basis.twice,
    "W12_basis_itself": audit_basis.circular,
    "W12_basis_stale": audit_basis.stale,
    "W12_basis_shared": audit_basis.shared,
    "R22_amounts": audit_counts.project_amounts,
    "R22_statements": audit_counts.project_statements,
    "R20_parts": audit_counts.parts,
    "R23_indicator": audit_counts.office_staff,
    "W13_subordinates": audit_counts.subordinates,
    "R13_parts": audit_shares.shares,
    "R22_projects": audit_prose.project_counts,
    "R24_body_name": audit_prose.body_names,
    "R25_items": audit_prose.listed_items,
    "W01_direction": audit_changes.directions,
    "W02_blank": audit_changes.blanks,
    "W03_transfer_reason": audit_reasons.transfers,
    "W04_year": audit_prose.years,
}
