"""Which figures are additive: in every table they add up to its printed total, however it is built or cut."""

from decimal import Decimal

import pytest
from kg_documents import NAMES, facts_of

from kg.additive import balanced, finest_cells, partition
from kg.rows import body_names, containers, is_total, rows, tables
from ontology.facts import CellFact, Source

SOURCE = Source("a.txt", "0" * 64, text="")


def cell(
    name: str, column: str, amount: str, *, code: str | None = None, project: str | None = None,
    path: tuple[str, ...] | None = None, table: str = "expenditure",
) -> CellFact:  # fmt: skip
    return CellFact(
        source=SOURCE, table=table, name=name, column=column, amount=Decimal(amount), unit="万元", code=code,
        project=project, path=path, side="收入" if path else None,
    )  # fmt: skip


def additive(cells: list[CellFact]) -> list[tuple[str, str | None, Decimal]]:
    found = []
    for table in tables(rows(cells)):
        parts = partition(table, containers(table, body_names(table, "某局")))
        found += [
            (fact.name, fact.column, fact.amount) for at in sorted(parts.finest) for fact in finest_cells(table[at])
        ]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_in_every_view_the_additive_figures_add_up_to_the_printed_total(name: str) -> None:
    facts = facts_of(name)
    all_rows = rows(fact for fact in facts if isinstance(fact, CellFact))
    for table in tables(all_rows):
        parts = partition(table, containers(table, body_names(all_rows, facts[0].agency)))  # type: ignore[attr-defined]
        found = [fact.amount for at in parts.finest for fact in finest_cells(table[at])]
        printed = next(row.total.amount for row in table if is_total(row) and row.total)
        assert balanced(printed, found), table[0].table


def test_a_row_and_its_own_parts_are_never_both_additive() -> None:
    cells = [
        cell("合计", "合计", "10.00"),
        cell("一般公共服务支出", "合计", "10.00", code="201"),
        cell("商贸事务", "合计", "10.00", code="20113"),
        cell("招商引资", "合计", "4.00", code="2011308"),
        cell("行政运行", "合计", "6.00", code="2011301"),
    ]
    assert {name for name, *_ in additive(cells)} == {"招商引资", "行政运行"}


def test_a_total_whose_own_figure_could_not_be_read_is_not_added_to_its_parts() -> None:
    cells = [
        cell("合计", "财政拨款小计", "10.00", table="carryover"),
        cell("科技计划", "合计", "10.00", table="carryover"),
        cell("科技计划", "财政拨款小计", "10.00", table="carryover"),
    ]
    assert additive(cells) == [("科技计划", "财政拨款小计", Decimal("10.00"))]


def test_parts_that_do_not_add_up_leave_the_whole_to_stand_for_itself() -> None:
    cells = [
        cell("合计", "合计", "15.00"),
        cell("一般公共服务支出", "合计", "10.00", code="201"),
        cell("招商引资", "合计", "4.00", code="2011308"),
        cell("卫生健康支出", "合计", "5.00", code="210"),
    ]
    assert {name for name, *_ in additive(cells)} == {"一般公共服务支出", "卫生健康支出"}


def test_a_table_whose_rows_are_cut_off_counts_by_its_total() -> None:
    cells = [cell("合计", "合计", "1795.47"), cell("一般公共服务支出", "合计", "1150.20", code="201")]
    assert additive(cells) == [("合计", "合计", Decimal("1795.47"))]


def test_columns_that_make_up_the_total_are_counted_instead_of_it() -> None:
    cells = [cell("招商引资", "合计", "10.00", code="2011308"), cell("招商引资", "基本支出", "10.00", code="2011308")]
    assert additive(cells) == [("招商引资", "基本支出", Decimal("10.00"))]


def test_a_column_that_is_missing_leaves_the_total_column() -> None:
    cells = [cell("招商引资", "合计", "10.00", code="2011308"), cell("招商引资", "基本支出", "3.00", code="2011308")]
    assert additive(cells) == [("招商引资", "合计", Decimal("10.00"))]


def test_an_of_which_row_is_not_counted_beside_its_whole() -> None:
    table = "revenue_expenditure_overview"
    cells = [
        cell("本年收入", "预算数", "10.00", path=("本年收入",), table=table),
        cell("单位资金", "预算数", "3.00", path=("本年收入", "单位资金"), table=table),
        cell("合计", "预算数", "10.00", path=("合计",), table=table),
    ]
    assert additive(cells) == [("本年收入", "预算数", Decimal("10.00"))]


def test_the_three_public_costs_have_a_subtotal_of_their_own_beside_meetings_and_training() -> None:
    amounts = {
        "合计": "10.00", "“三公”经费小计": "6.00", "因公出国（境）费": "1.00", "公务用车购置及运行费": "3.00",
        "公务用车购置费": "0", "公务用车运行费": "3.00", "公务接待费": "2.00", "会议费": "3.00", "培训费": "1.00",
    }  # fmt: skip
    found = additive([cell(name, "合计", amount, table="three_public") for name, amount in amounts.items()])
    assert [name for name, *_ in found] == [
        "因公出国（境）费", "公务用车购置费", "公务用车运行费", "公务接待费", "会议费", "培训费",
    ]  # fmt: skip


def test_income_of_institutions_is_counted_beside_the_fiscal_appropriation() -> None:
    amounts = {"总计": "10.00", "财政拨款小计": "6.00", "事业收入": "3.00", "其他收入": "1.00"}
    cells = [cell("合计", column, amount, table="revenue") for column, amount in amounts.items()]
    assert [column for _, column, _ in additive(cells)] == ["财政拨款小计", "事业收入", "其他收入"]


def test_two_lines_of_one_project_are_two_rows() -> None:
    table, column = "general_budget_project", "项目支出合计"
    cells = [
        cell("合计", column, "79.99", table=table),
        cell("某局", column, "79.99", table=table),
        cell("招商引资", column, "76.96", code="2011308", project="招商引资经费", table=table),
        cell("招商引资", column, "3.03", code="2011308", project="招商引资经费", table=table),
    ]
    assert [amount for *_, amount in additive(cells)] == [Decimal("76.96"), Decimal("3.03")]


def test_columns_of_an_unknown_table_are_additive_only_where_they_make_up_its_total() -> None:
    unknown = "some_other_table"
    whole = [
        cell("某项", column, amount, code="201", table=unknown)
        for column, amount in (("合计", "9"), ("甲", "4"), ("乙", "5"))
    ]
    open_ = [cell("某项", column, amount, code="201", table=unknown) for column, amount in (("甲", "4"), ("乙", "5"))]
    assert [column for _, column, _ in additive(whole)] == ["甲", "乙"]
    assert additive(open_) == []


@pytest.mark.parametrize(
    ("total", "parts", "fits"),
    [
        ("29.83", ["23.11", "6.73"], True),
        ("29.83", ["23.11", "6.75"], False),
        ("10.00", ["10.00"], True),
        ("10.00", ["10.02"], False),
    ],
)
def test_rounding_is_half_a_printed_unit_for_every_figure(total: str, parts: list[str], fits: bool) -> None:
    assert balanced(Decimal(total), [Decimal(part) for part in parts]) is fits
