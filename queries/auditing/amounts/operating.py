"""What it costs to run offices (机关运行经费) against the running costs in the table of basic expenditure; what its
change leaves of that of basic expenditure for personnel."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kg.names import fold
from queries.auditing.book import HALF, WAN, Book
from queries.auditing.compare import compared, signal
from queries.auditing.passages import passages
from queries.auditing.patterns import pattern, spelled, tight
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.subjects import plain


def costs(rule: Rule, book: Book) -> Iterator[Signal]:
    """Operating costs of offices that are more than all running costs (公用经费); of one office alone, any others.

    They are the running costs of administrative bodies and of those run like them (财预〔2016〕143号), so where there
    are institutions, or may be, they are less by right. Of a text that counts other money, too, nothing is said.
    """
    office, running = spelled("operating"), spelled("running_costs")
    rows = [row for row in book.asked("basic_totals") if row["name"] == running]
    told = [row for row in book.asked("changes") if row["amount"] and plain(fold(str(row["item"]))) == office]
    for row in told if rows and not _counted_otherwise(book, office) else ():
        stated = Decimal(str(row["amount"])) / WAN
        near = min(rows, key=lambda one: abs(Decimal(str(one["amount"])) / WAN - stated))
        left = Side(office, stated, book.evidence(row["evidence"]))
        right = Side(running, Decimal(str(near["amount"])) / WAN, book.evidence(near["evidence"]))
        within = (book.half(row["evidence"]) + book.half(near["evidence"])) / WAN
        more = stated > (right.value or 0)
        for one in compared(rule, book, "", left, right, within) if more or _one_office(book) else ():
            yield one if more else replace(one, severity="warning")


def personnel(rule: Rule, book: Book) -> Iterator[Signal]:
    """Reasons for the change of basic expenditure that say personnel costs rose (or fell), which moved the other way.

    Their change is that of basic expenditure of the general budget less that of operating costs of offices, where
    these are all running costs this year: in one office that counts them as before.
    """
    running = {row["amount"] for row in book.asked("basic_totals") if row["name"] == spelled("running_costs")}
    basic = {row["amount"] for row in book.asked("totals") if row["view"] == "general_budget_basic"}
    rows = [row for row in book.asked("changes") if row["amount"] and row["delta"]]
    office = [row for row in rows if plain(fold(str(row["item"]))) == spelled("operating") and row["amount"] in running]
    if len(office) != 1 or not _one_office(book) or _counted_otherwise(book, spelled("operating")):
        return
    told: set[object] = set()
    for row in (one for one in rows if one["item"] == "基本支出" and one["amount"] in basic):
        way, words = _personnel_moved(tight(row["reason"]))
        due = Decimal(str(row["delta"])) - Decimal(str(office[0]["delta"]))
        if way * due < 0 and abs(due) > 4 * HALF and row["delta"] not in told:
            told.add(row["delta"])
            right = Side("人员经费", due / WAN, book.evidence(f"{row['evidence']} {office[0]['evidence']}"))
            yield signal(rule, book, "基本支出", Side(words, None, book.evidence(row["evidence"])), right)


def _personnel_moved(reason: str) -> tuple[int, str]:
    """The way that a reason says personnel costs went (1 up, -1 down), with its words; 0 where it goes both ways, or
    speaks of a move of money or of bodies."""
    found = pattern("personnel_moved").search(reason)
    ways = [bool(pattern(name).search(reason)) for name in ("up_words", "down_words")]
    if found is None or all(ways) or pattern("moved").search(reason):
        return 0, ""
    return 1 if ways[0] else -1, found[0]


def _one_office(book: Book) -> bool:
    """Whether the text says that no body is below this one, which is no institution by its name."""
    alone = any(pattern("subordinates_none").search(one.text) for one in passages(book))
    return alone and not pattern("institution").search(book.body)


def _counted_otherwise(book: Book, office: str) -> bool:
    mine = [one.text for one in passages(book) if office in one.section + one.text]
    return any(pattern("counted_otherwise").search(text) for text in mine)
