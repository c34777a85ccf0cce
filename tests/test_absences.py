"""Silences: declared nil, withheld and absent are three different things."""

from decimal import Decimal
from pathlib import Path

import pytest

from extract.document import Cell, Document, Line, Table
from extract.narrative.absences import absences
from extract.outline import outline
from extract.plain_text import read_text
from ontology.facts import Finding, NilFact

INCOME = "二、关于某县某局2025年收入预算情况说明"
OTHER = "（五）其他需说明的事项"

MANDATED = {
    "收支总体情况表": "revenue_expenditure_overview",
    "收入总体情况表": "revenue",
    "支出总体情况表": "expenditure",
    "财政拨款收支预算总体情况表": "fiscal_appropriation_overview",
    "一般公共预算支出情况表": "general_budget_expenditure",
    "一般公共预算基本支出情况表": "general_budget_basic",
    "一般公共预算项目支出情况表": "general_budget_project",
    "政府性基金预算支出情况表": "government_fund",
    "国有资本经营预算支出情况表": "state_capital",
    "财政拨款“三公”经费支出情况表": "three_public",
    "上年结转结余情况明细表": "carryover",
}


def facts_of(*lines: str) -> list[NilFact | Finding]:
    document = read_text(Path("a.txt"), "\n".join(lines).encode())
    return list(absences(document, outline(document)))


def nils_of(*lines: str) -> list[tuple[str, str]]:
    return [(fact.kind, fact.subject) for fact in facts_of(*lines) if isinstance(fact, NilFact)]


def disclosure(year: int, body: str, *left_out: str) -> list[str]:
    tables = [title for title in MANDATED if title not in left_out]
    parts = [f"第二部分 {year}年部门预算公开表", f"编制部门：{body}"]
    return parts + [line for number, title in enumerate(tables, 1) for line in (f"表{number}", title, "单位：万元")]


@pytest.mark.parametrize(
    ("printed", "subject"),
    [
        ("政府性基金预算未安排。", "政府性基金预算"),
        ("上级政府性基金安排的转移支付资金未安排。", "上级政府性基金转移支付"),
        ("上级一般公共预算安排的转移支付资金未安排。", "上级一般公共预算转移支付"),
        ("国有资本经营预算未安排。", "国有资本经营预算"),
        ("上级国有资本经营预算安排的转移支付未安排。", "上级国有资本经营预算转移支付"),
        ("单位资金未安排。", "单位资金"),
    ],
)
def test_a_source_that_is_not_planned_is_declared_nil(printed: str, subject: str) -> None:
    (nil,) = facts_of(INCOME, "单位资金5.00万元。", printed)
    assert isinstance(nil, NilFact)
    assert (nil.kind, nil.subject, nil.source.line, nil.source.text) == ("declared_nil", subject, 3, printed)


def test_not_planned_inside_a_reason_declares_nothing() -> None:
    assert facts_of(INCOME, "单位资金5.00万元，比上年减少1.00万元，下降17%，主要原因是2025年未安排此项经费。") == []


def test_an_unknown_source_that_is_not_planned_is_named_as_printed_and_found() -> None:
    nil, finding = facts_of(INCOME, "彩票收入未安排。")
    assert isinstance(nil, NilFact)
    assert (nil.subject, type(finding)) == ("彩票收入", Finding)


@pytest.mark.parametrize(
    ("heading", "sentence", "table"),
    [
        (
            "八、政府性基金预算拨款情况说明",
            "某局2025年没有使用政府性基金预算拨款安排的支出，政府性基金预算支出情况表为空表。",
            "government_fund",
        ),
        ("八、政府性基金预算拨款情况说明", "某局2025年没有使用政府性基金预算拨款安排的支出。", "government_fund"),
        ("九、国有资本经营预算拨款情况说明", "国有资本经营预算支出情况表为空表。", "state_capital"),
        (
            "十一、财政拨款委托业务费支出情况说明",
            "某局2026年没有委托业务费预算的支出，财政拨款委托业务费支出情况表为空表。",
            "commissioned_services",
        ),
        (
            "十一、上年结转结余预算情况说明",
            "某局2024年无上年结转结余预算的支出，结转结余预算支出情况表为空表。",
            "carryover",
        ),
    ],
)
def test_an_empty_table_is_declared_nil_once_a_sentence(heading: str, sentence: str, table: str) -> None:
    assert nils_of(heading, sentence) == [("declared_nil", table)]


def test_a_statement_under_a_table_points_to_its_own_lines() -> None:
    (nil,) = facts_of(
        "表 8",
        "政府性基金预算支出情况表",
        "单位：万元",
        "类 款 项",
        "某局2025年没有使用政府性基金预",
        "算拨款安排的支出。",
    )
    assert nil.source.line == 5
    assert nil.source.text == "某局2025年没有使用政府性基金预\n算拨款安排的支出。"


def test_a_statement_in_a_cell_is_found() -> None:
    cell = Cell(1, 0, "某局没有使用政府性基金预算\n拨款安排的支出", page=9)
    document = Document("a.pdf", "0" * 64, (Line("表8"), Line("政府性基金预算支出情况表"), Table((cell,), page=9)))
    (nil,) = absences(document, outline(document))
    assert isinstance(nil, NilFact)
    assert (nil.subject, nil.source.page, nil.source.row) == ("government_fund", 9, 2)


@pytest.mark.parametrize(
    ("printed", "subject", "amount"),
    [
        (
            "某局有3个涉密项目，涉及资金12.00万元，未公开绩效目标表原因：涉密。",
            "3个涉密项目",
            "12.00",
        ),
        (
            "某局非财政拨款项目有4个，涉及预算资金81.70万元，未公开绩效目标表原因：尚未编制。",
            "4个非财政拨款项目的绩效目标表",
            "81.70",
        ),
        ("某局有3个涉密项目、12.00万元，不公开绩效目标表。", "3个涉密项目", "12.00"),
        ("某局财政拨款项目4个、81.70万元，不公开绩效目标表：尚未编制。", "4个财政拨款项目的绩效目标表", "81.70"),
        (
            "某局非财政项目 5 个，涉及金额 40.50 万元，其中未公开绩效目标表涉及金额 8.50 万元，原因是:尚未编制。",
            "5个非财政项目的绩效目标表",
            "8.50",
        ),
    ],
)
def test_what_is_not_published_is_withheld_with_number_and_amount(printed: str, subject: str, amount: str) -> None:
    (nil,) = facts_of(OTHER, printed)
    assert isinstance(nil, NilFact)
    assert (nil.kind, nil.subject, nil.amount, nil.unit) == ("withheld", subject, Decimal(amount), "万元")


def test_a_mandated_table_that_is_neither_printed_nor_declared_nil_is_absent() -> None:
    lines = disclosure(2025, "奇台县某局", "政府性基金预算支出情况表", "上年结转结余情况明细表")
    assert nils_of(*lines) == [("absent", "government_fund"), ("absent", "carryover")]


def test_a_mandated_table_that_is_declared_nil_is_not_absent() -> None:
    lines = disclosure(2025, "奇台县某局", "政府性基金预算支出情况表")
    said = ["第三部分 2025年部门预算情况说明", "八、政府性基金预算拨款情况说明", "政府性基金预算支出情况表为空表。"]
    assert nils_of(*lines, *said) == [("declared_nil", "government_fund")]


@pytest.mark.parametrize(
    ("year", "body", "expected"),
    [
        (2025, "奇台县某局", []),
        (2026, "奇台县某局", [("absent", "commissioned_services")]),
        (1999, "奇台县某局", []),
        (2026, "江苏省某局", []),
    ],
)
def test_what_is_mandated_depends_on_year_and_province(year: int, body: str, expected: list[tuple[str, str]]) -> None:
    assert nils_of(*disclosure(year, body)) == expected


@pytest.mark.parametrize(
    ("name", "declared", "withheld"),
    [
        ("000", {"government_fund", "state_capital"}, ["1个非财政项目的绩效目标表"]),
        ("001", {"government_fund", "state_capital", "carryover"}, ["1个涉密项目", "2个非财政拨款项目的绩效目标表"]),
        ("002", {"government_fund", "state_capital", "commissioned_services"}, []),
        ("003", {"government_fund", "state_capital"}, []),
        ("004", {"government_fund", "state_capital"}, []),
    ],
)
def test_the_silences_of_real_disclosures(shared: Path, name: str, declared: set[str], withheld: list[str]) -> None:
    path = next((shared / "corpus/xinjiang").glob(f"{name}_*.txt"))
    document = read_text(path, path.read_bytes())
    found = [fact for fact in absences(document, outline(document)) if isinstance(fact, NilFact)]
    assert {nil.subject for nil in found if nil.kind == "declared_nil" and nil.subject.isascii()} == declared
    assert [nil.subject for nil in found if nil.kind == "withheld"] == withheld
    assert not [nil.subject for nil in found if nil.kind == "absent"]


@pytest.mark.parametrize(
    ("note", "unexplained"),
    [("备注：本表用于说明。", True), ("本部门无政府性基金预算，政府性基金预算支出情况表为空表。", False)],
)
def test_an_empty_table_that_nothing_explains_is_a_finding(note: str, unexplained: bool) -> None:
    table = ["政府性基金预算支出情况表", "单位：万元", "|科目编码|科目名称|合计|", "|---|---|---|", "|合计|||", note]
    found = [fact.message for fact in facts_of("第二部分 2025年部门预算公开表", *table) if isinstance(fact, Finding)]
    wanted = ["government_fund: the table '政府性基金预算支出情况表' is empty and nothing says so"]
    assert found == (wanted if unexplained else [])


@pytest.mark.parametrize(
    ("note", "other"),
    [
        ("没有使用政府性基金预算拨款安排的支出，政府性基金预算支出情况表为空表。", None),
        ("没有使用国有资本经营预算拨款安排的支出，国有资本经营预算支出情况表为空表。", "state_capital"),
        ("没有使用政府性基金预算拨款安排的支出，国有资本经营预算支出情况表为空表。", "state_capital"),
        ("没有使用政府性基金预算和国有资本经营预算安排的支出，政府性基金预算支出情况表为空表。", None),
        ("没有国有资本经营预算财政拨款收入和支出，故本表无数据。", "state_capital"),
        ("没有政府性基金预算财政拨款收入和支出，故本表无数据。", None),
    ],
)
def test_a_note_under_a_table_that_speaks_of_another_is_a_finding(note: str, other: str | None) -> None:
    table = ["政府性基金预算支出情况表", "单位：万元", "|科目编码|科目名称|合计|", "|---|---|---|", "|合计|||"]
    lines = ["第二部分 2025年部门预算公开表", *table, f"某工业和信息化局2025年{note}"]
    found = [fact.message for fact in facts_of(*lines) if isinstance(fact, Finding)]
    wanted = f"政府性基金预算支出情况表: the note under the table calls '{other}' empty"
    assert [message for message in found if "note" in message] == ([wanted] if other else [])
    nil = {fact.subject for fact in facts_of(*lines) if isinstance(fact, NilFact)}
    assert "本表" not in note or nil == {"government_fund"}  # it is its own table that has no figures
