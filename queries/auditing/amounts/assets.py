"""State assets as the text counts them against the indicators that look after them."""

import re
from collections.abc import Iterator, Mapping

from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.passages import Passage, passages
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


def kinds_of_cars(rule: Rule, book: Book) -> Iterator[Signal]:
    """Kinds of official cars in the text on what they cost that the text on state assets counts otherwise, or, naming
    all its kinds and what the others are, does not have; the two count one number of cars."""
    (kept, owned) = (
        [(at, one) for at in passages(book) if ("资产" in at.section) is of_assets for one in _listed_cars(at)]
        for of_assets in (False, True)
    )
    if len(kept) == len(owned) == 1 and kept[0][1]["all"] == owned[0][1]["all"]:
        (one, mine), (other, theirs) = kept[0], owned[0]
        told, due = (_by_kind(found["list"]) for found in (mine, theirs))
        for kind, count in told.items():
            rest = pattern("other_cars_are").search(theirs["list"])
            missing = count > 0 and kind not in due and rest is not None and kind not in rest["what"]
            if missing or due.get(kind, count) != count:
                left = Side(f"{kind}{count}辆", None, book.evidence(one.place_of(mine)))
                right = Side(theirs["list"].rstrip("。，；"), None, book.evidence(other.place_of(theirs)))
                yield signal(rule, book, mine["all"], left, right)


def _listed_cars(passage: Passage) -> Iterator[re.Match[str]]:
    return pattern("cars_of_kinds").finditer(passage.text)


def _by_kind(listed: str) -> dict[str, int]:
    return {found["kind"]: int(found["count"]) for found in pattern("cars_of_kind").finditer(listed)}


def _more(rule: Rule, book: Book, asset: Mapping[str, str], form: Form, right: Side) -> Iterator[Signal]:
    for row in form.indicators:
        value = pattern("quantity").match(tight(row["printed"]))
        meant = with_amount(asset["looked_after"]).search(tight(row["title"])) and value
        if meant and value and value["unit"] == asset["unit"] and number(value["number"]) > (right.value or 0):
            words = f"{tight(row['title'])}{tight(row['printed'])}"
            yield signal(rule, book, form.name, Side(words, number(value["number"]), book.evidence(row["at"])), right)
