"""The command line: all commands, and how errors end."""

import errno
import io
import os
import sys
import warnings

import click

from caimai.commands.ask import ask_command
from caimai.commands.audit import audit_command
from caimai.commands.build import build_command
from caimai.commands.check import check_command
from caimai.commands.corrections import corrections_command
from caimai.commands.export import export_command
from caimai.commands.facts import facts_command
from caimai.commands.inspect import inspect_command
from caimai.commands.remove import remove_command
from caimai.commands.serve import serve_command
from caimai.commands.show import show_command
from caimai.commands.sparql import sparql_command
from caimai.commands.sum import sum_command
from caimai.commands.trace import trace_command
from caimai.commands.verify import verify_command
from caimai.help_text import BilingualGroup
from caimai.usage_errors import told
from caimai.words import Say, language, say
from kg.unsafe_sums import UnsafeSum
from ontology.errors import CaimaiError
from queries.guarding.read_only import RefusedQuery
from queries.library import WrongQuestion
from queries.parameters import WrongParameter
from queries.tracing.finding import NotFound

_COMMANDS = (
    build_command,
    remove_command,
    corrections_command,
    facts_command,
    inspect_command,
    trace_command,
    verify_command,
    ask_command,
    sum_command,
    sparql_command,
    audit_command,
    check_command,
    export_command,
    show_command,
    serve_command,
)


@click.group(cls=BilingualGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--lang", type=click.Choice(["zh", "en"]), help="界面语言 · language of messages")
@click.version_option(package_name="caimai")
@click.pass_context
def cli(context: click.Context, lang: str | None) -> None:
    """财脉：读预决算公开，追一笔资金的来龙去脉。 · Chinese budget disclosures in, a traced grant out.

    补全：eval "$(_CAIMAI_COMPLETE=bash_source caimai)"（zsh、fish 同理） · Completion: eval
    "$(_CAIMAI_COMPLETE=bash_source caimai)" in bash; zsh_source and fish_source likewise.
    """
    context.obj = say(lang or language([], os.environ))


for command in _COMMANDS:
    cli.add_command(command)


def _say_not_found(error: NotFound, words: Say, lang: str) -> None:
    """That nothing is called so; the near names, each with why; for an empty graph what fills it."""
    click.echo(words("not_found", what=error.what), err=True)
    if error.empty:
        click.echo(words("empty_graph", store="DIR"), err=True)
    if all(error.about) and not error.empty:
        click.echo(error.about[lang == "zh"], err=True)
    if error.near or not error.empty:
        click.echo(words("near_ones" if error.near else "none_near"), err=True)
    for one in error.near:
        click.echo(f"  {one.name}" + (f"  （{one.zh}）" if lang == "zh" else f"  ({one.en})"), err=True)


def _readable(argument: str) -> str:
    """An argument whose bytes the locale could not read, as UTF-8: signs for what is no text, if it names no file."""
    try:
        argument.encode()
    except UnicodeEncodeError:
        return argument if os.path.lexists(argument) else os.fsencode(argument).decode("utf-8", "replace")
    return argument


def main() -> None:
    """Run the command line. Exit status 0 done, 1 done with documents or findings that failed, 2 wrong use."""
    lang = language(sys.argv, os.environ)
    words = say(lang)
    warnings.filterwarnings("ignore", category=UserWarning, module=r"caimai\.")  # commands tell it themselves
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that has no such letter shows a question mark
    try:
        cli([_readable(argument) for argument in sys.argv[1:]], standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        click.echo(told(error, lang), err=True)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo(words("stopped"), err=True)
        sys.exit(130)
    except NotFound as error:
        _say_not_found(error, words, lang)
        sys.exit(1)
    except CaimaiError as error:
        click.echo(error.zh if lang == "zh" else str(error), err=True)
        sys.exit(2 if isinstance(error, WrongQuestion | WrongParameter | RefusedQuery | UnsafeSum) else 1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        if error.filename is None and error.errno != errno.ENOSPC:  # not about a file that the user named
            raise
        click.echo(words("cannot_use", path=os.fsdecode(error.filename or "-"), why=error.strerror), err=True)
        sys.exit(1)
