"""`caimai trace`: follow money through the graph."""

from pathlib import Path

import click
from rich.console import Console

import caimai
from caimai import output
from caimai.answer_text import print_answer
from caimai.bundles import asked_for, claims, parts_of, rests_on, settings_of, write_bundle
from caimai.commands.options import language_of, out_option, store_option
from caimai.dossier import dossier_of
from caimai.store_age import tell_age
from caimai.trace_table import table_of
from caimai.trace_text import print_trace
from caimai.words import Say
from queries.answers import Answer
from queries.exchange import as_csv, whole_json
from queries.tracing.english import in_english
from queries.tracing.places import SHOWN
from queries.tracing.trace import LIMIT, subgraph


@click.command(name="trace")
@click.argument("what", metavar="WHAT")
@store_option
@click.option(
    "--format", "form", type=click.Choice(["text", "table", "json", "csv", "turtle"]), default="text", show_default=True
)
@click.option("--candidates", is_flag=True, help="也跟随候选关系，并注明 · follow candidate links, too, marked")
@click.option(
    "--limit", type=click.IntRange(0), default=LIMIT, show_default=True,
    help="最多列出几个项目，0 为全部 · how many projects at most, 0 for all",
)  # fmt: skip
@click.option(
    "--all", "everything", is_flag=True,
    help="列出全部项目、指标和出处 · all projects, all indicators and all places",
)  # fmt: skip
@click.option("--dossier", is_flag=True, help="写成附引文的 Markdown 报告 · a Markdown report with quotations")
@click.option(
    "--bundle", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.zip",
    help="写出可脱离本库核验的依据包 · write a bundle of evidence to verify without this store",
)  # fmt: skip
@out_option
@click.pass_obj
def trace_command(
    say: Say, what: str, store: str, form: str, candidates: bool, limit: int, everything: bool, dossier: bool,
    bundle: Path | None, out: str | None,
) -> None:  # fmt: skip
    """追踪文号、项目、专项、单位、收款单位、绩效指标或功能科目 · Trace a document number, project, programme, body,
    recipient, indicator or functional code.

    \b
    caimai trace '昌州财教[2024]65号' --store demo-store
    caimai trace 招商引资经费 --store demo-store --format csv
    caimai trace 新疆人才发展基金 --store demo-store --dossier -o dossier.md
    caimai trace 2060599 --store demo-store --bundle proof.zip
    """
    graph = caimai.open(store)
    tell_age(graph.store, store, say)
    to_read = form in {"text", "table"} and not (dossier or bundle)  # what is kept or handed on has all the places
    limit, places = (0, 0) if everything else (limit, SHOWN if to_read else 0)
    found = graph.trace(what, candidates=candidates, limit=limit, places=places)
    if bundle:
        asked = asked_for(found, what, candidates=candidates, limit=limit, lang=language_of(say))
        behind = [*rests_on(graph.store, found), *settings_of(store)]
        parts = parts_of(found, asked, behind, subgraph(graph.store, found))
        write_bundle(bundle, parts)
        click.echo(say("bundle_written", path=bundle, claims=sum(1 for _ in claims(found))), err=True)
    elif dossier:
        output.write(dossier_of(found, say), out)
    elif form == "text" and out in {None, "-"}:
        print_trace(Console(width=output.text_width(), highlight=False), found, say)
    elif form == "turtle":
        output.write(subgraph(graph.store, found), out)
    elif form in {"table", "csv", "json"}:
        _write(in_english(found) if language_of(say) == "en" else found, form, out, say)
    else:
        with Path(str(out)).open("w", encoding="utf-8") as file:
            print_trace(Console(file=file, width=120, highlight=False), found, say)


def _write(found: caimai.Trace, form: str, out: str | None, say: Say) -> None:
    rows = found.table()
    if form == "table":
        _print_table(table_of(found, say), out)
    elif form == "csv":
        output.write_csv(as_csv(rows.columns, rows.rows), out)
    else:
        output.write(whole_json(found), out)


def _print_table(rows: Answer, out: str | None) -> None:
    if out in {None, "-"}:
        print_answer(rows)
    else:
        with Path(str(out)).open("w", encoding="utf-8") as file:
            print_answer(rows, console=Console(file=file, width=200, highlight=False))
