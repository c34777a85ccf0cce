"""The page of a funding programme: its documents, their issuers and levels, the projects that hold its money."""

from collections.abc import Sequence

from queries.page_rows import Row as Found
from queries.reading import grouped
from viz.web.asking import Asked, money, once
from viz.web.dossier import Column, Dossier, Fact, Row, Rows, Table
from viz.web.parts import amount_type, by_node, flow_kind, flows_about, in_order, links

_DOCUMENTS = (Column("document", "thing"), Column("issuer", "thing"), Column("origin_level"))
_MONEY = (
    Column("year", "year"), Column("kind"), Column("document", "thing"), Column("body", "thing"),
    Column("project", "thing"), Column("amount", "money"), Column("amount_type"),
)  # fmt: skip


def dossier(asked: Asked, iri: str) -> Dossier:
    """The programme with all documents and amounts."""
    found = in_order(asked.rows("documents_of_programme", programme=iri), "year", "number")
    numbers = list(dict.fromkeys(str(row["document"]) for row in found))
    levels = tuple(dict.fromkeys(asked.name(str(row["origin"])) for row in found if row["origin"]))
    return Dossier(
        iri=iri,
        kind="prog",
        drawn_as="programme",
        title=asked.name(iri),
        facts=(Fact("origin_level", levels),) if levels else (),
        tables=(_documents(asked, numbers), _money(asked, iri, numbers), links(asked, iri)),
        template="body_like.html",
        extra={"name": asked.name(iri)},
    )


def _documents(asked: Asked, numbers: Sequence[str]) -> Table:
    def told(some: Sequence[str]) -> list[Row]:
        about = grouped(asked.rows_of("issuers_of_documents", some), "document")
        return [_document(asked, number, about[number]) for number in some]

    return Table("documents", asked.say("programme.documents"), _DOCUMENTS, Rows(numbers, told))


def _document(asked: Asked, number: str, about: Sequence[Found]) -> Row:
    issuers = once(asked.ref(row["issuer"]) for row in about)
    levels = tuple(dict.fromkeys(asked.name(str(row["origin"])) for row in about if row["origin"]))
    return Row((asked.ref(number), issuers, levels), (), (number,))


def _money(asked: Asked, iri: str, numbers: Sequence[str]) -> Table:
    place = {number: at for at, number in enumerate(numbers)}
    flows = in_order(asked.rows("flows_of_programme", programme=iri), "year", "type", "node")
    listed = by_node(sorted(flows, key=lambda row: place[str(row["document"])]))

    def told(some: Sequence[Found]) -> list[Row]:
        return [_flow(asked, row) for row in flows_about(asked, some)]

    note = asked.say("passport.money_note")
    return Table("money", asked.say("programme.money"), _MONEY, Rows(listed, told), note)


def _flow(asked: Asked, row: Found) -> Row:
    return Row(
        (
            row["year"], flow_kind(asked, row), asked.ref(row["document"]), asked.ref(row["taker"]),
            asked.ref(row["project"]), money(row), amount_type(asked, row),
        ),
        asked.places(str(row["node"])),
        (str(row["node"]),),
    )  # fmt: skip
