"""`caimai corrections`: what a disclosure published again changed, as printed before and now."""

import click

from caimai import output
from caimai.answer_text import print_answer
from kg.store import open_read_only
from queries.corrections import corrections


@click.command(name="corrections")
@click.argument("what", required=False, metavar="[FILE|BODY]")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv", "markdown"]), default="table", show_default=True
)
@click.option("--store", envvar="CAIMAI_STORE", default="./caimai-store", show_default=True, metavar="DIR")
@click.option("-o", "--output", "out", metavar="FILE", help="写入文件，- 为标准输出 · write to a file, - for stdout")
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
    if form == "table" and out in {None, "-"}:
        print_answer(found)
    elif form in {"csv", "table"}:
        output.write(output.as_csv(found.columns, found.rows), out)
    else:
        output.write(output.as_markdown(found) if form == "markdown" else output.answer_json(found), out)
