"""A table that lies: its figures are read as printed, and findings name the place."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from test_table_variants import merged_table
from test_table_variants import read as read_table

from extract.document import Document, Line, Table
from extract.outline import outline
from extract.plain_text import read_text
from extract.recognition import facts
from extract.tables.budget_tables import read_tables
from ontology.facts import CellFact, Finding

ROWS = [
    "类\t款\t项\t功能分类科目名称\t合计\t基本支出\t项目支出",
    "\t\t\t总计\t9.00\t5.00\t4.00",
    "210\t\t\t卫生健康支出\t9.00\t5.00\t4.00",
    "210\t11\t\t行政事业单位医疗\t9.00\t5.00\t4.00",
    "210\t11\t01\t行政单位医疗\t3.00\t3.00\t",
    "210\t11\t02\t事业单位医疗\t2.00\t2.00\t",
    "210\t11\t03\t公务员医疗补助\t4.00\t\t4.00",
]
OVER = ["表 3", "部门支出总体情况表", "编制部门：某某县科学技术局 单位：万元"]


def read(rows: Sequence[str]) -> tuple[list[tuple[str | None, str | None, str]], list[str]]:
    """Code, column and amount of every cell, and the findings with the line they name."""
    source = read_text(Path("a.txt"), "\n".join([*OVER, *rows]).encode())
    found = list(facts(source))
    cells = [(cell.code, cell.column, str(cell.amount)) for cell in found if isinstance(cell, CellFact)]
    said = [f"{f.source.line} {f.message.partition(': ')[2]}" for f in found if isinstance(f, Finding)]
    return cells, said


def changed(old: str, new: str) -> list[str]:
    assert sum(old in row for row in ROWS) == 1
    return [row.replace(old, new) for row in ROWS]


def test_the_table_as_it_should_be_is_read_without_a_finding() -> None:
    cells, said = read(ROWS)
    assert len(cells) == 15
    assert not said


@pytest.mark.parametrize(
    ("old", "new", "cell", "finding"),
    [
        (
            "总计\t9.00",
            "总计\t8.00",
            (None, "合计", "8.00"),
            "5 合计, 合计: 8.00 is printed, 合计 = 基本支出 + 项目支出 gives 9.00",
        ),
        ("210\t11\t02", "7\t11\t02", ("71102", "合计", "2.00"), "9 the code 71102 is of no known kind"),
        (
            "210\t11\t02",
            "211\t11\t02",
            ("2111102", "合计", "2.00"),
            "9 no row is printed for 21111, in which 2111102 lies",
        ),
        (
            "210\t11\t02",
            "210\t11\t01",
            ("2101101", "合计", "2.00"),
            "9 2101101 is called '事业单位医疗' here and '行政单位医疗' above",
        ),
        ("医疗\t2.00\t", "医疗\t2.0.0\t", ("2101102", "基本支出", "2.00"), "9 column 合计: '2.0.0' is not an amount"),
        ("医疗\t2.00\t", "医疗\t2,00\t", ("2101102", "基本支出", "2.00"), "9 column 合计: '2,00' is not an amount"),
        (
            "医疗\t2.00\t",
            "医疗\t\t2.00\t",
            ("2101102", "项目支出", "2.00"),
            "9 2101102 事业单位医疗, 合计 is blank, 合计 = 基本支出 + 项目支出 gives 4.00",
        ),
        (
            "事业单位医疗\t2.00\t",
            "事业单位医疗2.00\t",
            ("2101102", "合计", "2.00"),
            "9 a figure stands behind the name '事业单位医疗2.00'",
        ),
        (
            "补助\t4.00\t\t4.00",
            "补助\t4.00\t4.00\t",
            ("2101103", "基本支出", "4.00"),
            "7 21011 行政事业单位医疗, 基本支出: 5.00 is printed, the sum of the rows under it gives 9.00",
        ),
    ],
)
def test_a_lie_is_read_as_printed_and_named(
    old: str, new: str, cell: tuple[str | None, str, str], finding: str
) -> None:
    cells, said = read(changed(old, new))
    assert cell in cells
    assert finding in said


def test_a_total_that_is_blank_though_its_parts_are_printed_is_named() -> None:
    _, said = read(changed("行政事业单位医疗\t9.00\t5.00\t4.00", "行政事业单位医疗\t9.00\t5.00\t"))
    assert "7 21011 行政事业单位医疗, 项目支出 is blank, the sum of the rows under it gives 4.00" in said


@pytest.mark.parametrize("between", [("公开表三",), ()])
def test_a_table_whose_title_is_lost_is_not_read_as_more_of_the_table_before(between: tuple[str, ...]) -> None:
    spending = "收入|<|支出|<\n项目|金额|项目|金额\n一、拨款|9.00|一、基本支出|9.00"
    over = [Line(words) for words in ("某局2019年部门预算", "收入预算总表", "公开表二", "单位：万元")]
    under = [Line(words) for words in (*between, "单位：万元")]
    income = merged_table("项目名称|金额\n收入总计|5.00\n财政拨款|5.00")
    blocks: list[Line | Table] = [*over, income, *under, merged_table(spending)]
    document = Document("a.pdf", "0" * 64, tuple(blocks))
    tables = list(read_tables(document, outline(document)))
    assert [str(cell.amount) for table in tables for cell in table.cells] == ["5.00", "5.00"]
    messages = [fact.message for table in tables for fact in table.facts if isinstance(fact, Finding)]
    assert messages == [
        "公开表三: a table under a title that is not known"
        if between
        else "收入预算总表: a table with other headings under the same title: none of it is read"
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("206|科学技术支出|9.00|9.00|<", "'9.00' stands under several columns"),
        ("206|科学技术支出|9.00|9.00|\n20601|管理事务|^||9.00", "'9.00' stands in several rows"),
    ],
)
def test_a_figure_in_a_cell_over_several_columns_or_rows_is_placed_nowhere(row: str, says: str) -> None:
    printed = f"科目编码|科目名称|合计|基本支出|项目支出\n205|教育支出|2.00|1.00|1.00\n{row}"
    cells, findings = read_table("一般公共预算支出表", printed)
    assert [cell.column for cell in cells if cell.code == "205"] == ["合计", "基本支出", "项目支出"]
    assert len(cells) == 4 if "several columns" in says else 5
    assert any(says in finding for finding in findings)


@pytest.mark.parametrize("row", [1, 4])
def test_a_row_printed_twice_is_told(row: int) -> None:
    name = "合计" if row == 1 else "2101101 行政单位医疗"
    cells, findings = read([*ROWS[: row + 1], *ROWS[row:]])
    assert f"{4 + row + 1} the row '{name}' is printed twice with the same figures" in findings
    assert len(cells) > len(read(ROWS)[0])
