"""An answer as a table of HTML for notebooks: escaped, figures to the right, nothing fetched from anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from queries.answers import Answer, Value
from queries.library import columns
from queries.words import said

ROWS_SHOWN = 50

_LONG = 12  # characters; longer text gets a wider column
_SHORT = 16  # characters; text of no more, without Chinese, is not broken

_FIGURE = ' class="n"'

_STYLE = """<style>
.caimai-answer { border-collapse: collapse; font-size: 13px; line-height: 1.45; font-variant-numeric: tabular-nums; }
.caimai-answer th { border-bottom: 2px solid currentColor; padding: .3em .6em; text-align: left;
  vertical-align: bottom; }
.caimai-answer th small { display: block; font-weight: normal; opacity: .65; max-width: 14em; }
.caimai-answer th.n small { margin-left: auto; white-space: normal; }
.caimai-answer td { border-bottom: 1px solid rgba(128,128,128,.25); padding: .25em .6em; text-align: left;
  vertical-align: top; min-width: 4em; max-width: 32em; white-space: pre-line; }
.caimai-answer td.long { min-width: 9em; }
.caimai-answer td.short { white-space: nowrap; }
.caimai-answer .n { min-width: 0; text-align: right; white-space: nowrap; }
.caimai-rows { font-size: .85em; opacity: .7; }
</style>
"""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a column: its name, and smaller what it means (empty where the name says it)."""

    name: str
    meaning: str = ""


def table(answer: Answer) -> str:
    """The first rows of an answer, with what its columns mean in the answer's language; says how many rows there are.

    Places (page, line) that no row has are left out.
    """
    shown = seen_columns(answer)
    headings = [_heading(answer.columns[at], answer.lang) for at in shown]
    return drawn(headings, [[row[at] for at in shown] for row in answer.rows], answer.lang)


def drawn(headings: Sequence[Heading], rows: Sequence[Sequence[Value]], lang: str, notes: Sequence[str] = ()) -> str:
    """The first rows under their headings, how many there are, and notes, a line each."""
    figures = [any(_is_figure(row[at]) for row in rows) for at in range(len(headings))]
    head = "".join(map(_over, headings, figures))
    body = "".join(f"<tr>{''.join(map(_cell, row, figures))}</tr>\n" for row in rows[:ROWS_SHOWN])
    under = "<br>\n".join((_count(len(rows), lang), *map(escape, notes)))
    return (
        f'{_STYLE}<table class="caimai-answer"><thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table>\n'
        f'<p class="caimai-rows">{under}</p>'
    )


def seen_columns(answer: Answer) -> list[int]:
    """The positions of the columns to show: a place (page, line) that no row has is left out."""
    return [
        at
        for at, name in enumerate(answer.columns)
        if name not in {"page", "line"} or any(row[at] is not None for row in answer.rows) or not answer.rows
    ]


def _count(count: int, lang: str) -> str:
    more = said("shown", "first_rows", lang, ROWS_SHOWN) if count > ROWS_SHOWN else ""
    return said("shown", "row" if count == 1 else "rows" if count else "none", lang, count) + more


def _heading(name: str, lang: str) -> Heading:
    meaning = columns().get(name)
    return Heading(name, "" if meaning is None else meaning.en if lang == "en" else meaning.zh)


def _over(heading: Heading, figure: bool) -> str:
    small = f"<small>{escape(heading.meaning)}</small>" if heading.meaning else ""
    return f"<th{_FIGURE if figure else ''}>{escape(heading.name)}{small}</th>"


def _cell(value: Value, figure: bool) -> str:
    text = "" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)
    return f"<td{_FIGURE if figure else _width(text)}>{escape(text)}</td>"


def _width(text: str) -> str:
    if text.isascii() and 0 < len(text) <= _SHORT:
        return ' class="short"'
    return ' class="long"' if len(text) > _LONG else ""


def _is_figure(value: Value) -> bool:
    return isinstance(value, Decimal | int) and not isinstance(value, bool)
