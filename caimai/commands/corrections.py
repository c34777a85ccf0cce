"""`caimai corrections`: what a disclosure published again changed, as printed before and now."""

import click

from caimai.commands.options import form_option, out_option, store_option, write_answer
from kg.store import open_read_only
from queries.corrections import corrections


@click.command(name="corrections")
@click.argument("what", required=False, metavar="[FILE|BODY]")
@form_option
@store_option
@out_option
def corrections_command(what: str | None, form: str, store: str, out: str | None) -> None:
    """同一公开重新公布后改了什么：原印、现印及各自出处 · What a disclosure published again changed, with both places.

    \b
    caimai corrections 奇台县商务科技和工业信息化局 --store demo-store
    """
    found = corrections(open_read_only(store), what)
    if not found.rows:
        click.echo(
            "没有更正：同一公开的各份文件没有不同 · no corrections: no two files of a disclosure differ", err=True
        )
    write_answer(found, form, out)
