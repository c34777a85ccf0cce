"""Tables that the contents list under another title than theirs, in another order than they are printed, or in vain."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from extract.document import Document, Line
from extract.entries import without_leaders
from extract.narrative.contents import entries_of, words_outside_contents
from extract.narrative.table_heads import numbers_of_tables
from extract.outline import Section
from extract.titles import is_unknown_title, numbered_title, printed_title, table_of_title
from ontology.facts import Finding
from ontology.findings import said
from ontology.headings import bare_heading, bare_title
from ontology.numbering import out_of_order

_NEAR = 0.85
_NUMBERED_NEAR = 0.7  # of two titles with one number
_FEWEST = 3  # tables in the contents and printed, from which on their numbers, or their order, tell which is meant
_SHORT = 5  # characters of what the contents call the tables as a whole: 部门预算表


_Entry = tuple[str | None, str, Line]  # which table is listed, None where its title is not known; the words


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
    has it. A table that is printed or listed twice says nothing. Where titles differ, numbers that the contents and the
    tables share tell which is meant, and the place of the only entry and the only table left over."""
    listed = list(_listed(sections))
    for one in (*listed, *_listed_by_number(sections, [at.line for at in listed])):
        if bare_title(one.entry) != bare_title(one.title):
            yield from _told(document, one, "listed_title")
    for at in out_of_order([one.order for one in listed]):
        yield from _told(document, listed[at], "listed_order")


def unprinted(document: Document, sections: Sequence[Section]) -> Iterator[Finding]:
    """A finding for each table of the contents that is not printed. Where most of those listed are, what stands
    anywhere else under the title of the entry is taken for it, read or not; where not, they are in another file. One
    of no known kind is told where it stands between two that are printed one right behind the other."""
    printed = {one.key for one in sections if one.kind == "table"}
    entries = [(table_of_title(words), words, line) for line, words in entries_of(sections)]
    retitled = [entry for entry, _ in _left_over(sections)]
    missing = [entry for entry in entries if entry[0] and entry[0] not in printed and entry not in retitled]
    few = 2 * len(missing) < sum(bool(name) for name, _, _ in entries)
    missing += [entry for entry in _skipped(sections) if few and entry not in retitled]
    text = bare_heading("".join(words_outside_contents(sections))) if missing and few else ""
    kind = "listed_unprinted" if few else "listed_elsewhere"
    for table, words, line in missing:
        if bare_title(words) not in text:
            yield document.note(line, f"contents: {said(kind, table=table or 'other', entry=words)}")


def _skipped(sections: Sequence[Section]) -> Iterator[_Entry]:
    """The entries of no known table between two whose tables are printed one right behind the other, with nothing
    between them that is worded like a title."""
    entries, printed, _, _ = _left(sections)
    keys = [one.key for one in printed]
    for before, entry, behind in zip(entries, entries[1:], entries[2:], strict=False):
        at = keys.index(before[0]) if before[0] in keys else len(keys)
        beside = entry[0] is None and None not in (before[0], behind[0]) and keys[at + 1 : at + 2] == [behind[0]]
        if beside and not any(is_unknown_title(line.text) for line in printed[at].lines()):
            yield entry


def unlisted(document: Document, sections: Sequence[Section]) -> Iterator[Finding]:
    """A finding for the one table that the contents do not list, where they list the tables printed before and behind
    it one right behind the other, and no table that is not printed."""
    entries, printed, left, over = _left(sections)
    at = printed.index(over[0]) if not left and [bool(one.key) for one in over] == [True] else 0
    if 0 < at < len(printed) - 1:
        names = [name for name, _, _ in entries]
        before, behind = printed[at - 1].key, printed[at + 1].key
        if names.count(before) == names.count(behind) == 1 and names.index(behind) == names.index(before) + 1:
            words = said("heading_not_listed", heading=printed_title(over[0].title))
            yield document.note(over[0].heading[0], f"contents: {words}")


def _listed(sections: Sequence[Section]) -> Iterator[_Listed]:
    printed = [one for one in sections if one.kind == "table" and one.heading]
    keys = [one.key for one in printed]
    named = [(table_of_title(words), words, line) for line, words in entries_of(sections)]
    over, once = _left_over(sections), [name for name, _, _ in named]
    for name, words, line in named:
        near = _like(words, [one for one in printed if one.key not in once]) if name is None else None
        if name and keys.count(name) == once.count(name) == 1:
            at = keys.index(name)
            yield _Listed(words, line, printed_title(printed[at].title), printed[at].heading[0], at)
        elif near is not None:
            yield _Listed(words, line, printed_title(near.title), near.heading[0], printed.index(near))
        for at in (printed.index(one) for entry, one in over if entry[2] == line and near is None):
            yield _Listed(words, line, printed_title(printed[at].title), printed[at].heading[0], at)


def _left_over(sections: Sequence[Section]) -> list[tuple[_Entry, Section]]:
    """The only entry whose table is not printed and the only table that no entry lists, where they have one place among
    the entries of tables and the tables: they are one, however unlike their titles."""
    entries, printed, left, over = _left(sections)
    names = [name for name, _, _ in entries if name]
    sure = len(left) == len(over) == 1 and len(set(names)) == len(names) > _FEWEST
    return [(left[0], over[0])] if sure and entries.index(left[0]) == printed.index(over[0]) else []


def _left(sections: Sequence[Section]) -> tuple[list[_Entry], list[Section], list[_Entry], list[Section]]:
    """The entries of tables and the printed tables, of sheets of one the first, in their order; the entries and the
    tables among them that have no counterpart."""
    held = [(table_of_title(words), words, line) for line, words in entries_of(sections)]
    entries = [one for one in held if one[0] or (one[1].endswith("表") and len(one[1]) > _SHORT)]
    tables = [one for one in sections if one.kind == "table" and one.heading]
    printed = [one for at, one in enumerate(tables) if not one.key or one.key not in [each.key for each in tables[:at]]]
    names, keys = {name for name, _, _ in entries} - {None}, {one.key for one in printed}
    left = [one for one in entries if one[0] not in keys - {None}]
    return entries, printed, left, [one for one in printed if one.key not in names]


def _listed_by_number(sections: Sequence[Section], told: Sequence[Line]) -> Iterator[_Listed]:
    """The tables whose titles in the contents and over them are neither's of another table, only much alike, and that
    have one number in both; where most numbers that both have stand beside one title."""
    lines = [line for one in sections if one.kind == "contents" for line in one.lines()]
    entries = [(line, *found) for line in lines if (found := numbered_title(without_leaders(line.text.rstrip())))]
    held = [(one, found[0]) for one, found in zip(sections, numbers_of_tables(sections), strict=True) if found]
    printed = {number: (at, one) for at, (one, number) in enumerate(held) if one.heading}
    once = [number for _, number in held]
    pairs = [
        _Listed(words, line, printed_title(one.title), one.heading[0], at)
        for line, number, words in entries
        if number in printed and once.count(number) == 1
        for at, one in [printed[number]]
    ]
    same = [one for one in pairs if bare_title(one.entry) == bare_title(one.title)]
    listed, titles = {bare_title(one.entry) for one in pairs}, {bare_title(one.title) for one in pairs}
    for one in pairs if 2 * len(same) > len(pairs) >= _FEWEST else ():
        entry, title = bare_title(one.entry), bare_title(one.title)
        alike = entry != title and SequenceMatcher(None, entry, title).ratio() >= _NUMBERED_NEAR
        if alike and entry not in titles and title not in listed and one.line not in told:
            yield one


def _like(entry: str, unlisted: Sequence[Section]) -> Section | None:
    """The one of the tables that no entry lists whose title is much like an entry that no known table is called."""
    bare = bare_title(entry)
    near = [
        one for one in unlisted if SequenceMatcher(None, bare, bare_title(printed_title(one.title))).ratio() >= _NEAR
    ]
    return near[0] if len(near) == 1 and bare.endswith("表") else None


def _told(document: Document, one: _Listed, kind: str) -> Iterator[Finding]:
    for place, at in (("contents", one.line), ("tables", one.heading)):
        words = said(kind, entry=one.entry, table=one.title)
        yield document.note(at, f"{place}: {words}")
