"""The data files about printed forms: one folder a kind, one file a family of disclosures."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from ontology.text import unquoted

_ANY_MARK = re.compile(r"\[[“”\"]+\]")


@cache
def families(kind: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    """The files of `extract/forms/KIND/`: the family's name and its content, in alphabetical order."""
    folder = files("extract").joinpath(f"forms/{kind}")
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple((file.name.removesuffix(".toml"), tomllib.loads(file.read_text("utf-8"))) for file in found)


def unquoted_pattern(pattern: str) -> str:
    """A pattern for text without quotation marks, whichever of them it is written with."""
    return unquoted(_ANY_MARK.sub("", pattern))
