"""`caimai facts`: only read, print the facts."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from caimai import output
from caimai.commands.options import language_of, out_option, write_answer
from caimai.reading import read_all
from caimai.words import Say
from ontology.errors import CaimaiError
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
    if coverage:
        from caimai.coverage_report import coverage_rows, print_coverage  # with all that reads, needed here only

        errors: list[CaimaiError] = []
        parts = coverage_rows(paths, errors)
        if form == "jsonl" and out in {None, "-"}:
            print_coverage(parts)
        else:
            write_answer(parts, "csv", out)
        for error in errors:
            click.echo(error.zh if language_of(say) == "zh" else str(error), err=True)
        sys.exit(1 if errors else 0)
    found: list[Fact] = []
    failed = False
    for reading in read_all(paths, jobs):
        if reading.error:
            failed = True
            click.echo(reading.error_in(language_of(say)), err=True)
        elif form == "jsonl" and out in {None, "-"}:
            output.write(output.as_jsonl(reading.facts), None)
        else:
            found.extend(reading.facts)
    if form == "jsonl" and out not in {None, "-"}:
        output.write(output.as_jsonl(found), out)
    elif form != "jsonl":
        columns, rows = output.fact_rows(found)
        if form == "csv":
            output.write_csv(as_csv(columns, rows), out)
        else:
            output.write(output.parquet(columns, rows), out)
    if failed:
        sys.exit(1)
