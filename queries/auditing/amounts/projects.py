"""The projects that sentences count and price against their forms, against those said to have none, and each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from kg.names import fold
from queries.auditing.book import HALF, WAN, Book
from queries.auditing.compare import compared, signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import half_unit, numeral, pattern, priced, tight, yuan
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.reading import Row

Found = tuple[Passage, re.Match[str]]


def counts(rule: Rule, book: Book) -> Iterator[Signal]:
    """A stated number of projects, or of those with fiscal money, other than the number of their forms and of those
    said to have none; where none are said to, projects withheld by name may or may not be counted, nor need those be
    whose form holds money carried over alone, or says that its project is one carried over."""
    withheld = sum(bool(row["withheld"]) for row in book.asked("absences"))
    single = [row for row in book.asked("form_money") if row["single"]]
    hidden = _found(book, "undisclosed_projects")
    fiscal = [row for row in single if row["fiscal"]], [one for one in hidden if not one[1]["kind"]]
    for name, (rows, without) in {"project_count": (single, hidden), "fiscal_count": fiscal}.items():
        forms = {str(row["form"]): str(row["at"]) for row in rows}
        more = sum(int(found["count"]) for _, found in without)
        least, most = len(forms) + more, len(forms) + (more or withheld)
        over = _carried_over(book, rows)
        for passage, found in _found(book, name):
            if forms and int(found["count"]) not in {least - len(over), *range(least, most + 1)}:
                left = Side("文字写明", Decimal(found["count"]), book.evidence(passage.place_of(found)))
                at = " ".join([*forms.values(), *(one.place_of(other) for one, other in without)])
                right = Side("项目绩效表", Decimal(len(forms)), book.evidence(at))
                yield signal(rule, book, f"（另说明{more}个未公开）" if more else "", left, right)


def _carried_over(book: Book, rows: Sequence[Row]) -> set[str]:
    """The forms of projects carried over, by the table of carry-overs or by what they say themselves."""
    listed = {str(row["form"]) for row in _carried(book) if _wholly(row)}
    form = pattern("carried_project")
    return {str(row["form"]) for row in rows if str(row["form"]) in listed or form.search(tight(row.get("goal")))}


def amounts(rule: Rule, book: Book) -> Iterator[Signal]:
    """Stated amounts of fiscal and other projects against the sums of the forms, of those withheld too.

    Where the gap is what was carried over of projects with forms, the sentence says so.
    """
    rows = [row for row in book.asked("form_money") if row["single"]]
    hidden = [Decimal(str(row["amount"])) for row in book.asked("absences") if row["withheld"] and row["amount"]]
    for passage, found in _found(book, "fiscal_projects"):
        column = "other" if found["kind"] else "fiscal"
        amounts = [(Decimal(str(row[column])), row) for row in rows if row[column]]
        total = sum((amount for amount, _ in amounts), Decimal(0))
        others = {total, *(total + amount for amount in hidden)}
        stated, half = yuan(found), half_unit(found) * (len(amounts) + 1)
        if rows and all(abs(stated - other) > half for other in others) and not (hidden and not total):
            at = " ".join(str(row["at"]) for _, row in amounts) or " ".join(str(row["at"]) for row in rows[:1])
            left = Side("文字", stated / WAN, book.evidence(passage.place_of(found)))
            right = Side("项目绩效表之和", total / WAN, book.evidence(at))
            what = "非财政拨款项目" if found["kind"] else "财政拨款项目"
            found_so = signal(rule, book, what, left, right, (stated - total) / WAN, half / WAN)
            over = [row for row in _carried(book) if row[column]]
            rest = total - stated - sum((_amount(row, "carried") for row in over), Decimal(0))
            yield _explained(found_so, over) if abs(rest) <= half + HALF * len(over) else found_so


def _carried(book: Book) -> list[Row]:
    """The forms of projects that the table of carry-overs has."""
    return book.asked("carried_forms")


def _wholly(row: Row) -> bool:
    """Whether a form has no other money than what was carried over."""
    return abs(_amount(row, "total") - _amount(row, "carried")) <= 2 * HALF


def _explained(found: Signal, over: Sequence[Row]) -> Signal:
    """A signal whose gap is that of projects carried over, which the text may not count: it stays, and says so."""
    names = [f"“{row['name']}”" for row in over]
    if not names:
        return found
    zh = f"差额正与上年结转项目{'、'.join(names)}相当：文字可能只算了当年安排的项目。"
    en = f" The gap is that of projects carried over, {', '.join(names)}: the text may count those of this year alone."
    return replace(found, zh=found.zh + zh, en=found.en + en)


def _amount(row: Row, name: str) -> Decimal:
    return Decimal(str(row[name]))


def goal_amounts(rule: Rule, book: Book) -> Iterator[Signal]:
    """Stated amounts of the projects with goals against the sum of the forms, where as many forms are printed."""
    rows = [row for row in book.asked("form_money") if row["single"] and row["total"]]
    stated = priced("goal_projects")
    total = sum((Decimal(str(row["total"])) for row in rows), Decimal(0))
    for passage in passages(book):
        for found in stated.finditer(passage.text):
            if int(found["count"]) == len(rows):
                left = Side("文字", yuan(found) / WAN, book.evidence(passage.place_of(found)))
                right = Side("各表之和", total / WAN, book.evidence(" ".join(str(row["at"]) for row in rows)))
                tolerance = (half_unit(found) + 50 * len(rows)) / WAN
                yield from compared(rule, book, f"编报绩效目标的{found['count']}个项目", left, right, tolerance)


def goal_bounds(rule: Rule, book: Book) -> Iterator[Signal]:
    """Stated amounts of the projects with goals that are more than all project expenditure of the table of expenditure
    by whatever money; a document without its total is not judged."""
    totals = [row for row in book.asked("totals") if row["view"] == "expenditure" and row["item"] == "合计"]
    rows = [row for row in totals if row["column"] == "项目支出" and row["amount"]]
    for passage, found in _found(book, "goal_projects") if rows else ():
        whole = Decimal(str(rows[0]["amount"]))
        if yuan(found) > whole + half_unit(found) + book.half(rows[0]["evidence"]):
            left = Side("文字", yuan(found) / WAN, book.evidence(passage.place_of(found)))
            right = Side("项目支出", whole / WAN, book.evidence(rows[0]["evidence"]))
            yield signal(rule, book, "", left, right, (yuan(found) - whole) / WAN)


def goal_bodies(rule: Rule, book: Book) -> Iterator[Signal]:
    """More bodies that set goals (`本部门5个预算单位开展了…编报`) than the numbered list of bodies names, or than carry
    out the projects by the forms, where the forms are as many as the projects with goals."""
    yield from _bodies_of_forms(rule, book)
    form = pattern("bodies_listed")
    lists = [(passage, found) for passage in passages(book) for found in form.finditer(passage.text)]
    for passage in passages(book) if len(lists) == 1 else ():
        for found in pattern("goal_bodies").finditer(passage.text):
            within, listed = lists[0]
            count, bodies = numeral(found["count"]), len(pattern("numbered_body").findall(listed["list"]))
            if count and bodies > 1 and count > bodies:
                left = Side("文字", Decimal(count), book.evidence(passage.place_of(found)))
                right = Side("机构设置所列", Decimal(bodies), book.evidence(within.places(0, len(within.text))))
                yield signal(rule, book, "", left, right, Decimal(count - bodies))


def _bodies_of_forms(rule: Rule, book: Book) -> Iterator[Signal]:
    heads = book.asked("project_heads")
    bodies = {fold(str(row["carried_out_by"] or "")) for row in heads}
    printed = len({row["form"] for row in heads})
    whole = {int(found["count"]) for _, found in _found(book, "goal_projects")} == {printed}
    for passage in passages(book) if whole and "" not in bodies else ():
        for found in pattern("goal_bodies").finditer(passage.text):
            count = numeral(found["count"])
            if count and count > len(bodies):
                left = Side("文字", Decimal(count), book.evidence(passage.place_of(found)))
                at = book.evidence(" ".join(str(row["evidence"]) for row in heads))
                right = Side("各张绩效表的实施单位", Decimal(len(bodies)), at)
                yield signal(rule, book, "", left, right, Decimal(count - len(bodies)), severity="info")


def goal_counts(rule: Rule, book: Book) -> Iterator[Signal]:
    """More forms than the projects that are said to have goals, or fewer forms that come to the amount stated."""
    rows = [row for row in book.asked("form_money") if row["single"] and row["total"]]
    total = sum((Decimal(str(row["total"])) for row in rows), Decimal(0))
    for passage, found in _found(book, "goal_projects") if rows else ():
        count = int(found["count"])
        whole = abs(total - yuan(found)) <= half_unit(found) + 50 * len(rows)
        if len(rows) > count or (len(rows) < count and whole):
            left = Side("文字", Decimal(count), book.evidence(passage.place_of(found)))
            right = Side("绩效表", Decimal(len(rows)), book.evidence(" ".join(str(row["at"]) for row in rows)))
            yield signal(rule, book, "", left, right, Decimal(count - len(rows)))


def all_goals(rule: Rule, book: Book) -> Iterator[Signal]:
    """Another number of projects with goals than the table of projects has rows, projects or names, where its rows come
    to the amount that the sentence states."""
    views: dict[str, list[Row]] = {}
    for row in book.asked("project_rows"):
        views.setdefault(str(row["view"]), []).append(row)
    for passage, one in _found(book, "all_with_goals"):
        half = half_unit(one)
        whole = [some for some in views.values() if abs(_sum(some) - yuan(one)) <= half + HALF * len(some)]
        held = [{str(row[key]): row for row in some} for some in whole for key in ("project", "at", "name")]
        if held and all(len(some) != int(one["count"]) for some in held):
            left = Side("文字", Decimal(one["count"]), book.evidence(passage.place_of(one)))
            at = book.evidence(" ".join(str(row["at"]) for row in held[0].values()))
            right = Side("项目支出表", Decimal(len(held[0])), at)
            yield signal(rule, book, "", left, right, Decimal(int(one["count"]) - len(held[0])))


def _sum(rows: Sequence[Row]) -> Decimal:
    return sum({str(row["at"]): _amount(row, "amount") for row in rows}.values(), Decimal(0))


def statements(rule: Rule, book: Book) -> Iterator[Signal]:
    """Two sentences that give different counts or amounts of the same projects, neither being a part withheld."""
    for (one, first), (other, second) in combinations(_found(book, "fiscal_projects"), 2):
        counted = None not in (first["count"], second["count"]) and first["count"] != second["count"]
        differs = counted or abs(yuan(first) - yuan(second)) > half_unit(first) + half_unit(second)
        whole = yuan(second) > yuan(first) or first["count"] == "0" or second["whole"]
        if first["kind"] == second["kind"] and differs and whole:
            left = Side(_told(first), None, book.evidence(one.place_of(first)))
            right = Side(_told(second), None, book.evidence(other.place_of(second)))
            yield signal(rule, book, f"{first['kind']}财政拨款项目", left, right)
    yield from _secret(rule, book)


def _secret(rule: Rule, book: Book) -> Iterator[Signal]:
    """Secret projects counted in a sentence against those that the explanations withhold by name."""
    named = [row for row in book.asked("absences") if _by_name(row)]
    total = sum((Decimal(str(row["amount"])) for row in named), Decimal(0))
    for passage, found in _found(book, "undisclosed_projects") if named else ():
        apart = abs(yuan(found) - total) > half_unit(found) + HALF * len(named)
        if found["secret"] and (int(found["count"]) != len(named) or apart):
            left = Side(f"{len(named)}个、{total / WAN:,.2f}万元", None, book.evidence(_places(named)))
            right = Side(_told(found), None, book.evidence(passage.place_of(found)))
            yield signal(rule, book, "涉密项目", left, right)


def _by_name(row: Row) -> bool:
    return bool(row["withheld"] and row["amount"]) and not str(row["item"])[:1].isdigit()


def _places(rows: list[Row]) -> str:
    return " ".join(str(row["evidence"]) for row in rows)


def _found(book: Book, name: str) -> list[Found]:
    stated = priced(name)
    return [(passage, found) for passage in passages(book) for found in stated.finditer(passage.text)]


def _told(found: re.Match[str]) -> str:
    count = f"{found['count']}个、" if found["count"] else ""
    return f"{count}{yuan(found) / WAN:,.2f}万元"
