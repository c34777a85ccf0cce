"""The lines of a flattened table: its headings, and what each line of its body begins with."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from extract.document import Line
from extract.flattened.figures import Words, is_figure, is_numeric
from extract.tables.forms import TableForm
from extract.tables.heading_rows import TOTALS, is_numbering, numbered_columns
from extract.tables.row_names import bare, is_code
from extract.titles import unit_in
from ontology.text import key, tight

_GLUED_CODE = re.compile(r"^\s*([235]\d\d(?:\d\d(?:\d\d)?)?)(?=[\u4e00-\u9fff])(?![年月日号万元个人项次])")
_DECLARED = re.compile(r"编制(?:部门|单位)[:：](?P<body>.+?)(?:[（(]?(?:金额)?单位[:：].*)?")
_LONGEST_NAME = 5  # lines over which the name of a row is wrapped
_CODE_PARTS = re.compile(r"\d{1,4}(?: \d{1,2}){1,2}")

Body = Sequence[Words | None]
"""The lines of a table without its headings; None where a page ends."""


@dataclass(frozen=True, slots=True)
class Print:
    """How the rows of a table are printed: known names, with codes or not, the body's name, decimals of the amounts."""

    form: TableForm
    codes: bool
    body: str | None
    decimals: int | None


def without_headings(lines: list[Words], printed: Print) -> tuple[Body, list[Words]]:
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
        elif declares(line):
            inside = True
            body.append(None)
        elif inside and not any(later > index for later in numberings) and begins_row(lines, index, printed):
            inside = False
        (heading if inside else body).append(line)
    return [*(line for line in body if line is None or not is_numbering(line.words)), None], heading


def counted_columns(heading: Sequence[Words]) -> int | None:
    """How many columns of figures the rows of numbers count, None where they do not agree or there are none."""
    counts = {count for line in heading if (count := numbered_columns(line.words))}
    return counts.pop() if len(counts) == 1 else None


def declared_body(lines: Iterable[Line]) -> str | None:
    """The body whose table it is, as declared over it (`编制部门：`)."""
    matches = (_DECLARED.fullmatch(tight(line.text)) for line in lines)
    return next((match["body"] for match in matches if match), None)


def begins_row(lines: Body, index: int, printed: Print) -> bool:
    """Whether the line begins with a code, a total, the name of the body or a name that the rows can have.

    合计 is a heading too: it begins a row only if nothing but figures stands behind it.
    """
    line = lines[index]
    if line is None:
        return False
    first = line.words[0]
    if first in TOTALS:
        following = lines[index + 1] if index + 1 < len(lines) else None
        behind = line.words[1:] or (following.words[:1] if following else ())
        return all(map(is_numeric, behind))
    named = is_known_name(printed.form, first) or goes_on_to_known_name("", lines[index:], printed.form)
    return named or _is_body(lines[index:], printed.body) or bool(code_at(lines, index, printed))


def _is_body(lines: Body, body: str | None) -> bool:
    """Whether the lines begin with the name of the body, wrapped or not."""
    words = ""
    for line in takewhile(lambda line: line is not None, lines):
        words += tight("".join(word for word in line.words if not is_numeric(word))) if line else ""
        if not body or words == body or not body.startswith(words):
            break
    return bool(body) and words == body


def code_at(lines: Body, index: int, printed: Print) -> tuple[str, ...]:
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


def after_code(line: Words, code: tuple[str, ...]) -> Words:
    """The words of the line after its code."""
    if line.words[: len(code)] == code:
        return Words(line.line, line.words[len(code) :])
    return Words(line.line, (line.words[0].removeprefix(code[0]), *line.words[1:]))


def is_known_name(form: TableForm, words: str) -> bool:
    """Whether the rows of the table can have this name."""
    return any(pattern.fullmatch(key(bare(words))) for pattern, _ in form.rows)


def goes_on_to_known_name(before: str, lines: Body, form: TableForm) -> bool:
    """Whether the words `before` and those of the next lines make a name that the rows of the table can have."""
    words = before
    for line in takewhile(lambda line: line is not None, lines[:_LONGEST_NAME] if form.rows else ()):
        words += tight("".join(word for word in line.words if not is_numeric(word))) if line else ""
        if is_known_name(form, words):
            return True
    return False


def _row_goes_on(lines: Body, index: int, level: int, printed: Print) -> bool:
    """Whether the line after a code alone is its name or, below 类, its figures."""
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is None:
        return False
    word = following.words[0]
    return not is_numeric(word) or (level > 1 and is_figure(word, printed.decimals))


def _cut_heading(body: list[Words | None], printed: Print) -> list[Words]:
    """Take the headings over a row of numbers off the end of the body: what is neither figures nor begins a row."""
    cut: list[Words] = []
    while body and (line := body[-1]) is not None:
        if is_numeric(line.words[-1]) or begins_row(body, len(body) - 1, printed):
            break
        cut.append(line)
        body.pop()
    return cut


def declares(line: Words) -> bool:
    """Whether the line declares the body or the unit of the table."""
    return unit_in([line.line.text]) is not None or _DECLARED.fullmatch(tight(line.line.text)) is not None
