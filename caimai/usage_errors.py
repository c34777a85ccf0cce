"""Wrong use of the command line told in the reader's language: what is wrong, what there is instead, where help is."""

from difflib import get_close_matches

import click

_NEAREST = 3


def told(error: click.ClickException, lang: str) -> str:
    """The error as lines for the terminal; in Chinese where that is the language and the words are known."""
    message = _in_chinese(error) if lang == "zh" else _in_english(error)
    if not isinstance(error, click.UsageError) or error.ctx is None:
        return message
    path = error.ctx.command_path
    return f"{message}\n" + (f"用法见 {path} --help" if lang == "zh" else f"See {path} --help")


def _in_chinese(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f"；相近的有：{'、'.join(error.possibilities)}" if error.possibilities else ""
        return f"没有选项 {error.option_name}{near}"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_named(error)}"
    if isinstance(error, click.BadParameter):
        return f"{_named(error)} 的值不对：{_wrong_value(error)}"
    if isinstance(error, click.FileError):
        return f"{error.ui_filename}：打不开（{error.message}）"
    missing = _no_such_command(error)
    if missing:
        near = f"；相近的有：{'、'.join(_near(error))}" if _near(error) else f"；有：{'、'.join(_commands(error))}"
        return f"没有命令 {missing}{near}"
    return error.format_message()


def _in_english(error: click.ClickException) -> str:
    """The words of the error; for a command that is not there, also those that are."""
    there = "" if not _no_such_command(error) or _near(error) else f" There are: {', '.join(_commands(error))}."
    return error.format_message() + there


def _wrong_value(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"只能是 {'、'.join(map(str, kind.choices))}"
    if isinstance(kind, click.Path | click.File):
        quoted = error.message.split("'")
        return f"{quoted[1] if len(quoted) > 2 else ''} 没有这个文件或目录，或者打不开"
    if isinstance(kind, click.types._NumberRangeBase):
        return f"要在 {kind._describe_range()} 之内"
    if isinstance(kind, click.types.IntParamType | click.types.FloatParamType):
        return "要写数字"
    return error.message


def _named(error: click.BadParameter) -> str:
    return error.param.get_error_hint(error.ctx) if error.param and error.ctx else str(error.param_hint or "参数")


def _no_such_command(error: click.ClickException) -> str:
    found = error.message.partition("No such command '")[2]
    return found.rstrip(".").rstrip("'")


def _near(error: click.ClickException) -> list[str]:
    missing = _no_such_command(error)
    return get_close_matches(missing, _commands(error), _NEAREST) if missing else []


def _commands(error: click.ClickException) -> list[str]:
    """The commands that there are instead."""
    group = error.ctx.command if isinstance(error, click.UsageError) and error.ctx else None
    return sorted(group.list_commands(error.ctx)) if isinstance(group, click.Group) and error.ctx else []  # type: ignore[attr-defined]
