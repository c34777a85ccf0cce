"""What a row of a budget table is called: codes, canonical names, the chain of names in tables of two sides."""

import re
from dataclasses import dataclass

from extract.tables.heading_rows import TOTALS
from ontology.text import key, tight

_CODE = re.compile(r"\d{3}(?:\d{2}(?:\d{2})?)?")
_CODE_AND_NAME = re.compile(r"(\d{3}(?:\d{2}(?:\d{2})?)?)([^\d.、．].*)")
_FIRST = re.compile(r"[一二三四五六七八九十]+[、.．]")
_SECOND = re.compile(r"\d{1,2}[、.．]|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]")
_OF_WHICH = re.compile(r"其中[:：]")


@dataclass(frozen=True, slots=True)
class Label:
    """A row's code (digits joined, None where it has none) and canonical name (合计 for every total)."""

    code: str | None
    name: str


def is_code(text: str) -> bool:
    """Whether the text is a code of 类 (3 digits), 款 (5) or 项 (7)."""
    return _CODE.fullmatch(text) is not None


def label(code_texts: list[str], name: str) -> Label:
    """The label of a row from its code cells and its name cell.

    A code may be printed in parts (`206` `05` `99`), whole, or before the name in its cell (`206科学技术支出`); a total
    or the name of the body may stand in a merged cell over the code columns. A 款 or 项 of one digit has lost its zero.
    """
    parts, words = _mended([tight(text) for text in code_texts]), tight(name)
    joined = "".join(parts)
    if joined and not joined.isdigit():
        words, joined = joined + words, ""
    match = _CODE_AND_NAME.fullmatch(words)
    if not joined and match:
        joined, words = match[1], match[2]
    return Label(joined or None, total_or(words))


def _mended(parts: list[str]) -> list[str]:
    """The parts of a code, those after the first in two digits."""
    if len(parts) < 2 or not re.fullmatch(r"\d{3}", parts[0]):
        return parts
    return [parts[0], *(f"0{part}" if re.fullmatch("[1-9]", part) else part for part in parts[1:])]


def total_or(name: str) -> str:
    """合计 for any spelling of a total, else the name."""
    return "合计" if name in TOTALS else name


def bare(name: str) -> str:
    """A row name without its number (`一、`, `1.`) and without 其中：."""
    words = tight(name)
    for pattern in (_FIRST, _SECOND, _OF_WHICH):
        match = pattern.match(words)
        if match:
            words = words[match.end() :]
    return total_or(words)


def chain(above: tuple[str, ...], name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The chain of names of a row, and what the rows after it stand under.

    `一、` opens a chain, `1.`, `（1）` or `（一）` stands under it, a row without number under the last row with one.
    """
    words = tight(name)
    bare_name = bare(name)
    if key(bare_name) in map(key, TOTALS) or bare_name == "合计":
        return ("合计",), ()
    if _FIRST.match(words):
        return (bare_name,), (bare_name,)
    if _SECOND.match(words):
        return (*above[:1], bare_name), (*above[:1], bare_name)
    return (*above, bare_name), above
