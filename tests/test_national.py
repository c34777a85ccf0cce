"""The tables of the form that the Ministry of Finance gives to departments, which most provinces print."""

from dataclasses import replace
from decimal import Decimal

import pytest
from test_table_variants import figures, merged_table, read

from extract.document import Document, Line, Table
from extract.outline import outline
from extract.performance.facts import performance
from extract.tables.budget_tables import read_tables
from ontology.facts import Finding, KpiFact, KpiTableFact


def test_revenue_by_source_of_the_national_form() -> None:
    assert figures(
        "部门收入总表",
        """
        科目编码|科目名称|合计|上年结转|一般公共预算拨款收入|政府性基金预算拨款收入|国有资本经营预算拨款收入|事业收入|<|事业单位经营收入|上级补助收入|附属单位上缴收入|其他收入|使用非财政拨款结余
        ^|^|^|^|^|^|^|金额|其中：教育收费|^|^|^|^|^
        201|一般公共服务支出|900.00|50.00|750.00|||100.00||||||
        2010101|行政运行|900.00|50.00|750.00|||100.00||||||
        |合计|900.00|50.00|750.00|||100.00||||||
        """,
    )[:4] == [
        ("201", "一般公共服务支出", "总计", "900.00"),
        ("201", "一般公共服务支出", "上年结转结余", "50.00"),
        ("201", "一般公共服务支出", "一般公共预算", "750.00"),
        ("201", "一般公共服务支出", "事业收入", "100.00"),
    ]


def test_expenditure_of_the_national_form() -> None:
    assert figures(
        "部门支出总表",
        """
        科目编码|科目名称|合计|基本支出|项目支出|上缴上级支出|事业单位经营支出|对附属单位补助支出
        206|科学技术支出|12.00|4.00|5.00|1.00|2.00|
        |合计|12.00|4.00|5.00|1.00|2.00|
        """,
    )[3:5] == [
        ("206", "科学技术支出", "上缴上级支出", "1.00"),
        ("206", "科学技术支出", "经营支出", "2.00"),
    ]


BESIDE_LAST_YEAR = """
    功能分类科目|<|2024年执行数|2025年预算数|<|<|2025年预算数比2024年执行数|<
    科目编码|科目名称|^|小计|基本支出|项目支出|增减额|增减%
    201|一般公共服务支出|850.00|800.00|500.00|300.00|-50.00|-5.88
    |合计|850.00|800.00|500.00|300.00|-50.00|-5.88
"""


def test_the_figures_of_the_year_before_are_not_taken_for_those_of_the_budget() -> None:
    assert [each[2:] for each in figures("一般公共预算支出表", BESIDE_LAST_YEAR)[:3]] == [
        ("合计", "800.00"),
        ("基本支出", "500.00"),
        ("项目支出", "300.00"),
    ]


def test_headings_stay_as_printed_where_years_are_told_apart() -> None:
    cells, _ = read("一般公共预算支出表", BESIDE_LAST_YEAR)
    assert [cell.column_title for cell in cells[:2]] == ["2025年预算数/小计", "2025年预算数/基本支出"]


def test_costs_of_receptions_cars_and_travel_of_two_years() -> None:
    printed = """
        2024年预算数|<|<|<|<|<|2025年预算数|<|<|<|<|<
        合计|因公出国（境）费|公务用车购置及运行费|<|<|公务接待费|合计|因公出国（境）费|公务用车购置及运行费|<|<|公务接待费
        ^|^|小计|公务用车购置费|公务用车运行费|^|^|^|小计|公务用车购置费|公务用车运行费|^
        10.00|2.00|5.00||5.00|3.00|9.00|2.00|4.00||4.00|3.00
    """
    assert figures("一般公共预算“三公”经费支出表", printed) == [
        (None, "合计", "合计", "9.00"),
        (None, "因公出国（境）费", "合计", "2.00"),
        (None, "公务用车购置及运行费", "合计", "4.00"),
        (None, "公务用车运行费", "合计", "4.00"),
        (None, "公务接待费", "合计", "3.00"),
    ]


def test_both_sides_of_the_national_overview_add_up() -> None:
    printed = """
        收入|<|支出|<
        项目|预算数|项目|预算数
        一、一般公共预算拨款收入|1,000.00|一、一般公共服务支出|900.00
        二、事业收入|100.00|二、社会保障和就业支出|250.00
        三、其他收入|50.00|三、住房保障支出|50.00
        本年收入合计|1,150.00|本年支出合计|1,200.00
        使用非财政拨款结余||结转下年|
        上年结转|50.00||
        收入总计|1,200.00|支出总计|1,200.00
    """
    found = figures("部门收支总表", printed)
    assert (None, "上年结转", "预算数", "50.00") in found
    assert found[-1] == (None, "合计", "预算数", "1200.00")


def test_a_subtotal_and_carry_over_without_a_number_stand_under_no_numbered_row() -> None:
    printed = """
        收入|<|支出|<
        项目|预算数|项目|预算数
        一、一般公共预算拨款收入|1,000.00|一、一般公共服务支出|1,075.00
        二、其他收入|25.00||
        本年收入合计|1,025.00|本年支出合计|1,075.00
        上年结转结余|50.00|年终结转结余|
        收入总计|1,075.00|支出总计|1,075.00
    """
    cells, findings = read("收支总表", printed)
    assert findings == []
    assert [cell.path for cell in cells if cell.side == "收入"] == [
        ("一般公共预算拨款收入",), ("其他收入",), ("本年收入合计",), ("上年结转结余",), ("合计",),
    ]  # fmt: skip


def test_economic_subjects_below_kinds_of_expenditure_are_not_added_to_them() -> None:
    printed = """
        收入|<|支出|<
        项目|预算数|项目|预算数
        一、预算拨款|150.00|一、基本支出|100.00
        ||工资福利支出|100.00
        ||二、项目支出|50.00
        本年收入合计|150.00|本年支出合计|150.00
        收入总计|150.00|支出总计|150.00
    """
    assert read("收支总体情况表", printed)[1] == []


def test_two_rows_of_headings_are_read_where_the_upper_one_leaves_columns_not_told_apart() -> None:
    printed = """
        科目编码|科目名称|合计|基本支出|<|<|项目支出
        ^|^|^|小计|人员支出|日常公用支出|^
        2070104|图书馆|412.30|286.30|212.10|74.20|126.00
    """
    assert [column for _, _, column, _ in figures("部门支出预算总表", printed)] == [
        "合计", "基本支出", "基本支出人员经费", "基本支出公用经费", "项目支出",
    ]  # fmt: skip


def test_projects_are_paid_by_funds_of_the_year_and_by_what_is_carried_over() -> None:
    printed = """
        单位名称|项目名称|功能科目|合计|财政拨款|<|<|事业收入
        ^|^|^|^|一般公共预算当年拨款|政府性基金预算当年拨款|上年结转|^
        |合计||110.00|70.00|20.00|15.00|5.00
        某馆|开放经费|2070205博物馆|95.00|70.00|20.00||5.00
        某馆|修缮经费|2070204文物保护|15.00|||15.00|
    """
    assert figures("部门项目支出预算表", printed)[-1] == ("2070204", "文物保护", "上年结转结余", "15.00")
    assert [column for _, _, column, _ in figures("部门项目支出预算表", printed)][:5] == [
        "合计", "一般公共预算", "政府性基金预算", "上年结转结余", "事业收入",
    ]  # fmt: skip


def test_what_is_carried_over_stands_beside_the_parts_of_its_total() -> None:
    printed = """
        科目编码|科目名称|2025年预算数|<|<|<
        ^|^|合计|基本支出|项目支出|其中：上年结转
        2130313|水文测报|1340.20|914.70|425.50|40.00
    """
    assert [(column, amount) for _, _, column, amount in figures("一般公共预算支出表", printed)] == [
        ("合计", "1340.20"), ("基本支出", "914.70"), ("项目支出", "425.50"), ("上年结转结余", "40.00"),
    ]  # fmt: skip
    funds = """
        项目名称|合计|一般公共预算|财政拨款上年结转
        水文测报能力提升项目|425.50|385.50|40.00
    """
    columns = [column for _, _, column, _ in figures("部门项目支出预算表", funds)]
    assert columns == ["合计", "一般公共预算", "上年结转结余"]


def test_the_income_of_the_year_from_appropriations_stands_under_no_fund() -> None:
    printed = """
        收入|<|支出|<|<|<|<
        项目|预算数|项目|合计|一般公共预算|政府性基金预算|国有资本经营预算
        一、一般公共预算拨款|80.00|一、教育支出|90.00|90.00|0.00|0.00
        二、政府性基金预算拨款|10.00|||||
        三、国有资本经营预算拨款|0.00|||||
        本年收入合计|90.00|本年支出合计|90.00|90.00|0.00|0.00
        上年结转|5.00|结转下年|5.00|5.00|0.00|0.00
        收入总计|95.00|支出总计|95.00|95.00|0.00|0.00
    """
    cells, findings = read("财政拨款收支总体情况表", printed)
    assert findings == []
    assert [cell.path for cell in cells if cell.side == "收入"][3:] == [("本年收入合计",), ("上年结转",), ("合计",)]


@pytest.mark.parametrize("title", ["部门收支总表", "财政拨款收支总表"])
def test_what_is_carried_over_alone_is_not_the_total_where_no_income_of_the_year_is_added_up(title: str) -> None:
    printed = """
        收入|<|支出|<
        项目|预算数|项目|预算数
        一、一般公共预算拨款收入|90.00|一、教育支出|100.00
        二、上年结转|10.00||
        收入总计|100.00|支出总计|100.00
    """
    assert read(title, printed)[1] == []


OF_BODIES = """
    部门（单位）代码|部门（单位）名称|合计|本年收入|<|<|<|上年结转结余|<|<
    ^|^|^|小计|一般公共预算|政府性基金预算|其他收入|小计|一般公共预算|单位资金
    |合计|178.00|160.00|100.00|40.00|20.00|18.00|17.00|1.00
    201001|某局（本级）|178.00|160.00|100.00|40.00|20.00|18.00|17.00|{carried}
"""


def test_funds_of_this_year_and_of_the_carry_over_are_told_apart_by_what_stands_over_them() -> None:
    assert figures("收入总表", OF_BODIES.format(carried="1.00"))[:8] == [
        (None, "合计", "总计", "178.00"),
        (None, "合计", "本年收入小计", "160.00"),
        (None, "合计", "一般公共预算", "100.00"),
        (None, "合计", "政府性基金预算", "40.00"),
        (None, "合计", "其他收入", "20.00"),
        (None, "合计", "上年结转结余", "18.00"),
        (None, "合计", "结转一般公共预算", "17.00"),
        (None, "合计", "结转单位资金", "1.00"),
    ]


def test_a_carry_over_that_is_not_the_sum_of_its_funds_is_told() -> None:
    _, findings = read("收入总表", OF_BODIES.format(carried="7.00"))
    assert [words for words in findings if "上年结转结余: 18.00" in words]


def test_the_total_of_the_three_public_expenses_may_say_whose_it_is() -> None:
    printed = """
        “三公”经费合计|因公出国（境）费用|公务用车购置及运行费|<|<|公务接待费
        ^|^|小计|公务用车购置费|公务用车运行费|^
        7.30|0.00|4.80|0.00|4.80|2.50
    """
    assert figures("一般公共预算“三公”经费支出表", printed)[0] == (None, "合计", "合计", "7.30")


def test_appropriations_of_the_national_form() -> None:
    printed = """
        收入|<|支出|<|<|<|<
        项目|预算数|项目|合计|一般公共预算|政府性基金预算|国有资本经营预算
        一、本年收入|1,000.00|一、本年支出|1,050.00|1,050.00||
        （一）一般公共预算拨款|1,000.00|（一）一般公共服务支出|800.00|800.00||
        （二）政府性基金预算拨款||（二）社会保障和就业支出|250.00|250.00||
        二、上年结转|50.00|二、结转下年||||
        （一）一般公共预算拨款|50.00|||||
        收入总计|1,050.00|支出总计|1,050.00|1,050.00||
    """
    assert (None, "社会保障和就业支出", "一般公共预算", "250.00") in figures("财政拨款收支总表", printed)


@pytest.mark.parametrize("title", ["一般公共预算支出表", "部门支出总表", "政府性基金预算支出表"])
def test_a_word_under_an_unknown_heading_is_never_taken_for_a_column(title: str) -> None:
    cells, findings = read(
        title,
        """
        科目编码|科目名称|合计|本年拨款|<|上年结转|<
        ^|^|^|基本支出|项目支出|基本支出|项目支出
        206|科学技术支出|12.00|4.00|5.00|1.00|2.00
        """,
    )
    assert [(cell.column, str(cell.amount)) for cell in cells] == [("合计", "12.00")]
    assert findings


def test_rows_shifted_from_under_their_headings_are_not_read() -> None:
    printed = """
        科目编码|科目名称|合计|基本支出|项目支出||
        某局|206|科学技术支出|12.00|4.00|8.00|
        某局|20601|科学技术管理事务|12.00|4.00|8.00|
        某局|2060101|行政运行|12.00|4.00|8.00|
    """
    cells, findings = read("部门支出总表", printed)
    assert cells == []
    assert any("do not fit under the headings" in finding for finding in findings)


def test_columns_of_codes_and_names_are_told_by_what_they_hold() -> None:
    printed = """
        编号|内容|合计|基本支出|项目支出
        206|科学技术支出|12.00|4.00|8.00
        20601|科学技术管理事务|12.00|4.00|8.00
    """
    blocks = (Line("某局2024年部门预算"), Line("部门支出总表"), Line("单位：万元"), merged_table(printed))
    document = Document("a.pdf", "0" * 64, blocks)
    (table,) = read_tables(document, outline(document))
    assert [(cell.code, cell.name) for cell in table.cells[::3]] == [
        ("206", "科学技术支出"),
        ("20601", "科学技术管理事务"),
    ]


Said = tuple[str, str | None, str | None, str | None]


def indicators(printed: str, *more: Table) -> tuple[list[KpiTableFact], list[Said]]:
    """The form and its indicators; nothing may be found amiss."""
    lines = (Line("某局2025年部门预算"), Line("项目支出绩效目标表"), Line("（2025年度）"))
    document = Document("a.pdf", "0" * 64, (*lines, merged_table(printed), *more))
    found = list(performance(document, outline(document)))
    assert not [fact.message for fact in found if isinstance(fact, Finding)]
    kpis = [fact for fact in found if isinstance(fact, KpiFact)]
    said: list[Said] = [(kpi.level3, kpi.op, str(kpi.value) if kpi.value else None, kpi.unit) for kpi in kpis]
    return [fact for fact in found if isinstance(fact, KpiTableFact)], said


def test_the_performance_form_of_the_ministries() -> None:
    forms, said = indicators(
        """
        项目名称|科普专项|<|<|<|<
        主管部门及代码|[173]某某部|<|<|实施单位|某某中心
        项目资金（万元）|年度资金总额：|<|100.00|执行率分值（10）|<
        ^|其中：财政拨款|<|90.00|^|<
        ^|上年结转资金|<|8.00|^|<
        ^|其他资金|<|2.00|^|<
        总体目标|开展科普活动，提升公众科学素质。|<|<|<|<
        绩效指标|一级指标|二级指标|三级指标|指标值|分值权重（90）
        ^|产出指标|数量指标|举办活动次数|≥5次|40
        ^|^|质量指标|活动完成率|≥95%|30
        ^|效益指标|社会效益指标|公众科学素质|有效提升|20
        """
    )
    (form,) = forms
    assert (form.project, form.total, form.fiscal, form.other, form.unit_printed) == (
        "科普专项",
        Decimal("100.00"),
        Decimal("90.00"),
        Decimal("2.00"),
        "某某中心",
    )
    assert said == [
        ("举办活动次数", ">=", "5", "次"),
        ("活动完成率", ">=", "95", "%"),
        ("公众科学素质", None, None, None),
    ]


def test_a_target_in_three_columns_is_one_target() -> None:
    _, said = indicators(
        """
        项目名称|科普专项|<|<|<|<|<
        一级指标|二级指标|三级指标|指标性质|指标值|计量单位|权重
        产出指标|数量指标|举办活动次数|≥|5|次|50
        ^|质量指标|活动完成率|＝|100|%|40
        效益指标|社会效益指标|公众科学素质|＝|效果明显|—|10
        """
    )
    assert said == [
        ("举办活动次数", ">=", "5", "次"), ("活动完成率", "=", "100", "%"), ("公众科学素质", None, None, None),
    ]  # fmt: skip


SEVERAL_YEARS = """
    项目名称|文物修缮|<|<|<|<|<
    项目当年预算（万元）|23.00|<|<|<|<|<
    年度绩效目标|修缮文物3处。|<|<|<|<|<
    年度绩效目标表|<|<|<|<|<|<
    一级指标|二级指标|三级指标|指标值|<|<|指标值确定依据
    ^|^|^|前年|上年|预期当年实现|^
    成本指标|经济成本指标|修缮成本|15万元|15万元|≤18万元|计划标准
    ^|^|监理成本|3万元|5万元|≤5万元|计划标准
"""


def second_page(printed: str) -> Table:
    table = merged_table(printed)
    return replace(table, page=2, cells=tuple(replace(cell, page=2) for cell in table.cells))


@pytest.mark.parametrize("basis", ["计划标准", "行业标准"])
def test_the_target_of_a_form_with_several_years_is_that_of_its_own_year(basis: str) -> None:
    over = second_page(f"""
        产出指标|数量指标|修缮数量|2处|2处|3处|{basis}
        满意度指标|服务对象满意度指标|群众满意度|90%|91%|≥92%|{basis}
    """)
    (form,), said = indicators(SEVERAL_YEARS, over)
    assert form.goal == "修缮文物3处。"
    assert said == [
        ("修缮成本", "<=", "18", "万元"), ("监理成本", "<=", "5", "万元"),
        ("修缮数量", None, "3", "处"), ("群众满意度", ">=", "92", "%"),
    ]  # fmt: skip


def test_a_form_may_print_its_years_beside_its_levels() -> None:
    heading = """
        一级指标|二级指标|三级指标|上年实际值|本年目标值|指标值确定依据
        产出指标|数量指标|举办活动次数|4场|≥5场|部门职能
    """
    assert indicators("项目名称|科普专项|<|<|<|<" + heading)[1] == [("举办活动次数", ">=", "5", "场")]


WHOLE_WITH_TASKS = """
    部门名称|某局|<|<
    年度预算资金（万元）|资金总额|80.00|<
    ^|其中：基本支出|50.00|<
    ^|项目支出|30.00|<
    总体绩效目标|办班20次。|<|<
    年度重点工作任务|任务名称|主要实施内容|拟投入资金
    ^|培训|办班|20.00
    ^|宣传|印刷|10.00
    ^|合计|<|30.00
    一级指标|二级指标|三级指标|指标值
    产出指标|数量指标|办班次数|≥20次
    效益指标|社会效益|参训人数|≥90人
    """


def forms_under(title: str, *blocks: Line | Table) -> list[KpiTableFact]:
    document = Document("a.pdf", "0" * 64, (Line("某局2025年部门预算"), Line(title), *blocks))
    return [fact for fact in performance(document, outline(document)) if isinstance(fact, KpiTableFact)]


def test_the_total_of_a_whole_form_is_its_own_and_not_that_of_its_tasks() -> None:
    (form,) = forms_under("部门整体绩效目标表", merged_table(WHOLE_WITH_TASKS))
    assert (form.scope, form.total, form.goal, form.unit_printed) == ("整体", Decimal("80.00"), "办班20次。", "某局")
    unknown = WHOLE_WITH_TASKS.replace("资金总额|80.00", "全部|80.00")
    assert [form.total for form in forms_under("部门整体绩效目标表", merged_table(unknown))] == [None]


OF_PROJECT = """
    项目名称|乙经费|<|<
    项目资金|年度资金总额|20.00|<
    ^|其中：政府性基金预算|20.00|<
    年度绩效目标|办班20次。|<|<
    一级指标|二级指标|三级指标|指标值
    产出指标|数量指标|办班次数|≥20次
    """


@pytest.mark.parametrize(
    ("title", "projects"),
    [
        ("重点项目绩效目标表", [None, "乙经费"]),  # its own section
        ("表14-1", [None, "乙经费"]),  # no title: the head tells
        ("重点工作情况表", [None]),  # not known what it is
    ],
)
def test_a_form_below_a_further_title_is_none_of_the_title_above(title: str, projects: list[str | None]) -> None:
    blocks = (merged_table(WHOLE_WITH_TASKS), Line(title), Line("（2025年度） 单位：万元"), merged_table(OF_PROJECT))
    forms = forms_under("部门整体绩效目标表", *blocks)
    assert [form.project for form in forms] == projects
    assert {form.scope for form in forms[1:]} <= {"项目"}


def test_the_budget_of_a_project_is_the_total_of_its_form() -> None:
    printed = OF_PROJECT.replace("项目资金|年度资金总额|20.00|<", "项目预算金额|20.00|项目年度|2025年")
    (form,), said = indicators(printed.replace("    ^|其中：政府性基金预算|20.00|<\n", ""))
    assert (form.total, form.project, said) == (Decimal("20.00"), "乙经费", [("办班次数", ">=", "20", "次")])


def test_the_goal_of_the_year_counts_where_several_years_have_theirs() -> None:
    several = """总体绩效目标|办好班。|<|<
    一、部门年度目标|<|<|<
    财政年度|目标|<|实际完成情况
    2024|办班20次。|<|办班18次。
    2025|多办班。|<|---
    二、部门年度重点工作任务|<|<|<"""
    printed = WHOLE_WITH_TASKS.replace("总体绩效目标|办班20次。|<|<", several)
    assert [form.goal for form in forms_under("部门整体绩效目标表", merged_table(printed))] == ["办班20次。"]


def test_a_fund_table_of_receipts_and_expenditure_has_what_was_taken_in_beside_what_is_spent() -> None:
    assert figures(
        "2025年部门政府性基金预算收支预算表",
        """
        科目编码|科目名称|政府性基金预算收入|政府性基金预算支出|<|<
        ^|^|^|合计|基本支出|项目支出
        208|社会保障和就业支出|180.00|170.00||170.00
        |合计|180.00|170.00||170.00
        """,
    )[:3] == [
        ("208", "社会保障和就业支出", "本年收入", "180.00"),
        ("208", "社会保障和就业支出", "合计", "170.00"),
        ("208", "社会保障和就业支出", "项目支出", "170.00"),
    ]


def test_projects_have_their_money_under_where_it_comes_from() -> None:
    assert figures(
        "2025年项目支出预算总表",
        """
        项目名称|功能科目编码|功能科目名称|合计|资金来源|<|<
        ^|^|^|^|一般公共预算|政府性基金预算|其他资金
        河道清淤|2130306|水利工程运行与维护|148.00|140.00||8.00
        合计|||148.00|140.00||8.00
        """,
    )[:3] == [
        ("2130306", "水利工程运行与维护", "合计", "148.00"),
        ("2130306", "水利工程运行与维护", "一般公共预算", "140.00"),
        ("2130306", "水利工程运行与维护", "其他资金", "8.00"),
    ]


def test_procurement_is_divided_into_goods_works_and_services() -> None:
    assert figures(
        "2025年单位政府采购预算表",
        """
        单位名称|项目名称|采购内容|采购类别|采购预算|<|<|<
        ^|^|^|^|合计|货物|工程|服务
        |合计|||54.60|8.60|46.00|
        某站|河道清淤|清淤施工|工程|46.00||46.00|
        某局|工作经费|办公设备|货物|8.60|8.60||
        """,
    )[-2:] == [
        (None, "办公设备", "合计", "8.60"),
        (None, "办公设备", "货物", "8.60"),
    ]


def test_overseas_travel_vehicles_and_receptions_are_known_where_the_budget_stands_behind_them() -> None:
    assert figures(
        "2025年“三公”经费一般公共预算财政拨款支出预算表",
        """
        项目|2024年预算数|2025年预算数|增减额|增减比例|备注
        合计|6.00|5.00|-1.00|-16.67%|
        二、公务接待费|6.00|5.00|-1.00|-16.67%|
        """,
    )[:2] == [(None, "合计", "合计", "5.00"), (None, "公务接待费", "合计", "5.00")]


def test_the_subtotal_of_a_body_is_no_project() -> None:
    cells, _ = read(
        "项目支出预算总表",
        """
        单位名称|项目名称|功能科目编码|功能科目名称|合计
        某站|小计|||148.00
        某站|河道清淤|2130306|水利工程运行与维护|148.00
        |合计|||148.00
        """,
    )
    assert [cell.project for cell in cells] == [None, "河道清淤", None]
