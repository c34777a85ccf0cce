"""The hops of a trace, made of what was gathered: each kind of relation one function."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import cast

from ontology.terms import BL
from queries.answers import Value
from queries.reading import Row
from queries.tracing.answer import Conflict, Grade, Hop, Passport
from queries.tracing.gathering import ACROSS, UPSTREAM, Gathered

_ORDER = ("origin", "relay", "issue", "programme")
_SHOWN = 5  # other lines of the same subject


def passport(found: Gathered, document: str) -> Passport:
    """A document and what is concluded about it: from the origin level down to the issuer."""
    number = found.label(document)
    hops = [
        Hop(
            relation=UPSTREAM[str(row["predicate"])],
            source=found.label(str(row["object"])),
            target=number,
            grade=cast(Grade, row["grade"]),
            rule=_text(row["rule"]),
            why=_text(row["why"]),
            evidence=found.evidence(str(row["claim"])),
            nodes=(str(row["claim"]), document),
        )
        for row in found.claims.get(document, ())
        if row["predicate"] in UPSTREAM and row["grade"] != "candidate"
    ]
    return Passport(number, document, tuple(sorted(hops, key=lambda hop: _ORDER.index(hop.relation))))


def money(found: Gathered, project: str) -> Iterator[Hop]:
    """What a project has: under documents, carried over, else its plain budget lines."""
    about = found.projects[project]
    flows = found.flows.get(project, [])
    yield from (_flow(found, row, about) for row in flows)
    seen = {row["seen"] for row in flows}
    for row in found.lines.get(project, ()):
        if row["line"] not in seen:
            yield replace(_line(found, row, str(row["line"]), about), target=_body(about))


def _flow(found: Gathered, row: Row, about: Row) -> Hop:
    """An allocation or a carry-over; its grade is that of the rule by which it came to its functional subject."""
    carried, flow, document = row["type"] == BL.CarryOver.value, str(row["flow"]), _text(row["document"])
    placed = next(
        (
            claim for claim in found.claims.get(flow, ())
            if claim["predicate"] == BL.functionalSubject.value and claim["grade"] == "derived"
        ), None,
    )  # fmt: skip
    return replace(
        _line(found, row, flow, about),
        relation="carry_over" if carried else "allocation",
        source=found.label(document) if document else "",
        target=_body(about),
        year=_int(row["year"]),
        from_year=_int(row["from"]),
        amount_type=_text(row["kind"]),
        grade="derived" if placed else "stated",
        rule=_text(placed["rule"]) if placed else None,
        why=_text(placed["why"]) if placed else None,
        evidence=found.evidence(flow, str(placed["claim"]) if placed else None),
        nodes=tuple(node for node in (flow, document, _text(row["seen"])) if node),
    )


def _line(found: Gathered, row: Row, node: str, about: Row) -> Hop:
    """An amount with its functional subject, as far as the row says."""
    amount, printed = row["amount"], _text(row["printed"])
    return Hop(
        relation="budget_line",
        source="",
        target="",
        year=_int(about["year"]),
        code=_text(row.get("code")),
        subject=_text(row.get("subject")),
        project=str(about["name"]),
        amount=amount if isinstance(amount, Decimal) else None,
        printed=f"{printed} {row['unit'] or ''}".strip() if printed else None,
        amount_type="budgeted",
        evidence=found.evidence(node),
        nodes=(node,),
    )


def uses(found: Gathered, project: str) -> Iterator[Hop]:
    """The economic use of a project's budget: one hop for each class printed beside its functional subject."""
    about = found.projects[project]
    for row in found.parts.get(project, ()):
        if row["economic"] is not None and row["amount"] != 0:
            hop = _line(found, row, str(row["line"]), about)
            use = f"{row['economic']} {row['column'] or ''}".strip()
            yield replace(hop, relation="use", source=_body(about), target=use)


def grants(found: Gathered, project: str) -> Iterator[Hop]:
    """What a project hands to named recipients."""
    about = found.projects[project]
    for row in found.grants.get(project, ()):
        hop = _line(found, row, str(row["grant"]), about)
        yield replace(hop, relation="grant", source=_body(about), target=str(row["name"]), year=_int(row["year"]))


def targets(found: Gathered, project: str) -> Iterator[Hop]:
    """The performance forms of a project, each followed by its indicators."""
    name = str(found.projects[project]["name"])
    for row in found.forms.get(project, ()):
        form, total = str(row["target"]), row["total"]
        claim = next((c for c in found.claims.get(form, ()) if c["predicate"] == BL.targetOf.value), None)
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
            evidence=found.evidence(form),
            nodes=(form,),
        )
        yield from (_indicator(found, indicator, row, name) for indicator in found.indicators.get(form, ()))


def _indicator(found: Gathered, row: Row, form: Row, name: str) -> Hop:
    node = str(row["indicator"])
    return Hop(
        relation="indicator",
        source=" / ".join(str(part) for part in (row["level1"], row["level2"]) if part),
        target=str(row["name"]),
        year=_int(form["year"]),
        project=name,
        printed=_text(row["printed"]),
        evidence=found.evidence(node),
        nodes=(node,),
    )


def same_subject(found: Gathered, project: str) -> tuple[list[Hop], int]:
    """Lines of other projects of the same body, year and functional subject; how many more there are."""
    about = found.projects[project]
    key = (str(about["body"]), about["year"])
    codes = {row["code"] for row in found.lines.get(project, ()) if row["code"]}
    rows = [
        row for row in found.siblings.get(key, ()) if row["code"] in codes and row["project"] != project
    ]  # fmt: skip
    hops = [
        replace(
            _line(found, row, str(row["line"]), about),
            relation="same_subject", target=_body(about), project=str(row["name"]),
        ) for row in rows[:_SHOWN]
    ]  # fmt: skip
    return hops, len(rows) - len(hops) + (found.more_siblings.get(key, 0) if rows else 0)


def conflicts(found: Gathered, project: str) -> Iterator[Conflict]:
    """Contradicting statements about a project, with both sides."""
    for row in found.conflicts.get(project, ()):
        iri = str(row["conflict"])
        sides = tuple(filter(None, (_side(side) for side in found.sides.get(iri, ()))))
        yield Conflict(str(row["why"]), str(row["rule"]), found.evidence(iri), iri, sides)


def _side(row: Row) -> str:
    amount = row["amount"] if row["amount"] is not None else row["form"]
    money = f"{row['printed']} {row['unit'] or ''}".strip() if row["printed"] else _yuan(amount)
    return " ".join(str(part) for part in (row["number"], row["name"], money) if part)


def _yuan(amount: Value) -> str:
    return f"{amount} 元" if isinstance(amount, Decimal) else ""


def links(found: Gathered, things: Iterable[str]) -> list[Hop]:
    """Continuations of the projects and successions of the bodies, newer → older."""
    hops = [
        claim(found, row) for thing in things for row in found.claims.get(thing, ()) if row["grade"] == "derived"
    ]  # fmt: skip
    return [hop for hop in hops if hop.relation in ACROSS.values()]


def claim(found: Gathered, row: Row) -> Hop:
    """A relation that a rule concludes, with the names of its ends."""
    predicate = str(row["predicate"])
    return Hop(
        relation=ACROSS.get(predicate) or UPSTREAM.get(predicate) or predicate.rsplit("#", 1)[-1],
        source=found.label(str(row["subject"])),
        target=found.label(str(row["object"])),
        grade=cast(Grade, row["grade"]),
        rule=_text(row["rule"]),
        why=_text(row["why"]),
        evidence=found.evidence(str(row["claim"])),
        nodes=(str(row["claim"]),),
    )


def _body(about: Row) -> str:
    return str(about["bodyName"] or str(about["body"]).rsplit("/", 1)[-1])


def _int(value: Value) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
