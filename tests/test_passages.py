"""The running text paragraph by paragraph, what moved between subjects, and under which heading facts are printed."""

from pathlib import Path

import pytest

from extract.document import Document, Line
from extract.form_data import families
from extract.recognition import facts
from ontology.facts import ChangeFact, Fact, FigureFact, PassageFact, ReclassificationFact
from ontology.terms import concept


def read(*lines: str) -> list[Fact]:
    return list(facts(Document("a.txt", "a" * 64, tuple(Line(text, line=at) for at, text in enumerate(lines, 1)))))


def passages(*lines: str) -> list[PassageFact]:
    return [fact for fact in read(*lines) if isinstance(fact, PassageFact)]


def test_a_paragraph_ends_with_a_sentence_at_the_end_of_a_line_or_before_a_number() -> None:
    found = passages(
        "一、主要职能", "（一）拟订规划，", "并组织实施。", "（二）承办其他任务", "3", "（三）管理档案；",
        "二、机构设置情况", "无下属单位。",
    )  # fmt: skip
    assert [(fact.part, fact.number, fact.source.line, fact.end_line, fact.source.text) for fact in found] == [
        ("duties", 1, 2, 3, "（一）拟订规划，\n并组织实施。"),
        ("duties", 2, 4, 4, "（二）承办其他任务"),
        ("duties", 3, 6, 6, "（三）管理档案；"),
        ("organisation", 4, 8, 8, "无下属单位。"),
    ]
    assert [fact.source.section for fact in found] == ["一、主要职能"] * 3 + ["二、机构设置情况"]


def test_a_decimal_at_the_start_of_a_line_begins_no_paragraph() -> None:
    found = passages("二、机构设置情况", "价值为", "69.46 万元。")
    assert [fact.source.text for fact in found] == ["价值为\n69.46 万元。"]


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        (("资金用于培训，联系人：甲某某，电话号码：0991-1234567",), "资金用于培训，"),
        (("资金用于培训。项目负责", "人：甲某某", "资金不多"), "资金用于培训。\n资金不多"),
        (("用于培训，项目负责人：甲", "某某 13912345678", "其他事项。"), "用于培训，\n其他事项。"),
        (("联系电话：13912345678",), None),
    ],
)
def test_what_is_personal_is_cut_out_of_a_paragraph(printed: tuple[str, ...], kept: str | None) -> None:
    found = [text for fact in passages("一、主要职能", *printed) for text in fact.source.text.split("\n")]
    assert found == ([] if kept is None else kept.split("\n"))


def test_facts_of_the_running_text_know_their_heading() -> None:
    found = read(
        "一、主要职能", "管理。", "三、支出预算情况说明", "基本支出5.00万元，比上年预算增加1.00万元，增长25%。"
    )
    (change,) = (fact for fact in found if isinstance(fact, ChangeFact))
    assert (change.source.section, change.section) == ("三、支出预算情况说明", "三、支出预算情况说明")


@pytest.mark.parametrize(
    ("words", "was", "now"),
    [
        (
            "本年科目调整，2025年我局基本支出的主款由甲支出（类）乙事务（款）行政运行（项）变为丙支出（类）丁事务（款）行政运行（项）。",
            ("甲支出", "乙事务", "行政运行"),
            ("丙支出", "丁事务", "行政运行"),
        ),
        (
            "2025年我单位甲支出（类）乙事务（款）培训（项）科目调整为丙支出（类）丁事务（款）培训（项）列支。",
            ("甲支出", "乙事务", "培训"),
            ("丙支出", "丁事务", "培训"),
        ),
    ],
)
def test_a_subject_that_becomes_another_is_a_fact(words: str, was: tuple[str, ...], now: tuple[str, ...]) -> None:
    (found,) = (fact for fact in read("三、支出预算情况说明", words) if isinstance(fact, ReclassificationFact))
    assert (found.from_path, found.to_path) == (was, now)


def test_two_subjects_in_one_sentence_are_no_reclassification() -> None:
    words = "甲支出（类）乙事务（款）培训（项）增加，丙支出（类）丁事务（款）培训（项）减少。"
    assert not [fact for fact in read("三、支出预算情况说明", words) if isinstance(fact, ReclassificationFact)]


def test_a_figure_has_the_line_that_prints_it() -> None:
    found = read("二、机构设置情况", "编制数 50，实有人数", "79人，其中：在职 43 人，", "增加 17 人。")
    figures = [
        (fact.name, str(fact.value), fact.unit, fact.source.line) for fact in found if isinstance(fact, FigureFact)
    ]
    assert figures == [
        ("编制", "50", "人", 2),
        ("实有", "79", "人", 2),
        ("在职", "43", "人", 3),
        ("在职增减", "17", "人", 3),
    ]


def test_every_heading_has_its_meaning_in_the_code_list_of_sections() -> None:
    headings = [row for _, data in families("headings") for row in data["heading"]]
    assert all(concept("section", row["key"]) for row in headings if row["kind"] not in ("form", "contents"))


def test_no_line_of_the_running_text_of_real_disclosures_is_lost(shared: Path) -> None:
    from extract.outline import outline
    from extract.readers import read as opened

    for path in sorted((shared / "corpus" / "xinjiang").glob("*.txt")):
        document = opened(path)
        texts = [fact.source.text for fact in facts(document) if isinstance(fact, PassageFact)]
        kept = {line for text in texts for line in text.split("\n")}
        sections = [one for one in outline(document) if one.kind in ("section", "subsection")]
        printed = [line.text.strip() for one in sections for line in one.lines() if line.text.strip()]
        lost = [line for line in printed if line not in kept and not line.isdigit()]
        assert not [line for line in lost if not any(word in line for word in ("负责人", "联系", "电话"))], path.name
