"""Audits in English and as JSON: our own words in English, printed words as they are; every field for programs."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from caimai.audit_text import place
from caimai.words import say
from kg.places import Evidence
from queries.auditing.english import named, table_in_english, table_of, unit
from queries.auditing.exchange import VERSION, audit_json
from queries.auditing.signal import Audit
from viz.audit_page import audit_page


@pytest.fixture
def found(example_audit: Audit) -> Audit:
    return example_audit


@pytest.fixture(scope="module")
def told(example_audit: Audit) -> dict[str, Any]:
    return json.loads(audit_json(example_audit))  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("printed", "meaning"),
    [
        ("部门收支总体情况表", "overview of revenue and expenditure"),
        ("单位收支总体情况表", "overview of revenue and expenditure"),
        ("表3 部门支出总体情况表", "expenditure"),
        ("三、财政拨款收支总表", "overview of fiscal appropriations"),
        ("2024年部门收入预算总表", "revenue"),
        ("某市财政局2024年部门收支预算总表", "overview of revenue and expenditure"),
        ("上年结转结余情况明细表", "carry-over from the year before"),
        ("某县单位（单位）整体绩效目标申报表", "performance form of the whole body"),
        ("项目支出绩效目标表（2024年度）", "performance form of a project"),
        ("2024年度部门整体支出绩效目标表", "performance form of the whole department"),
        ("财政拨款收支总体情况表", "overview of fiscal appropriations"),
        ("另一种财政拨款支出预算表", None),
        ("预算01表", None),
        ("", None),
    ],
)
def test_titles_of_tables_have_an_english_meaning_where_nothing_else_is_in_them(
    printed: str, meaning: str | None
) -> None:
    assert table_in_english(printed) == meaning


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("在职＋退休＋离休", "on post, retired and veteran"),
        ("下级4行之和", "sum of the 4 rows under it"),
        ("资金分配“办公用品”", "use of funds: “办公用品”"),
        ("收支总体情况表“一般财力”", "overview of revenue and expenditure: “一般财力”"),
        ("一般公共预算支出情况表“基本支出”总计", "general public budget expenditure: grand total of “基本支出”"),
        ("2024年数（2025年表中所印）", "figure of 2024 as printed in 2025"),
        ("总体目标写群众满意度95%", "the goal says “群众满意度95%”"),
        (
            "项目名称写甲〔2025〕1号，政策依据写甲〔2024〕1号",
            "the name says “甲〔2025〕1号”, the basis “甲〔2024〕1号”",
        ),
        ("某局的“基本支出”", "某局的“基本支出”"),
        ("办公用品", "办公用品"),
    ],
)
def test_sides_are_named_in_english_but_for_what_is_printed(name: str, english: str) -> None:
    assert named(name) == english


def test_every_name_of_a_side_that_is_ours_has_an_english_one(root: Path) -> None:
    """The names that the rules of SPARQL give their sides."""
    rules = "\n".join(path.read_text("utf-8") for path in sorted((root / "queries/checks").glob("*.rq")))
    ours = set(re.findall(r'\("([^"]+)" AS \?(?:left|right)_name\)', rules))
    assert len(ours) > 50
    said = {name: re.sub("“[^”]*”", "", named(name)) for name in ours}
    assert {name for name, words in said.items() if re.search("[一-鿿]", words)} == set()


def test_what_a_sentence_quotes_is_not_put_into_english(found: Audit) -> None:
    (moved,) = [one for one in found.signals if one.rule == "W21_kind"]
    assert moved.en == "In the table all of “行政运行” is “基本支出”; the text speaks of “工程款”."
    staff = next(one for one in found.signals if one.rule == "R23_staff")
    assert staff.en.startswith("Staff in all 74, on post, retired and veteran 73, gap 1 (people).")


def test_the_terminal_and_the_page_give_tables_in_english_beside_the_print(found: Audit) -> None:
    where = Evidence("a.pdf", 5, None, "部门收支总体情况表", 6, 2, "110.00")
    assert (
        place(where, say("en")) == "p. 5 · 部门收支总体情况表 (overview of revenue and expenditure) · row 6, column 2"
    )
    assert place(where, say("zh")) == "第5页 · 部门收支总体情况表 · 行6列2"
    assert table_of(where, "zh") == "部门收支总体情况表"
    page = audit_page(found, "en")
    assert "项目支出绩效目标表 (performance form of a project)" in page
    assert "performance form: fiscal money <b>158.00万元</b>" in page
    assert audit_page(found, "zh").count("(performance form") == 0


def test_units_are_people_in_english() -> None:
    assert [unit(one) for one in ("人", "万元", "%", "")] == ["people", "万元", "%", ""]


def test_the_page_names_the_file_by_its_sha256_and_counts_the_signals_of_several(found: Audit) -> None:
    page = audit_page(found)
    assert all(f"sha256 {sha256}" in page for one in found.disclosures for sha256 in one.sha256)
    assert page.count("<tr>") == 1 + len(found.documents)
    assert "<table" not in audit_page(Audit(found.documents[:1], (), (), found.disclosures[:1]))


def test_json_says_every_field_of_a_signal(told: dict[str, Any]) -> None:
    assert told["version"] == VERSION
    fields = [
        "rule",
        "severity",
        "class",
        "file",
        "body",
        "year",
        "zh",
        "en",
        "left",
        "right",
        "gap",
        "tolerance",
        "unit",
        "unit_en",
    ]
    assert all(list(one) == fields for one in told["signals"])
    assert {one["severity"] for one in told["signals"]} <= {"error", "warning", "info"}
    assert all(one["rule"] in told["rules"] for one in told["signals"])


def test_places_in_json_name_the_file_by_sha256_and_the_spot_on_the_page(told: dict[str, Any]) -> None:
    held = {one["file"]: one["sha256"] for one in told["documents"]}
    places = [at for one in told["signals"] for side in ("left", "right") for at in one[side]["places"]]
    assert len(places) > 100
    assert all(at["sha256"] in held[at["file"]] and at["words"] and (at["page"] or at["line"]) for at in places)
    assert all(at["bbox"] is None or len(at["bbox"]) == 4 for at in places)
    assert sum(at["bbox"] is not None for at in places) > 100
    assert all(at["table_en"] for at in places if at["table"])


def test_figures_in_json_are_exact_text_and_make_the_gap(told: dict[str, Any]) -> None:
    compared = [one for one in told["signals"] if one["gap"] is not None]
    assert compared
    for one in compared:
        left, right = (Decimal(one[side]["value"]) for side in ("left", "right"))
        assert isinstance(one["gap"], str)
        assert left - right == Decimal(one["gap"])


def test_documents_in_json_count_their_comparisons_and_signals(told: dict[str, Any], found: Audit) -> None:
    assert [one["file"] for one in told["documents"]] == list(found.documents)
    assert sum(one["signals"] for one in told["documents"]) == len(told["signals"])
    assert all(one["checked"] >= one["equal"] + one["rounding"] > 0 for one in told["documents"])
