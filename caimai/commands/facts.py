"""`caimai facts`: only read, print the facts."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from caimai import output
from caimai.commands.options import language_of, out_option
from caimai.reading import read_all
from caimai.words import Say
from ontology.facts import Fact
from queries.exchange import as_csv


@click.command(name="facts")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv", "parquet"]), default="jsonl", show_default=True)
@click.option(
    "--jobs", type=click.IntRange(1), default=1, show_default=True, help="同时读几份 · documents read at once"
)
@click.option("--coverage", is_flag=True, help="逐表逐节列出读到了什么 · list what was understood, part by part")
@out_option
@click.pass_obj
def facts_command(say: Say, paths: Sequence[Path], form: str, jobs: int, coverage: bool, out: str | None) -> None:
    """只读取，输出事实 · Only read, print the facts.

    \b
    caimai facts examples --format csv -o facts.csv
    caimai facts examples --coverage
    """
    failed = _coverage(say, paths, form, out) if coverage else _facts(say, paths, form, jobs, out)
    if failed:
        sys.exit(1)


def _coverage(say: Say, paths: Sequence[Path], form: str, out: str | None) -> bool:
    """List what was understood; returned is whether a document failed."""
    from caimai.coverage_report import coverage_rows, print_coverage  # with all that reads, needed here only

    parts, errors = coverage_rows(paths)
    if form == "jsonl" and out in {None, "-"}:
        print_coverage(parts)
    else:
        _write_table(parts.columns, parts.rows, form, out)
    for error in errors:
        click.echo(error.zh if language_of(say) == "zh" else str(error), err=True)
    return bool(errors)


def _facts(say: Say, paths: Sequence[Path], form: str, jobs: int, out: str | None) -> bool:
    """Print the facts, as JSON lines document by document; returned is whether a document failed."""
    at_once = form == "jsonl" and out in {None, "-"}
    found: list[Fact] = []
    failed = False
    for reading in read_all(paths, jobs):
        if reading.error:
            failed = True
            click.echo(reading.error_in(language_of(say)), err=True)
        elif at_once:
            output.write(output.as_jsonl(reading.facts), None)
        else:
            found.extend(reading.facts)
    if form != "jsonl":
        _write_table(*output.fact_rows(found), form, out)
    elif not at_once:
        output.write(output.as_jsonl(found), out)
    return failed


def _write_table(columns: Sequence[str], rows: Sequence[Sequence[object]], form: str, out: str | None) -> None:
    if form == "parquet":
        output.write(output.parquet(columns, rows), out)
    else:
        output.write_csv(as_csv(columns, rows), out)
