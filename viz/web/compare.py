"""Two bodies, or two years, side by side: money by function and source, targets; what is new, gone, renamed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.names import stem
from ontology.money import in_wan
from queries.page_rows import Row as Found
from viz.web.alignment import Item, Line, aligned, change, percent
from viz.web.asking import Asked
from viz.web.context import Context
from viz.web.dossier import Column, Dossier, Fact, Ref, Row, Rows, Table, Tag, Tone, Value
from viz.web.pages import opened, page
from viz.web.parts import grade, reason
from viz.web.representations import form_of, twin
from viz.web.sides import Side, bonds, functions, indicators, moved, projects, restricted, successions, totals
from viz.web.signals import disclosures
from viz.web.words import language

_TONES: Mapping[str, Tone] = {"new": "good", "gone": "warning", "renamed": "derived", "similar": "candidate"}


def routes(_: Context) -> Sequence[BaseRoute]:
    """The comparison, and the same as data."""
    return [Route("/compare", _compare), Route("/compare.{form}", _compare)]


def _compare(request: Request) -> Response:
    """`a`, `b` are bodies, `ya`, `yb` years; what is not said is the body itself and its latest years, or the body
    that it follows or that follows it where it has one year only.
    """
    asked, form = Asked(opened(request), language(request)), form_of(request)
    held = _held(asked)
    if not held:
        return page(request, "compare.html", choice=[], sides=None, found=None, twins={})
    left, right = _sides(asked, request.query_params, held)
    query = urlencode({"a": left.body, "ya": left.year, "b": right.body, "yb": right.year})
    found = dossier(asked, left, right, f"{request.url.replace(path='/compare', query=query)}")
    if form != "html":
        return twin(asked.store, found, form, request.query_params.get("table"))
    choice = [(Ref(body, asked.name(body)), years) for body, years in held.items()]
    twins = {name: f"/compare.{name}?{query}" for name in ("json", "ttl", "csv")}
    sides = [(Ref(side.body, asked.name(side.body)), side.year) for side in (left, right)]
    return page(request, "compare.html", choice=choice, sides=sides, found=found, twins=twins)


def dossier(asked: Asked, left: Side, right: Side, address: str) -> Dossier:
    """Both sides, table by table; `address` stands for the comparison, which is no thing of the graph."""
    succeeded = successions(asked, left.body, right.body)
    related = left.body == right.body or bool(succeeded)
    heads = tuple(f"{asked.name(side.body)} {side.year}" for side in (left, right))
    before, after = projects(asked, left), projects(asked, right)
    told = (
        ("functions", moved(asked, right, aligned(functions(asked, left), functions(asked, right), {}))),
        ("sources", aligned(totals(asked, left, "revenue"), totals(asked, right, "revenue"), {})),
        ("kinds", aligned(totals(asked, left, "expenditure"), totals(asked, right, "expenditure"), {})),
        ("restricted", aligned(restricted(asked, left), restricted(asked, right), {})),
        ("projects", aligned(before, after, bonds(asked, before, after) if before and after else {}, stem)),
        ("indicators", aligned(indicators(asked, left), indicators(asked, right), {}, stem)),
    )
    return Dossier(
        iri=address,
        kind="comparison",
        drawn_as="",
        title=asked.say("compare.of", *heads),
        facts=tuple(_succession(asked, row) for row in succeeded),
        tables=tuple(_table(asked, name, _ordered(name, lines), heads, related) for name, lines in told if lines),
    )


def _ordered(name: str, lines: Sequence[Line]) -> Sequence[Line]:
    """Projects and indicators: what both sides have before what only one has. Codes and totals stay in their order."""
    ranks = ("both", "renamed", "similar", "new", "gone")
    by_state = name in ("projects", "indicators")
    return sorted(lines, key=lambda one: ranks.index(one.state)) if by_state else lines


def _table(asked: Asked, name: str, lines: Sequence[Line], heads: Sequence[str], related: bool) -> Table:
    form, is_money = ("text", False) if name == "indicators" else ("money", True)
    columns = (
        Column("item", "thing", asked.say("compare.item")), Column("formerly", "thing", asked.say("compare.formerly")),
        Column("left", form, heads[0]), Column("right", form, heads[1]),  # type: ignore[arg-type]
        *([Column("change", "number"), Column("percent", "number")] if is_money else []),
        Column("state", "text", asked.say("compare.state")), Column("why"),
    )  # fmt: skip

    def told(some: Sequence[Line]) -> list[Row]:
        return [_row(asked, line, name, is_money, related) for line in some]

    return Table(
        name, asked.say(f"compare.{name}"), columns, Rows(lines, told), asked.say(f"compare.note_{name}"), shown=300
    )


def _row(asked: Asked, line: Line, name: str, is_money: bool, related: bool) -> Row:
    known, sides = line.right or line.left, (line.left, line.right)
    assert known is not None
    difference, share = change(line), percent(line)
    figures: tuple[Value, ...] = (_wan(difference), None if share is None else f"{share:+}") if is_money else ()
    nodes = tuple(node for side in sides if side for node in side.nodes)
    bond = line.bond
    return Row(
        (
            _called(known),
            _called(line.left) if line.state in ("renamed", "similar") and line.left else None,
            *(side.values if side else None for side in sides),
            *figures,
            _state(asked, line, related),
            bond.why if bond else None,
        ),
        asked.places(*([bond.node] if bond else []), *(() if is_money else nodes)),
        (*nodes, *([bond.node] if bond else [])),
        _TONES.get(line.state, "plain") if related else "plain",
        _depth(known.name) if name == "functions" else 0,
    )


def _called(item: Item) -> Value:
    return Ref(item.iri, item.name) if item.iri else item.name


def _state(asked: Asked, line: Line, related: bool) -> Value:
    """What became of it; between bodies of which none follows the other, on which side alone it stands."""
    name = line.state if related or line.state not in ("new", "gone") else f"only_{line.state}"
    told = Tag(asked.say(f"compare.{name}"), _TONES.get(line.state, "bare") if related else "bare", name)
    return (told, grade(asked, line.bond.grade)) if line.bond and line.state in ("renamed", "similar") else told


def _wan(difference: Decimal | None) -> str | None:
    """A difference in 万元, to 分 where it needs that and no digit lost beyond."""
    if difference is None:
        return None
    return ("+" if difference >= 0 else "") + in_wan(difference)


def _depth(digits: str) -> int:
    return {3: 0, 5: 1, 7: 2}.get(len(digits.partition(" ")[0]), 0)


def _held(asked: Asked) -> dict[str, list[int]]:
    """The bodies that disclose, by name, with their years."""
    rows = disclosures(asked)
    found: dict[str, set[int]] = {}
    for row in rows:
        if row["year"]:
            found.setdefault(str(row["body"]), set()).add(int(str(row["year"])))
    return {body: sorted(found[body]) for body in sorted(found, key=asked.name)}


def _sides(asked: Asked, query: Mapping[str, str], held: Mapping[str, Sequence[int]]) -> tuple[Side, Side]:
    """The two sides that are asked for. Raises HTTPException for a body that discloses nothing."""
    several = (body for body, years in held.items() if len(years) > 1)
    first = query.get("a") or next(several, next(iter(held)))
    first, second = (first, query["b"]) if query.get("b") else _pair(asked, first, held)
    if first not in held or second not in held:
        raise HTTPException(404)
    right = _year(query.get("yb"), held[second], held[second][-1])
    default = held[first][-1]
    if first == second and default == right and len(held[first]) > 1:
        default = held[first][-2]
    return Side(first, _year(query.get("ya"), held[first], default)), Side(second, right)


def _pair(asked: Asked, body: str, held: Mapping[str, Sequence[int]]) -> tuple[str, str]:
    """The body in two of its years; where it has one only: what it follows and it, else it and what follows it."""
    if len(held.get(body, ())) == 1:
        for row in asked.rows("body", body=body):
            if row["before"] in held:
                return str(row["before"]), body
            if row["after"] in held:
                return body, str(row["after"])
    return body, body


def _year(asked: str | None, held: Sequence[int], default: int) -> int:
    return int(asked) if asked and asked.isdecimal() and len(asked) == 4 and int(asked) in held else default


def _succession(asked: Asked, row: Found) -> Fact:
    words = asked.say("compare.succeeds", asked.name(str(row["body"])), asked.name(str(row["before"])))
    return Fact(
        "succession",
        (words, grade(asked, str(row["grade"])), reason(asked, row["why"])),
        asked.places(str(row["node"])),
    )
