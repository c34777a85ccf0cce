"""The hops of a trace, read from the graph: each kind of relation one function."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import cast

from ontology.terms import BL
from queries.answers import Value
from queries.reading import Reader, Row
from queries.trace_answer import Conflict, Evidence, Grade, Hop, Passport

_UPSTREAM = {
    BL.originLevel.value: "origin",
    BL.relayedFor.value: "relay",
    BL.issuer.value: "issue",
    BL.programme.value: "programme",
}
_ACROSS = {BL.continues.value: "continues", BL.succeeds.value: "succeeds"}
_ORDER = ("origin", "relay", "issue", "programme")


def evidence(reader: Reader, *things: str) -> tuple[Evidence, ...]:
    """Where the things are printed, each place once."""
    places = {
        Evidence(
            str(row["file"]), _int(row["page"]), _int(row["line"]), _text(row["table"]),
            _int(row["row"]), _int(row["column"]), str(row["words"]), str(row["evidence"]),
        )
        for thing in things
        for row in reader.rows("evidence", thing=thing)
    }  # fmt: skip
    return tuple(
        sorted(places, key=lambda place: (place.file, place.page or 0, place.line or 0, place.row or 0, str(place)))
    )


def label(reader: Reader, thing: str) -> str:
    """The name of a thing; the end of its address where it has none."""
    names = reader.column("label", "name", thing=thing)
    return names[0] if names else thing.rsplit("/", 1)[-1]


def passport(reader: Reader, document: str) -> Passport:
    """A document and what is concluded about it: from the origin level down to the issuer."""
    number = label(reader, document)
    found = [
        Hop(
            relation=_UPSTREAM[str(row["predicate"])],
            source=label(reader, str(row["object"])),
            target=number,
            grade=cast(Grade, row["grade"]),
            rule=_text(row["rule"]),
            why=_text(row["why"]),
            evidence=evidence(reader, str(row["claim"])),
            nodes=(str(row["claim"]), document),
        )
        for row in reader.rows("claims_from", subject=document)
        if row["predicate"] in _UPSTREAM and row["grade"] != "candidate"
    ]
    return Passport(number, document, tuple(sorted(found, key=lambda hop: _ORDER.index(hop.relation))))


def money(reader: Reader, project: str, name: str, body: str, year: int | None) -> Iterator[Hop]:
    """What a project has: under documents, carried over, else its plain budget lines."""
    flows = reader.rows("flows_of_project", project=project)
    yield from (_flow(reader, row, name, body) for row in flows)
    seen = {row["seen"] for row in flows}
    for row in reader.rows("lines_of_project", project=project):
        if row["line"] not in seen:
            yield replace(_line(reader, row, str(row["line"])), target=body, year=year, project=name)


def _flow(reader: Reader, row: Row, name: str, body: str) -> Hop:
    """An allocation or a carry-over; its grade is that of the rule by which it came to its functional subject."""
    carried, flow, document = row["type"] == BL.CarryOver.value, str(row["flow"]), _text(row["document"])
    placed = _subject_claim(reader, flow)
    return replace(
        _line(reader, row, flow),
        relation="carry_over" if carried else "allocation",
        source=label(reader, document) if document else "",
        target=body,
        year=_int(row["year"]),
        from_year=_int(row["from"]),
        project=name,
        amount_type=_text(row["kind"]),
        grade="derived" if placed else "stated",
        rule=_text(placed["rule"]) if placed else None,
        why=_text(placed["why"]) if placed else None,
        evidence=evidence(reader, flow, *([str(placed["claim"])] if placed else [])),
        nodes=tuple(node for node in (flow, document, _text(row["seen"])) if node),
    )


def _line(reader: Reader, row: Row, node: str) -> Hop:
    """An amount with its functional subject, as far as the row says."""
    amount, printed = row["amount"], _text(row["printed"])
    return Hop(
        relation="budget_line",
        source="",
        target="",
        code=_text(row.get("code")),
        subject=_text(row.get("subject")),
        amount=amount if isinstance(amount, Decimal) else None,
        printed=f"{printed} {row['unit'] or ''}".strip() if printed else None,
        amount_type="budgeted",
        evidence=evidence(reader, node),
        nodes=(node,),
    )


def grants(reader: Reader, project: str, name: str, body: str) -> Iterator[Hop]:
    """What a project hands to named recipients."""
    for row in reader.rows("grants_of_project", project=project):
        hop = _line(reader, row, str(row["grant"]))
        yield replace(hop, relation="grant", source=body, target=str(row["name"]), year=_int(row["year"]), project=name)


def targets(reader: Reader, project: str, name: str) -> Iterator[Hop]:
    """The performance forms of a project, each followed by its indicators."""
    for row in reader.rows("targets_of_project", project=project):
        form = str(row["target"])
        claim = next((c for c in reader.rows("claims_from", subject=form) if c["predicate"] == BL.targetOf.value), None)
        total = row["total"]
        yield Hop(
            relation="target",
            source=name,
            target=_text(row["goal"]) or "",
            year=_int(row["year"]),
            project=name,
            amount=total if isinstance(total, Decimal) else None,
            printed=f"{total / 10_000:.2f} 万元" if isinstance(total, Decimal) else None,
            amount_type="performance-form",
            grade=cast(Grade, claim["grade"]) if claim else "stated",
            rule=_text(claim["rule"]) if claim else None,
            why=_text(claim["why"]) if claim else None,
            evidence=evidence(reader, form),
            nodes=(form,),
        )
        for indicator in reader.rows("indicators_of_target", target=form):
            node = str(indicator["indicator"])
            yield Hop(
                relation="indicator",
                source=" / ".join(str(part) for part in (indicator["level1"], indicator["level2"]) if part),
                target=str(indicator["name"]),
                year=_int(row["year"]),
                project=name,
                printed=_text(indicator["printed"]),
                evidence=evidence(reader, node),
                nodes=(node,),
            )


def same_subject(reader: Reader, project: str, body: str, year: int | None) -> Iterator[Hop]:
    """Lines of other projects of the same body, year and functional subject."""
    seen: set[str] = set()
    for line in reader.column("lines_of_project", "line", project=project):
        for row in reader.rows("siblings", line=line):
            other = str(row["other"])
            if row["project"] == project or other in seen:
                continue
            seen.add(other)
            yield replace(
                _line(reader, row, other),
                relation="same_subject",
                target=body,
                year=year,
                project=str(row["name"]),
            )


def conflicts(reader: Reader, project: str) -> Iterator[Conflict]:
    """Contradicting statements about a project."""
    for row in reader.rows("conflicts_of_project", project=project):
        iri = str(row["conflict"])
        yield Conflict(str(row["why"]), str(row["rule"]), evidence(reader, iri), iri)


def links_between(reader: Reader, projects: Iterable[str], bodies: Iterable[str]) -> Iterator[Hop]:
    """Continuations of the projects and successions of the bodies."""
    for thing in (*bodies, *projects):
        yield from (hop for hop in claims(reader, thing, grade="derived") if hop.relation in _ACROSS.values())


def claims(reader: Reader, thing: str, grade: Grade) -> Iterator[Hop]:
    """The relations of one grade that rules conclude from a thing: newer → older for continuations and successions."""
    for row in reader.rows("claims_from", subject=thing):
        if row["grade"] == grade:
            claim, predicate = str(row["claim"]), str(row["predicate"])
            yield Hop(
                relation=_ACROSS.get(predicate) or _UPSTREAM.get(predicate) or predicate.rsplit("#", 1)[-1],
                source=label(reader, thing), target=label(reader, str(row["object"])), grade=grade,
                rule=_text(row["rule"]), why=_text(row["why"]), evidence=evidence(reader, claim), nodes=(claim,),
            )  # fmt: skip


def _subject_claim(reader: Reader, flow: str) -> Row | None:
    """The rule by which a flow came to its functional subject, None where the subject is printed beside it."""
    found = reader.rows("claims_from", subject=flow)
    return next(
        (row for row in found if row["predicate"] == BL.functionalSubject.value and row["grade"] == "derived"), None
    )


def _int(value: Value) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
