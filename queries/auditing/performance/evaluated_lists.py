"""The list of evaluated projects in running text (`分别为：某项目，全年预算数…万元，全年执行数…万元；…`) against the
self-evaluations, and against the whole that it names; that of projects whose goals are published against the forms."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.names import bare
from ontology.text import leaves_out
from queries.auditing.book import HALF, WAN, Book
from queries.auditing.compare import compared, signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import number, numeral, pattern
from queries.auditing.performance.self_evaluations import self_evaluations
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.reading import Row

_LISTED = 3  # projects at least that a list has, two of which are those of forms
_NAMES = ("全年预算数", "全年执行数")


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A project that is evaluated: its 全年预算数 and 全年执行数 in yuan, where that is printed, and the address of its
    self-evaluation, none of a list."""

    name: str
    budget: Decimal
    spent: Decimal
    at: str
    form: str = ""

    @property
    def amounts(self) -> tuple[Decimal, Decimal]:
        """Both amounts, in the order of `_NAMES`."""
        return self.budget, self.spent


def amounts(rule: Rule, book: Book) -> Iterator[Signal]:
    """Listed amounts other than those of the self-evaluation of that name; wholes that the projects listed do not come
    to, where they are as many as the text counts."""
    forms = _forms(book)
    for passage in passages(book):
        listed = list(_listed(passage))
        for one in listed:
            same = [form for form in forms if bare(form.name) == bare(one.name)]
            if len(same) == 1:
                yield from _compared(rule, book, one.name, one, same[0], "文字", "自评表", 2 * HALF / WAN)
        for found in pattern("evaluated_whole").finditer(passage.text):
            if int(found["count"]) == len(listed):
                budget, spent = (sum(some, Decimal(0)) for some in zip(*(one.amounts for one in listed), strict=True))
                parts = Evaluated("", budget, spent, " ".join(one.at for one in listed))
                what, within = f"{found['count']}个自评项目", HALF * (len(listed) + 1) / WAN
                yield from _compared(rule, book, what, _read(passage, found, what), parts, "文字", "所列之和", within)


def names(rule: Rule, book: Book) -> Iterator[Signal]:
    """A project that the text lists or reviews (自评综述) without a self-evaluation, and the one self-evaluation of its
    amounts that it does not name; a short name is no other one."""
    known = _forms(book)
    for passage in passages(book):
        yield from _strays(rule, book, list(_listed(passage)), known)
        yield from _strays(rule, book, list(_spent(passage)), known, "spent")
    printed = {str(row["form"]) for row in book.asked("self_evaluations") if row["indicator"]}
    reviews, forms = ([one for one in known if (one.form in printed) is whole] for whole in (False, True))
    yield from _strays(rule, book, reviews, forms)


def reviewed(rule: Rule, book: Book) -> Iterator[Signal]:
    """The one project of a list (`反映某项目等5个项目绩效自评结果`) without a review (自评综述), and the review of the
    one that it does not name, where the text lists, counts and reviews as many."""
    printed = {str(row["form"]) for row in book.asked("self_evaluations") if row["indicator"]}
    reviews = [one for one in _forms(book) if one.form not in printed]
    by_name: dict[str, Row] = {bare(one.name): {"name": one.name, "evidence": one.at} for one in reviews}
    for passage in passages(book):
        for found in pattern("evaluated_named").finditer(passage.text):
            listed = [bare(one) for one in found["list"].split("、")]
            if len(listed) == numeral(found["count"]) == len(by_name) == len(reviews) >= _LISTED:
                yield from _unlike(rule, book, [(one, passage.place_of(found)) for one in listed], by_name)


def published(rule: Rule, book: Book) -> Iterator[Signal]:
    """The one project that a list of those with published goals (`选取某项目、…6个项目的绩效目标`) has and no form has,
    and the one form that it does not name, where the text lists and counts as many as have forms; or of projects that
    are described point by point, as many as have forms."""
    forms = {bare(str(row["name"] or "")): row for row in book.asked("project_heads")}
    for passage in passages(book) if len(forms) >= _LISTED and "" not in forms else ():
        for found in pattern("published_goals").finditer(passage.text):
            names = [bare(one) for one in found["list"].split("、")]
            if not len(names) == numeral(found["count"]) == len(forms):
                continue
            yield from _unlike(rule, book, [(one, passage.place_of(found)) for one in names], forms)
        described = list(pattern("project_described").finditer(passage.text))
        if len(described) == len(forms):
            names_at = [(bare(one["name"]), passage.places(*one.span("name"))) for one in described]
            yield from _unlike(rule, book, names_at, forms)


def _unlike(rule: Rule, book: Book, told: Sequence[tuple[str, str]], forms: Mapping[str, Row]) -> Iterator[Signal]:
    """The one name that no form has, and the form of the one that is not told."""
    strays = [(one, at) for one, at in told if not any(_is_named(one, form) for form in forms)]
    missing = [form for form in forms if not any(_is_named(one, form) for one, _ in told)]
    if len(strays) == len(missing) == 1:
        (one, at), row = strays[0], forms[missing[0]]
        right = Side(str(row["name"]), None, book.evidence(row["evidence"]))
        yield signal(rule, book, "", Side(one, None, book.evidence(at)), right)


def _is_named(name: str, form: str) -> bool:
    """Whether one name is the other or short for it."""
    return leaves_out(*sorted((name, form), key=len))


def _strays(
    rule: Rule, book: Book, told: Sequence[Evaluated], forms: Sequence[Evaluated], by: str = "amounts"
) -> Iterator[Signal]:
    """Where the text names other projects than have forms altogether, equal amounts say nothing; `by` is what is held
    against the forms: both amounts, or what was spent."""
    strays = [one for one in told if bare(one.name) not in {bare(form.name) for form in forms}]
    missing = [form for form in forms if bare(form.name) not in {bare(one.name) for one in told}]
    for one in strays if len(strays) == len(missing) else ():
        alike = [form for form in missing if getattr(form, by) == getattr(one, by)]
        rivals = [other for other in strays if getattr(other, by) == getattr(one, by)]
        if len(alike) == len(rivals) == 1 and not _is_named(bare(one.name), bare(alike[0].name)):
            left, right = (Side(some.name, None, book.evidence(some.at)) for some in (one, alike[0]))
            yield signal(rule, book, "", left, right)


def _compared(
    rule: Rule, book: Book, what: str, one: Evaluated, other: Evaluated, here: str, there: str, within: Decimal
) -> Iterator[Signal]:
    for name, said, due in zip(_NAMES, one.amounts, other.amounts, strict=True):
        left = Side(f"{here}{name}", said / WAN, book.evidence(one.at))
        right = Side(f"{there}{name}", due / WAN, book.evidence(other.at))
        yield from compared(rule, book, what, left, right, within)


def _listed(passage: Passage) -> Iterator[Evaluated]:
    for found in pattern("evaluated_item").finditer(passage.text):
        yield _read(passage, found, found["name"])


def _spent(passage: Passage) -> Iterator[Evaluated]:
    """The projects of a list with one amount each, which is what was spent."""
    for found in pattern("evaluated_with_amounts").finditer(passage.text):
        for item in pattern("item_with_amount").finditer(found["list"]):
            at = passage.places(*(found.start("list") + end for end in item.span()))
            spent = number(item["spent"]) * WAN
            yield Evaluated(item["name"], spent, spent, at)


def _read(passage: Passage, found: re.Match[str], name: str) -> Evaluated:
    return Evaluated(name, number(found["budget"]) * WAN, number(found["spent"]) * WAN, passage.place_of(found))


def _forms(book: Book) -> list[Evaluated]:
    """The self-evaluations of projects that print both amounts."""
    single = {str(row["form"]) for row in book.asked("self_evaluations") if row["single"]}
    pairs = [(planned, done) for planned, done in self_evaluations(book) if planned.iri in single]
    return [
        Evaluated(planned.name, planned.total, done.total, planned.at, planned.iri)
        for planned, done in pairs
        if planned.total is not None and done.total is not None
    ]
