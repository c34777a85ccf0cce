"""Places named where the body's own place belongs: in its duties, in words that stand elsewhere with its own name."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from ontology.divisions import Division, division_of, divisions, parent_of
from ontology.text import leaves_out
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import passages
from queries.auditing.patterns import full_width, pattern, tight
from queries.auditing.performance.forms import forms
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal

_UNITS = 2  # units that bear the body's own town, at least, where one that bears another is told
_AFTER = 6  # characters after a place that make two mentions one phrase
_AFTER_NAME = 4  # the same where a name begins with the place
_BESIDE = 3  # the same where the two characters before the place are the same, too
_BEFORE = 2


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the document: whether they tell its duties, the text, the addresses of a part of it."""

    duties: bool
    text: str
    places: Callable[[int, int], str]


def others(rule: Rule, book: Book) -> Iterator[Signal]:
    """Places beside the body's own, neither above nor below it, in the text on its duties or in words that are printed
    with its own place elsewhere; each once with all its places.

    A place that is named for itself (a recipient, an example, a neighbour visited) stands in no such words. And the one
    unit that bears the name of another 街道, 镇 or 乡, where the others bear that of the body.
    """
    yield from _other_towns(rule, book)
    found = division_of(book.body)
    if found is None or found[0].level not in ("county", "prefecture"):
        return
    own, words = found[0], list(_words(book))
    mine = {phrase for one in words for at in _own(own).finditer(one.text) for phrase in _phrases(one.text, at)}
    told: dict[str, list[str]] = {}
    for one in words:
        for at in _others(own).finditer(one.text):
            if one.duties or mine & set(_phrases(one.text, at)):
                told.setdefault(at[0], []).append(one.places(*at.span()))
    for name, addresses in told.items():
        yield signal(rule, book, "", Side(name, None, book.evidence(" ".join(addresses))), Side(own.name))


def _other_towns(rule: Rule, book: Book) -> Iterator[Signal]:
    """The one unit listed that bears another town's name than the body and the other units, `_UNITS` at least."""
    own, units = _town(book.body), dict[str, list[str]]()
    for row in book.asked("units"):
        units.setdefault(str(row["name"]), []).append(str(row["evidence"]))
    towns = {name: town for name in units if (town := _town(name))}
    strays = [name for name, town in towns.items() if own not in name and not _one_town(town, own)]
    if own and len(strays) == 1 and len(towns) > _UNITS:
        yield signal(rule, book, "", Side(strays[0], None, book.evidence(" ".join(units[strays[0]]))), Side(own))


def _town(body: str) -> str:
    """The 街道, 镇 or 乡 that the name of a body bears; empty where it bears none."""
    found = division_of(body)
    town = pattern("town").match(found[1] if found else body)
    return town["town"] if town else ""


def _one_town(one: str, other: str) -> bool:
    """Whether two names are of one town: one of them may be short, or have a place before it."""
    return leaves_out(*sorted((one, other), key=len))


def _words(book: Book) -> Iterator[Words]:
    """The passages, and the names, uses and goals of projects and forms."""
    for passage in passages(book):
        yield Words(pattern("section_of_duties").search(passage.section) is not None, passage.text, passage.places)
    for row in book.asked("projects"):
        yield Words(False, full_width(tight(row["name"])), lambda *_, at=str(row["at"]): at)
    for form in forms(book):
        yield from (Words(False, full_width(text), lambda *_, at=form.at: at) for text in (form.name, form.goal))


def _phrases(text: str, at: re.Match[str]) -> Iterator[str]:
    """What tells the words around a place: those after it, fewer where those before it are told or a name begins."""
    before, after = text[max(0, at.start() - _BEFORE) : at.start()], text[at.end() :]
    sizes = [_AFTER, _AFTER_NAME] if not before else [_AFTER]
    sizes += [_AFTER_NAME] if pattern("made_of_place").search(before) else []
    yield from (after[:size] for size in sizes if len(after) >= size)
    if len(before) == _BEFORE and len(after) >= _BESIDE:
        yield before + "|" + after[:_BESIDE]


@cache
def _own(own: Division) -> re.Pattern[str]:
    return _any_of(_names(own, bare=True))


@cache
def _others(own: Division) -> re.Pattern[str]:
    """The places of the same province as another that are neither it, nor above nor below it."""
    above = {own.code, *_above(own)}
    names = {
        name
        for one in divisions().values()
        if one.code[:2] == own.code[:2] and one.code not in above and own.code not in _above(one)
        for name in _names(one, bare=one.parent == own.parent)
    }
    known = {name for code in above for name in _names(divisions()[code], bare=True)}
    return _any_of({name for name in names if not any(one.startswith(name) for one in known)})


def _above(division: Division) -> list[str]:
    """The codes of the divisions above up to the province, the nearest first."""
    upper = parent_of(division)
    return [] if upper is None or upper.level == "central" or upper == division else [upper.code, *_above(upper)]


def _names(division: Division, *, bare: bool) -> set[str]:
    """The names of a division: in full, as people shorten it (昌吉州, 木垒县), without its 县 or 市 where `bare`."""
    names = {division.name}
    short = pattern("autonomous").fullmatch(division.name)
    if short:
        names |= {f"{short['name'][:2]}{short['kind']}"}
    elif bare and len(division.name) > 2:
        names |= {division.name[:-1]} if pattern("of_county").search(division.name) else set()
    return names


def _any_of(names: set[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name)))) or "(?!)")
