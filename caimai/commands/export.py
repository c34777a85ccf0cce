"""`caimai export`: the whole graph in other formats."""

import click

from caimai import output
from caimai.commands.options import out_option, store_option
from caimai.exports import FORMATS, exported
from caimai.store_age import tell_unfinished
from caimai.words import Say
from kg.store import open_read_only


@click.command(name="export")
@click.option("--format", "form", type=click.Choice(FORMATS), default="nquads", show_default=True)
@store_option
@out_option
@click.pass_obj
def export_command(say: Say, form: str, store: str, out: str | None) -> None:
    """输出整个图，附出处、许可与署名 · Export the whole graph with sources, licence and attribution.

    \b
    caimai export --format parquet --store demo-store -o figures.parquet
    """
    tell_unfinished(store, say)
    write = output.write_csv if form == "csv" else output.write
    write(exported(open_read_only(store), form), out)
