"""What of a document was understood: every printed table, form and section with what came out of it."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extract.document import Block, Document, Table
from extract.outline import Section, outline
from extract.recognition import facts
from extract.tables.budget_tables import read_tables
from extract.tables.checks import checks
from extract.tables.lists_of_bodies import is_list_of_bodies
from extract.titles import families_of_title
from ontology.facts import CellFact, DocumentFact, Fact, Finding, Source

State = Literal["recognised", "ignored by name", "no facts", "not understood"]
Position = tuple[int, float]

_IGNORED = frozenset({"cover", "contents", "part"})


@dataclass(frozen=True, slots=True)
class Part:
    """A printed part of a document and what became of it.

    `kind` and `key` are those of the outline; `page` or `line` is where it begins. `figures` are the facts that hold a
    figure of a table, `facts` all others, `checked` the identities whose operands are printed in it, `failed` those
    among them that do not hold within print rounding, `findings` the places not understood.
    """

    kind: str
    key: str | None
    title: str
    page: int | None
    line: int | None
    state: State
    figures: int
    facts: int
    checked: int
    failed: int
    findings: int

    @property
    def held(self) -> int:
        """The identities that hold."""
        return self.checked - self.failed


def coverage(document: Document) -> list[Part]:
    """The parts of a document in printed order; a table under no known title is a part of its own."""
    sections = [section for section in outline(document) if section.heading or section.blocks]
    starts = [_position(_first(section)) for section in sections]
    stated: dict[int, list[Fact]] = {}
    for fact in facts(document):
        if not isinstance(fact, DocumentFact):
            stated.setdefault(max(bisect_right(starts, _of_source(fact.source)) - 1, 0), []).append(fact)
    families = {id(table.section): table.family for table in read_tables(document, sections)}
    return [
        part
        for index, section in enumerate(sections)
        for part in (_part(section, stated.get(index, []), families.get(id(section))), *_other_tables(section))
    ]


def _part(section: Section, stated: Sequence[Fact], family: str | None) -> Part:
    cells = [fact for fact in stated if isinstance(fact, CellFact)]
    findings = sum(isinstance(fact, Finding) for fact in stated)
    unclear = sum(isinstance(fact, Finding) and fact.severity != "info" for fact in stated)
    family = family or next(iter(sorted(families_of_title(section.title))), None)
    checked = list(checks(cells, family)) if cells and family else []
    first = _first(section)
    return Part(
        kind=section.kind,
        key=section.key,
        title=section.title,
        page=first.page,
        line=first.line,
        state=_state(section, len(stated) - findings, unclear),
        figures=len(cells),
        facts=len(stated) - findings - len(cells),
        checked=len(checked),
        failed=sum(not check.holds for check in checked),
        findings=findings,
    )


def _state(section: Section, stated: int, unclear: int) -> State:
    if stated:
        return "recognised"
    if unclear:
        return "not understood"
    return "ignored by name" if section.kind in _IGNORED else "no facts"


def _other_tables(section: Section) -> Iterator[Part]:
    if section.kind not in {"table", "form"}:
        for block in section.blocks:
            if isinstance(block, Table):
                words = " ".join(cell.text for cell in block.cells[:3])
                unclear = not is_list_of_bodies(block)
                state: State = "not understood" if unclear else "recognised"
                yield Part("table", None, words, block.page, block.line, state, 0, 0, 0, 0, int(unclear))


def _first(section: Section) -> Block:
    return section.heading[0] if section.heading else section.blocks[0]


def _position(block: Block) -> Position:
    return (0, float(block.line)) if block.line is not None else (block.page or 0, block.bbox[1] if block.bbox else 0.0)


def _of_source(source: Source) -> Position:
    if source.line is not None:
        return 0, float(source.line)
    return source.page or 0, source.bbox[1] if source.bbox else 0.0


def kinds(parts: Sequence[Part]) -> Counter[State]:
    """How many parts are in which state."""
    return Counter(part.state for part in parts)
