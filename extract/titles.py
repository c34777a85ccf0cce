"""Printed titles of budget tables and their canonical names."""

import re
from collections.abc import Iterable
from functools import cache

from extract.form_data import families, unquoted_pattern
from ontology.text import tight, unquoted

_TABLE_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[-－]\d{1,2})?"
_OWN_NUMBER = "|".join(
    (
        rf"(?:附|公开|[预决]算公开|[预决]算)?表{_TABLE_NUMBER}",
        rf"(?:公开|[预决]算|财[预决]){_TABLE_NUMBER}表",
        rf"附[表件]{_TABLE_NUMBER}",
    )
)
_NUMBER = re.compile(
    rf"^(?:(?:{_OWN_NUMBER})[：:、.]?|附[表件]?[：:]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{{1,2}}[、.．])"
)
_NUMBER_BEHIND = re.compile(rf"[（(](?:{_OWN_NUMBER})[）)]$")
_LIKE_A_TITLE = re.compile(r"[^。；;：:，,续]{4,60}表(?:[（(][^）)续]{1,20}[）)])?")
# what stands before and behind a title: year and body, level; year or continuation in brackets
_LEVEL = (
    r"(?:[省市区县镇乡]级)?(?:预算(?:主管)?(?=部门|单位))?"
    r"(?:部门[（(]单位[）)]|(?:部门|单位)预算(?=收|支|财政拨款|一般公共|政府性|国有资本))?"
)
_BODY = r"[^，,。；;：:]{2,30}(?:厅|局|委|会|院|室|处|所|校|中心|街道|镇|乡|部|署|园|馆|站|队)"
BEFORE_TITLE = rf"(?:[^，,。；;：:]{{0,40}}20\d\d年度?(?:{_BODY})?|{_BODY})?{_LEVEL}"
BEHIND_TITLE = r"(?:[（(](?:20\d\d年度?|续表?|[一二三四五六七八九十]|\d)[）)])?"
_UNIT = re.compile(r"(?:金额)?单位[:：]\W?(?:人民币)?(元|千元|万元|亿元)")


def table_of_title(title: str) -> str | None:
    """The canonical name of the table with this title (`表 2 部门收入总体情况表` → `revenue`), None for other text."""
    return next((name for _, name in _meanings(title)), None)


def families_of_title(title: str) -> frozenset[str]:
    """The families of disclosures that give a table this title."""
    return frozenset(family for family, _ in _meanings(title))


def _meanings(title: str) -> list[tuple[str, str]]:
    words = unquoted(printed_title(title))
    if "表" not in words or not _any_title().fullmatch(words):
        return []
    return [(family, name) for family, name, pattern in _titles() if pattern.fullmatch(words)]


@cache
def _any_title() -> re.Pattern[str]:
    """What all titles fit, tried once before each by itself."""
    titles = (title for _, tables in families("tables") for table in tables.values() for title in table["titles"])
    any_title = "|".join(f"(?:{unquoted_pattern(title)})" for title in titles)
    return re.compile(f"{BEFORE_TITLE}(?:{any_title}){BEHIND_TITLE}")


@cache
def _titles() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple(
        (family, name, re.compile(f"{BEFORE_TITLE}(?:{unquoted_pattern('|'.join(table['titles']))}){BEHIND_TITLE}"))
        for family, tables in families("tables")
        for name, table in tables.items()
    )


def is_unknown_title(text: str) -> bool:
    """Whether a line is worded like the title of a table and is none that is known."""
    words = printed_title(text)
    return _LIKE_A_TITLE.fullmatch(words) is not None and table_of_title(words) is None


def printed_title(title: str) -> str:
    """A title without white space, without its number (`表 2`) before or behind it, and without 《》 around it."""
    return re.sub("^《([^《》]+)》$", r"\1", _NUMBER_BEHIND.sub("", _NUMBER.sub("", tight(title))))


def table_number(text: str) -> str | None:
    """The number of a table where a line holds nothing else (`公开表3`, `附表二`), None for other text."""
    words = tight(text)
    return words if re.fullmatch(_OWN_NUMBER, words) else None


def number_before(title: str) -> str | None:
    """The number that stands before a title (`表 2 部门收入总体情况表` → `表2`), None where none does."""
    match = re.match(_OWN_NUMBER, tight(title))
    return match[0] if match else None


def numbered_title(text: str) -> tuple[str, str] | None:
    """The number and the title that a line prints, None for other lines. Digits behind a number without white space may
    be of either: such a line says nothing."""
    match = re.match(rf"\s*({_OWN_NUMBER})(?:[：:、.\s]+|(?!\d))(.*)", re.sub(r"表\s+(?=\d)", "表", text))
    title = printed_title(match[2]) if match else ""
    return (match[1], title) if match and _LIKE_A_TITLE.fullmatch(title) else None


def unit_in(texts: Iterable[str]) -> str | None:
    """The unit of money declared in lines over a table (`单位：万元`), None where none is."""
    for text in texts:
        match = _UNIT.search(tight(text))
        if match:
            return match[1]
    return None
