"""An audit as rows: all of it for tables and data frames, the sentences for notebooks."""

from collections.abc import Sequence

from kg.places import Evidence
from queries.answer_html import table
from queries.answers import Answer, Value
from queries.auditing.signal import Audit, Side

_SIDE_COLUMNS = ("name", "value", "page", "line", "table", "row", "column", "words", "places")
_SHORT = ("file", "severity", "class", "rule", "zh", "en", "left", "right", "gap", "unit")


def audit_rows(audit: Audit) -> Answer:
    """The signals of an audit as rows: the sentence, both sides with values, where each is first printed."""
    rows: list[tuple[Value, ...]] = []
    for one in audit.signals:
        sides = [
            value
            for side in (one.left, one.right)
            for value in (side.name, side.value, *_first_place(side.places), len(side.places))
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
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (one.file, one.severity, one.kind, one.rule, one.zh, one.en, _said(one.left), _said(one.right), one.gap,
         one.unit)
        for one in audit.signals
    )  # fmt: skip
    return table(Answer(_SHORT, rows))


def _said(side: Side) -> str:
    """What a side is called, its value, and the page or line of its first place."""
    place = side.places[0] if side.places else None
    at = "" if place is None else f"p. {place.page}" if place.page else f"line {place.line}" if place.line else ""
    return f"{side.name}{'' if side.value is None else f' {side.value:f}'}{f' ({at})' if at else ''}"


def _first_place(places: Sequence[Evidence]) -> tuple[Value, ...]:
    if not places:
        return (None,) * 6
    one = places[0]
    return one.page, one.line, one.table, one.row, one.column, one.words
