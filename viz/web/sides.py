"""What is compared of a body in a year: its money by function and source, its projects, its indicators, its links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ontology.text import key
from queries.page_rows import Row as Found
from queries.reading import grouped
from viz.web.alignment import Bond, Item, Items, Line
from viz.web.asking import Asked
from viz.web.body_years import ITEMS, named
from viz.web.dossier import Money
from viz.web.parts import by_node, in_order, lines_of, reason


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a body in a year."""

    body: str
    year: int


def functions(asked: Asked, side: Side) -> Items:
    """The total of each function, codes in order."""
    found = by_node(asked.rows("functions_of_body", body=side.body, year=side.year))
    return _items(asked, ((str(asked.ref(row["code"]).label), str(row["code"]), row) for row in found))  # type: ignore[union-attr]


def totals(asked: Asked, side: Side, view: str) -> Items:
    """The total row of a table, column by column, the total column first."""
    named = []
    for row in by_node(_totals_held(asked, side.body)):
        if row["year"] == side.year and str(row["view"]).endswith(f"/{view}"):
            part = row["source"] if view == "revenue" else row["kind"]
            is_total = str(row["role"]).endswith("col-total")
            name = asked.say("body.total") if is_total else asked.name(str(part)) if part else str(row["column"] or "")
            named.append((name, None, row))
    total = asked.say("body.total")
    return {("0" if name == total else "1") + name: item for name, item in _items(asked, named).items()}


def _totals_held(asked: Asked, body: str) -> list[Found]:
    return asked.opened.once(("sides", "totals", body), lambda: asked.rows("totals_of_body", body=body))


def restricted(asked: Asked, side: Side) -> Items:
    """Travel abroad, vehicles, receptions and what else stands in their table, in the order of that."""
    held = asked.opened.once(
        ("sides", "restricted", side.body), lambda: asked.rows("three_public_of_body", body=side.body)
    )
    called = named(asked.lang)
    rows = [(str(row["item"]), row) for row in by_node(held) if row["year"] == side.year]
    order = {called(item): ITEMS.index(item) if item in ITEMS else len(ITEMS) for item, _ in rows}
    found = _items(asked, ((called(item), None, row) for item, row in rows))
    return {f"{order[name]:02}{name}": item for name, item in found.items()}


def _items(asked: Asked, named: Iterable[tuple[str, str | None, Found]]) -> dict[str, Item]:
    """The rows by name; where several stand for one name, the amount of each, equal ones once."""
    grouped: dict[tuple[str, str | None], list[Found]] = {}
    for name, iri, row in named:
        grouped.setdefault((name, iri), []).append(row)
    found: dict[str, Item] = {}
    for (name, iri), some in grouped.items():
        amounts = {one.amount: one for one in map(asked.printed, some) if one}
        found[name] = Item(name, iri, tuple(amounts.values()), tuple(str(row["node"]) for row in some))
    return found


def projects(asked: Asked, side: Side) -> Items:
    """The projects with their lines of one table, the project table before the text and what was carried over."""
    listed = by_node(in_order(asked.rows("projects_in_year", body=side.body, year=side.year), "name", "node"))
    lines = grouped(lines_of(asked, (str(row["node"]) for row in listed)), "project")
    found: dict[str, Item] = {}
    for row in listed:
        item = _project(asked, str(row["name"]), str(row["node"]), lines.get(str(row["node"]), []))
        found.setdefault(key(item.name), item)
    return found


def _project(asked: Asked, name: str, node: str, lines: Sequence[Found]) -> Item:
    for view in ("general_budget_project", "narrative_project", "carryover"):
        some = [row for row in lines if str(row["view"]).endswith(f"/{view}")]
        amounts: tuple[Money | str, ...] = tuple(one for one in map(asked.printed, some) if one)
        if amounts and view == "carryover":
            return Item(name, node, (*amounts, asked.say("column.carried_over")), (node,), "carried over")
        if amounts:
            return Item(name, node, amounts, (node,), "budgeted")
    return Item(name, node, (asked.say("compare.listed"),), (node,))


def indicators(asked: Asked, side: Side) -> Items:
    """The indicators by name with the targets of all forms that have one of this name."""
    grouped: dict[str, list[Found]] = {}
    for row in by_node(asked.rows("indicators_of_body", body=side.body, year=side.year)):
        grouped.setdefault(key(str(row["name"])), []).append(row)
    return {
        name: Item(
            str(some[0]["name"]), str(some[0]["node"]),
            tuple(dict.fromkeys(str(row["words"]) for row in some if row["words"])),
            tuple(str(row["node"]) for row in some),
        )
        for name, some in grouped.items()
    }  # fmt: skip


def bonds(asked: Asked, left: Items, right: Items) -> dict[tuple[str, str], Bond]:
    """Which project of one side goes on as which of the other, in either order of the years."""
    found: dict[tuple[str, str], Bond] = {}
    for newer, turned in ((right, False), (left, True)):
        for row in asked.rows_of("continuations_of_projects", (item.iri for item in newer.values() if item.iri)):
            ends = (str(row["new"]), str(row["old"])) if turned else (str(row["old"]), str(row["new"]))
            found.setdefault(ends, Bond(str(row["grade"]), reason(asked, row["why"]), str(row["node"])))
    return found


def moved(asked: Asked, right: Side, lines: Sequence[Line]) -> list[Line]:
    """What is gone and of which the later side says under which function it stands now."""
    moved: dict[str, Bond] = {}
    for row in asked.rows("moved_subjects_of_body", body=right.body, year=right.year):
        moved.setdefault(str(row["code"]), Bond("stated", asked.say("compare.moved", row["to"]), str(row["node"])))
    return [
        Line(line.left, None, "gone", moved.get(str(line.left.iri))) if line.state == "gone" and line.left else line
        for line in lines
    ]


def successions(asked: Asked, one: str, other: str) -> list[Found]:
    """The links by which one body succeeds the other."""
    pairs = [(one, other), (other, one)] if one != other else []
    rows = [row for new, old in pairs for row in asked.rows("succession_of_bodies", body=new) if row["before"] == old]
    return by_node(rows)
