"""Which department a unit is below: the one whose disclosures list it."""

from pyoxigraph import NamedNode, Store

from kg import iris
from kg.links import Link, only
from kg.names import spellings
from kg.reading import Row, grouped, places, read, text
from kg.reasons import reason
from ontology.terms import BL


def departments_by_list(store: Store) -> list[Link]:
    """Unit → department. Derived where the disclosures of one department only list the unit, else candidates."""
    found = []
    for (unit, department), uses in grouped(read(store, "units"), "unit", "department").items():
        if isinstance(unit, NamedNode) and isinstance(department, NamedNode):
            why = reason("department_by_list", name=text(uses[0], "name"))
            found.append(Link(unit, BL.supervisedBy, department, "derived", "department_by_list", why, places(uses)))
    return only(found)


def names_of_units(store: Store) -> dict[NamedNode, str]:
    """Unit → its name as listed; the longest of several. A department's own part is called so."""
    found: dict[NamedNode, str] = {}
    for (unit,), uses in grouped(read(store, "units"), "unit").items():
        if isinstance(unit, NamedNode):
            found[unit] = max((_name(row) for row in uses), key=lambda name: (len(name), name))
    return found


def _name(row: Row) -> str:
    """The name of a unit; with 本级 where it is called as the department."""
    name, part = text(row, "name"), spellings()["units"]["part"]
    return f"{name}（{part}）" if iris.body(name) == row["department"] != row["unit"] else name
