"""An answer as a table of HTML for notebooks: escaped, figures to the right, nothing fetched from anywhere."""

from decimal import Decimal
from html import escape

from queries.answers import Answer, Value
from queries.library import columns

ROWS_SHOWN = 50

_LONG = 24  # characters; longer text gets a wider column

_FIGURE = ' class="n"'

_STYLE = """<style>
.caimai-answer { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.caimai-answer th { border-bottom: 2px solid currentColor; padding: .3em .8em; text-align: left;
  vertical-align: bottom; }
.caimai-answer th small { display: block; font-weight: normal; opacity: .65; }
.caimai-answer td { border-bottom: 1px solid rgba(128,128,128,.25); padding: .25em .8em; text-align: left;
  vertical-align: top; min-width: 5em; max-width: 32em; white-space: pre-line; }
.caimai-answer td.long { min-width: 10em; }
.caimai-answer .n { min-width: 0; text-align: right; white-space: nowrap; }
.caimai-rows { font-size: .85em; opacity: .7; }
</style>
"""


def table(answer: Answer) -> str:
    """The first rows of an answer, with what its columns mean; says how many rows there are."""
    shown = seen_columns(answer)
    figures = {at for at in shown if any(_is_figure(row[at]) for row in answer.rows)}
    head = "".join(_heading(answer.columns[at], at in figures) for at in shown)
    rows = "".join(
        f"<tr>{''.join(_cell(row[at], at in figures) for at in shown)}</tr>\n" for row in answer.rows[:ROWS_SHOWN]
    )
    count = len(answer.rows)
    more = f" · {ROWS_SHOWN} shown, .to_pandas() has all" if count > ROWS_SHOWN else ""
    return (
        f'{_STYLE}<table class="caimai-answer"><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>\n'
        f'<p class="caimai-rows">{count} {"row" if count == 1 else "rows"}{more}</p>'
    )


def seen_columns(answer: Answer) -> list[int]:
    """The positions of the columns to show: a place (page, line) that no row has is left out."""
    return [
        at
        for at, name in enumerate(answer.columns)
        if name not in {"page", "line"} or any(row[at] is not None for row in answer.rows) or not answer.rows
    ]


def _heading(name: str, figure: bool) -> str:
    meaning = columns().get(name)
    title = f' title="{escape(meaning.en)}"' if meaning else ""
    small = f"<small>{escape(meaning.zh)}</small>" if meaning else ""
    return f"<th{_FIGURE if figure else ''}{title}>{escape(name)}{small}</th>"


def _cell(value: Value, figure: bool) -> str:
    text = "" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)
    kind = _FIGURE if figure else ' class="long"' if len(text) > _LONG else ""
    return f"<td{kind}>{escape(text)}</td>"


def _is_figure(value: Value) -> bool:
    return isinstance(value, Decimal | int) and not isinstance(value, bool)
