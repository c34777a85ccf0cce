"""How the money of a project is divided in words and by cost indicators, on rows made for it."""

from typing import Any

import pyoxigraph as ox
import pytest

from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED


def signals(
    rule: str, use: str, scale: int, total: int, *costs: tuple[str, str], quantity: str = "=3人", other_use: str = ""
) -> list[Signal]:
    head = {"form": "urn:f", "name": "某项目", "total": total, "goal": "做好服务。", "form_at": "urn:f:at"}
    rows = [("数量", quantity, "产出指标"), *((title, printed, "成本指标") for title, printed in costs)]
    forms = [
        {**head, "indicator": f"urn:{at}", "title": title, "printed": printed, "level": level, "at": f"urn:at{at}"}
        for at, (title, printed, level) in enumerate(rows)
    ]
    row: dict[str, Any] = {"project": "urn:p", "name": "某项目", "use": use, "basis": None, "scale": scale}
    uses = [{**row, "use": text, "evidence": "urn:e", "form": "urn:f"} for text in (use, other_use)]
    answers: dict[str, object] = {"forms": forms, "uses": uses}
    own = ox.Store()
    book = Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某县科技局", 2025, False, {}, {}, answers)
    return list(WORDED[rule](rules()[rule], book))


def fires(rule: str, use: str, scale: int, total: int, *costs: tuple[str, str]) -> bool:
    return bool(signals(rule, use, scale, total, *costs))


RECEIVED, RUN, HEATED = ("接待企业服务费", "<=21.8万元"), ("运转保障经费", "<=58.2万元"), ("取暖费", "<=3.04万元")


@pytest.mark.parametrize(
    ("use", "costs", "wrong"),
    [
        ("76.96万元全部用于某县科技局接待企业服务费，运转保障经费", (RECEIVED, RUN), True),
        ("80万元全部用于某县科技局接待企业服务费，运转保障经费", (RECEIVED, RUN), False),
        ("80万元全部用于接待企业服务费、运转保障经费", (RECEIVED, RUN, HEATED), False),
        ("83.04万元全部用于接待企业服务费和运转保障经费", (RECEIVED, RUN, HEATED), True),  # 取暖费 is left out
        ("76.96万元全部用于接待企业服务费、宣传费", (RECEIVED, RUN), False),  # of 宣传费 no cost is known
        ("76.96万元用于接待企业服务费，运转保障经费", (RECEIVED, RUN), False),  # and perhaps others
    ],
)
def test_what_is_spent_wholly_on_some_uses_is_what_they_cost(
    use: str, costs: tuple[tuple[str, str], ...], wrong: bool
) -> None:
    total = 800_000 if HEATED not in costs else 830_400
    assert fires("R21_wholly", use, 769_600, total, *costs) is wrong


@pytest.mark.parametrize(
    ("other", "wrong"), [("3.03万元全部用于某县科技局暖气费", False), ("2.03万元全部用于某县科技局暖气费", True)]
)
def test_cost_indicators_may_speak_of_all_lines_of_a_project(other: str, wrong: bool) -> None:
    use = "76.96万元全部用于某县科技局接待企业服务费，运转保障经费"
    assert bool(signals("R21_wholly", use, 769_600, 800_000, RECEIVED, RUN, other_use=other)) is wrong


def test_a_unit_cost_counts_as_often_as_its_quantity() -> None:
    costs = ("人员补助经费标准", "<=1.28万元/人"), ("差旅费", "<=2.11万元"), ("其他经费", "<=1.41万元")
    assert fires("R21_wholly", "7.38万元全部用于人员补助经费及差旅费", 73_800, 73_700, *costs)
    assert not fires("R21_wholly", "5.95万元全部用于人员补助经费及差旅费", 73_800, 73_700, *costs)


def test_costs_that_miss_the_total_of_their_form_are_told_by_another_rule() -> None:
    quarters = ("第一季度支付债务金额", "=220万元"), ("第二季度支付债务金额", "=651.79万元")
    assert not fires("R21_wholly", "872万元全部用于支付债务金额", 8_720_000, 8_720_000, *quarters)


@pytest.mark.parametrize(
    ("use", "costs", "wrong"),
    [
        ("调研需经费25万元，会务需经费10万元，资料需经费15万元。", ("30万元", "20万元"), True),
        ("调研需经费20万元，会务需经费10万元，资料需经费20万元。", ("30万元", "20万元"), False),
        ("调研需经费30万元，会务需经费20万元。", ("10万元", "20万元", "20万元"), False),
        ("调研需经费25万元，会务需经费10万元。", ("30万元", "20万元"), False),  # more is spent than is named
        ("调研需经费25万元，会务需经费25万元。", ("30万元", "10万元"), False),
        ("调研需经费25万元，会务需经费25万元。", ("30万元", "10万元/人"), False),
        ("印刷费5万元、邮电费1.5万元、差旅费43.5万元", ("45万元", "5万元"), False),
        ("印刷费5万元、邮电费1.5万元、差旅费43.5万元", ("46万元", "4万元"), True),
    ],
)
def test_two_divisions_of_the_money_go_together(use: str, costs: tuple[str, ...], wrong: bool) -> None:
    titled = [(f"{at}类成本", printed) for at, printed in enumerate(costs)]
    assert fires("R21_split", use, 500_000, 500_000, *titled) is wrong


@pytest.mark.parametrize(
    ("printed", "copies", "kinds"),
    [
        ("<=9.87万元/份", "=16份", ["rounding"]),  # 157.92 for 158
        ("<=9.875万元/份", "=16份", []),
        ("<=9.80万元/份", "=16份", ["contradiction"]),
        ("<=158万元", "=16份", []),
    ],
)
def test_a_rounded_unit_cost_is_a_note_and_no_contradiction(printed: str, copies: str, kinds: list[str]) -> None:
    found = signals("R19_cost", "编制规划。", 1_580_000, 1_580_000, ("报告成本", printed), quantity=copies)
    assert [one.kind for one in found] == kinds


@pytest.mark.parametrize(
    ("total", "costs", "wrong"),
    [
        (1_580_000, (("编制成本", "<=128万元"), ("编制标准", "8万元/份"), ("印刷成本", "<=30万元")), False),
        (1_880_000, (("编制成本", "<=128万元"), ("编制标准", "8万元/份"), ("印刷成本", "<=30万元")), True),
        (2_860_000, (("甲成本", "<=128万元"), ("乙成本", "8万元/份"), ("印刷成本", "<=30万元")), False),  # two costs
        (1_580_000, (("编制成本", "<=128万元"), ("校对标准", "9万元/份"), ("印刷成本", "<=30万元")), True),
    ],
)
def test_a_cost_and_its_unit_cost_count_once(total: int, costs: tuple[tuple[str, str], ...], wrong: bool) -> None:
    assert bool(signals("R19_cost", "编制规划。", total, total, *costs, quantity="=16份")) is wrong


@pytest.mark.parametrize(
    ("cost", "wrong"), [("<=12万元", False), ("<=58万元", True), ("<=62万元", True), ("<=60万元", False)]
)
def test_a_single_cost_that_is_small_is_one_of_a_part(cost: str, wrong: bool) -> None:
    assert bool(signals("R19_cost", "购买食品。", 600_000, 600_000, ("食品采购成本", cost))) is wrong


@pytest.mark.parametrize(
    ("use", "cost", "told"),
    [
        ("暖气费", "委托服务费", ["资金分配“暖气费”"]),  # the use of the other project, whose costs its uses name
        ("运转保障经费", "委托服务费", ["资金分配“运转保障经费”"]),  # a cost of the other project
        ("委托服务费", "委托服务费", []),
        ("委托服务费、暖气费", "委托服务费", []),  # a second use that both have
        ("讲课费", "委托服务费", []),  # of no other project
        ("暖气费", "办公楼暖气费", []),
        ("暖气费", None, []),  # no cost that could speak of it
    ],
)
def test_what_a_project_is_spent_on_is_not_the_use_of_its_neighbour(
    use: str, cost: str | None, told: list[str]
) -> None:
    forms = [
        {"form": f"urn:{name}", "name": f"{name}项目", "total": 50_000, "goal": "做好服务。", "form_at": "urn:at",
         "indicator": f"urn:{name}{title}", "title": title, "printed": "<=5万元", "level": "成本指标", "at": "urn:i"}
        for name, title in (("甲", cost or "数量"), ("乙", "运转保障经费"))
    ]  # fmt: skip
    if cost is None:
        forms[0] |= {"level": "产出指标", "printed": "=3人"}
    uses = [
        {"project": f"urn:p{name}", "name": f"{name}项目", "basis": None, "scale": 50_000, "evidence": "urn:e",
         "use": f"5.00万元全部用于某县科技局{words}", "form": f"urn:{name}"}
        for name, words in (("甲", use), ("乙", "暖气费"), ("乙", "运转保障经费"))
    ]  # fmt: skip
    answers: dict[str, object] = {"forms": forms, "uses": uses, "projects": []}
    own = ox.Store()
    book = Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某县科技局", 2025, False, {}, {}, answers)
    found = WORDED["W12_of_another"](rules()["W12_of_another"], book)
    assert [one.left.name for one in found] == told


@pytest.mark.parametrize(
    ("costs", "wrong"),
    [
        ((("监测站点运行维护成本", "<=61.00万元"), ("预警平台运维成本", "<=34.00万元")), True),
        ((("监测站点运行维护成本", "<=51.00万元"), ("预警平台运维成本", "<=34.00万元")), False),
        ((("监测站点运行维护成本", "<=21.00万元"), ("预警平台运维成本", "<=34.00万元")), False),  # others are left out
        ((("项目总成本", "<=85.00万元"), ("预警平台运维成本", "<=34.00万元")), False),  # one is the whole
        ((("工程总造价", "<=900.00万元"), ("监理成本", "<=34.00万元")), False),  # of several years
        ((("每处平均维护成本", "<=61.00万元"), ("预警平台运维成本", "<=34.00万元")), False),
    ],
)
def test_costs_among_the_outputs_come_to_no_more_than_the_total(
    costs: tuple[tuple[str, str], ...], wrong: bool
) -> None:
    head = {"form": "urn:f", "name": "某项目", "total": 850_000, "goal": "做好服务。", "form_at": "urn:f:at"}
    kinds = {"level": "产出指标", "kind": "成本指标"}
    forms = [
        {**head, **kinds, "indicator": f"urn:{at}", "title": title, "printed": printed, "at": f"urn:at{at}"}
        for at, (title, printed) in enumerate(costs)
    ]
    own = ox.Store()
    book = Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某局", 2025, False, {}, {}, {"forms": forms})
    assert bool(list(WORDED["R19_cost"](rules()["R19_cost"], book))) is wrong
