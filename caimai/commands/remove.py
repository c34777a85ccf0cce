"""`caimai remove`: take documents out of the graph, with all they alone said."""

import sys
from collections.abc import Sequence

import click

import caimai
from caimai.commands.options import store_option


@click.command(name="remove")
@click.argument("documents", nargs=-1, required=True, metavar="FILE|SHA256…")
@store_option
def remove_command(documents: Sequence[str], store: str) -> None:
    """从图中取出文件，只有它说过的一并去掉 · Take documents out of the graph, by file name or sha256.

    \b
    caimai remove 昌吉回族自治州科学技术局2025年部门预算公开.pdf --store demo-store
    """
    unknown = caimai.remove(documents, store)
    for words in unknown:
        click.echo(f"图中没有 · not in the graph: {words}", err=True)
    if unknown:
        sys.exit(1)
