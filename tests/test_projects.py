"""Projects and carry-overs of the running text: printed items → their fields."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from extract.narrative.projects import projects
from extract.outline import outline
from extract.plain_text import read_text
from ontology.facts import Finding, NilFact, ProjectFact

PROJECTS = "七、关于某县某局2025年一般公共预算项目支出情况说明"
CARRY_OVER = "十一、关于某县某局2025年上年结转结余预算情况说明"
TOTAL = "某县某局2025年上年结转结余30.00万元，包括：财政拨款30.00万元，非财政拨款0.00万元，其中："


def facts_of(*lines: str) -> list[ProjectFact | NilFact | Finding]:
    document = read_text(Path("a.txt"), "\n".join(lines).encode())
    return list(projects(document, outline(document)))


def projects_of(*lines: str) -> list[ProjectFact]:
    return [fact for fact in facts_of(*lines) if isinstance(fact, ProjectFact)]


def item(first: str, amount: str = "70.00 万元") -> tuple[str, ...]:
    return (
        first,
        "设立的政策依据：根据甲州财教【2024】65号和甲州",
        "财教〔2024〕7 号文件",
        f"预算安排规模：{amount}",
        "项目承担单位：某县某局",
        "资金分配情况：其中：培训 30 万元；",
        "设备 40 万元。",
        "资金执行时间：2025年1月1日-2025年12月31日",
    )


def test_a_project_has_its_fields_white_space_removed() -> None:
    (project,) = projects_of(PROJECTS, *item("（一）项目名称：招商引资 经费"))
    assert (project.kind, project.name, project.amount, project.unit) == (
        "项目",
        "招商引资经费",
        Decimal("70.00"),
        "万元",
    )
    assert project.basis == "根据甲州财教【2024】65号和甲州财教〔2024〕7号文件"
    assert project.unit_in_charge == "某县某局"
    assert project.allocation == "其中：培训30万元；设备40万元。"
    assert project.period == "2025年1月1日-2025年12月31日"
    assert project.purpose is None
    assert project.disclosed


@pytest.mark.parametrize("numbering", ["（一）", "(二) ", "1.", "2. ", "3．", "4、", "五、", ""])
def test_the_numbering_of_the_next_project_ends_the_one_before(numbering: str) -> None:
    first, second = projects_of(PROJECTS, *item("1.项目名称：甲"), *item(f"{numbering}项目名称：乙"))
    assert (first.period, second.name) == ("2025年1月1日-2025年12月31日", "乙")
    assert second.source.line == 10


@pytest.mark.parametrize(
    ("printed", "amount", "unit"),
    [
        ("500万元", "500", "万元"),
        ("1,312.00 万元", "1312.00", "万元"),
        ("5000 元", "5000", "元"),
        ("3万元。", "3", "万元"),
    ],
)
def test_the_amount_keeps_its_unit(printed: str, amount: str, unit: str) -> None:
    (project,) = projects_of(PROJECTS, *item("1.项目名称：甲", printed))
    assert (project.amount, project.unit) == (Decimal(amount), unit)


def test_document_numbers_of_name_and_basis_are_listed_once_in_order() -> None:
    (project,) = projects_of(PROJECTS, *item("1.项目名称：昌州财教[2024]65 号甲项目"), "说明：昌州财建〔2024〕9号")
    assert project.docs == ("昌州财教〔2024〕65号", "甲州财教〔2024〕65号", "甲州财教〔2024〕7号")
    (project,) = projects_of(
        PROJECTS, "1.项目名称：昌州财教[2024]65号甲", "设立的政策依据：昌州财教【2024】65 号", "预算安排规模：1万元"
    )
    assert project.docs == ("昌州财教〔2024〕65号",)


def test_a_withheld_project_has_the_words_that_say_so_and_is_a_nil_fact_too() -> None:
    project, nil = facts_of(
        PROJECTS,
        "4. 项目名称：特定目标",
        "设立的政策依据：完全不予公开。",
        "预算安排规模：2.00 万元",
        "项目承担单位：完全不予公开。",
        "资金分配情况：完全不予公开。",
        "资金执行时间：完全不予公开。",
    )
    assert isinstance(project, ProjectFact)
    assert isinstance(nil, NilFact)
    assert {project.basis, project.unit_in_charge, project.allocation, project.period} == {"完全不予公开。"}
    assert (project.name, project.amount, project.disclosed) == ("特定目标", Decimal("2.00"), False)
    assert (nil.kind, nil.subject, nil.amount, nil.unit) == ("withheld", "特定目标", Decimal("2.00"), "万元")


def test_a_project_without_an_amount_is_a_finding_beside_the_fact() -> None:
    project, finding = facts_of(PROJECTS, *item("1.项目名称：甲", "万元"))
    assert isinstance(project, ProjectFact)
    assert project.amount is None
    assert isinstance(finding, Finding)


def test_a_section_in_which_nothing_is_understood_is_a_finding() -> None:
    (finding,) = facts_of(PROJECTS, "甲项目：70.00万元")
    assert isinstance(finding, Finding)


def test_a_section_that_says_there_are_no_projects_is_understood() -> None:
    assert facts_of(PROJECTS, "某县某局2025年没有使用一般公共预算安排的项目支出。") == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (
            "1. 昌州财建〔2025〕64 号：关于预拨资金的通知结转 10.89 万元，主要用于：发放补助。",
            "昌州财建〔2025〕64号：关于预拨资金的通知",
        ),
        (
            "1.昌州财教[2024]49 号甲资金[第三批]（项目）10.89 万元，主要用于：发放补助。",
            "昌州财教[2024]49号甲资金[第三批]",
        ),
        ("1．2024年度补助费  10.89万元，主要用于：发放补助。", "2024年度补助费"),
        ("（一）甲资金（第一批）结转10.89万元，用于发放补助。", "甲资金（第一批）"),
        ("甲资金10.89万元，主要用于发放补助。", "甲资金"),
    ],
)
def test_a_carry_over_has_name_amount_and_purpose(line: str, name: str) -> None:
    (project,) = projects_of(CARRY_OVER, TOTAL, line)
    assert (project.kind, project.name, project.amount) == ("上年结转结余", name, Decimal("10.89"))
    assert project.purpose == "发放补助。"
    assert project.basis is None
    assert project.source.line == 3


def test_a_purpose_that_is_itself_a_numbered_list_stays_whole() -> None:
    first, second = projects_of(
        CARRY_OVER,
        TOTAL,
        "1．甲资金 20.00 万元，主要用于：1.培训；",
        "2.草拟办法；",
        "3.遴选企业。",
        "2．乙资金（第二",
        "批）10.00 万元，主要用",
        "于：购置设备。",
    )
    assert (first.name, first.purpose) == ("甲资金", "1.培训；2.草拟办法；3.遴选企业。")
    assert (second.name, second.purpose, second.source.line) == ("乙资金（第二批）", "购置设备。", 6)


def test_one_document_with_two_carry_overs_stays_two() -> None:
    lines = [f"{n}. 克财建〔2025〕64 号：甲结转 {n}.00 万元，主要用于：补助。" for n in (1, 2)]
    found = projects_of(CARRY_OVER, TOTAL, *lines)
    assert [(project.docs, str(project.amount)) for project in found] == [
        (("克财建〔2025〕64号",), "1.00"),
        (("克财建〔2025〕64号",), "2.00"),
    ]


def test_a_total_without_readable_items_is_a_finding_and_a_nil_total_is_not() -> None:
    (finding,) = facts_of(CARRY_OVER, TOTAL, "甲资金")
    assert isinstance(finding, Finding)
    assert facts_of(CARRY_OVER, "某县某局2025年无上年结转结余预算的支出。") == []


@pytest.mark.parametrize("name", ["002", "004"])
def test_the_projects_of_real_disclosures_are_those_found_by_hand(shared: Path, name: str) -> None:
    path = next((shared / "corpus/xinjiang").glob(f"{name}_*.txt"))
    document = read_text(path, path.read_bytes())
    found = [fact for fact in projects(document, outline(document)) if isinstance(fact, ProjectFact)]
    gold = [json.loads(line) for line in (shared / f"gold/{name}.projects.jsonl").read_text("utf-8").splitlines()]
    fields = ("name", "basis", "unit_in_charge", "allocation", "period", "purpose")
    assert [
        (project.kind, project.amount, list(project.docs), *(getattr(project, field) for field in fields))
        for project in found
    ] == [(row["kind"], Decimal(row["amount"]), row["docs"], *(row.get(field) for field in fields)) for row in gold]
