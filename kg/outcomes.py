"""What self-evaluations evaluate: the project and the form of the budget of that year, indicator by indicator.

The same year, the same body or the one it succeeded, the same name. Final accounts and budgets of a year are different
disclosures; withheld projects take no part.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import NamedNode, Store

from kg.carry_overs import Older
from kg.links import Link, LinkGrade, derived
from kg.names import bare, fold
from kg.reading import Row, grouped, node, number, places, read, text
from kg.reasons import reason
from ontology.terms import BL, concept

Uses = list[Row]
"""The rows about one thing, one for each place where it is printed."""
Planned = Mapping[tuple[str, int], list[tuple[frozenset[str], Uses]]]
"""Body and year → what its budget has under one or several names."""


def evaluated(store: Store, predecessors: Older, links: Iterable[Link]) -> list[Link]:
    """Self-evaluation → the project of that year's budget, and → the form of it.

    Derived where one thing has the name, or, where none has it as printed, one has it but for number, year, brackets or
    项目 and no self-evaluation of another name would have it, too; else candidates. The form of a whole body is the
    only one of that body and level of disclosure.
    """
    found = list(grouped(read(store, "evaluations"), "evaluation").values())
    whole = concept("kind", "whole-body")
    own = [uses for uses in found if uses[0]["scope"] != whole and text(uses[0], "name")]
    forms = list(grouped(read(store, "planned_forms"), "form").values())
    projects = _projects(store)
    named = _named(forms, projects, derived(links))
    initial = concept("phase", "initial")
    planned = _by_year((frozenset({text(p[0], "name")}), p) for p in projects if p[0]["phase"] == initial)
    of_projects = _by_year((names, form) for names, form in named if form[0]["scope"] != whole)
    return [
        *_by_name(own, planned, "project", BL.evaluationOf, predecessors),
        *_by_name(own, of_projects, "form", BL.evaluatedForm, predecessors),
        *_whole([uses for uses in found if uses[0]["scope"] == whole], forms, predecessors),
    ]


def outcomes(store: Store, links: Iterable[Link]) -> list[Link]:
    """Outcome → the indicator of the form that its self-evaluation evaluates, by links that stand.

    Derived where either side has the name once, or once with the same printed target; else candidates.
    """
    form_of = {link.subject: link.object for link in derived(links) if link.predicate == BL.evaluatedForm}
    if not form_of:
        return []
    done = grouped(read(store, "outcomes"), "evaluation")
    planned = grouped(read(store, "indicators"), "form")
    return [
        link
        for evaluation, form in sorted(form_of.items(), key=str)
        for link in _alike(_once(done.get((evaluation,), []), "outcome"), _once(planned.get((form,), []), "indicator"))
    ]


def _projects(store: Store) -> list[Uses]:
    return list(grouped(read(store, "open_projects"), "project").values())


def _named(
    forms: Sequence[Uses], projects: Sequence[Uses], standing: Iterable[Link]
) -> list[tuple[frozenset[str], Uses]]:
    """The forms with all names they go by: their own and those of the projects that they are for."""
    name_of = {node(uses[0], "project"): text(uses[0], "name") for uses in projects}
    attached = {link.subject: link.object for link in standing if link.predicate == BL.targetOf}
    found = []
    for uses in forms:
        project = attached.get(node(uses[0], "form")) or uses[0].get("project")
        names = {text(uses[0], "name"), name_of.get(project, "") if isinstance(project, NamedNode) else ""}
        found.append((frozenset(names - {""}), uses))
    return found


def _by_year(named: Iterable[tuple[frozenset[str], Uses]]) -> Planned:
    found: dict[tuple[str, int], list[tuple[frozenset[str], Uses]]] = defaultdict(list)
    for names, uses in named:
        found[text(uses[0], "body"), number(uses[0], "year")].append((names, uses))
    return found


def _by_name(
    found: Sequence[Uses], planned: Planned, kind: str, predicate: NamedNode, predecessors: Older
) -> Iterator[Link]:
    claimed: dict[tuple[str, int, str], set[str]] = defaultdict(set)  # what bare name stands for, by year
    for uses in found:
        name = text(uses[0], "name")
        claimed[text(uses[0], "body"), number(uses[0], "year"), bare(name)].add(_called(name))
    for uses in found:
        row, name = uses[0], text(uses[0], "name")
        others = list(_of_same_year(row, planned, predecessors))
        exact = [other for names, other in others if fold(name) in map(fold, names)]
        near = [other for names, other in others if bare(name) in map(bare, names)]
        alone = len(claimed[text(row, "body"), number(row, "year"), bare(name)]) == 1
        sure = len(exact) == 1 or (not exact and len(near) == 1 and alone)
        for other in exact or near:
            thing = node(other[0], kind)
            yield _link(uses, predicate, thing, other, "derived" if sure else "candidate", bare(name))


def _called(name: str) -> str:
    """The folded name without 项目 behind it, which running text adds: “乙经费”项目."""
    return fold(name).removesuffix("项目") or fold(name)


def _of_same_year(row: Row, planned: Planned, predecessors: Older) -> Iterator[tuple[frozenset[str], Uses]]:
    body = node(row, "body")
    for one in sorted({body} | predecessors.get(body, frozenset()), key=str):
        yield from planned.get((one.value, number(row, "year")), ())


def _whole(found: Sequence[Uses], forms: Sequence[Uses], predecessors: Older) -> Iterator[Link]:
    whole = [(frozenset[str](), uses) for uses in forms if uses[0]["scope"] == concept("kind", "whole-body")]
    planned = _by_year(whole)
    for uses in found:
        level = uses[0].get("level")
        same = [other for _, other in _of_same_year(uses[0], planned, predecessors) if _fits(level, other[0])]
        for other in same:
            grade: LinkGrade = "derived" if len(same) == 1 else "candidate"
            why = reason("evaluation_of_body")
            of = node(other[0], "form")
            yield Link(
                node(uses[0], "evaluation"), BL.evaluatedForm, of, grade, "evaluation_of_body", why,
                places([*uses, *other]),
            )  # fmt: skip


def _fits(level: object, form: Row) -> bool:
    """Whether the levels of the disclosures, department or unit, are not different."""
    return level is None or form.get("level") in (None, level)


def _link(uses: Uses, predicate: NamedNode, thing: NamedNode, other: Uses, grade: LinkGrade, name: str) -> Link:
    why = reason("evaluation_by_name", name=name)
    evidence = places([*uses, *other])
    return Link(node(uses[0], "evaluation"), predicate, thing, grade, "evaluation_by_name", why, evidence)


def _once(rows: Sequence[Row], kind: str) -> list[Row]:
    return [uses[0] for uses in grouped(rows, kind).values()]


def _alike(done: Sequence[Row], planned: Sequence[Row]) -> Iterator[Link]:
    for name in sorted({fold(text(row, "name")) for row in done}):
        own = [row for row in done if fold(text(row, "name")) == name]
        others = [row for row in planned if fold(text(row, "name")) == name]
        for row in own:
            same = [other for other in others if _target(other) == _target(row)]
            told = len([one for one in own if _target(one) == _target(row)])
            sure = others if len(own) == len(others) == 1 else same if told == len(same) == 1 else []
            for other in sure or others:
                why = reason("outcome_by_name", name=text(other, "name"))
                yield Link(
                    node(row, "outcome"), BL.outcomeOf, node(other, "indicator"), "derived" if sure else "candidate",
                    "outcome_by_name", why, places([row, other]),
                )  # fmt: skip


def _target(row: Row) -> str:
    return fold(text(row, "words"))
