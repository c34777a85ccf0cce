"""Names of subordinate units: on forms, in the list of units, in tables, and short in running text."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from kg.names import fold
from ontology.divisions import division_of
from ontology.slips import is_slip
from ontology.text import leaves_out
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import pattern
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.wording.organisation import bodies_listed
from queries.reading import Row

_SHARED = 2  # units that both the text and the tables name, from which the one that is left in each is one
_NEAR = 0.75  # of the characters in common, from which a name in the text is meant to be that of a unit
_LONG = 6  # characters of a unit's name, the place before it left out, that units of other bodies do not share
_END = 2  # characters at the end of a name that tell what kind of unit it is: 中心, 大队
_MORE = 2  # characters that the name in the text may have more or fewer


def names(rule: Rule, book: Book) -> Iterator[Signal]:
    """Names of units that are printed in two ways: on forms and in lists; and, a remark, in running text."""
    yield from _on_forms(rule, book)
    yield from _in_text(rule, book)


def _on_forms(rule: Rule, book: Book) -> Iterator[Signal]:
    """Names on forms that are a unit's with words exchanged (运行管理中心, 管理运行中心), and the one unit that the
    text lists and no table has, where the tables have one that the text does not list. A name that differs by a
    character is a misprint, and told as one."""
    listed, in_tables = ({fold(str(row["name"])): row for row in _units(book, column)} for column in (False, True))
    called = {fold(str(row["name"])): row for row in book.asked("names")}
    pairs = [
        (called[name], (listed | in_tables)[unit])
        for name in called.keys() - listed.keys() - in_tables.keys()
        for unit in listed.keys() | in_tables.keys()
        if sorted(name) == sorted(unit) and not is_slip(unit, name)
    ]
    alone, others = listed.keys() - in_tables.keys(), in_tables.keys() - listed.keys()
    if len(alone) == len(others) == 1 and len(listed.keys() & in_tables.keys()) >= _SHARED:
        pairs.append((listed[min(alone)], in_tables[min(others)]))
    for one, other in sorted(pairs, key=lambda pair: str(pair[0]["name"])):
        left, right = (Side(str(row["name"]), None, book.evidence(row["evidence"])) for row in (one, other))
        yield signal(rule, book, "", left, right)


def _units(book: Book, column: bool) -> Iterator[Row]:
    """The units, but for the body's own part, that the text lists, or that tables name in a column."""
    own = fold(book.body)
    return (
        row
        for row in book.asked("units")
        if bool(row["column"]) is column and not fold(str(row["name"])).startswith(own)
    )


def _in_text(rule: Rule, book: Book) -> Iterator[Signal]:
    """Short names in the text (区旅游发展管理中心) that are no unit's, and alike to the one of a unit that the same
    section names by its own short name (区文旅发展管理中心). What stands in a list of names is another body."""
    units = {_placeless(str(row["name"])): str(row["evidence"]) for row in book.asked("units")}
    units |= {_placeless(one.name): one.at for one in bodies_listed(book)}
    told: set[str] = set()
    for passage in passages(book) if units else ():
        for unit, at in units.items():
            for found in _like(unit, passage):
                name = found["name"]
                meant = [other for other in units if _is_near(name, other)]
                if meant == [unit] and name not in told and not any(other in name for other in units):
                    told.add(name)
                    left = Side(name, None, book.evidence(passage.place_of(found)))
                    yield signal(rule, book, "", left, Side(unit, None, book.evidence(at)), severity="info")


def _like(unit: str, passage: Passage) -> Iterator[re.Match[str]]:
    """What is as long as the name of a unit, ends so and stands behind a place, where the passage has that name too."""
    over = pattern("place_over_unit").pattern
    if len(unit) >= _LONG and re.search(over + re.escape(unit), passage.text):
        size = f"{{{len(unit) - _END - _MORE},{len(unit) - _END + _MORE}}}?"
        form = pattern("unit_named").pattern.replace("SIZE", size).replace("END", re.escape(unit[-_END:]))
        yield from re.finditer(over + form, passage.text)


def _is_near(name: str, unit: str) -> bool:
    """Whether a name is that of a unit with other words, neither short for it nor misprinted."""
    alike = SequenceMatcher(None, name, unit, autojunk=False).ratio() >= _NEAR
    apart = len({pattern("apart_in_names").sub("", one) for one in (name, unit)}) == 1
    short = leaves_out(*sorted((name, unit), key=len))
    return alike and name[-_END:] == unit[-_END:] and not short and not apart and not is_slip(unit, name)


def _placeless(name: str) -> str:
    found = division_of(fold(name))
    return found[1] if found else pattern("place_before").sub("", fold(name))
