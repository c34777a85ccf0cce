"""Tables and performance forms as grids: cells with their spans, alignment and relative column widths."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from examples.prose import say
from examples.source import Disclosure, Form, Table, cells

Align = Literal["left", "centre", "right"]

CODES = {"类", "款", "项"}
NAMES = {"名称", "项目"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at `row` and `column` that covers `rows` × `columns` places of the grid."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    align: Align


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: relative widths, cells, how many rows repeat on each page and how many rows there are."""

    widths: tuple[float, ...]
    cells: tuple[Cell, ...]
    repeated: int
    rows: int


def of_table(table: Table) -> Grid:
    """The grid of a budget table; its headings repeat on each page."""
    aligns = [_align(table, column) for column in range(len(table.columns))]
    head = spans(table.header, ["centre"] * len(table.columns))
    body = spans(table.rows, aligns, len(table.header)) if table.rows else ()
    widths = table.widths or tuple(_width(table, column) for column in table.columns)
    return Grid(widths, head + body, len(table.header), len(table.header) + len(table.rows))


def of_form(document: Disclosure, form: Form) -> Grid:
    """The grid of a performance form; nothing repeats on the next page, merged cells go on there."""
    whole = form.scope == "整体"
    head = tuple(
        tuple(_filled(document, form, cell) for cell in row)
        for row in cells(document.wording["whole_form" if whole else "project_form"])
    )
    aligns: list[Align] = ["centre"] * len(form.columns)
    placed = spans(head + form.indicators, aligns)
    goal = tuple(Cell(c.row, c.column, c.rows, c.columns, c.text, "left") if c.text == form.goal else c for c in placed)
    widths = form.widths or tuple(document.wording["whole_widths" if whole else "project_widths"])
    return Grid(widths, goal, 0, len(head) + len(form.indicators))


def spans(rows: Sequence[Sequence[str]], aligns: Sequence[Align], first: int = 0) -> tuple[Cell, ...]:
    """The cells of `rows`, counted from row `first`: `<` joins the cell on the left, `^` the one above.

    Raises ValueError where joined cells do not form a rectangle.
    """
    owners: dict[tuple[int, int], list[tuple[int, int]]] = {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            source = {"<": (r, c - 1), "^": (r - 1, c)}.get(text)
            owner[r, c] = owner[source] if source else (r, c)
            owners.setdefault(owner[r, c], []).append((r, c))
    placed = []
    for (r, c), places in owners.items():
        height, width = places[-1][0] - r + 1, places[-1][1] - c + 1
        if height * width != len(places):
            raise ValueError(f"joined cells around {rows[r][c]!r} are no rectangle")
        placed.append(Cell(first + r, c, height, width, rows[r][c], aligns[c]))
    return tuple(placed)


def _filled(document: Disclosure, form: Form, cell: str) -> str:
    return cell.format(
        level=document.level,
        unit_printed=form.unit_printed,
        goal=form.goal,
        project=form.project,
        total=form.total,
        fiscal=form.fiscal,
        other=form.other,
        upper=form.upper,
        own=form.own,
    )


def _align(table: Table, column: int) -> Align:
    name = table.columns[column].rsplit(".", 1)[-1]
    return "centre" if name in CODES else "left" if name in NAMES else "right"


def _width(table: Table, column: str) -> float:
    """Codes are narrow, names wide; the figures share what is left."""
    name = column.rsplit(".", 1)[-1]
    if name in CODES:
        return 24
    if name == "项目":
        return 150 if table.landscape else 220
    if name == "名称":
        if "项目" in table.columns:
            return 84
        return 200 if column == "名称" and len(table.columns) <= 10 else 130 if table.landscape else 150
    return 48 if table.landscape else 66


def title_lines(document: Disclosure, table: Table) -> tuple[str, str, str, str]:
    """What stands over a table: its number, its title, who prepared it, the unit."""
    return table.number, table.title, say(document, "prepared"), say(document, "unit")
