"""Quantities, rates and uses that forms and sentences promise, against indicators and scales, on rows made for them."""

from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest

from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED


def book(*, executed: bool = False, **answers: list[dict[str, Any]]) -> Book:
    names = ("projects", "forms", "uses", "paragraphs", "changes", "totals", "absences", "three_public")
    own = ox.Store()
    empty: dict[str, Any] = {name: [] for name in names}
    return Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某局", 2025, executed, {}, {}, {**empty, **answers})


def form(goal: str, *indicators: tuple[str, str]) -> list[dict[str, Any]]:
    head = {"form": "urn:f", "name": "某项目", "total": 500_000, "goal": goal, "form_at": "urn:f:at", "level": None}
    return [
        {**head, "indicator": f"urn:i{at}", "title": title, "printed": printed, "value": None, "at": f"urn:at{at}"}
        for at, (title, printed) in enumerate(indicators)
    ]


def use(text: str, scale: int, name: str = "某项目") -> dict[str, Any]:
    row = {"project": f"urn:{name}", "name": name, "use": text, "basis": None, "scale": scale}
    return {**row, "evidence": "urn:e", "form": "urn:f"}


def found(rule: str, made: Book) -> list[Signal]:
    return list(WORDED[rule](rules()[rule], made))


def fires(rule: str, made: Book) -> bool:
    return bool(list(WORDED[rule](rules()[rule], made)))


@pytest.mark.parametrize(
    ("goal", "indicators", "wrong"),
    [
        ("积极培育升限纳统企业5家以上。", [("培育升限纳统企业数量", ">=6家")], True),
        ("开展科普活动20场次以上。", [("开展科普活动场次", ">=20次")], False),  # 场次 and 次 are one
        ("开展科普活动23场次以上。", [("开展科普活动场次", ">=20次")], True),
        ("修复水毁路段36处，养护公路12公里。", [("修复水毁路段", "46处"), ("公路养护里程", "12公里")], True),
        ("修复水毁路段46处，养护公路12公里。", [("修复水毁路段", "46处"), ("公路养护里程", "12公里")], False),
        ("完成86公里堤防、28座水闸的维修。", [("维修堤防长度", ">=86公里"), ("维修水闸数量", ">=24座")], True),
        ("完成86公里堤防、24座水闸的维修。", [("维修堤防长度", ">=86公里"), ("维修水闸数量", ">=24座")], False),
        ("完成28个项目的维修。", [("其他项目数量", ">=24个")], False),  # too general
        ("开展招商引资活动6次。", [("开展招商引资活动次数", ">=3")], True),  # the unit stands in the name
        ("受益群众满意度达到95%以上。", [("人员满意度", ">=90%")], True),
        ("受益群众满意度达到95%以上。", [("人员满意度", ">=95%"), ("质量达标率", ">=90%")], False),
        ("新增小升规企业5家，创新型企业2家。", [("创新型企业数量", ">=2家"), ("小升规企业数量", ">=5家")], False),
        ("保障26人。", [("外出招商次数", ">=12次")], False),  # other units
        ("采购电脑5台，培训学员40人。", [("补助对象人数", ">=26人")], False),  # another thing
        ("每年开展培训2次。", [("开展培训次数", ">=4次")], True),
        ("按16元/亩兑付补偿。", [("公益林补偿标准", "16万元/亩")], True),
        ("按16元/亩兑付补偿。", [("公益林补偿标准", "=16.00元/亩")], False),
        ("按16元/亩兑付补偿。", [("设施补助标准", "16万元/个")], False),  # of another thing
        ("按月发放津贴，每人每月100元。", [("津贴发放标准", "80元/人·月")], True),
        ("按月发放津贴，每人每月100元。", [("津贴发放标准", "100元/人/月")], False),
        ("按月发放津贴，每人每月100元。", [("津贴发放标准", "80元/人·年")], False),  # another rate
        ("每人每月100元，高龄每人每月200元。", [("津贴发放标准", "200元/人·月")], False),  # several rates
        ("每人每月80元提高到100元。", [("津贴发放标准", "100元/人·月")], False),
        ("公益林补偿标准15.60元/亩。", [("公益林补偿标准", "16.50元/亩")], True),
        ("培训补助标准50元/人。", [("伙食费", "80元/人")], False),  # another thing
        ("印发第6批名单3份。", [("名单", "=3份")], False),
        ("新增小升规企业8家，升限纳统企业5家。", [("小升规企业数量", ">=5家"), ("升限纳统企业数", ">=5家")], True),
        ("新增小升规企业5家，升限纳统企业5家。", [("小升规企业数量", ">=5家"), ("升限纳统企业数", ">=5家")], False),
        ("社会消费品零售总额增长15%。", [("社零总额增长率", "=10%"), ("工业投资增长率", ">=20%")], True),
        ("社会消费品零售总额增长10%。", [("社零总额增长率", "=10%"), ("工业投资增长率", ">=20%")], False),
    ],
)
def test_a_goal_and_its_indicators_promise_the_same(goal: str, indicators: list[tuple[str, str]], wrong: bool) -> None:
    assert fires("R21_goal_counts", book(forms=form(goal, *indicators))) is wrong


@pytest.mark.parametrize(
    ("goal", "indicators", "cost", "told"),
    [
        ("编制规划书6份。", [("委托报告数量", ">=16份")], "", ["info"]),
        ("编制规划书6份。", [("委托报告数量", ">=16份")], "<=3.13万元/份", ["warning"]),  # 16 times that is all
        ("编制规划书6份。", [("委托报告数量", ">=16份")], "<=3.50万元/份", ["info"]),
        ("编制规划书16份。", [("委托报告数量", ">=16份")], "", []),
        ("编制规划书6份，印制手册200册。", [("委托报告数量", ">=16份")], "", []),  # either may be meant
        ("编制规划书6份，另有2份。", [("委托报告数量", ">=16份")], "", []),
        ("编制规划书6份。", [("委托报告数量", ">=16份"), ("其他材料", "=2份")], "", []),
        ("服务群众60人。", [("职工数量", "=16人")], "", []),  # a unit of many things
    ],
)
def test_what_goal_and_indicator_alone_count_in_a_narrow_unit_is_one_thing(
    goal: str, indicators: list[tuple[str, str]], cost: str, told: list[str]
) -> None:
    rows = form(goal, *indicators)
    rows += [{**rows[0], "title": "委托费", "printed": cost, "level": "经济成本指标", "at": "urn:c"}] if cost else []
    assert [one.severity for one in found("R21_goal_counts", book(forms=rows))] == told


@pytest.mark.parametrize(
    ("goal", "printed", "wrong"),
    [
        ("社会消费品零售总额同比增长10%以上。", "=10%", True),
        ("社会消费品零售总额同比增长10%以上。", ">=10%", False),
        ("社会消费品零售总额同比增长10%。", "=10%", False),
        ("社会消费品零售总额同比增长15%以上。", "=10%", False),  # another rule tells this
        ("电子商务零售额同比增长10%以上。", "=10%", False),  # another quantity
    ],
)
def test_a_lower_bound_of_the_goal_is_one_in_its_indicator(goal: str, printed: str, wrong: bool) -> None:
    assert fires("R21_bound", book(forms=form(goal, ("2025年社零数据增长率", printed)))) is wrong


@pytest.mark.parametrize(("copies", "wrong"), [("100", False), ("400", True)])
def test_the_use_of_funds_and_the_indicators_promise_the_same(copies: str, wrong: bool) -> None:
    rows = form("做好服务。", ("制作解答手册", ">=100册"))
    made = book(forms=rows, uses=[use(f"制作工作许可问题解答手册{copies}份，每份15元。", 80_000)])
    assert fires("R21_goal_counts", made) is wrong


@pytest.mark.parametrize(
    ("goal", "wrong"),
    [
        ("按时投产企业3家；完成按时投产企业3家等工作。", False),
        ("按时投产企业3家；完成按时投产企业8家等工作。", True),
        ("产值同比增长15%以上。零售额同比增长10%以上。", False),
    ],
)
def test_a_goal_states_a_quantity_once_or_twice_alike(goal: str, wrong: bool) -> None:
    assert fires("R21_goal_twice", book(forms=form(goal, ("企业数量", ">=3家")))) is wrong


@pytest.mark.parametrize(
    ("goal", "wrong"),
    [
        ("获得国家经费支持50.00万元，选派人员3名。", False),
        ("获得国家经费支持50.0025万元，选派人员3名。", False),
        ("获得国家经费支持52.00万元，选派人员3名。", True),
        ("活动经费预算15万元。", True),
        ("实现产值79亿元。", False),
        ("支持甲企业经费20万元，支持乙企业经费30万元。", False),  # parts, not the whole
        ("总投资60万元，设备20万元。", True),
        ("为50户实施改造，户均补助3000元。", False),
        ("改造50户，每户家庭补助3000元。", False),
        ("改造50户，补助3000元/户。", False),
    ],
)
def test_the_money_that_a_goal_names_is_that_of_its_form(goal: str, wrong: bool) -> None:
    made = book(forms=form(goal, ("人数", "=3人")))
    assert any(one.kind != "rounding" for one in WORDED["R21_goal_total"](rules()["R21_goal_total"], made)) is wrong


@pytest.mark.parametrize(
    ("goal", "wrong"),
    [
        ("打造项目9项，其中重点项目1项，攻关项目2项，平台项目3项，引导类3项。", False),
        ("打造项目10项，其中重点项目1项，攻关项目2项，平台项目3项，引导类3项。", True),
        ("打造项目10项，其中重点项目1项，攻关项目2项。", False),  # others may be left out
        ("开展培训4场，其中线上3场、线下2场，参加80人。", True),
        ("开展培训5场，其中线上3场、线下2场，参加80人。", False),
    ],
)
def test_parts_that_a_goal_counts_come_to_its_whole(goal: str, wrong: bool) -> None:
    assert fires("R20_parts", book(forms=form(goal, ("人数", "=80人")))) is wrong


@pytest.mark.parametrize(
    ("title", "printed", "wrong"),
    [
        ("验收合格率", "=400%", True),
        ("验收合格率（%）", "=100%", False),
        ("产值增长率", ">=120%", False),  # what grows may more than double
        ("资金支付及时率", "≥100.00(%)", False),
    ],
)
def test_a_rate_of_a_whole_is_no_more_than_all(title: str, printed: str, wrong: bool) -> None:
    assert fires("S16_rate", book(forms=form("", (title, printed)))) is wrong


@pytest.mark.parametrize(
    ("title", "printed", "wrong"),
    [("发放补助人数（人）", "=3人", False), ("发放补助人数（人）", "=3次", True), ("准确率（%）", "=100%", False)],
)
def test_an_indicator_has_the_unit_of_its_name(title: str, printed: str, wrong: bool) -> None:
    assert fires("S24_unit_name", book(forms=form("", (title, printed)))) is wrong


@pytest.mark.parametrize(
    ("text", "scale", "wrong"),
    [
        ("商品和服务支出14万元。主要用于培训。", 140_000, False),
        ("商品和服务支出44万元。主要用于培训。", 140_000, True),
        ("商品和服务支出10万元，资本性支出4万元。", 140_000, False),
        ("76.96万元全部用于接待。", 769_600, False),
        ("79.96万元全部用于接待。", 769_600, True),
        ("主要用于培训，其中商品和服务支出5万元。", 140_000, False),  # a part
    ],
)
def test_the_use_of_funds_comes_to_the_scale(text: str, scale: int, wrong: bool) -> None:
    assert fires("R21_by_kind", book(uses=[use(text, scale)])) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("一是调研，需工作经费25万元。二是服务，需工作经费10万元。三是咨询，需工作经费15万元。", False),
        ("一是调研，需工作经费55万元。二是服务，需工作经费10万元。三是咨询，需工作经费15万元。", True),
        ("印刷费共计20万元，每册15元。培训费共计30万元。", False),
        ("印刷费8万元、邮电费7万元、差旅费25万元、劳务费15万元等方面支出。", True),  # more than there is
        ("印刷费8万元、邮电费7万元、差旅费20万元、劳务费10万元等方面支出。", False),  # others may be left out
        ("印刷费8万元、邮电费7万元、差旅费25万元，劳务费15万元。", False),  # which may be a part of them
    ],
)
def test_itemised_uses_add_up_to_the_scale_without_the_prices_of_one(text: str, wrong: bool) -> None:
    assert fires("R21_uses", book(uses=[use(text, 500_000)])) is wrong


def paragraph(words: str, section: str) -> dict[str, Any]:
    return {"evidence": "urn:p", "section": section, "words": words}


_ITEMS = (
    "一般公共预算财政拨款支出年初预算为{0}万元，支出决算为{1}万元，完成年初预算的90%。其中："
    "1、一般公共服务支出（类）财政事务（款）行政运行（项）。年初预算为60.00万元，支出决算为50.00万元。"
    "2、一般公共服务支出（类）财政事务（款）信息化建设（项）。年初预算为40.00万元，支出决算为40.00万元。"
)


@pytest.mark.parametrize(
    ("budget", "spent", "wrong"),
    [("100.00", "90.00", False), ("100.01", "90.00", False), ("130.00", "90.00", True), ("100.00", "60.00", True)],
)
def test_the_subjects_of_final_accounts_add_up(budget: str, spent: str, wrong: bool) -> None:
    told = [paragraph(_ITEMS.format(budget, spent), "五（三）具体情况")]
    assert fires("R14_executed", book(executed=True, paragraphs=told)) is wrong


_CLASSES = (
    "1.一般公共服务支出（类）。年初预算100.00万元，支出决算{0}万元，完成年初预算的90%。其中："
    "（1）一般公共服务支出（类）财政事务（款）行政运行（项）。年初预算60.00万元，支出决算50.00万元。"
    "（2）一般公共服务支出（类）财政事务（款）信息化建设（项）。年初预算40.00万元，支出决算40.00万元。"
    "2.卫生健康支出（类）。年初预算9.00万元，支出决算9.00万元。其中："
    "（1）卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）。年初预算5.00万元，支出决算5.00万元。"
    "（2）卫生健康支出（类）行政事业单位医疗（款）公务员医疗补助（项）。年初预算4.00万元，支出决算4.00万元。"
)


@pytest.mark.parametrize(("spent", "wrong"), [("90.00", False), ("60.00", True)])
def test_the_total_of_a_class_is_that_of_its_own_subjects(spent: str, wrong: bool) -> None:
    told = [paragraph(_CLASSES.format(spent), "五（三）具体情况")]
    assert fires("R14_executed", book(executed=True, paragraphs=told)) is wrong


@pytest.mark.parametrize(
    ("budget", "severity"), [("60.00", None), ("130.00", "info"), ("50.00", "error")]
)  # more was budgeted, also for subjects on which nothing was spent
def test_initial_budgets_may_come_to_less_than_their_total(budget: str, severity: str | None) -> None:
    text = _ITEMS.format(budget, "90.00").replace("年初预算为40.00万元，", "年初预算为0，")
    made = book(executed=True, paragraphs=[paragraph(text, "五（三）具体情况")])
    signals = list(WORDED["R14_executed"](rules()["R14_executed"], made))
    assert [one.severity for one in signals] == ([severity] if severity else [])


_FULL = {
    "一、主要职能": "主要职责。", "二、机构设置": "下设2个科室。",
    "三、收支决算情况说明": "与2024年度相比增加3万元，完成年初预算的90%。“三公”经费支出0万元。",
    "四、机关运行经费支出情况": "机关运行经费3万元。",
    "五、政府采购支出情况": "政府采购金额9万元，其中货物9万元，授予中小企业9万元。",
    "六、国有资产占用情况": "车辆0辆。", "七、预算绩效情况": "绩效自评项目1个。", "八、名词解释": "名词。",
}  # fmt: skip


@pytest.mark.parametrize(
    "left_out", ["四、机关运行经费支出情况", "六、国有资产占用情况", "七、预算绩效情况", "八、名词解释"]
)
def test_final_accounts_explain_what_budgets_explain(left_out: str) -> None:
    whole = [paragraph(words, section) for section, words in _FULL.items()]
    assert not fires("S28_sections", book(executed=True, paragraphs=whole))
    lacking = [row for row in whole if row["section"] != left_out]
    assert fires("S28_sections", book(executed=True, paragraphs=lacking))


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("编报绩效目标的项目53个，绩效跟踪评价的项目53个，涉及预算金额10万元。", True),
        ("编报绩效目标的项目53个，绩效自评的项目53个，平均得分95分。", False),
        ("编报绩效目标的项目53个，部门评价结果为优。", False),
        ("开展预算绩效管理，本年没有项目支出。", False),
        ("本年收入合计10万元。", False),
    ],
)
def test_final_accounts_tell_what_evaluations_found(words: str, wrong: bool) -> None:
    held = [paragraph(words, "十、预算绩效情况说明")]
    assert fires("S28_evaluated", book(executed=True, paragraphs=held, self_evaluations=[])) is wrong
    assert not fires("S28_evaluated", book(executed=True, paragraphs=held, self_evaluations=[{"form": "urn:f"}]))
    assert not fires("S28_evaluated", book(paragraphs=held, self_evaluations=[]))


def test_each_of_several_matters_not_explained_is_told_unless_most_are_missing() -> None:
    held = [paragraph(words, section) for section, words in _FULL.items() if section[0] not in "一四六八"]
    assert len(found("S28_sections", book(executed=True, paragraphs=held))) == 4
    only_accounts = [row for row in held if row["section"].startswith("三")]
    assert found("S28_sections", book(executed=True, paragraphs=only_accounts)) == []


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("本部门编报绩效目标的项目14个，涉及项目预算资金1099.22万元。", True),
        ("实行绩效目标管理的项目共3个，涉及资金20.00万元。", True),
        ("本部门编报绩效目标的项目14个，项目绩效目标表见附件。", False),
        ("本部门编报绩效目标的项目14个。修缮项目年度目标：完成修缮。", False),
        ("本部门编报绩效目标的项目14个。七、绩效目标建成后用于社区服务。", False),
        ("本部门开展了项目绩效目标编报工作。", False),
        ("本部门0个项目实行绩效目标管理。", True),
    ],
)
def test_a_budget_that_counts_projects_with_goals_prints_some(words: str, wrong: bool) -> None:
    projects = {"item": "合计", "column": "项目支出", "amount": 11_286_193, "evidence": "urn:e"}
    held: dict[str, Any] = {
        "paragraphs": [paragraph(words, "四、绩效目标设置情况")],
        "totals": [projects],
        "project_heads": [],
    }
    assert fires("S31_no_goals", book(**held)) is wrong
    assert not fires("S31_no_goals", book(**{**held, "project_heads": [{"form": "urn:f"}]}))
    assert not fires("S31_no_goals", book(**{**held, "totals": []}))
    unread = [{"message": "the tables of the page were not read: no room", "evidence": "urn:e"}]
    assert fires("S31_no_goals", book(**{**held, "findings": unread})) is words.startswith("本部门0个")


@pytest.mark.parametrize(
    ("words", "wrong"),
    [("预计淘汰更新执法车辆5辆。", True), ("截至2023年8月31日，本部门共有车辆63辆。", False)],
)
def test_vehicles_to_be_bought_do_not_explain_the_assets_held(words: str, wrong: bool) -> None:
    budget = {**_FULL, "三、收支预算情况说明": "比上年增加3万元。“三公”经费0万元。", "六、其他说明": words}
    held = [paragraph(text, section) for section, text in budget.items() if not section.startswith("六、国有资产")]
    assert fires("S28_sections", book(paragraphs=held)) is wrong


def test_a_number_left_out_among_sections_is_seen() -> None:
    whole = [paragraph(words, section) for section, words in _FULL.items()]
    assert not fires("S28_numbered", book(paragraphs=whole))
    assert fires("S28_numbered", book(paragraphs=[row for row in whole if not row["section"].startswith("五")]))


@pytest.mark.parametrize(
    ("words", "executed", "wrong"),
    [
        ("政府采购金额9万元，其中货物9万元，授予中小企业9万元。", True, False),
        ("政府采购金额9万元，其中货物9万元。", True, True),  # final accounts say what small firms got
        ("政府采购金额9万元，其中货物9万元。", False, False),
        ("政府采购金额9万元。", False, True),
    ],
)
def test_procurement_is_told_in_detail(words: str, executed: bool, wrong: bool) -> None:
    made = book(executed=executed, paragraphs=[paragraph(words, "五、政府采购支出情况")])
    assert fires("S28_procurement", made) is wrong


def test_figures_of_a_signal_are_in_wan() -> None:
    (one,) = WORDED["R21_by_kind"](rules()["R21_by_kind"], book(uses=[use("商品和服务支出44万元。", 140_000)]))
    assert (one.left.value, one.right.value, one.gap) == (Decimal(44), Decimal(14), Decimal(30))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("本项目总投资50万元，其中验收费38万元，培训费10万元，推介词费2万元。", False),
        (
            "本项目总投资50万元，其中验收费38万元，培训费10万元，推介词费12万元。",
            True,
        ),  # 38 and 12 come to it by chance
        ("本项目总投资50万元，其中验收费（含差旅）38万元，培训费10万元，推介词费12万元。", True),
        ("本项目总投资50万元，其中验收费38万元（差旅费10万元、食宿费28万元），推介词费12万元。", False),
    ],
)
def test_the_uses_of_one_plain_list_come_to_no_more_than_the_scale(text: str, wrong: bool) -> None:
    assert fires("R21_uses", book(uses=[use(text, 500_000)])) is wrong


@pytest.mark.parametrize(("amount", "wrong"), [("2.01", False), ("2.1", True)])
def test_one_use_may_be_rounded_in_one_place(amount: str, wrong: bool) -> None:
    rows = [{**row, "level": "成本指标"} for row in form("做好招商。", ("宣传费", "<=2万元"))]
    assert fires("R21_items", book(forms=rows, uses=[use(f"宣传费{amount}万元。", 500_000)])) is wrong


@pytest.mark.parametrize(("yearly", "wrong"), [("10.01", False), ("10.02", True)])
def test_a_yearly_amount_may_be_rounded(yearly: str, wrong: bool) -> None:
    row = {**use("", 100_000), "basis": f"每年{yearly}万元"}
    assert fires("R09_yearly", book(uses=[row])) is wrong


@pytest.mark.parametrize(("amount", "wrong"), [("2", False), ("12", True)])
def test_a_cost_whose_name_is_two_things_is_the_use_of_that_name(amount: str, wrong: bool) -> None:
    rows = form("做好招商。", ("制作演示稿、推介词费", "<=2万元"))
    made = book(
        forms=[{**row, "level": "成本指标"} for row in rows], uses=[use(f"制作演示稿、推介词费{amount}万元。", 500_000)]
    )
    assert fires("R21_items", made) is wrong


@pytest.mark.parametrize(
    ("title", "printed", "wrong"),
    [
        ("公务用车数量", "=3辆", False),
        ("公务用车数量", "=5辆", True),
        ("房屋建筑物供暖面积", "=1377.81平方米", False),
        ("房屋建筑物供暖面积", "=2377.81平方米", True),
        ("绿化种植面积", "=2377.81平方米", False),  # nothing that the body owns
        ("检修车辆次数", ">=12次", False),
    ],
)
def test_no_more_is_looked_after_than_the_body_owns(title: str, printed: str, wrong: bool) -> None:
    words = "1.房屋1,418.73平方米，价值717.94万元。2.车辆3辆，价值51.46万元；其中：其他车辆3辆，价值51.46万元。"
    said = {"section": "（三）国有资产占用使用情况", "words": words, "evidence": "urn:e"}
    assert fires("R22_assets", book(forms=form("", (title, printed)), paragraphs=[said])) is wrong


@pytest.mark.parametrize(
    ("kinds", "title", "printed", "wrong"),
    [
        ((0, 0, 3), "公务用车数量", "=3辆", True),
        ((3, 0, 0), "公务用车数量", "=3辆", False),
        ((0, 3, 0), "公务用车数量", "=3辆", False),
        ((0, 0, 0), "公务用车数量", "=3辆", False),  # R22_assets tells it
        ((0, 0, 3), "车辆数量", "=3辆", False),
        ((0, 0, 3), "公务用车数量", "=0辆", False),
    ],
)
def test_official_cars_are_official_cars_among_the_assets(
    kinds: tuple[int, int, int], title: str, printed: str, wrong: bool
) -> None:
    general, duty, other = (f"{count}辆，价值{count}.00万元" for count in kinds)
    words = f"2.车辆{sum(kinds)}辆，价值3.00万元；其中：一般公务用车{general}；执法执勤用车{duty}；其他车辆{other}。"
    said = {"section": "（三）国有资产占用使用情况", "words": words, "evidence": "urn:e"}
    assert fires("R22_car_kinds", book(forms=form("", (title, printed)), paragraphs=[said])) is wrong
