"""Flattened tables of one side: rows by code, by project or by name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from extract.document import Line
from extract.flattened.headings import are_headings_of
from extract.flattened.lines import declared_body
from extract.flattened.placing import Place, TableResult, TableRow, in_order, placed, total_cells
from extract.flattened.rows import PrintedRow, PrintedRows, printed_rows
from extract.flattened.sources import Elsewhere, KnownCells, allocated, known_cells
from extract.flattened.tree import LabelledRow, children, labelled, out_of_place
from extract.tables.forms import table_form
from ontology.facts import CellFact, Finding
from ontology.findings import said
from ontology.terms import names_of
from ontology.text import key

_OPEN, _CLOSED = "（(【[〔《“", "）)】]〕》”"


def one_side(table: Place, lines: Sequence[Line], elsewhere: Elsewhere, names: Mapping[str, str]) -> TableResult:
    """The facts of a table. `names` are the names of subjects by code as printed in the tables before."""
    form, headings = table.form, table_form(table.form.table, table.form.family)
    printed = printed_rows(lines, headings, form.codes, elsewhere.decimals)
    body = declared_body(lines)
    rows = labelled(printed.rows, headings, body, form.projects, names)
    irregular = bool(printed.unused) or any(row.printed.scattered or not row.name for row in rows)
    if irregular:
        rows = tuple(_if_corroborated(row, body, form.projects, names, elsewhere) for row in rows)
    findings = tuple(_findings(table, printed, rows, names, elsewhere))
    fitted = form.printed_with(printed.columns)
    if fitted is None:
        return TableResult((*findings, *_columns_not_known(table, printed)), {}, {})
    if not are_headings_of(fitted, printed.headings, table.title, printed.columns):
        return TableResult((*findings, *_headings_not_known(table, printed)), {}, {})
    known = known_cells(fitted, elsewhere, table.unit, _total(rows), len(rows))
    facts = placed(
        Place(table.document, fitted, table.title, table.unit),
        [_table_row(row, irregular) for row in rows],
        children(rows, form.rows),
        [*known, *_allocations(table, rows, elsewhere)],
    )
    return TableResult(
        facts=in_order([*facts.facts, *findings]),
        cells=total_cells(fitted, _total(rows), facts),
        names={row.code: row.name for row in rows if row.code and row.name and row.printed.code_is_well_formed},
    )


def _if_corroborated(
    row: LabelledRow, body: str | None, projects: bool, names: Mapping[str, str], elsewhere: Elsewhere
) -> LabelledRow:
    """The row, without its name if that is printed nowhere else: it stands where names are in pieces between figures.

    Elsewhere are the code lists, the other tables and the names of projects in the text.
    """
    if row.kind == "total" or row.name is None or row.name == body:
        return row
    if row.code:
        scheme = "function" if row.code.startswith("2") else "economic"
        known = key(row.name) in names_of(scheme, row.code) or row.name == names.get(row.code)
    else:
        known = key(row.name) in elsewhere.names
    whole = key(row.project) in elsewhere.names if row.project else not (projects and row.level == 3)
    return row if known and whole else replace(row, name=None)


def _total(rows: Sequence[LabelledRow]) -> int | None:
    return next((index for index, row in enumerate(rows) if row.kind == "total"), None)


def _table_row(row: LabelledRow, irregular: bool) -> TableRow:
    return TableRow(
        name=row.name or row.printed.words,
        line=row.printed.lines[0],
        figures=row.printed.figures,
        code=row.code,
        project=row.project,
        joined=row.printed.joined or irregular,
        named=row.name is not None,
    )


def _allocations(table: Place, rows: Sequence[LabelledRow], elsewhere: Elsewhere) -> Iterator[KnownCells]:
    """The columns over which the text splits the projects; only where one row alone can be meant."""
    amounts = [(row.project, _first(row.printed)) for row in rows]
    for index, (project, amount) in enumerate(amounts):
        if project and amount is not None and amounts.count((project, amount)) == 1:
            yield from (KnownCells((index,), each) for each in allocated(table.form, elsewhere, project, amount))


def _first(row: PrintedRow) -> Decimal | None:
    return row.figures[0].amount if row.figures else None


def _columns_not_known(table: Place, printed: PrintedRows) -> Iterator[CellFact | Finding]:
    place = next((row.lines[0] for row in printed.rows), None)
    if place:
        expected = len(table.form.columns)
        yield table.finding(place, said("other_count_of_columns", printed=printed.columns, expected=expected))


def _headings_not_known(table: Place, printed: PrintedRows) -> Iterator[Finding]:
    place = next((row.lines[0] for row in printed.rows if row.figures != ()), None)
    if place:
        yield table.finding(place, said("headings_of_no_form"))


def _findings(
    table: Place, printed: PrintedRows, rows: Sequence[LabelledRow], names: Mapping[str, str], elsewhere: Elsewhere
) -> Iterator[Finding]:
    for line in printed.unused:
        if table.form.table not in elsewhere.nil:
            yield table.finding(line, said("line_of_no_row", line=line.text.strip()))
    for index in out_of_place(rows):
        yield table.finding(rows[index].printed.lines[0], said("misplaced_code", code=rows[index].code))
    for row in rows:
        line, other = row.printed.lines[0], names.get(row.code or "", row.name)
        if row.name is None:
            printed_name = f"{row.code or ''} {row.printed.words}".strip()
            yield table.finding(line, said("uncertain_name", row=printed_name))
        elif row.name != other:
            words = said("named_otherwise_elsewhere", subject=row.code, name=row.name, other=other)
            yield table.finding(line, words)
        words = row.printed.words
        if any(words.count(opened) != words.count(closed) for opened, closed in zip(_OPEN, _CLOSED, strict=True)):
            yield table.finding(line, said("unmatched_brackets", name=words))
