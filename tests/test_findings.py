"""Findings that the audit speaks of: what the readers write is what is understood."""

import pytest

from ontology.findings import said, understood

SENTENCES = [
    (
        "failed_sum",
        {"row": "30201 办公费", "column": "合计", "printed": "1.50", "identity": "合计 = a + b", "sum": "2.5"},
    ),
    ("blank_sum", {"row": "合计", "column": "小计", "identity": "the sum of the rows under it", "sum": "-3"}),
    ("row_fails", {"row": "205 教育支出"}),
    ("sum_fails", {"row": "205 教育支出", "parts": "20501、20502"}),
    ("misplaced_code", {"code": "20501"}),
    ("unknown_code", {"code": "901"}),
    ("row_twice", {"row": "302 商品和服务支出"}),
    ("body_over_table", {"body": "某局", "most": "某厅"}),
    ("no_body_over_table", {}),
    ("body_in_heading", {"body": "某局", "own": "某厅"}),
    ("misprint", {"wrong": "科学技木支出", "right": "科学技术支出"}),
    ("misnamed_row", {"code": "213", "name": "农村水支出", "right": "农林水"}),
    ("body_over_section", {"body": "某局", "most": "某厅"}),
    ("table_number_twice", {"number": "表二", "one": "收入表", "other": "支出表"}),
    ("title_twice", {"number": "表9", "other": "表8"}),
    ("misnamed_title", {"title": "收入决算总表", "right": "收入预算总表"}),
    ("title_over_two", {"title": "收入预算总表"}),
    ("listed_title", {"table": "收入总表", "entry": "收入预算总表"}),
    ("listed_order", {"table": "收入总表", "entry": "收入预算总表"}),
    ("entry_misnumbered", {"entry": "二、人员情况", "before": "二、机构设置"}),
    ("level_in_heading", {"heading": "单位概况", "other": "部门概况"}),
    ("level_of_others", {"heading": "单位概况", "other": "部门概况"}),
    ("note_of_another", {"table": "government_fund"}),
    ("note_of_other_words", {"words": "支出"}),
    ("year_over_table", {"year": "2024", "own": "2025"}),
]


@pytest.mark.parametrize(("kind", "parts"), SENTENCES)
def test_what_is_said_is_understood(kind: str, parts: dict[str, str]) -> None:
    assert understood(f"表三: {said(kind, **parts)}", kind) == {"title": "表三", **parts}


@pytest.mark.parametrize(("kind", "parts"), SENTENCES)
def test_a_sentence_is_of_one_kind(kind: str, parts: dict[str, str]) -> None:
    others = [other for other, _ in SENTENCES if other != kind]
    assert understood(f"表三: {said(kind, **parts)}", *others) is None


@pytest.mark.parametrize("message", ["", "表三", "表三: the unit of the table is not printed over it", "headed 2024"])
def test_other_findings_are_not_understood(message: str) -> None:
    assert understood(message, *(kind for kind, _ in SENTENCES)) is None


def test_a_part_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        said("misplaced_code")
