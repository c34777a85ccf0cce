"""Tables that the contents list under another title than theirs, in another order than they are printed, or in vain."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from extract.document import Document, Line
from extract.narrative.contents import entries_of, words_outside_contents
from extract.narrative.wording import wording
from extract.outline import Section
from extract.titles import printed_title, table_of_title
from ontology.facts import Finding
from ontology.findings import said
from ontology.text import key

_NEAR = 0.85
_FEW = 3  # tables listed and printed, below which there is no order to be kept


class _Listed(NamedTuple):
    """A table of the contents that is printed: its two titles, their places, which of the printed tables it is."""

    entry: str
    line: Line
    title: str
    heading: Line
    order: int


def listed_otherwise(document: Document, sections: Sequence[Section]) -> Iterator[Finding]:
    """Two findings, one at the entry and one over the table, for each table whose titles differ in more than the year,
    the name of the body and words in brackets, and for each that is printed elsewhere than the order of the contents
    has it. A table that is printed or listed twice says nothing."""
    listed = list(_listed(sections))
    for one in listed:
        if _bare(one.entry) != _bare(one.title):
            yield from _told(document, one, "listed_title")
    for one in _out_of_order(listed):
        yield from _told(document, one, "listed_order")


def unprinted(document: Document, sections: Sequence[Section]) -> Iterator[Finding]:
    """A finding for each table of the contents that is not printed, where most of those listed are; what stands
    anywhere else under the title of the entry is taken for it, read or not."""
    printed = {one.key for one in sections if one.kind == "table"}
    entries = [(table_of_title(words), words, line) for line, words in entries_of(sections)]
    missing = [entry for entry in entries if entry[0] and entry[0] not in printed]
    text = _dress().sub("", key("".join(words_outside_contents(sections)))) if missing else ""
    for table, words, line in missing if 2 * len(missing) < sum(bool(name) for name, _, _ in entries) else ():
        if _bare(words) not in text:
            yield document.note(line, f"contents: {said('listed_unprinted', table=table or '', entry=words)}")


def _listed(sections: Sequence[Section]) -> Iterator[_Listed]:
    printed = [one for one in sections if one.kind == "table" and one.heading]
    keys = [one.key for one in printed]
    named = [(table_of_title(words), words, line) for line, words in entries_of(sections)]
    once = [name for name, _, _ in named]
    for name, words, line in named:
        near = _like(words, [one for one in printed if one.key not in once]) if name is None else None
        if name and keys.count(name) == once.count(name) == 1:
            at = keys.index(name)
            yield _Listed(words, line, printed_title(printed[at].title), printed[at].heading[0], at)
        elif near is not None:
            yield _Listed(words, line, printed_title(near.title), near.heading[0], printed.index(near))


def _like(entry: str, unlisted: Sequence[Section]) -> Section | None:
    """The one of the tables that no entry lists whose title is much like an entry that no known table is called."""
    bare = _bare(entry)
    near = [one for one in unlisted if SequenceMatcher(None, bare, _bare(printed_title(one.title))).ratio() >= _NEAR]
    return near[0] if len(near) == 1 and bare.endswith("表") else None


def _out_of_order(listed: Sequence[_Listed]) -> Iterator[_Listed]:
    """The fewest tables without which the others are printed as they are listed; none where they are many."""
    best: list[list[_Listed]] = []
    for one in listed:
        at = bisect_left([run[-1].order for run in best], one.order)
        best[at : at + 1] = [[*(best[at - 1] if at else []), one]]
    kept = best[-1] if best else []
    if len(listed) > _FEW and len(listed) - len(kept) < len(listed) / 2:
        yield from (one for one in listed if one not in kept)


def _told(document: Document, one: _Listed, kind: str) -> Iterator[Finding]:
    for place, at in (("contents", one.line), ("tables", one.heading)):
        words = said(kind, entry=one.entry, table=one.title)
        yield document.note(at, f"{place}: {words}")


def _bare(title: str) -> str:
    return _dress().sub("", key(re.sub(wording("listed_tables")["dress"], "", title)))


@cache
def _dress() -> re.Pattern[str]:
    return re.compile("|".join(map(key, wording("contents")["left_out"])))
