"""Mentions of document numbers: where they are found, and that no personal name comes with them."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from extract.document import Cell, Document, Line, Table
from extract.narrative.document_references import document_references
from extract.narrative.personal import without_personal
from extract.outline import outline
from extract.plain_text import read_text
from ontology.document_number import mentions
from ontology.fact_json import as_json
from ontology.facts import DocrefFact, Finding


def facts_of(*lines: str) -> list[DocrefFact | Finding]:
    return found_in(read_text(Path("a.txt"), "\n".join(lines).encode()))


def found_in(document: Document) -> list[DocrefFact | Finding]:
    return list(document_references(document, outline(document)))


def mentions_of(*lines: str) -> list[tuple[str, str]]:
    return [(fact.raw, fact.number) for fact in facts_of(*lines) if isinstance(fact, DocrefFact)]


@pytest.mark.parametrize(
    ("lines", "raw", "number"),
    [
        (["依据昌州财教【2024】65号文件"], "昌州财教【2024】65号", "昌州财教〔2024〕65号"),
        (["依据（国科发改字〔1992〕083号）文件"], "国科发改字〔1992〕083号", "国科发改字〔1992〕083号"),
        (["依据克财建（2025）64 号文件"], "克财建（2025）64 号", "克财建〔2025〕64号"),
        (["和昌州财教[2024]65", "号 2025 年甲资金"], "昌州财教[2024]65号", "昌州财教〔2024〕65号"),
        (["通知》（昌州", "政办发〔2021〕69号），"], "昌州政办发〔2021〕69号", "昌州政办发〔2021〕69号"),
        (["办法》（新科农字", "〔2015〕39 号）部署"], "新科农字〔2015〕39 号", "新科农字〔2015〕39号"),
        (["商贸事务", "奇财预【2025】68号2025", "年招商引资经费"], "奇财预【2025】68号", "奇财预〔2025〕68号"),
    ],
)
def test_a_number_is_found_in_any_brackets_and_over_lines(lines: list[str], raw: str, number: str) -> None:
    assert mentions_of(*lines) == [(raw, number)]


@pytest.mark.parametrize(
    "printed",
    [
        *(
            f"昌州财教{pair[0]}2024{pair[1]}65号"
            for pair in ("〔〕", "【】", "[]", "［］", "（）", "()", "﹝﹞", "〖〗")
        ),
        *(f"昌州财教{pair[0]}2024{pair[1]}65号" for pair in ("〈〉", "《》", "{}", "＜＞", "〔】", "❲❳", "︹︺")),
        "昌州财教〔２０２４〕６５号",
        "昌州财教〔２０２４〕０６５號",
        "昌 州 财 教 〔 2 0 2 4 〕 第 0 6 5 号",
        "昌州财\u200b教〔2024\ufeff〕65\u00ad号",
        "结转昌州财\n教〔20\n24年〕6\n5号",
    ],
)
def test_any_print_of_a_number_is_the_one_number(printed: str) -> None:
    assert [str(mention.number) for mention in mentions(printed)] == ["昌州财教〔2024〕65号"]


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("昌州财教〔2024〕65号、63号文件", [("昌州财教〔2024〕65号", 65), ("63号", 63)]),
        ("昌州财教〔2024〕65号和第063号", [("昌州财教〔2024〕65号", 65), ("第063号", 63)]),
        ("昌州财教〔2024〕65 、\n63 号", [("昌州财教〔2024〕65", 65), ("63 号", 63)]),
        ("昌州财教〔2024〕65、63、7号", [("昌州财教〔2024〕65", 65), ("63", 63), ("7号", 7)]),
        ("昌州财教〔2024〕65号，昌州财教〔2024〕63号", [("昌州财教〔2024〕65号", 65), ("昌州财教〔2024〕63号", 63)]),
        ("昌州财教〔2024〕65号、3号楼", [("昌州财教〔2024〕65号", 65)]),
        ("昌州财教〔2024〕65号、63万元", [("昌州财教〔2024〕65号", 65)]),
        ("某某〔2024〕65、63个", []),
    ],
)
def test_joined_numbers_are_of_the_prefix_that_is_said_once(printed: str, found: list[tuple[str, int]]) -> None:
    mentioned = list(mentions(printed))
    assert [(mention.raw, mention.number.serial) for mention in mentioned] == found
    assert {(mention.number.prefix, mention.number.year) for mention in mentioned} <= {("昌州财教", 2024)}


def test_a_joined_number_may_have_a_year_of_its_own_which_the_next_has_too() -> None:
    numbers = [str(mention.number) for mention in mentions("依据昌州财教〔2024〕65号、〔2025〕3号和5号")]
    assert numbers == ["昌州财教〔2024〕65号", "昌州财教〔2025〕3号", "昌州财教〔2025〕5号"]
    assert [(raw, number) for raw, number in mentions_of("依据昌州财教〔2024〕65", "号、63号")] == [
        ("昌州财教〔2024〕65号", "昌州财教〔2024〕65号"),
        ("63号", "昌州财教〔2024〕63号"),
    ]


def test_every_mention_counts_in_printed_order_in_lines_and_cells() -> None:
    found = mentions_of(
        "表 7",
        "一般公共预算项目支出情况表",
        "单位：万元",
        "项目名称\t合计",
        "奇财预【2025】67号甲项目\t1.00",
        "奇财预【2025】68号乙项目\t2.00",
        "第三部分 2025年单位预算情况说明",
        "奇财预【2025】68号和奇财预【2025】68号",
    )
    assert [number for _, number in found] == ["奇财预〔2025〕67号", *["奇财预〔2025〕68号"] * 3]


def test_a_mention_in_a_cell_has_the_place_of_the_cell() -> None:
    cells = (
        Cell(0, 0, "项目名称", page=3),
        Cell(0, 1, "昌州财教[2024]65 号\n2025年甲资", page=3, bbox=(1.0, 2.0, 3.0, 4.0)),
    )
    lines = (Line("表 7", page=3), Line("一般公共预算项目支出情况表", page=3))
    document = Document("a.pdf", "0" * 64, (*lines, Table(cells, page=3)))
    (fact,) = found_in(document)
    assert isinstance(fact, DocrefFact)
    assert fact.raw == "昌州财教[2024]65 号"
    assert (fact.source.page, fact.source.row, fact.source.column) == (3, 1, 2)
    assert fact.source.bbox == (1.0, 2.0, 3.0, 4.0)
    assert fact.source.table == "一般公共预算项目支出情况表"
    assert fact.context == "昌州财教[2024]65号2025年甲资"


def test_the_table_of_contents_is_left_out() -> None:
    assert mentions_of("目录", "第一部分 概况", "奇财预【2025】68号", "第一部分 概况", "奇财预【2025】67号") == [
        ("奇财预【2025】67号", "奇财预〔2025〕67号")
    ]


def test_the_context_is_some_fourteen_characters_on_both_sides() -> None:
    (fact,) = facts_of("一二三四五六七八九十甲乙丙丁戊己，奇财预【2025】68号一二三四五六七八九十甲乙丙丁戊己")
    assert isinstance(fact, DocrefFact)
    assert fact.context == "四五六七八九十甲乙丙丁戊己，奇财预【2025】68号一二三四五六七八九十甲乙丙丁"


def test_an_unknown_prefix_is_a_mention_and_a_finding() -> None:
    mention, finding = facts_of("依据子虚发〔2024〕3号")
    assert isinstance(mention, DocrefFact)
    assert isinstance(finding, Finding)
    assert mention.number == "子虚发〔2024〕3号"
    assert (finding.severity, "子虚发" in finding.message) == ("info", True)


@pytest.mark.parametrize(
    ("printed", "number", "known"),
    [
        ("依据财教〔2024〕3号", "财教〔2024〕3号", True),
        ("财政部财教〔2024〕3号", "财教〔2024〕3号", True),
        ("依据伊州财教〔2024〕3号", "伊州财教〔2024〕3号", False),
        ("太和财教〔2024〕3号", "太和财教〔2024〕3号", False),  # a county, not 太 and the ministry
        ("依据和田财预〔2024〕3号", "和田财预〔2024〕3号", False),
        ("安排资金和财教〔2024〕3号", "财教〔2024〕3号", True),
    ],
)
def test_an_unknown_local_prefix_is_not_the_central_one_it_ends_with(printed: str, number: str, known: bool) -> None:
    mention, *findings = facts_of(printed)
    assert isinstance(mention, DocrefFact)
    assert (mention.number, not findings) == (number, known)


def test_a_number_whose_prefix_cannot_be_told_is_a_finding() -> None:
    (finding,) = facts_of("其他科学技术管理事务喀地财教〔2024〕3号")
    assert isinstance(finding, Finding)
    assert (finding.severity, finding.source.text) == ("warning", "〔2024〕3号")


@pytest.mark.parametrize(
    "lines",
    [
        ["项目名称 奇财预【2025】68号 甲 项目负责人 某某某"],
        ["项目负责人 某某某", "项目名称 奇财预【2025】68号 甲"],
        ["项目负责人 某某某 项目名称 奇财预【2025】68号 甲"],
        ["奇财预【2025】68号", "项目负责人", "某某某"],
        ["部门联系人 某某某 联系电话 13900000000 依据奇财预【2025】68号"],
        ["奇财预【2025】68号", "13900000000联系电话 某某某"],
        ["奇财预【2025】68号：某局，0994-1234567"],
    ],
)
def test_no_personal_name_or_telephone_number_comes_with_a_mention(lines: list[str]) -> None:
    (fact,) = facts_of(*lines)
    words = json.dumps(as_json(fact), ensure_ascii=False)
    assert "奇财预【2025】68号" in words
    assert "某某某" not in words
    assert not re.search(r"1390|1234567", words)


def test_a_cell_with_a_personal_name_shows_its_number_only() -> None:
    (fact,) = facts_of("项目名称：奇财预【2025】68号 项目负责人：某某某\t1.00")
    assert "某某某" not in json.dumps(as_json(fact), ensure_ascii=False)


def test_amounts_and_dates_are_not_taken_for_telephone_numbers() -> None:
    assert without_personal("2025年12月31日 1,234,567.89 13130876.96") == "2025年12月31日 1,234,567.89 13130876.96"


@pytest.mark.parametrize("name", ["002", "004"])
def test_the_mentions_in_real_disclosures_are_those_found_by_hand(shared: Path, name: str) -> None:
    path = next((shared / "corpus/xinjiang").glob(f"{name}_*.txt"))
    found = found_in(read_text(path, path.read_bytes()))
    gold = [json.loads(line) for line in (shared / f"gold/{name}.docrefs.jsonl").read_text("utf-8").splitlines()]
    assert [(fact.number, fact.source.line) for fact in found if isinstance(fact, DocrefFact)] == [
        (row["number"], row["line"]) for row in gold
    ]


def test_every_number_of_the_other_real_disclosures_is_found(shared: Path) -> None:
    counts = Counter[str]()
    for name in ("000", "001", "003"):
        path = next((shared / "corpus/xinjiang").glob(f"{name}_*.txt"))
        counts[name] = sum(isinstance(f, DocrefFact) for f in found_in(read_text(path, path.read_bytes())))
    assert counts == {"000": 28, "001": 18, "003": 0}
