"""The page of an official document, the grant passport: issuer, level, origin, money, years, every print of it."""

from collections.abc import Sequence

from queries.page_rows import Row as Found
from viz.web.asking import Asked, money, once
from viz.web.dossier import Column, Dossier, Fact, Row, Table, Tag
from viz.web.parts import amount_type, by_node, conflicts, flow_kind, links, printed_at

_MONEY = (
    Column("year", "year"), Column("kind"), Column("body", "thing"), Column("project", "thing"),
    Column("code", "thing"), Column("amount", "money"), Column("amount_type"),
)  # fmt: skip
_PROJECTS = (Column("year", "year"), Column("project", "thing"), Column("body", "thing"), Column("how"))
_TARGETS = (Column("indicator", "thing"), Column("target_value"), Column("project", "thing"))
_PRINTS = (Column("printed_as"), Column("context"), Column("file", "thing"))


def dossier(asked: Asked, iri: str) -> Dossier:
    """The passport of a document."""
    about = asked.rows("document", document=iri)
    flows = by_node(asked.rows("flows_of_document", document=iri))
    mentions = asked.rows("mentions_of_document", document=iri)
    projects = asked.rows("projects_of_document", document=iri)
    number = str(about[0]["number"]) if about else asked.name(iri)
    return Dossier(
        iri=iri,
        kind="doc",
        drawn_as="document",
        title=number,
        note=str(about[0]["title"] or "") if about else "",
        facts=tuple(_facts(asked, about, flows, mentions)),
        tables=(
            _money(asked, flows),
            _projects(asked, projects),
            _targets(asked, projects),
            conflicts(asked, *sorted({str(row["project"]) for row in (*flows, *projects) if row["project"]})),
            links(asked, iri),
            _prints(asked, mentions),
        ),
        template="passport.html",
        extra={"number": number},
    )


def _facts(asked: Asked, about: Sequence[Found], flows: Sequence[Found], mentions: Sequence[Found]) -> list[Fact]:
    refs = {name: once(asked.ref(row[name]) for row in about) for name in ("letters", "issuer", "relayed", "programme")}
    levels = tuple(dict.fromkeys(asked.name(str(row["origin"])) for row in about if row["origin"]))
    years = sorted({int(str(row["year"])) for row in flows if row["year"] is not None})
    prints = tuple(sorted({str(row["printed"]) for row in mentions if row["printed"]}))
    found = [
        Fact("issuer", refs["issuer"]), Fact("letters", refs["letters"]), Fact("origin_level", levels),
        Fact("relayed_for", refs["relayed"]), Fact("programme", refs["programme"]),
        Fact("first_seen", years[0] if years else None), Fact("last_seen", years[-1] if years else None),
        Fact("printed_as", prints),
    ]  # fmt: skip
    if any(str(row["type"]).endswith("CarryOver") for row in flows[:1]):
        found.append(Fact("note", asked.say("passport.first_as_carry_over")))
    return [fact for fact in found if fact.value not in (None, ())]


def _money(asked: Asked, flows: Sequence[Found]) -> Table:
    rows = tuple(
        Row(
            (
                row["year"], flow_kind(asked, row), asked.ref(row["body"]), asked.ref(row["project"]),
                asked.ref(row["code"]), money(row), amount_type(asked, row),
            ),
            asked.places(str(row["node"])),
            (str(row["node"]),),
        )
        for row in flows
    )  # fmt: skip
    return Table("money", asked.say("passport.money"), _MONEY, rows, asked.say("passport.money_note"))


def _projects(asked: Asked, projects: Sequence[Found]) -> Table:
    grouped: dict[str, list[Found]] = {}
    for row in projects:
        grouped.setdefault(str(row["project"]), []).append(row)
    rows = tuple(
        Row(
            (
                some[0]["year"], asked.ref(project), asked.ref(some[0]["body"]),
                tuple(Tag(asked.say(f"passport.{how}")) for how in dict.fromkeys(row["how"] for row in some)),
            ),
            asked.places(project),
            (project,),
        )
        for project, some in grouped.items()
    )  # fmt: skip
    return Table("projects", asked.say("passport.projects"), _PROJECTS, rows)


def _targets(asked: Asked, projects: Sequence[Found]) -> Table:
    funded = dict.fromkeys(str(row["project"]) for row in projects if row["how"] == "funded")
    rows = [
        {**row, "indicator": row["node"], "target_value": row["words"]}
        for project in funded
        for row in asked.rows("indicators_of_project", project=project)
        if row["node"]
    ]
    told = printed_at(asked, rows, "indicator", "target_value", "project")
    return Table("targets", asked.say("passport.targets"), _TARGETS, told)


def _prints(asked: Asked, mentions: Sequence[Found]) -> Table:
    rows = tuple(
        Row((row["printed"], row["context"], asked.ref(row["file"])), (asked.place(row),), (str(row["evidence"]),))
        for row in mentions
    )
    return Table("prints", asked.say("passport.prints"), _PRINTS, rows, shown=30)
