"""What sentences tell of procurement from small firms, of scores, and of overseas travel, vehicles and receptions."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from queries.auditing.book import HALF, WAN, Book
from queries.auditing.compare import apart, compared, signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import half_unit, last_digit, number, pattern, priced, spelled, with_amount, yuan
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.reading import Row

_MOST = 100  # the most that an evaluation can score
_HUNDRED = Decimal(100)


def amounts(rule: Rule, book: Book) -> Iterator[Signal]:
    """Contracts awarded to small firms for more than all procurement, or to small ones for more than to both kinds."""
    for passage in _of_procurement(book):
        sides = [_side(book, passage, name) for name in ("procurement_total", "awarded_small", "awarded_micro")]
        for more, less in ((1, 0), (2, 1), (2, 0)):
            left, right = sides[more], sides[less]
            if left is not None and right is not None and (left.value or 0) > (right.value or 0):
                yield from compared(rule, book, "", left, right, Decimal("0.01"))
                break
        yield from _by_supplier(rule, book, passage, sides[0])


def _by_supplier(rule: Rule, book: Book, passage: Passage, total: Side | None) -> Iterator[Signal]:
    """Sums won by small firms, told apart by what was reserved for them, that come to more than all procurement."""
    won = list(priced("awarded_by_supplier").finditer(passage.text))
    most = max((yuan(one) for one in won), default=Decimal(0))
    if total is not None and most / WAN > (total.value or 0):
        found = next(one for one in won if yuan(one) == most)
        left = Side(f"{found['who']}企业供应商中标或成交", most / WAN, book.evidence(passage.place_of(found)))
        yield from compared(rule, book, "", left, total, Decimal("0.01"))


def won(rule: Rule, book: Book) -> Iterator[Signal]:
    """More won by small firms of what was reserved for them than was reserved: purchases keep to their budget."""
    for passage in _of_procurement(book):
        most = {found["who"]: found for found in priced("reserved_for").finditer(passage.text)}
        for found in priced("won_of_reserved").finditer(passage.text):
            budget = most.get(found["who"])
            if budget is not None and yuan(found) > yuan(budget):
                left, right = (Side(name, yuan(one) / WAN, book.evidence(passage.place_of(one)))
                               for name, one in (("中标或成交金额", found), ("预留金额", budget)))  # fmt: skip
                yield from compared(rule, book, found["who"], left, right, Decimal("0.01"))


def _of_procurement(book: Book) -> list[Passage]:
    return [one for one in passages(book) if "采购" in one.section and book.executed]


_NAMES = {
    "procurement_total": "政府采购总额",
    "awarded_small": "授予中小企业合同金额",
    "awarded_micro": "授予小微企业合同金额",
}


def _side(book: Book, passage: Passage, name: str) -> Side | None:
    found = priced(name).search(passage.text)
    return Side(_NAMES[name], yuan(found) / WAN, book.evidence(passage.place_of(found))) if found else None


def shares(rule: Rule, book: Book) -> Iterator[Signal]:
    """Shares awarded to small firms that do not follow from the amounts: of all procurement, of one kind of it, and of
    what firms of both sizes were awarded."""
    for passage in _of_procurement(book):
        for name, found, whole_name, whole in _shares(passage):
            stated, due = number(found["percent"]), (_HUNDRED * yuan(found) / whole).quantize(Decimal("0.01"))
            at = book.evidence(passage.place_of(found))
            within = last_digit(found["percent"]) / 2 + _HUNDRED * (half_unit(found) + HALF) / whole
            yield from compared(rule, book, name, Side(name, stated, at), Side(whole_name, due, at), within)


def _shares(passage: Passage) -> Iterator[tuple[str, re.Match[str], str, Decimal]]:
    """The name of what was awarded, its amount and share, the name of the whole and this in yuan, not nought."""
    total, small = (priced(name).search(passage.text) for name in ("procurement_total", "awarded_small"))
    kinds = _by_kind("procurement_kind", passage)
    for found in priced("share_of_procurement").finditer(passage.text):
        if total and yuan(total):
            yield f"授予{found['who']}企业合同金额", found, "政府采购支出", yuan(total)
    for found in priced("share_of_awarded").finditer(passage.text):
        if small and yuan(small):
            yield _NAMES["awarded_micro"], found, _NAMES["awarded_small"], yuan(small)
    for kind, found in _by_kind("awarded_of_kind", passage).items():
        if found["number"] and kind in kinds and yuan(kinds[kind]):
            yield f"{kind}采购授予中小企业合同金额", found, f"政府采购{kind}支出", yuan(kinds[kind])


def kinds(rule: Rule, book: Book) -> Iterator[Signal]:
    """Contracts awarded to small firms for goods, works and services, in amounts or in shares of each, that do not come
    to what small firms were awarded. A kind that was bought and is not told leaves it open."""
    for passage in _of_procurement(book):
        bought, told = _by_kind("procurement_kind", passage), _by_kind("awarded_of_kind", passage)
        small = _side(book, passage, "awarded_small")
        if small is None or not told or any(yuan(one) and kind not in told for kind, one in bought.items()):
            continue
        if any(not found["number"] and kind not in bought for kind, found in told.items()):
            continue
        parts = [_part(found, bought.get(kind)) for kind, found in told.items()]
        due, off = sum((part for part, _ in parts), Decimal(0)), sum((half for _, half in parts), HALF)
        where = " ".join(passage.place_of(found) for found in told.values())
        right = Side("、".join(told), due.quantize(Decimal(1)) / WAN, book.evidence(where))
        yield from compared(rule, book, "", small, right, off / WAN)


def _part(found: re.Match[str], whole: re.Match[str] | None) -> tuple[Decimal, Decimal]:
    """What small firms were awarded of one kind, in yuan, and what its rounding may come to."""
    if found["number"] or whole is None:
        return yuan(found), half_unit(found)
    share = number(found["percent"]) / _HUNDRED
    return yuan(whole) * share, yuan(whole) * last_digit(found["percent"]) / 2 / _HUNDRED + HALF * share


def _by_kind(name: str, passage: Passage) -> dict[str, re.Match[str]]:
    """Goods, works and services as a pattern finds them, each at its first place."""
    held: dict[str, re.Match[str]] = {}
    for found in priced(name).finditer(passage.text):
        held.setdefault(found["kind"], found)
    return held


def scores(rule: Rule, book: Book) -> Iterator[Signal]:
    """Scores of evaluations above 100."""
    for passage in passages(book):
        for found in pattern("average_score").finditer(passage.text) if "绩效" in passage.section else ():
            if number(found["score"]) > _MOST:
                left = Side("得分", number(found["score"]), book.evidence(passage.place_of(found)))
                yield signal(rule, book, found[0], left, Side("满分", _HUNDRED))


def three_public(rule: Rule, book: Book) -> Iterator[Signal]:
    """Amounts of overseas travel, vehicles and receptions that the table has in none of its columns, or not in that of
    the budget or of what was spent, where the sentence says which; of nought, which a table leaves blank, nothing is
    said."""
    for found, at, rows, _ in _three_public_stated(book):
        word = next((word for word in ("决算", "预算") if word in found[0]), "")
        mine = [row for row in rows if word in str(row["column"])] or rows
        if mine:
            near = min(mine, key=lambda row: abs(Decimal(str(row["amount"])) - yuan(found)))
            left = Side("文字", yuan(found) / WAN, book.evidence(at))
            right = Side("“三公”表", Decimal(str(near["amount"])) / WAN, book.evidence(near["evidence"]))
            within = apart(half_unit(found), book.half(near["evidence"])) / WAN
            yield from compared(rule, book, found["item"], left, right, within)


def three_public_item(rule: Rule, book: Book) -> Iterator[Signal]:
    """Amounts stated for an item that the table leaves blank, where another item of the table has that very amount."""
    items = spelled("three_public_items")
    for found, at, mine, others in _three_public_stated(book):
        same = [row for row in others if row["item"] in items and Decimal(str(row["amount"])) == yuan(found)]
        if found["item"] in items and same and not mine:
            left = Side(found["item"], yuan(found) / WAN, book.evidence(at))
            right = Side(str(same[0]["item"]), yuan(found) / WAN, book.evidence(same[0]["evidence"]))
            yield signal(rule, book, found["item"], left, right)


def _three_public_stated(book: Book) -> Iterator[tuple[re.Match[str], str, Sequence[Row], Sequence[Row]]]:
    """Amounts but nought that sentences state for an item, where they stand, the rows of the item and the others."""
    rows = [row for row in book.asked("three_public") if row["amount"] is not None]
    for passage in passages(book):
        for found in priced("three_public_amount").finditer(passage.text) if "三公" in passage.section else ():
            name = spelled("three_public_names").get(found["item"], found["item"])
            if yuan(found) and not pattern("no_three_public_amount").search(found["before"]):
                mine = [row for row in rows if row["item"] == name]
                yield found, passage.place_of(found), mine, [row for row in rows if row["item"] != name]


def receptions(rule: Rule, book: Book) -> Iterator[Signal]:
    """Receptions of guests of one kind that cost more than all receptions, told in one sentence or in one section."""
    for passage in passages(book):
        if "三公" not in passage.section:
            continue
        for found in priced("receptions_of_kind").finditer(passage.text):
            part = number(found["part"]) * (1 if found["part_unit"] == "万元" else 1 / WAN)
            at = book.evidence(passage.place_of(found))
            yield from _more(rule, book, Side(found["kind"], part, at), Side("公务接待费", yuan(found) / WAN, at))
        costs = [(yuan(one), passage.place_of(one)) for one in priced("reception_cost").finditer(passage.text)]
        most, where = max(costs, default=(None, ""))
        for found in priced("reception_part").finditer(passage.text) if most is not None else ():
            kind = Side(found["kind"], yuan(found) / WAN, book.evidence(passage.place_of(found)))
            yield from _more(rule, book, kind, Side("公务接待费", (most or 0) / WAN, book.evidence(where)))


def averages(rule: Rule, book: Book) -> Iterator[Signal]:
    """Costs for each car kept and for each guest received that are not the costs over their number, where the text has
    one figure of each of the three, in final accounts."""
    for name, forms in spelled("averages").items() if book.executed else ():
        told = {key: _all(book, with_amount(form)) for key, form in forms.items()}
        if any(len({one.groups() for _, one in found}) != 1 for found in told.values()):
            continue
        stated, cost, number_of = (told[key][0][1] for key in forms)
        count = int(number_of["count"])
        if count and yuan(cost):
            due, within = yuan(cost) / count, half_unit(stated) + half_unit(cost) / count
            places = book.evidence(" ".join(passage.place_of(one) for (passage, one), *_ in told.values()))
            left, right = Side(name, yuan(stated), places[:1]), Side("推算", due.quantize(Decimal("0.01")), places[1:])
            yield from compared(rule, book, f"{yuan(cost):,.2f}÷{count}", left, right, within)


def _all(book: Book, form: re.Pattern[str]) -> list[tuple[Passage, re.Match[str]]]:
    return [(passage, found) for passage in passages(book) for found in form.finditer(passage.text)]


def _more(rule: Rule, book: Book, part: Side, whole: Side) -> Iterator[Signal]:
    if (part.value or 0) > (whole.value or 0):
        yield from compared(rule, book, "", part, whole, Decimal("0.01"))
