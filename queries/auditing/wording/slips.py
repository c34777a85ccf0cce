"""Slips of wording: words replaced throughout, words doubled, instructions and levels of government of the template."""

import re
from collections.abc import Iterator
from functools import cache

from kg.places import position
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import full_width, pattern, spelled, tight
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.readings import found_in_reading
from queries.auditing.wording.citations import cited_texts


def replaced(rule: Rule, book: Book) -> Iterator[Signal]:
    """Set terms in which 部门 and 单位 were exchanged throughout, in the text, in titles and in cells of tables:
    `单位（单位）`, `部门价值50万元`; each once."""
    printed = list(_in_tables(book))
    for words, right in spelled("replaced").items():
        form = re.compile(words)
        told = [(found[0], place) for place, found in _found(form, passages(book))]
        told += [(found[0], place) for texts, place in printed if (found := _first(form, texts))]
        if told:
            at = book.evidence(" ".join(place for _, place in told))
            yield signal(rule, book, "", Side(told[0][0], None, at), Side(right))


def _in_tables(book: Book) -> Iterator[tuple[tuple[str, str], str]]:
    """The titles of tables, each once, and the cells below, in printed order, with their places."""
    titles: set[str] = set()
    for place in sorted(book.places.values(), key=position):
        if place.table and place.sha256 in book.sha256.split():
            title = "" if place.table in titles else place.table
            titles.add(place.table)
            yield (full_width(tight(title)), full_width(tight(place.words))), place.iri


def _first(form: re.Pattern[str], texts: tuple[str, ...]) -> re.Match[str] | None:
    return next((found for text in texts if (found := form.search(text))), None)


def doubled(rule: Rule, book: Book) -> Iterator[Signal]:
    """Words printed twice in a row (`资金管理管理办法`) or before one verb (`向单位向职工发放`), each once; the last
    of a heading may be the first under it."""
    told: set[str] = set()
    forms = [pattern(name) for name in ("doubled", "doubled_before_verb")]
    for passage in passages(book):
        for found in (match for form in forms for match in form.finditer(passage.text)):
            by_right = pattern("may_double").search(found[0])
            if found[0] in told or by_right or pattern("heading_before").search(passage.text[: found.end("word")]):
                continue
            told.add(found[0])
            left = Side(found[0], None, book.evidence(passage.place_of(found)))
            yield signal(rule, book, "", left, Side(found["word"]))


def two_sides(rule: Rule, book: Book) -> Iterator[Signal]:
    """Amounts that are called revenue and expenditure in one (`支出收入105.00万元`)."""
    for place, found in _found(pattern("two_sides"), passages(book)):
        yield signal(rule, book, "", Side(found[0], None, book.evidence(place)), Side(""))


def set_terms(rule: Rule, book: Book) -> Iterator[Signal]:
    """Set terms with one character other than theirs inside (`新兴工业化` for 新型工业化) or another known slip
    (`公务车用车运行费`), each once."""
    told: set[str] = set()
    for text, at in cited_texts(book):
        for term, form in _terms().items():
            for found in form.finditer(text):
                if found[0] not in told and found[0] not in spelled("other_terms"):
                    told.add(found[0])
                    right = next((place for words, place in cited_texts(book) if term in words), "")
                    yield signal(
                        rule, book, "", Side(found[0], None, book.evidence(at)), Side(term, None, book.evidence(right))
                    )


@cache
def _terms() -> dict[str, re.Pattern[str]]:
    """The set terms, each with its known slips and what it is when one of its inner characters is another one."""
    slips = {term: [form] for term, form in spelled("slips_of_terms").items()}
    for term in spelled("set_terms"):
        others = [f"{term[:at]}(?!{term[at]})[\u4e00-\u9fff]{term[at + 1 :]}" for at in _inner(term)]
        slips.setdefault(term, []).extend(others)
    return {term: re.compile("|".join(forms)) for term, forms in slips.items()}


def _inner(term: str) -> range:
    return range(1, len(term) - 1)


def instructions(rule: Rule, book: Book) -> Iterator[Signal]:
    """Instructions of the template to those who fill it in, left in the text or a heading, each once, and codes of
    fields."""
    left: dict[str, list[str]] = {}
    for place, found in _found(pattern("instruction"), passages(book)):
        left.setdefault(found[0], []).append(place)
    headed = {one.section: one.at[0] for one in reversed(passages(book)) if one.at}
    for heading, at in sorted(headed.items()):
        found_in_heading = pattern("instruction").search(full_width(heading))
        if found_in_heading:
            left.setdefault(found_in_heading[0], []).append(at)
    for words, places in left.items():
        yield signal(rule, book, "", Side(words, None, book.evidence(" ".join(places))), Side(""))
    for told, at_code in found_in_reading(book, "field_code"):
        yield signal(rule, book, "", Side(told["words"], None, at_code), Side(""))


def government(rule: Rule, book: Book) -> Iterator[Signal]:
    """Definitions that speak of another level of government than the body's own, as copied from its template."""
    own = next((word for word, names in spelled("own_government").items() if re.search(names, book.body)), None)
    at: dict[str, list[str]] = {}
    for place, found in _found(pattern("government_word"), passages(book)):
        if own is not None and found["level"] != own:
            at.setdefault(found[0], []).append(place)
    if at:
        places = book.evidence(" ".join(place for some in at.values() for place in some))
        yield signal(rule, book, "", Side("、".join(at), None, places), Side(str(own)))


def wrong_side(rule: Rule, book: Book) -> Iterator[Signal]:
    """Money to be carried into next year, or an expenditure, that is explained by there being no such revenue."""
    for place, found in _found(pattern("wrong_side"), passages(book)):
        yield signal(rule, book, found["what"], Side(found["said"], None, book.evidence(place)), Side(""))


def _found(form: re.Pattern[str], held: list[Passage]) -> Iterator[tuple[str, re.Match[str]]]:
    for passage in held:
        for found in form.finditer(passage.text):
            yield passage.place_of(found), found
