"""Which project a performance form is for where it bears no project's exact name: by bare name, then equal money."""

from decimal import Decimal

from pyoxigraph import NamedNode, Store

from kg.links import Link, LinkGrade
from kg.names import bare
from kg.reading import Row, amount, grouped, node, places, read, text
from kg.reasons import reason
from ontology.terms import BL


def attached_forms(store: Store) -> list[Link]:
    """Form → project of the same disclosure.

    Derived where one form and one project without a form have the same name but for number, year, issuing words or
    项目; then where one of each is left with the same total. Where several are left with it, candidates.
    """
    forms_of = grouped(read(store, "project_forms"), "disclosure")
    projects_of = grouped(read(store, "open_projects"), "disclosure")
    money = _money(store)
    found: list[Link] = []
    for disclosure, rows in forms_of.items():
        forms = list(grouped(rows, "form").values())
        attached = {row.get("project") for row in rows}
        projects = [
            uses
            for (project,), uses in grouped(projects_of.get(disclosure, []), "project").items()
            if project not in attached
        ]
        open_forms = [uses for uses in forms if "project" not in uses[0]]
        named = _by_name(open_forms, projects)
        taken = {link.subject for link in named} | {link.object for link in named}
        left = [uses for uses in open_forms if node(uses[0], "form") not in taken]
        found += named
        found += _by_total(left, [uses for uses in projects if node(uses[0], "project") not in taken], money)
    return found


def _by_name(forms: list[list[Row]], projects: list[list[Row]]) -> list[Link]:
    form_names = [bare(text(uses[0], "name")) for uses in forms]
    project_names = [bare(text(uses[0], "name")) for uses in projects]
    return [
        _link(
            form,
            project,
            "derived" if form_names.count(name) == project_names.count(name) == 1 else "candidate",
            "form_by_name",
            why,
        )
        for form, name in zip(forms, form_names, strict=True)
        for project, other in zip(projects, project_names, strict=True)
        if name == other and (why := reason("form_by_name", name=name))
    ]


def _by_total(forms: list[list[Row]], projects: list[list[Row]], money: dict[NamedNode, set[Decimal]]) -> list[Link]:
    pairs = [
        (form, project)
        for form in forms
        for project in projects
        if "total" in form[0] and amount(form[0], "total") in money.get(node(project[0], "project"), set())
    ]
    ahead, behind = [text(form[0], "form") for form, _ in pairs], [text(project[0], "project") for _, project in pairs]
    why = reason("form_by_total")
    return [
        _link(form, project, "derived", "form_by_total", why)
        if ahead.count(ahead[at]) == behind.count(behind[at]) == 1
        else _link(form, project, "candidate", "form_by_total", reason("form_by_total_several"))
        for at, (form, project) in enumerate(pairs)
    ]


def _money(store: Store) -> dict[NamedNode, set[Decimal]]:
    """Project → what its lines add up to in each table, and over both."""
    found: dict[NamedNode, set[Decimal]] = {}
    for (project,), rows in grouped(read(store, "project_lines"), "project").items():
        lines = [uses[0] for uses in grouped(rows, "observation").values()]
        sums = [sum((amount(row, "amount") for row in uses), Decimal(0)) for uses in grouped(lines, "view").values()]
        if isinstance(project, NamedNode):
            found[project] = {*sums, sum(sums, Decimal(0))}
    return found


def _link(form: list[Row], project: list[Row], grade: LinkGrade, rule: str, why: str) -> Link:
    return Link(
        node(form[0], "form"), BL.targetOf, node(project[0], "project"), grade, rule, why, places([*form, *project])
    )
