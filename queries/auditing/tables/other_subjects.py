"""Purposes and reasons of a subject that speak of another: by its name, its kind of insurance, a move of money."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.names import fold
from queries.answers import Value
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.patterns import pattern, spelled
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.subjects import headed, plain

_ITEM, _GROUP = 7, 5  # digits of the code of a 项, of a 款
_SHORT = 3  # characters of a name that may be an ordinary word


def purposes(rule: Rule, book: Book) -> Iterator[Signal]:
    """Purposes and reasons of a subject that name another subject, or begin with one of its 款, or name another's
    insurance or fund, and not its own; moves of money between two others. One signal for each item of the text."""
    rows = [row for row in book.asked("subjects") if len(str(row["code"])) == _ITEM]
    printed = {plain(fold(str(row["item"]))): row["evidence"] for row in rows}
    codes = {plain(fold(str(row["item"]))): str(row["code"]) for row in rows}
    known = {plain(fold(str(row["name"]))) for row in book.asked("codes") if len(str(row["code"])) == _ITEM}
    names = sorted((name for name in known | set(printed) if len(name) > _SHORT), key=lambda name: (-len(name), name))
    for passage, head, text, start in headed(book):
        words = pattern("next_heading").split(text, 1)[0]
        found, other = next(_others(head, words, names, codes), (None, ""))
        if found:
            at = book.evidence(passage.places(start + found.start(), start + found.end()))
            right = Side(other, None, book.evidence(_rows_of(other, printed)))
            told = signal(rule, book, head["third"], Side(found[0].rstrip("。；;"), None, at), right)
            yield (
                told
                if right.places or other not in names
                else replace(told, zh=f"{told.zh}各表没有这一科目。", en=f"{told.en} No table has that subject.")
            )


def _others(
    head: re.Match[str], text: str, names: Sequence[str], codes: Mapping[str, str]
) -> Iterator[tuple[re.Match[str], str]]:
    """The words of an item that speak of another subject, with what they speak of."""
    if pattern("moved").search(text, head.end()):
        yield from _moved(head, text)
        return
    middle, own = plain(fold(head["second"])), plain(fold(head["third"]))
    for found in pattern("purpose_or_reason").finditer(text, head.end()):
        said = fold(found["words"])
        said = pattern("part_of_others").sub("", said) if own.startswith("其他") else said
        spoken = (name for name in names if _speaks_of(said.replace(middle, ""), name))
        alien = next(spoken, None) or _sibling(own, said, codes)
        if alien and own not in said and alien not in own:
            yield found, alien
    for found in pattern("whole_purpose_or_reason").finditer(text, head.end()):
        kind = _other_kind(own, fold(found["words"]))
        if kind:
            yield found, kind


def _sibling(own: str, said: str, codes: Mapping[str, str]) -> str | None:
    """The subject of one 款 with an item's own with which words begin; none of or for one that is for any purpose."""
    beside = {name for name, code in codes.items() if code[:_GROUP] == codes.get(own, "")[:_GROUP] and name != own}
    told = [name for name in beside if len(name) > _SHORT and said.startswith(name)]
    return None if any(map(pattern("any_category").search, (own, *told))) else max(told, key=len, default=None)


def _moved(head: re.Match[str], text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Moves from one subject to another, neither of which is the item's own."""
    own = fold(head["third"])
    for found in pattern("moved_between").finditer(text, head.end()):
        if plain(own) not in {plain(fold(found[end])) for end in ("source", "target")}:
            yield found, found["source"]


def _other_kind(own: str, said: str) -> str | None:
    """The one insurance or fund that words speak of, where the subject is for another that they do not name."""
    kinds: Mapping[str, Mapping[str, str]] = spelled("insurance")
    mine = [name for name, words in kinds.items() if re.search(words["own"], own)]
    if len(mine) != 1 or re.search(kinds[mine[0]]["own"], said) or pattern("any_insurance").search(said):
        return None
    money = spelled("insurance_money")
    return next((name for name, words in kinds.items() if re.search(f"(?:{words['named']}){money}", said)), None)


def _rows_of(other: str, printed: Mapping[str, Value]) -> str | None:
    """The rows of the tables with a subject, or with the subjects of a kind of insurance; None where there are none."""
    own = spelled("insurance").get(other, {"own": f"^{re.escape(plain(fold(other)))}$"})["own"]
    return " ".join(str(at) for name, at in printed.items() if re.search(own, name)) or None


def _speaks_of(words: str, name: str) -> bool:
    """Whether words name a subject as such, not as part of another name."""
    before, after = spelled("subject_before"), spelled("subject_after")
    return name in words and bool(re.search(f"(?:{before}){re.escape(name)}(?:{after})", words))
