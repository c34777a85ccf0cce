"""An answer in the terminal: a table where it fits, else what is the same in all rows above it, else row by row."""

import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from rich.cells import cell_len
from rich.console import Console
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from queries.answer_html import seen_columns
from queries.answers import Answer, Value
from queries.library import columns

_PIPED = 200  # cells
_LEAST = 14  # cells that a folded column may be narrowed to
_EDGES = 3
_EXPLAINS = "："
AS_NAMED: Mapping[str, str] = MappingProxyType({})


def print_answer(
    answer: Answer, lang: str | None = None, console: Console | None = None, headings: Mapping[str, str] = AS_NAMED
) -> None:
    """The rows of an answer; at a terminal with what its columns mean, in `lang`, and how many rows there are.

    Columns are headed by their names, or as `headings` says.
    """
    screen = console or Console(width=None if sys.stdout.isatty() else _PIPED)
    shown, names = seen_columns(answer), answer.columns
    answer = Answer(tuple(headings.get(name, name) for name in names), _readable(answer.rows, lang))
    same = [at for at in shown if _is_same(answer, at)] if not _fits(screen, _table(answer, shown)) else []
    varying = [at for at in shown if at not in same]
    for at in same:
        screen.print(Text.assemble((f"{answer.columns[at]}  ", "bold"), _text(answer.rows[0][at])))
    if _folds(screen, answer, varying):
        screen.print(_table(answer, varying))
    else:
        _print_records(screen, answer, varying)
    if lang and screen.is_terminal:
        _print_meaning(screen, {names[at]: answer.columns[at] for at in shown}, len(answer.rows), lang)


def headings_of(names: Sequence[str]) -> dict[str, str]:
    """The Chinese headings of the columns of a named question: what they mean, without what is explained of it."""
    return {name: columns()[name].zh.partition(_EXPLAINS)[0] for name in names if name in columns()}


def _readable(rows: Sequence[tuple[Value, ...]], lang: str | None) -> tuple[tuple[Value, ...], ...]:
    """The rows with yes and no for what is true or false."""
    truth = {"zh": ("否", "是"), "en": ("no", "yes")}.get(lang or "", ("False", "True"))
    return tuple(tuple(truth[cell] if isinstance(cell, bool) else cell for cell in row) for row in rows)


def _table(answer: Answer, shown: Sequence[int]) -> Table:
    table = Table(header_style="bold")
    for at in shown:
        figures = any(isinstance(row[at], Decimal) for row in answer.rows)
        table.add_column(answer.columns[at], overflow="fold", justify="right" if figures else "left", no_wrap=figures)
    for row in answer.rows:
        table.add_row(*(Text(_text(row[at])) for at in shown))
    return table


def _print_records(screen: Console, answer: Answer, shown: Sequence[int]) -> None:
    """Row by row, a line for each column that says something: for narrow windows."""
    wide = max((cell_len(answer.columns[at]) for at in shown), default=0)
    for number, row in enumerate(answer.rows, 1):
        screen.print(Text(f"─ {number} ", style="dim"))
        grid = Table(box=None, show_header=False, padding=(0, 1), pad_edge=False)
        grid.add_column(width=wide, no_wrap=True)
        grid.add_column(overflow="fold")
        for at in shown:
            if row[at] is not None:
                grid.add_row(Text(answer.columns[at], style="bold"), Text(_text(row[at])))
        screen.print(Padding(grid, (0, 0, 0, 2), expand=False))


def _print_meaning(screen: Console, headed: Mapping[str, str], count: int, lang: str) -> None:
    known = columns()
    said = {name: known[name].en if lang == "en" else known[name].zh for name in headed if name in known}
    meanings = [
        said[name] if said[name].startswith(f"{heading}{_EXPLAINS}") else f"{heading} {said[name]}"
        for name, heading in headed.items()
        if name in said and heading != said[name]
    ]
    rows = (f"{count} row" if count == 1 else f"{count} rows") if lang == "en" else f"{count} 行"
    screen.print(Text(" · ".join([rows, *meanings]), style="dim"))


def _fits(screen: Console, table: Table) -> bool:
    return Measurement.get(screen, screen.options.update(width=10_000), table).maximum <= screen.width


def _folds(screen: Console, answer: Answer, shown: Sequence[int]) -> bool:
    """Whether the columns fit where each is narrowed no further than is still easy to read; figures never are."""

    def least(at: int) -> int:
        cells = [cell_len(part) for row in answer.rows for part in _text(row[at]).split("\n")]
        widest = max([cell_len(answer.columns[at]), *cells])
        return widest if any(isinstance(row[at], Decimal) for row in answer.rows) else min(widest, _LEAST)

    return sum(least(at) + _EDGES for at in shown) + 1 <= screen.width


def _is_same(answer: Answer, at: int) -> bool:
    return len(answer.rows) > 1 and answer.rows[0][at] is not None and len({row[at] for row in answer.rows}) == 1


def _text(value: Value) -> str:
    return "" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)
