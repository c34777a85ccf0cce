"""Why a document cannot be read, in Chinese: what the readers say in English is translated phrase by phrase."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from ontology.findings import told

_BETWEEN = " - "


def message_in_chinese(file: str, message: str) -> str:
    """An error of reading a file (`file: reason - advice`) in Chinese; a phrase that is not known stays as it is."""
    reason, _, advice = message.removeprefix(f"{file}: ").partition(_BETWEEN)
    return f"{file}：{phrase_in_chinese(reason)}" + (f"，{phrase_in_chinese(advice)}" if advice else "")


def phrase_in_chinese(text: str) -> str:
    """A reason or an advice in Chinese, the phrases within it and what findings say, too; as it is where not known."""
    for pattern, chinese in _phrases():
        if found := pattern.fullmatch(text):
            return chinese.format(*map(phrase_in_chinese, found.groups()))
    return told(text, "zh")


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    """English patterns and Chinese templates: those that say most first."""
    path = files("ontology").joinpath("data/reading_errors.toml")
    known = sorted(tomllib.loads(path.read_text("utf-8")).items(), key=lambda pair: (-len(pair[0]), pair[0]))
    return tuple((re.compile("(.+?)".join(map(re.escape, english.split("{}")))), chinese) for english, chinese in known)
