"""Quantities and rates that goals and uses of funds promise, against the indicators of their form and each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import chain, combinations, product

from ontology.money import YUAN_PER_UNIT
from queries.auditing.book import HALF, Book
from queries.auditing.compare import signal
from queries.auditing.patterns import bare, half_unit, number, pattern, spelled, tight, yuan
from queries.auditing.performance.costs import costs_of
from queries.auditing.performance.forms import Form, forms
from queries.auditing.performance.self_evaluations import self_evaluations
from queries.auditing.rules import Rule
from queries.auditing.signal import Severity, Side, Signal
from queries.reading import Row

_SURE, _LEAST = 4, 2  # characters that two names share: enough in any case, enough where there is no other
_PER_CENT = "%"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity: what of, how much, the family of its unit (`场`, `次` are one), as printed and where."""

    label: str
    value: Decimal
    family: str
    words: str
    at: str


def goal_counts(rule: Rule, book: Book) -> Iterator[Signal]:
    """Quantities of the goal, or of the use of funds, other than the indicator that bears their name; of a
    self-evaluation, those of the goal and the targets, those of its outcome and the achieved values.

    Equal figures are taken out first; what is left on both sides is compared where the names are much alike, or where
    nothing else of the unit is left. Then the names that stand behind a count (`14个行政村`), unit prices
    (`16元/亩`) and what is paid to each (`每人每月100元`). What a goal and one indicator alone count in a narrow unit
    (`规划书6份`) is compared whatever it is called, a note unless the indicator times its unit cost comes to the total.
    """
    used = {str(row["form"]): (tight(row["use"]), str(row["evidence"])) for row in book.asked("uses") if row["form"]}
    for form in chain(forms(book), *self_evaluations(book)):
        texts = [(form.part, form.goal, form.at)]
        texts += [("资金分配", *used[form.iri])] if form.iri in used else []
        for part, text, at in texts:
            meant_here = indicators(form)
            pairs = list(_unmatched(_promised(text, at), meant_here))
            known = [meant for _, meant in pairs]
            pairs += [pair for pair in _counted(text, at, meant_here) if pair[1] not in known]
            pairs += _priced_otherwise(text, at, form.indicators)
            pairs += _paid_otherwise(text, at, form.indicators)
            known = [meant for _, meant in pairs]
            alone = _only_of_unit(text, at, meant_here) if text == form.goal else ()
            pairs += (others := [pair for pair in alone if pair[1] not in known])
            for said, meant in pairs:
                right = Side(meant.words, None, book.evidence(meant.at))
                left = Side(f"{part}写{said.words}", None, book.evidence(said.at))
                note: Severity | None = "info" if (said, meant) in others and not _comes_to_total(form, meant) else None
                yield signal(rule, book, form.name, left, right, severity=note)


def _only_of_unit(text: str, at: str, meant: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """The only quantity of a text and the only indicator of a narrow unit (`份`, `台`), where they differ."""
    families = [family(unit) for unit in re.findall(rf"(?<=\d)(?:{'|'.join(spelled('narrow_units'))})", text)]
    for one in _promised(text, at):
        same = [other for other in meant if other.family == one.family]
        if families.count(one.family) == len(same) == 1 and one.value != same[0].value:
            yield one, same[0]


def _comes_to_total(form: Form, one: Quantity) -> bool:
    """Whether the only cost of a form is one of the unit of an indicator, and comes to its total with that."""
    costs = costs_of(form)
    per = family(costs[0][1]["per"] or "") if len(costs) == 1 else ""
    if per != one.family or form.total is None:
        return False
    return abs(yuan(costs[0][1]) * one.value - form.total) <= half_unit(costs[0][1]) * one.value + HALF


def _priced_otherwise(text: str, at: str, rows: Sequence[Row]) -> Iterator[tuple[Quantity, Quantity]]:
    """Prices of one thing in the text and in an indicator of the same number and of different units of money."""
    for row in rows:
        meant = pattern("money").match(tight(row["printed"]))
        if not (meant and meant["per"]):
            continue
        value, per = number(meant["number"]), meant["per"]
        prices = [one for one in pattern("unit_price").finditer(text) if one["per"].startswith(per)]
        same = [one for one in prices if number(one["number"]) == value]
        if same and all(one["unit"] != meant["unit"] for one in same):
            said = Quantity("", value, per, same[0][0].removesuffix(same[0]["per"]) + per, at)
            yield said, Quantity("", value, per, f"{row['title']}{tight(row['printed'])}", str(row["at"]))


def _paid_otherwise(text: str, at: str, rows: Sequence[Row]) -> Iterator[tuple[Quantity, Quantity]]:
    """What a text pays to each (`每人每月100元`) where one indicator alone sets another rate of the unit: by whom and
    how often, or by whom alone with names much alike. A text that tells of a change of rates says nothing."""
    told = [] if pattern("paid_before").search(text) else [*_rates_of_pay(text, at)]
    meant = [one for row in rows for one in _rates_of_pay(f"{row['title']}{_exact(row)}", str(row["at"]))]
    for one in told:
        same = [other for other in meant if other.family == one.family]
        alone = len(same) == [other.family for other in told].count(one.family) == 1
        if alone and one.value != same[0].value and (len(one.family) > 1 or _alike(one, same[0]) >= _SURE):
            yield one, same[0]


def _rates_of_pay(text: str, at: str) -> Iterator[Quantity]:
    """The rates of pay of a text, in yuan; the family is whom and how often, `人月`."""
    for found in pattern("paid_each").finditer(text):
        amount = number(found["number"] or found["number_"]) * YUAN_PER_UNIT[found["unit"] or found["unit_"]]
        unit = "".join(spelled("paid_units").get(one, "") for one in found["per"] or found["each"])
        yield Quantity(found["label"], amount, unit, found[0], at)


def _exact(row: Row) -> str:
    """The value of an indicator that sets no bound."""
    printed = tight(row["printed"]).removeprefix("=").removeprefix("＝")
    return printed if printed[:1].isdigit() else ""


def bounds(rule: Rule, book: Book) -> Iterator[Signal]:
    """Quantities that the goal makes a lower bound (`10%以上`) and the indicator of their name an exact value."""
    for form in forms(book):
        exact = [row for row in form.indicators if tight(row["printed"]).startswith(("=", "＝"))]
        meant = [one for row in exact if (one := _indicator(row)) is not None]
        for found in pattern("goal_quantity").finditer(form.goal):
            said = _quantity(found, form.at)
            least = form.goal[found.end() :].startswith(tuple(spelled("at_least_after")))
            same = [one for one in meant if (one.value, one.family) == (said.value, said.family)]
            for one in (one for one in same if least and _alike(said, one) >= _SURE):
                left = Side(f"{said.words}以上", None, book.evidence(said.at))
                yield signal(rule, book, form.name, left, Side(one.words, None, book.evidence(one.at)))


def repeated(rule: Rule, book: Book) -> Iterator[Signal]:
    """Goals that state one quantity twice and differently."""
    for form in forms(book):
        for one, other in combinations(_promised(form.goal, form.at), 2):
            names = sorted((bare(one.label), bare(other.label)), key=len)
            alike = len(names[0]) >= _SURE and names[1].endswith(names[0]) and one.family == other.family
            if alike and one.family != _PER_CENT and one.value != other.value:
                at = book.evidence(one.at)
                yield signal(rule, book, form.name, Side(one.words, None, at), Side(other.words, None, at))


def rates(rule: Rule, book: Book) -> Iterator[Signal]:
    """Indicators that promise more than 100 % of what can be no more than all."""
    for form in forms(book):
        for row in form.indicators:
            found = pattern("rate").match(tight(row["printed"]))
            if found and number(found["number"]) > 100 and pattern("whole_rate").search(tight(row["title"])):
                left = Side(str(row["title"]), number(found["number"]), book.evidence(row["at"]))
                yield signal(rule, book, form.name, left, Side("100%", Decimal(100)))


def units(rule: Rule, book: Book) -> Iterator[Signal]:
    """Indicators whose name has one unit in brackets and whose value has another."""
    for form in forms(book):
        for row in form.indicators:
            named = pattern("unit_in_title").search(tight(row["title"]))
            value = pattern("any_quantity").match(tight(row["printed"]))
            if named and value and value["unit"] and family(named["unit"]) != family(value["unit"]):
                at = book.evidence(row["at"])
                left = Side(tight(row["printed"]), None, at)
                yield signal(rule, book, str(row["title"]), left, Side(named["unit"], None, at))


def _promised(text: str, at: str) -> list[Quantity]:
    found = pattern("goal_quantity").finditer(text)
    return [_quantity(one, at) for one in found if not pattern("no_quantity").search(one["label"])]


def _counted(text: str, at: str, meant: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """The one count of a thing in a text (`对14个行政村实施`) and the one indicator whose name ends in that thing
    (`实施绿化行政村数量`), where they differ; a count of a part, or for each, is none of the whole."""
    found = pattern("counted_thing").finditer(text)
    counts = [one for one in found if not pattern("part_before").search(one["before"])]
    for one in meant:
        same = [(count, noun) for count in counts if (noun := _counted_noun(count, one))]
        alone = not any(other != one and _counted_noun(count, other) for count, _ in same for other in meant)
        if len(same) == 1 and alone:
            count, noun = same[0]
            words = f"{count['number']}{count['thousands']}{count['unit']}{noun}"
            value = number(count["number"]) * (10_000 if count["thousands"] else 1)
            if value != one.value:
                yield Quantity(noun, value, one.family, words, at), one


def _counted_noun(count: re.Match[str], one: Quantity) -> str:
    """What is counted, where the name of an indicator of the unit ends in it; empty else. Two characters alone are too
    general unless they are all of the name, or counted in a unit of few kinds of things (`28座水闸`)."""
    name = bare(pattern("count_dress").sub("", one.label))
    if family(count["unit"]) != one.family:
        return ""
    heads = (count["thing"][:size] for size in range(len(count["thing"]), 1, -1))
    least = _LEAST - (count["unit"] in spelled("units_of_buildings"))
    return next((head for head in heads if name == head or (len(head) > least and name.endswith(head))), "")


def _quantity(found: re.Match[str], at: str) -> Quantity:
    label = found["label"]
    return Quantity(label, number(found["number"]), _kind(label, found["unit"]), found[0].lstrip("，"), at)


def indicators(form: Form) -> list[Quantity]:
    """The indicators of a form that state a figure."""
    return [one for row in form.indicators if (one := _indicator(row)) is not None]


def _indicator(row: Row) -> Quantity | None:
    title = tight(row["title"])
    found = pattern("any_quantity").match(tight(row["printed"]))
    if found is None:
        return None
    implied = pattern("unit_of_title").search(title)
    unit = found["unit"] or (implied["unit"] if implied else "")
    times = 10_000 if found["thousands"] else 1
    return Quantity(
        title, number(found["number"]) * times, _kind(title, unit), f"{title}{tight(row['printed'])}", str(row["at"])
    )


def _kind(label: str, unit: str) -> str:
    """The family of a unit; satisfaction is a family of its own among the rates."""
    per_cent = unit in ("%", "％")
    return "满意度" if per_cent and "满意" in label else family(unit)


def family(unit: str) -> str:
    """The name under which units that count the same things go: `场` and `次` are one."""
    return str(spelled("unit_families").get(unit, unit))


def _unmatched(said: Sequence[Quantity], meant: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """The pairs of a promise and an indicator that bear one name and differ."""
    for family in sorted({one.family for one in said}):
        left = [one for one in said if one.family == family]
        right = [one for one in meant if one.family == family]
        equal = [(one, two) for one, two in product(left, right) if one.value == two.value]
        equal = [pair for pair in equal if not _better(*pair, left, right)]
        for one, two in sorted(equal, key=lambda pair: -_alike(*pair)):
            if one in left and two in right:
                left.remove(one)
                right.remove(two)
        alone = len(left) == len(right) == 1 and family != _PER_CENT
        for one in left if right else ():
            two = max(right, key=lambda other: _alike(one, other))
            best = one == max(left, key=lambda other: _alike(other, two))
            if best and _alike(one, two) >= (_LEAST if alone else _SURE):
                yield one, two


def _better(one: Quantity, two: Quantity, left: Sequence[Quantity], right: Sequence[Quantity]) -> bool:
    """Whether each of two equal quantities, or one of them, has a name that another figure surely bears instead."""
    others = [_alike(other, two) for other in left if other != one] + [
        _alike(one, other) for other in right if other != two
    ]
    return max(others, default=0) >= max(_SURE, 2 * _alike(one, two) + 1)


def _alike(one: Quantity, other: Quantity) -> int:
    """How many characters in a row two names share without what they are dressed in."""
    first, second = (re.sub(spelled("rate_dress"), "", bare(_in_full(name.label))) for name in (one, other))
    return SequenceMatcher(None, first, second, autojunk=False).find_longest_match().size


def _in_full(label: str) -> str:
    """A name with the short names in it written out: `社零` is `社会消费品零售`."""
    for short, full in spelled("short_names").items():
        label = label.replace(short, full)
    return label
