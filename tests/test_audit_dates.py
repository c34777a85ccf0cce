"""Years and dates of projects and indicators against the fiscal year."""

import pyoxigraph as ox
import pytest

from queries.auditing.book import Book
from queries.auditing.rules import rules

GRAPH = ox.NamedNode("urn:g")


def stating(*facts: tuple[str, str, str | int]) -> Book:
    """A book of 2025 that states facts as `(thing, property, value)`; values that begin with `urn:` are things."""
    own = ox.Store()
    for thing, name, value in facts:
        named = isinstance(value, str) and value.startswith("urn:")
        term = ox.NamedNode(str(value)) if named else ox.Literal(value)
        own.add(ox.Quad(ox.NamedNode(thing), ox.NamedNode(f"https://w3id.org/cnbl/ont#{name}"), term, GRAPH))
    return Book(own, own, GRAPH, "f", "", "某局", 2025, False, {}, {})


@pytest.mark.parametrize(
    ("period", "wrong"),
    [
        ("2025年1月1日-2025年12月31日", False),
        ("2025年1月-2025年12月", False),
        ("2025年3月1日至2026年6月30日", False),  # work may go on after the year
        ("第一季度审价；第二季度审计。", False),
        ("全年", False),
        ("2025年1月1日-2024年12月31日", True),
        ("2024年1月-2025年12月", True),
        ("2024年1月-2024年12月", True),
        ("2025年10月1日-2025年1月31日", True),
    ],
)
def test_a_project_runs_in_the_year_and_begins_before_it_ends(period: str, wrong: bool) -> None:
    project = [("urn:p", "executionPeriod", period), ("urn:p", "projectName", "项目"), ("urn:p", "evidence", "urn:e")]
    book = stating(*project, ("urn:p", "fiscalYear", 2025))
    assert bool([row for row in book.rows(rules()["S12_period"].sparql) if row["left"]]) is wrong


@pytest.mark.parametrize(
    ("period", "wrong"),
    [
        ("2024年1月1日-2025年12月31日", False),  # works over several years
        ("2024年10月正式开工，合同工期490天。", False),
        ("2024年1月1日-2024年12月31日", True),
        ("2026年1月1日-2026年12月31日", True),
        ("2025年10月1日-2025年1月31日", True),
    ],
)
def test_works_that_a_part_of_their_own_describes_may_have_begun_before_the_year(period: str, wrong: bool) -> None:
    project = [("urn:p", "executionPeriod", period), ("urn:p", "projectName", "工程"), ("urn:p", "evidence", "urn:e")]
    book = stating(*project, ("urn:p", "fiscalYear", 2025), ("urn:e", "section", "某工程项目经费情况说明"))
    assert bool([row for row in book.rows(rules()["S12_period"].sparql) if row["left"]]) is wrong


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("targetText", "=2025年10月", False),
        ("targetText", "=2024年10月", True),
        ("targetText", "2024年底前", True),
        ("targetText", "有效提高", False),
        ("targetDate", "2025-10-31", False),
        ("targetDate", "2026-10-31", True),
    ],
)
def test_a_date_of_an_indicator_lies_in_the_year_with_or_without_a_day(name: str, value: str, wrong: bool) -> None:
    form = [("urn:f", "hasIndicator", "urn:i"), ("urn:f", "evidence", "urn:e"), ("urn:i", "evidence", "urn:e")]
    book = stating(*form, ("urn:f", "fiscalYear", 2025), ("urn:i", "indicatorName", "完成时间"), ("urn:i", name, value))
    assert bool(book.rows(rules()["S12_target_date"].sparql)) is wrong
