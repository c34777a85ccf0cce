"""What an audit says of itself in English: names of sides, units, titles of tables; printed words stay as they are."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from kg.places import Evidence
from ontology.terms import english
from ontology.text import key

_BLANK = re.compile(r"\{(\w+)\}")
_NUMBER = re.compile(r"^(?:附?件?表)?[一二三四五六七八九十\d]+[、.．:：]|^附?表[一二三四五六七八九十\d]+|^附件\d+")
_WHOSE = re.compile(
    r"(?:.*[局委厅院会办部署处县市区州])?(?:20\d\d年度?)?(?:部门|单位|本级|本部门|本单位)?(?:[（(](?:部门|单位)[）)])?(?:预算|决算)?"
)
_NOTE = re.compile(r"[（(][^（）()]*[）)]$")


@cache
def named(name: str) -> str:
    """The name of a side in English where its words are ours; what is printed stays as it is."""
    if name in _words()["names"]:
        return _words()["names"][name]
    if title := table_in_english(name):
        return title
    for pattern, said in _forms():
        if (match := pattern.fullmatch(name)) and (blanks := _blanks(match.groupdict())) is not None:
            return said.format(**blanks)
    return name


def unit(printed: str) -> str:
    """A unit in English; 万元 and % stay."""
    return _words()["units"].get(printed, printed)


@cache
def table_in_english(title: str) -> str | None:
    """What the printed title of a table means, its number, year and 部门 or 单位 aside; None where it is not known."""
    bare = _NOTE.sub("", _NUMBER.sub("", key(title))).replace("明细表", "表")
    ends = (bare[at:] for at in range(len(bare)) if bare[at:] in _titles())
    longest = next(ends, None)
    known = longest is not None and _WHOSE.fullmatch(bare[: len(bare) - len(longest)])
    return _titles()[longest] if longest is not None and known else None


def table_of(place: Evidence, lang: str) -> str:
    """The title of the table of a place as printed, in English with what it means; empty where there is none."""
    meaning = table_in_english(place.table) if place.table and lang == "en" else None
    return f"{place.table} ({meaning})" if meaning else place.table or ""


def _blanks(found: Mapping[str, str]) -> dict[str, str] | None:
    """What fills the blanks of a name; None where a blank for a table is filled by anything else."""
    table = found.get("table")
    meaning = None if table is None else table_in_english(table)
    if table is not None and meaning is None:
        return None
    return {blank: words if blank != "table" else str(meaning) for blank, words in found.items()}


@cache
def _titles() -> Mapping[str, str]:
    """Folded title → English, those of the ontology and our own."""
    return {key(zh): en for zh, en in {**english("view"), **_words()["tables"]}.items()}


@cache
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Names with blanks as patterns, those with the most words of their own first."""
    found = {zh: en for zh, en in _words()["names"].items() if _BLANK.search(zh)}
    order = sorted(found, key=lambda zh: -len(_BLANK.sub("", zh)))
    return tuple((re.compile(_pattern(zh)), found[zh]) for zh in order)


def _pattern(zh: str) -> str:
    parts = _BLANK.split(zh)
    held = {"count": r"\d+", "year": r"\d{4}", "before": r"\d{4}", "now": r"\d+", "then": r"\d+"}
    return "".join(f"(?P<{one}>{held.get(one, '.+')})" if at % 2 else re.escape(one) for at, one in enumerate(parts))


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("queries").joinpath("checks/english.toml").read_text("utf-8"))
