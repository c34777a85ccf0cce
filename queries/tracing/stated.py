"""What of a row of the graph a hop says: its amount as printed, its places, the grade and reason of a conclusion."""

from functools import lru_cache
from typing import Any, cast

from ontology.document_number import canonical
from ontology.text import key
from queries.reading import Row, text
from queries.tracing.answer import Grade
from queries.tracing.gathering import Gathered


def basis_of(claim: Row | None) -> dict[str, Any]:
    """The grade, rule and reason of a claim; what no rule concluded is stated."""
    if claim is None:
        return {"grade": "stated", "rule": None, "why": None}
    return {"grade": cast(Grade, claim["grade"]), "rule": text(claim["rule"]), "why": text(claim["why"])}


def printed_at(found: Gathered, *nodes: str | None) -> dict[str, Any]:
    return {"evidence": found.places.evidence(*nodes), "more_places": found.places.left_out(*nodes)}


def said_at(found: Gathered, node: str, words: str) -> dict[str, Any]:
    """Where words about a node are printed: the places of the node that quote them, else all of its places."""
    quoted = _comparable(words)
    quoting = tuple(place for place in found.places.evidence(node) if quoted in _comparable(place.words))
    return {"evidence": quoting, "more_places": 0} if quoting else printed_at(found, node)


@lru_cache(4096)
def _comparable(words: str) -> str:
    """Words with their document numbers in one form and without what prints differ in."""
    return key(canonical(words))


def with_unit(found: Gathered, row: Row) -> str | None:
    """The amount as printed, with its unit."""
    unit = found.labels.get(str(row["statedUnit"]), "")
    return f"{row['printedAmount']} {unit}".strip() if row["printedAmount"] else None
