"""What commands share: the options of every command, the store opened for reading, an answer written out."""

from collections.abc import Mapping

import click
import pyoxigraph as ox

from caimai import output
from caimai.answer_text import AS_NAMED, print_answer
from caimai.store_age import tell_age
from caimai.words import Say
from kg.store import documents, open_read_only
from queries.answers import Answer
from queries.exchange import as_csv

store_option = click.option(
    "--store", envvar="CAIMAI_STORE", default="./caimai-store", show_default=True, metavar="DIR",
    help="图所在的目录 · the graph's directory ($CAIMAI_STORE)",
)  # fmt: skip
out_option = click.option(
    "-o", "--output", "out", metavar="FILE", help="写入文件，- 为标准输出 · write to a file, - for stdout"
)
form_option = click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv", "markdown"]), default="table", show_default=True
)


def opened_store(store: str, say: Say) -> ox.Store:
    """The store for reading; says on stderr where it is empty or another release built it, and what to do."""
    opened = open_read_only(store)
    tell_age(opened, store, say)
    if not documents(opened):
        click.echo(say("empty_graph", store=store), err=True)
    return opened


def language_of(say: Say) -> str:
    """The language that `say` speaks: zh or en."""
    return say("language")


def write_answer(
    answer: Answer, form: str, out: str | None, lang: str | None = None, headings: Mapping[str, str] = AS_NAMED
) -> None:
    """An answer as a table at the terminal, with these headings, else as CSV, Markdown or JSON, to stdout or a file."""
    if form == "table" and out in {None, "-"}:
        print_answer(answer, lang, headings=headings)
    elif form in {"csv", "table"}:
        output.write_csv(as_csv(answer.columns, answer.rows), out)
    else:
        output.write(output.as_markdown(answer) if form == "markdown" else output.answer_json(answer), out)
