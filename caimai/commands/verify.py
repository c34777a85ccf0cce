"""`caimai verify`: check a bundle of evidence against the source files."""

import sys
from pathlib import Path

import click

import caimai
from caimai.commands.options import out_option, write_answer
from caimai.words import Say


@click.command(name="verify")
@click.argument("bundle", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="BUNDLE")
@click.option(
    "--documents", type=click.Path(path_type=Path, exists=True), required=True, metavar="DIR",
    help="原文件所在目录 · where the source files are",
)  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True)
@out_option
@click.pass_obj
def verify_command(say: Say, bundle: Path, documents: Path, form: str, out: str | None) -> None:
    """对照原文件核验依据包：校验码、位置、原文 · Check a bundle against the source files: hash, place and words.

    \b
    caimai trace '昌州财教[2024]65号' --store demo-store --bundle proof.zip
    caimai verify proof.zip --documents examples
    """
    from caimai.verifying import verified  # with all that reads, needed here only

    checked = verified(bundle, documents)
    columns = ("verdict", "claim", "file", "page", "line", "table", "row", "column", "words", "why")
    rows = tuple(tuple(getattr(one, name) for name in columns) for one in checked)
    if form != "text":
        write_answer(caimai.Answer(columns, rows), form, out)
    else:
        for one in checked:
            if one.verdict != "verified":
                place = " ".join(str(part) for part in (one.file, one.page or one.line, one.table) if part)
                click.echo(f"{say(one.verdict)}  {one.claim}\n    {place}  「{one.words}」{one.why}")
    right = sum(one.verdict == "verified" for one in checked)
    click.echo(say("verify_counts", total=len(checked), verified=right, other=len(checked) - right), err=True)
    if right < len(checked):
        sys.exit(1)
