"""Funds that sentences name (一般公共预算, 政府性基金, 单位资金 …) against those that have money in the tables."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import number, pattern, spelled, with_amount
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.reading import Row

_OVERVIEW = "revenue_expenditure_overview"
_ROUNDING = Decimal(5_000)  # half of 1万元, in yuan: what rounding of some lines may come to

Told = tuple[re.Match[str], Sequence[Row]]


def named(rule: Rule, book: Book) -> Iterator[Signal]:
    """Funds said to have an amount, to be spent or to be all revenue that have no money in the overview of revenue and
    expenditure, and those said not to be there that have some. An overview whose lines do not come to its total, or
    that lacks it, says nothing."""
    lines = _lines(book)
    for passage in passages(book) if lines else ():
        if not pattern("no_fund_sections").search(passage.section):
            told = [*_without_money(passage, lines, book.year), *_all_revenue(passage, lines), *_denied(passage, lines)]
            for found, rows in told:
                left = Side(found[0], None, book.evidence(passage.place_of(found)))
                names = "、".join(dict.fromkeys(str(row["item"]) for row in rows))
                places = book.evidence(" ".join(str(row["evidence"]) for row in rows))
                yield signal(rule, book, "", left, Side(names, None, places))


def phrases(rule: Rule, book: Book) -> Iterator[Signal]:
    """Set phrases that name another fund than the same phrase elsewhere (`单位资金“三公”经费`), and sentences that name
    one fund twice with two amounts or explain what is no money of the treasury by such money."""
    held = passages(book)
    for phrase in spelled("fund_phrase"):
        right = next(_found(phrase["right"], held), None)
        others = [passage for passage in held if not _form(phrase.get("own_section", "(?!)")).search(passage.section)]
        for found, at in _found(phrase["wrong"], others) if right else ():
            left = Side(found[0], None, book.evidence(at))
            yield signal(rule, book, "", left, Side(phrase["meant"], None, book.evidence(right[1] if right else "")))
    for name in ("fund_twice", "fiscal_reason"):
        for found, at in _found(spelled(name), held):
            yield signal(rule, book, "", Side(found[0], None, book.evidence(at)), Side(spelled("fund_meant")[name]))


def _found(words: str, held: Sequence[Passage]) -> Iterator[tuple[re.Match[str], str]]:
    """What a pattern finds in headings and in the text under them, with the addresses of its place."""
    form = _form(words)
    for passage in held:
        if not pattern("no_fund_sections").search(passage.section):
            yield from ((found, passage.at[0]) for found in form.finditer(passage.section) if passage.at)
            yield from ((found, passage.place_of(found)) for found in form.finditer(passage.text))


def _form(words: str) -> re.Pattern[str]:
    """A pattern with the names of funds where it says FUND, of those other than the general budget where OTHER."""
    names = "|".join(spelled("fund_lines"))
    return with_amount(words.replace("FUND", f"(?P<fund>{names})").replace("OTHER", spelled("other_funds")))


def _lines(book: Book) -> list[Row]:
    """The lines of revenue under which there are no others, where they come to the printed total; else none."""
    rows = [row for row in book.asked("totals") if row["view"] == _OVERVIEW and row["income"]]
    paths = [str(row["path"]) for row in rows if not _is_total(row)]
    kept = [
        row for row in rows
        if not _is_total(row) and not any(path.startswith(f"{row['path']}/") for path in paths) and row["amount"]
    ]  # fmt: skip
    totals = [Decimal(str(row["amount"])) for row in rows if row["item"] == "合计"]
    due = sum((Decimal(str(row["amount"])) for row in kept), Decimal(0))
    return kept if len(totals) == 1 and abs(totals[0] - due) < _ROUNDING else []


def _is_total(row: Row) -> bool:
    return pattern("subtotal_of_revenue").search(str(row["item"])) is not None


def _of(fund: str, lines: Sequence[Row], *, current: bool = False) -> list[Row]:
    """The lines of a fund; `current` leaves out what was carried over."""
    held = [row for row in lines if not (current and pattern("carried_row").search(str(row["path"])))]
    return [row for row in held if re.search(spelled("fund_lines")[fund], str(row["path"]))]


def _without_money(passage: Passage, lines: Sequence[Row], year: int | None) -> Iterator[Told]:
    """Funds with an amount, or with what it is spent on, of which there is none."""
    for name in ("fund_with_amount", "fund_spent"):
        for found in _form(spelled(name)).finditer(passage.text):
            before = re.split("[。；]", passage.text[: found.start()])[-1]
            years = {int(one) for one in re.findall(r"20\d\d(?=年)", before)}
            nothing = "number" in found.groupdict() and not number(found["number"])
            other = nothing or years - {year} or pattern("other_year_of_fund").search(before)
            if not other and not _of(found["fund"], lines):
                yield found, lines


def _all_revenue(passage: Passage, lines: Sequence[Row]) -> Iterator[Told]:
    """`收入全部为…` of treasury money: one fund of the treasury, and the only one."""
    for found in _form(spelled("all_of_fund")).finditer(passage.text):
        treasury = spelled("treasury_funds")
        others = [row for one in treasury if one != found["fund"] for row in _of(one, lines, current=True)]
        if others or found["fund"] not in treasury:
            yield found, others or lines


def _denied(passage: Passage, lines: Sequence[Row]) -> Iterator[Told]:
    """Funds said not to be there that have money of this year; tables said to be empty have their own rule."""
    for found in _form(spelled("fund_denied")).finditer(passage.text):
        held = _of(found["fund"], lines, current=True)
        if held and found["fund"] in spelled("funds_not_denied_elsewhere"):
            yield found, held
