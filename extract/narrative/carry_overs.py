"""Money carried over from last year, line by line as the running text lists it."""

import re
from collections.abc import Iterator
from functools import cache

from extract.document import Document
from extract.narrative.running_text import RunningText
from extract.narrative.wording import AMOUNT, NUMBERING, UNIT, number, ordinal, wording
from ontology.document_number import mentions
from ontology.facts import Finding, ProjectFact
from ontology.findings import said

_BOUNDARY = re.compile(r"[。；;：:]")
_TOTAL = re.compile(rf"结转结余(?:预算)?(?:为)?(?P<amount>{AMOUNT}){UNIT}")


def carry_overs(document: Document, text: RunningText) -> Iterator[ProjectFact | Finding]:
    """The items `1.NAME结转 10.00万元，主要用于：PURPOSE。` in printed order, as projects of kind 上年结转结余.

    The name goes without 结转 and （项目） after it. A purpose may itself be a numbered list: an item is known by its
    number in the sequence and by the amount before 主要用于.
    """
    uses = list(_use().finditer(text.text))
    starts = list(_starts(text, uses))
    ends = [*starts[1:], len(text.text)]
    for use, start, end in zip(uses, starts, ends, strict=False):
        yield _fact(document, text, use, start, end)
    total = _TOTAL.search(text.text)
    if not uses and total and number(total["amount"]):
        source = text.source(document, 0, len(text.text))
        yield Finding(source=source, severity="warning", message=said("no_carry_over"))


def _starts(text: RunningText, uses: list[re.Match[str]]) -> Iterator[int]:
    """Where each item begins: at the last number of the sequence before its amount, else after the last stop."""
    after = 0
    for position, use in enumerate(uses, start=1):
        places = {start for start in text.starts if after <= start < use.start()}
        places |= {stop.end() for stop in _BOUNDARY.finditer(text.text, after, use.start())}
        numbered = [place for place in places if re.compile(ordinal(position)).match(text.text, place)]
        stops = [stop.end() for stop in _BOUNDARY.finditer(text.text, after, use.start())]
        yield max(numbered or stops or [after])
        after = use.end()


def _fact(document: Document, text: RunningText, use: re.Match[str], start: int, end: int) -> ProjectFact:
    name = _name(text.text[start : use.start()])
    return ProjectFact(
        source=text.source(document, start, end),
        kind="上年结转结余",
        name=name,
        amount=number(use["amount"]),
        unit=use["unit"],
        purpose=text.text[use.end() : end] or None,
        docs=tuple(dict.fromkeys(mention.normal for mention in mentions(name))),
    )


def _name(printed: str) -> str:
    """The name without its numbering and without 结转 after it."""
    return re.sub(wording("carry_overs")["after_name"] + "$", "", re.sub("^" + NUMBERING, "", printed))


@cache
def _use() -> re.Pattern[str]:
    return re.compile(rf"(?P<amount>{AMOUNT})(?P<unit>{UNIT}){wording('carry_overs')['used_for']}")
