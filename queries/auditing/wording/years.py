"""Years and days that set phrases name: of this budget, of the year compared with, of counting the assets."""

import re
from collections.abc import Callable, Iterator

from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import Passage, passages, sentences
from queries.auditing.patterns import pattern, tight
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal


def years(rule: Rule, book: Book) -> Iterator[Signal]:
    """Set phrases about this year's budget that name another year, each place once; and the title that has one."""
    told: set[str] = set()
    for row in book.asked("title"):
        found = pattern("year_of_cover").search(tight(row["title"]))
        if found and book.year is not None and int(found["year"]) != book.year:
            left = Side(found[0], None, book.evidence(row["evidence"]))
            yield signal(rule, book, "", left, Side(str(book.year)))
    for words, at in _texts(book):
        forms = ("year", "budgeted_year", "approval_year", "year_with_itself")
        for match in (match for form in forms for match in pattern(form).finditer(words)):
            place = at(match)
            if book.year is not None and int(match["year"]) != book.year and place not in told:
                told.add(place)
                title = book.evidence(" ".join(str(row["evidence"]) for row in book.asked("title")))
                left, right = Side(match[0], None, book.evidence(place)), Side(str(book.year), None, title)
                yield signal(rule, book, "", left, right)


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


def compared_years(rule: Rule, book: Book) -> Iterator[Signal]:
    """Comparisons with another year than the last: `比2022年预算增加` in the budget of 2024; each place once."""
    if book.year is None:
        return
    for passage in passages(book):
        for found in pattern("prior_year").finditer(passage.text):
            if int(found["year"]) != book.year - 1 and int(found["own"] or book.year) == book.year:
                left = Side(found[0], None, book.evidence(passage.place_of(found)))
                yield signal(rule, book, "", left, Side(f"{book.year - 1}年"))
    told: set[str] = set()
    for passage, words, start in _of_money(book):
        for found in pattern("compared_year").finditer(words):
            at = passage.places(start + found.start(), start + found.end())
            if int(found["year"]) != book.year - 1 and at not in told and _of_this_year(book, words, found):
                told.add(at)
                yield signal(rule, book, "", Side(found[0], None, book.evidence(at)), Side(f"{book.year - 1}年"))


def _of_this_year(book: Book, words: str, found: re.Match[str]) -> bool:
    """Whether what is compared is of the disclosure's year: a budget may look back to the last final accounts, final
    accounts may be compared with their own budget, and one thing with two years."""
    if book.executed and int(found["year"]) == book.year and words.startswith("预算", found.end()):
        return False
    before = list(pattern("compared_year").finditer(words, 0, found.start()))
    another = not before or pattern("another_thing").search(words, before[-1].end(), found.start())
    own = re.findall(r"(?<![与比较])20\d\d(?=年)", words[: found.start()])
    accounts = re.match("(?:支出)?决算", words[found.end() :]) is not None
    return bool(another) and (not own or int(own[-1]) == book.year) and (book.executed or not accounts)


def _of_money(book: Book) -> Iterator[tuple[Passage, str, int]]:
    """The sentences that speak of amounts, outside of what tells of duties and plans."""
    for passage in passages(book):
        if not pattern("section_of_plans").search(passage.section):
            for sentence in sentences(passage):
                if pattern("of_money").search(sentence.text):
                    yield passage, sentence.text, sentence.start
