"""What is unexplained at each node of money: what came in less what is said to have gone out, with its evidence.

A check has a left and a right side in yuan, the gap between them, the tolerance that the printed decimals allow (half a
printed unit for each amount), the year and type of the amounts on its left, and a verdict: `ok`, `rounding`,
`incomplete` where some of the money is not said to go anywhere, `violation` where more goes out than came in. Withheld
lines explain nothing. Rule `money_in_and_out` has one check for every allocation and carry-over (`bl:balanceOf`), also
where nothing is said to go out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Store, Triple

from kg import iris
from kg.links import Link, derived
from kg.origins import line_of
from kg.rdf import chinese, decimal, described, integer, plain
from kg.reading import Row, amount, grouped, node, number, places, read, text
from kg.reasons import reason
from ontology.divisions import LEVELS
from ontology.money import YUAN_PER_UNIT
from ontology.terms import BL, concept, label

# Document → its issuer and the level whose money it passes on.
About = dict[NamedNode, dict[NamedNode, NamedNode]]

_CARRY = ("carry-fiscal", "carry-non-fiscal")


def described_reconciliations(store: Store, links: Iterable[Link]) -> Iterator[Triple]:
    """The checks of every disclosure and flow where both sides are known."""
    known = derived(links)
    about: About = {}
    for link in known:
        if link.predicate in (BL.originLevel, BL.issuer):
            about.setdefault(link.subject, {})[link.predicate] = link.object
    flows = [uses[0] for uses in grouped(read(store, "amounts_of_flows"), "flow", "document").values()]
    lines = grouped(read(store, "revenue_lines"), "disclosure")
    for (disclosure,), rows in lines.items():
        printed = [uses[0] for uses in grouped(rows, "observation").values()]
        own = _once(
            [flow for flow in flows if flow["disclosure"] == disclosure and node(flow, "kind") != BL.OnwardGrant]
        )
        if isinstance(disclosure, NamedNode):
            transfers = [row for row in printed if _source(row) == "transfer"]
            upper = [flow for flow in own if node(flow, "kind") == BL.Allocation and _from_above(flow, about)]
            yield from _checked("transfers_by_document", disclosure, transfers, upper)
            carried = [row for row in printed if _source(row) in _CARRY]
            carry_overs = [flow for flow in own if node(flow, "kind") == BL.CarryOver]
            yield from _checked("carry_overs_by_name", disclosure, carried, carry_overs)
    yield from _onward(flows, known)


def _onward(flows: list[Row], links: Iterable[Link]) -> Iterator[Triple]:
    """Every allocation and carry-over against the sum of what it feeds; a grant has reached its end."""
    by_flow = {node(flow, "flow"): flow for flow in flows}
    below: dict[NamedNode, list[Row]] = {}
    for link in links:
        if link.predicate == BL.feeds and link.subject in by_flow and link.object in by_flow:
            below.setdefault(link.subject, []).append(by_flow[link.object])
    for flow, row in by_flow.items():
        if node(row, "kind") != BL.OnwardGrant:
            out = _once(below.get(flow, ()))
            yield from _checked("money_in_and_out", flow, [row], out)


def _checked(rule: str, subject: NamedNode, left: Sequence[Row], right: Sequence[Row]) -> Iterator[Triple]:
    if not left:
        return
    sums = [sum((amount(row, "amount") for row in rows), Decimal(0)) for rows in (left, right)]
    gap = sums[0] - sums[1]
    tolerance = sum((_half_width(row) for row in (*left, *right)), Decimal(0))
    why = reason(rule, left=plain(sums[0]), right=plain(sums[1]), gap=plain(gap))
    years = {text(row, "year") for row in left}
    checks = [subject, *(value for row in (*left, *right) if (value := _thing(row)) != subject)]
    yield from described(
        iris.thing("rec", rule, iris.digest(subject.value)[:16]),
        BL.Reconciliation,
        (BL.rule, Literal(rule)),
        (BL.balanceOf, subject),
        (BL.fiscalYear, integer(int(years.pop())) if len(years) == 1 and years != {""} else None),
        *((BL.amountType, value) for value in {node(row, "type") for row in left}),
        (BL.leftCNY, decimal(sums[0])),
        (BL.rightCNY, decimal(sums[1])),
        (BL.gapCNY, decimal(gap)),
        (BL.toleranceCNY, decimal(tolerance)),
        (BL.verdict, concept("verdict", _verdict(gap, tolerance))),
        (BL.rationale, chinese(why)),
        *((BL.checks, thing) for thing in checks),
        *((BL.evidence, place) for place in places([*left, *right])),
    )


def _verdict(gap: Decimal, tolerance: Decimal) -> str:
    if gap == 0:
        return "ok"
    return "rounding" if abs(gap) <= tolerance else "incomplete" if gap > 0 else "violation"


def _half_width(row: Row) -> Decimal:
    """Half a printed unit of an amount, in yuan."""
    return YUAN_PER_UNIT[label(node(row, "unit")) or ""] * Decimal(5).scaleb(-number(row, "decimals") - 1)


def _from_above(flow: Row, about: About) -> bool:
    """Whether the document of a flow passes on money of a level above the body, or is of an issuer above it."""
    own = line_of(iris.division_code(node(flow, "body")))
    known = about.get(node(flow, "document"), {}) if "document" in flow else {}
    level = known[BL.originLevel].value.rpartition("/")[2] if BL.originLevel in known else None
    issuer = iris.division_code(known[BL.issuer]) if BL.issuer in known else None
    higher = bool(own) and level is not None and LEVELS.index(level) < LEVELS.index(own[0].level)
    return higher or issuer in {division.code for division in own[1:]}


def _once(flows: Iterable[Row]) -> list[Row]:
    """The flows, each once, whatever number of documents it names."""
    found: Mapping[NamedNode, Row] = {node(flow, "flow"): flow for flow in flows}
    return list(found.values())


def _source(row: Row) -> str:
    return text(row, "source").rpartition("/")[2]


def _thing(row: Row) -> NamedNode:
    return node(row, "flow") if "flow" in row else node(row, "observation")
