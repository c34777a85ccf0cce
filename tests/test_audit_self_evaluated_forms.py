"""Self-evaluations against themselves: costs and totals, texts and indicators, on rows made for them."""

from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest

from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED

Indicator = tuple[str, str, str, str]  # level, name, target, achieved value
_PLANTED = ("产出指标", "造林面积（亩）", "≥80亩", "80亩")


def evaluation(
    *indicators: Indicator,
    goal: str = "",
    outcome: str = "",
    money: tuple[int, int, int] = (600_000, 740_000, 740_000),
    **head: Any,
) -> list[dict[str, Any]]:
    """The rows of one self-evaluation; its money is that of the start of the year, of the year and what was spent."""
    start, budget, spent = map(Decimal, money)
    known = {
        "form": "urn:f", "name": "造林项目", "single": True, "goal": goal, "outcome": outcome, "supervisor": None,
        "start": start, "budget": budget, "spent": spent, "form_at": "urn:at", **head,
    }  # fmt: skip
    return [
        {**known, "indicator": f"urn:i{at}", "level": level, "title": title, "target": target, "actual": actual,
         "at": f"urn:at{at}"}
        for at, (level, title, target, actual) in enumerate(indicators or [_PLANTED])
    ]  # fmt: skip


def signals(rule: str, rows: list[dict[str, Any]], **answers: list[dict[str, Any]]) -> list[Signal]:
    own = ox.Store()
    empty: dict[str, Any] = {name: [] for name in ("projects", "forms", "uses", "paragraphs", "project_heads")}
    known = {**empty, "self_evaluations": rows, **answers}
    book = Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某县林草局", 2024, True, {}, {}, known)
    return list(WORDED[rule](rules()[rule], book))


def cost(target: str, actual: str) -> Indicator:
    return "成本指标", f"费用{target}", target, actual


@pytest.mark.parametrize(
    ("costs", "told"),
    [
        ((("≤40万元", "40万元"), ("≤34万元", "34万元")), []),
        ((("≤46万元", "46万元"), ("≤34万元", "34万元")), ["80.00万元，绩效表全年预算数74.00万元"]),
        ((("≤40万元", "38万元"), ("≤34万元", "34万元")), ["72.00万元，绩效表全年执行数74.00万元"]),
        ((("≤30万元", "40万元"), ("≤30万元", "34万元")), []),  # targets of the budget at the start of the year
        ((("≤40万元", "40万元"),), []),  # others may be left out
        ((("≤2万元/亩", "2万元/亩"),), []),  # 80 of them come to more, but may not all be paid for
        ((("≤100%", "100%"), ("≤80万元", "80万元")), []),  # no money
    ],
)
def test_the_costs_of_a_self_evaluation_come_to_its_money(costs: tuple[tuple[str, str], ...], told: list[str]) -> None:
    found = signals("R19_cost", evaluation(_PLANTED, *(cost(*one) for one in costs)))
    assert len(found) == len(told)
    assert all(words in one.zh for words, one in zip(told, found, strict=True))


@pytest.mark.parametrize(
    ("goal", "outcome", "told"),
    [
        ("完成造林80亩。", "完成造林80亩。", []),
        ("完成造林70亩。", "完成造林80亩。", ["预期目标写完成造林70亩"]),
        ("完成造林80亩。", "完成造林70亩。", ["实际完成情况写完成造林70亩"]),
        ("对6个乡镇12个行政村实施。", "对6个乡镇12个行政村实施绿化。", []),
        ("对6个乡镇12个行政村实施。", "对6个乡镇14个行政村实施绿化。", ["实际完成情况写14个行政村"]),
        ("", "每个乡镇2个行政村。", []),  # of each, not of all
        ("", "对14个行政村实施，其中8个行政村是新增的。", ["实际完成情况写14个行政村"]),
        ("", "对14个行政村实施，另对2个行政村补植。", ["实际完成情况写14个行政村"]),
        ("", "第一批8个行政村，第二批4个行政村。", []),  # two parts
    ],
)
def test_the_texts_of_a_self_evaluation_count_as_its_indicators(goal: str, outcome: str, told: list[str]) -> None:
    villages = ("产出指标", "实施绿化行政村数量（个）", "=12个", "12个")
    found = signals("R21_goal_counts", evaluation(_PLANTED, villages, goal=goal, outcome=outcome))
    assert len(found) == len(told)
    assert all(words in one.zh for words, one in zip(told, found, strict=True))


@pytest.mark.parametrize(
    ("goal", "outcome", "told"),
    [
        ("依据某财资环〔2024〕18号文件。", "按照某财资环〔2024〕81号文件要求。", True),
        ("依据某财资环〔2024〕18号文件。", "按照某财资环〔2023〕18号文件要求。", True),
        ("依据某财资环〔2024〕18号文件。", "按照某财资环〔2024〕18号文件要求。", False),
        ("依据某财资环〔2024〕18号文件。", "按照某财农〔2024〕81号文件要求。", False),  # of another issuer
        ("依据某财资环〔2024〕18号、某财资环〔2024〕30号。", "按照某财资环〔2024〕81号文件。", False),  # several
        ("依据某财资环〔2024〕18号文件。", "完成造林80亩。", False),
    ],
)
def test_goal_and_outcome_cite_one_document(goal: str, outcome: str, told: bool) -> None:
    found = signals("R24_number", evaluation(goal=goal, outcome=outcome))
    assert bool(found) is told


@pytest.mark.parametrize(
    ("departments", "told"),
    [
        (["某县林草局"] * 4, []),
        (["某县林草局"] * 3 + ["某县水利局"], ["某县水利局"]),
        (["某县林草局"] * 2 + ["某县水利局"], []),  # too few
        (["某县林草局"] * 3 + ["某县水利局"] * 2, []),  # several departments
        (["某县林草局"] * 3 + ["林草局"], []),  # a short name
        (["某县农业局"] * 3 + ["某县水利局"], ["某县水利局"]),
    ],
)
def test_self_evaluations_have_one_department(departments: list[str], told: list[str]) -> None:
    rows = [evaluation(form=f"urn:f{at}", supervisor=name)[0] for at, name in enumerate(departments)]
    assert [one.left.name for one in signals("R24_supervisor", rows)] == told


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ("造林项目、护林项目、修渠项目", []),
        ("造林项目、护林项目、客运补贴", [("客运补贴", "修渠项目")]),
        ("造林项目、护林项目", []),  # fewer than are reviewed
    ],
)
def test_the_projects_that_the_text_says_it_reviews_are_reviewed(listed: str, told: list[tuple[str, str]]) -> None:
    reviews = [evaluation(form=f"urn:{name}", name=name)[0] for name in ("造林项目", "护林项目", "修渠项目")]
    rows = [{**row, "indicator": None} for row in reviews]
    words = f"本部门反映{listed}等{listed.count('、') + 1}个项目绩效自评结果。"
    text = [{"evidence": "urn:p", "section": "三、自评结果", "words": words}]
    assert [(one.left.name, one.right.name) for one in signals("R24_reviewed", rows, paragraphs=text)] == told


def listed(*names: str, whole: str = "110.00") -> dict[str, list[dict[str, Any]]]:
    """A text that lists projects of 74 and 36万元, all of which is spent."""
    amounts = ("74.00", "36.00")
    items = "；".join(
        f"{name}，全年预算数{amount}万元，全年执行数{amount}万元" for name, amount in zip(names, amounts, strict=True)
    )
    text = f"本单位绩效管理项目2个，全年预算数{whole}万元，全年执行数110.00万元。分别为：{items}。"
    return {"paragraphs": [{"evidence": "urn:p", "section": "十一、预算绩效", "words": text}]}


def two_evaluations(other: int = 360_000) -> list[dict[str, Any]]:
    return [*evaluation(), *evaluation(form="urn:g", name="2024年护林项目", money=(0, other, other))]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("造林项目", "2024年护林项目"), []),
        (("造林项目", "护林"), []),  # the year and 项目 aside
        (("造林项目", "2024年退牧还草项目"), [("2024年退牧还草项目", "2024年护林项目")]),
    ],
)
def test_the_evaluated_projects_that_the_text_lists_have_forms(
    names: tuple[str, str], told: list[tuple[str, str]]
) -> None:
    found = signals("R24_evaluated", two_evaluations(), **listed(*names))
    assert [(one.left.name, one.right.name) for one in found] == told
    assert signals("R24_evaluated", two_evaluations(other=350_000), **listed(*names)) == []  # another amount


@pytest.mark.parametrize(
    ("name", "told"),
    [("造林项目", []), ("植树项目", [("植树项目", "造林项目")]), ("自评结果造林项目", []), ("某县造林和护林项目", [])],
)
def test_the_projects_that_reviews_name_have_forms(name: str, told: list[tuple[str, str]]) -> None:
    review = {**evaluation(form="urn:r", name=name)[0], "indicator": None, "form_at": "urn:text"}
    found = signals("R24_evaluated", [*evaluation(), review])
    assert [(one.left.name, one.right.name) for one in found] == told
    other = {**review, "form": "urn:s", "name": "修渠项目"}
    assert signals("R24_evaluated", [*evaluation(), review, {**other, "budget": 1, "spent": 1}]) == []


@pytest.mark.parametrize(
    ("count", "name", "told"),
    [
        (2, "护林项目", {}),
        (2, "退牧还草项目", {"R24_evaluated": ("退牧还草项目", "2024年护林项目")}),
        (5, "护林项目", {"R22_counted": ("写明", "列出")}),
    ],
)
def test_a_list_of_evaluated_projects_with_one_amount_each_names_all_that_it_counts(
    count: int, name: str, told: dict[str, tuple[str, str]]
) -> None:
    items = f"造林项目74.00万元、{name}36.00万元"
    words = f"本部门对{count}个项目开展了绩效自评价，涉及资金合计110.00万元，具体为：{items}。"
    text = {"paragraphs": [{"evidence": "urn:p", "section": "十一、预算绩效", "words": words}]}
    found = {rule: signals(rule, two_evaluations(), **text) for rule in ("R24_evaluated", "R22_counted")}
    assert {rule: (one.left.name, one.right.name) for rule, some in found.items() for one in some} == told


def test_the_amounts_of_evaluated_projects_are_those_of_their_forms_and_come_to_the_whole() -> None:
    text = listed("造林项目", "护林项目")
    assert signals("R20_evaluated", two_evaluations(), **text) == []
    apart = signals("R20_evaluated", two_evaluations(other=350_000), **text)
    assert [one.zh.partition("，相差")[0] for one in apart] == [
        "护林项目：文字全年预算数36.00万元，自评表全年预算数35.00万元",
        "护林项目：文字全年执行数36.00万元，自评表全年执行数35.00万元",
    ]
    (whole,) = signals("R20_evaluated", two_evaluations(), **listed("造林项目", "护林项目", whole="112.00"))
    assert whole.zh.startswith("2个自评项目：文字全年预算数112.00万元，所列之和全年预算数110.00万元")


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ("造林、护林和防火、修渠3个项目", []),
        ("造林、护林、修渠3个项目", []),  # short names
        ("造林、养路、修渠等三个项目", [("养路", "护林和防火")]),
        ("造林、养路、修渠等5个项目", []),  # not all are listed
        ("造林、养路、架桥3个项目", []),  # two are others
    ],
)
def test_the_projects_whose_goals_are_published_have_forms(listed: str, told: list[tuple[str, str]]) -> None:
    heads = [
        {"form": f"urn:{name}", "name": f"{name}项目", "evidence": f"urn:{name}"}
        for name in ("造林", "护林和防火", "修渠")
    ]
    text = {"evidence": "urn:p", "section": "十、绩效", "words": f"选取{listed}的绩效目标随部门预算公开。"}
    found = signals("R24_published", [], project_heads=heads, paragraphs=[text])
    assert [(one.left.name, one.right.name.removesuffix("项目")) for one in found] == told


@pytest.mark.parametrize(
    ("described", "told"),
    [
        (("造林工程项目", "护林和防火项目"), []),
        (("养路工程项目", "护林和防火项目"), [("养路工程", "造林工程项目")]),
        (("养路工程项目", "架桥工程项目"), []),  # two are others
        (("养路工程项目",), []),  # not all are described
    ],
)
def test_the_projects_that_are_described_have_forms(described: tuple[str, ...], told: list[tuple[str, str]]) -> None:
    names = ("造林工程项目", "护林和防火项目", "修渠工程项目")
    heads = [{"form": f"urn:{name}", "name": name, "evidence": f"urn:{name}"} for name in names]
    points = "（1）项目概述：略。（2）立项依据：略。（3）实施主体：某县某局（4）实施周期：一年。"
    blocks = (f"项目{at}：{name}{points}" for at, name in zip("一二三", (*described, names[2]), strict=False))
    text = {"evidence": "urn:p", "section": "九、项目情况", "words": "".join(blocks)}
    found = signals("R24_published", [], project_heads=heads, paragraphs=[text])
    assert [(one.left.name, one.right.name) for one in found] == told
