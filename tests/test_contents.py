"""The table of contents against the headings of the text."""

from pathlib import Path

import pytest

from extract.document import Line
from extract.entries import entries
from extract.narrative.cited_titles import titles_cited_otherwise
from extract.narrative.contents import (
    differing_entries,
    entries_without_heading,
    misnamed_entries,
    misnumbered_entries,
    unlisted_headings,
)
from extract.outline import outline
from extract.plain_text import read_text


def messages(entries: list[str], text: list[str]) -> list[str]:
    printed = "\n".join(["目 录", "第一部分 部门概况", "一、主要职能", *entries, "第一部分 部门概况", *text])
    document = read_text(Path("a.txt"), printed.encode())
    return [finding.message for finding in misnamed_entries(document, outline(document))]


def both(entry: str, heading: str) -> list[str]:
    """What is said at the entry and at the heading."""
    return [f"contents: '{entry}' is headed '{heading}'", f"contents: heading '{heading}' is listed '{entry}'"]


TEXT = ["一、主要职能", "本局负责某事。", "第二部分 2025年部门预算表", "第四部分 名词解释", "一、财政拨款：指某款。"]


@pytest.mark.parametrize(
    ("entry", "heading"),
    [
        ("第四部分 名称解释", "第四部分名词解释"),
        ("第四部分 名词解释……………12", None),  # the dots and the page are no words of the entry
        ("第四部分 名 词 解 释", None),
        ("第二部分 某局2025年度单位预算表", None),  # a table, and the body before the year
        ("第五部分 附件", None),  # not there at all: nothing to hold it against
        ("第四部分 绩效目标公开", None),  # another matter under the same number
        ("三、名称解释", None),  # another number
    ],
)
def test_an_entry_of_the_contents_has_the_words_of_its_heading(entry: str, heading: str | None) -> None:
    assert messages([entry], TEXT) == (both("".join(entry.split()), heading) if heading else [])


def test_tables_listed_by_their_own_numbers_are_no_words_of_the_entry_above() -> None:
    tables = ["表1 部门收支总体情况表", "公开02表 部门收入总体情况表"]
    assert messages(["第四部分 名称解释", *tables], TEXT) == both("第四部分名称解释", "第四部分名词解释")


def test_words_that_headings_leave_out_make_no_difference() -> None:
    heading = "二、2025年主要工作任务和目标"
    assert messages(["二、2025年度部门主要工作任务及目标"], [*TEXT, heading]) == []
    assert messages(["二、2025年主要工作任意及目标"], [*TEXT, heading]) == both("二、2025年主要工作任意及目标", heading)
    marked = messages(["- 二、2025年主要工作任意及目标"], [*TEXT, heading])  # the dash of a list is no word
    assert marked == both("二、2025年主要工作任意及目标", heading)


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        (["二、其他重要事项说明"], both("二、其他重要事项说明", "二、其他重要事项的情况说明")),
        (["二、其他重要事项说明", "三、人员说明"], both("二、其他重要事项说明", "二、其他重要事项的情况说明")),  # once
        (["二、其他重要事项的情况说明"], []),
        (["二、部门其他重要事项说明"], []),  # other words that may be left out, too
        (["四、其他重要事项说明"], []),
    ],
)
def test_of_the_smallest_differences_the_first_is_told(entries: list[str], told: list[str]) -> None:
    text = [*TEXT[:2], "二、其他重要事项的情况说明", "三、人员情况说明"]
    printed = "\n".join(["目 录", "第一部分 部门概况", "一、主要职能", *entries, "第一部分 部门概况", *text])
    document = read_text(Path("a.txt"), printed.encode())
    assert [finding.message for finding in differing_entries(document, outline(document))] == told


def test_an_entry_without_its_first_character_is_told() -> None:
    text = [*TEXT[:3], "五、一般公共预算支出决算情况说明", *TEXT[3:]]
    headed = both("五、般公共预算支出决算情况说明", "五、一般公共预算支出决算情况说明")
    assert messages(["五、般公共预算支出决算情况说明"], text) == headed
    assert messages(["五、公共预算支出决算情况说明"], [*text, "公共预算支出决算情况说明"]) == []


def test_a_heading_over_two_lines_is_told_whole_and_its_year_is_not_told_here() -> None:
    text = [*TEXT[:3], "第三部分 某局2025年度部门决算情", "况说明", *TEXT[3:]]
    assert messages(["第三部分 某局202年度部门决算情况说明"], text) == []
    assert messages(["第三部分 某局2025年度部门决算情形说明"], text) == both(
        "第三部分某局2025年度部门决算情形说明", "第三部分某局2025年度部门决算情况说明"
    )


def test_an_entry_between_two_right_ones_has_the_words_of_the_heading_between_theirs() -> None:
    text = [*TEXT[:2], "二、机构设置", "内设某科。", "三、人员情况", "在职若干人。", TEXT[3]]
    headed = both("二、国有资产占用情况", "二、机构设置")
    assert messages(["二、国有资产占用情况", "三、人员情况"], text) == headed
    assert messages(["二、机构设置", "三、人员情况"], text) == []
    assert messages(["二、国有资产占用情况", "三、人员状态说明"], text) == []  # neither stands there: another order


def numbered(entries: list[str], text: list[str]) -> list[str]:
    printed = "\n".join(["目 录", *entries, *text])
    document = read_text(Path("a.txt"), printed.encode())
    return [finding.message for finding in misnumbered_entries(document, outline(document))]


PARTS = ["第一部分 部门概况", "一、主要职能", "二、机构设置", "三、人员情况", "第四部分 名词解释"]
HEADINGS = [*PARTS[:2], "本局负责某事。", PARTS[2], "内设某科。", *PARTS[3:], "财政拨款：指某款。"]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (PARTS, []),
        ([*PARTS[:3], "二、人员情况", PARTS[4]], ["contents: '二、人员情况' does not follow '二、机构设置'"]),
        ([*PARTS[:3], "四、人员情况", PARTS[4]], both("四、人员情况", "三、人员情况")),
        ([*PARTS[:3], "五、另一事项", PARTS[4]], []),  # of which the text has no heading
        ([PARTS[0], "一、机关概况", "二、机构简介", "四、人员情况", PARTS[4]], []),  # the text numbers them otherwise
    ],
)
def test_an_entry_of_the_contents_follows_the_one_before_and_has_the_number_of_its_heading(
    entries: list[str], expected: list[str]
) -> None:
    assert numbered(entries, HEADINGS) == expected


def unheaded(text: list[str]) -> list[str]:
    document = read_text(Path("a.txt"), "\n".join(["目 录", *PARTS, *text]).encode())
    return [finding.message for finding in entries_without_heading(document, outline(document))]


def test_what_the_contents_list_is_headed_where_its_neighbours_are() -> None:
    assert unheaded(HEADINGS) == []
    lost = [*HEADINGS[:3], "二、某事", *HEADINGS[4:]]
    assert unheaded(lost) == ["contents: '二、机构设置' is the heading of nothing"]
    assert unheaded([*HEADINGS[:3], "机构设置", *HEADINGS[4:]]) == []  # without its number
    assert unheaded([*HEADINGS[:3], *HEADINGS[6:]]) == []  # its neighbour is not there either: another text


@pytest.mark.parametrize(("page", "words"), [(1, "二、收入总表本局公开预算。"), (2, "二、收入总表")])
def test_the_last_entry_goes_on_within_its_page_only(page: int, words: str) -> None:
    lines = [Line("一、收支总表", 1), Line("二、收入总表", 1), Line("本局公开预算。", page)]
    assert [text for _, text in entries(lines)] == ["一、收支总表", words]


@pytest.mark.parametrize(
    ("below", "words"), [(["预算表"], "二、收入预算表"), (["预算表", "本局公开预算。"], "二、收入")]
)
def test_an_entry_goes_on_over_the_page_by_one_line_before_further_entries(below: list[str], words: str) -> None:
    behind = [*below, "三、支出预算表"]
    lines = [Line("一、收支总表", 1), Line("二、收入", 1), *(Line(text, 2) for text in behind)]
    assert [text for _, text in entries(lines)] == ["一、收支总表", words, "三、支出预算表"]


@pytest.mark.parametrize(("heading", "missing"), [("第二部分 2025年部门预算表", False), ("2025年部门预算表", True)])
def test_a_part_of_tables_is_headed_with_its_number(heading: str, missing: bool) -> None:
    entries = ["第一部分 部门概况", "第二部分 2025年部门预算表", "一、部门收支预算总表", "第三部分 名词解释"]
    text = "\n".join(
        ["目 录", *entries, entries[0], "本局负责某事。", heading, "收支总表", entries[-1], "某款：指某款。"]
    )
    document = read_text(Path("a.txt"), text.encode())
    told = [finding.message for finding in entries_without_heading(document, outline(document))]
    assert told == (["contents: '第二部分2025年部门预算表' is the heading of nothing"] if missing else [])


TITLES = ["部门收支总体情况表", "部门收入总体情况表", "部门支出总体情况表", "国有资本经营预算支出情况表"]


def cited(entries: list[str], note: str = "") -> list[str]:
    tables = [f"表 {at}\n\n{title}\n\n单位：万元\n" for at, title in enumerate(TITLES, start=1)]
    listed = [f"- {at}、 {entry}" for at, entry in zip("一二三四五六", entries, strict=False)]
    text = "\n".join(["目 录", "第一部分 部门概况", *listed, "第一部分 部门概况", *tables, note])
    document = read_text(Path("a.txt"), text.encode())
    return [finding.message for finding in titles_cited_otherwise(document, outline(document))]


@pytest.mark.parametrize(
    ("named", "amiss"),
    [
        ("国有资本经营预算支出情况表", False),
        ("国有资本经营预算收入情况表", True),
        ("国有资本经营决算支出情况表", True),
        ("国有资经营预算支出情况表", True),
        ("政府性基金预算支出情况表", False),  # may be printed under a title that is not read
        ("上年结转结余情况表", False),
    ],
)
def test_a_note_names_a_table_by_its_title(named: str, amiss: bool) -> None:
    told = [f"tables: '{named}' is named, the table is headed '国有资本经营预算支出情况表'"]
    assert cited(TITLES, f"没有使用国有资本经营预算拨款安排的支出，{named}为空表。") == (told if amiss else [])


OF_FUND = "政府性基金预算支出情况表"


@pytest.mark.parametrize(
    ("listed", "named", "amiss"),
    [
        ([*TITLES, "上年结转结余情况明细表"], "结转结余预算支出情况表", True),
        ([*TITLES, "上年结转结余情况明细表"], "结转结余情况表", False),  # only shorter
        ([*TITLES, "上年结转结余情况明细表"], "年初结转资金来源表", True),
        ([*TITLES, "上年结转结余情况明细表"], OF_FUND, False),  # another table that is known
        (TITLES, "结转结余预算支出情况表", False),  # the contents have none of the kind
        ([*TITLES, "上年结转结余情况明细表", "上年结转结余情况表"], "结转结余预算支出情况表", False),  # or two
    ],
)
def test_a_note_in_a_section_on_a_table_names_that_table(listed: list[str], named: str, amiss: bool) -> None:
    section = f"第三部分 情况说明\n一、关于某局2025年上年结转结余预算情况说明\n某局2025年无结转结余，{named}为空表。"
    told = [f"tables: '{named}' is named, the table is headed '上年结转结余情况明细表'"]
    assert cited(listed, section) == (told if amiss else [])


def on_tables(*headings: str) -> list[str]:
    listed = ["收支预算总表", "财政拨款支出预算表", "政府性基金支出预算表", "政府采购支出预算表"]
    entries = [f"{at}、{title}" for at, title in zip("一二三四", listed, strict=True)]
    text = [line for heading in headings for line in (heading, "合计若干万元。")]
    printed = ["目 录", "第一部分 部门概况", *entries, "第一部分 部门概况", "第三部分 2025年度部门预算情况说明", *text]
    document = read_text(Path("a.txt"), "\n".join(printed).encode())
    return [finding.message for finding in titles_cited_otherwise(document, outline(document))]


@pytest.mark.parametrize(
    ("headings", "amiss"),
    [
        (["二、财政拨款支出预算表情况说明", "三、政府性基金支出预算表情况说明", "四、政府采购支出预算表情况说明"], ""),
        (
            [
                "二、财政拨款支出预算表情况说明",
                "三、政府性基金基本支出预算表情况说明",
                "四、政府采购支出预算表情况说明",
            ],
            "政府性基金基本支出预算表",
        ),
        (
            ["二、财政拨款支出预算表情况说明", "三、政府性基金预算表情况说明", "四、政府采购支出预算表情况说明"],
            "",
        ),  # shorter
        (
            [
                "三、财政拨款支出预算表情况说明",
                "四、政府性基金基本支出预算表情况说明",
                "五、政府采购支出预算表情况说明",
            ],
            "",
        ),  # other numbers
    ],
)
def test_the_heading_of_a_section_on_a_table_names_it_as_listed(headings: list[str], amiss: str) -> None:
    told = [f"tables: '{amiss}' is named, the table is headed '政府性基金支出预算表'"] if amiss else []
    assert on_tables(*headings) == told


SECTIONS = ["一、收入支出决算总体情况说明", "二、收入决算情况说明", "三、支出决算情况说明"]


@pytest.mark.parametrize(
    ("listed", "headed", "told"),
    [
        (SECTIONS, SECTIONS, []),
        ([SECTIONS[0], SECTIONS[2]], SECTIONS, [SECTIONS[1]]),
        (SECTIONS[:2], SECTIONS, [SECTIONS[2]]),
        (SECTIONS[:1], SECTIONS, []),  # a contents that lists but the first
        ([SECTIONS[0], "二、收入决算说明", SECTIONS[2]], SECTIONS, []),  # in other words
        ([SECTIONS[0], "二、支出决算情况说明"], SECTIONS, [SECTIONS[1]]),  # and the numbers go on
    ],
)
def test_a_section_that_the_contents_pass_over_is_told(listed: list[str], headed: list[str], told: list[str]) -> None:
    text = [line for heading in headed for line in (heading, "合计若干万元。")]
    printed = [
        "目 录",
        "第一部分 部门概况",
        *listed,
        "第二部分 名词解释",
        "第一部分 部门概况",
        *text,
        "第二部分 名词解释",
    ]
    document = read_text(Path("a.txt"), "\n".join(printed).encode())
    found = [finding.message for finding in unlisted_headings(document, outline(document))]
    assert found == [f"contents: '{heading}' is no entry" for heading in told]


def test_an_entry_of_a_subsection_does_not_go_on_with_the_entry_above() -> None:
    below = ["（一）机关运行经费情况", "（二）政府采购情况"]
    entries = ["二、其他重要事项的情况说明", *below, "第二部分 名词解释"]
    text = ["一、主要职能", "本局负责某事。", entries[0], below[0], "无。", below[1], "无。", entries[3]]
    assert messages(entries, text) == []
    printed = "\n".join(["目 录", "第一部分 部门概况", "一、主要职能", *entries, "第一部分 部门概况", *text])
    document = read_text(Path("a.txt"), printed.encode())
    found = outline(document)
    assert [*entries_without_heading(document, found), *unlisted_headings(document, found)] == []


def test_a_part_is_headed_where_its_heading_was_joined_to_the_end_of_the_contents() -> None:
    text = ["第四部分 名词解释…………9", "第一部分 部门概况", "一、主要职能", "本局负责某事。", *HEADINGS[3:]]
    assert unheaded(text) == []
