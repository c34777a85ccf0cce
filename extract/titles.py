"""Printed titles of budget tables and their canonical names."""

import re
from collections.abc import Iterable
from functools import cache

from extract.form_data import families
from ontology.text import tight

_OWN_NUMBER = r"(?:附|公开)?表(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[-－]\d{1,2})?|公开\d{1,2}表"
_NUMBER = re.compile(rf"^(?:(?:{_OWN_NUMBER})[：:、.]?|[一二三四五六七八九十]+、)")
_NUMBER_BEHIND = re.compile(rf"[（(](?:{_OWN_NUMBER})[）)]$")
_LIKE_A_TITLE = re.compile(r"[^。；;：:，,续]{4,60}表(?:[（(][^）)续]{1,20}[）)])?")
_UNIT = re.compile(r"(?:金额)?单位[:：]\W?(?:人民币)?(元|千元|万元|亿元)")


def table_of_title(title: str) -> str | None:
    """The canonical name of the table with this title (`表 2 部门收入总体情况表` → `revenue`), None for other text."""
    return next((name for _, name in _meanings(title)), None)


def families_of_title(title: str) -> frozenset[str]:
    """The families of disclosures that give a table this title."""
    return frozenset(family for family, _ in _meanings(title))


def _meanings(title: str) -> list[tuple[str, str]]:
    words = printed_title(title)
    return [(family, name) for family, name, pattern in _titles() if pattern.fullmatch(words)]


@cache
def _titles() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple(
        (family, name, re.compile("|".join(f"(?:{title})" for title in table["titles"])))
        for family, tables in families("tables")
        for name, table in tables.items()
    )


def is_unknown_title(text: str) -> bool:
    """Whether a line is worded like the title of a table and is none that is known."""
    words = printed_title(text)
    return _LIKE_A_TITLE.fullmatch(words) is not None and table_of_title(words) is None


def printed_title(title: str) -> str:
    """A title without white space and without its number (`表 2`), before or behind it."""
    return _NUMBER_BEHIND.sub("", _NUMBER.sub("", tight(title)))


def unit_in(texts: Iterable[str]) -> str | None:
    """The unit of money declared in lines over a table (`单位：万元`), None where none is."""
    for text in texts:
        match = _UNIT.search(tight(text))
        if match:
            return match[1]
    return None
