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
    told: set[str] = set()
    for passage in passages(book):
        for name, place in names.items():
            for found in _alike(name, passage.text):
                if found[0] not in told and not any(found[0] in other for other in held):
                    told.add(found[0])
                    here = book.evidence(passage.place_of(found))
                    yield signal(rule, book, "", Side(found[0], None, here), Side(name, None, book.evidence(place)))


def _alike(name: str, text: str) -> Iterator[re.Match[str]]:
    """Where a text has a name but for one word inside it."""
    for beginning in re.finditer(re.escape(name[:_EDGE]), text):
        printed = re.compile(f"[\u4e00-\u9fff]{{{len(name)}}}").match(text, beginning.start())
        if printed and _one_word_apart(name, printed[0]):
            yield printed


def _one_word_apart(name: str, printed: str) -> bool:
    """Whether two names as long as each other differ in one word, and in no character of it they share."""
    places = [at for at, (one, other) in enumerate(zip(name, printed, strict=True)) if one != other]
    if len(places) != _WORD or places[1] != places[0] + 1 or places[1] >= len(name) - _EDGE:
        return False
    pair = {name[places[0] : places[1] + 1], printed[places[0] : places[1] + 1]}
    return not any(pair <= set(kinds) for kinds in spelled("other_names"))
