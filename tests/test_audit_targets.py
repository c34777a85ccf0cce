"""What indicators put for a value, on rows made for it."""

from typing import Any

import pyoxigraph as ox
import pytest

from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED


def indicator(title: str, printed: str, form: str = "urn:f", **more: object) -> dict[str, Any]:
    head = {"form": form, "name": "某项目", "total": 140_000, "goal": "做好服务。", "form_at": f"{form}:at"}
    return {
        **head,
        "indicator": f"{form}:{title}",
        "title": title,
        "printed": printed,
        "level": None,
        "at": "urn:at",
        **more,
    }


def found(rule: str, *indicators: dict[str, Any], reason: str = "", delta: int = 140_000) -> list[Signal]:
    change = {"item": "转移支付", "amount": 140_000, "delta": delta, "reason": reason, "evidence": "urn:e"}
    answers: dict[str, object] = {"forms": list(indicators), "changes": [change]}
    own = ox.Store()
    book = Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某局", 2025, False, {}, {}, answers)
    return list(WORDED[rule](rules()[rule], book))


@pytest.mark.parametrize(
    ("title", "printed", "wrong"),
    [
        ("居民满意度", "满意度", True),
        ("完工及时率", "及时率", True),
        ("完善社区基础设施建设", "完善率", True),
        ("宣传工作覆盖面不断扩大", "宣传工作覆盖面不断扩大", True),
        ("居民满意度", "≥90%", False),
        ("居民满意度", "提升", False),
        ("提高就业率", "明显提高", False),
        ("工作效率", "高效率", False),
        ("提高服务效率", "提高效率", False),
        ("无安全责任事故", "无安全责任事故", False),
        ("居民区全覆盖", "居民区全覆盖", False),
        ("完工质量", "合格率", False),  # of what else
        ("预算内经费", "合规", False),
    ],
)
def test_a_target_is_more_than_the_name_of_its_indicator(title: str, printed: str, wrong: bool) -> None:
    assert bool(found("S33_named_again", indicator(title, printed))) is wrong


def test_targets_of_quantities_are_told_by_another_rule() -> None:
    assert found("S33_named_again", indicator("居民参与率", "参与率", kind="数量指标")) == []


@pytest.mark.parametrize(
    ("title", "printed", "wrong"),
    [
        ("特殊人员及群体满意", "90.00(度)", True),
        ("居民满意度", "≥90.00(%)", False),
        ("居民满意度", ">=95分", False),
        ("居民满意度", "≥90", False),
        ("满意度调查", "2(次)", False),
        ("用电量", "90.00(度)", False),
    ],
)
def test_satisfaction_is_measured_in_per_cent_or_points(title: str, printed: str, wrong: bool) -> None:
    assert bool(found("S24_satisfaction_unit", indicator(title, printed))) is wrong


BEGUN = "年底扎账后上级拨来款项，所以上年项目尚未开展，结转至2025年预算安排支出"


@pytest.mark.parametrize(
    ("prior", "reason", "delta", "wrong"),
    [
        ("=11期", BEGUN, 140_000, True),
        ("/", BEGUN, 140_000, False),
        ("0", BEGUN, 140_000, False),
        ("=11期", "上级增加拨款", 140_000, False),
        ("=11期", BEGUN, 40_000, False),  # last year had 10.00
    ],
)
def test_a_project_that_was_not_begun_has_no_results(prior: str, reason: str, delta: int, wrong: bool) -> None:
    rows = indicator("活动数量", ">=8场", prior=prior), indicator("培训次数", ">=8场", prior="/")
    assert bool(found("R21_not_begun", *rows, reason=reason, delta=delta)) is wrong


def test_of_two_projects_with_one_amount_it_is_not_known_which_was_not_begun() -> None:
    rows = indicator("活动数量", ">=8场", prior="=11期"), indicator("活动数量", ">=8场", form="urn:g", prior="=9期")
    assert found("R21_not_begun", *rows, reason=BEGUN) == []


@pytest.mark.parametrize(
    ("goal", "wrong"),
    [
        ("目标1：跟踪企业3家，培育特色产业，带动群众就业；目标2：培育龙头15家，培育特色产业，带动群众就业；", True),
        ("目标1：跟踪企业3家，培育特色产业；目标2：培育龙头15家，带动群众就业与增收；", False),
        ("目标1：跟踪企业3家，促进就业；目标2：培育龙头15家，促进就业；", False),  # a mere phrase
        ("目标1：跟踪企业3家，培育特色产业，带动群众就业。通过培育特色产业，带动群众就业。", False),  # a summary
    ],
)
def test_two_targets_of_a_goal_have_words_of_their_own(goal: str, wrong: bool) -> None:
    assert bool(found("W12_target_twice", indicator("企业数量", ">=3家") | {"goal": goal})) is wrong
