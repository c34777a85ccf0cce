"""Self-evaluations (绩效自评表): their money line by line, what was aimed at and what was done → facts and findings."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from drawn_pdf import document as read_drawn
from drawn_pdf import drawn
from kg_documents import ask
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from test_table_variants import merged_table

from extract.document import Document, Line, Table
from extract.outline import outline
from extract.performance.facts import performance
from extract.plain_text import read_text
from extract.recognition import facts as all_facts
from kg.build import build
from kg.store import MEMORY, open_store
from ontology.fact_json import as_json, from_json
from ontology.facts import (
    DocumentFact,
    EvaluationFact,
    EvaluationMoneyFact,
    Fact,
    FigureFact,
    Finding,
    KpiFact,
    KpiTableFact,
    OutcomeFact,
    Source,
)

PERSON, TELEPHONE = "甲某某", "13800000000"
NAMED = "总分 | < | < | < | < | < | 总分值 | 总得分 | 自评等级"
TOTAL = "\n总分 | < | < | < | < | < | 100 | 94.00"
FORM = """
项目名称 | 乙经费 | < | < | < | < | < | < | <
主管部门 | 某县甲局 | < | < | 实施单位 | 某县甲局 | < | < | <
项目资金（万元） | | < | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
^ | 年度资金总额 | < | 80.00 | 75.50 | 60.40 | 10 | 80.00% | 8.00
^ | 其中：当年财政拨款 | < | 70.00 | 65.50 | 50.40 | — | 76.95% | —
^ | 上年结转资金 | < | 10.00 | 10.00 | 10.00 | — | 100.00% | —
年度总体目标 | 预期目标 | < | < | < | 实际完成情况 | < | < | <
^ | 办班20次。 | < | < | < | 办班18次。 | < | < | <
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
^ | 产出指标（50分） | 数量指标 | 办班次数 | ≥20次 | 18次 | 20 | 18 | 下年补办
^ | ^ | 时效指标 | 完成时间 | 2024年12月底前 | 2024年12月10日 | 20 | 20 |
^ | ^ | 成本指标 | 办班成本 | ≤3.00万元/次 | 2.80万元/次 | 10 | 10 |
^ | 效益指标（30分） | 社会效益指标 | 带动就业 | 显著 | 达成预期指标 | 30 | 28 |
^ | 满意度指标（10分） | 满意度指标 | 学员满意度 | ≥95% | 96.5% | 10 | 10 |
总分 | < | < | < | < | < | 100 | 94.00 |
"""
MONEY = [
    ("合计", "年初预算数", "80.00", "万元"),
    ("合计", "全年预算数", "75.50", "万元"),
    ("合计", "全年执行数", "60.40", "万元"),
    ("合计", "分值", "10", "分"),
    ("合计", "执行率", "80.00", "%"),
    ("合计", "得分", "8.00", "分"),
    ("财政拨款", "年初预算数", "70.00", "万元"),
    ("财政拨款", "全年预算数", "65.50", "万元"),
    ("财政拨款", "全年执行数", "50.40", "万元"),
    ("财政拨款", "执行率", "76.95", "%"),
    ("上年结转", "年初预算数", "10.00", "万元"),
    ("上年结转", "全年预算数", "10.00", "万元"),
    ("上年结转", "全年执行数", "10.00", "万元"),
    ("上年结转", "执行率", "100.00", "%"),
]
OUTCOMES = [
    ("产出指标", "数量指标", "办班次数", "≥20次", "18次", "18", "次", None, "20", "18", "下年补办"),
    (
        "产出指标",
        "时效指标",
        "完成时间",
        "2024年12月底前",
        "2024年12月10日",
        None,
        None,
        "2024-12-10",
        "20",
        "20",
        None,
    ),
    ("产出指标", "成本指标", "办班成本", "≤3.00万元/次", "2.80万元/次", "2.80", "万元/次", None, "10", "10", None),
    ("效益指标", "社会效益指标", "带动就业", "显著", "达成预期指标", None, None, None, "30", "28", None),
    ("满意度指标", "满意度指标", "学员满意度", "≥95%", "96.5%", "96.5", "%", None, "10", "10", None),
]
# As other regions print it: a word over the labels of the lines, targets in three columns, remarks below.
OTHER_REGION = """项目名称\t丙经费
主管部门\t某县甲局\t\t实施单位（盖章）\t某县甲局
项目基本情况\t1.项目年度目标完成情况
\t项目年度目标\t\t年度目标完成情况
\t足额发放。\t\t已足额发放。
预算执行情况（10分）\t年度预算数（元）\t年初预算\t调整后预算数\t预算执行数\t预算执行率\t权重\t得分\t原因
\t总额\t238.93\t251.89\t251.89\t100.00%\t10\t10\t
\t其中：财政资金\t238.93\t251.89\t251.89\t100.00%\t/\t/
\t单位资金\t0.00\t0.00\t0.00\t0.00%\t/\t/
绩效指标（90分）\t一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t完成值\t权重\t得分\t未完成原因分析
\t产出指标\t数量指标\t发放覆盖率\t＝\t100\t%\t100\t60\t60\t
\t效益指标\t社会效益指标\t足额保障率\t≥\t95\t%\t98\t30\t30\t
合计\t\t\t\t\t\t\t\t100\t100
存在问题\t无
"""


def document_of(*blocks: Line | Table) -> Document:
    return Document("a.pdf", "0" * 64, (Line("某县甲局2024年度部门决算", page=1), *blocks))


def read(document: Document) -> list[Fact]:
    return list(performance(document, outline(document)))


def form(printed: str = FORM, title: str = "项目支出绩效自评表") -> list[Fact]:
    return read(document_of(Line(title, page=1), Line("（2024年度）", page=1), merged_table(printed)))


def text_form(text: str, title: str = "部门预算项目支出绩效自评表（2024年度）") -> list[Fact]:
    return read(read_text(Path("a.txt"), f"某县甲局2024年度部门决算\n{title}\n{text}".encode()))


def of(facts: list[Fact]) -> tuple[list[EvaluationFact], list[tuple[str, ...]], list[OutcomeFact], list[str]]:
    money = [fact for fact in facts if isinstance(fact, EvaluationMoneyFact)]
    return (
        [fact for fact in facts if isinstance(fact, EvaluationFact)],
        [(fact.line, fact.measure, str(fact.amount), fact.unit or "") for fact in money],
        [fact for fact in facts if isinstance(fact, OutcomeFact)],
        [fact.message for fact in facts if isinstance(fact, Finding) and fact.severity != "info"],
    )


def printed(outcomes: list[OutcomeFact]) -> list[tuple[str | None, ...]]:
    return [
        (
            one.level1, one.level2, one.level3, one.raw, one.actual,
            str(one.actual_value) if one.actual_value is not None else None, one.actual_unit, one.actual_date,
            str(one.weight), str(one.score), one.deviation,
        )
        for one in outcomes
    ]  # fmt: skip


def test_the_national_form_is_read_whole() -> None:
    (head,), money, outcomes, findings = of(form())
    assert findings == []
    assert (head.scope, head.project, head.unit_printed) == ("项目", "乙经费", "某县甲局")
    assert (head.goal, head.outcome) == ("办班20次。", "办班18次。")
    assert (head.weight, head.score) == (Decimal(100), Decimal("94.00"))
    assert money == MONEY
    assert printed(outcomes) == OUTCOMES
    assert (outcomes[0].op, outcomes[0].value, outcomes[0].unit) == (">=", Decimal(20), "次")


def test_the_points_in_brackets_behind_a_heading_are_no_part_of_it() -> None:
    words = FORM.replace("分值 | 执行率 | 得分", "分值（10分） | 执行率 | 得分（10分）").replace(
        "| 得分 |", "| 得分（90分） |"
    )
    _, money, outcomes, findings = of(form(words))
    assert (findings, money, printed(outcomes)) == ([], MONEY, OUTCOMES)


@pytest.mark.parametrize(("below", "told"), [("注：等级分四档，", 0), ("等级分四档，", 2)])
def test_a_note_under_a_form_is_known_for_one(below: str, told: int) -> None:
    lines = (
        Line("项目支出绩效自评表", page=1),
        merged_table(FORM),
        Line(below, page=1),
        Line("九十分以上为优。", page=1),
    )
    *_, findings = of(read(document_of(*lines)))
    assert len(findings) == told


def test_every_figure_has_the_place_of_its_cell() -> None:
    spent = next(fact for fact in form() if isinstance(fact, EvaluationMoneyFact) and fact.measure == "全年执行数")
    assert (spent.source.row, spent.source.column, spent.source.text) == (4, 6, "60.40")
    assert spent.source.table == "项目支出绩效自评表"


def test_the_form_of_another_region_is_read_and_its_remarks_are_named() -> None:
    facts = text_form(OTHER_REGION)
    (head,), money, outcomes, findings = of(facts)
    assert findings == []
    assert (head.goal, head.outcome, head.score) == ("足额发放。", "已足额发放。", Decimal(100))
    assert money[:4] == [
        ("合计", "年初预算数", "238.93", "元"),
        ("合计", "全年预算数", "251.89", "元"),
        ("合计", "全年执行数", "251.89", "元"),
        ("合计", "执行率", "100.00", "%"),
    ]
    assert {line for line, *_ in money} == {"合计", "财政拨款", "单位资金"}
    assert [(one.level3, one.raw, one.actual, one.score) for one in outcomes] == [
        ("发放覆盖率", "＝100%", "100", Decimal(60)),
        ("足额保障率", "≥95%", "98", Decimal(30)),
    ]
    assert any("存在问题" in fact.message for fact in facts if isinstance(fact, Finding))


def test_a_drawn_pdf_with_merged_cells_gives_the_same_facts() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    table = merged_table(FORM)

    def page(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(40, 770, "某县甲局2024年度部门决算")
        canvas.drawString(380, 750, "项目支出绩效自评表")
        for cell in table.cells:
            left, top = 20 + cell.column * 110, 720 - cell.row * 24
            canvas.rect(left, top - 24 * cell.row_span, 110 * cell.column_span, 24 * cell.row_span)
            canvas.drawString(left + 3, top - 15, cell.text)

    (head,), money, outcomes, findings = of(read(read_drawn(drawn(page, size=(1050.0, 800.0)))))
    assert findings == []
    assert (head.project, head.goal, head.outcome) == ("乙经费", "办班20次。", "办班18次。")
    assert money == MONEY
    assert printed(outcomes) == OUTCOMES


@pytest.mark.parametrize(
    ("was", "now", "score", "rating"),
    [
        ("总分 |", "自评得分 | 94.00 | 自评等级 | 优 | < | < | < | < | <\n总分 |", "94.00", "优"),
        (TOTAL, "\n自评总分：94分 | < | < | < | 评价等级：“良”等 | < | < | <", "94", "良"),
        ("年度总体目标 |", "自评总得分 | 94分 | 绩效等级 | 良好 | < | < | < | < | <\n年度总体目标 |", "94.00", "良好"),
        (TOTAL, "\n自评得分 | 九十四 | < | < | 自评等级 | 待定 | < | <", None, None),
    ],
)  # fmt: skip
def test_score_and_rating_may_stand_in_a_row_of_their_own(
    was: str, now: str, score: str | None, rating: str | None
) -> None:
    (head,), money, outcomes, _ = of(form(FORM.replace(was, now)))
    assert (str(head.score) if head.score is not None else None, head.rating) == (score, rating)
    assert (money, printed(outcomes)) == (MONEY, OUTCOMES)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("总分 | < | 100 | < | < | < | 94.00 | < | 优", ("100", "94.00", "优")),
        (f"{NAMED}\n^ | < | < | < | < | < | 100 | 94.00 | 优", ("100", "94.00", "优")),
        ("总分 | < | < | < | < | < | 94.00 | < | 优", (None, None, "优")),
        ("总分 | < | 90 | < | < | < | 94.00 | < | ", (None, None, None)),
    ],
)  # fmt: skip
def test_a_total_merged_over_points_and_score_is_read_by_its_order_or_not_at_all(
    now: str, expected: tuple[str | None, ...]
) -> None:
    (head,), money, outcomes, _ = of(form(FORM.replace(f"{TOTAL[1:]} |", now)))
    assert tuple(None if one is None else str(one) for one in (head.weight, head.score, head.rating)) == expected
    assert (money, printed(outcomes)) == (MONEY, OUTCOMES)


def test_a_form_without_a_rating_has_none() -> None:
    (head,), *_ = of(form())
    assert head.rating is None


@pytest.mark.parametrize(
    ("over", "title", "year"),
    [
        ("（2024年度）", "项目支出绩效自评表", 2024),
        ("（ 2024 年度）", "项目支出绩效自评表", 2024),
        ("单位：万元", "2023年度项目支出绩效自评表", 2023),
        ("单位：万元", "项目支出绩效自评表", None),
        ("（2024年度）", "2023年度项目支出绩效自评表", None),
    ],
)
def test_the_year_over_a_form_is_the_one_that_it_evaluates(over: str, title: str, year: int | None) -> None:
    (head,), *_ = of(read(document_of(Line(title, page=1), Line(over, page=1), merged_table(FORM))))
    assert head.year == year


def test_a_number_achieved_is_in_the_unit_of_the_column_of_units() -> None:
    *_, outcomes, _ = of(text_form(OTHER_REGION))
    assert [(one.actual, one.actual_value, one.actual_unit) for one in outcomes] == [
        ("100", Decimal(100), "%"),
        ("98", Decimal(98), "%"),
    ]


def test_several_forms_under_one_title_are_several() -> None:
    tables = merged_table(FORM), merged_table(FORM.replace("乙经费", "丁经费"))
    heads, money, outcomes, findings = of(read(document_of(Line("项目支出绩效自评表", page=1), *tables)))
    assert [head.project for head in heads] == ["乙经费", "丁经费"]
    assert (len(money), len(outcomes), findings) == (2 * len(MONEY), 2 * len(OUTCOMES), [])


@pytest.mark.parametrize(
    "title",
    [
        "2024年度项目支出绩效自评表",
        "某县甲局项目绩效自评结果表",
        "附件3：专项资金绩效自评表",
        "项目支出绩效目标自评表（2024年度）",
        "中央对地方专项转移支付绩效自评表",
        "项目支出绩效目标表",  # the form says what it is
    ],
)
def test_a_self_evaluation_is_known_by_its_title_or_its_columns(title: str) -> None:
    facts = form(title=title)
    assert len([fact for fact in facts if isinstance(fact, OutcomeFact)]) == len(OUTCOMES)
    assert not any(isinstance(fact, KpiFact | KpiTableFact) for fact in facts)


def test_the_form_of_a_whole_body_names_no_project() -> None:
    whole = FORM.replace("项目名称 | 乙经费", "部门名称 | 某县甲局")
    (head,), _, outcomes, findings = of(form(whole, "部门整体支出绩效自评表"))
    assert (head.scope, head.project, head.unit_printed, findings) == ("整体", None, "某县甲局", [])
    assert {one.scope for one in outcomes} == {"整体"}


@pytest.mark.parametrize(
    ("was", "now", "message"),
    [
        ("80.00%", "90.00%", "合计: 60.40 of 75.50 is 80.00%, 90.00% is printed"),
        ("| 65.50 |", "| 60.50 |", "the parts of 全年预算数 of 75.50 add up to 70.50"),
        (
            "| 100 | 94.00",
            "| 100 | 95.00",
            "the scores of the self-evaluation add up to 94.00, the total is printed as 95.00",
        ),
        ("| 30 | 28", "| 35 | 28", "the weights of the self-evaluation add up to 95, not to 90 or 100"),
        ("| 60.40", "| 六十", "'六十' in the money of a self-evaluation is not an amount"),
        ("≥20次", "20至30次", "the target '20至30次' of '办班次数' is not understood"),
        ("| 20 | 18 |", "| 20 | 未评 |", "'未评' of '办班次数' are no points"),
    ],
)
def test_what_does_not_add_up_or_is_not_understood_is_told(was: str, now: str, message: str) -> None:
    *_, findings = of(form(FORM.replace(was, now)))
    assert message in findings


def test_an_unknown_line_of_money_is_used_as_printed_and_told() -> None:
    facts = form(FORM.replace("上年结转资金", "村集体资金"))
    assert ("村集体资金", "全年执行数", "10.00", "万元") in of(facts)[1]
    assert any("村集体资金" in fact.message for fact in facts if isinstance(fact, Finding))


def test_no_person_comes_with_a_self_evaluation() -> None:
    closing = f"填表人：{PERSON}\t\t联系电话：{TELEPHONE}\n项目负责人\t{PERSON}\n"
    head = f"项目负责人\t{PERSON}\t联系电话\t{TELEPHONE}\n"
    for fact in text_form(OTHER_REGION.replace("项目基本情况", f"{head}项目基本情况") + closing):
        words = json.dumps(as_json(fact), ensure_ascii=False)
        assert PERSON not in words
        assert TELEPHONE not in words


def test_a_form_whose_cells_nothing_parts_is_told_and_gives_no_fact() -> None:
    facts = text_form("项目名称 乙经费\n年初预算数 全年预算数 全年执行数\n80.00 75.50 60.40\n")
    assert of(facts) == ([], [], [], ["a self-evaluation whose cells no rules part is not read"])


def test_the_facts_survive_being_written_and_a_graph_is_built_beside_them() -> None:
    document = document_of(Line("项目支出绩效自评表", page=1), merged_table(FORM))
    facts = list(all_facts(document))
    assert [from_json(json.loads(json.dumps(as_json(fact)))) for fact in facts] == facts
    build([("0" * 64, facts)], open_store(MEMORY))


# --- the running text ------------------------------------------------------------------------------------------------

REVIEWS = """十、预算绩效情况说明
我单位组织对2024年度项目支出全面开展绩效自评，共涉及项目2个，资金95.50万元。
1.经济普查经费项目绩效自评综述：该项目绩效自评得分为95.6分。全年预算数为75.50万元，执行数为60.40万元，完成预算的80.00%。
2.“住户调查经费”项目自评综述：项目自评得分100分，自评等级为“优”。全年预算数为20万元，执行数为0万元，完成预算的0%。
3.部门整体支出绩效自评结果：自评得分为92分。
4.办公用房维修项目绩效自评综述：项目尚未实施。
"""
SHANGHAI = """十、预算绩效情况说明
绩效自评的2024年度项目4个，涉及预算金额598.42万元，平均得分99.43分（其中，绩效评级为“优”的项目4个；
绩效评级为“良”的项目0个；绩效评级为“合格”的项目0个）。绩效自评中共发现问题0个。
"""


def told(text: str) -> list[Fact]:
    document = read_text(Path("a.txt"), f"某县甲局2024年度部门决算\n第二部分 部门决算情况说明\n{text}".encode())
    return [
        fact
        for fact in all_facts(document)
        if isinstance(fact, EvaluationFact | EvaluationMoneyFact)
        or (isinstance(fact, FigureFact) and fact.part == "evaluation")
    ]


def test_a_review_in_the_running_text_tells_score_rating_and_money_and_nought_is_printed() -> None:
    heads = [fact for fact in told(REVIEWS) if isinstance(fact, EvaluationFact)]
    assert [(head.scope, head.project, str(head.score), head.rating, head.source.line) for head in heads] == [
        ("项目", "经济普查经费项目", "95.6", None, 5),
        ("项目", "住户调查经费", "100", "优", 6),
        ("整体", None, "92", None, 7),
    ]
    money = [fact for fact in told(REVIEWS) if isinstance(fact, EvaluationMoneyFact)]
    assert [(one.project, one.measure, str(one.amount), one.unit) for one in money] == [
        ("经济普查经费项目", "全年预算数", "75.50", "万元"),
        ("经济普查经费项目", "全年执行数", "60.40", "万元"),
        ("经济普查经费项目", "执行率", "80.00", "%"),
        ("住户调查经费", "全年预算数", "20", "万元"),
        ("住户调查经费", "全年执行数", "0", "万元"),
        ("住户调查经费", "执行率", "0", "%"),
    ]


def test_a_heading_of_results_on_a_line_of_its_own_is_no_part_of_the_name_below() -> None:
    printed = "（二）部门决算中项目绩效自评结果\n1.丁工程绩效自评综述：全年预算数为20.00万元，自评得分96.5分。"
    assert [fact.project for fact in told(printed) if isinstance(fact, EvaluationFact)] == ["丁工程"]


def test_the_unit_over_a_table_is_no_part_of_the_name_behind_it() -> None:
    printed = "项目支出绩效自评情况汇总表 金额单位：万元\n1.丁工程绩效自评综述：全年预算数为20.00万元，自评得分96.5分。"
    assert [fact.project for fact in told(printed) if isinstance(fact, EvaluationFact)] == ["丁工程"]


LISTED = """十、预算绩效情况说明
主要项目自评情况如下：丁专项资金全年预算数40.00万元，执行数30.00万元，预算执行率75.00%，自评得分96.5分，自评等级为“优”；
戊建设项目全年预算数20.00万元，执行数20.00万元；项目资金全年预算数60.00万元，执行数50.00万元，自评得分97分。
"""


def test_projects_listed_in_one_sentence_are_told_apart_and_projects_in_general_are_none() -> None:
    facts = told(LISTED)
    heads = [fact for fact in facts if isinstance(fact, EvaluationFact)]
    assert [(head.project, str(head.score), head.rating) for head in heads] == [("丁专项资金", "96.5", "优")]
    money = [fact for fact in facts if isinstance(fact, EvaluationMoneyFact)]
    assert [(one.project, one.measure, str(one.amount)) for one in money] == [
        ("丁专项资金", "全年预算数", "40.00"),
        ("丁专项资金", "全年执行数", "30.00"),
        ("丁专项资金", "执行率", "75.00"),
    ]


def test_what_is_said_of_all_self_evaluations_together_are_figures() -> None:
    found = [fact for fact in told(SHANGHAI) if isinstance(fact, FigureFact)]
    assert [(fact.name, fact.raw, fact.unit) for fact in found] == [
        ("自评项目数", "4", "个"),
        ("自评涉及预算金额", "598.42", "万元"),
        ("自评平均得分", "99.43", "分"),
        ("自评为优的项目数", "4", "个"),
        ("自评为良的项目数", "0", "个"),
        ("自评为合格的项目数", "0", "个"),
        ("自评发现问题数", "0", "个"),
    ]


def test_figures_of_self_evaluations_are_quantities_and_no_money_spent() -> None:
    facts = [DocumentFact(source=Source("a.txt", told(SHANGHAI)[0].source.sha256)), *told(SHANGHAI)]
    store = open_store(MEMORY)
    build([(facts[0].source.sha256, facts)], store)
    assert ask(store, "?o bl:item '自评涉及预算金额' ; bl:quantity 598.42 ; bl:inView view:narrative_evaluation")
    assert not ask(store, "?o bl:amountCNY ?amount")
