"""PDFs drawn for each layout, and rendered disclosures whose cells are known: what was printed is what is read."""

import io
import json
from pathlib import Path

import pdfplumber
import pytest
from drawn_pdf import ENGINES, PAGE, ROW, document, drawn, only_table, rule, ruled, text, texts, words_page
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extract.document import Cell, Document, Line, Table
from extract.pdf.page_contents import PageTable, contents
from extract.pdf.pdfium import pages
from extract.pdf.picture import picture
from extract.pdf.printed_page import PrintedPage
from extract.pdf.reader import Engine, read_pdf
from ontology.errors import UnreadableDocument
from ontology.text import tight, unradical

EXAMPLES = Path(__file__).parent.parent / "examples"
LEVEL = [(50, top, 250, top) for top in (60, 80, 100)]
UPRIGHT = [(left, 60, left, 100) for left in (50, 150, 250)]

# --- one page ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
def test_lines_and_tables_stand_in_reading_order_each_with_its_place(engine: Engine) -> None:
    def page(canvas: Canvas) -> None:
        text(canvas, 50, 40, "Before the table")
        ruled(canvas, 60, [["Name", "Amount"], ["one", "1.00"]])
        text(canvas, 50, 130, "After it, in two")
        text(canvas, 50, 145, "lines")

    before, table, *after = document(drawn(page), engine).blocks
    assert isinstance(before, Line)
    assert (before.text, before.page) == ("Before the table", 1)
    assert before.bbox == pytest.approx((50, 32, 113.5, 42), abs=2)
    assert isinstance(table, Table)
    assert table.bbox == pytest.approx((50, 60, 250, 100), abs=1)
    assert table.cells[3] == Cell(1, 1, "1.00", page=1, bbox=table.cells[3].bbox)
    assert table.cells[3].bbox == pytest.approx((150, 80, 250, 100), abs=1)
    assert [block.text for block in after if isinstance(block, Line)] == ["After it, in two", "lines"]


@pytest.mark.parametrize("engine", ENGINES)
def test_merged_headings_have_their_spans_and_blank_cells_are_cells(engine: Engine) -> None:
    def page(canvas: Canvas) -> None:
        for top, x0 in ((50, 50), (70, 150), (90, 50), (110, 50)):
            rule(canvas, x0, top, 350, top)
        for x, top in ((50, 50), (150, 50), (250, 70), (350, 50)):
            rule(canvas, x, top, x, 110)
        for x, top, words in ((54, 74, "Subject"), (220, 64, "Amounts"), (154, 84, "Basic"), (254, 84, "Project")):
            text(canvas, x, top, words)
        text(canvas, 54, 104, "pay")
        text(canvas, 254, 104, "7.38")

    cells = only_table(drawn(page), engine).cells
    assert [(c.row, c.column, c.row_span, c.column_span, c.text) for c in cells] == [
        (0, 0, 2, 1, "Subject"),
        (0, 1, 1, 2, "Amounts"),
        (1, 1, 1, 1, "Basic"),
        (1, 2, 1, 1, "Project"),
        (2, 0, 1, 1, "pay"),
        (2, 1, 1, 1, ""),
        (2, 2, 1, 1, "7.38"),
    ]


def test_the_lines_of_a_wrapped_cell_are_kept_apart() -> None:
    def page(canvas: Canvas) -> None:
        ruled(canvas, 60, [["", "1.00"]])
        text(canvas, 54, 68, "first line")
        text(canvas, 54, 77, "second line")

    assert only_table(drawn(page)).cells[0].text == "first line\nsecond line"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_table_without_outer_rules_has_its_outer_columns(engine: Engine) -> None:
    def page(canvas: Canvas) -> None:
        for row in range(4):
            rule(canvas, 50, 60 + row * ROW, 350, 60 + row * ROW)
        for x in (150, 250):
            rule(canvas, x, 60, x, 120)
        for row in range(3):
            for column in range(3):
                text(canvas, 54 + column * 100, 74 + row * ROW, f"{row}{column}")

    assert texts(only_table(drawn(page), engine)) == [["00", "01", "02"], ["10", "11", "12"], ["20", "21", "22"]]


def test_a_table_with_inner_rules_only_has_its_outer_rows_and_columns() -> None:
    def page(canvas: Canvas) -> None:
        for at in (1, 2):
            rule(canvas, 50, 60 + at * ROW, 350, 60 + at * ROW)
            rule(canvas, 50 + at * 100, 60, 50 + at * 100, 120)
        for row in range(3):
            for column in range(3):
                text(canvas, 54 + column * 100, 74 + row * ROW, f"{row}{column}")

    assert texts(only_table(drawn(page))) == [["00", "01", "02"], ["10", "11", "12"], ["20", "21", "22"]]


def test_words_in_a_corner_cut_out_of_a_table_are_a_line() -> None:
    def page(canvas: Canvas) -> None:
        ruled(canvas, 80, [["", "1.00"], ["two", "2.00"]])
        for x in (150, 250):
            rule(canvas, x, 60, x, 80)
        rule(canvas, 150, 60, 250, 60)
        text(canvas, 54, 74, "in the corner")
        text(canvas, 154, 74, "Amount")

    table, line = document(drawn(page)).blocks
    assert isinstance(line, Line)
    assert line.text == "in the corner"
    assert isinstance(table, Table)
    cells = [(cell.row, cell.column, cell.text) for cell in table.cells]
    assert cells == [(0, 1, "Amount"), (1, 0, ""), (1, 1, "1.00"), (2, 0, "two"), (2, 1, "2.00")]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_seen(turn: int, engine: Engine) -> None:
    width, height = PAGE

    def page(canvas: Canvas) -> None:
        if turn == 90:
            canvas.translate(height, 0)
        elif turn == 180:
            canvas.translate(width, height)
        elif turn == 270:
            canvas.translate(0, width)
        canvas.rotate(turn)
        text(canvas, 50, 40, "A turned page")
        ruled(canvas, 60, [["Name", "Amount"], ["one", "1.00"]])

    line, table = document(drawn(page, turn=turn), engine).blocks
    assert isinstance(line, Line)
    assert line.text == "A turned page"
    assert line.bbox == pytest.approx((50, 32, 106.5, 42), abs=2)
    assert isinstance(table, Table)
    assert texts(table) == [["Name", "Amount"], ["one", "1.00"]]
    assert table.bbox == pytest.approx((50, 60, 250, 100), abs=1)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_page_printed_sideways_is_read_upright_and_its_places_are_those_seen(engine: Engine) -> None:
    def page(canvas: Canvas) -> None:
        canvas.translate(PAGE[1], 0)
        canvas.rotate(90)
        ruled(canvas, 60, [["Name", "Amount"], ["one", "1.00"]])

    table = only_table(drawn(page, size=(PAGE[1], PAGE[0])), engine)
    assert texts(table) == [["Name", "Amount"], ["one", "1.00"]]
    assert table.bbox == pytest.approx((60, 350, 100, 550), abs=1)


def test_rules_in_a_form_object_are_moved_with_it() -> None:
    def page(canvas: Canvas) -> None:
        canvas.beginForm("table")
        canvas.setFont("Helvetica", 9)
        ruled(canvas, 60, [["Name", "Amount"], ["one", "1.00"]])
        canvas.endForm()
        canvas.translate(100, -50)
        canvas.doForm("table")

    table = only_table(drawn(page))
    assert texts(table) == [["Name", "Amount"], ["one", "1.00"]]
    assert table.bbox == pytest.approx((150, 110, 350, 150), abs=1)


@pytest.mark.parametrize("engine", ENGINES)
def test_rules_drawn_as_thin_boxes_are_rules_and_backgrounds_are_not(engine: Engine) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillGray(0.9)
        canvas.rect(50, PAGE[1] - 80, 60, 20, stroke=0, fill=1)  # behind half of the first heading
        canvas.setFillGray(0)
        for row in range(3):
            canvas.rect(50, PAGE[1] - 60 - row * ROW, 200, 0.75, stroke=0, fill=1)
        for column in range(3):
            canvas.rect(50 + column * 100, PAGE[1] - 100, 0.75, 40, stroke=0, fill=1)
        for row, column, words in ((0, 0, "Name"), (0, 1, "Amount"), (1, 0, "one"), (1, 1, "1.00")):
            text(canvas, 54 + column * 100, 74 + row * ROW, words)

    assert texts(only_table(drawn(page), engine)) == [["Name", "Amount"], ["one", "1.00"]]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("dashes", [(1, 1), (2, 2), (0.5, 1.5)])
def test_a_table_of_dashed_or_dotted_rules_is_a_table(dashes: tuple[float, float], engine: Engine) -> None:
    def page(canvas: Canvas) -> None:
        for at, (x0, top, x1, bottom) in enumerate([*LEVEL, *UPRIGHT]):
            steps = int((x1 - x0 + bottom - top) / sum(dashes))
            for step in range(steps):  # drawn dash by dash, as office programs do
                start = step * sum(dashes)
                if at < len(LEVEL):
                    rule(canvas, x0 + start, top, x0 + start + dashes[0], top)
                else:
                    rule(canvas, x0, top + start, x0, top + start + dashes[0])
        text(canvas, 54, 74, "a")
        text(canvas, 154, 94, "12.50")

    assert texts(only_table(drawn(page), engine)) == [["a", ""], ["", "12.50"]]


def test_rules_that_cannot_be_seen_are_none() -> None:
    def page(canvas: Canvas) -> None:
        ruled(canvas, 60, [["Name", "1.00"], ["one", "2.00"]])
        canvas.setStrokeAlpha(0)
        rule(canvas, 100, 60, 100, 100)

    assert texts(only_table(drawn(page))) == [["Name", "1.00"], ["one", "2.00"]]


@pytest.mark.parametrize("engine", ENGINES)
def test_characters_struck_twice_to_look_bold_are_read_once(engine: Engine) -> None:
    def page(canvas: Canvas) -> None:
        ruled(canvas, 60, [["Name", "1,000.00"]])
        canvas.translate(0.3, 0)
        ruled(canvas, 60, [["Name", "1,000.00"]])

    assert texts(only_table(drawn(page), engine)) == [["Name", "1,000.00"]]


def test_a_frame_around_words_is_no_table() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(40, 40, 520, 320)
        text(canvas, 50, 60, "Words in a frame")

    (line,) = document(drawn(page)).blocks
    assert isinstance(line, Line)


def test_a_table_without_rules_between_columns_is_read_as_lines_and_said_so() -> None:
    def page(canvas: Canvas) -> None:
        for row in range(4):
            rule(canvas, 50, 60 + row * ROW, 550, 60 + row * ROW)
            text(canvas, 54, 74 + row * ROW, f"row {row}")
            text(canvas, 300, 74 + row * ROW, f"{row}.00")

    read = document(drawn(page))
    assert [line.text for line in read.lines()] == ["row 0 0.00", "row 1 1.00", "row 2 2.00", "row 3 3.00"]
    (finding,) = read.findings
    assert (finding.severity, finding.source.page) == ("warning", 1)
    assert "none between columns" in finding.message


def test_text_that_runs_over_a_rule_into_the_next_column_is_said_so() -> None:
    def page(canvas: Canvas) -> None:
        ruled(canvas, 60, [["a name far too long for its column", ""], ["short", "1.00"]])

    (finding,) = document(drawn(page)).findings
    assert (finding.severity, finding.source.page) == ("warning", 1)
    assert "1 cells runs over the rule" in finding.message


def test_slanted_text_is_left_out_and_said_so() -> None:
    def page(canvas: Canvas) -> None:
        text(canvas, 50, 60, "upright words of the page")
        canvas.rotate(30)
        canvas.drawString(200, 50, "WATERMARK")

    read = document(drawn(page))
    assert [line.text for line in read.lines()] == ["upright words of the page"]
    assert [finding.message for finding in read.findings] == ["9 characters of slanted text left out"]


@pytest.mark.parametrize(
    ("printed", "folded"),
    [("⽀出", "支出"), ("部⻔", "部门"), ("⻋辆", "车辆"), ("专⼾", "专户"), ("（⼀）：", "（一）：")],
)
def test_radicals_are_folded_and_nothing_else_is(printed: str, folded: str) -> None:
    assert unradical(printed) == folded


# --- bad input --------------------------------------------------------------------------------------------------------


def test_a_page_beyond_all_sizes_is_a_finding_and_the_rest_is_read() -> None:
    def huge(canvas: Canvas) -> None:
        canvas.setPageSize((20_000, 20_000))

    def third(canvas: Canvas) -> None:
        canvas.setPageSize(PAGE)
        text(canvas, 50, 50, "three")

    read = document(drawn(words_page("page one"), huge, third))
    assert [(line.page, line.text) for line in read.lines()] == [(1, "page one"), (3, "three")]
    (finding,) = read.findings
    assert (finding.severity, finding.source.page) == ("error", 2)


def test_a_page_hatched_with_lines_keeps_its_text_and_says_that_its_tables_were_not_read() -> None:
    def page(canvas: Canvas) -> None:
        text(canvas, 50, 50, "words on a drawing")
        for x in range(2_400):
            rule(canvas, x * 5, 60, x * 5, 380)
        for y in range(10):
            rule(canvas, 0, 60 + y * 30, 12_000, 60 + y * 30)

    read = document(drawn(page, size=(12_000, 400)))
    assert [line.text for line in read.lines()] == ["words on a drawing"]
    (finding,) = read.findings
    assert (finding.severity, finding.source.page) == ("error", 1)
    assert "tables of the page were not read" in finding.message


IDENTITY = b"""%%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</Font<</F1 4 0 R/F2 8 0 R>>>>/Contents 5 0 R>> endobj
4 0 obj <</Type/Font/Subtype/Type0/BaseFont/Foo/Encoding/Identity-H/DescendantFonts[6 0 R]>> endobj
5 0 obj <</Length %d>> stream
%s
endstream endobj
6 0 obj <</Type/Font/Subtype/CIDFontType2/BaseFont/Foo/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>
/FontDescriptor 7 0 R>> endobj
7 0 obj <</Type/FontDescriptor/FontName/Foo/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent -200
/CapHeight 700/StemV 80>> endobj
8 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R>>
"""


def with_unmapped(mapped: int) -> bytes:
    """A PDF with two characters that no table maps to text, and so many others."""
    content = b"BT /F1 9 Tf 20 200 Td <00010002> Tj /F2 4 Tf 0 -20 Td (%s) Tj ET" % (b"x" * mapped)
    return IDENTITY % (len(content), content)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_character_that_is_not_mapped_to_text_is_never_guessed(engine: Engine) -> None:
    read = document(with_unmapped(98), engine)
    assert [line.text for line in read.lines()] == ["\ufffd\ufffd", "x" * 98]
    assert [finding.message for finding in read.findings] == ["2 characters that the file does not map to text"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_text_layer_with_many_unmapped_characters_is_refused(engine: Engine) -> None:
    with pytest.raises(UnreadableDocument, match="text layer is unusable: 2 of 32 characters"):
        document(with_unmapped(30), engine)


def in_a_font_not_embedded(*words: str) -> bytes:
    def page(canvas: Canvas) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        canvas.setFont("STSong-Light", 10)
        ruled(canvas, 60, [list(words)])

    return drawn(page)


@pytest.mark.parametrize("engine", ENGINES)
def test_no_character_of_a_font_that_is_not_in_the_file_is_lost(engine: Engine) -> None:
    # where the computer has no such font, pdfium drops texts of one character that it cannot draw
    words = ("款", "一", "一般公共预算", "1,795.47", "-")
    assert texts(only_table(in_a_font_not_embedded(*words), engine)) == [list(words)]


def test_characters_of_a_font_that_is_not_in_the_file_are_as_wide_as_it_says() -> None:
    def page(canvas: Canvas) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        canvas.setFont("STSong-Light", 10)
        text(canvas, 50, 60, "预算数")

    for engine in ENGINES:
        (line,) = document(drawn(page), engine).lines()
        assert line.bbox is not None
        assert (line.bbox[0], line.bbox[2]) == pytest.approx((50, 80))


def test_the_computers_fonts_are_there_again_after_reading() -> None:
    data = in_a_font_not_embedded("款", "一般公共预算")
    before = picture(data, 1).tobytes()
    document(data)
    assert picture(data, 1).tobytes() == before


def test_the_second_engine_reads_what_the_first_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.pdf.pdfium.left_out", lambda *_: 1)
    data = in_a_font_not_embedded("款", "一般公共预算")
    assert document(data) == document(data, "pdfplumber")


# --- rendered disclosures ---------------------------------------------------------------------------------------------


def recall_and_precision(read: Document, truth: list[dict[str, object]]) -> tuple[float, float]:
    """Over all cells with text: right table, row, column, and text without white space."""
    left = [{(c.row, c.column, tight(c.text)) for c in table.cells if c.text} for table in read.tables()]
    found, hits, known = sum(map(len, left)), 0, 0
    for table in truth:
        cells = {(c["r"], c["c"], tight(c["text"])) for c in table["cells"] if tight(c["text"])}  # type: ignore[attr-defined]
        best = max(left, key=lambda other: len(other & cells), default=set())
        hits, known = hits + len(best & cells), known + len(cells)
        left = [other for other in left if other is not best]
    return hits / known, hits / found if found else 0.0


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("s001_openside", 1.0),
        ("s001_lo_rot", 1.0),
        ("s002_dotted", 1.0),
        ("s002_bolddup", 1.0),
        ("s002_chr_noto", 1.0),
        ("s002_chr_wqy", 1.0),
        ("s002_rot", 1.0),
        ("s002_lo", 1.0),
        ("s002_rl", 1.0),
        ("s001_horiz", 1.0),
    ],
)
def test_the_cells_of_rendered_disclosures_are_read(shared: Path, name: str, least: float) -> None:
    path = shared / "corpus" / "rendered" / f"{name}.pdf"
    read = read_pdf(path, path.read_bytes())
    truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["tables"]
    recall, precision = recall_and_precision(read, truth)
    assert (recall >= least, precision >= least) == (True, True), (recall, precision)


@pytest.mark.parametrize(
    ("folder", "name", "tables"),
    [
        ("jiangsu", "江苏省委办公厅_江苏省委办公厅2019年度部门预算公开表格.pdf", 12),
        ("shanghai", "上海市普陀区财政局2024年度部门决算.pdf", 10),
    ],
)
def test_two_engines_read_a_real_disclosure_alike(shared: Path, folder: str, name: str, tables: int) -> None:
    path = shared / "corpus" / folder / name
    one, other = (read_pdf(path, path.read_bytes(), engine) for engine in ENGINES)
    assert len(list(one.tables())) == tables
    assert [_words(block) for block in one.blocks] == [_words(block) for block in other.blocks]


def _words(block: Line | Table) -> list[tuple[object, ...]]:
    if isinstance(block, Line):
        return [(block.page, tight(block.text))]
    return [(c.page, c.row, c.column, c.row_span, c.column_span, tight(c.text)) for c in block.cells]


# --- pdfplumber by itself as the oracle -------------------------------------------------------------------------------


@pytest.mark.examples
def test_cells_of_ruled_pages_are_those_that_pdfplumber_finds_by_itself() -> None:
    path = next(EXAMPLES.glob("奇台县商务和*.pdf"))
    data = path.read_bytes()
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        theirs = [[_folded(table) for table in page.extract_tables()] for page in pdf.pages]
    ours = [
        [_squares(table) for table in contents(page).tables]
        for page in pages(data, path.name)
        if isinstance(page, PrintedPage)
    ]
    assert sum(map(len, ours)) == 17
    assert ours == theirs


def _folded(table: list[list[str | None]]) -> list[list[str | None]]:
    return [[cell if cell is None else unradical(tight(cell)) for cell in row] for row in table]


def _squares(table: PageTable) -> list[list[str | None]]:
    """The texts by row and column as pdfplumber has them: None where a merged cell reaches."""
    squares: list[list[str | None]] = [[None] * (len(table.grid.xs) - 1) for _ in table.grid.ys[1:]]
    for slot, lines in zip(table.grid.slots, table.lines, strict=True):
        squares[slot.row][slot.column] = tight("".join(line.text for line in lines))
    return squares
