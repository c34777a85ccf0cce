"""What the page calls things: kinds with their colours and marks, and the words of its two languages, from TOML."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from ontology.errors import UnknownTerm

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of node is drawn. `band` is `level` (its own government level), `money` or `results`.

    `row` orders the kinds inside a band from top to bottom; `mark` is an SVG path on a 16 x 16 grid, filled even-odd.
    """

    name: str
    zh: str
    en: str
    colour: str
    band: Literal["level", "money", "results"]
    row: int
    mark: str

    def label(self, lang: str) -> str:
        """The name of the kind in a language of the page."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the page in one language: `ui` by name, the others by the value that the graph holds."""

    lang: str
    ui: Names
    band: Names
    grade: Names
    amount_type: Names
    relation: Names


def asset(name: str) -> str:
    """The text of a file of `viz/assets`, with line feeds as line ends."""
    return files("viz").joinpath("assets", name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind the page can draw, in the order of the legend."""
    return {name: Kind(name=name, **fields) for name, fields in tomllib.loads(asset("kinds.toml")).items()}


def kind(name: str | None) -> Kind:
    """The kind of that name; one that the page does not know is drawn as `other`."""
    return kinds().get(name or "other", kinds()["other"])


@cache
def words(lang: str) -> Words:
    """The words of the page in `zh` or `en`. Raises UnknownTerm for another language."""
    if lang not in ("zh", "en"):
        raise UnknownTerm(f"the page speaks zh and en, not {lang!r}")
    tables = tomllib.loads(asset("words.toml"))
    return Words(lang=lang, **{table: _in(lang, entries) for table, entries in tables.items()})


@cache
def against_the_money() -> frozenset[str]:
    """The relations that lead to where money or time comes from: their arrows are drawn backwards."""
    relations = tomllib.loads(asset("words.toml"))["relation"]
    return frozenset(name for name, entry in relations.items() if entry.get("against"))


def _in(lang: str, entries: dict[str, Any]) -> dict[str, str]:
    return {key: entry[lang] for key, entry in entries.items()}
