"""The units of a department, as its disclosure lists them or its tables have them in a column: whose figures its own
include, who is only below it."""

import re
from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from kg import iris
from kg.disclosed import Disclosed
from kg.evidence import Places
from kg.names import fold, spellings
from kg.rdf import described, words
from kg.rows import Row
from ontology.divisions import division_of
from ontology.facts import Fact, MemberFact, PassageFact
from ontology.terms import BL, concept
from ontology.text import key

Found = list[tuple[str, PassageFact | MemberFact]]


def bodies_of_rows(rows: Sequence[Row], book: Disclosed) -> dict[str, NamedNode]:
    """Folded name → body, of the bodies that a column of tables names; empty where none is but the disclosing one.

    Beside other bodies one that is called as the department is the department's own part (本级), not the whole.
    """
    names = {row.body for row in rows if row.body}
    if book.body is None or book.agency is None or (len(names) == 1 and _own(min(names), book.agency)):
        return {}
    part = NamedNode(f"{book.body.value}.{iris.segment(spellings()['units']['part'])}")
    return {fold(name): part if fold(name) == fold(book.agency) else unit(name, book.body) for name in names}


def described_units(facts: Sequence[Fact], rows: Sequence[Row], book: Disclosed, places: Places) -> Iterator[Triple]:
    """The units that the disclosure includes or names as below the body, and the statement that there are none.

    The body itself, which such lists begin with, is no unit of its own; in a column of bodies its own part is one.
    """
    yield from _in_columns(rows, book, places)
    passages = [fact for fact in facts if isinstance(fact, PassageFact) and fact.part == "organisation"]
    if book.body is None or book.agency is None:
        return
    named: dict[str, set[NamedNode]] = {}
    members = [(name, fact) for fact in facts if isinstance(fact, MemberFact) for name in _names(key(fact.name))]
    included = [*_listed(passages, "included"), *members]
    for relation, listed in ((BL.covers, included), (BL.subordinate, _listed(passages, "below"))):
        for name, fact in listed:
            if not _own(name, book.agency):
                yield Triple(book.iri, relation, unit(name, book.body))
                named.setdefault(name, set()).add(places[fact.source])
    for name, evidence in named.items():
        yield from described(
            iris.thing("name", book.key, iris.segment(name)),
            BL.NameUsage,
            (BL.verbatim, Literal(name)),
            (BL.nameUsedFor, unit(name, book.body)),
            (BL.disclosedIn, book.iri),
            *((BL.evidence, place) for place in sorted(evidence, key=str)),
        )
    if not named:
        yield from _none(passages, book, places)


def _in_columns(rows: Sequence[Row], book: Disclosed, places: Places) -> Iterator[Triple]:
    """The bodies that tables name in a column: the disclosure's figures include theirs."""
    for name, body in bodies_of_rows(rows, book).items():
        row = next(row for row in rows if row.body and fold(row.body) == name)
        yield Triple(book.iri, BL.covers, body)
        yield from described(
            iris.thing("name", book.key, iris.segment(row.body or ""), "column"),
            BL.NameUsage,
            (BL.verbatim, words(row.body)),
            (BL.nameUsedFor, body),
            (BL.disclosedIn, book.iri),
            (BL.evidence, places[row.cells[0].source]),
        )


def unit(name: str, department: NamedNode) -> NamedNode:
    """The address of a unit: by its full name; where the name has no place in it, only within its department."""
    if division_of(name):
        return iris.body(name)
    return NamedNode(f"{department.value}.{iris.segment(name)}")


def _listed(passages: Sequence[PassageFact], what: str) -> Found:
    form = spellings()["units"]
    found: Found = []
    for at, fact in enumerate(passages):
        for match in re.finditer(form[what], key(fact.source.text)):
            names = [(name, fact) for name in _names(match["names"])] or _numbered(passages[at + 1 :])
            found += names if not match["count"] or int(match["count"]) <= len(names) else []
    return found


def _names(listed: str) -> list[str]:
    form = spellings()["units"]
    parts = (re.sub(form["aside"], "", part) for part in re.split(form["breaks"], listed))
    names = list(filter(None, parts))
    return names if all(re.search(form["body"], name) for name in names) else []


def _numbered(passages: Sequence[PassageFact]) -> Found:
    """The names in the paragraphs that follow, as far as they are numbered; of one that goes on on a line of its own,
    the name on its first line."""
    form = spellings()["units"]["line"]
    found: Found = []
    for fact in passages:
        printed = (fact.source.text, fact.source.text.partition("\n")[0])
        matches = (match for text in printed if (match := re.fullmatch(form, key(text))))
        names = next(filter(None, (_names(match["name"]) for match in matches)), [])
        if not names:
            break
        found += [(name, fact) for name in names]
    return found


def _own(name: str, agency: str) -> bool:
    own = re.sub(spellings()["units"]["own"], "", name)
    return own != name or fold(agency).endswith(fold(own)) or not own


def _none(passages: Sequence[PassageFact], book: Disclosed, places: Places) -> Iterator[Triple]:
    said = [fact for fact in passages if re.search(spellings()["units"]["none"], key(fact.source.text))]
    if said:
        yield from described(
            iris.thing("abs", book.key, "units"),
            BL.AbsenceStatement,
            *book.common(),
            (BL.absenceKind, concept("absence", "declared_nil")),
            (BL.item, words(spellings()["units"]["item"])),
            *((BL.evidence, places[fact.source]) for fact in said),
        )
