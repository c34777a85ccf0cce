"""Running text against tables and forms: names of the body, years, lists of items, the number of projects."""

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from functools import cache

from kg.names import fold
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import passages, sentences
from queries.auditing.patterns import pattern, tight
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal

_ALIKE = 0.7
_LONG_NAME = 6  # characters of a body's name in which a slip can be told
_END = 3  # characters at the end of a name that many bodies share: 办公厅, 办事处, 委员会
_LISTED = 5  # a passage that names fewer items of the table is no list of them


def body_names(rule: Rule, book: Book) -> Iterator[Signal]:
    """Names much like the body's own, of the same place, that are not its name: old names and slips. A name that goes
    on after the body's own is that of a subordinate (`…办公厅信息中心`)."""
    for row in book.asked("names"):
        name, own = fold(str(row["name"])), fold(str(row["own"]))
        if not name.startswith(own) and name[:2] == own[:2] and SequenceMatcher(None, name, own).ratio() >= _ALIKE:
            left = Side(str(row["name"]), None, book.evidence(row["evidence"]))
            yield signal(rule, book, "", left, Side(str(row["own"]), None, book.evidence(row["head"])))


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


def years(rule: Rule, book: Book) -> Iterator[Signal]:
    """Set phrases about this year's budget that name another year, each place once."""
    told: set[str] = set()
    for words, at in _texts(book):
        for match in pattern("year").finditer(words):
            place = at(match)
            if book.year is not None and int(match["year"]) != book.year and place not in told:
                told.add(place)
                yield signal(rule, book, "", Side(match[0], None, book.evidence(place)), Side(str(book.year)))


def assets_day(rule: Rule, book: Book) -> Iterator[Signal]:
    """Days of counting assets that are not of last year in a budget, not of the year in final accounts."""
    for passage in passages(book):
        for match in pattern("assets_day").finditer(passage.text) if "资产" in passage.section else ():
            due = None if book.year is None else book.year - (0 if book.executed else 1)
            if due is not None and int(match["year"]) != due:
                at = book.evidence(passage.place_of(match))
                yield signal(rule, book, "", Side(match[0], None, at), Side(f"{due}年"))


def _texts(book: Book) -> Iterator[tuple[str, Callable[[re.Match[str]], str]]]:
    """The words of absences and passages, with what gives the address of a match in them."""
    for row in book.asked("absences"):
        yield tight(row["words"]), lambda _, address=row["evidence"]: str(address)  # type: ignore[misc]
    for passage in passages(book):
        yield passage.text, passage.place_of


def listed_items(rule: Rule, book: Book) -> Iterator[Signal]:
    """Lists of basic expenditure in the text that name an item the table lacks, and what the table has instead."""
    official = {fold(str(row["name"])): str(row["code"]) for row in book.asked("economic_names")}
    rows = [row for row in book.asked("basic_items") if len(str(row["code"])) == 5]
    table = {fold(str(row["item"])): row for row in rows}
    for sentence in (one for passage in passages(book) for one in sentences(passage)):
        words = [fold(word) for word in pattern("list_breaks").split(sentence.text)]
        named = [word for word in words if word in table]
        strays = sorted({word for word in words if word in official and word not in table})
        if len(named) < _LISTED or not strays or "基本支出" in sentence.passage.section:
            continue
        classes = {official[word][:3] for word in strays}
        missing = [word for word in table if word not in words and str(table[word]["code"])[:3] in classes]
        places = book.evidence(" ".join(str(table[word]["evidence"]) for word in missing))
        left = Side("、".join(strays), None, book.evidence(sentence.at))
        yield signal(rule, book, sentence.passage.section, left, Side("、".join(missing), None, places))
