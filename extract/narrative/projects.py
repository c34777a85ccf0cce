"""Projects as the running text describes them: this year's, and the money carried over from last year."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract.document import Document
from extract.narrative.carry_overs import carry_overs
from extract.narrative.project_accounts import project_accounts
from extract.narrative.running_text import RunningText, running_text
from extract.narrative.wording import AMOUNT, NUMBERING, UNIT, number, one_of, wording
from extract.outline import Section
from ontology.document_number import mentions
from ontology.facts import Finding, NilFact, ProjectFact
from ontology.findings import said

_NUMBERING = re.compile(NUMBERING + "$")
_LONGEST_NUMBERING = 6  # characters: （一十二）、
_SIZE = re.compile(rf"(?P<amount>{AMOUNT})(?P<unit>{UNIT})")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A project's place in the text and its fields as printed, white space removed."""

    start: int
    end: int
    fields: dict[str, str]


def projects(
    document: Document, sections: tuple[Section, ...], forms: Sequence[str | None] = ()
) -> Iterator[ProjectFact | NilFact | Finding]:
    """One fact a project of 一般公共预算项目支出 or 项目经费 and one a carry-over, in printed order.

    Texts are as printed without white space, their final 。 kept. A project whose particulars are withheld has the
    words that say so for them and `disclosed` False, and is also a nil fact of kind withheld. `docs` are the document
    numbers inside name and basis, each once. `forms` are the projects that performance forms name.
    """
    for section in sections:
        if section.key == "projects":
            yield from _in_section(document, running_text(section.lines()))
        elif section.key == "project_funds":
            yield from project_accounts(document, running_text(section.lines()), section.title, forms)
        elif section.key == "carryover" and section.kind == "section":
            yield from carry_overs(document, running_text(section.lines()))


def _in_section(document: Document, text: RunningText) -> Iterator[ProjectFact | NilFact | Finding]:
    entries = list(_entries(text))
    for entry in entries:
        yield from _facts(document, text, entry)
    if text.text and not entries and not re.search(wording("projects")["nil"], text.text):
        source = text.source(document, 0, len(text.text))
        yield Finding(source=source, severity="warning", message=said("no_projects"))


def _entries(text: RunningText) -> Iterator[_Entry]:
    """The projects: from one 项目名称 to the next."""
    labels = list(_labels().finditer(text.text))
    name = wording("projects")["name"]
    firsts = [position for position, label in enumerate(labels) if label["label"] == name]
    for first, following in zip(firsts, [*firsts[1:], len(labels)], strict=False):
        own = labels[first:following]
        end = _start_of_item(text, labels[following]) if following < len(labels) else len(text.text)
        ends = [label.start() for label in own[1:]] + [end]
        fields = {
            wording("projects")["labels"][label["label"]]: text.text[label.end() : stop]
            for label, stop in zip(own, ends, strict=True)
        }
        yield _Entry(_start_of_item(text, own[0]), end, fields)


def _start_of_item(text: RunningText, label: re.Match[str]) -> int:
    """Where the item of this label begins, its numbering included."""
    line = text.starts[bisect_right(text.starts, label.start()) - 1]
    begin = max(line if line < label.start() else 0, label.start() - _LONGEST_NUMBERING)
    numbering = _NUMBERING.search(text.text, begin, label.start())
    return numbering.start() if numbering else label.start()


def _facts(document: Document, text: RunningText, entry: _Entry) -> Iterator[ProjectFact | NilFact | Finding]:
    source = text.source(document, entry.start, entry.end)
    name, basis = entry.fields["name"], entry.fields.get("basis") or None
    size = _SIZE.search(entry.fields.get("amount", ""))
    amount, unit = (number(size["amount"]), size["unit"]) if size else (None, "万元")
    withheld = any(_withheld().fullmatch(value) for value in entry.fields.values())
    yield ProjectFact(
        source=source,
        kind="项目",
        name=name,
        amount=amount,
        unit=unit,
        basis=basis,
        unit_in_charge=entry.fields.get("unit_in_charge") or None,
        allocation=entry.fields.get("allocation") or None,
        period=entry.fields.get("period") or None,
        docs=tuple(dict.fromkeys(mention.normal for mention in mentions(f"{name}\n{basis or ''}"))),
        disclosed=not withheld,
    )
    if withheld:
        yield NilFact(source=source, kind="withheld", subject=name, amount=amount, unit=unit)
    if not name or amount is None:
        message = said("project_without_amount", name=name) if name else said("project_without_name")
        yield Finding(source=source, severity="warning", message=message)


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"(?P<label>{one_of(wording('projects')['labels'])})[：:]")


@cache
def _withheld() -> re.Pattern[str]:
    return re.compile(one_of(wording("projects")["withheld"]) + "[。；;]?")
