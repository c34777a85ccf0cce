"""The rows of a flattened table: codes, names and figures, put together from the lines that they are wrapped over."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from extract.document import Line
from extract.flattened.figures import (
    PrintedFigure,
    Words,
    all_numeric,
    decimals_of,
    ends_with_a_part,
    figures_of,
    is_figure,
    is_numeric,
    words_of,
)
from extract.flattened.lines import (
    Body,
    Print,
    after_code,
    begins_row,
    code_at,
    counted_columns,
    declared_body,
    declares,
    goes_on_to_known_name,
    is_known_name,
    without_headings,
)
from extract.tables.forms import TableForm
from extract.tables.heading_rows import TOTALS
from extract.tables.row_names import is_code
from ontology.text import tight

_SPACED_TOTAL = re.compile(r"^\s*(?:([收支])\s*([入出])\s*)?([合总])\s*计(?=\s|\d|$)")
_MOST_PIECES = 40  # of a name; more are running text
_NO_NAME = re.compile(r"。|^备?注[：:]")


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row as printed: the parts of its code, its words without white space, its figures from left to right.

    `pieces` are the words by printed line; they are `scattered` where some stand above the code or below the figures.
    `figures` is None where figures broken over lines could not be joined; `joined` says that some were.
    """

    code_parts: tuple[str, ...]
    pieces: tuple[str, ...]
    figures: tuple[PrintedFigure, ...] | None
    lines: tuple[Line, ...]
    joined: bool = False
    scattered: bool = False

    @property
    def words(self) -> str:
        return tight("".join(self.pieces))

    @property
    def code(self) -> str | None:
        return "".join(self.code_parts) or None

    @property
    def code_is_well_formed(self) -> bool:
        """Whether the code is printed as 3, 5 or 7 digits, whole or as 类 款 项."""
        lengths = [len(part) for part in self.code_parts]
        return is_code("".join(self.code_parts)) and (len(lengths) == 1 or lengths == [3, 2, 2][: len(lengths)])

    @property
    def level(self) -> int:
        """1 for 类, 2 for 款, 3 for 项, 0 for a row without code."""
        digits = len(self.code_parts[0]) if len(self.code_parts) == 1 else 0
        return (digits - 1) // 2 if digits > 3 else len(self.code_parts)

    @property
    def is_total(self) -> bool:
        return not self.code_parts and self.words in TOTALS


@dataclass(frozen=True, slots=True)
class PrintedRows:
    """The rows of a table, how many columns of figures its row of numbers counts, and lines that belong to no row.

    `headings` are the words of its headings, body and unit apart.
    """

    rows: tuple[PrintedRow, ...]
    columns: int | None
    unused: tuple[Line, ...]
    headings: str = ""


@dataclass(slots=True)
class _Draft:
    """A row in the making."""

    code_parts: tuple[str, ...] = ()
    pieces: list[str] = field(default_factory=list)
    figures: list[Words] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    at_page_end: bool = False


def printed_rows(lines: Sequence[Line], form: TableForm, codes: bool, decimals: int | None = None) -> PrintedRows:
    """The rows between the headings of a table, those repeated on later pages left out.

    A row begins with a code (where the rows have `codes`), a total, or a name. Its name may go on over the next lines,
    before its figures or after them. `decimals` are those of amounts in other tables.
    """
    words = [words_of(_with_plain_total(line)) for line in lines if line.text.strip()]
    printed = Print(form, codes, declared_body(lines), decimals_of(words, decimals))
    body, heading = without_headings(words, printed)
    drafts, stray = _drafts(body, printed)
    named, unused = _with_names(list(_rows(drafts, printed.decimals)), form)
    figures = [line.line for line in heading if any(is_numeric(word) and "." in word for word in line.words)]
    words_over = "".join(line.line.text for line in heading if not declares(line))
    return PrintedRows(tuple(named), counted_columns(heading), (*figures, *stray, *unused), words_over)


def _with_plain_total(line: Line) -> Line:
    """The line with `合 计` as `合计`."""
    return replace(line, text=_SPACED_TOTAL.sub(lambda match: tight(match[0]) + " ", line.text))


def _drafts(lines: Body, printed: Print) -> tuple[list[_Draft], list[Line]]:
    drafts: list[_Draft] = []
    stray: list[Line] = []
    for index, line in enumerate(lines):
        if line is None:
            for draft in drafts[-1:]:
                draft.at_page_end = True
        elif code := code_at(lines, index, printed):
            drafts.append(_Draft(code_parts=code))
            _add(drafts[-1], after_code(line, code), printed.decimals)
        elif not all_numeric(line.words) or _is_in_name(lines, index, drafts, printed):
            if not drafts or _is_new(drafts[-1], lines[index:], line, printed.form):
                drafts.append(_Draft())
            _add(drafts[-1], line, printed.decimals)
        elif drafts:
            drafts[-1].figures.append(line)
            drafts[-1].lines.append(line.line)
        else:
            stray.append(line.line)
    return drafts, stray


def _is_in_name(lines: Body, index: int, drafts: list[_Draft], printed: Print) -> bool:
    """Whether a line of digits, as a year by itself, stands in the middle of the name of the last row."""
    line, following = lines[index], lines[index + 1] if index + 1 < len(lines) else None
    if line is None or following is None or not drafts or drafts[-1].figures or not drafts[-1].pieces:
        return False
    whole = any(is_figure(word, printed.decimals) and "." in word for word in line.words)
    return not whole and not is_numeric(following.words[0]) and not begins_row(lines, index + 1, printed)


def _add(draft: _Draft, line: Words, decimals: int | None) -> None:
    """The words of the line to the name, the figures at its end to the figures."""
    last_word = max((place for place, word in enumerate(line.words) if not is_numeric(word)), default=-1)
    after = range(last_word + 1, len(line.words))
    first = next((place for place in after if is_figure(line.words[place], decimals)), len(line.words))
    draft.pieces.extend(line.words[:first])
    draft.lines.append(line.line)
    if first < len(line.words):
        draft.figures.append(Words(line.line, line.words[first:]))


def _is_new(last: _Draft, lines: Body, line: Words, form: TableForm) -> bool:
    """Whether words after the last row begin a row of their own; `lines` begin with the line that holds them."""
    is_text = len(last.pieces) > _MOST_PIECES
    before = "" if is_text else tight("".join(last.pieces))
    if last.figures or before in TOTALS or line.words[0] in TOTALS:
        return True
    words = tight("".join(word for word in line.words if not is_numeric(word)))
    if form.rows and (is_text or not goes_on_to_known_name(before, lines, form)):
        return is_known_name(form, words) or is_known_name(form, before)
    return False


def _rows(drafts: Sequence[_Draft], decimals: int | None) -> Iterator[PrintedRow]:
    """The rows. Below one whose figures do not fit together because a part of a figure stands alone under it, that part
    may be the beginning of a figure of the next.
    """
    doubtful = False
    for draft in drafts:
        row = _row(draft, decimals)
        yield replace(row, figures=None) if doubtful and row.figures else row
        doubtful = (doubtful or row.figures is None) and ends_with_a_part(draft.figures)


def _row(draft: _Draft, decimals: int | None) -> PrintedRow:
    figures = figures_of(draft.figures, decimals, draft.at_page_end) if draft.figures else ()
    joined = any("\n" in figure.text for figure in figures or ())
    broken_too = joined and draft.pieces and is_numeric(draft.pieces[-1])
    if broken_too or any(is_numeric(piece) and not piece.isdigit() for piece in draft.pieces):
        figures = None  # a figure or the beginning of one was left in the name
    return PrintedRow(draft.code_parts, tuple(draft.pieces), figures, tuple(draft.lines), joined)


def _with_names(rows: list[PrintedRow], form: TableForm) -> tuple[list[PrintedRow], list[Line]]:
    """Words without code and figures join the row they belong to: the next if that has no name, else the last."""
    named: list[PrintedRow] = []
    unused: list[Line] = []
    ahead: PrintedRow | None = None
    for printed, following in zip_longest(rows, rows[1:]):
        row = _joined(ahead, printed, printed) if ahead else printed
        ahead = None
        words_only = not row.code_parts and row.figures == () and not row.is_total and not form.rows
        if not words_only:
            named.append(row)
        elif following is not None and following.code_parts and not following.pieces:
            ahead = row
        elif named and not _NO_NAME.search(row.words):
            named[-1] = _joined(named[-1], row, named[-1])
        else:
            unused += row.lines
    return named, unused


def _joined(first: PrintedRow, then: PrintedRow, of: PrintedRow) -> PrintedRow:
    """The row `of` with the words of both."""
    return replace(of, pieces=first.pieces + then.pieces, lines=first.lines + then.lines, scattered=True)
