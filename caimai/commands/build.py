"""`caimai build`: read documents into the graph."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

import caimai
from caimai.commands.options import language_of, store_option
from caimai.reading import Reading
from caimai.words import Say
from extract.readers import passed_over
from ontology.facts import Finding

_STOPPED = 130  # as shells say it of what Ctrl-C ended


@click.command(name="build")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@store_option
@click.option(
    "--jobs", type=click.IntRange(1), default=1, show_default=True, help="同时读几份 · documents read at once"
)
@click.option(
    "--decisions", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE",
    help="对候选关系的裁定，默认为图目录旁的 decisions.toml · decisions about candidates, by default beside the store",
)  # fmt: skip
@click.option(
    "--issuers", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE",
    help="补充或更正机关代字，默认为图目录旁的 issuers.toml · further prefixes of document numbers and who uses them",
)  # fmt: skip
@click.pass_obj
def build_command(
    say: Say, paths: Sequence[Path], store: str, jobs: int, decisions: Path | None, issuers: Path | None
) -> None:
    """把公开文件读入图中，可反复执行 · Read documents into the graph, again and again.

    \b
    caimai build examples --store demo-store
    """
    failed: list[str] = []
    findings = 0

    def seen(reading: Reading) -> None:
        nonlocal findings
        findings += sum(isinstance(fact, Finding) for fact in reading.facts)
        if reading.error:
            failed.append(reading.error)
            click.echo(reading.error_in(language_of(say)), err=True)
        else:
            click.echo(f"{say('reading')} {reading.path.name}", err=True)

    try:
        report = caimai.build(paths, store, jobs=jobs, seen=seen, decisions=decisions, issuers=issuers)
    except KeyboardInterrupt:
        click.echo(say("stopped_building"), err=True)
        sys.exit(_STOPPED)
    counts = {name: len(getattr(report, name)) for name in ("read", "replaced", "unchanged", "superseded", "refused")}
    lang = language_of(say)
    for refusal in report.refused:
        click.echo(say("refused", why=refusal.in_words(lang)), err=True)
    click.echo(say("built", **counts, failed=len(failed), quads=report.quads), err=True)
    if left_out := passed_over(paths):
        listed = say("comma").join(f"{ending or say('no_ending')} {count}" for ending, count in left_out.items())
        click.echo(say("passed_over", count=sum(left_out.values()), endings=listed), err=True)
    if report.warnings:
        click.echo(say("warnings", count=report.warnings, store=store), err=True)
    if findings:
        click.echo(say("findings", count=findings), err=True)
    for unused in report.decisions_without_effect:
        click.echo(say("decision_without_effect", decision=unused), err=True)
    if failed or report.refused:
        sys.exit(1)
