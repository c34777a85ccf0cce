"""Purposes and reasons of a subject that speak of another, each wrong sentence beside one that is right."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pyoxigraph as ox
import pytest

from kg.places import Evidence
from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED

_NAMES = {
    "2013101": "行政运行", "2080505": "机关事业单位基本养老保险缴费支出", "2080506": "机关事业单位职业年金缴费支出",
    "2101101": "行政单位医疗", "2101102": "事业单位医疗", "2210201": "住房公积金", "2010802": "信访业务",
    "2060101": "行政运行",
}  # fmt: skip
_PENSION = "社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）"
_ANNUITY = "社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位职业年金缴费支出（项）"
_HEALTH = "卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）"
_OF_UNITS = "卫生健康支出（类）行政事业单位医疗（款）事业单位医疗（项）"
_HOUSING = "住房保障支出（类）住房改革支出（款）住房公积金（项）"
_SCIENCE = "科学技术支出（类）科学技术管理事务（款）行政运行（项）"
_CHANGE = "：2025年预算数为4.00万元，比上年预算减少1.00万元，下降20.00%，主要原因是："


def told(*items: str, known_besides: Mapping[str, str] = MappingProxyType({})) -> list[Signal]:
    """The signals on numbered items of one section; `known_besides` are subjects that no table has."""
    own = ox.Store()
    words = "".join(f"{place}.{item}" for place, item in enumerate(items, 1))
    rows = [{"code": code, "item": name, "evidence": f"urn:{code}"} for code, name in _NAMES.items()]
    codes = [{"code": code, "name": name} for code, name in {**_NAMES, **known_besides}.items()]
    paragraph = {"evidence": "urn:p", "section": "五（三）", "words": words}
    places = {
        f"urn:{code}": Evidence("a.pdf", 1, None, name, None, None, name, f"urn:{code}")
        for code, name in _NAMES.items()
    }
    known: dict[str, Any] = {"paragraphs": [paragraph], "subjects": rows, "codes": codes}
    made = Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某局", 2025, False, places, {}, known)
    return list(WORDED["W06_wrong_subject"](rules()["W06_wrong_subject"], made))


@pytest.mark.parametrize(
    ("subject", "reason", "other"),
    [
        (_PENSION, "人员退休，导致机关事业单位养老保险缴费支出减少。", None),
        (_PENSION, "人员退休，导致机关事业单位医疗保险缴费支出减少。", "医疗保险"),
        (_PENSION, "减少在职人员职业年金缴费；", "职业年金"),
        (_PENSION, "人员退休，社保、医疗保险缴费减少。", None),  # a word for all insurances
        (_PENSION, "人员减少，公积金缴费基数调减。", None),  # what is reckoned with is no money of another
        (_ANNUITY, "根据养老保险制度改革要求全额保障。", None),  # a policy
        (_ANNUITY, "减少在职人员养老保险缴费。", "养老保险"),
        (_HEALTH, "退休人员不缴医疗保险，住房公积金也减少。", None),  # its own and another
        (_HEALTH, "退休人员不缴费，失业保险减少。", "失业保险"),
        (_HOUSING, "公积金缴费减少。", None),
        (_HOUSING, "公务员医疗补助减少。", "医疗保险"),
        (_SCIENCE, "人员减少，养老保险缴费减少。", None),  # a subject for all that staff cost
        (_OF_UNITS, "行政单位医疗按实缴费。", "行政单位医疗"),
        (_OF_UNITS, "事业单位医疗按实缴费。", None),
        (_OF_UNITS, "年中行政单位医疗按实缴费，事业单位医疗增加。", None),
        (_PENSION, "人员退休。（四）医疗卫生支出主要用于缴纳医疗保险。", None),  # behind the next heading
    ],
)
def test_a_reason_speaks_of_the_insurance_or_fund_of_its_subject(subject: str, reason: str, other: str | None) -> None:
    assert [signal.right.name for signal in told(subject + _CHANGE + reason)] == ([other] if other else [])


def test_the_rows_of_the_other_insurance_are_shown() -> None:
    (signal,) = told(_PENSION + _CHANGE + "医疗保险缴费减少。")
    assert {place.iri for place in signal.right.places} == {"urn:2101101", "urn:2101102"}


@pytest.mark.parametrize(("reason", "told_of_tables"), [("统计管理经费减少。", True), ("信访业务经费减少。", False)])
def test_another_subject_that_no_table_has_is_said_to_be_in_none(reason: str, told_of_tables: bool) -> None:
    (signal,) = told(_HEALTH + _CHANGE + reason, known_besides={"2010506": "统计管理"})
    assert signal.zh.endswith("各表没有这一科目。") is told_of_tables is not bool(signal.right.places)


@pytest.mark.parametrize(
    ("subject", "reason", "other"),
    [
        (_HEALTH, f"2025年我单位{_HEALTH}变为{_SCIENCE}列支。", None),
        (_HEALTH, f"2025年我单位{_OF_UNITS}变为{_SCIENCE}列支。", "事业单位医疗"),
        (_SCIENCE, f"2025年我单位{_OF_UNITS}变为{_SCIENCE}列支。", None),  # where the money went to
        (_HEALTH, f"由事业单位医疗（项）调整到{_SCIENCE}。", "事业单位医疗"),
        (_HEALTH, "由我单位行政单位医疗（项）调整到行政运行（项）。", None),
        (_HEALTH, f"事业编制人员的医疗款分别预算，到{_OF_UNITS}中列支。", None),  # no move from a subject to another
    ],
)
def test_a_move_that_explains_a_change_is_from_the_subject_or_to_it(
    subject: str, reason: str, other: str | None
) -> None:
    assert [signal.right.name for signal in told(subject + _CHANGE + reason)] == ([other] if other else [])


def test_a_subject_that_a_reason_names_by_its_path_begins_no_item() -> None:
    first = _HEALTH + _CHANGE + f"2025年我单位{_OF_UNITS}变为{_SCIENCE}列支。"
    found = told(first, _HOUSING + _CHANGE + "公积金缴费减少。")
    assert [signal.left.name for signal in found] == [
        "事业单位医疗（项）变为科学技术支出（类）科学技术管理事务（款）行政运行（项）"
    ]


def test_a_path_in_a_reason_that_ends_the_subject_is_its_own() -> None:
    path = "一般公共服务支出（类）信访事务（款）{}（项）"
    reason = f"2025年无{path.format('信访业务')}预算。"
    assert not told(path.format("信访业务") + _CHANGE + reason)
    assert [signal.right.name for signal in told(path.format("其他信访事务支出") + _CHANGE + reason)] == ["信访业务"]


@pytest.mark.parametrize(
    ("reason", "wrong"),
    [
        ("增加专项经费23.3万元，信访业务经费增加35万元，扶贫经费压减10万元。", False),  # some of many things
        ("信访业务经费增加。", True),
    ],
)
def test_a_subject_for_all_others_pays_for_many_things_with_amounts(reason: str, wrong: bool) -> None:
    path = "一般公共服务支出（类）人大事务（款）其他人大事务支出（项）"
    assert bool(told(path + _CHANGE + reason)) is wrong
