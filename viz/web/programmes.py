"""The page of a funding programme: its documents, their issuers and levels, the projects that hold its money."""

from viz.web.asking import Asked, money, once
from viz.web.dossier import Column, Dossier, Fact, Row, Table
from viz.web.parts import amount_type, by_node, flow_kind, links

_DOCUMENTS = (Column("document", "thing"), Column("issuer", "thing"), Column("origin_level"))
_MONEY = (
    Column("year", "year"), Column("kind"), Column("document", "thing"), Column("body", "thing"),
    Column("project", "thing"), Column("amount", "money"), Column("amount_type"),
)  # fmt: skip


def dossier(asked: Asked, iri: str) -> Dossier:
    """The programme with all documents and amounts."""
    found = asked.rows("programme", programme=iri)
    numbers = list(dict.fromkeys(str(row["document"]) for row in found))
    levels = tuple(dict.fromkeys(asked.name(str(row["origin"])) for row in found if row["origin"]))
    return Dossier(
        iri=iri,
        kind="prog",
        drawn_as="programme",
        title=asked.name(iri),
        facts=(Fact("origin_level", levels),) if levels else (),
        tables=(_documents(asked, numbers), _money(asked, numbers), links(asked, iri)),
        template="body_like.html",
        extra={"name": asked.name(iri)},
    )


def _documents(asked: Asked, numbers: list[str]) -> Table:
    rows = []
    for number in numbers:
        about = asked.rows("document", document=number)
        issuers = once(asked.ref(row["issuer"]) for row in about)
        levels = tuple(dict.fromkeys(asked.name(str(row["origin"])) for row in about if row["origin"]))
        rows.append(Row((asked.ref(number), issuers, levels), (), (number,)))
    return Table("documents", asked.say("programme.documents"), _DOCUMENTS, tuple(rows))


def _money(asked: Asked, numbers: list[str]) -> Table:
    flows = by_node(row for number in numbers for row in asked.rows("flows_of_document", document=number))
    rows = tuple(
        Row(
            (
                row["year"], flow_kind(asked, row), asked.ref(row["document"]), asked.ref(row["body"]),
                asked.ref(row["project"]), money(row), amount_type(asked, row),
            ),
            asked.places(str(row["node"])),
            (str(row["node"]),),
        )
        for row in flows
    )  # fmt: skip
    return Table("money", asked.say("programme.money"), _MONEY, rows, asked.say("passport.money_note"))
