"""The indicators of a performance form that is a table: levels carried down, wrapped and shifted cells put right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.document import Cell
from extract.performance.model import Indicator, Note
from extract.performance.table_rows import Row, without_points
from extract.performance.terms import terms, words
from extract.performance.values import target, weight
from ontology.errors import NotAnAmount
from ontology.facts import Box
from ontology.findings import said
from ontology.text import key

_UNIT = "unit"
_NOT_OF_BODY = frozenset({"level1", "level2", "ignored", _UNIT})
_SHIFTED = "the row is printed one cell to the left"


@dataclass(frozen=True, slots=True)
class _Entry:
    """The rows of one indicator with the names of the levels above it, and how they were aligned."""

    level1: str | None
    level2: str | None
    rows: tuple[Mapping[str, Cell], ...]
    how: str | None


def indicators_in(rows: Iterable[Row], columns: Mapping[int, str]) -> tuple[tuple[Indicator, ...], list[Note]]:
    """The indicators in the rows under the heading whose fields `columns` has by column, and what is not understood."""
    entries, notes = _entries(rows, columns)
    return tuple(map(_indicator, entries)), notes


def _entries(rows: Iterable[Row], columns: Mapping[int, str]) -> tuple[list[_Entry], list[Note]]:
    """The indicators with their levels carried down, and rows that continue wrapped cells joined to theirs."""
    entries: list[_Entry] = []
    notes: list[Note] = []
    level1: str | None = None
    level2: str | None = None
    for row in rows:
        notes += _strays(row, columns)
        cells, how = _aligned(row, columns)
        if _is_displaced(cells):
            notes.append(Note(row.cells[0], _text(row.cells), said("cells_beside_headings")))
            continue
        body = {field: cell for field, cell in cells.items() if field not in _NOT_OF_BODY}
        whole1 = _completed(level1, cells.get("level1"), terms().level1)
        whole2 = _completed(level2, cells.get("level2"), terms().level2)
        if (whole1 or whole2) and entries:  # the rest of a name that the end of the page cut
            level1, level2 = whole1 or level1, whole2 or level2
            entries[-1] = replace(entries[-1], level1=level1, level2=level2)
        else:
            level1, level2 = _levels(cells, level1, level2)
        alone = _stands_alone(row, columns) and (_names_its_level(cells) or _is_below(row, entries))
        begins = _begins(body, entries) or _fills_its_columns(body, entries)
        if begins if not alone else {"level3", "target"} <= body.keys():
            entries.append(_Entry(level1, level2, (cells,), how))
        elif body and not alone and entries and (whole1 or whole2 or len(body) == len(cells)):
            entries[-1] = replace(entries[-1], rows=(*entries[-1].rows, body))
        elif body:
            notes.append(Note(row.cells[0], _text(row.cells), said("unread_row")))
    return entries, notes


def _aligned(row: Row, columns: Mapping[int, str]) -> tuple[dict[str, Cell], str | None]:
    """The cells by field. A row with its second level in the first column is moved right if that fits."""
    cells = _by_field(row.cells, columns, 0)
    if _is_second_level_only(cells.get("level1")):
        moved = _by_field(row.cells, columns, 1)
        if _is_weight(moved.get("weight")) and not _is_weight(cells.get("weight")):
            return moved, _SHIFTED
    return cells, None


def _by_field(cells: Iterable[Cell], columns: Mapping[int, str], shift: int) -> dict[str, Cell]:
    """The cells by field. A unit in a column of its own is a part of the target, too; a dash there is none."""
    found: dict[str, Cell] = {}
    for cell in cells:
        field = columns.get(cell.column + shift)
        if field == _UNIT and key(words(cell.text)) in terms().nothing:
            continue
        if field == _UNIT:
            found[_UNIT], field = cell, "target"
        if field and field not in found:
            found[field] = cell
        elif field:
            found[field] = replace(found[field], text=found[field].text + cell.text)
    return found


def _strays(row: Row, columns: Mapping[int, str]) -> list[Note]:
    """Cells under no heading, the side title 年度绩效指标 apart."""
    return [
        Note(cell, cell.text, said("cell_without_heading"))
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
    level1 = without_points(cells["level1"].text) if "level1" in cells else None
    level2 = without_points(cells["level2"].text) if "level2" in cells else None
    if level1 is not None:
        return level1, level2
    return above1, level2 if level2 is not None else above2


def _completed(above: str | None, cell: Cell | None, known: frozenset[str]) -> str | None:
    """The name that `above` and the cell make together, where neither is a name by itself."""
    rest = words(cell.text) if cell else ""
    if not above or not rest or key(above) in known or key(rest) in known:
        return None
    return above + rest if key(above + rest) in known else None


def _stands_alone(row: Row, columns: Mapping[int, str]) -> bool:
    """Whether a row in a form without weights, in rules that are known, may tell by these to be whole or none.

    Where no weights are printed, the rest of a wrapped cell and an indicator look alike but for the rules.
    """
    return "weight" not in columns.values() and row.table.spans_known


def _is_below(row: Row, entries: Sequence[_Entry]) -> bool:
    """Whether a row is the first, or stands on the page of the one above it, ruled off from it."""
    return not entries or any(cell.page == row.cells[0].page for cell in entries[-1].rows[-1].values())


def _names_its_level(cells: Mapping[str, Cell]) -> bool:
    """Whether a row prints the whole name of its second level; the rest of cells cut by the end of a page does not."""
    return "level2" in cells and key(without_points(cells["level2"].text)) in terms().level2


def _begins(row: Mapping[str, Cell], entries: Sequence[_Entry]) -> bool:
    """Whether a row is an indicator of its own and not the rest of wrapped cells."""
    if "level3" not in row or "weight" in row:
        return "level3" in row
    if "target" not in row:
        return False
    said = target(row["target"].text)
    known_basis = "basis" in row and bool(entries) and words(row["basis"].text) == _joined(entries[-1].rows, "basis")
    return said.kind == "date" or said.op is not None or known_basis


def _fills_its_columns(row: Mapping[str, Cell], entries: Sequence[_Entry]) -> bool:
    """Whether a row holds all that the indicator above it does, last year's value too: the rest of wrapped cells does
    not."""
    above = entries[-1].rows[0].keys() - _NOT_OF_BODY if entries else frozenset()
    return "previous" in row and row.keys() >= above >= {"level3", "target", "previous"}


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
        text="\n".join(_text(cell for field, cell in row.items() if field != _UNIT) for row in entry.rows),
        box=_box(first),
        how=entry.how,
        rule=_joined(entry.rows, "rule"),
        proof=_joined(entry.rows, "proof"),
        actual=_joined(entry.rows, "actual"),
        score=_joined(entry.rows, "score"),
        deviation=_joined(entry.rows, "deviation"),
        unit=_joined(entry.rows, _UNIT),
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
