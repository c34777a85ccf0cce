"""One thing by two names within one project, on rows made for them: each wrong case beside one that is right."""

from typing import Any

import pyoxigraph as ox
import pytest

from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED

_OUTPUT, _COST = "产出指标", "成本指标"


def signals(rule: str, **answers: list[dict[str, Any]]) -> list[Signal]:
    known: dict[str, Any] = {"projects": [], "forms": [], "uses": [], **answers}
    own = ox.Store()
    book = Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某局", 2025, False, {}, {}, known)
    return list(WORDED[rule](rules()[rule], book))


def form(goal: str, *indicators: tuple[str, str, str]) -> list[dict[str, Any]]:
    head = {"form": "urn:f", "name": "某项目", "total": 500_000, "goal": goal, "form_at": "urn:f:at", "value": None}
    return [
        {**head, "indicator": f"urn:i{at}", "level": level, "title": title, "printed": printed, "at": f"urn:at{at}"}
        for at, (level, title, printed) in enumerate(indicators)
    ]


def use(text: str) -> dict[str, Any]:
    row = {"project": "urn:p", "name": "某项目", "use": text, "basis": None, "scale": 500_000}
    return {**row, "evidence": "urn:e", "form": "urn:f"}


def project(name: str, **texts: str) -> dict[str, Any]:
    row = {"project": "urn:p", "name": name, "at": "urn:n", "told": "urn:t", "basis": None, "use": None}
    return {**row, "purpose": None, **texts}


@pytest.mark.parametrize(
    ("goal", "indicator", "severity"),
    [
        ("采购打印机5台，保障运转。", (_OUTPUT, "采购打印机数量", "=5台"), None),
        ("采购打印机5台，保障运转。", (_OUTPUT, "采购复印机数量", "=5台"), "warning"),
        ("采购打印机5台，保障运转。", (_OUTPUT, "采购投影仪数量", "=5台"), "warning"),  # goods bought under two names
        ("采购打印机5台，保障运转。", (_OUTPUT, "采购复印机数量", "=2台"), None),  # another number: two things
        ("组织专家编撰《水利参考》6期。", (_OUTPUT, "编制《水利咨询》", ">=6期"), "warning"),
        ("开展整理图书工作1次。", (_OUTPUT, "开展整理档案工作", ">=1次"), "warning"),
        ("监督检查乡镇覆盖率达到100%。", (_OUTPUT, "监督检查县市覆盖率", "=100%"), "warning"),
        ("资金发放准确率达到100%。", (_OUTPUT, "资金发放合规率", "=100%"), None),
        (
            "培育电商龙头企业15家；完成培育电商龙头企业15家。",
            (_OUTPUT, "培育农业龙头企业数量（家）", ">=15家"),
            "warning",
        ),
        ("开展推广活动3次。", (_OUTPUT, "瓜果推广次数", ">=3次"), None),
        ("工业固定资产投资同比增长10%。", (_OUTPUT, "工业固定资产投资增长率", ">=10%"), None),
        ("群众受益满意度达到95%。", (_OUTPUT, "人员受益满意度", ">=95%"), None),
        ("企业取得专利证书110项。", (_OUTPUT, "企业申请专利证书数量", ">=110项"), None),  # two words for one deed
        ("展馆免费开放运行费3万元。", (_OUTPUT, "展馆免费开放天数", ">=300天"), None),
        ("更新乡镇（街道）健身器材30套。", (_OUTPUT, "更新健身器材数量", "=30套"), None),  # told more closely
        ("建设防护围栏9公里。", (_COST, "防护围栏建设成本", "<=45万元"), None),  # how long it is, and what it costs
        ("编制规划书16份。", (_OUTPUT, "委托报告数量", ">=16份"), None),
    ],
)
def test_the_goal_and_its_indicators_name_one_thing_alike(
    goal: str, indicator: tuple[str, str, str], severity: str | None
) -> None:
    found = signals("R24_one_name", forms=form(goal, indicator))
    assert [one.severity for one in found] == ([severity] if severity else [])


@pytest.mark.parametrize(("cost", "wrong"), [("科技之冬活动成本", False), ("科技之秋活动成本", True)])
def test_a_use_and_its_cost_bear_one_name(cost: str, wrong: bool) -> None:
    rows = form("做好服务。", (_OUTPUT, "科技之冬活动次数", ">=2次"), (_COST, cost, "<=3万元"))
    assert bool(signals("R24_one_name", forms=rows, uses=[use("开展科技之冬活动费3万元，培训费7万元。")])) is wrong


def test_what_is_counted_in_persons_and_its_standard_bear_one_name() -> None:
    rows = form("聘用水管员24人。", (_COST, "村级水管员补助标准", "=2000元/人/月"))
    assert signals("R24_one_name", forms=rows, uses=[use("用于发放24名村级水管员劳务补助57.6万元。")]) == []


@pytest.mark.parametrize(
    ("goal", "indicator", "severity"),
    [
        ("受益群众满意度达到95%以上。", ("受益群众满意度", ">=95%"), None),
        ("受益群众满意度达到95%以上。", ("受益企业满意度", ">=95%"), "warning"),
        ("不断提升企业满意度。", ("职工满意度", ">=95%"), "info"),  # no figure in the goal
        ("受益群众满意度达到95%以上。", ("受益企业满意度", ">=90%"), None),  # two figures: two things
        ("受益群众满意度达到95%以上。", ("受益人员满意度", ">=95%"), None),
        ("社会公众满意度达到95%以上。", ("居民满意度", ">=95%"), None),
        ("学生满意度达到95%以上。", ("教师满意度", ">=95%"), "warning"),
        ("群众满意度达到95%以上。", ("就诊患者满意度", ">=95%"), None),  # patients are of the public
        ("群众满意度达到95%以上。", ("参训企业满意度", ">=95%"), None),  # another question
        ("群众和企业满意度达到95%以上。", ("企业满意度", ">=95%"), None),
        ("群众满意度达到95%，企业满意度达到95%。", ("企业满意度", ">=95%"), None),
    ],
)
def test_goal_and_indicator_promise_the_satisfaction_of_one_group(
    goal: str, indicator: tuple[str, str], severity: str | None
) -> None:
    found = signals("R24_one_name", forms=form(goal, ("满意度指标", *indicator)))
    assert [one.severity for one in found] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("title", "wrong"),
    [
        ("电子商务实用型人才培养人次", False),
        ("电子商务创业型人才培养人次", True),
        ("电子商务紧缺人才培养人次", True),
        ("旅游服务创业型人才培养人次", False),  # another thing altogether
        ("外贸主体数量", False),
        ("县域商业体系提升项目数量", False),  # two words for one deed
    ],
)
def test_a_long_goal_has_the_name_of_an_indicator_word_by_word(title: str, wrong: bool) -> None:
    goal = "一、扩大外贸规模。二、推进县域商业体系建设项目。（四）加强电子商务实用型人才培养。五、守住安全底线。"
    assert bool(signals("R24_one_name", forms=form(goal, (_OUTPUT, title, "=300人次")))) is wrong


def test_a_phrase_that_has_an_indicator_of_its_own_is_no_variant() -> None:
    rows = form(
        "加强电子商务实用型人才培养。",
        (_OUTPUT, "电子商务实用型人才培养人次", "=300人次"), (_OUTPUT, "电子商务创业型人才培养人次", "=100人次"),
    )  # fmt: skip
    assert signals("R24_one_name", forms=rows) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("7.38万元全部用于某局人员补助经费及艰边贴补助经费", False),
        ("7.38万元全部用于某局人员补助经费及取暖费补助经费", True),
        ("7.38万元全部用于某局人员补助经费及差旅费", False),  # of no kind that has a cost
        ("7.38万元全部用于某局取暖费补助经费及降温费补助经费", False),  # another list altogether
        ("主要用于人员补助经费、艰边贴补助经费、取暖费补助经费", False),  # all costs are there
    ],
)
def test_the_items_of_a_list_of_uses_bear_the_names_of_their_costs(text: str, wrong: bool) -> None:
    rows = form(
        "选派人才3名。",
        (_COST, "人员补助经费标准", "<=1.28万元/人"), (_COST, "艰边贴补助经费", "<=2.11万元"),
        (_COST, "其他补贴经费", "<=1.41万元"),
    )  # fmt: skip
    assert bool(signals("R24_one_name", forms=rows, uses=[use(text)])) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("培训费7.8万元，科技之冬活动费3万元。", False),
        ("培训费7.8万元，租赁车辆费3万元。", True),  # one amount
        ("培训费7.8万元，租赁车辆费2万元。", False),
    ],
)
def test_the_only_item_without_a_cost_has_the_amount_of_the_only_cost_without_an_item(text: str, wrong: bool) -> None:
    rows = form("做好服务。", (_COST, "开展培训成本", "<=7.8万元"), (_COST, "科技之冬活动成本", "<=3万元"))
    assert bool(signals("R24_one_name", forms=rows, uses=[use(text)])) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"), [("5万元全部用于某局委托服务费", False), ("5万元全部用于某局咨询服务费", True)]
)
def test_the_only_use_bears_the_name_of_the_only_cost(text: str, wrong: bool) -> None:
    rows = form("服务。", (_COST, "委托服务费", "<=5万元"))
    assert bool(signals("R24_one_name", forms=rows, uses=[use(text)])) is wrong


def test_parallel_things_that_all_parts_name_are_no_variants() -> None:
    rows = form(
        "第一季度检查企业5家，第二季度检查企业5家；培训教师30人，培训学生30人。",
        (_OUTPUT, "第一季度检查企业数量", ">=5家"), (_OUTPUT, "第二季度检查企业数量", ">=5家"),
        (_OUTPUT, "培训教师人数", ">=30人"), (_OUTPUT, "培训学生人数", ">=30人"),
    )  # fmt: skip
    assert signals("R24_one_name", forms=rows) == []


@pytest.mark.parametrize(
    ("purpose", "wrong"),
    [
        ("积极应对不利影响，提升国际市场竞争力，促进和扩大进出口。", False),
        ("积极应对不利影响，提过国际市场竞争力，促进和扩大进出口。", True),
        ("支付拖欠的设备采购款。", False),
    ],
)
def test_two_copies_of_one_text_have_the_same_words(purpose: str, wrong: bool) -> None:
    one = project(
        "外贸专项资金", use="帮助企业积极应对不利影响，提升国际市场竞争力，促进和扩大进出口。", purpose=purpose
    )
    assert bool(signals("R24_copied_text", projects=[one])) is wrong


@pytest.mark.parametrize(
    ("basis", "wrong"),
    [
        ("《关于成立某州第三届专家顾问团的通知》，组建某州第三届专家顾问团。", False),
        ("《关于成立某州第三届专家顾问团的通知》，组建某州第3届专家顾问团。", False),
        ("《关于成立某州第三届专家顾问团的通知》，组建某州第二届专家顾问团。", True),
        ("《关于开展第九批国家农业园区建设的通知》和《关于开展第六批自治区级园区申报的通知》。", False),
    ],
)
def test_one_thing_bears_one_ordinal_within_a_project(basis: str, wrong: bool) -> None:
    assert bool(signals("R24_ordinal", projects=[project("顾问经费", basis=basis)])) is wrong


@pytest.mark.parametrize(
    ("purpose", "wrong"),
    [
        ("某州财教【2024】49号2024年科技专项资金【第二批】。", True),
        ("某州财教【2024】49号2024年科技专项资金（第三批）。", False),
        ("2024年科技专项资金第二批和科技专项资金第三批。", False),  # its own is there
        ("第二批设备采购。", False),
    ],
)
def test_the_batch_in_a_name_is_that_of_its_text(purpose: str, wrong: bool) -> None:
    one = project("某州财教[2024]49号2024年科技专项资金[第三批]", purpose=purpose)
    assert bool(signals("R24_batch", projects=[one])) is wrong


@pytest.mark.parametrize(
    ("purpose", "wrong"),
    [
        ("从各园区征集州级重点人才项目共计15个，合计1040万元。", False),
        ("从各园区征集州级重点人才项目共计12个，合计1040万元。", True),
        ("支持15个州级重点人才项目，其中续建重点人才项目3个。", False),  # the whole is there
        ("支付第一轮资金。", False),
    ],
)
def test_the_count_in_a_name_is_that_of_its_text(purpose: str, wrong: bool) -> None:
    one = project("某州15个重点人才项目2024年首轮支持资金", purpose=purpose)
    assert bool(signals("R22_count_in_name", projects=[one])) is wrong


@pytest.mark.parametrize(
    ("cited", "amiss"),
    [
        ("奇财预【2025】68号2025年招商引资经费", False),
        ("奇财预〔2025〕68号2025年招商引资经费", False),
        ("奇财预【2025】68号2025年招商引资经费的通知", False),  # longer, no other
        ("关于进一步加强招商引资工作的意见", False),
        ("奇财预【2025】78号2025年招商引资经费", True),
        ("奇财预【2025】68号2025年商招引资经费", True),
        ("奇财预【2025】68号2025年招商引费", True),
        ("奇财预【2025】70号2025年信访业务资金", True),  # that of another project
    ],
)
def test_a_goal_cites_its_own_project_by_its_name(cited: str, amiss: bool) -> None:
    own, other = "奇财预【2025】68号2025年招商引资经费", "奇财预【2025】70号2025年信访业务资金"
    rows = [project(own, use=f"根据《{cited}》文件内容安排。"), project(other)]
    found = [(one.left.name, one.right.name) for one in signals("R24_cited_project", projects=rows)]
    assert len(found) == amiss
    assert all(right == own for _, right in found)
