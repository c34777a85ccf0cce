"""The heading rows of a table: where they end, and the path of headings over every column."""

import re
from collections.abc import Sequence

from extract.document import Cell, Table
from ontology.money import amount, is_amount
from ontology.text import key, tight

TOTALS = frozenset({"总计", "合计", "收入总计", "支出总计"})
NOTHING = frozenset({"", "-", "—", "–", "－", "/", "※", "--", "——"})
"""What a cell without content holds: nothing, a dash, a sign that it stands empty."""

_NUMBERING_SIGNS = frozenset({"※", "栏次", "行次", "序号", "**", "*", "甲", "乙", "丙", "丁"})
_YEAR = re.compile(r"(20\d\d)年度?")
_COLUMN_NUMBER = re.compile(r"(?:[(]?(?P<number>\d{1,2})[)]?|(?P<letter>[A-Z]))(?:=.*)?")
_LOWEST_HEADINGS = frozenset({"类", "款", "项"})  # may reach down into the row of numbers, and into that of the total
_SPENDING = ("基本支出", "项目支出")  # may stand behind 合计 in the row of the total, in place of its amounts
_MEASURES = frozenset({"决算数", "预算数", "金额"})


def most_heading_rows(table: Table) -> int:
    """How many rows at the top may be headings: all before the first figure, row of column numbers, or total that is
    empty or holds the headings of its columns."""
    for index, row in enumerate(table.grid()):
        texts = [tight(cell.text) for cell in row if cell and tight(cell.text)]
        if any(map(is_amount, texts)) or is_numbering(texts) or _is_empty_total(texts) or _headings_of_total(row):
            return index
    return table.rows


def is_numbering(texts: Sequence[str]) -> bool:
    """Whether these are the numbers of the columns (`※ 1 2 3`, `栏次 1=2+3 2 3`, `甲 ① ②`, `A B`), not figures."""
    return numbered_columns(texts) > 0


def holds_figures(table: Table) -> bool:
    """Whether a table prints a figure below its headings."""
    rows = ([tight(cell.text) for cell in row if cell] for row in table.grid()[most_heading_rows(table) :])
    return any(any(map(is_amount, texts)) and not is_numbering([text for text in texts if text]) for texts in rows)


def holds_money(table: Table) -> bool:
    """Whether a table prints a figure other than 0 below its headings."""
    rows = ([tight(cell.text) for cell in row if cell] for row in table.grid()[most_heading_rows(table) :])
    figures = ([text for text in texts if text] for texts in rows)
    return any(is_amount(text) and amount(text) for texts in figures if not is_numbering(texts) for text in texts)


def is_measure(texts: Sequence[str]) -> bool:
    """Whether a row says of its columns only that they hold amounts, each in the same word (`决算数 决算数`)."""
    return len(set(texts)) == 1 and texts[0] in _MEASURES


def without_headings(cells: Sequence[Cell | None]) -> list[Cell | None]:
    """The cells of a row without the headings that stand in that of the total in place of its amounts."""
    headings = _headings_of_total(cells)
    return [None if index in headings else cell for index, cell in enumerate(cells)]


def numbered_columns(texts: Sequence[str]) -> int:
    """How many columns of figures a row of their numbers counts, 0 where it is another row."""
    numbers = [_column_number(text) for text in texts if text not in _NUMBERING_SIGNS | _LOWEST_HEADINGS]
    counts = numbers == list(range(1, len(numbers) + 1)) and (len(numbers) > 1 or len(numbers) < len(texts))
    return len(numbers) if counts else 0


def _column_number(text: str) -> int | None:
    match = _COLUMN_NUMBER.fullmatch(key(text))
    return match and (int(match["number"]) if match["number"] else ord(match["letter"]) - ord("A") + 1)


def heading_paths(table: Table, rows: int) -> list[tuple[str, ...]]:
    """For every column the headings over it from top to bottom, each once, white space removed.

    A merged heading stands over all columns it spans. Where spans are not known, a blank to the right of a heading
    belongs to it if a lower heading row prints something in that column. The lowest headings of some columns may stand
    in the row of the total.
    """
    levels = [_spread(table, row) if table.spans_known else _filled(table, row, rows) for row in range(rows)]
    lowest = headings_in_total(table, rows)
    levels.append([lowest.get(column, "") for column in range(table.columns)])
    paths = []
    for column in range(table.columns):
        path: list[str] = []
        for level in levels:
            if level[column] and (not path or path[-1] != level[column]):
                path.append(level[column])
        paths.append(tuple(path))
    return paths


def headings_in_total(table: Table, rows: int) -> dict[int, str]:
    """The headings by column that stand in the row of the total, the first below `rows` of headings, in place of its
    amounts."""
    return _headings_of_total(table.grid()[rows]) if 0 < rows < table.rows else {}


def with_relative_years(paths: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The headings with 本年 for the last of several years named in them, and 上年 for the year before."""
    years = sorted({int(year) for path in paths for heading in path for year in _YEAR.findall(heading)})
    if len(years) < 2:
        return paths
    names = {years[-1] - 1: "上年", years[-1]: "本年"}
    return [
        tuple(_YEAR.sub(lambda match: names.get(int(match[1]), match[0]), heading) for heading in path)
        for path in paths
    ]


def _spread(table: Table, row: int) -> list[str]:
    """The headings of one row over all the columns that they span; a cell over several rows counts in its first."""
    level = [""] * table.columns
    for cell in _cells_of(table, row):
        for column in range(cell.column, cell.column + cell.column_span):
            level[column] = tight(cell.text)
    return level


def _filled(table: Table, row: int, rows: int) -> list[str]:
    grid = table.grid()
    level = [tight(cell.text) if cell else "" for cell in grid[row]]
    for column in range(1, len(level)):
        below = any((cell := grid[lower][column]) and tight(cell.text) for lower in range(row + 1, rows))
        if not level[column] and below:
            level[column] = level[column - 1]
    return level


def _cells_of(table: Table, row: int) -> list[Cell]:
    return [cell for cell in table.cells if cell.row == row]


def _is_empty_total(texts: Sequence[str]) -> bool:
    return len(texts) == 1 and texts[0] in TOTALS


def _headings_of_total(cells: Sequence[Cell | None]) -> dict[int, str]:
    """The headings by column in `合计 | 105.00 | 合计 | 基本支出 | 项目支出`, none in another row."""
    words = [(at, text) for at, cell in enumerate(cells) if cell and _is_word(text := tight(cell.text))]
    names = [text for _, text in words]
    is_total = len(words) == len(_SPENDING) + 2 and names[0] in TOTALS and names[1] in {"合计", "小计"}
    return dict(words[1:]) if is_total and tuple(names[2:]) == _SPENDING else {}


def _is_word(text: str) -> bool:
    return text not in NOTHING | _LOWEST_HEADINGS and not is_amount(text)
