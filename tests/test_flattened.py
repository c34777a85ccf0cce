"""Flattened budget tables: rows put together from lines, figures placed or left open, never misplaced."""

import json
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile
from pathlib import Path
from random import Random

import pytest

from extract.document import Block, Document, Line
from extract.flattened.budget_tables import flattened_tables
from extract.outline import outline
from extract.plain_text import read_text
from ontology.fact_json import as_json
from ontology.facts import CellFact, Finding
from ontology.text import key

UNIT = "编制部门：某某县科学技术局 单位：万元"
TOTAL = "合计 9.00 5.00 4.00"
EXPENDITURE = ["表 3", "部门支出总体情况表", UNIT, "功能分类科目名称 合计 基本支出 项目支出", "※ ※ ※ ※ 1 2 3"]


def document(lines: Iterable[str]) -> Document:
    numbered = enumerate(lines, start=1)
    return Document("text.txt", "0" * 64, tuple(Line(text, line=number) for number, text in numbered if text.strip()))


def read(*lines: str) -> tuple[list[CellFact], list[str]]:
    """The cells and the messages of the findings in the tables printed in these lines."""
    printed = document(lines)
    facts = list(flattened_tables(printed, outline(printed)))
    return [f for f in facts if isinstance(f, CellFact)], [f.message for f in facts if isinstance(f, Finding)]


def placed(*lines: str) -> list[tuple[str | None, str, str | None, str]]:
    """Code, name, column and amount of every cell; nothing may be found amiss."""
    cells, messages = read(*lines)
    assert messages == []
    return [(cell.code, cell.name, cell.column, str(cell.amount)) for cell in cells]


def flattened(source: Document) -> Document:
    """The document with the cells of every table row on one line, blank ones left out."""

    def lines(block: Block) -> list[Block]:
        if isinstance(block, Line):
            return [block]
        rows = [[cell for cell in row if cell and cell.text.strip()] for row in block.grid()]
        return [Line(" ".join(cell.text.strip() for cell in row), line=row[0].line) for row in rows if row]

    return replace(source, blocks=tuple(line for block in source.blocks for line in lines(block)))


# --- rows from lines --------------------------------------------------------------------------------------------------

ROWS_OF_EXPENDITURE = [
    ("206", "科学技术支出", "合计", "9.00"),
    ("206", "科学技术支出", "基本支出", "5.00"),
    ("206", "科学技术支出", "项目支出", "4.00"),
    ("20601", "科学技术管理事务", "合计", "5.00"),
    ("20601", "科学技术管理事务", "基本支出", "5.00"),
    ("20604", "技术研究与开发", "合计", "4.00"),
    ("20604", "技术研究与开发", "项目支出", "4.00"),
    (None, "合计", "合计", "9.00"),
    (None, "合计", "基本支出", "5.00"),
    (None, "合计", "项目支出", "4.00"),
]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            """
            206 科学技术支出 9.00 5.00 4.00
            206 01 科学技术管理事务 5.00 5.00
            206 04 技术研究与开发 4.00 4.00
            合 计 9.00 5.00 4.00
            """,
            id="a row a line",
        ),
        pytest.param(
            """
            206
            科学技术支
            出
            9.00 5.00 4.00
            206 01
            科学技术管理
            事务
            5.00 5.00
            206 04
            技术研究
            与开发
            4.00 4.00
            总计 9.00 5.00 4.00
            """,
            id="names wrapped over lines",
        ),
        pytest.param(
            """
            206 科学技术支 9.00 5.00 4.00
            出
            206 01 科学技术管理 5.00 5.00
            事务
            206 04 技术研究与开发 4.00 4.00
            合计 9.00 5.00 4.00
            """,
            id="the end of a name after its figures",
        ),
        pytest.param(
            """
            科学技术支出
            206 9.00 5.00 4.00
            科学技术管理事务
            206 01 5.00 5.00
            技术研究与开发
            206 04 4.00 4.00
            合计 9.00 5.00 4.00
            """,
            id="names above their codes",
        ),
        pytest.param(
            """
            206 科学技术支出9.00 5.00 4.00
            206 01 科学技术管理事务5.00 5.00
            206 04 技术研究与开发4.00 4.00
            总计9.00 5.00 4.00
            """,
            id="amounts right behind names",
        ),
        pytest.param(
            """
            206科学技术支出 9.00 5.00 4.00
            20601 科学技术管理事务 5.00 5.00
            20604 技术研究与开发 4.00 4.00
            合计 9.00 5.00 4.00
            """,
            id="codes in one piece",
        ),
        pytest.param(
            f"""
            206 科学技术支出 9.00 5.00 4.00
            206 01 科学技术管理事务 5.00 5.00
            12
            {UNIT}
            功能分类科目名称
            ※ ※ ※ ※ 1 2 3
            206 04 技术研究与开发 4.00 4.00
            合计 9.00 5.00 4.00
            13
            """,
            id="page numbers, and headings repeated on the next page",
        ),
        pytest.param(
            """
            206 科学技术支出 9.00 5. 4.
            00 00
            206 01 科学技术管理事务 5.00 5.0
            0
            206 04 技术研究与开发 4.00
            4
            .
            00
            合计 9.00 5.00 4.00
            """,
            id="figures broken over lines, also side by side",
        ),
    ],
)
def test_rows_are_put_together_from_lines(lines: str) -> None:
    assert placed(*EXPENDITURE, *lines.split("\n")) == ROWS_OF_EXPENDITURE


def test_projects_are_told_from_the_names_of_their_subjects() -> None:
    expenditure = [*EXPENDITURE, "206 01 99 其他科学技术管理事务支出 12.00 12.00", "总计 12.00 12.00"]
    table = """
        表 7
        一般公共预算项目支出情况表
        编制部门：某某县科学技术局 单位：万元
        ※ ※ ※ ※ ※ 1 2 3 4 5 6 7 8 9 10 11
        总计 12.00 12.00
        某某县科学技术局 12.00 12.00
        206 01 99
        其他科学技
        术管理事务
        支出
        某财教[2024]65 号
        2025 年中央“三区”科
        技人才支持计划
        5.00 5.00
        另一项目经费 7.00 7.00
    """
    cells, _ = read(*expenditure, *table.split("\n"))
    projects = [(cell.name, cell.project, str(cell.amount)) for cell in cells if cell.table == "general_budget_project"]
    name = "其他科学技术管理事务支出"
    assert projects[4::2] == [
        (name, "某财教[2024]65号2025年中央“三区”科技人才支持计划", "5.00"),
        (name, "另一项目经费", "7.00"),
    ]
    assert projects[2] == ("某某县科学技术局", None, "12.00")


OVERVIEW = """
    表 1
    部门收支总体情况表
    编制部门：某某县科学技术局 单位：万元
    收入 支出
    项目 预算数 功能分类 预算数
    一、本年收入 30.00 201 一般公共服务支出 5.00
    1.一般公共预算拨款 30.00 206 科学技术支出 25.00
    其中：一般财力 25.00 207 文化旅游体育与传媒支出
    上级一般公共预算安排转移支 208 社会保障和就业支出
    付 5.00 210 卫生健康支出
    2.政府性基金预算拨款 212 城乡社区支出
    收 入 总 计 30.00 支 出 总 计 30.00
"""


def test_the_two_sides_of_an_overview_are_told_apart() -> None:
    cells, messages = read(*OVERVIEW.split("\n"))
    assert messages == []
    assert [(cell.side, cell.code, cell.path, str(cell.amount)) for cell in cells] == [
        ("收入", None, ("本年收入",), "30.00"),
        ("支出", "201", None, "5.00"),
        ("收入", None, ("本年收入", "一般公共预算拨款"), "30.00"),
        ("支出", "206", None, "25.00"),
        ("收入", None, ("本年收入", "一般公共预算拨款", "一般财力"), "25.00"),
        ("收入", None, ("本年收入", "一般公共预算拨款", "上级一般公共预算安排转移支付"), "5.00"),
        ("收入", None, ("合计",), "30.00"),
        ("支出", None, None, "30.00"),
    ]


def meant(*lines: str) -> list[tuple[object, ...]]:
    """What every cell says, wherever it is printed; nothing may be found amiss."""
    cells, messages = read(*lines)
    assert messages == []
    return [(cell.side, cell.code, cell.path, cell.name, cell.column, cell.amount) for cell in cells]


@pytest.mark.parametrize("number", ["- 11 -", "—11—", "第 3 页 共 9 页", "第3页"])
def test_the_number_of_a_page_in_the_middle_of_a_table_is_no_row_and_no_name(number: str) -> None:
    printed = OVERVIEW.replace("    付 5.00", f"    {number}\n    付 5.00")
    assert meant(*printed.split("\n")) == meant(*OVERVIEW.split("\n"))
    rows = ["206 科学技术支出 9.00 5.00 4.00", "20605 科技条件与服", "务 9.00 5.00 4.00", TOTAL]
    assert meant(*EXPENDITURE, *rows[:2], number, *rows[2:]) == meant(*EXPENDITURE, *rows)


def test_sources_of_income_may_be_numbered_in_brackets() -> None:
    printed = OVERVIEW.replace("1.一般", "（1）一般").replace("2.政府", "(2)政府")
    assert meant(*printed.split("\n")) == meant(*OVERVIEW.split("\n"))


@pytest.mark.parametrize(
    "lines",
    [
        ["一、财政拨款 5.00 207 文化旅游体育与传媒支 5.00 5.00", "出208 社会保障和就业支出"],
        ["一、财政拨款 5.00 207 文化旅游体育与传媒支", "出", "5.00 5.00"],
    ],
)
def test_a_name_to_the_right_goes_on_at_the_beginning_of_the_next_line(lines: list[str]) -> None:
    title = ["表 4", "财政拨款收支预算总体情况表", UNIT, "财政拨款收入 财政拨款支出"]
    cells, _ = read(*title, *lines, "收入总计 5.00 支出总计 5.00 5.00")
    assert {(cell.name, str(cell.amount)) for cell in cells if cell.code == "207"} == {
        ("文化旅游体育与传媒支出", "5.00")
    }


# --- what is found instead of guessed ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            ["206 科学技术支出 9.00 5.00 4.00", "总计 8.00 5.00 3.00"],
            "合计 is 8.00, and not 9.00 as the sum of 206 科学技术支出",
        ),
        (
            ["206 科学技术支出 9.00 5.00 3.00", "总计 9.00 5.00 4.00"],
            "206 科学技术支出: 9.00 is printed, the others of the row come to 8.00",
        ),
        (["206 科学技术支出 9.00 5.00 3.00 1.00"], "科学技术支出: more figures than columns: 9.00 5.00 3.00 1.00"),
        (
            ["206 科学技术支出 9.00 5.00", "4.", "0", TOTAL],
            "科学技术支出: figures broken over lines could not be joined",
        ),
        (
            ["206 科学技术支出 9.00 5.0", "5.00", TOTAL],
            "科学技术支出: figures broken over lines could not be joined",
        ),
        (["206 科学技术支出 9.00 5.00 4.0.0", TOTAL], "科学技术支出: '4.0.0' is not an amount"),
        (
            ["206 科学技术支出 9.00 5.00 4.00", "7 01 科学技术管理事务 9.00 5.00 4.00", TOTAL],
            "the code 701 does not fit where it stands",
        ),
        (["206 科学技术支出（ 9.00 5.00 4.00", TOTAL], "the name '科学技术支出（' has brackets that do not match"),
    ],
)
def test_a_table_that_lies_is_a_finding(rows: list[str], message: str) -> None:
    _, messages = read(*EXPENDITURE, *rows)
    assert f"部门支出总体情况表: {message}" in messages


def test_a_table_with_another_number_of_columns_is_not_guessed_at() -> None:
    cells, messages = read(*EXPENDITURE[:-1], "※ ※ ※ ※ 1 2 3 4", "206 科学技术支出 9.00 5.00 4.00")
    assert cells == []
    assert messages == ["部门支出总体情况表: 4 columns of figures are printed, 3 are known"]


def test_a_figure_joined_from_pieces_is_kept_only_if_it_adds_up() -> None:
    rows = ["206 科学技术支出 9.00 5.00 8.", "00", "合计 9.00 5.00 4.00"]
    cells, messages = read(*EXPENDITURE, *rows)
    assert [cell.name for cell in cells] == ["合计"] * 3
    assert "部门支出总体情况表: 科学技术支出: figures joined over lines do not add up: 9.00 5.00 8.00" in messages


def test_a_figure_whose_column_is_not_certain_names_the_possible_ones() -> None:
    cells, _ = read(*EXPENDITURE, "206 科学技术支出 9.00 9.00", "合计 9.00 9.00")
    assert [(cell.grade, cell.column, cell.candidates) for cell in cells[:2]] == [
        ("stated", "合计", None),
        ("ambiguous", None, ("基本支出", "项目支出")),
    ]


def test_the_text_decides_where_the_table_does_not() -> None:
    heading = ["第三部分 部门预算情况说明", "三、关于某某县科学技术局2025年支出预算情况说明"]
    text = [*heading, "项目支出 9.00万元，占100.00%。"]
    cells, _ = read(*EXPENDITURE, "206 科学技术支出 9.00 9.00", "合计 9.00 9.00", *text)
    assert [(cell.column, cell.grade, cell.how) for cell in cells[1::2]] == [
        ("项目支出", "derived", "行和＋上下级合计＋支出预算情况说明"),
    ] * 2


def test_a_nil_statement_in_place_of_rows_is_no_finding() -> None:
    cells, messages = read(
        "表 8", "政府性基金预算支出情况表", UNIT, "※ ※ ※ ※ 1 2 3 4", "合计",
        "某某县科学技术局 2025 年没有使用政府性基金预算拨款安排的支出，政府性基金预算支出", "情况表为空表。",
    )  # fmt: skip
    assert (cells, messages) == ([], [])


# --- real disclosures -------------------------------------------------------------------------------------------------


def gold(shared: Path, number: str) -> list[dict[str, str | None]]:
    return [json.loads(line) for line in (shared / "gold" / f"{number}.cells.jsonl").read_text("utf-8").splitlines()]


def printed(shared: Path, number: str) -> Document:
    path = next((shared / "corpus" / "xinjiang").glob(f"{number}_*.txt"))
    return read_text(path, path.read_bytes())


Key = tuple[str | None, ...]


def keys(rows: Iterable[dict[str, str | None]]) -> Counter[Key]:
    fields = ("table", "side", "code", "name", "project", "amount", "column")
    return Counter(tuple(row[field] if field == "column" else folded(row[field]) for field in fields) for row in rows)


def folded(text: str | None) -> str | None:
    return text and key(text)


def facts_of(source: Document) -> list[dict[str, str | None]]:
    facts = flattened_tables(source, outline(source))
    return [as_json(fact) for fact in facts if isinstance(fact, CellFact)]


def test_every_figure_of_a_flattened_disclosure_is_in_its_column(shared: Path) -> None:
    assert keys(facts_of(printed(shared, "004"))) == keys(gold(shared, "004"))


def test_a_disclosure_flattened_on_purpose_loses_no_figure_and_misplaces_none(shared: Path) -> None:
    """Only the ten economic columns of the projects, on which the text is silent, stay open."""
    found, true = facts_of(flattened(printed(shared, "002"))), gold(shared, "002")
    known = [row for row in found if row["column"]]
    assert keys(known) - keys(true) == Counter()
    assert {row["table"] for row in found if not row["column"]} == {"general_budget_project"}
    blank: dict[str, str | None] = {"column": None}
    assert keys(row | blank for row in found) == keys(row | blank for row in true)


@pytest.mark.parametrize("number", ["000", "003", "004"])
def test_flattened_disclosures_are_read_without_a_finding(shared: Path, number: str) -> None:
    source = printed(shared, number)
    facts = list(flattened_tables(source, outline(source)))
    assert [fact.message for fact in facts if isinstance(fact, Finding)] == []
    open_columns = {fact.table for fact in facts if isinstance(fact, CellFact) and fact.column is None}
    assert open_columns <= {"general_budget_project"}


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_no_figure_is_printed_that_is_not_in_the_text(shared: Path, number: str) -> None:
    source = flattened(printed(shared, number))
    lines = {line.line: "".join(line.text.split()) for line in source.lines()}
    figures = [fact for fact in flattened_tables(source, outline(source)) if isinstance(fact, CellFact)]
    assert figures
    for fact in figures:
        if "\n" not in fact.source.text:
            assert fact.source.text in lines[fact.source.line]
            assert Decimal(fact.source.text.replace(",", "")) == fact.amount


FIGURE = re.compile(r"[\d,]+\.\d\d")


def wrapped(line: Line, random: Random) -> list[Line]:
    """The line of a row with its name, and perhaps its last figure, broken over lines."""
    words = line.text.split()
    figures = list(takewhile(FIGURE.fullmatch, reversed(words)))[::-1]
    code = list(takewhile(str.isdigit, words[: len(words) - len(figures)]))
    name = " ".join(words[len(code) : len(words) - len(figures)])
    if not figures or len(name) < 4 or name.startswith(("总", "合", "20")):
        return [line]
    at = random.randint(1, len(name) - 1)
    lines = [" ".join([*code, name[:at]]), f"{name[at:]} {' '.join(figures)}"]
    if len(figures) > 1:
        broken = random.randint(1, len(figures[-1]) - 1)
        lines[1] = lines[1].removesuffix(figures[-1][broken:])
        lines.append(figures[-1][broken:])
    return [replace(line, text=text) for text in lines]


def changed(source: Document, tables: Container[str], change: Callable[[Line], list[Line]]) -> Document:
    """The document with the lines of some tables changed."""
    inside = {id(block) for section in outline(source) if section.key in tables for block in section.blocks}
    blocks = (change(block) if isinstance(block, Line) and id(block) in inside else [block] for block in source.blocks)
    return replace(source, blocks=tuple(block for group in blocks for block in group))


@pytest.mark.parametrize("seed", range(5))
def test_lines_may_be_broken_anywhere(shared: Path, seed: int) -> None:
    random = Random(seed)
    tables = ("revenue", "expenditure", "general_budget_expenditure", "general_budget_basic", "general_budget_project")
    source = changed(printed(shared, "004"), tables, lambda line: wrapped(line, random))
    assert keys(facts_of(source)) == keys(gold(shared, "004"))


def misprinted(source: Document, random: Random) -> Document:
    """The document with one error in a table: a wrong digit, a figure or a row lost, two decimal points."""
    rows = [
        line
        for section in outline(source)
        if section.kind == "table"
        for line in section.lines()
        if FIGURE.fullmatch(line.text.split()[-1])
    ]
    row = random.choice(rows)
    *words, last = row.text.split()
    wrong = random.choice([[last[:-1] + str(9 - int(last[-1]))], [], [last.replace(".", ".0.")], None])
    lines = [] if wrong is None else [replace(row, text=" ".join([*words, *wrong]))]
    return replace(source, blocks=tuple(b for block in source.blocks for b in (lines if block is row else [block])))


@pytest.mark.parametrize("number", ["002", "004"])
@pytest.mark.parametrize("seed", range(12))
def test_an_error_in_a_table_never_puts_a_figure_in_a_wrong_column(shared: Path, number: str, seed: int) -> None:
    source = misprinted(flattened(printed(shared, number)), Random(seed))
    without_column = [{**row, "column": None} for row in gold(shared, number)]
    placed_there = [row for row in facts_of(source) if row["column"]]
    intact = [row for row in placed_there if keys([{**row, "column": None}]) <= keys(without_column)]
    assert {*keys(intact)} <= {*keys(gold(shared, number))}


NATIONAL_REVENUE = """
    部门收入总表
    单位：万元
    科目编码 科目名称 合计 上年结转 一般公共预算拨款收入 事业收入 事业单位经营收入 其他收入 使用非财政拨款结余
    201 一般公共服务支出 900.00 50.00 750.00 100.00
    合计 900.00 50.00 750.00 100.00
"""


def test_figures_under_headings_of_another_family_stand_in_its_columns_as_far_as_they_are_certain() -> None:
    cells, _ = read(*NATIONAL_REVENUE.split("\n"))
    assert [(cell.name, str(cell.amount)) for cell in cells if cell.column == "总计"] == [
        ("一般公共服务支出", "900.00"),
        ("合计", "900.00"),
    ]
    assert {cell.column for cell in cells} == {"总计", None}
    assert [cell.candidates for cell in cells if str(cell.amount) == "50.00"] == [
        ("上年结转结余", "一般公共预算", "事业收入", "事业单位经营收入")
    ] * 2


def test_the_columns_that_a_table_prints_on_one_line_are_those_that_its_rows_fill() -> None:
    printed = """
        部门支出总表
        单位：万元
        科目编码 科目名称 合计 项目支出 经营支出
        201 一般公共服务支出 9.00 5.00 4.00
        20101 人大事务 9.00 5.00 4.00
        合计 9.00 5.00 4.00
    """
    cells, findings = read(*printed.split("\n"))
    assert findings == []
    assert [(cell.column, str(cell.amount)) for cell in cells[:3]] == [
        ("合计", "9.00"),
        ("项目支出", "5.00"),
        ("经营支出", "4.00"),
    ]
    assert {cell.grade for cell in cells} == {"stated"}  # no cell of a row is blank


@pytest.mark.parametrize("heading", ["其他资金", "上年预算数 上年结转", "一般公共预算拨款收入"])
def test_figures_under_a_heading_that_is_not_known_or_comes_twice_are_not_placed(heading: str) -> None:
    printed = NATIONAL_REVENUE.replace("其他收入", heading)
    cells, findings = read(*printed.split("\n"))
    assert cells == []
    assert any("not those of a known form" in finding for finding in findings)


def test_a_table_under_a_title_that_is_not_known_is_no_part_of_the_one_before() -> None:
    strange = ("某项资金安排明细表", "单位：万元", "201 一般公共服务支出 7.00 7.00")
    cells, findings = read(*EXPENDITURE, "206 科学技术支出 12.00 12.00", "总计 12.00 12.00", *strange)
    assert {str(cell.amount) for cell in cells} == {"12.00"}
    assert "某项资金安排明细表: a table under a title that is not known" in findings


def test_a_row_that_swallowed_whole_figures_of_others_is_not_placed() -> None:
    yuan = ("部门支出总体情况表", "编制部门：某局 单位：元", "科目名称 合计 基本支出 项目支出")
    cells, findings = read(*yuan, "204 公共安全支出 1,252,300 0 1,252,300 206 科学技术支出 3,120 3,120 0")
    assert cells == []
    assert any("could not be joined" in finding for finding in findings)


FUND_ROWS = """
    229 其他支出 12.00 4.00 8.00
    22960 彩票公益金安排的支出 12.00 4.00 8.00
    2296003 用于体育事业的彩票公益金支出 12.00 4.00 8.00
    2296006 用于残疾人事业的彩票公益金支出 30.00 30.00
    合计 42.00 4.00 38.00
"""


@pytest.mark.parametrize(
    "headings",
    [
        "科目编码 科目名称 本年政府性基金预算支出\n合计 基本支出 项目支出",
        "功能分类科目 本年政府性基金预算支出\n科目编码 科目名称 合计 基本支出 项目支出",
    ],
)
def test_one_heading_over_those_of_the_columns_may_stand_on_a_line_of_its_own(headings: str) -> None:
    rows = FUND_ROWS.replace("12.00 4.00 8.00", "42.00 4.00 38.00", 2)
    cells, findings = read("政府性基金预算支出表", "单位：万元", *headings.split("\n"), *rows.split("\n"))
    assert findings == []
    assert [(cell.code, cell.column, str(cell.amount)) for cell in cells[3:10]] == [
        ("22960", "合计", "42.00"),
        ("22960", "基本支出", "4.00"),
        ("22960", "项目支出", "38.00"),
        ("2296003", "合计", "12.00"),
        ("2296003", "基本支出", "4.00"),
        ("2296003", "项目支出", "8.00"),
        ("2296006", "合计", "30.00"),
    ]
    assert [(cell.column, str(cell.amount)) for cell in cells[10:11]] == [("项目支出", "30.00")]


@pytest.mark.parametrize(
    "headings",
    [
        "科目编码 科目名称 2024年政府性基金支出\n合计 基本支出 项目支出",
        "科目编码 科目名称 本年收入 本年支出\n合计 基本支出 项目支出",
        "科目编码 科目名称 本年政府性基金预算支出\n合计 人员 项目支出",
    ],
)
def test_headings_of_two_lines_that_are_not_known_or_of_another_year_place_nothing(headings: str) -> None:
    cells, findings = read("政府性基金预算支出表", "单位：万元", *headings.split("\n"), *FUND_ROWS.split("\n"))
    assert cells == []
    assert any("not those of a known form" in finding for finding in findings)
