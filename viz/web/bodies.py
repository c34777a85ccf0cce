"""The page of a public body: its names over time, its years, money in and out, projects, targets, documents."""

from collections.abc import Mapping, Sequence

from queries.page_rows import Row as Found
from queries.reading import grouped
from viz.web.asking import Asked, money, once
from viz.web.body_years import counted, restricted
from viz.web.dossier import Column, Dossier, Fact, Money, Row, Rows, Table, Value
from viz.web.parts import amount_type, by_node, files_of, flow_kind, flows_about, in_order, lines_of, links

_DISCLOSED = (
    Column("year", "year"),
    Column("phase"),
    Column("disclosure", "thing"),
    Column("reporting_level"),
    Column("issued"),
    Column("file", "thing"),
)
_NAMES = (Column("used"), Column("years", "year"))
_PROJECTS = (
    Column("year", "year"), Column("project", "thing"), Column("documents", "thing"),
    Column("in_budget", "money"), Column("carried_over", "money"),
)  # fmt: skip
_FLOWS = (
    Column("year", "year"), Column("kind"), Column("other", "thing"), Column("document", "thing"),
    Column("project", "thing"), Column("code", "thing"), Column("amount", "money"), Column("amount_type"),
)  # fmt: skip
_TARGETS = (Column("year", "year"), Column("form", "thing"), Column("goal"), Column("indicators", "number"))
_DOCUMENTS = (Column("year", "year"), Column("document", "thing"))


def dossier(asked: Asked, iri: str) -> Dossier:
    """The body with all its years."""
    about = asked.rows("body", body=iri)
    totals = by_node(asked.rows("totals_of_body", body=iri))
    flows = by_node(in_order(asked.rows("flows_of_body", body=iri), "way", "year", "type", "node"))
    return Dossier(
        iri=iri,
        kind="agency",
        drawn_as="body",
        title=asked.name(iri),
        facts=tuple(_facts(asked, about, iri)),
        tables=(
            _disclosed(asked, iri),
            _money(asked, [row for row in totals if str(row["view"]).endswith("/revenue")], "income", "source"),
            _money(asked, [row for row in totals if str(row["view"]).endswith("/expenditure")], "spending", "kind"),
            restricted(asked, iri),
            counted(asked, iri),
            _projects(asked, iri),
            _targets(asked, iri),
            _flows(asked, [row for row in flows if row["way"] == "in"], "received"),
            _flows(asked, [row for row in flows if row["way"] == "out"], "passed_on"),
            _documents(asked, iri),
            _names(asked, iri),
            links(asked, iri),
        ),
        template="body.html",
        extra={"name": asked.name(iri)},
    )


def _facts(asked: Asked, about: Sequence[Found], iri: str) -> list[Fact]:
    names = ("level", "division", "before", "after")
    found = {name: once(asked.ref(row[name]) for row in about) for name in names}
    facts = [
        Fact("level", tuple(ref.label for ref in found["level"])), Fact("division", found["division"]),
        Fact("predecessors", found["before"]), Fact("successors", found["after"]),
    ]  # fmt: skip
    return [fact for fact in facts if fact.value]


def _disclosed(asked: Asked, iri: str) -> Table:
    """One row a disclosure; files that a fuller or later one replaced come last and say so."""
    grouped: dict[str, list[Found]] = {}
    for row in asked.rows("disclosures_of_body", body=iri):
        grouped.setdefault(str(row["disclosure"]), []).append(row)
    rows = tuple(
        Row(
            (
                some[0]["year"], _name(asked, some[0]["phase"]), asked.ref(disclosure), _name(asked, some[0]["level"]),
                some[0]["issued"], files_of(asked, some),
            ),
            (),
            (disclosure,),
        )
        for disclosure, some in grouped.items()
    )  # fmt: skip
    return Table("disclosures", asked.say("body.disclosures"), _DISCLOSED, rows)


def _money(asked: Asked, totals: Sequence[Found], name: str, part: str) -> Table:
    """The total row of a table, one row a column here, year by year; they hold one another, none is added."""
    years = sorted({int(str(row["year"])) for row in totals})
    ordered = sorted(totals, key=lambda row: (not str(row["role"]).endswith("col-total"), -int(str(row["year"]))))
    kept: dict[tuple[str, str], list[Found]] = {}
    for row in ordered:
        kept.setdefault((_part(asked, row, part), str(row["phase"] or "")), []).append(row)
    rows = tuple(
        Row(
            (words, asked.name(phase) if phase else None, *(_printed(asked, some, year) for year in years)),
            (),
            tuple(str(row["node"]) for row in some),
        )
        for (words, phase), some in kept.items()
    )
    columns = (Column("part"), Column("phase"), *(Column(f"year_{year}", "money") for year in years))
    return Table(name, asked.say(f"body.{name}"), columns, rows, asked.say("body.money_note"))


def _printed(asked: Asked, rows: Sequence[Found], year: int) -> tuple[Money, ...]:
    """The amounts of a year, each once."""
    found = _amounts(asked, [row for row in rows if row["year"] == year])
    return tuple({(one.amount, one.printed): one for one in found}.values())


def _part(asked: Asked, row: Found, part: str) -> str:
    if str(row["role"]).endswith("col-total"):
        return asked.say("body.total")
    return _name(asked, row[part]) or str(row["column"] or "")


def _projects(asked: Asked, iri: str) -> Table:
    """Each project with its lines in the project table, else in the text, and with what was carried over to it."""
    found = by_node(in_order(asked.rows("projects_of_body", body=iri), "name", "node"))
    latest = sorted(found, key=lambda row: -int(str(row["year"] or 0)))

    def told(some: Sequence[Found]) -> list[Row]:
        nodes = [str(row["node"]) for row in some]
        lines: dict[tuple[str, str], list[Found]] = {}
        for row in lines_of(asked, nodes):
            lines.setdefault((str(row["project"]), str(row["view"]).rsplit("/", 1)[-1]), []).append(row)
        documents = grouped(asked.rows_of("documents_of_projects", nodes), "project")
        return [_project(asked, row, documents.get(str(row["node"]), ()), lines) for row in some]

    note = asked.say("body.projects_note")
    return Table("projects", asked.say("body.projects"), _PROJECTS, Rows(latest, told), note)


def _project(
    asked: Asked, row: Found, documents: Sequence[Found], lines: Mapping[tuple[str, str], Sequence[Found]]
) -> Row:  # fmt: skip
    node = str(row["node"])
    budget = lines.get((node, "general_budget_project")) or lines.get((node, "narrative_project")) or ()
    carried = lines.get((node, "carryover")) or ()
    return Row(
        (
            row["year"], asked.ref(node), once(asked.ref(one["document"]) for one in documents),
            _amounts(asked, budget), _amounts(asked, carried),
        ),
        asked.places(node) if not (budget or carried) else (),
        (node, *(str(one["node"]) for one in (*budget, *carried))),
    )  # fmt: skip


def _amounts(asked: Asked, rows: Sequence[Found]) -> tuple[Money, ...]:
    """The amounts of rows as printed, none added to another."""
    found = (asked.printed(row) for row in rows)
    return tuple(one for one in found if one)


def _targets(asked: Asked, iri: str) -> Table:
    def told(some: Sequence[Found]) -> list[Row]:
        asked.read_places(str(row["node"]) for row in some)
        return [
            Row(
                (row["year"], asked.ref(row["node"]), _short(row["goal"]), row["indicators"]),
                asked.places(str(row["node"])),
                (str(row["node"]),),
            )
            for row in some
        ]

    rows = Rows(asked.rows("targets_of_body", body=iri), told)
    return Table("targets", asked.say("body.targets"), _TARGETS, rows, shown=20)


def _flows(asked: Asked, flows: Sequence[Found], name: str) -> Table:
    other = "giver" if name == "received" else "taker"

    def told(some: Sequence[Found]) -> list[Row]:
        return [_flow(asked, row, other) for row in flows_about(asked, some)]

    return Table(name, asked.say(f"body.{name}"), _FLOWS, Rows(flows, told), shown=30)


def _flow(asked: Asked, row: Found, other: str) -> Row:
    return Row(
        (
            row["year"], flow_kind(asked, row), asked.ref(row[other]), asked.ref(row["document"]),
            asked.ref(row["project"]), asked.ref(row["code"]), money(row), amount_type(asked, row),
        ),
        asked.places(str(row["node"])),
        (str(row["node"]),),
    )  # fmt: skip


def _documents(asked: Asked, iri: str) -> Table:
    def told(some: Sequence[Found]) -> list[Row]:
        return [Row((row["year"], asked.ref(row["document"])), (), (str(row["document"]),)) for row in some]

    rows = Rows(asked.rows("documents_of_body", body=iri), told)
    return Table("documents", asked.say("body.documents"), _DOCUMENTS, rows, shown=30)


def _names(asked: Asked, iri: str) -> Table:
    used: dict[str, list[Found]] = {}
    for row in asked.rows("names_of_body", body=iri):
        used.setdefault(str(row["used"]), []).append(row)
    rows = tuple(
        Row(
            (name, tuple(sorted({str(row["year"]) for row in some if row["year"]}))),
            asked.places(*(str(row["node"]) for row in some)),
            tuple(str(row["node"]) for row in some),
        )
        for name, some in used.items()
    )
    return Table("names", asked.say("body.names"), _NAMES, rows)


def _name(asked: Asked, iri: Value) -> str | None:
    return asked.name(iri) if isinstance(iri, str) else None


def _short(text: Value, most: int = 90) -> str | None:
    return None if text is None else str(text) if len(str(text)) <= most else f"{str(text)[:most]}…"
