"""Headings and titles without what may be left out of them and makes no other of them."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from ontology.text import key


def bare_heading(text: str) -> str:
    """A heading as a key without what it may leave out (`left_out` in data/headings.toml): 年度, 部门, 的, quotes."""
    return _left_out().sub("", key(text))


def bare_title(title: str) -> str:
    """The title of a table as `bare_heading` has it, without the body before its year and words in brackets behind it,
    too: titles in the contents and over tables that are alike in this are one title."""
    return bare_heading(re.sub(_file()["beside_title"], "", title))


@cache
def _left_out() -> re.Pattern[str]:
    return re.compile("|".join(map(key, _file()["left_out"])))


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files("ontology").joinpath("data/headings.toml").read_text("utf-8"))
