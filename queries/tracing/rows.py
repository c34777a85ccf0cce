"""A trace as rows: all of it for tables and data frames, the steps in short for notebooks."""

from kg.places import Evidence
from queries.answer_html import table
from queries.answers import Answer, Value
from queries.tracing.answer import Hop, Trace

_HOP_COLUMNS = (
    "relation", "source", "target", "year", "from_year", "code", "subject", "project", "amount", "printed",
    "amount_type", "grade", "rule", "why", "file", "page", "line", "table", "row", "column", "words",
)  # fmt: skip
_SHORT = ("relation", "from", "to", "year", "printed", "type", "grade", "why", "file", "page", "line")


def hop_rows(trace: Trace) -> Answer:
    """The hops of a trace as rows, one a place where the hop is printed; hops without a place once."""
    rows: list[tuple[Value, ...]] = []
    for hop in trace.hops():
        head = [getattr(hop, name) for name in _HOP_COLUMNS[:14]]
        places = [[getattr(place, name) for name in _HOP_COLUMNS[14:]] for place in hop.evidence] or [[None] * 7]
        rows += [tuple(head + place) for place in places]
    return Answer(_HOP_COLUMNS, tuple(rows))


def html(trace: Trace) -> str:
    """The steps of a trace as a table of HTML: what goes where, when, how much, how sure, first printed where."""
    rows = tuple(_short(hop) for hop in trace.hops())
    return table(Answer(_SHORT, rows))


def _short(hop: Hop) -> tuple[Value, ...]:
    place = hop.evidence[0] if hop.evidence else Evidence("", None, None, None, None, None, "")
    why = hop.why if hop.grade != "stated" else None
    return (
        hop.relation, hop.source or None, hop.target or hop.project, hop.year, hop.printed, hop.amount_type, hop.grade,
        why, place.file or None, place.page, place.line,
    )  # fmt: skip
