"""Budget tables that are printed as tables → one fact a figure."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from extract.document import Cell, Document, Line, Table
from extract.outline import Section
from extract.tables.bands import bands
from extract.tables.columns import Columns, as_printed, columns_of, doubled, told_by_content
from extract.tables.continued import Headed, going_on, headed
from extract.tables.fit import are_other_columns, doubt, is_misfit, lacks_names
from extract.tables.forms import TableForm, fits, table_forms
from extract.tables.heading_rows import (
    heading_paths,
    headings_in_total,
    holds_figures,
    most_heading_rows,
    with_relative_years,
)
from extract.tables.lists_of_bodies import is_list_of_bodies
from extract.tables.named_figures import is_named, listed_figures, lists_figures, named_figure, total_figures
from extract.tables.prior_columns import is_prior
from extract.tables.prior_figures import prior_figures
from extract.tables.row_names import is_code
from extract.tables.rows import Above, Row, printed_under, rows_of
from extract.tables.yearly_rows import by_year
from extract.titles import families_of_title, printed_title, unit_in
from ontology.facts import CellFact, FigureFact, Finding, PriorFact
from ontology.findings import UNREAD_COLUMNS, chained, said, understood
from ontology.money import amount, is_amount
from ontology.text import tight

TableFact = CellFact | PriorFact | FigureFact | Finding

_NATIONAL = "national"  # the family of the national form
_EXECUTED = "决算数"  # the column that counts stand in


@dataclass(frozen=True, slots=True)
class ReadTable:
    """The figures of one section's table and what was not understood in it, by the form that a family gives it.

    `family` is None where tables stand in a section of another kind, or under a title that is not known. `untotalled`
    are the columns of figures whose headings stand where the amounts of the total would.
    """

    section: Section
    family: str | None
    facts: tuple[TableFact, ...]
    untotalled: frozenset[str] = frozenset()

    @property
    def cells(self) -> tuple[CellFact, ...]:
        return tuple(fact for fact in self.facts if isinstance(fact, CellFact))

    @property
    def has_unread_columns(self) -> bool:
        """Whether columns are there that were not understood, or not told apart."""
        findings = (fact.message for fact in self.facts if isinstance(fact, Finding))
        return any(understood(message, *UNREAD_COLUMNS) for message in findings)


def budget_tables(document: Document, sections: Sequence[Section]) -> Iterator[TableFact]:
    """The figures of every section that is a budget table and holds Table blocks, in printed order.

    A blank or a dash yields nothing, a printed 0 is a fact. What is neither figure nor blank in a column of figures,
    a heading that is not known, a table under a title that is not known and one under no title are findings, but for
    lists of bodies.
    """
    for table in read_tables(document, sections):
        yield from table.facts


def read_tables(document: Document, sections: Sequence[Section]) -> Iterator[ReadTable]:
    """The same, section by section. Sections without Table blocks and performance forms are left out."""
    for section in sections:
        tables = [block for block in section.blocks if isinstance(block, Table)]
        if section.kind == "table" and section.key and tables:
            forms, families = table_forms()[section.key], families_of_title(section.title)
            if forms[0].bands:
                yield ReadTable(section, forms[0].family, tuple(_banded(document, section, forms[0], tables)))
                continue
            of_money = [table for table in tables if not lists_figures(table)]
            form = _best_form(forms, of_money, families)
            found = (*_section(document, section, form, of_money), *_lists(document, section, tables))
            yield ReadTable(section, form.family, found, _untotalled(form, of_money))
        elif section.kind != "form" and tables:
            strangers = [table for table in tables if section.kind == "table" or not is_list_of_bodies(table)]
            yield ReadTable(section, None, tuple(_strangers(document, section, strangers)))


def _lists(document: Document, section: Section, tables: Sequence[Table]) -> Iterator[FigureFact | Finding]:
    for table in filter(lists_figures, tables):
        yield from listed_figures(document, table, printed_title(section.title), None)


def _banded(document: Document, section: Section, form: TableForm, tables: Sequence[Table]) -> Iterator[TableFact]:
    """The figures of tables in bands: those of the bands of money, and of staff."""
    title = printed_title(section.title)
    for band in (band for table in tables for band in bands(table)):
        of_staff = () if band.unit else total_figures(document, band.table, title, None)
        yield from map(band.placed, of_staff or _section(document, section, form, [band.table], band.unit))


def _strangers(document: Document, section: Section, tables: Sequence[Table]) -> Iterator[FigureFact | Finding]:
    """The figures of tables under no known title that are told by their own headings; a finding for each other one,
    but one only for all under a title that is not known."""
    is_titled = section.kind == "table"
    title = (printed_title(section.title) or section.title) if is_titled else section.label
    unit = unit_in(line.text for line in section.lines())
    for at, table in enumerate(tables):
        read = listed_figures if lists_figures(table) else total_figures
        found = list(read(document, table, title, unit))
        if any(isinstance(fact, FigureFact) for fact in found):
            yield from found
        elif not is_titled or at == 0:
            yield _finding(document, table, said("unknown_table" if is_titled else "untitled_table"), title)


def unread_tables(document: Document, tables: Sequence[ReadTable]) -> Iterator[Finding]:
    """A finding for each known table that is printed with figures under headings of which none is understood."""
    read = {table.section.key for table in tables if table.cells}
    for section in (table.section for table in tables if table.family and table.section.key not in read):
        if section.heading and any(holds_figures(block) for block in section.blocks if isinstance(block, Table)):
            words = said("unread_table", table=section.key or "", title=printed_title(section.title))
            yield document.note(section.heading[0], f"tables: {words}")


def _section(
    document: Document, section: Section, form: TableForm, tables: Sequence[Table], unit: str | None = None
) -> Iterator[TableFact]:
    if not tables:
        return
    title = printed_title(section.title)
    lines = (block.text for block in section.blocks if isinstance(block, Line))
    unit = unit or unit_in(lines) or unit_in(_texts_over(form, tables[0]))
    if unit is None:
        yield _finding(document, tables[0], said("no_unit"), title)
    before = Headed()
    read: list[Columns] = []
    above: dict[int, Above] = {}
    for table in tables:
        more = going_on(before, table) if before.columns else None
        under, headings = more or (before, _heading_rows(form, table))
        if headings and not more:
            columns, wrong = _columns_under(document, form, table, headings, title, read)
            yield from wrong
            read = [*read, *(group for group in columns if group.form.side not in {other.form.side for other in read})]
            under = before = headed(columns, table, headings)
        elif not before.columns:
            yield _finding(document, table, said("no_headings"), title)
        elif not more and table.spans_known and table.columns != before.width:
            yield _finding(document, table, said("goes_on_otherwise"), title)
            continue
        for place, side in enumerate(under.columns):
            rows, above[place] = rows_of(form, side, table, headings, above.get(place, Above()))
            if is_misfit(side, rows):
                yield _finding(document, table, said("misfit"), title)
                continue
            rows, last_year = by_year(side, rows)
            yield from _side(document, form, side, rows, title, unit)
            yield from prior_figures(document, form, side, rows, title, unit)
            for prior, row in last_year:
                yield from prior_figures(document, form, prior, [row], title, unit)


def _untotalled(form: TableForm, tables: Sequence[Table]) -> frozenset[str]:
    told = (table for table in tables if headings_in_total(table, most_heading_rows(table)))
    headed = ((table, _heading_rows(form, table)) for table in told)
    lowest = ((table, rows, places) for table, rows in headed if (places := headings_in_total(table, rows)))
    groups = (
        (group, places) for table, rows, places in lowest for group in _groups(form, table, rows, _paths(table, rows))
    )
    columns = (column for group, places in groups for column in group.values if column.index in places)
    return frozenset(column.name for column in columns if column.name)


def _columns_under(
    document: Document, form: TableForm, table: Table, headings: int, title: str, read: Sequence[Columns]
) -> tuple[list[Columns], list[Finding]]:
    """The columns under the headings of a table, and what is wrong with these. None where they are other columns than
    those `read` before under the same title: then it is another table."""
    paths = _paths(table, headings)
    told = [as_printed(group, heading_paths(table, headings)) for group in _groups(form, table, headings, paths)]
    wrong = list(_nameless(document, table, title, told))
    columns = [group for group in told if not lacks_names(group)]
    if are_other_columns(columns, read):
        return [], [*wrong, _finding(document, table, said("other_headings"), title)]
    wrong += _unknown_headings(document, table, title, form, paths)
    wrong += _doubled_headings(document, table, title, columns)
    return columns, wrong


def _groups(form: TableForm, table: Table, headings: int, paths: list[tuple[str, ...]]) -> Iterator[Columns]:
    """The columns of all sides, with those of names that only their content tells."""
    for group in (group for side in form.sides for group in columns_of(side, paths)):
        yield told_by_content(group, table, headings, paths)


def _texts_over(form: TableForm, table: Table) -> Iterator[str]:
    """What is printed in the rows of headings: they may hold the body and the unit, too."""
    headings = _heading_rows(form, table)
    return (cell.text for cell in table.cells if cell.row < headings)


def _best_form(forms: Sequence[TableForm], tables: Sequence[Table], families: Container[str]) -> TableForm:
    """Among the forms of the families of disclosures with the table's title the one that knows most of its headings and
    tells them apart.

    One under which the rows would have no names is none. Where they know as much, the one that knows more rows without
    a number (本年收入合计) is meant, and that of a province before the national one.
    """
    forms = [form for form in forms if form.family in families] or forms

    def unknown(form: TableForm) -> tuple[bool, int, int, bool]:
        headed = [(table, _heading_rows(form, table)) for table in tables]
        paths = [_paths(table, headings) for table, headings in headed]
        nameless = any(map(lacks_names, _groups(form, *headed[0], paths[0])))
        strange = sum(_unclear(form, table, each) for table, each in zip(tables, paths, strict=True))
        return nameless, strange, -_rows_known(form, tables), form.family == _NATIONAL

    return forms[0] if len(forms) == 1 or not tables else min(forms, key=unknown)


def _rows_known(form: TableForm, tables: Sequence[Table]) -> int:
    known = tuple(pattern for side in form.sides for pattern in (*side.openers, *side.outermost))
    return sum(fits(known, [cell.text]) for table in tables for cell in table.cells) if known else 0


def _paths(table: Table, headings: int) -> list[tuple[str, ...]]:
    return with_relative_years(heading_paths(table, headings))


def _heading_rows(form: TableForm, table: Table) -> int:
    """How many rows at the top are headings: the fewest that leave the fewest columns unknown, or not told apart."""
    possible = range(1, most_heading_rows(table) + 1)
    unclear = {rows: _unclear(form, table, _paths(table, rows)) for rows in possible}
    return min(unclear, key=lambda rows: (unclear[rows], rows), default=0)


def _unclear(form: TableForm, table: Table, paths: list[tuple[str, ...]]) -> int:
    """How many columns are not known under these headings, or not told apart."""
    groups = [group for side in form.sides for group in columns_of(side, paths)]
    return len(_unknown(form, table, paths)) + sum(len(same) for group in groups for same in doubled(group))


def _unknown(form: TableForm, table: Table, paths: list[tuple[str, ...]]) -> list[int]:
    """The columns whose headings are not known, those with figures and no heading included."""
    return [
        index
        for index, path in enumerate(paths)
        if (path and not _knows(form, path)) or (not path and _holds_figures(table, index))
    ]


def _knows(form: TableForm, path: tuple[str, ...]) -> bool:
    return form.knows(path) or any(is_prior(side, path) for side in form.sides)


def _unknown_headings(
    document: Document, table: Table, title: str, form: TableForm, paths: list[tuple[str, ...]]
) -> Iterator[Finding]:
    for index in _unknown(form, table, paths):
        heading = "/".join(paths[index])
        known = {"at": index + 1, "heading": heading} if heading else {"at": index + 1}
        yield _finding(document, table, said("unknown_heading" if heading else "no_heading", **known), title)


def _nameless(document: Document, table: Table, title: str, columns: Sequence[Columns]) -> Iterator[Finding]:
    for group in columns:
        if lacks_names(group):
            side = group.form.side
            words = said("no_column_of_names_of", side=side) if side else said("no_column_of_names")
            yield _finding(document, table, words, title)


def _doubled_headings(document: Document, table: Table, title: str, columns: Sequence[Columns]) -> Iterator[Finding]:
    for group in columns:
        for same in doubled(group):
            places = chained("several", [str(column.index + 1) for column in same])
            words = said("columns_alike", places=places, name=same[0].name or same[0].item)
            yield _finding(document, table, words, title)


def _side(
    document: Document, form: TableForm, columns: Columns, rows: Sequence[Row], title: str, unit: str | None
) -> Iterator[CellFact | FigureFact | Finding]:
    unclear = {column for same in doubled(columns) for column in same}
    certain = [column for column in columns.values if column not in unclear]
    for row in rows:
        yield from _mended_code(document, row, title)
        is_first = True
        for column, cell, text in printed_under(row, certain):
            under = column.name or columns.form.measure(row.name)
            if form.counts and not row.code and is_named(row.name):
                label = row.name if under == _EXECUTED else f"{row.name}/{under}"
                yield named_figure(document, cell, label, title, unit)
                continue
            why = doubt(columns, row, cell, text, column.item)
            why = why or (None if under else said("beside_no_measure", row=row.name))
            if why:
                where = column.name or column.item
                yield _finding(document, cell, said("doubtful_figure", column=where, text=text, why=why), title)
                continue
            if is_first:
                yield from _bad_code(document, cell, row, title)
            is_first = False
            yield CellFact(
                source=document.source(cell, table=title),
                table=form.table,
                side=columns.form.side,
                code=row.code,
                name=column.item or row.name,
                project=row.project,
                body=row.body,
                path=row.path,
                column=under,
                amount=amount(text),
                unit=unit,
                table_title=title,
                column_title=column.heading,
            )


def _mended_code(document: Document, row: Row, title: str) -> Iterator[Finding]:
    """A 款 or 项 of one digit is read as one of two: spreadsheets drop the zero of 02."""
    cell = next((cell for cell in row.cells if cell and tight(cell.text)), None)
    if cell and row.code and "".join(row.codes).isdigit() and row.code != "".join(row.codes):
        message = f"{title}: {said('mended_code', words=' '.join(row.codes), code=row.code)}"
        yield Finding(source=document.source(cell, table=title), severity="info", message=message)


def _bad_code(document: Document, cell: Cell, row: Row, title: str) -> Iterator[Finding]:
    printed = " ".join(row.codes)
    if row.code and not is_code(row.code):
        yield _finding(document, cell, said("code_length", text=row.code), title)
    elif row.code and len(row.codes) > 1 and len(row.codes[0]) != 3:
        yield _finding(document, cell, said("class_length", text=printed), title)
    elif not row.code and any(sign.isdigit() for sign in printed):
        yield _finding(document, cell, said("no_code", text=printed), title)


def _holds_figures(table: Table, column: int) -> bool:
    return any(cell.column == column and is_amount(tight(cell.text)) for cell in table.cells)


def _finding(document: Document, place: Table | Cell, message: str, title: str) -> Finding:
    return Finding(source=document.source(place, table=title), severity="warning", message=f"{title}: {message}")
