"""The page of a place: the page of the source with the words boxed, what rests on it, and the file's hash."""

from ontology.terms import BL
from queries.page_rows import Row as Found
from viz.web.asking import Asked
from viz.web.context import Context
from viz.web.dossier import Column, Dossier, Fact, Row, Table
from viz.web.source_pages import fact_kinds, marks, sheet, text_lines

_RESTS = (Column("kind"), Column("thing", "thing"))


def dossier(asked: Asked, iri: str, context: Context) -> Dossier:
    """The place with the picture of its page, or its lines."""
    found = asked.rows("place", place=iri)
    if not found:
        return Dossier(iri, "ev", "other", asked.name(iri))
    place = found[0]
    return Dossier(
        iri=iri,
        kind="ev",
        drawn_as="",
        title=" ".join(str(place["words"]).split()) or asked.say("evidence.blank"),
        note=_where(asked, place),
        facts=tuple(_facts(asked, place)),
        tables=(_rests(asked, iri),),
        template="evidence.html",
        extra=_shown(asked, context, place),
    )


def _where(asked: Asked, place: Found) -> str:
    """The table or section and the page or line, as a reader would cite them."""
    parts = (place["table"] or place["section"], asked.where(place))
    return " · ".join(" ".join(str(part).split()) for part in (asked.say("evidence.kind"), *parts) if part)


def _facts(asked: Asked, place: Found) -> list[Fact]:
    names = ("page", "line", "table", "heading", "section", "row", "column")
    told = [Fact("file", asked.ref(place["file"])), *(Fact(name, place[name]) for name in names)]
    return [fact for fact in [*told, Fact("sha256", place["sha256"])] if fact.value is not None]


def _rests(asked: Asked, iri: str) -> Table:
    rows = []
    for row in asked.rows("stated_at", place=iri):
        if row["type"] != BL.LinkAssertion.value:
            rows.append(Row((asked.name(str(row["type"])), asked.ref(row["thing"])), (), (str(row["thing"]),)))
    return Table("rests", asked.say("evidence.rests"), _RESTS, tuple(rows), shown=30)


def _shown(asked: Asked, context: Context, place: Found) -> dict[str, object]:
    file, page = str(place["file"]), place["page"]
    shown: dict[str, object] = {
        "kinds": tuple(fact_kinds().values()), "file": file, "page": page, "sheet": None, "lines": None,
        "words": str(place["words"]), "why": "missing", "name": str(place["name"]),
    }  # fmt: skip
    if isinstance(page, int):
        one = sheet(context, place, page, marks(asked.rows("page_of_file", file=file, page=page), str(place["place"])))
        return shown | {"sheet": one if one.picture else None, "why": one.why}
    return shown | {"lines": text_lines(context, place, asked.rows("lines_of_file", file=file), place)}
