"""Rules on tables: what the reader found in them, the codes and names of subjects, the overview."""

from queries.auditing.tables import appropriations, codes, other_subjects, overview, paths, readings, subjects, units

RULES = {
    "R01_misplaced": readings.misplaced,
    "R02_appropriations": appropriations.spent,
    "R02_names": overview.categories,
    "R02_sources": overview.sources,
    "R03_unit": units.misprinted,
    "R05_overview": overview.sums,
    "R05_printed": readings.sums,
    "R05_row": readings.rows,
    "R11_executed": subjects.executed,
    "R14_twice": subjects.amounts,
    "R22_row_twice": readings.twice,
    "R24_body_over_table": readings.bodies,
    "R24_cited_title": readings.cited_titles,
    "R24_code": codes.misnamed_codes,
    "R24_former_name": paths.former,
    "R24_level": paths.levels,
    "R24_listed_title": readings.listed_titles,
    "R24_misnamed_row": readings.misnamed_rows,
    "R24_misprint": readings.misprints,
    "R24_overview": overview.names,
    "R24_path": paths.paths,
    "R24_printed_names": subjects.printed_names,
    "R24_subject": subjects.names,
    "R24_table_title": readings.titles,
    "S28_listed_order": readings.listed_order,
    "S28_listed_section": readings.unheaded_entries,
    "S28_table_number": readings.table_numbers,
    "W04_heading_year": readings.years,
    "W06_wrong_subject": other_subjects.purposes,
    "W21_kind": subjects.kinds,
    "W22_kind_of_subject": subjects.kinds_of_subjects,
}
"""The function of each rule."""
