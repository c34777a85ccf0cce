"""What sentences say of their own figures: reasons that only repeat the change, words of a comparison, counts of what
cost nothing, amounts said to be those of a table."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches

from kg.names import fold
from kg.places import Evidence
from queries.auditing.book import WAN, Book
from queries.auditing.compare import compared, signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import half_unit, number, pattern, priced, spelled, tight, with_amount, yuan
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.subjects import headed, plain

_NEAR = 0.7  # two names of one category: 文化体育与传媒, 文化旅游体育与传媒
_HALF = Decimal(50)  # half of 0.01万元, in yuan


def repeating(rule: Rule, book: Book) -> Iterator[Signal]:
    """Reasons that say no more than that the thing itself rose or fell (`群众体育经费增加`), all in one signal."""
    told = [(words, at) for names, words, at in _reasons(book) if _repeats(words, names)]
    if told:
        at = book.evidence(" ".join(place for _, place in told))
        words = sorted({words for words, _ in told})
        yield signal(rule, book, str(len(words)), Side(next(word for word, _ in told), None, at), Side(""))


def _reasons(book: Book) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """The reasons for changes, with the names of the thing that they explain and their places."""
    for passage, head, text, start in headed(book):
        names = (head["third"], head["second"] + head["third"])
        for found in pattern("reason").finditer(text, head.end()):
            yield names, found["reason"], passage.places(start + found.start(), start + found.end())
    for row in book.asked("changes"):
        if row["delta"] and row["reason"]:
            yield (str(row["item"]),), tight(row["reason"]), str(row["evidence"])


def _repeats(words: str, names: tuple[str, ...]) -> bool:
    found = pattern("repeated_change").fullmatch(words)
    return found is not None and _thing(found["thing"]) in {_thing(name) for name in names}


def _thing(name: str) -> str:
    return re.sub("(?:经费|费用|支出|预算|资金)+$", "", plain(fold(name)))


def compared_words(rule: Rule, book: Book) -> Iterator[Signal]:
    """`比上年执行数增加` (减少、持平) against the two amounts that the item of a subject states."""
    for passage, head, text, start in headed(book):
        found = pattern("against_executed_word").search(text, head.end())
        first = with_amount("AMOUNT").match(text, head.end())
        if found and first:
            before, now = number(found["before"]), yuan(first) / WAN
            way = (now > before) - (now < before)
            if abs(now - before) > (half_unit(first) + _HALF) / WAN and way != spelled("compared_words")[found["way"]]:
                at = book.evidence(passage.places(start, start + found.end()))
                left = Side(f"执行数{found['way']}", None, at)
                right = Side(f"{before:,.2f}→{now:,.2f}", None, at)
                yield signal(rule, book, head["third"], left, right)


def counted_nil(rule: Rule, book: Book) -> Iterator[Signal]:
    """Groups, cars or guests counted where the same section says that nothing was spent on them."""
    for passage in passages(book) if book.executed else ():
        for item, form in spelled("counted_nil").items():
            nil, counted = (re.search(form[words], passage.text) for words in ("nil", "counted"))
            if nil and counted:
                left, right = (Side(found[0], None, _at(book, passage, found)) for found in (counted, nil))
                yield signal(rule, book, item, left, right)


def retained(rule: Rule, book: Book) -> Iterator[Signal]:
    """More official cars kept than there are vehicles among the state assets."""
    found = [
        [
            (int(one["count"]), _at(book, passage, one))
            for passage in passages(book)
            for one in form.finditer(passage.text)
        ]
        for form in (pattern("cars_kept"), pattern("cars_owned"))
    ]
    if all(found):
        (kept, where), (owned, there) = max(found[0], key=_count), max(found[1], key=_count)
        if kept > owned:
            left, right = Side("保有量", Decimal(kept), where), Side("车辆", Decimal(owned), there)
            yield signal(rule, book, "", left, right, Decimal(kept - owned))


def agreed(rule: Rule, book: Book) -> Iterator[Signal]:
    """Amounts that their section says are those of an item of the table of basic expenditure, and are not: a matter of
    definition where the section says that other expenditure is counted, too."""
    rows = {plain(fold(str(row["item"]))): row for row in book.asked("basic_items")}
    for passage in passages(book):
        said = pattern("said_to_agree").search(passage.text)
        row = rows.get(plain(fold(said["item"]))) if said else None
        stated = priced("agreeing_amount").search(passage.text, said.end()) if said else None
        if said and row is not None and stated:
            left = Side(stated["what"], yuan(stated) / WAN, _at(book, passage, stated))
            right = Side(said["item"], Decimal(str(row["amount"])) / WAN, book.evidence(row["evidence"]))
            tolerance = (half_unit(stated) + book.half(row["evidence"])) / WAN
            counted = pattern("counted_otherwise").search(passage.text, stated.end())
            for one in compared(rule, book, said["item"], left, right, tolerance):
                yield replace(one, severity="warning", kind="definition") if counted else one


def kinds_of_subjects(rule: Rule, book: Book) -> Iterator[Signal]:
    """Money of a kind that the classification does not put under a subject: projects under 行政运行."""
    for row in book.asked("subject_kinds"):
        form = spelled("kind_of_subject").get(str(row["item"]))
        if form and row[form["other"]]:
            amount = Decimal(str(row[form["other"]])) / WAN
            left = Side(form["other_name"], amount, book.evidence(row["evidence"]))
            yield signal(rule, book, str(row["item"]), left, Side(form["name"]))


def categories(rule: Rule, book: Book) -> Iterator[Signal]:
    """Categories of a sentence with the amount of one of the tables, under a name much like its own and not it."""
    rows = {plain(fold(str(row["item"]))): row for row in book.asked("totals") if len(str(row["code"] or "")) == 3}
    for passage in passages(book):
        for found in priced("share").finditer(passage.text):
            name = plain(pattern("category_dress").sub("", fold(found["what"])))
            near = get_close_matches(name, list(rows), 1, _NEAR) if name and name not in rows else []
            row = rows[near[0]] if near else None
            if row is not None and abs(Decimal(str(row["amount"])) - yuan(found)) <= _HALF:
                left, right = Side(name, None, _at(book, passage, found)), book.evidence(row["evidence"])
                yield signal(rule, book, "", left, Side(str(row["item"]), None, right))


def phases(rule: Rule, book: Book) -> Iterator[Signal]:
    """Headings of a budget that speak of final accounts, and the other way about."""
    form = pattern("heading_of_budget" if book.executed else "heading_of_accounts")
    for passage in passages(book):
        found = form.search(passage.section)
        if found and passage.at:
            said = Side(found[0], None, book.evidence(passage.at[0]))
            yield signal(rule, book, passage.section, said, Side("决算" if book.executed else "预算"))


def _at(book: Book, passage: Passage, found: re.Match[str]) -> tuple[Evidence, ...]:
    return book.evidence(passage.place_of(found))


def _count(one: tuple[int, object]) -> int:
    return one[0]
