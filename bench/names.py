"""Names that a disclosure prints at several places: bodies, subjects, projects, numbers, titles; where each stands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bench.errors import texts
from extract.document import Document
from extract.outline import Section, outline
from extract.recognition import facts
from ontology.document_number import mentions
from ontology.facts import CellFact, DocumentFact, Fact, KpiFact, KpiTableFact, ProjectFact
from ontology.terms import coded, label, names_of

_RECIPIENT = re.compile(
    r"(?:减少|增加|清偿|支付|拨付|给予|欠|[给向对为与由及和、，：])*(?P<name>[\u4e00-\u9fff]{4,16}?(?:公司|工厂|合作社|集团))"
)
_POLICY = re.compile(r"(?<=《)[^《》\d]{6,40}(?=》)")
_OF_YEAR = r"(?=部门|单位|收支|所有|一般公共|财政拨款|没有使用|支出预算|收入预算|政府|国有资本|[）)])"
_TABLES = ("table", "carry-over table", "procurement table")
_OF_KEY = {"carryover": "carry-over table", "government_procurement": "procurement table"}
_USE = re.compile(r"(?:主要)?用于[^。；\d]*$")
_ONLY_IN = {"indicator": ("form",), "goods": ("table", "procurement table")}
_LEAST = 4  # characters of words that a goal and an indicator share
_MOST = 60
_KIND_OF_PROJECT = "特定目标"  # stands where names of projects do, and is none


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its role; `code` is that of a subject. `groups` are the names of the groups it lies in."""

    role: str
    text: str
    code: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a name: the file, the characters of its print, the part of the document; `code_at` is where the code
    printed right before it begins, None where there is none."""

    name: Name
    file: int
    start: int
    end: int
    part: str
    code_at: int | None = None


@dataclass(frozen=True)
class Print:
    """All characters of a document but white space; `origin[i]` is the block, cell and offset of `text[i]`."""

    document: Document

    @cached_property
    def origin(self) -> list[tuple[int, int | None, int]]:
        return [
            (block, cell, at)
            for block, cell, words in texts(self.document)
            for at, sign in enumerate(words)
            if not sign.isspace()
        ]

    @cached_property
    def text(self) -> str:
        return "".join(sign for _, _, words in texts(self.document) for sign in words if not sign.isspace())

    @cached_property
    def parts(self) -> list[str]:
        """The part of the document of each block."""
        at = {id(block): index for index, block in enumerate(self.document.blocks)}
        parts = ["cover"] * len(self.document.blocks)
        for section in outline(self.document):
            for block in section.blocks:
                parts[at[id(block)]] = _part(section)
            for line in section.heading:
                if id(line) in at:
                    parts[at[id(line)]] = "title of table" if section.kind == "table" else "heading"
        return parts


def _part(section: Section) -> str:
    if section.kind in ("table", "form", "cover", "contents"):
        return _OF_KEY.get(section.key or "", section.kind)
    return "prose"


def printed_names(prints: Sequence[Print]) -> list[Spot]:
    """The places of all names that a disclosure (its files) prints at two or more places."""
    held = [fact for one in prints for fact in facts(one.document)]
    spots = [
        spot
        for name in dict.fromkeys([*_names(held, prints)])
        for file, one in enumerate(prints)
        for spot in _spots(one, file, name)
    ]
    longest = [spot for spot in spots if not any(_covers(other, spot) for other in spots)]
    count: dict[tuple[str, str], int] = {}
    for spot in longest:
        count[spot.name.role, spot.name.text] = count.get((spot.name.role, spot.name.text), 0) + 1
    return [spot for spot in longest if count[spot.name.role, spot.name.text] > 1]


def _covers(other: Spot, spot: Spot) -> bool:
    """Whether a place is part of a longer name of its role."""
    return (
        other.name.role == spot.name.role
        and other.file == spot.file
        and other.start <= spot.start
        and spot.end <= other.end
        and (other.end - other.start) > (spot.end - spot.start)
    )


def _names(held: Sequence[Fact], prints: Sequence[Print]) -> Iterator[Name]:
    text = "\n".join(one.text for one in prints)
    for fact in held:
        match fact:
            case DocumentFact(agency=str(body)):
                yield Name("body", _tight(body))
                yield from (Name("year", f"{fact.year}年") for _ in range(fact.year is not None))
            case KpiTableFact(unit_printed=str(body)):
                yield Name("body", _tight(body))
        for project in _projects(fact):
            yield Name("project", _tight(project))
        if isinstance(fact, CellFact) and fact.code and fact.code[0] in "23":
            role, scheme = ("subject", "function") if fact.code[0] == "2" else ("economic", "economic")
            yield from _subject(role, scheme, fact.code, _tight(fact.name))
        if isinstance(fact, CellFact) and fact.table == "government_procurement" and fact.name != "合计":
            yield Name("goods", _tight(fact.name))
    for code in range(201, 235):
        yield from (Name("subject", name, str(code)) for name in names_of("function", str(code)))
    yield from (Name("number", one.raw) for part in prints for one in mentions(part.text))
    yield from (Name("recipient", found["name"]) for found in _RECIPIENT.finditer(text))
    yield from (Name("policy", found[0]) for found in _POLICY.finditer(text))
    for one in prints:
        for section in outline(one.document):
            title = re.sub(r"^(?:[（(]?[一二三四五六七八九十]+[）)、.．]|\d+[、.．]|表\d+)", "", section.title)
            if section.kind in ("table", "section", "part") and 5 < len(title) < _MOST:
                yield Name("table" if section.kind == "table" else "section", title)
    yield from _shared(held)


def _projects(fact: Fact) -> Iterator[str]:
    if isinstance(fact, ProjectFact):
        yield fact.name
    elif isinstance(fact, CellFact | KpiTableFact) and fact.project and fact.project != _KIND_OF_PROJECT:
        yield fact.project


def _subject(role: str, scheme: str, code: str, name: str) -> Iterator[Name]:
    above = code[:-2] if len(code) > 3 else ""
    node = coded(scheme, above) if above and names_of(scheme, above) else None
    yield Name(role, name, code, (label(node) or "") if node is not None else "")


def _shared(held: Sequence[Fact]) -> Iterator[Name]:
    """The words that an indicator shares with the goal of its form."""
    goals = {fact.project: _tight(fact.goal) for fact in held if isinstance(fact, KpiTableFact) and fact.goal}
    for fact in held:
        if isinstance(fact, KpiFact) and (goal := goals.get(fact.project)):
            words = _common(_tight(fact.level3), goal)
            if len(words) >= _LEAST:
                yield Name("indicator", words)


def _common(one: str, other: str) -> str:
    """The longest words of the one, Chinese characters only, that the other holds."""
    found = [one[a:b] for a in range(len(one)) for b in range(a + _LEAST, len(one) + 1) if one[a:b] in other]
    return max((words for words in found if re.fullmatch(r"[\u4e00-\u9fff]+", words)), key=len, default="")


def _spots(one: Print, file: int, name: Name) -> Iterator[Spot]:
    form = re.escape(name.text) + (_OF_YEAR if name.role == "year" else "")
    if len(name.text) < 3 and not name.code:
        return
    for found in re.finditer(form, one.text):
        block = one.origin[found.start()][0]
        before = one.text[: found.start()].removesuffix("(").removesuffix("（")
        code_at = len(before) - len(name.code) if name.code and before.endswith(name.code) else None
        in_row = one.parts[block] in _TABLES
        if name.role in _ONLY_IN and one.parts[block] not in _ONLY_IN[name.role]:
            continue
        if name.role in ("subject", "economic") and not _subject_place(one, name, found, code_at is not None, in_row):
            continue
        if len(name.code) == 3 and code_at is None and in_row:
            continue
        yield Spot(name, file, *found.span(), _place(one, name, found, code_at), code_at)


def _subject_place(one: Print, name: Name, found: re.Match[str], coded: bool, in_row: bool) -> bool:
    """Whether a subject's name is meant: behind its code, or with its level or in a list of a sentence."""
    if in_row or coded:
        return coded
    around = one.text[max(0, found.start() - 1)] + one.text[found.end() : found.end() + 1]
    return len(name.text) > 3 and bool(re.fullmatch(r"[、：:）)，，\d.．][、。（(，\d]", around))


def _place(one: Print, name: Name, found: re.Match[str], code_at: int | None) -> str:
    part = one.parts[one.origin[found.start()][0]]
    behind, before = one.text[found.end() : found.end() + 2], one.text[max(0, found.start() - 9) : found.start()]
    if part == "table" and code_at is not None and not re.match(r"[\d-]", behind):
        return "blank row"
    if part in _TABLES and name.role == "body":
        return "over table" if re.search(r"(?:部门|单位)(?:名称)?[:：]$", before) else "table"
    if part == "prose" and re.search(r"(?:项目名称|承担单位|主管部门|实施单位)[:：]$", before):
        return "account"
    if part == "prose" and re.search(r"表为空表|[（(][类款项][）)]", one.text[found.end() : found.end() + 4]):
        return "path" if re.match(r"[（(]", behind) else "note"
    if part == "prose" and (behind.startswith("、") or before.endswith("、")):
        return "use list" if _USE.search(one.text[max(0, found.start() - 80) : found.start()]) else "list"
    if part == "form":
        return (
            "form head"
            if re.search(r"(?:项目名称|预算单位|主管部门|实施单位|名称(?:[（(]盖章[）)])?|[（(])[:：]?$", before)
            else "form"
        )
    return part


def _tight(text: str) -> str:
    return re.sub(r"\s", "", text)
