"""Which project goes on from which: the same name but for number and year, in the same body or its successor."""

from collections import Counter

from pyoxigraph import NamedNode, Store

from kg.carry_overs import Older
from kg.links import Link, LinkGrade
from kg.names import bare
from kg.reading import Row, grouped, node, number, places, read, text
from kg.reasons import reason
from ontology.terms import BL


def continuations(store: Store, predecessors: Older) -> list[Link]:
    """Project → the project of the year before that it continues.

    Derived where each has the other only, else candidates. Withheld projects take no part.
    """
    projects = list(grouped(read(store, "open_projects"), "project").values())
    alike = [(new, old) for new in projects for old in projects if _continues(new[0], old[0], predecessors)]
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


def _continues(later: Row, earlier: Row, predecessors: Older) -> bool:
    body: NamedNode = node(later, "body")
    return (
        number(later, "year") == number(earlier, "year") + 1
        and later["phase"] == earlier["phase"]
        and node(earlier, "body") in {body} | predecessors.get(body, frozenset())
        and bare(text(later, "name")) == bare(text(earlier, "name"))
    )


def _link(later: list[Row], earlier: list[Row], grade: LinkGrade) -> Link:
    why = reason("continued_by_name", name=bare(text(later[0], "name")))
    new, old = node(later[0], "project"), node(earlier[0], "project")
    return Link(new, BL.continues, old, grade, "continued_by_name", why, places([*later, *earlier]))
