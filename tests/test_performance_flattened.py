"""Performance forms flattened to lines: what can be read beyond doubt → facts, everything else → findings."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from extract.outline import outline
from extract.performance.facts import performance
from extract.performance.outcomes import EvaluationFacts
from extract.plain_text import read_text
from ontology.fact_json import as_json
from ontology.facts import Finding, KpiFact, KpiTableFact

PERSON, TELEPHONE = "甲某某", "13800000000"

# "|" parts the lines, as the cells of the form are broken over them.
HEAD = (
    f"(2025 年)|预算单位 某县某局|项目名称 甲财教【2024】7号经费 项目负责人 {PERSON}|项目资金(万|元)|"
    "年度预算总额 80.00|其中：财政拨|款|70.00 其他资金 10.00|项目总体目标|招商 20 次，|企业满意。"
)
HEADING = "一级|指标|二级|指标|三级指标|指标|值|指标值设置依|据|上年|完成|值|指标|分值|权重|指标赋分规则 佐证资料"
RULE = "按照完成比例赋|分|工作资料"

# The names of merged cells stand before the first row of their group …
LEADING = [
    "产出|指标|数量|指标|招商次数|≥20|次|计划标准 / 20|" + RULE,
    "邀请企业|数量|≥80|家|计划标准 =70家 20|" + RULE,
    "时效|指标|完成时间|2025|年 12|月 10|日前|计划标准|2024|年 12|月 10|日|10 直接赋分 工作资料",
    "成本|指标|经济|成本|指标|招商成本|＜|=32.5|8 万元|计划标准 / 10|" + RULE,
    "用车成本|＜=4|万元|计划标准 / 10|" + RULE,
    "效益|指标|社会|效益|指标|营商环境改善|有效|改善|计划标|准|/ 20 按评判等级赋分 说明材料",
]
# … or before the last one.
TRAILING = [
    "招商次数|≥20|次|计划标准 / 20|" + RULE,
    "数量|指标|邀请企业|数量|≥80|家|计划标准 =70家 20|" + RULE,
    "产出|指标|时效|指标|完成时间|2025|年 12|月 10|日前|计划标准|2024|年 12|月 10|日|10 直接赋分 工作资料",
    "招商成本|＜|=32.5|8 万元|计划标准 / 10|" + RULE,
    "成本|指标|经济|成本|指标 用车成本|＜=4|万元|计划标准 / 10|" + RULE,
    "效益|指标|社会|效益|指标|营商环境改善|有效|改善|计划标|准|/ 20 按评判等级赋分 说明材料",
]
READ = [
    ("产出指标", "数量指标", "招商次数", "≥20次", None, Decimal(20)),
    ("产出指标", "数量指标", "邀请企业数量", "≥80家", "=70家", Decimal(20)),
    ("产出指标", "时效指标", "完成时间", "2025年12月10日前", "2024年12月10日", Decimal(10)),
    ("成本指标", "经济成本指标", "招商成本", "＜=32.58万元", None, Decimal(10)),
    ("成本指标", "经济成本指标", "用车成本", "＜=4万元", None, Decimal(10)),
    ("效益指标", "社会效益指标", "营商环境改善", "有效改善", None, Decimal(20)),
]

Facts = list[KpiTableFact | KpiFact | EvaluationFacts]


def facts_of(*parts: str, title: str = "项目支出绩效目标表", before: str = "（四）预算绩效情况") -> Facts:
    text = "\n\n".join([before, title, *(line for part in parts for line in part.split("|"))])
    document = read_text(Path("a.txt"), text.encode())
    return list(performance(document, outline(document)))


def form(rows: list[str]) -> Facts:
    return facts_of(HEAD, HEADING, *rows)


def replaced(rows: list[str], place: int, row: str) -> list[str]:
    return [*rows[:place], row, *rows[place + 1 :]]


def kpis(facts: Facts) -> list[KpiFact]:
    return [fact for fact in facts if isinstance(fact, KpiFact)]


def heads(facts: Facts) -> list[KpiTableFact]:
    return [fact for fact in facts if isinstance(fact, KpiTableFact)]


def messages(facts: Facts) -> list[str]:
    return [fact.message for fact in facts if isinstance(fact, Finding)]


def cells(facts: Facts) -> list[tuple[str | None, str | None, str, str, str | None, Decimal | None]]:
    return [(k.level1, k.level2, k.level3, k.raw, k.previous, k.weight) for k in kpis(facts)]


@pytest.mark.parametrize("rows", [LEADING, TRAILING], ids=["first row", "last row"])
def test_rows_are_read_wherever_the_names_of_merged_cells_are_printed(rows: list[str]) -> None:
    facts = form(rows)
    assert cells(facts) == READ
    assert messages(facts) == []
    assert {(k.grade, k.project, k.basis) for k in kpis(facts)} == {("derived", "甲财教【2024】7号经费", "计划标准")}
    assert (str(kpis(facts)[3].value), kpis(facts)[2].date) == ("32.58", "2025-12-10")


def test_a_fact_says_on_which_line_its_name_begins_and_which_words_it_rests_on() -> None:
    kpi = kpis(form(LEADING))[1]
    assert kpi.source.text == "邀请企业\n数量\n≥80\n家\n计划标准 =70家 20\n按照完成比例赋\n分\n工作资料"
    assert kpi.source.line is not None
    assert "told apart by the form's own words" in (kpi.how or "")


def test_the_head_is_read_by_its_labels() -> None:
    [head] = heads(form(LEADING))
    assert (head.project, head.unit_printed, head.goal) == ("甲财教【2024】7号经费", "某县某局", "招商20次，企业满意。")
    assert (str(head.total), str(head.fiscal), str(head.other)) == ("80.00", "70.00", "10.00")


def test_names_and_telephone_numbers_are_in_no_fact() -> None:
    whole = [
        f"部门名称 某县某局|部门联系人 {PERSON} {TELEPHONE}联系电话 0|年度绩效目标|招商。",
        WHOLE_MONEY,
        *WHOLE_ROWS,
    ]
    for facts in (form(LEADING), facts_of(*whole, title="部门整体绩效目标表")):
        printed = json.dumps([as_json(fact) for fact in facts], ensure_ascii=False)
        assert PERSON not in printed
        assert TELEPHONE[:7] not in printed
        assert kpis(facts)


def test_a_project_name_goes_on_below_the_person_in_charge_if_it_stands_so_elsewhere() -> None:
    head = HEAD.replace(f"项目负责人 {PERSON}", f"项目负责人 {PERSON}|（第二批）")
    known = facts_of(head, HEADING, *LEADING, before="甲财教【2024】7号经费（第二批）80万元")
    assert {k.project for k in kpis(known)} == {"甲财教【2024】7号经费（第二批）"}
    unknown = facts_of(head, HEADING, *LEADING)
    assert (kpis(unknown), heads(unknown)) == ([], [])
    assert "where the name of the project ends is not certain" in messages(unknown)
    assert "第二批" not in json.dumps([as_json(fact) for fact in unknown], ensure_ascii=False)


@pytest.mark.parametrize(
    "head",
    [
        HEAD.replace("80.00", "80.0"),  # an amount that is not whole
        HEAD.replace("其他资金 10.00", "10.00 其他资金"),  # its label behind it
        HEAD.replace("预算单位 某县某局", "某县某局 预算单位"),
        HEAD.replace("项目总体目标|", ""),
        HEAD.replace("|项目资金", "|某种新项|项目资金").replace("项目名称 ", "项目名称|"),
    ],
)
def test_a_head_in_an_unknown_order_gives_no_fact(head: str) -> None:
    facts = facts_of(head, HEADING, *LEADING)
    assert (kpis(facts), heads(facts)) == ([], [])
    assert "the indicators of the performance form are not used: its project is not certain" in messages(facts)


def test_columns_in_an_unknown_order_give_no_indicators() -> None:
    facts = facts_of(HEAD, "一级指标 二级指标 指标值 三级指标 指标值设置依据", *LEADING)
    assert kpis(facts) == []
    assert "the performance form has no heading in a known order over its indicators" in messages(facts)


def test_a_row_cut_by_the_end_of_the_page_is_put_together() -> None:
    cut = "用车|＜=4|万元|计划标准 / 10|按照|完成|工作资料|成本|（年）|比例|赋分"
    facts = form(replaced(LEADING, 4, cut))
    assert cells(facts) == replaced_read(4, "用车成本（年）", "＜=4万元")
    assert "put together" in (kpis(facts)[4].how or "")
    assert "told apart" in (kpis(facts)[5].how or "")


def test_a_row_printed_line_by_line_is_put_together() -> None:
    row = "成本指 经济成 招商 <=1.28 预算支 / 10 按照完 原始凭证|标 本指标 补助|标准|万元/|人|出标准 成比例|赋分"
    facts = form(replaced(LEADING, 3, row))
    assert cells(facts) == replaced_read(3, "招商补助标准", "<=1.28万元/人")
    assert (kpis(facts)[3].basis, kpis(facts)[3].unit) == ("预算支出标准", "万元/人")


def replaced_read(place: int, name: str, raw: str) -> list[tuple[str, str, str, str, str | None, Decimal]]:
    level1, level2, _, _, previous, points = READ[place]
    return [*READ[:place], (level1, level2, name, raw, previous, points), *READ[place + 1 :]]


def test_what_is_put_together_counts_only_where_the_weights_add_up() -> None:
    cut = "用车|＜=4|万元|计划标准 / 9|按照|完成|工作资料|成本|比例|赋分"
    facts = form(replaced(LEADING, 4, cut))
    assert [k.level3 for k in kpis(facts)] == [row[2] for place, row in enumerate(READ) if place != 4]
    assert "broken cells, and the weights of the form do not add up" in messages(facts)


@pytest.mark.parametrize(
    "row",
    [
        "用车成本|＜=4|万元|某种依据 / 10|" + RULE,  # an unknown basis
        "用车成本|＜=4|计划标准 / 10|" + RULE,  # no unit: it may stand elsewhere
        "用车成本|得到|加强|计划标准 / 10|" + RULE,  # 加强 may be the end of an unknown target
        "用车成本|计划标准 / 10|" + RULE,  # no target
        "＜=4|万元|计划标准 / 10|" + RULE,  # no name
        "用车成本|＜=4|万元|计划标准 /|" + RULE,  # no weight
        "用车成本|9|＜=4|万元|计划标准 / 10|" + RULE,  # a stray number
    ],
)
def test_a_row_that_is_not_beyond_doubt_is_a_finding_and_costs_no_other_row(row: str) -> None:
    facts = form(replaced(LEADING, 4, row))
    assert cells(facts) == [*READ[:4], *READ[5:]]
    doubts = [fact for fact in facts if isinstance(fact, Finding) and "told apart" in fact.message]
    assert [finding.source.text for finding in doubts] == [row.replace("|", "\n")]


def test_a_word_alone_is_a_target_where_it_stands_on_the_line_of_its_neighbour() -> None:
    row = "效益|指标|社会|效益|指标|营商环境改善 提升 计划标准 提升 20 按评判等级赋分 说明材料"
    kpi = kpis(form(replaced(LEADING, 5, row)))[5]
    assert (kpi.level3, kpi.raw, kpi.previous, kpi.value) == ("营商环境改善", "提升", "提升", None)


def test_levels_that_fit_no_known_layout_give_findings_instead_of_rows() -> None:
    facts = form(replaced(LEADING, 2, LEADING[2].replace("时效|指标|", "社会|效益|指标|")))
    assert kpis(facts) == []
    assert messages(facts).count("it is not certain which level the row belongs to") == len(READ)


WHOLE_MONEY = (
    "资金来源 资金总额（万元）|上级安排 12.37|财政资金（万元）|本级安排 1,254.19|年度预算(万元)|"
    "其他资金（万元） 其他 60.00|一级指标 二级指标 三级指标 指标值 指标设定依据 分值权重"
)
WHOLE_ROWS = [
    "数量指标 争取项目 ＞=100 项|某州 2025|年工作计|划|40",
    "数量指标 新增平台 ＞=5 个|某州 2025|年工作计|划|20",
    "履职效能|质量指标|2025 年交易|额增长|＞=15%|某州 2025|年工作计|划|30",
]
WHOLE_READ = [
    ("履职效能", "数量指标", "争取项目", "＞=100项", None, Decimal(40)),
    ("履职效能", "数量指标", "新增平台", "＞=5个", None, Decimal(20)),
    ("履职效能", "质量指标", "2025年交易额增长", "＞=15%", None, Decimal(30)),
]
WHOLE_HEAD = "单位名称 某县某局|年度绩效目标|招商。"


def whole(head: str, *rows: str, before: str = "（四）预算绩效情况") -> Facts:
    return facts_of(head, *rows, title="单位整体绩效目标表", before=before)


def test_the_rows_of_a_whole_body_form_are_told_apart_by_the_basis_that_they_share() -> None:
    facts = whole(WHOLE_HEAD, WHOLE_MONEY, *WHOLE_ROWS)
    assert cells(facts) == WHOLE_READ
    assert {k.basis for k in kpis(facts)} == {"某州2025年工作计划"}
    assert messages(facts) == []
    [head] = heads(facts)
    assert [str(x) for x in (head.upper, head.own, head.other, head.total)] == ["12.37", "1254.19", "60.00", "None"]


def test_the_side_title_and_categories_without_indicators_are_passed_over() -> None:
    side = "年|度|绩|效|指|标|"
    rows = [
        side + "运行成本",
        side + "履职效能|" + WHOLE_ROWS[0],
        side + WHOLE_ROWS[1].replace("数量指标 ", ""),
        side + WHOLE_ROWS[2].replace("履职效能|", ""),
        side + "社会效益",
        side + "服务对象满|意度",
    ]
    facts = whole(WHOLE_HEAD, WHOLE_MONEY, *rows)
    assert cells(facts) == WHOLE_READ
    assert messages(facts) == []


DISTURBED = [
    "争取上级项|数量指|履职效能|标 目|某州 2025年|工作会议|讲|＞=20 家|话|40",
    "数量指标|某州 2025年|工作会议|讲|＞=2制定报告 个|话|20",
    "质量指标|某州 2025年|工作会议|讲|＞=10增加值增长 %|话|30",
]


def test_a_target_printed_into_the_basis_is_taken_out_of_it() -> None:
    facts = whole(WHOLE_HEAD, WHOLE_MONEY, *DISTURBED)
    assert cells(facts) == [
        ("履职效能", "数量指标", "争取上级项目", "＞=20家", None, Decimal(40)),
        ("履职效能", "数量指标", "制定报告", "＞=2个", None, Decimal(20)),
        ("履职效能", "质量指标", "增加值增长", "＞=10%", None, Decimal(30)),
    ]
    assert {k.basis for k in kpis(facts)} == {"某州2025年工作会议讲话"}


def test_a_basis_that_too_few_rows_share_gives_findings() -> None:
    assert kpis(whole(WHOLE_HEAD, WHOLE_MONEY, *DISTURBED[:2])) == []
    lonely = [WHOLE_ROWS[0], WHOLE_ROWS[1], WHOLE_ROWS[2].replace("工作计", "发展规")]
    facts = whole(WHOLE_HEAD, WHOLE_MONEY, *lonely)
    assert "2025年交易额增长" not in [k.level3 for k in kpis(facts)]


def test_amounts_parted_by_their_labels_are_put_together_if_their_sum_is_printed_elsewhere() -> None:
    money = WHOLE_MONEY.replace("资金来源", "资金来|源").replace(
        "上级安排 12.37|财政资金（万元）|本级安排 1,254.19", "0.0上级安|财政资金（万元）|排 0|1,254.1本级安排 9"
    )
    facts = whole(WHOLE_HEAD, money, *WHOLE_ROWS, before="涉及预算金额1,314.19 万元")
    [head] = heads(facts)
    assert [str(x) for x in (head.upper, head.own, head.other)] == ["0.00", "1254.19", "60.00"]
    assert heads(whole(WHOLE_HEAD, money, *WHOLE_ROWS)) == []


def test_a_goal_may_stand_above_its_label() -> None:
    head = f"部门名称 某县某局|部门联系人 {PERSON} 138联系电话 0|聚力招商引资促进增长；|聚力改革|年度绩效目标|。"
    [found] = heads(facts_of(head, WHOLE_MONEY, *WHOLE_ROWS, title="部门整体绩效目标表"))
    assert found.goal == "聚力招商引资促进增长；聚力改革。"
