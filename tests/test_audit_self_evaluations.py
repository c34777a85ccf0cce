"""The audit of self-evaluations: rates, sums of points, scores against results, targets against those promised."""

import pytest
from evaluated_documents import EVALUATED, PROJECTS, TARGETS, Printed, accounts, budget

from kg.build import build
from kg.store import MEMORY, open_store
from queries.auditing.audit import audit
from queries.auditing.signal import Signal

SAME = (
    EVALUATED.replace("≥90% | 96.5%", "≥95% | 96.5%")
    .replace("80.00 | 75.50 | 60.40", "75.50 | 75.50 | 60.40")
    .replace("70.00 | 65.50 | 50.40", "65.50 | 65.50 | 50.40")
)
REVIEW = "1.经济普查经费项目绩效自评综述：该项目绩效自评得分为{}分，自评等级为“{}”。"


def raised(*documents: Printed) -> dict[str, Signal]:
    """The signals about self-evaluations, by rule."""
    store = open_store(MEMORY)
    build(documents, store)
    return {signal.rule: signal for signal in audit(store).signals if signal.rule.startswith("S36_")}


def test_a_self_evaluation_that_is_in_order_raises_nothing() -> None:
    assert raised(budget(), accounts(SAME)) == {}
    assert raised(accounts(SAME, lines=["十、预算绩效情况说明", REVIEW.format("94.00", "优")])) == {}


@pytest.mark.parametrize(
    ("was", "now", "rule", "words"),
    [
        ("60.40 | 10 | 80.00%", "60.40 | 10 | 90.00%", "S36_rate", "执行率为90%，按全年预算数、全年执行数计算为80%"),
        ("75.50 | 60.40 | 10 | 80.00%", "75.50 | 80.40 | 10 | 106.49%", "S36_overspent", "80.40"),
        ("100 | 94.00", "100 | 96.00", "S36_score_sum", "自评总得分写96分，各项得分之和为94分"),
        ("显著 | 达成预期指标 | 30", "显著 | 达成预期指标 | 35", "S36_weight_sum", "分值之和为95分，应为90分"),
        ("18次 | 20 | 18", "18次 | 20 | 20", "S36_missed_full", "≥20次 → 18次"),
        ("2024年12月10日 | 20 | 20", "2025年1月10日 | 20 | 20", None, ""),
        ("2.80万元/次 | 10 | 10", "3.80万元/次 | 10 | 10", "S36_missed_full", "≤3.00万元/次 → 3.80万元/次"),
        ("18次 | 20 | 18 | 下年补办", "18次 | 20 | 18 |", "S36_no_reason", "没有写明偏差原因"),
        ("96.5% | 10 | 10", "96.5% | 10 | 8", "S36_lost_points", "没有写明扣分原因"),
        ("96.5% | 10 | 10", "96.5% | 10 | 12", "S36_over_points", "12"),
        ("80.00% | 8.00", "80.00% | 9.00", "S36_rate_score", "预算执行率得9分，按执行率和分值计算为8分"),
        ("80.00% | 8.00", "80.00% | 8", None, ""),  # rounded to whole points
        ("65.50 | 50.40", "65.50 | 40.40", "S36_money_sum", "各来源之和为50.40万元，年度资金总额为60.40万元"),
        ("≥20次 | 18次 | 20 | 18", "＝20次 | 18次 | 20 | 20", "S36_missed_full", "＝20次 → 18次"),
        ("≤3.00万元/次 | 2.80万元/次", "＝3.00万元/次 | 2.80万元/次", None, ""),  # less cost is no target missed
        ("18次 | 20 | 18 | 下年补办", "10次 | 20 | 18 | 下年补办", "S36_generous", "得18分，按完成的比例不超过10分"),
        ("18次 | 20 | 18 | 下年补办", "17次 | 20 | 18 | 下年补办", None, ""),  # not by more than can be weighed
    ],
)
def test_what_does_not_fit_in_a_self_evaluation_is_told(was: str, now: str, rule: str | None, words: str) -> None:
    assert was in SAME
    found = raised(accounts(SAME.replace(was, now)))
    assert rule is None or words in found[rule].zh
    assert rule is not None or found == {}  # a target by the end of a month is no day to compare with


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("其中{}未达年度指标值，原因是场馆闭馆改造。", False),
        ("{}未达年度指标值。其他指标完成的原因是措施得力。", True),
    ],
)
def test_the_text_may_give_the_reason_of_a_missed_target(words: str, told: bool) -> None:
    missed = SAME.replace("18次 | 20 | 18 | 下年补办", "18次 | 20 | 18 |")
    indicator = raised(accounts(missed))["S36_no_reason"].zh.split("“")[1].split("”")[0]
    lines = ["十、预算绩效情况说明", words.format(indicator)]
    assert ("S36_no_reason" in raised(accounts(missed, lines=lines))) is told


def test_a_dash_for_points_and_a_word_for_a_number_are_not_compared() -> None:
    told = SAME.replace("≥20次 | 18次 | 20 | 18", "≥20次 | 已完成 | 20 | 20").replace("94.00", "96.00")
    assert raised(accounts(told)) == {}


def test_a_target_that_was_promised_otherwise_is_told_with_both_places() -> None:
    signal = raised(budget(), accounts(SAME.replace("≥95%", "≥90%")))["S36_other_target"]
    assert "预算公开的目标值是“≥95%”，自评所列的是“≥90%”" in signal.zh
    assert [place.file for place in (*signal.left.places, *signal.right.places)] == [
        "奇台县统计局2024年部门预算公开.pdf",
        "奇台县统计局2024年度部门决算公开.pdf",
    ]
    assert "S36_other_target" not in raised(budget(), accounts(SAME.replace("≥95%", "不低于95%")))


def test_the_budget_at_the_start_of_the_year_is_held_against_the_form() -> None:
    more = SAME.replace("75.50 | 75.50 | 60.40", "80.00 | 75.50 | 60.40").replace("65.50 | 65.50", "70.00 | 65.50")
    assert set(raised(budget(), accounts(more))) == {"S36_start_budget"}


def test_the_form_of_another_year_is_told() -> None:
    assert "印的是2023年度，公开的是2024年度" in raised(accounts(SAME, over="（2023年度）"))["S36_other_year"].zh


@pytest.mark.parametrize(("score", "rating", "rules"), [("95", "优", {"S36_two_scores"}), ("94", "良", {"S36_rating"})])
def test_text_and_form_give_one_score_and_the_rating_that_fits(score: str, rating: str, rules: set[str]) -> None:
    lines = "十、预算绩效情况说明", REVIEW.format(score, rating)
    assert set(raised(accounts(SAME, lines=lines))) == rules


@pytest.mark.parametrize(("label", "named"), [("项目名称", True), ("项目支出名称", True), ("项目别称", False)])
def test_forms_of_projects_without_a_name_are_not_held_against_each_other(label: str, named: bool) -> None:
    first = SAME.replace("项目名称", label)
    other = first.replace("94.00", "93.00").replace("达成预期指标 | 30 | 28", "达成预期指标 | 30 | 27")
    assert ("S36_two_scores" in raised(accounts(first, other))) is named


def test_the_next_years_budget_prints_what_was_achieved() -> None:
    after = budget(PROJECTS, TARGETS.replace("15次", "20次"), year=2025)
    signal = raised(budget(), accounts(SAME), after)["S36_next_year"]
    assert "自评完成“18次”，次年预算的上年完成值写“20次”" in signal.zh
    same = budget(PROJECTS, TARGETS.replace("15次", "18次"), year=2025)
    assert raised(budget(), accounts(SAME), same) == {}


def test_a_project_that_the_budget_does_not_have_is_told_unless_it_was_added_in_the_year() -> None:
    other = SAME.replace("经济普查经费项目", "人口调查经费")
    assert "自评的项目“人口调查经费”年初预算数为75.5万元" in raised(budget(), accounts(other))["S36_no_project"].zh
    added = other.replace("75.50 | 75.50 | 60.40", "0.00 | 75.50 | 60.40").replace("65.50 | 65.50", "0.00 | 65.50")
    assert "S36_no_project" not in raised(
        budget(), accounts(added.replace("10.00 | 10.00 | 10.00", "0.00 | 10.00 | 10.00"))
    )
    assert "S36_no_project" not in raised(accounts(other))  # no budget is held


def test_an_indicator_that_is_not_evaluated_or_weighs_otherwise_is_told() -> None:
    row = "^ | 满意度指标（10分） | 满意度指标 | 学员满意度 | ≥95% | 96.5% | 10 | 10 |\n"
    assert row in SAME
    assert "“学员满意度”（≥95%）在自评表中没有" in raised(budget(), accounts(SAME.replace(row, "")))["S36_dropped"].zh
    heavier = SAME.replace("18次 | 20 | 18", "18次 | 25 | 22.5").replace(
        "2024年12月10日 | 20 | 20", "2024年12月10日 | 15 | 15"
    )
    assert (
        "“完成时间”预算公开的分值权重是20分，自评表的分值是15分"
        in raised(budget(), accounts(heavier))["S36_other_weight"].zh
    )


TOGETHER = "绩效自评的2024年度项目{}个，涉及预算金额75.50万元，平均得分{}分。"


@pytest.mark.parametrize(
    ("projects", "average", "rules"), [("1", "94.00", set()), ("1", "96.00", {"S36_average"}), ("2", "96.00", set())]
)
def test_the_average_told_is_that_of_the_forms_where_all_are_published(
    projects: str, average: str, rules: set[str]
) -> None:
    assert set(raised(accounts(SAME, lines=["十、预算绩效情况说明", TOGETHER.format(projects, average)]))) == rules


def test_what_a_body_says_it_spent_is_the_total_of_its_final_accounts() -> None:
    whole = SAME.replace("项目名称 | 经济普查经费项目", "部门名称 | 奇台县统计局")
    assert raised(accounts(whole, title="部门整体支出绩效自评表")) == {}
    less = whole.replace("60.40 | 10 | 80.00% | 8.00", "50.40 | 10 | 66.75% | 6.68").replace(
        "50.40 | — | 76.95%", "40.40 | — | 61.68%"
    )
    found = raised(accounts(less.replace("94.00", "92.68"), title="部门整体支出绩效自评表"))
    assert "全年执行数为50.40万元，支出决算表的本年支出合计为60.40万元" in found["S36_whole_spent"].zh


@pytest.mark.parametrize(("total", "told"), [("94.00", False), ("95.00", True)])
def test_points_and_rate_of_spending_may_stand_in_one_column(total: str, told: bool) -> None:
    joined = SAME.replace("分值 | 执行率 | 得分\n", "分值/执行率 | < | 得分\n").replace("100 | 94.00", f"100 | {total}")
    joined = joined.replace("10 | 80.00% | 8.00", "10/80.00% | < | 8.00").replace("— | 76.95%", "— | <")
    found = raised(accounts(joined.replace("— | 100.00%", "— | <")))
    assert ("S36_score_sum" in found) is told


def test_points_without_those_for_spending_are_no_sum() -> None:
    unread = "\n".join(
        line for line in SAME.splitlines() if not line.startswith(("项目资金", "^ | 年度资金", "^ | 其中"))
    )
    assert "S36_score_sum" not in raised(accounts(unread))
