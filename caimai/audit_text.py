"""An audit in the terminal: document by document, the gravest signals first, both sides with their places."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from caimai.words import Say
from caimai.wrapping import print_wrapped
from kg.places import Evidence
from queries.auditing.english import table_of, unit
from queries.auditing.excerpt import excerpt
from queries.auditing.signal import Audit, Side, Signal
from queries.auditing.suspects import numbers, suspects

_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_PLACES_SHOWN = 3
_WORDS_SHOWN = 48


def print_audit(console: Console, audit: Audit, say: Say, lang: str) -> None:
    """Print all signals and how many checks were made. Signals, not verdicts: the last line says so."""
    by_file = {file: list(some) for file, some in groupby(audit.signals, key=lambda signal: signal.file)}
    for file in audit.documents:
        found = by_file.get(file, [])
        console.print(Text(file, style="bold"))
        console.print(Text(f"  {say('audit_counts', **counts(audit, file))}", style="dim"))
        for indent, line in _suspects(found, say, lang):
            print_wrapped(console, indent, line)
        for number, signal in enumerate(found, 1):
            for indent, line in _lines(number, signal, say, lang):
                print_wrapped(console, indent, line)
        console.print()
    console.print(Text(say("audit_note"), style="dim"))


def counts(audit: Audit, file: str) -> dict[str, int]:
    """Of one document: comparisons made, exact, explained by rounding, signals."""
    tallies = [tally for tally in audit.tallies if tally.file == file]
    return {
        "checked": sum(tally.checked for tally in tallies),
        "equal": sum(tally.equal for tally in tallies),
        "rounding": sum(tally.rounding for tally in tallies),
        "signals": sum(signal.file == file for signal in audit.signals),
    }


def place(one: Evidence, say: Say) -> str:
    """Where something is printed, in words: page or line, table, row and column."""
    parts = [
        say("page", page=one.page) if one.page else say("line", line=one.line) if one.line else "",
        table_of(one, say("language")),
        say("row_column", row=one.row, column=one.column) if one.row and one.column else "",
    ]
    return " · ".join(part for part in parts if part)


def _suspects(found: Sequence[Signal], say: Say, lang: str) -> Iterator[tuple[int, Text]]:
    """The figures that are probably misprinted, each with the numbers of the signals that want another one."""
    held = suspects(found)
    if held:
        yield 2, Text(say("audit_suspects", count=len(held)), style="bold")
    for one in held:
        told = ", ".join(map(str, numbers(one, found)))
        named = unit(one.unit) if lang == "en" else one.unit
        figures = {"printed": f"{one.printed:,.2f}", "implied": f"{one.implied:,.2f}", "unit": named}
        at, count = place(one.place, say), len(one.signals)
        yield 4, Text(say("audit_suspect", place=at, count=count, numbers=told, **figures))


def _lines(number: int, signal: Signal, say: Say, lang: str) -> Iterator[tuple[int, Text]]:
    sentence = signal.en if lang == "en" else signal.zh
    grave = (say(signal.severity), _STYLES[signal.severity])
    yield 2, Text.assemble(f"{number:>3} ", grave, f" {say(signal.kind)} ", (signal.rule, "dim"), f"  {sentence}")
    yield from _side(signal.left, say)
    if signal.right.places != signal.left.places:
        yield from _side(signal.right, say)


def _side(side: Side, say: Say) -> Iterator[tuple[int, Text]]:
    shown = side.places[:_PLACES_SHOWN]
    for one in shown:
        yield 8, Text(f"{place(one, say)}{say('colon')}{excerpt(one.words, side, _WORDS_SHOWN)}", style="dim")
    if len(side.places) > len(shown):
        yield 8, Text(f"{say('more_sources', count=len(side.places) - len(shown))}", style="dim")
