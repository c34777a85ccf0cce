"""Budget tables that go on over a page break without headings, and in other columns than before."""

from test_table_variants import merged_table

from extract.document import Block, Document, Line
from extract.outline import outline
from extract.tables.budget_tables import read_tables
from ontology.facts import Finding

Figure = tuple[str | None, str, str | None, str]

OVERVIEW = """
收入 | < | 支出 | < | <
项目 | 决算数 | 项目 | 合计 | 一般公共预算财政拨款
一、一般公共预算财政拨款 | 24,535.67 | 一、一般公共服务支出 | |
 | | 七、文化旅游体育与传媒支出 | 17,127.62 | 17,127.62
"""

REVENUE = """
项目 | < | < | < | 本年收入合计 | 财政拨款收入 | 其他收入
功能分类科目编码 | < | < | 科目名称 | ^ | ^ | ^
类 | 款 | 项 | 合计 | 2,200.00 | 2,100.00 | 100.00
211 | < | < | 节能环保支出 | 2,200.00 | 2,100.00 | 100.00
"""


def read(title: str, *parts: str) -> tuple[list[Figure], list[str]]:
    """Code, name, column and amount of every figure of a table in parts, and the findings."""
    blocks: list[Block] = [Line("某局2024年度部门决算"), Line(title), Line("单位：万元"), *map(merged_table, parts)]
    document = Document("a.pdf", "0" * 64, tuple(blocks))
    (table,) = read_tables(document, outline(document))
    figures = [(cell.code, cell.name, cell.column, str(cell.amount)) for cell in table.cells]
    return figures, [fact.message for fact in table.facts if isinstance(fact, Finding)]


def test_a_part_that_begins_with_rows_without_amounts_has_no_headings() -> None:
    more = """
     | | 十六、金融支出 | |
     | | 十九、住房保障支出 | 595.64 | 595.64
    本年收入合计 | 24,535.67 | 本年支出合计 | 17,723.26 | 17,723.26
    """
    figures, findings = read("财政拨款收入支出决算总表", OVERVIEW, more)
    assert not findings
    assert figures[3:] == [
        (None, "本年收入合计", "合计", "24535.67"),
        (None, "住房保障支出", "合计", "595.64"),
        (None, "住房保障支出", "一般公共预算", "595.64"),
        (None, "本年支出合计", "合计", "17723.26"),
        (None, "本年支出合计", "一般公共预算", "17723.26"),
    ]


def test_headings_printed_again_over_a_later_part_are_headings() -> None:
    again = OVERVIEW.replace("24,535.67", "10.00").replace("17,127.62", "20.00")
    figures, findings = read("财政拨款收入支出决算总表", OVERVIEW, again)
    assert not findings
    assert [amount for _, _, _, amount in figures[3:]] == ["10.00", "20.00", "20.00"]


def test_headings_printed_again_in_other_cells_are_the_same_headings() -> None:
    again = """
    项目 | | | | 本年收入合计 | 财政拨款收入 | 其他收入
    功能分类科目编码 | | | 科目名称 | | |
    类 | 款 | 项 | 合计 | 2,200.00 | 2,100.00 | 100.00
    212 | | | 城乡社区支出 | 3.00 | 2.00 | 1.00
    """
    figures, findings = read("收入决算表", REVENUE, again)
    assert not findings
    assert figures[-3:] == [
        ("212", "城乡社区支出", "总计", "3.00"),
        ("212", "城乡社区支出", "财政拨款小计", "2.00"),
        ("212", "城乡社区支出", "其他收入", "1.00"),
    ]


def test_whole_codes_have_one_column_where_nothing_parts_them() -> None:
    more = """
    2110101 | 行政运行 | 1,293.60 | 1,283.70 | 9.90
    2110105 | 环境保护法规、规划及标准 | 7.50 | | 7.50
    """
    figures, findings = read("收入决算表", REVENUE, more)
    assert not findings
    assert figures[6:] == [
        ("2110101", "行政运行", "总计", "1293.60"),
        ("2110101", "行政运行", "财政拨款小计", "1283.70"),
        ("2110101", "行政运行", "其他收入", "9.90"),
        ("2110105", "环境保护法规、规划及标准", "总计", "7.50"),
        ("2110105", "环境保护法规、规划及标准", "其他收入", "7.50"),
    ]


def test_a_part_in_columns_that_nothing_tells_is_not_read() -> None:
    for more in ("2110101 | 行政运行 | 1,293.60 | 1,283.70", "行政运行 | 2110101 | 1,293.60 | 1,283.70 | 9.90"):
        figures, findings = read("收入决算表", REVENUE, more)
        assert len(figures) == 6
        assert findings == ["收入决算表: goes on in other columns than before: none of it is read"]


def test_an_amount_is_no_name_and_no_code() -> None:
    more = "2110101 | 行政运行 | 1,293.60 | 1,283.70 | 9.90 | |"
    figures, findings = read("收入决算表", REVENUE, more)
    assert len(figures) == 6
    assert findings == ["收入决算表: column 总计: '9.90' stands beside '1,293.60', which is no name"]
