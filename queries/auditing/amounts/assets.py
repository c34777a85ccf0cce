"""State assets as the text counts them against the indicators that look after them."""

from collections.abc import Iterator, Mapping

from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import passages
from queries.auditing.patterns import number, pattern, spelled, tight, with_amount
from queries.auditing.performance.forms import Form, forms
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal


def looked_after(rule: Rule, book: Book) -> Iterator[Signal]:
    """Indicators of vehicles or floor space that are more than all the text on state assets has."""
    for asset in spelled("asset"):
        owned = [
            (at, found)
            for at in passages(book)
            if "资产" in at.section
            for found in with_amount(asset["owned"]).finditer(at.text)
        ]
        for form in forms(book) if len(owned) == 1 else ():
            at, found = owned[0]
            right = Side(found[0].rstrip("，；。（("), number(found["number"]), book.evidence(at.place_of(found)))
            yield from _more(rule, book, asset, form, right)


def of_other_kinds(rule: Rule, book: Book) -> Iterator[Signal]:
    """Indicators of official cars where the text on state assets counts all vehicles as others."""
    found = [(at, one) for at in passages(book) for one in pattern("cars_by_kind").finditer(at.text)]
    for form in forms(book) if len(found) == 1 else ():
        at, kinds = found[0]
        for row in form.indicators:
            value = pattern("quantity").match(tight(row["printed"]))
            official = value and value["unit"] == "辆" and pattern("official_cars").search(tight(row["title"]))
            others = int(kinds["general"]) == int(kinds["duty"]) == 0 < int(kinds["other"])
            if value and official and others and number(value["number"]) > 0:
                left = Side(f"{tight(row['title'])}{tight(row['printed'])}", None, book.evidence(row["at"]))
                right = Side(f"其他车辆{kinds['other']}辆", None, book.evidence(at.place_of(kinds)))
                yield signal(rule, book, form.name, left, right)


def _more(rule: Rule, book: Book, asset: Mapping[str, str], form: Form, right: Side) -> Iterator[Signal]:
    for row in form.indicators:
        value = pattern("quantity").match(tight(row["printed"]))
        meant = with_amount(asset["looked_after"]).search(tight(row["title"])) and value
        if meant and value and value["unit"] == asset["unit"] and number(value["number"]) > (right.value or 0):
            words = f"{tight(row['title'])}{tight(row['printed'])}"
            yield signal(rule, book, form.name, Side(words, number(value["number"]), book.evidence(row["at"])), right)
