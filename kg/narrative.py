"""What the running text states: changes against last year, absences, and what the reader could not use."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pyoxigraph import NamedNode, Triple

from kg import iris
from kg.disclosed import Disclosed
from kg.evidence import Places
from kg.names import fold, spellings
from kg.observations import subject_pair, view
from kg.rdf import decimal, described, in_yuan, money, words
from kg.rows import Row, layout
from ontology.errors import UnknownTerm
from ontology.facts import ChangeFact, Fact, Finding, NilFact, ReclassificationFact
from ontology.terms import BL, concept

SubjectPaths = Mapping[tuple[str, ...], str]


def subject_paths(rows: Sequence[Row]) -> dict[tuple[str, ...], str]:
    """The code of every functional subject of the tables by the names of 类, 款, 项, where they name one code only."""
    coded = [row for row in rows if row.code and layout(row.table, "codes") != "economic"]
    names = {row.code: fold(row.name) for row in reversed(coded)}
    found: dict[tuple[str, ...], set[str]] = {}
    for row in coded:
        code = row.code or ""
        path = tuple(names.get(code[:size], "") for size in range(3, len(code) + 1, 2))
        if all(path):
            found.setdefault(path, set()).add(code)
    return {path: min(codes) for path, codes in found.items() if len(codes) == 1}


def described_changes(facts: Sequence[Fact], paths: SubjectPaths, book: Disclosed, places: Places) -> Iterator[Triple]:
    """One statement a sentence, with last year's figure as it implies it: this year's less the signed change.

    A further comparison of the same amount, with another figure of last year, is none.
    """
    changes = [fact for fact in facts if isinstance(fact, ChangeFact) and fact.against is None]
    keys = iris.numbered(
        f"{iris.segment(fact.section)}.{iris.segment('/'.join(fact.code_path or (fact.subject,)))}" for fact in changes
    )
    for fact, key in zip(changes, keys, strict=True):
        way = direction(fact)
        delta = signed(fact.delta, way)
        prior = fact.amount - delta if fact.amount is not None and delta is not None else None
        code = paths.get(tuple(map(fold, fact.code_path or ())))
        unit = fact.unit or book.unit
        yield from described(
            iris.thing("yoy", book.key, key),
            BL.ChangeStatement,
            *book.common(),
            (BL.item, words(fact.subject)),
            (BL.rowPath, words("/".join(fact.code_path)) if fact.code_path else None),
            subject_pair(code, book),
            (BL.direction, concept("direction", way) if way else None),
            (BL.deltaCNY, decimal(in_yuan(delta, unit))),
            (BL.statedPercent, decimal(signed(fact.percent, way))),
            (BL.statedShare, decimal(fact.share)),
            (BL.impliedPriorCNY, decimal(in_yuan(prior, unit))),
            (BL.reason, words(fact.reason)),
            (BL.evidence, places[fact.source]),
            *money(fact.amount, unit),
        )


def described_reclassifications(
    facts: Sequence[Fact], paths: SubjectPaths, book: Disclosed, places: Places
) -> Iterator[Triple]:
    """One a statement that spending moved to another subject: the names as printed, their codes by the tables."""
    found = [fact for fact in facts if isinstance(fact, ReclassificationFact)]
    keys = iris.numbered(iris.segment("/".join(fact.from_path)) for fact in found)
    for fact, key in zip(found, keys, strict=True):
        was, now = (paths.get(tuple(map(fold, path))) for path in (fact.from_path, fact.to_path))
        yield from described(
            iris.thing("recl", book.key, key),
            BL.SubjectReclassification,
            *book.common(),
            (BL.fromPath, words("/".join(fact.from_path))),
            (BL.toPath, words("/".join(fact.to_path))),
            (BL.fromSubject, subject_pair(was, book)[1]),
            (BL.toSubject, subject_pair(now, book)[1]),
            (BL.evidence, places[fact.source]),
        )


def direction(fact: ChangeFact) -> str | None:
    """`increase`, `decrease` or `unchanged` by the printed word; None for a word that is not known."""
    known = {word: way for way, words_of_it in spellings()["direction"].items() for word in words_of_it}
    return known.get(fact.direction or "")


def signed(value: Decimal | None, way: str | None) -> Decimal | None:
    """The printed magnitude with its sign; zero needs no word, anything else without a known word says nothing."""
    if value is None or value == 0:
        return value
    return {"increase": value, "decrease": -value, "unchanged": None, None: None}[way]


def described_absences(facts: Sequence[Fact], book: Disclosed, places: Places) -> Iterator[Triple]:
    """Stated absences: nil declared, withheld, missing."""
    nils = [fact for fact in facts if isinstance(fact, NilFact)]
    keys = iris.numbered(f"{fact.kind}.{iris.segment(fact.subject)}" for fact in nils)
    for fact, key in zip(nils, keys, strict=True):
        yield from described(
            iris.thing("abs", book.key, key),
            BL.AbsenceStatement,
            *book.common(),
            (BL.absenceKind, concept("absence", fact.kind)),
            (BL.absentView, _table(fact.subject)),
            (BL.item, words(fact.subject)),
            (BL.evidence, places[fact.source]),
            *money(fact.amount, fact.unit or book.unit),
        )


def described_findings(facts: Sequence[Fact], book: Disclosed, places: Places) -> Iterator[Triple]:
    """What the reader could not use, or understood only in part."""
    findings = [fact for fact in facts if isinstance(fact, Finding)]
    for number, fact in enumerate(findings, 1):
        yield from described(
            iris.thing("finding", book.sha256[:16], str(number)),
            BL.Finding,
            (BL.disclosedIn, book.iri),
            (BL.severity, concept("severity", fact.severity)),
            (BL.message, words(fact.message)),
            (BL.evidence, places[fact.source]),
        )


def _table(name: str) -> NamedNode | None:
    try:
        return view(name) if concept("view", name) else None
    except UnknownTerm:
        return None
