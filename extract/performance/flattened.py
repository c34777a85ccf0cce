"""Reading performance forms that are flattened to lines: by the words that the form prints in every copy."""

from collections.abc import Sequence
from decimal import Decimal

from extract.outline import Section
from extract.performance.flattened_head import read_head
from extract.performance.flattened_rows import SCATTERED, Reading, Unread, project_rows
from extract.performance.levels import placed, without_empty_groups
from extract.performance.model import Form, Indicator, Note
from extract.performance.pieces import Piece, joined, pieces, printed
from extract.performance.terms import column_field, is_page_number, terms
from extract.performance.told import Told
from extract.performance.whole_rows import whole_rows
from ontology.facts import Scope
from ontology.findings import said

_PROJECT = ("level1", "level2", "level3", "target", "basis", "previous", "weight", "rule", "proof")
_WHOLE = ("level1", "level2", "level3", "target", "basis", "weight")
_HEAD = "the words of the flattened head are told apart by the labels of the form"


def flattened_form(told: Told, section: Section, scope: Scope) -> Form:
    """The form in the lines of a section of a document with these words. Rows not read beyond doubt are notes."""
    parts = _pieces(section)
    columns, start, end = _header(parts)
    head, notes = read_head(told, section, scope, parts[:start])
    if scope == "项目" and not head.values:
        unsure = Note(head.place, "", said("uncertain_project"))
        return Form(scope, section.title, head, (), (*notes, unsure))
    if columns == _PROJECT:
        rows = list(project_rows(parts[end:]))
    elif columns == _WHOLE:
        rows = list(whole_rows(parts[end:]))
    else:
        missing = Note(head.place, "", said("no_known_order"))
        return Form(scope, section.title, head, (), (*notes, missing), how=_HEAD)
    indicators, unread = _indicators(rows, terms().parents if columns == _PROJECT else None)
    return Form(scope, section.title, head, indicators, (*notes, *unread), how=_HEAD)


def has_certain_head(told: Told, section: Section, scope: Scope) -> bool:
    """Whether the head of the form in the lines of a section is read: only then are the cells of persons known."""
    parts = _pieces(section)
    return bool(read_head(told, section, scope, parts[: _header(parts)[1]])[0].values)


def _pieces(section: Section) -> tuple[Piece, ...]:
    return pieces(line for line in section.lines() if not is_page_number(line.text))


def _header(parts: Sequence[Piece]) -> tuple[tuple[str, ...], int, int]:
    """The fields of the columns in printed order, and where their heading begins and ends."""
    for start in range(len(parts)):
        fields, end = [], start
        while found := _column(parts, end):
            field, end = found
            fields.append(field)
        if fields[:1] == ["level1"] and len(fields) > 1:
            return tuple(fields), start, end
    return (), len(parts), len(parts)


def _column(parts: Sequence[Piece], start: int) -> tuple[str, int] | None:
    """The field that the longest run of pieces from `start` names."""
    for end in range(min(len(parts), start + 6), start, -1):
        field = column_field(joined(parts[start:end]))
        if field and field != "ignored":
            return "target" if field == "unit" else field, end
    return None


def _indicators(
    rows: Sequence[Reading | Unread], parents: dict[str, str] | None
) -> tuple[tuple[Indicator, ...], list[Note]]:
    """The rows with their levels, and as notes those of which a cell or a level is not certain.

    Cells that were put together from broken ones count only where the weights of the whole form add up.
    """
    names = [row.labels for row in rows]
    levels = placed([found for found in names if found is not None], parents) if None not in names else None
    adds_up = sum(Decimal(row.weight) for row in rows if isinstance(row, Reading)) in terms().weights
    indicators: list[Indicator] = []
    notes: list[Note] = []
    for place, row in enumerate(rows):
        if isinstance(row, Unread):
            notes.append(_note(row, row.why))
        elif levels is None:
            notes.append(_note(row, said("uncertain_level")))
        elif row.how == SCATTERED and not adds_up:
            notes.append(_note(row, said("broken_cells")))
        else:
            indicators.append(_indicator(row, *levels[place]))
    return tuple(indicators), notes


def _note(row: Reading | Unread, why: str) -> Note:
    return Note(row.parts[0].line, printed(row.parts), why)


def _indicator(row: Reading, level1: str | None, level2: str | None) -> Indicator:
    return Indicator(
        level1=level1,
        level2=level2,
        level3=joined(row.level3),
        target=row.target,
        basis=row.basis,
        previous=row.previous,
        weight=row.weight,
        place=row.level3[0].line,
        text=printed(without_empty_groups(row.parts)),
        how=row.how,
        rule=row.rule,
        proof=row.proof,
    )
