"""Figures of last year held against last year's own disclosure and against the changes printed beside them."""

from decimal import Decimal

import pytest
from kg_documents import rows
from prior_documents import EXECUTED_2024, OF_2024, OF_2025, SPENDING, TOTAL_2024, disclosure, store_of
from pyoxigraph import Store

from queries.auditing.audit import audit
from queries.auditing.signal import Signal

RULES = ("R16_columns", "R16_change", "R16_percent")


def signals(store: Store) -> list[Signal]:
    return [signal for signal in audit(store).signals if signal.rule in RULES]


def of_2025(*replaced: tuple[str, str]) -> Store:
    """The budgets of both years, the later with some of its words replaced."""
    printed = OF_2025
    for old, new in replaced:
        assert old in printed
        printed = printed.replace(old, new)
    return store_of(disclosure(2024, (SPENDING, OF_2024)), disclosure(2025, (SPENDING, printed)))


def test_documents_that_agree_give_no_signal_and_no_conflict() -> None:
    store = of_2025()
    assert signals(store) == []
    checked = {tally.rule: tally.checked for tally in audit(store).tallies if tally.rule in RULES}
    assert checked["R16_columns"] == 4
    assert rows(store, 'SELECT ?c { ?c bl:rule "last_year_as_printed" }') == []


def test_last_year_printed_otherwise_than_it_was_disclosed_is_told_with_both_places() -> None:
    store = of_2025(
        ("专项普查活动|350.00|300.00||300.00|-50.00|-14.29", "专项普查活动|360.00|300.00||300.00|-60.00|-16.67")
    )
    (signal,) = signals(store)
    assert (signal.rule, signal.severity, signal.kind) == ("R16_columns", "warning", "definition")
    assert signal.gap == Decimal(10)
    assert "2010507 专项普查活动“合计”" in signal.zh
    assert [place.file for side in (signal.left, signal.right) for place in side.places] == [
        "奇台县统计局2025年部门预算公开.pdf",
        "奇台县统计局2024年部门预算公开.pdf",
    ]
    found = rows(
        store, 'SELECT ?w ?side { ?c bl:rule "last_year_as_printed" ; bl:rationale ?w ; bl:conflictSide ?side }'
    )
    assert {row[0] for row in found} == {"2024年“专项普查活动”次年表中印为360万元，当年自己的公开为350万元"}
    assert len(found) == 2


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("300.00|-50.00|-14.29", "300.00|-40.00|-14.29", "R16_change"),
        ("300.00|-50.00|-14.29", "300.00|50.00|-14.29", "R16_change"),
        ("300.00|-50.00|-14.29", "300.00|-50.00|-12.29", "R16_percent"),
        ("300.00|-50.00|-14.29", "300.00|-50.00|14.29", "R16_percent"),
    ],
)
def test_a_change_that_does_not_follow_from_both_years_is_told(old: str, new: str, rule: str) -> None:
    (signal,) = signals(of_2025((old, new)))
    assert (signal.rule, signal.severity) == (rule, "error")
    assert "专项普查活动" in signal.en


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("300.00|-50.00|-14.29", "300.00|-50.00|-14.3"),  # rounded to one decimal
        ("300.00|-50.00|-14.29", "300.00|-50.00|-0.1429"),  # a fraction of one
        ("300.00|-50.00|-14.29", "300.00||"),  # blank
        ("增减%", "增减率"),
    ],
)
def test_what_rounding_or_the_form_of_print_explains_is_no_signal(old: str, new: str) -> None:
    assert signals(of_2025((old, new))) == []


def test_a_table_that_prints_changes_without_signs_is_not_held_to_them() -> None:
    assert signals(of_2025(("-50.00", "50.00"), ("-5.88", "5.88"), ("-14.29", "14.29"))) == []


def test_a_final_account_is_held_against_the_final_account_and_not_against_the_budget() -> None:
    account = (
        EXECUTED_2024.replace("2023", "2024")
        .replace("2024年决算数|<", "2025年决算数|<")
        .replace("科目名称|2024", "科目名称|2024")
    )
    later = disclosure(2025, (SPENDING, account), phase="决算")
    assert signals(store_of(disclosure(2024, (SPENDING, TOTAL_2024)), later)) == []
    former = disclosure(2024, (SPENDING, TOTAL_2024), phase="决算")
    assert {signal.rule for signal in signals(store_of(former, later))} == {"R16_columns"}


def test_what_was_executed_as_then_known_contradicts_nothing_that_was_published() -> None:
    printed = OF_2025.replace("2024年预算数", "2024年执行数").replace("350.00|300.00", "349.00|300.00")
    store = store_of(disclosure(2024, (SPENDING, OF_2024)), disclosure(2025, (SPENDING, printed)))
    assert "R16_columns" not in {signal.rule for signal in signals(store)}
