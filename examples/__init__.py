"""Five real disclosures typeset anew: their data, the typesetter and the facts that must come out of them again."""
