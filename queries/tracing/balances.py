"""What arrived at the nodes of a trace, what left them, what is unexplained."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from queries.reading import code_of
from queries.tracing.answer import Balance, Hop
from queries.tracing.gathering import Gathered


def of_project(
    project: str, name: str, money: Iterable[Hop], uses: Iterable[Hop], grants: Iterable[Hop]
) -> list[Balance]:
    """A project's budget of the year against its economic use and against what it hands to named recipients.

    Only budgeted amounts are compared: what is carried over has no economic use printed beside it.
    """
    arrived = _sum(hop for hop in money if hop.amount_type == "budgeted")
    if not arrived:
        return []
    sides = (("uses", _sum(uses)), ("grants", _sum(grants)))
    return [
        Balance(name, rule, arrived, left, arrived - left, _verdict(arrived - left), iri=project)
        for rule, left in sides
        if left
    ]


def checked(found: Gathered, flows: Iterable[str], disclosures: Iterable[str]) -> Iterator[Balance]:
    """The checks of the graph that concern flows or disclosures, each once.

    A check of a whole disclosure is about that, not about each of the flows in it.
    """
    whole = {str(row["check"]) for thing in disclosures for row in found.checks.get(thing, ())}
    yield from _checks(found, flows, but_for=whole)
    yield from _checks(found, disclosures, but_for=set())


def _checks(found: Gathered, things: Iterable[str], but_for: set[str]) -> Iterator[Balance]:
    seen = set(but_for)
    for thing in things:
        for row in found.checks.get(thing, ()):
            check = str(row["check"])
            if check in seen:
                continue
            seen.add(check)
            arrived, left, gap = (row[side] for side in ("leftCNY", "rightCNY", "gapCNY"))
            if isinstance(arrived, Decimal) and isinstance(left, Decimal) and isinstance(gap, Decimal):
                why = str(row["rationale"]) if row["rationale"] else None
                verdict = code_of(row["verdict"]) or ""
                yield Balance(found.label(thing), str(row["rule"]), arrived, left, gap, verdict, why, check)


def _sum(hops: Iterable[Hop]) -> Decimal:
    return sum((hop.amount for hop in hops if hop.amount is not None), Decimal(0))


def _verdict(gap: Decimal) -> str:
    return "ok" if gap == 0 else "incomplete" if gap > 0 else "violation"
