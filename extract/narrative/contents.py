"""Entries of the table of contents that the text heads otherwise: 名称解释 there, 名词解释 here."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache

from extract.document import Document, Line
from extract.narrative.wording import wording
from extract.outline import Section
from ontology.facts import Finding
from ontology.text import key, tight

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_LABEL = re.compile(rf"[-·•]*(?P<label>第{_NUMERAL}部分|{_NUMERAL}、|\d{{1,2}}[、.．](?!\d))")
_LEADERS = re.compile(r"[.．…·\s]*\d*$")
_LIKE = 0.7  # of the characters in common, from which two headings are meant to be one
_LONGEST = 60


def misnamed_entries(document: Document, sections: Sequence[Section]) -> Iterator[Finding]:
    """A finding for each entry of the contents whose words no line of the text has, where a line with the same number
    has nearly the same words.

    Tables are left to those who know their titles. Of more than one such line none is chosen. Words that headings may
    leave out (`[contents]` in forms/narrative.toml), the name of the body before a year, and what follows the entry's
    words in its heading make no difference.
    """
    entries = [entry for section in sections if section.kind == "contents" for entry in _entries(section)]
    body = [*_body(sections)] if entries else []
    printed = _bare("".join(body))
    for line, text in entries:
        if text.endswith("表") or len(_words(text)) < 2 or _words(text) in printed:
            continue
        like = {other for other in body if _one_heading(text, other)}
        for other in like if len(like) == 1 else ():
            message = f"contents: '{text}' is headed '{other}'"
            yield Finding(source=document.source(line), severity="info", message=message)


def _entries(section: Section) -> Iterator[tuple[Line, str]]:
    """The numbered entries of the contents, each with its first line; a line without a number goes on with the last."""
    held: list[tuple[Line, str]] = []
    for line in section.lines():
        text = _LEADERS.sub("", tight(line.text))
        if _LABEL.match(text):
            held.append((line, text))
        elif held:
            held[-1] = (held[-1][0], held[-1][1] + text)
    yield from held


def _body(sections: Sequence[Section]) -> Iterator[str]:
    """The lines of the text and its headings, without white space."""
    for section in sections:
        if section.kind not in ("cover", "contents"):
            yield from (tight(line.text) for line in (*section.heading, *section.lines()))


def _one_heading(entry: str, line: str) -> bool:
    """Whether a line has the number of an entry and words that differ from the entry's in a character or two."""
    ours, theirs = _LABEL.match(entry), _LABEL.match(line)
    if not ours or not theirs or ours["label"] != theirs["label"] or len(line) > _LONGEST:
        return False
    left, right = _words(entry), _words(line)
    return abs(len(left) - len(right)) <= 2 and SequenceMatcher(None, left, right, autojunk=False).ratio() >= _LIKE


def _words(text: str) -> str:
    """A heading without its number and the name of the body before a year."""
    return _bare(re.sub(wording("contents")["of_body"], "", _LABEL.sub("", text, count=1)))


def _bare(text: str) -> str:
    return _dress().sub("", key(text))


@cache
def _dress() -> re.Pattern[str]:
    """What headings may leave out, as `key` writes it."""
    return re.compile("|".join(map(key, wording("contents")["left_out"])))
