"""Texts that a project has from its neighbour, on rows made for them: each wrong case beside one that is right."""

from typing import Any

import pyoxigraph as ox
import pytest

from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED

TALENT, TEXTILE, OFFICE = (
    "某财行〔2025〕1号：人才发展基金支持资金",
    "某财建〔2025〕2号：纺织服装专项资金",
    "机关运行补助经费",
)


def signals(*rows: dict[str, Any], **answers: list[dict[str, Any]]) -> list[Signal]:
    known: dict[str, Any] = {"projects": list(rows), "forms": [], "uses": [], **answers}
    own = ox.Store()
    book = Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某市科技局", 2025, False, {}, {}, known)
    return list(WORDED["W12_of_another"](rules()["W12_of_another"], book))


def project(name: str, **texts: str) -> dict[str, Any]:
    row = {"project": f"urn:{name}", "name": name, "at": "urn:n", "told": "urn:t", "basis": None, "use": None}
    return {**row, "purpose": None, **texts}


def form(name: str, goal: str, *indicators: str) -> list[dict[str, Any]]:
    head = {"form": "urn:f", "name": name, "total": 500_000, "goal": goal, "form_at": "urn:f:at", "value": None}
    rows: list[dict[str, Any]] = [
        {"indicator": "urn:i", "level": "产出指标", "title": title, "printed": "1", "at": "urn:a"}
        for title in indicators
    ]
    return [{**head, **row} for row in rows or [dict.fromkeys(("indicator", "level", "title", "printed", "at"))]]


@pytest.mark.parametrize(
    ("name", "texts", "wrong"),
    [
        (TALENT, {"purpose": "发放人才发展补助。"}, False),
        (TALENT, {"purpose": "发放纺织服装贷款贴息。"}, True),
        (TALENT, {"use": "110万元用于纺织服装贷款贴息"}, True),
        (TALENT, {"purpose": "纺织服装企业引进人才。"}, False),  # its own words are there too
        (TALENT, {"purpose": "发放纺织服装补助。", "basis": "纺织服装行业引才办法"}, False),  # its basis speaks of them
        (TALENT, {"purpose": "支付培训费用。"}, False),
        (TALENT, {"purpose": "某市科技局发放专项资金。"}, False),  # general words tell nothing
        (OFFICE, {"purpose": "弥补纺织服装工作经费不足。"}, False),  # its name tells nothing
        (OFFICE, {"purpose": "发放纺织服装运输补助。"}, True),  # the purpose of the neighbour
    ],
)
def test_the_purpose_of_a_project_is_not_that_of_its_neighbour(name: str, texts: dict[str, str], wrong: bool) -> None:
    other = project(TEXTILE, purpose="发放纺织服装运输补助。")
    found = signals(project(name, **texts), other)
    assert [one.right.name for one in found] == ([TEXTILE] if wrong else [])


def test_lines_of_one_programme_may_share_a_purpose() -> None:
    purpose = "发放纺织服装运输补助、电费补助。"
    assert signals(project(TEXTILE, purpose=purpose), project(f"{TEXTILE}（第二批纺织）", purpose=purpose)) == []


@pytest.mark.parametrize(
    ("goal", "indicator", "severity"),
    [
        ("引进人才。", "人才数量", None),
        ("为纺织服装企业贴息。", "贴息次数", "warning"),
        ("引进人才。", "纺织服装运输补助次数", "info"),
    ],
)
def test_the_goal_and_the_indicators_are_not_those_of_another(goal: str, indicator: str, severity: str | None) -> None:
    rows = form("人才发展基金项目", goal, indicator)
    found = signals(project(TEXTILE, purpose="发放运输补助。"), forms=rows)
    assert [one.severity for one in found] == ([severity] if severity else [])


def test_the_form_of_the_whole_body_speaks_of_all_projects() -> None:
    rows = form("", "为纺织服装企业贴息。", "纺织服装运输补助次数")
    assert signals(project(TEXTILE, purpose="发放运输补助。"), forms=rows) == []
