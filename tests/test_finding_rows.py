"""`caimai facts --findings`: what is doubtful or not understood, one by one, in the language of the reader."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from caimai.cli import cli
from caimai.finding_rows import finding_rows
from ontology.facts import Finding, Source
from ontology.findings import said

SOURCE = Source("某局.pdf", "0" * 64)
MESSAGE = f"表三: {said('no_unit')}"
TEXT = """某某县统计局2024年部门预算公开
第二部分 部门预算情况说明
一、收支预算总体情况说明
政府性基金收入预算10万元，比上年预算增加（减少）2万元，主要原因是人员变动。
"""


@pytest.mark.parametrize(
    ("lang", "page", "line", "row"),
    [
        ("zh", 3, None, ("某局.pdf", "第3页", "警告", "表三：表上方没有注明金额单位")),
        ("en", None, 7, ("某局.pdf", "line 7", "warning", MESSAGE)),
        ("en", None, None, ("某局.pdf", "", "warning", MESSAGE)),
    ],
)
def test_a_finding_is_told_with_its_place(lang: str, page: int | None, line: int | None, row: tuple[str, ...]) -> None:
    source = Source(SOURCE.file, SOURCE.sha256, page=page, line=line)
    assert finding_rows([Finding(source=source, severity="warning", message=MESSAGE)], lang).rows == (row,)


@pytest.mark.process
def test_findings_are_listed_and_an_unreadable_document_is_told_beside_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.txt").write_text("", "utf-8")
    done = CliRunner().invoke(cli, ["--lang", "zh", "facts", str(tmp_path), "--findings"])
    assert done.exit_code == 1
    assert "空" in done.stderr
    assert "一、收支预算总体情况说明：政府性基金收入预算：模板中的“增加（减少）”没有选定" in done.stdout


@pytest.mark.process
def test_other_forms_of_the_list_have_the_same_rows(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    done = CliRunner().invoke(cli, ["--lang", "en", "facts", str(tmp_path), "--findings", "--format", "csv"])
    heading, row = done.stdout.splitlines()
    assert heading == "file,place,severity,finding"
    assert row.startswith("a.txt,line 4,warning,一、收支预算总体情况说明: 政府性基金收入预算: the template's choice")
