"""What final accounts must tell, on rows made for them: each wrong case beside one that is right."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyoxigraph as ox
import pytest

from queries.auditing.book import Book
from queries.auditing.compare import judged
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED

_SECTION = "七、财政拨款“三公”经费支出决算情况说明"
_ITEM = (
    "1、教育支出（类）普通教育（款）小学教育（项）。主要用于小学。年初预算为{before}万元，支出决算为{now}万元。{then}"
)


def book(section: str, text: str, *, executed: bool = True, **answers: Sequence[Mapping[str, Any]]) -> Book:
    own = ox.Store()
    told = [{"evidence": "urn:p", "section": section, "words": text}]
    known: dict[str, Any] = {"paragraphs": told, "three_public": [], "changes": [], **answers}
    return Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某局", 2024, executed, {}, {}, known)


def found(rule: str, made: Book) -> list[Signal]:
    return list(WORDED[rule](rules()[rule], made))


def spent(item: str, amount: int = 5_000) -> list[Mapping[str, Any]]:
    return [{"item": item, "column": "决算数", "amount": amount, "evidence": "urn:e"}]


@pytest.mark.parametrize(
    ("item", "text", "missing"),
    [
        ("公务接待费", "公务接待费0.50万元。共接待国内来访5个批次、50人次。", []),
        ("公务接待费", "公务接待费0.50万元，国内公务接待5批次，50人。", []),
        ("公务接待费", "公务接待费0.50万元。共接待国内来访5个批次。", ["公务接待人次"]),
        ("公务接待费", "公务接待费0.50万元，接待来访团组5个、来宾50人次。", []),
        ("公务接待费", "公务接待费0.50万元，用于接待来访。", ["公务接待批次", "公务接待人次"]),
        ("公务接待费", "公务接待费0.50万元，接待批次为5，接待人次为50。", []),
        ("因公出国（境）费", "因公出国（境）费5万元，全年安排因公出国（境）团组1个，累计2人次。", []),
        ("因公出国（境）费", "因公出国（境）费5万元，全年安排因公出国（境）团组1个。", ["因公出国（境）人次"]),
        ("公务用车运行费", "公务用车运行维护费2万元，公务用车保有量为1辆。", []),
        ("公务用车运行费", "公务用车运行维护费2万元，用于燃料费、维修费。", ["公务用车保有量"]),
        ("公务用车购置费", "公务用车购置费18万元，购置公务用车1辆。", []),
        ("公务用车购置费", "公务用车购置费18万元，主要用于新购一辆公车。", []),
        ("公务用车购置费", "公务用车购置费18万元。", ["公务用车购置数"]),
    ],
)
def test_final_accounts_count_what_was_spent_on(item: str, text: str, missing: list[str]) -> None:
    told = found("S29_executed_counts", book(_SECTION, text, three_public=spent(item)))
    assert sorted(one.right.name for one in told) == sorted(missing)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("因公出国（境）费支出0.00万元。", "因公出国（境）团组数、因公出国（境）人次"),
        ("因公出国（境）费支出0.00万元。全年安排因公出国（境）团组0个、累计0人次。", None),
        ("因公出国（境）费支出0万元，本年没有安排因公出国（境）团组。", None),
        ("公务用车购置支出为0万元。", "公务用车购置数"),
        ("公务用车购置支出为0万元，本年未购置公务用车。", None),
        ("公务接待费支出0万元。其中：接待外宾0批次、0人次。", "公务接待批次、公务接待人次"),
        ("公务接待费支出0万元。国内公务接待0批次、0人次，其中：接待外宾0批次、0人次。", None),
        ("因公出国（境）费决算为0万元。某局2024年度无“三公”经费财政拨款支出。", None),
    ],
)
def test_what_cost_nothing_is_counted_as_none(text: str, missing: str | None) -> None:
    told = found("S29_counts_of_nil", book(_SECTION, text))
    assert [one.right.name for one in told] == ([missing] if missing else [])
    assert found("S29_counts_of_nil", book(_SECTION, text, executed=False)) == []


def test_no_foreign_guests_tell_nothing_of_the_domestic_ones() -> None:
    made = book(_SECTION, "公务接待费0.50万元。其中：接待外宾0批次、0人次。", three_public=spent("公务接待费"))
    assert [one.right.name for one in found("S29_executed_counts", made)] == ["公务接待批次", "公务接待人次"]
    assert found("R10_counted_none", made) == []


def test_a_budget_counts_no_guests() -> None:
    made = book("十、“三公”经费", "公务接待费0.50万元。", executed=False, three_public=spent("公务接待费"))
    assert found("S29_executed_counts", made) == []


def test_cars_among_the_state_assets_are_not_the_official_cars_kept() -> None:
    assets = {"evidence": "urn:q", "section": "十一（三）国有资产占用情况", "words": "共有车辆3辆。公务用车情况如上。"}
    made = book(_SECTION, "公务用车运行维护费2万元。", three_public=spent("公务用车运行费"))
    made.answers["paragraphs"].append(assets)  # type: ignore[attr-defined]
    assert len(found("S29_executed_counts", made)) == 1


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("国内公务接待0批次，0人次。", True),
        ("国内公务接待5批次，50人次；国（境）外公务接待0批次，0人次。", False),
    ],
)
def test_money_spent_is_not_spent_on_nobody(text: str, wrong: bool) -> None:
    assert bool(found("R10_counted_none", book(_SECTION, text, three_public=spent("公务接待费")))) is wrong


@pytest.mark.parametrize(("text", "wrong"), [("接待5个批次、50人次。", False), ("接待50个批次、5人次。", True)])
def test_there_are_no_fewer_guests_than_visits(text: str, wrong: bool) -> None:
    assert bool(found("R22_fewer_people", book(_SECTION, text))) is wrong


@pytest.mark.parametrize(
    ("before", "now", "then", "wrong"),
    [
        ("50.00", "60.00", "决算数大于预算数的主要原因：学生增加。", False),
        ("50.00", "60.00", "决算数大于预算数。", True),
        ("50.00", "60.00", "", True),
        ("50.00", "50.00", "决算数与预算数持平。", False),
    ],
)
def test_what_was_not_spent_as_budgeted_is_explained(before: str, now: str, then: str, wrong: bool) -> None:
    text = _ITEM.format(before=before, now=now, then=then)
    assert bool(found("W10_executed", book("五（三）决算具体情况", text))) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("公务接待费支出决算减少0.20万元，下降28.57%。公务接待费支出减少的主要原因是来访减少。", False),
        ("公务接待费支出决算减少0.20万元，下降28.57%。", True),
        ("公务接待费支出决算减少0.20万元，主要原因是来访减少。", False),
        ("公务接待费支出决算持平。", False),
        ("“三公”经费年初预算为3.45万元，支出决算为2.50万元，完成预算的72.46%。", True),
        ("“三公”经费年初预算为3.45万元，支出决算为2.50万元。决算数小于预算数的主要原因是厉行节约。", False),
    ],
)
def test_changes_of_travel_cars_and_receptions_are_explained(text: str, wrong: bool) -> None:
    assert bool(found("W10_executed_parts", book(_SECTION, text))) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("3.公务接待费支出0.50万元。", False),
        ("3.公务接待费支出0.80万元。", True),
        ("公务接待费支出决算为0.00万元。", False),  # a blank of the table
        ("与上年相比减少公务接待费0.80万元。", False),
    ],
)
def test_what_the_text_says_was_spent_is_in_the_table(text: str, wrong: bool) -> None:
    assert bool(found("R10_three_public_text", book(_SECTION, text, three_public=spent("公务接待费")))) is wrong


@pytest.mark.parametrize(("said", "wrong"), [("支出决算", True), ("支出年初预算", False)])
def test_what_was_spent_is_not_held_against_the_budget(said: str, wrong: bool) -> None:
    rows = [{**row, "column": "预算数"} for row in spent("公务接待费", 15_300)] + spent("公务接待费", 0)
    made = book(_SECTION, f"公务接待费{said}为1.53万元。", three_public=rows)
    assert bool(found("R10_three_public_text", made)) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("公务用车购置费0.50万元，公务用车购置费0.00万元。", True),
        ("公务用车运行费0.50万元，公务用车购置费0.00万元。", False),
        ("公务用车购置及运行费0.50万元。", False),  # holds the item
        ("公务接待费0.80万元。", False),  # the amount of none
        ("与上年相比减少公务接待费0.50万元。", False),
    ],
)
def test_an_amount_of_the_table_is_called_in_the_text_what_the_table_calls_it(text: str, wrong: bool) -> None:
    signals = found("R10_three_public_item", book(_SECTION, text, three_public=spent("公务用车运行费")))
    assert [signal.right.name for signal in signals] == ["公务用车运行费"] * wrong


_RESERVED = (
    "面向中小企业预留政府采购项目预算金额70.00万元，面向小微企业预留政府采购项目预算金额30.00万元。"
    "在面向中小企业预留的政府采购项目中，由中小企业供应商中标或成交的，采购金额{0}万元；"
    "在面向小微企业预留政府采购项目中，由小微企业供应商中标或成交的，采购金额{1}万元。"
)
_PROCURED = "政府采购支出总额100.00万元，其中：货物支出100.00万元。"


@pytest.mark.parametrize(
    ("text", "rule", "wrong"),
    [
        ("授予中小企业合同金额80.00万元，占政府采购支出总额的80.00%。", "R20_awarded", False),
        ("授予中小企业合同金额180.00万元。", "R20_awarded", True),
        ("授予中小企业合同金额80.00万元，其中：授予小微企业合同金额90.00万元。", "R20_awarded", True),
        ("由中小企业供应商中标或成交的，采购金额346.47万元。", "R20_awarded", True),
        (_RESERVED.format("70.00", "20.00"), "R20_won", False),
        (_RESERVED.format("80.00", "20.00"), "R20_won", True),
        (_RESERVED.format("70.00", "40.00"), "R20_won", True),
        ("授予中小企业合同金额80.00万元，占政府采购支出总额的80.00%。", "R13_awarded", False),
        ("授予中小企业合同金额80.00万元，占政府采购支出总额的88.00%。", "R13_awarded", True),
    ],
)
def test_what_small_firms_were_awarded_fits_all_procurement(text: str, rule: str, wrong: bool) -> None:
    assert bool(found(rule, book("十一（二）政府采购支出情况", _PROCURED + text))) is wrong


_BOUGHT = (
    "政府采购支出总额100.00万元，其中：政府采购货物支出30.00万元、政府采购工程支出0.00万元、政府采购服务支出70.00万元。"
    "授予中小企业合同金额{}万元，占政府采购支出总额的80.00%，其中：授予小微企业合同金额20.00万元，"
    "占授予中小企业合同金额的{}%；货物采购授予中小企业合同金额{}占货物支出金额的100.00%，服务采购授予中小企业合同金额"
    "{}占服务支出金额的{}%。"
)


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        (("80.00", "25.00", "30.00万元，", "50.00万元，", "71.43"), set()),
        (("80.00", "25.00", "", "", "71.43"), set()),  # the model of the ministry prints no amounts
        (("80.00", "25.00", "30.00万元，", "53.00万元，", "71.43"), {"R13_awarded", "R20_awarded_kinds"}),
        (("80.00", "52.00", "30.00万元，", "50.00万元，", "71.43"), {"R13_awarded"}),
        (("80.00", "25.00", "", "", "17.43"), {"R20_awarded_kinds"}),
    ],
)
def test_what_small_firms_were_awarded_of_each_kind_adds_up(printed: tuple[str, ...], told: set[str]) -> None:
    made = book("十二、政府采购支出说明", _BOUGHT.format(*printed))
    assert {rule for rule in ("R13_awarded", "R20_awarded", "R20_awarded_kinds") if found(rule, made)} == told


@pytest.mark.parametrize(("stated", "wrong"), [("54600.00", True), ("5.46", False), ("54500", False)])
def test_a_slip_of_the_unit_of_training_is_told(stated: str, wrong: bool) -> None:
    items = [{"code": "30216", "item": "培训费", "amount": 54_600, "evidence": "urn:e"}]
    made = book("十一、一般性支出情况说明", f"开支培训费{stated}万元，用于培训。", basic_items=items)
    assert bool(found("R14_slipped", made)) is wrong


def test_a_kind_that_was_bought_and_is_not_told_leaves_the_sum_open() -> None:
    text = _BOUGHT.format("80.00", "25.00", "", "", "17.43").replace("工程支出0.00", "工程支出5.00")
    assert found("R20_awarded_kinds", book("十二、政府采购支出说明", text)) == []


@pytest.mark.parametrize(("score", "wrong"), [("99.43", False), ("100", False), ("199.43", True)])
def test_no_score_is_above_a_hundred(score: str, wrong: bool) -> None:
    assert bool(found("S16_score", book("十、预算绩效管理情况", f"项目4个，平均得分{score}分。"))) is wrong


@pytest.mark.parametrize(("explained", "wrong"), [(4, True), (3, False)])
def test_the_one_change_left_unexplained_is_seen(explained: int, wrong: bool) -> None:
    row = {"section": "二、收入", "delta": 10_000, "evidence": "urn:e", "words": "比上年增加1万元。"}
    rows = [{**row, "item": f"来源{at}", "reason": "人员增加"} for at in range(explained)]
    changes: list[Mapping[str, Any]] = [*rows, {**row, "item": "单位资金", "reason": ""}]
    assert bool(found("W10_other", book("二、收入", "", executed=False, changes=changes))) is wrong
    left_to_parts = [*rows, {**row, "words": "比上年增加1万元。具体情况如下：", "item": "单位资金", "reason": ""}]
    assert found("W10_other", book("二、收入", "", executed=False, changes=left_to_parts)) == []


@pytest.mark.parametrize(
    ("then", "elsewhere", "wrong"),
    [
        ("", "", True),
        ("其中：财政拨款收入10万元。", "", True),
        ("财政拨款收入支出减少的主要原因是项目支出减少。", "", False),
        ("其中：基本支出减少2万元，项目支出减少1万元。", "", False),
        ("", "项目支出减少", False),  # one total is explained
    ],
)
def test_the_change_of_all_revenue_or_expenditure_is_explained(then: str, elsewhere: str, wrong: bool) -> None:
    section, text = "一、收入支出总体情况说明", "收入支出总计10万元，比上年减少3万元。"
    row = {"item": "收入支出总计", "delta": -30_000, "words": text, "evidence": "urn:p", "section": section}
    other = {**row, "item": "财政拨款收入支出总计", "section": "四、财政拨款收入支出总体情况", "reason": elsewhere}
    changes: list[Mapping[str, Any]] = [{**row, "reason": ""}, *([other] if elsewhere else [])]
    assert bool(found("W10_totals", book(section, text + then, changes=changes))) is wrong


@pytest.mark.parametrize(("section", "wrong"), [("五（一）规模变化情况", True), ("六（一）规模变化情况", False)])
def test_the_parts_of_a_section_are_one_in_what_they_explain(section: str, wrong: bool) -> None:
    row = {"section": "五（三）具体使用情况", "delta": 10_000, "evidence": "urn:e", "words": "比上年增加1万元。"}
    rows = [{**row, "item": f"科目{at}", "reason": "人员增加"} for at in range(4)]
    changes: list[Mapping[str, Any]] = [*rows, {**row, "section": section, "item": "项目支出", "reason": ""}]
    assert bool(found("W10_other", book(section, "", executed=False, changes=changes))) is wrong


@pytest.mark.parametrize(
    ("then", "wrong"),
    [
        ("公务接待费支出减少的主要原因是来访减少。", False),
        ("公务用车运行维护费支出减少的主要原因是车辆减少。", True),
        ("主要原因是严格控制接待。", False),
        ("国内公务接待12批次。主要原因是严格控制接待。", True),
    ],
)
def test_a_later_sentence_gives_the_reason_for_what_was_spent_on_receptions(then: str, wrong: bool) -> None:
    text = "公务接待费支出决算减少0.20万元，下降28.57%。"
    row = {"item": "公务接待费", "delta": -2_000, "reason": "", "words": text, "section": _SECTION, "evidence": "urn:p"}
    assert bool(found("W10_unexplained", book(_SECTION, f"{text}{then}", changes=[row]))) is wrong


@pytest.mark.parametrize(("budgeted", "wrong"), [(500_000, False), (499_950, False), (510_000, True)])
def test_the_initial_budget_is_the_one_disclosed_that_year(budgeted: int, wrong: bool) -> None:
    row = {"code": "2050202", "item": "小学教育", "amount": budgeted, "evidence": "urn:b"}
    text = _ITEM.format(before="50.00", now="60.00", then="")
    made = book("五（三）决算具体情况", text, budget_of_year=[row])
    assert bool(found("R27_initial", made)) is wrong


_PREFIXES = "PREFIX bl: <https://w3id.org/cnbl/ont#> PREFIX c: <https://w3id.org/cnbl/code/>"
_TWO = """INSERT DATA {
  GRAPH <urn:g> {
    <urn:d.executed.unit> bl:fiscalYear 2024 ; bl:budgetPhase <https://w3id.org/cnbl/code/phase/executed> ;
      bl:disclosureOf <urn:a> .
    <urn:r> bl:inView <https://w3id.org/cnbl/code/view/VIEW> ; bl:columnName "COLUMN" ; bl:item "ITEM" ;
      bl:amountCNY 9500 ; bl:disclosedIn <urn:d.executed.unit> ; bl:evidence <urn:r.at> }
  GRAPH <urn:h> {
    <urn:e.PHASE.unit> bl:fiscalYear YEAR ; bl:budgetPhase <https://w3id.org/cnbl/code/phase/PHASE> ;
      bl:disclosureOf <urn:a> .
    <urn:s> bl:inView <https://w3id.org/cnbl/code/view/VIEW> ; bl:columnName "OTHER" ; bl:item "SAME" ;
      bl:amountCNY AMOUNT ; bl:disclosedIn <urn:e.PHASE.unit> ; bl:evidence <urn:s.at> } }"""


def two_disclosures(**words: str) -> Book:
    store, text = ox.Store(), _TWO
    for name, word in words.items():
        text = text.replace(name, word)
    store.update(f"{_PREFIXES} {text}")
    return Book(store, store, ox.NamedNode("urn:g"), "a.pdf", "0", "某局", 2024, True, {}, {}, {})


def signals(rule: str, made: Book) -> list[Signal]:
    told = (judged(rules()[rule], row, made) for row in made.rows(rules()[rule].sparql, everywhere=True))
    return [one for one in told if isinstance(one, Signal)]


@pytest.mark.parametrize(("amount", "wrong"), [("9500", False), ("13500", True)])
def test_final_accounts_print_the_budget_that_was_disclosed(amount: str, wrong: bool) -> None:
    words = {"VIEW": "three_public", "COLUMN": "预算数", "ITEM": "合计", "OTHER": "合计", "SAME": "合计"}
    made = two_disclosures(**words, PHASE="initial", YEAR="2024", AMOUNT=amount)
    assert bool(signals("R27_budgeted", made)) is wrong


@pytest.mark.parametrize(("amount", "wrong"), [("9500", False), ("13500", True)])
def test_what_is_brought_forward_was_carried_forward(amount: str, wrong: bool) -> None:
    words = {"COLUMN": "决算数", "ITEM": "年初结转和结余", "OTHER": "决算数", "SAME": "年末结转和结余"}
    view = "revenue_expenditure_overview"
    made = two_disclosures(VIEW=view, **words, PHASE="executed", YEAR="2023", AMOUNT=amount)
    assert bool(signals("R27_carried", made)) is wrong


@pytest.mark.parametrize(("part", "wrong"), [("0.50", False), ("0.30", False), ("0.80", True)])
def test_guests_of_one_kind_cost_no_more_than_all(part: str, wrong: bool) -> None:
    text = f"公务接待费支出0.50万元。其中：国内公务接待支出{part}万元，主要用于接待来访。"
    assert bool(found("R20_reception", book(_SECTION, text))) is wrong


_WHOLE = "2024年度收入总计2,995.39万元，其中：本年收入合计2,946.25万元，使用非财政拨款结余（含专用结余）0.00万元，"


@pytest.mark.parametrize(
    ("section", "text", "wrong"),
    [
        ("一、总体情况说明", "2024年度收入总计90.00万元，其中：本年收入合计80.00万元，年初结转和结余10.00万元。", []),
        ("一、总体情况说明", "2024年度收入总计91.00万元。", ["收入总计"]),
        ("一、总体情况说明", "2024年度收、支总计均为19.00万元。", ["收、支总计"]),
        ("一、总体情况说明", "年初结转和结余1.00万元。", ["年初结转和结余"]),
        ("八、政府性基金情况说明", "年初结转和结余1.00万元。", []),
        ("二、收入决算情况说明", "本年收入80.00万元，其中：其他收入6.20万元，占7.75%。", []),
        ("二、收入决算情况说明", "本年收入88.00万元，其中：其他收入62.00万元，占7.75%。", ["本年收入", "其他收入"]),
        ("四、财政拨款情况说明", "2024年度财政拨款收入总计70.00万元，其中：年初财政拨款结转和结余2.00万元。", []),
        ("四、财政拨款情况说明", "年初财政拨款结转和结余20.00万元。", ["年初财政拨款结转和结余"]),
        ("四、财政拨款情况说明", "总计70.00万元，其中：年初结转和结余20.00万元。", ["年初财政拨款结转和结余"]),
        ("四、财政拨款情况说明", "总计70.00万元，其中：年初结转和结余2.00万元。", []),
    ],
)
def test_totals_of_final_accounts_are_those_of_the_tables(section: str, text: str, wrong: list[str]) -> None:
    overview, fiscal = "revenue_expenditure_overview", "fiscal_appropriation_overview"
    cells = [
        (overview, "合计", "决算数", 900_000),
        (overview, "本年收入合计", "决算数", 800_000),
        (overview, "年初结转和结余", "决算数", 100_000),
        (fiscal, "合计", "合计", 700_000),
        (fiscal, "年初财政拨款结转和结余", "合计", 20_000),
        ("revenue", "合计", "其他收入", 62_000),
    ]
    names = ("view", "item", "column", "amount")
    none = {"path": None, "evidence": "urn:e", "code": None, "income": None}
    rows = [{**dict(zip(names, cell, strict=True)), **none} for cell in cells]
    told = found("R14_totals", book(section, text, totals=rows))
    assert [one.zh.split("”")[0].split("“")[1] for one in told] == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (_WHOLE + "年初结转和结余49.14万元。", False),
        (_WHOLE + "年初结转和结余41.94万元。", True),
        ("支出总计9.00万元，其中：本年支出合计8.00万元，结余分配0.00万元，年末结转和结余1.00万元。", False),
        ("财政拨款支出总计9.00万元，其中：年末财政拨款结转和结余2.00万元，本年财政拨款支出8.00万元。", True),
        ("单位共有公务用车2辆，其中：轿车1辆、越野车0辆、载客汽车1辆。", False),
        ("单位共有公务用车2辆，其中：轿车1辆、越野车0辆、载客汽车0辆。", True),
    ],
)
def test_totals_of_final_accounts_are_the_sums_of_their_parts(text: str, wrong: bool) -> None:
    assert bool(found("R20_parts", book("一、总体情况说明", text))) is wrong


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("年初预算数100.00万元，决算数98.20万元，预决算差异率-1.80%。", None),
        ("年初预算数100.00万元，决算数98.20万元，预决算差异率－1.8%。", None),
        ("年初预算数100.00万元，决算数98.20万元，预决算差异率-8.10%。", "error"),
        ("年初预算数100.00万元，决算数98.20万元，预决算差异率1.80%。", "info"),
        ("公务接待费全年预算数0.95万元，决算数0.95万元，预决算无差异。", None),
        ("公务接待费全年预算数0.95万元，决算数0.50万元，预决算无差异。", "error"),
        ("公务接待费全年预算数0.00万元，决算数0.00万元，预决算无差异。", None),
    ],
)
def test_the_difference_from_the_budget_follows_from_the_amounts(text: str, severity: str | None) -> None:
    told = found("R11_difference", book("五、决算情况说明", text))
    assert [one.severity for one in told] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("before", "now", "word", "severity"),
    [
        ("15.00", "14.96", "持平", "info"),
        ("15.00", "14.96", "等于", "info"),
        ("15.00", "14.96", "基本持平", None),
        ("15", "14.96", "持平", None),  # rounded
        ("15.00", "15.00", "持平", None),
        ("15.00", "14.00", "持平", "error"),
        ("15.00", "14.00", "基本持平", "error"),
    ],
)
def test_what_differs_is_not_the_same(before: str, now: str, word: str, severity: str | None) -> None:
    text = f"年初预算为{before}万元，支出决算为{now}万元。决算数与预算数{word}。"
    told = found("W01_executed", book("五（三）决算具体情况", text))
    assert [one.severity for one in told] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("支出决算为10万元，完成预算98.95%，决算数小于预算数的主要原因是人员减少。", False),
        ("支出决算为10万元，完成预算98.95%，决算数大于预算数的主要原因是人员减少。", True),
        ("支出决算为10万元，完成预算100%，决算数小于预算数。", False),  # 99.7 % is printed so, too
        ("支出决算为10万元，完成预算80%，决算数与预算数持平。", True),
        ("支出决算为10万元，完成预算99.6%，决算数与预算数基本持平。", False),
        ("年初预算为1.27万元，支出决算为1.27万元，决算数大于预算数。", True),
        ("年初预算为1.27万元，支出决算为1.27万元，决算数与预算数持平。", False),
        ("年初预算为1.27万元，支出决算为2.27万元。决算数大于预算数的主要原因是人员增加。", False),
    ],
)
def test_more_or_less_than_budgeted_is_said_as_the_per_cent_says(text: str, wrong: bool) -> None:
    assert bool(found("W01_executed", book("五（三）决算具体情况", text))) is wrong


def test_the_reason_of_a_change_may_stand_in_the_next_sentence() -> None:
    text = "公务接待费支出决算比2023年度减少0.5万元，下降100%。主要原因是全年未发生接待。"
    assert found("W10_executed_parts", book(_SECTION, text)) == []
    assert found("W10_executed_parts", book(_SECTION, text.replace("主要原因是", "其中")))


@pytest.mark.parametrize(("part", "wrong"), [("0.20", False), ("0.80", True)])
def test_guests_from_the_country_cost_no_more_than_all_guests(part: str, wrong: bool) -> None:
    text = f"3.公务接待费支出0.50万元，完成预算50%。其中：国内公务接待支出{part}万元，主要用于来访。"
    assert bool(found("R20_reception", book(_SECTION, text))) is wrong


@pytest.mark.parametrize(("percent", "wrong"), [("100%", False), ("90%", True)])
def test_a_share_of_all_expenditure_is_one_of_its_total(percent: str, wrong: bool) -> None:
    totals = [{"name": "本年支出合计", "amount": 29_400_500, "evidence": "urn:e"}]
    text = f"一般公共预算财政拨款支出2940.05万元，占本年支出合计的{percent}。"
    told = found("R13_named", book("五（一）", text, basic_totals=totals))
    assert [one.right.name for one in told] == (["本年支出合计"] if wrong else [])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2024年度财政拨款收入总计9.00万元。", False),
        ("2023年度财政拨款收入总计9.00万元。", True),
        ("与2023年度收、支总计相比，减少1.00万元。", False),
    ],
)
def test_totals_are_those_of_the_year(text: str, wrong: bool) -> None:
    assert bool(found("W04_year", book("一、总体情况说明", text))) is wrong


@pytest.mark.parametrize(("spent", "wrong"), [("594.77", False), ("598.42", False), ("894.77", True)])
def test_no_more_is_spent_than_the_budget_of_the_whole_year(spent: str, wrong: bool) -> None:
    text = f"预算绩效评价项目4个，全年预算数598.42万元，全年执行数{spent}万元。"
    assert bool(found("R11_beyond", book("十一、预算绩效", text))) is wrong


_FISCAL = "fiscal_appropriation_overview"


def treasury(*, other: int = 0, end: int = 216_300) -> list[Mapping[str, Any]]:
    """The rows of the overview of money from the treasury; `other` was spent from other funds."""
    rows = [
        ("年初财政拨款结转和结余", "合计", 216_300),
        ("年末财政拨款结转和结余", "合计", end),
        ("本年支出合计", "合计", 29_400_500 + other),
        ("本年支出合计", "一般公共预算", 29_400_500),
    ]
    return [
        {"view": _FISCAL, "item": one, "column": two, "amount": amount, "evidence": "urn:e"}
        for one, two, amount in rows
    ]


@pytest.mark.parametrize(
    ("delta", "words", "totals", "wrong"),
    [
        (-631_400, "减少63.14万元", treasury(), False),
        (None, "持平", treasury(), True),
        (631_400, "增加63.14万元", treasury(), True),
        (-531_400, "减少53.14万元", treasury(end=316_300), False),  # 10万元 more was carried out than in
        (None, "持平", treasury(other=10_000), False),  # other funds: last year's are not known
        (None, "", treasury(), False),  # no change is told
    ],
)
def test_the_change_of_the_total_follows_from_that_of_expenditure(
    delta: int | None, words: str, totals: list[Mapping[str, Any]], wrong: bool
) -> None:
    changes: list[Mapping[str, Any]] = [
        {"item": "财政拨款收入支出总计", "delta": delta, "words": words, "evidence": "urn:p"},
        {"item": "一般公共预算财政拨款支出", "delta": -631_400, "words": "减少63.14万元", "evidence": "urn:p"},
    ]
    assert bool(found("R15_carried", book("四、总体情况", "说明。", totals=totals, changes=changes))) is wrong


@pytest.mark.parametrize(
    ("clause", "visits", "wrong"),
    [
        ("公务用车运行维护费减少1.20万元，下降50%；", "没有接待", True),
        ("公务用车运行维护费减少1.20万元，下降50%；", "", False),  # one reason may be that of all
        ("公务用车运行维护费减少1.20万元，", "没有接待", False),  # as it may be that of two in one clause
        ("公务用车运行维护费减少1.20万元，主要原因是车辆减少；", "没有接待", False),
    ],
)
def test_the_reasons_of_others_are_none_for_what_a_sentence_leaves_out(clause: str, visits: str, wrong: bool) -> None:
    text = (
        f"其中：因公出国（境）费增加0.00万元，主要原因是没有出国；{clause}公务接待费增加0.00万元，主要原因是没有接待。"
    )
    row = {"section": "十、“三公”经费", "words": text, "evidence": "urn:p", "delta": 0}
    changes: list[Mapping[str, Any]] = [
        {**row, "item": "因公出国（境）费", "reason": "没有出国"},
        {**row, "item": "公务用车运行维护费", "delta": -12_000, "reason": ""},
        {**row, "item": "公务接待费", "reason": visits},
    ]
    made = book("十、“三公”经费", text, executed=False, changes=changes)
    assert bool(found("W10_unexplained", made)) is wrong


@pytest.mark.parametrize(("bought", "wrong"), [("更新车辆1辆", False), ("", True)])
def test_a_change_is_explained_where_those_of_its_parts_are(bought: str, wrong: bool) -> None:
    row = {"section": "（九）“三公”经费", "words": "比上年变动。", "evidence": "urn:p"}
    changes: list[Mapping[str, Any]] = [
        {**row, "item": "公务用车购置及运行维护费", "delta": 160_000, "reason": ""},
        {**row, "item": "公务用车购置费", "delta": 180_000, "reason": bought},
        {**row, "item": "公务用车运行维护费", "delta": -20_000, "reason": "压减车辆运行费用"},
    ]
    told = found("W10_unexplained", book("（九）“三公”经费", "", executed=False, changes=changes))
    assert any("购置及运行维护费" in one.zh for one in told) is wrong
