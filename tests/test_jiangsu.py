"""Disclosures of Jiangsu's departments, 2017 to 2019: outline, tables, sums, year-on-year sentences, silences."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from extract.document import Cell, Document, Line, Table
from extract.narrative.absences import absences
from extract.narrative.changes import changes
from extract.narrative.document_fact import document_fact
from extract.outline import outline
from extract.plain_text import read_text
from extract.readers import read
from extract.tables.budget_tables import TableFact, budget_tables, read_tables
from extract.tables.checks import checks
from extract.titles import is_unknown_title
from ontology.facts import CellFact, ChangeFact, Finding, NilFact
from ontology.money import amount, is_amount
from ontology.text import tight

TABLES = {
    "revenue_expenditure_overview",
    "revenue",
    "expenditure",
    "fiscal_appropriation_overview",
    "fiscal_appropriation_expenditure",
    "fiscal_appropriation_basic",
    "general_budget_expenditure",
    "general_budget_basic",
    "three_public",
    "government_fund",
    "operating_expenses",
    "government_procurement",
}
# The part of a file's name that tells it → the body and year of its tables in the CSV files beside the PDFs.
WITH_TABLES = {
    "江苏省人大办公厅2017年度预算公开": ("江苏省人大办公厅", 2017),
    "省人大办公厅2018预算公开": ("江苏省人大办公厅", 2018),
    "江苏省人大常委会办公厅2019年部门预算公开表": ("江苏省人大办公厅", 2019),
    "江苏省委办公厅2017年预算公开表格": ("江苏省委办公厅", 2017),
    "江苏省委办公厅2018年度部门预算公开表": ("江苏省委办公厅", 2018),
    "江苏省委办公厅2019年度部门预算公开表格": ("江苏省委办公厅", 2019),
}
# … → how many comparisons with the year before its text holds
WITH_TEXT = {
    "江苏省人大办公厅2017年度预算公开": 21,
    "省人大办公厅2018预算公开": 36,
    "江苏省人大常委会2019年度部门预算公开": 37,
    "江苏省委办公厅2017年部门预算": 24,
    "江苏省委办公厅2018年度部门预算公开文件": 28,
    "江苏省委办公厅2019年度部门预算公开文件": 30,
}


def document_of(*lines: str, file: str = "a.txt") -> Document:
    return read_text(Path(file), "\n".join(lines).encode())


def changes_of(*lines: str) -> list[ChangeFact | Finding]:
    document = document_of(*lines)
    return list(changes(document, outline(document)))


def real(shared: Path, name: str) -> Document:
    (path,) = (shared / "corpus/jiangsu").glob(f"*_{name}.pdf")
    return read(path)


def table_of(rows: list[str], *spans: tuple[int, int, int, int]) -> Table:
    """A table drawn as text, cells parted by `|`; `spans` are row, column, rows and columns of merged cells."""
    merged = {(row, column): (down, across) for row, column, down, across in spans}
    covered = {
        (row + down, column + across)
        for (row, column), (rows_, columns_) in merged.items()
        for down in range(rows_)
        for across in range(columns_)
    } - set(merged)
    cells = tuple(
        Cell(row, column, text.strip(), *merged.get((row, column), (1, 1)), page=1, bbox=(column, row, column, row))
        for row, line in enumerate(rows)
        for column, text in enumerate(line.split("|"))
        if (row, column) not in covered
    )
    return Table(cells, page=1)


def facts_of(title: str, table: Table) -> list[TableFact]:
    document = Document("a.pdf", "0", (Line(title, page=1), Line("部门：江苏省某厅 单位：万元", page=1), table))
    return list(budget_tables(document, outline(document)))


def cells_of(title: str, table: Table) -> list[CellFact]:
    found = facts_of(title, table)
    assert not [fact.message for fact in found if isinstance(fact, Finding)]
    return [fact for fact in found if isinstance(fact, CellFact)]


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
        ("财政拨款支出预算表（功能科目）", "table", "fiscal_appropriation_expenditure"),
        ("公开08表 一般公共预算基本支出预算表（经济科目）", "table", "general_budget_basic"),
        ("政府性基金预算财政拨款支出预算表", "table", "government_fund"),
        ("“三公”经费、会议费、培训费支出预算表", "table", "three_public"),
        ("2018年政府采购预算表", "table", "government_procurement"),
    ],
)
def test_headings_and_titles_of_all_years_are_known(printed: str, kind: str, key: str) -> None:
    section = outline(document_of(printed, "文字"))[-1]
    assert (section.kind, section.key) == (kind, key)


# ---- tables


def test_the_overview_has_income_functions_and_uses_side_by_side() -> None:
    table = table_of(
        [
            "收入||支出|||",
            "项目名称|金额|功能分类||支出用途|",
            "||功能科目名称|金额|项目名称|金额",
            "一、财政拨款|7.00|一、一般公共服务支出|6.00|一、基本支出|5.00",
            "1.一般公共预算|7.00|二、外交支出||二、项目支出|2.00",
            "二、其他资金|1.00|二十一、其他支出|2.00|三、单位预留机动经费|1.00",
            "当年收入小计|8.00|当年支出小计|||8.00",
            "收入合计|8.00|支出合计|||8.00",
        ],
        *(
            (0, 0, 1, 2),
            (0, 2, 1, 4),
            (1, 0, 2, 1),
            (1, 1, 2, 1),
            (1, 2, 1, 2),
            (1, 4, 1, 2),
            (6, 2, 1, 3),
            (7, 2, 1, 3),
        ),
    )
    cells = cells_of("收支预算总表", table)
    assert {cell.column for cell in cells} == {"预算数"}
    assert [(cell.side, cell.name, str(cell.amount)) for cell in cells] == [
        ("收入", "财政拨款", "7.00"),
        ("收入", "一般公共预算", "7.00"),
        ("收入", "其他资金", "1.00"),
        ("收入", "当年收入小计", "8.00"),
        ("收入", "合计", "8.00"),
        ("支出", "一般公共服务支出", "6.00"),
        ("支出", "其他支出", "2.00"),
        ("支出", "基本支出", "5.00"),
        ("支出", "项目支出", "2.00"),
        ("支出", "单位预留机动经费", "1.00"),
        ("支出", "当年支出小计", "8.00"),
        ("支出", "合计", "8.00"),
    ]
    assert [cell.path for cell in cells if cell.side == "收入"] == [
        ("财政拨款",),
        ("财政拨款", "一般公共预算"),
        ("其他资金",),
        ("当年收入小计",),
        ("合计",),
    ]


def test_sources_of_income_have_two_levels_of_names() -> None:
    rows = [
        *("项目名称||金额", "收入总计||9.00", "一般公共预算资金|小计|8.00", "|公共财政拨款(补助)资金|8.00"),
        *("政府性基金|小计|", "其他资金|小计|1.00", "|其他收入|1.00"),
    ]
    cells = cells_of("收入预算总表", table_of(rows, (1, 0, 1, 2), (2, 0, 2, 1), (5, 0, 2, 1)))
    assert [(cell.name, cell.path, cell.column, str(cell.amount)) for cell in cells] == [
        ("合计", ("合计",), "总计", "9.00"),
        ("一般公共预算资金小计", ("一般公共预算资金",), "总计", "8.00"),
        ("公共财政拨款(补助)资金", ("一般公共预算资金", "公共财政拨款(补助)资金"), "总计", "8.00"),
        ("其他资金小计", ("其他资金",), "总计", "1.00"),
        ("其他收入", ("其他资金", "其他收入"), "总计", "1.00"),
    ]


def test_a_row_without_a_column_of_names_is_the_total() -> None:
    rows = ["合计|基本支出|项目支出|单位预留机动经费|结转下年资金", "6.00|3.00|2.00|1.00|"]
    cells = cells_of("支出预算总表", table_of(rows))
    assert [(cell.name, cell.column, str(cell.amount)) for cell in cells] == [
        ("合计", "合计", "6.00"),
        ("合计", "基本支出", "3.00"),
        ("合计", "项目支出", "2.00"),
        ("合计", "单位预留机动经费", "1.00"),
    ]


@pytest.mark.parametrize("total", ["合计||5.00", "|合计|5.00"])
def test_codes_are_printed_whole_and_the_total_may_be_merged_over_them(total: str) -> None:
    rows = [
        "功能科目编码|功能科目名称|金额",
        total,
        "201|一般公共服务支出|5.00",
        "20101|人大事务|5.00",
        "2010101|行政运行|5.00",
    ]
    spans = [(1, 0, 1, 2)] if total.startswith("合计") else []
    cells = cells_of("公开05表 财政拨款支出预算表（功能科目）", table_of(rows, *spans))
    assert [(cell.code, cell.name, cell.column) for cell in cells] == [
        (None, "合计", "合计"),
        ("201", "一般公共服务支出", "合计"),
        ("20101", "人大事务", "合计"),
        ("2010101", "行政运行", "合计"),
    ]


def test_overseas_travel_vehicles_receptions_meetings_and_training_are_rows_of_one_table() -> None:
    rows = [
        "合计|“三公”经费||||||会议费|培训费",
        "|小计|因公出国（境）费|公务用车购置及运行维护费|||公务接待费||",
        "|||小计|公务用车购置费|公务用车运行维护费|||",
        "10.00|6.00|1.00|3.00|0|3.00|2.00|3.00|1.00",
    ]
    spans = [
        (0, 0, 3, 1),
        (0, 1, 1, 6),
        (0, 7, 3, 1),
        (0, 8, 3, 1),
        (1, 1, 2, 1),
        (1, 2, 2, 1),
        (1, 3, 1, 3),
        (1, 6, 2, 1),
    ]
    cells = cells_of("“三公”经费、会议费、培训费支出预算表", table_of(rows, *spans))
    assert [(cell.name, str(cell.amount)) for cell in cells] == [
        ("合计", "10.00"),
        ("“三公”经费小计", "6.00"),
        ("因公出国（境）费", "1.00"),
        ("公务用车购置及运行费", "3.00"),
        ("公务用车购置费", "0"),
        ("公务用车运行费", "3.00"),
        ("公务接待费", "2.00"),
        ("会议费", "3.00"),
        ("培训费", "1.00"),
    ]
    assert {cell.column for cell in cells} == {"合计"}


def test_what_is_procured_stands_under_category_project_and_economic_subject() -> None:
    rows = [
        "采购品目大类|专项名称|经济科目|采购物品名称|采购组织形式|总计",
        *("合计|||||8.00", "一、货物A|||||5.00", "|办公设备购置费|办公设备购置|||5.00"),
        *("|||台式计算机|分散自行组织|3.00", "|||家具用具|分散自行组织|2.00"),
        *("三、服务C|||||3.00", "|商品和服务支出|会议费|||1.00", "|||会议服务|分散自行组织|1.00"),
        *("||培训费|||2.00", "|||会议服务|分散自行组织|2.00"),
    ]
    cells = cells_of("2018年政府采购预算表", table_of(rows, (4, 0, 2, 1), (4, 1, 2, 1), (4, 2, 2, 1)))
    assert [(cell.name, cell.project, str(cell.amount)) for cell in cells] == [
        ("合计", None, "8.00"),
        ("货物A", None, "5.00"),
        ("办公设备购置", "办公设备购置费", "5.00"),
        ("台式计算机", "办公设备购置费", "3.00"),
        ("家具用具", "办公设备购置费", "2.00"),
        ("服务C", None, "3.00"),
        ("会议费", "商品和服务支出", "1.00"),
        ("会议服务", "商品和服务支出", "1.00"),
        ("培训费", "商品和服务支出", "2.00"),
        ("会议服务", "商品和服务支出", "2.00"),
    ]
    assert cells[-1].path == ("服务C", "商品和服务支出", "培训费", "会议服务")


def test_names_hold_on_over_the_parts_of_a_table() -> None:
    heading = "采购品目大类|专项名称|经济科目|采购物品名称|采购组织形式|总计"
    first = table_of([heading, "合计|||||5.00", "一、货物A|||||5.00", "|某专项|办公设备购置|||5.00"])
    second = table_of([heading, "|||台式计算机||5.00"])
    lines = (Line("2018年政府采购预算表", page=1), Line("单位：万元", page=1))
    document = Document("a.pdf", "0", (*lines, first, second))
    *_, last = budget_tables(document, outline(document))
    assert isinstance(last, CellFact)
    assert last.path == ("货物A", "某专项", "办公设备购置", "台式计算机")


def test_a_table_below_an_unknown_title_is_not_taken_for_the_one_before() -> None:
    table = table_of(["功能科目编码|功能科目名称|金额", "|合计|5.00"])
    blocks = (
        Line("财政拨款支出预算表", page=1),
        Line("单位：万元", page=1),
        table,
        Line("某项资金安排明细表", page=2),
        table,
    )
    document = Document("a.pdf", "0", blocks)
    facts = list(budget_tables(document, outline(document)))
    assert len([fact for fact in facts if isinstance(fact, CellFact)]) == 1
    assert [fact.message for fact in facts if isinstance(fact, Finding)] == [
        "某项资金安排明细表: a table under a title that is not known"
    ]


@pytest.mark.parametrize(
    "line", ["收支预算总表（续表）", "公开02表", "公开表二", "部门：某厅 单位：万元", "注：见某表。", "以下为空"]
)
def test_other_lines_between_tables_are_no_titles(line: str) -> None:
    assert not is_unknown_title(line)


@pytest.mark.parametrize("name", WITH_TABLES)
def test_every_table_is_recognised_and_every_figure_read_once(shared: Path, name: str) -> None:
    document = real(shared, name)
    sections = [section for section in outline(document) if section.kind == "table"]
    assert sorted(str(section.key) for section in sections) == sorted(TABLES)
    facts = list(budget_tables(document, outline(document)))
    assert not [fact.message for fact in facts if isinstance(fact, Finding)]
    read_ = sorted((fact.source.page, fact.source.bbox) for fact in facts if isinstance(fact, CellFact))
    assert read_ == sorted((cell.page, cell.bbox) for cell in figures(document))
    assert not [finding.message for finding in document.findings]


def figures(document: Document) -> Iterator[Cell]:
    """The cells that hold amounts: figures with decimals, and a lone 0."""
    for table in document.tables():
        yield from (
            cell for cell in table.cells if is_amount(text := tight(cell.text)) and ("." in text or text == "0")
        )


@pytest.mark.parametrize("name", WITH_TABLES)
def test_every_total_is_the_sum_of_its_parts(shared: Path, name: str) -> None:
    document = real(shared, name)
    tables = list(read_tables(document, outline(document)))
    assert tables
    for table in tables:
        found = list(checks(table.cells, str(table.family)))
        assert bool(found) == (table.section.key != "government_fund"), f"{table.section.key}: nothing to check"
        assert not [(check.total.name, check.says) for check in found if not check.holds]


@pytest.mark.parametrize("name", WITH_TABLES)
def test_the_overview_agrees_with_the_data_published_beside_it(shared: Path, name: str) -> None:
    body, year = WITH_TABLES[name]
    document = real(shared, name)
    cells = [fact for fact in budget_tables(document, outline(document)) if isinstance(fact, CellFact)]
    overview = {
        f"{cell.side}{cell.name}" if cell.name == "合计" else cell.name: cell.amount
        for cell in cells
        if cell.table == "revenue_expenditure_overview"
    }
    with (shared / f"corpus/jiangsu/{body}_收支预算总表.csv").open(encoding="utf-8-sig") as file:
        (row,) = (row for row in csv.DictReader(file) if row[""].startswith(str(year)))
    published: dict[str, Decimal] = {column: amount(value) for column, value in row.items() if column and value}
    assert overview == published


@pytest.mark.parametrize(("name", "comparisons"), WITH_TEXT.items())
def test_every_comparison_of_the_text_is_read(shared: Path, name: str, comparisons: int) -> None:
    document = real(shared, name)
    facts = list(changes(document, outline(document)))
    found = [fact for fact in facts if isinstance(fact, ChangeFact)]
    assert len(found) == comparisons
    assert not [fact.subject for fact in found if len(fact.subject) > 20]
    doubts = {fact.message.rpartition(": ")[2] for fact in facts if isinstance(fact, Finding)}
    left_open = {f"the template's choice 增加（{word}） is left open" for word in ("减少", "降低")}
    assert doubts <= left_open | {"the amount is not printed"}


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


@pytest.mark.parametrize(
    ("sentence", "direction", "reason"),
    [
        ("1．因公出国（境）费预算支出5万元，本年数大于上年预算数的主要原因是任务增多。", "大于", "任务增多"),
        ("1．因公出国（境）费预算支出5万元，本年数大于（小于）上年预算数的主要原因无。", "大于（小于）", "无"),
        ("1．因公出国（境）费预算支出5万元，比上年预算增加1万元的主要原因是任务增多。", "增加", "任务增多"),
    ],
)
def test_the_reason_may_follow_without_a_stop(sentence: str, direction: str, reason: str) -> None:
    fact, *findings = changes_of("九、一般公共预算“三公”经费、会议费、培训费支出预算情况说明", sentence)
    assert isinstance(fact, ChangeFact)
    assert (fact.subject, fact.direction, fact.reason) == ("因公出国（境）费", direction, reason)
    assert bool(findings) == ("（" in direction)


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
