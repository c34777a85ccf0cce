"""Budget tables: which figure stands in which row and column."""

from decimal import Decimal
from pathlib import Path

import pytest

from extract.document import Cell, Document, Table
from extract.outline import outline
from extract.plain_text import read_text
from extract.tables.budget_tables import TableFact, budget_tables
from extract.tables.heading_rows import is_numbering
from extract.tables.row_names import bare, chain, label
from ontology.facts import CellFact, Finding


def facts_of(text: str) -> list[TableFact]:
    document = read_text(Path("a.txt"), text.encode())
    return list(budget_tables(document, outline(document)))


def figures_of(text: str) -> list[tuple[str | None, str, str | None, str]]:
    facts = facts_of(text)
    assert not [fact.message for fact in facts if isinstance(fact, Finding)]
    return [(f.code, f.name, f.column, str(f.amount)) for f in facts if isinstance(f, CellFact)]


EXPENDITURE = """表 3
部门支出总体情况表
编制部门：某县某局
单位：万元
科目代码\t\t\t科目名称\t支出预算\t\t
类\t款\t项\t\t合计\t基本支出\t项目支出
201\t\t\t一般公共服务支出\t10.00\t8.00\t2.00
201\t03\t01\t行政运行\t8.00\t8.00\t
\t\t\t总计\t10.00\t8.00\t2.00
"""


def test_every_figure_has_its_row_and_column() -> None:
    assert figures_of(EXPENDITURE) == [
        ("201", "一般公共服务支出", "合计", "10.00"),
        ("201", "一般公共服务支出", "基本支出", "8.00"),
        ("201", "一般公共服务支出", "项目支出", "2.00"),
        ("2010301", "行政运行", "合计", "8.00"),
        ("2010301", "行政运行", "基本支出", "8.00"),
        (None, "合计", "合计", "10.00"),
        (None, "合计", "基本支出", "8.00"),
        (None, "合计", "项目支出", "2.00"),
    ]


def test_a_figure_carries_its_place_unit_and_headings() -> None:
    first = facts_of(EXPENDITURE)[0]
    assert isinstance(first, CellFact)
    assert (first.unit, first.table, first.table_title, first.column_title) == (
        "万元",
        "expenditure",
        "部门支出总体情况表",
        "支出预算/合计",
    )
    assert (first.source.line, first.source.row, first.source.column, first.source.text) == (7, 3, 5, "10.00")


@pytest.mark.parametrize("printed", ["-", "—", "", "/", "※"])
def test_a_printed_dash_is_not_zero(printed: str) -> None:
    assert len(figures_of(EXPENDITURE.replace("\t2.00\n201", f"\t{printed}\n201"))) == 7


def test_a_printed_zero_is_a_figure() -> None:
    assert ("201", "一般公共服务支出", "项目支出", "0.00") in figures_of(
        EXPENDITURE.replace("\t2.00\n201", "\t0.00\n201")
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("10.00\t8.00\t2.00\n201", "1,0.00\t8.00\t2.00\n201", "'1,0.00' is not an amount"),
        ("项目支出", "某某支出", "the heading '支出预算/某某支出' is not known"),
        ("单位：万元\n", "", "the unit of the table is not printed over it"),
        ("201\t03\t01", "201\t03\t0", "'201030' is not a code of 3, 5 or 7 digits"),
    ],
)
def test_what_is_not_understood_is_a_finding_and_the_rest_is_read(old: str, new: str, message: str) -> None:
    facts = facts_of(EXPENDITURE.replace(old, new, 1))
    assert any(message in fact.message for fact in facts if isinstance(fact, Finding))
    assert len([fact for fact in facts if isinstance(fact, CellFact)]) >= 5


def test_a_page_number_inside_a_table_is_not_a_figure() -> None:
    facts = facts_of(EXPENDITURE + "\t\t\t\t\t7\t\n")
    assert [fact.message for fact in facts if isinstance(fact, Finding)] == [
        "部门支出总体情况表: column 基本支出: '7' stands in a row without a name"
    ]
    assert len(facts) == 9


def test_a_table_under_no_known_title_is_a_finding() -> None:
    (finding,) = facts_of(EXPENDITURE.replace("部门支出总体情况表", "某某情况表"))
    assert isinstance(finding, Finding)
    assert "no known title" in finding.message


def test_the_two_sides_of_an_overview_are_kept_apart() -> None:
    facts = facts_of(
        "部门收支总体情况表\n单位：万元\n收入\t\t支出\t\n项目\t预算数\t功能分类\t预算数\n"
        "一、本年收入\t5.00\t201 一般公共服务支出\t\n1. 一般公共预算拨款\t5.00\t206 科学技术支出\t6.00\n"
        "其中：一般财力\t4.00\t\t\n上级一般公共预算安排转移支付\t1.00\t\t\n二、上年结转结余\t1.00\t\t\n"
        "收入总计\t6.00\t支出总计\t6.00\n"
    )
    assert [(f.side, f.code, f.path or (f.name,), str(f.amount)) for f in facts if isinstance(f, CellFact)] == [
        ("收入", None, ("本年收入",), "5.00"),
        ("收入", None, ("本年收入", "一般公共预算拨款"), "5.00"),
        ("收入", None, ("本年收入", "一般公共预算拨款", "一般财力"), "4.00"),
        ("收入", None, ("本年收入", "一般公共预算拨款", "上级一般公共预算安排转移支付"), "1.00"),
        ("收入", None, ("上年结转结余",), "1.00"),
        ("收入", None, ("合计",), "6.00"),
        ("支出", "206", ("科学技术支出",), "6.00"),
        ("支出", None, ("合计",), "6.00"),
    ]


def test_headings_merged_over_columns_stand_over_all_of_them() -> None:
    cells = [
        Cell(0, 0, "项目", row_span=2),
        Cell(0, 1, "合计", row_span=2),
        Cell(0, 2, "财政拨款", column_span=2),
        Cell(0, 4, "非财政拨款", column_span=2),
        Cell(1, 2, "小计"),
        Cell(1, 3, "项目\n支出"),
        Cell(1, 4, "小计"),
        Cell(1, 5, "项目\n支出"),
        Cell(2, 0, "某 某\n资金"),
        Cell(2, 1, "3.00"),
        Cell(2, 2, ""),
        Cell(2, 3, ""),
        Cell(2, 4, "3.00"),
        Cell(2, 5, "3.00"),
    ]
    text = read_text(Path("a.txt"), "上年结转结余情况表\n单位：万元\n".encode())
    document = Document("a.pdf", "0" * 64, (*text.blocks, Table(tuple(cells), page=1)))
    found = [f for f in budget_tables(document, outline(document)) if isinstance(f, CellFact)]
    assert [(f.name, f.column, f.amount) for f in found] == [
        ("某某资金", "合计", Decimal("3.00")),
        ("某某资金", "非财政拨款小计", Decimal("3.00")),
        ("某某资金", "非财政拨款项目支出", Decimal("3.00")),
    ]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["※", "※", "1", "2", "3"], True),
        (["1", "2", "3"], True),
        (["1"], False),
        (["2", "3"], False),
        (["※", "1"], True),
    ],
)
def test_a_row_of_column_numbers_is_not_a_row_of_figures(texts: list[str], expected: bool) -> None:
    assert is_numbering(texts) is expected


@pytest.mark.parametrize(
    ("codes", "name", "expected"),
    [
        (["206", "05", "99"], "其他科技条件与服务支出", ("2060599", "其他科技条件与服务支出")),
        (["206", "", ""], "科学技术支出", ("206", "科学技术支出")),
        (["2060599", "", ""], "其他", ("2060599", "其他")),
        ([], "206 科学技术支出", ("206", "科学技术支出")),
        (["总计", "", ""], "", (None, "合计")),
        (["", "", ""], "收 入 总 计", (None, "合计")),
        ([], "2024年某项目", (None, "2024年某项目")),
    ],
)
def test_a_row_is_called_by_its_code_and_name(codes: list[str], name: str, expected: tuple[str | None, str]) -> None:
    found = label(codes, name)
    assert (found.code, found.name) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("一、本年收入", "本年收入"),
        ("1. 一般公共预算拨款", "一般公共预算拨款"),
        ("其中：一般财力", "一般财力"),
        ("总 计", "合计"),
    ],
)
def test_numbers_and_of_which_are_not_part_of_a_name(printed: str, expected: str) -> None:
    assert bare(printed) == expected


def test_a_row_without_number_stands_under_the_last_row_with_one() -> None:
    above: tuple[str, ...] = ()
    paths = []
    for printed in ("一、甲", "1.乙", "其中：丙", "丁", "2、戊", "二、己", "总计"):
        path, above = chain(above, printed)
        paths.append("/".join(path))
    assert paths == ["甲", "甲/乙", "甲/乙/丙", "甲/乙/丁", "甲/戊", "己", "合计"]
