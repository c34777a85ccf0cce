"""A signal in a sentence, in Chinese and in English: the words of its rule with the blanks filled."""

import re
from collections.abc import Mapping
from decimal import Decimal

from kg.rdf import plain
from ontology.money import YUAN_PER_UNIT
from queries.auditing import english
from queries.auditing.rules import Rule
from queries.auditing.signal import Side

_QUOTED = re.compile(r"“\{(\w+)\}")  # what is quoted stays as it is printed


def sentences(
    rule: Rule, what: str, left: Side, right: Side, gap: Decimal | None, tolerance: Decimal | None,
    printed: Mapping[str, str],
) -> tuple[str, str]:  # fmt: skip
    """What a signal says in Chinese and in English. `printed` are the sides as the sentence says them."""
    blanks = {
        "what": what, "left_name": left.name, "right_name": right.name, "unit": rule.unit,
        "left": _said(rule, left), "right": _said(rule, right),
        "gap": shown(None if gap is None else abs(gap), rule.unit),
        "tolerance": "" if tolerance is None else plain(tolerance.quantize(Decimal("0.001"))), **printed,
    }  # fmt: skip
    as_printed = {f"{one}_printed": blanks[one] for one in blanks}
    in_english = {**blanks, **_in_english(rule, what, left, right), **printed, **as_printed}
    tell_zh, tell_en = rule.tell_zh or _tell_zh(rule, what), rule.tell_en or _tell_en(rule, what)
    return _spoken(tell_zh, blanks), _said_in_english(tell_en, in_english)


def _tell_zh(rule: Rule, subject: str) -> str:
    what = "{what}：" if subject else ""
    sides = "{left_name}{left}{unit}，{right_name}{right}{unit}，相差{gap}{unit}"
    told = sides if rule.compare != "differ" else "{left_name}；{right_name}"
    return f"{what}{told}（应当：{rule.zh}）。"


def _tell_en(rule: Rule, subject: str) -> str:
    what = "{what}: " if subject else ""
    sides = "{left_name} {left}, {right_name} {right}, gap {gap} ({unit})"
    told = sides if rule.compare != "differ" else "{left_name}; {right_name}"
    return f"{what}{told}. Expected: {rule.en[:1].lower()}{rule.en[1:]}."


def _said_in_english(tell: str, blanks: Mapping[str, str]) -> str:
    """A sentence with its blanks filled, those in quotation marks as printed; it begins with a capital."""
    sentence = _spoken(_QUOTED.sub(r"“{\1_printed}", tell), blanks)
    return sentence[:1].upper() + sentence[1:]


def _in_english(rule: Rule, what: str, left: Side, right: Side) -> dict[str, str]:
    """The blanks of an English sentence that our own words may fill, as those not in quotation marks."""
    said = {
        name: english.named(side.name) if side.value is None else shown(side.value, rule.unit)
        for name, side in (("left", left), ("right", right))
    }
    names = {"left_name": english.named(left.name), "right_name": english.named(right.name)}
    return {"what": english.named(what), "unit": english.unit(rule.unit), **names, **said}


def _spoken(told: str, blanks: Mapping[str, str]) -> str:
    """A sentence with its blanks filled; a part of a list of which there is nothing is left out."""
    text = re.sub(r"[^；：;:]*“”(?:；|;(?= ))?", "", told.format(**blanks))
    return re.sub(r"[；;](?=[。.]?$)", "", text)


def _said(rule: Rule, side: Side) -> str:
    return side.name if side.value is None else shown(side.value, rule.unit)


def shown(value: Decimal | None, unit: str) -> str:
    """A figure as people write it: money `1,312.00`, others without needless decimals."""
    if value is None:
        return ""
    return f"{value:,.2f}" if unit in YUAN_PER_UNIT else plain(value)
