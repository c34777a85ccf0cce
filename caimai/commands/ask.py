"""`caimai ask`: answer a named question."""

from collections.abc import Sequence

import click
from rich.console import Console

import caimai
from caimai import output
from caimai.answer_text import AS_NAMED, headings_of
from caimai.asking import explained, print_questions
from caimai.commands.options import form_option, language_of, out_option, store_option, write_answer
from caimai.help_text import question_names, question_parameters
from caimai.stopping import stoppable
from caimai.store_age import tell_age
from caimai.words import Say
from queries.library import named


@click.command(name="ask")
@click.argument("name", required=False, shell_complete=question_names)
@click.option(
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=question_parameters,
    help="问题的参数 · a parameter of the question",
)
@click.option("--show", is_flag=True, help="显示 SPARQL，参数已代入 · print the SPARQL with its parameters")
@form_option
@store_option
@out_option
@click.pass_obj
def ask_command(
    say: Say, name: str | None, parameters: Sequence[str], show: bool, form: str, store: str, out: str | None
) -> None:
    """回答一个现成的问题；不写名字则列出全部 · Answer a named question; lists them all without a name.

    \b
    caimai ask
    caimai ask who_received --param number=昌州财教[2024]65号 --store demo-store
    caimai ask largest_projects --param year=2025 --show
    """
    lang = language_of(say)
    if name is None:
        print_questions(Console(width=output.text_width(), highlight=False), say, lang)
        return
    for text in parameters:
        if "=" not in text:
            raise click.UsageError(say("not_a_pair", text=text))
    pairs = [(name.strip(), value) for name, _, value in (text.partition("=") for text in parameters)]
    given = dict(pairs)
    if len(given) < len(pairs):
        raise click.UsageError(say("given_twice", parameters=" --param ".join(parameters)))
    if show:
        output.write(explained(named(name), given, lang), out)
        return
    with stoppable(None, ""):
        graph = caimai.open(store, lang=lang)
        tell_age(graph.store, store, say)
        answer = graph.ask(name, **given)
    if not answer.rows:
        click.echo(say("no_rows"), err=True)
    write_answer(answer, form, out, lang, headings_of(answer.columns) if lang == "zh" else AS_NAMED)
