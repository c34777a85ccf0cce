"""The numbers of documents that are cited: their years against each other, titles, the budget and the issuer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from kg.names import fold
from ontology.document_number import DocumentNumber, Mention, mentions
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import passages, sentences
from queries.auditing.patterns import pattern, spelled, tight
from queries.auditing.performance.forms import forms
from queries.auditing.performance.self_evaluations import self_evaluations
from queries.auditing.rules import Rule, rules
from queries.auditing.signal import Side, Signal

_TITLE = 6  # characters of a title that tell documents apart
_WHOLE_TITLE = 8  # characters of a title as it is printed up to the next stop
_TELLING = 20  # serial numbers from here on are seldom those of two documents of one issuer that a body cites
_NEAR = 40  # characters in which a number and its title stand together


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited document: its number, the beginning of its title where one is printed beside, the text, the place."""

    mention: Mention
    title: str
    around: str
    at: str


def years(rule: Rule, book: Book) -> Iterator[Signal]:
    """One document cited with two years: the same issuer and number, the same title or none. What a name and its basis
    differ in is told by R24_document."""
    told = " ".join(str(row["left"]) for row in book.rows(rules()["R24_document"].sparql))
    known: dict[tuple[str, int], dict[int, Citation]] = {}
    for one in citations(book):
        number = one.mention.number
        others = known.setdefault((number.prefix[-3:], number.serial), {})
        for year, other in others.items():
            two = other.mention.number
            if year != number.year and _same(one, other) and not (str(number) in told and str(two) in told):
                left, right = (Side(str(some.mention.number), None, book.evidence(some.at)) for some in (other, one))
                yield signal(rule, book, one.title or other.title or f"{number.serial}号", left, right)
                break
        others.setdefault(number.year, one)


def numbers(rule: Rule, book: Book) -> Iterator[Signal]:
    """One document, told by its title and year, cited with two numbers or with one character of its issuer different;
    each pair once; or told by the self-evaluation whose goal and whose outcome cite one document of one issuer each."""
    yield from _evaluated(rule, book)
    told: set[frozenset[str]] = set()
    titled = [(one, fold(pattern("title_dress").sub("", one.around))) for one in citations(book) if one.title]
    for (one, title), (other, words) in combinations(titled, 2):
        pair = frozenset((str(one.mention.number), str(other.mention.number)))
        short = min(title, words, key=len)
        same = len(short) >= _WHOLE_TITLE and title.startswith(short) and words.startswith(short)
        if same and pair not in told and _one_apart(one.mention.number, other.mention.number):
            told.add(pair)
            left, right = (Side(some.mention.raw, None, book.evidence(some.at)) for some in (other, one))
            yield signal(rule, book, short, left, right)


def numerals(rule: Rule, book: Book) -> Iterator[Signal]:
    """Titles in 《》 that differ in one numeral alone (三年行动方案, 五年行动方案), the rarer one first; those
    with a year succeed one another, and those that one sentence cites are two."""
    cited: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for text, at in cited_texts(book):
        for found in pattern("cited_title").finditer(text):
            title = found["title"]
            if not pattern("dated_title").search(title):
                for one in pattern("numeral_in_title").finditer(title):
                    around = f"{title[: one.start()]}#{title[one.end() :]}"
                    cited.setdefault(around, {}).setdefault(title, []).append((text, at))
    for titles in cited.values():
        for left, right in combinations(sorted(titles, key=lambda title: len(titles[title])), 2):
            if not {text for text, _ in titles[left]} & {text for text, _ in titles[right]}:
                first, second = (
                    Side(title, None, book.evidence(" ".join(at for _, at in titles[title]))) for title in (left, right)
                )
                yield signal(rule, book, "", first, second)


def _evaluated(rule: Rule, book: Book) -> Iterator[Signal]:
    for planned, done in self_evaluations(book):
        one, other = ({mention.number: mention for mention in mentions(form.goal)} for form in (planned, done))
        if len(one) == len(other) == 1 and one.keys() != other.keys():
            (first,), (second,) = one, other
            if first.prefix == second.prefix:
                sides = ((planned, one[first].raw), (done, other[second].raw))
                left, right = (Side(f"{form.part}{raw}", None, book.evidence(form.at)) for form, raw in sides)
                yield signal(rule, book, planned.name, left, right)


def _one_apart(one: DocumentNumber, other: DocumentNumber) -> bool:
    """Whether two numbers of a year differ in what stands after it, or in one character before it: another one, or one
    that only one of them has (国发, 国办发)."""
    if one.prefix == other.prefix:
        return one.year == other.year and one.serial != other.serial
    short, long = sorted((one.prefix, other.prefix), key=len)
    letters = sum(first != second for first, second in zip(short, long, strict=False))
    left_out = any(short == long[:at] + long[at + 1 :] for at in range(len(long)))
    alike = left_out or (len(short) == len(long) and letters == 1)
    return alike and (one.year, one.serial) == (other.year, other.serial)


def future(rule: Rule, book: Book) -> Iterator[Signal]:
    """Documents of a year in which the disclosure was not yet written: after the fiscal year, or a year later still
    in final accounts."""
    last = None if book.year is None else book.year + bool(book.executed)
    told: set[str] = set()
    for one in citations(book):
        number = one.mention.number
        if last is not None and number.year > last and str(number) not in told:
            told.add(str(number))
            yield signal(rule, book, "", Side(one.mention.raw, None, book.evidence(one.at)), Side(str(book.year)))


def titled_years(rule: Rule, book: Book) -> Iterator[Signal]:
    """Documents whose number and title have years that do not go together: `提前下达2025年` is issued in 2024."""
    told: set[str] = set()
    for one in citations(book):
        number = one.mention.number
        found = pattern("year_of_title").search(one.around)
        if found is None or str(number) in told:
            continue
        year = int(found["year"])
        fits = {year - 1} if found["advance"] else {year - 1, year, year + 1}
        if number.year not in fits:
            told.add(str(number))
            at = book.evidence(one.at)
            yield signal(rule, book, one.mention.raw, Side(str(number.year), None, at), Side(found[0], None, at))


def dated_years(rule: Rule, book: Book) -> Iterator[Signal]:
    """Documents whose number is of another year than the month of their issue, which is printed right before their
    title (`2024年10月某局文件《…》某财〔2023〕26号`); what is issued in January may have a number of last year."""
    told: set[str] = set()
    for text, at in cited_texts(book):
        for one in mentions(text):
            title = _title_before(text, one)
            begin = max(0, one.start - 4 * _NEAR) + title.start() if title else one.start
            found = pattern("issued_in").search(text[max(0, begin - _NEAR) : begin])
            year = int(found["year"]) if found else one.number.year
            due = {year, year - 1} if found and int(found["month"]) == 1 else {year}
            if found and one.number.year not in due and str(one.number) not in told:
                told.add(str(one.number))
                left, right = (Side(words, None, book.evidence(at)) for words in (str(one.number.year), found["day"]))
                yield signal(rule, book, one.raw, left, right)


def issuers(rule: Rule, book: Book) -> Iterator[Signal]:
    """Documents of a year before there was an issuer of that name."""
    told: set[str] = set()
    for one in citations(book):
        number = one.mention.number
        since = next((year for words, year in spelled("issuer_since").items() if re.search(words, number.prefix)), 0)
        if number.year < since and str(number) not in told:
            told.add(str(number))
            yield signal(rule, book, "", Side(one.mention.raw, None, book.evidence(one.at)), Side(str(since)))


def citations(book: Book) -> list[Citation]:
    """The documents cited in names and bases of projects, in forms and in sentences."""
    return book.once("citations", lambda: list(_citations(book)))


def _citations(book: Book) -> Iterator[Citation]:
    for text, at in cited_texts(book):
        for one in mentions(text):
            yield Citation(one, _title(text, one), _around(text, one), at)


def _same(one: Citation, other: Citation) -> bool:
    """Whether two citations may be of one document: titles alike, or none beside a number that few documents have."""
    if one.title and other.title:
        return one.title == other.title
    return one.mention.number.prefix == other.mention.number.prefix and one.mention.number.serial >= _TELLING


def _title(text: str, one: Mention) -> str:
    """The beginning of the title after a number, or in 《》 before it; empty where none is printed."""
    before = _title_before(text, one)
    words = before["title"] if before else text[one.end : one.end + _NEAR]
    title = fold(pattern("title_dress").sub("", words))[:_TITLE]
    return "" if len(title) < _TITLE or pattern("no_title").search(title) else title


def _around(text: str, one: Mention) -> str:
    """What is printed as the title of a number: in 《》 before it, else after it up to the next stop."""
    before = _title_before(text, one)
    return before["title"] if before else re.split(r"[，。；（(、]", text[one.end : one.end + _NEAR])[0]


def _title_before(text: str, one: Mention) -> re.Match[str] | None:
    """What is printed in 《》 before a number, as `title`."""
    return pattern("title_before").search(text[max(0, one.start - 4 * _NEAR) : one.start])


def cited_texts(book: Book) -> Iterator[tuple[str, str]]:
    """The texts in which documents are cited: names and bases of projects, forms, sentences; where each stands."""
    for row in book.asked("projects"):
        yield tight(row["name"]), str(row["at"])
        yield tight(row["basis"]), str(row["told"] or row["at"])
    for form in forms(book):
        yield form.name, form.at
        yield form.goal, form.at
    for sentence in (one for passage in passages(book) for one in sentences(passage)):
        yield sentence.text, sentence.at
