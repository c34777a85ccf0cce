"""What the text tells of the body's organisation in several places: counts of its parts, names of its subordinates."""

import re
from collections.abc import Iterator, Set
from difflib import SequenceMatcher
from itertools import combinations
from typing import NamedTuple

from kg.names import fold
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import passages
from queries.auditing.patterns import numeral, pattern
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.wording.body_places import of_its_organisation

_ALIKE = 0.6  # of the characters in common, from which two names beside one name are meant to be one
_NEAR = 0.75  # the same for two names in two lists
_COMMON = 3  # bodies that two lists have in common, from which on the one left over in each is one body

_LISTS = (("list_of_bodies", "、|和(?=[^、]+$)"), ("numbered_bodies", r"[；。]?\d{1,2}[.、]|[；。]$"))


class Listed(NamedTuple):
    """A name in a list of bodies: the name, the number of its list, its place."""

    name: str
    in_list: int
    at: str


def counts(rule: Rule, book: Book) -> Iterator[Signal]:
    """Parts of the body (`3个专门委员会`) that another sentence counts otherwise; each number once."""
    first: dict[str, dict[int, tuple[str, str]]] = {}
    for passage in passages(book):
        for found in pattern("counted_part").finditer(passage.text):
            count = numeral(found["count"])
            if count:
                first.setdefault(found["what"], {}).setdefault(count, (found[0], passage.place_of(found)))
    for said in first.values():
        for one, other in combinations(said.values(), 2):
            left, right = (Side(words, None, book.evidence(at)) for words, at in (one, other))
            yield signal(rule, book, "", left, right)


def second_names(rule: Rule, book: Book) -> Iterator[Signal]:
    """Bodies whose other name in brackets is printed in two ways: 省委机要局（省国家密码管理局）."""
    held = [(found, passage) for passage in passages(book) for found in pattern("second_name").finditer(passage.text)]
    for (one, first), (other, second) in combinations(held, 2):
        names = sorted((one["name"], other["name"]), key=len)
        alike = SequenceMatcher(None, one["other"], other["other"], autojunk=False).ratio()
        if names[1].endswith(names[0]) and one["other"] != other["other"] and alike >= _ALIKE:
            left = Side(one["other"], None, book.evidence(first.place_of(one)))
            right = Side(other["other"], None, book.evidence(second.place_of(other)))
            yield signal(rule, book, names[0], left, right)


def listed(rule: Rule, book: Book) -> Iterator[Signal]:
    """Bodies that two lists of bodies name alike but for a word, neither list having both names; or the one that each
    of two lists otherwise alike has for itself."""
    held = list(bodies_listed(book))
    names = {number: {one.name for one in held if one.in_list == number} for number in {one.in_list for one in held}}
    strays = {(one, other): _strays(book, names[one], names[other]) for one, other in combinations(sorted(names), 2)}
    for one, other in combinations(held, 2):
        apart = one.in_list != other.in_list and one.name not in names[other.in_list]
        alike = apart and other.name not in names[one.in_list] and _one_body(one.name, other.name)
        if alike or (one.name, other.name) in strays.get((one.in_list, other.in_list), ()):
            left, right = (Side(some.name, None, book.evidence(some.at)) for some in (one, other))
            yield signal(rule, book, "", left, right)


def bodies_of_accounts(rule: Rule, book: Book) -> Iterator[Signal]:
    """Accounts of a project that say of one unit of the body that it carries the project out (实施单位) and of another
    one that it builds (建设单位); names of others, several together and short ones of one unit are passed over."""
    for passage in passages(book):
        held = list(pattern("body_of_account").finditer(passage.text))
        named = {found["role"]: found for found in held}
        if len(held) == len(named) == 2 and all(_unit(book, found["name"]) for found in held):
            one, other = (_unit(book, found["name"]) for found in held)
            if one not in other and other not in one:
                left, right = (Side(found[0], None, book.evidence(passage.place_of(found))) for found in held)
                yield signal(rule, book, passage.section, left, right)


def _unit(book: Book, name: str) -> str:
    """A unit of the organisation without its place and whose it is (区某局下属事业单位区文化馆: 文化馆); empty for what
    is none."""
    bare = fold(pattern("whose_unit").sub("", name))
    own = fold(book.body)
    return bare if len(bare) >= _COMMON and bare not in own and of_its_organisation(book, bare) else ""


def _strays(book: Book, first: Set[str], second: Set[str]) -> set[tuple[str, str]]:
    """The one body that each of two lists has for itself, where all the others, at least `_COMMON`, are the same."""
    own = fold(book.body)
    left, right = ({name for name in names if fold(name) != own} for names in (first - second, second - first))
    few = len(left) == len(right) == 1 and len(first & second) >= _COMMON
    return {(left.pop(), right.pop())} if few else set()


def bodies_listed(book: Book) -> Iterator[Listed]:
    """The names in the lists of bodies that the text has."""
    number = 0
    for passage in passages(book):
        for form, between in _LISTS:
            for found in pattern(form).finditer(passage.text):
                number += 1
                names = re.split(between, pattern("in_brackets").sub("", found["list"]))
                yield from (Listed(name, number, passage.place_of(found)) for name in names if len(name) > 3)


def _one_body(one: str, other: str) -> bool:
    ends = one[:2] == other[:2] and one[-1] == other[-1]
    told_apart = len({pattern("apart_in_names").sub("", name) for name in (one, other)}) == 1  # 第一小学, 第二小学
    return ends and not told_apart and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEAR
