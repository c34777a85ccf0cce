"""Headings that call the body 部门 where the other headings and the contents call it 单位, and the other way about."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from re import Pattern
from typing import Literal

from extract.document import Document, Line
from extract.narrative.contents import numbered_entries
from extract.narrative.wording import pattern, wording
from extract.outline import Section
from ontology.facts import Finding
from ontology.findings import said
from ontology.text import tight

_MOST = 2  # headings that deviate: where there are more the two words are mixed
_TIMES = 5  # as many headings as those must have the other word
_SURE = 2  # headings with the words of the title, from which the title is held against them


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, an entry of the contents or the title: what it calls the body, the words behind, as printed, where."""

    word: str
    words: str
    printed: str
    at: Line
    kind: Literal["heading", "title"]


def levels_that_differ(document: Document, sections: Sequence[Section], title: str | None) -> Iterator[Finding]:
    """Two findings for each heading or entry of the contents that has the other word than nearly all: one there, one
    at a heading that has the word of most, that of the same words if there is one.

    Where more than two have the other word, or two with the same words behind it (a choice then, no slip), nothing is
    said. The title of the document counts and is reported only where it says 单位 and what it heads 部门 throughout
    (`单位决算` over `部门决算表`): a title with 部门 may be that of the whole department.
    """
    titled, headings = [*_of_title(sections, title)], [*_headings(sections)]
    held = [*titled, *headings]
    most = Counter(one.word for one in held).most_common(1)
    others = [one for one in held if one.word != most[0][0]] if most else []
    known = [one for one in held if one not in others]
    alone = len({one.words for one in others}) == len(others) <= _MOST
    if alone and len(known) >= _TIMES * len(others):
        for one in (one for one in others if one.kind == "heading"):
            like = next((other for other in known if other.words == one.words), known[0])
            yield from _told(document, one, like)
    of_department = [one for one in headings if one.word == "部门" and _form("as_title").search(one.words)]
    for one in titled if len(of_department) >= _SURE and len({other.word for other in headings}) == 1 else ():
        if one.word == "单位":
            yield from _told(document, one, of_department[0])


def _told(document: Document, one: Heading, like: Heading) -> Iterator[Finding]:
    """What is said at a heading with the other word, and at one with the word of most."""
    words = {"heading": one.printed, "other": like.printed}
    yield _finding(document, one.at, said("level_in_heading", **words))
    yield _finding(document, like.at, said("level_of_others", **words))


def _of_title(sections: Sequence[Section], title: str | None) -> Iterator[Heading]:
    found = _form("title").search(title or "")
    cover = [line for section in sections if section.kind == "cover" for line in section.lines()]
    if found and title and cover:
        yield Heading(found["word"], "title", title, cover[0], "title")


def _headings(sections: Sequence[Section]) -> Iterator[Heading]:
    """Headings of sections and entries of the contents, wrapped ones whole."""
    for section in sections:
        if section.kind == "contents":
            whole = {id(line): text for line, text in numbered_entries(section)}
            lines = [(line, whole.get(id(line), tight(line.text))) for line in section.lines()]
        else:
            lines = [(line, tight(section.title)) for line in section.heading[:1]]
        for line, text in lines:
            found = _form("heading").search(text)
            if found:
                yield Heading(found["word"], found["words"], found[0].lstrip("-·•"), line, "heading")


@cache
def _form(name: str) -> Pattern[str]:
    return pattern(wording("levels_of_headings")[name])


def _finding(document: Document, place: Line, words: str) -> Finding:
    return document.note(place, f"headings: {words}")
