"""Tables with horizontal rules only, drawn a cell at a time: what the ends of the pieces and the texts tell."""

from collections.abc import Sequence

import pytest
from drawn_pdf import PAGE, ROW, Page, document, drawn, only_table, rule, text, texts
from reportlab.pdfgen.canvas import Canvas

from extract.document import Line
from extract.pdf.merged_columns import Extent, Row, partition

EDGES = (50.0, 150.0, 250.0, 350.0, 450.0)
Pieces = Sequence[tuple[int, int]]  # first and last column

WHOLE = ((0, 0), (1, 1), (2, 2), (3, 3))


def centred(canvas: Canvas, top: float, first: int, last: int, words: str) -> None:
    canvas.drawCentredString((EDGES[first] + EDGES[last + 1]) / 2, PAGE[1] - top, words)


def pieces(canvas: Canvas, top: float, columns: Pieces) -> None:
    for first, last in columns:
        rule(canvas, EDGES[first], top, EDGES[last + 1], top)


def body(canvas: Canvas, top: float, rows: Sequence[Sequence[str]]) -> None:
    """Rows with their rules below: the first column set to the left, the others to the right."""
    for at, row in enumerate(rows):
        text(canvas, EDGES[0] + 3, top + at * ROW + 14, row[0])
        for column, words in enumerate(row[1:], 1):
            canvas.drawRightString(EDGES[column + 1] - 3, PAGE[1] - top - at * ROW - 14, words)
        pieces(canvas, top + (at + 1) * ROW, WHOLE)


ROWS = (("pay", "3.00", "1.00", "2.00"), ("office", "", "", "7.38"), ("travel", "0.50", "", ""))


def test_the_ends_of_the_pieces_are_the_columns_and_blank_cells_are_cells() -> None:
    def page(canvas: Canvas) -> None:
        pieces(canvas, 60, WHOLE)
        body(canvas, 60, ROWS)

    read = document(drawn(page))
    (table,) = read.tables()
    assert texts(table) == [list(row) for row in ROWS]
    assert table.bbox == pytest.approx((50, 60, 450, 120), abs=1)
    assert [(finding.severity, finding.source.page) for finding in read.findings] == [("info", 1)]


@pytest.mark.parametrize(
    ("over", "between"),
    [
        (WHOLE, ((1, 1), (2, 2), (3, 3))),  # each piece as wide as a column
        (((0, 0), (1, 3)), ((1, 3), (1, 1), (2, 2), (3, 3))),  # each as wide as the cell above or below
    ],
)
def test_merged_headings_have_their_spans(over: Pieces, between: Pieces) -> None:
    def page(canvas: Canvas) -> None:
        pieces(canvas, 40, over)
        centred(canvas, 64, 0, 0, "Subject")
        centred(canvas, 54, 1, 3, "Amounts of the year")
        pieces(canvas, 60, between)
        for column, words in enumerate(("Total", "Basic", "Project"), 1):
            centred(canvas, 74, column, column, words)
        pieces(canvas, 80, WHOLE)
        body(canvas, 80, ROWS)

    cells = only_table(drawn(page)).cells
    assert [(c.row, c.column, c.row_span, c.column_span, c.text) for c in cells[:5]] == [
        (0, 0, 2, 1, "Subject"),
        (0, 1, 1, 3, "Amounts of the year"),
        (1, 1, 1, 1, "Total"),
        (1, 2, 1, 1, "Basic"),
        (1, 3, 1, 1, "Project"),
    ]
    assert cells[-2].text == ""
    assert [(c.row, c.column, c.text) for c in cells if c.text == "7.38"] == [(3, 3, "7.38")]


def test_a_title_between_two_tables_of_the_same_columns_keeps_them_apart() -> None:
    def page(canvas: Canvas) -> None:
        pieces(canvas, 60, WHOLE)
        body(canvas, 60, ROWS)
        centred(canvas, 140, 0, 3, "Table 2: another table of the same bureau")
        pieces(canvas, 150, WHOLE)
        body(canvas, 150, ROWS)

    first, title, second = document(drawn(page)).blocks
    assert isinstance(title, Line)
    assert title.text.startswith("Table 2")
    assert [texts(table) for table in (first, second) if not isinstance(table, Line)] == [[list(r) for r in ROWS]] * 2


def underlined(canvas: Canvas) -> None:
    for at, words in enumerate((("some", "words of a line"), ("and more", "of them"), ("to", "the end of it"))):
        left = 50.0
        for word in words:
            right = left + 6 * len(word)
            text(canvas, left, 60 + at * ROW, word)
            rule(canvas, left, 62 + at * ROW, right, 62 + at * ROW)
            left = right


def blanks_to_fill_in(canvas: Canvas) -> None:
    for at in range(4):
        for x, words in ((50, "Name"), (300, "Date")):
            text(canvas, x, 60 + at * ROW, words)
            rule(canvas, x + 40, 62 + at * ROW, x + 200, 62 + at * ROW)


def dashed(canvas: Canvas) -> None:
    canvas.setDash(4, 2)
    for at in range(4):
        rule(canvas, 50, 62 + at * ROW, 550, 62 + at * ROW)
        text(canvas, 50, 60 + at * ROW, "words over a dashed rule")


@pytest.mark.parametrize("page", [underlined, blanks_to_fill_in, dashed])
def test_rules_that_are_no_table_make_none(page: Page) -> None:
    read = document(drawn(page))
    assert list(read.tables()) == []
    assert list(read.lines())


def row(*columns: tuple[float, float, str] | None, crossed: Sequence[int] = ()) -> Row:
    """Texts by their ends in columns of 100 points."""
    return Row(
        [100.0 * at for at in range(len(columns) + 1)],
        [Extent(*column) if column else None for column in columns],
        crossed,
    )


@pytest.mark.parametrize(
    ("printed", "spans"),
    [
        (row((3, 40, "left"), (160, 197, "1.00"), None), ((0, 0), (1, 1), (2, 2))),
        # in the middle of three columns, no column blank: a heading over them
        (row(None, (130, 170, "heading"), None), ((0, 2),)),
        (row((30, 70, "heading"), None, None, (330, 370, "own")), ((0, 0), (1, 1), (2, 2), (3, 3))),
        # set to the side of its column, it is in the middle of two as well: in a row without amounts that counts
        (row((46, 96, "long one"), None, (230, 270, "other")), ((0, 0), (1, 1), (2, 2))),
        (row((72, 128, "over two"), None, (230, 270, "other"), crossed=[1]), ((0, 1), (2, 2))),
        # an amount is never taken out of the column it is in the middle of
        (row(None, (130, 170, "1.00"), None), ((0, 0), (1, 1), (2, 2))),
        # text that runs over an edge has both columns
        (row((3, 98, "a text that"), (100, 150, "runs on"), (260, 297, "1.00"), crossed=[1]), ((0, 1), (2, 2))),
        (row((60, 98, "over"), (100, 140, "two"), (230, 270, "own"), crossed=[1]), ((0, 1), (2, 2))),
    ],
)
def test_the_places_of_the_texts_tell_which_columns_are_one_cell(printed: Row, spans: Pieces) -> None:
    assert partition(printed).spans == spans
