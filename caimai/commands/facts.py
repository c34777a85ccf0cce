"""`caimai facts`: only read, print the facts."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from caimai import output
from caimai.answer_text import print_answer
from caimai.commands.options import language_of, out_option
from caimai.finding_rows import finding_rows
from caimai.reading import Reading, read_all
from caimai.words import Say
from ontology.facts import Fact, Finding
from queries.exchange import as_csv


@click.command(name="facts")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv", "parquet"]), default="jsonl", show_default=True)
@click.option(
    "--jobs", type=click.IntRange(1), default=1, show_default=True, help="同时读几份 · documents read at once"
)
@click.option(
    "--coverage",
    "listed",
    flag_value="coverage",
    help="逐表逐节列出读到了什么 · list what was understood, part by part",
)
@click.option(
    "--findings",
    "listed",
    flag_value="findings",
    help="逐条列出存疑或未能理解之处 · list what is doubtful or not understood",
)
@out_option
@click.pass_obj
def facts_command(say: Say, paths: Sequence[Path], form: str, jobs: int, listed: str | None, out: str | None) -> None:
    """只读取，输出事实 · Only read, print the facts.

    \b
    caimai facts examples --format csv -o facts.csv
    caimai facts examples --coverage
    caimai facts examples --findings
    """
    if listed == "coverage":
        failed = _coverage(say, paths, form, out)
    else:
        failed = (_findings if listed else _facts)(say, paths, form, jobs, out)
    if failed:
        sys.exit(1)


def _coverage(say: Say, paths: Sequence[Path], form: str, out: str | None) -> bool:
    """List what was understood; returned is whether a document failed."""
    from caimai.coverage_report import coverage_rows, covered, print_coverage  # with all that reads, needed here only

    parts, errors = covered(paths)
    if _is_seen(form, out):
        print_coverage(parts, say)
    else:
        rows = coverage_rows(parts)
        _write_table(rows.columns, rows.rows, form, out)
    for error in errors:
        click.echo(error.zh if language_of(say) == "zh" else str(error), err=True)
    return bool(errors)


def _findings(say: Say, paths: Sequence[Path], form: str, jobs: int, out: str | None) -> bool:
    """List what was doubtful or not understood; returned is whether a document failed."""
    readings = list(read_all(paths, jobs))
    found = [fact for reading in readings for fact in reading.facts if isinstance(fact, Finding)]
    answer = finding_rows(found, language_of(say))
    if _is_seen(form, out):
        print_answer(answer, headings={name: say(f"column_{name}") for name in answer.columns})
    else:
        _write_table(answer.columns, answer.rows, form, out)
    return bool([reading for reading in readings if _failed(say, reading)])


def _facts(say: Say, paths: Sequence[Path], form: str, jobs: int, out: str | None) -> bool:
    """Print the facts, as JSON lines document by document; returned is whether a document failed."""
    at_once = _is_seen(form, out)
    found: list[Fact] = []
    failed = False
    for reading in read_all(paths, jobs):
        if _failed(say, reading):
            failed = True
        elif at_once:
            output.write(output.as_jsonl(reading.facts), None)
        else:
            found.extend(reading.facts)
    if form != "jsonl":
        _write_table(*output.fact_rows(found), form, out)
    elif not at_once:
        output.write(output.as_jsonl(found), out)
    return failed


def _is_seen(form: str, out: str | None) -> bool:
    """Whether what is written is read at the terminal."""
    return form == "jsonl" and out in {None, "-"}


def _failed(say: Say, reading: Reading) -> bool:
    """Whether a document could not be read; then why is said."""
    if reading.error:
        click.echo(reading.error_in(language_of(say)), err=True)
    return reading.error is not None


def _write_table(columns: Sequence[str], rows: Sequence[Sequence[object]], form: str, out: str | None) -> None:
    if form == "parquet":
        output.write(output.parquet(columns, rows), out)
    else:
        output.write_csv(as_csv(columns, rows), out)
