"""`caimai show`: write a page that opens offline."""

from collections.abc import Sequence

import click

import caimai
from caimai import output
from caimai.commands.options import language_of, store_option
from caimai.store_age import tell_unfinished
from caimai.words import Say


@click.command(name="show")
@click.option("--focus", multiple=True, metavar="WHAT", help="围绕什么 · what to draw around: 文号, 单位, 项目…")
@store_option
@click.option("-o", "--output", "out", default="page.html", show_default=True, metavar="FILE")
@click.pass_obj
def show_command(say: Say, focus: Sequence[str], store: str, out: str) -> None:
    """输出一个可离线打开的图页 · Write a page of the lineage that opens offline.

    \b
    caimai show --focus '昌州财教[2024]65号' --store demo-store -o page.html
    """
    tell_unfinished(store, say)
    lang = language_of(say)
    output.write(caimai.page(store, focus, title=" · ".join(focus) or "财脉 caimai", lang=lang), out)
    if out != "-":
        click.echo(say("written", path=out), err=True)
