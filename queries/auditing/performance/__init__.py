"""Rules on projects and their performance forms: uses of money, goals, costs, quantities, policy bases."""

from queries.auditing.performance import basis, costs, forms, goals, naming, neighbours, prices, quantities, recipients

RULES = {
    "R09_yearly": forms.yearly,
    "R19_cost": costs.costs,
    "R21_by_kind": prices.kinds,
    "R21_goal_counts": quantities.goal_counts,
    "R21_goal_total": forms.goal_totals,
    "R21_goal_twice": quantities.repeated,
    "R21_items": forms.items,
    "R21_product": prices.products,
    "R21_uses": forms.uses,
    "R22_count_in_name": naming.counted_names,
    "R24_copied_text": naming.copies,
    "R24_one_name": naming.labels,
    "R24_creditor": recipients.creditors,
    "R24_recipient": recipients.recipients,
    "R24_batch": naming.batches,
    "R24_ordinal": naming.ordinals,
    "R24_described": forms.described,
    "R25_carry_over": goals.carried_names,
    "S16_rate": quantities.rates,
    "S24_unit_name": quantities.units,
    "S31_no_goals": goals.without,
    "W12_basis_itself": basis.circular,
    "W12_basis_shared": basis.shared,
    "W12_basis_stale": basis.stale,
    "W12_basis_twice": basis.twice,
    "W12_copied_use": goals.copied_use,
    "W12_named_purpose": goals.named_purpose,
    "W12_of_another": neighbours.of_another,
}
"""The function of each rule."""
