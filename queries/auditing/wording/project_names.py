"""A word in the name of a project that running text, or its form, prints as another one: 优秀单位 for 先进单位."""

import re
from collections.abc import Iterator, Set
from decimal import Decimal

from kg.names import bare
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import passages
from queries.auditing.patterns import pattern, spelled, tight
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.subjects import headed
from queries.reading import Row

_WORD = 2  # characters
_EDGE = 3  # characters on either side of the word, by which the name is known
_END = 6  # characters with which two names end that may be one
_LEAST_NAME = 6  # characters of a name of which two may be others
_DIGITS = re.compile(r"[\d一二三四五六七八九十]")
_SHORTEST = 12  # characters of a name of which so much is left when a word is another
_NAME = re.compile(f"[\u4e00-\u9fff]{{{_SHORTEST},}}")


def words(rule: Rule, book: Book) -> Iterator[Signal]:
    """Names of projects of which a sentence prints all but one word, each once.

    What the name of another project has is none, nor are words that make another name: batches, kinds, places. Names
    are those of the tables of projects, and within the item of a subject those that it is used for.
    """
    held = {tight(row["name"]): str(row["at"]) for row in book.asked("projects")}
    names = {part: place for name, place in held.items() for part in _NAME.findall(name)}
    forms = [(name, _form(name), place) for name, place in names.items()]
    told: set[str] = set()
    for passage in passages(book):
        for name, form, place in forms:
            for found in form.finditer(passage.text):
                printed = found["printed"]
                new = printed not in told and _one_word_apart(name, printed)
                if new and not any(printed in other for other in held):
                    told.add(printed)
                    here = book.evidence(passage.places(*found.span("printed")))
                    yield signal(rule, book, "", Side(printed, None, here), Side(name, None, book.evidence(place)))
    yield from _in_items(rule, book, told)


def _in_items(rule: Rule, book: Book, told: Set[str]) -> Iterator[Signal]:
    """Quoted projects in what is said of a subject that have all but a word of one that it is used for: a name that the
    text has nowhere else, of one that it has elsewhere, too, and not there."""
    whole = "".join(passage.text for passage in passages(book))
    for passage, head, text, start in headed(book):
        used = pattern("used_for_projects").search(text, head.end())
        if used is None:
            continue
        listed = list(pattern("project_in_list").finditer(text, used.start(), used.end()))
        for found in pattern("quoted_project").finditer(text, used.end()):
            printed = found["name"]
            same_end = (one for one in listed if one["name"][-_END:] == printed[-_END:])
            own = [one for one in same_end if _one_word_apart(one["name"], printed)]
            known = len(own) == 1 and whole.count(own[0]["name"]) > 1 and own[0]["name"] not in text[used.end() :]
            if known and whole.count(printed) == 1 and printed not in told:
                spans = [(start + one.start("name"), start + one.end("name")) for one in (found, own[0])]
                here, there = (book.evidence(passage.places(*span)) for span in spans)
                yield signal(rule, book, "", Side(printed, None, here), Side(own[0]["name"], None, there))


def forms(rule: Rule, book: Book) -> Iterator[Signal]:
    """The one row of the tables of projects whose name no form has, and the one form whose name no row has, of the same
    amount and much alike, none of the two short for the other."""
    rows = {bare(str(row["name"])): row for row in book.asked("project_rows")}
    heads = {bare(str(row["name"])): row for row in book.asked("project_heads") if row["name"] and row["total"]}
    strays = [(name, row) for name, row in rows.items() if name not in heads]
    for name, head in heads.items() if rows else ():
        alike = [(other, row) for other, row in strays if name not in rows and _is_meant(other, row, name, head)]
        if len(alike) == 1:
            row = alike[0][1]
            left = Side(str(row["name"]), None, book.evidence(row["at"]))
            yield signal(rule, book, "", left, Side(str(head["name"]), None, book.evidence(head["evidence"])))


def _is_meant(name: str, row: Row, other: str, head: Row) -> bool:
    """Whether a row and a form have one amount and names as long as each other that differ in a character or two."""
    apart = sum(one != two for one, two in zip(name, other, strict=True)) if len(name) == len(other) else _WORD + 1
    digits = _DIGITS.findall(name) == _DIGITS.findall(other)
    same = Decimal(str(row["amount"])) == Decimal(str(head["total"]))
    return same and digits and apart <= _WORD and len(name) >= _LEAST_NAME


def _form(name: str) -> re.Pattern[str]:
    """What begins as a name does and is as long as it is."""
    return re.compile(f"(?=(?P<printed>{name[:_EDGE]}[\u4e00-\u9fff]{{{len(name) - _EDGE}}}))")


def _one_word_apart(name: str, printed: str) -> bool:
    """Whether two names as long as each other differ in one word, and in no character of it they share."""
    alike = len(name) == len(printed)
    places = [at for at, pair in enumerate(zip(name, printed, strict=False)) if alike and pair[0] != pair[1]]
    if len(places) != _WORD or places[1] != places[0] + 1 or places[1] >= len(name) - _EDGE:
        return False
    pair = {name[places[0] : places[1] + 1], printed[places[0] : places[1] + 1]}
    return not any(pair <= set(kinds) for kinds in spelled("other_names"))
