"""The page of a functional code: what every body spends on it, year by year, and the codes above and below."""

from viz.web.addresses import kind_of
from viz.web.asking import Asked, money, once
from viz.web.dossier import Column, Dossier, Fact, Row, Table, Value
from viz.web.parts import by_node


def dossier(asked: Asked, iri: str) -> Dossier:
    """The code with a table of bodies by years, each amount as printed in the expenditure table."""
    around = asked.rows("around_code", code=iri)
    code = iri.rpartition("/")[2]
    facts = [
        Fact("code_digits", code.partition("~")[0]),
        Fact("above", once(asked.ref(row["above"]) for row in around)),
        Fact("below", once(asked.ref(row["below"]) for row in around)),
    ]
    return Dossier(
        iri=iri,
        kind=kind_of(iri),
        drawn_as="subject",
        title=f"{code.partition('~')[0]} {asked.name(iri)}",
        facts=tuple(fact for fact in facts if fact.value),
        tables=(_amounts(asked, iri),),
    )


def _amounts(asked: Asked, iri: str) -> Table:
    """One row a body and phase, one column a year."""
    found = by_node(asked.rows("amounts_of_code", code=iri))
    years = sorted({int(str(row["year"])) for row in found})
    kept: dict[tuple[str, str], dict[int, list[object]]] = {}
    nodes: dict[tuple[str, str], list[str]] = {}
    for row in found:
        key = str(row["body"]), str(row["phase"] or "")
        kept.setdefault(key, {}).setdefault(int(str(row["year"])), []).append(money(row))
        nodes.setdefault(key, []).append(str(row["node"]))
    rows = []
    for key, by_year in kept.items():
        cells: list[Value] = [asked.ref(key[0]), asked.name(key[1]) if key[1] else None]
        cells += [tuple(by_year.get(year, ())) for year in years]  # type: ignore[arg-type]
        rows.append(Row(tuple(cells), asked.places(*nodes[key][:3]), tuple(nodes[key])))
    columns = (Column("body", "thing"), Column("phase"), *(Column(f"year_{year}", "money") for year in years))
    return Table("amounts", asked.say("subject.amounts"), columns, tuple(rows), asked.say("subject.amounts_note"))
