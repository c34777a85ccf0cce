"""Notes that say what their table shows, beside those copied from another table."""

import pytest

from extract.document import Cell, Document, Line, Table
from extract.narrative.table_notes import notes_of_others
from extract.outline import outline


@pytest.mark.parametrize(
    ("title", "note", "other"),
    [
        ("收入决算表", "本表反映部门本年度取得的各项收入情况。", None),
        ("收入决算表", "本表反映部门本年度各项支出情况。", "支出"),
        ("支出决算表", "本表反映部门本年度取得的各项收入情况。", "收入"),
        ("收入支出决算总表", "本表反映部门本年度的总收支和年末结转结余情况。", None),
        ("政府性基金预算支出决算表", "本表反映部门本年度政府性基金预算收入支出及结转和结余情况。", None),
        ("政府性基金预算支出决算表", "本表反映部门本年度国有资本经营预算收入支出情况。", "国有资本经营"),
        ("一般公共预算财政拨款支出决算表", "本表反映部门本年度一般公共预算财政拨款基本支出明细情况。", "基本支出"),
        ("支出决算表", "本表反映部门本年度基本支出和项目支出情况。", None),
        (
            "财政拨款收入支出决算总表",
            "本表反映部门本年度一般公共预算财政拨款、政府性基金预算财政拨款和国有资本经营预算财政拨款的总收支和年末结转结余情况。",
            None,
        ),
        ("国有资本经营预算财政拨款支出决算表", "本表反映政府性基金预算财政拨款支出情况。", "政府性基金"),
        ("财政拨款“三公”经费支出决算表", "本表反映部门本年度“三公”经费支出预决算情况。", None),
    ],
)  # fmt: skip
def test_a_note_says_what_its_own_table_shows(title: str, note: str, other: str | None) -> None:
    cells = tuple(
        Cell(at, column, text)
        for at, row in enumerate([("项目", "决算数"), ("合计", "1.00")])
        for column, text in enumerate(row)
    )
    made = Document(
        "a.pdf", "0", (Line("某局2025年度部门决算"), Line(title), Line("单位：万元"), Table(cells), Line(f"注：{note}"))
    )
    found = list(notes_of_others(made, outline(made)))
    assert [one.message for one in found] == (
        [f"{title}: the note says that the table shows '{other}'"] if other else []
    )
