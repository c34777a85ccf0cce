"""Parts of a budget table that a page break leaves without headings: under which columns their rows stand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.document import Table
from extract.tables.columns import Columns
from extract.tables.heading_rows import NOTHING, TOTALS
from extract.tables.row_names import is_code
from ontology.money import is_amount
from ontology.text import tight


@dataclass(frozen=True, slots=True)
class Headed:
    """The columns that stand under headings side by side, how many columns their table has in all, and the words of its
    rows of headings."""

    columns: tuple[Columns, ...] = ()
    width: int = 0
    headings: tuple[tuple[str, ...], ...] = ()


def headed(columns: Sequence[Columns], table: Table, rows: int) -> Headed:
    """The columns under the first `rows` of a table."""
    return Headed(tuple(columns), table.columns, _words(table, rows))


def going_on(before: Headed, table: Table) -> tuple[Headed, int] | None:
    """The columns of a table that goes on with the part before, and how many rows at its top say the headings again;
    None where its rows do not show them.

    The headings may be printed again, in cells of any reach; where they are not, every row has to hold names and
    amounts where these columns have them. They stand where they stood before, or further left: a code in parts
    (类 款 项) has one column where each is printed whole and nothing parts it.
    """
    again = len(before.headings) if _words(table, len(before.headings)) == before.headings else 0
    rows = replace(table, cells=tuple(cell for cell in table.cells if cell.row >= again))
    if table.columns == before.width and (again or all(_holds(group, rows) for group in before.columns)):
        return before, again
    whole = _with_whole_codes(before)
    shown = whole.width < before.width and table.columns == whole.width
    fits = shown and all(_holds(group, rows) and _holds_codes(group, rows) for group in whole.columns)
    return (whole, again) if fits else None


def _words(table: Table, rows: int) -> tuple[tuple[str, ...], ...]:
    """What is printed in the first rows of a table, blanks left out."""
    grid = table.grid()[:rows]
    return tuple(tuple(text for cell in cells if cell and (text := tight(cell.text))) for cells in grid)


def _with_whole_codes(before: Headed) -> Headed:
    """The columns with one for each code, the first of those of its parts."""
    codes = {index for group in before.columns for index in group.code}
    gone = {index for index in codes if index - 1 in codes}
    moved = {index: index - sum(each <= index for each in gone) for index in range(before.width)}

    def places(indices: Sequence[int]) -> tuple[int, ...]:
        return tuple(moved[index] for index in indices if index not in gone)

    groups = (
        replace(
            group,
            code=places(group.code),
            name=places(group.name),
            project=places(group.project),
            body=places(group.body),
            values=tuple(replace(value, index=moved[value.index]) for value in group.values),
            prior=tuple(replace(each, index=moved[each.index]) for each in group.prior),
        )
        for group in before.columns
    )
    return Headed(tuple(groups), before.width - len(gone), before.headings)


def _holds(columns: Columns, table: Table) -> bool:
    """Whether nothing stands under these columns but amounts under those of amounts, and none under the others."""
    figures = {*(value.index for value in columns.values), *(each.index for each in columns.prior)}
    names = {*columns.name, *columns.project, *columns.body}
    printed = [(cell.column, text) for cell in table.cells if (text := tight(cell.text)) not in NOTHING]
    return all(
        is_amount(text) if at in figures else not (is_amount(text) and (at in names or not text.isdigit()))
        for at, text in printed
        if at in figures or at in names or at in columns.code
    )


def _holds_codes(columns: Columns, table: Table) -> bool:
    """Whether every row begins with a whole code, or with a total."""
    texts = [tight(cell.text) for cell in table.cells if cell.column in columns.code]
    return all(is_code(text) or text in TOTALS for text in texts)
