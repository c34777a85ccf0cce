"""Set phrases of sentences and headings: budget or final accounts, amounts below nought, signs in a row."""

import re
from collections.abc import Iterator

from ontology.text import wide_commas
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import passages, sentences
from queries.auditing.patterns import pattern, tight
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal


def phases(rule: Rule, book: Book) -> Iterator[Signal]:
    """Totals of a budget that its sentences call final accounts, and the other way about; final accounts may state the
    budget against which their next sentence holds what was executed."""
    form = pattern("budgeted_total" if book.executed else "executed_total")
    for passage in passages(book):
        for sentence in sentences(passage):
            found = form.search(sentence.text)
            behind = passage.text[sentence.start + len(sentence.text) :]
            held = book.executed and pattern("held_against_budget").search(behind)
            if found and not held and not _of_other_year(sentence.text[: found.start()], book.year):
                at = book.evidence(passage.places(sentence.start + found.start(), sentence.start + found.end()))
                yield signal(rule, book, passage.section, Side(found[0], None, at), Side(_phase(book)))


def phases_of_headings(rule: Rule, book: Book) -> Iterator[Signal]:
    """Headings of a budget that speak of final accounts, and the other way about; tables that the text of a budget
    cites as those of accounts, each once."""
    form = pattern("heading_of_budget" if book.executed else "heading_of_accounts")
    for passage in passages(book):
        found = form.search(passage.section)
        if found and passage.at:
            said = Side(found[0], None, book.evidence(passage.at[0]))
            yield signal(rule, book, passage.section, said, Side("决算" if book.executed else "预算"))
    cited: dict[str, list[str]] = {}
    for passage in passages(book) if not book.executed else ():
        for found in pattern("cited_of_accounts").finditer(passage.text):
            cited.setdefault(found[0], []).append(passage.place_of(found))
    for title, at in cited.items():
        yield signal(rule, book, title, Side(title, None, book.evidence(" ".join(at))), Side(_phase(book)))


def _of_other_year(before: str, year: int | None) -> bool:
    """Whether the words before a total speak of another year."""
    years = {int(found) for found in re.findall(r"20\d\d(?=年)", before)}
    return bool(years - {year}) or pattern("of_other_year").search(before) is not None


def _phase(book: Book) -> str:
    return "决算" if book.executed else "预算"


def negatives(rule: Rule, book: Book) -> Iterator[Signal]:
    """Amounts below nought that are neither a change nor a balance."""
    for passage in passages(book):
        for found in pattern("negative_amount").finditer(passage.text):
            if not pattern("may_be_negative").search(found[0]):
                at = book.evidence(passage.place_of(found))
                yield signal(rule, book, passage.section, Side(found[0], None, at), Side(""))


def punctuation(rule: Rule, book: Book) -> Iterator[Signal]:
    """Signs that do not stand one after the other (`。。`, `，。`), or within an amount (`3，518.85万元`), and such as
    are missing (`主要原因人员减少`); all of a document in one signal. Where personal data is left out, none is told."""
    held = [
        (passage.text, found, passage.place_of(found))
        for passage in passages(book)
        for name in ("signs_in_a_row", "signs_missing")
        for found in pattern(name).finditer(passage.text)
        if not pattern("left_out").search(passage.text, 0, found.start())
    ]
    printed = ((tight(row["words"]), str(row["evidence"])) for row in book.asked("paragraphs"))
    held += [(text, found, at) for text, at in printed for found in wide_commas(text)]
    if held:
        text, first, _ = held[0]
        words = text[max(0, first.start() - 12) : first.end()]
        at = " ".join(at for _, _, at in held)
        yield signal(rule, book, str(len(held)), Side(words, None, book.evidence(at)), Side(first[0]))
