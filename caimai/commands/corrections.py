"""`caimai corrections`: what a disclosure published again changed, as printed before and now."""

import click

from caimai.commands.options import form_option, out_option, store_option, write_answer
from caimai.store_age import tell_unfinished
from caimai.words import Say
from kg.store import open_read_only
from queries.corrections import corrections


@click.command(name="corrections")
@click.argument("what", required=False, metavar="[FILE|BODY]")
@form_option
@store_option
@out_option
@click.pass_obj
def corrections_command(say: Say, what: str | None, form: str, store: str, out: str | None) -> None:
    """同一公开重新公布后改了什么：原印、现印及各自出处 · What a disclosure published again changed, with both places.

    \b
    caimai corrections 奇台县商务科技和工业信息化局 --store demo-store
    """
    tell_unfinished(store, say)
    found = corrections(open_read_only(store), what)
    if not found.rows:
        click.echo(say("no_corrections" if what is None else "no_corrections_of", what=what), err=True)
    write_answer(found, form, out)
