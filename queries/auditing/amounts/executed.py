"""What final accounts must say of overseas travel, vehicles and receptions, and of what was not spent as budgeted."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kg.names import fold
from queries.auditing.book import WAN, Book
from queries.auditing.compare import compared, signal
from queries.auditing.passages import Sentence
from queries.auditing.patterns import number, numeral, pattern, spelled
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.subjects import headed, plain
from queries.auditing.three_public import gives_reason, on_three_public
from queries.reading import Row

_NAMED = 3  # subjects that a signal names, of those without a reason


@dataclass(frozen=True, slots=True)
class _Count:
    """A number that must be told of what was spent: of what item, what it is called, the sentences that speak of it."""

    item: str
    name: str
    row: Row
    told: tuple[tuple[int, Sentence], ...]


def uncounted(rule: Rule, book: Book) -> Iterator[Signal]:
    """Spending on travel, vehicles or receptions without how many groups, people, cars, visits or guests."""
    for count in _counts(book):
        if not count.told:
            yield signal(rule, book, count.item, _spent(book, count), Side(count.name))


def counted_as_none(rule: Rule, book: Book) -> Iterator[Signal]:
    """Spending on travel, vehicles or receptions whose groups, people, cars, visits or guests are told to be none."""
    for count in _counts(book):
        if count.told and all(not told for told, _ in count.told):
            sentence = count.told[0][1]
            right = Side(f"{count.name}为0", None, book.evidence(sentence.at))
            yield signal(rule, book, count.item, _spent(book, count), right)


def uncounted_nil(rule: Rule, book: Book) -> Iterator[Signal]:
    """Travel, cars or receptions told to have cost nothing, without the numbers that would be none; all in one signal.

    地方预决算公开操作规程（财预〔2016〕143号）: final accounts disclose the numbers of groups and people, of cars
    bought and kept, of domestic receptions and guests. Where the text says that there were none, or no spending of the
    kind at all, they are told.
    """
    told = [] if _tabled(book) or not book.executed else list(on_three_public(book))
    if any(pattern("no_three_public").search(sentence.text) for sentence in told):
        return
    nil = [(item, sentence, names) for item, sentence, names in _told_nil(book, told) if names]
    if nil:
        at = tuple(dict.fromkeys(place for _, sentence, _ in nil for place in book.evidence(sentence.at)))
        left = Side("、".join(item for item, _, _ in nil), None, at)
        yield signal(rule, book, "", left, Side("、".join(name for _, _, names in nil for name in names)))


def _told_nil(book: Book, told: list[Sentence]) -> Iterator[tuple[str, Sentence, list[str]]]:
    """The items that cost nothing by table and text, the sentence that says so, the numbers that none tells."""
    spent = {str(row["item"]) for row in book.asked("three_public") if row["amount"] and "决算" in str(row["column"])}
    for item, form in spelled("counted_nil").items():
        nil = next((one for one in told if re.search(form["nil"], one.text)), None)
        if nil is None or item in spent or any(re.search(form["none"], one.text) for one in told):
            continue
        counts = [count for count in spelled("executed_count") if re.search(count["item"], item)]
        yield item, nil, [count["name"] for count in counts if not any(_told(count, told))]


def fewer_people(rule: Rule, book: Book) -> Iterator[Signal]:
    """Fewer people than groups or visits: `50个批次、5人次`."""
    for sentence in on_three_public(book):
        for found in pattern("groups_and_people").finditer(sentence.text):
            groups, people = int(found["groups"]), int(found["people"])
            if people < groups:
                at = book.evidence(sentence.at)
                yield signal(rule, book, found[0], Side(str(groups), None, at), Side(str(people), None, at))


def _counts(book: Book) -> Iterator[_Count]:
    """What must be counted in final accounts, for the items that the table says were spent on."""
    told = list(on_three_public(book)) if book.executed and not _tabled(book) else []
    rows = [row for row in book.asked("three_public") if row["amount"] and "决算" in str(row["column"])]
    for form in spelled("executed_count") if told else ():
        row = next((row for row in rows if re.search(form["item"], str(row["item"]))), None)
        if row is not None:
            yield _Count(str(row["item"]), form["name"], row, tuple(_told(form, told)))


def _tabled(book: Book) -> bool:
    """Whether a table tells the numbers."""
    return any(place.table and pattern("counted_in_table").search(place.words) for place in book.places.values())


def _told(form: Mapping[str, Any], told: list[Sentence]) -> Iterator[tuple[int, Sentence]]:
    """The numbers that sentences tell, of those that speak of the thing; that no foreign guests came tells nothing of
    others."""
    for sentence in told:
        text = pattern("no_foreign_guests").sub("", sentence.text)
        if re.search(form["about"], text):
            for found in re.finditer(form["count"], text):
                yield numeral(found["count"] or found["count_"]) or 0, sentence


def _spent(book: Book, count: _Count) -> Side:
    return Side(count.item, Decimal(str(count.row["amount"])) / WAN, book.evidence(count.row["evidence"]))


def without_reason(rule: Rule, book: Book) -> Iterator[Signal]:
    """Subjects of final accounts that were not spent as budgeted at first, and no word why; all in one signal."""
    held: list[tuple[str, str]] = []
    for passage, head, text, start in headed(book) if book.executed else ():
        found = _spent_otherwise(text)
        if found and not pattern("reason_told").search(text, found.end()):
            held.append((head["third"], passage.places(start + found.start(), start + found.end())))
    if held:
        names = "、".join(name for name, _ in held[:_NAMED]) + ("等" if len(held) > _NAMED else "")
        at = book.evidence(" ".join(place for _, place in held))
        yield signal(rule, book, str(len(held)), Side(names, None, at), Side("没有写原因"))


def parts_without_reason(rule: Rule, book: Book) -> Iterator[Signal]:
    """Changes of travel, vehicles or receptions in final accounts, and no sentence of the section says why."""
    told = list(on_three_public(book)) if book.executed else []
    for item, words in spelled("reasons_of_parts").items():
        mine = [one for one in told if re.search(words, one.text)]
        changed = next((one for one in mine if _changed(words, one.text)), None)
        if changed is not None and not any(gives_reason(words, one.text) for one in mine) and not _then(changed):
            left = Side(_changed(words, changed.text), None, book.evidence(changed.at))
            yield signal(rule, book, item, left, Side("没有写原因"))
    yield from _budget_not_kept(rule, book, told)


def _then(told: Sentence) -> bool:
    """Whether the sentence that follows begins with a reason: it is that of the change just told."""
    behind = told.passage.text[told.start + len(told.text) :]
    return pattern("begins_with_reason").match(behind) is not None


def _budget_not_kept(rule: Rule, book: Book, told: list[Sentence]) -> Iterator[Signal]:
    """Travel, vehicles and receptions in all that did not cost what was budgeted, and no sentence says why."""
    for one in told:
        found = _spent_otherwise(one.text) if "三公" in one.text else None
        if found and not any(pattern("reason_of_execution").search(other.text) for other in told):
            yield signal(rule, book, "“三公”经费", Side(found[0], None, book.evidence(one.at)), Side("没有写原因"))
            return


def _spent_otherwise(text: str) -> re.Match[str] | None:
    """The words of a sentence that state an initial budget and what was spent, where the two differ."""
    found = pattern("initial_and_executed").search(text)
    return found if found and number(found["before"]) != number(found["now"]) else None


def _changed(words: str, text: str) -> str:
    """The words by which a sentence says that an item rose or fell; empty where it did not."""
    found = re.search(rf"(?:{words})[^。；]{{0,24}}?(?:增加|减少)(?P<amount>\d[\d,]*(?:\.\d+)?)万?元", text)
    return found[0] if found and number(found["amount"]) else ""


def budgeted_otherwise(rule: Rule, book: Book) -> Iterator[Signal]:
    """Initial budgets that final accounts state for subjects, other than the budget disclosed for that year."""
    rows: dict[str, list[Row]] = {}
    for row in book.asked_everywhere("budget_of_year") if book.executed else ():
        rows.setdefault(plain(fold(str(row["item"]))), []).append(row)
    for passage, head, text, start in headed(book) if rows else ():
        found = pattern("initial_and_executed").search(text)
        mine = rows.get(plain(fold(head["third"])), []) if found else []
        if found and mine:
            stated = number(found["before"])
            near = min(mine, key=lambda row: abs(Decimal(str(row["amount"])) / WAN - stated))
            at = passage.places(start + found.start(), start + found.end())
            left = Side("年初预算", stated, book.evidence(at))
            right = Side("预算公开", Decimal(str(near["amount"])) / WAN, book.evidence(near["evidence"]))
            yield from compared(rule, book, head["third"], left, right, Decimal("0.01"))
