"""A trace as a table to read: one row a step, in words, with the first of the places where it is printed."""

from caimai.trace_sources import promises_in_words, where
from caimai.words import Say
from queries.answers import Answer, Value
from queries.tracing.answer import Hop, Trace

_COLUMNS = ("step", "from", "to", "year", "amount", "amount_kind", "subject", "basis", "file", "place")


def table_of(trace: Trace, say: Say) -> Answer:
    """The hops and then the candidates, in the words of a language; headed in it, too."""
    named = {id(hop): hop for hop in trace.promises}
    named = dict(zip(named, promises_in_words(trace, say), strict=True))
    rows = [_row(named.get(id(hop), hop), say) for hop in (*trace.hops(), *trace.candidates)]
    return Answer(tuple(say(f"column_{name}") for name in _COLUMNS), tuple(rows))


def _row(hop: Hop, say: Say) -> tuple[Value, ...]:
    place = hop.evidence[0] if hop.evidence else None
    years = f"{hop.from_year}→{hop.year}" if hop.from_year and hop.year else str(hop.year or "")
    why = f"{say('colon')}{hop.why}" if hop.why and hop.grade != "stated" else ""
    return (
        say(hop.relation), hop.source or hop.project or None, hop.target or hop.project or None, years or None,
        hop.printed, say(hop.amount_type) if hop.amount_type and hop.printed else None,
        f"{hop.code or ''} {hop.subject or ''}".strip() or None, f"{say(hop.grade)}{why}",
        place.file if place else None, where(place, say) if place else None,
    )  # fmt: skip
