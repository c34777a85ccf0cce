"""Cards: how wide Chinese labels are, where they break, and what amount stands under them."""

from decimal import Decimal

import pytest

from ontology.money import in_wan, in_yuan
from viz.cards import TEXT_UNITS, amount_note, card, units, wrap


@pytest.mark.parametrize(
    ("text", "width"),
    [("预算", 4), ("65号", 4), ("昌州财教〔2024〕65号", 20), ("“三区”", 8), ("7.38 万元", 9), ("", 0)],
)
def test_a_chinese_character_is_two_units_wide(text: str, width: int) -> None:
    assert units(text) == width


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("昌州财教〔2024〕65号", ("昌州财教〔2024〕65号",)),
        ("奇台县商务科技和工业信息化局", ("奇台县商务科技", "和工业信息化局")),
        ("人员补助经费标准 <=1.28万元/人", ("人员补助经费标准", "<=1.28万元/人")),
        ("a  b\n c", ("a b c",)),
    ],
)
def test_labels_break_into_lines_of_about_the_same_length(text: str, lines: tuple[str, ...]) -> None:
    assert wrap(text) == lines


@pytest.mark.parametrize(
    "text", ["克财建（2025）64号：关于预拨2025年第二批纺织服装产业补贴资金的通知", "x" * 200, "，" * 90, "）" * 31]
)
def test_no_line_is_wider_than_the_card(text: str) -> None:
    lines = wrap(text)
    assert len(lines) <= 3
    assert all(0 < units(line) <= TEXT_UNITS for line in lines)


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert wrap("预" * 100)[-1].endswith("…")


def test_a_figure_is_never_broken_over_lines() -> None:
    assert any("1,312.00" in line for line in wrap("奇财预2025年招商引资经费一二1,312.00万元"))


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("73800", "73,800"),
        ("73788.0", "73,788"),
        ("0.50", "0.5"),
        ("0", "0"),
        ("24686600.00", "24,686,600"),
        ("1E+3", "1,000"),
    ],
)
def test_an_amount_in_yuan_keeps_every_digit(amount: str, text: str) -> None:
    assert in_yuan(Decimal(amount)) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [("73800", "7.38"), ("12345678900", "1,234,567.89"), ("0", "0.00"), ("-200", "-0.02"), ("123456.78", "12.345678")],
)
def test_an_amount_in_wan_has_two_places_and_more_where_digits_would_be_lost(amount: str, text: str) -> None:
    assert in_wan(Decimal(amount)) == text


def test_the_printed_amount_goes_before_the_exact_one() -> None:
    assert amount_note({"printed": "7.38 万元", "amount": Decimal("73800")}) == "7.38 万元"
    assert amount_note({"printed": None, "amount": Decimal("73800")}) == "7.38 万元"
    assert amount_note({"printed": None, "amount": Decimal("73788")}) == "7.3788 万元"
    assert amount_note({"printed": None, "amount": None}) == ""


def test_an_amount_that_the_label_says_is_not_repeated() -> None:
    assert card({"kind": "allocation", "label": "7.38 万元", "printed": "7.38 万元"}).note == ""
