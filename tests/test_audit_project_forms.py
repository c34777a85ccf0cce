"""Performance forms of projects: their money, and their heads against the accounts of the projects and the cover."""

from decimal import Decimal

import pyoxigraph as ox
import pytest

from kg.rdf import decimal
from queries.auditing.book import Book
from queries.auditing.compare import judged
from queries.auditing.rules import rules
from queries.auditing.signal import Signal

GRAPH = ox.NamedNode("urn:g")
FORM = ox.NamedNode("urn:f")


def told(rule: str, **amounts: str) -> list[bool]:
    """Whether each row of a rule on the money of one form is a signal."""
    own = ox.Store()
    said: dict[str, ox.Literal | ox.NamedNode | None] = {name: decimal(Decimal(amounts[name])) for name in amounts}
    for name, term in {**said, "projectName": ox.Literal("修路"), "evidence": ox.NamedNode("urn:at")}.items():
        assert term
        own.add(ox.Quad(FORM, ox.NamedNode(f"https://w3id.org/cnbl/ont#{name}"), term, GRAPH))
    kind = ox.NamedNode("https://w3id.org/cnbl/ont#PerformanceTarget")
    own.add(ox.Quad(FORM, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), kind, GRAPH))
    book = Book(own, own, GRAPH, "f", "", "某局", 2025, False, {}, {})
    return [isinstance(judged(rules()[rule], row, book), Signal) for row in book.rows(rules()[rule].sparql)]


@pytest.mark.parametrize(
    ("carried", "other", "wrong"), [("0", "50", True), ("1000", "50", False), ("1000", "1050", True)]
)
def test_what_was_carried_over_is_a_part_of_the_total(carried: str, other: str, wrong: bool) -> None:
    money = {"targetTotalCNY": "5050", "targetFiscalCNY": "4000", "targetCarriedCNY": carried}
    assert told("R18_parts", **money, targetOtherCNY=other) == [wrong]


def test_a_form_without_a_line_of_what_was_carried_over_has_two_parts() -> None:
    assert told("R18_parts", targetTotalCNY="5000", targetFiscalCNY="4000", targetOtherCNY="1000") == [False]


@pytest.mark.parametrize(("fiscal", "wrong"), [("8000", False), ("8900", True)])
def test_the_money_of_all_years_is_the_sum_of_its_parts(fiscal: str, wrong: bool) -> None:
    assert told("R18_all_years", wholeTotalCNY="9000", wholeFiscalCNY=fiscal, wholeOtherCNY="1000") == [wrong]


def test_a_form_that_does_not_print_all_parts_is_not_judged() -> None:
    assert told("R18_all_years", wholeTotalCNY="9000", wholeFiscalCNY="8000") == []


@pytest.mark.parametrize(
    ("year", "whole", "wrong"), [("9000", "9000", []), ("9000", "8000", [True]), ("9000", "0", [])]
)
def test_the_money_of_the_year_is_part_of_that_of_all_years(year: str, whole: str, wrong: list[bool]) -> None:
    assert [one for one in told("R18_this_year", targetTotalCNY=year, wholeTotalCNY=whole) if one] == wrong
