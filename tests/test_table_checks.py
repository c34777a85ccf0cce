"""Sums of budget tables: what is checked, what is within rounding, what says nothing."""

from decimal import Decimal
from pathlib import Path

import pytest

from extract.flattened.budget_tables import flattened_tables
from extract.outline import outline
from extract.readers import read
from extract.tables.budget_tables import budget_tables
from extract.tables.checks import checks, sums_that_fail
from ontology.facts import CellFact, Side, Source

Printed = tuple[str | None, str, str | None, str | None, str]  # code, name, project, column, amount


def cells_of(*rows: Printed, table: str = "expenditure", side: Side | None = None) -> list[CellFact]:
    labels = list(dict.fromkeys(row[:3] for row in rows))
    return [
        CellFact(
            source=Source("a.txt", "0", row=labels.index((code, name, project)) + 1),
            table=table,
            side=side,
            code=code,
            name=name,
            project=project,
            path=None if code else tuple(name.split("/")),
            column=column,
            amount=Decimal(amount),
            unit="万元",
            table_title="某表",
        )
        for code, name, project, column, amount in rows
    ]


def failing(*rows: Printed, family: str = "xinjiang", table: str = "expenditure") -> list[str]:
    return [finding.message for finding in sums_that_fail([cells_of(*rows, table=table)], family)]


ONE_OF_EACH = (
    ("201", "甲", None, "合计", "8.00"),
    ("20101", "乙", None, "合计", "8.00"),
    ("2010101", "丙", None, "合计", "5.00"),
    ("2010102", "丁", None, "合计", "3.00"),
    (None, "合计", None, "合计", "8.00"),
)


def test_classes_groups_and_items_add_up() -> None:
    found = list(checks(cells_of(*ONE_OF_EACH), "xinjiang"))
    assert [(check.total.name, check.parts) for check in found] == [
        ("甲", (Decimal("8.00"),)),
        ("乙", (Decimal("5.00"), Decimal("3.00"))),
        ("合计", (Decimal("8.00"),)),
    ]
    assert all(check.holds for check in found)


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("3.01", None),
        ("3.02", "某表: 20101 乙, 合计: 8.00 is printed, the sum of the rows under it gives 8.02"),
        ("2.00", "某表: 20101 乙, 合计: 8.00 is printed, the sum of the rows under it gives 7.00"),
    ],
)
def test_what_is_beyond_rounding_is_a_finding_with_both_figures(item: str, message: str | None) -> None:
    rows = (*ONE_OF_EACH[:3], ("2010102", "丁", None, "合计", item), ONE_OF_EACH[4])
    assert failing(*rows) == ([message] if message else [])


def test_a_whole_number_beside_decimals_widens_nothing() -> None:
    rows: tuple[Printed, ...] = (
        (None, "合计", None, "合计", "5.40"),
        (None, "合计", None, "基本支出", "5.00"),
        (None, "合计", None, "项目支出", "0"),
    )
    assert failing(*rows) == ["某表: 合计, 合计: 5.40 is printed, 合计 = 基本支出 + 项目支出 gives 5.00"]


@pytest.mark.parametrize(
    "rows",
    [
        (("201", "甲", None, "合计", "8.00"), ("201", "甲", None, None, "5.00")),  # a column that is not certain
        ((None, "合计", None, "合计", "8.00"),),  # no part is printed
        ((None, "合计", None, "基本支出", "8.00"), (None, "合计", None, "项目支出", "8.00")),  # no total is printed
        (
            ("201", "甲", None, "合计", "8.00"),
            (None, "其他", None, "合计", "1.00"),
            (None, "合计", None, "合计", "2.00"),
        ),
    ],
)
def test_what_cannot_be_checked_says_nothing(rows: tuple[Printed, ...]) -> None:
    assert list(checks(cells_of(*rows), "xinjiang")) == []


def test_a_sum_that_fails_in_a_part_may_hold_over_all_parts_of_a_table() -> None:
    first, second = cells_of(*ONE_OF_EACH[:3]), cells_of(*ONE_OF_EACH[3:])
    assert len(list(sums_that_fail([first], "xinjiang"))) == 1
    assert list(sums_that_fail([first, second], "xinjiang")) == []


def test_projects_lie_in_subjects_and_subjects_in_bodies() -> None:
    rows: tuple[Printed, ...] = (
        (None, "合计", None, "项目支出合计", "7.00"),
        (None, "某局", None, "项目支出合计", "4.00"),
        ("201", "甲", None, "项目支出合计", "4.00"),
        ("2010101", "乙", "某项目", "项目支出合计", "3.00"),
        ("2010101", "乙", "另一项目", "项目支出合计", "1.00"),
        (None, "某所", None, "项目支出合计", "3.00"),
        ("201", "甲", None, "项目支出合计", "3.00"),
    )
    found = list(checks(cells_of(*rows, table="general_budget_project"), "xinjiang"))
    assert [(check.total.name, [str(part) for part in check.parts]) for check in found] == [
        ("甲", ["3.00", "1.00"]),
        ("某局", ["4.00"]),
        ("某所", ["3.00"]),
        ("合计", ["4.00", "3.00"]),
    ]


def test_a_subtotal_among_coded_rows_is_no_body() -> None:
    rows: tuple[Printed, ...] = (
        ("301", "甲", None, "合计", "4.00"),
        (None, "人员经费合计", None, "合计", "4.00"),
        ("302", "乙", None, "合计", "3.00"),
        (None, "合计", None, "合计", "9.00"),
    )
    assert failing(*rows, table="general_budget_basic") == []


def test_sums_of_named_rows_and_of_chains_come_from_the_form() -> None:
    rows: tuple[Printed, ...] = (
        (None, "财政拨款", None, "预算数", "5.00"),
        (None, "财政拨款/一般公共预算", None, "预算数", "4.00"),
        (None, "其他资金", None, "预算数", "1.00"),
        (None, "当年收入小计", None, "预算数", "6.00"),
        (None, "合计", None, "预算数", "6.00"),
    )
    cells = cells_of(*rows, table="revenue_expenditure_overview", side="收入")
    assert [(check.says, check.holds) for check in checks(cells, "jiangsu")] == [
        ("财政拨款 = 财政拨款/.+", False),
        ("当年收入小计 = 财政拨款 + 财政专户管理资金 + 其他资金", True),
        ("合计 = 当年收入小计 + 上年结转[^/]*资金", True),
    ]


def test_nested_rows_add_up_to_the_nearest_row_over_them() -> None:
    rows: tuple[Printed, ...] = (
        (None, "合计", None, "合计", "6.00"),
        (None, "货物", None, "合计", "4.00"),
        (None, "货物/某项目/设备", None, "合计", "4.00"),
        (None, "货物/某项目/设备/桌", None, "合计", "3.00"),
        (None, "服务", None, "合计", "2.00"),
    )
    found = checks(cells_of(*rows, table="government_procurement"), "jiangsu")
    assert [(check.total.name, check.holds) for check in found] == [
        ("合计", True),
        ("货物", True),
        ("货物/某项目/设备", False),
    ]


@pytest.mark.parametrize(
    ("number", "failed"),
    # the text of 001 lacks the last rows of this table
    [("000", set()), ("001", {("revenue", "合计")}), ("002", set()), ("003", set()), ("004", set())],
)
def test_the_five_texts_add_up(shared: Path, number: str, failed: set[tuple[str, str]]) -> None:
    (path,) = (shared / "corpus/xinjiang").glob(f"{number}_*.txt")
    document = read(path)
    sections = outline(document)
    facts = [*budget_tables(document, sections), *flattened_tables(document, sections)]
    cells = [fact for fact in facts if isinstance(fact, CellFact)]
    found = [
        check
        for table in dict.fromkeys(cell.table for cell in cells)
        for check in checks([cell for cell in cells if cell.table == table], "xinjiang")
    ]
    assert len(found) > 100
    assert {(check.total.table, check.total.name) for check in found if not check.holds} == failed
