"""Printed titles of budget tables and their canonical names."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from ontology.text import tight

_NUMBER = re.compile(r"^(?:附?表\d{1,2}[：:、.]?|[一二三四五六七八九十]+、)")


def table_of_title(title: str) -> str | None:
    """The canonical name of the table with this title (`表 2 部门收入总体情况表` → `revenue`), None where it is not a title."""
    words = _NUMBER.sub("", tight(title))
    for name, pattern in _titles():
        if pattern.fullmatch(words):
            return name
    return None


@cache
def _titles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    with files("extract").joinpath("forms/tables.toml").open("rb") as file:
        tables = tomllib.load(file)
    return tuple(
        (name, re.compile("|".join(f"(?:{title})" for title in table["titles"]))) for name, table in tables.items()
    )
