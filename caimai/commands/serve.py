"""`caimai serve`: the web pages and the SPARQL endpoint."""

from collections.abc import Sequence
from pathlib import Path

import click

from caimai.commands.options import store_option
from caimai.document_places import noted
from caimai.store_age import tell_age
from caimai.words import Say
from kg.store import open_read_only


@click.command(name="serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="只在本机 · this machine only by default")
@click.option(
    "--documents", multiple=True, type=click.Path(path_type=Path, exists=True), metavar="PATH",
    help="源文件所在，默认为建图时之处和当前文件夹 · where the source files lie, by default where they were, and here",
)  # fmt: skip
@store_option
@click.pass_obj
def serve_command(say: Say, port: int, host: str, documents: Sequence[Path], store: str) -> None:
    """在浏览器里看图：查找、追踪、核对原文 · See the graph in a browser: search, trace, check against the print.

    \b
    caimai serve --store demo-store --documents examples
    """
    from caimai.serve import serve as serving  # with the web server, needed here only

    tell_age(open_read_only(store), store, say)
    folders = documents or [*noted(store), Path()]
    serving(store, host, port, folders, lambda address: click.echo(say("serving", address=address), err=True))
