"""Slips in names: words that are a name printed elsewhere in the document but for one character.

A slip is a character that is another one, one too few, one printed twice, or two that changed places. It is looked for
in all that is printed: rows without figures, headings, what stands over tables, lists, forms.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from extract.document import Cell, Document, Line
from extract.narrative.table_heads import bodies_over
from extract.outline import Section
from extract.titles import printed_title
from ontology.divisions import division_of
from ontology.facts import CellFact, DocumentFact, Fact, Finding, KpiFact, KpiTableFact, ProjectFact
from ontology.findings import said
from ontology.slips import is_han, is_slip, slips, tells
from ontology.terms import concepts, label
from ontology.text import tight

_COMPANY = re.compile(r"公司|合作社|集团(?!有限|股份)")
_QUOTED = re.compile(r"(?<=《)[^《》]{5,40}(?=》)")
_STOP = re.compile(r"[、，,；;：:。“”（）()《》\d]")
_NUMBER = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|第[一二三四五六七八九十]部分|\d{1,2}[、.．])?(?:关于.{2,40}?20\d\d年度?)?"
)
_SHORTEST, _LONGEST = 4, 40
_END = 3  # characters at either end of a name without which no slip of it is looked for
_ESTABLISHED = 2  # tables that print a name, from which on it is no slip
_LONG_COMPANY = 8  # characters of a company's name that are its own, and no 有限公司 of another
_EDGE = 2  # characters by which names that may be one are found


@dataclass(frozen=True, slots=True)
class _Name:
    """A name and the tables whose rows bear it: two rows of one table are two things, however alike they are called."""

    text: str
    tables: frozenset[str | None]


@dataclass(frozen=True, slots=True)
class _Print:
    """All characters of a document but white space, and the place of each."""

    text: str
    places: tuple[Line | Cell, ...]


def misprints(document: Document, sections: Sequence[Section], held: Sequence[Fact]) -> Iterator[Finding]:
    """A finding for each place where a name of the document is printed with a slip, in printed order.

    `held` are the facts of the document, whose names are looked for, with its headings and the works that it cites.
    Words that are printed more often than the name are no slip of it, nor is what the classifications call a subject.
    """
    printed = _printed(document)
    names = _trusted(_names(sections, held, printed.text), printed.text)
    known = _covered(printed.text, names)
    bodies = {tight(name) for name in _bodies(sections, held)}
    found = {
        start: (name, wrong)
        for name in sorted(names, reverse=True)
        for start, wrong in _slips_of(name, printed.text, known, is_body=name in bodies)
        if printed.text.count(wrong) <= printed.text.count(name) or name in _official()
    }
    for start, (name, wrong) in sorted(found.items()):
        words = said("misprint", wrong=wrong, right=name)
        yield Finding(source=document.source(printed.places[start]), severity="info", message=f"names: {words}")


def _printed(document: Document) -> _Print:
    held: list[tuple[str, Line | Cell]] = []
    for block in document.blocks:
        held += [(block.text, block)] if isinstance(block, Line) else [(cell.text, cell) for cell in block.cells]
    signs = [(sign, place) for text, place in held for sign in tight(text)]
    return _Print("".join(sign for sign, _ in signs), tuple(place for _, place in signs))


def _names(sections: Sequence[Section], held: Iterable[Fact], text: str) -> list[_Name]:
    """The names of a document that are long enough for a slip to be told, with the tables that have them."""
    found: dict[str, set[str | None]] = {}
    for name, table in _told(sections, held):
        found.setdefault(tight(name), set()).add(table)
    known = {*_QUOTED.findall(text), *_companies(text), *_halves_in(text, _official())}
    found |= {name: set() for name in known - set(found)}
    return [
        _Name(name, frozenset(tables - {None}))
        for name, tables in sorted(found.items())
        if _SHORTEST <= len(name) <= _LONGEST and sum(map(is_han, name)) >= _SHORTEST
        if name in text or name in _official()
    ]


def _companies(text: str) -> Iterator[str]:
    """What is printed twice and ends as the name of a company does, as long as it is the same before that."""
    ends = [found.end() for found in _COMPANY.finditer(text)]
    for one, other in combinations(ends, 2):
        size = next(
            (at for at in range(1, _LONGEST) if text[one - at] != text[other - at] or not is_han(text[one - at])), 0
        )
        if size > _LONG_COMPANY:
            yield text[one - size + 1 : one]


def _halves_in(text: str, names: Iterable[str]) -> set[str]:
    """The names of which a text has one end at least."""
    held = {text[at : at + _END] for at in range(len(text))}
    return {name for name in names if name[:_END] in held or name[-_END:] in held}


def _told(sections: Sequence[Section], held: Iterable[Fact]) -> Iterator[tuple[str, str | None]]:
    yield from ((name, None) for name in _bodies(sections, held))
    for section in sections:
        yield _NUMBER.sub("", printed_title(section.title)), "headings"
        listed = (line.text for line in section.lines() if section.kind == "contents")
        yield from ((words, "contents") for text in listed if (words := _NUMBER.sub("", tight(text))).endswith("表"))
    for fact in held:
        match fact:
            case KpiTableFact(project=str(name)) | ProjectFact(name=name):
                yield name, type(fact).__name__
            case KpiFact(level3=name):
                yield name, f"{fact.project}"
            case CellFact(name=name, project=project):
                yield name, fact.table
                yield from ((words, fact.table) for words in (project,) if words)


def _bodies(sections: Sequence[Section], held: Iterable[Fact]) -> Iterator[str]:
    """The body of a disclosure as it is printed on the cover, over tables and on forms."""
    yield from (name for section in sections for _, name in bodies_over(section))
    for fact in held:
        match fact:
            case DocumentFact(agency=str(name)) | KpiTableFact(unit_printed=str(name)):
                yield name


def _trusted(names: Sequence[_Name], text: str) -> set[str]:
    """The names without those that are themselves a slip of another, of which the document prints more."""
    alike: dict[str, list[_Name]] = {}
    for name in names:
        for end in {name.text[:_EDGE], name.text[-_EDGE:]}:
            alike.setdefault(end, []).append(name)
    wrong = {
        one.text
        for some in alike.values()
        for one in some
        for other in some
        if is_slip(other.text, one.text) and not one.tables & other.tables and len(one.tables) < _ESTABLISHED
        if _rank(one.text, text) < _rank(other.text, text)
    }
    return {name.text for name in names} - wrong


def _rank(name: str, text: str) -> tuple[bool, int, int]:
    """What makes a name the right one of two: it is of the classification, printed more often, printed first."""
    return name in _official(), text.count(name), -text.find(name)


def _covered(text: str, names: Set[str]) -> bytearray:
    """Which characters of a text are part of a name as it should be."""
    known = bytearray(len(text))
    for name in names | _official():
        for start in _places(text, name):
            known[start : start + len(name)] = b"\1" * len(name)
    return known


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _slips_of(name: str, text: str, known: bytearray, *, is_body: bool) -> Iterator[tuple[int, str]]:
    """Where a text has a name with a slip, and the words there. A body of another place is no slip of a body."""
    for start in _starts(name, text):
        for found in slips(name, text[start : start + len(name) + 1]):
            if any(known[start + found.at : start + found.at + max(1, len(found.printed))]):
                continue
            wrong = text[start : start + found.size]
            if tells(name, found, bounded=_bounded(text, start, found.size)) or (is_body and _is_nowhere(wrong, name)):
                yield start, wrong


def _bounded(text: str, start: int, size: int) -> bool:
    """Whether words stand between stops or figures."""
    around = (text[max(0, start - 1) : start], text[start + size : start + size + 1])
    return all(not sign or _STOP.match(sign) for sign in around)


def _starts(name: str, text: str) -> list[int]:
    """Where a name with a slip may begin: one half of it is as it should be, or the two characters between changed."""
    half = len(name) // 2
    starts = {*_places(text, name[:half])}
    starts |= {at - half + by for at in _places(text, name[half:]) for by in (-1, 0, 1)}
    starts |= {*_places(text, name[: half - 1] + name[half] + name[half - 1] + name[half + 1 :])}
    return sorted(at for at in starts if at >= 0)


def _is_nowhere(wrong: str, body: str) -> bool:
    """Whether a body is that of no place, or of the very place of another."""
    one, other = division_of(wrong), division_of(body)
    return other is not None and (one is None or one[0] == other[0])


@cache
def _official() -> frozenset[str]:
    """The names of the subjects of both classifications."""
    nodes = [node for scheme in ("function", "economic") for node in concepts(scheme).values()]
    return frozenset(name for node in nodes if (name := label(node)) and len(name) >= _SHORTEST)
