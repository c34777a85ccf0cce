"""Placing figures by budget identities: what is certain, what stays open, what is contradicted."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.identities.solver import ColumnSum, Conflict, Known, Problem, Row, place

EXPENDITURE = ("合计", "基本支出", "项目支出")
BY_KIND = (ColumnSum("合计", ("基本支出", "项目支出")),)
REVENUE = (
    *("总计", "小计", "一般", "上级一般", "基金", "上级基金", "国资", "上级国资"),
    *("专户", "单位资金", "财政结转", "非财政结转"),
)
BY_SOURCE = (
    ColumnSum("总计", ("小计", "专户", "单位资金", "财政结转", "非财政结转")),
    ColumnSum("小计", ("一般", "上级一般", "基金", "上级基金", "国资", "上级国资")),
)


def row(figures: str, *children: int) -> Row:
    return Row(tuple(None if each == "?" else Decimal(each) for each in figures.split()), children)


def columns_of(problem: Problem) -> list[list[str]]:
    """The column of each figure, `a|b` where several are possible."""
    return [["|".join(each) for each in figures] for figures in place(problem).candidates]


def test_a_full_row_needs_no_inference() -> None:
    assert columns_of(Problem(EXPENDITURE, (row("3.00 2.00 1.00"),))) == [["合计", "基本支出", "项目支出"]]


def test_a_total_is_never_blank_where_a_part_is_printed() -> None:
    assert columns_of(Problem(EXPENDITURE, (row("2.00 2.00"),), BY_KIND)) == [["合计", "基本支出|项目支出"]]


def test_the_total_row_decides_for_the_rows_below() -> None:
    rows = (row("5.00 3.00 2.00", 1, 2), row("3.00 3.00"), row("2.00 2.00"))
    assert columns_of(Problem(EXPENDITURE, rows, BY_KIND)) == [
        ["合计", "基本支出", "项目支出"],
        ["合计", "基本支出"],
        ["合计", "项目支出"],
    ]


def test_two_rows_of_the_same_amount_stay_open() -> None:
    rows = (row("4.00 2.00 2.00", 1, 2), row("2.00 2.00"), row("2.00 2.00"))
    assert columns_of(Problem(EXPENDITURE, rows, BY_KIND))[1:] == [["合计", "基本支出|项目支出"]] * 2


def test_the_column_of_a_row_below_decides_for_the_row_above() -> None:
    rows = (row("2.00 2.00", 1), row("2.00 2.00"))
    known = (Known((1,), "项目支出", Decimal("2.00"), "说明"),)
    assert columns_of(Problem(EXPENDITURE, rows, BY_KIND, known)) == [["合计", "项目支出"]] * 2


def test_a_known_blank_excludes_a_column_but_admits_a_printed_zero() -> None:
    blank = (Known((0,), "基本支出", None, "说明"),)
    assert columns_of(Problem(EXPENDITURE, (row("2.00 2.00"),), BY_KIND, blank)) == [["合计", "项目支出"]]
    assert columns_of(Problem(EXPENDITURE, (row("2.00 0.00 2.00"),), BY_KIND, blank)) == [list(EXPENDITURE)]


def test_a_row_of_the_revenue_table_is_placed_by_both_sums() -> None:
    known = (Known((0,), "单位资金", Decimal("25.00"), "总表"), Known((0,), "财政结转", Decimal("9.22"), "总表"))
    rows = (row("568.37 499.15 499.15 25.00 9.22 35.00"),)
    assert columns_of(Problem(REVENUE, rows, BY_SOURCE, known)) == [
        ["总计", "小计", "一般|上级一般|基金|上级基金|国资|上级国资", "单位资金", "财政结转", "非财政结转"]
    ]


@pytest.mark.parametrize(
    ("printed", "holds"),
    [
        ("29.84 29.84", True),
        ("29.83 29.83", True),  # three half units of 0.005 either way
        ("29.82 29.82", False),
    ],
)
def test_sums_hold_within_the_tolerance_of_the_printed_decimals(printed: str, holds: bool) -> None:
    problem = Problem(EXPENDITURE, (row(printed, 1, 2), row("16.31 16.31"), row("13.53 13.53")), BY_KIND)
    assert (place(problem).conflicts == ()) is holds


def test_a_blank_cell_has_no_money_below_it_however_little() -> None:
    rows = (row("100.00 100.00", 1, 2), row("99.99 99.99"), row("0.01 0.01"))
    known = (Known((0,), "项目支出", None, "说明"),)
    assert columns_of(Problem(EXPENDITURE, rows, BY_KIND, known))[2] == ["合计", "基本支出"]


def test_a_row_that_does_not_add_up_is_named_and_the_others_are_still_placed() -> None:
    rows = (row("9.00 5.00 4.00", 1, 2), row("5.00 5.00"), row("4.00 4.00", 3), row("4.00 3.00"))
    placement = place(Problem(EXPENDITURE, rows, BY_KIND))
    assert placement.conflicts == (Conflict("row", (3,)),)
    assert placement.candidates[1] == (("合计",), ("基本支出",))
    assert placement.candidates[3] == (("合计",), ("项目支出",))  # either of its figures is wrong, the other is 4.00


def test_a_total_that_is_not_the_sum_of_its_rows_is_named_and_says_nothing_of_them() -> None:
    rows = (row("9.00 5.00 4.00", 1, 2), row("5.00 5.00"), row("3.00 3.00"))
    placement = place(Problem(EXPENDITURE, rows, BY_KIND))
    assert placement.conflicts == (Conflict("sum", (0, 1, 2)),)
    assert placement.candidates[1:] == ((("合计",), ("基本支出", "项目支出")),) * 2


def test_a_known_amount_that_the_row_cannot_hold_is_named_with_its_source() -> None:
    known = (Known((0,), "基本支出", Decimal("7.00"), "三、说明"),)
    placement = place(Problem(EXPENDITURE, (row("2.00 2.00"),), BY_KIND, known))
    assert placement.conflicts == (Conflict("known", (0,), "三、说明"),)
    assert placement.candidates == ((("合计",), ("基本支出", "项目支出")),)


def test_of_identities_that_contradict_each_other_none_is_believed() -> None:
    rows = (row("2.00 2.00", 1), row("2.00 2.00"))
    known = (Known((0,), "基本支出", None, "三、说明"), Known((1,), "项目支出", None, "表5"))
    placement = place(Problem(EXPENDITURE, rows, BY_KIND, known))
    assert [conflict.kind for conflict in placement.conflicts] == ["table"]
    assert placement.candidates == ((("合计",), ("基本支出", "项目支出")),) * 2


def test_a_source_that_exchanged_its_two_amounts_leaves_certain_what_it_does_not_touch() -> None:
    known = (
        *(Known((0,), "基本支出", Decimal("2.00"), "表1"), Known((0,), "项目支出", None, "表1")),
        *(Known((0,), "项目支出", Decimal("2.00"), "三、说明"), Known((0,), "基本支出", None, "三、说明")),
    )
    placement = place(Problem(EXPENDITURE, (row("2.00 2.00", 1), row("2.00 2.00")), BY_KIND, known))
    assert placement.conflicts
    assert placement.candidates == ((("合计",), ("基本支出", "项目支出")),) * 2


def test_an_unreadable_figure_keeps_its_place_in_the_row() -> None:
    rows = (row("5.00 3.00 ?", 1, 2), row("3.00 3.00"), row("2.00 2.00"))
    assert columns_of(Problem(EXPENDITURE, rows, BY_KIND)) == [
        ["合计", "基本支出", "项目支出"],
        ["合计", "基本支出"],
        ["合计", "项目支出"],
    ]


def test_on_reaching_the_bound_the_answer_is_ambiguity() -> None:
    children = tuple(row(f"{amount}.00 {amount}.00") for amount in range(1, 13))
    total = row("78.00 39.00 39.00", *range(1, 13))
    placement = place(Problem(EXPENDITURE, (total, *children), BY_KIND), bound=5)
    assert placement.bounded
    assert placement.candidates[12] == (("合计",), ("基本支出", "项目支出"))


def test_more_figures_than_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="more figures"):
        place(Problem(EXPENDITURE, (row("1 1 1 1"),)))


# --- property: drop the blanks of a consistent table, and it comes back or stays open around the truth ---------------

Sheet = tuple[list[list[int]], list[tuple[int, ...]]]


def sheet(random: Random, leaves: int, rounding: bool) -> Sheet:
    """A revenue table: rows of twelve amounts in ten-thousandths (0 is blank), and the rows below each row."""
    amounts: list[list[int]] = [[0] * 12]
    children: list[tuple[int, ...]] = [()]
    for _ in range(leaves):
        parent = random.choice([row for row in range(len(amounts)) if _depth(children, row) < 3])
        amounts.append([0] * 12)
        children.append(())
        children[parent] += (len(amounts) - 1,)
    used = random.sample(range(2, 12), random.randint(1, 5))
    for leaf in (row for row in range(len(amounts)) if not children[row]):
        for column in random.sample(used, random.randint(1, min(3, len(used)))):
            hundredths = random.choice([random.randint(1, 9) * 100, random.randint(1, 200_000)])
            amounts[leaf][column] = hundredths * 100 + (random.randint(-49, 49) if rounding else 0)
    _add_up(amounts, children, 0)
    return amounts, children


def _depth(children: list[tuple[int, ...]], row: int) -> int:
    above = [parent for parent, below in enumerate(children) if row in below]
    return 1 + _depth(children, above[0]) if above else 0


def _add_up(amounts: list[list[int]], children: list[tuple[int, ...]], row: int) -> None:
    for child in children[row]:
        _add_up(amounts, children, child)
    for column in range(2, 12):
        amounts[row][column] += sum(amounts[child][column] for child in children[row])
    amounts[row][1] = sum(amounts[row][2:8])
    amounts[row][0] = sum(amounts[row][1:2] + amounts[row][8:])


def printed(amount: int) -> Decimal:
    return (Decimal(amount) / 10_000).quantize(Decimal("0.01"))


def flattened(table: Sheet, known: tuple[Known, ...] = ()) -> Problem:
    rows = tuple(
        Row(tuple(printed(amount) for amount in each if amount), below) for each, below in zip(*table, strict=True)
    )
    return Problem(REVENUE, rows, BY_SOURCE, known)


def truth(table: Sheet) -> list[list[str]]:
    return [[name for name, amount in zip(REVENUE, row, strict=True) if amount] for row in table[0]]


@pytest.mark.long
@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 25), st.booleans(), st.booleans())
def test_the_true_column_is_always_among_the_candidates(seed: int, leaves: int, rounding: bool, totals: bool) -> None:
    table = sheet(Random(seed), leaves, rounding)
    known = tuple(
        Known((0,), name, printed(amount) if amount else None, "收支总表")
        for name, amount in zip(REVENUE, table[0][0], strict=True)
        if totals
    )
    placement = place(flattened(table, known))
    assert placement.conflicts == ()
    for columns, candidates in zip(truth(table), placement.candidates, strict=True):
        assert all(column in among for column, among in zip(columns, candidates, strict=True))


@pytest.mark.long
@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32), st.integers(2, 16))
def test_one_misprinted_figure_never_puts_a_figure_in_a_wrong_column_of_certain_totals(seed: int, leaves: int) -> None:
    """Whichever row is misprinted, a figure that is placed stands in its true column: the misprint is not believed."""
    random = Random(seed)
    table = sheet(random, leaves, rounding=False)
    amounts, _ = table
    columns = truth(table)
    row = random.randrange(1, len(amounts))
    filled = [column for column in range(12) if amounts[row][column]]
    if not filled:
        return
    amounts[row][random.choice(filled)] += random.choice([900, 90_000]) * 100
    placement = place(flattened(table))
    if not placement.conflicts:
        return  # the misprinted figure makes sense in another column
    for expected, candidates in zip(columns, placement.candidates, strict=True):
        assert all(column in among for column, among in zip(expected, candidates, strict=True))
