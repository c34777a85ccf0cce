"""What sentences say of their own figures, on rows made for them: each wrong case beside one that is right."""

from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox
import pytest

from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED

_ITEM = "1.“教育支出（类）普通教育（款）小学教育（项）”{amount}万元，主要用于小学。2023年当年预算执行数为{before}万元，"


def book(section: str = "", text: str = "", *, executed: bool = False, **answers: list[Mapping[str, Any]]) -> Book:
    own = ox.Store()
    told = [{"evidence": "urn:p", "section": section, "words": text}] if section else []
    known: dict[str, Any] = {"paragraphs": told, "changes": [], "basic_items": [], "subject_kinds": [], **answers}
    return Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某局", 2024, executed, {}, {}, known)


def found(rule: str, made: Book) -> list[Signal]:
    return list(WORDED[rule](rules()[rule], made))


@pytest.mark.parametrize(
    ("before", "amount", "words", "wrong"),
    [
        ("50.00", "60.00", "比2023年预算执行数增加20.00%。", False),
        ("60.00", "50.00", "比2023年预算执行数增加16.67%。", True),
        ("50.00", "60.00", "比2023年预算执行数持平。", True),
        ("50.00", "50.00", "比2023年预算执行数持平。", False),
        ("50.00", "50.01", "比2023年预算执行数持平。", False),  # rounding
    ],
)
def test_the_word_of_a_comparison_goes_the_way_of_its_figures(
    before: str, amount: str, words: str, wrong: bool
) -> None:
    text = _ITEM.format(before=before, amount=amount) + f"2024年预算安排{amount}万元，{words}"
    assert bool(found("W01_compared", book("二、编制说明", text))) is wrong


@pytest.mark.parametrize(
    ("reason", "wrong"),
    [
        ("小学教育经费增加", True),
        ("普通教育小学教育支出有所增加", True),
        ("学生人数增加", False),
        ("小学教育学生人数增加", False),
        ("小学教育经费保持不变", False),  # what has not changed needs no reason
    ],
)
def test_a_reason_says_more_than_that_the_thing_changed(reason: str, wrong: bool) -> None:
    text = _ITEM.format(before="50", amount="60") + f"比2023年预算执行数增加20%。主要原因是：{reason}。"
    assert bool(found("W10_repeated", book("二、编制说明", text))) is wrong


def test_reasons_that_repeat_the_change_are_told_once_a_document() -> None:
    row = {"delta": 10_000, "evidence": "urn:e"}
    said = [{**row, "item": "培训费", "reason": "培训费增加"}, {**row, "item": "会议费", "reason": "会议费有所减少"}]
    (signal,) = found("W10_repeated", book(changes=said))
    assert signal.zh.startswith("有2条增减原因")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("公务接待费支出0.00万元。其中：国内公务接待5批次，30人次。", True),
        ("公务接待费支出0.00万元。其中：国内公务接待0批次，0人次。", False),
        ("公务接待费支出3.00万元。其中：国内公务接待5批次，30人次。", False),
        ("因公出国（境）费支出0万元，全年安排因公出国（境）团组0个。", False),
        ("公务用车购置费支出0万元，公务用车购置数1辆。", True),
    ],
)
def test_what_cost_nothing_is_not_counted(text: str, wrong: bool) -> None:
    assert bool(found("R10_counted_nil", book("七、“三公”经费", text, executed=True))) is wrong


@pytest.mark.parametrize(("kept", "wrong"), [(3, False), (5, False), (6, True)])
def test_no_more_cars_are_kept_than_there_are_vehicles(kept: int, wrong: bool) -> None:
    text = f"开支财政拨款的公务用车保有量为{kept}辆。截至2023年12月31日，本部门共有车辆5辆。"
    assert bool(found("R22_cars", book("七、“三公”经费", text, executed=True))) is wrong


@pytest.mark.parametrize(("amount", "wrong"), [("1585.96", False), ("5619.31", True)])
def test_what_is_said_to_agree_with_a_table_does(amount: str, wrong: bool) -> None:
    text = (
        "财政拨款支出安排数与《部门一般公共预算基本支出预算表》的“商品和服务支出”支出数一致。"
        f"2017年本部门一般公共预算机关运行经费预算支出{amount}万元。"
    )
    goods = {"code": "302", "item": "商品和服务支出", "amount": 15_859_600, "evidence": "urn:e"}
    assert bool(found("R14_agreed", book("十、机关运行经费", text, basic_items=[goods]))) is wrong
    assert found("R14_agreed", book("十、机关运行经费", text)) == []  # a table that does not name the item


@pytest.mark.parametrize(
    ("item", "basic", "projects", "wrong"),
    [
        ("行政运行", 100_000, 0, False),
        ("行政运行", 100_000, 5_000, True),
        ("一般行政管理事务", 0, 5_000, False),
        ("一般行政管理事务", 100, 5_000, True),
        ("小学教育", 100, 5_000, False),
    ],
)
def test_a_subject_holds_the_kind_of_money_it_is_for(item: str, basic: int, projects: int, wrong: bool) -> None:
    row = {"code": "2010101", "item": item, "basic": basic, "projects": projects, "evidence": "urn:e"}
    assert bool(found("W22_kind_of_subject", book(subject_kinds=[row]))) is wrong


@pytest.mark.parametrize(
    ("section", "executed", "wrong"),
    [
        ("第三部分2024年度部门决算情况说明", True, False),
        ("第三部分2024年度部门预算情况说明", True, True),
        ("五、一般公共预算财政拨款支出决算情况说明", True, False),
        ("八、政府性基金预算财政拨款收入支出决算情况说明", True, False),
        ("一、收支预算总体情况说明", False, False),
        ("一、收入支出决算总体情况说明", False, True),
    ],
)
def test_headings_speak_of_the_disclosure_at_hand(section: str, executed: bool, wrong: bool) -> None:
    assert bool(found("W23_phase", book(section, "本年收入3万元。", executed=executed))) is wrong
