"""Disclosures of Jiangsu's departments, 2017 to 2019: outline, tables, sums, year-on-year sentences, silences."""

from pathlib import Path

import pytest

from extract.absences import absences
from extract.changes import changes
from extract.document import Document
from extract.document_fact import document_fact
from extract.outline import outline
from extract.plain_text import read_text
from ontology.facts import ChangeFact, Finding, NilFact


def document_of(*lines: str, file: str = "a.txt") -> Document:
    return read_text(Path(file), "\n".join(lines).encode())


def changes_of(*lines: str) -> list[ChangeFact | Finding]:
    document = document_of(*lines)
    return list(changes(document, outline(document)))


# ---- outline


@pytest.mark.parametrize(
    ("printed", "kind", "key"),
    [
        ("一、收支预算总表情况说明", "section", "totals"),
        ("一、收支预算总体情况说明", "section", "totals"),
        ("二、部门机构设置及预算单位构成情况", "section", "organisation"),
        ("三、2019年度部门主要工作任务及目标", "section", "tasks"),
        ("五、财政拨款支出预算表情况说明", "section", "appropriation_expenditure"),
        ("六、财政拨款基本支出预算情况说明", "section", "appropriation_basic"),
        ("七、一般公共预算支出预算情况说明", "section", "general_budget"),
        ("八、一般公共预算基本支出预算表情况说明", "section", "basic"),
        ("九、一般公共预算“三公”经费、会议费、培训费支出预算情况说明", "section", "three_public"),
        ("十、政府性基金预算支出预算情况说明", "section", "government_fund"),
        ("十一、一般公共预算机关运行经费支出预算情况说明", "section", "operating_cost"),
        ("十二、2017年部门政府采购预算情况说明", "section", "procurement"),
        ("十三、国有资产占用情况", "subsection", "assets"),
        ("十四、预算绩效目标设置情况说明", "subsection", "performance"),
    ],
)
def test_headings_and_titles_of_all_years_are_known(printed: str, kind: str, key: str) -> None:
    section = outline(document_of(printed, "文字"))[-1]
    assert (section.kind, section.key) == (kind, key)


# ---- year-on-year sentences


@pytest.mark.parametrize(
    ("sentence", "subject", "amount", "direction", "delta", "percent"),
    [
        (
            "某厅2018年度收入、支出预算总计120.50万元，与上年相比收、支预算总计各增加20.50万元，增长20.5%。",
            *("收入、支出预算总计", "120.50", "增加", "20.50", "20.5"),
        ),
        (
            "（一）收入预算总计9万元。全部由财政拨款。与上年相比减少1万元，减少10%。",
            "收入预算总计",
            "9",
            "减少",
            "1",
            "10",
        ),
        (
            "2．住房保障支出8.1万元，主要用于发放补贴，含3项津贴。与上年相比增加0.1万元，增长1.25%。",
            *("住房保障支出", "8.1", "增加", "0.1", "1.25"),
        ),
        (
            "单位预留机动经费预算数为7万元，主要是用于急需。与上年相比增加2万元，增长40%。",
            *("单位预留机动经费", "7", "增加", "2", "40"),
        ),
        (
            "某厅2018年财政拨款预算支出5万元，占本年支出合计的50%。与上年相比，财政拨款支出增加1万元，增长25%。",
            *("财政拨款预算支出", "5", "增加", "1", "25"),
        ),
        ("2018年本部门国有资本经营预算收入为0万元，与上年数一致。", "国有资本经营预算收入", "0", "一致", None, None),
        (
            "2018年本部门一般公共预算机关运行经费预算支出6万元，比2017年减少2万元，降低25%。",
            *("机关运行经费", "6", "减少", "2", "25"),
        ),
        ("某厅2018年度一般公共预算拨款安排的会议费预算支出3万元，与上年度持平。", "会议费", "3", "持平", None, None),
        (
            "某厅2017年度一般公共预算拨款安排的会议费预算支出3万元，本年数小于上年预算数2万元。",
            *("会议费", "3", "小于", "2", None),
        ),
    ],
)
def test_what_is_compared_with_the_year_before(
    sentence: str, subject: str, amount: str, direction: str, delta: str | None, percent: str | None
) -> None:
    (fact,) = changes_of("一、收支预算总体情况说明", sentence)
    assert isinstance(fact, ChangeFact)
    assert (fact.subject, str(fact.amount), fact.direction) == (subject, amount, direction)
    assert (str(fact.delta) if fact.delta else None, str(fact.percent) if fact.percent else None) == (delta, percent)


@pytest.mark.parametrize(
    ("sentence", "subject", "amount"),
    [
        ("1．因公出国（境）费预算支出12.5万元，与上年预算数持平。", "因公出国（境）费", "12.5"),
        ("（1）公务用车购置预算支出数0万元，本年数与上年预算数一致。", "公务用车购置", "0"),
        ("(1)公务用车购置为0，与上年持平。", "公务用车购置", "0"),
        ("（2）公务用车运行维护费预算支出3.6万元，比上年预算减少1万元。", "公务用车运行维护费", "3.6"),
    ],
)
def test_lines_of_three_public_have_their_amounts_with_them(sentence: str, subject: str, amount: str) -> None:
    heading = "九、一般公共预算“三公”经费、会议费、培训费支出预算情况说明"
    (fact,) = changes_of(heading, sentence)
    assert isinstance(fact, ChangeFact)
    assert (fact.subject, str(fact.amount)) == (subject, amount)


@pytest.mark.parametrize(
    ("printed", "path"),
    [
        ("1．人大事务（款）行政运行（项）支出5万元", ("人大事务", "行政运行")),
        (
            "（一）住房保障支出（类）1．住房改革支出（款）提租补贴（项）支出5万元",
            ("住房保障支出", "住房改革支出", "提租补贴"),
        ),
        ("1．住房改革支出（类）提租补贴（项）5万元", ("住房改革支出", "提租补贴")),
        ("2．社会保障和就业（类）支出5万元", ("社会保障和就业",)),
        ("1. 人大事务行政运行（项）支出5万元", ("人大事务行政运行",)),
    ],
)
def test_the_subject_is_the_innermost_of_class_group_and_item(printed: str, path: tuple[str, ...]) -> None:
    (fact,) = changes_of("五、财政拨款支出预算情况说明", f"{printed}，与上年相比增加1万元，增长25%。")
    assert isinstance(fact, ChangeFact)
    assert (fact.code_path, fact.subject) == (path, path[-1])


def test_a_choice_of_the_template_that_is_left_open_is_a_finding() -> None:
    sentence = "某厅2018年政府性基金支出预算支出万元。与上年相比增加（减少）0万元，增长（减少）0%。主要原因是无此项。"
    fact, *findings = changes_of("十、政府性基金预算支出预算情况说明", sentence)
    assert isinstance(fact, ChangeFact)
    assert (fact.amount, fact.direction, fact.reason) == (None, "增加（减少）", "无此项")
    assert [f.message.rpartition(": ")[2] for f in findings if isinstance(f, Finding)] == [
        "the amount is not printed",
        "the template's choice 增加（减少） is left open",
    ]


def test_a_reason_ends_where_the_list_of_parts_begins() -> None:
    fact, *_ = changes_of(
        "一、收支预算总体情况说明",
        "某厅2018年度收入、支出预算总计5万元，与上年相比收、支预算总计各增加1万元，增长25%。主要原因是增资。其中：",
        "（一）收入预算总计5万元。包括：",
        "1．财政拨款收入预算总计5万元。",
    )
    assert isinstance(fact, ChangeFact)
    assert fact.reason == "增资"


# ---- silences and the disclosure itself


@pytest.mark.parametrize(
    "lines",
    [
        ("七、政府性基金支出预算表情况说明", "无"),
        ("七、政府性基金支出预算表情况说明", "本部门无政府性基金预算"),
        ("财政拨款政府性基金支出预算表", "部门：某厅 单位：万元", "注：本部门无相关收支项目"),
        ("财政拨款政府性基金支出预算表", "部门：某厅 单位：万元", "（无政府性基金支出）"),
    ],
)
def test_a_table_may_say_of_itself_that_there_is_nothing(lines: tuple[str, ...]) -> None:
    document = document_of(*lines)
    found = [fact for fact in absences(document, outline(document)) if isinstance(fact, NilFact)]
    assert [(fact.kind, fact.subject) for fact in found] == [("declared_nil", "government_fund")]


@pytest.mark.parametrize(("said", "absent"), [("具体公开表样附后", 0), ("以下为表", 12)])
def test_tables_in_a_file_of_their_own_are_not_absent(said: str, absent: int) -> None:
    document = document_of("江苏省某厅2018年度部门预算公开", "第二部分 2018年度部门预算表", said)
    found = [fact for fact in absences(document, outline(document)) if isinstance(fact, NilFact)]
    assert len(found) == absent


@pytest.mark.parametrize("body", ["中共江苏省委某厅", "中国共产党江苏省委员会某厅", "江苏省某厅"])
def test_the_body_over_the_tables_tells_division_and_level(body: str) -> None:
    document = document_of(
        "收支预算总表", f"部门：{body}        单位：万元", "2018年政府采购预算表", f"部门：{body} 单位：万元"
    )
    fact = document_fact(document, outline(document))
    assert (fact.agency, fact.division, fact.level, fact.year, fact.unit) == (body, "江苏省", "部门", 2018, "万元")


def test_a_year_that_is_not_printed_is_that_of_the_file_name_and_derived() -> None:
    document = document_of("收支预算总表", "部门：江苏省某厅 单位：万元", file="江苏省某厅2018年预算公开表.txt")
    fact = document_fact(document, outline(document))
    assert (fact.year, fact.grade) == (2018, "derived")
