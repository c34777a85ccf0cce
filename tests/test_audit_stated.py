"""Rules that hold what sentences state against each other and against tables of any province, on rows made for them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest

from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED

_CHANGE = dict.fromkeys(("item", "section", "amount", "delta", "reason", "words", "evidence"))
_TOTAL = dict.fromkeys(("view", "income", "path", "item", "code", "column", "amount", "evidence"))
_SUBJECT = dict.fromkeys(("view", "code", "item", "amount", "evidence", "explained"))
_PROJECT = dict.fromkeys(("project", "name", "carried", "code", "amount", "at", "purpose", "use", "basis", "told"))


def book(**answers: Sequence[Mapping[str, Any]]) -> Book:
    """A disclosure without text whose tables and sentences are these rows."""
    names = ("changes", "totals", "subject_amounts", "basic_totals", "projects", "forms", "paragraphs")
    empty: dict[str, Any] = {name: [] for name in names}
    own = ox.Store()
    return Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某局", 2025, False, {}, {}, {**empty, **answers})


def change(item: str, amount: int, delta: int | None, section: str = "一", **more: object) -> dict[str, Any]:
    return {**_CHANGE, "item": item, "amount": amount, "delta": delta, "section": section, "words": "", **more}


def total(item: str, amount: int, *, income: bool = False, path: str = "", **more: object) -> dict[str, Any]:
    view = "revenue_expenditure_overview"
    row = {**_TOTAL, "view": view, "item": item, "amount": amount, "income": income, "column": "预算数"}
    return {**row, "path": path or (item if income else None), **more}


def subject(code: str, item: str, amount: int) -> dict[str, Any]:
    return {**_SUBJECT, "view": "一般公共预算支出表", "code": code, "item": item, "amount": amount, "explained": False}


def found(rule: str, made: Book) -> list[Signal]:
    return list(WORDED[rule](rules()[rule], made))


@pytest.mark.parametrize(
    ("item", "amount", "wrong"),
    [
        ("行政运行", 45_459_400, False),
        ("人大事务行政运行", 45_459_400, False),  # the 款 before the 项
        ("人大事务行政运行", 105_283_300, True),  # the amount of the 类
        ("一般公共服务", 105_283_300, False),
        ("别的科目", 1, False),  # not known to the tables
    ],
)
def test_an_amount_of_a_sentence_is_one_of_its_thing_in_a_table(item: str, amount: int, wrong: bool) -> None:
    held = [subject("201", "一般公共服务支出", 105_283_300), subject("20101", "人大事务", 105_283_300)]
    made = book(changes=[change(item, amount, 0)], subject_amounts=[*held, subject("2010101", "行政运行", 45_459_400)])
    assert bool(found("R14_items", made)) is wrong


def _item(section: str, third: str, amount: str) -> dict[str, Any]:
    path = f"1.“教育支出（类）普通教育（款）{third}（项）”"
    words = f"{path}{amount}万元，主要用于学校。年初预算为9万元，支出决算为{amount}万元。"
    return {"section": section, "words": words, "evidence": ""}


@pytest.mark.parametrize(
    ("section", "amount", "kind"),
    [
        ("五（三）一般公共预算财政拨款支出决算具体情况", "20.03", None),
        ("五（三）一般公共预算财政拨款支出决算具体情况", "8.00", "contradiction"),  # that of the fund
        ("八、政府性基金预算财政拨款收入支出决算情况", "8.00", None),
        ("八、政府性基金预算财政拨款收入支出决算情况", "20.03", "contradiction"),
        ("九、国有资本经营预算财政拨款支出决算情况", "28.03", None),  # a table that does not have it: that of any
        ("三、支出决算情况说明", "8.00", None),
        ("五（三）一般公共预算财政拨款支出决算具体情况", "20.04", "rounding"),  # two prints of one amount
    ],
)
def test_a_section_on_one_fund_states_the_amounts_of_its_table(section: str, amount: str, kind: str | None) -> None:
    views = {"一般公共预算支出表": 200_300, "政府性基金预算支出表": 80_000, "支出总表": 280_300}
    rows = [{**subject(code, name, yuan), "view": view} for view, yuan in views.items()
            for code, name in (("20502", "普通教育"), ("2050202", "小学教育"))]  # fmt: skip
    made = replace(book(subject_amounts=rows, paragraphs=[_item(section, "小学教育", amount)]), executed=True)
    assert [one.kind for one in found("R14_items", made)] == ([kind] if kind else [])


@pytest.mark.parametrize(("section", "wrong"), [("五、财政拨款支出决算情况说明", False), ("三、支出决算情况", True)])
def test_money_of_the_treasury_is_not_held_against_the_table_of_all_money_alone(section: str, wrong: bool) -> None:
    rows = [{**subject(code, name, 280_300), "view": "支出总表"} for code, name in
            (("20502", "普通教育"), ("2050202", "小学教育"))]  # fmt: skip
    made = replace(book(subject_amounts=rows, paragraphs=[_item(section, "小学教育", "20.03")]), executed=True)
    assert bool(found("R14_items", made)) is wrong


@pytest.mark.parametrize(("others", "wrong"), [(["初中教育"], True), ([], False)])
def test_an_item_with_the_name_of_its_group_is_the_one_that_no_other_item_names(others: list[str], wrong: bool) -> None:
    rows = [subject("20502", "普通教育", 234_200), subject("2050202", "小学教育", 200_300)]
    rows.append(subject("2050203", "初中教育", 33_900))
    told = [_item("五（三）", "普通教育", "25.04"), *(_item("五（三）", name, "3.39") for name in others)]
    made = replace(book(subject_amounts=rows, paragraphs=told), executed=True)
    assert [str(one.right.value) for one in found("R14_items", made)] == (["20.03"] if wrong else [])


@pytest.mark.parametrize(
    ("body", "text", "stated", "severity"),
    [
        ("某局", "某局无下属预算单位。", 1_664_500, None),
        ("某局", "某局无下属预算单位。", 1_646_500, "warning"),
        ("某局", "包括某局本级决算、下属行政事业单位决算。", 1_646_500, None),  # institutions run on the rest
        ("某局", "包括某局本级决算、下属行政事业单位决算。", 1_746_500, "error"),
        ("某局", "", 1_646_500, None),  # not known
        ("某服务中心", "本中心无下属预算单位。", 1_646_500, None),
        ("某局", "机关运行经费口径调整，包括项目中的运行经费。", 1_746_500, None),
    ],
)
def test_running_costs_bound_the_costs_of_offices(body: str, text: str, stated: int, severity: str | None) -> None:
    running = {"name": "一般公共预算公用经费", "amount": 1_664_500, "evidence": ""}
    told = [{"section": "二、机构", "words": text, "evidence": ""}]
    made = book(changes=[change("机关运行经费", stated, 0)], basic_totals=[running], paragraphs=told)
    signals = found("R10_operating", replace(made, body=body))
    assert [one.severity for one in signals] == ([severity] if severity else [])
    assert not found("R14_items", replace(made, body=body))


@pytest.mark.parametrize(("other", "wrong"), [(841_700, False), (814_700, True)])
def test_one_change_is_told_alike_in_all_sections(other: int, wrong: bool) -> None:
    made = book(changes=[change("基本支出", 8_621_800, 841_700, "三"), change("基本支出", 8_621_800, other, "五")])
    assert bool(found("R14_same", made)) is wrong


@pytest.mark.parametrize(("cars", "wrong"), [(-100_000, False), (100_000, True)])
def test_the_changes_of_parts_add_up_to_that_of_the_whole(cars: int, wrong: bool) -> None:
    parts = [change("公务用车购置及运行费", 365_600, cars), change("公务接待费", 13_500, None, words="持平")]
    made = book(changes=[change("“三公”经费", 379_100, -100_000), *parts])
    assert bool(found("R15_parts", made)) is wrong


@pytest.mark.parametrize(("fund", "wrong"), [(119_614, True), (121_614, False), (121_616, False), (121_630, True)])
def test_amounts_without_decimals_are_parts_all_the_same(fund: int, wrong: bool) -> None:
    whole = change("财政拨款支出预算", 3_286_610_000, 1_156_490_000)
    parts = [
        change("一般公共预算拨款支出预算", 493_760_000, -59_650_000),
        change("政府性基金拨款支出预算", 2_792_857_000, fund * 10_000),  # the one amount with decimals
    ]
    assert bool(found("R15_parts", book(changes=[whole, *parts]))) is wrong


def test_a_part_that_is_nought_this_year_has_its_change() -> None:
    parts = [change("公务用车购置费", 0, -250_000), change("公务用车运行费", 70_000, 0)]
    assert not found("R15_parts", book(changes=[change("公务用车购置及运行费", 70_000, -250_000), *parts]))


def test_parts_whose_amounts_do_not_add_up_say_nothing() -> None:
    made = book(changes=[change("“三公”经费", 379_100, -100_000), change("公务接待费", 13_500, 5_000)])
    assert not found("R15_parts", made)


def test_of_several_wholes_with_one_amount_one_that_fits_will_do() -> None:
    kinds = [change("基本支出", 600_000, 10_000), change("项目支出", 400_000, 20_000)]
    wholes = [change("收入、支出预算总计", 1_000_000, 30_000), change("一般公共预算收入预算", 1_000_000, 44_000)]
    assert not found("R15_parts", book(changes=[*wholes, *kinds]))
    assert found("R15_parts", book(changes=[wholes[1], *kinds]))


OVERVIEW = [
    total("财政拨款", 900_000, income=True),
    total("一般公共预算", 900_000, income=True, path="财政拨款/一般公共预算"),
    total("当年收入小计", 900_000, income=True),
    total("上年结转资金", 100_000, income=True),
    total("合计", 1_000_000, income=True),
    total("一般公共服务支出", 700_000),
    total("住房保障支出", 300_000),
    total("基本支出", 600_000),
    total("项目支出", 400_000),
    total("合计", 1_000_000),
]


def test_an_overview_without_codes_adds_up() -> None:
    assert not found("R05_overview", book(totals=OVERVIEW))


@pytest.mark.parametrize("at", range(len(OVERVIEW)))
def test_any_figure_of_an_overview_that_is_changed_is_seen(at: int) -> None:
    wrong = [{**row, "amount": row["amount"] + 30_000} if index == at else row for index, row in enumerate(OVERVIEW)]
    assert found("R05_overview", book(totals=wrong))


@pytest.mark.parametrize(
    ("name", "amount", "rule"),
    [
        ("住房保障支出", 300_000, None),
        ("住房保璋支出", 300_000, "R24_overview"),
        ("住房改革支出", 300_000, "R24_overview"),
        ("住房改革支出", 330_000, None),
        ("住房保障支出", 330_000, "R02_names"),
    ],
)
def test_categories_agree_with_the_table_by_subject(name: str, amount: int, rule: str | None) -> None:
    table = [("合计", 1_000_000, None), ("一般公共服务支出", 700_000, "201"), (name, amount, "221")]
    rows = [total(item, value, view="expenditure", column="合计", code=code) for item, value, code in table]
    made = book(totals=[*OVERVIEW, *rows])
    assert [one for one in ("R24_overview", "R02_names") if found(one, made)] == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("reason", "wrong"),
    [("甲项目、乙项目、丙项目到位较晚", False), ("甲项目、乙项目到位较晚", True), ("甲项目到位较晚", False)],
)
def test_a_reason_that_lists_most_of_a_carry_over_lists_all(reason: str, wrong: bool) -> None:
    carried = [
        {**_PROJECT, "name": name, "carried": True, "amount": 100_000} for name in ("甲项目", "乙项目", "丙项目")
    ]
    made = book(changes=[change("财政拨款结转", 300_000, 300_000, reason=reason)], projects=carried)
    assert bool(found("R25_carry_over", made)) is wrong


@pytest.mark.parametrize(
    ("purpose", "wrong"),
    [("科技计划专项资金。", True), ("购置设备3台。", False), ("支付科技计划专项资金尾款。", False)],
)
def test_the_purpose_of_a_carry_over_is_more_than_its_name(purpose: str, wrong: bool) -> None:
    row = {**_PROJECT, "name": "科技计划专项资金", "carried": True, "amount": 1, "purpose": purpose}
    assert bool(found("W12_named_purpose", book(projects=[row]))) is wrong


@pytest.mark.parametrize(
    ("words", "reason", "wrong"),
    [
        ("增加0.00万元，增长0.00%", "压减此项费用", True),
        ("增加0.00万元，增长0.00%", "严格执行只减不增的要求", False),
        ("与上年持平", "合同付款减少支付", True),
        ("与上年持平", "未增加支出", False),
        ("增加1.00万元", "压减此项费用", False),
    ],
)
def test_what_did_not_change_is_not_explained_by_a_cut(words: str, reason: str, wrong: bool) -> None:
    row = change("公务接待费", 4_500, 10_000 if "1.00" in words else 0, words=words, reason=reason)
    found_in = found("W09_no_change", book(changes=[row, {**row, "item": "公务用车购置费"}]))
    assert [one.zh[:15] for one in found_in] == (["“公务接待费、公务用车购置费”"] if wrong else [])


def told(words: str, section: str = "五、情况说明") -> dict[str, Any]:
    return {"section": section, "words": words, "evidence": "urn:e"}


_IN_TABLES = [{"amount": 23_369_100, "evidence": "urn:t"}, {"amount": 50_000, "evidence": "urn:u"}]


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("基本支出2336.91元，占79.49%。", True),
        ("基本支出2,336.91元，占79.49%。", True),
        ("基本支出2336.91万元，占79.49%。", False),
        ("基本支出23369100.00元，占79.49%。", False),
        ("预算收入812.34元，增加。预算收入812.34万元，其中", True),  # another sentence has it
        ("每人2336.92元。", False),  # no table has it
        ("按每亩2336.91元标准补偿。", False),  # a price, by chance
        ("每人5.00元。", False),  # few digits, by chance those of a table
        ("单价2336.91元/台。", False),
    ],
)
def test_an_amount_in_yuan_is_not_one_of_the_tables_in_ten_thousand(words: str, wrong: bool) -> None:
    assert bool(found("S24_ten_thousand", book(paragraphs=[told(words)], table_amounts=_IN_TABLES))) is wrong


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("涉及资金23369100.00万元，评价等级为优。", True),
        ("涉及资金2336.91万元，评价等级为优。", False),
        ("全县生产总值2500000.00万元。", False),  # no table has it
    ],
)
def test_an_amount_in_ten_thousands_is_not_one_of_the_tables_in_yuan(words: str, wrong: bool) -> None:
    assert bool(found("S24_ten_thousand_more", book(paragraphs=[told(words)], table_amounts=_IN_TABLES))) is wrong


def test_an_amount_in_yuan_that_a_table_has_in_yuan_is_right() -> None:
    rows = [*_IN_TABLES, {"amount": Decimal("2336.91"), "evidence": "urn:v"}]
    assert not found("S24_ten_thousand", book(paragraphs=[told("基本支出2336.91元。")], table_amounts=rows))


@pytest.mark.parametrize(
    ("first", "wrong"),
    [("2336.91万元，占79.49%", 0), ("2336.91元，占79.49%", 1), ("2636.91万元，占79.49%", 1), ("2336.91万元，占76%", 1)],
)  # fmt: skip
def test_two_shares_that_make_all_of_a_total_are_both_of_it(first: str, wrong: int) -> None:
    words = f"本年支出合计2940.05万元，其中：基本支出{first}；项目支出603.14万元，占20.51%。"
    made = book(paragraphs=[told(words)], totals=[total("合计", 29_400_500)])
    signals = found("R13_parts", made)
    assert len([one for one in signals if "79.49" in one.zh]) == wrong


def test_two_shares_whose_amounts_come_to_a_total_of_the_tables_are_shares_of_it() -> None:
    words = "1、一般公共服务支出（类）76.96万元，占3.4%。2、科学技术支出（类）2,189.59万元，占69.6%。"
    made = book(paragraphs=[told(words)], totals=[total("合计", 22_665_500)])
    assert [one.left.value for one in found("R13_parts", made)] == [Decimal("69.6")]
    assert not found("R13_parts", book(paragraphs=[told(words)], totals=[total("合计", 29_400_500)]))


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("本年收入合计20323.21万元，其中：财政拨款收入20323.21万元，占99%。", True),
        ("本年收入合计20323.21万元，其中：财政拨款收入20323.21万元，占100%。", False),
        ("本年收入合计20323.21万元，比上年减少1000.00万元，财政拨款收入20323.21万元，占99%。", False),
    ],
)
def test_a_share_alone_is_of_the_whole_right_before_it(words: str, wrong: bool) -> None:
    assert bool(found("R13_parts", book(paragraphs=[told(words)], totals=[]))) is wrong


def test_a_sentence_told_by_its_item_is_not_told_again_by_its_path() -> None:
    held = [subject("20113", "商贸事务", 769_600), subject("2011308", "招商引资", 769_600)]
    words = "1.一般公共服务支出（类）商贸事务（款）招商引资（项）2025年预算数为79.66万元，比上年减少。"
    one = change("招商引资", 796_600, -10_000)
    assert len(found("R14_items", book(paragraphs=[told(words)], subject_amounts=held, changes=[one]))) == 1
    assert len(found("R14_items", book(paragraphs=[told(words)], subject_amounts=held))) == 1


@pytest.mark.parametrize("item", ["15.“{}＂", "15.“{}”", "15“{}”", '15."{}"', "15.{}"])
@pytest.mark.parametrize(("amount", "wrong"), [("76.96", False), ("79.66", True)])
def test_an_item_is_read_with_a_slip_in_its_marks(item: str, amount: str, wrong: bool) -> None:
    held = [subject("20113", "商贸事务", 769_600), subject("2011308", "招商引资", 769_600)]
    words = f"{item.format('一般公共服务支出（类）商贸事务（款）招商引资（项）')}{amount}万元，主要用于招商。"
    assert bool(found("R14_items", book(paragraphs=[told(words)], subject_amounts=held))) is wrong


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [
        ("一二三四", False), ("六二八", True), ("三三五", True), ("一二二三", True), ("一二三三", True),
        ("二三五", False),  # one left out, which another rule tells
        ("七八九", False), ("九十十一", False), ("一二一二三三", False),  # a list within the list
    ],
)  # fmt: skip
def test_the_number_of_a_section_follows_that_before(numbers: str, wrong: bool) -> None:
    sections = re.findall("十[一二]|.", numbers)
    rows = [told("说明。", f"{number}、第{at}节情况说明") for at, number in enumerate(sections)]
    assert bool(found("S28_misnumbered", book(paragraphs=rows))) is wrong


def test_numbers_in_brackets_are_numbers_of_another_level() -> None:
    rows = [told("说明。", section) for section in ("一、概况", "（二）人员", "三、其他")]
    assert not found("S28_misnumbered", book(paragraphs=rows))
    again = [told("说明。", section) for section in ("一、概况", "二、人员", "（一）在职", "（二）退休", "二、其他")]
    assert len(found("S28_misnumbered", book(paragraphs=again))) == 1
    apart = [
        told("说明。", section) for section in ("一、概况", "二、人员", "（一）收入", "（二）支出", "二、经费情况说明")
    ]
    assert not found("S28_misnumbered", book(paragraphs=apart))


@pytest.mark.parametrize(
    ("words", "wrong"),
    [("在职43人，增加17人；退休36人，增加12人。", False), ("在职43人，增加47人；退休36人，减少40人。", True)],
)
def test_no_more_staff_are_added_than_there_are(words: str, wrong: bool) -> None:
    assert bool(found("R23_added", book(paragraphs=[told(words)]))) is wrong


@pytest.mark.parametrize(
    ("item", "reason", "wrong"),
    [
        ("公务接待费", "严格控制公务接待", False),
        ("公务接待费", "减少公务用车运行维护", True),
        ("公务用车运行费", "车辆老旧，维修增加", False),
        ("公务用车运行费", "接待批次减少", True),
        ("因公出国（境）费", "厉行节约", False),
        ("“三公”经费", "公务接待减少", False),  # the whole speaks of its parts
        ("公务接待费", "公务用车和公务接待均从严控制", False),
    ],
)
def test_the_reason_of_a_part_speaks_of_that_part(item: str, reason: str, wrong: bool) -> None:
    assert bool(found("W06_reason_of_another", book(changes=[change(item, 10_000, 5_000, reason=reason)]))) is wrong


@pytest.mark.parametrize(
    ("line", "amount", "wrong"),
    [
        ("一般公共预算财政拨款收入", 29_400_500, False),
        ("一般公共预算财政拨款收入", 62_000, True),
        ("本年收入/一般公共预算拨款", 29_400_500, False),
        ("别的收入", 1, False),
    ],
)
def test_the_sources_of_the_revenue_table_are_those_of_the_overview(line: str, amount: int, wrong: bool) -> None:
    revenue = {**_TOTAL, "view": "revenue", "income": False, "item": "合计", "column": "财政拨款小计"}
    rows = [{**revenue, "amount": 29_400_500}, total(line.split("/")[-1], amount, income=True, path=line)]
    assert bool(found("R02_sources", book(totals=rows))) is wrong


@pytest.mark.parametrize(
    ("way", "reason", "wrong"),
    [
        ("小于", "人员进出及退休变化，减少人员经费开支", False),
        ("小于", "人员进出及退休变化，增加人员经费开支", True),
        ("大于", "人员进出，减少人员经费", True),
        ("小于", "退休人员增加，减少人员经费", False),
        ("小于", "项目进度", False),
    ],
)
def test_the_reason_for_spending_less_than_the_budget_says_so(way: str, reason: str, wrong: bool) -> None:
    words = f"决算数{way}预算数的主要原因：{reason}。"
    assert bool(found("W09_reason_direction", book(paragraphs=[told(words)]))) is wrong


@pytest.mark.parametrize(
    ("delta", "reason", "wrong"),
    [
        (170_000, "防汛物资储备任务与上年相同", True),
        (0, "防汛物资储备任务与上年相同", False),
        (170_000, "任务与上年相同，物价上涨", False),
    ],
)
def test_what_is_as_last_year_explains_no_change(delta: int, reason: str, wrong: bool) -> None:
    assert bool(found("W09_reason_direction", book(changes=[change("防汛", 90_000, delta, reason=reason)]))) is wrong


@pytest.mark.parametrize(
    ("reason", "severity"), [("基建项目支出增加", "warning"), ("增加了办案任务，按实际需要编制", "info")]
)
def test_a_reason_that_ends_in_the_opposite_word_is_no_remark(reason: str, severity: str) -> None:
    (one,) = found("W09_reason_direction", book(changes=[change("基本支出", 90_000, -9_000, reason=reason)]))
    assert one.severity == severity


_FUND, _GENERAL = "政府性基金预算财政拨款", "一般公共预算财政拨款"


@pytest.mark.parametrize(
    ("section", "way", "reason", "wrong"),
    [
        (_FUND, "大于", f"剧院工程2000.00万元预算从{_GENERAL}调整至{_FUND}", False),
        (_FUND, "大于", f"剧院工程2000.00万元预算从{_FUND}调整至{_GENERAL}", True),
        (_FUND, "小于", f"剧院工程2000.00万元预算从{_FUND}调整至{_GENERAL}", False),
        (_FUND, "小于", f"剧院工程2000.00万元预算从{_GENERAL}调整至{_FUND}", True),
        (_FUND, "大于", f"部分预算从{_FUND}调整至{_GENERAL}，年中新增土地补偿", False),  # more than that
        (_GENERAL, "大于", "科目从其他支持中小企业发展和管理支出调整至文化产业发展专项支出", False),
        (_GENERAL, "大于", "科目从文化产业发展专项支出调整至其他支持中小企业发展和管理支出", True),
        (_GENERAL, "小于", "从“文化产业发展专项支出（项）”转列至“其他支出”科目", False),
        (_GENERAL, "大于", "从“文化产业发展专项支出”科目转列至“其他支出”科目", True),
        (_GENERAL, "大于", "从工业支出调整至其他支出", False),  # neither is this one
    ],
)
def test_money_is_moved_to_where_more_was_spent_than_budgeted(section: str, way: str, reason: str, wrong: bool) -> None:
    head = "1.文化旅游体育与传媒支出（类）其他文化旅游体育与传媒支出（款）文化产业发展专项支出（项）。年初预算为0万元，"
    words = f"{head}支出决算2000.00万元。决算数{way}预算数的主要原因：{reason}。"
    assert bool(found("W09_reason_direction", book(paragraphs=[told(words, f"{section}支出决算情况")]))) is wrong


@pytest.mark.parametrize(
    ("delta", "reason", "wrong"),
    [
        (9_000, "压减一般性支出，减少公用经费支出", True),
        (9_000, "人员变动，增加公用经费支出", False),
        (-9_000, "新增人员，增加人员经费", True),
        (-9_000, "新增人员，减少人员经费", False),
        (9_000, "减少了办案任务，按实际需要编制", True),  # in the middle of the sentence
        (-9_000, "厉行节约，提高资金使用效益", False),  # an aim
        (-9_000, "新增的设备已购置完毕", False),
        (9_000, "从会议费中调减90万元用于培训", False),
        (-9_000, "本年未新增项目", False),
    ],
)
def test_a_reason_goes_the_same_way_as_its_change(delta: int, reason: str, wrong: bool) -> None:
    assert (
        bool(found("W09_reason_direction", book(changes=[change("基本支出", 90_000, delta, reason=reason)]))) is wrong
    )


@pytest.mark.parametrize(
    ("name", "amount", "wrong"),
    [
        ("招商引资", "76.96", False),
        ("招商引资", "77.96", False),  # another amount, which other rules tell
        ("行政运行", "76.96", True),  # the amount of another subject under the same 款
        ("行政运行", "5.00", False),  # the amount of none
    ],
)
def test_a_subject_named_in_a_sentence_is_the_one_with_its_amount(name: str, amount: str, wrong: bool) -> None:
    held = [subject("20113", "商贸事务", 769_600), subject("2011308", "招商引资", 769_600)]
    words = f"商贸事务（款）{name}（项）支出{amount}万元，比上年减少。"
    for above in ("1.一般公共服务支出（类）", "一般公共服务（类）1．"):  # the class before it or in a heading
        assert bool(found("R24_misnamed", book(paragraphs=[told(above + words)], subject_amounts=held))) is wrong


@pytest.mark.parametrize(
    ("middle", "amount", "wrong"),
    [
        ("商贸事务", "76.96", False),
        ("商贸管理事务", "76.96", True),  # a 款 that no table has, with the subject and the amount of another
        ("商贸管理事务", "5.00", False),
        ("商贸", "76.96", False),  # the name cut short
    ],
)
def test_the_middle_name_of_a_subject_is_the_one_of_the_tables(middle: str, amount: str, wrong: bool) -> None:
    held = [subject("20113", "商贸事务", 769_600), subject("2011308", "招商引资", 769_600)]
    words = f"一般公共服务支出（类）{middle}（款）招商引资（项）{amount}万元，比上年减少。"
    assert bool(found("R24_misnamed", book(paragraphs=[told(words)], subject_amounts=held))) is wrong


@pytest.mark.parametrize(
    ("words", "slips"),
    [
        ("某某省委办公厅开展工作，省委门公厅办理来访。", ["省委门公厅"]),
        (
            "某某省委办公厅开展工作，省委办厅办理来访。",
            [],
        ),  # what is lost may be meant: only the whole name is told of that
        ("某某省委办公厅开展工作，省府办公厅办理来访。", []),  # another body
        ("某某省委办公厅开展工作，某某省委办门厅办理来访。", ["某某省委办门厅"]),
    ],
)
def test_a_slip_in_the_short_name_of_the_body_is_told(words: str, slips: list[str]) -> None:
    made = replace(book(paragraphs=[told(words)]), body="某某省委办公厅")
    assert [one.left.name for one in found("R24_body_slip", made)] == slips


@pytest.mark.parametrize(
    ("reason", "basic", "office", "wrong"),
    [
        ("工资标准提高形成工资福利支出和对个人和家庭补助支出增加", 44_800, 71_500, True),
        ("工资标准提高形成工资福利支出和对个人和家庭补助支出增加", 74_800, 71_500, False),
        ("工资标准提高形成工资福利支出增加", 71_400, 71_500, False),  # within rounding
        ("减少人员经费", -10_000, -71_500, True),
        ("工资福利支出增加，奖金减少", 44_800, 71_500, False),
        ("两局合并，工资福利支出增加", 44_800, 71_500, False),
        ("办公费等公用经费增加", 44_800, 71_500, False),
    ],
)
def test_personnel_costs_move_as_the_reason_says(reason: str, basic: int, office: int, wrong: bool) -> None:
    rows = [change("基本支出", 4_911_500, basic, reason=reason), change("机关运行经费", 513_500, office)]
    running = [{"name": "一般公共预算公用经费", "amount": 513_500, "evidence": "urn:r"}]
    totals = [total("合计", 4_911_500, view="general_budget_basic", column="合计")]
    alone = book(changes=rows, basic_totals=running, totals=totals, paragraphs=[told("本局无下属预算单位。")])
    assert bool(found("R16_personnel", alone)) is wrong
    several = book(changes=rows, basic_totals=running, totals=totals, paragraphs=[told("本局有2个下属单位。")])
    assert not found("R16_personnel", several)


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("二是退休人员工资由社保部门统一发放，不再列入本部门预算中，减少了该项支出。", True),
        ("退休费不再纳入预算。", True),
        ("退休人员体检费不再列入部门预算。", False),
        ("取暖费不再列入本单位预算。", False),  # of which there is no money
    ],
)
def test_what_is_in_the_budget_no_more_has_no_money_in_it(words: str, wrong: bool) -> None:
    items = [{"code": "30302", "item": "退休费", "amount": 5_432_300, "evidence": "urn:i"}]
    twice = book(paragraphs=[told(words, "一、"), told(words, "五、")], basic_items=items)
    assert len(found("W11_basic", twice)) == int(wrong)


@pytest.mark.parametrize(
    ("words", "other", "told"),
    [
        ("项目支出40万元，占财政拨款支出的50%，", 800_000, False),
        ("项目支出40万元，占支出总额的50%，", 800_000, True),
        ("项目支出40万元，占财政拨款支出的50%，", 1_000_000, True),  # there is no other money
    ],
)
def test_a_share_of_a_part_of_all_money_is_not_held_against_all(words: str, other: int, told: bool) -> None:
    row = change("项目支出", 400_000, None, words=words, share=50, total=1_000_000, total_at="")
    fiscal = total("合计", other, view="general_budget_expenditure")
    held = book(changes=[row], totals=[total("合计", 1_000_000), fiscal])
    assert bool(found("R13_share", held)) is told


@pytest.mark.parametrize(("amount", "wrong"), [(11_955_100, False), (11_955_200, True)])
def test_money_of_the_treasury_is_that_of_its_own_table(amount: int, wrong: bool) -> None:
    """Its expenditure of the year, which is not the total of the table: what is left over is in that, too."""
    held = [
        total("合计", 11_971_100, view="revenue"),
        total("本年支出合计", 11_955_100, view="fiscal_appropriation_overview"),
        total("合计", 12_015_100, view="fiscal_appropriation_overview"),
    ]
    made = book(changes=[change("财政拨款支出", amount, 0, "二、财政拨款支出决算情况说明")], totals=held)
    assert bool(found("R14_items", made)) is wrong
