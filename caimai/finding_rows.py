"""What the readers found doubtful or could not use, as rows for people."""

from collections.abc import Iterable

from ontology.facts import Finding, Source
from ontology.findings import told
from ontology.terms import concept, label
from queries.answers import Answer
from queries.words import said

COLUMNS = ("file", "place", "severity", "finding")


def finding_rows(findings: Iterable[Finding], lang: str) -> Answer:
    """The findings in `zh` or `en`, in their order: where, how grave, what."""
    return Answer(COLUMNS, tuple(_row(one, lang) for one in findings))


def _row(one: Finding, lang: str) -> tuple[str | None, ...]:
    severity = label(concept("severity", one.severity), lang)
    return one.source.file, _place(one.source, lang), severity, told(one.message, lang)


def _place(source: Source, lang: str) -> str:
    if source.page is not None:
        return said("shown", "page", lang, source.page)
    return said("shown", "line", lang, source.line) if source.line is not None else ""
