"""Amounts that sentences state for a thing, whatever their form, against every table that holds that thing."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from kg.names import fold
from queries.auditing.book import HALF, WAN, Book
from queries.auditing.compare import apart, compared, signal
from queries.auditing.patterns import half_unit, pattern, spelled, with_amount, yuan
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.subjects import headed, plain
from queries.reading import Row

_LARGE = 1_000 * WAN  # of such amounts sentences leave out the decimals
_LEVELS = (7, 5, 3)  # digits of 项, 款, 类: the longest that fits is meant


class Stated(NamedTuple):
    """What a sentence states for a thing: its amount and half a printed unit in yuan, the place, the section."""

    name: str
    amount: Decimal
    half: Decimal
    at: str
    section: str


def items(rule: Rule, book: Book) -> Iterator[Signal]:
    """Amounts of sentences on one thing that no table has for it.

    A thing is a subject, a kind of expenditure or a total; one that several tables hold may have the amount of any, but
    for the subjects of a section on one fund, which have that of its own table. What the tables do not know says
    nothing. Of a sentence that is told by its item its path tells no more.
    """
    told: set[tuple[str, Decimal]] = set()
    for stated in [*_compared_items(book), *_subjects(book)]:
        rows, middle, last = _held(book, stated), *stated.name.rpartition("—")[::2]
        if not stated.amount or not rows or (middle and (last, stated.amount) in told):
            continue
        near = min(rows, key=lambda row: abs(Decimal(str(row["amount"])) - stated.amount))
        left = Side(f"文字“{stated.name}”", stated.amount / WAN, book.evidence(stated.at))
        right = Side("报表", Decimal(str(near["amount"])) / WAN, book.evidence(near["evidence"]))
        tolerance = apart(stated.half, book.half(near["evidence"])) / WAN
        for one in compared(rule, book, stated.name, left, right, tolerance):
            told.add((last, stated.amount))
            yield one


def misnamed(rule: Rule, book: Book) -> Iterator[Signal]:
    """Subjects of sentences that no table has under their 款, whose very amount one other subject of that 款 has; or,
    where no table has the 款, the subject of that name under another one."""
    rows = book.asked("subject_amounts")
    printed = {str(row["code"]): str(row["item"]) for row in rows}
    names = {code: plain(fold(item)) for code, item in printed.items()}
    for name, stated, half, at, _ in _subjects(book):
        middle, last = (plain(fold(one)) for one in name.split("—"))
        items = [row for row in rows if len(str(row["code"])) == 7]
        under = [row for row in items if names.get(str(row["code"])[:5]) == middle]
        known = any(_one_name(last, str(row["item"])) for row in under)
        elsewhere = [row for row in items if names[str(row["code"])] == last]
        elsewhere = [row for row in elsewhere if not _one_name(middle, names.get(str(row["code"])[:5], ""))]
        others = under or elsewhere
        alike = {str(row["code"]): row for row in others if abs(Decimal(str(row["amount"])) - stated) <= half}
        if stated and len(alike) == 1 and not known:
            code, row = alike.popitem()
            said, meant = (last, str(row["item"])) if under else (name, f"{printed.get(code[:5], '')}—{row['item']}")
            right = Side(meant, None, book.evidence(row["evidence"]))
            yield signal(rule, book, f"{stated / WAN:,.2f}", Side(said, None, book.evidence(at)), right)


def _one_name(one: str, other: str) -> bool:
    """Whether one of two names is the other or a part of it; one that lacks the last character alone is a slip."""
    other = plain(fold(other))
    return (one in other or other in one) and other[:-1] != one


def same(rule: Rule, book: Book) -> Iterator[Signal]:
    """One thing with one amount whose change since last year is told differently in two sentences."""
    first: dict[tuple[str, object], Row] = {}
    for row in book.asked("changes"):
        if not row["amount"] or row["delta"] is None:
            continue
        other = first.setdefault((fold(str(row["item"])), row["amount"]), row)
        one, two = (Decimal(str(some["delta"])) for some in (other, row))
        if abs(one - two) > 2 * HALF:
            left, right = (
                Side(f"“{some['section']}”", Decimal(str(some["delta"])) / WAN, book.evidence(some["evidence"]))
                for some in (other, row)
            )
            yield signal(rule, book, str(row["item"]), left, right, (one - two) / WAN)


def parts(rule: Rule, book: Book) -> Iterator[Signal]:
    """Changes of parts that do not add up to the change of their whole, where the amounts of the parts do.

    The parts are the sentences of one section on categories, on kinds of expenditure or on subjects at 项. Of several
    wholes with one amount (all revenue, revenue from the general budget) one that fits will do.
    """
    rows = [row for row in book.asked("changes") if row["amount"] or (row["amount"] is not None and row["delta"])]
    for section in dict.fromkeys(str(row["section"]) for row in rows):
        mine = [row for row in rows if str(row["section"]) == section]
        yield from _named_parts(rule, book, mine)
        for group in _groups(book, mine):
            amounts = _sum(group, "amount")
            tolerance = HALF * (len(group) + 1)
            wholes = [
                (Decimal(str(row["delta"])), row)
                for row in mine
                if row["delta"] is not None and pattern("whole_item").search(str(row["item"]))
                and abs(amounts - Decimal(str(row["amount"]))) <= tolerance
            ]  # fmt: skip
            due = _sum(group, "delta")
            known = len(group) > 1 and all(row["delta"] is not None or _level(row) for row in group)
            if wholes and known and all(abs(due - delta) > tolerance for delta, _ in wholes):
                delta, whole = min(wholes, key=lambda one: abs(due - one[0]))
                left = Side("各部分", due / WAN, book.evidence(" ".join(str(row["evidence"]) for row in group)))
                right = Side(str(whole["item"]), delta / WAN, book.evidence(whole["evidence"]))
                yield from compared(rule, book, section, left, right, tolerance / WAN)


def carried(rule: Rule, book: Book) -> Iterator[Signal]:
    """The change of all money from the treasury in final accounts against that of general budget expenditure.

    What was carried out of last year is what was carried into this one: the totals of the two years differ by what
    expenditure and the money carried over differ. Nothing is said where other funds were spent, or a figure is not
    known.
    """
    fiscal = [row for row in book.asked("totals") if row["view"] == "fiscal_appropriation_overview" and book.executed]
    known = {(row["item"], row["column"]): row for row in fiscal}
    spent, general = known.get(("本年支出合计", "合计")), known.get(("本年支出合计", "一般公共预算"))
    ends = [known.get((f"{when}财政拨款结转和结余", "合计")) for when in ("年末", "年初")]
    if spent is None or general is None or spent["amount"] != general["amount"] or any(row is None for row in ends):
        return
    out, into = (Decimal(str(row["amount"])) for row in ends if row is not None)
    changes = {name: _change_of(book, name) for name in ("total_of_treasury", "general_spending")}
    total, part = changes["total_of_treasury"], changes["general_spending"]
    if total is not None and part is not None:
        due = part[0] + out - into
        left = Side(str(total[1]["item"]), total[0] / WAN, book.evidence(total[1]["evidence"]))
        right = Side(str(part[1]["item"]), due / WAN, book.evidence(part[1]["evidence"]))
        yield from compared(rule, book, "", left, right, 5 * HALF / WAN)


def _change_of(book: Book, name: str) -> tuple[Decimal, Row] | None:
    """The change since last year that the first sentence on a thing tells, nought where it says that there is none."""
    for row in book.asked("changes"):
        if pattern(name).fullmatch(re.sub(r"\s", "", str(row["item"]))) and (row["delta"] is not None or _level(row)):
            return Decimal(str(row["delta"] or 0)), row
    return None


def _named_parts(rule: Rule, book: Book, rows: Sequence[Row]) -> Iterator[Signal]:
    """Wholes and parts that go by set names (overseas travel, vehicles, receptions), whose amounts add up.

    Large amounts without decimals beside others with them may each be one 万元 off.
    """
    for form in spelled("change_parts"):
        wholes = [row for row in rows if re.search(form["whole"], str(row["item"])) and row["delta"] is not None]
        group = list({str(row["item"]): row for row in rows if re.search(form["parts"], str(row["item"]))}.values())
        known = group and all(row["delta"] is not None or _level(row) for row in group)
        for whole in wholes if known else ():
            some = [*group, whole]
            mixed = 0 < _without_decimals(some, "amount") < sum(bool(row["amount"]) for row in some)
            amounts, changes = (
                HALF * len(some) + (WAN * _without_decimals(some, key) if mixed else 0) for key in ("amount", "delta")
            )
            if abs(_sum(group, "amount") - Decimal(str(whole["amount"]))) <= amounts:
                at = book.evidence(" ".join(str(row["evidence"]) for row in group))
                left = Side("各部分", _sum(group, "delta") / WAN, at)
                right = Side(str(whole["item"]), Decimal(str(whole["delta"])) / WAN, book.evidence(whole["evidence"]))
                names = "、".join(str(row["item"]) for row in group)
                yield from compared(rule, book, names, left, right, changes / WAN)


def _without_decimals(rows: Sequence[Row], key: str) -> int:
    """How many figures are large and whole in 万元: beside others with decimals these are cut off or rounded."""
    figures = (abs(Decimal(str(row[key] or 0))) for row in rows)
    return sum(figure >= _LARGE and figure % WAN == 0 for figure in figures)


def _sum(rows: Sequence[Row], key: str) -> Decimal:
    return sum((Decimal(str(row[key] or 0)) for row in rows), Decimal(0))


def _compared_items(book: Book) -> Iterator[Stated]:
    """What the sentences that compare with last year state."""
    for row in book.asked("changes"):
        if row["amount"]:
            amount = Decimal(str(row["amount"]))
            yield Stated(str(row["item"]), amount, HALF, str(row["evidence"]), str(row["section"] or ""))


def _subjects(book: Book) -> Iterator[Stated]:
    """What sentences that begin with the path of a subject state for it; in final accounts what is executed."""
    word = pattern("executed_amount" if book.executed else "amount_of_item").pattern
    form = with_amount(word)
    for passage, head, text, start in headed(book):
        found = form.search(text, head.end()) if book.executed else form.match(text, head.end())
        if found:
            at = passage.places(start + found.start(), start + found.end())
            name = f"{head['second']}—{head['third']}"
            yield Stated(name, yuan(found), half_unit(found), at, passage.section)


def _held(book: Book, stated: Stated) -> list[Row]:
    """The rows of the tables that hold a thing: of its subject, kind or total; none where the name is not known."""
    first, dash, end = pattern("stated_dress").sub("", stated.name).rpartition("—")
    middle, last = plain(fold(first)), plain(fold(end))
    subjects = book.asked("subject_amounts")
    names = {plain(fold(str(row["item"]))) for row in subjects}
    above = {str(row["code"]) for row in subjects if plain(fold(str(row["item"]))) == middle}
    for digits in _LEVELS:
        rows = [row for row in subjects if len(str(row["code"])) == digits and _is(last, str(row["item"]), names)]
        rows = [row for row in rows if not dash or str(row["code"])[:5] in above]
        if rows:
            rows = _not_named(book, middle, rows) if dash and digits < max(_LEVELS) else rows
            held = [] if any(row["explained"] for row in rows) else _of_fund(stated.section, rows)
            return held if dash or digits > 3 or not held else [*held, *_kinds(book, last)]
    return [] if dash else [*_kinds(book, last), *_totals(book, stated.name)]


def _of_fund(section: str, rows: list[Row]) -> list[Row]:
    """The rows of the table of the fund that a section is on; all where it is on none, or the table has none. What a
    section on money of the treasury states is not held against the table of all money alone."""
    views = [view for fund, view in spelled("table_of_fund").items() if fund in section]
    mine = [row for row in rows if len(views) == 1 and row["view"] == views[0]]
    of_treasury = views or spelled("money_of_treasury") in section
    whole = all(row["view"] == spelled("table_of_all_money") for row in rows)
    return mine or ([] if of_treasury and whole else rows)


def _not_named(book: Book, middle: str, above: Sequence[Row]) -> list[Row]:
    """The rows of the one 项 that an item must mean which has the name of the 款 for its own: the tables have it under
    this 款, and no item of the text by its name; none where that leaves several."""
    named = {plain(fold(head["third"])) for _, head, _, _ in headed(book) if plain(fold(head["second"])) == middle}
    codes = {str(row["code"]) for row in above}
    rows = [row for row in book.asked("subject_amounts") if len(str(row["code"])) == 7]
    items = [row for row in rows if str(row["code"])[:5] in codes]
    left = [row for row in items if plain(fold(str(row["item"]))) not in named]
    return left if len({row["code"] for row in left}) == 1 else []


def _is(folded: str, item: str, names: set[str]) -> bool:
    """Whether a name is the item's, alone or behind the name of what stands above it."""
    own = plain(fold(item))
    return folded == own or (folded.endswith(own) and folded[: -len(own)] in names)


def _kinds(book: Book, name: str) -> list[Row]:
    """Basic and project expenditure and the like: rows of the overview, columns of totals, single tables."""
    totals = [row for row in book.asked("totals") if row["amount"]]
    printed = [row for row in totals if _named(row, "item", name) and row["view"] == "revenue_expenditure_overview"]
    kinds = {plain(fold(word)) for word in spelled("kinds_of_expenditure")}
    columns = [row for row in totals if name in kinds and row["item"] == "合计" and _named(row, "column", name)]
    return [*printed, *columns, *(row for row in book.asked("basic_totals") if _named(row, "name", name))]


def _named(row: Row, key: str, name: str) -> bool:
    return plain(fold(str(row[key]))) == name


def _totals(book: Book, name: str) -> list[Row]:
    """All totals of tables for what is called a total in a sentence; the sentence may mean any of them."""
    if not pattern("total_item").search(name):
        return []
    views = spelled("views_of_totals")
    rows = [row for row in book.asked("totals") if row["view"] in views and row["amount"]]
    return [
        row for row in rows if row["item"] == "合计" or row["income"] or pattern("year_total").match(str(row["item"]))
    ]


def _groups(book: Book, rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The sentences of a section that are of one kind, each thing once."""
    codes = {plain(fold(str(row["item"]))): len(str(row["code"])) for row in book.asked("subject_amounts")}
    kinds = {plain(fold(str(word))) for word in spelled("kinds_of_expenditure")}
    once = {str(row["item"]): row for row in rows}
    for digits in (3, 7):
        yield [row for name, row in once.items() if codes.get(plain(fold(name))) == digits]
    yield [row for name, row in once.items() if plain(fold(name)) in kinds]


def _level(row: Row) -> bool:
    return bool(pattern("flat_words").search(re.sub(r"\s", "", str(row["words"]))))
