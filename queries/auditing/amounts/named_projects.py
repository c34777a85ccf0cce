"""Amounts that sentences state right behind the name of a project, against the tables and forms that have it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher

from kg.names import fold
from queries.auditing.book import HALF, WAN, Book
from queries.auditing.compare import signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import full_width, half_unit, priced, tight, yuan
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.reading import Row

_NEAR = 0.8  # of the characters in common, from which two names of one amount are meant to be one
_OTHERS = 2  # items of a list with the names of the tables
_LEAST = 6  # characters of a name by which a sentence means the project


def budgeted(rule: Rule, book: Book) -> Iterator[Signal]:
    """This year's budget of a project, right behind its name, that no table and no form prints for it.

    Says nothing of a project without one total in the tables of projects, nor of a part of what the tables print.
    """
    held = _held(book)
    for passage, found, name in [] if book.executed else _stated(book, list(held)):
        totals = {Decimal(str(row["amount"])): row for row in held[name] if row["total"]}
        printed = {Decimal(str(row["amount"])) for row in held[name]}
        near = any(abs(yuan(found) - amount) <= half_unit(found) + HALF for amount in printed)
        if len(totals) == 1 and not near and int(found["year"] or book.year or 0) == book.year:
            ((total, row),) = totals.items()
            left = Side(f"文字“{found[0]}”", yuan(found) / WAN, book.evidence(passage.place_of(found)))
            right = Side("项目表", total / WAN, book.evidence(row["evidence"]))
            yield signal(rule, book, name, left, right, (yuan(found) - total) / WAN)


def numbered(rule: Rule, book: Book) -> Iterator[Signal]:
    """Projects of a numbered list with an amount each that no table has, where a project that the text never names has
    the amount and a name much alike, and no other one either; where the list has the names of others, two at least."""
    held, texts = _held(book), passages(book)
    found = [(passage, one) for passage in texts for one in priced("numbered_project").finditer(passage.text)]
    strays = [(passage, one) for passage, one in found if one["name"] not in held]
    absent = {name: rows for name, rows in held.items() if not any(name in passage.text for passage in texts)}
    for passage, one in strays if len(found) - len(strays) >= _OTHERS else ():
        like = [name for name, rows in absent.items() if _same(one, rows) and _alike(one["name"], name)]
        if len(like) == 1:
            left = Side(one["name"], None, book.evidence(passage.place_of(one)))
            yield signal(rule, book, "", left, Side(like[0], None, book.evidence(absent[like[0]][0]["evidence"])))


def _same(found: re.Match[str], rows: Sequence[Row]) -> bool:
    return any(row["total"] and abs(yuan(found) - Decimal(str(row["amount"]))) <= HALF for row in rows)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEAR


def _held(book: Book) -> Mapping[str, Sequence[Row]]:
    """The amounts of each project by its name, as sentences print it."""
    found: dict[str, list[Row]] = {}
    for row in book.asked("project_amounts"):
        found.setdefault(full_width(tight(row["name"])), []).append(row)
    return {name: rows for name, rows in found.items() if len(fold(name)) >= _LEAST}


def _stated(book: Book, names: Sequence[str]) -> Iterator[tuple[Passage, re.Match[str], str]]:
    """The amounts behind whole names, the longest that fits, with the name."""
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    form = re.compile(priced("budget_behind_name").pattern.replace("NAME", f"(?P<name>{listed})"))
    for passage in passages(book) if names else ():
        yield from ((passage, found, found["name"]) for found in form.finditer(passage.text))
