"""The account of a project (项目经费情况说明) against the head of its performance form: bodies, periods, money."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher

from kg.names import fold
from ontology.text import leaves_out
from queries.auditing.book import WAN, Book
from queries.auditing.compare import compared, signal
from queries.auditing.passages import passages
from queries.auditing.patterns import full_width, half_unit, number, pattern, priced, tight
from queries.auditing.performance.forms import forms
from queries.auditing.performance.quantities import family, indicators
from queries.auditing.rules import Rule
from queries.auditing.signal import Severity, Side, Signal
from queries.auditing.tables.readings import found_in_reading
from queries.reading import Row

_BODY = 3  # characters that the name of a body has at least, behind that of its place
_OTHERS = 3  # forms that agree on their department, by which one that does not is told
_ALIKE = 0.6  # of the characters in common, from which an account and a form that are left are of one project
_QUARTER = "季度"  # payments by quarters are added up by another rule


def in_charge(rule: Rule, book: Book) -> Iterator[Signal]:
    """Forms that name nobody in charge of the project where other forms of the document do."""
    for found, at in found_in_reading(book, "nobody_in_charge"):
        yield signal(rule, book, found["project"], Side("项目负责人", None, at), Side("其他项目的绩效目标表已填"))


def supervisors(rule: Rule, book: Book) -> Iterator[Signal]:
    """Forms and self-evaluations whose 主管部门 is a part of the body that discloses: 某局执法大队 where the department
    is 某局; or, a remark, the one that has another department than all others, which are three at least."""
    own = fold(book.body)
    heads = _supervised(book)
    for name, printed, at in heads:
        if _is_part(fold(printed), own):
            yield signal(rule, book, name, Side(printed, None, book.evidence(at)), Side(book.body))
    names = Counter(_placeless(printed) for _, printed, _ in heads)
    for name, printed, at in heads:
        others = [(other, there) for _, other, there in heads if _placeless(other) != _placeless(printed)]
        if len(names) == 2 and len(others) == len(heads) - 1 >= _OTHERS and not _same_body(printed, others[0][0]):
            left = Side(printed, None, book.evidence(at))
            right = Side(others[0][0], None, book.evidence(" ".join(there for _, there in others)))
            yield signal(rule, book, name, left, right, severity="info")


def _supervised(book: Book) -> list[tuple[str, str, str]]:
    """The name, the 主管部门 and the place of each form and self-evaluation of a project that prints one."""
    forms = [(row["form"], row["name"], row["supervisor"], row["evidence"]) for row in book.asked("project_heads")]
    done = book.asked("self_evaluations")
    forms += [(row["form"], row["name"], row["supervisor"], row["form_at"]) for row in done if row["single"]]
    found = {form: (str(name or ""), str(printed), str(at)) for form, name, printed, at in reversed(forms) if printed}
    return [found[form] for form in sorted(found, key=str)]


def _same_body(one: str, other: str) -> bool:
    """Whether two names may be of one body or of it and its part: one stands whole in the other."""
    first, second = sorted((_placeless(one), _placeless(other)), key=len)
    return first in second


def _placeless(printed: str) -> str:
    return pattern("place_before").sub("", fold(printed))


def _is_part(name: str, whole: str) -> bool:
    """Whether a name is that of a body, places before both aside, with the name of a part behind it."""
    one, other = (pattern("place_before").sub("", body) for body in (name, whole))
    part = one.removeprefix(other) if len(other) >= _BODY and one.startswith(other) else ""
    return bool(part) and not pattern("body_itself").fullmatch(part)


def bodies(rule: Rule, book: Book) -> Iterator[Signal]:
    """Projects that their account has a body carry out and their form a part of it, or the other way about, or their
    account a body other than this one that the text names nowhere else; other names may be short ones of one body. Or
    that the table of projects has under one body, their form under another of it; or that are described point by point
    with another body than in their form."""
    yield from _bodies_of_rows(rule, book)
    yield from _bodies_described(rule, book)
    for account, form in pairs(book):
        one, other = (str(row["carried_out_by"] or "") for row in (account, form))
        part = _is_part(fold(one), fold(other)) or _is_part(fold(other), fold(one))
        if part or (_apart(one, other) and _apart(one, book.body) and not _named_elsewhere(book, one)):
            yield signal(rule, book, str(form["name"]), _side(book, account, one), _side(book, form, other))


def _apart(one: str, other: str) -> bool:
    """Whether two names are of two bodies: neither is the other one with characters left out, the first one of 区某局
    aside."""
    first, second = (_placeless(name) for name in (one, other))
    single = pattern("one_body").fullmatch(first) and not pattern("no_one_body").search(first)
    return bool(single and second) and not leaves_out(first[1:], second) and not leaves_out(second[1:], first)


def _named_elsewhere(book: Book, name: str) -> bool:
    """Whether the text names a body outside the accounts of projects, too."""
    short = _placeless(name)
    return any(short in fold(one.text) for one in passages(book) if "项目经费情况" not in one.section)


def _bodies_described(rule: Rule, book: Book) -> Iterator[Signal]:
    heads = {fold(str(row["name"] or "")): row for row in book.asked("project_heads") if row["carried_out_by"]}
    for passage in passages(book):
        for found in pattern("project_described").finditer(passage.text):
            row = heads.get(fold(found["name"]))
            if row and _apart(found["body"], str(row["carried_out_by"])):
                left = Side(found["body"], None, book.evidence(passage.places(*found.span("body"))))
                yield signal(rule, book, str(row["name"]), left, _side(book, row, str(row["carried_out_by"])))


def _bodies_of_rows(rule: Rule, book: Book) -> Iterator[Signal]:
    rows = [row for row in book.asked("project_rows") if row["body"]]
    bodies = {fold(str(row["body"])) for row in rows}
    for form in book.asked("project_heads"):
        printed = str(form["carried_out_by"] or "")
        own = [row for row in rows if fold(str(row["name"])) == fold(str(form["name"] or ""))]
        held = {fold(str(row["body"])) for row in own}
        if len(held) == 1 and fold(printed) in bodies - held and not _same_body(printed, str(own[0]["body"])):
            left = Side(str(own[0]["body"]), None, book.evidence(own[0]["at"]))
            yield signal(rule, book, str(form["name"]), left, _side(book, form, printed))


def periods(rule: Rule, book: Book) -> Iterator[Signal]:
    """Projects that begin or end on other days in their account than on their form, where both print both days. An
    account that has the fiscal year alone, within the years of the form, may speak of the year's part: a remark."""
    for account, form in pairs(book):
        told, planned = _days(account), _days(form)
        if told and planned and told != planned:
            year = (date(book.year or 1, 1, 1), date(book.year or 1, 12, 31))
            part = told == year and planned[0] <= told[0] and told[1] <= planned[1]
            severity: Severity | None = "info" if part else None
            left, right = (_side(book, row, _shown(days)) for row, days in ((account, told), (form, planned)))
            yield signal(rule, book, str(form["name"]), left, right, severity=severity)


def plans(rule: Rule, book: Book) -> Iterator[Signal]:
    """Forms whose planned dates end before they begin, or have no day in the fiscal year."""
    for form in book.asked("project_heads"):
        days = _days(form)
        if days and (days[0] > days[1] or (book.year and not days[0].year <= book.year <= days[1].year)):
            right = Side(str(book.year or ""))
            yield signal(rule, book, str(form["name"] or ""), _side(book, form, _shown(days)), right)


def captions(rule: Rule, book: Book) -> Iterator[Signal]:
    """Forms over whose goal stand years (`项目总体目标（2023年—2025年）`) that do not hold the fiscal year, or one
    of the planned dates."""
    for form in book.asked("project_heads"):
        words = full_width("".join(tight(place.words) for place in book.evidence(form["evidence"])))
        found, days = pattern("years_of_goal").search(words), _days(form)
        if found is None:
            continue
        first, last = int(found["first"]), int(found["last"])
        if days and not first <= days[0].year <= days[1].year <= last:
            yield signal(rule, book, str(form["name"] or ""), _side(book, form, found["years"]), Side(_shown(days)))
        elif book.year and not first <= book.year <= last:
            right = Side(f"{book.year}年")
            yield signal(rule, book, str(form["name"] or ""), _side(book, form, found["years"]), right)


def allocations(rule: Rule, book: Book) -> Iterator[Signal]:
    """Amounts that accounts print as the year's (年度预算安排) against the totals of the forms."""
    for account, form in pairs(book):
        printed = list(priced("amount_alone").finditer(tight(account["use"])))
        if account["amount"] and form["total"] and printed and _QUARTER not in str(account["use"]):
            left = Side("年度预算安排", Decimal(str(account["amount"])) / WAN, book.evidence(account["evidence"]))
            right = Side("绩效目标表", Decimal(str(form["total"])) / WAN, book.evidence(form["evidence"]))
            tolerance = (max(map(half_unit, printed)) + book.half(form["evidence"])) / WAN
            yield from compared(rule, book, str(form["name"]), left, right, tolerance)


def years(rule: Rule, book: Book) -> Iterator[Signal]:
    """Accounts whose 年度预算安排 names money of other years and neither the fiscal year nor 本年度."""
    for account in book.asked("project_accounts"):
        words = pattern("in_title_marks").sub("", tight(account["use"]))
        found = pattern("money_of_year").search(words)
        if found and str(book.year) not in words and not pattern("of_this_year").search(words):
            left = Side(found[0], None, book.evidence(account["evidence"]))
            yield signal(rule, book, str(account["name"]), left, Side(str(book.year or "")))


def unprinted(rule: Rule, book: Book) -> Iterator[Signal]:
    """Accounts that refer to a performance form in a disclosure that prints none of a project."""
    if book.asked("project_heads"):
        return
    for passage in passages(book):
        found = pattern("form_referred").search(passage.text) if "项目经费情况" in passage.section else None
        if found:
            yield signal(rule, book, "", Side(found[0], None, book.evidence(passage.place_of(found))), Side(""))


def extents(rule: Rule, book: Book) -> Iterator[Signal]:
    """The one length or area of the works in an account against the one indicator of it: slips of digits. A figure that
    is plainly another may be that of a part, a round one behind 约 may be rounded."""
    named = {str(form["form"]) for _, form in pairs(book)} if len(book.asked("project_accounts")) == 1 else set()
    held = [passage for passage in passages(book) if "项目经费情况" in passage.section]
    found = [(passage, one) for passage in held for one in pattern("extent").finditer(passage.text)]
    for form in (one for one in forms(book) if one.iri in named):
        for passage, one in found:
            same = [other for _, other in found if (other["unit"], other["area"]) == (one["unit"], one["area"])]
            name = pattern("length_indicator") if one["length"] else re.compile(one["area"])
            meant = [row for row in indicators(form) if row.family == family(one["unit"]) and name.search(row.label)]
            if len(same) == len(meant) == 1 and _slipped(one, meant[0].value):
                left = Side(meant[0].words, None, book.evidence(meant[0].at))
                right = Side(one[0], None, book.evidence(passage.place_of(one)))
                yield signal(rule, book, form.name, left, right)


def _slipped(told: re.Match[str], value: Decimal) -> bool:
    """Whether a figure has the digits that the text tells in another order, or one of them changed."""
    stated = number(told["number"])
    digits, others = (f"{one.normalize():f}" for one in (stated, value))
    zeros = len(told["number"]) - len(told["number"].rstrip("0")) if told["about"] else 0
    if abs(stated - value) <= Decimal(10) ** zeros / 2:
        return False
    changed = sum(one != other for one, other in zip(digits, others, strict=False))
    return len(digits) == len(others) and (changed == 1 or sorted(digits) == sorted(others))


def pairs(book: Book) -> list[tuple[Row, Row]]:
    """Each account with the form of its project, whose name is the same but for words like 工程 and 项目; where one
    account and one form are left, these, if their names are alike or their money is the same."""
    accounts, forms = book.asked("project_accounts"), book.asked("project_heads")
    cores = Counter(core(form["name"]) for form in forms)
    found = [
        (account, form)
        for account in accounts
        for form in forms
        if core(account["name"]) == core(form["name"]) and cores[core(form["name"])] == 1
    ]
    strays = [account for account in accounts if not any(account is one for one, _ in found)]
    others = [form for form in forms if not any(form is one for _, one in found)]
    left = [(strays[0], others[0])] if len(strays) == len(others) == 1 else []
    return found + [(account, form) for account, form in left if _is_meant(account, form)]


def _is_meant(account: Row, form: Row) -> bool:
    """Whether an account and a form of other names may be of one project."""
    alike = SequenceMatcher(None, core(account["name"]), core(form["name"]), autojunk=False).ratio() >= _ALIKE
    return alike or (account["amount"] is not None and account["amount"] == form["total"])


def core(name: object) -> str:
    """The name of a project without words like 工程 and 项目, blanks and brackets."""
    return pattern("works_dress").sub("", fold(str(name or "")))


def _days(row: Row) -> tuple[date, date] | None:
    start, end = row["start"], row["end"]
    return (date.fromisoformat(str(start)), date.fromisoformat(str(end))) if start and end else None


def _shown(days: tuple[date, date]) -> str:
    return "至".join(f"{day.year}年{day.month}月{day.day}日" for day in days)


def _side(book: Book, row: Row, words: str) -> Side:
    return Side(words, None, book.evidence(row["evidence"]))
