"""The name of a project where its own goal and basis cite it in 《》, held against the name that the project bears."""

from collections.abc import Iterator, Sequence

from kg.names import fold
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.patterns import pattern
from queries.auditing.performance.texts import NAME, Text, side, texts
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal

_MOST = 4  # characters in which a cited name may differ from the project's own and still mean it
_LEAST = 8  # characters that both share


def cited(rule: Rule, book: Book) -> Iterator[Signal]:
    """Names in 《》 in the goal, the use and the basis of a project that are its own but for one word, or that of
    another project, each once. Its own name cut short or made longer is no other name."""
    held = texts(book)
    names = {fold(name): name for name in held}
    for name, some in held.items():
        own, told = fold(name), set[str]()
        for text, said in _cited(some):
            alien = said != own and said in names and len(said) >= _LEAST
            if said not in told and not (said in own or own in said) and (alien or _one_word_apart(said, own)):
                told.add(said)
                yield signal(rule, book, name, side(book, text.part, said, text.at), _own(book, name, some))


def _cited(some: Sequence[Text]) -> Iterator[tuple[Text, str]]:
    """What the texts of a project cite in 《》."""
    for text in (one for one in some if one.part != NAME):
        yield from ((text, found["title"]) for found in pattern("cited_title").finditer(text.words))


def _own(book: Book, name: str, some: Sequence[Text]) -> Side:
    return Side(name, None, book.evidence(next((one.at for one in some if one.part == NAME), "")))


def _one_word_apart(said: str, own: str) -> bool:
    """Whether a name differs from another in one place by a few characters."""
    most = min(len(said), len(own))
    start = next((at for at in range(most) if said[at] != own[at]), most)
    rest = most - start
    end = next((at for at in range(rest) if said[-1 - at] != own[-1 - at]), rest)
    return start + end >= _LEAST and max(len(said), len(own)) - start - end <= _MOST
