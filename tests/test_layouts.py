"""The same disclosure laid out otherwise: the audit tells the same and holds as much against each other."""

from pathlib import Path

import pytest

from bench.layouts import differences, layouts, together
from bench.rearranged import columns_swapped, in_yuan, page_numbers, tables_cut, total_last
from extract.document import Cell, Document, Line, Table
from extract.outline import outline
from extract.readers import read
from queries.auditing.patterns import full_width

PRINTED = """类款项|名称|合计|基本支出|项目支出
|总计|9.50|4.00|5.50
201|一般公共服务支出|9.50|4.00|5.50
20113|商贸事务|9.50|4.00|5.50"""


def a_document(printed: str = PRINTED) -> Document:
    rows = [line.split("|") for line in printed.splitlines()]
    cells = [Cell(at, column, text) for at, row in enumerate(rows) for column, text in enumerate(row)]
    return Document("a.txt", "0" * 64, (Line("单位：万元"), Table(tuple(cells), spans_known=False)))


def printed(document: Document) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for table in document.tables() for row in table.grid()]


def test_a_layout_moves_what_is_printed_and_changes_nothing_of_it() -> None:
    document = a_document()
    assert printed(columns_swapped(document))[0][3:] == ["项目支出", "基本支出"]
    assert printed(columns_swapped(document))[1][3:] == ["5.50", "4.00"]
    assert printed(total_last(document))[-1] == ["", "总计", "9.50", "4.00", "5.50"]
    assert printed(in_yuan(document))[1][2] == "95,000.00"
    assert [line.text for line in in_yuan(document).lines()] == ["单位：元"]


def test_a_table_is_cut_with_its_headings_over_the_rest() -> None:
    rows = [PRINTED, *(f"20113{at:02}|商贸事务|1.00|1.00|" for at in range(20))]
    first, rest = tables_cut(a_document("\n".join(rows))).tables()
    assert first.rows + rest.rows == len("\n".join(rows).splitlines()) + 1
    assert [cell.text for cell in rest.cells if cell.row == 0] == PRINTED.splitlines()[0].split("|")


@pytest.mark.parametrize("number", ["- 12 -", "第12页", "—12—"])
def test_a_page_number_inside_a_wrapped_heading_leaves_the_heading_whole(number: str) -> None:
    words = ["第三部分 2025年部门预算情况说明", "一、关于某局2025年收支预算情况的总体说明", "收支总预算9.50万元。",
             "四、关于某局2025年财政拨款收支预算", "情况的总体说明", "财政拨款收支总预算9.50万元。"]  # fmt: skip
    whole, cut = (
        Document("a.txt", "0" * 64, tuple(map(Line, some))) for some in (words, [*words[:4], number, *words[4:]])
    )
    headed = [(one.kind, one.key, one.label) for one in outline(whole)]
    assert headed == [(one.kind, one.key, one.label) for one in outline(cut)]
    assert headed[-1][2] == "四、财政拨款收支预算情况的总体说明"
    assert [getattr(block, "text", "") for block in outline(cut)[-1].blocks] == words[-1:]


@pytest.mark.parametrize("title", ["某局（单位）整体绩效目标申报表", "某局(单位)整体绩效目标申报表"])
def test_a_heading_has_brackets_of_either_width(title: str) -> None:
    (_, form) = outline(Document("a.txt", "0" * 64, (Line(title), Line("年度绩效目标"))))
    assert (form.kind, form.key, form.title) == ("form", "整体", title)


def test_page_numbers_are_put_between_lines_and_take_nothing_away() -> None:
    document = Document("a.txt", "0" * 64, tuple(Line(f"第{at}行") for at in range(100)))
    assert [line for line in page_numbers(document).lines() if line.text.startswith("第")] == list(document.lines())
    assert [line.text for line in page_numbers(document).lines() if line.text.startswith("-")] == ["- 1 -", "- 2 -"]


@pytest.mark.parametrize("printed", ["「三公」经费", '"三公"经费', "“三公”经费"])
def test_quotation_marks_of_any_kind_are_read_as_one(printed: str) -> None:
    assert full_width(printed) == "“三公”经费"


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("支出3，518.85万元，", "支出3,518.85万元，"),
        ("支出1，293，518.85元", "支出1,293,518.85元"),
        ("2025年，518.85万元", "2025年，518.85万元"),
        ("2025，518.85万元", "2025，518.85万元"),
        ("增长1.25，518.85万元", "增长1.25，518.85万元"),
        ("车辆3，518万元", "车辆3，518万元"),
    ],
)
def test_a_comma_of_full_width_between_thousands_is_one_of_an_amount(printed: str, meant: str) -> None:
    assert full_width(printed) == meant


BY_SIGNS = ("no_separators", "brackets_half", "quotes_none", "unit_bracketed", "colons_half", "items_bracketed")
BY_PLACE = ("quotes_corner", "tables_rotated", "tables_cut", "total_last", "columns_swapped", "zeros_printed")


@pytest.mark.examples
@pytest.mark.parametrize("names", [BY_SIGNS, BY_PLACE])
def test_an_example_laid_out_otherwise_gives_the_same_signals(root: Path, names: tuple[str, ...]) -> None:
    document = read(next((root / "examples").glob("昌吉*工业和信息化局2025*.pdf")))
    assert {*names} <= {layout.name for layout in layouts()}
    (found,) = differences(document, [together(names)])
    assert found.none, found
