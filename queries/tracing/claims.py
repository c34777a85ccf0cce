"""Relations that rules conclude: those that stand, and candidates."""

from collections.abc import Iterable, Iterator

from ontology.terms import BL
from queries.reading import Grouped, Reader, Row, code_of, grouped

ACROSS = {BL.continues.value: "continues", BL.succeeds.value: "succeeds"}
UPSTREAM = {
    BL.originLevel.value: "origin",
    BL.relayedFor.value: "relay",
    BL.issuer.value: "issue",
    BL.programme.value: "programme",
}


def claims_of(reader: Reader, things: Iterable[str]) -> Grouped:
    """What rules conclude about things, by the thing: columns subject, predicate, object, claim, rule, grade, why."""
    return grouped(sorted(_claims(reader.described("claims_from", things)), key=_order), "subject")


def candidates_of(reader: Reader, things: Iterable[str]) -> list[Row]:
    """Candidates from or to things that nobody has decided about, each once; columns as those of claims."""
    rows = _claims(reader.described("candidates_of", things))
    found = {str(row["claim"]): row for row in rows if row["grade"] == "candidate"}
    return sorted(found.values(), key=_order)


def _claims(rows: Iterable[Row]) -> Iterator[Row]:
    """The claims that are not rejected; an accepted candidate counts as derived."""
    for row in rows:
        if code_of(row["reviewState"]) != "rejected":
            yield {
                "subject": row.get("subject") or row["linkSubject"],
                "predicate": row["linkPredicate"],
                "object": row["linkObject"],
                "claim": row["claim"],
                "rule": row["rule"],
                "grade": "derived" if row["reviewState"] else code_of(row["grade"]),
                "why": row["rationale"],
            }


def _order(row: Row) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in ("subject", "predicate", "object", "claim"))
