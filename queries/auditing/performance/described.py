"""Works that the text describes (项目经费情况说明) against their performance forms: name, payments, figures."""

import re
from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import islice

from ontology.text import leaves_out
from queries.auditing.book import HALF, WAN, Book
from queries.auditing.compare import compared, signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import half_unit, number, pattern, priced, tight, yuan
from queries.auditing.performance.accounts import core, pairs
from queries.auditing.performance.forms import Form, forms
from queries.auditing.performance.quantities import Quantity, family, indicators
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal

_LONG = 8  # characters of a name that no other project has by chance
_ALIKE = 0.7  # of the characters in common, from which two names of one project are meant to be one
_WORD = 2  # characters that a name may lack and still be printed in full
_TELLING = 5  # characters of what an indicator measures that tell it from other things
_QUARTERS = "一二三四"


def names(rule: Rule, book: Book) -> Iterator[Signal]:
    """Forms whose name the text never has, and has as that of works with the same words in another order or dress; or
    whose account, which is of no other form, has another name: more than a remark where the two are much alike."""
    held = passages(book)
    accounts = {str(form["form"]): account for account, form in pairs(book)}
    for form in forms(book):
        name, account = tight(form.name), accounts.get(form.iri)
        if any(name in passage.text for passage in held):
            continue
        left = Side(name, None, book.evidence(form.at))
        for passage, found in islice(_named(form, held), 1):
            yield signal(rule, book, "", left, Side(found[0], None, book.evidence(passage.place_of(found))))
            account = None
        if account and _is_other(name, tight(account["name"])):
            right = Side(tight(account["name"]), None, book.evidence(account["evidence"]))
            alike = SequenceMatcher(None, name, right.name, autojunk=False).ratio() >= _ALIKE
            yield signal(rule, book, "", left, right, severity="warning" if alike else None)


def _is_other(name: str, account: str) -> bool:
    """Whether two names of one project contradict each other: neither is short for the other."""
    shorter, longer = sorted(map(core, (name, account)), key=len)
    short = leaves_out(shorter, longer) and len(longer) - len(shorter) > _WORD
    return bool(shorter) and shorter not in longer and not short


def payments(rule: Rule, book: Book) -> Iterator[Signal]:
    """Plans of payments for the four quarters that do not come to the total of the form of the works described.

    Where the text describes the works of several forms, or of none, nothing is said.
    """
    held = passages(book)
    described = [form for form in forms(book) if form.total and any(_named(form, held))]
    for passage in held if len(described) == 1 else ():
        found = list(priced("quarter_plan").finditer(passage.text))
        if [one["quarter"] for one in found] == list(_QUARTERS):
            form = described[0]
            at = book.evidence(passage.places(found[0].start(), found[-1].end()))
            left = Side("四个季度之和", sum((yuan(one) for one in found), Decimal(0)) / WAN, at)
            right = Side("绩效目标表", (form.total or Decimal(0)) / WAN, book.evidence(form.at))
            tolerance = (sum(map(half_unit, found)) + HALF) / WAN
            yield from compared(rule, book, form.name, left, right, tolerance)


def figures(rule: Rule, book: Book) -> Iterator[Signal]:
    """Indicators whose very name the text has with other figures of the same unit, and nowhere with theirs."""
    for form in forms(book):
        for one in indicators(form):
            told = list(_told(one, passages(book))) if len(one.label) >= _TELLING and one.family != "%" else []
            if told and all(value != one.value for value, _, _ in told):
                _, passage, found = told[0]
                left = Side(one.words, None, book.evidence(one.at))
                right = Side(found[0], None, book.evidence(passage.place_of(found)))
                yield signal(rule, book, form.name, left, right)


def _named(form: Form, held: list[Passage]) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Where the text names the works of a form: its words without 新建, 工程 and the like, dressed so or otherwise."""
    name = tight(form.name)
    bare = pattern("works_dress").sub("", pattern("works_dress").sub("", name))
    if bare == name or len(bare) < _LONG:
        return
    dressed = re.compile(pattern("works_named").pattern.replace("CORE", re.escape(bare)))
    for passage in held:
        yield from ((passage, found) for found in dressed.finditer(passage.text))


def _told(one: Quantity, held: list[Passage]) -> Iterator[tuple[Decimal, Passage, re.Match[str]]]:
    """The figures of the unit of an indicator that stand behind its name in the text."""
    form = re.compile(re.escape(one.label) + pattern("figure_behind").pattern)
    for passage in held:
        for found in form.finditer(passage.text):
            if family(found["unit"]) == one.family:
                yield number(found["number"]), passage, found
