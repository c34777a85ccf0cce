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
        tables=(_amounts(asked, iri, kind), *(_priors(asked, iri) if kind == "code/function" else ())),
    )


def _seen(asked: Asked, iri: str) -> list[Fact]:
    """The first and the last year in which a disclosure has the code."""
    return [Fact(name, row[name]) for row in asked.rows("code_seen", code=iri) for name in ("first_seen", "last_seen")]


def _amounts(asked: Asked, iri: str, kind: str) -> Table:
    """The amounts that disclosures print of their own years."""
    found = by_node(asked.rows(_ASKED[kind], code=iri))
    return _by_year(asked, found, "amounts", _KEYS[kind], asked.say(f"subject.{_NOTES[kind]}"))


def _priors(asked: Asked, iri: str) -> list[Table]:
    """The amounts of the year before as the next year's tables print them; no table where none are."""
    found = by_node(asked.rows("priors_of_code", code=iri))
    keys = _KEYS["code/function"]
    return [_by_year(asked, found, "priors", keys, asked.say("subject.priors_note"))] if found else []


def _by_year(asked: Asked, found: Sequence[Found], name: str, keys: tuple[str, ...], note: str) -> Table:
    """One row a body, table and phase, one column a year; each amount leads to where it is printed."""
    years = sorted({int(str(row["year"])) for row in found})
    kept: dict[tuple[str, ...], list[Found]] = {}
    for row in found:
        kept.setdefault(tuple(str(row[key] or "") for key in keys), []).append(row)
    rows = tuple(
        Row(
            (
                asked.ref(names[0]),
                *(asked.name(one) if one else None for one in names[1:]),
                *(_of_year(asked, some, year) for year in years),
            ),
            (),
            tuple(str(row["node"]) for row in some),
        )
        for names, some in kept.items()
    )
    said = (Column("body", "thing"), *(Column(key) for key in keys[1:]))
    columns = (*said, *(Column(f"year_{year}", "money") for year in years))
    return Table(name, asked.say(f"subject.{name}"), columns, rows, note)


def _of_year(asked: Asked, rows: Sequence[Found], year: int) -> tuple[Money, ...]:
    found = (asked.printed(row) for row in rows if int(str(row["year"])) == year)
    return tuple(one for one in found if one)
