"""The page of a project: its money, documents and targets, and the years before and after."""

from collections.abc import Sequence

from ontology.terms import BL
from queries.page_rows import Row as Found
from queries.reading import Reader
from viz.web.asking import Asked, money, once
from viz.web.dossier import Column, Dossier, Fact, Row, Table
from viz.web.outcomes import evaluations_of, outcomes, scores
from viz.web.parts import amount_type, by_node, conflicts, flow_kind, links, printed_at

_LINES = (Column("view"), Column("code", "thing"), Column("amount", "money"), Column("amount_type"))
_FLOWS = (
    Column("year", "year"), Column("kind"), Column("document", "thing"), Column("recipient"),
    Column("code", "thing"), Column("amount", "money"), Column("amount_type"),
)  # fmt: skip
_TARGETS = (
    Column("level1"),
    Column("level2"),
    Column("indicator", "thing"),
    Column("target_value"),
    Column("weight", "number"),
)
_YEARS = (
    Column("year", "year"),
    Column("project", "thing"),
    Column("body", "thing"),
    Column("view"),
    Column("amount", "money"),
)


def dossier(asked: Asked, iri: str) -> Dossier:
    """The project of one body in one year, with the same project in other years."""
    about = asked.rows("project", project=iri)
    indicators = asked.rows("indicators_of_project", project=iri)
    evaluations = evaluations_of(asked, "project", iri)
    name = str(about[0]["name"]) if about else asked.name(iri)
    years = _years(asked, iri)
    return Dossier(
        iri=iri,
        kind="proj",
        drawn_as="project",
        title=name,
        note=str(about[0]["year"] or "") if about else "",
        facts=(*_facts(asked, about, indicators, iri), *scores(asked, evaluations), *_seen(about, years)),
        tables=(
            _lines(asked, iri),
            _flows(asked, iri),
            _targets(asked, indicators),
            outcomes(asked, evaluations),
            years,
            conflicts(asked, iri),
            links(asked, iri),
        ),
        template="project.html",
        extra={"name": name},
    )


def _facts(asked: Asked, about: Sequence[Found], indicators: Sequence[Found], iri: str) -> list[Fact]:
    things = {
        name: once(asked.ref(row[name]) for row in about) for name in ("body", "document", "programme", "disclosure")
    }
    texts = {name: _texts(about, name) for name in ("basis", "period", "use", "purpose")}
    status = tuple(dict.fromkeys(asked.name(str(row["status"])) for row in about if row["status"]))
    found = [
        Fact("body", things["body"]), Fact("year", about[0]["year"] if about else None),
        Fact("documents", things["document"]), Fact("programme", things["programme"]),
        Fact("disclosure", things["disclosure"], asked.places(iri)[:3]), Fact("status", status),
        Fact("period", texts["period"]), Fact("basis", texts["basis"]), Fact("use", texts["use"]),
        Fact("purpose", texts["purpose"]), Fact("form", once(asked.ref(row["target"]) for row in indicators)),
        Fact("goal", _texts(indicators, "goal")),
    ]  # fmt: skip
    return [fact for fact in found if fact.value not in (None, ())]


def _seen(about: Sequence[Found], years: Table) -> tuple[Fact, ...]:
    """The first and the last year of the project, with those before and after that are the same."""
    found = [year for year in (*(row["year"] for row in about), *(row.cells[0] for row in years.rows)) if year]
    numbers = sorted(int(str(year)) for year in found)
    return (Fact("first_seen", numbers[0]), Fact("last_seen", numbers[-1])) if numbers else ()


def _texts(rows: Sequence[Found], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(row[name]) for row in rows if row[name] is not None))


def _lines(asked: Asked, iri: str) -> Table:
    rows = tuple(
        Row(
            (
                asked.name(str(row["view"])), asked.ref(row["code"]), money(row),
                asked.name(str(row["type"])) if row["type"] else None,
            ),
            asked.places(str(row["node"])),
            (str(row["node"]),),
        )
        for row in by_node(asked.rows("lines_of_project", project=iri))
    )  # fmt: skip
    return Table("lines", asked.say("project.lines"), _LINES, rows, asked.say("project.lines_note"))


def _flows(asked: Asked, iri: str) -> Table:
    rows = tuple(
        Row(
            (
                row["year"], flow_kind(asked, row), asked.ref(row["document"]),
                asked.ref(row["to"]) if row["type"] == BL.OnwardGrant.value else None,
                asked.ref(row["code"]), money(row), amount_type(asked, row),
            ),
            asked.places(str(row["node"])),
            (str(row["node"]),),
        )
        for row in by_node(asked.rows("flows_of_project", project=iri))
    )  # fmt: skip
    return Table("money", asked.say("project.money"), _FLOWS, rows)


def _targets(asked: Asked, indicators: Sequence[Found]) -> Table:
    rows = [{**row, "indicator": row["node"], "target_value": row["words"]} for row in indicators if row["node"]]
    told = printed_at(asked, by_node(rows), "level1", "level2", "indicator", "target_value", "weight")
    return Table("targets", asked.say("project.targets"), _TARGETS, told)


def _years(asked: Asked, iri: str) -> Table:
    """The project in all its years, its amounts table by table."""
    reached = {iri, *Reader(asked.store).all_found("projects_around", [iri])}
    rows = []
    for other in reached if len(reached) > 1 else ():
        about = asked.rows("project", project=other)[0]
        lines = by_node(asked.rows("lines_of_project", project=other))
        for line in lines:
            cells = (
                about["year"],
                asked.ref(other),
                asked.ref(about["body"]),
                asked.name(str(line["view"])),
                money(line),
            )
            rows.append(Row(cells, asked.places(str(line["node"])), (other, str(line["node"]))))
    rows.sort(key=lambda row: (str(row.cells[0]), str(row.cells[1]), str(row.cells[3])))
    return Table("years", asked.say("project.years"), _YEARS, tuple(rows), asked.say("project.years_note"))
