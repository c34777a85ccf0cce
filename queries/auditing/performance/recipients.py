"""Companies and groups that are paid: one name in the project's name, basis or goal, another where the money goes."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from ontology.divisions import division_of
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import passages
from queries.auditing.patterns import pattern
from queries.auditing.performance.texts import Text, all_texts, side
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal

_OFTEN = 2  # times that a phrase names one creditor, from which on another one in its place is odd
_LONG, _SLIP = 8, 2  # characters of a company's whole name, and those in which a wrong one differs


class Paid(NamedTuple):
    """A company or group as a text names it: its whole name, what is its own in it, where."""

    name: str
    core: str
    text: Text


def recipients(rule: Rule, book: Book) -> Iterator[Signal]:
    """Companies of which two texts of a project name one each, and not the same; a branch is another than its company.

    Texts that list several, and words like 企业 and 本公司, say nothing. A warning where a text says that money goes
    there; else a note.
    """
    for name, some in all_texts(book).items():
        held = [_companies(text) for text in some]
        listed = [one for found in held if len(found) > 1 for one in found]
        alone = [found[0] for found in held if len(found) == 1]
        told: set[str] = set()
        for one, other in combinations(alone, 2):
            known = any(_is_one(paid, company) for paid in (one, other) for company in listed)
            if not known and other.name not in told and not _is_one(one, other):
                told.add(other.name)
                left, right = (side(book, paid.text.part, paid.name, paid.text.at) for paid in (one, other))
                sure = any(pattern("paid_to").search(paid.text.words) for paid in (one, other))
                yield signal(rule, book, name, left, right, severity="warning" if sure else "info")


def creditors(rule: Rule, book: Book) -> Iterator[Signal]:
    """Companies that the explanations name once where they name another oftener: one to whom the same is owed
    (`清偿某公司债务`, `某集团欠款`), or one with nearly the same name."""
    found = [
        (name, owed["what"] if owed else "", passage.places(start, end))
        for passage in passages(book)
        for name, start, end in _named(passage.text)
        for owed in [pattern("owed").search(passage.text[end:])]
    ]
    count, owing = Counter(name for name, _, _ in found), Counter((name, owed) for name, owed, _ in found)
    for name, owed, at in found:
        others = {other for (other, same), many in owing.items() if owed and same == owed and many >= _OFTEN}
        others |= {other for other, many in count.items() if many >= _OFTEN and _nearly(name, other)}
        if count[name] == 1 and len(others) == 1:
            yield signal(rule, book, owed, Side(name, None, book.evidence(at)), Side(min(others)))


def _companies(text: Text) -> list[Paid]:
    """The companies that a text names, each once."""
    names = dict.fromkeys(name for name, _, _ in _named(text.words))
    return [Paid(name, _core(name), text) for name in names]


def _named(text: str) -> Iterator[tuple[str, int, int]]:
    """The companies that a text names, without what stands before them, and where."""
    for found in pattern("company").finditer(text):
        name = pattern("company_before").sub("", found["name"])
        if not pattern("no_company").search(name) and len(_core(name)) > 1:
            yield name, found.end("name") - len(name), found.end("name")


def _nearly(name: str, other: str) -> bool:
    """Whether two long names of one length differ in one or two characters."""
    differ = [at for at, (one, two) in enumerate(zip(name, other, strict=False)) if one != two]
    return len(name) == len(other) >= _LONG and 0 < len(differ) <= _SLIP and differ[-1] - differ[0] < _SLIP


def _core(name: str) -> str:
    """What is a company's own in its name: without its place, its form and general words."""
    found = division_of(name)
    return pattern("company_dress").sub("", found[1] if found and found[1] else name)


def _is_one(one: Paid, other: Paid) -> bool:
    """Whether two names may be of one company: what is one's own stands in the other; both are branches or neither is,
    and no two places are named."""
    shorter, longer = sorted((one, other), key=lambda paid: len(paid.core))
    branch, other_branch = (pattern("branch").search(paid.name) for paid in (one, other))
    places = {found[0].code for paid in (one, other) if (found := division_of(paid.name))}
    return shorter.core in longer.name and bool(branch) == bool(other_branch) and len(places) < 2
