"""Help in the reader's language, and words that a shell completes: names of questions and of their parameters."""

import copy
import inspect
import os
import sys

import click
from click.shell_completion import CompletionItem

from caimai.words import language, say, stated_language
from queries.library import questions

_BETWEEN = " · "


class BilingualGroup(click.Group):
    """Commands whose help is `中文 · English`: shown in one language where that is chosen by switch or locale.

    A class because click asks its own kind for commands.
    """

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, a copy with its words in one language, which knows `--lang`, too."""
        command = super().get_command(ctx, cmd_name)
        lang = stated_language(sys.argv, os.environ)
        if command is None:
            return None
        shown = copy.copy(command)
        shown.params = [*command.params, _LANG]
        return shown if lang is None else _in(shown, lang)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the program is, in one language."""
        lang = stated_language(sys.argv, os.environ)
        shown = self if lang is None else _in(self, lang)
        click.Command.format_help_text(shown, ctx, formatter)


def _speak(ctx: click.Context, _: click.Parameter, lang: str | None) -> None:
    """The command speaks the language that was asked for after its name."""
    if lang:
        ctx.obj = say(lang)


_LANG = click.Option(
    ["--lang"], type=click.Choice(["zh", "en"]), expose_value=False, is_eager=True, callback=_speak,
    help="界面语言 · language of messages",
)  # fmt: skip


def question_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The questions whose names begin so, with what they ask."""
    lang = language([], os.environ)
    return [
        CompletionItem(one.name, help=one.en if lang == "en" else one.zh)
        for one in questions().values()
        if one.name.startswith(incomplete)
    ]


def question_parameters(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The parameters of the question named, with their examples."""
    typed = (ctx.params.get("name"), *os.environ.get("COMP_WORDS", "").split())
    question = next((questions()[word] for word in typed if word in questions()), None)
    given = [f"{one.name}={one.example}" for one in question.parameters] if question else []
    return [CompletionItem(one) for one in given if one.startswith(incomplete)]


def _in(command: click.Command, lang: str) -> click.Command:
    shown = copy.copy(command)
    shown.help = _side(command.help, lang)
    shown.params = [_option(one, lang) if isinstance(one, click.Option) else one for one in command.params]
    return shown


def _option(option: click.Option, lang: str) -> click.Option:
    shown = copy.copy(option)
    shown.help = _side(option.help, lang)
    return shown


def _side(text: str | None, lang: str) -> str | None:
    """Of each paragraph the part in a language; a paragraph in one language only stays."""
    if text is None:
        return None
    parts = [part.split(_BETWEEN, 1) for part in inspect.cleandoc(text).split("\n\n")]
    return "\n\n".join(part[-1 if lang == "en" else 0].strip(" ") for part in parts)
