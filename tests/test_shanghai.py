"""Disclosures of Shanghai and final accounts: their outline, tables, performance forms and explanations."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from extract.document import Document, Table
from extract.narrative.absences import absences
from extract.narrative.changes import changes
from extract.narrative.document_fact import document_fact
from extract.narrative.projects import projects
from extract.outline import outline
from extract.performance.facts import performance
from extract.plain_text import read_text
from extract.readers import read
from extract.tables.budget_tables import TableFact, budget_tables
from extract.tables.lists_of_bodies import members
from kg.additive import finest_cells
from kg.rows import Row
from ontology.facts import (
    CellFact,
    ChangeFact,
    Fact,
    Finding,
    KpiFact,
    KpiTableFact,
    NilFact,
    ProjectFact,
    Source,
)

BUDGETS = {2023: "23年预算", 2024: "24年预算", 2025: "25年预算"}
FINAL_ACCOUNTS = "2024年度部门决算"


def read_lines(*lines: str) -> Document:
    return read_text(Path("a.txt"), "\n".join(lines).encode())


def headings(document: Document) -> list[tuple[str, str | None, str]]:
    return [(section.kind, section.key, section.label) for section in outline(document)[1:]]


def figures(*lines: str) -> list[tuple[str | None, str, str | None, str]]:
    found = list(of_tables(*lines))
    assert not [fact.message for fact in found if isinstance(fact, Finding) and fact.severity != "info"]
    return [(f.code, f.name, f.column, str(f.amount)) for f in found if isinstance(f, CellFact)]


def of_tables(*lines: str) -> Iterator[TableFact]:
    document = read_lines(*lines)
    return budget_tables(document, outline(document))


# ---- outline


def test_the_contents_end_where_their_first_entry_is_printed_again() -> None:
    document = read_lines(
        "上海市某区2023年区级部门预算",
        "目  录",
        "一、部门主要职能 ………………………………………… 3",
        "二、部门预算表 …………………………………………",
        "1. 2023年部门收入预算总表 ………………………",
        "某街道办事处（部门）主要职能",
        "某街道办事处是派出机关。",
        "2023年部门收入预算总表",
    )
    assert headings(document) == [
        ("contents", "contents", "目录"),
        ("section", "duties", "某街道办事处（部门）主要职能"),
        ("table", "revenue", "2023年部门收入预算总表"),
    ]


@pytest.mark.parametrize(
    ("title", "table"),
    [
        ("2023年部门财务收支预算总表", "revenue_expenditure_overview"),
        ("2026年单位收入预算总表", "revenue"),
        ("2026年预算单位支出预算总表", "expenditure"),
        ("预算主管部门财务收支预算总表", "revenue_expenditure_overview"),
        ("部门支出预算总表", "expenditure"),
        ("2024年区级部门财政拨款收支预算总表", "fiscal_appropriation_overview"),
        ("2023年部门一般公共预算支出功能分类预算表", "general_budget_expenditure"),
        ("2023年部门政府性基金预算支出功能分类预算表", "government_fund"),
        ("2023年部门国有资本经营预算支出功能分类预算表", "state_capital"),
        ("2023年部门一般公共预算基本支出部门预算经济分类预算表", "general_budget_basic"),
        ("部门“三公”经费和机关运行经费预算表", "three_public"),
        ("收入支出决算总表", "revenue_expenditure_overview"),
        ("某局2022年度财政拨款收入支出决算总表", "fiscal_appropriation_overview"),
        ("收入决算表", "revenue"),
        ("支出决算表", "expenditure"),
        ("一般公共预算财政拨款支出决算表", "general_budget_expenditure"),
        ("一般公共预算财政拨款基本支出决算表", "general_budget_basic"),
        ("财政拨款“三公”经费支出决算表", "three_public"),
        ("政府性基金预算财政拨款收入支出决算表", "government_fund"),
        ("国有资本经营预算财政拨款支出决算表", "state_capital"),
    ],
)
def test_a_table_is_known_by_its_title(title: str, table: str) -> None:
    assert headings(read_lines("某区2023年部门预算", title))[-1] == ("table", table, title)


@pytest.mark.parametrize(
    "before", ["费增加。", "注：本部门2023年无政府性基金预算财政拨款安排的预算，故本表为空表。", "八、绩效目标"]
)
def test_a_line_of_words_before_a_title_is_no_part_of_it(before: str) -> None:
    document = read_lines("封面", before, "2023年部门收入预算总表")
    assert headings(document) == [("table", "revenue", "2023年部门收入预算总表")]


def test_a_number_on_a_line_of_its_own_is_part_of_the_title() -> None:
    document = read_lines("封面", "表 2", "部门收入总体情况表")
    assert headings(document) == [("table", "revenue", "表2部门收入总体情况表")]


def test_a_title_in_the_first_row_of_a_table_heads_a_section_with_the_table_in_it() -> None:
    document = read_lines("项目经费情况说明", "\t财政项目支出绩效目标填报表\t", "项目名称\t修路\t项目性质")
    part, form = outline(document)[1:]
    assert (part.key, form.kind, form.key, form.title) == (
        "project_funds",
        "form",
        "项目",
        "财政项目支出绩效目标填报表",
    )
    assert [type(block) for block in form.blocks] == [Table]
    assert [line.text.strip() for line in form.heading] == ["财政项目支出绩效目标填报表"]


def test_a_title_printed_over_a_table_and_again_in_it_is_one_heading() -> None:
    document = read_lines("封面", "项目支出绩效目标表", "\t项目支出绩效目标表\t", "项目名称\t修路\t项目性质")
    assert [kind for kind, _, _ in headings(document)] == ["form"]


def test_sections_numbered_alike_are_not_one_under_the_other() -> None:
    document = read_lines(
        "封面",
        "一、2023年“三公”经费预算情况说明",
        "三、政府采购情况",
        "十、其他重要事项情况说明",
        "（一）政府采购支出情况",
    )
    assert [label for _, _, label in headings(document)] == [
        "一、2023年“三公”经费预算情况说明",
        "三、政府采购情况",
        "十、其他重要事项情况说明",
        "十（一）政府采购支出情况",
    ]


# ---- tables


def test_a_class_or_item_of_one_digit_has_lost_its_zero() -> None:
    lines = (
        "封面",
        "2024年部门一般公共预算基本支出部门预算经济分类预算表",
        "单位：元",
        "项目\t\t\t一般公共预算基本支出\t\t",
        "部门预算经济分类科目编码\t\t经济分类科目名称\t合计\t人员经费\t公用经费",
        "类\t款\t\t\t\t",
        "301\t2\t津贴补贴\t16,623,810\t16,623,810\t0",
    )
    assert figures(*lines) == [
        ("30102", "津贴补贴", "合计", "16623810"),
        ("30102", "津贴补贴", "人员经费", "16623810"),
        ("30102", "津贴补贴", "公用经费", "0"),
    ]
    notes = [fact for fact in of_tables(*lines) if isinstance(fact, Finding)]
    assert [(note.severity, note.message.rpartition(": ")[2]) for note in notes] == [
        ("info", "the code '301 2' is read as 30102")
    ]


def test_columns_that_name_items_give_rows() -> None:
    assert figures(
        "封面",
        "2024年部门“三公”经费和机关运行经费预算表",
        "编制部门：某街道办事处 单位:万元",
        "2024年“三公”经费预算数\t\t\t\t\t\t2024年机关运行经费预算数",
        "合计\t因公出国(境)费\t公务接待费\t公务用车购置及运行费\t\t\t",
        "\t\t\t小计\t购置费\t运行费\t",
        "47.91\t0\t1.35\t46.56\t25\t21.56\t443.18",
    ) == [
        (None, "合计", "合计", "47.91"),
        (None, "因公出国（境）费", "合计", "0"),
        (None, "公务接待费", "合计", "1.35"),
        (None, "公务用车购置及运行费", "合计", "46.56"),
        (None, "公务用车购置费", "合计", "25"),
        (None, "公务用车运行费", "合计", "21.56"),
        (None, "机关运行经费", "合计", "443.18"),
    ]


def test_two_halves_printed_side_by_side_are_read_one_after_the_other() -> None:
    found = figures(
        "封面",
        "一般公共预算财政拨款基本支出决算表",
        "单位：万元",
        "类\t款\t科目名称\t决算数\t类\t款\t科目名称\t决算数",
        "301\t\t工资福利支出\t2,082.85\t302\t\t商品和服务支出\t171.07",
        "303\t\t对个人和家庭的补助\t69.41\t310\t\t资本性支出\t13.58",
        "303\t02\t退休费\t69.41\t\t\t\t",
        "人员经费合计\t\t\t2,152.26\t公用经费合计\t\t\t184.65",
    )
    assert sorted(found, key=lambda each: (each[0] or "", each[1])) == [
        (None, "人员经费合计", "合计", "2152.26"),
        (None, "公用经费合计", "合计", "184.65"),
        ("301", "工资福利支出", "合计", "2082.85"),
        ("302", "商品和服务支出", "合计", "171.07"),
        ("303", "对个人和家庭的补助", "合计", "69.41"),
        ("30302", "退休费", "合计", "69.41"),
        ("310", "资本性支出", "合计", "13.58"),
    ]


def test_the_total_may_stand_in_the_row_of_the_lowest_headings() -> None:
    assert figures(
        "封面",
        "支出决算表",
        "单位：万元",
        "科目编码\t科目编码\t科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出",
        "类\t款\t项\t合计\t2,940.05\t2,336.91\t603.14",
        "201\t06\t01\t行政运行\t2,940.05\t2,336.91\t603.14",
    )[:4] == [
        (None, "合计", "合计", "2940.05"),
        (None, "合计", "基本支出", "2336.91"),
        (None, "合计", "项目支出", "603.14"),
        ("2010601", "行政运行", "合计", "2940.05"),
    ]


def test_numbered_rows_stand_under_the_opening_row_above_them() -> None:
    found = of_tables(
        "封面",
        "财政拨款收入支出决算总表",
        "单位：万元",
        "收入\t\t支出\t",
        "项目\t决算数\t项目\t合计",
        "一、一般公共预算财政拨款\t2,940.05\t一、一般公共服务支出\t2,940.05",
        "本年收入合计\t2,940.05\t本年支出合计\t2,940.05",
        "年初财政拨款结转和结余\t21.63\t年末财政拨款结转和结余\t21.63",
        "一、一般公共预算财政拨款\t21.63\t\t",
        "总计\t2,961.68\t总计\t2,961.68",
    )
    assert [(f.path, str(f.amount)) for f in found if isinstance(f, CellFact) and f.side == "收入"] == [
        (("一般公共预算财政拨款",), "2940.05"),
        (("本年收入合计",), "2940.05"),
        (("年初财政拨款结转和结余",), "21.63"),
        (("年初财政拨款结转和结余", "一般公共预算财政拨款"), "21.63"),
        (("合计",), "2961.68"),
    ]


def test_columns_that_cannot_be_told_apart_are_a_finding_and_not_read() -> None:
    found = list(
        of_tables(
            "封面",
            "收入决算表",
            "单位：万元",
            "科目编码\t科目名称\t本年收入合计\t其他收入\t其他收入",
            "20106\t财政事务\t10.00\t6.00\t4.00",
        )
    )
    assert [f.column for f in found if isinstance(f, CellFact)] == ["总计"]
    assert any("columns 4 and 5: not told apart" in f.message for f in found if isinstance(f, Finding))


# ---- the disclosures themselves


def disclosure(shared: Path, name: str) -> Path:
    return next((shared / "corpus" / "shanghai").glob(f"*{name}.pdf"))


def cells_of(shared: Path, name: str) -> list[CellFact]:
    document = read(disclosure(shared, name))
    return [fact for fact in budget_tables(document, outline(document)) if isinstance(fact, CellFact)]


@pytest.mark.parametrize("year", BUDGETS)
def test_every_table_of_a_budget_is_read(shared: Path, year: int) -> None:
    printed = {
        "revenue_expenditure_overview",
        "revenue",
        "expenditure",
        "fiscal_appropriation_overview",
        "general_budget_expenditure",
        "general_budget_basic",
        "three_public",
    }
    assert {cell.table for cell in cells_of(shared, BUDGETS[year])} == printed


def test_every_table_of_a_final_account_is_read(shared: Path) -> None:
    assert {cell.table for cell in cells_of(shared, FINAL_ACCOUNTS)} == {
        "revenue_expenditure_overview",
        "revenue",
        "expenditure",
        "fiscal_appropriation_overview",
        "general_budget_expenditure",
        "general_budget_basic",
        "three_public",
    }


# ---- performance forms


FORM = (
    "项目经费情况说明",
    "\t财政项目支出绩效目标填报表\t",
    "\t（2023年度）\t",
    "项目名称\t修路\t项目性质\t经常性项目\t项目类别\t特定目标类",
    "主管部门\t某街道办事处\t实施单位\t某街道城运中心\t\t",
    "项目负责人\t张三\t联系电话\t13800000000\t\t",
    "计划开始日期\t2023-01-01\t计划完成日期\t2023-12-31\t\t",
    "项目资金（元）\t项目资金总额\t9,000.00\t年度资金申请总额\t4,100.50\t",
    "\t其中：财政资金\t8,000.00\t其中：当年财政拨款\t4,000.00\t",
    "\t\t\t上年结转资金\t100.00\t",
    "\t其他资金\t1,000.00\t其他资金\t0.50\t",
    "项目绩效目标\t项目总目标\t\t年度总体目标\t\t",
    "\t修好全部道路\t\t修好一条道路\t\t",
    "\t一级指标\t二级指标\t三级指标\t年度(/项目)指标值\t",
    "绩效指标\t产出指标\t成本指标\t道路长度\t≥13459.00(米)\t",
    "\t\t\t路灯数\t90.00(度)\t",
    "\t效益指标\t社会效益指标\t改善度\t改善度不低于80%\t",
    "\t满意度指标\t服务对象满意度指标\t居民满意度\t有效提升\t",
)


def ruled(*lines: str) -> Document:
    """The lines as a reader of PDFs gives them: the spans of cells known."""
    document = read_lines(*lines)
    blocks = (replace(block, spans_known=True) if isinstance(block, Table) else block for block in document.blocks)
    return replace(document, blocks=tuple(blocks))


def of_form(*lines: str) -> list[Fact]:
    document = ruled(*lines)
    return list(performance(document, outline(document)))


def test_the_head_of_a_form_has_the_money_of_the_year_and_the_goal_printed_below_its_label() -> None:
    (head,) = (fact for fact in of_form(*FORM) if isinstance(fact, KpiTableFact))
    assert (head.project, head.unit_printed, head.goal) == ("修路", "某街道城运中心", "修好一条道路")
    assert (head.unit, head.total, head.fiscal, head.other) == (
        "元",
        Decimal("4100.50"),
        Decimal("4000.00"),
        Decimal("0.50"),
    )


def test_the_head_of_a_form_has_the_money_of_all_years_the_department_and_the_planned_dates() -> None:
    (head,) = (fact for fact in of_form(*FORM) if isinstance(fact, KpiTableFact))
    money = (head.whole, head.whole_fiscal, head.whole_other, head.carried)
    assert money == tuple(map(Decimal, ("9000", "8000", "1000", "100")))
    assert (head.supervisor, head.begins, head.ends) == ("某街道办事处", "2023-01-01", "2023-12-31")


def test_a_date_that_is_none_is_left_out() -> None:
    (head,) = (
        fact
        for fact in of_form(*(line.replace("2023-01-01", "年初") for line in FORM))
        if isinstance(fact, KpiTableFact)
    )
    assert (head.begins, head.ends) == (None, "2023-12-31")


def test_a_goal_of_several_years_is_not_that_of_the_year() -> None:
    found = of_form(*(line.replace("项目总目标", "项目总体目标(2023 年-2025 年)") for line in FORM))
    assert [fact.goal for fact in found if isinstance(fact, KpiTableFact)] == ["修好一条道路"]
    assert not [fact.message for fact in found if isinstance(fact, Finding)]


def test_a_form_without_weights_gives_one_indicator_a_ruled_row() -> None:
    found = [fact for fact in of_form(*FORM) if isinstance(fact, KpiFact)]
    assert [(kpi.level1, kpi.level2, kpi.level3, kpi.op, kpi.value, kpi.unit, kpi.raw) for kpi in found] == [
        ("产出指标", "成本指标", "道路长度", ">=", Decimal("13459.00"), "米", "≥13459.00(米)"),
        ("产出指标", "成本指标", "路灯数", None, Decimal("90.00"), "度", "90.00(度)"),
        ("效益指标", "社会效益指标", "改善度", ">=", Decimal(80), "%", "改善度不低于80%"),
        ("满意度指标", "服务对象满意度指标", "居民满意度", None, None, None, "有效提升"),
    ]


def test_nothing_is_left_of_a_form_that_is_understood_and_no_person_in_it() -> None:
    found = of_form(*FORM)
    assert not [fact.message for fact in found if isinstance(fact, Finding)]
    assert "张三" not in repr(found)
    assert "13800000000" not in repr(found)


def test_money_that_does_not_add_up_is_a_finding() -> None:
    found = of_form(*(line.replace("4,000.00", "5,000.00") for line in FORM))
    assert [fact.message for fact in found if isinstance(fact, Finding)] == [
        "the parts of the budget of 4100.50 add up to 5100.50"
    ]


@pytest.mark.parametrize(
    "printed", ["慰问人数不少于100人,宣传用品不少于20000份", "15个居民区全覆盖", "按照3号文件开展", "1至3次"]
)
def test_digits_inside_a_sentence_are_no_target(printed: str) -> None:
    found = of_form(*(line.replace("≥13459.00(米)", printed) for line in FORM))
    first = next(fact for fact in found if isinstance(fact, KpiFact))
    assert (first.op, first.value, first.unit, first.raw) == (None, None, None, printed)
    assert len([fact for fact in found if isinstance(fact, Finding)]) == 1


@pytest.mark.parametrize(
    ("printed", "op", "value", "unit"),
    [
        ("开展至少1次团体心理治疗", ">=", "1", "次"),
        ("至少1次矫正人员的集中活动", ">=", "1", "次"),
        ("不低于50人次的个体心理咨询辅导", ">=", "50", "人次"),
        ("开展不低于5次的社区法治宣传活动", ">=", "5", "次"),
        ("可控性100%", None, "100", "%"),
        ("满意率100%", None, "100", "%"),
    ],
)
def test_the_one_number_that_a_sentence_compares_is_the_target(printed: str, op: str, value: str, unit: str) -> None:
    found = of_form(*(line.replace("≥13459.00(米)", printed) for line in FORM))
    first = next(fact for fact in found if isinstance(fact, KpiFact))
    assert (first.op, str(first.value), first.unit, first.raw) == (op, value, unit, printed)
    assert not [fact for fact in found if isinstance(fact, Finding)]


def test_the_forms_of_a_budget_are_read(shared: Path) -> None:
    document = read(disclosure(shared, BUDGETS[2023]))
    found = list(performance(document, outline(document)))
    assert [head.unit for head in found if isinstance(head, KpiTableFact)] == ["元"] * 5
    assert len([fact for fact in found if isinstance(fact, KpiFact)]) == 65


def test_the_budget_beside_an_executed_amount_is_never_added_to_it() -> None:
    budgeted, executed = (
        CellFact(
            source=Source("a.pdf", ""),
            table="three_public",
            name="公务接待费",
            amount=Decimal(amount),
            unit="万元",
            column=column,
        )
        for column, amount in (("预算数", "0.95"), ("决算数", "0.50"))
    )
    row = Row("three_public", None, None, "公务接待费", None, None, (budgeted, executed))
    assert row.total is executed
    assert finest_cells(row) == [executed]


# ---- the explanation


def changes_of(*lines: str) -> list[ChangeFact]:
    return [fact for fact in explained(*lines) if isinstance(fact, ChangeFact)]


def explained(*lines: str) -> list[ChangeFact | Finding]:
    document = read_lines("封面", *lines)
    return list(changes(document, outline(document)))


ITEM = (
    "2023年部门预算编制说明",
    "1. “一般公共服务支出（类）统计信息事务（款）统计管理（项）”2.63万元，主要用于统计管理。2022年当年预算执行数为1.48",
    "万元，2023年预算安排2.63万元，比2022年预算执行数增加77.70 %。主要原因是：统计管理经费增加。",
    "2. “公共安全支出（类）司法（款）公共法律服务（项）”15.00万元，主要用于公共法律服务。2022年当年预算执行数为15.00万",
    "元，2023年预算安排15.00万元，比2022年预算执行数持平。主要原因是：公共法律服务经费保持不变。",
)


def test_a_subject_is_compared_after_its_use_and_the_figures_of_both_years() -> None:
    assert [(c.subject, c.code_path, c.amount, c.direction, c.percent, c.reason) for c in changes_of(*ITEM)] == [
        (
            "统计管理",
            ("一般公共服务支出", "统计信息事务", "统计管理"),
            Decimal("2.63"),
            "增加",
            Decimal("77.70"),
            "统计管理经费增加",
        ),
        (
            "公共法律服务",
            ("公共安全支出", "司法", "公共法律服务"),
            Decimal("15.00"),
            "持平",
            None,
            "公共法律服务经费保持不变",
        ),
    ]


def test_an_amount_printed_twice_and_differently_is_a_finding() -> None:
    found = explained(*(line.replace("安排2.63", "安排4.41") for line in ITEM))
    assert [fact.message for fact in found if isinstance(fact, Finding)] == [
        "2023年部门预算编制说明: 统计管理: its amount is printed as 2.63 and as 4.41"
    ]
    assert next(fact.amount for fact in found if isinstance(fact, ChangeFact)) == Decimal("2.63")


TOTALS = (
    "部门预算编制说明",
    "2023年，某街道办事处收入预算16497.86万元，其中：财政拨款收入16497.86万元，比2022年（上一年度，",
    "下同）预算增加1421.25万元；事业收入0万元。",
    "支出预算16497.86万元，其中：财政拨款支出预算16497.86万元，比2022年预算增加1421.25万元。财政拨款支出预算中，政",
    "府性基金拨款支出预算0万元，比2022年预算增加1421.25万元。",
    "财政拨款收入支出增加的主要原因是项目调整。",
)


def test_a_reason_in_a_sentence_of_its_own_is_that_of_the_subjects_it_names() -> None:
    assert [(c.subject, c.amount, c.delta, c.reason) for c in changes_of(*TOTALS)] == [
        ("财政拨款收入", Decimal("16497.86"), Decimal("1421.25"), "项目调整"),
        ("财政拨款支出预算", Decimal("16497.86"), Decimal("1421.25"), "项目调整"),
        ("政府性基金拨款支出预算", Decimal(0), Decimal("1421.25"), None),
    ]


def test_an_amount_that_grew_by_more_than_it_is_is_a_finding() -> None:
    (finding,) = (fact for fact in explained(*TOTALS) if isinstance(fact, Finding))
    assert finding.message.endswith("政府性基金拨款支出预算: an amount of 0 cannot have grown by 1421.25")


def test_a_final_account_names_its_subject_again_after_the_year() -> None:
    assert [
        (c.section, c.subject, c.amount, c.share, c.direction, c.delta, c.percent)
        for c in changes_of(
            "五、一般公共预算财政拨款支出决算情况说明",
            "（一）一般公共预算财政拨款支出决算总体情况",
            "一般公共预算财政拨款支出2940.05万元，占本年支出合计的100.00%。与2023年",
            "度相比，一般公共预算财政拨款支出减少63.14万元，下降2.10%。主要原因：人员进出。",
        )
    ] == [
        (
            "五（一）一般公共预算财政拨款支出决算总体情况",
            "一般公共预算财政拨款支出",
            Decimal("2940.05"),
            Decimal("100.00"),
            "减少",
            Decimal("63.14"),
            Decimal("2.10"),
        )
    ]


def test_a_final_account_may_have_two_totals_in_one_sentence() -> None:
    (change,) = changes_of(
        "一、收入支出决算总体情况说明",
        "某局2022年度收入总计、支出总计均为12,345.67万元。与2021年度相比，收、支总计各增加1,000.00万元，增长8.81%。",
    )
    assert (change.subject, change.amount, change.delta) == ("收入总计、支出总计", Decimal("12345.67"), Decimal(1000))


@pytest.mark.parametrize(
    ("printed", "name", "count"),
    [
        ("单价50万元（含）以上通用设备1台（套），", "通用设备50万元以上", "1"),
        ("单价50万元以上通用设备2台/套；", "通用设备50万元以上", "2"),
        ("单价50万元（含）以上的设备10台（套）。", "设备50万元以上", "10"),
        ("单价100万元（含）以上的专用设备3台（套）。", "专用设备100万元以上", "3"),
    ],
)
def test_large_equipment_is_counted_by_kind_and_price(printed: str, name: str, count: str) -> None:
    bought = "预算安排购置单价50万元（含）以上通用设备9台（套）。"
    document = read_lines("某局2024年部门预算", "五、国有资产占有使用情况", f"共有车辆5辆。{printed}{bought}")
    assert (document_fact(document, outline(document)).assets or {})[name] == count


def test_the_lines_of_a_final_accounts_travel_vehicles_and_receptions_have_their_executed_amounts() -> None:
    assert [
        (c.subject, c.amount, c.direction)
        for c in changes_of(
            "七、财政拨款“三公”经费支出决算情况说明",
            "“三公”经费财政拨款支出年初预算为0.95万元，支出决算为0.10万元，完成预算的10%，其中：公务接待费决算为0.10万",
            "元，完成预算的10%。2024年度“三公”经费财政拨款支出决算数与2023年度持平。 其中：公务接待费支出决算持平。",
        )
    ] == [("“三公”经费", Decimal("0.10"), "持平"), ("公务接待费", Decimal("0.10"), "持平")]


def test_a_comparison_with_the_budget_is_no_comparison_with_last_year() -> None:
    (finding,) = explained(
        "（三）一般公共预算财政拨款支出决算具体情况",
        "1、一般公共服务支出（类）财政事务（款）行政运行（项）。主要用于：人员经费。年初预算为1560.05万元，支出决算为",
        "1511.89万元。决算数小于预算数的主要原因：人员进出。",
    )
    assert isinstance(finding, Finding)
    assert (finding.severity, finding.message.partition(": ")[2]) == (
        "info",
        "not a fact of ours: comparison with the budget of the same year (1 times)",
    )


def test_a_use_that_is_not_compared_with_last_year_is_no_fact() -> None:
    (finding,) = explained(
        "部门预算编制说明",
        "1. “公共安全支出（类）司法（款）公共法律服务（项）”科目30.00万元，主要用于公共法律服务。",
        "2. “教育支出（类）其他教育支出（款）其他教育支出（项）”科目25.00万元，主要用于其他教育支出。",
    )
    assert isinstance(finding, Finding)
    assert finding.severity == "info"
    assert "(2 times)" in finding.message


# ---- silences


def silences(*lines: str) -> list[NilFact | Finding]:
    document = read_lines("封面", *lines)
    return list(absences(document, outline(document)))


EMPTY = (
    "2023年部门政府性基金预算支出功能分类预算表",
    "单位：元",
    "类\t款\t项\t功能分类科目名称\t合计",
    "\t\t\t合计\t",
    "注：本部门2023年无政府性基金预算财政拨款安排的预算，故本表为空表。",
)


@pytest.mark.parametrize("note", ["故本表为空表", "故本表无数据"])
def test_a_table_that_is_said_to_be_empty_is_declared_nil(note: str) -> None:
    (nil,) = silences(*(line.replace("故本表为空表", note) for line in EMPTY))
    assert isinstance(nil, NilFact)
    assert (nil.kind, nil.subject) == ("declared_nil", "government_fund")
    assert note in nil.source.text


def test_a_table_that_is_said_to_be_empty_and_is_not_is_a_finding() -> None:
    (finding,) = silences(*(line.replace("\t合计\t", "\t合计\t25") for line in EMPTY))
    assert isinstance(finding, Finding)
    assert "is said to be empty and is not" in finding.message


def test_a_table_that_is_said_to_be_empty_may_print_noughts() -> None:
    (nil,) = silences(*(line.replace("\t合计\t", "\t合计\t0.00") for line in EMPTY))
    assert isinstance(nil, NilFact)


def test_a_section_that_says_there_is_nothing_declares_its_table_nil() -> None:
    (nil,) = silences(
        "八、政府性基金预算财政拨款收入支出决算情况说明", "某局2024年度无政府性基金预算财政拨款收入和支出。"
    )
    assert isinstance(nil, NilFact)
    assert nil.subject == "government_fund"


# ---- the document itself


def test_the_figures_of_the_text_are_those_of_the_document(shared: Path) -> None:
    document = read(disclosure(shared, BUDGETS[2024]))
    fact = document_fact(document, outline(document))
    assert (fact.agency, fact.year, fact.phase, fact.level, fact.division, fact.unit) == (
        "上海市普陀区人民政府万里街道办事处",
        2024,
        "预算",
        "部门",
        "普陀区",
        "元",
    )
    assert fact.procurement == {
        "合计": "1662.44",
        "货物": "93.98",
        "工程": "815.87",
        "服务": "752.59",
        "面向中小企业预留": "664.98",
        "小微企业预留": "465.49",
    }
    assert fact.assets is not None
    assert {name: fact.assets[name] for name in ("车辆数", "其他用车数", "购置车辆数", "设备100万元以上")} == {
        "车辆数": "7",
        "其他用车数": "7",
        "购置车辆数": "1",
        "设备100万元以上": "0",
    }


def test_a_final_account_is_told_by_its_cover(shared: Path) -> None:
    document = read(disclosure(shared, FINAL_ACCOUNTS))
    fact = document_fact(document, outline(document))
    assert (fact.agency, fact.year, fact.phase, fact.level, fact.unit) == (
        "上海市普陀区财政局",
        2024,
        "决算",
        "部门",
        "万元",
    )
    assert fact.procurement is not None
    assert (fact.procurement["合计"], fact.procurement["服务"]) == ("251.25", "246.47")


def test_a_note_of_the_template_behind_a_heading_is_no_other_heading() -> None:
    lines = (
        "封面",
        "一、主要职能",
        "贯彻法规。",
        "二、部门决算单位构成（仅有一个单位的部门，本部分内容为“机",
        "构设置”）",
        "包括一家。",
    )
    document = read_lines(*lines)
    assert headings(document)[1:] == [
        ("section", "organisation", "二、部门决算单位构成（仅有一个单位的部门，本部分内容为“机构设置”）")
    ]
    assert len(headings(read_lines(*lines[:3], "部门决算单位构成（本局和三家单位的有关情况见下文）"))) == 1


def test_the_bodies_of_a_list_are_members_and_any_other_table_without_title_is_a_finding() -> None:
    lines = ("封面", "二、部门决算单位构成", "序号\t单位名称\t备注", "1\t某局（本级）\t", "2\t某馆\t2025年设立")
    document = read_lines(*lines)
    found = list(members(document, outline(document)))
    assert [(fact.name, fact.note, fact.source.row) for fact in found] == [
        ("某局（本级）", None, 2),
        ("某馆", "2025年设立", 3),
    ]
    assert not list(of_tables(*lines))
    assert len(list(of_tables(*(line.replace("备注", "金额") for line in lines)))) == 1


# ---- 项目经费情况说明


ACCOUNT = (
    "项目经费情况说明",
    "一、项目概况",
    "由某街道办事处建设的某街道服务中心新建工程，位于某路口。",
    "二、立项依据",
    "根据普发改投【2017】89号文《关于某街道服务中心新建工程可行性研究报告的批复》进行建设。",
    "三、实施主体",
    "某街道办事处。",
    "四、实施方案",
    "方案包括：1、形体方正；2、立项依据充分。",
    "五、实施周期",
    "第一季度审价；第二季度审价；第三季度审计；第四季度审计。",
    "六、年度预算安排",
    "第一季度用款计划25.88万元，第二季度用款计划180.74万元，第三季度用款计划186.60万元，第四季度用款计划16.78万元。",
    "七、绩效目标",
    "建成后使用。",
)


def accounts_of(*lines: str) -> list[ProjectFact | NilFact | Finding]:
    document = read_lines("封面", *lines)
    return list(projects(document, outline(document)))


def test_a_project_described_under_headings_is_named_by_its_overview_and_costs_the_sum_of_its_quarters() -> None:
    (project,) = accounts_of(*ACCOUNT)
    assert isinstance(project, ProjectFact)
    assert (project.name, project.amount, project.unit, project.grade) == (
        "某街道服务中心新建工程",
        Decimal("410.00"),
        "万元",
        "derived",
    )
    assert (project.unit_in_charge, project.docs) == ("某街道办事处。", ("普发改投〔2017〕89号",))
    assert project.period == "第一季度审价；第二季度审价；第三季度审计；第四季度审计。"


def test_a_name_over_the_account_and_a_printed_amount_are_stated() -> None:
    lines = [line.replace("第一季度用款计划25.88万元，", "本年预算安排410万元，") for line in ACCOUNT]
    second = [*lines[1:]]
    found = accounts_of(lines[0], "（一）修路项目", *lines[1:], "（二）造桥项目", *second)
    assert [(p.name, p.amount, p.grade) for p in found if isinstance(p, ProjectFact)] == [
        ("修路项目", Decimal(410), "stated"),
        ("造桥项目", Decimal(410), "stated"),
    ]


NAMELESS = tuple(line.replace("某街道服务中心新建工程", "本工程") for line in ACCOUNT[1:])


@pytest.mark.parametrize(
    "heading",
    [
        ("某路改造工程项目经费情况说明",),
        ("某路改造工程项目经", "费情况说明"),
        ("某路改造工程", "项目经费情况说明"),
        ("2026年某路改造工程项目经费情况的说明",),
    ],
)
def test_a_heading_may_name_the_project_that_its_part_describes(heading: tuple[str, ...]) -> None:
    document = read_lines("封面", "注：无。", *heading, *NAMELESS, "建成某路改造工程。")
    part = outline(document)[1]
    assert (part.key, part.title) == ("project_funds", "".join(heading))
    (project,) = projects(document, outline(document))
    assert isinstance(project, ProjectFact)
    assert (project.name, project.how) == ("某路改造工程", "the amount is the sum of the four quarters")


def test_a_name_in_a_heading_that_the_account_does_not_have_is_none() -> None:
    (finding,) = accounts_of("某局项目经费情况说明", *NAMELESS)
    assert isinstance(finding, Finding)


@pytest.mark.parametrize("words", ["详见项目经费情况说明", "一、某局的，项目经费情况说明"])
def test_words_that_speak_of_the_part_are_no_heading_of_it(words: str) -> None:
    assert "project_funds" not in [key for _, key, _ in headings(read_lines("封面", words))]


@pytest.mark.parametrize(
    ("forms", "name"), [(["建成后"], "建成后"), (["另一项目"], None), (["建成后", "使用"], None), ([None], None)]
)
def test_an_account_without_a_name_is_that_of_the_only_form_whose_name_it_has(
    forms: list[str | None], name: str | None
) -> None:
    document = read_lines("封面", ACCOUNT[0], *NAMELESS)
    (found,) = projects(document, outline(document), forms)
    assert (found.name if isinstance(found, ProjectFact) else None) == name


def test_a_project_that_is_not_named_beyond_doubt_is_a_finding() -> None:
    (finding,) = accounts_of(*(line.replace("《关于某街道服务中心新建工程", "《关于") for line in ACCOUNT))
    assert isinstance(finding, Finding)
    assert "not named beyond doubt" in finding.message


def test_quarters_that_are_not_all_printed_give_no_amount() -> None:
    (project,) = accounts_of(*(line.replace("第四季度用款计划", "其余用款") for line in ACCOUNT))
    assert isinstance(project, ProjectFact)
    assert project.amount is None


def test_a_subject_of_class_alone_goes_by_its_name() -> None:
    (change,) = changes_of(
        "部门预算编制说明",
        "1. “一般公共服务支出”科目100.00万元，主要用于统计，比2022年预算增加10.00万元，主要原因是项目调整。",
    )
    assert (change.subject, change.amount, change.delta) == ("一般公共服务支出", Decimal("100.00"), Decimal("10.00"))


def test_budget_and_executed_amounts_may_stand_over_the_items_as_well_as_under_them() -> None:
    assert figures(
        "封面",
        "一般公共预算财政拨款“三公”经费支出决算表",
        "单位：万元",
        "预算数\t\t\t决算数\t\t",
        "合计\t因公出国（境）费\t公务接待费\t合计\t因公出国（境）费\t公务接待费",
        "0.95\t0.00\t0.95\t0.50\t0.00\t0.50",
    ) == [
        (None, "合计", "预算数", "0.95"),
        (None, "因公出国（境）费", "预算数", "0.00"),
        (None, "公务接待费", "预算数", "0.95"),
        (None, "合计", "决算数", "0.50"),
        (None, "因公出国（境）费", "决算数", "0.00"),
        (None, "公务接待费", "决算数", "0.50"),
    ]
