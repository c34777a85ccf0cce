"""What is said about performance goals and about the use of money: no goals, goals for uses, names for purposes."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, takewhile

from kg.names import fold
from queries.auditing.book import WAN, Book
from queries.auditing.compare import signal
from queries.auditing.passages import passages
from queries.auditing.patterns import pattern, tight
from queries.auditing.performance.forms import forms
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.readings import found_in_reading

_LONG = 20  # characters of a use that is no mere phrase
_UNREAD = ("unread_page", "unread_tables", "unread_table", "other_headings", "empty_form")
_CLAUSE = 12  # characters of what two targets say alike that is no mere phrase


def without(rule: Rule, book: Book) -> Iterator[Signal]:
    """Documents that say no project has goals, though there is project expenditure; budgets that say how many have and
    print the goal of none.

    关于全面实施预算绩效管理的意见（中发〔2018〕34号）: goals are published with the budget.
    """
    rows = [
        row for row in book.asked("totals") if row["item"] == "合计" and row["column"] == "项目支出" and row["amount"]
    ]
    held = [] if not rows or forms(book) or book.asked("project_heads") else passages(book)
    for name in ("no_goals",) if _may_have_goals(book) else ("no_goals", "goals_set"):
        for passage in held:
            for found in pattern(name).finditer(passage.text):
                left = Side(found[0], None, book.evidence(passage.place_of(found)))
                right = Side("项目支出", Decimal(str(rows[0]["amount"])) / WAN, book.evidence(rows[0]["evidence"]))
                yield signal(rule, book, "", left, right)


def _may_have_goals(book: Book) -> bool:
    """Whether a disclosure need print no goals (final accounts), or may have them where none is read: in sentences, in
    a form referred to, on pages or in tables that were not read, elsewhere."""
    told = any(pattern("goals_elsewhere").search(one.text) for one in passages(book))
    return book.executed or told or any(found_in_reading(book, *_UNREAD))


def copied_use(rule: Rule, book: Book) -> Iterator[Signal]:
    """Uses of a project's money that are the goal of its form word by word and name no amount."""
    goals = {fold(form.goal): form for form in forms(book) if len(form.goal) >= _LONG}
    told: set[str] = set()
    for row in book.asked("projects"):
        use = fold(tight(row["use"]))
        form = next((one for goal, one in goals.items() if use and (use in goal or goal in use)), None)
        if form and len(use) >= _LONG and not re.search(r"\d万?元", use) and str(row["name"]) not in told:
            told.add(str(row["name"]))
            at = book.evidence(row["told"])
            yield signal(
                rule,
                book,
                str(row["name"]),
                Side(tight(row["use"])[:40], None, at),
                Side(form.name, None, book.evidence(form.at)),
            )


def twice(rule: Rule, book: Book) -> Iterator[Signal]:
    """Numbered targets of one goal (`目标1：…；目标2：…`) that end in the same clauses."""
    for form in forms(book):
        for one, other in combinations(pattern("numbered_target").finditer(form.goal), 2):
            shared = _same_end(one["words"], other["words"])
            if len(shared) >= _CLAUSE:
                left = Side(shared, None, book.evidence(form.at))
                yield signal(rule, book, form.name, left, Side(f"{one['name']}、{other['name']}"))


def _same_end(one: str, other: str) -> str:
    """The clauses in which two sentences end alike, or one of them as a whole."""
    clauses = [re.split("[，,、]", text) for text in (one, other)]
    pairs = zip(*(reversed(some) for some in clauses), strict=False)
    same = [first for first, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)]
    return "，".join(reversed(same))


def named_purpose(rule: Rule, book: Book) -> Iterator[Signal]:
    """Carry-overs whose purpose is their own name."""
    told: set[str] = set()
    for row in book.asked("projects"):
        purpose, name = fold(tight(row["purpose"])), fold(str(row["name"]))
        rest = pattern("purpose_dress").sub("", purpose.replace(name, ""))
        if row["carried"] and purpose and name in purpose and not rest and name not in told:
            told.add(name)
            at = book.evidence(row["told"] or row["at"])
            yield signal(rule, book, str(row["name"]), Side(tight(row["purpose"]), None, at), Side("项目名称"))


def carried_names(rule: Rule, book: Book) -> Iterator[Signal]:
    """Reasons for a carry-over, or for project expenditure, that list most of what was carried over and leave out an
    item as large as any of them."""
    rows = {str(row["name"]): row for row in book.asked("projects") if row["carried"] and row["amount"]}
    for change in book.asked("changes"):
        said = fold(tight(change["reason"]))
        if not pattern("carried_item").search(str(change["item"])) or not said:
            continue
        named = [row for name, row in rows.items() if fold(name) in said]
        missing = [row for name, row in rows.items() if fold(name) not in said]
        least = min((Decimal(str(row["amount"])) for row in named), default=Decimal(0))
        if len(named) > 1 and 0 < len(missing) < len(named):
            for row in missing:
                if Decimal(str(row["amount"])) >= least:
                    left = Side(f"{len(named)}项", None, book.evidence(change["evidence"]))
                    right = Side(str(row["name"]), Decimal(str(row["amount"])) / WAN, book.evidence(row["at"]))
                    yield signal(rule, book, str(change["item"]), left, right)
