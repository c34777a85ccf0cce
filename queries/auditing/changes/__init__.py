"""Rules on changes since last year and since the budget, and on the reasons that are given for them."""

from queries.auditing.changes import causes, explained, last_year, named, reasons

RULES = {
    "R11_last_year": last_year.differences,
    "R11_percent": last_year.percents,
    "R11_points": last_year.points,
    "R12_base": last_year.bases,
    "R12_zero_base": last_year.on_nothing,
    "R13_share": last_year.shares,
    "R14_one_amount": named.one_amount,
    "R15_cut": named.cuts,
    "R15_net": named.net,
    "R15_reasons": named.beyond,
    "R16_cause": causes.unmoved,
    "R23_direction": causes.staff,
    "R23_reasons": reasons.staff,
    "R24_project_name": reasons.project_names,
    "S37_withheld": causes.withheld,
    "W01_compared": explained.compared_words,
    "W01_direction": last_year.directions,
    "W02_blank": last_year.blanks,
    "W03_transfer_reason": reasons.transfers,
    "W06_reason_of_another": reasons.of_another,
    "W07_carry_over_reason": reasons.carry_overs,
    "W08_finished": reasons.finished,
    "W09_cause": causes.too_small,
    "W09_no_change": reasons.no_change,
    "W09_reason_direction": reasons.directions,
    "W10_other": reasons.left_out,
    "W10_totals": reasons.totals,
    "W10_repeated": explained.repeating,
    "W10_unexplained": reasons.unexplained,
    "W10_vague": explained.vague,
    "W11_basic": reasons.left_in_basic,
    "W11_discontinued": reasons.discontinued,
}
"""The function of each rule."""
