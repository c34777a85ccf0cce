"""caimai (财脉): Chinese budget disclosures in, a traced grant out."""
