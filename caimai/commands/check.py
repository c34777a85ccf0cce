"""`caimai check`: the graph by the ontology's rules."""

import sys
from collections.abc import Sequence

import click

import caimai
from caimai.answer_text import print_answer
from caimai.commands.options import language_of, out_option, store_option, write_answer
from caimai.store_age import tell_unfinished
from caimai.words import Say
from kg.checks import Violation, violations
from kg.store import open_read_only
from ontology.terms import concept, label


@click.command(name="check")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@store_option
@out_option
@click.pass_obj
def check_command(say: Say, form: str, store: str, out: str | None) -> None:
    """按本体的规则检查整个图；有错误则退出码为 1 · Check the graph by the ontology's rules; errors end with status 1.

    \b
    caimai check --store demo-store
    """
    tell_unfinished(store, say)
    found = violations(open_read_only(store))
    if form == "table" and out in {None, "-"}:
        _print(found, say)
    else:
        columns = ("severity", "rule", "thing", "zh", "en", "place")
        rows = tuple(tuple(getattr(one, name) for name in columns) for one in found)
        write_answer(caimai.Answer(columns, rows), form, out)
    if any(one.severity == "error" for one in found):
        sys.exit(1)


def _print(found: Sequence[Violation], say: Say) -> None:
    """What breaks the rules, in the language of the reader."""
    lang = language_of(say)
    columns = ("severity", "rule", "thing", "broken", "place")
    rows = ((_severity(one, lang), one.rule, one.thing, getattr(one, lang), one.place) for one in found)
    print_answer(caimai.Answer(columns, tuple(rows)), headings={name: say(f"column_{name}") for name in columns})


def _severity(one: Violation, lang: str) -> str | None:
    return label(concept("severity", one.severity), lang)
