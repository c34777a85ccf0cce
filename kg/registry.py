"""Identity: each body, division, document, subject and recipient that documents speak of, described once."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pyoxigraph import NamedNode, Store, Triple

from kg import iris
from kg.departments import names_of_units
from kg.links import Link
from kg.names import title_of
from kg.origins import line_of
from kg.rdf import ALT_LABEL, BROADER, LABEL, ORGANIZATION, PREF_LABEL, TITLE, chinese, described, integer, words
from kg.reading import grouped, node, read, text
from ontology.divisions import Division
from ontology.terms import BL, concept, vocabulary
from ontology.text import tight

_FINANCE = ("财政部", "财政厅", "财政局")


def registry(store: Store, links: Sequence[Link]) -> Iterator[Triple]:
    """All identities. Bodies that only rules know of, such as issuers, come with the rules' links."""
    known = tuple(links)
    bodies = _bodies(store, known)
    yield from (triple for body, name in bodies.items() for triple in _body(body, name))
    yield from (triple for division in _divisions(bodies) for triple in _division(division))
    yield from _documents(store)
    yield from _subjects(store)
    yield from _printed_codes(store)
    yield from _recipients(store)


def _bodies(store: Store, links: Sequence[Link]) -> dict[NamedNode, str]:
    """Body → its official name: as its own disclosures print it, else as a rule or another disclosure has it."""
    agency = iris.thing("agency", "").value
    found = names_of_units(store)
    told = [(link.object, link.name) for link in links] + [(link.subject, link.subject_name) for link in links]
    found |= {body: name for body, name in told if name and body.value.startswith(agency)}
    own = {node(row, "body") for row in read(store, "disclosing_bodies")}
    for row in read(store, "names_used"):
        body = iris.body(text(row, "name"))
        if body in own:
            found[body] = tight(text(row, "name"))
    return found


def _body(body: NamedNode, name: str) -> Iterator[Triple]:
    line = line_of(iris.division_code(body))
    finance = name.endswith(_FINANCE)
    return described(
        body,
        BL.FinanceAuthority if finance else BL.PublicBody,
        (BL.officialName, words(name)),
        (BL.inDivision, iris.division(line[0].code) if line else None),
        (BL.level, concept("level", line[0].level) if line else None),
    )


def _divisions(bodies: Iterable[NamedNode]) -> list[Division]:
    found = {division for body in bodies for division in line_of(iris.division_code(body))}
    return sorted(found, key=lambda division: division.code)


def _division(division: Division) -> Iterator[Triple]:
    return described(
        iris.division(division.code),
        BL.AdministrativeDivision,
        (BL.divisionCode, words(division.code)),
        (LABEL, chinese(division.name)),
        (BL.level, concept("level", division.level)),
        (BL.parentDivision, iris.division(division.parent) if division.parent else None),
    )


def _documents(store: Store) -> Iterator[Triple]:
    """Every document mentioned: a funding document where a project is named after it, else an official document."""
    named = grouped(read(store, "named_documents"), "document")
    others = [*read(store, "mentioned_documents"), *read(store, "basis_documents")]
    for document in sorted({node(row, "document") for rows in (*named.values(), others) for row in rows}, key=str):
        number = iris.number_of(document)
        uses = named.get((document,), [])
        titles = sorted({title for row in uses if (title := title_of(number, text(row, "basis")))})
        code = iris.code("issuer", number.prefix)
        yield from described(code, BL.IssuerCode, (PREF_LABEL, chinese(number.prefix)))
        yield from described(
            document,
            BL.FundingDocument if uses else BL.OfficialDocument,
            (BL.documentNumber, words(str(number))),
            (BL.issueYear, integer(number.year)),
            (BL.serialNumber, integer(number.serial)),
            (BL.issuerCode, code),
            (TITLE, chinese(titles[0]) if titles else None),
        )


def _subjects(store: Store) -> Iterator[Triple]:
    """Subjects that the code lists lack, named as printed; further spellings stand beside the first."""
    for (subject, kind), rows in grouped(read(store, "printed_subjects"), "subject", "kind").items():
        if isinstance(subject, NamedNode) and isinstance(kind, NamedNode) and subject not in _listed():
            code = subject.value.rpartition("/")[2]
            names = sorted({text(row, "name") for row in rows})
            yield from described(
                subject,
                kind,
                (BL.subjectCode, words(code)),
                (PREF_LABEL, chinese(names[0])),
                *((ALT_LABEL, chinese(name)) for name in names[1:]),
                (BROADER, NamedNode(subject.value[:-2]) if len(code) > 3 and code.isdigit() else None),
            )


def _printed_codes(store: Store) -> Iterator[Triple]:
    """Units and indicator categories that the code lists lack, named as printed."""
    for row in read(store, "printed_codes"):
        if node(row, "code") not in _listed():
            yield Triple(node(row, "code"), PREF_LABEL, chinese(iris.printed(node(row, "code"))))


@cache
def _listed() -> frozenset[object]:
    """What the vocabulary and the code lists describe."""
    return frozenset(triple.subject for triple in vocabulary())


def _recipients(store: Store) -> Iterator[Triple]:
    rows = read(store, "onward_grants")
    for (recipient,), uses in grouped(rows, "recipient").items():
        if isinstance(recipient, NamedNode):
            yield from described(recipient, ORGANIZATION, (LABEL, chinese(min(text(row, "item") for row in uses))))
