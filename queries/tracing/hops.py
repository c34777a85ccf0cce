"""The hops of a trace, made of what was gathered: each kind of relation one function."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from kg.iris import fiscal_year
from ontology.terms import BL
from ontology.text import key
from queries.reading import Row, code_of, integer, text
from queries.tracing.answer import Conflict, Hop, Passport
from queries.tracing.claims import ACROSS, UPSTREAM
from queries.tracing.gathering import Gathered
from queries.tracing.money import Project
from queries.tracing.stated import basis_of, printed_at, said_at, with_unit

_ORDER = ("origin", "relay", "issue", "programme")
_INHERITED = "predecessor_by_class"  # a candidate that people accepted
_DETAIL = {"narrative_use": "stated_use", "government_procurement": "procurement"}


def passport(found: Gathered, document: str) -> Passport:
    """A document and what is concluded about it: from the origin level down to the issuer."""
    number = found.label(document)
    hops = [
        Hop(
            relation=UPSTREAM[str(row["predicate"])],
            source=found.label(row["object"]),
            target=number,
            nodes=(str(row["claim"]), document),
            source_iri=str(row["object"]),
            target_iri=document,
            **basis_of(row),
            **printed_at(found, str(row["claim"])),
        )
        for row in found.claims.get(document, ())
        if row["predicate"] in UPSTREAM and row["grade"] != "candidate"
    ]
    above = sorted(hops, key=lambda hop: _ORDER.index(hop.relation))
    return Passport(number, document, (*above, *on_basis(found, document)), found.more_on_basis.get(document, 0))


def money(found: Gathered, project: str) -> Iterator[Hop]:
    """What a project has: under documents, carried over, else its plain budget lines."""
    about = found.money.projects[project]
    yield from (_flow(found, row, about) for row in found.money.flows.get(project, ()))
    for row in found.money.plain_lines(project):
        yield replace(_line(found, row, str(row["line"]), about), target=found.label(about.body), target_iri=about.body)


def _flow(found: Gathered, row: Row, about: Project) -> Hop:
    """An allocation or a carry-over; its grade is that of the rule by which it came to its functional subject."""
    flow, document = str(row["flow"]), text(row["underDocument"])
    placed = next(
        (
            claim for claim in found.claims.get(flow, ())
            if claim["predicate"] == BL.functionalSubject.value and claim["grade"] == "derived"
        ), None,
    )  # fmt: skip
    return replace(
        _line(found, row, flow, about),
        relation="carry_over" if row["type"] == BL.CarryOver.value else "allocation",
        source=found.label(document),
        target=found.label(about.body),
        year=integer(row["fiscalYear"]),
        from_year=integer(row["fromFiscalYear"]),
        amount_type=code_of(row["amountType"]),
        nodes=tuple(node for node in (flow, document, text(row["budgetedAs"])) if node),
        source_iri=document or "",
        target_iri=about.body,
        **basis_of(placed),
        **printed_at(found, flow, str(placed["claim"]) if placed else None),
    )


def _line(found: Gathered, row: Row, node: str, about: Project) -> Hop:
    """An amount with its functional subject, as far as the row says."""
    amount, subject = row["amountCNY"], row.get("functionalSubject")
    return Hop(
        relation="budget_line",
        source="",
        target="",
        year=about.year,
        code=code_of(subject),
        subject=found.labels.get(str(subject)),
        project=about.name,
        amount=amount if isinstance(amount, Decimal) else None,
        printed=with_unit(found, row),
        amount_type=code_of(row.get("amountType")) or "budgeted",
        nodes=(node,),
        **printed_at(found, node),
    )


def uses(found: Gathered, project: str) -> Iterator[Hop]:
    """The economic use of a project's budget: one hop for each class printed beside its functional subject."""
    about = found.money.projects[project]
    for row in found.money.uses(project):
        hop = _line(found, row, str(row["line"]), about)
        use = f"{code_of(row['economicSubject'])} {row['columnName'] or ''}".strip()
        between = replace(hop, source_iri=about.body, target_iri=str(row["economicSubject"]))
        yield replace(between, relation="use", source=found.label(about.body), target=use)


def details(found: Gathered, project: str) -> Iterator[Hop]:
    """What the text says that parts of a project's money are for, and what is to be bought of it."""
    about = found.money.projects[project]
    said = key(about.purpose or "")
    for row in sorted(found.money.details.get(project, ()), key=lambda row: said.find(key(str(row["item"])))):
        hop = _line(found, row, str(row["line"]), about)
        relation = _DETAIL[code_of(row["inView"]) or ""]
        yield replace(hop, relation=relation, source=about.name, target=str(row["item"]), source_iri=project)


def basis(found: Gathered, project: str) -> Iterator[Hop]:
    """The documents that a project's policy basis names, but for those under which its money is, and its purpose."""
    about = found.money.projects[project]
    under = {row["underDocument"] for row in found.money.flows.get(project, ())}
    hop = Hop("policy_basis", "", "", about.year, project=about.name, nodes=(project,))
    for row in found.basis.get(project, ()):
        if row["document"] not in under:
            ends = replace(hop, source_iri=str(row["document"]), target_iri=project)
            number = found.label(row["document"])
            yield replace(ends, source=number, target=about.name, **said_at(found, project, number))
    told = replace(hop, relation="purpose", source=about.name, source_iri=project)
    for purpose in found.said.get(project) or filter(None, (about.purpose,)):
        yield replace(told, target=purpose, **said_at(found, project, purpose))


def on_basis(found: Gathered, document: str) -> Iterator[Hop]:
    """The projects whose policy basis names a document, the newest of those that are not traced themselves."""
    number = found.label(document)
    for project in found.on_basis.get(document, ()):
        yield Hop(
            relation="policy_basis",
            source=number,
            target=found.label(project),
            year=fiscal_year(project),
            project=found.label(project),
            nodes=(document, project),
            source_iri=document,
            target_iri=project,
            **said_at(found, project, number),
        )


def grants(found: Gathered, project: str) -> Iterator[Hop]:
    """What a project hands to named recipients."""
    about = found.money.projects[project]
    for row in found.money.grants.get(project, ()):
        hop = _line(found, row, str(row["flow"]), about)
        year = integer(row["fiscalYear"])
        between = replace(hop, source_iri=about.body, target_iri=text(row["toParty"]) or "")
        yield replace(between, relation="grant", source=found.label(about.body), target=str(row["item"]), year=year)


def same_subject(found: Gathered, project: str) -> Iterator[Hop]:
    """Lines of other projects of the same body, year and functional subject."""
    about = found.money.projects[project]
    for row in found.siblings.of.get(project, ()):
        hop = _line(found, row, str(row["line"]), about)
        hop = replace(hop, target=found.label(about.body), target_iri=about.body)
        yield replace(hop, relation="same_subject", project=found.label(row["project"]))


def conflicts(found: Gathered, project: str) -> Iterator[Conflict]:
    """Contradicting statements about a project, with both sides."""
    for row in found.conflicts.get(project, ()):
        iri = str(row["conflict"])
        sides = tuple(_side(found, side) for side in found.sides.get(iri, ()))
        at = printed_at(found, iri)
        yield Conflict(str(row["rationale"]), str(row["rule"]), iri=iri, sides=tuple(filter(None, sides)), **at)


def _side(found: Gathered, row: Row) -> str:
    amount = row["amountCNY"] if row["amountCNY"] is not None else row["targetTotalCNY"]
    money = with_unit(found, row) or (f"{amount} 元" if isinstance(amount, Decimal) else "")
    kind = found.labels.get(str(row["inView"] or row["amountType"]), "")
    return " ".join(str(part) for part in (kind, row["documentNumber"], row["projectName"], money) if part)


def links(found: Gathered, things: Iterable[str]) -> list[Hop]:
    """Continuations of projects and successions of bodies, newer → older; whose money carry-overs were, if settled."""
    rows = [row for thing in things for row in found.claims.get(thing, ())]
    across = (row for row in rows if row["predicate"] in ACROSS or row["rule"] == _INHERITED)
    return [claim(found, row) for row in across if row["grade"] == "derived"]


def claim(found: Gathered, row: Row) -> Hop:
    """A relation that a rule concludes, with the names of its ends and their years where the ends are of a year."""
    predicate = str(row["predicate"])
    return Hop(
        year=fiscal_year(str(row["subject"])),
        from_year=fiscal_year(str(row["object"])),
        relation=ACROSS.get(predicate) or UPSTREAM.get(predicate) or predicate.rsplit("#", 1)[-1],
        source=found.label(row["subject"]),
        target=found.label(row["object"]),
        nodes=(str(row["claim"]),),
        source_iri=str(row["subject"]),
        target_iri=str(row["object"]),
        **basis_of(row),
        **printed_at(found, str(row["claim"])),
    )


def same_programme(found: Gathered, project: str, programme: str) -> Iterator[Hop]:
    """The money of another project of a programme."""
    name = found.labels.get(programme, "")
    for hop in money(found, project):
        yield replace(hop, relation="same_programme", source=name, source_iri=programme)


def spending(found: Gathered) -> list[Hop]:
    """What bodies budget under the functional codes asked for, the newest year first.

    Of years known from the next year's tables only it is what these print, its type the basis of that figure.
    """
    hops = [
        Hop(
            relation="spending",
            source="",
            target=found.label(row["agency"]),
            target_iri=str(row["agency"]),
            year=integer(row["fiscalYear"]),
            code=code_of(row["functionalSubject"]),
            subject=found.labels.get(str(row["functionalSubject"])),
            amount=_yuan(row),
            printed=with_unit(found, row),
            amount_type=code_of(row["priorBasis"]) or code_of(row["amountType"]) or "budgeted",
            nodes=(str(row["line"]),),
            **printed_at(found, str(row["line"])),
        )
        for row in found.spending
    ]
    return sorted(hops, key=lambda hop: (-(hop.year or 0), hop.target, hop.nodes))


def _yuan(row: Row) -> Decimal | None:
    """The amount of a figure, of its year's own disclosure or as the next year's prints it."""
    return next((amount for of in ("amountCNY", "priorCNY") if isinstance(amount := row[of], Decimal)), None)
