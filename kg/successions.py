"""Which body took over from which: by last year's figures implied in this year's sentences, by sentences, by old names.

A merged or renamed body states changes against the budget of one predecessor. Where every figure so implied is the
figure that one body of the same division disclosed the year before, that body is the predecessor; among many figures
one in ten may be a misprint, which must not hide what it is a misprint of.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Store, Triple

from kg import iris
from kg.links import Link, LinkGrade, derived
from kg.names import fold, spellings
from kg.rdf import ORIGINAL_ORGANIZATION, RESULTING_ORGANIZATION, day, described
from kg.reading import Row, amount, grouped, node, number, places, read, text
from kg.reasons import reason
from kg.told_successions import told_successions
from ontology.terms import BL, concept

FEWEST_FIGURES = 5
MOST_UNEQUAL = Decimal("0.1")  # share of the figures: a slip in a text of a body that nine amounts to the cent tell

Figures = Mapping[str, tuple[Decimal, NamedNode]]


@dataclass(frozen=True, slots=True)
class Book:
    """One disclosure: its body, year, phase, date, and what it states: the totals of subjects by the folded path of
    their names, and those of its sentences (`totals`) by section and name, where it gives each once."""

    iri: NamedNode
    body: NamedNode
    year: int
    phase: NamedNode
    issued: str | None
    figures: Figures
    totals: Figures


def successions(store: Store) -> list[Link]:
    """Body → body that it succeeded: derived by figures or by a sentence, else candidates."""
    books = _books(store)
    implied = grouped(read(store, "implied_figures"), "disclosure")
    usages = grouped(read(store, "names_used"), "disclosure")
    found: list[Link] = []
    for book in books:
        if not any(other.body == book.body and other.year == book.year - 1 for other in books):
            before = [other for other in books if _may_precede(other, book)]
            found += _by_figures(book, before, implied.get((book.iri,), []), usages.get((book.iri,), []))
    return _best([*found, *told_successions(store)])


def old_names(store: Store, links: Iterable[Link]) -> list[Link]:
    """Use of a predecessor's name in a body's own disclosure → that body, for whom the old name is printed."""
    bodies = {book.iri: book.body for book in _books(store)}
    pairs = {(link.subject, link.object) for link in derived(links) if link.predicate == BL.succeeds}
    found = []
    for (usage,), rows in grouped(read(store, "names_used"), "usage").items():
        body, old = bodies.get(node(rows[0], "disclosure")), iris.body(text(rows[0], "name"))
        if isinstance(usage, NamedNode) and body is not None and (body, old) in pairs:
            why = reason("old_name_in_own_disclosure", name=text(rows[0], "name"))
            found.append(Link(usage, BL.nameUsedFor, body, "derived", "old_name_in_own_disclosure", why, places(rows)))
    return found


def described_changes_of_bodies(store: Store, links: Iterable[Link]) -> Iterator[Triple]:
    """One event for each body that succeeded others: a merger where a sentence says so or they are several.

    Of a body whose year of beginning no disclosure tells there is none.
    """
    books = _books(store)
    for body, found in _by_subject(link for link in derived(links) if link.predicate == BL.succeeds).items():
        old = {link.object for link in found}
        years = [book.year for book in books if book.body == body]
        years = years or [book.year + 1 for book in books if book.body in old]
        if not years:
            continue
        year = min(years)
        merged = len(found) > 1 or any(link.rule == "merged_by_sentence" for link in found)
        before = [book.issued for book in books if book.body in old and book.year == year - 1 and book.issued]
        after = [book.issued for book in books if book.body == body and book.year == year and book.issued]
        yield from described(
            iris.thing("chg", body.value.rpartition("/")[2], str(year)),
            BL.AgencyChange,
            (BL.changeKind, concept("kind", "merger" if merged else "rename")),
            (BL.rule, Literal("change_by_succession")),
            (RESULTING_ORGANIZATION, body),
            *((ORIGINAL_ORGANIZATION, link.object) for link in found),
            (BL.effectiveFrom, day(max(before, default=None))),
            (BL.effectiveTo, day(min(after, default=None))),
            *((BL.evidence, place) for link in found for place in link.evidence),
        )


def _books(store: Store) -> list[Book]:
    stated = grouped(read(store, "disclosed_figures"), "disclosure")
    told = grouped(read(store, "stated_totals"), "disclosure")
    return [
        Book(
            node(row, "disclosure"),
            node(row, "body"),
            number(row, "year"),
            node(row, "phase"),
            text(row, "issued") or None,
            _figures(stated.get((row["disclosure"],), [])),
            _totals(told.get((row["disclosure"],), [])),
        )
        for row in read(store, "disclosures")
    ]


def _figures(rows: list[Row]) -> Figures:
    names = {_code(row): fold(text(row, "name")) for row in rows}
    found: dict[str, tuple[Decimal, NamedNode]] = {}
    for row in rows:
        code = _code(row)
        path = [names.get(code[:size], "") for size in range(3, len(code) + 1, 2)]
        if all(path):
            found["/".join(path)] = amount(row, "amount"), node(row, "evidence")
    return found


def _totals(rows: list[Row]) -> Figures:
    found: dict[str, set[tuple[Decimal, NamedNode]]] = {}
    for row in rows:
        found.setdefault(_total(row), set()).add((amount(row, "amount"), node(row, "evidence")))
    return {name: next(iter(said)) for name, said in found.items() if len(said) == 1}


def _total(row: Row) -> str:
    """The section without its number and the name of a total, by which two years' sentences tell of the same."""
    section, item = fold(text(row, "section")), fold(text(row, "item"))
    return f"{re.sub(spellings()['totals']['number'], '', section)}/{re.sub(spellings()['totals']['ending'], '', item)}"


def _code(row: Row) -> str:
    return node(row, "subject").value.rpartition("/")[2].partition("~")[0]


def _may_precede(other: Book, book: Book) -> bool:
    return (
        other.year == book.year - 1
        and other.phase == book.phase
        and other.body != book.body
        and iris.division_code(other.body) == iris.division_code(book.body) != "_"
    )


def _by_figures(book: Book, before: list[Book], implied: list[Row], usages: list[Row]) -> Iterator[Link]:
    implied = [uses[0] for uses in grouped(implied, "change").values() if amount(uses[0], "prior") > 0]
    subjects = [row for row in implied if "path" in row]
    told = {other.iri: [*subjects, *(row for row in implied if _total(row) in other.totals)] for other in before}
    equal = {
        other.iri: [row for row in told[other.iri] if (_said(other, row) or (None,))[0] == amount(row, "prior")]
        for other in before
    }
    sure = {
        other.body
        for other in before
        if len(told[other.iri]) - len(equal[other.iri]) <= MOST_UNEQUAL * len(told[other.iri])
        and len(subjects) >= FEWEST_FIGURES
    }
    for other in before:
        figures, rows = told[other.iri], equal[other.iri]
        named = [row for row in usages if iris.body(text(row, "name")) == other.body]
        if other.body in sure or 2 * len(rows) > len(figures) or named:
            grade: LinkGrade = "derived" if sure == {other.body} else "candidate"
            evidence = places([*rows, *named]) | {said[1] for row in rows if (said := _said(other, row))}
            yield Link(
                book.body,
                BL.succeeds,
                other.body,
                grade,
                "succeeded_by_figures",
                _why(book, rows, figures, named),
                evidence,
            )


def _why(book: Book, rows: list[Row], figures: list[Row], named: list[Row]) -> str:
    counts = {"year": book.year - 1, "figures": len(figures), "equal": len(rows)}
    if named:
        return reason("succeeded_by_figures_and_name", **counts, after=book.year, places=len(named))
    return reason("succeeded_by_figures", **counts)


def _said(book: Book, row: Row) -> tuple[Decimal, NamedNode] | None:
    """The figure that a disclosure states for what a sentence of the year after implies, and where."""
    return book.figures.get(_path(row)) if "path" in row else book.totals.get(_total(row))


def _path(row: Row) -> str:
    return "/".join(map(fold, text(row, "path").split("/")))


def _best(links: list[Link]) -> list[Link]:
    """One link for each pair of bodies, derived before candidate, with the evidence of all of its rule and grade."""
    found: dict[tuple[NamedNode, NamedNode], Link] = {}
    for link in sorted(links, key=lambda link: (link.grade == "candidate", link.rule, link.rationale)):
        first = found.setdefault((link.subject, link.object), link)
        if first.rule == link.rule and first.grade == link.grade:
            found[link.subject, link.object] = replace(first, evidence=first.evidence | link.evidence)
    return list(found.values())


def _by_subject(links: Iterable[Link]) -> dict[NamedNode, list[Link]]:
    found: dict[NamedNode, list[Link]] = {}
    for link in links:
        found.setdefault(link.subject, []).append(link)
    return found
