"""What the goal, the use of funds and the indicators of a project name, and whether two names differ in one word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.names import fold
from queries.auditing.patterns import number, pattern, tight, yuan
from queries.auditing.performance.forms import Form, is_cost
from queries.auditing.performance.quantities import family
from queries.reading import Row

_MOST = 4  # characters in which two names of one thing may differ

Figure = tuple[Decimal, str]


@dataclass(frozen=True, slots=True)
class Label:
    """What a part of a project's print names: bare words, as printed, the figure beside it (value, unit), where."""

    part: str
    words: str
    printed: str
    figure: Figure | None
    at: str


def labels_of(form: Form, use: Row | None) -> list[Label]:
    """What the goal, the use of funds and the indicators of a form name, with the figures beside."""
    held = [label for part, text, at in sentences(form, use) for label in _named(text, part, at)]
    for row in form.indicators:
        title, at = tight(row["title"]), str(row["at"])
        if "满意" not in title and bare_label(title):
            part = "成本指标" if is_cost(row) else "绩效指标"
            held.append(Label(part, bare_label(title), title, figure(row, title), at))
    return held


def sentences(form: Form, use: Row | None) -> list[tuple[str, str, str]]:
    """The goal of a form and the use of its funds: what each is called, its words, where."""
    told = [("资金分配", tight(use["use"]), str(use["evidence"]))] if use else []
    return [("总体目标", form.goal, form.at), *told]


def _named(text: str, part: str, at: str) -> Iterator[Label]:
    """The things that a text counts or prices."""
    for found in pattern("goal_quantity").finditer(text):
        words = "" if "满意" in found["label"] else bare_label(found["label"])
        if words and not pattern("no_quantity").search(found["label"]):
            counted = number(found["number"]), family(found["unit"])
            yield Label(part, words, found[0].lstrip("，"), counted, at)
    for found in pattern("item").finditer(text):
        if not pattern("no_item").search(found["label"]) and bare_label(found["label"]):
            yield Label(part, bare_label(found["label"]), found[0], (yuan(found), "元"), at)


def figure(row: Row, title: str) -> Figure | None:
    """The value of an indicator and the family of its unit; None for unit costs and words."""
    printed = tight(row["printed"])
    money = pattern("money").match(printed)
    if money:
        return None if money["per"] else (yuan(money), "元")
    found = pattern("any_quantity").match(printed)
    if not found:
        return None
    implied = pattern("unit_of_title").search(title)
    value = number(found["number"]) * (10_000 if found["thousands"] else 1)
    return value, family(found["unit"] or (implied["unit"] if implied else ""))


def bare_label(label: str) -> str:
    """A label without verbs, `数量`, `成本` and the like at its ends."""
    text = fold(re.sub(r"[（(][^（）()]*[）)]$", "", label))
    for _ in range(4):
        text = pattern("label_dress").sub("", text)
    return text


def one_word(one: str, other: str, least: int, part: float) -> bool:
    """Whether two names differ in one place by a few characters, and share so many that tell something."""
    most = min(len(one), len(other))
    start = next((at for at in range(most) if one[at] != other[at]), most)
    rest = most - start
    end = next((at for at in range(rest) if one[-1 - at] != other[-1 - at]), rest)
    words = one[start : len(one) - end], other[start : len(other) - end]
    before, after = one[:start], one[len(one) - end :]
    if not all(0 < len(word) <= _MOST and not pattern("no_variant").search(word) for word in words):
        return False
    telling = sum(len(pattern("general_words").sub("", shared)) for shared in (before, after))
    return telling >= least and len(before + after) >= part * max(len(one), len(other))


def qualified(one: str, other: str) -> bool:
    """Whether one name is the other with words put into it."""
    shorter, longer = sorted((one, other), key=len)
    return any(shorter == longer[:at] + longer[at + len(longer) - len(shorter) :] for at in range(len(shorter) + 1))
