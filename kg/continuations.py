"""Which project goes on from which: the same name but for number and year, in the same body or its successor."""

from collections import Counter

from pyoxigraph import Store

from kg.carry_overs import Older
from kg.links import Link, LinkGrade
from kg.names import bare
from kg.reading import Row, grouped, node, number, places, read, text
from kg.reasons import reason
from ontology.terms import BL

_Named = tuple[int, str, str]


def continuations(store: Store, predecessors: Older) -> list[Link]:
    """Project → the project of the year before that it continues.

    Derived where each has the other only, else candidates. Withheld projects take no part.
    """
    projects = list(grouped(read(store, "open_projects"), "project").values())
    named: dict[_Named, list[list[Row]]] = {}
    for project in projects:
        named.setdefault(_named(project[0], 0), []).append(project)
    alike = [
        (new, old)
        for new in projects
        for old in named.get(_named(new[0], 1), ())
        if node(old[0], "body") in {node(new[0], "body")} | predecessors.get(node(new[0], "body"), frozenset())
    ]
    ahead, behind = (
        Counter(text(new[0], "project") for new, _ in alike),
        Counter(text(old[0], "project") for _, old in alike),
    )
    return [
        _link(
            new,
            old,
            "derived" if ahead[text(new[0], "project")] == behind[text(old[0], "project")] == 1 else "candidate",
        )
        for new, old in alike
    ]


def _named(project: Row, ago: int) -> _Named:
    """What projects have in common of which one goes on from the other: year (so many years ago), phase and name."""
    return number(project, "year") - ago, str(project["phase"]), bare(text(project, "name"))


def _link(later: list[Row], earlier: list[Row], grade: LinkGrade) -> Link:
    why = reason("continued_by_name", name=bare(text(later[0], "name")))
    new, old = node(later[0], "project"), node(earlier[0], "project")
    return Link(new, BL.continues, old, grade, "continued_by_name", why, places([*later, *earlier]))
