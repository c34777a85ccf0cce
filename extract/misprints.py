"""Slips in names: words that are a name printed elsewhere in the document but for one character.

A slip is a character that is another one, one too few, one printed twice, two that changed places, or two left out of a
long name that are no word. It is looked for in all that is printed: rows without figures, headings, what stands over
tables, lists, forms.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from extract.document import Cell, Document, Line
from extract.narrative.table_heads import bodies_over
from extract.narrative.wording import NUMBERING, wording
from extract.occurrences import near, places
from extract.outline import Section
from extract.titles import printed_title
from extract.words_of_names import companies, halves_in, terms
from ontology.divisions import division_of
from ontology.document_number import mentions
from ontology.facts import CellFact, DocumentFact, Fact, FigureFact, Finding, KpiFact, KpiTableFact, ProjectFact
from ontology.findings import said
from ontology.slips import Slip, is_han, is_short, is_slip, slips, tells
from ontology.terms import concepts, label
from ontology.text import tight

_QUOTED = re.compile(r"(?<=《)[^《》]{5,40}(?=》)")
_STOP = re.compile(r"[-－—·•…、，,；;：:。．.“”（）()《》\d]")
_NUMBER = re.compile(
    r"^[-·•]*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|第[一二三四五六七八九十]部分|\d{1,2}[、.．])?"
    r"(?:(?:关于)?[^，。《》]{2,40}?20\d\d年度?)?"
)
_IS_NUMBER = re.compile(NUMBERING)
_BEFORE_NAME = re.compile(r"^[：:，,、—-]*(?:20\d\d年度?)?")
_SHORTEST, _LONGEST = 4, 80
_FORMER = ("原", "前")  # what stands before the former name of a body
_ESTABLISHED = 2  # tables that print a name, from which on it is no slip
_FEW = 2  # places of a name, above which one printed once without two of its characters is no name of its own
_SURE = 8  # characters of a name from which on a slip is told even where two rows of one table bear the two
_HEADINGS = "headings"  # the table, so to speak, whose rows the headings are
_EDGE = 2  # characters at one end at least that names which may be one have in common

_Standing = Mapping[str, Sequence[int]]
"""Where names stand in the text."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name and the tables whose rows bear it: two rows of one table are two things, however alike they are called."""

    text: str
    tables: frozenset[str | None]


@dataclass(frozen=True, slots=True)
class _Print:
    """All that a document prints without white space, its lines and cells, and where in the text each of them ends."""

    text: str
    places: tuple[Line | Cell, ...]
    ends: tuple[int, ...]

    def place(self, at: int) -> Line | Cell:
        """The line or cell of the character at a place of the text."""
        return self.places[bisect_right(self.ends, at)]

    def is_whole(self, start: int, size: int) -> bool:
        """Whether the last two of some characters are of one line or cell."""
        return self.place(start + size - 2) is self.place(start + size - 1)

    def is_of_cells(self, start: int, size: int) -> bool:
        """Whether some characters are of several cells of tables, and so no words."""
        first, last = self.place(start), self.place(start + size - 1)
        return isinstance(first, Cell) and isinstance(last, Cell) and first is not last

    def numbers_of(self, heading: str) -> set[str]:
        """The numbers under which lines print nothing but a heading."""
        lines = (tight(place.text) for place in self.places if isinstance(place, Line))
        return {
            line.removesuffix(heading)
            for line in lines
            if line.endswith(heading) and _IS_NUMBER.fullmatch(line.removesuffix(heading))
        }


def misprints(document: Document, sections: Sequence[Section], held: Sequence[Fact]) -> Iterator[Finding]:
    """A finding for each place where a name of the document is printed with a slip, in printed order.

    `held` are the facts of the document, whose names are looked for, with its headings and the works that it cites.
    Words that are printed more often than the name are no slip of it, nor is what the classifications call a subject.
    A heading that is printed once may hold a slip of another name.
    """
    printed = _printed(document)
    told = _told_names(sections, held, printed.text)
    standing = places({*told, *_official(), *_alike()}, printed.text)
    names = _trusted([name for name in told.values() if name.text in standing or name.text in _official()], standing)
    alone = {one.text for one in told.values() if one.tables == {_HEADINGS} and len(standing.get(one.text, ())) == 1}
    known = _covered(printed.text, names - alone, standing)
    bodies = {tight(name) for name in _bodies(sections, held)}
    slipped = [
        (start, name, wrong)
        for start, name in sorted(near(names, printed.text), reverse=True)
        for wrong in _slips_at(start, name, printed.text, known, is_body=name in bodies)
    ]
    often = places({wrong for _, _, wrong in slipped}, printed.text)
    found = {
        start: (name, wrong)
        for start, name, wrong in slipped
        if _times(wrong, name, often, standing) <= len(standing.get(name, ())) or name in _official()
        if len(wrong) <= len(name) or printed.is_whole(start, len(wrong))
        if not printed.is_of_cells(start, len(wrong)) and not _are_numbered(wrong, name, printed)
    }
    for start, (name, wrong) in sorted(found.items()):
        words = said("misprint", wrong=wrong, right=name)
        yield document.note(printed.place(start), f"names: {words}")


def _times(wrong: str, name: str, often: _Standing, standing: _Standing) -> int:
    """How often words stand in the text other than as part of a name."""
    return len(often[wrong]) - (len(standing.get(name, ())) if wrong in name else 0)


def _are_numbered(wrong: str, name: str, printed: _Print) -> bool:
    """Whether both names are headings, under numbers of their own: 一、部门职能 and 二、部门职责."""
    one, other = printed.numbers_of(wrong), printed.numbers_of(name)
    return bool(one and other) and one.isdisjoint(other)


def _printed(document: Document) -> _Print:
    places: list[Line | Cell] = []
    for block in document.blocks:
        places += [block] if isinstance(block, Line) else block.cells
    texts = [tight(place.text) for place in places]
    return _Print("".join(texts), tuple(places), tuple(accumulate(map(len, texts))))


def _told_names(sections: Sequence[Section], held: Iterable[Fact], text: str) -> dict[str, _Name]:
    """The names of a document that are long enough for a slip to be told, with the tables that have them."""
    found: dict[str, set[str | None]] = {}
    for name, table in _told(sections, held):
        found.setdefault(tight(name), set()).add(table)
    known = {*_QUOTED.findall(text), *companies(text), *terms(text), *halves_in(text, _official())}
    found |= {name: set() for name in known - set(found)}
    return {
        name: _Name(name, frozenset(tables - {None}))
        for name, tables in sorted(found.items())
        if _SHORTEST <= len(name) <= _LONGEST and sum(map(is_han, name)) >= _SHORTEST
    }


def _told(sections: Sequence[Section], held: Iterable[Fact]) -> Iterator[tuple[str, str | None]]:
    yield from ((name, None) for name in _bodies(sections, held))
    for section in sections:
        yield _NUMBER.sub("", printed_title(section.title)), _HEADINGS
        listed = (line.text for line in section.lines() if section.kind == "contents")
        yield from ((words, "contents") for text in listed if (words := _NUMBER.sub("", tight(text))).endswith("表"))
    for fact in held:
        match fact:
            case KpiTableFact(project=str(name)) | ProjectFact(name=name):
                yield from ((words, type(fact).__name__) for words in {name, _undressed(name)})
            case KpiFact(level3=name):
                yield name, f"{fact.project}"
            case FigureFact(name=name, part=part) if fact.is_tabled:
                yield name, part
            case CellFact(name=name, project=project):
                yield name, fact.table
                yield from ((words, fact.table) for words in {project, _undressed(project or "")} if words)


def _undressed(project: str) -> str:
    """The name of a project without the document number and the year before it, as sentences tell it."""
    name = tight(project)
    number = next((one for one in mentions(name) if one.start == 0), None)
    return _BEFORE_NAME.sub("", name[number.end :] if number else name)


def _bodies(sections: Sequence[Section], held: Iterable[Fact]) -> Iterator[str]:
    """The body of a disclosure as it is printed on the cover, over tables and on forms."""
    yield from (name for section in sections for _, name in bodies_over(section))
    for fact in held:
        match fact:
            case DocumentFact(agency=str(name)) | KpiTableFact(unit_printed=str(name)):
                yield name


def _trusted(names: Sequence[_Name], standing: _Standing) -> set[str]:
    """The names without those that are themselves a slip of another, of which the document prints more."""
    listed = "".join(f"{name.text}\n" for name in names)
    begins = dict(zip(accumulate((len(name.text) + 1 for name in names), initial=0), names, strict=False))
    by_text = {name.text: name for name in names}
    alike = ((begins[start], by_text[name]) for start, name in near(by_text, listed) if start in begins)
    wrong = {one.text for one, other in alike if _is_slip_of(one, other, standing)}
    return {name.text for name in names} - wrong


def _is_slip_of(one: _Name, other: _Name, standing: _Standing) -> bool:
    """Whether a name is a slip of another that begins or ends as it does and has more of a right to be one."""
    return (
        not {one.text[:_EDGE], one.text[-_EDGE:]}.isdisjoint({other.text[:_EDGE], other.text[-_EDGE:]})
        and len(one.tables) < _ESTABLISHED
        and (is_slip(other.text, one.text) or _lacks_two(other, one, standing))
        and (
            (not one.tables & other.tables and _rank(one.text, standing) < _rank(other.text, standing))
            or _is_sure(other.text, one.text, standing)
        )
    )


def _lacks_two(name: _Name, wrong: _Name, standing: _Standing) -> bool:
    """Whether a name that no row bears is another one without two characters, and is printed once, the other often."""
    found = (one for one in slips(name.text, wrong.text) if one.size == len(wrong.text) and not one.printed)
    often = len(standing.get(name.text, ())) > _FEW and len(standing.get(wrong.text, ())) == 1
    return often and not wrong.tables and next(found, None) is not None


def _is_sure(name: str, wrong: str, standing: _Standing) -> bool:
    """Whether a long name is printed once with a slip that makes no other name even of a row of the same table: two
    characters changed places, one is printed twice, or one is left out."""
    found = next(one for one in slips(name, wrong) if one.size == len(wrong))
    replaced = len(found.printed) == len(found.meant) == 1
    return len(name) >= _SURE and not replaced and len(standing.get(wrong, ())) == 1 and wrong not in _official()


def _rank(name: str, standing: _Standing) -> tuple[bool, int, int]:
    """What makes a name the right one of two: it is of the classification, printed more often, printed first."""
    found = standing.get(name, [])
    return name in _official(), len(found), -found[0] if found else 1


def _covered(text: str, names: Set[str], standing: _Standing) -> bytearray:
    """Which characters of a text are part of a name as it should be."""
    known = bytearray(len(text))
    for name in names | _official() | _alike():
        for start in standing.get(name, ()):
            known[start : start + len(name)] = b"\1" * len(name)
    return known


def _slips_at(start: int, name: str, text: str, known: bytearray, *, is_body: bool) -> Iterator[str]:
    """The words at a place that are a name with a slip. A body of another place is no slip of a body."""
    if 0 not in known[start : start + len(name) + 1]:
        return
    for found in slips(name, text[start : start + len(name) + 1]):
        wrong = text[start : start + found.size]
        if any(known[start + found.at : start + found.at + max(1, len(found.printed))]) or is_short(name, wrong):
            continue
        if _is_of_another(name, found, text, start):
            continue
        bounded = _bounded(text, start, found.size, from_start=found.at < len(name))
        inside = found.at < len(name) and len(found.meant) < 2
        former = text[max(0, start - 1) : start] in _FORMER
        told = tells(name, found, bounded=bounded) or _is_torn(name, found, text) or _is_cut(name, found, text, start)
        told = told or (bounded and _is_item(name, found))
        told = told or (is_body and not former and found.at > 1 and len(found.meant) > 1 and not found.printed)
        if told or (is_body and inside and _is_nowhere(wrong, name)):
            yield wrong


def _is_of_another(name: str, found: Slip, text: str, start: int) -> bool:
    """Whether words that lack the second character of a name, or the last but one, may be part of other words: the one
    character left of it there is the end of 供水 in 供水工程建设, which is no 水利工程建设."""
    lacks = len(found.meant) == 1 and not found.printed
    first, last = found.at == 1, found.at == len(name) - 2
    before, after = text[max(0, start - 1) : start], text[start + found.size : start + found.size + 1]
    return lacks and ((first and not _stops(before)) or (last and not _stops(after)))


def _is_item(name: str, found: Slip) -> bool:
    """Whether a subject of four characters lacks one within it."""
    inside = 0 < found.at < len(name) - 1 and len(found.meant) == 1
    return len(name) == _SHORTEST and name in _official() and inside and not found.printed


def _is_cut(name: str, found: Slip, text: str, start: int) -> bool:
    """Whether a name is cited without its last character: `《收支预算总》`."""
    return found.at == len(name) - 1 and not found.printed and text[start + found.size : start + found.size + 1] == "》"


def _is_torn(name: str, found: Slip, text: str) -> bool:
    """Whether the two characters that are left out of a name are no word: the text prints them several times, always
    behind the character of the name that goes with the first of them."""
    if found.printed or len(found.meant) < 2 or not found.at:
        return False
    before = [text[one.start() - 1 : one.start()] for one in re.finditer(found.meant, text)]
    return len(before) > 1 and set(before) == {name[found.at - 1]}


def _bounded(text: str, start: int, size: int, *, from_start: bool) -> bool:
    """Whether words stand between stops or figures; where not `from_start`, whether one stands behind them."""
    before = text[max(0, start - 1) : start] if from_start else ""
    return _stops(before) and _stops(text[start + size : start + size + 1])


def _stops(sign: str) -> bool:
    return not sign or _STOP.match(sign) is not None


def _is_nowhere(wrong: str, body: str) -> bool:
    """Whether a body is that of no place, or of the very place of another."""
    one, other = division_of(wrong), division_of(body)
    return other is not None and (one is None or one[0] == other[0])


@cache
def _official() -> frozenset[str]:
    """The names of the subjects of both classifications, and what tables call the items of “三公”经费 beside them."""
    nodes = [node for scheme in ("function", "economic") for node in concepts(scheme).values()]
    names = [*filter(None, map(label, nodes)), *wording("changes")["three_public"]]
    return frozenset(name for name in names if len(name) >= _SHORTEST)


@cache
def _alike() -> frozenset[str]:
    """The terms of budgets that are alike and mean two things."""
    return frozenset(wording("names")["alike"])
