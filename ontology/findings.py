"""Findings that the audit speaks of, too: what the readers say in each kind of them, and what others read out again.

The sentences stand in `data/findings.toml`, once for both.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def said(kind: str, **parts: object) -> str:
    """The sentence of a kind with its parts, without the title before it. Raises KeyError where kind or part is not
    there."""
    sentence: str = _file()["words"][kind]
    return sentence.format(**parts)


def understood(message: str, *kinds: str) -> dict[str, str] | None:
    """The parts of a message `title: sentence` and its `title`; None where its sentence is of none of these kinds."""
    title, _, sentence = message.partition(": ")
    found = next((found for kind in kinds if (found := _pattern(kind).fullmatch(sentence))), None)
    return {"title": title, **found.groupdict()} if found else None


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """The sentence of a kind as a pattern with its parts as groups."""
    words, forms = re.split(r"\{(\w+)\}", _file()["words"][kind]), _file()["parts"]
    return re.compile(
        "".join(f"(?P<{part}>{forms.get(part, '.+')})" if at % 2 else re.escape(part) for at, part in enumerate(words))
    )


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files("ontology").joinpath("data/findings.toml").read_text("utf-8"))
