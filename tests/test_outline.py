"""Which lines of a document are headings: of known meaning, listed by the contents, or with the next number."""

from pathlib import Path

import pytest
from test_table_variants import merged_table

from extract.document import Block, Document, Line
from extract.outline import outline
from extract.plain_text import read_text
from ontology.text import tight


def headed(*printed: str) -> list[tuple[str, str | None, str]]:
    """Kind, key and title of the sections of a text."""
    document = read_text(Path("a.txt"), "\n".join(printed).encode())
    return [(one.kind, one.key, one.title) for one in outline(document)][1:]


CONTENTS = ("contents", "contents", "目录")


def test_contents_end_where_their_first_entry_is_printed_again() -> None:
    entries = ["第一部分 部门主要职责及机构设置.......3", "一、部门主要职责.......3", "二、机构设置情况.......3"]
    text = ["第一部分 部门主要职责及机构设置", "一、部门主要职责", "负责某事。", "二、机构设置情况", "内设某科。"]
    assert headed("目 录", *entries, *text) == [
        CONTENTS,
        ("section", "organisation", "第一部分部门主要职责及机构设置"),
        ("section", "duties", "一、部门主要职责"),
        ("section", "organisation", "二、机构设置情况"),
    ]


def test_contents_end_where_the_first_known_heading_is_printed_in_other_words() -> None:
    text = ["一、部门主要职责", "负责某事。", "二、机构设置情况"]
    assert headed("目 录", "一、主要职能", "二、机构设置", *text)[1:] == [
        ("section", "duties", "一、部门主要职责"),
        ("section", "organisation", "二、机构设置情况"),
    ]


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        (["二、某某工作安排"], ("section", "other_matters", "二、某某工作安排")),  # listed
        (["二、某某工作", "安排"], ("section", "other_matters", "二、某某工作安排")),  # wrapped
        (["二、某某安排情况说明"], ("section", "other_matters", "二、某某安排情况说明")),  # not listed, the next number
        (["三、某某安排情况说明"], None),  # another number
        (["二、推进某某工作"], None),  # not worded like one
        (["二、按规定，某某情况说明"], None),
    ],
)
def test_a_line_with_a_number_is_a_heading_where_it_is_listed_or_is_the_next(
    printed: list[str], found: tuple[str, str, str] | None
) -> None:
    sections = headed("目 录", "一、主要职能", "二、某某工作安排", "一、主要职能", "负责某事。", *printed, "某事如下。")
    assert sections == [CONTENTS, ("section", "duties", "一、主要职能"), *([found] if found else [])]


def test_a_part_of_no_known_meaning_has_the_next_number() -> None:
    parts = ["第一部分 部门概况", "某局在某地。", "第二部分 附件", "第二部分所列附件，以此为准"]
    assert headed(*parts) == [
        ("part", "overview", "第一部分部门概况"),
        ("part", "other_matters", "第二部分附件"),
    ]


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("十二、关于政府采购支出说明", "procurement"),
        ("十三、关于国有资产占用情况的说明", "assets"),
        ("八、政府性基金预算收入支出决算情况", "government_fund"),
        ("二、收入决算情况", "income"),
    ],
)
def test_a_numbered_heading_may_leave_out_a_part_of_its_ending(printed: str, key: str) -> None:
    assert [found for _, found, _ in headed(printed, "某事如下。")] == [key]


@pytest.mark.parametrize("printed", ["政府采购支出说明", "收入决算情况", "1.收入决算情况", "二、收入决算情况，如下"])
def test_words_without_such_a_number_are_no_heading_of_a_shorter_ending(printed: str) -> None:
    assert headed(printed, "某事如下。") == []


def test_the_rest_of_a_heading_on_the_line_below_belongs_to_it() -> None:
    title = "八、国有资本经营预算支出情况"
    assert headed(title, "说明", "无。") == [("subsection", "state_capital", f"{title}说明")]
    assert headed(title, "说明如下。") == [("subsection", "state_capital", title)]


TABLES = ["收支总表", "收入总表", "支出总表"]


def test_titles_of_tables_right_below_one_another_that_are_printed_again_are_a_list() -> None:
    listed = [*(f"表{at} {title}" for at, title in enumerate(TABLES, 1)), "表4 某某明细表"]
    text = [line for title in TABLES for line in (title, "单位：万元")]
    part = ("part", "tables", "第四部分2025年部门预算表")
    tables = [
        ("table", key, title)
        for key, title in zip(("revenue_expenditure_overview", "revenue", "expenditure"), TABLES, strict=True)
    ]
    assert headed("第四部分 2025年部门预算表", *listed, *text) == [part, *tables]
    assert len(headed("第四部分 2025年部门预算表", *listed)) == 1 + len(TABLES)  # not printed again


def below_a_table(*printed: str, behind: bool = True) -> list[tuple[str, str | None, str]]:
    """Kind, key and title of the sections of a table of which none of its rows is filled, lines on the next page and
    another table."""
    table = merged_table("科目编码|科目名称|合计\n|合计|")
    lines = [Line(words, page=2) for words in printed]
    blocks: list[Block] = [
        Line("封面", page=1),
        Line("表9政府性基金预算支出表", page=1),
        table,
        *lines,
        *([table] if behind else []),
    ]
    return [(one.kind, one.key, one.title) for one in outline(Document("a.pdf", "0" * 64, tuple(blocks)))][1:]


FUND = ("table", "government_fund", "表9政府性基金预算支出表")


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        (["表10", "某项资金安排明细表", "单位：万元"], ("table", None, "某项资金安排明细表")),
        (["某项资金使用情况", "公开10表"], ("table", None, "公开10表")),
        (["重点项目绩效目标表"], ("form", "项目", "重点项目绩效目标表")),
    ],
)
def test_a_title_that_is_not_known_and_another_number_end_the_table_above(
    printed: list[str], found: tuple[str, str | None, str]
) -> None:
    assert below_a_table(*printed) == [FUND, found]


@pytest.mark.parametrize(
    "printed",
    [
        ["政府性基金预算支出表（续表）"],
        ["表9"],
        ["公开部门：某局", "单位：万元"],
        ["详见某项资金安排明细表", "另行公开。"],
    ],
)
def test_a_table_goes_on_below_other_lines(printed: list[str]) -> None:
    assert {key for kind, key, _ in below_a_table(*printed)} == {"government_fund"}


def test_words_like_a_title_without_a_table_below_end_nothing() -> None:
    assert below_a_table("某项资金安排明细表", behind=False) == [FUND]


def test_a_title_of_no_known_table_under_a_heading_of_running_text_leaves_the_text_in_its_section() -> None:
    table = merged_table("单位名称|编制\n某局|12")
    blocks = (Line("封面"), Line("二、机构设置"), Line("单位构成情况表"), table, Line("内设某科。"))
    assert [one.key for one in outline(Document("a.pdf", "0" * 64, blocks))] == [None, "organisation"]


@pytest.mark.parametrize(
    ("printed", "kind", "key"),
    [
        ("一、部门收支预算总体预算情况说明", "section", "totals"),
        ("三、部门收支总体情况", "section", "totals"),
        ("二、2023年部门预算收支情况说明", "section", "totals"),
        ("一、2023年部门收入预算总体情况说明", "section", "income"),
        ("二、财政拨款收支总体情况说明", "section", "appropriation"),
        ("四、一般公共预算拨款支出预算", "section", "general_budget"),
        ("三、基本支出预算总体情况说明", "section", "basic"),
        ("七、一般公共预算项目支出决算情况说明", "section", "projects"),
        ("二、机构设置及决算单位构成", "section", "organisation"),
        ("四、部门人员构成", "section", "organisation"),
        ("二、部门基本情况", "section", "overview"),
        ("（二）“三公”经费预算", "section", "three_public"),
        ("一、机关（机构）运行经费说明", "subsection", "operating_cost"),
        ("十一、一般性支出情况说明", "subsection", "general_spending"),
        ("第三部分：部门预算安排说明", "part", "explanation"),
        ("第二部分：部门预算公开报表", "part", "tables"),
        ("一、《部门收支总表》", "table", "revenue_expenditure_overview"),
        ("十一、《项目绩效目标表》", "form", "项目"),
        ("一、概况", "section", "overview"),
        ("二、2022年部门预算表", "section", "tables"),
        ("三、2022年部门预算情况说明", "section", "explanation"),
        ("第三部分 部门决算数据说明", "part", "explanation"),
        ("第六部分 2022年部门预算公开表", "part", "tables"),
        ("第四部分 预算绩效情况", "part", "performance"),
        ("一、基本职能及主要工作", "section", "duties"),
        ("（一）某县人民法院职能简介", "section", "duties"),
        ("（二）部门预算单位基本情况", "section", "organisation"),
        ("（三）单位构成", "section", "organisation"),
        ("（二）2022年度重点工作任务概述", "section", "tasks"),
        ("三、预算收支及增减变化情况", "section", "totals"),
        ("三、预算单位收入情况", "section", "income"),
        ("（三）财政拨款收入决算情况", "section", "appropriation"),
        ("八、部门三公经费增减变化情况及原因说明", "section", "three_public"),
        ("（三）国有资产的总体情况说明。", "subsection", "assets"),
        ("九、重点项目预算绩效目标情况", "subsection", "performance"),
        ("（三）部门评价项目绩效评价结果", "subsection", "performance"),
        ("一、2025年部门总收支预算情况说明", "section", "totals"),
        ("（二）政府采购预算安排情况说明。", "subsection", "procurement"),
        ("七、其他需要说明的情况", "section", "other"),
        ("一、关于2022年收支总表的说明", "section", "totals"),
        ("二、关于收入总体情况表的说明", "section", "income"),
        ("八、关于政府性基金预算支出情况表的说明", "section", "government_fund"),
        ("（一）收入支出决算总表", "table", "revenue_expenditure_overview"),
        ("（三）收入决算表（分科目）", "table", "revenue"),
        ("二、收入决算表（按功能分类列示）", "table", "revenue"),
        ("表四：财政预算拨款收支总体情况表", "table", "fiscal_appropriation_overview"),
        ("六、一般公共预算基本支出情况表（经济分类款级科目）", "table", "general_budget_basic"),
        ("表十：预算项目绩效目标公开表", "form", "项目"),
        ("表13.部门整体绩效目标情况表", "form", "整体"),
        ("6、财政拨款收支总表", "table", "fiscal_appropriation_overview"),
        ("七、部门（单位）收支总表", "table", "revenue_expenditure_overview"),
        ("五、2023年单位预算一般公共预算财政拨款支出表", "table", "general_budget_expenditure"),
    ],
)
def test_headings_of_other_provinces_are_known(printed: str, kind: str, key: str) -> None:
    assert headed(printed, "某事如下。") == [(kind, key, tight(printed))]


@pytest.mark.parametrize("title", ["收入决算表（分单位）", "一般公共预算基本支出表（政府经济分类）"])
def test_titles_of_tables_with_other_rows_are_not_taken_for_the_known_ones(title: str) -> None:
    assert headed("二、机构设置", "某事如下。", title, "某事如下。")[1:] == []


@pytest.mark.parametrize("words", ["收入预算", "政府性基金", "政府采购", "人员情况", "概况"])
def test_short_headings_need_a_number(words: str) -> None:
    assert headed("二、机构设置", "某事如下。", words, "某事如下。")[1:] == []


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        (("一、收支预算情况", "的总体说明"), "一、收支预算情况的总体说明"),
        (("八、政府性基金预算", "拨款情况说明"), "八、政府性基金预算拨款情况说明"),
        (("八、政府性基金预算", "拨款情况如下。"), "八、政府性基金预算"),
        (("八、政府性基金预算", "九、国有资本经营预算"), "八、政府性基金预算"),
    ],
)
def test_a_heading_goes_on_over_a_line_where_it_still_is_one(printed: tuple[str, str], title: str) -> None:
    assert headed(*printed, "某事如下。")[0][2] == title
