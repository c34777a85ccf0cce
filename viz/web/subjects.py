"""The page of a functional or economic code: what every body spends on it, year by year, and the codes around it."""

from collections.abc import Sequence

from queries.page_rows import Row as Found
from viz.web.addresses import kind_of
from viz.web.asking import Asked, once
from viz.web.dossier import Column, Dossier, Fact, Money, Row, Table
from viz.web.parts import by_node

_KEYS = {"code/function": ("body", "phase"), "code/economic": ("body", "view", "phase")}
_ASKED = {"code/function": "amounts_of_code", "code/economic": "amounts_of_economic_code"}
_NOTES = {"code/function": "amounts_note", "code/economic": "economic_note"}


def dossier(asked: Asked, iri: str) -> Dossier:
    """The code with a table of bodies by years, each amount as printed in the total column of its table."""
    around = asked.rows("around_code", code=iri)
    code = iri.rpartition("/")[2]
    kind = kind_of(iri)
    facts = [
        Fact("code_digits", code.partition("~")[0]),
        Fact("above", once(asked.ref(row["above"]) for row in around)),
        Fact("below", once(asked.ref(row["below"]) for row in around)),
        *(_seen(asked, iri) if kind == "code/function" else ()),
    ]
    return Dossier(
        iri=iri,
        kind=kind,
        drawn_as="subject" if kind == "code/function" else "",
        title=f"{code.partition('~')[0]} {asked.name(iri)}",
        note="" if kind == "code/function" else asked.say("subject.economic"),
        facts=tuple(fact for fact in facts if fact.value),
        tables=(_amounts(asked, iri, kind),),
    )


def _seen(asked: Asked, iri: str) -> list[Fact]:
    """The first and the last year in which a disclosure has the code."""
    return [Fact(name, row[name]) for row in asked.rows("code_seen", code=iri) for name in ("first_seen", "last_seen")]


def _amounts(asked: Asked, iri: str, kind: str) -> Table:
    """One row a body, table and phase, one column a year; each amount leads to where it is printed."""
    found = by_node(asked.rows(_ASKED[kind], code=iri))
    years = sorted({int(str(row["year"])) for row in found})
    kept: dict[tuple[str, ...], list[Found]] = {}
    for row in found:
        kept.setdefault(tuple(str(row[name] or "") for name in _KEYS[kind]), []).append(row)
    rows = tuple(
        Row(
            (
                asked.ref(names[0]),
                *(asked.name(name) if name else None for name in names[1:]),
                *(_of_year(asked, some, year) for year in years),
            ),
            (),
            tuple(str(row["node"]) for row in some),
        )
        for names, some in kept.items()
    )
    said = (Column("body", "thing"), *(Column(name) for name in _KEYS[kind][1:]))
    columns = (*said, *(Column(f"year_{year}", "money") for year in years))
    return Table("amounts", asked.say("subject.amounts"), columns, rows, asked.say(f"subject.{_NOTES[kind]}"))


def _of_year(asked: Asked, rows: Sequence[Found], year: int) -> tuple[Money, ...]:
    found = (asked.printed(row) for row in rows if int(str(row["year"])) == year)
    return tuple(one for one in found if one)
