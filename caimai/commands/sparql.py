"""`caimai sparql`: run any read-only query."""

from typing import TextIO

import click

import caimai
from caimai import output
from caimai.commands.options import language_of, opened_store, out_option, store_option, write_answer
from caimai.stopping import stoppable
from caimai.words import Say
from queries.guarding.read_only import RefusedQuery
from queries.guarding.strange_names import strange_names


@click.command(name="sparql")
@click.argument("file", type=click.File(encoding="utf-8"), metavar="FILE|-")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv", "markdown", "turtle"]), default="table",
    show_default=True, help="turtle 用于 CONSTRUCT · turtle is for CONSTRUCT",
)  # fmt: skip
@click.option("--timeout", type=click.FloatRange(0), metavar="SECONDS", help="至多等多久 · how long to wait at most")
@store_option
@out_option
@click.pass_obj
def sparql_command(say: Say, file: TextIO, form: str, timeout: float | None, store: str, out: str | None) -> None:
    """运行只读的 SPARQL；bl:、skos: 等前缀不必声明 · Run any read-only SPARQL query; bl:, skos: and other prefixes are
    known.

    SUM、AVG 所取的金额不可相加时拒绝，并说明原因和可行的问法；在注释中写 sums: unchecked 则照原样运行。 · Where
    SUM or AVG takes amounts that make no sum it is refused, with the reason and what to ask instead; with the comment
    # sums: unchecked the query runs as it stands.

    \b
    echo 'SELECT (COUNT(*) AS ?quads) { ?s ?p ?o }' | caimai sparql - --store demo-store
    caimai sparql queries/questions/total_spending.rq --timeout 10 --format csv --store demo-store
    """
    with stoppable(timeout, say("too_slow", seconds=f"{timeout or 0:g}")):
        query = _query(file)
        found = caimai.sparql(opened_store(store, say), query)
    if isinstance(found, caimai.Answer):
        if not found.rows:
            click.echo(say("no_rows"), err=True)
            for line in strange_names(query, language_of(say)):
                click.echo(line, err=True)
        write_answer(found, "table" if form == "turtle" else form, out, language_of(say))
    elif isinstance(found, bytes):
        output.write(output.turtle(found) if form == "turtle" else found, out)
    else:
        output.write(f"{str(found).lower()}\n", out)


def _query(file: TextIO) -> str:
    """The text of the query. Raises RefusedQuery where it is no text in UTF-8."""
    try:
        return file.read()
    except UnicodeDecodeError:
        raise RefusedQuery(f"{file.name}: not a text in UTF-8", f"{file.name}：不是 UTF-8 编码的文本") from None
