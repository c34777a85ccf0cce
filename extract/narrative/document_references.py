"""Mentions of numbered official documents, wherever they are printed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from extract.document import Block, Cell, Document, Line, Table
from extract.narrative.personal import follows_personal, of_person, without_personal
from extract.narrative.running_text import running_text
from extract.outline import Section
from extract.performance.facts import SCOPES
from extract.performance.flattened import has_certain_head
from extract.performance.told import Told, told_in
from extract.titles import printed_title
from ontology.document_number import CLOSE, OPEN, Mention, doubtful, mentions
from ontology.facts import DocrefFact, Finding, Source
from ontology.findings import said
from ontology.serials import are_split
from ontology.text import tight

_AROUND = 14
_YEAR_AND_SERIAL = re.compile(rf"[{OPEN}](?:19|20)\d\d年?[{CLOSE}]第?\d{{1,6}}号")


def document_references(document: Document, sections: Sequence[Section]) -> Iterator[DocrefFact | Finding]:
    """One fact a mention, in printed order, in lines and table cells alike; the table of contents is left out.

    `number` has the digits as printed (`083号`). `context` is some fourteen characters before and after, within the
    cell in tables; neither it nor the source holds a personal name or telephone number. A prefix that is not known is
    also a finding of severity info; what looks like a number and cannot be told is a finding only: its issuer, where it
    ends, or which numbers of a range it means.
    """
    told = told_in(document)
    for section in sections:
        if section.kind != "contents":
            persons = _may_name_persons(told, section)
            for _, group in groupby((*section.heading, *section.blocks), key=type):
                same = list(group)
                yield from _in_lines(document, same, persons)
                yield from _in_tables(document, section, same)


def _may_name_persons(told: Told, section: Section) -> bool:
    """Whether a section is a flattened performance form in which the cells of persons cannot be told from others."""
    scope = SCOPES.get(section.key)
    if section.kind != "form" or scope is None or any(isinstance(block, Table) for block in section.blocks):
        return False
    return not has_certain_head(told, section, scope)


def _in_lines(document: Document, blocks: list[Block], persons: bool) -> Iterator[DocrefFact | Finding]:
    """The mentions in consecutive lines, broken ones included; with nothing around them where `persons` may be."""
    text = running_text(block for block in blocks if isinstance(block, Line))
    for mention in mentions(text.text):
        source = text.source(document, mention.start, mention.end)
        raw = _as_printed(mention.raw, source.text)
        public = replace(source, text=raw) if persons else _public(text.text, mention, source, raw)
        found = list(_facts(mention, raw, text.text, public))
        yield from (replace(fact, context=raw) if persons and isinstance(fact, DocrefFact) else fact for fact in found)
    for start, end in doubtful(text.text):
        yield _unread(text.text[start:end], text.source(document, start, end))


def _in_tables(document: Document, section: Section, blocks: list[Block]) -> Iterator[DocrefFact | Finding]:
    title = printed_title(section.title) if section.kind in ("table", "form") else None
    for block in blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                yield from _in_cell(document, title, cell)


def _in_cell(document: Document, title: str | None, cell: Cell) -> Iterator[DocrefFact | Finding]:
    text = tight(cell.text)
    for mention in mentions(text):
        source = document.source(cell, text=without_personal(cell.text), table=title)
        yield from _facts(mention, _as_printed(mention.raw, cell.text), text, source)
    for start, end in doubtful(text):
        yield _unread(text[start:end], document.source(cell, table=title))


def _unread(number: str, source: Source) -> Finding:
    whole = _YEAR_AND_SERIAL.fullmatch(number) is not None
    message = said("unknown_issuer" if whole else "unknown_documents", number=number)
    return Finding(source=replace(source, text=number), severity="warning", message=message)


def _public(text: str, mention: Mention, source: Source, raw: str) -> Source:
    """The source without personal names: only the number itself where a name may stand before it."""
    words = raw if follows_personal(text, mention.start) else without_personal(source.text)
    return replace(source, text=words)


def _facts(mention: Mention, raw: str, text: str, source: Source) -> Iterator[DocrefFact | Finding]:
    if of_person(mention.number.prefix):
        yield _unread(mention.raw.removeprefix(mention.number.prefix), source)
        return
    if are_split(re.split(f"[{CLOSE}]", raw)[-1]):
        yield _unread(raw, source)
        return
    before = text[max(0, mention.start - _AROUND) : mention.start]
    if follows_personal(text, mention.start):
        before = ""
    after = without_personal(text[mention.end : mention.end + _AROUND + 8])[:_AROUND]
    context = without_personal(before) + mention.raw + after
    yield DocrefFact(source=source, raw=raw, number=mention.normal, context=context)
    if not mention.known:
        message = said("unknown_prefix", prefix=mention.number.prefix, number=mention.normal)
        yield Finding(source=source, severity="info", message=message)


def _as_printed(raw: str, printed: str) -> str:
    """The number with the blanks printed inside it, without line breaks."""
    found = re.search(r"\s*".join(map(re.escape, raw)), printed)
    return found.group().replace("\n", "") if found else raw
