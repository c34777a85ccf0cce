"""The data files about printed forms: one folder a kind, one file a family of disclosures."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def families(kind: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    """The files of `extract/forms/KIND/`: the family's name and its content, in alphabetical order."""
    folder = files("extract").joinpath(f"forms/{kind}")
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple((file.name.removesuffix(".toml"), tomllib.loads(file.read_text("utf-8"))) for file in found)
