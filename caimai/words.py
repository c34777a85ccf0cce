"""The words of the command line in Chinese and English."""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

from queries.words import sections

Say = Callable[..., str]

_SHARED = ("relation", "amount_type", "grade", "severity", "class")


def say(lang: str) -> Say:
    """A function that gives the words for a key, its blanks filled: `say("zh")("page", page=3)` → `第3页`."""
    words = _words()[lang]

    def words_for(name: str, /, **blanks: object) -> str:
        return words[name].format(**blanks)

    return words_for


def language(arguments: list[str], environment: Mapping[str, str]) -> str:
    """`zh` or `en`: as `--lang` says, else English where the locale is English, else Chinese."""
    return stated_language(arguments, environment) or "zh"


def stated_language(arguments: list[str], environment: Mapping[str, str]) -> str | None:
    """`zh` or `en` as `--lang` or the locale says; None where neither says one of them."""
    for position, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return "en" if argument.removeprefix("--lang=") == "en" else "zh"
        if argument == "--lang" and arguments[position + 1 : position + 2]:
            return "en" if arguments[position + 1] == "en" else "zh"
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return next((lang for lang in ("en", "zh") if locale.startswith(lang)), None)


@cache
def _words() -> dict[str, dict[str, str]]:
    """The words of `words.toml`, and those that traces and audits have in notebooks, too."""
    own: dict[str, dict[str, str]] = tomllib.loads(files("caimai").joinpath("words.toml").read_text("utf-8"))
    shared = {name: words for section in _SHARED for name, words in sections()[section].items()}
    return {lang: {name: said[lang] for name, said in shared.items()} | words for lang, words in own.items()}
