"""Texts of a project that were copied from its neighbour: they speak of another project's name and not of its own."""

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.names import fold
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.patterns import pattern
from queries.auditing.performance import spending
from queries.auditing.performance.texts import BASIS, INDICATOR, NAME, Text, all_texts, side
from queries.auditing.rules import Rule
from queries.auditing.signal import Severity, Side, Signal

_RUN = 4  # characters in a row that no text shares with another project's name by chance
_TELLING = 2  # those of them, and of the project's own name, that are no general words


def of_another(rule: Rule, book: Book) -> Iterator[Signal]:
    """Uses, purposes, goals and indicators that have words of another project's name and none of their own project's.

    Nothing is said where another text of the project, or the name of the body, has those words. Where its own name
    tells nothing (`机关运行补助经费`), only of what is a text of the other project word by word. And uses that another
    project has so, where no text of the project itself speaks of them.
    """
    yield from spending.of_another(rule, book)
    held = all_texts(book)
    for name, some in held.items():
        for text in (one for one in some if one.part not in (NAME, BASIS)):
            found = _told(text, name, some, held, fold(book.body))
            if found:
                words, other = found
                right = Side(other, None, book.evidence(held[other][0].at))
                severity: Severity | None = "info" if text.part == INDICATOR else None
                yield signal(rule, book, name, side(book, text.part, words, text.at), right, severity=severity)


def _told(
    text: Text, name: str, some: Sequence[Text], held: Mapping[str, Sequence[Text]], body: str
) -> tuple[str, str] | None:
    """The words of a text that another project's name has, and that name; the most telling of all."""
    words = text.words.replace(body, " ") if body else text.words
    if _speaks_of(words, name):
        return None
    rest = " ".join([body, fold(name), *(one.words for one in some if one is not text)])
    others = [other for other in held if other != name and (_telling(name) or _has(held[other], text))]
    runs = [(run, other) for other in others for run in _runs(words, fold(other)) if run not in rest]
    return max(runs, key=lambda found: (len(found[0]), found[1]), default=None)


def _has(some: Sequence[Text], text: Text) -> bool:
    return any(one.words.strip("。;,") == text.words.strip("。;,") for one in some)


def _runs(words: str, name: str) -> Iterator[str]:
    """The words in a row that a text shares with a name and that tell something."""
    for start in range(len(name) - _RUN + 1):
        end = next((end for end in range(len(name), start + _RUN - 1, -1) if name[start:end] in words), 0)
        run = name[start:end]
        if end and re.fullmatch(r"[\u4e00-\u9fff]+", run) and _telling(run):
            yield run


def _speaks_of(words: str, name: str) -> bool:
    """Whether a text has two characters in a row of what a name tells."""
    return any(part[at : at + 2] in words for part in _parts(name) for at in range(len(part) - 1))


def _telling(name: str) -> bool:
    return any(len(part) >= _TELLING for part in _parts(name))


def _parts(name: str) -> list[str]:
    """What a name tells: its Chinese words without years, numbers of documents and general words."""
    bare = pattern("number_in_name").sub(" ", fold(name))
    return re.findall(r"[\u4e00-\u9fff]+", pattern("neighbour_dress").sub(" ", bare))
