"""Figures of the year before that budget tables print beside their own, and tables with a column of bodies."""

import pytest
from test_table_variants import figures, merged_table, read

from extract.document import Document, Line
from extract.outline import outline
from extract.tables.budget_tables import TableFact, read_tables
from ontology.facts import Finding, PriorFact

Prior = tuple[str | None, str, str, str, str | None, str, str | None]


def facts_of(title: str, printed: str) -> tuple[TableFact, ...]:
    blocks = Line("某局2025年部门预算"), Line(title), Line("单位：万元"), merged_table(printed)
    document = Document("a.pdf", "0" * 64, blocks)
    (table,) = read_tables(document, outline(document))
    return table.facts


def prior(title: str, printed: str) -> list[Prior]:
    facts = facts_of(title, printed)
    assert [fact.message for fact in facts if isinstance(fact, Finding)] == []
    return [
        (fact.code, fact.name, fact.column, fact.measure, fact.basis, str(fact.amount), fact.unit)
        for fact in facts
        if isinstance(fact, PriorFact)
    ]


SPENDING = """
    功能分类科目|<|2024年执行数|2025年预算数|<|<|2025年预算数比2024年执行数|<
    科目编码|科目名称|^|小计|基本支出|项目支出|增减额|增减%
    201|一般公共服务支出|850.00|800.00|500.00|300.00|-50.00|-5.88
    204|公共安全支出|||||-|
"""


def test_last_year_and_the_change_from_it_are_facts_of_their_own() -> None:
    assert prior("一般公共预算支出表", SPENDING) == [
        ("201", "一般公共服务支出", "合计", "上年数", "执行数", "850.00", "万元"),
        ("201", "一般公共服务支出", "合计", "增减额", None, "-50.00", "万元"),
        ("201", "一般公共服务支出", "合计", "增减率", None, "-5.88", "%"),
    ]


def test_a_merged_figure_of_last_year_is_told_and_no_fact() -> None:
    merged = SPENDING.replace("204|公共安全支出|||||-|", "204|公共安全支出|7.00|<||||")
    facts = facts_of("一般公共预算支出表", merged)
    assert {fact.code for fact in facts if isinstance(fact, PriorFact)} == {"201"}
    messages = [fact.message for fact in facts if isinstance(fact, Finding)]
    assert any("column 上年数: '7.00' stands under several columns" in message for message in messages)


@pytest.mark.parametrize("kind", ["预算数", "执行数", "决算数"])
def test_last_years_columns_may_be_split_as_this_years_are(kind: str) -> None:
    printed = f"""
        科目编码|科目名称|上年{kind}|<|<|本年预算数|<|<
        ^|^|小计|基本支出|项目支出|小计|基本支出|项目支出
        201|一般公共服务支出|9.00|4.00|5.00|10.00|6.00|4.00
    """
    found = prior("一般公共预算支出表", printed)
    assert [(column, basis, amount) for _, _, column, _, basis, amount, _ in found] == [
        ("合计", kind, "9.00"),
        ("基本支出", kind, "4.00"),
        ("项目支出", kind, "5.00"),
    ]
    assert [figure[2:] for figure in figures("一般公共预算支出表", printed)] == [
        ("合计", "10.00"),
        ("基本支出", "6.00"),
        ("项目支出", "4.00"),
    ]


def test_both_sides_of_an_overview_may_print_last_year() -> None:
    printed = """
        收入|<|<|支出|<|<
        项目|2024年预算数|2025年预算数|项目|2024年预算数|2025年预算数
        一、一般公共预算拨款收入|90.00|100.00|一、一般公共服务支出|90.00|100.00
        收入总计|90.00|100.00|支出总计|90.00|100.00
    """
    assert [(name, column, amount) for _, name, column, _, _, amount, _ in prior("收支预算总表", printed)] == [
        ("一般公共预算拨款收入", "预算数", "90.00"),
        ("合计", "预算数", "90.00"),
        ("一般公共服务支出", "预算数", "90.00"),
        ("合计", "预算数", "90.00"),
    ]


LISTED = """
    项目|2024年预算数|2025年预算数|增减额|增减比例
    合计|5.00|4.00|-1.00|-20%
    1.因公出国（境）费用|0.00|0.00|0.00|0
    2.公务接待费|2.00|1.00|-1.00|-50%
    3.公务用车费|3.00|3.00|0.00|0
    其中：（1）公务用车运行维护费|3.00|3.00|0.00|0
    （2）公务用车购置|0.00|0.00|0.00|0
"""


def test_travel_cars_and_receptions_may_be_listed_row_by_row() -> None:
    assert figures("一般公共预算“三公”经费支出表", LISTED) == [
        (None, "合计", "合计", "4.00"),
        (None, "因公出国（境）费", "合计", "0.00"),
        (None, "公务接待费", "合计", "1.00"),
        (None, "公务用车购置及运行费", "合计", "3.00"),
        (None, "公务用车运行费", "合计", "3.00"),
        (None, "公务用车购置费", "合计", "0.00"),
    ]
    assert prior("一般公共预算“三公”经费支出表", LISTED)[7:9] == [
        (None, "公务接待费", "合计", "增减额", None, "-1.00", "万元"),
        (None, "公务接待费", "合计", "增减率", None, "-50", "%"),
    ]


def test_a_change_that_may_be_an_amount_or_a_rate_is_not_read() -> None:
    facts = facts_of(
        "一般公共预算支出表",
        """
        科目编码|科目名称|上年预算数|本年预算数|比上年增减
        201|一般公共服务支出|9.00|10.00|1.00
        """,
    )
    assert [fact.measure for fact in facts if isinstance(fact, PriorFact)] == ["上年数"]
    assert [fact.message for fact in facts if isinstance(fact, Finding)] == [
        "一般公共预算支出表: column 5: the heading '比上年增减' is not known"
    ]


BY_BODY = """
    单位编码|单位名称|科目编码|科目名称|合计|基本支出|项目支出
    105001|某县某局本级|2010501|行政运行|60.00|60.00|
    ||2010505|专项统计业务|20.00||20.00
    105002|某县普查中心|2010501|行政运行|20.00|20.00|
    |合计|||100.00|80.00|20.00
"""


def test_a_column_of_bodies_says_whose_the_rows_are() -> None:
    cells, findings = read("部门支出总表", BY_BODY)
    assert findings == []
    assert [(cell.body, cell.code, cell.name) for cell in cells if cell.column == "合计"] == [
        ("某县某局本级", "2010501", "行政运行"),
        ("某县某局本级", "2010505", "专项统计业务"),
        ("某县普查中心", "2010501", "行政运行"),
        (None, None, "合计"),
    ]


def test_bodies_name_the_rows_where_no_other_column_does() -> None:
    cells, findings = read(
        "部门收入总表",
        """
        单位编码|单位名称|合计|上年结转|一般公共预算|单位资金
        |合计|100.00|2.00|95.00|3.00
        105001|某县某局本级|60.00|2.00|55.00|3.00
        105002|某县普查中心|40.00||40.00|
        """,
    )
    assert findings == []
    assert [(cell.name, cell.code, cell.body) for cell in cells if cell.column == "总计"] == [
        ("合计", None, None),
        ("某县某局本级", None, None),
        ("某县普查中心", None, None),
    ]


def test_projects_of_all_funds_are_rows_of_their_own() -> None:
    cells, findings = read(
        "项目支出表",
        """
        类型|项目名称|项目单位|合计|本年拨款|<|财政拨款结转结余|<|单位资金
        ^|^|^|^|一般公共预算|政府性基金预算|一般公共预算|政府性基金预算|^
        |合计||40.00|30.00|5.00|5.00||
        特定目标类|统计调查经费|某县某局本级|25.00|20.00|5.00|||
        其他运转类|普查经费|某县普查中心|15.00|10.00||5.00||
        """,
    )
    assert findings == []
    assert [(cell.project, cell.body, cell.column, str(cell.amount)) for cell in cells[-3:]] == [
        ("普查经费", "某县普查中心", "合计", "15.00"),
        ("普查经费", "某县普查中心", "一般公共预算", "10.00"),
        ("普查经费", "某县普查中心", "结转一般公共预算", "5.00"),
    ]
    assert {cell.project for cell in cells if cell.name == "合计"} == {None}


YEARLY = """
    年度|“三公”经费合计|因公出国（境）费|公务用车购置及运行费|<|<|公务接待费
    ^|^|^|小计|公务用车购置费|公务用车运行费|^
    2024年预算数|40.40|0.00|30.00|0.00|30.00|10.40
    2025年预算数|37.60|0.00|28.00|0.00|28.00|9.60
"""


def test_of_rows_of_a_year_each_the_last_is_this_years_and_the_one_before_last_years() -> None:
    found = [(name, basis, amount) for _, name, _, _, basis, amount, _ in prior("一般公共预算“三公”经费支出表", YEARLY)]
    assert found[0] == ("合计", "预算数", "40.40")
    assert found[-1] == ("公务接待费", "预算数", "10.40")
    assert [
        figure[-1] for figure in figures("一般公共预算“三公”经费支出表", YEARLY)
    ] == ["37.60", "0.00", "28.00", "0.00", "28.00", "9.60"]


@pytest.mark.parametrize("other", ["2022年预算数", "2024年"])
def test_a_row_of_an_older_year_or_of_what_is_not_said_is_neither(other: str) -> None:
    printed = YEARLY.replace("2024年预算数", other)
    assert prior("一般公共预算“三公”经费支出表", printed) == []
    assert len(figures("一般公共预算“三公”经费支出表", printed)) == 6


def test_the_only_row_of_a_year_is_this_years() -> None:
    printed = "\n".join(line for line in YEARLY.splitlines() if "2024" not in line)
    assert len(figures("一般公共预算“三公”经费支出表", printed)) == 6
