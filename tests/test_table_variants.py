"""Tables of the known forms as other bodies print them: columns left out, added or merged, other titles and units."""

import pytest

from extract.document import Cell, Document, Line, Table
from extract.outline import outline
from extract.performance.facts import performance
from extract.tables.budget_tables import read_tables, unread_tables
from extract.tables.checks import sums_that_fail
from extract.titles import numbered_title
from ontology.facts import CellFact, Finding, KpiFact, KpiTableFact

Figure = tuple[str | None, str, str | None, str]


def merged_table(printed: str) -> Table:
    """A table of cells parted by `|`; `<` belongs to the cell on its left, `^` to the one above."""
    rows = [[cell.strip() for cell in line.split("|")] for line in printed.strip().splitlines()]
    cells = [
        Cell(
            at, column, text, _reach([row[column] for row in rows[at + 1 :]], "^"), _reach(rows[at][column + 1 :], "<")
        )
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
        if text not in ("<", "^")
    ]
    return Table(tuple(cells), page=1)


def _reach(texts: list[str], sign: str) -> int:
    return next((size for size, text in enumerate(texts) if text != sign), len(texts)) + 1


def read(title: str, printed: str, unit: str = "万元") -> tuple[list[CellFact], list[str]]:
    """The figures of one table, and every finding, that on sums included."""
    blocks = Line("某局2024年部门预算"), Line(title), Line(f"单位：{unit}"), merged_table(printed)
    document = Document("a.pdf", "0" * 64, blocks)
    (table,) = read_tables(document, outline(document))
    fails = sums_that_fail([table.cells], table.family or "", table.untotalled)
    return list(table.cells), [fact.message for fact in (*table.facts, *fails) if isinstance(fact, Finding)]


def figures(title: str, printed: str, unit: str = "万元") -> list[Figure]:
    cells, findings = read(title, printed, unit)
    assert findings == []
    assert {cell.unit for cell in cells} == {unit}
    return [(cell.code, cell.name, cell.column, str(cell.amount)) for cell in cells]


@pytest.mark.parametrize(
    ("title", "table"),
    [
        ("表九 “三公”经费、会议费、培训费支出预算表", "three_public"),
        ("公开表12：政府采购预算表", "government_procurement"),
        ("附表1：收支预算总表", "revenue_expenditure_overview"),
        ("部门收支预算总表（公开01表）", "revenue_expenditure_overview"),
        ("2018年度江苏省某厅收支预算总表", "revenue_expenditure_overview"),
        ("2026年上海市某局单位收入预算总表", "revenue"),
        ("2023年度上海市某街道一般公共预算财政拨款支出决算表", "general_budget_expenditure"),
        ("一般公共预算“三公”经费支出预算表", "three_public"),
        ("国有资本经营预算支出预算表", "state_capital"),
    ],
)
def test_a_number_and_a_body_are_no_part_of_a_title(title: str, table: str) -> None:
    document = Document("a.pdf", "0" * 64, (Line("封面"), Line(title)))
    assert [(section.kind, section.key) for section in outline(document)][-1] == ("table", table)


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("表12 部门项目支出表", ("表12", "部门项目支出表")),
        ("表1 2025年收入总表", ("表1", "2025年收入总表")),
        ("公开03表：支出决算表", ("公开03表", "支出决算表")),
        ("表12025年收入总表", None),
        ("收入总表", None),
        ("表1中的数字", None),
    ],
)
def test_the_number_before_a_title_is_told_where_it_is_certain(printed: str, found: tuple[str, str] | None) -> None:
    assert numbered_title(printed) == found


def test_classes_groups_and_items_may_reach_into_the_row_of_column_numbers_and_that_of_the_total() -> None:
    printed = """
        项目|<|<|<|本年收入合计|财政拨款收入|事业收入|<|其他收入
        功能分类科目编码|<|<|科目名称|^|^|小计|其中：教育收费|^
        类|款|项|栏次|1|2|3|4|5
        ^|^|^|合计|121|100|20|2|1
        2010301|||行政运行|121|100|20|2|1
    """
    columns = ["总计", "财政拨款小计", "事业收入", "教育收费", "其他收入"]
    amounts = ["121", "100", "20", "2", "1"]
    expected = [
        (code, name, *figure)
        for code, name in ((None, "合计"), ("2010301", "行政运行"))
        for figure in zip(columns, amounts, strict=True)
    ]
    assert figures("收入决算表", printed, "元") == expected


def test_headings_of_spending_may_stand_in_the_row_of_the_total() -> None:
    printed = """
    项目 | < | 年初结转和结余 | 本年收入 | 本年支出 | < | < | 年末结转和结余
    功能分类科目编码 | 科目名称 | ^ | ^ | ^ | ^ | ^ | ^
    合计 | | | 105.00 | 合计 | 基本支出 | 项目支出 |
    2219899 | 其他住房保障支出 | | 105.00 | 105.00 | | 105.00 |
    """
    title = "政府性基金预算财政拨款收入支出决算表"
    cells, findings = read(title, printed)
    assert [(cell.code, cell.name, cell.column, str(cell.amount)) for cell in cells] == [
        (None, "合计", "本年收入", "105.00"),
        ("2219899", "其他住房保障支出", "本年收入", "105.00"),
        ("2219899", "其他住房保障支出", "合计", "105.00"),
        ("2219899", "其他住房保障支出", "项目支出", "105.00"),
    ]
    assert not findings
    assert not any(read(title, "\n".join([*printed.replace("105.00", "").splitlines()[:4], " | | | | | | |"])))


def test_a_row_that_calls_every_column_its_amount_is_none_of_figures() -> None:
    assert figures(
        "支出决算表",
        """
        项目 | < | < | < | 本年支出合计 | 基本支出 | 项目支出
        功能分类科目编码 | < | < | 科目名称 | ^ | ^ | ^
         | | | | 决算数 | 决算数 | 决算数
        类 | 款 | 项 | 合计 | 9.00 | 5.00 | 4.00
        """,
    ) == [(None, "合计", "合计", "9.00"), (None, "合计", "基本支出", "5.00"), (None, "合计", "项目支出", "4.00")]


def test_the_sides_of_final_accounts_may_be_headed_by_their_amounts() -> None:
    assert figures(
        "财政拨款收入支出决算总表",
        """
        收入决算数 | < | 支出决算数 | < | <
        项目 | 决算数 | 项目 | 合计 | 一般公共预算财政拨款
        一、一般公共预算财政拨款 | 9.00 | 一、一般公共服务支出 | 9.00 | 9.00
        """,
    ) == [
        (None, "一般公共预算财政拨款", "合计", "9.00"),
        (None, "一般公共服务支出", "合计", "9.00"),
        (None, "一般公共服务支出", "一般公共预算", "9.00"),
    ]


def test_halves_side_by_side_have_headings_of_their_own_and_each_merged_total_is_named_once() -> None:
    printed = """
        人员经费|<|<|公用经费|<|<|<|<|<
        科目代码|科目名称|决算数|科目代码|科目名称|决算数|科目代码|科目名称|决算数
        301|工资福利支出|60.00|302|商品和服务支出|5.00|307|债务利息及费用支出|
        30101|基本工资|60.00|30201|办公费|5.00|310|资本性支出|2.00
        人员经费合计|<|60.00|公用经费合计|<|<|<|<|7.00
    """
    assert figures("一般公共预算财政拨款基本支出决算明细表", printed) == [
        ("301", "工资福利支出", "合计", "60.00"),
        ("30101", "基本工资", "合计", "60.00"),
        (None, "人员经费合计", "合计", "60.00"),
        ("302", "商品和服务支出", "合计", "5.00"),
        ("30201", "办公费", "合计", "5.00"),
        ("310", "资本性支出", "合计", "2.00"),
        (None, "公用经费合计", "合计", "7.00"),
    ]


def test_codes_may_stand_before_the_names_in_one_column_further_in_from_level_to_level() -> None:
    printed = """
        功能分类科目|一般公共预算支出|<|<
        ^|合计|基本支出|项目支出
        201一般公共服务支出|60|50|10
          20103政府办公厅|60|50|10
            2010301行政运行|60|50|10
        合计|60|50|10
    """
    read = figures("2024年部门一般公共预算支出功能分类预算表", printed, "元")
    assert read[::3] == [
        ("201", "一般公共服务支出", "合计", "60"),
        ("20103", "政府办公厅", "合计", "60"),
        ("2010301", "行政运行", "合计", "60"),
        (None, "合计", "合计", "60"),
    ]


def test_carry_overs_and_subtotals_of_the_year_stand_outside_of_the_numbered_sources() -> None:
    printed = """
        本年收入|<|本年支出|<
        项目|预算数|项目|预算数
        一、财政拨款收入|100|一、一般公共服务支出|60
        1.一般公共预算资金|90|二、社会保障和就业支出|50
        2.政府性基金|10||
        二、事业收入|10||
        本年收入合计|110|本年支出合计|110
        上年结转|5|结转下年|5
        收入总计|115|支出总计|115
    """
    cells, findings = read("2026年单位财务收支预算总表", printed, "元")
    assert findings == []
    assert [cell.path for cell in cells if cell.side == "收入"][3:] == [
        ("事业收入",),
        ("本年收入合计",),
        ("上年结转",),
        ("合计",),
    ]


def test_more_sources_of_income_have_columns_of_their_own() -> None:
    printed = """
        项目|<|<|<|收入预算|<|<|<|<|<
        功能分类科目编码|<|<|功能分类科目名称|合计|财政拨款收入|财政专户管理资金收入|事业收入|上级补助收入|上年结转
        类|款|项|^|^|^|^|^|^|^
        201|03|01|行政运行|60|50|1|2|3|4
        合计|<|<|<|60|50|1|2|3|4
    """
    columns = ["总计", "财政拨款小计", "财政专户", "事业收入", "上级补助收入", "上年结转结余"]
    read = figures("2026年部门收入预算总表", printed, "元")
    assert [figure[2] for figure in read[:6]] == columns


@pytest.mark.parametrize(
    "printed",
    [
        """
        “三公”经费合计|因公出国（境）费|公务接待费|公务用车购置及运行费|<|<|机关运行经费
        ^|^|^|小计|购置费|运行费|^
        10|1|2|7|3|4|100
        """,
        """
        2024年“三公”经费预算数|<|<|<|<|<|2024年机关运行经费预算数
        合计|因公出国(境)费|公务接待费|公务用车购置及运行费|<|<|^
        ^|^|^|小计|购置费|运行费|^
        10|1|2|7|3|4|100
        """,
    ],
)
def test_the_lines_of_three_public_are_told_apart_however_their_headings_are_merged(printed: str) -> None:
    assert [(name, amount) for _, name, _, amount in figures("2024年部门“三公”经费和机关运行经费预算表", printed)] == [
        ("合计", "10"),
        ("因公出国（境）费", "1"),
        ("公务接待费", "2"),
        ("公务用车购置及运行费", "7"),
        ("公务用车购置费", "3"),
        ("公务用车运行费", "4"),
        ("机关运行经费", "100"),
    ]


def test_a_column_under_an_unknown_heading_is_a_finding_and_the_others_are_read() -> None:
    printed = """
        科目编码|科目名称|合计|基本支出|项目支出|奖补资金
        2010301|行政运行|60|50|10|7
    """
    cells, findings = read("财政拨款支出预算表", printed)
    assert [cell.column for cell in cells] == ["合计", "基本支出", "项目支出"]
    assert findings == ["财政拨款支出预算表: column 6: the heading '奖补资金' is not known"]


def test_columns_in_another_order_are_known_by_their_headings() -> None:
    printed = """
        科目名称|项目支出|基本支出|合计|科目编码
        行政运行|10|50|60|2010301
    """
    assert figures("财政拨款支出预算表", printed, "亿元") == [
        ("2010301", "行政运行", "项目支出", "10"),
        ("2010301", "行政运行", "基本支出", "50"),
        ("2010301", "行政运行", "合计", "60"),
    ]


def test_headings_printed_again_on_a_later_page_are_no_row() -> None:
    headings = """
        项目|<|<|<|支出预算|<|<
        功能分类科目编码|<|<|功能分类科目名称|合计|基本支出|项目支出
        类|款|项|^|^|^|^"""
    printed = f"""{headings}
        201|03||政府办公厅|60|50|10{headings}
        201|03|01|行政运行|60|50|10
    """
    assert [figure[0] for figure in figures("2024年部门支出预算总表", printed, "元")] == ["20103"] * 3 + ["2010301"] * 3


@pytest.mark.parametrize(
    ("codes", "code", "said"),
    [
        ("7|11|02", "71102", "'7 11 02' is not a code: its 类 has 3 digits"),
        ("7/11/02||", None, "'7/11/02' is not a code"),
        ("210|11|0|", "210110", "'210110' is not a code of 3, 5 or 7 digits"),
    ],
)
def test_a_misprinted_code_is_kept_as_printed_and_told_once_for_its_row(codes: str, code: str, said: str) -> None:
    printed = f"""
        项目|<|<|<|支出预算|<|<
        功能分类科目编码|<|<|功能分类科目名称|合计|基本支出|项目支出
        类|款|项|^|^|^|^
        {codes.rstrip("|")}{"|" * (3 - len(codes.rstrip("|").split("|")))}|事业单位医疗|60|50|10
    """
    cells, findings = read("2024年部门支出预算总表", printed, "元")
    assert [str(cell.amount) for cell in cells] == ["60", "50", "10"]
    assert {cell.code for cell in cells} == {code}
    assert findings == [f"2024年部门支出预算总表: {said}"]


def test_the_unit_may_stand_in_the_first_row_of_the_table_itself() -> None:
    printed = """
        部门：江苏省某厅|<|单位：万元
        项目名称|<|金额
        收入总计|<|110
        一般公共预算资金|小计|110
    """
    blocks = Line("江苏省某厅2018年度部门预算公开"), Line("收入预算总表"), merged_table(printed)
    document = Document("a.pdf", "0" * 64, blocks)
    (table,) = read_tables(document, outline(document))
    assert [(cell.name, cell.unit) for cell in table.cells] == [("合计", "万元"), ("一般公共预算资金小计", "万元")]


def test_a_form_of_the_city_has_the_budget_of_the_year_beside_that_of_all_years() -> None:
    form = merged_table(
        """
        项目名称|社区建设|项目类别|其他一次性项目
        主管部门|某局|实施单位|某所
        项目概况|概况|<|<
        项目设立的必要性|必要|<|<
        项目总预算（元）|200.00|项目当年预算（元）|100.00
        同名项目上年预算额（元）|50.00|同名项目上年预算执行数（元）|49.00
        年度绩效目标|修好道路|<|<
        一级指标|二级指标|三级指标|2024年绩效目标值
        产出指标|数量指标|活动次数|≥12次
        ^|质量指标|合格率|=100%
        """
    )
    blocks = Line("某区2024年部门预算"), Line("财政项目支出绩效目标申报表"), form
    document = Document("a.pdf", "0" * 64, blocks)
    head, *indicators = performance(document, outline(document))
    assert isinstance(head, KpiTableFact)
    assert (head.project, str(head.total), head.unit, head.goal) == ("社区建设", "100.00", "元", "修好道路")
    assert [(k.level1, k.level2, k.op, str(k.value)) for k in indicators if isinstance(k, KpiFact)] == [
        ("产出指标", "数量指标", ">=", "12"),
        ("产出指标", "质量指标", "=", "100"),
    ]
    assert not [fact for fact in indicators if isinstance(fact, Finding)]


@pytest.mark.parametrize("heading", ["指标权重", "权重", "分值", "分值权重", "权重（%）"])
def test_weights_have_a_column_under_any_of_their_names(heading: str) -> None:
    form = merged_table(
        f"""
        项目名称|社区建设|<|<|<
        一级指标|二级指标|三级指标|指标值|{heading}
        产出指标|数量指标|活动次数|≥12次|40
        效益指标|社会效益指标|居民受益|提升|60
        """
    )
    document = Document("a.pdf", "0" * 64, (Line("封面"), Line("项目支出绩效目标表"), form))
    found = list(performance(document, outline(document)))
    assert [str(fact.weight) for fact in found if isinstance(fact, KpiFact)] == ["40", "60"]
    assert not [fact.message for fact in found if isinstance(fact, Finding)]


LEFT_OVER = """
    科目编码|<|<|科目名称|项目名称|项目支出合计|工资福利支出|商品和服务支出|资本性支出（基本建设）|资本性支出
    类|款|项|^|^|^|^|^|^|^
    213|03|35|农村供水|2025年水源地保护项目|72.50||60.00||{capital}
    合计|<|<|<|<|72.50||60.00||{capital}
"""


def test_what_is_carried_over_may_be_printed_as_projects_are() -> None:
    cells, told = read("上年结转结余支出情况表", LEFT_OVER.format(capital="12.50"))
    assert told == []
    assert [(cell.code, cell.project, cell.column, str(cell.amount)) for cell in cells if cell.code] == [
        ("2130335", "2025年水源地保护项目", "合计", "72.50"),
        ("2130335", "2025年水源地保护项目", "商品和服务支出", "60.00"),
        ("2130335", "2025年水源地保护项目", "资本性支出", "12.50"),
    ]
    assert len(read("上年结转结余支出情况表", LEFT_OVER.format(capital="2.50"))[1]) == 2


SUBTOTALLED = """
    收入|<|支出|<
    项目|预算数|功能分类|预算数
    财政拨款（补助）|80.00|205 教育支出|20.00
    一般公共预算|80.00|213 农林水支出|67.00
    小计|80.00|小计|87.00
    单位上年结余（不包括国库集中支付额度结余）||年末结转结余|
    上年结转结余|7.00||
    收入总计|{income}|支出总计|87.00
"""


@pytest.mark.parametrize(("income", "wrong"), [("87.00", 0), ("88.00", 1)])
def test_the_income_of_all_is_its_subtotal_and_what_is_left_of_the_year_before(income: str, wrong: int) -> None:
    assert len(read("单位收支总体情况表", SUBTOTALLED.format(income=income))[1]) == wrong


@pytest.mark.parametrize(("row", "told"), [("※|※|1|2", 0), ("1|办公|2.00|2.00", 1), ("||-|-", 0)])
def test_a_known_table_whose_figures_are_not_read_is_told(row: str, told: int) -> None:
    printed = merged_table(f"甲项|乙项|丙项|丁项\n{row}")
    document = Document("a.pdf", "0" * 64, (Line("某局2024年部门预算"), Line("政府性基金预算支出情况表"), printed))
    tables = list(read_tables(document, outline(document)))
    assert len([*unread_tables(document, tables)]) == told


_OF_UNITS = """
    单位编码|单位名称|合计|因公出国（境）费|公务接待费|公务用车购置及运行维护费|<|<
    ^|^|^|^|^|小计|公务用车运行维护费|公务用车购置费
    |合计|18.00||6.80|11.20|11.20|
    318001|某局本级|10.10||4.50|5.60|5.60|
    318002|某中心|6.90||{}|5.60|5.60|
    318003|某站|1.00||1.00|||
"""


def test_rows_of_units_are_the_units_and_that_of_the_total_the_departments() -> None:
    cells, findings = read("财政拨款“三公”经费支出表", _OF_UNITS.format("1.30"))
    assert findings == []
    assert [(cell.body, str(cell.amount)) for cell in cells if cell.name == "公务接待费"] == [
        (None, "6.80"),
        ("某局本级", "4.50"),
        ("某中心", "1.30"),
        ("某站", "1.00"),
    ]


def test_a_unit_is_held_against_its_own_parts_and_all_units_against_the_total() -> None:
    of_its_parts, of_units = read("财政拨款“三公”经费支出表", _OF_UNITS.format("1.80"))[1]
    assert "合计, 合计: 6.90 is printed" in of_its_parts
    assert of_its_parts.endswith("gives 7.40")
    assert of_units.endswith("公务接待费, 合计: 6.80 is printed, the sum of its units gives 7.30")


def test_the_department_among_its_units_is_no_part_of_the_total() -> None:
    department = "    318|某局|18.00||6.80|11.20|11.20|\n    318001"
    assert read("财政拨款“三公”经费支出表", _OF_UNITS.format("1.30").replace("    318001", department))[1] == []


def test_by_what_rows_are_sorted_is_no_part_of_a_heading_and_totals_stand_under_no_row() -> None:
    printed = """
        收入|<|支出|<
        项目|预算数|项目(按支出功能科目类级)|预算数
        一、财政拨款收入|2|农林水支出|8
        （一）一般公共预算收入|2||
        七、其他收入|5||
        本年收入合计|7|本年支出合计|8
        九、上年结转（结余）|1||
        收入总计|8|支出总计|8
    """
    cells, findings = read("收支预算总表", printed)
    assert findings == []
    assert [cell.path for cell in cells if cell.side == "收入"] == [
        ("财政拨款收入",),
        ("财政拨款收入", "一般公共预算收入"),
        ("其他收入",),
        ("本年收入合计",),
        ("上年结转（结余）",),
        ("合计",),
    ]
    assert [cell.name for cell in cells if cell.side == "支出"] == ["农林水支出", "本年支出合计", "合计"]


def test_money_carried_over_and_the_subtotal_of_appropriations_have_columns_of_revenue() -> None:
    printed = """
        功能分类科目|<|合计|上年结转（结余）|财政拨款收入|<|教育收费资金收入|其他收入
        科目编码|科目名称|^|^|小计|一般公共预算拨款收入|^|^
        |合计|10|1|6|6|2|1
    """
    assert figures("部门收入总表", printed) == [
        (None, "合计", "总计", "10"),
        (None, "合计", "上年结转结余", "1"),
        (None, "合计", "财政拨款小计", "6"),
        (None, "合计", "一般公共预算", "6"),
        (None, "合计", "财政专户", "2"),
        (None, "合计", "其他收入", "1"),
    ]
