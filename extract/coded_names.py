"""Codes and names side by side in all rows of tables, those without figures too: do they belong together?"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import groupby

from extract.document import Cell, Document, Line, Table
from extract.outline import Section
from extract.titles import printed_title
from ontology.facts import CellFact, Fact, Finding
from ontology.findings import said
from ontology.slips import may_lack, slips
from ontology.terms import concepts, names_of
from ontology.text import key, tight

_SCHEMES = {"2": "function", "3": "economic"}
_CODED = re.compile(
    r"(?<![\d.,，])(?P<code>[23]\d\d(?:\s*\d\d){0,2})\s*(?P<name>[\u4e00-\u9fff][^\d\s]*)(?P<figure>\s*-?[\d,]+\.\d)?"
)
_ADDED = re.compile("支出$")


def misnamed_rows(document: Document, sections: Sequence[Section], held: Iterable[Fact]) -> Iterator[Finding]:
    """A finding for each row of a budget table whose name is that of its code but for a slip, or, in a row without a
    figure and in that of a project, that of another code.

    The names of a code are those of the classification of any year and those that other rows print.
    """
    cells = [fact for fact in held if isinstance(fact, CellFact) and fact.code]
    told = _told(cells)
    codes = _codes_beside(told)
    for section in sections:
        for places, text in _rows(section) if section.kind == "table" else ():
            for found in _CODED.finditer(text):
                code = re.sub(r"\s", "", found["code"])
                right = _right(code, found["name"], told, codes, blank=not found["figure"])
                if right and not _goes_on(found["name"], right, section):
                    words = said("misnamed_row", code=code, name=found["name"], right=right)
                    message = f"{printed_title(section.title)}: {words}"
                    place = next(one for one in places if found["name"] in tight(one.text))
                    yield document.note(place, message)

    yield from _of_projects(cells, told, codes)


def _of_projects(
    cells: Iterable[CellFact], told: Mapping[str, Set[str]], codes: Mapping[str, Sequence[str]]
) -> Iterator[Finding]:
    """The same for the rows of projects, between whose name and figures that of the project stands."""
    rows: dict[tuple[object, ...], CellFact] = {}
    for fact in (one for one in cells if one.project):
        rows.setdefault((fact.table, fact.code, fact.name, fact.project, fact.source.line, fact.source.row), fact)
    for fact in rows.values():
        right = _right(str(fact.code), fact.name, told, codes, blank=True)
        if right:
            words = said("misnamed_row", code=fact.code, name=fact.name, right=right)
            yield Finding(source=fact.source, severity="info", message=f"{fact.table_title}: {words}")


def _right(
    code: str, name: str, told: Mapping[str, Set[str]], codes: Mapping[str, Sequence[str]], *, blank: bool
) -> str | None:
    """What is meant by a code and a name: another name, or another code with its name; None where they agree."""
    known = {*told.get(code, ()), *_names(code)}
    return _meant(code, name, known, blank=blank) or (None if known else _neighbour(code, name, codes))


def _goes_on(name: str, right: str, section: Section) -> bool:
    """Whether a line, or a cell, of a section begins with what a name lacks at its end."""
    rest = right.removeprefix(name) if right.startswith(name) else ""
    return bool(rest) and any(tight(place.text).startswith(rest) for places, _ in _rows(section) for place in places)


def _told(cells: Iterable[CellFact]) -> dict[str, set[str]]:
    """By code the names that two tables at least print beside it."""
    printed: dict[str, dict[str, set[str]]] = {}
    for fact in cells:
        printed.setdefault(str(fact.code), {}).setdefault(fact.name, set()).add(fact.table)
    return {code: {name for name, tables in names.items() if len(tables) > 1} for code, names in printed.items()}


def _codes_beside(told: Mapping[str, Set[str]]) -> dict[str, list[str]]:
    """By name, without the 支出 at its end, the codes beside which it is told, in order."""
    codes: dict[str, list[str]] = {}
    for code, names in sorted(told.items()):
        for name in {_bare(one) for one in names}:
            codes.setdefault(name, []).append(code)
    return codes


def _meant(code: str, printed: str, names: Set[str], *, blank: bool) -> str | None:
    """What a name should be; None where it fits its code, is cut short, or nothing tells."""
    name, known = _bare(printed), {_bare(one): one for one in sorted(names)}
    if name in known:
        return None
    near = [one for one in sorted(names) if _is_slip(key(one), key(printed)) or _is_slip(_bare(one), name)]
    if any(name in one or one in name for one in known):
        whole = [right for right in near if _is_slip(key(right), key(printed)) and _is_whole(right, printed)]
        short = [right for one, right in known.items() if not blank and _lacks_end(name, one)]
        short += [right for right in sorted(names) if right.endswith("支出") and key(printed) == key(right)[:-1]]
        return next(iter([*whole, *short]), None)
    right = next(iter(near), None)
    if right or not blank or code in _codes(name):
        return right
    others = [one for one in _codes(name) if one[0] == code[0] and len(one) == len(code)]
    return min(known.values(), default=others[0]) if others else None


def _neighbour(code: str, name: str, codes: Mapping[str, Sequence[str]]) -> str | None:
    """The first code of the same group, with its name, that two tables print beside a name, or that bears it in the
    classification; None where there is none.

    `codes` are the codes beside which tables print a name.
    """
    others = (*codes.get(_bare(name), ()), *_codes(_bare(name)))
    near = (other for other in others if other != code and len(other) == len(code) and other[:-2] == code[:-2])
    return next((f"{other}{name}" for other in near), None)


def _rows(section: Section) -> Iterator[tuple[Sequence[Line | Cell], str]]:
    """The rows of a section as text: lines, and the cells of each row with tabulators between."""
    for block in section.blocks:
        if isinstance(block, Line):
            yield [block], block.text
        elif isinstance(block, Table):
            cells = sorted(block.cells, key=lambda cell: (cell.row, cell.column))
            for _, row in groupby(cells, key=lambda cell: cell.row):
                some = [(cell, "".join(cell.text.split())) for cell in row if cell.text.strip()]
                yield [cell for cell, _ in some], "\t".join(text for _, text in some)


def _is_whole(right: str, printed: str) -> bool:
    """Whether a name is not one cut short: it has the end, or is as long as what is meant."""
    return _ADDED.search(key(printed)) is not None or len(key(printed)) >= len(key(right))


def _lacks_end(name: str, right: str) -> bool:
    """Whether a name lacks the first or the last character of another, one that no short form leaves out."""
    return name == right[1:] or (name == right[:-1] and not may_lack(right[-1]))


def _is_slip(right: str, printed: str) -> bool:
    return any(found.size == len(printed) for found in slips(right, printed))


def _bare(name: str) -> str:
    """A name as a key, without the 支出 that some prints add at its end."""
    return _ADDED.sub("", key(name))


@cache
def _names(code: str) -> frozenset[str]:
    return frozenset(names_of(_SCHEMES[code[0]], code))


@cache
def _codes(name: str) -> tuple[str, ...]:
    return tuple(sorted(code for code, names in _named().items() if name in names))


@cache
def _named() -> dict[str, frozenset[str]]:
    codes = {code.partition("~")[0] for scheme in _SCHEMES.values() for code in concepts(scheme)}
    return {code: frozenset(map(_bare, _names(code))) for code in codes if code[0] in _SCHEMES}
