"""Codes of fields that a program of text left in print."""

from pathlib import Path

import pytest

from extract.narrative.contents import entries_without_heading
from extract.narrative.field_codes import field_codes
from extract.outline import outline
from extract.plain_text import read_text


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("第二部分 名词解释 PAGEREF _Toc12345678 \\h 40", "PAGEREF _Toc12345678 \\h"),
        ("第二部分 名词解释 _Toc12345678", "_Toc12345678"),
        ("第二部分 名词解释 错误！未定义书签。", "错误！未定义书签。"),
        ("第二部分 名词解释 Error! Bookmark not defined.", "Error! Bookmark not defined."),
        ("第二部分 名词解释…………40", None),
        ("第二部分 名词解释 REF TOC", None),
    ],
)
def test_a_code_of_a_field_is_told_and_is_no_word_of_the_entry(line: str, code: str | None) -> None:
    text = f"目 录\n第一部分 部门概况\n{line}\n第一部分 部门概况\n本局负责某事。\n第二部分 名词解释\n财政拨款。"
    document = read_text(Path("a.txt"), text.encode())
    sections = outline(document)
    told = [finding.message for finding in field_codes(document, sections)]
    assert told == ([f"fields: '{code}' is the code of a field"] if code else [])
    if code:
        assert list(entries_without_heading(document, sections)) == []
