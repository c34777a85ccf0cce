"""What indicators put for a value: the name again, a unit that measures nothing, results before the project began."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.names import fold
from queries.auditing.book import HALF, Book
from queries.auditing.compare import signal
from queries.auditing.patterns import pattern, tight
from queries.auditing.performance.forms import Form, forms
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.reading import Row


def named_again(rule: Rule, book: Book) -> Iterator[Signal]:
    """Targets without a value: `满意度` for `居民满意度`, `完善率` for `完善基础设施`, or the whole name once more.

    A quality (`显著`, `有效保障`) is a value, and so are all, none and nothing. Targets of quantities are those of
    `S33_quantity`.
    """
    for form in forms(book):
        for row in form.indicators:
            title, target = tight(row["title"]), tight(row["printed"])
            if row.get("kind") != "数量指标" and _says_nothing(fold(title), fold(target)):
                left, right = (
                    Side(target, None, book.evidence(row["at"])),
                    Side(form.name, None, book.evidence(form.at)),
                )
                yield signal(rule, book, title, left, right)


def _says_nothing(title: str, target: str) -> bool:
    if not target or pattern("measured").search(target):
        return False
    measure = pattern("measure").fullmatch(target)
    return title == target or (measure is not None and measure["what"] in title)


def satisfaction_units(rule: Rule, book: Book) -> Iterator[Signal]:
    """Indicators of satisfaction in a unit that is none of shares, points and grades: `90.00(度)`."""
    for form in forms(book):
        for row in form.indicators:
            title, value = tight(row["title"]), pattern("any_quantity").match(tight(row["printed"]))
            asked = pattern("asks_satisfaction").search(title)
            if asked and value and value["unit"] and not pattern("satisfaction_unit").fullmatch(value["unit"]):
                left = Side(tight(row["printed"]), None, book.evidence(row["at"]))
                yield signal(rule, book, title, left, Side(form.name, None, book.evidence(form.at)))


def before_begun(rule: Rule, book: Book) -> Iterator[Signal]:
    """Last year's results on the form of a project that the text calls not begun last year.

    The sentence is one of all that is new, and its amount that of one form alone.
    """
    for change in book.asked("changes"):
        said = pattern("not_begun").search(tight(change["reason"]))
        amount = None if change["amount"] is None else Decimal(str(change["amount"]))
        new = amount and change["delta"] is not None and abs(Decimal(str(change["delta"])) - amount) <= 2 * HALF
        if not said or not amount or not new:
            continue
        mine = [form for form in forms(book) if form.total and abs(form.total - amount) <= 2 * HALF]
        results = _results(mine[0]) if len(mine) == 1 else []
        if results:
            words = "、".join(f"{tight(row['title'])}{tight(row['prior'])}" for row in results)
            left = Side(words, None, book.evidence(" ".join(str(row["at"]) for row in results)))
            yield signal(rule, book, mine[0].name, left, Side(said[0], None, book.evidence(change["evidence"])))


def _results(form: Form) -> list[Row]:
    """The indicators with a result of last year that is no nought."""
    return [row for row in form.indicators if re.search("[1-9]", tight(row.get("prior")))]
