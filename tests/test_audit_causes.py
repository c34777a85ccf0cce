"""What reasons name as the cause of a change, against what is printed of it, on rows made for it."""

from typing import Any

import pyoxigraph as ox
import pytest

from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.words import WORDED

BODY, FORMER = "urn:body", "urn:former"


def fires(rule: str, *changes: dict[str, Any], **answers: list[dict[str, Any]]) -> bool:
    known: dict[str, Any] = {"changes": list(changes), "basic_items": [], "basic_items_before": [], "projects": []}
    own = ox.Store()
    book = Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某局", 2025, False, {}, {}, {**known, **answers})
    return bool(list(WORDED[rule](rules()[rule], book)))


def change(item: str, delta: str, reason: str, words: str = "") -> dict[str, Any]:
    row = {"item": item, "delta": int(float(delta) * 10_000), "reason": reason, "words": words or f"{item}{reason}"}
    return {**row, "section": "五", "evidence": "urn:e", "prior": None, "percent": None}


OWN = change("招商引资", "-37.04", "2025年招商引资项目经费减少")


@pytest.mark.parametrize(
    ("delta", "reason", "wrong"),
    [
        ("-489.62", "2025年招商引资项目经费减少", True),
        ("-489.62", "减少招商引资经费", True),
        ("-40.00", "2025年招商引资项目经费减少", False),  # nearly all of it
        ("-489.62", "招商引资项目经费减少，外经贸资金未安排", False),
        ("-489.62", "招商引资经费和外经贸资金减少", False),
        ("-489.62", "招商引资等项目经费减少", False),
        ("-489.62", "外经贸发展资金减少", False),
    ],
)
def test_the_one_subject_that_a_reason_names_accounts_for_the_change(delta: str, reason: str, wrong: bool) -> None:
    assert fires("W09_cause", OWN, change("上级转移支付", delta, reason)) is wrong


def item(name: str, amount: str, former: str = BODY) -> dict[str, Any]:
    row = {"item": name, "amount": int(float(amount) * 10_000), "evidence": "urn:i", "code": "30208"}
    return {**row, "body": BODY, "former": former}


@pytest.mark.parametrize(
    ("reason", "before", "former", "wrong"),
    [
        ("本年办公费、取暖费等增加", "3.03", BODY, True),
        ("本年办公费、取暖费等增加", "2.50", BODY, False),
        ("本年办公费、取暖费等增加", "3.03", FORMER, True),  # others that were merged can only have had more
        ("取暖费减少", "3.03", BODY, True),
        ("取暖费减少", "3.03", FORMER, False),  # with others merged there may have been more
        ("减少取暖费", "2.50", BODY, True),
        ("减少取暖费", "4.50", BODY, False),
        ("保障取暖费支出", "3.03", BODY, False),
    ],
)
def test_items_moved_as_a_reason_says(reason: str, before: str, former: str, wrong: bool) -> None:
    held = {"basic_items": [item("取暖费", "3.03")], "basic_items_before": [item("取暖费", before, former)]}
    assert fires("R16_cause", change("机关运行经费", "18.05", reason), **held) is wrong
    executed = change("机关运行经费", "18.05", reason, "比2024年预算执行数增加")
    assert not fires("R16_cause", executed, **held)


@pytest.mark.parametrize(
    ("reason", "moved", "wrong"),
    [
        ("科技局合并，人员增加，工资增加", 17, False),
        ("科技局合并，人员增加，工资增加", 0, True),
        ("人员减少", -2, False),
        ("在职人员减少", 3, True),
        ("退休人员增加", 0, False),  # of whom this does not speak
        ("减少在职人员养老保险缴费", 0, False),
    ],
)
def test_reasons_speak_of_staff_as_the_stated_change_does(reason: str, moved: int, wrong: bool) -> None:
    stated = [{"item": "在职增减", "quantity": moved, "evidence": "urn:s"}]
    assert fires("R23_direction", change("基本支出", "10.00", reason), staff=stated) is wrong


@pytest.mark.parametrize(("item_of", "wrong"), [("项目支出", True), ("财政拨款结转", True), ("基本支出", False)])
def test_a_list_of_what_was_carried_over_leaves_out_nothing_as_large(item_of: str, wrong: bool) -> None:
    projects = [
        {"project": f"urn:{name}", "name": name, "carried": True, "amount": amount, "at": "urn:p"}
        for name, amount in (("人才项目资金", 520), ("前期研究费", 100), ("企业奖补资金", 511))
    ]
    made = change(item_of, "744.02", "增加人才项目资金、前期研究费")
    assert fires("R25_carry_over", made, projects=projects) is wrong


@pytest.mark.parametrize(
    ("reason", "amount", "wrong"),
    [
        ("增加昌州财办行[2023]26号信访问题资金预算", "2.00", True),
        ("增加信访问题资金预算", "2.00", False),  # which the name of the subject says already
        ("增加昌州财办行[2023]26号信访问题资金预算", "9.00", False),  # there is other money, too
    ],
)
def test_what_is_withheld_of_a_project_is_told_nowhere(reason: str, amount: str, wrong: bool) -> None:
    project = {"project": "urn:p", "name": "特定目标", "withheld": True, "code": "2014004", "amount": 20_000}
    projects = [{**project, "told": None, "at": "urn:p"}]
    subjects = [{"code": "2014004", "item": "信访业务"}]
    told = {**change("信访业务", "2.00", reason), "amount": int(float(amount) * 10_000)}
    assert fires("S37_withheld", told, projects=projects, subjects=subjects) is wrong
