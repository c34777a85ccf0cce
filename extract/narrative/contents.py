"""Entries of the table of contents that the text heads or numbers otherwise: 名称解释 there, 名词解释 here."""

import re
from collections.abc import Iterator, Sequence, Set
from difflib import SequenceMatcher

from extract.document import Document, Line
from extract.entries import LABEL, NUMERAL, joined_entries
from extract.headings import is_page_number
from extract.narrative.field_codes import code
from extract.narrative.wording import wording
from extract.outline import Section
from ontology.facts import Finding
from ontology.findings import said
from ontology.headings import bare_heading
from ontology.numbering import slips
from ontology.serials import han_number
from ontology.text import tight

_DIGITS = rf"{NUMERAL}|\d{{1,2}}"
_BELOW = ("（）", "()")  # kinds of the numbers of subsections
_LIKE = 0.7  # of the characters in common, from which two headings are meant to be one
_LONGEST = 60
_HEADED = ("part", "section", "subsection")
_LISTED = 3  # headings without a number that the contents list, from which one more is missed


def misnamed_entries(document: Document, sections: Sequence[Section]) -> Iterator[Finding]:
    """Two findings for each entry of the contents whose words no line of the text has, where a line with the same
    number has nearly the same words: one at the entry, one at that line.

    Tables are left to those who know their titles. Of more than one such line none is chosen. Words that headings may
    leave out (`[contents]` in forms/narrative.toml), years (`extract.narrative.table_heads` tells of them), the name of
    the body before a year, and what follows the entry's words in its heading make no difference.
    """
    entries = _listed(sections)
    body = [*_body(sections)] if entries else []
    printed, headed = bare_heading("".join(body)), _labels(iter(body)) if entries else {}
    for at, (line, text) in enumerate(entries):
        words = _words(text)
        longer = set() if words in headed else {one for one in headed if one[1:] == words}  # the first may be lost
        whole = {other for other in body if _label(other) == _label(text) and _words(other) in longer}
        if text.endswith("表") or len(words) < 2 or (words in printed and not whole):
            continue
        like = whole or {other for other in body if _one_heading(text, other)} or _between(entries, at, body)
        for other in like if len(like) == 1 else ():
            yield from _told(document, sections, line, text, other)


def _told(document: Document, sections: Sequence[Section], line: Line, entry: str, heading: str) -> Iterator[Finding]:
    """What is said of an entry of the contents and of the heading that is printed for it, each in its place."""
    message = f"contents: {said('entry_headed', entry=entry, heading=heading)}"
    yield document.note(line, message)
    printed = next((line for line, text in _lines(sections) if text == heading), None)
    if printed:
        message = f"contents: {said('heading_listed', heading=heading, entry=entry)}"
        yield document.note(printed, message)


def differing_entries(document: Document, sections: Sequence[Section]) -> Iterator[Finding]:
    """Two findings, as for `misnamed_entries`, for the first entry of the contents, but for tables, whose only heading
    differs from it in nothing but `left_out_with_a_note` of forms/narrative.toml: 说明 and 的情况说明."""
    entries = _listed(sections)
    body = [*_body(sections)] if entries else []
    for line, text in entries:
        headed = {other for other in body if _label(other) == _label(text) and _words(other) == _words(text)}
        other = next(iter(headed)) if len(headed) == 1 and not text.endswith("表") else text
        if _lightly(other) != _lightly(text) and _lightly(other, noted=True) == _lightly(text, noted=True):
            yield from _told(document, sections, line, text, other)
            return


def _lightly(text: str, *, noted: bool = False) -> str:
    """A heading without its number, the name of the body and all but the characters that are its own words; without
    those that are left out with a note, too, where `noted`."""
    words = re.sub(wording("contents")["of_body"], "", LABEL.sub("", text, count=1))
    bare = "".join(sign for sign in words if "\u4e00" <= sign <= "\u9fff")
    return re.sub(wording("contents")["left_out_with_a_note"], "", bare) if noted else bare


def _between(entries: Sequence[tuple[Line, str]], at: int, body: Sequence[str]) -> set[str]:
    """The headings with the number of an entry that stand between those of its neighbours and are no other entry's."""
    label, told = _label(entries[at][1]), {_words(text) for _, text in entries}
    beside = [entries[one][1] for one in (at - 1, at + 1) if 0 <= one < len(entries)]
    if len(beside) < 2 or any(_kind(_label(one)) != _kind(label) or one not in body for one in beside):
        return set()
    within = body[body.index(beside[0]) : body.index(beside[1])]
    headings = {text for text in within if _label(text) == label and len(text) <= _LONGEST}
    return {text for text in headings if not told & {_words(text)} and not re.search("[，。；]", text)}


def misnumbered_entries(document: Document, sections: Sequence[Section]) -> Iterator[Finding]:
    """A finding for each entry of the contents that does not follow the entry before it, or that bears another number
    than the only heading of the text with its words, where the entries beside it bear those of theirs."""
    entries = _listed(sections)
    out = {text: before for _, before, text in _out_of_order(entries)}
    headed = _labels(_body(sections)) if entries else {}
    for at, (line, text) in enumerate(entries):
        label, others = _label(text), headed.get(_words(text), set())
        beside = (entries[one][1] for one in (at - 1, at + 1) if 0 <= one < len(entries))
        alike = [one for one in beside if _kind(_label(one)) == _kind(label)]
        sure = bool(alike) and all(_label(one) in headed.get(_words(one), ()) for one in alike)
        other = next(iter(others)) if len(others) == 1 else label
        if text in out:
            message = f"contents: {said('entry_misnumbered', entry=text, before=out[text])}"
            yield document.note(line, message)
        elif sure and other != label and _kind(other) == _kind(label):
            yield from _told(document, sections, line, text, f"{other}{text.removeprefix(label)}")


def entries_without_heading(document: Document, sections: Sequence[Section]) -> Iterator[Finding]:
    """A finding for each entry of the contents, but for tables, that no line of the text has, or for a part that no
    line has with its number, where the entries of its kind beside it are headed as they are listed."""
    entries = _listed(sections)
    body = [*_body(sections)] if entries else []
    printed, labels = bare_heading("".join(body)), {label for text in body for label in _labels_within(text)}
    found = [_is_headed(text, printed, labels) or any(_one_heading(text, one) for one in body) for _, text in entries]
    for at, (line, text) in enumerate(entries):
        is_part = _kind(_label(text)).endswith("部分")
        same = [one for one, (_, other) in enumerate(entries) if _kind(_label(other)) == _kind(_label(text))]
        beside = [one for one in (same if is_part else (at - 1, at + 1)) if one != at and one in same]
        if not found[at] and beside and all(found[one] for one in beside):
            message = f"contents: {said('entry_not_headed', entry=text)}"
            yield document.note(line, message)


def unlisted_headings(document: Document, sections: Sequence[Section]) -> Iterator[Finding]:
    """A finding for each numbered section that the contents pass over: they list the section before it and right behind
    that the one after it, or no more of their kind; for the one heading without a number that they do not list, too,
    where they list three others at least."""
    entries = [text for _, text in _listed(sections)]
    headed = [one for one in sections if one.kind in _HEADED and one.heading] if entries else []
    numbered = [one for one in headed if _kind(_label(one.title)) == "、"]
    bare = [one for one in headed if not _label(one.title) and one.kind != "subsection"]
    passed = [one for at, one in enumerate(numbered) if _is_passed_over(numbered, at, entries)]
    left = [one for one in bare if not _is_listed(one, entries)]
    passed += left if len(left) == 1 and len(bare) > _LISTED else []
    for one in passed:
        yield document.note(one.heading[0], f"contents: {said('heading_not_listed', heading=tight(one.title))}")


def _is_passed_over(headed: Sequence[Section], at: int, entries: Sequence[str]) -> bool:
    """Whether the contents have the section before one, right behind it the one after or none, and not the section."""
    number = _number(_label(headed[at].title))
    listed = [(_kind(_label(entry)), _words(entry)) for entry in entries]
    before = ("、", _words(headed[at - 1].title)) if at else ("", "")
    follows = at > 0 and _number(_label(headed[at - 1].title)) == number - 1
    if not follows or listed.count(before) != 1 or ("、", _words(headed[at].title)) in listed:
        return False
    behind = next((entry for entry in entries[listed.index(before) + 1 :] if _kind(_label(entry)) not in _BELOW), "")
    after = headed[at + 1].title if at + 1 < len(headed) else ""
    if _number(_label(after)) != number + 1:
        return _kind(_label(behind)) != "、"
    return _label(behind) == _label(after) or _words(behind) == _words(after)


def _is_listed(section: Section, entries: Sequence[str]) -> bool:
    """Whether an entry has the words of a heading, nearly, or some of them."""
    heading = _words(section.title)
    words = [_words(entry) for entry in entries]
    return any(one and (one in heading or heading in one) for one in words) or any(
        SequenceMatcher(None, one, heading, autojunk=False).ratio() >= _LIKE for one in words
    )


def _is_headed(entry: str, printed: str, labels: Set[str]) -> bool:
    """Whether the text has the words of an entry, and the number of a part; tables have titles of their own, which
    need not be those of the contents."""
    is_part = _kind(_label(entry)).endswith("部分")
    is_table = entry.endswith("表")
    return (is_table or _words(entry) in printed) and (_label(entry) in labels if is_part else True)


def _out_of_order(entries: Sequence[tuple[Line, str]]) -> Iterator[tuple[Line, str, str]]:
    """The entries whose number does not follow that of the entry of their kind before, with that entry."""
    kinds = dict.fromkeys(_kind(_label(text)) for _, text in entries)
    for kind in kinds:
        some = [(line, text) for line, text in entries if _kind(_label(text)) == kind]
        for at in slips([_number(_label(text)) for _, text in some]):
            yield (some[at][0], some[at - 1][1], some[at][1])


def _labels(lines: Iterator[str]) -> dict[str, set[str]]:
    """The labels with which lines begin, by the words that follow."""
    found: dict[str, set[str]] = {}
    for text in lines:
        if len(text) <= _LONGEST and _words(text):
            found.setdefault(_words(text), set()).add(_label(text))
    return found


def _labels_within(heading: str) -> set[str]:
    """The label of a heading and those of parts behind it: one over several lines may hold the end of the contents."""
    return {_label(heading), *(re.findall(rf"第{NUMERAL}部分", heading) if _label(heading) else ())}


def _label(text: str) -> str:
    found = LABEL.match(text)
    return found["label"] if found else ""


def _kind(label: str) -> str:
    """A label without its number: 第部分, 、 or a full stop."""
    return re.sub(_DIGITS, "", label)


def _number(label: str) -> int:
    found = re.search(_DIGITS, label)
    return int(found[0]) if found and found[0].isdecimal() else han_number(found[0]) or 0 if found else 0


def entries_of(sections: Sequence[Section]) -> Iterator[tuple[Line, str]]:
    """The entries of the contents but for parts, which are no tables and no sections whatever they are called, without
    their numbers and without white space, each with its first line."""
    below = ((line, text) for line, text in _listed(sections) if not _kind(_label(text)).endswith("部分"))
    yield from ((line, LABEL.sub("", text, count=1)) for line, text in below)


def _listed(sections: Sequence[Section]) -> list[tuple[Line, str]]:
    """The entries of all contents, each with the line where it begins."""
    return [entry for section in sections if section.kind == "contents" for entry in numbered_entries(section)]


def numbered_entries(section: Section) -> Iterator[tuple[Line, str]]:
    """The numbered entries of the contents without codes of fields, each with its first line."""
    lines = (line for line in section.lines() if not is_page_number(line.text))
    return joined_entries((line, tight(code().sub("", line.text))) for line in lines)


def _body(sections: Sequence[Section]) -> Iterator[str]:
    """The headings of the text, wrapped ones whole, and its lines, without white space."""
    return (text for _, text in _lines(sections))


def _lines(sections: Sequence[Section]) -> Iterator[tuple[Line, str]]:
    """The headings and lines of the text, each with the line where it begins."""
    for section in sections:
        if section.kind not in ("cover", "contents"):
            yield from ((line, tight(section.title)) for line in section.heading[:1])
            yield from ((line, tight(line.text)) for line in section.lines())


def words_outside_contents(sections: Sequence[Section]) -> Iterator[str]:
    """All that is printed behind the contents: headings, lines and cells, without white space."""
    yield from _body(sections)
    for section in sections:
        for block in section.blocks if section.kind not in ("cover", "contents") else ():
            yield from (tight(cell.text) for cell in getattr(block, "cells", ()))


def _one_heading(entry: str, line: str) -> bool:
    """Whether a line has the number of an entry and words that differ from the entry's in a character or two."""
    ours, theirs = LABEL.match(entry), LABEL.match(line)
    if not ours or not theirs or ours["label"] != theirs["label"] or len(line) > _LONGEST:
        return False
    left, right = _words(entry), _words(line)
    return abs(len(left) - len(right)) <= 2 and SequenceMatcher(None, left, right, autojunk=False).ratio() >= _LIKE


def _words(text: str) -> str:
    """A heading without its number and the name of the body before a year."""
    return bare_heading(re.sub(wording("contents")["of_body"], "", LABEL.sub("", text, count=1)))
