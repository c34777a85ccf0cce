"""Works that a text describes, projects it counts, totals it states, each wrong case beside a right one."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest

from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED

_FORM = dict.fromkeys(("total", "goal", "indicator", "title", "level", "value", "printed", "at"))
_ROW = dict.fromkeys(("view", "income", "path", "item", "code", "column", "amount", "evidence"))


def found(rule: str, *texts: str, **answers: Sequence[Mapping[str, Any]]) -> list[Signal]:
    own = ox.Store()
    rows = [{"evidence": f"urn:p{at}", "section": f"第{at}节", "words": text} for at, text in enumerate(texts)]
    known: dict[str, Any] = {"paragraphs": rows, "forms": [], "totals": [], "form_money": [], **answers}
    book = Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某局", 2025, False, {}, {}, known)
    return list(WORDED[rule](rules()[rule], book))


def works(name: str = "新建某某街道社区服务中心", **indicator: object) -> dict[str, Any]:
    return {**_FORM, "form": f"urn:{name}", "name": name, "form_at": "urn:f", "total": Decimal(4_100_000), **indicator}


_NAMED = "由某街道建设的某某街道社区服务中心新建工程，位于某路。"


def plan(*amounts: str) -> str:
    return "，".join(f"第{at}季度用款计划{amount}万元" for at, amount in zip("一二三四", amounts, strict=False)) + "。"


@pytest.mark.parametrize(
    ("name", "text", "wrong"),
    [
        ("新建某某街道社区服务中心", "某某街道社区服务中心新建工程位于某路。", True),
        ("某某街道社区服务中心新建工程", "新建某某街道社区服务中心，位于某路。", True),
        ("某某街道社区服务中心新建工程", "某某街道社区服务中心改建工程位于某路。", True),
        ("某某街道社区服务中心新建工程", "某某街道社区服务中心新建工程位于某路。", False),
        ("某某街道社区服务中心新建工程", "某某街道社区服务中心位于某路。", False),  # the place, not the works
    ],
)
def test_works_bear_one_name_whatever_the_order_of_its_words(name: str, text: str, wrong: bool) -> None:
    assert bool(found("R24_described", text, forms=[works(name)])) is wrong


@pytest.mark.parametrize(
    ("texts", "wrong"),
    [
        ((_NAMED, plan("25.88", "180.74", "186.60", "16.78")), False),
        ((_NAMED, plan("28.88", "180.74", "186.60", "16.78")), True),
        ((_NAMED, plan("28.88", "180.74", "186.60")), False),  # not the whole year
        (("某路的另一工程。", plan("28.88", "180.74", "186.60", "16.78")), False),  # of works without a form
    ],
)
def test_payments_of_the_quarters_come_to_the_form(texts: tuple[str, ...], wrong: bool) -> None:
    assert bool(found("R20_payments", *texts, forms=[works()])) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("本工程规划建筑面积约为13459平方米。", False),
        ("本工程规划建筑面积约为13495平方米。", True),
        ("本工程规划建筑面积13495平方米，调整后规划建筑面积13459平方米。", False),  # both are told
        ("本工程规划建筑面积约为2层。", False),
    ],
)
def test_a_quantity_that_is_described_is_that_of_the_indicator(text: str, wrong: bool) -> None:
    row = works(indicator="urn:i", title="规划建筑面积", level="产出指标", printed="≥13459.00(平方米)", at="urn:i")
    assert bool(found("R21_described", text, forms=[row])) is wrong


_CATEGORIES = """
@prefix bl: <https://w3id.org/cnbl/ont#> . @prefix view: <https://w3id.org/cnbl/code/view/> .
@prefix side: <https://w3id.org/cnbl/code/side/> .
<urn:1> bl:inView view:fiscal_appropriation_overview ; bl:functionalSubject <urn:c/213> ; bl:item "农林水支出" ;
  bl:columnName "一般公共预算" ; bl:amountCNY 1100000.0 ; bl:evidence <urn:e1> .
<urn:2> bl:inView view:general_budget_expenditure ; bl:functionalSubject <urn:c/213> ; bl:columnName "合计" ;
  bl:amountCNY 1000000.0 ; bl:evidence <urn:e2> .
<urn:3> bl:inView view:fiscal_appropriation_overview ; bl:side side:income ; bl:item "上年结转" ;
  bl:amountCNY {carried} ; bl:evidence <urn:e3> .
"""


@pytest.mark.parametrize(("carried", "wrong"), [("100000.0", False), ("90000.0", True)])
def test_the_table_of_this_years_money_lacks_what_was_carried_over(carried: str, wrong: bool) -> None:
    own = ox.Store()
    own.load(_CATEGORIES.format(carried=carried).encode(), format=ox.RdfFormat.TURTLE)
    found = own.query(rules()["R02_fiscal_overview"].sparql)
    assert isinstance(found, ox.QuerySolutions)
    assert bool(list(found)) is wrong


@pytest.mark.parametrize(("goal", "wrong"), [("本项目为上年结转项目，建设围栏。", False), ("建设围栏。", True)])
def test_a_project_whose_form_says_that_it_is_carried_over_need_not_be_counted(goal: str, wrong: bool) -> None:
    money = [{"form": f"urn:{at}", "single": True, "fiscal": None, "goal": words, "at": f"urn:{at}"}
             for at, words in enumerate(("建设水厂。", goal))]  # fmt: skip
    answers = {"form_money": money, "absences": [], "carried_forms": []}
    assert bool(found("R22_projects", "一般公共预算安排项目1个，项目支出5万元。", **answers)) is wrong


@pytest.mark.parametrize(("section", "stated", "wrong"), [
    ("四、财政拨款收支预算情况", "110.00", False), ("四、财政拨款收支预算情况", "120.00", True),
    ("五、一般公共预算当年拨款情况", "110.00", True), ("五、一般公共预算当年拨款情况", "100.00", False),
])  # fmt: skip
def test_categories_with_money_carried_over_are_those_of_the_overview(section: str, stated: str, wrong: bool) -> None:
    views = {"general_budget_expenditure": 1_000_000, "fiscal_appropriation_overview": 1_100_000}
    totals = [{**_ROW, "view": view, "item": "农林水支出", "code": "213", "column": "合计", "amount": yuan,
               "evidence": "urn:t"} for view, yuan in views.items()]  # fmt: skip
    words = f"本年拨款100.00万元，上年结转10.00万元。支出预算包括：农林水支出{stated}万元。"
    told = [{"evidence": "urn:p", "section": section, "words": words}]
    assert bool(found("R14_categories", paragraphs=told, totals=totals)) is wrong


@pytest.mark.parametrize(
    ("count", "amount", "wrong"), [(2, "30.00", False), (1, "30.00", True), (3, "30.00", True), (9, "90.00", False)]
)
def test_no_more_forms_are_printed_than_projects_have_goals(count: int, amount: str, wrong: bool) -> None:
    text = f"编报绩效目标的项目{count}个，涉及项目预算资金{amount}万元。"
    money = [{"form": f"urn:{at}", "single": True, "total": 150_000, "at": f"urn:{at}"} for at in range(2)]
    assert bool(found("R22_goal_count", text, form_money=money)) is wrong


@pytest.mark.parametrize(
    ("amount", "expenditure", "wrong"),
    [
        ("30.00", 300_000, False),
        ("30.00", 300_040, False),
        ("30.00", 299_960, False),
        ("39.00", 300_000, True),
        ("30.00", None, False),
    ],
)
def test_projects_with_goals_come_to_no_more_than_all_project_expenditure(
    amount: str, expenditure: int | None, wrong: bool
) -> None:
    text = f"编报绩效目标的项目14个，涉及项目预算资金{amount}万元。"
    rows = [
        {
            **_ROW,
            "view": "expenditure",
            "item": "合计",
            "column": "项目支出",
            "amount": expenditure,
            "evidence": "urn:t",
        }
    ]
    assert bool(found("R22_goal_bound", text, totals=rows)) is wrong
    assert rules()["R22_goal_bound"].phase == "budget"  # final accounts budget more for projects than they spend


@pytest.mark.parametrize(("count", "wrong"), [("3", False), ("2", False), ("4", True), ("四", True), ("三", False)])
def test_no_more_bodies_set_goals_than_are_listed(count: str, wrong: bool) -> None:
    listed = "具体包括：1.某街道办事处。2.某街道党群中心。3.某街道经济中心。"
    text = f"本部门{count}个预算单位开展了项目预算绩效目标编报工作。"
    assert bool(found("R22_goal_bodies", listed, text)) is wrong
    assert not found("R22_goal_bodies", text)


@pytest.mark.parametrize(
    ("count", "forms", "bodies", "wrong"),
    [
        ("2", 3, ["某街道"] * 3, True),
        ("2", 3, ["某街道", "某街道", "某街道党群中心"], False),
        ("1", 3, ["某街道"] * 3, False),
        ("2", 4, ["某街道"] * 3, False),  # a form is not printed
        ("2", 3, ["某街道", "某街道", None], False),
    ],
)
def test_no_more_bodies_set_goals_than_carry_out_the_projects(
    count: str, forms: int, bodies: list[str | None], wrong: bool
) -> None:
    text = f"本部门{count}个预算单位开展了编报工作，编报绩效目标的项目{forms}个，涉及项目预算资金30.00万元。"
    text = text.replace("编报工作", "项目预算绩效目标编报工作")
    heads = [{**_ROW, "form": f"urn:{at}", "carried_out_by": body, "evidence": ""} for at, body in enumerate(bodies)]
    assert bool(found("R22_goal_bodies", text, project_heads=heads)) is wrong


@pytest.mark.parametrize(
    ("kinds", "wrong"),
    [
        ("行政单位一家，行政执法机构一家", False),
        ("行政单位二家，行政执法机构一家", True),
        ("行政单位1家，参公单位1家", False),
        ("行政单位两家，事业单位一家", True),
    ],
)
def test_bodies_are_counted_by_kind_in_numerals_of_either_sort(kinds: str, wrong: bool) -> None:
    text = f"本部门中，{kinds}，具体包括：1.某执法局。2.某执法局执法大队。"
    assert bool(found("R22_bodies", text)) is wrong


_COSTS = {
    **_ROW,
    "view": "three_public",
    "item": "机关运行经费",
    "column": "合计",
    "amount": 7_860_900,
    "evidence": "urn:t",
}
_GOODS = {**_COSTS, "view": "government_procurement", "item": "货物A", "amount": 590_000}
_ALL = {**_GOODS, "item": "合计", "amount": 22_478_500}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("下属1家机关财政拨款的机关运行经费预算为786.09万元。", []),
        ("下属1家机关财政拨款的机关运行经费预算为768.09万元。", ["机关运行经费预算"]),
        ("政府采购预算总金额为2247.85万元，其中拟购买货物59万元。", []),
        ("政府采购支出预算总额2274.85万元，其中：拟采购货物支出59万元。", ["政府采购预算总额"]),
        ("政府采购预算总额2247.85万元，其中拟购买货物59.6万元。", ["货物采购"]),
    ],
)
def test_costs_and_procurement_of_the_text_are_those_of_the_tables(text: str, wrong: list[str]) -> None:
    signals = found("R14_totals", text, totals=[_COSTS, _GOODS, _ALL])
    assert [name for name in wrong if any(name in one.zh for one in signals)] == wrong
    assert len(signals) == len(wrong)


@pytest.mark.parametrize(("last", "twice"), [("某街道经济中心", False), ("某街道党群中心", True)])
def test_a_list_of_bodies_names_each_once(last: str, twice: bool) -> None:
    text = f"具体包括：1.某街道办事处。2.某街道党群中心。3.{last}。"
    assert bool(found("R22_repeated", text)) is twice


@pytest.mark.parametrize(
    "told",
    [
        "项目支出均实行绩效目标管理，共{}个项目，涉及项目支出预算{}万元。",
        "实行绩效目标管理的项目{}个，涉及预算资金{}万元，其中：一般公共预算20万元。",
    ],
)
@pytest.mark.parametrize(
    ("count", "amount", "names", "wrong"),
    [
        (2, "50.00", "甲乙", False),
        (3, "50.00", "甲乙", True),
        (1, "50.00", "甲乙", True),
        (1, "50.00", "甲甲", False),  # one name, by two bodies
        (3, "90.00", "甲乙", False),  # of another amount: other ones
    ],
)
def test_where_all_projects_have_goals_they_are_those_of_the_table(
    told: str, count: int, amount: str, names: str, wrong: bool
) -> None:
    rows = [
        {"view": "project_expenditure", "project": f"urn:{at}", "name": name, "amount": 250_000, "at": f"urn:at{at}"}
        for at, name in enumerate(names)
    ]
    assert bool(found("R22_all_goals", told.format(count, amount), project_rows=rows)) is wrong
