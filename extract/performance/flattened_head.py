"""The head of a flattened performance form: values told apart by the labels of the form, persons left out."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.narrative.personal import holds_telephone
from extract.outline import Section
from extract.performance.model import Head, Note
from extract.performance.persons import without_persons
from extract.performance.pieces import Piece, joined, printed, scattered
from extract.performance.terms import head_field, is_beside, terms, words
from extract.performance.told import Told, is_told
from ontology.facts import Scope
from ontology.findings import said
from ontology.money import amount
from ontology.text import key

_MONEY = ("total", "fiscal", "upper", "own", "other")
_AMOUNT = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)\.\d\d")  # all print two decimals: with fewer, the rest is elsewhere
_NUMBER = re.compile(r"[\d,]+(?:\.\d*)?")
_NUMBER_BEFORE = re.compile(r"([\d,]+\.\d+)(\D.*)")
_ORDERS: dict[Scope, tuple[tuple[str, ...], ...]] = {
    "项目": (("unit_printed", "project", "total", "fiscal", "other", "goal"),),
    "整体": (
        ("unit_printed", "goal", "upper", "own", "other"),
        ("unit_printed", "goal", "upper", "own", "other", "total"),
    ),
}
_LONGEST_LABEL = 6  # pieces
_WIDEST_LABEL = 3  # pieces from the first to the last of a label that has others between
_GOAL = re.compile(r"(?:.*[\u4e00-\u9fff]){8}.*")  # the first line of a goal that stands above its label

_Elsewhere = Callable[[str], bool]
"""Whether a name is told in the goal of the form or anywhere outside of it."""


@dataclass(frozen=True, slots=True)
class _Token:
    """The pieces of a label (`field` says of what), a piece of a value (`field` is None), or a cut (no piece)."""

    parts: tuple[Piece, ...]
    field: str | None = None


def read_head(told: Told, section: Section, scope: Scope, parts: Sequence[Piece]) -> tuple[Head, list[Note]]:
    """The head in the pieces above the indicators. Where it is not certain as a whole, it is empty; notes say why."""
    first = next((place for place in range(len(parts)) if _end_of_label(parts, place) > place), len(parts))
    parts = [*(part for part in parts[:first] if not is_beside(part.line.text)), *parts[first:]]
    place = parts[0].line if parts else section.heading[0]
    tokens = list(_tokens(without_persons(list(_numbers_set_free(parts)))))
    found, loose = _values(tokens)
    notes = [Note(part.line, "", said("unread_part_of_head")) for part in loose]
    goal = key(joined(found.get("goal", [])))

    def elsewhere(name: str) -> bool:
        return name in goal or is_told(told, name, outside=section)

    if not _is_one_name(elsewhere, tokens, found.get("project", [])):
        notes.append(Note(found.pop("project")[0].line, "", said("uncertain_end_of_name")))
    money = _beside_labels(found) or _in_order(told, tokens)
    if notes or not money or not _is_whole(scope, tokens, found):
        return Head(place, "", {}), [*notes, Note(place, "", said("uncertain_head"))]
    values = {field: joined(part) for field, part in found.items() if part and field not in (*_MONEY, "ignored")}
    if any(map(holds_telephone, values.values())) or not _names_no_person(elsewhere, tokens, values):
        return Head(place, "", {}), [*notes, Note(place, "", said("uncertain_head"))]
    return Head(place, _public(tokens, found), values | {field: str(money[field]) for field in money}), notes


def _numbers_set_free(parts: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces with a number parted from the words right behind it (`1,864.7本级安排`)."""
    for part in parts:
        match = _NUMBER_BEFORE.fullmatch(part.text)
        if match:
            yield from (Piece(text, key(text), part.line) for text in match.groups())
        else:
            yield part


def _tokens(parts: Sequence[Piece]) -> Iterator[_Token]:
    broken = _broken_labels(parts)
    taken = {place for places in broken.values() for place in places}
    start = 0
    while start < len(parts):
        end = _end_of_label(parts, start)
        if start in broken:
            label = tuple(parts[place] for place in broken[start])
            yield _Token(label, head_field(joined(label)))
        elif end > start:
            yield _Token(tuple(parts[start:end]), head_field(joined(parts[start:end])))
        elif start not in taken:
            yield _Token((parts[start],) if parts[start].text else ())
        start = max(end, start + 1)


def _end_of_label(parts: Sequence[Piece], start: int) -> int:
    for end in range(min(len(parts), start + _LONGEST_LABEL), start, -1):
        if parts[start].text and parts[end - 1].text and head_field(joined(parts[start:end])):
            return end
    return start


def _broken_labels(parts: Sequence[Piece]) -> dict[int, tuple[int, ...]]:
    """The places of labels with other cells between their parts, by the place of the first part."""
    found: dict[int, tuple[int, ...]] = {}
    for word in terms().broken_labels:
        places = scattered(parts, word)
        if len(places) == 1 and len(places[0]) <= places[0][-1] - places[0][0] <= _WIDEST_LABEL:
            found[places[0][0]] = places[0]
    return found


def _values(tokens: Sequence[_Token]) -> tuple[dict[str, list[Piece]], list[Piece]]:
    """The pieces of every value, and those that belong to none. A goal may begin above its label."""
    values: dict[str, list[Piece]] = {}
    loose: list[Piece] = []
    over: list[Piece] = []  # above the first label, where no value begins
    field: str | None = None
    for token in tokens:
        if token.field:
            if not values:
                over, loose = loose, []
            field = token.field
            values.setdefault(field, [])
            if field == "goal" and loose and _GOAL.fullmatch(loose[0].text):
                values["goal"], loose = loose, []
        elif not token.parts:
            field = "project" if field == "project" else None
        elif field:
            values[field] += token.parts
        else:
            loose += token.parts
    return values, [*over, *loose]


def _is_whole(scope: Scope, tokens: Sequence[_Token], found: Mapping[str, Sequence[Piece]]) -> bool:
    """Whether the labels stand in the order of the form, each with its value."""
    labels = tuple(dict.fromkeys(token.field for token in tokens if token.field and token.field != "ignored"))
    return labels in _ORDERS[scope] and all(
        found[label] for label in ("unit_printed", "project", "goal") if label in labels
    )


def _is_one_name(elsewhere: _Elsewhere, tokens: Sequence[_Token], name: Sequence[Piece]) -> bool:
    """Whether the name of the project is whole, or in pieces and stands so in what is told elsewhere, too."""
    cuts = [place for place, token in enumerate(tokens) if not token.parts]
    places = [place for place, token in enumerate(tokens) if not token.field and token.parts and token.parts[0] in name]
    parted = any(places[0] < cut < places[-1] for cut in cuts if places)
    return (not parted and _on_own_lines(name)) or elsewhere(key(joined(name)))


def _on_own_lines(name: Sequence[Piece]) -> bool:
    """Whether the lines of a wrapped name, after its first, hold nothing else."""
    lines = list(dict.fromkeys(id(part.line) for part in name))
    later = [[part for part in name if id(part.line) == line] for line in lines[1:]]
    return all(words(parts[0].line.text) == joined(parts) for parts in later)


def _names_no_person(elsewhere: _Elsewhere, tokens: Sequence[_Token], values: Mapping[str, str]) -> bool:
    """Whether what the head names are a body and a project, and not a person whose cell is broken into theirs.

    Where no label of a person was found, a name over several lines is believed only if it stands elsewhere, too.
    """
    body, project = values.get("unit_printed", ""), values.get("project", "")
    lines = {id(part.line) for token in tokens for part in token.parts if not token.field and part.text in project}
    cut = any(not token.parts for token in tokens) or len(lines) < 2
    named = terms().body.fullmatch(key(body)) is not None and not terms().of_person.search(key(body + project))
    return named and (cut or elsewhere(key(project)))


def _beside_labels(found: Mapping[str, Sequence[Piece]]) -> dict[str, Decimal]:
    """The amounts where every label of money has one right behind it, else none."""
    printed_amounts = {field: joined(found[field]) for field in _MONEY if field in found}
    if not all(_AMOUNT.fullmatch(text) for text in printed_amounts.values()):
        return {}
    return {field: amount(text) for field, text in printed_amounts.items()}


def _in_order(told: Told, tokens: Sequence[_Token]) -> dict[str, Decimal]:
    """The amounts in the order of their labels, where wrapped cells have parted them.

    A number with one decimal and the single digit after it are one amount. There must be as many amounts as labels, and
    their sum must be printed elsewhere in the document; else there are none.
    """
    labels = list(dict.fromkeys(token.field for token in tokens if token.field in _MONEY))
    first = next((place for place, token in enumerate(tokens) if token.field in (*_MONEY, "ignored")), len(tokens))
    numbers: list[str] = []
    for token in tokens[first:]:
        text = token.parts[0].folded if token.parts and not token.field else ""
        if _NUMBER.fullmatch(text) and numbers and not _AMOUNT.fullmatch(numbers[-1]):
            numbers[-1] += text
        elif _NUMBER.fullmatch(text):
            numbers.append(text)
    if len(numbers) != len(labels) or "total" in labels or not all(map(_AMOUNT.fullmatch, numbers)):
        return {}
    amounts = [amount(text) for text in numbers]
    if not any(is_told(told, spelling) for spelling in (f"{sum(amounts):,.2f}万元", f"{sum(amounts):.2f}万元")):
        return {}
    return {field: money for field, money in zip(labels, amounts, strict=True) if field}


def _public(tokens: Sequence[_Token], found: Mapping[str, Sequence[Piece]]) -> str:
    """The words of the head as they stand on their lines: labels and understood values only."""
    values = {id(part) for parts in found.values() for part in parts}
    shown = [part for token in tokens for part in token.parts if token.field or id(part) in values]
    return printed(sorted(shown, key=lambda part: (part.line.page or 0, part.line.line or 0)))
