"""Levels of government and funds that sentences name, on rows made for them: wrong cases beside right ones."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyoxigraph as ox
import pytest

from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED

_FUND = "昌财教〔2024〕65号2025年中央“山区”科技人才支持计划"


def signals(rule: str, section: str, text: str, **answers: Sequence[Mapping[str, Any]]) -> list[Signal]:
    own = ox.Store()
    known: dict[str, Any] = {
        "paragraphs": [{"evidence": "urn:p", "section": section, "words": text}], "projects": [], "forms": [],
        "totals": [], **answers,
    }  # fmt: skip
    book = Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "昌平县科学技术局", 2025, False, {}, {}, known)
    return list(WORDED[rule](rules()[rule], book))


def projects(*names: str) -> list[dict[str, Any]]:
    return [{"project": f"urn:p{at}", "name": name, "at": f"urn:n{at}"} for at, name in enumerate(names)]


def revenue(**lines: int) -> list[dict[str, Any]]:
    """Lines of the overview by their paths (`__` for `/`), with their total."""
    rows = [*((path.replace("__", "/"), amount) for path, amount in lines.items()), ("合计", sum(lines.values()))]
    head = {"view": "revenue_expenditure_overview", "income": True, "code": None, "column": "预算数"}
    return [
        {**head, "path": path, "item": path.split("/")[-1], "amount": amount, "evidence": f"urn:{path}"}
        for path, amount in rows
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("主要原因是：增加2025年中央“山区”科技人才支持计划资金。", False),
        ("主要原因是：增加2025年自治区“山区”科技人才支持计划资金。", True),
        ("主要原因是：增加中央2025年山区科技人才支持计划资金。", False),
        ("主要用于州级山区科技人才支持计划。", True),
        ("依据《关于提前下达2025年国家“山区”科技人才支持计划预算的通知》。", False),  # 国家 is 中央
        ("主要原因是：减少自治区“山区”科技人才支持计划资金。", False),  # what is not carried on is in no table
        ("主要原因是：增加2024年自治区“山区”科技人才支持计划资金。", False),  # another year
        ("根据《自治区山区科技人才支持计划管理办法》。", False),  # a regulation, not money
        ("主要原因是：增加自治区“山区”教育人才支持计划资金。", False),  # another fund
    ],
)
def test_a_fund_is_of_the_level_that_its_project_names(text: str, wrong: bool) -> None:
    assert len(signals("R24_fund_level", "五、情况说明", text, projects=projects(_FUND))) == wrong


def test_one_fund_of_two_levels_is_right_where_both_are_named() -> None:
    held = projects(_FUND, "2025年自治区“山区”科技人才支持计划")
    text = "增加2025年中央“山区”科技人才支持计划资金、2025年自治区“山区”科技人才支持计划资金。"
    assert signals("R24_fund_level", "五、情况说明", text, projects=held) == []


@pytest.mark.parametrize(("others", "wrong"), [(2, True), (1, False)])
def test_without_a_project_most_places_are_believed(others: int, wrong: bool) -> None:
    text = "增加2025年自治区外经贸发展专项资金。" + "增加2025年中央外经贸发展专项资金。" * others
    places = [
        {"evidence": f"urn:p{at}", "section": "五、说明", "words": f"{words}。"}
        for at, words in enumerate(text.split("。")[:-1])
    ]
    assert bool(signals("R24_fund_level", "", "", paragraphs=places)) is wrong


def test_duties_and_definitions_name_no_funds() -> None:
    text = "负责自治区山区科技人才支持计划资金。"
    assert signals("R24_fund_level", "一、主要职能", text, projects=projects(_FUND)) == []


_OWN = revenue(本年收入__一般公共预算拨款=500_000, 本年收入__单位资金=200_000)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("收入全部为一般公共预算拨款，无政府性基金预算拨款和国有资本经营预算。", False),
        ("收入全部为政府性基金预算拨款。", True),
        ("收入全部为单位资金。", True),  # of what the treasury gives
        ("收入预算包括：国有资本经营预算拨款50万元。", True),
        ("收入预算包括：国有资本经营预算拨款0.00万元。", False),
        ("一般公共预算支出包括：科学技术支出50万元。", False),
        ("政府性基金预算支出包括：科学技术支出50万元。", True),
        ("2025年政府性基金预算拨款合计50万元。", True),
        ("2024年政府性基金预算拨款合计50万元。", False),  # last year's
        ("比上年减少政府性基金预算拨款50万元。", False),
        ("单位资金20万元，占28.57%。", False),
        ("财政专户20万元，占28.57%。", True),
        ("上级国有资本经营预算安排的转移支付12.38万元。", True),
        ("收入全部为一般公共预算拨款，无一般公共预算拨款和国有资本经营预算。", True),
        ("本局2025年没有使用一般公共预算拨款安排的支出。", True),
        ("本局2025年没有使用政府性基金预算拨款安排的支出。", False),
    ],
)
def test_sentences_name_funds_that_have_money(text: str, wrong: bool) -> None:
    assert len(signals("R24_fund_money", "四、情况说明", text, totals=_OWN)) == wrong


def test_not_all_is_of_one_fund_where_another_has_money() -> None:
    both = revenue(一般公共预算拨款=500_000, 政府性基金预算拨款=100_000)
    assert signals("R24_fund_money", "四、说明", "收入全部为一般公共预算拨款。", totals=both)


def test_an_overview_that_was_read_in_part_says_nothing() -> None:
    torn = [row for row in _OWN if "单位资金" not in row["path"]]
    assert signals("R24_fund_money", "四、说明", "单位资金20万元，占28.57%。", totals=torn) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("财政拨款“三公”经费数为1.80万元。财政拨款“三公”经费比上年减少。", False),
        ("单位资金“三公”经费数为1.80万元。财政拨款“三公”经费比上年减少。", True),
        ("财政拨款收支总预算5万元。", False),
        ("非财政拨款收支总预算5万元。财政拨款收支总预算5万元。", True),
        ("六、政府性基金预算基本支出情况说明。2025年一般公共预算基本支出5万元。", True),
        ("八、政府性基金预算拨款情况说明。2025年一般公共预算基本支出5万元。", False),
        ("上级一般公共预算安排的转移支付5万元。", False),
        ("本级一般公共预算安排的转移支付5万元。", True),
        ("机关运行经费财政拨款预算5万元。", False),
        ("机关运行经费单位资金预算5万元。", True),
        ("上年结转结余5万元，包括：财政拨款5万元，非财政拨款0.00万元。", False),
        ("上年结转结余5万元，包括：非财政拨款5万元，非财政拨款0.00万元。", True),
        ("当年非财政拨款项目有2个，涉及预算资金5万元，未公开绩效目标表原因：非财政资金为单位资金。", False),
        ("当年非财政拨款项目有2个，涉及预算资金5万元，未公开绩效目标表原因：非财政资金为财政资金。", True),
    ],
)
def test_set_phrases_name_the_right_fund(text: str, wrong: bool) -> None:
    assert len(signals("R24_fund_phrase", "十、情况说明", text)) == wrong


def test_a_fund_has_the_set_phrases_in_its_own_section() -> None:
    text = "1.政府性基金预算当年拨款规模变化情况。2025年一般公共预算当年拨款5万元。"
    assert signals("R24_fund_phrase", "（七）2025年政府性基金预算支出情况说明", text) == []
    assert len(signals("R24_fund_phrase", "（五）2025年一般公共预算支出情况说明", text)) == 1


def test_headings_name_the_right_fund_too() -> None:
    (found,) = signals("R24_fund_phrase", "十、单位资金“三公”经费预算情况说明", "财政拨款“三公”经费数为1.80万元。")
    assert found.right.name == "财政拨款“三公”经费"
