"""Columns of the year before that a budget table prints beside its own: 上年执行数, 增减额, 增减率."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from extract.tables.forms import SideForm, spelling
from ontology.facts import PriorMeasure
from ontology.text import key

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PriorColumn:
    """A column of the year before: its 0-based index, the canonical column it is of, and what it holds.

    `measure` is 上年数, 增减额 or 增减率, `basis` whether 上年数 is 预算数, 执行数 or 决算数. `item` is the row's name
    if the headings say it.
    """

    index: int
    name: str
    measure: PriorMeasure
    basis: str | None
    heading: str
    item: str | None = None


def prior_column(side: SideForm, index: int, path: Path) -> PriorColumn | None:
    """The column of the year before that this heading path stands for on a side, None where it is another column.

    A year in the headings is 上年 or 本年 (`with_relative_years`). Where it is not known what the column is of, it is
    none: its heading stays unknown.
    """
    heading = "/".join(path)
    words = tuple(word for word in map(key, path) if word not in ("收入", "支出"))
    lead = path[: len(path) - len(words)]
    measure = measure_of("/".join(words))
    if measure:
        return _of(side, index, tuple((*lead, word) for word in _words()["this_year"]["words"]), measure, None, heading)
    for at, word in enumerate(words):
        basis = basis_of(word)
        if basis:
            return _of(side, index, tuple(_this_year(lead, words, at, basis)), "上年数", basis, heading)
    return None


def is_prior(side: SideForm, path: Path) -> bool:
    """Whether the heading path is that of a column of the year before."""
    return prior_column(side, 0, path) is not None


def _of(
    side: SideForm, index: int, paths: tuple[Path, ...], measure: PriorMeasure, basis: str | None, heading: str
) -> PriorColumn | None:
    for path in paths:
        item = side.item(path) if len(path) > 1 else None  # 合计 alone names no row
        if item and item.column:
            return PriorColumn(index, item.column, measure, basis, heading, item.name)
        name = spelling(side.values, path)
        if name:
            return PriorColumn(index, name, measure, basis, heading)
    return None


def _this_year(lead: Path, words: Path, at: int, basis: str) -> Iterator[Path]:
    """The heading path as this year's column has it: the words for the year before replaced, or left out. What was
    spent is beside what was spent, where that has a column."""
    alone = (basis, *_words()["this_year"]["words"])
    for own in alone if len(words) == 1 else _words()["this_year"]["words"][:1]:
        yield (*lead, *words[:at], own, *words[at + 1 :])
    if len(words) > 1:
        yield (*lead, *words[:at], *words[at + 1 :])


def measure_of(heading: str) -> PriorMeasure | None:
    """What a heading of differences from the year before holds, None where it is another."""
    found = _patterns("difference")
    if found["增减率"].fullmatch(heading):
        return "增减率"
    return "增减额" if found["增减额"].fullmatch(heading) else None


def basis_of(word: str) -> str | None:
    """Whether a heading of the year before (上年预算数) is of 预算数, 执行数 or 决算数, None where it is another."""
    return next((kind for kind, pattern in _patterns("last_year").items() if pattern.fullmatch(word)), None)


@cache
def _patterns(section: str) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(key(pattern)) for name, pattern in _words()[section].items()}


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("extract").joinpath("forms/prior_years.toml").read_text("utf-8"))
