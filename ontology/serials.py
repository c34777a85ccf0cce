"""The serial numbers printed after the year of a document number: one, a list that shares 号, a range, a part (65-1号).

Read strictly: what could be divided or meant otherwise (`80 81号`, `80-82号`, `80.81号`) is read as nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ontology.text import half_width_digits

GAP = r"[\s\u00ad\u200b-\u200f\u2060\ufeff]"  # white space, and what is there but is not seen
_HAN_DIGITS = dict(zip("〇○零一二三四五六七八九", (0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
HAN_DIGIT = f"[{''.join(_HAN_DIGITS)}]"
_UNSEEN = re.compile(GAP)
_HYPHEN, _DASH = r"\-－‐‑﹣−", "‒–—―─"
_WIDEST_RANGE = 50
_PARTS = 99
_DIGITS = rf"\d(?:{GAP}*\d){{0,6}}(?!{GAP}*\d)"
_HAN = rf"[{''.join(_HAN_DIGITS)}十百](?:{GAP}*[{''.join(_HAN_DIGITS)}十百]){{0,6}}"
_ITEM = re.compile(rf"{GAP}*(?P<item>第?{GAP}*(?P<serial>{_DIGITS}|{_HAN}))")
_TO = re.compile(
    rf"(?P<sign>{GAP}*[号號])?{GAP}*(?:(?P<to>[至到~～〜∼])|(?P<dash>[{_DASH}]{{1,2}})|[{_HYPHEN}])"
    rf"{GAP}*第?{GAP}*(?P<last>{_DIGITS})(?={GAP}*(?:[号號]|[、，和及与]))"
)
_SIGN = re.compile(rf"{GAP}*[号號]")
_SHARED = re.compile(rf"{GAP}*[、，和及与/／]{GAP}*")
_HUNDREDS = re.compile("(?:(?P<hundreds>[一二三四五六七八九])百零?)?(?:(?P<tens>[一二三四五六七八九]?)十)?(?P<ones>.)?")


@dataclass(frozen=True, slots=True)
class Serial:
    """A number read: where it is printed, its digits as printed (`083`, `65-1`), its value, which part of it or 0.

    The numbers of a range are all printed at the same place.
    """

    start: int
    end: int
    printed: str
    value: int
    part: int = 0


def serials(text: str, at: int) -> list[Serial]:
    """The numbers from `at` on that share one 号 (`65号`, `65、63号`, `65至67号`, `65-1号`); none where not sure."""
    found: list[Serial] = []
    while read := _item(text, at):
        end = read[-1].end
        if sign := _SIGN.match(text, end):
            last = [Serial(one.start, sign.end(), one.printed, one.value, one.part) for one in read]
            return [*found, *last]
        found += read
        joint = _SHARED.match(text, end)
        if joint is None:
            break
        at = joint.end()
    return []


def unsigned(text: str, at: int) -> Serial | None:
    """The digits at `at`, whatever follows them; None where there are none."""
    found = _ITEM.match(text, at)
    return _plain(found) if found and _tight(found["serial"]).isdecimal() else None


def are_split(printed: str) -> bool:
    """Whether blanks within the digits of a print could part two numbers: `80 81`, not `8 0` nor a line's end."""
    words = re.sub(r"\s*[\n\r]\s*|[\u00ad\u200b-\u200f\u2060\ufeff]", "", printed)
    runs = re.findall(r"\d+(?:[^\S\n]+\d+)+", words)
    return any(len(run) > 1 for runs_of in runs for run in runs_of.split())


def han_number(text: str) -> int | None:
    """A number in Chinese numerals up to 999, by places (八十一) or digit by digit (八一); None where it is none."""
    if all(sign in _HAN_DIGITS for sign in text):
        return int("".join(str(_HAN_DIGITS[sign]) for sign in text)) if text else None
    found = _HUNDREDS.fullmatch(text)
    if found is None or (found["ones"] and found["ones"] not in _HAN_DIGITS):
        return None
    hundreds, ones = _HAN_DIGITS.get(found["hundreds"] or "〇", 0), _HAN_DIGITS.get(found["ones"] or "〇", 0)
    tens = _HAN_DIGITS[found["tens"]] if found["tens"] else 0 if found["tens"] is None else 1
    return 100 * hundreds + 10 * tens + ones


def _item(text: str, at: int) -> list[Serial]:
    found = _ITEM.match(text, at)
    if found is None or are_split(found["serial"]):
        return []
    one = _plain(found)
    further = _TO.match(text, found.end()) if one else None
    if one is None or further is None or are_split(further["last"]):
        return [one] if one else []
    return list(_to(one, further))


def _plain(found: re.Match[str]) -> Serial | None:
    digits = _tight(found["serial"])
    value = int(digits) if digits.isdecimal() else han_number(digits)
    printed = digits if digits.isdecimal() else str(value)
    return None if value is None else Serial(found.start("item"), found.end(), printed, value)


def _to(one: Serial, further: re.Match[str]) -> Iterator[Serial]:
    """The numbers of a range, or the one number of which a part is named; nothing where it may be either."""
    last, end = int(_tight(further["last"])), further.end()
    if one.value < last <= one.value + _WIDEST_RANGE and _is_range(one, further):
        for value in range(one.value, last + 1):
            yield Serial(one.start, end, str(value), value)
    elif further["sign"] and not further["to"]:
        yield one
    elif last < one.value and 0 < last <= _PARTS and not further["to"]:
        yield Serial(one.start, end, f"{one.printed}-{last}", one.value, last)


def _is_range(one: Serial, further: re.Match[str]) -> bool:
    """Whether what stands between two rising numbers means all from the one to the other, not a part of the first."""
    return bool(further["to"] or further["sign"] or (further["dash"] and one.value >= 10))


def _tight(text: str) -> str:
    return half_width_digits(_UNSEEN.sub("", text))
