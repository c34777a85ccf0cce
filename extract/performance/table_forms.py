"""Performance forms that are tables: where each begins, its head, its indicators, the money of a self-evaluation."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extract.document import Block, Line, Table
from extract.outline import Section
from extract.performance.evaluated import money_block, parted
from extract.performance.model import Evaluated, Form, Head, Note
from extract.performance.table_head import names_in_charge, printed_unit, read_head
from extract.performance.table_indicators import indicators_in
from extract.performance.table_rows import Row, columns_of, is_header, rows_of, under, with_lower
from extract.performance.tasks import without_tasks
from extract.performance.terms import head_field, is_beside, is_page_number, words
from extract.performance.verdicts import total_of, verdicts, year_of
from extract.titles import is_unknown_title, table_number
from ontology.facts import Scope
from ontology.findings import said

_NOTE = re.compile(r"(?:备?注|说明)[:：]")


def table_forms(section: Section, scope: Scope) -> Iterator[Form]:
    """The forms that the tables of a section hold: one, or several where no title parts them.

    What stands below a further title, one that is not known, is no form of this one.
    """
    blocks, others = _parted_by_title(section.blocks)
    rows = [row for block in blocks if isinstance(block, Table) for row in rows_of(block)]
    notes = [Note(line, "", said("line_beside_form")) for line in _unread_beside(blocks)]
    notes += [Note(line, words(line.text), said("unknown_table")) for line in others[:1] if isinstance(line, Line)]
    over = [section.title, *(block.text for block in blocks if isinstance(block, Line))]
    for part in _parts(rows):
        form = _form(section.title, scope, part, over)
        yield replace(form, notes=(*notes, *form.notes))
        notes = []


def _parted_by_title(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """The blocks before the first unknown title that stands between tables, and the others."""
    tables = [number for number, block in enumerate(blocks) if isinstance(block, Table)]
    between = range(tables[0], tables[-1]) if tables else range(0)
    at = next((n for n in between if isinstance(line := blocks[n], Line) and is_unknown_title(line.text)), len(blocks))
    return blocks[:at], blocks[at:]


def _unread_beside(blocks: Sequence[Block]) -> Iterator[Line]:
    """The lines between tables that are not understood; a note under a form (`注：…`) is none, as far as it goes on."""
    is_noted = False
    for block in blocks:
        is_noted = isinstance(block, Line) and (is_noted or _NOTE.match(words(block.text)) is not None)
        if isinstance(block, Line) and not is_noted and not _says_nothing(block):
            yield block


def _says_nothing(line: Line) -> bool:
    is_number = words(line.text).isdigit() or table_number(line.text) is not None
    return is_number or is_beside(line.text) or is_page_number(line.text)


def _parts(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows form by form: a new one begins where the agency's label comes again after indicators."""
    part: list[Row] = []
    seen_header = False
    for row in rows:
        if seen_header and head_field(row.cells[0].text) in ("unit_printed", "project"):
            yield part
            part, seen_header = [], False
        seen_header = seen_header or is_header(row)
        part.append(row)
    if part:
        yield part


def _form(title: str, of_title: Scope, rows: Sequence[Row], beside: Sequence[str]) -> Form:
    scope = _scope(of_title, rows)
    start = next((index for index, row in enumerate(rows) if is_header(row)), len(rows))
    over, tasks = without_tasks(row.cells for row in rows[:start] if not _is_title(row, title))
    block = money_block(over, printed_unit(over))
    verdict, others = verdicts(block.others)
    values, public, notes = read_head(others)
    notes += [Note(tasks[0], "", said("tasks_of_form"), "info")] if tasks else []
    words_of_head = "\n".join("\t".join(cell.text for cell in line) for line in public)
    head = Head(rows[0].cells[0], words_of_head, values, printed_unit(over), names_in_charge(others))
    if start == len(rows):
        missing = Note(head.place, "", said("no_heading_of_indicators"))
        alone = Evaluated(block.money, "", verdict.get("score", ""), verdict.get("rating", "")) if block.money else None
        return Form(scope, title, head, (), (*notes, *block.notes, missing), evaluated=alone)
    heading, body = _below_heading(rows[start:])
    columns, unknown = columns_of(heading)
    if "actual" in columns.values() or block.money:
        top = [cell.text for row in rows[:start] if _is_title(row, title) for cell in row.cells]
        form = Form(scope, title, head, (), (*notes, *block.notes, *unknown))
        judged = Evaluated(
            block.money, "", verdict.get("score", ""), verdict.get("rating", ""), year_of([*beside, *top])
        )
        return _evaluated(form, judged, body, columns)
    indicators, unread = indicators_in(body, columns)
    return Form(scope, title, head, indicators, (*notes, *unknown, *unread), weighed="weight" in columns.values())


def _below_heading(rows: Sequence[Row]) -> tuple[Row, list[Row]]:
    """The heading over the indicators, which the first of the rows begins, and the rows below it under its columns."""
    lower = with_lower(rows[0], rows[1]) if len(rows) > 1 else None
    heading, parts = lower or rows[0], [_words(rows[1])] if lower else []
    return heading, [under(heading, row) for row in rows[1:] if not is_header(row) and _words(row) not in parts]


def _words(row: Row) -> list[str]:
    return [words(cell.text) for cell in row.cells]


def _scope(of_title: Scope, rows: Sequence[Row]) -> Scope:
    """What a form is of: of a project, whatever its title, where its head begins with the name of one."""
    fields = (head_field(cell.text) for row in rows for cell in row.cells)
    return "项目" if next(filter(None, fields), None) == "project" else of_title


def _evaluated(form: Form, over: Evaluated, rows: Sequence[Row], columns: Mapping[int, str]) -> Form:
    """A form with actual values: its indicators, what is told over them and the total and the verdict below them."""
    verdict, body = _verdicts_below(rows)
    kept, total, remarks = parted([row.cells for row in body])
    indicators, unread = indicators_in([body[number] for number in kept], columns)
    closing = total_of(total, columns) if total else {}
    return replace(
        form,
        indicators=indicators,
        notes=(*form.notes, *unread, *remarks),
        weighed="weight" in columns.values(),
        evaluated=replace(
            over,
            weight=closing.get("weight", ""),
            score=closing.get("score") or over.score or verdict.get("score", ""),
            rating=over.rating or closing.get("rating") or verdict.get("rating", ""),
        ),
    )


def _verdicts_below(rows: Sequence[Row]) -> tuple[dict[str, str], list[Row]]:
    """Score and rating below the heading of the indicators, and the rows without the cells that say them."""
    found: dict[str, str] = {}
    left: list[Row] = []
    for row in rows:
        verdict, rest = verdicts([row.cells])
        left += [replace(row, cells=tuple(cells)) for cells in rest]
        found = {**verdict, **found}
    return found, left


def _is_title(row: Row, title: str) -> bool:
    """Whether a row holds only the form's own title or what is known to say nothing (`（2023年度）`)."""
    return all(words(cell.text) == title or is_beside(cell.text) for cell in row.cells)
