"""Set phrases of a disclosure, on rows made for them: each wrong case beside one that is right."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyoxigraph as ox
import pytest

from kg.places import Evidence
from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Signal
from queries.auditing.words import WORDED

_BODY = "昌平县科学技术局"


def book(section: str, text: str, *, executed: bool = False, **answers: Sequence[Mapping[str, Any]]) -> Book:
    own = ox.Store()
    known: dict[str, Any] = {
        "paragraphs": [{"evidence": "urn:p", "section": section, "words": text}], "absences": [], **answers,
    }  # fmt: skip
    return Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", _BODY, 2024, executed, {}, {}, known)


def found(rule: str, made: Book) -> list[Signal]:
    return list(WORDED[rule](rules()[rule], made))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("收入支出总计5万元。与2023年度相比，减少1万元。", False),
        ("收入支出总计5万元。与2022年度相比，减少1万元。", True),
        ("收入支出总计5万元。与2022年度6万元相比，减少1万元。", True),
        ("收入支出总计5万元。与2023年度6万元相比，减少1万元。", False),
        ("机关运行经费5万元，比2022年度增加1万元。", True),
        ("比2022年（上一年度，下同）预算增加1万元。", True),
        ("主要原因是2022年与2024年均未安排。", False),  # no comparison of amounts
        ("但与2022年购置的车辆类型不同，增加1万元。", False),
        ("2023年支出5万元，比2022年增加1万元。", False),  # of last year
        ("支出5万元，比2023年预算增加1万元；基金支出0万元，与2022年预算持平。", True),
        ("支出5万元，比2023年预算增加1万元，比2022年预算增加2万元。", False),  # one thing and two years
        ("2024年预算5万元，比2022年决算数增加1万元。", False),  # the last final accounts
    ],
)
def test_a_comparison_is_with_last_year(text: str, wrong: bool) -> None:
    assert bool(found("W04_compared_year", book("二、编制说明", text))) is wrong


@pytest.mark.parametrize("executed", [True, False])
def test_final_accounts_may_be_compared_with_their_own_budget(executed: bool) -> None:
    made = book("七、说明", "公务接待费支出5万元，与2024年度预算相比，增加1万元。", executed=executed)
    assert bool(found("W04_compared_year", made)) is not executed


def test_plans_may_look_further_back() -> None:
    assert found("W04_compared_year", book("三、主要工作任务", "产值比2020年增加5亿元。")) == []


@pytest.mark.parametrize(
    ("text", "executed", "wrong"),
    [
        ("收支总预算5万元。", False, False),
        ("收支总决算5万元。", False, True),
        ("本局2024年支出决算5万元。", False, True),
        ("2023年支出决算5万元，2024年预算6万元。", False, False),
        ("上年支出决算5万元。", False, False),
        ("收支总预算5万元。", True, True),
        ("年初支出预算5万元。", True, False),
        ("支出预算为5万元，支出决算为4万元。", True, False),
        ("支出预算5万元（其中：一般公共预算支出5万元）。决算数小于预算数的主要原因是压减支出。", True, False),
        ("支出预算5万元（其中：一般公共预算支出5万元）。比上年减少1万元。", True, True),
        ("政府采购支出预算5万元。", True, False),
    ],
)
def test_totals_bear_the_name_of_the_disclosure(text: str, executed: bool, wrong: bool) -> None:
    assert bool(found("W23_total_phase", book("一、总体情况说明", text, executed=executed))) is wrong


_OWN = f"{_BODY}2024年支出预算5万元。{_BODY}2024年一般公共预算拨款合计5万元。"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("科学技术局2024年财政拨款收支总预算5万元。", False),  # the name cut short
        (f"{_BODY}部门2024年财政拨款收支总预算5万元。", False),
        ("兴化市水利局2024年财政拨款收支总预算5万元。", True),
        ("兴化市水利局单位2024年财政拨款“三公”经费预算数为5万元。", True),
        ("兴化市水利局（单位）2024年支出预算5万元。", True),
        (f"{_BODY}单位（本级）2024年支出预算5万元。", False),
        ("2024年，兴化市水利局单位采购预算5万元。", True),
        (f"2024年，{_BODY}单位采购预算5万元。", False),
        ("2024年兴化市水利局（部门）下属1家机关运行经费5万元。", True),
        (f"2024年{_BODY}（部门）下属1家机关运行经费5万元。", False),
        ("兴化市水利局本年度没有政府性基金预算财政拨款收入和支出。", True),
        (f"{_BODY}本年度没有政府性基金预算财政拨款收入和支出。", False),
        ("2024年兴化市水利局财政拨款支出预算总额5万元，较上年增加1万元。", True),
        (f"2024年{_BODY}“三公”经费财政拨款安排5万元。", False),
        ("，建立了兴化市水利局的预算绩效管理制度。", True),
        ("本部门建立了如下预算绩效管理制度：《昌平县水利局预算绩效管理办法》。", True),
        ("本部门建立了如下预算绩效管理制度：《昌平县预算绩效管理办法》《昌平县水利局预算绩效管理办法》。", True),
        ("本部门建立了如下预算绩效管理制度：《昌平县科学技术局预算绩效管理办法》。", False),
        ("本部门建立了如下预算绩效管理制度：《昌平县科技委员会预算绩效管理办法》。", False),  # its old name
        ("本部门建立了如下预算绩效管理制度：《昌平县财政局预算绩效管理办法》。", False),
        ("本部门建立了如下预算绩效管理制度：《某某省水利局预算绩效管理办法》。", False),
        ("本部门执行《昌平县水利局预算绩效管理办法》。", False),
        ("，按照兴化市财政局的预算绩效管理要求编报。", False),
    ],
)
def test_the_explanations_speak_of_the_body_itself(text: str, wrong: bool) -> None:
    assert bool(found("R24_other_body", book("三、支出预算", _OWN + text))) is wrong


def test_a_note_of_an_empty_table_copied_from_another_body_is_seen() -> None:
    note = {"words": "兴化市水利局2024年没有使用政府性基金预算拨款安排的支出", "evidence": "urn:n"}
    assert len(found("R24_other_body", book("三、支出预算", _OWN, absences=[note]))) == 1


def test_a_body_always_called_otherwise_is_not_a_copy() -> None:
    text = "兴化市水利局2024年支出预算5万元。兴化市水利局2024年一般公共预算拨款合计5万元。"
    assert found("R24_other_body", book("三、支出预算", text)) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("公务接待费支出决算为-0.50万元。", True),
        ("公务接待费支出决算为0.50万元。", False),
        ("年末结转资金-0.50万元。", False),
        ("其他收入增加额-0.50万元。", False),
    ],
)
def test_revenue_and_expenditure_are_not_below_nought(text: str, wrong: bool) -> None:
    assert bool(found("W26_negative", book("二、支出", text))) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("支出5万元。。", True),
        ("支出5万元，。", True),
        ("本单位联系方式：某某，。", False),  # a telephone number is left out
        ("支出5万元，、", True),
        ("支出3，518.85万元。", True),
        ("2025，518.85万元是全部支出。", False),
        ("分别为3，518，21.50万元。", False),
        ("支出5万元；收入6万元。", False),
        ("《办法》、《规定》。", False),
        ("增加5万元，主要原因公务用车购置费增加。", True),
        ("决算数大于预算数的主要原因年中新增项目。", True),
        ("决算数大于预算数的主要原因：年中新增项目。", False),
        ("增加5万元，主要原因仍然是年中新增项目。", False),
        ("用于教学。18“教育支出（类）普通教育（款）。", True),
        ("用于教学。18.“教育支出（类）普通教育（款）。", False),
    ],
)
def test_signs_do_not_stand_in_a_row(text: str, wrong: bool) -> None:
    assert bool(found("W25_punctuation", book("二、支出", text))) is wrong


def test_an_instruction_left_in_several_places_is_told_once() -> None:
    text = "（单位名称）2024年度收入总计10万元。（单位名称）2024年度支出总计10万元。（请据实填写）其他收入5万元。"
    assert [one.left.name for one in found("W19_instruction", book("三、收支", text, findings=[]))] == [
        "（单位名称）", "（请据实填写）",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("共有车辆辆，其中其他用车0辆。", True),
        ("共有车辆3辆，其中其他用车3辆。", False),
        ("编报绩效目标的项目个，涉及预算5万元。", True),
        ("下设X个处室。", True),
        ("街坊、真如城市副中心X101、X102。", False),
        ("20XX年支出预算5万元。", True),
        ("202年度支出5万元。", True),
        ("2024年度支出5万元。", False),
        ("主要原因是……", True),
        ("主要原因是（待补充）。", True),
        ("比上年增长#DIV/0!。", True),
        ("一、**项目支出**:单位支出预算的组成部分。", False),  # emphasis of a text file
    ],
)
def test_what_is_left_of_the_template_is_seen(text: str, wrong: bool) -> None:
    assert bool(found("W02_blank", book("二、支出", text))) is wrong


def test_a_blank_stands_where_it_is_printed() -> None:
    """Not in the line before, which is of the same sentence."""
    lines = ["2．公务用车购置及运行费5万元。其中：", "（1）购置费0万元，比上年增加（减少）0万元。"]
    rows = [{"evidence": f"urn:{at}", "section": "九", "words": text} for at, text in enumerate(lines)]
    places = {
        f"urn:{at}": Evidence("a.pdf", 1, at, None, None, None, text, f"urn:{at}") for at, text in enumerate(lines)
    }
    (one,) = found("W02_blank", replace(book("九", ""), places=places, answers={"paragraphs": rows, "absences": []}))
    assert [place.line for place in one.left.places] == [1]


def test_years_in_the_sentences_of_rules_are_years() -> None:
    rule = rules()["S13_carry_over_year"]
    assert rule.unit == ""  # nothing is divided by ten thousand


@pytest.mark.parametrize(
    ("reason", "wrong"),
    [
        ("工作需要", True),
        ("项目调整", True),
        ("根据实际情况", True),
        ("人员增加", False),
        ("政策性调增住房公积金", False),
        ("新增防汛项目调整用房", False),
    ],
)
def test_a_reason_would_not_fit_any_change(reason: str, wrong: bool) -> None:
    assert bool(found("W10_vague", book("二、支出", f"支出增加5万元，主要原因是{reason}。"))) is wrong


@pytest.mark.parametrize(
    ("sections", "wrong"),
    [
        (["一、主要职能", "二、机构设置", "一、收支总体情况说明", "二、收入情况说明"], False),
        (["一、主要职能", "二、机构设置", "二、收入情况说明", "三、支出情况说明"], True),
        (["一、主要职能", "三、人员情况"], True),
        (["一、主要职能", "二、机构设置", "（一）收入情况", "二、经费情况说明"], False),  # the first has no text
    ],
)
def test_explanations_begin_with_the_first_and_leave_none_out(sections: list[str], wrong: bool) -> None:
    told: list[Mapping[str, Any]] = [
        {"evidence": f"urn:{at}", "section": one, "words": "如下。"} for at, one in enumerate(sections)
    ]
    assert bool(found("S28_numbered", book("", "", paragraphs=told))) is wrong


_FORM = """PREFIX bl: <https://w3id.org/cnbl/ont#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX kind: <https://w3id.org/cnbl/code/kind/> INSERT DATA { GRAPH <urn:g> {
  <urn:f> a bl:PerformanceTarget ; bl:targetScope kind:single-project ; bl:projectName "甲" ;
    bl:evidence <urn:f.at> ; bl:hasIndicator <urn:i> , <urn:j> ; bl:goalText "办好一事" .
  <urn:h> a bl:PerformanceTarget ; bl:targetScope kind:single-project ; bl:projectName "乙" ;
    bl:evidence <urn:h.at> ; GOAL bl:hasIndicator <urn:i> , <urn:j> .
  <urn:i> bl:indicatorLevel1 <urn:output> ; bl:indicatorLevel2 <urn:quantity> ; bl:indicatorName "次数" ;
    bl:verbatim "TARGET" ; bl:evidence <urn:i.at> .
  <urn:j> bl:indicatorLevel1 <urn:LEVEL> ; bl:indicatorName "满意度" ; bl:verbatim ">=95%" ; bl:evidence <urn:j.at> .
  <urn:output> skos:prefLabel "产出指标"@zh . <urn:satisfied> skos:prefLabel "满意度指标"@zh .
  <urn:quantity> skos:prefLabel "数量指标"@zh } }"""


@pytest.mark.parametrize(
    ("rule", "goal", "target", "level", "count"),
    [
        ("S17_kinds", True, "3次", "satisfied", 0),
        ("S17_kinds", True, "3次", "output", 2),  # neither form has benefit or satisfaction
        ("S33_form_blank", True, "3次", "satisfied", 0),
        ("S33_form_blank", False, "3次", "satisfied", 1),
        ("S33_quantity", True, "明显增加", "satisfied", 2),
        ("S33_quantity", True, "全覆盖", "satisfied", 0),
        ("S33_quantity", True, "≥3次", "satisfied", 0),
    ],
)
def test_a_form_says_what_can_be_measured(rule: str, goal: bool, target: str, level: str, count: int) -> None:
    store = ox.Store()
    text = _FORM.replace("GOAL", 'bl:goalText "办好" ;' if goal else "").replace("TARGET", target)
    store.update(text.replace("LEVEL", level))
    made = Book(store, store, ox.NamedNode("urn:g"), "a.pdf", "0", _BODY, 2024, False, {}, {}, {})
    assert len(made.rows(rules()[rule].sparql)) == count


@pytest.mark.parametrize(
    ("phase", "day", "wrong"),
    [
        ("initial", "2024-02-20", False),
        ("initial", "2023-12-28", False),
        ("initial", "2023-02-20", True),
        ("initial", "2025-02-20", True),
        ("executed", "2025-09-01", False),
        ("executed", "2024-09-01", True),
    ],
)
def test_a_disclosure_is_dated_in_its_season(phase: str, day: str, wrong: bool) -> None:
    store = ox.Store()
    store.update(
        f"""PREFIX bl: <https://w3id.org/cnbl/ont#> PREFIX dcterms: <http://purl.org/dc/terms/>
        PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> INSERT DATA {{ GRAPH <urn:g> {{
        <urn:d> a bl:Disclosure ; bl:fiscalYear 2024 ; dcterms:issued "{day}"^^xsd:date ; bl:evidence <urn:d.at> ;
        bl:budgetPhase <https://w3id.org/cnbl/code/phase/{phase}> }} }}"""
    )
    made = Book(store, store, ox.NamedNode("urn:g"), "a.pdf", "0", _BODY, 2024, False, {}, {}, {})
    assert bool(made.rows(rules()["S35_published"].sparql)) is wrong


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("青少年科技活动", True),  # of no other code of the document
        ("科普话动", True),
        ("科普活动", False),
        ("科普", False),  # cut short at the edge of its cell
        ("科普活动支出", True),
        ("行政运行", False),  # of another code: R24_code tells
    ],
)
def test_a_code_bears_one_name_in_all_tables(name: str, wrong: bool) -> None:
    names = [("2060702", "科普活动"), ("2060702", name), ("2060101", "行政运行")]
    subjects: list[Mapping[str, Any]] = [{"code": code, "item": item, "evidence": "urn:s"} for code, item in names]
    assert bool(found("R24_printed_names", book("", "", subjects=subjects, codes=[]))) is wrong


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("“三公”经费支出共计13.68万元，较年初预算数减少2.82万元，下降17.09%，主要原因是厉行节约。", []),
        ("“三公”经费支出共计13.86万元，较年初预算数减少2.82万元，下降17.09%，主要原因是厉行节约。", ["16.91"]),
        ("维护费9.36万元，较年初预算数减少1.64万元，下降14.91%，较上年支出数减少1.04万元，下降10.00%。", []),
        ("维护费9.36万元，较年初预算数减少1.64万元，下降14.91%，较上年支出数减少1.04万元，下降11.00%。", ["10.00"]),
        ("维护费9.36万元，主要用于巡查。费用较年初预算数减少1.46万元，下降14.91%。", ["13.49"]),
        ("支出5万元，主要原因是追加资金2万元。较年初预算数增加1万元，增长30.00%。", []),  # of which is not sure
        ("（1）科学技术支出1663.84万元，占81.97%，较年初预算数增加110.73万元，增长7.26%。", ["7.13"]),
        ("（1）科学技术支出1636.84万元，占81.97%，较年初预算数增加110.73万元，增长7.26%。", []),
    ],
)  # fmt: skip
def test_a_per_cent_of_a_change_from_the_budget_follows_from_the_amounts(text: str, told: list[str]) -> None:
    signals = found("R11_from_budget", book("三、“三公”经费", text, executed=True, changes=[]))
    assert [str(one.right.value) for one in signals] == told


@pytest.mark.parametrize(
    ("each", "cars", "wrong"),
    [
        ("车均维护费3.12万元", "公务车保有量为3辆", False),
        ("车均维护费3.21万元", "公务车保有量为3辆", True),
        ("车均维护费3.21万元", "公务车保有量为3辆，年末公务车保有量为4辆", False),  # of which is not sure
        ("人均接待费80.00元", "国内公务接待48批次540人，国（境）外公务接待0批次，0人", False),
        ("人均接待费88.00元", "国内公务接待48批次540人，国（境）外公务接待0批次，0人", True),
    ],
)
def test_costs_for_each_are_the_costs_over_their_number(each: str, cars: str, wrong: bool) -> None:
    text = f"公务车运行维护费9.36万元。公务接待费4.32万元。{cars}；{each}。"
    assert bool(found("R20_average", book("三、“三公”经费", text, executed=True))) is wrong
    assert found("R20_average", book("三、“三公”经费", text)) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2023年机关运行经费预算342.60万元，比上年减少8.60万元。", True),
        ("2024年机关运行经费预算342.60万元，比上年减少8.60万元。", False),
        ("2023年机关运行经费预算342.60万元，比2024年增加8.60万元。", False),
    ],
)
def test_a_budget_compared_with_last_year_is_of_this_year(text: str, wrong: bool) -> None:
    assert bool(found("W04_year", book("二、机关运行经费", text))) is wrong
