"""Reading performance forms that are tables: merged columns, wrapped and shifted cells, forms in pieces."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.document import Cell, Line, Table
from extract.outline import Section
from extract.performance.evaluated import MoneyBlock, money_block, parted
from extract.performance.model import Evaluated, Form, Head, Indicator, Note
from extract.performance.table_head import printed_unit, read_head
from extract.performance.terms import column_field, head_field, is_beside, is_page_number, terms, words
from extract.performance.values import target, weight
from ontology.errors import NotAnAmount
from ontology.facts import Box, Scope
from ontology.text import key

_RULE = re.compile(r"[-:|]*")
_POINTS = re.compile(r"[(（]\d{1,3}分[)）]$")  # of all indicators of a level: 产出指标（50分）
_SHIFTED = "the row is printed one cell to the left"


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row that hold words, from left to right, and the table they stand in."""

    cells: tuple[Cell, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class _Entry:
    """The rows of one indicator with the names of the levels above it, and how they were aligned."""

    level1: str | None
    level2: str | None
    rows: tuple[Mapping[str, Cell], ...]
    how: str | None


def table_forms(section: Section, scope: Scope) -> Iterator[Form]:
    """The forms that the tables of a section hold: one, or several where no title parts them."""
    rows = [row for block in section.blocks if isinstance(block, Table) for row in _rows(block)]
    notes = [
        Note(block, "", "a line beside the performance form is not understood")
        for block in section.blocks
        if isinstance(block, Line) and not _says_nothing(block)
    ]
    for part in _parts(rows):
        form = _form(section.title, scope, part)
        yield replace(form, notes=(*notes, *form.notes))
        notes = []


def _says_nothing(line: Line) -> bool:
    return is_beside(line.text) or is_page_number(line.text) or words(line.text).isdigit()


def _rows(table: Table) -> Iterator[_Row]:
    by_row: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if not _RULE.fullmatch(words(cell.text)) or words(cell.text) == "-":
            by_row.setdefault(cell.row, []).append(cell)
    for number in sorted(by_row):
        yield _Row(tuple(sorted(by_row[number], key=lambda cell: cell.column)), table)


def _parts(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """The rows form by form: a new one begins where the agency's label comes again after indicators."""
    part: list[_Row] = []
    seen_header = False
    for row in rows:
        if seen_header and head_field(row.cells[0].text) in ("unit_printed", "project"):
            yield part
            part, seen_header = [], False
        seen_header = seen_header or _is_header(row)
        part.append(row)
    if part:
        yield part


def _is_header(row: _Row) -> bool:
    fields = {column_field(cell.text) for cell in row.cells}
    return {"level1", "level3", "target"} <= fields


def _form(title: str, scope: Scope, rows: Sequence[_Row]) -> Form:
    start = next((index for index, row in enumerate(rows) if _is_header(row)), len(rows))
    over = [row.cells for row in rows[:start] if not _is_title(row, title)]
    block = money_block(over, printed_unit(over))
    values, public, notes = read_head(block.others)
    words_of_head = "\n".join("\t".join(cell.text for cell in line) for line in public)
    head = Head(rows[0].cells[0], words_of_head, values, printed_unit(over))
    if start == len(rows):
        missing = Note(head.place, "", "the performance form has no heading over its indicators")
        alone = Evaluated(block.money) if block.money else None
        return Form(scope, title, head, (), (*notes, *block.notes, missing), evaluated=alone)
    columns, unknown = _columns(rows[start])
    if "actual" in columns.values() or block.money:
        return _evaluated(Form(scope, title, head, (), (*notes, *block.notes, *unknown)), block, rows[start:], columns)
    body = [_under(rows[start], row) for row in rows[start + 1 :] if not _is_header(row)]
    entries, unread = _entries(body, columns)
    indicators = tuple(map(_indicator, entries))
    return Form(scope, title, head, indicators, (*notes, *unknown, *unread), weighed="weight" in columns.values())


def _evaluated(form: Form, block: MoneyBlock, rows: Sequence[_Row], columns: Mapping[int, str]) -> Form:
    """A form with actual values: its indicators, the money over them and the total below them."""
    body = [_under(rows[0], row) for row in rows[1:] if not _is_header(row)]
    kept, total, remarks = parted([row.cells for row in body])
    entries, unread = _entries([body[number] for number in kept], columns)
    closing = {columns.get(cell.column): words(cell.text) for cell in total or ()}
    return replace(
        form,
        indicators=tuple(map(_indicator, entries)),
        notes=(*form.notes, *unread, *remarks),
        weighed="weight" in columns.values(),
        evaluated=Evaluated(block.money, closing.get("weight", ""), closing.get("score", "")),
    )


def _is_title(row: _Row, title: str) -> bool:
    """Whether a row holds only the form's own title or what is known to say nothing (`（2023年度）`)."""
    return all(words(cell.text) == title or is_beside(cell.text) for cell in row.cells)


def _columns(header: _Row) -> tuple[dict[int, str], list[Note]]:
    """The field of every column that the heading covers, and the headings that are not known."""
    columns: dict[int, str] = {}
    notes: list[Note] = []
    for cell in header.cells:
        field = column_field(_POINTS.sub("", words(cell.text)))
        if field is None:
            notes.append(Note(cell, cell.text, f"the heading '{words(cell.text)}' of a performance form is not known"))
        else:
            columns |= dict.fromkeys(range(cell.column, cell.column + cell.column_span), field)
    return columns, notes


def _under(header: _Row, row: _Row) -> _Row:
    """The row with the columns of the heading. Columns of another table on paper are those below the same heading."""
    if row.table is header.table:
        return row
    return replace(row, cells=tuple(replace(cell, column=_column_under(header, cell)) for cell in row.cells))


def _column_under(header: _Row, cell: Cell) -> int:
    if cell.bbox is None:
        return cell.column
    middle = (cell.bbox[0] + cell.bbox[2]) / 2
    over = (above.column for above in header.cells if above.bbox and above.bbox[0] <= middle <= above.bbox[2])
    return next(over, -1)


def _entries(rows: Iterable[_Row], columns: Mapping[int, str]) -> tuple[list[_Entry], list[Note]]:
    """The indicators with their levels carried down, and rows that continue wrapped cells joined to theirs."""
    entries: list[_Entry] = []
    notes: list[Note] = []
    level1: str | None = None
    level2: str | None = None
    for row in rows:
        notes += _strays(row, columns)
        cells, how = _aligned(row, columns)
        if _is_displaced(cells):
            notes.append(Note(row.cells[0], _text(row.cells), "the cells of a row are not under their headings"))
            continue
        body = {field: cell for field, cell in cells.items() if field not in ("level1", "level2", "ignored")}
        whole1 = _completed(level1, cells.get("level1"), terms().level1)
        whole2 = _completed(level2, cells.get("level2"), terms().level2)
        if (whole1 or whole2) and entries:  # the rest of a name that the end of the page cut
            level1, level2 = whole1 or level1, whole2 or level2
            entries[-1] = replace(entries[-1], level1=level1, level2=level2)
        else:
            level1, level2 = _levels(cells, level1, level2)
        alone = _stands_alone(row, columns, entries)
        if _begins(body, entries) if not alone else {"level3", "target"} <= body.keys():
            entries.append(_Entry(level1, level2, (cells,), how))
        elif body and not alone and entries and (whole1 or whole2 or len(body) == len(cells)):
            entries[-1] = replace(entries[-1], rows=(*entries[-1].rows, body))
        elif body:
            notes.append(Note(row.cells[0], _text(row.cells), "a row of the performance form is not understood"))
    return entries, notes


def _aligned(row: _Row, columns: Mapping[int, str]) -> tuple[dict[str, Cell], str | None]:
    """The cells by field. A row with its second level in the first column is moved right if that fits."""
    cells = _by_field(row.cells, columns, 0)
    if _is_second_level_only(cells.get("level1")):
        moved = _by_field(row.cells, columns, 1)
        if _is_weight(moved.get("weight")) and not _is_weight(cells.get("weight")):
            return moved, _SHIFTED
    return cells, None


def _by_field(cells: Iterable[Cell], columns: Mapping[int, str], shift: int) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for cell in cells:
        field = columns.get(cell.column + shift)
        if field and field not in found:
            found[field] = cell
        elif field:
            found[field] = replace(found[field], text=found[field].text + cell.text)
    return found


def _strays(row: _Row, columns: Mapping[int, str]) -> list[Note]:
    """Cells under no heading, the side title 年度绩效指标 apart."""
    return [
        Note(cell, cell.text, "a cell of the performance form stands under no heading")
        for cell in row.cells
        if cell.column not in columns and key(words(cell.text)) not in terms().side_titles
    ]


def _is_second_level_only(cell: Cell | None) -> bool:
    name = key(words(cell.text)) if cell else ""
    return name in terms().level2 and name not in terms().level1


def _is_displaced(cells: Mapping[str, Cell]) -> bool:
    """Whether cells have moved: the weight is no number, or a second-level name stands in the first column."""
    return ("weight" in cells and not _is_weight(cells["weight"])) or _is_second_level_only(cells.get("level1"))


def _is_weight(cell: Cell | None) -> bool:
    try:
        return cell is not None and weight(cell.text) is not None
    except NotAnAmount:
        return False


def _levels(cells: Mapping[str, Cell], above1: str | None, above2: str | None) -> tuple[str | None, str | None]:
    """The names of the levels of a row: printed, or carried down from above; a new first level has no second yet."""
    level1 = _POINTS.sub("", words(cells["level1"].text)) if "level1" in cells else None
    level2 = _POINTS.sub("", words(cells["level2"].text)) if "level2" in cells else None
    if level1 is not None:
        return level1, level2
    return above1, level2 if level2 is not None else above2


def _completed(above: str | None, cell: Cell | None, known: frozenset[str]) -> str | None:
    """The name that `above` and the cell make together, where neither is a name by itself."""
    rest = words(cell.text) if cell else ""
    if not above or not rest or key(above) in known or key(rest) in known:
        return None
    return above + rest if key(above + rest) in known else None


def _stands_alone(row: _Row, columns: Mapping[int, str], entries: Sequence[_Entry]) -> bool:
    """Whether a row is a whole indicator or none: ruled off from the one above it on its page, with no weight to tell.

    Where no weights are printed, the rest of a wrapped cell and an indicator look alike but for the rules.
    """
    if "weight" in columns.values() or not row.table.spans_known:
        return False
    return not entries or any(cell.page == row.cells[0].page for cell in entries[-1].rows[-1].values())


def _begins(row: Mapping[str, Cell], entries: Sequence[_Entry]) -> bool:
    """Whether a row is an indicator of its own and not the rest of wrapped cells."""
    if "level3" not in row or "weight" in row:
        return "level3" in row
    if "target" not in row:
        return False
    said = target(row["target"].text)
    known_basis = "basis" in row and bool(entries) and words(row["basis"].text) == _joined(entries[-1].rows, "basis")
    return said.kind == "date" or said.op is not None or known_basis


def _indicator(entry: _Entry) -> Indicator:
    first = entry.rows[0]
    return Indicator(
        level1=entry.level1,
        level2=entry.level2,
        level3=_joined(entry.rows, "level3"),
        target=_joined(entry.rows, "target"),
        basis=_joined(entry.rows, "basis"),
        previous=_joined(entry.rows, "previous"),
        weight=_joined(entry.rows, "weight"),
        place=first["level3"],
        text="\n".join(_text(row.values()) for row in entry.rows),
        box=_box(first),
        how=entry.how,
        rule=_joined(entry.rows, "rule"),
        proof=_joined(entry.rows, "proof"),
        actual=_joined(entry.rows, "actual"),
        score=_joined(entry.rows, "score"),
        deviation=_joined(entry.rows, "deviation"),
    )


def _joined(rows: Iterable[Mapping[str, Cell]], field: str) -> str:
    return "".join(words(row[field].text) for row in rows if field in row)


def _text(cells: Iterable[Cell]) -> str:
    return "\t".join(cell.text for cell in cells)


def _box(row: Mapping[str, Cell]) -> Box | None:
    """The part of the page that the cells of a row cover, the merged names of the levels left out."""
    boxes = [cell.bbox for field, cell in row.items() if field not in ("level1", "level2") and cell.bbox]
    if not boxes:
        return None
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)
