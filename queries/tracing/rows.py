"""A trace as rows: all of it for tables and data frames, the steps in short for notebooks."""

from collections.abc import Iterator

from queries.answer_html import Heading, drawn
from queries.answers import Answer, Value
from queries.printed_where import where
from queries.tracing.answer import Hop, Trace
from queries.words import said

_HOP_COLUMNS = (
    "relation", "source", "target", "year", "from_year", "code", "subject", "project", "amount", "printed",
    "amount_type", "grade", "rule", "why", "file", "page", "line", "table", "row", "column", "words",
)  # fmt: skip
_SHOWN = ("relation", "from", "to", "year", "amount", "grade", "why", "place")
_PLAIN = frozenset({None, "budgeted", "carried-over"})  # kinds of amounts that go without saying


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
    headings = [Heading(said("shown", name, trace.lang)) for name in _SHOWN]
    return drawn(headings, [_short(hop, trace.lang) for hop in trace.hops()], trace.lang, list(_notes(trace)))


def _notes(trace: Trace) -> Iterator[str]:
    """What stands beside the hops: statements that conflict, candidates, what is left out."""
    for entry in trace.entries:
        for one in entry.conflicts:
            yield said("shown", "conflict", trace.lang, entry.project, one.why)
    if trace.candidates:
        yield said("shown", "candidates", trace.lang, len(trace.candidates))
    if trace.omitted:
        yield said("shown", "omitted", trace.lang, trace.omitted)


def _short(hop: Hop, lang: str) -> tuple[Value, ...]:
    kind = "" if hop.amount_type in _PLAIN else said("amount_type", hop.amount_type, lang)
    return (
        said("relation", hop.relation, lang), hop.source or None, hop.target or hop.project, _years(hop),
        f"{hop.printed or ''}{f' ({kind})' if kind else ''}", said("grade", hop.grade, lang),
        hop.why if hop.grade != "stated" else None, where(hop.evidence, lang, hop.more_places),
    )  # fmt: skip


def _years(hop: Hop) -> str:
    return f"{hop.from_year}→{hop.year}" if hop.from_year and hop.from_year != hop.year else str(hop.year or "")
