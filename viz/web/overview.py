"""What is in a graph at a glance: kinds of things, bodies, years, money by level and type; types are never added."""

from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from ontology.terms import ONT
from queries.page_rows import rows

STARTS = ("document", "programme", "body")
"""The kinds of things to begin with, each by `queries/pages/start_KIND.rq`."""


def overview(store: ox.Store) -> Mapping[str, Any]:
    """Counts by class, disclosures by body and year, each once, money by origin level and type, good things to begin
    with, as JSON values.
    """
    disclosed = [
        {name: row[name] for name in ("disclosure", "body", "year", "phase", "file", "name")}
        for row in reversed({row["disclosure"]: row for row in reversed(rows(store, "disclosures"))}.values())
    ]
    money = [
        {
            "origin": row["origin"],
            "kind": row["kind"],
            "year": row["year"],
            "yuan": str(row["sum"]),
            "count": row["count"],
        }
        for row in rows(store, "money_by_level")
    ]
    counts = {str(row["type"]).removeprefix(ONT): row["count"] for row in rows(store, "counts")}
    starts = {kind: [str(row["thing"]) for row in rows(store, f"start_{kind}")] for kind in STARTS}
    return {"quads": len(store), "counts": counts, "disclosures": disclosed, "money": money, "starts": starts}
