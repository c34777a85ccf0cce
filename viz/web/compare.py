"""Two bodies, or two years, side by side: money by function and source, targets; what is new, gone, the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ontology.text import key
from queries.page_rows import Row
from viz.cards import in_yuan
from viz.web.asking import Asked, money
from viz.web.context import Context
from viz.web.dossier import Money, Place, Ref
from viz.web.pages import opened, page
from viz.web.parts import by_node
from viz.web.search_index import about, index_file
from viz.web.words import language


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a body in a year."""

    body: str
    year: int


@dataclass(frozen=True, slots=True)
class Line:
    """One thing on both sides: values as printed, their difference in 万元, the places, and what became of it."""

    name: str
    iri: str | None
    left: Money | str | None
    right: Money | str | None
    change: str
    state: str
    left_nodes: tuple[str, ...] = ()
    right_nodes: tuple[str, ...] = ()


def routes(_: Context) -> Sequence[BaseRoute]:
    """The comparison."""
    return [Route("/compare", _compare)]


def _compare(request: Request) -> Response:
    """`a`, `b` are bodies, `ya`, `yb` years; what is not said is the body itself and its latest years."""
    asked = Asked(opened(request), language(request))
    held = _held(asked)
    if not held:
        return page(request, "compare.html", choice=[], sides=None, tables=[])
    left, right = _sides(request.query_params, held)
    choice = [(Ref(body, asked.name(body)), years) for body, years in held.items()]
    tables = [
        ("functions", _aligned(_functions(asked, left), _functions(asked, right))),
        ("sources", _aligned(_totals(asked, left, "revenue"), _totals(asked, right, "revenue"))),
        ("kinds", _aligned(_totals(asked, left, "expenditure"), _totals(asked, right, "expenditure"))),
        ("projects", _aligned(_projects(asked, left), _projects(asked, right))),
        ("indicators", _aligned(_indicators(asked, left), _indicators(asked, right))),
    ]
    sides = [(Ref(side.body, asked.name(side.body)), side.year) for side in (left, right)]
    told = [
        (name, [(line, asked.places(*line.left_nodes)[:2], asked.places(*line.right_nodes)[:2]) for line in lines])
        for name, lines in tables
        if lines
    ]
    renamed = left.body != right.body and _follows(asked, left.body, right.body)
    return page(request, "compare.html", choice=choice, sides=sides, tables=told, renamed=renamed)


def _with_places(asked: Asked, line: Line) -> tuple[Line, tuple[Place, ...], tuple[Place, ...]]:
    return line, asked.places(*line.left_nodes), asked.places(*line.right_nodes)


def _held(asked: Asked) -> dict[str, list[int]]:
    """The bodies that disclose, by name, with their years."""
    rows = about(index_file(asked.opened))["disclosures"]
    found: dict[str, set[int]] = {}
    for row in rows:
        if row["year"]:
            found.setdefault(str(row["body"]), set()).add(int(row["year"]))
    return {body: sorted(found[body]) for body in sorted(found, key=asked.name)}


def _sides(query: Mapping[str, str], held: Mapping[str, Sequence[int]]) -> tuple[Side, Side]:
    """The two sides that are asked for. Raises HTTPException for a body that discloses nothing."""
    first = query.get("a") or next(iter(held))
    second = query.get("b") or first
    if first not in held or second not in held:
        raise HTTPException(404)
    right = _year(query.get("yb"), held[second], held[second][-1])
    default = held[first][-1]
    if first == second and default == right and len(held[first]) > 1:
        default = held[first][-2]
    return Side(first, _year(query.get("ya"), held[first], default)), Side(second, right)


def _year(asked: str | None, held: Sequence[int], default: int) -> int:
    return int(asked) if asked and asked.isdecimal() and len(asked) == 4 and int(asked) in held else default


Found = dict[str, tuple[str, str | None, Money | str | None, tuple[str, ...]]]


def _functions(asked: Asked, side: Side) -> Found:
    found: Found = {}
    for row in by_node(asked.rows("functions_of_body", body=side.body, year=side.year)):
        digits = str(row["code"]).rpartition("/")[2].partition("~")[0]
        found.setdefault(
            digits, (f"{digits} {asked.name(str(row['code']))}", str(row["code"]), money(row), (str(row["node"]),))
        )
    return dict(sorted(found.items()))


def _totals(asked: Asked, side: Side, view: str) -> Found:
    found: Found = {}
    for row in by_node(asked.rows("totals_of_body", body=side.body)):
        if row["year"] != side.year or not str(row["view"]).endswith(f"/{view}"):
            continue
        part = row["source"] if view == "revenue" else row["kind"]
        total = str(row["role"]).endswith("col-total")
        name = asked.say("body.total") if total else asked.name(str(part)) if part else str(row["column"] or "")
        found.setdefault(("" if total else "1") + name, (name, None, money(row), (str(row["node"]),)))
    return dict(sorted(found.items()))


def _projects(asked: Asked, side: Side) -> Found:
    lines: dict[str, Row] = {}
    for row in asked.rows("lines_of_body", body=side.body):
        lines.setdefault(str(row["project"]), row)
    found: Found = {}
    for row in asked.rows("projects_of_body", body=side.body):
        if row["year"] == side.year:
            node = str(row["node"])
            line = lines.get(node)
            amount = money(line) if line else None
            found.setdefault(key(str(row["name"])), (str(row["name"]), node, amount or "✓", (node,)))
    return found


def _indicators(asked: Asked, side: Side) -> Found:
    found: Found = {}
    for row in asked.rows("indicators_of_body", body=side.body, year=side.year):
        words = str(row["words"] or "")
        name = str(row["name"])
        found.setdefault(key(name), (name, str(row["node"]), words, (str(row["node"]),)))
    return found


def _aligned(left: Found, right: Found) -> list[Line]:
    """What both sides have beside each other, in order of the keys; only on the right is new, only on the left gone."""
    lines = []
    for name in sorted({*left, *right}):
        one, other = left.get(name), right.get(name)
        known = other or one
        assert known is not None
        before, after = one[2] if one else None, other[2] if other else None
        lines.append(
            Line(
                known[0], known[1], before, after, _change(before, after), _state(one, other),
                one[3] if one else (), other[3] if other else (),
            )
        )  # fmt: skip
    return lines


def _state(one: object, other: object) -> str:
    return "both" if one and other else "new" if other else "gone"


def _change(before: Money | str | None, after: Money | str | None) -> str:
    if not isinstance(before, Money) or not isinstance(after, Money):
        return ""
    wan = (after.amount - before.amount) / Decimal(10_000)
    return f"{'+' if wan > 0 else ''}{in_yuan(wan)}" if wan else "0"


def _follows(asked: Asked, one: str, other: str) -> bool:
    """Whether one body succeeds the other."""
    pairs = [(one, other), (other, one)]
    return any(row["before"] == old for new, old in pairs for row in asked.rows("body", body=new))
