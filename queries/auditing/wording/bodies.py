"""Names of the body: misspelt, former ones, and those of other bodies copied from their disclosures."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache

from kg.names import fold
from ontology.text import leaves_out
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import is_named, passages, times_named
from queries.auditing.patterns import pattern, tight
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal

_ALIKE = 0.7
_LONG_NAME = 6  # characters of a body's name in which a slip can be told
_END = 3  # characters at the end of a name that many bodies share: 办公厅, 办事处, 委员会


def body_names(rule: Rule, book: Book) -> Iterator[Signal]:
    """Names much like the body's own, of the same place, that are not its name: old names and slips; and that of
    another body of the place on the form of the whole body (某县水利局, where 某县林业局 discloses), which nothing else
    in the document names. A name that goes on after the body's own (`…办公厅信息中心`), or that of an institution where
    the body is none (`…馆`), is that of a subordinate."""
    for row in book.asked("names"):
        name, own = fold(str(row["name"])), fold(str(row["own"]))
        if pattern("institution").search(name) and name[-1] != own[-1:]:
            continue
        alike = name[:2] == own[:2] and SequenceMatcher(None, name, own).ratio() >= _ALIKE
        only_here = row["whole"] and _is_of_place(name, own) and not is_named(book, name)
        if not name.startswith(own) and (alike or only_here):
            left = Side(str(row["name"]), None, book.evidence(row["evidence"]))
            yield signal(rule, book, "", left, Side(str(row["own"]), None, book.evidence(row["head"])))


def _is_of_place(name: str, own: str) -> bool:
    """Whether two bodies have the place before them and the kind behind them in common, and no more."""
    one, other = (pattern("place_before").sub("", body) for body in (name, own))
    places = {name.removesuffix(one), own.removesuffix(other)}
    return len(places) == 1 and "" not in places and one[-1:] == other[-1:] and one not in other and other not in one


def body_slips(rule: Rule, book: Book) -> Iterator[Signal]:
    """Places where the name of the body is printed with one character changed or lost, each spelling once; of a short
    form that is right elsewhere (省委办公厅) the end only, as what stands before it tells bodies apart."""
    own, told = fold(book.body), dict[str, list[str]]()
    text = "".join(passage.text for passage in passages(book))
    for passage in passages(book) if len(own) >= _LONG_NAME else ():
        whole = [found for found in _like(own).finditer(passage.text) if _slip(found[0], own)]
        ends = [found for found in _like_end(own[-_END:]).finditer(passage.text) if _slip(found["end"], own[-_END:])]
        short = [
            found
            for found in ends
            if f"{found['stem']}{own[-_END:]}" in text
            and not any(one.start() <= found.start() < one.end() for one in whole)
        ]
        for found in [*whole, *short]:
            told.setdefault(found[0], []).append(passage.place_of(found))
    for name, at in told.items():
        yield signal(rule, book, "", Side(name, None, book.evidence(" ".join(at))), Side(book.body))


@cache
def _like(own: str) -> re.Pattern[str]:
    """What may be meant as a name: as long or one character shorter, and either part as it should be."""
    half, rest = own[: len(own) // 2], own[len(own) // 2 :]
    end = re.escape(own[-1])
    begins = rf"{re.escape(half)}[\u4e00-\u9fff]{{{len(rest) - 2},{len(rest) - 1}}}{end}"
    ends = rf"{re.escape(own[0])}[\u4e00-\u9fff]{{{len(half) - 2},{len(half) - 1}}}{re.escape(rest)}"
    return re.compile(f"{begins}|{ends}")


@cache
def _like_end(end: str) -> re.Pattern[str]:
    """What may be meant as the end of a name (办公厅), a character of it changed, behind two other characters."""
    first, middle, last = map(re.escape, end)
    return re.compile(
        rf"(?P<stem>[\u4e00-\u9fff]{{2}})(?P<end>[\u4e00-\u9fff]{middle}{last}|{first}[\u4e00-\u9fff]{last})"
    )


def _slip(name: str, own: str) -> bool:
    if len(name) == len(own):
        return sum(one != two for one, two in zip(name, own, strict=True)) == 1
    return any(name == own[:at] + own[at + 1 :] for at in range(len(own)))


def other_bodies(rule: Rule, book: Book) -> Iterator[Signal]:
    """Set phrases of the template with the name of another body: copied from its disclosure.

    Says nothing where the body's own name does not stand in most of them, nor twice as often in the text: then it is
    called otherwise there.
    """
    own, at = fold(book.body), dict[str, list[str]]()
    found = [(fold(one["name"]), place) for one, place in _bodies(book)]
    for name, place in found:
        if not _short_for(name, own):
            at.setdefault(name, []).append(place)
    strange = sum(map(len, at.values()))
    if own and (strange * 2 < len(found) or strange * 2 <= times_named(book)):
        for name, places in at.items():
            yield signal(rule, book, "", Side(name, None, book.evidence(" ".join(places))), Side(book.body))


def _bodies(book: Book) -> Iterator[tuple[re.Match[str], str]]:
    """The names before set phrases, in the notes of empty tables too, and those of peers in the titles of what are the
    body's own regulations; their places."""
    form = pattern("body_of_phrase")
    for row in book.asked("absences"):
        yield from ((found, str(row["evidence"])) for found in form.finditer(tight(row["words"])))
    for passage in passages(book):
        for found in pattern("body_of_phrase").finditer(passage.text):
            yield found, passage.places(*found.span("name"))
        for found in pattern("own_regulation").finditer(passage.text):
            if _is_peer(fold(found["name"]), fold(book.body)):
                yield found, passage.places(*found.span("name"))


def _is_peer(name: str, own: str) -> bool:
    """Whether a name is of the body's own place, as it is printed, and begins otherwise behind it: no old name."""
    bare, mine = (pattern("place_before").sub("", body) for body in (name, own))
    place, its = own.removesuffix(mine), name.removesuffix(bare)
    return bool(its) and place.endswith(its) and bare[:1] != mine[:1]


def _short_for(name: str, own: str) -> bool:
    """Whether a name is the body's own, longer by what is under it, or leaves some of its characters out."""
    return own in name or leaves_out(name, own)
