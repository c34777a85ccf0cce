"""The coverage report: every printed part of a document is in it, with what came out of it."""

import re
from pathlib import Path
from typing import get_args

import pytest

from caimai.coverage_report import coverage_rows, covered, print_coverage
from caimai.words import say
from extract.coverage import State, coverage, kinds
from extract.form_data import families
from extract.plain_text import read_text
from extract.readers import read
from extract.recognition import facts
from ontology.facts import CellFact

TEXT = """第二部分 2026 年部门预算公开表
表 3
部门支出总体情况表
单位：万元
科目代码\t\t\t科目名称\t支出预算\t\t
类\t款\t项\t\t合计\t基本支出\t项目支出
201\t\t\t一般公共服务支出\t10.00\t8.00\t3.00
\t\t\t总计\t10.00\t8.00\t2.00
某某情况明细表

甲\t乙
1\t2
"""


def test_a_total_that_is_not_the_sum_of_its_parts_is_counted_as_failed() -> None:
    parts = coverage(read_text(Path("a.txt"), TEXT.encode()))
    (table,) = [part for part in parts if part.key == "expenditure"]
    assert (table.state, table.figures, table.line) == ("recognised", 6, 2)
    assert table.checked == table.held + table.failed
    assert table.failed == 2  # 8.00 + 3.00 beside 10.00, and 2.00 beside 3.00


def test_a_table_under_no_known_title_is_listed_as_not_understood() -> None:
    parts = coverage(read_text(Path("a.txt"), TEXT.replace("部门支出总体情况表", "某某表").encode()))
    assert kinds(parts)["not understood"] >= 1


@pytest.mark.examples
@pytest.mark.parametrize("name", ["奇台县商务科技", "阿图什市", "昌吉回族自治州科学"])
def test_every_figure_of_an_example_is_in_a_recognised_table(root: Path, name: str) -> None:
    (file,) = (root / "examples").glob(f"{name}*.pdf")
    document = read(file)
    parts = coverage(document)
    figures = sum(isinstance(fact, CellFact) for fact in facts(document))
    assert sum(part.figures for part in parts) == figures > 200
    assert all(part.state == "recognised" for part in parts if part.kind in {"table", "form"})
    assert sum(part.failed for part in parts) == 0
    assert sum(part.checked for part in parts) > 100


@pytest.mark.parametrize("family", ["jiangsu", "shanghai"])
def test_every_budget_table_of_the_real_families_is_recognised(shared: Path, family: str) -> None:
    files = sorted((shared / "corpus" / family).glob("*.pdf"))
    tables = [part for file in files for part in coverage(read(file)) if part.kind == "table" and part.key]
    assert len(tables) > 30
    assert not [part.title for part in tables if part.state == "not understood"]


def test_a_document_that_cannot_be_read_costs_no_other_its_lines(tmp_path: Path) -> None:
    for name, text in (("a.txt", TEXT), ("b.txt", ""), ("c.txt", TEXT)):
        (tmp_path / name).write_text(text, "utf-8")
    parts, errors = covered([tmp_path / "missing.txt", tmp_path])
    assert {row[0] for row in coverage_rows(parts).rows} == {"a.txt", "c.txt"}
    assert [str(error).partition(": ")[2] for error in errors] == [
        "no such file - check the name",
        "an empty file - fetch it again",
    ]


def test_the_list_is_in_the_language_of_the_reader(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    parts, _ = covered([tmp_path])
    print_coverage(parts, say("zh"))
    chinese = capsys.readouterr().out
    assert not re.search("[a-z]{2}", chinese.replace("a.txt", ""))
    assert all(words in chinese for words in ("第2行", "支出总体情况表", "已读", "按名略过"))
    print_coverage(parts, say("en"))
    assert "ignored by name" in capsys.readouterr().out


def test_every_kind_and_state_has_words() -> None:
    headed = {row["kind"] for _, data in families("headings") for row in data["heading"]}
    parts = [f"part_{kind}" for kind in headed | {"cover", "contents", "table", "form"}]
    states = [f"state_{state.replace(' ', '_')}" for state in get_args(State)]
    assert all(say("zh")(name) != say("en")(name) for name in parts + states)
