"""The figures of the year before that stand in a row of a budget table → one fact a figure."""

from collections.abc import Iterator, Sequence

from extract.document import Document
from extract.tables.columns import Columns
from extract.tables.fit import doubt
from extract.tables.forms import TableForm
from extract.tables.rows import Row, printed_under
from ontology.facts import Finding, PriorFact
from ontology.findings import said
from ontology.money import amount
from ontology.text import key


def prior_figures(
    document: Document, form: TableForm, columns: Columns, rows: Sequence[Row], title: str, unit: str | None
) -> Iterator[PriorFact | Finding]:
    """A fact for each figure in a column of the year before; what is none there is a finding.

    A blank or a dash yields nothing. The unit of a rate of change is `%`, whether its sign is printed or not.
    """
    for row in rows:
        for column, cell, text in printed_under(row, columns.prior):
            is_rate = column.measure == "增减率"
            figure = key(text).removesuffix("%") if is_rate else text
            why = doubt(columns, row, cell, figure, column.item)
            if why:
                message = f"{title}: {said('doubtful_figure', column=column.measure, text=text, why=why)}"
                yield Finding(source=document.source(cell, table=title), severity="warning", message=message)
                continue
            yield PriorFact(
                source=document.source(cell, table=title),
                table=form.table,
                side=columns.form.side,
                code=row.code,
                name=column.item or row.name,
                project=row.project,
                body=row.body,
                path=row.path,
                column=column.name,
                measure=column.measure,
                basis=column.basis,
                amount=amount(figure),
                unit="%" if is_rate else unit,
                table_title=title,
                column_title=column.heading,
            )
