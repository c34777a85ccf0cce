"""Set phrases of sentences: the year they compare with, the disclosure they call themselves, the body they speak of,
amounts below nought, signs in a row."""

import re
from collections.abc import Iterator

from kg.names import fold
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import Passage, passages, sentences
from queries.auditing.patterns import pattern, tight
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal


def compared_years(rule: Rule, book: Book) -> Iterator[Signal]:
    """Comparisons with another year than the last: `比2022年预算增加` in the budget of 2024; each place once."""
    if book.year is None:
        return
    told: set[str] = set()
    for passage, words, start in _of_money(book):
        for found in pattern("compared_year").finditer(words):
            at = passage.places(start + found.start(), start + found.end())
            if int(found["year"]) != book.year - 1 and at not in told and _of_this_year(book, words, found):
                told.add(at)
                yield signal(rule, book, "", Side(found[0], None, book.evidence(at)), Side(f"{book.year - 1}年"))


def _of_this_year(book: Book, words: str, found: re.Match[str]) -> bool:
    """Whether what is compared is of the disclosure's year; a budget may look back to the last final accounts."""
    before = re.findall(r"20\d\d(?=年)", words[: found.start()])
    accounts = re.match("(?:支出)?决算", words[found.end() :]) is not None
    return (not before or int(before[-1]) == book.year) and (book.executed or not accounts)


def _of_money(book: Book) -> Iterator[tuple[Passage, str, int]]:
    """The sentences that speak of amounts, outside of what tells of duties and plans."""
    for passage in passages(book):
        if not pattern("section_of_plans").search(passage.section):
            for sentence in sentences(passage):
                if pattern("of_money").search(sentence.text):
                    yield passage, sentence.text, sentence.start


def phases(rule: Rule, book: Book) -> Iterator[Signal]:
    """Totals of a budget that its sentences call final accounts, and the other way about."""
    form = pattern("budgeted_total" if book.executed else "executed_total")
    for passage in passages(book):
        for sentence in sentences(passage):
            found = form.search(sentence.text)
            if found and not _of_other_year(sentence.text[: found.start()], book.year):
                at = book.evidence(passage.places(sentence.start + found.start(), sentence.start + found.end()))
                yield signal(rule, book, passage.section, Side(found[0], None, at), Side(_phase(book)))


def _of_other_year(before: str, year: int | None) -> bool:
    """Whether the words before a total speak of another year."""
    years = {int(found) for found in re.findall(r"20\d\d(?=年)", before)}
    return bool(years - {year}) or pattern("of_other_year").search(before) is not None


def _phase(book: Book) -> str:
    return "决算" if book.executed else "预算"


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
    own_name = sum(fold(passage.text).count(own) for passage in passages(book)) if own else 0
    if own and (strange * 2 < len(found) or strange * 2 <= own_name):
        for name, places in at.items():
            yield signal(rule, book, "", Side(name, None, book.evidence(" ".join(places))), Side(book.body))


def _bodies(book: Book) -> Iterator[tuple[re.Match[str], str]]:
    """The names before set phrases, in the notes of empty tables too, and their places."""
    form = pattern("body_of_phrase")
    for row in book.asked("absences"):
        yield from ((found, str(row["evidence"])) for found in form.finditer(tight(row["words"])))
    for passage in passages(book):
        for found in pattern("body_of_phrase").finditer(passage.text):
            yield found, passage.places(*found.span("name"))


def _short_for(name: str, own: str) -> bool:
    """Whether a name is the body's own, longer by what is under it, or leaves some of its characters out."""
    rest = iter(own)
    return own in name or all(sign in rest for sign in name)


def negatives(rule: Rule, book: Book) -> Iterator[Signal]:
    """Amounts below nought that are neither a change nor a balance."""
    for passage in passages(book):
        for found in pattern("negative_amount").finditer(passage.text):
            if not pattern("may_be_negative").search(found[0]):
                at = book.evidence(passage.place_of(found))
                yield signal(rule, book, passage.section, Side(found[0], None, at), Side(""))


def punctuation(rule: Rule, book: Book) -> Iterator[Signal]:
    """Signs that do not stand one after the other: `。。`, `，。`; all of a document in one signal."""
    held = [(passage, one) for passage in passages(book) for one in pattern("signs_in_a_row").finditer(passage.text)]
    if held:
        at = " ".join(passage.place_of(found) for passage, found in held)
        passage, first = held[0]
        words = passage.text[max(0, first.start() - 12) : first.end()]
        yield signal(rule, book, str(len(held)), Side(words, None, book.evidence(at)), Side(first[0]))


def vague(rule: Rule, book: Book) -> Iterator[Signal]:
    """Reasons that would fit any change (`工作需要`, `项目调整`), all in one signal."""
    held = [
        (passage, found)
        for passage in passages(book)
        for found in pattern("reason").finditer(passage.text)
        if pattern("vague_reason").fullmatch(found["reason"])
    ]
    if held:
        at = book.evidence(" ".join(passage.place_of(found) for passage, found in held))
        yield signal(rule, book, str(len(held)), Side(held[0][1]["reason"], None, at), Side(""))
