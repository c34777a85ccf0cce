"""The rows of a flattened table: codes, names and figures, put together from the lines that they are wrapped over."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile, zip_longest

from extract.document import Line
from extract.flattened_figures import (
    PrintedFigure,
    Words,
    all_numeric,
    common_decimals,
    figures_of,
    is_figure,
    is_numeric,
    words_of,
)
from extract.heading_rows import TOTALS, is_numbering
from extract.row_names import bare, is_code
from extract.table_forms import TableForm
from extract.titles import unit_in
from ontology.text import key, tight

_SPACED_TOTAL = re.compile(r"^\s*(?:([收支])\s*([入出])\s*)?([合总])\s*计(?=\s|\d|$)")
_GLUED_CODE = re.compile(r"^\s*([235]\d\d(?:\d\d(?:\d\d)?)?)(?=[\u4e00-\u9fff])(?![年月日号万元个人项次])")
_DECLARED = re.compile(r"编制(?:部门|单位)[:：](?P<body>.+?)(?:(?:金额)?单位[:：].*)?")
_NO_NAME = re.compile(r"。|^备?注[：:]")
_CODE_PARTS = re.compile(r"\d{1,4}(?: \d{1,2}){1,2}")


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row as printed: the parts of its code, its words without white space, its figures from left to right.

    `pieces` are the words by printed line. `figures` is None where figures broken over lines could not be joined;
    `joined` says that some were.
    """

    code_parts: tuple[str, ...]
    pieces: tuple[str, ...]
    figures: tuple[PrintedFigure, ...] | None
    lines: tuple[Line, ...]
    joined: bool = False

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
    """The rows of a table, how many columns of figures its row of numbers counts, and lines that belong to no row."""

    rows: tuple[PrintedRow, ...]
    columns: int | None
    unused: tuple[Line, ...]


@dataclass(slots=True)
class _Draft:
    """A row in the making."""

    code_parts: tuple[str, ...] = ()
    pieces: list[str] = field(default_factory=list)
    figures: list[Words] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    at_page_end: bool = False


@dataclass(frozen=True, slots=True)
class _Print:
    """How the rows of a table are printed: known names, with codes or not, the body's name, decimals of the amounts."""

    form: TableForm
    codes: bool
    body: str | None
    decimals: int | None


_Body = Sequence[Words | None]
"""The lines of a table without its headings; None where a page ends."""


def printed_rows(lines: Sequence[Line], form: TableForm, codes: bool) -> PrintedRows:
    """The rows between the headings of a table, those repeated on later pages left out.

    A row begins with a code (where the rows have `codes`), a total, or a name. Its name may go on over the next lines,
    before its figures or after them.
    """
    words = [words_of(_with_plain_total(line)) for line in lines]
    printed = _Print(form, codes, declared_body(lines), common_decimals(words))
    body, heading = _without_headings(words, printed)
    drafts, stray = _drafts(body, printed)
    named, unused = _with_names([_row(draft, printed.decimals) for draft in drafts], form)
    figures = [line.line for line in heading if is_figure(line.words[-1], printed.decimals) and "." in line.words[-1]]
    return PrintedRows(tuple(named), _columns(heading), (*figures, *stray, *unused))


def declared_body(lines: Iterable[Line]) -> str | None:
    """The body whose table it is, as declared over it (`编制部门：`)."""
    matches = (_DECLARED.fullmatch(tight(line.text)) for line in lines)
    return next((match["body"] for match in matches if match), None)


def _with_plain_total(line: Line) -> Line:
    """The line with `合 计` as `合计`."""
    return replace(line, text=_SPACED_TOTAL.sub(lambda match: tight(match[0]) + " ", line.text))


def _columns(heading: Sequence[Words]) -> int | None:
    """How many columns of figures the rows of numbers count, None where they do not agree or there are none."""
    counts = {sum(map(str.isdigit, line.words)) for line in heading if is_numbering(line.words)}
    return counts.pop() if len(counts) == 1 else None


def _without_headings(lines: list[Words], printed: _Print) -> tuple[_Body, list[Words]]:
    """The lines without headings, and the headings.

    Headings begin at the declaration of body and unit, or after the last row; they end with the row of numbers, or
    where a row begins.
    """
    numberings = [index for index, line in enumerate(lines) if is_numbering(line.words)]
    body: list[Words | None] = []
    heading: list[Words] = []
    inside = True
    for index, line in enumerate(lines):
        if index in numberings:
            heading += [line, *(() if inside else _cut_heading(body, printed))]
            body.append(None)
            inside = False
        elif _declares(line):
            inside = True
            body.append(None)
        elif inside and not any(later > index for later in numberings) and _begins_row(lines, index, printed):
            inside = False
        (heading if inside else body).append(line)
    return [*(line for line in body if line is None or not is_numbering(line.words)), None], heading


def _cut_heading(body: list[Words | None], printed: _Print) -> list[Words]:
    """Take the headings over a row of numbers off the end of the body: what is neither figures nor begins a row."""
    cut: list[Words] = []
    while body and (line := body[-1]) is not None:
        if is_numeric(line.words[-1]) or _begins_row(body, len(body) - 1, printed):
            break
        cut.append(line)
        body.pop()
    return cut


def _declares(line: Words) -> bool:
    return unit_in([line.line.text]) is not None or _DECLARED.fullmatch(tight(line.line.text)) is not None


def _begins_row(lines: _Body, index: int, printed: _Print) -> bool:
    line = lines[index]
    if line is None:
        return False
    first = line.words[0]
    named = first in TOTALS or first == printed.body or _is_known_name(printed.form, first)
    return named or bool(_code(lines, index, printed))


def _drafts(lines: _Body, printed: _Print) -> tuple[list[_Draft], list[Line]]:
    drafts: list[_Draft] = []
    stray: list[Line] = []
    for index, line in enumerate(lines):
        if line is None:
            for draft in drafts[-1:]:
                draft.at_page_end = True
        elif code := _code(lines, index, printed):
            drafts.append(_Draft(code_parts=code))
            _add(drafts[-1], _after_code(line, code), printed.decimals)
        elif not all_numeric(line.words):
            if not drafts or _is_new(drafts[-1], line, printed.form):
                drafts.append(_Draft())
            _add(drafts[-1], line, printed.decimals)
        elif drafts:
            drafts[-1].figures.append(line)
            drafts[-1].lines.append(line.line)
        else:
            stray.append(line.line)
    return drafts, stray


def _code(lines: _Body, index: int, printed: _Print) -> tuple[str, ...]:
    """The parts of the code that the line begins with; () where it begins with none.

    Digits alone on a line are a code only if a name or, after 款 and 项, whole figures follow; else they belong to a
    broken figure.
    """
    line = lines[index]
    if line is None or not printed.codes:
        return ()
    glued = _GLUED_CODE.match(line.line.text)
    if glued:
        return (glued[1],)
    digits = tuple(takewhile(str.isdigit, line.words))[:3]
    rest = line.words[len(digits) :]
    if not digits or (rest and is_numeric(rest[0]) and not is_figure(rest[0], printed.decimals)):
        return ()
    if is_code(digits[0]) and len(digits[0]) > 3:
        return digits[:1]
    if is_code(digits[0]) and all(len(part) == 2 for part in digits[1:]):
        return digits if rest or _row_goes_on(lines, index, len(digits), printed) else ()
    misprinted = rest and not is_numeric(rest[0]) and _CODE_PARTS.fullmatch(" ".join(digits))
    return digits if misprinted else ()


def _row_goes_on(lines: _Body, index: int, level: int, printed: _Print) -> bool:
    """Whether the line after a code alone is its name or, below 类, its figures."""
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is None:
        return False
    word = following.words[0]
    return not is_numeric(word) or (level > 1 and is_figure(word, printed.decimals))


def _after_code(line: Words, code: tuple[str, ...]) -> Words:
    if line.words[: len(code)] == code:
        return Words(line.line, line.words[len(code) :])
    return Words(line.line, (line.words[0].removeprefix(code[0]), *line.words[1:]))


def _add(draft: _Draft, line: Words, decimals: int | None) -> None:
    """The words of the line to the name, the figures at its end to the figures."""
    last_word = max((place for place, word in enumerate(line.words) if not is_numeric(word)), default=-1)
    after = range(last_word + 1, len(line.words))
    first = next((place for place in after if is_figure(line.words[place], decimals)), len(line.words))
    draft.pieces.extend(line.words[:first])
    draft.lines.append(line.line)
    if first < len(line.words):
        draft.figures.append(Words(line.line, line.words[first:]))


def _is_new(last: _Draft, line: Words, form: TableForm) -> bool:
    """Whether words after the last row begin a row of their own."""
    before = tight("".join(last.pieces))
    if last.figures or before in TOTALS or line.words[0] in TOTALS:
        return True
    words = tight("".join(word for word in line.words if not is_numeric(word)))
    if form.rows and not _is_known_name(form, before + words):
        return _is_known_name(form, words) or _is_known_name(form, before)
    return False


def _is_known_name(form: TableForm, words: str) -> bool:
    return any(pattern.fullmatch(key(bare(words))) for pattern, _ in form.rows)


def _row(draft: _Draft, decimals: int | None) -> PrintedRow:
    figures = figures_of(draft.figures, decimals, draft.at_page_end) if draft.figures else ()
    joined = any("\n" in figure.text for figure in figures or ())
    if joined and draft.pieces and is_numeric(draft.pieces[-1]):  # the first figure may be broken as well
        figures = None
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
    return replace(of, pieces=first.pieces + then.pieces, lines=first.lines + then.lines)
