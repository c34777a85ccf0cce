"""The pages of an indicator over bodies and years, and of a performance form."""

from decimal import Decimal

from queries.answers import Value as Plain
from queries.page_rows import Row as Found
from viz.web.addresses import kind_of
from viz.web.asking import Asked, in_words, once
from viz.web.dossier import Column, Dossier, Fact, Money, Table
from viz.web.outcomes import evaluations_of, outcomes, scores
from viz.web.parts import by_node, printed_at

_YEARS = (
    Column("year", "year"), Column("body", "thing"), Column("project", "thing"), Column("target_value"),
    Column("previous"), Column("weight", "number"), Column("value_basis"),
)  # fmt: skip
_FORM = (
    Column("level1"),
    Column("level2"),
    Column("indicator", "thing"),
    Column("target_value"),
    Column("weight", "number"),
)
_AMOUNTS = ("total", "fiscal", "other", "upper", "own", "carried", "whole", "whole_fiscal", "whole_other")


def indicator(asked: Asked, iri: str) -> Dossier:
    """The indicators of this name, of every body and year."""
    found = by_node(asked.rows("indicator_over_years", indicator=iri))
    own = [row for row in found if row["node"] == iri]
    rows = [{**row, "target_value": row["words"], "value_basis": row["basis"], "project": _of(row)} for row in found]
    told = printed_at(asked, rows, *(column.name for column in _YEARS))
    facts = [
        Fact("target_value", own[0]["words"] if own else None, asked.places(iri)),
        Fact("year", own[0]["year"] if own else None),
        Fact("body", once(asked.ref(row["body"]) for row in own)),
        Fact("project", once(asked.ref(_project(row)) for row in own)),
        Fact("form", once(asked.ref(row["target"]) for row in own)),
    ]
    return Dossier(
        iri=iri,
        kind="kpi",
        drawn_as="indicator",
        title=asked.name(iri),
        facts=tuple(fact for fact in facts if fact.value),
        tables=(Table("years", asked.say("indicator.years"), _YEARS, told, asked.say("indicator.years_note")),),
    )


def form(asked: Asked, iri: str) -> Dossier:
    """A performance form: its head and its indicators."""
    about = asked.rows("target", target=iri)
    first = about[0] if about else {}
    rows = [
        {**row, "indicator": row["node"], "target_value": row["words"]}
        for row in asked.rows("indicators_of_target", target=iri)
    ]
    evaluations = evaluations_of(asked, "form", iri)
    amounts = [Fact(f"form_{name}", _form_amount(first.get(name))) for name in _AMOUNTS]
    facts = [
        Fact("body", asked.ref(first.get("body"))), Fact("year", first.get("year")),
        Fact("project", once(asked.ref(_project(row)) for row in about)), *amounts,
        Fact("supervisor", first.get("supervisor")), Fact("planned_start", first.get("start")),
        Fact("planned_end", first.get("end")), Fact("goal", first.get("goal"), asked.places(iri)),
        *scores(asked, evaluations),
    ]  # fmt: skip
    told = printed_at(asked, by_node(rows), *(column.name for column in _FORM))
    return Dossier(
        iri=iri,
        kind="tgt",
        drawn_as="target",
        title=str(first.get("name") or asked.say("indicator.whole")),
        note=str(first.get("year") or ""),
        facts=tuple(fact for fact in facts if fact.value not in (None, ())),
        tables=(Table("indicators", asked.say("project.targets"), _FORM, told), outcomes(asked, evaluations)),
    )


def _project(row: Found) -> Plain:
    """The project that a form is about; nothing where it is about the whole body, whose disclosure it names."""
    return row["project"] if kind_of(str(row["project"])) == "proj" else None


def _of(row: Found) -> Plain:
    """The project, or the form of the whole body."""
    return _project(row) or row["target"]


def _form_amount(value: object) -> Money | None:
    return in_words(value) if isinstance(value, Decimal) else None
