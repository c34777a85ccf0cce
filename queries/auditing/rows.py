"""An audit as rows: all of it for tables and data frames, the sentences for notebooks."""

from collections.abc import Sequence
from decimal import Decimal

from kg.places import Evidence
from queries.answer_html import Heading, drawn
from queries.answers import Answer, Value
from queries.auditing.english import named, unit
from queries.auditing.signal import Audit, Side, Signal
from queries.auditing.telling import shown
from queries.printed_where import where
from queries.words import said

_SIDE_COLUMNS = (
    "name", "name_en", "value", "file", "sha256", "page", "line", "table", "row", "column", "words", "places",
)  # fmt: skip
_SHOWN = ("severity", "signal", "sides", "gap")


def audit_rows(audit: Audit) -> Answer:
    """The signals of an audit as rows: the sentence, both sides with values, where each is first printed."""
    rows: list[tuple[Value, ...]] = []
    for one in audit.signals:
        sides = [
            value
            for side in (one.left, one.right)
            for value in (side.name, named(side.name), side.value, *_first_place(side.places), len(side.places))
        ]
        rows.append(
            (one.file, one.body, one.year, one.rule, one.severity, one.kind, one.zh, one.en, *sides, one.gap,
             one.tolerance, one.unit)
        )  # fmt: skip
    sides_of = [f"{side}_{name}" for side in ("left", "right") for name in _SIDE_COLUMNS]
    head = ("file", "body", "year", "rule", "severity", "class", "zh", "en")
    return Answer((*head, *sides_of, "gap", "tolerance", "unit"), tuple(rows))


def html(audit: Audit) -> str:
    """The signals of an audit as a table of HTML, the gravest of each document first: signals, not verdicts."""
    several = ("file",) if len(audit.documents) > 1 else ()
    headings = [Heading(said("shown", name, audit.lang)) for name in (*several, *_SHOWN)]
    rows = [(*(one.file for _ in several), *_told(one, audit.lang)) for one in audit.signals]
    return drawn(headings, rows, audit.lang, [said("shown", "audit_note", audit.lang)])


def _told(signal: Signal, lang: str) -> tuple[Value, ...]:
    sentence = signal.en if lang == "en" else signal.zh
    kind = f"{said('severity', signal.severity, lang)} · {said('class', signal.kind, lang)}"
    sides = (_said(side, signal, lang) for side in (signal.left, signal.right) if side.name or side.places)
    return f"{kind}\n{signal.rule}", sentence, "\n".join(sides), _figure(signal.gap, signal.unit, lang)


def _said(side: Side, signal: Signal, lang: str) -> str:
    """What a side is called, its value, and the page or line of its first place."""
    name = named(side.name) if lang == "en" else side.name
    at = where(side.places, lang, files=False)
    figure = _figure(side.value, signal.unit, lang)
    return f"{name}{f' {figure}' if figure else ''}{f' ({at})' if at else ''}"


def _figure(value: Decimal | None, printed: str, lang: str) -> str:
    if value is None:
        return ""
    return f"{shown(value, printed)} {unit(printed) if lang == 'en' else printed}".strip()


def _first_place(places: Sequence[Evidence]) -> tuple[Value, ...]:
    if not places:
        return (None,) * 8
    one = places[0]
    return one.file, one.sha256 or None, one.page, one.line, one.table, one.row, one.column, one.words
