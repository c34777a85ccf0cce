"""Texts as other programs convert them: bars for tabs, blank lines between all lines, digits of full width."""

from pathlib import Path

import pytest

from extract.outline import outline
from extract.plain_text import read_text
from extract.tables.budget_tables import budget_tables
from extract.tables.heading_rows import is_numbering, numbered_columns
from extract.titles import table_of_title
from ontology.facts import CellFact, Finding
from ontology.text import half_width_digits

ROWS = (
    "科目\t\t\t支出预算\t\t\t",
    "类\t款\t项\t科目名称\t合计\t基本支出\t项目支出",
    "※\t※\t※\t※\t1\t2\t3",
    "206\t\t\t科学技术支出\t12.00\t4.00\t8.00",
    "206\t01\t01\t行政运行\t4.00\t4.00\t",
)
TEXT = ("某局2025年部门预算", "表 3", "部门支出总体情况表", "编制部门：某局 单位：万元", *ROWS, "说明")


def read(lines: tuple[str, ...]) -> list[tuple[str | None, str, str | None, str]]:
    document = read_text(Path("a.txt"), "\n".join(lines).encode())
    found = list(budget_tables(document, outline(document)))
    assert not [fact for fact in found if isinstance(fact, Finding)]
    cells = [fact for fact in found if isinstance(fact, CellFact)]
    return [(cell.code, cell.name, cell.column, str(cell.amount)) for cell in cells]


def barred(row: str) -> str:
    return f"| {row.replace(chr(9), ' | ')} |" if "\t" in row else row


def wide(text: str) -> str:
    return text.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(tuple(map(barred, TEXT)), id="bars"),
        pytest.param((*map(barred, TEXT[:5]), "|---|:--|---|---|--:|---|---|", *map(barred, TEXT[5:])), id="markdown"),
        pytest.param(tuple(barred(row).replace("|", "│") for row in TEXT), id="drawn bars"),
        pytest.param(tuple(line for row in TEXT for line in (row, "")), id="a blank line after every line"),
        pytest.param((*TEXT[:4], *map(wide, TEXT[4:])), id="digits of full width"),
        pytest.param((*TEXT[:6], "※\t※\t※\t※\t1=2+3\t2\t3", *TEXT[7:]), id="column numbers with a sum"),
        pytest.param((*TEXT[:6], "栏次\t\t\t\t①\t②\t③", *TEXT[7:]), id="column numbers in circles"),
        pytest.param((TEXT[0], "附件3：2025年部门支出总体情况表（2025年度）", *TEXT[3:]), id="another title"),
    ],
)
def test_the_same_figures_are_read_however_the_text_was_converted(lines: tuple[str, ...]) -> None:
    assert read(lines) == [
        ("206", "科学技术支出", "合计", "12.00"),
        ("206", "科学技术支出", "基本支出", "4.00"),
        ("206", "科学技术支出", "项目支出", "8.00"),
        ("2060101", "行政运行", "合计", "4.00"),
        ("2060101", "行政运行", "基本支出", "4.00"),
    ]


def test_a_dash_for_a_blank_part_of_a_code_is_no_part_of_the_name() -> None:
    assert read((*TEXT[:7], "206\t-\t-\t科学技术支出\t12.00\t4.00\t8.00")) == read(TEXT[:8])


@pytest.mark.parametrize(
    ("texts", "columns"),
    [
        (["※", "※", "1", "2", "3"], 3),
        (["栏次", "1=2+3", "2", "3"], 3),
        (["甲", "乙", "①", "②"], 2),
        (["A", "B", "C"], 3),
        (["（1）", "（2）"], 2),
        (["1"], 0),
        (["科学技术支出", "1", "2"], 0),
        (["2", "3"], 0),
        (["1.00", "2.00"], 0),
    ],
)
def test_rows_of_column_numbers_are_told_from_figures(texts: list[str], columns: int) -> None:
    assert numbered_columns(texts) == columns
    assert is_numbering(texts) == (columns > 0)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("２０２５年", "2025年"),
        ("１，０３２．５０", "1,032.50"),
        ("甲，乙．丙", "甲，乙．丙"),
        ("２０２５，略", "2025，略"),
    ],
)
def test_digits_of_full_width_are_plain_and_other_signs_stay(printed: str, meant: str) -> None:
    assert half_width_digits(printed) == meant


@pytest.mark.parametrize(
    ("title", "table"),
    [
        ("2026年部门收支总体情况表", "revenue_expenditure_overview"),
        ("某某县商务局2026年部门收入总体情况表", "revenue"),
        ("部门支出总表（2026年度）", "expenditure"),
        ("预算公开表4 财政拨款收支总表", "fiscal_appropriation_overview"),
        ("附件5：一般公共预算支出表", "general_budget_expenditure"),
        ("预算07表 一般公共预算基本支出表", "general_budget_basic"),
        ("部门收入总表（续）", "revenue"),
        ("一般公共预算支出情况表（按支出经济分类科目）", None),
        ("收入决算总表", "revenue"),
        ("一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表", "three_public"),
        ("下表是部门收入总表的说明", None),
    ],
)
def test_years_bodies_and_numbers_are_no_part_of_a_title(title: str, table: str | None) -> None:
    assert table_of_title(title) == table
