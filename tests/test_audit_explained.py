"""What sentences say of their own figures, on rows made for them: each wrong case beside one that is right."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyoxigraph as ox
import pytest

from kg.places import Evidence
from ontology.findings import said as worded
from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED

_ITEM = "1.“教育支出（类）普通教育（款）小学教育（项）”{amount}万元，主要用于小学。2023年当年预算执行数为{before}万元，"


def book(section: str = "", text: str = "", *, executed: bool = False, **answers: Sequence[Mapping[str, Any]]) -> Book:
    own = ox.Store()
    told = [{"evidence": "urn:p", "section": section, "words": text}] if section else []
    known: dict[str, Any] = {"paragraphs": told, "changes": [], "basic_items": [], "subject_kinds": [], **answers}
    known = {"findings": [], "unplaced_basic_items": [], **known}
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
        ("小学教育经费减少", False),  # the other way, as another rule tells
    ],
)
def test_a_reason_says_more_than_that_the_thing_changed(reason: str, wrong: bool) -> None:
    text = _ITEM.format(before="50", amount="60") + f"比2023年预算执行数增加20%。主要原因是：{reason}。"
    assert bool(found("W10_repeated", book("二、编制说明", text))) is wrong


def test_reasons_that_repeat_the_change_are_told_once_a_document() -> None:
    row = {"delta": 10_000, "evidence": "urn:e"}
    said = [{**row, "item": "培训费", "reason": "培训费增加"}, {**row, "item": "会议费", "reason": "会议费有所增加"}]
    wrong_way = {**row, "item": "接待费", "reason": "接待费减少"}  # which another rule tells
    (signal,) = found("W10_repeated", book(changes=[*said, wrong_way]))
    assert signal.zh.startswith("有2条增减原因")


@pytest.mark.parametrize(
    ("reason", "delta", "wrong"),
    [
        ("没有增加公车购置及运行费", 0, True),
        ("公务用车运行费支出增加", 10_000, True),
        ("公务用车运行费支出增加", 0, False),  # which another rule tells
        ("没有增加车辆", 0, False),
        ("新增车辆", 10_000, False),
    ],
)
def test_a_reason_that_vehicles_cost_more_or_not_more_is_none(reason: str, delta: int, wrong: bool) -> None:
    row = {"item": "公务用车购置及运行费", "delta": delta, "reason": reason, "evidence": "urn:e"}
    assert bool(found("W10_repeated", book(changes=[row]))) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("公务接待费支出0.00万元。其中：国内公务接待5批次，30人次。", True),
        ("公务接待费支出0.00万元。其中：国内公务接待0批次，0人次。", False),
        ("公务接待费支出3.00万元。其中：国内公务接待5批次，30人次。", False),
        ("因公出国（境）费支出0万元，全年安排因公出国（境）团组0个。", False),
        ("因公出国（境）费支出0万元。全年因公出国（境）团组2个，累计5人次。", True),
        ("因公出国（境）费支出0万元，上年团组2个。", False),
        ("因公出国（境）费支出0万元。公务接待费支出2万元，全年接待来访团组8个、来宾71人次。", False),
        ("公务接待费支出0.00万元，接待批次5个，接待人次30人。", True),
        ("公务用车购置费支出0万元，公务用车购置数1辆。", True),
    ],
)
def test_what_cost_nothing_is_not_counted(text: str, wrong: bool) -> None:
    assert bool(found("R10_counted_nil", book("七、“三公”经费", text, executed=True))) is wrong


@pytest.mark.parametrize(("kept", "wrong"), [(3, False), (5, False), (6, True)])
def test_no_more_cars_are_kept_than_there_are_vehicles(kept: int, wrong: bool) -> None:
    text = f"开支财政拨款的公务用车保有量为{kept}辆。截至2023年12月31日，本部门共有车辆5辆。"
    assert bool(found("R22_cars", book("七、“三公”经费", text, executed=True))) is wrong


@pytest.mark.parametrize(
    ("reason", "wrong"),
    [
        ("主要原因是2024年度预计淘汰更新执法车辆4辆，比2023年增加2辆", True),
        ("主要原因是2024年度预计淘汰更新执法车辆5辆，比2023年增加2辆", False),
        ("主要原因是2023年更新执法车辆4辆", False),
        ("主要原因是更新执法车辆3辆，购置通勤车2辆", False),
        ("主要原因是公务用车购置费增加", False),
    ],
)
def test_as_many_vehicles_are_planned_as_their_reason_counts(reason: str, wrong: bool) -> None:
    text = f"公务用车购置费75万元，比2023年预算增加27万元，{reason}。截至2023年8月31日，共有车辆63辆。"
    plan = "2024年部门预算安排购置车辆5辆，其中：执法执勤用车5辆。"
    assert bool(found("R22_planned_cars", book("一、“三公”经费预算情况说明", text + plan))) is wrong


@pytest.mark.parametrize(("amount", "wrong"), [("1585.96", False), ("5619.31", True)])
def test_what_is_said_to_agree_with_a_table_does(amount: str, wrong: bool) -> None:
    text = (
        "财政拨款支出安排数与《部门一般公共预算基本支出预算表》的“商品和服务支出”支出数一致。"
        f"2017年本部门一般公共预算机关运行经费预算支出{amount}万元。"
    )
    goods = {"code": "302", "item": "商品和服务支出", "amount": 15_859_600, "evidence": "urn:e"}
    assert bool(found("R14_agreed", book("十、机关运行经费", text, basic_items=[goods]))) is wrong
    assert found("R14_agreed", book("十、机关运行经费", text)) == []  # a table that does not name the item
    counted = found("R14_agreed", book("十、机关运行经费", f"{text}原因是口径调整。", basic_items=[goods]))
    assert [(one.severity, one.kind) for one in counted] == [("warning", "contradiction")] * wrong


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
    row = {"item": item, "basic": basic, "projects": projects, "basic_at": "urn:b", "projects_at": "urn:p"}
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
        ("十、一般公共决算机关运行经费支出预算表情况说明", False, True),
        ("二、机关运行经费决算", False, True),
        ("二、机关运行经费决算", True, False),
    ],
)
def test_headings_speak_of_the_disclosure_at_hand(section: str, executed: bool, wrong: bool) -> None:
    assert bool(found("W23_phase", book(section, "本年收入3万元。", executed=executed))) is wrong


@pytest.mark.parametrize(
    ("title", "executed", "wrong"),
    [
        ("《部门收支预算总表》", False, False),
        ("《部门收支决算总表》", False, True),
        ("《部门2023年收支决算总表》", False, False),  # of last year
        ("《部门决算管理办法》", False, False),
        ("数据一致。一、收支决算总表情况说明", False, True),  # a heading that is not known to be one
        ("数据一致。一、收支预算总表情况说明", False, False),
        ("《部门收支决算总表》", True, False),
    ],
)
def test_tables_that_a_budget_cites_are_those_of_a_budget(title: str, executed: bool, wrong: bool) -> None:
    text = f"收入数与{title}一致。" if title.startswith("《") else title
    assert bool(found("W23_phase", book("一、总体情况", text, executed=executed))) is wrong


@pytest.mark.parametrize(
    ("share", "wrong"),
    [
        ("占76.23；", True),
        ("占76.23%；", False),
        ("占76.23％；", False),
        ("占一般公共预算支出的76.23。", True),
        ("占地76.23平方米；", False),
        ("占用资金76.23万元；", False),
    ],
)
def test_a_share_has_its_sign(share: str, wrong: bool) -> None:
    text = f"城乡社区支出（类）15411.43万元，{share}住房保障支出（类）1076.78万元，占5.33%。"
    assert bool(found("S24_percent", book("（二）结构情况", text, executed=True))) is wrong


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("年初预算为0.00万元，支出决算为4.19。决算数大于预算数。", "万元"),
        ("国内公务接待支出0.30万（其中外事接待）。", "元"),
        ("国内公务接待支出0.30万（其中外事接待）。公务接待支出0.20万（其中国内接待）。", "元"),  # one signal
        ("年初预算为0.00万元，支出决算为4.19万元。", ""),
        ("完成年初预算98.35。", ""),
        ("支出决算为2025年的全部。", ""),
    ],
)
def test_an_amount_has_its_whole_unit(text: str, missing: str) -> None:
    told = found("S24_money_unit", book("（三）具体情况", text, executed=True))
    assert [signal.right.name for signal in told] == ([missing] if missing else [])


def test_an_amount_without_its_unit_is_one_in_ten_thousands() -> None:
    text = "1、教育支出（类）普通教育（款）小学教育（项）4.19万元。主要用于补贴。年初预算为0.00万元，支出决算为{}。"
    for said in ("4.91", "4.19"):
        told = found("R14_twice", book("（三）具体情况", text.format(said), executed=True))
        assert bool(told) is (said == "4.91")


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("“三公”经费支出。", ""),
        ("“三公”经费支出”。", "”"),
        ("“教育支出（类）小学教育（项）3.00万元。", "“"),
        ("《关于某事的通知（某财预〔2025〕1号）。", "《"),
        ("（一）收入；1）某项；2）某项。", ""),  # numbers of a list
        ("1.“小学教育（项）3.00万元。2.“初中教育（项）”4.00万元。3.“高中教育（项）5.00万元。", "““"),
        ("1.小学教育（项）”3.00万元，用于“小学”教师”。2.“初中教育（项）”4.00万元。", "”"),
        ("（1.某项；2.某项（甲）；3.某项）。", ""),
        ("《关于转发《某办法》的通知》", ""),
    ],
)
def test_signs_come_in_pairs(text: str, signs: str) -> None:
    assert [signal.right.name for signal in found("W24_pairs", book("一、说明", text))] == list(signs)


_PARTS = "因公出国（境）费支出0.00万元。公务用车运行维护支出19.56万元。公务接待费支出0.3万元。"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("“三公”经费支出决算为19.86万元。公务用车购置及运行维护费支出19.56万元。" + _PARTS, ["公务用车购置费"]),
        ("“三公”经费支出决算为19.86万元。公务用车购置支出为0万元。" + _PARTS, []),
        ("“三公”经费支出决算为19.86万元。本年未新增公务用车。" + _PARTS, []),
        ("“三公”经费支出决算为0.00万元。", []),  # nothing was spent
        ("无“三公”经费支出。", []),
    ],
)
def test_final_accounts_tell_every_part(text: str, missing: list[str]) -> None:
    section = "七、财政拨款“三公”经费支出决算情况说明"
    assert [
        s.zh.split("“")[2].split("”")[0] for s in found("S29_told_parts", book(section, text, executed=True))
    ] == missing
    assert found("S29_told_parts", book(section, text)) == []


def test_the_parts_may_be_told_in_a_section_of_their_own() -> None:
    said = {
        "“三公”经费支出决算总体情况说明": "“三公”经费支出决算为19.86万元。",
        "“三公”经费支出决算具体情况": "公务用车购置支出0.00万元。" + _PARTS,
    }
    told = [{"evidence": "urn:p", "section": section, "words": words} for section, words in said.items()]
    assert len(found("S29_told_parts", book(executed=True, paragraphs=told[:1]))) == 4
    assert found("S29_told_parts", book(executed=True, paragraphs=told)) == []


@pytest.mark.parametrize(("running", "severity"), [("19.56", "info"), ("12.35", "warning")])
def test_a_part_that_another_takes_up_is_nought_by_what_is_printed(running: str, severity: str) -> None:
    vehicles = f"公务用车购置及运行维护费支出19.56万元。其中：公务用车运行维护支出{running}万元。"
    text = f"“三公”经费支出决算为19.86万元。因公出国（境）费支出0.00万元。{vehicles}公务接待费支出0.3万元。"
    signals = found("S29_told_parts", book("七、“三公”经费支出决算说明", text, executed=True))
    assert [one.severity for one in signals] == [severity]


@pytest.mark.parametrize(
    ("first", "again", "kind"),
    [("257.14", "245.53", "contradiction"), ("269.85", "269.86", "rounding"), ("257.14", "257.14", None)],
)
def test_an_item_of_final_accounts_states_one_amount(first: str, again: str, kind: str | None) -> None:
    text = (
        f"6.“教育支出（类）普通教育（款）小学教育（项）”{first}万元，主要用于小学。"
        f"年初预算为274.82万元，支出决算为{again}万元，完成年初预算的93.57%。"
    )
    signals = found("R14_twice", book("（三）具体情况", text, executed=True))
    assert [signal.kind for signal in signals] == ([kind] if kind else [])


def test_growth_from_nothing_has_no_per_cent() -> None:
    row = {"prior": 0, "percent": 100, "delta": 3_000, "item": "公务接待费", "evidence": "urn:e", "reason": None}
    (signal,) = found("R12_zero_base", book(changes=[row]))
    assert "有1处上年数为零" in signal.zh
    assert found("R12_zero_base", book(changes=[{**row, "prior": 1_500, "percent": 200}])) == []
    assert found("R12_zero_base", book(changes=[{**row, "percent": None}])) == []


@pytest.mark.parametrize(("percent", "wrong"), [("63.78", False), ("63.76", False), ("67.38", True), ("64", False)])
def test_what_was_carried_out_of_a_part_follows_from_the_budget_of_the_table(percent: str, wrong: bool) -> None:
    text = f"公务用车购置及运行维护费支出决算为19.56万元，完成预算的{percent}%。"
    row = {"item": "公务用车购置及运行费", "column": "预算数", "amount": 306_700, "evidence": "urn:e"}
    assert bool(found("R11_completed", book("七、“三公”经费", text, executed=True, three_public=[row]))) is wrong


@pytest.mark.parametrize(
    ("before", "now", "told", "wrong"),
    [
        ("0.00", "125.00", "，完成年初预算的100%", True),
        ("0", "125.00", "，完成年初预算的0%", True),
        ("0.00", "0.00", "，完成年初预算的100%", False),
        ("0.00", "125.00", "", False),
        ("125.00", "125.00", "，完成年初预算的100%", False),
    ],
)
def test_nothing_is_carried_out_by_no_percentage(before: str, now: str, told: str, wrong: bool) -> None:
    text = f"年初预算为{before}万元，支出决算为{now}万元{told}。决算数大于预算数的主要原因：年中追加。"
    assert bool(found("R11_nil_budget", book("五、支出决算情况说明", text, executed=True, three_public=[]))) is wrong


@pytest.mark.parametrize(("budget", "wrong"), [(0, True), (8_000, False), (None, False)])
def test_an_item_without_a_budget_in_the_table_is_carried_out_by_no_percentage(budget: int | None, wrong: bool) -> None:
    row = {"item": "公务接待费", "column": "预算数", "amount": budget, "evidence": "urn:e"}
    made = book("七、“三公”经费", "公务接待费支出决算为0.3万元，完成预算的37.5%。", executed=True, three_public=[row])
    assert bool(found("R11_nil_budget", made)) is wrong


@pytest.mark.parametrize(
    ("code", "name", "wrong"),
    [("2111101", "减排专项支出", True), ("2111103", "减排专项支出", False), ("2111101", "某种新支出", False)],
)
def test_a_code_is_printed_with_its_own_name(code: str, name: str, wrong: bool) -> None:
    codes = [{"code": "2111101", "name": "生态环境监测与信息"}, {"code": "2111103", "name": "减排专项支出"}]
    printed = [{"economic": False, "code": code, "item": name, "tables": 1, "evidence": "urn:e"}]
    assert bool(found("R24_code", book(codes=codes, subject_names=printed))) is wrong


def test_what_fell_to_nothing_is_not_level() -> None:
    words = "公务接待费支出决算减少为0.00万元，与2024年持平。"
    assert found("W01_direction", book("七、“三公”经费", words))
    assert not found("W01_direction", book("七、“三公”经费", "公务接待费支出决算0.00万元，与2024年持平。"))


@pytest.mark.parametrize(("deltas", "wrong"), [((-20, -20), True), ((20, 20), False), ((-20, 5), False)])
def test_the_reason_for_both_changes_goes_the_way_of_one_of_them(deltas: tuple[int, int], wrong: bool) -> None:
    items = zip(("财政拨款收入", "财政拨款支出预算"), deltas, strict=True)
    rows = [{"item": item, "delta": delta, "evidence": "urn:e", "words": ""} for item, delta in items]
    text = "国有资本经营预算0万元。财政拨款收入支出增加的主要原因是某项目支出减少。"
    assert bool(found("W01_direction", book("一、说明", text, changes=rows))) is wrong


@pytest.mark.parametrize(
    ("printed", "kind"),
    [("328,661", "rounding"), ("328,662", None), ("328,660", "contradiction"), ("328,661.81", None)],
)
def test_an_amount_without_decimals_is_rounded(printed: str, kind: str | None) -> None:
    total = {"view": "revenue_expenditure_overview", "income": True, "path": "合计", "item": "合计", "code": None}
    cell = {**total, "column": "预算数", "amount": 3_286_618_100, "evidence": "urn:e"}
    signals = found("R14_totals", book("二、编制说明", f"某局收入预算{printed}万元，其中：财政拨款收入", totals=[cell]))
    assert {signal.kind for signal in signals} == ({kind} if kind else set())


@pytest.mark.parametrize(("before", "wrong"), [("某局2025年", True), ("某局2025年预算9万元，比2024年", False)])
def test_the_total_of_the_year_before_is_not_that_of_the_table(before: str, wrong: bool) -> None:
    total = {"view": "revenue_expenditure_overview", "income": True, "path": "合计", "item": "合计", "code": None}
    cell = {**total, "column": "预算数", "amount": 90_000, "evidence": "urn:e"}
    made = book("二、编制说明", f"{before}收支总预算8.00万元", totals=[cell])
    assert bool(found("R14_totals", made)) is wrong


def test_each_stage_of_performance_is_held_against_the_one_before() -> None:
    text = (
        "编报绩效目标的2025年度项目48个，涉及预算金额7,589.42万元；绩效跟踪评价的2025年度项目48个，"
        "涉及预算金额4,974.93万元；绩效自评的2025年度项目48个，涉及预算金额4,974.93万元。"
    )
    assert len(found("R22_stages", book("十、预算绩效管理情况", text, executed=True))) == 1


@pytest.mark.parametrize(("listed", "wrong"), [("1.本部2.某中心3.某队", False), ("1.本部2.某中心", True)])
def test_bodies_are_counted_whatever_stands_before_the_list(listed: str, wrong: bool) -> None:
    numbered = listed.replace("1.", "1.某市某区").replace("2.", "2.某市某区").replace("3.", "3.某市某区")
    text = f"部门预算包括本部以及下属2家预算单位。行政单位1家，事业单位2家，具体包括（列示至基层）：{numbered}"
    assert bool(found("R22_bodies", book("二、机构设置", text))) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("某局下属1家机关和1家参公事业单位财政拨款的机关运行经费预算为1万元。", False),
        ("某局下属2家机关和1家参公事业单位财政拨款的机关运行经费预算为1万元。", True),
        ("某局下属一家机关和两家参公事业单位财政拨款的机关运行经费预算为1万元。", True),
    ],
)
def test_other_sections_count_the_bodies_as_they_are_counted_by_kind(text: str, wrong: bool) -> None:
    kinds = {"evidence": "urn:q", "section": "二、机构设置", "words": "行政单位1家，参公单位1家，事业单位3家。"}
    told = [kinds, {"evidence": "urn:p", "section": "十、其他", "words": text}]
    assert bool(found("R22_bodies", book(paragraphs=told))) is wrong


_FUND = "政府性基金预算财政拨款收入{0}万元，支出{1}万元，支出具体情况如下："


@pytest.mark.parametrize(
    ("income", "spent", "wrong"),
    [("105.00", "105.00", []), ("150.00", "105.00", ["政府性基金预算财政拨款收入"]),
     ("105.00", "115.00", ["政府性基金预算财政拨款支出"]), ("105.00", "收入115.00", ["政府性基金预算财政拨款支出"])],
)  # fmt: skip
@pytest.mark.parametrize("view", ["government_fund", "fiscal_appropriation_overview"])
def test_what_the_text_says_of_a_fund_is_in_its_table(view: str, income: str, spent: str, wrong: list[str]) -> None:
    cells = {("government_fund", "合计", "本年收入"): 1_050_000, (view, "合计", "合计"): 1_050_000}
    cells[("fiscal_appropriation_overview", "本年支出合计", "政府性基金预算")] = 1_050_000
    rows = [{"view": table, "item": item, "column": column, "amount": amount, "path": None, "income": False,
             "code": None, "evidence": "urn:e"} for (table, item, column), amount in cells.items()]  # fmt: skip
    made = book("八、政府性基金预算财政拨款收支情况", _FUND.format(income, spent), executed=True, totals=rows)
    assert [one.zh.split("”")[0].split("“")[1] for one in found("R14_totals", made)] == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (_FUND.format("105.00", "收入105.00"), True),
        (_FUND.format("105.00", "105.00"), False),
        ("财政拨款收入支出总计105.00万元。", False),
    ],
)
def test_an_amount_is_revenue_or_expenditure(text: str, wrong: bool) -> None:
    assert bool(found("W17_two_sides", book("八、基金", text))) is wrong


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("5.“文化体育与传媒支出”82.51万元，占0.43%；", True),
        ("5.“文化旅游体育与传媒支出”82.51万元，占0.43%；", False),
        ("文化旅游体育与传媒支出（类）82.51万元，占0.43%；", False),
        ("(5)文化旅游体育与传媒82.51万元，占0.43%；", False),  # its number in brackets is no part of a name
        ("文化旅游体育与传媒支出（类）支出82.51万元，占0.43%；", False),
        ("5.“文化体育与传媒支出”92.51万元，占0.43%；", False),  # another amount: another thing
    ],
)
def test_a_category_has_one_name_in_text_and_table(said: str, wrong: bool) -> None:
    row = {"item": "文化旅游体育与传媒支出", "code": "207", "amount": 825_100, "evidence": "urn:e"}
    assert bool(found("R24_category", book("（二）结构情况", said, executed=True, totals=[row]))) is wrong


@pytest.mark.parametrize(
    ("said", "amount", "wrong"),
    [
        ("卫生健康支出", "32.83", False),
        ("卫生医疗支出", "32.83", True),
        ("卫生医疗支出", "33.83", False),  # another amount: another thing
        ("其他各项支出", "32.83", False),  # not even half of the name
    ],
)
def test_in_a_list_whose_other_names_are_those_of_the_table_half_a_name_will_do(
    said: str, amount: str, wrong: bool
) -> None:
    names = {"一般公共服务支出": ("201", 5_200_400), "教育支出": ("205", 1_135_200), "卫生健康支出": ("210", 328_300)}
    rows = [{"item": item, "code": code, "amount": held, "evidence": "urn:e"} for item, (code, held) in names.items()]
    text = "支出包括：一般公共服务支出520.04万元，主要用于工资；教育支出113.52万元，主要用于培训；"
    text += f"{said}{amount}万元，主要用于缴费。"
    assert bool(found("R24_category", book("四、总体说明", text, totals=rows))) is wrong


_NAMES = {
    "212": "城乡社区支出", "21201": "城乡社区管理事务", "2120199": "其他城乡社区管理事务支出",
    "204": "公共安全支出", "20406": "司法", "2040607": "公共法律服务",
    "20499": "其他公共安全支出", "2049999": "其他公共安全支出",
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("城乡社区支出（类）城乡社区管理事务（款）其他城乡社区管理事务支出（项）", False),
        ("城乡社区支出（类）城乡社区管理事务（款）其他社区城乡管理事务支出（项）", True),
        ("公共安全支出（类）司法（款）其他公共安全支出（项）", True),
        ("公共安全支出（类）司法（款）某种新支出（项）", False),  # not known: nothing to hold it against
    ],
)
def test_a_path_of_a_sentence_is_one_of_the_classification(path: str, wrong: bool) -> None:
    codes = [{"code": code, "name": name} for code, name in _NAMES.items()]
    made = book("二、编制说明", f"“{path}”20.00万元，主要用于某事。", codes=codes, subjects=[])
    assert bool(found("R24_path", made)) is wrong


_CULTURE = {
    "207": "文化旅游体育与传媒支出",
    "20703": "体育",
    "2070308": "群众体育",
    "20799": "其他文化旅游体育与传媒支出",
    "2079903": "文化产业发展专项支出",
    "2079999": "其他文化旅游体育与传媒支出",
    "201": "一般公共服务支出",
    "20105": "统计信息事务",
    "2010505": "专项统计业务",
    "2010506": "统计管理",
}
_AMOUNTS = {"2010505": 200_300, "2010506": 33_900}


def told_of_culture(rule: str, text: str, year: int = 2025) -> list[tuple[str, str]]:
    rows = [{"code": code, "item": name, "evidence": f"urn:{code}"} for code, name in _CULTURE.items()]
    paid = [{**row, "amount": _AMOUNTS[row["code"]]} for row in rows if row["code"] in _AMOUNTS]
    made = book("二、编制说明", text, codes=[], subjects=rows, subject_amounts=paid)
    return [(one.left.name, one.right.name) for one in found(rule, replace(made, year=year))]


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        (
            "文化旅游体育与传媒支出（类）其他文化旅游与传媒支出（款）其他文化旅游体育与传媒支出（项）20.00万元",
            "文化旅游体育与传媒支出—其他文化旅游体育与传媒支出—其他文化旅游体育与传媒支出",
        ),
        (
            "一般公共服务支出（类）统计信息事务（款）统计信息事务（项）20.04万元",
            "一般公共服务支出—统计信息事务—专项统计业务",
        ),
        ("一般公共服务支出（类）统计信息事务（款）统计信息事务（项）9.00万元", "一般公共服务支出—统计信息事务—…"),
    ],
)
def test_of_several_subjects_a_wrong_path_means_the_one_most_like_it_or_of_its_amount(path: str, meant: str) -> None:
    assert [right for _, right in told_of_culture("R24_path", f"10、{path}，主要用于某事。")] == [meant]


def test_a_former_name_of_a_subject_is_told_as_such() -> None:
    text = "10、文化体育与传媒支出（类）体育（款）群众体育（项）20.00万元。"
    assert told_of_culture("R24_former_name", text) == [("文化体育与传媒支出", "文化旅游体育与传媒支出")]
    assert told_of_culture("R24_path", text) == []


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("文化体育与传媒支出（类）体育（款）群众体育（项）20.00万元。", 2018),  # the name of that year
        ("文化旅游体育与传媒支出（类）体育（款）群众体育（项）20.00万元。", 2025),
        ("医疗卫生与计划生育支出（类）20.00万元。", 2025),  # no table has the subject
        ("其他行政事业单位离退休（项）20.00万元。", 2025),  # the end of another name
    ],
)
def test_a_name_of_the_year_or_of_no_table_is_no_former_one(text: str, year: int) -> None:
    assert told_of_culture("R24_former_name", text, year) == []


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("决算数大小于预算数的主要原因：按进度支付。", True),
        ("决算数比2024年度减增加21.90万元。", True),
        ("决算数大于预算数的主要原因：按进度支付。", False),
    ],
)
def test_two_words_of_the_template_left_together_are_seen(words: str, wrong: bool) -> None:
    assert bool(found("W02_blank", book("七、“三公”经费", words, executed=True))) is wrong


@pytest.mark.parametrize(
    ("held", "line", "told"),
    [
        ([], 90, ["政府性基金预算支出情况表"]),
        (["government_fund"], 90, []),  # it is printed
        ([], 20, []),  # the note stands under it
    ],
)
def test_a_table_that_is_called_empty_is_printed(held: list[str], line: int, told: list[str]) -> None:
    notes = [("state_capital", "国有资本经营预算支出情况表", 10), ("government_fund", "政府性基金预算支出情况表", line)]
    rows = [
        {
            "table": f"urn:view/{view}",
            "title": title,
            "words": f"{title}为空表。",
            "evidence": f"urn:{view}",
            "withheld": 0,
        }
        for view, title, _ in notes
    ]
    made = book("八、政府性基金预算拨款情况说明", "本年没有安排。", absences=rows, findings=[])
    views = [{"view": view} for view in held]
    at = {f"urn:{view}": Evidence("a.txt", None, where, None, None, None, "") for view, _, where in notes}
    at["urn:p"] = Evidence("a.txt", None, 50, None, None, None, "")
    made = replace(made, places=at, answers={**made.answers, "printed_views": views, "printed_titles": []})
    assert [one.zh.split("“")[1].split("”")[0] for one in found("S25_empty_table", made)] == told


@pytest.mark.parametrize(
    ("tables", "year", "titled", "wrong"),
    [(5, 2024, [], True), (4, 2024, [], False), (5, 2021, [], False), (5, 2024, ["state_capital"], False)],
)
def test_a_table_due_in_any_case_is_printed_where_most_are(
    tables: int, year: int, titled: list[str], wrong: bool
) -> None:
    title, words = "国有资本经营预算支出情况表", "本部门无国有资本经营预算支出。"
    row = {"table": "urn:view/state_capital", "title": title, "words": words, "evidence": "urn:n"}
    told = {**row, "withheld": 0, "absent": 0}
    made = book("九、国有资本经营预算情况说明", words, absences=[told], findings=[])
    at = {name: Evidence("a.txt", None, 50, None, None, None, "") for name in ("urn:p", "urn:n")}
    views = {"printed_views": [{"view": f"view{number}"} for number in range(tables)]}
    titles = {"printed_titles": [{"view": view} for view in titled]}
    made = replace(made, year=year, places=at, answers={**made.answers, **views, **titles})
    assert bool(found("S25_empty_table", made)) is wrong


@pytest.mark.parametrize(("section", "told"), [("八、政府性基金", True), ("九、国有资本经营", False)])
def test_a_note_copied_from_another_section_calls_no_table_empty(section: str, told: bool) -> None:
    title = "政府性基金预算支出情况表"
    row = {"table": "urn:view/government_fund", "title": title, "words": f"{title}为空表。", "evidence": "urn:p"}
    made = book(f"{section}预算情况说明", row["words"], absences=[{**row, "withheld": 0, "absent": 0}])
    views = {"printed_views": [{"view": f"view{number}"} for number in range(5)], "printed_titles": []}
    at = {"urn:p": Evidence("a.txt", None, 50, None, None, None, "")}
    made = replace(made, places=at, answers={**made.answers, **views})
    assert bool(found("S25_empty_table", made)) is told
    assert bool(found("W15_copied_note", made)) is not told


@pytest.mark.parametrize(("kind", "wrong"), [("政府性基金预算", False), ("国有资本经营预算", True)])
def test_a_note_under_an_empty_table_speaks_of_that_table(kind: str, wrong: bool) -> None:
    words = f"注：本部门2024年无{kind}财政拨款安排的预算，故本表为空表。"
    note = {"words": words, "evidence": "urn:n", "title": "政府性基金预算支出情况表", "withheld": False}
    assert bool(found("W15_copied_note", book(absences=[note]))) is wrong
    assert not found("W15_copied_note", book(absences=[{**note, "title": None}]))


def test_a_note_that_the_reader_told_is_not_told_again() -> None:
    words = "注：本部门2024年无国有资本经营预算安排的预算，故本表为空表。"
    note = {"words": words, "evidence": "urn:n", "title": "政府性基金预算支出情况表", "withheld": False}
    message = {"message": f"表八: {worded('note_of_another', table='state_capital')}", "evidence": "urn:f"}
    places = {iri: Evidence("a.txt", 18, None, None, None, None, words, iri) for iri in ("urn:n", "urn:f")}
    assert len(found("W15_copied_note", replace(book(absences=[note], findings=[message]), places=places))) == 1


@pytest.mark.parametrize(("said", "wrong"), [("一般公共服务支出", False), ("公共安全支出", True), ("某某支出", False)])
def test_a_category_that_no_table_has_is_another_of_the_same_amount(said: str, wrong: bool) -> None:
    row = {"item": "一般公共服务支出", "code": "201", "amount": 21_066_600, "evidence": "urn:e"}
    codes = [{"code": "201", "name": "一般公共服务支出"}, {"code": "204", "name": "公共安全支出"}]
    text = f"1.{said}（类）2,106.66万元，占71.65%；"
    assert bool(found("R24_category", book("（二）结构情况", text, executed=True, totals=[row], codes=codes))) is wrong


_PAID = [
    {"code": "30101", "item": "基本工资", "amount": 1},
    {"code": "30108", "item": "机关事业单位基本养老保险缴费", "amount": 1},
    {"code": "30309", "item": "奖励金", "amount": 1},
]


@pytest.mark.parametrize(
    ("listed", "stray", "missing"),
    [
        ("基本工资、机关事业单位基本养老保险缴费、奖励金", "", ""),
        ("基本工资、社会保障缴费、奖励金", "", ""),
        ("基本工资、社会保障缴费", "", "奖励金"),
        ("基本工资等", "", ""),
        ("基本工资、生活补助等", "生活补助", ""),
        ("基本工资、某种补助等", "", ""),  # no item of the classification: it may be another name
        ("基本工资、某种补助、社保、奖励金", "", ""),
        ("基本工资、社保、奖励金、生活补助、某种补助", "生活补助", ""),
        ("基本工资、社保、奖励金和生活补助", "生活补助", ""),
    ],
)
def test_a_list_of_personnel_costs_names_what_the_table_has(listed: str, stray: str, missing: str) -> None:
    rows = [{**row, "evidence": "urn:e"} for row in _PAID]
    names = [{"name": name} for name in ("基本工资", "生活补助", "奖励金", "机关事业单位基本养老保险缴费")]
    made = book("六、基本支出", f"人员经费3.00万元，主要包括：{listed}。", basic_items=rows, economic_names=names)
    assert [(one.left.name, one.right.name) for one in found("R25_basic", made)] == (
        [(stray, missing)] if stray or missing else []
    )


@pytest.mark.parametrize(
    ("unplaced", "message", "wrong"),
    [
        ([], [], True),
        ([{"item": "生活补助"}], [], False),
        ([], ["基本支出表: 生活补助: figures broken over lines could not be joined"], False),
        ([{"item": "退休费"}], ["基本支出表: 退休费: figures broken over lines could not be joined"], True),
    ],
)
def test_a_row_that_could_not_be_placed_is_in_the_table(
    unplaced: list[dict[str, Any]], message: list[str], wrong: bool
) -> None:
    names = [{"name": name} for name in ("基本工资", "生活补助", "奖励金", "机关事业单位基本养老保险缴费")]
    listed = "基本工资、机关事业单位基本养老保险缴费、奖励金、生活补助"
    text = f"人员经费3.00万元，主要包括：{listed}。"
    rows = [{**row, "evidence": "urn:e"} for row in _PAID]
    findings = [{"message": one, "evidence": "urn:f"} for one in message]
    made = book(
        "六、基本支出", text, basic_items=rows, unplaced_basic_items=unplaced, findings=findings, economic_names=names
    )
    assert bool(found("R25_basic", made)) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("由某街道建设的某某街道社区服务中心新建工程，位于某路。", True),
        ("新建某某街道社区服务中心，位于某路。", False),
        ("新建某某街道社区服务中心，即某某街道社区服务中心新建工程。", False),
        ("某某街道社区服务中心位于某路。", False),  # the place, not the works
    ],
)
def test_works_bear_one_name_in_their_description_and_on_their_form(text: str, wrong: bool) -> None:
    form = dict.fromkeys(("total", "goal", "indicator", "title", "level", "value", "printed", "at"))
    row = {**form, "form": "urn:f", "name": "新建某某街道社区服务中心", "form_at": "urn:e"}
    assert bool(found("R24_described", book("一、项目概况", text, forms=[row]))) is wrong


@pytest.mark.parametrize(
    ("code", "name", "view", "amount", "wrong"),
    [
        ("2120814", "其他某收入安排的支出", "government_fund", 600_000, True),
        ("2120814", "其他某收入安排的支出", "government_fund", 500_000, False),  # another amount: perhaps two subjects
        ("2120814", "其他某收入安排的支出", "expenditure", 600_000, False),  # one table has both
        ("2130814", "其他某收入安排的支出", "government_fund", 600_000, False),  # under another 款
        ("2120814", "城市建设支出", "government_fund", 600_000, False),
    ],
)
def test_one_subject_has_one_code_in_all_tables(code: str, name: str, view: str, amount: int, wrong: bool) -> None:
    rows = [("2120899", "其他某收入安排的支出", "expenditure", 600_000), (code, name, view, amount)]
    printed = [
        {"economic": False, "code": one[0], "item": one[1], "tables": 1, "evidence": f"urn:e{at}"}
        for at, one in enumerate(rows)
    ]
    cells = [{"code": one[0], "view": one[2], "column": "合计", "amount": one[3]} for one in rows]
    told = found("R24_code", book(codes=[], economic_codes=[], subject_names=printed, by_subject=cells))
    assert [(one.left.name, one.right.name) for one in told] == ([(name, "2120899")] if wrong else [])
    assert not any("；" in one.zh for one in told)  # which name the code has is not known


@pytest.mark.parametrize(
    ("code", "name", "told"),
    [
        ("2070205", "文物保护", ["2070204"]),
        ("2070204", "文物保护", []),
        ("2070205", "文物保护利用", []),  # no other code's name
        ("2070299", "文物保护", []),  # a code that no other table has
    ],
)
def test_the_row_of_a_project_has_the_code_of_its_subject(code: str, name: str, told: list[str]) -> None:
    subjects = {"2070204": "文物保护", "2070205": "博物馆"}
    codes = [{"code": key, "name": word} for key, word in subjects.items()]
    printed = [
        {"economic": False, "code": key, "item": word, "tables": 2, "evidence": "urn:e"}
        for key, word in subjects.items()
    ]
    row = {"view": "project_expenditure", "code": code, "item": name, "at": "urn:row"}
    found_so = found("R24_code", book(codes=codes, subject_names=printed, project_rows=[row]))
    assert [one.right.name for one in found_so] == told


@pytest.mark.parametrize(
    ("unit", "sentences", "wrong"),
    [
        (1, (114.22, 38.76), True),
        (10_000, (114.22, 38.76), False),
        (1, (114.22, 37.86), False),  # one figure may be alike by chance
    ],
)
def test_a_table_that_prints_yuan_over_what_sentences_have_in_ten_thousands_is_told(
    unit: int, sentences: tuple[float, ...], wrong: bool
) -> None:
    tables = {"收支预算总表": (1, (47_483_458, 33_775_592)), "收入预算总表": (1, (47_483_458, 5_871_730))}
    printed = {**tables, "“三公”经费预算表": (unit, (114.22, 38.76)), "": (10_000, sentences)}
    rows, at = [], {}
    for title, (factor, figures) in printed.items():
        for figure in figures:
            iri = f"urn:{title}{figure}"
            rows.append({"stated": figure, "unit": factor, "evidence": iri})
            at[iri] = Evidence("a.txt", None, 1, title or None, None, None, str(figure))
    told = found("R03_unit", replace(book(stated=rows), places=at))
    assert [one.zh.startswith("““三公”经费预算表”") for one in told] == ([True] if wrong else [])


def test_a_slip_in_an_entry_of_the_contents_is_told_once() -> None:
    slip = worded("misnamed_entry", title="出决算表", right="支出决算表")
    apart = worded("listed_title", table="支出决算表", entry="出决算表")
    rows = [{"message": f"contents: {words}", "evidence": "urn:e"} for words in (slip, apart)]
    assert len(found("R24_table_title", book(findings=rows[:1]))) == 1
    assert found("R24_table_title", book(findings=rows)) == []


@pytest.mark.parametrize(
    ("travel", "wrong"),
    [("18.60", False), ("18.6", False), ("16.80", True), ("18.61", False)],
)
def test_the_amounts_of_a_priced_list_are_those_of_the_table(travel: str, wrong: bool) -> None:
    listed = {"办公费": "22.50", "印刷费": "3.20", "电费": "5.80", "差旅费": "18.60", "培训费": "3.10"}
    rows = [
        {"code": f"3020{at}", "item": item, "amount": float(amount) * 10_000, "evidence": "urn:e"}
        for at, (item, amount) in enumerate(listed.items(), start=1)
    ]
    words = "、".join(f"{item}{amount}万元" for item, amount in {**listed, "差旅费": travel}.items())
    text = f"公用经费53.20万元，占基本支出的10.28%，主要包括：{words}。"
    assert bool(found("R25_item_amounts", book("四、基本支出", text, basic_items=rows))) is wrong
    text = f"机关运行经费预算53.20万元，比上年减少8.60万元，主要原因是压减差旅支出。其中：{words}。"
    assert bool(found("R25_item_amounts", book("二、机关运行经费", text, basic_items=rows))) is wrong


def test_a_list_that_differs_in_many_amounts_is_of_something_else() -> None:
    names = ("办公费", "印刷费", "电费", "差旅费", "培训费")
    rows = [{"code": "30201", "item": name, "amount": 10_000, "evidence": "urn:e"} for name in names]
    text = f"公用经费10.00万元，主要包括：{'、'.join(f'{name}2.00万元' for name in names)}。"
    assert found("R25_item_amounts", book("四、基本支出", text, basic_items=rows)) == []


@pytest.mark.parametrize(("code", "wrong"), [(None, True), ("205", True), ("208", False)])
def test_revenue_by_units_lacks_no_classes_and_a_false_sum_is_told_once(code: str | None, wrong: bool) -> None:
    sums = [
        worded("failed_sum", row="某中心", column="总计", printed="6.00", identity=identity, sum="8.00")
        for identity in ("总计 = 上年结转结余 + 一般公共预算", "总计 = 上年结转结余 + 本年收入小计")
    ]
    row = {"item": "某项", "evidence": "urn:e", "amount": 60_000}
    made = book(
        findings=[{"message": f"部门收入预算总表: {one}", "evidence": "urn:f"} for one in sums],
        totals=[{**row, "view": "revenue", "code": code}, {**row, "view": "expenditure", "code": "205"}],
        printed=[],
    )
    at = {iri: Evidence("a.pdf", 1, 2, "部门收入预算总表", 3, 1, "6.00", iri) for iri in ("urn:e", "urn:f")}
    assert len(found("R05_printed", replace(made, places=at))) == wrong
