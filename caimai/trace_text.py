"""A trace as a readable path in the terminal: origin above, projects by year below, every step with its sources."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from rich.console import Console
from rich.text import Text

from caimai.trace_sources import Sources, in_one_line
from caimai.words import Say
from caimai.wrapping import print_wrapped
from ontology.money import in_wan
from queries.tracing.answer import (
    COUNTED_BESIDE,
    COUNTED_SIDEWAYS,
    SAID_TO_GO_ON,
    Balance,
    Entry,
    FirstSeen,
    Hop,
    Passport,
    Trace,
)
from queries.tracing.english import in_english

_GOAL_SHOWN = 120
_NAMES_SHOWN = 8
_STYLES = {"stated": "green", "derived": "yellow", "candidate": "magenta"}

Indented = tuple[int, Text]


def print_trace(console: Console, trace: Trace, say: Say) -> None:
    """Print a trace, then the places it quotes, file by file."""
    trace = in_english(trace) if say("language") == "en" else trace
    sources = Sources()
    for indent, line in _lines(trace, say, sources):
        print_wrapped(console, indent, line)
    print_wrapped(console, 0, Text())
    print_wrapped(console, 0, Text(say("sources"), style="bold"))
    for file, places in groupby(sorted(sources.numbers, key=lambda place: place.file), key=lambda place: place.file):
        print_wrapped(console, 2, Text(file))
        for place in sorted(places, key=lambda place: sources.numbers[place]):
            number = f"[{sources.numbers[place]}]"
            print_wrapped(console, 4, Text.assemble((f"{number:>5} ", "dim"), sources.place(place, say)))


def _lines(trace: Trace, say: Say, sources: Sources) -> Iterator[Indented]:
    yield from _matches(trace, say)
    for passport in trace.documents:
        yield from _passport(passport, trace, say, sources)
    documents = {passport.number for passport in trace.documents}
    for seen in trace.seen:
        if seen.number not in documents:
            yield 0, Text()
            yield 0, Text.assemble((f"{seen.number}  ", "bold"), (first_and_last(seen, say), "italic"))
    heading = None
    for entry in trace.entries:
        if heading != (entry.year, entry.body):
            heading = (entry.year, entry.body)
            yield 0, Text()
            yield 0, Text.assemble((f"{entry.year or '?'}  {entry.body}", "bold cyan"), f"  {entry.level or ''}")
        yield from _entry(entry, say, sources)
    yield from _left_out(trace, say)
    yield from _promises(trace, say, sources)
    yield from _section("checks", [_balance(balance, say, balance.about) for balance in trace.balances], say)
    yield from _section("years", [_link(hop, say, sources) for hop in trace.links], say)
    yield from _section("sideways", [_beside(hop, say, sources) for hop in trace.sideways], say, trace.more_sideways)
    yield from _section("spending", [_beside(hop, say, sources) for hop in trace.spending], say, trace.more_spending)
    title = "followed" if any(entry.possibly for entry in trace.entries) else "possibly"
    yield from _section(title, [_link(hop, say, sources) for hop in trace.candidates], say)


def _matches(trace: Trace, say: Say) -> Iterator[Indented]:
    named = [match for match in trace.matches if match.kind != "document"]
    for kind, matches in groupby(named, key=lambda match: match.kind):
        names = list(dict.fromkeys(match.name for match in matches))
        more = say("more", count=len(names) - _NAMES_SHOWN) if len(names) > _NAMES_SHOWN else ""
        found = Text.assemble((f"{say('found')} {say(kind)}  ", "dim"), ("、".join(names[:_NAMES_SHOWN]), "bold"))
        yield 0, found.append(f"  {more}" if more else "")


def _left_out(trace: Trace, say: Say) -> Iterator[Indented]:
    counts = (
        ("omitted", trace.omitted),
        ("more_years", trace.more_years),
        ("more_documents", trace.more_documents),
    )
    for name, count in counts:
        if count:
            yield 0, Text()
            yield 0, Text(say(name, count=count), style="yellow")


def _section(title: str, lines: list[Text], say: Say, more: int = 0) -> Iterator[Indented]:
    if lines or more:
        yield 0, Text()
        yield 0, Text(say(title), style="bold")
        yield from ((2, line) for line in lines)
    if more:
        yield 2, Text(more_beside(more, COUNTED_SIDEWAYS, say), style="yellow")


def more_beside(count: int, counted: int, say: Say) -> str:
    """How many more there are; that there are at least so many where not all were counted."""
    return say("at_least" if count >= counted else "more", count=count)


def _passport(passport: Passport, trace: Trace, say: Say, sources: Sources) -> Iterator[Indented]:
    yield 0, Text()
    yield 0, Text(passport.number, style="bold")
    for hop in passport.hops:
        if hop.relation == "policy_basis":
            yield 2, _step(say("based_on_it"), f"{hop.year or ''} {hop.target}".strip(), "", hop, say, sources)
        else:
            yield 2, _step(say(hop.relation), hop.source, "", hop, say, sources)
    if passport.more_on_basis:
        yield 2, Text(say("more", count=passport.more_on_basis), style="yellow")
    first = next((seen for seen in trace.seen if seen.number == passport.number), None)
    yield 2, Text(first_and_last(first, say) if first else say("no_money"), style="italic")


def first_and_last(seen: FirstSeen, say: Say) -> str:
    """When money is first and last seen, in words; also that it was never seen in a budget."""
    words = say("only_seen" if seen.first == seen.last else "first_last", first=seen.first, last=seen.last)
    words += say("partly") if seen.partly else ""
    if seen.never_budgeted:
        words += say("semicolon") + say("never_budgeted", previous=seen.first - 1, first=seen.first)
        words += "" if seen.held else say("not_held", previous=seen.first - 1)
        bodies = say("comma").join(seen.lacking)
        words += say("lacking", bodies=bodies, previous=seen.first - 1) if bodies else ""
    return words


def _entry(entry: Entry, say: Say, sources: Sources) -> Iterator[Indented]:
    possibly = (f"  {say('candidate')}", _STYLES["candidate"]) if entry.possibly else ""
    mark = "◇ " if entry.possibly else "▪ "
    yield 2, Text.assemble(mark, entry.project, (f"  {say('withheld')}" if entry.withheld else "", "red"), possibly)
    for hop in entry.money:
        years = f"{hop.from_year}→{hop.year} " if hop.from_year else ""
        under = f"← {hop.source}" if hop.source else ""
        more = f"{hop.code or ''} {hop.subject or ''}  {under}"
        yield 4, _step(say(hop.relation), f"{years}{hop.printed}", more, hop, say, sources)
    if not any((entry.money, entry.uses, entry.details, entry.grants, entry.targets)):
        yield 4, Text(say("only_listed"), style="italic")
    for hop in entry.basis:
        what = hop.source if hop.relation == "policy_basis" else _goal(hop.target)
        yield 4, _step(say(hop.relation), what, "", hop, say, sources)
    for hop in (*entry.uses, *entry.details):
        yield 4, _step(say(hop.relation), hop.printed or "", hop.target, hop, say, sources)
    for hop in entry.grants:
        yield 4, _step(say("grant"), f"{hop.target}  {hop.printed}", "", hop, say, sources)
    for balance in entry.balances:
        if balance.unexplained:
            yield 4, _balance(balance, say)
    yield from _targets(entry, say, sources)
    for hop in entry.same_subject:
        more = f"{hop.code} {hop.subject or ''}  {hop.project}"
        yield 4, _step(say("same_subject"), hop.printed or "", more, hop, say, sources)
    if entry.more_same_subject:
        yield 4, Text(more_beside(entry.more_same_subject, COUNTED_BESIDE, say), style="yellow")
    for conflict in entry.conflicts:
        marks = sources.marks(conflict)
        yield 4, Text.assemble((f"{say('conflict')}  ", "bold red"), conflict.why, marks)
        yield from ((8, Text(f"≠ {side}", style="red")) for side in conflict.sides)


def _targets(entry: Entry, say: Say, sources: Sources) -> Iterator[Indented]:
    for hop in entry.targets:
        yield from _target(hop, say("target"), say, sources)
    if entry.more_indicators:
        yield 8, Text(say("more_indicators", count=entry.more_indicators), style="yellow")


def _target(hop: Hop, name: str, say: Say, sources: Sources) -> Iterator[Indented]:
    """A form under its name, how it was scored, what was spent, an indicator, or what came of it."""
    if hop.relation == "target":
        more = f"（{say('performance-form')}）{_goal(hop.target)}"
        yield 4, _step(name, hop.printed or "", more, hop, say, sources)
    elif hop.relation in ("evaluation", "execution"):
        of = f"（{say('year_budget')} {hop.target}）" if hop.relation == "execution" else _goal(hop.target)
        yield 6, _step(say(hop.relation), hop.printed or "", of, replace(hop, why=None), say, sources)
    elif hop.relation == "outcome":
        came = Text.assemble((f"{say('outcome')}  ", "dim"), f"{hop.target}  {hop.printed or ''}")
        yield 12, came.append(f"  {say(hop.grade)}", style="dim").append_text(Text(*sources.marks(hop)))
    else:
        named = Text.assemble((f"{hop.source}  ", "dim"), f"{hop.target}  {hop.printed or ''}")
        yield 8, named.append_text(Text(*sources.marks(hop)))


def _promises(trace: Trace, say: Say, sources: Sources) -> Iterator[Indented]:
    """The forms that are about no project."""
    if not trace.promises:
        return
    yield 0, Text()
    yield 0, Text(say("promises"), style="bold")
    for hop in trace.promises:
        name = f"{hop.year or '?'}  {hop.source}  {hop.project or say('whole-body')}"
        yield from ((indent - 2, line) for indent, line in _target(hop, name, say, sources))
    if trace.more_indicators:
        yield 6, Text(say("more_indicators", count=trace.more_indicators), style="yellow")
    if trace.more_promises:
        yield 2, Text(say("more_promises", count=trace.more_promises), style="yellow")


def balance_words(balance: Balance, say: Say) -> tuple[str, str, str]:
    """What is compared, what arrived and left, and the rest of it, in 万元."""
    try:
        title = say(f"check_{balance.rule}")
    except KeyError:  # a check of the graph that has no words here: its own
        title = (balance.why or balance.rule).partition("：")[0]
    if balance.rule in SAID_TO_GO_ON and balance.unexplained == 0:
        return (
            title,
            say("arrived_gone_on", arrived=in_wan(balance.arrived), left=in_wan(balance.left)),
            say("all_gone"),
        )
    gone_on = balance.rule in SAID_TO_GO_ON and balance.unexplained >= 0
    of_sides, of_rest = ("arrived_gone_on", "not_gone_on") if gone_on else ("arrived_left", "unexplained")
    sides = say(of_sides, arrived=in_wan(balance.arrived), left=in_wan(balance.left))
    return title, sides, say(of_rest, gap=in_wan(balance.unexplained))


def _balance(balance: Balance, say: Say, about: str = "") -> Text:
    title, sides, rest = balance_words(balance, say)
    style = "green" if balance.verdict in {"ok", "rounding"} else "red" if balance.unexplained < 0 else "yellow"
    return Text.assemble(f"{about}  " if about else "", (f"{title}  ", "dim"), f"{sides}  ", (rest, style))


def _beside(hop: Hop, say: Say, sources: Sources) -> Text:
    source = f"{hop.source}  " if hop.source else ""
    what = f"{hop.code or ''} {hop.subject or ''}".strip()
    years = f"{hop.from_year}→{hop.year}" if hop.from_year else str(hop.year or "?")
    kind = f"（{say(hop.amount_type)}）" if hop.amount_type not in {None, "budgeted", "carried-over"} else ""
    return Text.assemble(
        (source, "dim"), f"{years}  ", (hop.target, "bold"), f"  {hop.printed or ''}{kind}  ", (what, "dim"),
        f"  {hop.project}" if hop.project else "", sources.marks(hop),
    )  # fmt: skip


def _step(name: str, what: str, more: str, hop: Hop, say: Say, sources: Sources) -> Text:
    why = f" {hop.why}" if hop.why and hop.grade != "stated" else ""
    return Text.assemble(
        (f"{name}  ", "dim"),
        (what, "bold"),
        f"  {more.strip()}  " if more.strip() else "  ",
        (say(hop.grade), _STYLES[hop.grade]),
        (why, "dim"),
        sources.marks(hop),
    )


def _link(hop: Hop, say: Say, sources: Sources) -> Text:
    return Text.assemble(
        f"{hop.year or ''} {hop.source}".strip(),
        (f"  {say(hop.relation)}  ", "dim"),
        (f"{hop.from_year or ''} {hop.target}".strip(), "bold"),
        "  ",
        (say(hop.grade), _STYLES[hop.grade]),
        (f" {hop.why}" if hop.why else "", "dim"),
        sources.marks(hop),
    )


def _goal(text: str) -> str:
    """Sentences of a document in one line; long ones cut short."""
    said = in_one_line(text)
    return said if len(said) <= _GOAL_SHOWN else f"{said[: _GOAL_SHOWN - 1]}…"
