"""Purposes of the categories of expenditure: contributions and subjects that belong to another category."""

import re
from collections.abc import Iterator
from itertools import takewhile

from kg.names import fold
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import passages
from queries.auditing.patterns import pattern, priced, spelled, yuan
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.subjects import category, plain

_MOST_OF_NAME = 12  # characters of a name that a purpose repeats
_COMMON = 2  # characters that two names share behind what is their own
_LEAST = 4  # characters of a subject's name that tells its category


def of_another_category(rule: Rule, book: Book) -> Iterator[Signal]:
    """Purposes of a category that are a contribution or a subject of another one, which the tables have: `卫生健康支出`
    used for `住房公积金`."""
    held = {str(row["code"]): row for row in book.asked("totals") if row["code"] and row["amount"]}
    codes = {fold(str(row["item"])): code for code, row in held.items() if len(code) == 3}
    names = _subjects(book)
    for passage in passages(book):
        for found in pattern("purpose_list").finditer(passage.text):
            own = category(found["name"], codes)
            words = fold(found["list"])
            told = [one for one in _categories(words, names) if own and one[0] != own and one[0] in held]
            mine = any(code == own for code, _ in _categories(words, names))
            if told:
                code, said = told[0]
                left = Side(said, None, book.evidence(passage.place_of(found)))
                right = Side(str(held[code]["item"]), None, book.evidence(held[code]["evidence"]))
                yield signal(rule, book, found["name"], left, right, severity="info" if mine else "warning")


def of_another_item(rule: Rule, book: Book) -> Iterator[Signal]:
    """Purposes that two subjects have word for word, and that name one of the two and not the other; of two names that
    differ in one part (`行政单位医疗`, `事业单位医疗`) that part. Or that are one project, where the amount of the one
    subject is that of another project in its reason."""
    held: dict[str, list[tuple[str, str, bool]]] = {}
    for passage in passages(book):
        for found in pattern("purpose_of_item").finditer(passage.text):
            one = fold(found["item"]), passage.place_of(found), _other_project(passage.text, found)
            held.setdefault(fold(found["words"]), []).append(one)
    for words, some in held.items():
        named = [one for one in some if plain(one[0])[:_MOST_OF_NAME] in words]
        others = [one for one in some if not _shares(plain(one[0]), words)]
        if len(some) == 2 and not (named and others):
            parts = _own_parts(plain(some[0][0]), plain(some[1][0]))
            named = [one for one, part in zip(some, parts, strict=True) if part and part in words]
            others = [one for one, part in zip(some, parts, strict=True) if part and part not in words]
        for_any = pattern("any_category").search("".join(item for item, _, _ in (*named, *others)))
        if len(some) == 2 and some[0][2] != some[1][2]:
            named, others, for_any = [one for one in some if not one[2]], [one for one in some if one[2]], None
        if len(named) == len(others) == 1 and not for_any:
            left, right = (Side(item, None, book.evidence(at)) for item, at, _ in (others[0], named[0]))
            yield signal(rule, book, words, left, right)


def _other_project(text: str, purpose: re.Match[str]) -> bool:
    """Whether a purpose is one project, and what is printed behind it up to the next purpose gives the amount that was
    spent to another one."""
    if not pattern("one_project").fullmatch(purpose["words"]):
        return False
    following = pattern("purpose_of_item").search(text, purpose.end())
    behind = text[purpose.end() : following.start() if following else len(text)]
    spent, found = priced("executed_amount").search(behind), priced("project_of_reason").search(behind)
    other = found is not None and found["project"] not in purpose["words"] and purpose["words"] not in found["project"]
    return bool(other and spent and found and yuan(spent) == yuan(found))


def _own_parts(one: str, other: str) -> tuple[str, str]:
    """What each of two names has where the other has something else, with two characters that both have behind it;
    empty where the names have no such part."""
    before = _alike(one, other)
    behind = _alike(one[before:][::-1], other[before:][::-1])
    if behind < _COMMON:
        return "", ""
    first, second = (name[before : len(name) - behind + _COMMON] for name in (one, other))
    return (first, second) if min(len(first), len(second)) > _COMMON + 1 else ("", "")


def _alike(one: str, other: str) -> int:
    """With how many characters two names begin alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _shares(name: str, words: str) -> bool:
    """Whether words have two characters in a row of a name."""
    return any(name[at : at + 2] in words for at in range(len(name) - 1))


def _subjects(book: Book) -> dict[str, str]:
    """The names of 款 and 项 of the tables that stand in one category alone, with its code."""
    found: dict[str, set[str]] = {}
    for row in book.asked("subjects"):
        name = plain(fold(str(row["item"])))
        if len(str(row["code"])) > 3 and len(name) >= _LEAST and not pattern("any_category").search(name):
            found.setdefault(name, set()).add(str(row["code"])[:3])
    return {name: min(codes) for name, codes in found.items() if len(codes) == 1}


def _categories(words: str, names: dict[str, str]) -> list[tuple[str, str]]:
    """The categories that the words of a list speak of, each with the words."""
    contributions = [
        (code, found[0]) for form, code in spelled("contributions").items() if (found := re.search(form, words))
    ]
    return contributions + [(code, name) for name, code in names.items() if name in words]
