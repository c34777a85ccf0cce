"""A word in the name of a project that running text prints as another one: 优秀单位 for 先进单位."""

import re
from collections.abc import Iterator

from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import passages
from queries.auditing.patterns import spelled, tight
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal

_WORD = 2  # characters
_EDGE = 3  # characters on either side of the word, by which the name is known
_SHORTEST = 12  # characters of a name of which so much is left when a word is another
_NAME = re.compile(f"[\u4e00-\u9fff]{{{_SHORTEST},}}")


def words(rule: Rule, book: Book) -> Iterator[Signal]:
    """Names of projects of which a sentence prints all but one word, each once.

    What the name of another project has is none, nor are words that make another name: batches, kinds, places.
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


def _form(name: str) -> re.Pattern[str]:
    """What begins as a name does and is as long as it is."""
    return re.compile(f"(?=(?P<printed>{name[:_EDGE]}[\u4e00-\u9fff]{{{len(name) - _EDGE}}}))")


def _one_word_apart(name: str, printed: str) -> bool:
    """Whether two names as long as each other differ in one word, and in no character of it they share."""
    places = [at for at, (one, other) in enumerate(zip(name, printed, strict=True)) if one != other]
    if len(places) != _WORD or places[1] != places[0] + 1 or places[1] >= len(name) - _EDGE:
        return False
    pair = {name[places[0] : places[1] + 1], printed[places[0] : places[1] + 1]}
    return not any(pair <= set(kinds) for kinds in spelled("other_names"))
