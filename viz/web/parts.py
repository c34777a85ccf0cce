"""Tables that the pages of several kinds of things share: money flows, links with their basis, contradictions."""

from collections.abc import Iterable

from ontology.terms import BL
from queries.page_rows import Row as Found
from viz.web.asking import Asked, money
from viz.web.dossier import Column, Place, Row, Table, Tag, Tone, Value

_LINKS = (Column("relation"), Column("other", "thing"), Column("grade"), Column("rule", "code"), Column("why"))
_CONFLICTS = (Column("why"), Column("rule", "code"))
_GRADES: dict[str, Tone] = {"derived": "derived", "candidate": "candidate"}


def links(asked: Asked, iri: str) -> Table:
    """The links of a thing, candidates last and marked; each with its rule and reason."""
    found = sorted(asked.rows("links_of", thing=iri), key=lambda row: (row["grade"] == "candidate", str(row["node"])))
    rows = tuple(
        Row(
            (
                _relation(asked, row), asked.ref(row["other"]), grade(asked, str(row["grade"])),
                row["rule"], row["why"],
            ),
            asked.places(str(row["node"])),
            (str(row["node"]),),
            "candidate" if row["grade"] == "candidate" else "plain",
        )
        for row in found
    )  # fmt: skip
    return Table("links", asked.say("part.links"), _LINKS, rows, asked.say("part.links_note"), shown=20)


def conflicts(asked: Asked, *things: str) -> Table:
    """The contradictions about things, each once."""
    found = {str(row["node"]): row for thing in things for row in asked.rows("conflicts_of", thing=thing)}
    rows = tuple(
        Row((row["why"], row["rule"]), asked.places(node), (node,), "warning") for node, row in sorted(found.items())
    )
    return Table("conflicts", asked.say("part.conflicts"), _CONFLICTS, rows)


def grade(asked: Asked, name: str) -> Tag:
    """How sure a relation is, in words."""
    return Tag(asked.say(f"part.grade_{name}"), _GRADES.get(name, "plain"))


def flow_kind(asked: Asked, row: Found) -> str:
    """What a money flow is: allocation, carry-over from a year, grant."""
    kind = str(row["type"])
    if kind == BL.CarryOver.value and row.get("from") is not None:
        return asked.say("part.carried_from", row["from"])
    return asked.name(kind)


def amount_type(asked: Asked, row: Found) -> str | None:
    """The type of the amount of a row in words."""
    return asked.name(str(row["kind"])) if row.get("kind") else None


def by_node(rows: Iterable[Found]) -> list[Found]:
    """The rows, each node once, in the order given."""
    first: dict[object, Found] = {}
    for row in rows:
        first.setdefault(row["node"], row)
    return list(first.values())


def printed_at(asked: Asked, rows: Iterable[Found], *columns: str) -> tuple[Row, ...]:
    """A row for each node: the columns as they are, `amount` as money, things as references."""
    return tuple(
        Row(tuple(_cell(asked, row, name) for name in columns), asked.places(str(row["node"])), (str(row["node"]),))
        for row in rows
    )


def _cell(asked: Asked, row: Found, name: str) -> Value:
    value = money(row) if name == "amount" else row.get(name)
    if isinstance(value, str) and value.startswith("https://w3id.org/cnbl/"):
        return asked.ref(value)
    return value


def _relation(asked: Asked, row: Found) -> str:
    name = asked.name(str(row["predicate"]))
    return name if row["way"] == "out" else asked.say("part.inverse", name)


def only(places: tuple[Place, ...], most: int = 6) -> tuple[Place, ...]:
    """The first few places."""
    return places[:most]
