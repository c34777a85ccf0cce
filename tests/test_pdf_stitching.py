"""Tables that run over pages: what is joined, what is kept apart, and what a page break does to a row."""

from collections.abc import Callable

import pytest
from drawn_pdf import ENGINES, document, drawn, only_table, rule, ruled, table_page, text, texts, words_page
from reportlab.pdfgen.canvas import Canvas

from extract.document import Document
from extract.pdf.reader import Engine

HEAD = ["Code", "Name", "Amount"]
FIRST = [HEAD, *([f"20{n}", f"subject {n}", f"{n}.50"] for n in range(1, 14))]
SECOND = [["301", "subject 14", "14.50"], ["302", "subject 15", "15.50"]]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_table_over_two_pages_is_one_and_its_repeated_heading_is_dropped(engine: Engine) -> None:
    data = drawn(table_page(FIRST), table_page([HEAD, *SECOND]))
    table = only_table(data, engine)
    assert texts(table) == [*FIRST, *SECOND]
    assert [(cell.page, cell.row) for cell in table.cells if cell.column == 0][-3:] == [(1, 13), (2, 14), (2, 15)]
    assert table.cells[-1].bbox == pytest.approx((250, 100, 350, 120), abs=1)


def test_a_table_goes_on_without_a_repeated_heading_where_the_page_was_full() -> None:
    assert texts(only_table(drawn(table_page(FIRST), table_page(SECOND, top=40)))) == [*FIRST, *SECOND]


def test_a_table_that_ends_in_the_middle_of_the_page_does_not_go_on_without_a_heading() -> None:
    # the first page tells how long the pages of this document are
    data = drawn(table_page(FIRST), words_page("between"), table_page(FIRST[:4]), table_page(SECOND))
    assert [table.rows for table in document(data).tables()] == [14, 4, 2]


def test_a_title_between_two_tables_keeps_them_apart() -> None:
    def second(canvas: Canvas) -> None:
        text(canvas, 50, 40, "Table 2")
        ruled(canvas, 60, [HEAD, *SECOND])

    data = drawn(table_page(FIRST), second)
    assert [table.rows for table in document(data).tables()] == [14, 3]


def test_heading_lines_printed_again_above_a_repeated_heading_do_not_keep_it_apart() -> None:
    def page(canvas: Canvas, rows: list[list[str]], title: str) -> None:
        text(canvas, 50, 35, title)
        text(canvas, 250, 50, "in ten thousand yuan")
        ruled(canvas, 60, rows)

    def pages(titles: tuple[str, str]) -> bytes:
        return drawn(lambda c: page(c, FIRST, titles[0]), lambda c: page(c, [HEAD, *SECOND], titles[1]))

    again = document(pages(("Table 1 Expenditure", "Table 1 Expenditure")))
    assert [table.rows for table in again.tables()] == [16]
    assert [line.text for line in again.lines()] == ["Table 1 Expenditure", "in ten thousand yuan"]
    other = document(pages(("Table 1 Expenditure", "Table 2 Revenue")))
    assert [table.rows for table in other.tables()] == [14, 3]


def test_different_columns_keep_tables_apart_and_finer_columns_do_not() -> None:
    other = drawn(table_page(FIRST), lambda c: ruled(c, 60, [["a", "b"]], width=150))
    assert len(list(document(other).tables())) == 2

    def coarse(canvas: Canvas) -> None:
        for top in (40, 60):
            rule(canvas, 50, top, 350, top)
        for x in (50, 250, 350):
            rule(canvas, x, 40, x, 60)
        text(canvas, 54, 54, "total")
        text(canvas, 254, 54, "99.00")

    table = only_table(drawn(table_page(FIRST), coarse))
    spans = [(cell.row, cell.column, cell.column_span, cell.text) for cell in table.cells[-2:]]
    assert spans == [(14, 0, 2, "total"), (14, 2, 1, "99.00")]


def test_a_form_that_begins_anew_is_another_table() -> None:
    def form(name: str) -> list[list[str]]:
        rows = [["Project name", name], ["Funds", "1.00"], ["Goal", "good"]]
        return rows + [[f"target {n}", f">= {n}"] for n in range(11)]

    data = drawn(table_page(form("roads")), table_page(form("schools")))
    assert [table.rows for table in document(data).tables()] == [14, 14]
    titled = [[["Form of targets", ""], ["(2025)", ""], *form(name)[:12]] for name in ("roads", "schools")]
    data = drawn(table_page(titled[0]), table_page(titled[1]))
    assert [table.rows for table in document(data).tables()] == [14, 14]


def cut(head: list[str], tail: list[str], column: list[str] | None = None) -> Document:
    """A table whose last row on the first page is `head` and whose first row on the second is `tail`."""
    names = column or [f"subject {n}" for n in range(12)]
    rows = [["Name", "Basis", "Amount"], *([name, "plan", "1.50"] for name in names), head]

    def second(canvas: Canvas) -> None:
        ruled(canvas, 40, [["Name", "Basis", "Amount"], tail, ["subject 20", "plan", "2.50"]])

    return document(drawn(table_page(rows), second))


FULL = "of words that fill it up"  # as wide as a column of 100 points


@pytest.mark.parametrize(
    ("head", "tail", "whole"),
    [
        ([FULL, FULL, "7.38"], ["to here", "as well", ""], [f"{FULL}\nto here", f"{FULL}\nas well", "7.38"]),
        (["notice (2025", "plan", "7.38"], ["No. 65) on it", "", ""], ["notice (2025\nNo. 65) on it", "plan", "7.38"]),
    ],
)
def test_a_row_cut_in_two_by_the_page_is_put_together_where_that_is_certain(
    head: list[str], tail: list[str], whole: list[str]
) -> None:
    (table,) = cut(head, tail).tables()
    assert texts(table)[-2:] == [whole, ["subject 20", "plan", "2.50"]]


def test_a_numbered_item_goes_on_in_a_column_of_numbered_items() -> None:
    numbered = [f"{n}. subject" for n in range(1, 13)]
    (table,) = cut([f"13. {FULL[:-4]}", "plan", "7.38"], ["to here", "", ""], numbered).tables()
    assert texts(table)[-2][0] == f"13. {FULL[:-4]}\nto here"


def test_a_row_that_may_be_cut_is_left_and_said_so() -> None:
    read = cut([FULL, "plan", "7.38"], ["or another", "", ""])
    (table,) = read.tables()
    assert [row[0] for row in texts(table)[-3:]] == [FULL, "or another", "subject 20"]
    (finding,) = read.findings
    assert (finding.severity, finding.source.page, finding.source.row) == ("warning", 1, 14)


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ([FULL, FULL, "7.38"], ["subject", "plan", "8.00"]),  # a figure of its own
        ([FULL, "plan", "7.38"], ["14. subject", "", ""]),  # a number of its own
        (["short", "plan", "7.38"], ["subject", "", ""]),  # room for more words above
        ([FULL, "", ""], ["subject", "", ""]),  # all that the row above has
    ],
)
def test_a_row_of_its_own_is_left_alone(head: list[str], tail: list[str]) -> None:
    read = cut(head, tail)
    (table,) = read.tables()
    assert [[cell or "" for cell in row] for row in texts(table)[-3:-1]] == [head, tail]
    assert read.findings == ()


def test_running_headers_footers_and_page_numbers_are_left_out() -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            text(canvas, 50, 20, f"Disclosure of the bureau, {number + 3}")
            text(canvas, 50, 35, "Bureau of commerce 2025")
            text(canvas, 50, 100, f"Paragraph {number * number} of the text")
            text(canvas, 290, 380, f"- {number} -" if number % 2 else f"{number}")

        return draw

    lines = [line.text for line in document(drawn(*map(page, range(1, 6)))).lines()]
    assert lines == [f"Paragraph {number * number} of the text" for number in range(1, 6)]


def test_page_numbers_between_its_parts_do_not_part_a_table() -> None:
    def page(canvas: Canvas, rows: list[list[str]], number: int) -> None:
        ruled(canvas, 60, rows)
        text(canvas, 290, 380, f"{number}")

    data = drawn(lambda c: page(c, FIRST, 1), lambda c: page(c, [HEAD, *SECOND], 2))
    assert texts(only_table(data)) == [*FIRST, *SECOND]


def test_a_number_that_does_not_count_on_with_the_pages_is_a_line() -> None:
    data = drawn(*(words_page(number, top=380) for number in ("2060599", "17", "5")))
    assert [line.text for line in document(data).lines()] == ["2060599", "17", "5"]
