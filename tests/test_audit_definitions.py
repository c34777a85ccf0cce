"""Definitions of terms and purposes of categories, on rows made for them: each wrong case beside one that is right."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyoxigraph as ox
import pytest

from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED


def found(rule: str, section: str, text: str, **answers: Sequence[Mapping[str, Any]]) -> list[Signal]:
    own = ox.Store()
    known: dict[str, Any] = {
        "paragraphs": [{"evidence": "urn:p", "section": section, "words": text}], "absences": [], **answers,
    }  # fmt: skip
    book = Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某局", 2025, False, {}, {}, known)
    return list(WORDED[rule](rules()[rule], book))


_PARTS = "因公出国（境）费、公务用车购置及运行维护费和"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("五、基本支出：包括人员经费、公用经费（定额）。其中，人员经费包括工资福利支出、对个人和家庭的补助。", False),
        ("五、基本支出：包括人员经费、公用经费（定额）。其中，人员经费包括工资福利支出、商品和服务支出。", True),
        ("五、基本支出：包括人员经费、商品和服务支出（定额）。", False),  # the running costs by their economic name
        ("五、基本支出：包括项目经费、公用经费。", True),
        ("六、项目支出：在基本支出预算之外编制的年度计划。", False),
        ("六、项目支出：在项目支出预算之外编制的年度计划。", True),
        (f"七、“三公”经费：指部门{_PARTS}公务接待费，其中：公务接待费反映接待费用。", False),
        (f"七、“三公”经费：指部门{_PARTS}会议费，其中：公务接待费反映接待费用。", True),
        ("八、机关运行经费：指行政单位的公用经费，包括办公费。", False),
        ("八、机关运行经费：指行政单位的人员经费，包括办公费。", True),
        ("一、财政拨款：指由一般公共预算、政府性基金预算、国有资本经营预算安排的拨款。", False),
        ("一、财政拨款：指由一般公共预算、政府性基金预算、社会保险基金预算安排的拨款。", True),
        ("四、其他资金：除一般公共预算以外的资金，包括事业收入。", False),
        ("四、其他资金：包括一般公共预算、事业收入。", True),
        ("九、委托业务费：反映因委托外单位办理业务而支付的委托业务费。", False),
        ("九、劳务费：反映因委托外单位办理业务而支付的委托业务费。", True),
        ("十、租赁费：反映租用办公用房的费用。", False),
    ],
)
def test_a_definition_counts_to_a_term_what_belongs_to_it(text: str, wrong: bool) -> None:
    assert bool(found("W27_definition", "第四部分名词解释", text)) is wrong
    assert found("W27_definition", "一、总体情况", text) == []  # no definitions


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("五、基本支出：包括公用经费。六、项目支出：基本支出以外的支出。", False),
        ("五、基本支出：包括公用经费。六、基本支出：人员以外的公用支出。", True),
        ("七、三公经费：公务接待费反映外宾接待；公务用车购置反映购置支出。", False),
        ("七、三公经费：公务接待费反映外宾接待；公务接待费反映购置支出。", True),
    ],
)
def test_a_term_is_defined_once(text: str, wrong: bool) -> None:
    assert bool(found("W27_defined_twice", "名词解释", text)) is wrong


_TABLES = {"208": "社会保障和就业支出", "210": "卫生健康支出", "221": "住房保障支出"}
_SUBJECTS = [{"code": "2080505", "item": "机关事业单位基本养老保险缴费支出", "evidence": "urn:s"}]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("九、行政运行（2070101）：反映基本支出。十二、体育训练（2070306）：反映训练补助。", False),
        ("九、行政运行（2070101）：反映基本支出。十二、体育训练（2070305）：反映训练补助。", True),
        ("十二、文物保护（2070204）：反映文物保护。", False),
        ("十二、文物保护（2070205）：反映文物保护。", True),  # the classification alone has these two
        ("十二、体育训练（2079999）：反映训练补助。", False),  # a code that nobody knows
    ],
)
def test_a_subject_is_explained_with_its_own_code(text: str, wrong: bool) -> None:
    subjects = [
        {"code": code, "item": item, "evidence": "urn:s"}
        for code, item in (("2070101", "行政运行"), ("2070305", "体育竞赛"), ("2070306", "体育训练"))
    ]
    codes = [{"code": "2070204", "name": "文物保护"}, {"code": "2070205", "name": "博物馆"}]
    codes += [{"code": "2010101", "name": "行政运行"}]
    assert bool(found("W27_code", "名词解释", text, subjects=subjects, codes=codes)) is wrong


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("卫生健康支出5.00万元，主要用于行政事业单位医疗缴费。", None),
        ("卫生健康支出5.00万元，主要用于缴纳职工住房公积金。", "warning"),
        ("卫生健康支出5.00万元，主要用于职工医疗保险缴费、住房公积金。", "info"),  # its own is there, too
        ("住房保障支出5.00万元，主要用于机关事业单位基本养老保险缴费。", "warning"),
        ("10.卫生健康（类）支出5.00万元，占总支出的6.19%。主要用于职工的住房公积金支出。", "warning"),
        ("10.住房保障支出（类）5.00万元，占总支出的6.19%，主要用于职工的住房公积金支出。", None),
        ("科学技术支出5.00万元，主要用于基本工资、住房公积金。", None),  # a category that the tables do not have
    ],
)
def test_a_category_serves_its_own_purposes(text: str, severity: str | None) -> None:
    totals = [{"code": code, "item": name, "amount": 50_000, "evidence": "urn:t"} for code, name in _TABLES.items()]
    signals = found("W06_other_category", "四、总体说明", text, totals=totals, subjects=_SUBJECTS)
    assert [one.severity for one in signals][:1] == ([severity] if severity else [])


def test_a_contribution_in_a_category_of_staff_is_right_where_the_tables_have_no_other() -> None:
    totals = [{"code": "206", "item": "科学技术支出", "amount": 50_000, "evidence": "urn:t"}]
    text = "科学技术支出5.00万元，主要用于基本工资、住房公积金。"
    assert found("W06_other_category", "四、总体说明", text, totals=totals, subjects=[]) == []


@pytest.mark.parametrize(
    ("note", "wrong"),
    [
        ("没有使用政府性基金预算拨款安排的支出，政府性基金预算支出情况表为空表。", False),
        ("没有使用政府性基金预算拨款安排的支出，国有资本经营预算支出情况表为空表。", True),
        ("没有使用国有资本经营预算拨款安排的支出，国有资本经营预算支出情况表为空表。", True),
        ("没有使用政府性基金预算和国有资本经营预算安排的支出，政府性基金预算支出情况表为空表。", False),
    ],
)
def test_the_note_on_an_empty_table_speaks_of_its_own_fund(note: str, wrong: bool) -> None:
    text = f"某工业和信息化局2025年{note}"
    assert bool(found("W15_copied_note", "八、政府性基金预算拨款情况说明", text, findings=[])) is wrong


@pytest.mark.parametrize(
    ("headings", "wrong"),
    [
        (("二、收入预算情况说明", "三、支出预算情况说明"), False),
        (("二、支出预算情况说明", "三、支出预算情况说明"), True),
        (("五（一）当年拨款规模变化情况", "五（二）当年拨款规模变化情况，其中："), True),
        (("名词解释", "名词解释"), False),  # without a number, as on the next page
    ],
)
def test_no_two_sections_bear_one_heading(headings: tuple[str, str], wrong: bool) -> None:
    rows: list[Mapping[str, Any]] = [
        {"evidence": f"urn:{at}", "section": heading, "words": "支出5万元。"} for at, heading in enumerate(headings)
    ]
    assert bool(found("S28_heading_twice", "", "", paragraphs=rows, findings=[])) is wrong
