"""`caimai check`: the graph by the ontology's rules."""

import sys

import click

import caimai
from caimai.commands.options import out_option, store_option, write_answer
from caimai.store_age import tell_unfinished
from caimai.words import Say
from kg.checks import violations
from kg.store import open_read_only


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
    columns = ("severity", "rule", "thing", "zh", "en", "place")
    write_answer(
        caimai.Answer(columns, tuple(tuple(getattr(one, name) for name in columns) for one in found)), form, out
    )
    if any(one.severity == "error" for one in found):
        sys.exit(1)
