"""The page of a place: the page of the source with the words boxed, what rests on it, and the file's hash."""

from decimal import Decimal

import pyoxigraph as ox

from ontology.terms import BL
from queries.page_rows import Row as Found
from viz.web.asking import Asked
from viz.web.context import Context
from viz.web.dossier import Column, Dossier, Fact, Money, Row, Table
from viz.web.source_pages import fact_kinds, marks, sheet, text_lines

_RESTS = (Column("kind"), Column("thing", "thing"), Column("amount", "money"))
_TITLE = 48  # signs of a heading; the words themselves stand beside the picture


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
        title=_headed(asked, " ".join(str(place["words"]).split())),
        note=_where(asked, place),
        facts=tuple(_facts(asked, place)),
        tables=(_rests(asked, iri),),
        template="evidence.html",
        extra=_shown(asked, context, place),
    )


def _headed(asked: Asked, words: str) -> str:
    """The words as a heading: a passage is cut."""
    return (words if len(words) <= _TITLE else f"{words[: _TITLE - 1]}…") or asked.say("evidence.blank")


def _where(asked: Asked, place: Found) -> str:
    """The table or section and the page or line, as a reader would cite them."""
    parts = (place["table"] or place["section"], asked.where({**place, "evidence": place["place"]}))
    return " · ".join(" ".join(str(part).split()) for part in (asked.say("evidence.kind"), *parts) if part)


def _facts(asked: Asked, place: Found) -> list[Fact]:
    names = ("page", "line", "table", "heading", "section", "row", "column")
    told = [Fact("file", asked.ref(place["file"])), *(Fact(name, place[name]) for name in names)]
    return [fact for fact in [*told, Fact("sha256", place["sha256"])] if fact.value is not None]


def _rests(asked: Asked, iri: str) -> Table:
    rows = []
    for row in asked.rows("stated_at", place=iri):
        if row["type"] != BL.LinkAssertion.value:
            thing = str(row["thing"])
            rows.append(Row((asked.name(str(row["type"])), asked.ref(thing), _amount(asked, thing)), (), (thing,)))
    return Table("rests", asked.say("evidence.rests"), _RESTS, tuple(rows), shown=30)


def _amount(asked: Asked, thing: str) -> Money | None:
    """The amount that a thing states with its unit, as printed; None where it states none."""
    found = asked.store.quads_for_pattern(ox.NamedNode(thing), None, None, None)
    said = {quad.predicate: quad.object for quad in found}
    exact, printed, unit = (said.get(name) for name in (BL.amountCNY, BL.printedAmount, BL.statedUnit))
    if not (isinstance(exact, ox.Literal) and isinstance(printed, ox.Literal) and isinstance(unit, ox.NamedNode)):
        return None
    return Money(Decimal(exact.value), "".join(printed.value.split()), asked.unit(unit.value))


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
