"""Printed statements that contradict each other: both sides are kept, none is preferred."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pyoxigraph import NamedNode, Store, Triple

from kg import iris
from kg.links import Link, derived
from kg.rdf import chinese, described, plain, words
from kg.reading import Row, amount, grouped, node, number, places, read, text
from kg.reasons import reason
from ontology.money import YUAN_PER_UNIT
from ontology.terms import BL, label


def described_conflicts(store: Store, forms: list[Link]) -> Iterator[Triple]:
    """All conflicts that rules find in what documents state."""
    yield from _documents(store)
    yield from _totals(store, forms)
    yield from _last_year(store)


def _documents(store: Store) -> Iterator[Triple]:
    """A project whose name has one number of an issuer, and whose basis has another number of it instead."""
    for (project,), rows in grouped(read(store, "basis_of_projects"), "project").items():
        named, basis = {node(row, "named") for row in rows}, {node(row, "basis") for row in rows}
        for one in sorted(named - basis, key=str):
            others = [other for other in sorted(basis - named, key=str) if _prefix(other) == _prefix(one)]
            if others and isinstance(project, NamedNode):
                listed = "、".join(str(iris.number_of(other)) for other in others)
                why = reason("document_in_name_and_basis", named=iris.number_of(one), basis=listed)
                yield from _conflict("document_in_name_and_basis", project, [one, *others], why, places(rows))


def _totals(store: Store, forms: list[Link]) -> Iterator[Triple]:
    """A performance form whose total is not what its project's lines add up to.

    Other money (其他资金) need not stand in the tables: lines that fall short by no more than that contradict nothing.
    """
    attached = {link.subject: link.object for link in derived(forms)}
    lines_of = grouped(read(store, "project_lines"), "project")
    for (form,), rows in grouped(read(store, "project_forms"), "form").items():
        project = rows[0].get("project") or attached.get(form)  # type: ignore[arg-type]
        lines = [uses[0] for uses in grouped(lines_of.get((project,), []), "observation").values()]
        budgeted = sum((amount(row, "amount") for row in lines), Decimal(0))
        if lines and "total" in rows[0] and _contradict(rows[0], budgeted) and isinstance(project, NamedNode):
            sums = {"form": _wan(amount(rows[0], "total")), "lines": _wan(budgeted)}
            why = reason("total_of_form_and_lines", **sums)
            sides = [node(rows[0], "form"), *(node(row, "observation") for row in lines)]
            yield from _conflict("total_of_form_and_lines", project, sides, why, places([*rows, *lines]))


def _last_year(store: Store) -> Iterator[Triple]:
    """A figure of last year, as a table prints it beside this year's, that is not what last year's disclosure has.

    Rounding in print explains half a printed unit of each.
    """
    for rows in grouped(read(store, "prior_figures"), "prior").values():
        row = rows[0]
        gap = abs(amount(row, "stated") - amount(row, "amount"))
        if gap > half_unit(row, "unit", "decimals") + half_unit(row, "own_unit", "own_decimals"):
            sums = {"stated": _wan(amount(row, "stated")), "published": _wan(amount(row, "amount"))}
            why = reason("last_year_as_printed", year=text(row, "year"), item=text(row, "item"), **sums)
            sides = [node(row, "prior"), node(row, "published")]
            found = {node(one, name) for one in rows for name in ("evidence", "own_evidence")}
            yield from _conflict("last_year_as_printed", None, sides, why, sorted(found, key=str))


def half_unit(row: Row, unit: str, decimals: str) -> Decimal:
    """Half a printed unit of an amount, in yuan."""
    return YUAN_PER_UNIT[label(node(row, unit)) or ""] * Decimal(5).scaleb(-number(row, decimals) - 1)


def _contradict(form: Row, budgeted: Decimal) -> bool:
    missing = amount(form, "total") - budgeted
    other = amount(form, "other") if "other" in form else Decimal(0)
    return missing != 0 and not 0 < missing <= other


def _conflict(
    rule: str, project: NamedNode | None, sides: list[NamedNode], why: str, evidence: Iterable[NamedNode]
) -> Iterator[Triple]:
    about = [project.value] if project else []
    return described(
        iris.thing("conflict", iris.segment(rule), iris.digest(*about, *(side.value for side in sides))[:16]),
        BL.Conflict,
        *((BL.conflictSide, side) for side in sides),
        (BL.rule, words(rule)),
        (BL.rationale, chinese(why)),
        (BL.project, project),
        *((BL.evidence, place) for place in evidence),
    )


def _wan(yuan: Decimal) -> str:
    """An amount in 万元, the unit in which forms and tables print it."""
    return f"{plain(yuan / 10_000)}万元"


def _prefix(document: NamedNode) -> str:
    return iris.number_of(document).prefix
