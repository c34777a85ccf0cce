"""Rules on wording: names, years, numbers of documents and sections, signs, traces of the template."""

from queries.auditing.wording import bodies, citations, phrases, presence, signs, slips, years

RULES = {
    "R10_vehicles": presence.vehicles,
    "R24_body_name": bodies.body_names,
    "R24_body_slip": bodies.body_slips,
    "R24_future": citations.future,
    "R24_issuer": citations.issuers,
    "R24_other_body": bodies.other_bodies,
    "R24_titled_year": citations.titled_years,
    "R24_year": citations.years,
    "S24_money_unit": presence.units,
    "S24_percent": signs.shares_without_sign,
    "S24_ten_thousand": signs.ten_thousand_left_out,
    "S25_empty_table": presence.empty_tables,
    "S28_misnumbered": presence.misnumbered,
    "S28_numbered": presence.numbered,
    "S28_procurement": presence.procurement_details,
    "S28_sections": presence.sections,
    "S29_told_parts": signs.told_parts,
    "W04_assets_day": years.assets_day,
    "W04_compared_year": years.compared_years,
    "W04_year": years.years,
    "W14_level": presence.levels,
    "W15_copied_note": presence.copied_notes,
    "W16_replaced": slips.replaced,
    "W17_doubled": slips.doubled,
    "W18_government": slips.government,
    "W19_instruction": slips.instructions,
    "W20_wrong_side": slips.wrong_side,
    "W23_phase": phrases.phases_of_headings,
    "W23_total_phase": phrases.phases,
    "W24_pairs": signs.unpaired,
    "W25_punctuation": phrases.punctuation,
    "W26_negative": phrases.negatives,
}
"""The function of each rule."""
