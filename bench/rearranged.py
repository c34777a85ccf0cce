"""Tables, rows, columns, figures and lines of a disclosure moved about: nothing of what it says is changed."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import groupby

from extract.document import Block, Cell, Document, Line, Table
from extract.outline import outline
from ontology.text import tight

_MONEY = re.compile(r"-?\d{1,3}(?:,\d{3})*(?:\.\d{1,4})|-?\d+(?:\.\d{1,4})")
_TOTAL = re.compile(r"[合总]计")
_PAGE_OF_LINES = 38
_ROWS_ON_A_PAGE = 9


def tables_reversed(document: Document) -> Document:
    """The budget tables in the opposite order, each with the lines around it."""
    return _tables_moved(document, lambda some: some[::-1])


def tables_rotated(document: Document) -> Document:
    """The first budget table behind the others."""
    return _tables_moved(document, lambda some: [*some[1:], some[0]])


def _tables_moved(document: Document, order: Callable[[list[list[Block]]], list[list[Block]]]) -> Document:
    """The run of budget tables in another order; a table begins with its number or title."""
    starts = _table_starts(document)
    if len(starts) < 3:
        return document
    blocks, last = document.blocks, starts[-1]
    end = next((at for at in range(last + 1, len(blocks)) if _third_part(blocks[at])), None)
    if end is None:
        return document
    pieces = [list(blocks[one:two]) for one, two in zip(starts, [*starts[1:], end], strict=True)]
    moved = [block for piece in order(pieces) for block in piece]
    return replace(document, blocks=(*blocks[: starts[0]], *moved, *blocks[end:]))


def _table_starts(document: Document) -> list[int]:
    titles = {id(section.heading[0]) for section in outline(document) if section.kind == "table" and section.heading}
    found: list[int] = []
    for at, block in enumerate(document.blocks):
        if isinstance(block, Line) and id(block) in titles:
            before = at - 1
            while before >= 0 and not tight(getattr(document.blocks[before], "text", "表")):
                before -= 1
            numbered = isinstance(above := document.blocks[before], Line) and re.fullmatch(
                r"(?:公开|附)?表?\d{1,2}表?", tight(above.text)
            )
            found.append(before if numbered else at)
    return found


def _third_part(block: Block) -> bool:
    return isinstance(block, Line) and re.match(r"第三部分", tight(block.text)) is not None


def tables_cut(document: Document) -> Document:
    """Each longer table cut after some rows; the headings and (续表) stand over the rest, on the next page."""
    blocks: list[Block] = []
    for block in document.blocks:
        blocks += _cut(block) if isinstance(block, Table) else [block]
    return replace(document, blocks=tuple(blocks))


def _cut(table: Table) -> list[Block]:
    head = _heading_rows(table)
    rows = table.rows
    clean = all(cell.row_span == 1 for cell in table.cells if cell.row >= head)
    if rows - head < 2 * _ROWS_ON_A_PAGE or not head or not clean:
        return [table]
    at = head + _ROWS_ON_A_PAGE
    first = [cell for cell in table.cells if cell.row < at]
    rest = [cell for cell in table.cells if cell.row < head]
    rest += [replace(cell, row=cell.row - at + head) for cell in table.cells if cell.row >= at]
    parts = replace(table, cells=tuple(first)), replace(table, cells=tuple(rest))
    return [parts[0], Line("(续表)", table.page, table.line), parts[1]]


def _heading_rows(table: Table) -> int:
    """How many rows stand before the first with a figure of money."""
    with_money = [cell.row for cell in table.cells if _MONEY.fullmatch(tight(cell.text)) and "." in cell.text]
    return min(with_money, default=0)


def total_last(document: Document) -> Document:
    """The row of the total after all other rows, where it is the first with figures."""
    return _each_table(document, _total_last)


def _total_last(table: Table) -> Table:
    head, rows = _heading_rows(table), table.rows
    names = [tight(cell.text) for cell in table.cells if cell.row == head]
    plain = all(cell.row_span == 1 for cell in table.cells if cell.row >= head)
    if not plain or rows - head < 3 or not any(_TOTAL.fullmatch(name) for name in names):
        return table
    moved = [
        replace(cell, row=rows - 1 if cell.row == head else cell.row - 1) if cell.row >= head else cell
        for cell in table.cells
    ]
    return replace(table, cells=tuple(sorted(moved, key=lambda cell: (cell.row, cell.column))))


def blank_rows(document: Document) -> Document:
    """A blank row after every fourth row of figures."""
    return _each_table(document, _with_blank_rows)


def _with_blank_rows(table: Table) -> Table:
    head = _heading_rows(table)
    if not head or any(cell.row_span > 1 for cell in table.cells if cell.row >= head):
        return table
    widths = {cell.column for cell in table.cells}
    cells: list[Cell] = []
    for row, some in groupby(table.cells, key=lambda cell: cell.row):
        more = max(0, row - head) // 4
        cells += [replace(cell, row=row + more) for cell in some]
        if row >= head and (row - head) % 4 == 3 and row + 1 < table.rows:
            cells += [Cell(row + more + 1, column, "", page=table.page, line=table.line) for column in sorted(widths)]
    return replace(table, cells=tuple(cells))


def columns_swapped(document: Document) -> Document:
    """基本支出 and 项目支出, 人员经费 and 公用经费 in the other order, headings and figures."""
    return _each_table(document, _columns_swapped)


def _columns_swapped(table: Table) -> Table:
    places = {tight(cell.text): cell for cell in table.cells if cell.row < _heading_rows(table)}
    for one, two in (("基本支出", "项目支出"), ("人员经费", "公用经费")):
        if one in places and two in places and places[one].column_span == places[two].column_span == 1:
            return _swapped(table, places[one], places[two])
    return table


def _swapped(table: Table, one: Cell, two: Cell) -> Table:
    other = {one.column: two.column, two.column: one.column}
    numbers = {cell.row for cell in table.cells if tight(cell.text) == "※" or tight(cell.text) == "栏次"}
    moved = [
        replace(cell, column=other.get(cell.column, cell.column))
        if cell.row >= one.row and cell.column_span == 1 and cell.row not in numbers
        else cell
        for cell in table.cells
    ]
    return replace(table, cells=tuple(sorted(moved, key=lambda cell: (cell.row, cell.column))))


def blanks_filled(sign: str, document: Document) -> Document:
    """A sign in each blank cell of a row of figures, right of its first figure."""
    return _each_table(document, partial(_filled, sign))


def _filled(sign: str, table: Table) -> Table:
    head = _heading_rows(table)
    money = [cell.column for cell in table.cells if cell.row >= head and _MONEY.fullmatch(tight(cell.text))]
    columns = set(money)
    rows = {cell.row for cell in table.cells if _MONEY.fullmatch(tight(cell.text)) and "." in cell.text}
    if not head or len(columns) < 2 or _two_sided(table, head):
        return table
    cells = [
        replace(cell, text=sign)
        if cell.row in rows and cell.column in columns and cell.column > min(columns) and not tight(cell.text)
        else cell
        for cell in table.cells
    ]
    return replace(table, cells=tuple(cells))


def _two_sided(table: Table, head: int) -> bool:
    words = "".join(tight(cell.text) for cell in table.cells if cell.row < head)
    return "指标" in words or ("功能分类科目编码" not in words and "类款" not in words)


def in_yuan(document: Document) -> Document:
    """The figures of ruled tables in 元, with the unit over them; sentences keep 万元.

    A document that prints tables as lines of text under a unit, which would keep their figures, stays as it is.
    """
    units = [isinstance(one, Line) and re.search(r"单位[：:]\s*万元", one.text) for one in document.blocks]
    kept = [one for one, unit in zip(document.blocks, units, strict=True) if unit or isinstance(one, Table)]
    if any(
        isinstance(one, Line) and not isinstance(two, Table) for one, two in zip(kept, [*kept[1:], None], strict=True)
    ):
        return document
    blocks: list[Block] = []
    scaled = False
    for block in document.blocks:
        if isinstance(block, Line):
            declared = re.search(r"单位[：:]\s*万元", block.text)
            scaled = bool(declared) or (scaled and not _third_part(block))
            blocks.append(replace(block, text=block.text.replace("万元", "元")) if declared else block)
        else:
            blocks.append(_each_cell(block, _yuan) if scaled else block)
    return replace(document, blocks=tuple(blocks))


def _yuan(text: str) -> str:
    if "." not in text or not _MONEY.fullmatch(tight(text)):
        return text
    return f"{Decimal(tight(text).replace(',', '')) * 10_000:,.2f}"


def lines_broken(document: Document) -> Document:
    """Long lines of running text broken after so many characters, as pages do."""
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Line) and len(block.text) > _PAGE_OF_LINES + 10 and "，" in block.text:
            texts = [block.text[at : at + _PAGE_OF_LINES] for at in range(0, len(block.text), _PAGE_OF_LINES)]
            blocks += [replace(block, text=text) for text in texts]
        else:
            blocks.append(block)
    return replace(document, blocks=tuple(blocks))


def page_numbers(document: Document) -> Document:
    """A page number after every 40 lines."""
    blocks: list[Block] = []
    for at, block in enumerate(document.blocks):
        blocks.append(block)
        if at % 40 == 39 and isinstance(block, Line):
            blocks.append(replace(block, text=f"- {at // 40 + 1} -"))
    return replace(document, blocks=tuple(blocks))


def _each_table(document: Document, alter: Callable[[Table], Table]) -> Document:
    return replace(document, blocks=tuple(alter(one) if isinstance(one, Table) else one for one in document.blocks))


def _each_cell(table: Table, alter: Callable[[str], str]) -> Table:
    return replace(table, cells=tuple(replace(cell, text=alter(cell.text)) for cell in table.cells))
