"""A trace as a Markdown dossier: what was found, step by step, with quotations and where they are printed."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from caimai.trace_sources import promises_in_words, where
from caimai.trace_text import balance_words, first_and_last, more_beside
from caimai.words import Say
from kg.places import Evidence
from queries.tracing.answer import COUNTED_BESIDE, COUNTED_SIDEWAYS, Balance, Conflict, Entry, Hop, Trace
from queries.tracing.english import in_english

_QUOTED = 400  # characters of one quotation
_INDENTS = {"evaluation": "    ", "execution": "    ", "indicator": "    ", "outcome": "        "}
_TOLD_BY_RELATION = frozenset({"budgeted", "carried-over"})


def dossier_of(trace: Trace, say: Say) -> str:
    """The dossier in the language of `say`; the same trace gives the same text."""
    trace = in_english(trace) if say("language") == "en" else trace
    numbers: dict[Evidence, int] = {}
    lines = [f"# {say('dossier', what=trace.what)}", "", *_found(trace, say), *_upstream(trace, say, numbers)]
    for (year, body), entries in groupby(trace.entries, key=lambda entry: (entry.year, entry.body)):
        lines += [f"## {year or '?'} {body}", ""]
        for entry in entries:
            lines += _entry(entry, say, numbers)
    lines += _part(say("promises"), _promises(trace, say, numbers))
    lines += _part(say("checks"), (_balance(one, say) for one in trace.balances))
    lines += _part(say("years"), (_hop(hop, say, numbers) for hop in trace.links))
    lines += _part(say("sideways"), (_hop(hop, say, numbers) for hop in trace.sideways), trace.more_sideways, say)
    lines += _part(say("spending"), (_hop(hop, say, numbers) for hop in trace.spending), trace.more_spending, say)
    lines += _part(say("possibly"), (_hop(hop, say, numbers) for hop in trace.candidates))
    lines += [f"## {say('sources')}", "", *_sources(numbers, say)]
    return "\n".join(lines).rstrip() + "\n"


def _found(trace: Trace, say: Say) -> Iterator[str]:
    for match in trace.matches:
        yield f"- {say(match.kind)}{say('colon')}**{_plain(match.name)}**"
    documents = {passport.number for passport in trace.documents}
    yield from (
        f"- {_plain(seen.number)}{say('colon')}{first_and_last(seen, say)}"
        for seen in trace.seen
        if seen.number not in documents
    )
    for name in ("omitted", "more_years", "more_documents"):
        count = getattr(trace, name)
        if count:
            yield f"- {say(name, count=count)}"
    yield ""


def _upstream(trace: Trace, say: Say, numbers: dict[Evidence, int]) -> Iterator[str]:
    seen = {one.number: one for one in trace.seen}
    for passport in trace.documents:
        yield from (f"## {passport.number}", "")
        yield from (_hop(hop, say, numbers) for hop in passport.hops)
        if passport.more_on_basis:
            yield f"- {say('more', count=passport.more_on_basis)}"
        known = seen.get(passport.number)
        yield from (f"- *{first_and_last(known, say) if known else say('no_money')}*", "")


def _entry(entry: Entry, say: Say, numbers: dict[Evidence, int]) -> Iterator[str]:
    mark = f" （{say('candidate')}）" if entry.possibly else ""
    withheld = f" — **{say('withheld')}**" if entry.withheld else ""
    yield from (f"### {_plain(entry.project)}{mark}{withheld}", "")
    if not any((entry.money, entry.uses, entry.details, entry.grants, entry.targets)):
        yield f"- *{say('only_listed')}*"
    for hop in entry.hops():
        yield _hop(hop, say, numbers, entry)
    if entry.more_indicators:
        yield f"    - {say('more_indicators', count=entry.more_indicators)}"
    if entry.more_same_subject:
        yield f"- {more_beside(entry.more_same_subject, COUNTED_BESIDE, say)}"
    yield from (_balance(one, say) for one in entry.balances if one.unexplained)
    for conflict in entry.conflicts:
        yield f"- **{say('conflict')}**{say('colon')}{conflict.why}{_marks(conflict, numbers)}"
        yield from (f"    - ≠ {_plain(side)}" for side in conflict.sides)
    yield ""


def _hop(hop: Hop, say: Say, numbers: dict[Evidence, int], under: Entry | None = None) -> str:
    """One line; under a project's heading its name, body and year are not said again."""
    headed = {under.project, under.body} if under else set()
    years = f"{hop.from_year}→{hop.year}" if hop.from_year else str(hop.year or "")
    years = "" if under and years == str(under.year) else years
    ends = " → ".join(_plain(end) for end in (hop.source, hop.target) if end and end not in headed)
    subject = f"{hop.code or ''} {hop.subject or ''}".strip()
    project = hop.project if hop.relation in {"same_subject", "same_programme", "spending"} else None
    money = f"**{hop.printed}**" if hop.printed else ""
    plain = under and hop.amount_type in _TOLD_BY_RELATION
    kind = f"（{say(hop.amount_type)}）" if hop.amount_type and hop.printed and not plain else ""
    parts = (years, ends, money + kind, subject, _plain(project or ""))
    basis = say(hop.grade) + (f"{say('colon')}{hop.why}" if hop.why and hop.grade != "stated" else "")
    indent = _INDENTS.get(hop.relation, "")
    said = " · ".join(part for part in parts if part)
    return f"{indent}- {say(hop.relation)}{say('colon')}{said} — {basis}{_marks(hop, numbers)}"


def _promises(trace: Trace, say: Say, numbers: dict[Evidence, int]) -> Iterator[str]:
    """The forms that are about no project, each with its indicators."""
    for hop in promises_in_words(trace, say):
        yield _hop(hop, say, numbers)
    if trace.more_indicators:
        yield f"    - {say('more_indicators', count=trace.more_indicators)}"
    if trace.more_promises:
        yield f"- {say('more_promises', count=trace.more_promises)}"


def _balance(one: Balance, say: Say) -> str:
    title, sides, rest = balance_words(one, say)
    return f"- {_plain(one.about)} · {title}{say('colon')}{sides}{say('semicolon')}{rest}"


def _part(title: str, lines: Iterable[str], more: int = 0, say: Say | None = None) -> list[str]:
    found = list(lines)
    rest = [f"- {more_beside(more, COUNTED_SIDEWAYS, say)}"] if more and say else []
    return [f"## {title}", "", *found, *rest, ""] if found or rest else []


def _marks(hop: Hop | Conflict, numbers: dict[Evidence, int]) -> str:
    found = [numbers.setdefault(place, len(numbers) + 1) for place in hop.evidence]
    more = f" +{hop.more_places}" if hop.more_places else ""
    return " " + "".join(f"[[{number}]](#s{number})" for number in found) + more if found else ""


def _sources(numbers: dict[Evidence, int], say: Say) -> Iterator[str]:
    for (file, digest), places in groupby(
        sorted(numbers, key=lambda place: (place.file, place.sha256, numbers[place])),
        key=lambda place: (place.file, place.sha256),
    ):
        yield from (f"### {_plain(file)}", "", f"sha256 `{digest}`", "")
        for place in places:
            quoted = "\n".join(f"> {_plain(line)}  " for line in place.words[:_QUOTED].splitlines() if line.strip())
            cut = "…" if len(place.words) > _QUOTED else ""
            yield from (
                f'<a id="s{numbers[place]}"></a>[{numbers[place]}] {where(place, say)}',
                "",
                f"{quoted}{cut}",
                "",
            )


def _plain(text: str) -> str:
    """The text without what Markdown would take for marks."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in text)
