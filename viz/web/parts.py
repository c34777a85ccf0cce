"""Tables that the pages of several kinds of things share: money flows, links with their basis, contradictions."""

from collections.abc import Iterable, Sequence

from kg.reasons import in_english
from ontology.terms import BL
from queries.page_rows import Row as Found
from viz.web.asking import Asked, money
from viz.web.dossier import Column, Row, Rows, Table, Tag, Tone, Value
from viz.web.words import known

_LINKS = (Column("relation"), Column("other", "thing"), Column("grade"), Column("rule"), Column("why"))
_CONFLICTS = (Column("why"), Column("rule"))
_GRADES: dict[str, Tone] = {"derived": "derived", "candidate": "candidate"}


def links(asked: Asked, iri: str) -> Table:
    """The links of a thing, candidates last and marked; each with its rule and reason."""
    found = sorted(asked.rows("links_of", thing=iri), key=lambda row: (row["grade"] == "candidate", str(row["node"])))

    def told(some: Sequence[Found]) -> list[Row]:
        about = {row["node"]: row for row in asked.rows_of("link", (str(row["node"]) for row in some))}
        asked.read_places(str(row["node"]) for row in some)
        return [_link(asked, row, about[row["node"]]) for row in some]

    return Table("links", asked.say("part.links"), _LINKS, Rows(found, told), asked.say("part.links_note"), shown=20)


def _link(asked: Asked, row: Found, about: Found) -> Row:
    other = about["object" if row["way"] == "out" else "subject"]
    return Row(
        (
            _relation(asked, str(about["predicate"]), str(row["way"])), asked.ref(other),
            grade(asked, str(row["grade"])), rule(asked, str(about["rule"] or "")), reason(asked, about["why"]),
        ),
        asked.places(str(row["node"])),
        (str(row["node"]),),
        "candidate" if row["grade"] == "candidate" else "plain",
    )  # fmt: skip


def conflicts(asked: Asked, *things: str) -> Table:
    """The contradictions about things, each once."""
    found = {str(row["node"]): row for thing in things for row in asked.rows("conflicts_of", thing=thing)}
    rows = tuple(
        Row((reason(asked, row["why"]), rule(asked, str(row["rule"]))), asked.places(node), (node,), "warning")
        for node, row in sorted(found.items())
    )
    return Table("conflicts", asked.say("part.conflicts"), _CONFLICTS, rows)


def grade(asked: Asked, name: str) -> Tag:
    """How sure a relation is, in words."""
    return Tag(asked.say(f"part.grade_{name}"), _GRADES.get(name, "plain"))


def rule(asked: Asked, name: str) -> Tag:
    """By which rule something is derived, in words; a rule without words by its name."""
    return Tag(asked.say(f"rule.{name}") if known(f"rule.{name}") else name, "bare", name)


def reason(asked: Asked, words: object) -> str:
    """Why a rule concludes what it concludes, in the language of the page."""
    said = str(words or "")
    return in_english(said) if asked.lang == "en" else said


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


def flows_about(asked: Asked, flows: Sequence[Found]) -> list[Found]:
    """Flows of a list with all that is told of them: both parties, document, project, code, amount, places."""
    asked.read_places(str(row["node"]) for row in flows)
    about = {row["node"]: row for row in reversed(asked.rows_of("flow", (str(row["node"]) for row in flows)))}
    return [{**about[row["node"]], **row} for row in flows]


def lines_of(asked: Asked, projects: Iterable[str]) -> list[Found]:
    """The total figures of projects in the project table, in the text and carried over, in order, their places read."""
    found = by_node(in_order(asked.rows_of("lines_of_projects", projects), "project", "view", "node"))
    asked.read_places(str(row["node"]) for row in found)
    return found


def in_order(rows: Iterable[Found], *names: str) -> list[Found]:
    """The rows in the order of these values, as ORDER BY gives them: nothing first. A store sorts many rows slowly."""
    return sorted(rows, key=lambda row: tuple((row[name] is not None, row[name] or 0) for name in names))


def printed_at(asked: Asked, rows: Iterable[Found], *columns: str) -> tuple[Row, ...]:
    """A row for each node: the columns as they are, `amount` as money, things as references."""
    rows = list(rows)
    asked.read_places(str(row["node"]) for row in rows)
    return tuple(
        Row(tuple(_cell(asked, row, name) for name in columns), asked.places(str(row["node"])), (str(row["node"]),))
        for row in rows
    )


def _cell(asked: Asked, row: Found, name: str) -> Value:
    value = money(row) if name == "amount" else row.get(name)
    if isinstance(value, str) and value.startswith("https://w3id.org/cnbl/"):
        return asked.ref(value)
    return value


def _relation(asked: Asked, predicate: str, way: str) -> str:
    if way == "out":
        return asked.name(predicate)
    inverse = f"part.inverse_{predicate.rpartition('#')[2]}"
    return asked.say(inverse) if known(inverse) else asked.say("part.inverse", asked.name(predicate))


def files_of(asked: Asked, rows: Iterable[Found]) -> tuple[Value, ...]:
    """The files of rows with `file` and `replaced`, each once; one that another replaced says so."""
    told: list[Value] = []
    for row in {row["file"]: row for row in rows}.values():
        told.append(asked.ref(row["file"]))
        if row["replaced"]:
            told.append(Tag(asked.say("part.replaced")))
    return tuple(told)
