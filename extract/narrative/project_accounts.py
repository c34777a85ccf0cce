"""Projects that 项目经费情况说明 describes under headings of their own: 一、项目概况 二、立项依据 and so on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extract.document import Document
from extract.narrative.running_text import RunningText
from extract.narrative.wording import AMOUNT, NUMBERING, UNIT, number, one_of, pattern, wording
from ontology.document_number import mentions
from ontology.facts import Finding, ProjectFact
from ontology.findings import said

_ON_FORM = "the account has the name of the only form"
_NAMED = "the project is named in its overview"
_ADDED = "the amount is the sum of the four quarters"
_QUARTERS = list("一二三四")


@dataclass(frozen=True, slots=True)
class _Account:
    """The place of one project's account, the name printed over it, and its parts by field."""

    start: int
    end: int
    title: str | None
    parts: dict[str, str]


def project_accounts(
    document: Document, text: RunningText, heading: str, forms: Sequence[str | None] = ()
) -> Iterator[ProjectFact | Finding]:
    """One fact a project, in printed order, from one overview to the next; a finding where none can be made.

    The name is the line over the overview; where there is none, what stands before 项目经费情况说明 in the heading, if
    the account has it too, or the works that the overview names, if the rest of the account names them, or the project
    of the only performance form (`forms`), if the account has its name. The amount is the one that 年度预算安排 prints,
    or the sum of its four quarters.
    """
    accounts = list(_accounts(text))
    for account in accounts:
        alone = len(accounts) == 1
        yield _fact(document, text, account, heading if alone else "", forms if alone else ())
    if text.text and not accounts and not pattern(wording("project_accounts")["nil"]).search(text.text):
        source = text.source(document, 0, len(text.text))
        yield Finding(source=source, severity="warning", message=said("no_project_of_account"))


def _accounts(text: RunningText) -> Iterator[_Account]:
    fields = wording("project_accounts")["labels"]
    labels = [label for label in _labels().finditer(text.text) if _is_heading(text, label)]
    firsts = [at for at, label in enumerate(labels) if fields[label["label"]] == "overview"]
    titles = {at: _title(text, labels[at].start()) for at in firsts}
    for first, following in zip(firsts, [*firsts[1:], len(labels)], strict=False):
        start, title = titles[first]
        end = titles[following][0] if following in titles else len(text.text)
        stops = [label.start() for label in labels[first + 1 : following]] + [end]
        parts = {
            fields[label["label"]]: text.text[label.end() : stop]
            for label, stop in zip(labels[first:following], stops, strict=True)
        }
        yield _Account(start, end, title, parts)


def _is_heading(text: RunningText, label: re.Match[str]) -> bool:
    """Whether a label begins a line, and ends it or has a colon."""
    return label.start() in text.starts and (bool(label["colon"]) or label.end() in (*text.starts, len(text.text)))


def _title(text: RunningText, overview: int) -> tuple[int, str | None]:
    """Where an account begins, and the name in the line before its overview if that is no end of a sentence."""
    start = max((start for start in text.starts if start < overview), default=overview)
    own = pattern(wording("project_accounts")["own_name"]).fullmatch(text.text, start, overview)
    return (start, own["name"]) if own and (start == 0 or text.text[start - 1] in "。；;") else (overview, None)


def _fact(
    document: Document, text: RunningText, account: _Account, heading: str, forms: Sequence[str | None]
) -> ProjectFact | Finding:
    source = text.source(document, account.start, account.end)
    title = account.title or _in_heading(heading, account.parts)
    name, named = (title, None) if title else _named(account.parts, forms)
    if not name:
        message = said("unnamed_project")
        return Finding(source=source, severity="warning", message=message)
    amount, unit, added = _amount(account.parts.get("allocation", ""))
    how = "; ".join(filter(None, (named, added)))
    basis = account.parts.get("basis") or None
    return ProjectFact(
        source=source,
        grade="derived" if how else "stated",
        how=how or None,
        kind="项目",
        name=name,
        amount=amount,
        unit=unit,
        basis=basis,
        unit_in_charge=account.parts.get("unit_in_charge") or None,
        allocation=account.parts.get("allocation") or None,
        period=account.parts.get("period") or None,
        docs=tuple(dict.fromkeys(mention.normal for mention in mentions(f"{name}\n{basis or ''}"))),
    )


def _in_heading(heading: str, parts: dict[str, str]) -> str | None:
    """The name that the heading of the part has before its own words, if the account has it."""
    found = pattern(wording("project_accounts")["in_heading"]).match(heading)
    return found["name"] if found and found["name"] in "".join(parts.values()) else None


def _named(parts: dict[str, str], forms: Sequence[str | None]) -> tuple[str | None, str | None]:
    """The works that the overview names, if the account names them once more; else the project of the only form."""
    found = pattern(wording("project_accounts")["named"]).search(parts["overview"])
    again = found and "".join(parts.values()).count(found["name"]) > 1
    if found and again:
        return found["name"], _NAMED
    name = forms[0] if len(forms) == 1 else None
    return (name, _ON_FORM) if name and name in "".join(parts.values()) else (None, None)


def _amount(allocation: str) -> tuple[Decimal | None, str, str | None]:
    """The amount with its unit, and what it rests on where it is not printed itself."""
    printed = pattern(wording("project_accounts")["amount"]).search(allocation)
    if printed:
        return number(printed["amount"]), printed["unit"], None
    quarters = list(_quarter().finditer(allocation))
    amounts = [amount for quarter in quarters if (amount := number(quarter["amount"])) is not None]
    units = {quarter["unit"] for quarter in quarters}
    if [quarter["name"] for quarter in quarters] == _QUARTERS and len(amounts) == len(_QUARTERS) and len(units) == 1:
        return sum(amounts, Decimal(0)), units.pop(), _ADDED
    return None, "万元", None


@cache
def _quarter() -> re.Pattern[str]:
    return re.compile(rf"第(?P<name>[一二三四])季度[^第，,；;。\d]{{0,12}}(?P<amount>{AMOUNT})(?P<unit>{UNIT})")


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"{NUMBERING}(?P<label>{one_of(wording('project_accounts')['labels'])})(?P<colon>[：:])?")
