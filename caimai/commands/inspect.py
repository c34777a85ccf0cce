"""`caimai inspect`: draw what was read over the page."""

from pathlib import Path
from typing import Literal

import click

from caimai import output
from caimai.commands.options import language_of
from caimai.words import Say
from ontology.findings import told


@click.command(name="inspect")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="第几页 · which page, from 1")
@click.option("--engine", type=click.Choice(["pdfium", "pdfplumber"]), help="用哪个引擎读 · what reads the page")
@click.option("-o", "--output", "out", default="page.png", show_default=True, metavar="FILE")
@click.pass_obj
def inspect_command(say: Say, file: Path, page: int, engine: Literal["pdfium", "pdfplumber"] | None, out: str) -> None:
    """把读到的画在原页上：格子、文字行、成为事实的、未能理解的 · Draw what was read over the page.

    \b
    caimai inspect examples/昌吉回族自治州科学技术局2025年部门预算公开.pdf --page 6 -o page.png
    """
    from caimai.inspect_page import inspected, png  # with all that reads and draws, needed here only

    inspection = inspected(file, page, engine)
    output.write(png(inspection.image), out)
    click.echo(say("colours"), err=True)
    for number, finding in enumerate(inspection.findings, 1):
        click.echo(f"{number}{say('colon')}{told(finding.message, language_of(say))}", err=True)
    if out != "-":
        click.echo(say("written", path=out), err=True)
